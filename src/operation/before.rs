//! Before anything is sent: what the journal says about this sale id.

use crate::codes::Code;
use crate::error::Error;
use crate::journal::{Attempt, History, State};
use crate::request::Request;
use crate::utc;

/// An unacknowledged charge younger than this is handed out again instead of being refused.
const ADOPTABLE: i64 = 24 * 3600;

/// What to do about a sale id.
#[derive(Debug)]
pub(super) enum Decision<'h> {
    /// A new attempt.
    Attempt,
    /// An attempt is undecided: the terminal is asked about it first, then these rules apply again.
    AskFirst(&'h Attempt),
    /// It was paid just now and the register may not know: the first outcome is handed out.
    Adopt(&'h Attempt),
}

/// The rules, in their order. The error is one of the codes with which there is no outcome.
pub(super) fn look_up<'h>(
    history: &'h History,
    register: &str,
    request: &'h Request,
    now: i64,
) -> Result<Decision<'h>, Error> {
    let amount = request.amount()?;
    let sale = request.sale_id();
    let attempts: Vec<&Attempt> = history.of_sale(sale).collect();
    let same_money = |attempt: &Attempt| {
        attempt.intent.amount == amount.minor() && attempt.intent.currency == amount.currency().alpha()
    };
    if let Some(other) = attempts.iter().find(|attempt| attempt.intent.register != register && attempt.is_not_free()) {
        let owner = &other.intent.register;
        return Err(Error::new(
            Code::SaleUsed,
            format!("sale_id: {sale} is used by the register \"{owner}\" in this journal folder"),
        ));
    }
    if let Some(open) = attempts.iter().rev().find(|attempt| attempt.state() == State::Undecided) {
        if open.intent.kind != request.kind() || !same_money(open) {
            return Err(mismatch(open, "is not decided yet"));
        }
        return Ok(Decision::AskFirst(open));
    }
    let Some(charged) = attempts.iter().rev().find(|attempt| attempt.state() == State::Charged) else {
        return Ok(Decision::Attempt);
    };
    if charged.intent.kind != request.kind() || !same_money(charged) {
        return Err(mismatch(charged, "was paid"));
    }
    // A negative age is a clock that was set back: too old, because nobody knows how old.
    let young = (0..ADOPTABLE).contains(&(now - charged.intent.time));
    if young && !charged.acknowledged { Ok(Decision::Adopt(charged)) } else { Err(used(charged)) }
}

impl Attempt {
    fn is_not_free(&self) -> bool {
        self.state() != State::Free
    }

    fn described(&self) -> String {
        let intent = &self.intent;
        let amount = crate::money::Amount::parse(intent.amount, &intent.currency)
            .map_or_else(|_| intent.amount.to_string(), |amount| amount.to_string());
        format!("{amount} at {}", utc::text(intent.time))
    }
}

fn mismatch(attempt: &Attempt, state: &str) -> Error {
    let message = format!(
        "sale_id: {} {state} with another amount, currency or kind: {}",
        attempt.intent.sale,
        attempt.described()
    );
    Error::new(Code::SaleMismatch, message)
}

fn used(attempt: &Attempt) -> Error {
    let auth_code = attempt
        .decided
        .as_ref()
        .and_then(|decided| decided.settlement.as_ref()?.auth_code.as_deref())
        .unwrap_or("unknown");
    let message = format!(
        "sale_id: {} was already paid: {}, authorization {auth_code}",
        attempt.intent.sale,
        attempt.described()
    );
    Error::new(Code::SaleUsed, message)
}
