//! What a reversal or refund may do to its original: never two movements of money for one sale.

use super::decision::{Decision, is_adoptable};
use super::preauths;
use crate::codes::{Code, Kind};
use crate::error::Error;
use crate::journal::{Attempt, History, State};
use crate::request::Request;
use crate::testing::{self, Guard};

/// The rules for the original. The rules for the own sale id have already passed.
pub(super) fn look_up<'h>(
    history: &'h History,
    register: &str,
    request: &'h Request,
    now: i64,
) -> Result<Decision<'h>, Error> {
    let Some(sale) = request.original() else { return Ok(Decision::Attempt { original: None }) };
    let attempts: Vec<&Attempt> =
        history.of_sale(sale).rev().filter(|attempt| attempt.intent.register == register).collect();
    match request.kind() {
        Kind::Reversal => reversal(history, sale, &attempts, now),
        Kind::Refund => refund(history, sale, &attempts, request),
        Kind::PreauthCompletion | Kind::PreauthCancel => preauths::end(history, sale, &attempts, request, now),
        Kind::Payment | Kind::Closing | Kind::Other | Kind::Preauth | Kind::Moto => any_other(history, sale, &attempts),
    }
}

/// Another function, such as the increment of a pre-authorization. Refused while an earlier one about this original is
/// undecided. After a successful one the terminal decides, because there may be several.
fn any_other<'h>(history: &'h History, sale: &str, attempts: &[&'h Attempt]) -> Result<Decision<'h>, Error> {
    // Without the transaction of its original the request would mean something else.
    let Some(original) = standing(attempts) else {
        return Err(nothing_stands(sale, attempts));
    };
    let mut about = history.about(&original.intent.transaction);
    if let Some(undecided) = about.find(|attempt| attempt.state() == State::Undecided) {
        return Err(under_way(sale, undecided));
    }
    Ok(Decision::Attempt { original: Some(original) })
}

/// The newest attempt that was charged, or perhaps was.
pub(super) fn standing<'h>(attempts: &[&'h Attempt]) -> Option<&'h Attempt> {
    attempts.iter().find(|attempt| attempt.state() != State::Free).copied()
}

/// One reversal per original, under whatever number: a second one gives the first. An undecided original may be
/// reversed, too.
fn reversal<'h>(history: &'h History, sale: &str, attempts: &[&'h Attempt], now: i64) -> Result<Decision<'h>, Error> {
    let Some(original) = standing(attempts) else {
        return taken_back(history, sale, attempts, now);
    };
    if let Some(why) = not_reversed(original.intent.named_kind()) {
        return Err(refused(sale, why));
    }
    if let Some(undecided) = history.undecided_reversal(original).filter(|_| !testing::broken(Guard::ReverseAgain)) {
        return Ok(Decision::AskFirst(undecided));
    }
    if let Some(undecided) = history.about(&original.intent.transaction).find(|attempt| is_in_the_way(attempt)) {
        return Err(under_way(sale, undecided));
    }
    let mut back = history.about(&original.intent.transaction);
    if let Some(refund) = back.find(|attempt| attempt.state() == State::Charged && is_kind(attempt, Kind::Refund)) {
        return Err(refused(sale, &format!("was refunded, in part or whole, as {}", refund.intent.sale)));
    }
    if let Some(closing) = history.closing_after(original) {
        return Err(closed(sale, original, closing));
    }
    Ok(Decision::Attempt { original: Some(original) })
}

/// Why what is of this kind cannot be reversed. None: it can.
fn not_reversed(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Preauth => Some(
            "is a pre-authorization, which is not reversed: cancel it with CGT_KIND_PREAUTH_CANCEL (cgt_preauth_cancel)",
        ),
        Kind::Reversal | Kind::Closing | Kind::PreauthCancel => {
            Some("is a reversal, a closing or a cancel, which cannot be reversed")
        }
        Kind::Payment | Kind::Refund | Kind::Other | Kind::PreauthCompletion | Kind::Moto => None,
    }
}

/// True if this attempt may be changing the original just now. An undecided reversal is asked about instead.
fn is_in_the_way(attempt: &Attempt) -> bool {
    attempt.state() == State::Undecided && !is_kind(attempt, Kind::Reversal)
}

/// The closing forbids the reversal. An undecided sale cannot be refunded at once either, so the error says how it is
/// decided.
fn closed(sale: &str, original: &Attempt, closing: &Attempt) -> Error {
    let by = &closing.intent.sale;
    let undecided = match original.state() {
        State::Undecided => format!(", and is not decided yet; {}", way_out(sale)),
        State::Charged | State::Free => String::new(),
    };
    Error::new(Code::Closed, format!("original_sale_id: {sale} was closed since, by {by}{undecided}"))
}

/// Nothing stands: the sale was reversed before, or never moved money.
fn taken_back<'h>(history: &'h History, sale: &str, attempts: &[&'h Attempt], now: i64) -> Result<Decision<'h>, Error> {
    let Some(reversed) = attempts.iter().find(|attempt| attempt.reversed_by.is_some()) else {
        return Err(nothing_stands(sale, attempts));
    };
    let through = |attempt: &&Attempt| is_kind(attempt, Kind::Reversal) && attempt.state() == State::Charged;
    match history.about(&reversed.intent.transaction).find(through) {
        Some(reversal) if is_adoptable(history, reversal, now) => Ok(Decision::Adopt(reversal)),
        Some(reversal) => {
            let why = format!("was reversed before, as {}: {}", reversal.intent.sale, reversal.described());
            Err(refused(sale, &why))
        }
        None => Err(nothing_stands(sale, attempts)),
    }
}

/// The refunds of one original, undecided ones included, never exceed what was paid.
fn refund<'h>(
    history: &'h History,
    sale: &str,
    attempts: &[&'h Attempt],
    request: &Request,
) -> Result<Decision<'h>, Error> {
    let Some(original) = standing(attempts) else {
        return Err(nothing_stands(sale, attempts));
    };
    if original.state() == State::Undecided {
        return Err(not_decided(history, sale, original));
    }
    if let Some(why) = not_refunded(original.intent.named_kind()) {
        return Err(refused(sale, why));
    }
    let back: Vec<&Attempt> =
        history.about(&original.intent.transaction).filter(|attempt| attempt.state() != State::Free).collect();
    if let Some(reversal) = back.iter().find(|attempt| is_kind(attempt, Kind::Reversal)) {
        return Err(under_way(sale, reversal));
    }
    check_sum(original, &back, request)?;
    Ok(Decision::Attempt { original: Some(original) })
}

/// Why what is of this kind cannot be refunded. None: it can.
fn not_refunded(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Preauth => Some("is a pre-authorization, of which nothing is paid: complete or cancel it"),
        Kind::Refund | Kind::Reversal | Kind::Closing | Kind::PreauthCancel => Some("is no sale"),
        Kind::Payment | Kind::Other | Kind::PreauthCompletion | Kind::Moto => None,
    }
}

fn check_sum(original: &Attempt, back: &[&Attempt], request: &Request) -> Result<(), Error> {
    let Some(amount) = request.amount() else { return Ok(()) };
    let currency = &original.intent.currency;
    if amount.currency().alpha() != currency {
        let why = format!("currency: {} was asked for, the original is in {currency}", amount.currency().alpha());
        return Err(Error::new(Code::BeyondOriginal, why));
    }
    let paid = original.paid();
    // An overflow counts as more than any sale.
    let refunded =
        back.iter().try_fold(0, |sum: i64, attempt| sum.checked_add(attempt.intent.amount)).unwrap_or(i64::MAX);
    if refunded.checked_add(amount.minor()).is_none_or(|sum| sum > paid) && !testing::broken(Guard::RefundBeyond) {
        let why = format!(
            "amount: {} of {} minor units were refunded (or are not decided) before, so {} is not allowed; at most {} is",
            refunded,
            paid,
            amount.minor(),
            paid.saturating_sub(refunded).max(0)
        );
        return Err(Error::new(Code::BeyondOriginal, why));
    }
    Ok(())
}

fn is_kind(attempt: &Attempt, kind: Kind) -> bool {
    attempt.intent.kind == kind
}

pub(super) fn nothing_stands(sale: &str, attempts: &[&Attempt]) -> Error {
    let why = match attempts.first() {
        None => "is not known to this register",
        Some(attempt) if attempt.reversed_by.is_some() && attempt.intent.named_kind() == Kind::Preauth => {
            "is a pre-authorization that was cancelled before"
        }
        Some(attempt) if attempt.reversed_by.is_some() => "was reversed before",
        Some(_) => "ended without a charge: nothing of it stands",
    };
    refused(sale, why)
}

/// After a closing it cannot be reversed, so then that is not suggested.
fn not_decided(history: &History, sale: &str, original: &Attempt) -> Error {
    let reverse = if history.closing_after(original).is_none() { ", or reverse it" } else { "" };
    refused(sale, &format!("is not decided yet; {}{reverse}", way_out(sale)))
}

/// An undecided attempt at this original.
pub(super) fn under_way(sale: &str, undecided: &Attempt) -> Error {
    let number = &undecided.intent.sale;
    let begun = match undecided.intent.named_kind() {
        Kind::Reversal => format!("is being reversed as {number}"),
        Kind::Refund => format!("is being refunded as {number}"),
        Kind::PreauthCompletion => format!("is being completed as {number}"),
        Kind::PreauthCancel => format!("is being cancelled as {number}"),
        Kind::Payment | Kind::Closing | Kind::Other | Kind::Preauth | Kind::Moto => {
            format!("is in use by {} as {number}", undecided.intent.endpoint)
        }
    };
    refused(sale, &format!("{begun}, which is not decided yet; {}", way_out(number)))
}

/// The way out: recover, or a person if the terminal has forgotten it.
pub(super) fn way_out(sale: &str) -> String {
    format!("call cgt_recover, or cgt_resolve for {sale} when a person has looked")
}

pub(super) fn refused(sale: &str, why: &str) -> Error {
    Error::new(Code::Original, format!("original_sale_id: {sale} {why}"))
}
