//! What a register does with one sale: pay, refund, reverse, pre-authorize, close; and by its sale id find, query, acknowledge,
//! resolve.

// New evidence must not compile until somebody has decided what it proves.
#![deny(clippy::wildcard_enum_match_arm)]

use std::time::Instant;

use crate::codes::{Code, Verdict};
use crate::error::Error;
use crate::journal::{Attempt, History, Record, Resolved, State};
use crate::money::Amount;
use crate::operation::Operation;
use crate::outcome::{Language, Outcome};
use crate::patience::{ONE_SALE, STEP, hurried};
use crate::recovery::{self, Asked};
use crate::request::{Request, check_sale_id, check_text};
use crate::terminal::Terminal;
use crate::testing::{self, Guard};
use crate::utc;

impl Terminal {
    /// Takes a payment: blocks until the verdict is on disk.
    pub fn pay(&mut self, sale_id: &str, amount: Amount) -> Result<Outcome, Error> {
        self.run(&Request::payment(sale_id, amount)?)
    }

    /// Gives money back to a card, of this original sale where there is one.
    pub fn refund(&mut self, refund_id: &str, original: Option<&str>, amount: Amount) -> Result<Outcome, Error> {
        self.run(&Request::refund(refund_id, original, amount)?)
    }

    /// Takes a whole sale back, until the closing that contains it. Each sale once: a second reversal is the first.
    pub fn reverse(&mut self, reversal_id: &str, original_sale_id: &str) -> Result<Outcome, Error> {
        self.run(&Request::reversal(reversal_id, original_sale_id)?)
    }

    /// Reserves an amount on a customer's card, and takes nothing yet: complete or cancel it later.
    pub fn preauth(&mut self, preauth_id: &str, amount: Amount) -> Result<Outcome, Error> {
        self.run(&Request::preauth(preauth_id, amount)?)
    }

    /// Takes the money of a pre-authorization, all that is reserved or less. Each pre-authorization is ended once: by its completion or by its
    /// cancel.
    pub fn preauth_complete(&mut self, completion_id: &str, original: &str, amount: Amount) -> Result<Outcome, Error> {
        self.run(&Request::preauth_completion(completion_id, original, amount)?)
    }

    /// Gives up a pre-authorization: nothing is reserved any more.
    pub fn preauth_cancel(&mut self, cancel_id: &str, original: &str) -> Result<Outcome, Error> {
        self.run(&Request::preauth_cancel(cancel_id, original)?)
    }

    /// Takes a payment by mail or phone: somebody types the card's data on the terminal.
    pub fn moto(&mut self, sale_id: &str, amount: Amount) -> Result<Outcome, Error> {
        self.run(&Request::moto(sale_id, amount)?)
    }

    /// Settles everything since the last closing. Sales of this terminal that are not decided are asked about first.
    pub fn closing(&mut self, closing_id: &str) -> Result<Outcome, Error> {
        self.run(&Request::closing(closing_id)?)
    }

    /// Runs a request to its end.
    pub fn run(&mut self, request: &Request) -> Result<Outcome, Error> {
        let mut operation = self.begin(request)?;
        while !operation.step(STEP)? {}
        operation.finish()
    }

    /// Begins an operation that is stepped by the caller. Nothing is sent yet.
    pub fn begin(&mut self, request: &Request) -> Result<Operation<'_>, Error> {
        Operation::begin(self, request)
    }

    /// What the journal knows of a sale of this register: an attempt that is undecided or was charged before one that ended without a charge,
    /// and of several the newest. Nothing is sent.
    pub fn find(&mut self, sale_id: &str) -> Result<Outcome, Error> {
        check_sale_id(sale_id)?;
        let history = self.journal()?.read_from_disk()?;
        let outcome = Outcome::of(self.telling(&history, sale_id)?, self.language);
        self.note_handed_out(&outcome);
        Ok(outcome)
    }

    /// The same, after asking the terminal about it for at most 10 s where that may know more: it is not decided, a person has decided it, or
    /// its start was refused within the last day.
    pub fn query(&mut self, sale_id: &str) -> Result<Outcome, Error> {
        check_sale_id(sale_id)?;
        let history = self.history()?;
        let attempt = self.telling(&history, sale_id)?;
        if recovery::is_to_be_asked(&history, attempt, utc::now()) {
            self.watch.reset();
            recovery::ask(self, attempt, Instant::now() + hurried(ONE_SALE))?;
        }
        drop(history);
        self.find(sale_id)
    }

    /// Tells the journal that the register has stored the outcome of a sale: of the newest attempt that was handed out to it.
    pub fn acknowledge(&mut self, sale_id: &str) -> Result<(), Error> {
        check_sale_id(sale_id)?;
        let history = self.history()?;
        let register = self.register.clone();
        let ours = || history.of_sale(sale_id).filter(|attempt| attempt.intent.register == register);
        let waiting: Vec<&Attempt> = ours().filter(|attempt| attempt.is_open()).collect();
        if waiting.is_empty() {
            return self.telling(&history, sale_id).map(|_| ());
        }
        if waiting.iter().all(|attempt| attempt.state() == State::Undecided) {
            return Err(undecided(sale_id));
        }
        // After a crash a till may replay its queue. It must not acknowledge a charge that it was not told of.
        let handed_out = |attempt: &&&Attempt| {
            attempt.state() != State::Undecided
                && (self.handed_out.contains(&attempt.intent.transaction) || testing::broken(Guard::AcknowledgeUntold))
        };
        let told = waiting.iter().rev().find(handed_out).copied().ok_or_else(|| not_told(sale_id))?;
        self.acknowledge_attempt(told)
    }

    /// The same for one attempt, by the transaction id of its outcome: of two open attempts at one sale each can be acknowledged.
    pub fn acknowledge_transaction(&mut self, transaction_id: &str) -> Result<(), Error> {
        check_text("transaction_id", transaction_id, 64)?;
        let history = self.history()?;
        let attempt = history
            .find(transaction_id)
            .filter(|attempt| attempt.intent.register == self.register)
            .ok_or_else(|| not_found("transaction", transaction_id))?;
        match attempt.state() {
            State::Undecided => Err(undecided(&attempt.intent.sale)),
            State::Charged | State::Free if attempt.is_open() => self.acknowledge_attempt(attempt),
            State::Charged | State::Free => Ok(()),
        }
    }

    /// A person who has looked decides about a sale that the terminal cannot decide. The terminal is asked first, and its verdict wins.
    pub fn resolve(&mut self, sale_id: &str, charged: bool, note: &str) -> Result<(), Error> {
        check_sale_id(sale_id)?;
        check_text("note", note, 200)?;
        let history = self.history()?;
        let register = self.register.clone();
        let mut ours = history.of_sale(sale_id).rev().filter(|attempt| attempt.intent.register == register);
        let undecided = ours.find(|attempt| attempt.state() == State::Undecided);
        let telling = self.telling(&history, sale_id)?;
        // The terminal may have begun after its refusal.
        let refused = Some(telling).filter(|attempt| history.is_refusal_doubted(attempt, utc::now()));
        let Some(attempt) = undecided.or(refused) else {
            // Repeating a decision is fine: the till may have crashed after the first time.
            let so_already = (telling.state() == State::Charged) == charged;
            let verdict = Outcome::of(telling, self.language).verdict();
            return if so_already { Ok(()) } else { Err(already_decided(sale_id, verdict)) };
        };
        self.watch.reset();
        match recovery::ask(self, attempt, Instant::now() + hurried(ONE_SALE))? {
            // "Not charged" agrees with every ending without a charge.
            Asked::Decided(verdict) if (verdict == Verdict::Approved) == charged => Ok(()),
            Asked::Decided(verdict) => Err(already_decided(sale_id, verdict)),
            Asked::Running => Err(Error::new(
                Code::Unresolved,
                format!("sale {sale_id} is still running on the terminal; finish or cancel it there first"),
            )),
            Asked::Stopped => Err(Error::new(
                Code::CancelledEarly,
                format!("the register stopped asking about sale {sale_id}; nothing is decided"),
            )),
            Asked::InFlight => Err(Error::new(
                Code::TerminalLocked,
                format!("the terminal of sale {sale_id} is in use by another program or handle"),
            )),
            Asked::StillOpen | Asked::Unreachable => self.write_decision(attempt, charged, note),
        }
    }

    fn write_decision(&mut self, attempt: &Attempt, charged: bool, note: &str) -> Result<(), Error> {
        if testing::broken(Guard::ForgetDecision) {
            return Ok(());
        }
        let intent = &attempt.intent;
        let record = Record::Resolved(Resolved {
            time: utc::now(),
            sale: intent.sale.clone(),
            transaction: intent.transaction.clone(),
            charged,
            note: note.into(),
        });
        // Another register may have decided it since the terminal was asked, and the asking may have brought something new.
        let mut so_already = false;
        let appended = self.journal()?.append_if(|history| match history.find(&intent.transaction) {
            Some(now) if now.state() != State::Undecided => {
                so_already = (now.state() == State::Charged) == charged;
                Err(already_decided(&intent.sale, Outcome::of(now, Language::default()).verdict()))
            }
            Some(now) if has_news(attempt, now) => Err(look_again(&intent.sale)),
            Some(_) | None => Ok(record),
        });
        if so_already { Ok(()) } else { appended }
    }

    /// How many sales of this register are undecided, and how many were charged and not acknowledged. From the journal; nothing is sent.
    pub fn unresolved_count(&mut self) -> Result<(usize, usize), Error> {
        let history = self.history()?;
        let register = self.register.clone();
        let undecided = history.open_of(&register).filter(|attempt| attempt.state() == State::Undecided).count();
        let open = history.open_of(&register).count();
        Ok((undecided, open - undecided))
    }

    /// Goes on with a journal that has lost lines and cannot be put back: sales of which nobody here knows may have been charged, and a person
    /// has looked. The note is kept in the journal. Where nothing is missing nothing is done.
    pub fn accept_journal_loss(&mut self, note: &str) -> Result<(), Error> {
        check_text("note", note, 200)?;
        self.journal()?.accept_loss(note)
    }

    fn telling<'h>(&self, history: &'h History, sale_id: &'h str) -> Result<&'h Attempt, Error> {
        history.telling(sale_id, &self.register).ok_or_else(|| not_found("sale", sale_id))
    }
}

fn already_decided(sale_id: &str, verdict: Verdict) -> Error {
    Error::new(Code::Decided, format!("sale {sale_id} is decided: {}", verdict.c_name()))
}

/// True if the terminal has told something of this sale since. The person has looked before that; and an approval that was just found was
/// confirmed as well, which may have changed what there is to see. A start that was refused and is undecided now has begun after all.
fn has_news(before: &Attempt, now: &Attempt) -> bool {
    let told = |attempt: &Attempt| attempt.decided.as_ref().and_then(|decided| decided.settlement.clone());
    let told_now = told(now);
    before.was_refused()
        || (before.settled.is_none() && now.settled.is_some())
        || (told_now.is_some() && told_now != told(before))
}

fn look_again(sale_id: &str) -> Error {
    Error::new(
        Code::Unresolved,
        format!(
            "the terminal has just told something new about sale {sale_id}; nothing is decided; look at the terminal once more, then decide"
        ),
    )
}

fn not_found(what: &str, id: &str) -> Error {
    Error::new(Code::NotFound, format!("the journal knows no {what} {id} of this register"))
}

fn undecided(sale_id: &str) -> Error {
    Error::new(Code::Undecided, format!("sale {sale_id} is not decided; call cgt_recover first"))
}

fn not_told(sale_id: &str) -> Error {
    Error::new(
        Code::Undecided,
        format!(
            "what is open of sale {sale_id} was not told to this handle; call cgt_recover, or cgt_acknowledge_transaction with what the register has stored"
        ),
    )
}
