//! What a reversal or refund may do to its original: never two movements of money for one sale. The rules hold for the journal folder,
//! whichever of its registers made the original or took it back.

use super::decision::{Decision, is_adoptable};
use crate::codes::{Code, Kind};
use crate::error::Error;
use crate::journal::{Attempt, History, State};
use crate::request::{Original, Request};
use crate::terminal::Terminal;
use crate::testing::{self, Guard};

/// The rules for the original. The rules for the own sale id have already passed.
pub(super) fn look_up<'h>(
    history: &'h History,
    terminal: &Terminal,
    request: &'h Request,
    now: i64,
) -> Result<Decision<'h>, Error> {
    let Some(original) = request.original() else { return Ok(Decision::Attempt { original: None }) };
    let rules = Rules {
        history,
        named: original,
        attempts: original.attempts(history, &terminal.register),
        register: &terminal.register,
        terminal_id: Some(terminal.bound_id.as_str()).filter(|id| !id.is_empty()),
    };
    match request.kind() {
        Kind::Reversal => rules.reversal(now),
        Kind::Refund => rules.refund(request),
        Kind::PreauthCompletion | Kind::PreauthCancel => rules.end_preauth(request, now),
        Kind::Payment | Kind::Closing | Kind::Other | Kind::Preauth | Kind::Moto => rules.any_other(),
    }
}

/// The original, and who asks for something with it.
pub(super) struct Rules<'h, 't> {
    pub(super) history: &'h History,
    named: &'h Original,
    /// The attempts that it may be, newest first.
    pub(super) attempts: Vec<&'h Attempt>,
    pub(super) register: &'t str,
    /// The terminal that the handle is bound to.
    terminal_id: Option<&'t str>,
}

impl<'h> Rules<'h, '_> {
    /// Another function, such as the increment of a pre-authorization. Refused while an earlier one about this original
    /// is undecided. After a successful one the terminal decides, because there may be several.
    fn any_other(&self) -> Result<Decision<'h>, Error> {
        // Without the transaction of its original the request would mean something else.
        let Some(original) = self.standing() else {
            return Err(self.nothing_stands());
        };
        let mut about = self.history.about(&original.intent.transaction);
        if let Some(undecided) = about.find(|attempt| attempt.state() == State::Undecided) {
            return Err(self.under_way(undecided));
        }
        Ok(Decision::Attempt { original: Some(original) })
    }

    /// The newest attempt that was charged, or perhaps was.
    pub(super) fn standing(&self) -> Option<&'h Attempt> {
        self.attempts.iter().find(|attempt| attempt.state() != State::Free).copied()
    }

    /// One reversal per original, under whatever number: a second one gives the first. An undecided original may be
    /// reversed, too.
    fn reversal(&self, now: i64) -> Result<Decision<'h>, Error> {
        let history = self.history;
        let Some(original) = self.standing() else {
            return self.taken_back(now);
        };
        if let Some(why) = not_reversed(original.intent.named_kind()) {
            return Err(self.refused(why));
        }
        if let Some(undecided) = history.undecided_reversal(original).filter(|_| !testing::broken(Guard::ReverseAgain))
        {
            let is_own = undecided.intent.register == self.register;
            return if is_own { Ok(Decision::AskFirst(undecided)) } else { Err(self.under_way(undecided)) };
        }
        let transaction = &original.intent.transaction;
        if let Some(undecided) = history.about(transaction).find(|attempt| is_in_the_way(attempt)) {
            return Err(self.under_way(undecided));
        }
        let mut back = history.about(transaction);
        if let Some(refund) = back.find(|attempt| attempt.state() == State::Charged && is_kind(attempt, Kind::Refund)) {
            return Err(self.refused(&format!("was refunded, in part or whole, as {}", self.number_of(refund))));
        }
        if let Some(closing) = history.closing_after(original) {
            return Err(self.closed(original, closing));
        }
        match (original.terminal_id.as_deref(), self.terminal_id) {
            (Some(then), Some(now)) if then != now => Err(self.refused(&format!(
                "was made on the terminal {then}, and this register is bound to {now}: reverse it there, or refund it"
            ))),
            (Some(_) | None, Some(_) | None) => Ok(Decision::Attempt { original: Some(original) }),
        }
    }

    /// The closing forbids the reversal. An undecided sale cannot be refunded at once either, so the error says how it is
    /// decided.
    fn closed(&self, original: &Attempt, closing: &Attempt) -> Error {
        let by = self.number_of(closing);
        let undecided = match original.state() {
            State::Undecided => format!(", and is not decided yet; {}", self.way_out(original)),
            State::Charged | State::Free => String::new(),
        };
        Error::new(Code::Closed, self.about(&format!("was closed since, by {by}{undecided}")))
    }

    /// Nothing stands: the sale was reversed before, or never moved money. The outcome of another register's reversal is
    /// that register's to store.
    fn taken_back(&self, now: i64) -> Result<Decision<'h>, Error> {
        let Some(reversed) = self.attempts.iter().find(|attempt| attempt.reversed_by.is_some()) else {
            return Err(self.nothing_stands());
        };
        let through = |attempt: &&Attempt| is_kind(attempt, Kind::Reversal) && attempt.state() == State::Charged;
        match self.history.about(&reversed.intent.transaction).find(through) {
            Some(reversal)
                if reversal.intent.register == self.register && is_adoptable(self.history, reversal, now) =>
            {
                Ok(Decision::Adopt(reversal))
            }
            Some(reversal) => {
                let number = self.number_of(reversal);
                Err(self.refused(&format!("was reversed before, as {number}: {}", reversal.described())))
            }
            None => Err(self.nothing_stands()),
        }
    }

    fn refund(&self, request: &Request) -> Result<Decision<'h>, Error> {
        let Some(original) = self.standing() else {
            return Err(self.nothing_stands());
        };
        if original.state() == State::Undecided {
            return Err(self.not_decided(original));
        }
        if let Some(why) = not_refunded(original.intent.named_kind()) {
            return Err(self.refused(why));
        }
        let about = self.history.about(&original.intent.transaction);
        let back: Vec<&Attempt> = about.filter(|attempt| attempt.state() != State::Free).collect();
        if let Some(reversal) = back.iter().find(|attempt| is_kind(attempt, Kind::Reversal)) {
            return Err(self.under_way(reversal));
        }
        check_sum(original, &back, request)?;
        Ok(Decision::Attempt { original: Some(original) })
    }

    pub(super) fn nothing_stands(&self) -> Error {
        let why = match (self.attempts.first(), self.named) {
            (None, Original::Sale(_)) => "is not known to this register",
            (None, Original::Transaction(_) | Original::Of { .. }) => "is not known in this journal folder",
            (Some(attempt), _) if attempt.reversed_by.is_some() && attempt.intent.named_kind() == Kind::Preauth => {
                "is a pre-authorization that was cancelled before"
            }
            (Some(attempt), _) if attempt.reversed_by.is_some() => "was reversed before",
            (Some(_), _) => "ended without a charge: nothing of it stands",
        };
        self.refused(why)
    }

    /// After a closing it cannot be reversed, so then that is not suggested.
    fn not_decided(&self, original: &Attempt) -> Error {
        let reverse = if self.history.closing_after(original).is_none() { ", or reverse it" } else { "" };
        self.refused(&format!("is not decided yet; {}{reverse}", self.way_out(original)))
    }

    /// An undecided attempt at this original.
    pub(super) fn under_way(&self, undecided: &Attempt) -> Error {
        let number = self.number_of(undecided);
        let begun = match undecided.intent.named_kind() {
            Kind::Reversal => format!("is being reversed as {number}"),
            Kind::Refund => format!("is being refunded as {number}"),
            Kind::PreauthCompletion => format!("is being completed as {number}"),
            Kind::PreauthCancel => format!("is being cancelled as {number}"),
            Kind::Payment | Kind::Closing | Kind::Other | Kind::Preauth | Kind::Moto => {
                format!("is in use by {} as {number}", undecided.intent.endpoint)
            }
        };
        self.refused(&format!("{begun}, which is not decided yet; {}", self.way_out(undecided)))
    }

    /// The way out: recover, or a person if the terminal has forgotten it. Each register recovers its own.
    pub(super) fn way_out(&self, undecided: &Attempt) -> String {
        let there = if undecided.intent.register == self.register { "" } else { " on that register" };
        let sale = &undecided.intent.sale;
        format!("call cgt_recover{there}, or cgt_resolve for {sale} when a person has looked")
    }

    /// The number of an attempt, and its register where that is another one.
    pub(super) fn number_of(&self, attempt: &Attempt) -> String {
        let intent = &attempt.intent;
        if intent.register == self.register {
            return intent.sale.clone();
        }
        format!("{} by the register \"{}\"", intent.sale, intent.register)
    }

    pub(super) fn refused(&self, why: &str) -> Error {
        Error::new(Code::Original, self.about(why))
    }

    fn about(&self, why: &str) -> String {
        format!("{}: {} {why}", self.named.argument(), self.named.shown())
    }
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

/// Why what is of this kind cannot be refunded. None: it can.
fn not_refunded(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Preauth => Some("is a pre-authorization, of which nothing is paid: complete or cancel it"),
        Kind::Refund | Kind::Reversal | Kind::Closing | Kind::PreauthCancel => Some("is no sale"),
        Kind::Payment | Kind::Other | Kind::PreauthCompletion | Kind::Moto => None,
    }
}

/// True if this attempt may be changing the original just now. An undecided reversal is asked about instead.
fn is_in_the_way(attempt: &Attempt) -> bool {
    attempt.state() == State::Undecided && !is_kind(attempt, Kind::Reversal)
}

/// The refunds of one original, undecided ones included, never exceed what was paid.
fn check_sum(original: &Attempt, back: &[&Attempt], request: &Request) -> Result<(), Error> {
    let Some(amount) = request.amount() else { return Ok(()) };
    let currency = original.paid_currency();
    if amount.currency().alpha() != currency {
        let why = format!("currency: {} was asked for, the original was paid in {currency}", amount.currency().alpha());
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
