//! What can be asked and said about one sale by its number: find, query, acknowledge, resolve.

// New evidence must not compile until somebody has decided what it proves.
#![deny(clippy::wildcard_enum_match_arm)]

use std::time::{Duration, Instant};

use crate::codes::{Code, Verdict};
use crate::error::Error;
use crate::journal::{Attempt, History, Mark, Record, Resolved, State};
use crate::outcome::{Language, Outcome};
use crate::recovery::{self, Asked};
use crate::request::{check_sale_id, check_text};
use crate::terminal::Terminal;
use crate::testing::{self, patience};
use crate::utc;

/// How long a terminal is asked about one sale.
const ASKING: Duration = Duration::from_secs(10);

impl Terminal {
    /// What the journal knows of a sale of this register: an attempt that is undecided or was charged before one that ended without a charge,
    /// and of several the newest. Nothing is sent.
    pub fn find(&mut self, sale_id: &str) -> Result<Outcome, Error> {
        check_sale_id(sale_id)?;
        let history = self.journal()?.read_from_disk()?;
        let outcome = Outcome::of(self.telling(&history, sale_id)?, self.language);
        self.note_handed_out(&outcome);
        Ok(outcome)
    }

    /// The same, after asking the terminal about it for at most 10 s where it is not decided.
    pub fn query(&mut self, sale_id: &str) -> Result<Outcome, Error> {
        check_sale_id(sale_id)?;
        let history = self.history()?;
        let attempt = self.telling(&history, sale_id)?;
        if attempt.state() == State::Undecided {
            self.watch.reset();
            recovery::ask(self, attempt, Instant::now() + patience(ASKING))?;
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
        match waiting.as_slice() {
            [] => self.telling(&history, sale_id).map(|_| ()),
            [one] if one.state() == State::Undecided => Err(undecided(sale_id)),
            [one] => self.acknowledge_attempt(one),
            several => {
                let handed_out = |attempt: &&&Attempt| {
                    attempt.state() != State::Undecided && self.handed_out.contains(&attempt.intent.transaction)
                };
                let newest = several.iter().rev().find(handed_out).copied().ok_or_else(|| {
                    Error::new(
                        Code::Undecided,
                        format!("sale {sale_id} was tried several times, and what is open was not told to this handle; call cgt_recover first"),
                    )
                })?;
                self.acknowledge_attempt(newest)
            }
        }
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

    pub(crate) fn acknowledge_attempt(&mut self, attempt: &Attempt) -> Result<(), Error> {
        let intent = &attempt.intent;
        self.journal()?.append(&Record::Acknowledged(Mark {
            time: utc::now(),
            sale: intent.sale.clone(),
            transaction: intent.transaction.clone(),
        }))
    }

    /// A person who has looked decides about a sale that the terminal cannot decide. The terminal is asked first, and its verdict wins.
    pub fn resolve(&mut self, sale_id: &str, charged: bool, note: &str) -> Result<(), Error> {
        check_sale_id(sale_id)?;
        check_text("note", note, 200)?;
        let history = self.history()?;
        let register = self.register.clone();
        let ours = history.of_sale(sale_id).rev().filter(|attempt| attempt.intent.register == register);
        let undecided: Vec<&Attempt> = ours.filter(|attempt| attempt.state() == State::Undecided).collect();
        let Some(attempt) = undecided.first().copied() else {
            let telling = self.telling(&history, sale_id)?;
            // To say again what is so already is fine: the till may have crashed after it said it.
            let so_already = (telling.state() == State::Charged) == charged;
            let verdict = Outcome::of(telling, self.language).verdict();
            return if so_already { Ok(()) } else { Err(already_decided(sale_id, verdict)) };
        };
        self.watch.reset();
        match recovery::ask(self, attempt, Instant::now() + patience(ASKING))? {
            // A person who says that no money moved agrees with every ending without a charge.
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
        if testing::broken("forget-decision") {
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
        // Between the question and this line another register may have heard the terminal's own verdict.
        let mut so_already = false;
        let appended = self.journal()?.append_if(|history| match history.find(&intent.transaction) {
            Some(now) if now.state() != State::Undecided => {
                so_already = (now.state() == State::Charged) == charged;
                Err(already_decided(&intent.sale, Outcome::of(now, Language::default()).verdict()))
            }
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

    /// The register knows this outcome now, so it may acknowledge it by the sale id.
    pub(crate) fn note_handed_out(&mut self, outcome: &Outcome) {
        self.handed_out.insert(outcome.transaction_id().into());
    }

    fn telling<'h>(&self, history: &'h History, sale_id: &'h str) -> Result<&'h Attempt, Error> {
        history.telling(sale_id, &self.register).ok_or_else(|| not_found("sale", sale_id))
    }
}

fn already_decided(sale_id: &str, verdict: Verdict) -> Error {
    Error::new(Code::Decided, format!("sale {sale_id} is decided: {}", verdict.c_name()))
}

fn not_found(what: &str, id: &str) -> Error {
    Error::new(Code::NotFound, format!("the journal knows no {what} {id} of this register"))
}

fn undecided(sale_id: &str) -> Error {
    Error::new(Code::Undecided, format!("sale {sale_id} is not decided; call cgt_recover first"))
}
