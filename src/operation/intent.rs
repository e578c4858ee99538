//! Writes the intent of an attempt: on disk before the first byte of its start leaves.

use super::before;
use super::decision::Decision;
use crate::codes::{Code, Kind};
use crate::error::Error;
use crate::journal::{Attempt, Intent, Record};
use crate::money::Amount;
use crate::request::{Original, Request};
use crate::terminal::Terminal;
use crate::testing::{self, Guard};
use crate::{ids, utc};

/// Writes the intent under the append lock, after looking at the rules again there. None: another register was faster,
/// so the rules apply anew.
pub(super) fn write(terminal: &mut Terminal, request: &Request, asked: &[String]) -> Result<Option<Intent>, Error> {
    let blank = blank(terminal, request)?;
    let mut written = None;
    if testing::broken(Guard::SkipIntent) {
        return Ok(Some(blank));
    }
    let mut changed = false;
    let appended = terminal.journal()?.append_if(|history| {
        match before::look_up(history, terminal, request, blank.time, asked)? {
            Decision::Attempt { original } => {
                let intent = Box::new(of_original(blank.clone(), original));
                written = Some(intent.clone());
                Ok(Record::Intent(intent))
            }
            Decision::AskFirst(_) | Decision::Adopt(_) => {
                changed = true;
                Err(Error::new(Code::Internal, "the journal has changed"))
            }
        }
    });
    match appended {
        Ok(()) => Ok(written.map(|intent| *intent)),
        Err(_) if changed => Ok(None),
        Err(error) => Err(error),
    }
}

/// Everything about the attempt that does not depend on the journal.
fn blank(terminal: &Terminal, request: &Request) -> Result<Intent, Error> {
    let amount = request.amount();
    Ok(Intent {
        kind: request.kind(),
        amount: amount.map_or(0, Amount::minor),
        currency: amount.map_or("", |amount| amount.currency().alpha()).into(),
        original_sale: request.original().and_then(Original::sale).unwrap_or_default().into(),
        endpoint: if request.kind() == Kind::Other { request.endpoint().into() } else { String::new() },
        invoice: request.invoice_number().map(Into::into),
        host: terminal.address.host.clone(),
        port: terminal.address.port,
        path: terminal.base_path(),
        lock_name: terminal.lock_name(),
        register: terminal.register.clone(),
        cashier: terminal.cashier.clone(),
        accept_partial: terminal.accept_partial,
        tip_limit: terminal.tip_limit,
        ..Intent::unknown(utc::now(), request.sale_id(), &ids::fresh()?)
    })
}

/// Adds the original. A reversal moves what its original moved, and the cancel of a pre-authorization what that has
/// reserved.
fn of_original(mut intent: Intent, original: Option<&Attempt>) -> Intent {
    let Some(original) = original else { return intent };
    intent.original_transaction.clone_from(&original.intent.transaction);
    intent.original_sale.clone_from(&original.intent.sale);
    if intent.takes_back() {
        // The money that its result named; where there is none, what was asked for.
        let named = original.settlement().and_then(|settlement| settlement.amount);
        intent.amount = named.unwrap_or(original.intent.amount);
        intent.currency = original.paid_currency();
    }
    intent
}
