//! What the lines add up to: the attempts in their order, each with its state.

use super::attempt::{Attempt, State};
use super::attempts::Attempts;
use super::clock::{BELIEVED, Clock};
use super::damage::Fragment;
use super::record::{Intent, Record};
use crate::codes::Kind;
use crate::response_code::{Meaning, Taught};
use crate::testing::{self, Guard};

/// Everything that was read. A copy is cheap: it shares the attempts that do not change, and blocks nobody.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    attempts: Attempts,
    /// There are lost attempts at the beginning whose register is not known yet.
    lost_ones_wait: bool,
    clock: Clock,
    taught: Taught,
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
        if let Some(position) = self.position_for(&transaction, &record) {
            let now = self.clock.elapsed();
            self.add_to(position, record);
            self.attempts.change(position, |attempt| attempt.touched = now);
        }
        self.take_back(&transaction);
    }

    /// Seconds since the last line about an attempt, by the journal's own clock. May be too few, never too many.
    pub(crate) fn age(&self, attempt: &Attempt) -> i64 {
        self.clock.elapsed() - attempt.touched
    }

    /// True if less than `limit` has gone by since `then`. If the wall clock cannot be believed, the journal's own
    /// clock counts.
    pub(crate) fn is_within(&self, limit: i64, attempt: &Attempt, then: i64, now: i64) -> bool {
        match now - then {
            age @ 0..=BELIEVED => age < limit,
            _ => self.age(attempt) < limit,
        }
    }

    /// The position of the attempt of a line. A new attempt is appended.
    fn position_for(&mut self, transaction: &str, record: &Record) -> Option<usize> {
        if let Record::Intent(intent) = record {
            self.give_the_lost_to(&intent.register);
        }
        let known = self.attempts.position(transaction);
        if known.is_some() {
            return known;
        }
        match record {
            Record::Intent(intent) => self.attempts.push(Attempt::new((**intent).clone(), true)),
            // Its intent was lost, but the fact still counts.
            other => self.add_lost(other.lost_intent()?),
        }
        self.attempts.len().checked_sub(1)
    }

    fn add_to(&mut self, position: usize, record: Record) {
        match record {
            Record::Intent(intent) => self.attempts.complete(position, *intent),
            other => drop(self.attempts.change(position, |attempt| attempt.add(other))),
        }
    }

    /// Updates the original of a reversal, or of the cancel of a pre-authorization.
    fn take_back(&mut self, reversal: &str) {
        let reversal = self.find(reversal).filter(|attempt| attempt.intent.takes_back());
        let Some(original) = reversal.map(|attempt| attempt.intent.original_transaction.clone()) else { return };
        let in_state = |state| {
            let reversal = move |one: &&Attempt| one.intent.takes_back() && one.own_state() == state;
            self.about(&original).find(reversal)
        };
        let by = in_state(State::Charged).map(|attempt| attempt.intent.sale.clone());
        let open = in_state(State::Undecided).is_some();
        if let Some(position) = self.attempts.position(&original).filter(|_| !testing::broken(Guard::ForgetReversal)) {
            let change = |original: &mut Attempt| (original.reversed_by, original.reversal_is_undecided) = (by, open);
            self.attempts.change(position, change);
        }
    }

    /// A damaged line may have held an ending, so the ending of its attempt no longer counts. If it is all that is left
    /// of an attempt, it makes one.
    pub(super) fn add_fragment(&mut self, fragment: &Fragment) {
        match (self.attempts.position(&fragment.transaction), &fragment.intent) {
            (Some(position), _) if fragment.touches_ending => {
                self.attempts.change(position, Attempt::forget_ending);
            }
            (Some(_), _) | (None, None) => {}
            (None, Some(intent)) => self.add_lost(intent.clone()),
        }
        self.take_back(&fragment.transaction);
    }

    /// An attempt whose intent is damaged. If its register cannot be read, it goes to the register that wrote before
    /// it: right in a folder of one register, and in a shared folder somebody must be told.
    fn add_lost(&mut self, mut intent: Intent) {
        if intent.register.is_empty() && !testing::broken(Guard::ForgetOwner) {
            match self.attempts.iter().next_back() {
                Some(before) => intent.register.clone_from(&before.intent.register),
                None => self.lost_ones_wait = true,
            }
        }
        self.attempts.push(Attempt::new(intent, false));
    }

    /// Lost attempts at the beginning of a file go to the register that wrote next.
    fn give_the_lost_to(&mut self, register: &str) {
        if std::mem::take(&mut self.lost_ones_wait) {
            for position in 0..self.attempts.len() {
                let give = |attempt: &mut Attempt| register.clone_into(&mut attempt.intent.register);
                if self.attempts.get(position).is_some_and(|attempt| attempt.intent.register.is_empty()) {
                    self.attempts.change(position, give);
                }
            }
        }
    }

    pub(crate) fn find(&self, transaction: &str) -> Option<&Attempt> {
        self.attempts.get(self.attempts.position(transaction)?)
    }

    /// The response codes that a person has taught.
    pub(crate) fn taught(&self) -> &Taught {
        &self.taught
    }

    /// Every attempt, oldest first.
    pub(crate) fn attempts(&self) -> impl DoubleEndedIterator<Item = &Attempt> {
        self.attempts.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.attempts.len()
    }

    /// The attempts at a sale, oldest first.
    pub(crate) fn of_sale<'h>(&'h self, sale_id: &'h str) -> impl DoubleEndedIterator<Item = &'h Attempt> {
        self.attempts.of_sale(sale_id)
    }

    /// The attempt that tells what became of a sale of this register: an undecided one before a charged one, and that
    /// before a free one; of several the newest.
    pub(crate) fn telling<'h>(&'h self, sale_id: &'h str, register: &str) -> Option<&'h Attempt> {
        let rank = |attempt: &&Attempt| match attempt.state() {
            State::Undecided => 2,
            // Wholly refunded: it tells less than a later attempt.
            State::Charged if self.is_wholly_refunded(attempt) => 0,
            State::Charged => 1,
            State::Free => 0,
        };
        // The last of equals is the newest.
        self.of_sale(sale_id).filter(|attempt| attempt.intent.register == register).max_by_key(rank)
    }

    /// Reversals and refunds of an attempt, or the completions and cancels of a pre-authorization, oldest first.
    pub(crate) fn about<'h>(&'h self, original_transaction: &'h str) -> impl Iterator<Item = &'h Attempt> {
        self.attempts.about(original_transaction)
    }

    /// An undecided reversal of an attempt, or cancel of a pre-authorization.
    pub(crate) fn undecided_reversal(&self, attempt: &Attempt) -> Option<&Attempt> {
        self.attempts
            .about(&attempt.intent.transaction)
            .find(|other| other.intent.takes_back() && other.state() == State::Undecided)
    }

    /// The cancel that is through of a pre-authorization.
    pub(crate) fn cancel(&self, preauth: &Attempt) -> Option<&Attempt> {
        self.attempts
            .about(&preauth.intent.transaction)
            .find(|other| other.intent.named_kind() == Kind::PreauthCancel && other.state() == State::Charged)
    }

    /// True if more may have been reserved since, by a function that has no name here, such as an increment.
    pub(crate) fn may_be_raised(&self, preauth: &Attempt) -> bool {
        let mut about = self.attempts.about(&preauth.intent.transaction);
        about.any(|other| other.intent.named_kind() == Kind::Other && other.state() != State::Free)
    }

    /// The completion of a pre-authorization that stands, or perhaps does.
    pub(crate) fn completion(&self, preauth: &Attempt) -> Option<&Attempt> {
        self.attempts
            .about(&preauth.intent.transaction)
            .find(|other| other.intent.named_kind() == Kind::PreauthCompletion && other.state() != State::Free)
    }

    /// The closing after an attempt on its terminal, as far as this journal knows.
    pub(crate) fn closing_after(&self, attempt: &Attempt) -> Option<&Attempt> {
        let intent = &attempt.intent;
        let mut later = self.attempts.closings_after(self.attempts.position(&intent.transaction));
        later.find(|closing| {
            closing.state() == State::Charged && closing.is_on(&intent.lock_name, attempt.terminal_id.as_deref())
        })
    }

    /// Undecided attempts at other sales on a terminal, newest first. A closing is no sale and holds nothing up.
    pub(crate) fn undecided_on<'h>(
        &'h self,
        lock_name: &'h str,
        terminal_id: Option<&'h str>,
        but_sale: &'h str,
    ) -> impl Iterator<Item = &'h Attempt> {
        self.attempts.undecided().filter(move |attempt| {
            attempt.is_on(lock_name, terminal_id)
                && attempt.intent.sale != but_sale
                && attempt.intent.kind != Kind::Closing
        })
    }

    /// The attempts of this register, newest first.
    pub(crate) fn of_register<'h>(&'h self, register: &'h str) -> impl Iterator<Item = &'h Attempt> {
        self.attempts.iter().rev().filter(move |attempt| attempt.intent.register == register)
    }
    /// The open attempts of this register, newest first.
    pub(crate) fn open_of<'h>(&'h self, register: &'h str) -> impl Iterator<Item = &'h Attempt> {
        self.attempts.open().filter(move |attempt| attempt.intent.register == register)
    }
}
