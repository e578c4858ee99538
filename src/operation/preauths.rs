//! What a completion or cancel may do to its pre-authorization: it is ended once, by one of the two.

use super::decision::{Decision, is_adoptable};
use super::originals::{self, refused, under_way, way_out};
use crate::codes::{Code, Kind};
use crate::error::Error;
use crate::journal::{Attempt, History, State};
use crate::money::Amount;
use crate::request::Request;

/// The rules for a completion or cancel. `attempts`: those at the pre-authorization, newest first.
pub(super) fn end<'h>(
    history: &'h History,
    sale: &str,
    attempts: &[&'h Attempt],
    request: &Request,
    now: i64,
) -> Result<Decision<'h>, Error> {
    let Some(preauth) = originals::standing(attempts) else {
        return ended(history, sale, attempts, request, now);
    };
    if preauth.intent.named_kind() != Kind::Preauth {
        return Err(refused(sale, "is no pre-authorization"));
    }
    let about = || history.about(&preauth.intent.transaction);
    if let Some(undecided) = about().find(|attempt| attempt.state() == State::Undecided) {
        return if undecided.intent.named_kind() == request.kind() {
            Ok(Decision::AskFirst(undecided))
        } else {
            Err(under_way(sale, undecided))
        };
    }
    if let Some(completion) = history.completion(preauth) {
        return completed(history, sale, completion, request, now);
    }
    // One that is not decided may be cancelled: that is the way out where nobody knows whether anything is reserved.
    if request.kind() == Kind::PreauthCompletion {
        if preauth.state() == State::Undecided {
            return Err(refused(sale, &format!("is not decided yet; {}, or cancel it", way_out(sale))));
        }
        check_amount(history, preauth, request.amount())?;
    }
    Ok(Decision::Attempt { original: Some(preauth) })
}

/// A completion stands. Asking for the same once more gives that one.
fn completed<'h>(
    history: &History,
    sale: &str,
    completion: &'h Attempt,
    request: &Request,
    now: i64,
) -> Result<Decision<'h>, Error> {
    let is_the_same = request.kind() == Kind::PreauthCompletion
        && request.amount().is_some_and(|amount| is_of(amount, completion.intent.amount, &completion.intent.currency));
    if is_the_same && is_adoptable(history, completion, now) {
        return Ok(Decision::Adopt(completion));
    }
    let number = &completion.intent.sale;
    let instead = match request.kind() {
        Kind::PreauthCancel => format!("; reverse or refund {number} instead"),
        Kind::Payment
        | Kind::Refund
        | Kind::Reversal
        | Kind::Closing
        | Kind::Other
        | Kind::Preauth
        | Kind::PreauthCompletion
        | Kind::Moto => String::new(),
    };
    Err(refused(sale, &format!("was completed before, as {number}: {}{instead}", completion.described())))
}

/// Nothing is reserved any more, or never was. Asking for the cancel once more gives the first one.
fn ended<'h>(
    history: &'h History,
    sale: &str,
    attempts: &[&'h Attempt],
    request: &Request,
    now: i64,
) -> Result<Decision<'h>, Error> {
    let cancelled = attempts.iter().find(|attempt| attempt.reversed_by.is_some());
    let Some(cancel) = cancelled.and_then(|preauth| history.cancel(preauth)) else {
        return Err(originals::nothing_stands(sale, attempts));
    };
    if request.kind() == Kind::PreauthCancel && is_adoptable(history, cancel, now) {
        return Ok(Decision::Adopt(cancel));
    }
    Err(refused(sale, &format!("was cancelled before, as {}: {}", cancel.intent.sale, cancel.described())))
}

/// All that is reserved or less. After an increment, whose amount this library may not know, the terminal decides.
fn check_amount(history: &History, preauth: &Attempt, amount: Option<Amount>) -> Result<(), Error> {
    let Some(amount) = amount else { return Ok(()) };
    let currency = &preauth.intent.currency;
    if amount.currency().alpha() != currency {
        let asked = amount.currency().alpha();
        let why = format!("currency: {asked} was asked for, the pre-authorization is in {currency}");
        return Err(Error::new(Code::BeyondOriginal, why));
    }
    let reserved = preauth.paid();
    let other = |attempt: &Attempt| attempt.intent.named_kind() == Kind::Other && attempt.state() != State::Free;
    if amount.minor() > reserved && !history.about(&preauth.intent.transaction).any(other) {
        let why = format!(
            "amount: {reserved} minor units were pre-authorized, so {} is not allowed; at most {reserved} is",
            amount.minor()
        );
        return Err(Error::new(Code::BeyondOriginal, why));
    }
    Ok(())
}

fn is_of(amount: Amount, minor: i64, currency: &str) -> bool {
    amount.minor() == minor && amount.currency().alpha() == currency
}
