//! What a completion or cancel may do to its pre-authorization: it is ended once, by one of the two.

use super::decision::{Decision, is_adoptable};
use super::originals::Rules;
use crate::codes::{Code, Kind};
use crate::error::Error;
use crate::journal::{Attempt, History, State};
use crate::money::Amount;
use crate::request::Request;

impl<'h> Rules<'h, '_> {
    /// The rules for a completion or cancel.
    pub(super) fn end_preauth(&self, request: &Request, now: i64) -> Result<Decision<'h>, Error> {
        let history = self.history;
        let Some(preauth) = self.standing() else {
            return self.ended(request, now);
        };
        if preauth.intent.named_kind() != Kind::Preauth {
            return Err(self.refused("is no pre-authorization"));
        }
        let mut about = history.about(&preauth.intent.transaction);
        if let Some(undecided) = about.find(|attempt| attempt.state() == State::Undecided) {
            let is_the_same = undecided.intent.named_kind() == request.kind() && self.is_own(undecided);
            return if is_the_same { Ok(Decision::AskFirst(undecided)) } else { Err(self.under_way(undecided)) };
        }
        if let Some(completion) = history.completion(preauth) {
            return self.completed(completion, request, now);
        }
        // One that is not decided may be cancelled: that is the way out where nobody knows whether anything is reserved.
        if request.kind() == Kind::PreauthCompletion {
            if preauth.state() == State::Undecided {
                return Err(self.refused(&format!("is not decided yet; {}, or cancel it", self.way_out(preauth))));
            }
            check_amount(history, preauth, request.amount())?;
        }
        Ok(Decision::Attempt { original: Some(preauth) })
    }

    /// A completion stands. Asking for the same once more gives that one.
    fn completed(&self, completion: &'h Attempt, request: &Request, now: i64) -> Result<Decision<'h>, Error> {
        let intent = &completion.intent;
        let is_the_same = request.kind() == Kind::PreauthCompletion
            && self.is_own(completion)
            && request.amount().is_some_and(|amount| is_of(amount, intent.amount, &intent.currency));
        if is_the_same && is_adoptable(self.history, completion, now) {
            return Ok(Decision::Adopt(completion));
        }
        let number = self.number_of(completion);
        let instead = match request.kind() {
            Kind::PreauthCancel => format!("; reverse or refund {} instead", intent.sale),
            Kind::Payment
            | Kind::Refund
            | Kind::Reversal
            | Kind::Closing
            | Kind::Other
            | Kind::Preauth
            | Kind::PreauthCompletion
            | Kind::Moto => String::new(),
        };
        Err(self.refused(&format!("was completed before, as {number}: {}{instead}", completion.described())))
    }

    /// Nothing is reserved any more, or never was. Asking for the cancel once more gives the first one.
    fn ended(&self, request: &Request, now: i64) -> Result<Decision<'h>, Error> {
        let cancelled = self.attempts.iter().find(|attempt| attempt.reversed_by.is_some());
        let Some(cancel) = cancelled.and_then(|preauth| self.history.cancel(preauth)) else {
            return Err(self.nothing_stands());
        };
        let is_the_same = request.kind() == Kind::PreauthCancel && self.is_own(cancel);
        if is_the_same && is_adoptable(self.history, cancel, now) {
            return Ok(Decision::Adopt(cancel));
        }
        let number = self.number_of(cancel);
        Err(self.refused(&format!("was cancelled before, as {number}: {}", cancel.described())))
    }

    /// The outcome of another register is that register's to store.
    fn is_own(&self, attempt: &Attempt) -> bool {
        attempt.intent.register == self.register
    }
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
    if amount.minor() > reserved && !history.may_be_raised(preauth) {
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
