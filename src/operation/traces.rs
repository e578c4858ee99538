//! Finds out which sale a reversal took back, by card, sequence number and amount in its result.

use crate::journal::{Attempt, History, Intent, State};
use crate::protocol::Settlement;

/// Where the traces point to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Points {
    ToTheOriginal,
    ToAnother,
    Nowhere,
}

/// The original of a reversal among the charges of its terminal.
pub(super) struct Traces<'h> {
    original: &'h Attempt,
    others: Vec<&'h Attempt>,
    /// What a terminal could have taken back instead, if it takes back its last charge whichever is named: the newest
    /// charge, and whatever is undecided since.
    rivals: Vec<&'h Attempt>,
}

impl<'h> Traces<'h> {
    pub(super) fn of(history: &'h History, original: &'h Attempt, reversal: &'h Intent) -> Self {
        let charges: Vec<&Attempt> = history.charges_beside(original, &reversal.transaction).collect();
        let is_other = |attempt: &&&Attempt| attempt.intent.transaction != original.intent.transaction;
        let surely_last = charges.iter().rposition(|attempt| attempt.state() == State::Charged).unwrap_or(0);
        Self {
            rivals: charges.iter().skip(surely_last).filter(is_other).copied().collect(),
            others: charges.iter().filter(is_other).copied().collect(),
            original,
        }
    }

    /// True if the original is the last charge, so that no other can have been taken back for being the last.
    pub(super) fn is_newest(&self) -> bool {
        self.rivals.is_empty()
    }

    /// A trace speaks against the original only if it is that of another sale. It speaks for the original only if each
    /// rival is known to have another one.
    pub(super) fn compare(&self, reversal: &Settlement) -> Points {
        let is_anothers = |trace: Trace| {
            let (found, own) = (trace.in_result(reversal), trace.of(self.original));
            found.is_some() && own.is_some() && found != own && self.others.iter().any(|other| trace.of(other) == found)
        };
        let tells = |trace: Trace| {
            let (found, own) = (trace.in_result(reversal), trace.of(self.original));
            let has_another = |rival: &&Attempt| trace.of(rival).is_some_and(|its| Some(its) != found);
            found.is_some() && found == own && self.rivals.iter().all(has_another)
        };
        if self.shows_another_card(reversal) || [Trace::Card, Trace::SequenceNumber].into_iter().any(is_anothers) {
            Points::ToAnother
        } else if [Trace::Card, Trace::SequenceNumber, Trace::Amount].into_iter().any(tells) {
            Points::ToTheOriginal
        } else {
            Points::Nowhere
        }
    }

    /// Another card than the original's is of another sale, also of one that this journal does not know. Terminals mask differently, so only
    /// the last digits count.
    fn shows_another_card(&self, reversal: &Settlement) -> bool {
        let last = |settlement: &Settlement| settlement.pan.as_deref().and_then(last_digits);
        let (found, own) = (last(reversal), self.original.settlement().and_then(last));
        found.is_some() && own.is_some() && found != own
    }
}

fn last_digits(pan: &str) -> Option<String> {
    let digits: String = pan.chars().rev().take_while(char::is_ascii_digit).take(4).collect();
    (digits.len() == 4).then_some(digits)
}

/// What the result of a reversal may repeat of the sale that it took back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trace {
    Card,
    SequenceNumber,
    Amount,
}

impl Trace {
    fn in_result(self, settlement: &Settlement) -> Option<String> {
        match self {
            Self::Card => settlement.pan.clone(),
            Self::SequenceNumber => settlement.sequence_number.clone(),
            Self::Amount => settlement.amount.map(|amount| amount.to_string()),
        }
    }

    /// Of a sale without a result, such as one that a person decided, the amount is known all the same.
    fn of(self, attempt: &Attempt) -> Option<String> {
        let asked = || Some(attempt.intent.amount).filter(|amount| *amount != 0).map(|amount| amount.to_string());
        match (self, attempt.settlement().and_then(|settlement| self.in_result(settlement))) {
            (Self::Amount, None) => asked(),
            (Self::Card | Self::SequenceNumber | Self::Amount, found) => found,
        }
    }
}
