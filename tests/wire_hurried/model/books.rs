//! The terminal's books: whose money moved, whatever the register believes.

use std::collections::{BTreeMap, BTreeSet};

use comgate_simulator::Simulator;
use comgate_terminal::{Kind, Verdict};

use super::attempts::{Attempt, Attempts};

pub struct Books<'s>(pub &'s Simulator);

impl Books<'_> {
    /// Whether what this attempt did stands.
    pub fn stands(&self, attempt: &Attempt) -> bool {
        let id = &attempt.transaction;
        let count = match attempt.kind {
            Kind::Payment => self.0.charges_kept().iter().filter(|one| &one.transaction_id == id).count(),
            Kind::Refund => self.0.refunds_kept().iter().filter(|one| &one.transaction_id == id).count(),
            Kind::Reversal => self.0.reversals().iter().filter(|one| &one.transaction_id == id && !one.undone).count(),
            Kind::Closing => self.0.closings().iter().filter(|one| one.transaction_id.as_ref() == Some(id)).count(),
            Kind::Other => panic!("no such kind is played"),
        };
        assert!(count <= 1, "{count} movements by one transaction: {attempt:?}");
        count == 1
    }

    /// Every transaction that was started so far, once each.
    #[track_caller]
    pub fn starts(&self) -> BTreeSet<String> {
        let mut starts = BTreeSet::new();
        for request in self.0.requests() {
            if ["payment", "refund", "reverse", "closing"].contains(&request.endpoint.as_str()) {
                let id = request.transaction_id.expect("every start has an id");
                assert!(starts.insert(id.clone()), "{id} was started twice");
            }
        }
        starts
    }

    /// An attempt that is decided says what the books say.
    #[track_caller]
    pub fn agree_with(&self, attempts: &Attempts, attempt: &Attempt) {
        let stands = self.stands(attempt);
        match attempt.verdict {
            Verdict::Unknown => {}
            // A reversal that nobody knows may have taken it back.
            Verdict::Approved => {
                let may_be_reversed = !attempts.about(&attempt.transaction, Kind::Reversal).is_empty();
                assert!(stands || may_be_reversed, "APPROVED, and not in the books: {attempt:?}");
            }
            Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted => {
                assert!(!stands, "{:?}, and yet in the books: {attempt:?}", attempt.verdict);
            }
        }
    }

    /// No sale was charged twice, and none gave back more than it took.
    #[track_caller]
    pub fn are_fair(&self, attempts: &Attempts) {
        let standing = |kind| attempts.0.iter().filter(move |one| one.kind == kind && self.stands(one));
        let mut paid: BTreeMap<&str, &Attempt> = BTreeMap::new();
        for charge in standing(Kind::Payment) {
            if let Some(first) = paid.insert(&charge.sale, charge) {
                panic!("charged twice: {first:?} and {charge:?}");
            }
        }
        let mut refunded: BTreeMap<&str, i64> = BTreeMap::new();
        for refund in standing(Kind::Refund) {
            let Some(original) = &refund.original else { continue };
            *refunded.entry(&original.transaction).or_default() += refund.amount.unwrap_or_default();
        }
        let ever = self.0.charges();
        for (transaction, sum) in refunded {
            let charge = ever.iter().find(|charge| charge.transaction_id == transaction).expect("what was refunded");
            let left = if charge.reversed { 0 } else { charge.amount + charge.tip };
            assert!(sum <= left, "{sum} was given back of {left}: {charge:?}");
        }
    }
}
