//! What the journal's lines add up to: attempts, in the order in which they were made, each with its state.

use super::record::{Decided, Flags, Intent, Record};
use crate::codes::Verdict;
use crate::protocol::Settlement;

/// Everything that was read.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    attempts: Vec<Attempt>,
}

/// One try at a sale.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    pub(crate) intent: Intent,
    /// An approval was stored, so a confirm may have been sent.
    pub(crate) settled: Option<Settlement>,
    pub(crate) decided: Option<Decided>,
    pub(crate) acknowledged: bool,
}

/// What an attempt means for the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Nobody knows whether money moved.
    Undecided,
    /// Money moved.
    Charged,
    /// It is over and no money moved.
    Free,
}

impl Attempt {
    pub(crate) fn state(&self) -> State {
        match self.decided.as_ref().map(|decided| decided.verdict) {
            None | Some(Verdict::Unknown) => State::Undecided,
            Some(Verdict::Approved) => State::Charged,
            Some(Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted) => State::Free,
        }
    }

    /// What an earlier verdict noted beside itself.
    pub(crate) fn flags(&self) -> Flags {
        self.decided.as_ref().map(|decided| decided.flags).unwrap_or_default()
    }

    /// Not settled between terminal and register: undecided, or charged and not acknowledged.
    pub(crate) fn is_open(&self) -> bool {
        match self.state() {
            State::Undecided => true,
            State::Charged => !self.acknowledged,
            State::Free => false,
        }
    }
}

impl History {
    pub(super) fn add(&mut self, record: Record) {
        match record {
            Record::Intent(intent) => {
                self.attempts.push(Attempt { intent, settled: None, decided: None, acknowledged: false });
            }
            Record::Settled { transaction, settlement, .. } => {
                if let Some(attempt) = self.find_mut(&transaction) {
                    attempt.settled = Some(*settlement);
                }
            }
            Record::Decided(decided) => {
                if let Some(attempt) = self.find_mut(&decided.transaction) {
                    attempt.decided = Some(*decided);
                }
            }
            Record::Acknowledged { transaction, .. } => {
                if let Some(attempt) = self.find_mut(&transaction) {
                    attempt.acknowledged = true;
                }
            }
            Record::Unknown => {}
        }
    }

    fn find_mut(&mut self, transaction: &str) -> Option<&mut Attempt> {
        self.attempts.iter_mut().rev().find(|attempt| attempt.intent.transaction == transaction)
    }

    pub(crate) fn find(&self, transaction: &str) -> Option<&Attempt> {
        self.attempts.iter().rev().find(|attempt| attempt.intent.transaction == transaction)
    }

    /// The attempts at a sale, oldest first.
    pub(crate) fn of_sale<'h>(&'h self, sale_id: &'h str) -> impl DoubleEndedIterator<Item = &'h Attempt> {
        self.attempts.iter().filter(move |attempt| attempt.intent.sale == sale_id)
    }

    /// What this register has tried, newest first.
    pub(crate) fn of_register<'h>(&'h self, register: &'h str) -> impl Iterator<Item = &'h Attempt> {
        self.attempts.iter().rev().filter(move |attempt| attempt.intent.register == register)
    }

    /// Undecided attempts of other sales on a terminal, newest first.
    pub(crate) fn undecided_on<'h>(
        &'h self,
        terminal: &'h str,
        but_sale: &'h str,
    ) -> impl Iterator<Item = &'h Attempt> {
        self.attempts.iter().rev().filter(move |attempt| {
            attempt.intent.terminal == terminal
                && attempt.intent.sale != but_sale
                && attempt.state() == State::Undecided
        })
    }
}
