//! What the journal's lines add up to: attempts, in the order in which they were made, each with its state.

use super::clock::{BELIEVED, Clock};
use super::damage::Fragment;
use super::record::{Decided, Flags, Identified, Intent, Record, Resolved};
use crate::codes::{Code, Kind, Verdict};
use crate::protocol::Settlement;
use crate::response_code::{Meaning, Taught};
use crate::testing;

/// Everything that was read.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    attempts: Vec<Attempt>,
    /// At the beginning there are attempts of which nobody knows whose they are.
    lost_ones_wait: bool,
    clock: Clock,
    taught: Taught,
}

/// One try at a sale.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    pub(crate) intent: Intent,
    /// False where the line of the intent was damaged, and `intent` holds what other lines tell.
    pub(super) intent_is_whole: bool,
    /// The id of the terminal that was about to get the start.
    pub(crate) terminal_id: Option<String>,
    /// An approval was stored, so a confirm may have been sent.
    pub(crate) settled: Option<Settlement>,
    /// When the terminal's list of transactions first named it as charged.
    pub(crate) listed_at: Option<i64>,
    pub(crate) decided: Option<Decided>,
    /// A person's decision, where it is the last word.
    pub(crate) resolved: Option<Resolved>,
    pub(crate) acknowledged: bool,
    /// What the cashier answered about the signature.
    pub(crate) signature_accepted: Option<bool>,
    /// The number of the reversal that took it back.
    pub(crate) reversed_by: Option<String>,
    /// A reversal of it is not decided: nobody knows whether it still stands.
    pub(crate) reversal_is_open: bool,
    /// When anything was last said about it, by the journal's own clock.
    touched: i64,
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
    fn new(intent: Intent, intent_is_whole: bool) -> Self {
        Self {
            intent,
            intent_is_whole,
            terminal_id: None,
            settled: None,
            listed_at: None,
            decided: None,
            resolved: None,
            acknowledged: false,
            signature_accepted: None,
            reversed_by: None,
            reversal_is_open: false,
            touched: 0,
        }
    }

    pub(crate) fn state(&self) -> State {
        if self.reversed_by.is_some() { State::Free } else { self.own_state() }
    }

    /// Without what a reversal has done to it.
    fn own_state(&self) -> State {
        if let Some(resolved) = &self.resolved {
            return if resolved.charged { State::Charged } else { State::Free };
        }
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

    fn identify(&mut self, identified: Identified) {
        self.terminal_id = identified.terminal_id.or(self.terminal_id.take());
        if let Some(path) = identified.path {
            self.intent.path = path;
        }
    }

    fn forget_ending(&mut self) {
        self.decided = None;
        self.resolved = None;
    }

    /// The terminal has contradicted a person's decision, and the register has not stored that yet.
    fn contradicts_a_person(&self) -> bool {
        self.decided.as_ref().is_some_and(|decided| decided.reason == Some(Code::ResolvedOtherwise))
    }

    /// Not settled between terminal and register: undecided, or charged and not acknowledged.
    pub(crate) fn is_open(&self) -> bool {
        match self.state() {
            State::Undecided => true,
            State::Charged => !self.acknowledged,
            State::Free => self.contradicts_a_person() && !self.acknowledged,
        }
    }

    /// Whether it was made on this terminal, whatever address that had then.
    pub(crate) fn is_on(&self, lock_name: &str, terminal_id: Option<&str>) -> bool {
        match (self.terminal_id.as_deref(), terminal_id) {
            (Some(then), Some(now)) => then == now,
            (None, _) | (_, None) => self.intent.terminal == lock_name,
        }
    }
}

impl History {
    pub(super) fn add(&mut self, record: Record) {
        if let Record::Taught(taught) = &record {
            let meaning = taught.approves.map(|approves| if approves { Meaning::Approves } else { Meaning::Refuses });
            self.taught.teach(&taught.code, meaning);
        }
        let Some(transaction) = record.transaction().map(ToOwned::to_owned) else { return };
        if let Some(time) = record.time() {
            self.clock.note(time);
        }
        self.add_to(&transaction, record);
        let now = self.clock.elapsed();
        if let Some(attempt) = self.find_mut(&transaction) {
            attempt.touched = now;
        }
        self.take_back(&transaction);
    }

    /// For how many seconds nothing was said about an attempt, by the journal's own clock: never more than it is.
    pub(crate) fn age(&self, attempt: &Attempt) -> i64 {
        self.clock.elapsed() - attempt.touched
    }

    /// Whether less than `limit` has gone by since `then`, a moment of this attempt. Where the clock was wrong then, or is now, the
    /// journal's own counts.
    pub(crate) fn is_within(&self, limit: i64, attempt: &Attempt, then: i64, now: i64) -> bool {
        match now - then {
            age @ 0..=BELIEVED => age < limit,
            _ => self.age(attempt) < limit,
        }
    }

    fn add_to(&mut self, transaction: &str, record: Record) {
        if let Record::Intent(intent) = record {
            self.give_the_lost_to(&intent.register);
            match self.find_mut(transaction) {
                Some(attempt) => (attempt.intent, attempt.intent_is_whole) = (*intent, true),
                None => self.attempts.push(Attempt::new(*intent, true)),
            }
            return;
        }
        let Some(attempt) = self.find_or_make(transaction, &record) else { return };
        match record {
            Record::Identified(identified) => attempt.identify(identified),
            Record::Settled(settled) => {
                if settled.listed {
                    attempt.listed_at.get_or_insert(settled.time);
                }
                attempt.settled = Some(settled.settlement);
            }
            Record::Decided(decided) => {
                // Whatever was acknowledged before was another answer.
                attempt.acknowledged &= decided.reason != Some(Code::ResolvedOtherwise);
                attempt.resolved = None;
                attempt.decided = Some(*decided);
            }
            Record::Acknowledged(_) => attempt.acknowledged = true,
            Record::Resolved(resolved) => attempt.resolved = Some(resolved),
            Record::Signature(signature) => attempt.signature_accepted = Some(signature.accepted),
            Record::Damaged(_) => attempt.forget_ending(),
            Record::Journal(_) | Record::Intent(_) | Record::Foreign(_) | Record::Taught(_) => {}
        }
    }

    /// What became of a reversal decides about its original.
    fn take_back(&mut self, reversal: &str) {
        let reversal = self.find(reversal).filter(|attempt| attempt.intent.kind == Kind::Reversal);
        let Some(original) = reversal.map(|attempt| attempt.intent.original_transaction.clone()) else { return };
        let in_state = |state| {
            let reversal = move |one: &&Attempt| one.intent.kind == Kind::Reversal && one.own_state() == state;
            self.about(&original).find(reversal)
        };
        let by = in_state(State::Charged).map(|attempt| attempt.intent.sale.clone());
        let open = in_state(State::Undecided).is_some();
        if let Some(original) = self.find_mut(&original).filter(|_| !testing::broken("forget-reversal")) {
            (original.reversed_by, original.reversal_is_open) = (by, open);
        }
    }

    /// A damaged line: what it may have said about the ending of an attempt does not count any more, and an attempt of which nothing but
    /// this line is left is not forgotten.
    pub(super) fn add_fragment(&mut self, fragment: &Fragment) {
        match (self.find_mut(&fragment.transaction), &fragment.intent) {
            (Some(attempt), _) if fragment.touches_ending => attempt.forget_ending(),
            (Some(_), _) | (None, None) => {}
            (None, Some(intent)) => self.add_lost(intent.clone()),
        }
        self.take_back(&fragment.transaction);
    }

    /// A fact whose intent was lost is still a fact.
    fn find_or_make(&mut self, transaction: &str, record: &Record) -> Option<&mut Attempt> {
        if self.find(transaction).is_none() {
            self.add_lost(record.lost_intent()?);
        }
        self.find_mut(transaction)
    }

    /// An attempt whose intent is damaged. Where it does not say whose it is, it is told to the register that wrote before it: in a folder
    /// of one register that is the right one, and in a shared one somebody must be told.
    fn add_lost(&mut self, mut intent: Intent) {
        if intent.register.is_empty() && !testing::broken("forget-owner") {
            match self.attempts.last() {
                Some(before) => intent.register.clone_from(&before.intent.register),
                None => self.lost_ones_wait = true,
            }
        }
        self.attempts.push(Attempt::new(intent, false));
    }

    /// The same for lost attempts at the beginning of a file: they go to the register that wrote next.
    fn give_the_lost_to(&mut self, register: &str) {
        if std::mem::take(&mut self.lost_ones_wait) {
            for attempt in self.attempts.iter_mut().filter(|attempt| attempt.intent.register.is_empty()) {
                register.clone_into(&mut attempt.intent.register);
            }
        }
    }

    fn find_mut(&mut self, transaction: &str) -> Option<&mut Attempt> {
        self.attempts.iter_mut().rev().find(|attempt| attempt.intent.transaction == transaction)
    }

    pub(crate) fn find(&self, transaction: &str) -> Option<&Attempt> {
        self.attempts.iter().rev().find(|attempt| attempt.intent.transaction == transaction)
    }

    /// What response codes mean beside the table.
    pub(crate) fn taught(&self) -> &Taught {
        &self.taught
    }

    /// Every attempt, oldest first.
    pub(crate) fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    /// The attempts at a sale, oldest first.
    pub(crate) fn of_sale<'h>(&'h self, sale_id: &'h str) -> impl DoubleEndedIterator<Item = &'h Attempt> {
        self.attempts.iter().filter(move |attempt| attempt.intent.sale == sale_id)
    }

    /// The attempt that tells what became of a sale of this register: one that nobody knows the end of before one that was charged, and that
    /// before one that ended free. Of several the newest.
    pub(crate) fn telling<'h>(&'h self, sale_id: &'h str, register: &str) -> Option<&'h Attempt> {
        let rank = |attempt: &&Attempt| match attempt.state() {
            State::Undecided => 2,
            State::Charged => 1,
            State::Free => 0,
        };
        // The last of equals is the newest.
        self.of_sale(sale_id).filter(|attempt| attempt.intent.register == register).max_by_key(rank)
    }

    /// Reversals and refunds of an attempt, oldest first.
    pub(crate) fn about<'h>(&'h self, original_transaction: &'h str) -> impl Iterator<Item = &'h Attempt> {
        self.attempts.iter().filter(move |attempt| {
            !original_transaction.is_empty() && attempt.intent.original_transaction == original_transaction
        })
    }

    /// A reversal of an attempt that is not decided.
    pub(crate) fn open_reversal(&self, attempt: &Attempt) -> Option<&Attempt> {
        let transaction = &attempt.intent.transaction;
        let reverses = |other: &&Attempt| {
            !transaction.is_empty()
                && other.intent.original_transaction == *transaction
                && other.intent.kind == Kind::Reversal
        };
        self.attempts.iter().find(|other| reverses(other) && other.state() == State::Undecided)
    }

    /// The closing that has settled an attempt on its terminal, as far as this journal knows.
    pub(crate) fn closing_after(&self, attempt: &Attempt) -> Option<&Attempt> {
        let intent = &attempt.intent;
        let later = self.attempts.iter().rev().take_while(|other| other.intent.transaction != intent.transaction);
        later
            .filter(|other| other.intent.kind == Kind::Closing && other.state() == State::Charged)
            .find(|closing| closing.is_on(&intent.terminal, attempt.terminal_id.as_deref()))
    }

    /// Undecided attempts at other sales on a terminal, newest first. A lost closing is nobody's sale and holds nothing up.
    pub(crate) fn undecided_on<'h>(
        &'h self,
        lock_name: &'h str,
        terminal_id: Option<&'h str>,
        but_sale: &'h str,
    ) -> impl Iterator<Item = &'h Attempt> {
        self.attempts.iter().rev().filter(move |attempt| {
            attempt.is_on(lock_name, terminal_id)
                && attempt.intent.sale != but_sale
                && attempt.intent.kind != Kind::Closing
                && attempt.state() == State::Undecided
        })
    }

    /// What this register has tried, newest first.
    pub(crate) fn of_register<'h>(&'h self, register: &'h str) -> impl Iterator<Item = &'h Attempt> {
        self.attempts.iter().rev().filter(move |attempt| attempt.intent.register == register)
    }
}
