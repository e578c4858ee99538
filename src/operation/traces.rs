//! Finds out which sale a reversal took back, by card, sequence number and amount in its result.

use crate::journal::{Attempt, History, Intent};
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
    pub(super) is_newest: bool,
}

impl<'h> Traces<'h> {
    pub(super) fn of(history: &'h History, original: &'h Attempt, reversal: &'h Intent) -> Self {
        let charges: Vec<&Attempt> = history.charges_beside(original, &reversal.transaction).collect();
        let is_original = |attempt: &&&Attempt| attempt.intent.transaction == original.intent.transaction;
        Self {
            is_newest: charges.last().as_ref().is_none_or(is_original),
            others: charges.iter().filter(|attempt| !is_original(attempt)).copied().collect(),
            original,
        }
    }

    /// A trace speaks against the original only if it is that of another sale. It speaks for the original only if the
    /// newest charge has another one, because terminals take back the newest.
    pub(super) fn compare(&self, reversal: &Settlement) -> Points {
        let original = self.original.settlement();
        let of = |trace: Trace, attempt: &Attempt| attempt.settlement().and_then(trace);
        let is_anothers = |trace: Trace| {
            let (found, own) = (trace(reversal), original.and_then(trace));
            found.is_some()
                && own.is_some()
                && found != own
                && self.others.iter().any(|other| of(trace, other) == found)
        };
        let tells = |trace: Trace| {
            let (found, own) = (trace(reversal), original.and_then(trace));
            found.is_some() && found == own && self.others.last().is_none_or(|newest| of(trace, newest) != found)
        };
        if self.shows_another_card(reversal) || [card as Trace, sequence_number].into_iter().any(is_anothers) {
            Points::ToAnother
        } else if [card as Trace, sequence_number, amount].into_iter().any(tells) {
            Points::ToTheOriginal
        } else {
            Points::Nowhere
        }
    }
}

impl Traces<'_> {
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

type Trace = fn(&Settlement) -> Option<String>;

fn card(settlement: &Settlement) -> Option<String> {
    settlement.pan.clone()
}

fn sequence_number(settlement: &Settlement) -> Option<String> {
    settlement.sequence_number.clone()
}

fn amount(settlement: &Settlement) -> Option<String> {
    settlement.amount.map(|amount| amount.to_string())
}
