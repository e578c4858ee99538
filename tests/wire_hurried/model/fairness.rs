//! What the model demands of the terminal's books: each attempt stands or not as the register says, and nobody pays twice.

use std::collections::{BTreeMap, BTreeSet};

use comgate_simulator::Simulator;
use comgate_terminal::{Kind, Verdict};
use support::books::{Books, is_start};

use super::attempts::{Attempt, Attempts};

/// Whether what this attempt did stands.
#[track_caller]
pub fn stands(books: &Books, attempt: &Attempt) -> bool {
    let id = &attempt.transaction;
    let count = match attempt.kind {
        Kind::Payment => books.charges.iter().filter(|one| !one.reversed && &one.transaction_id == id).count(),
        Kind::Refund => books.refunds.iter().filter(|one| !one.reversed && &one.transaction_id == id).count(),
        Kind::Reversal => books.reversals.iter().filter(|one| !one.undone && &one.transaction_id == id).count(),
        Kind::Closing => books.closings.iter().filter(|one| one.transaction_id.as_ref() == Some(id)).count(),
        Kind::Other | Kind::Preauth | Kind::PreauthCompletion | Kind::PreauthCancel | Kind::Moto => {
            panic!("no such kind is played")
        }
    };
    assert!(count <= 1, "{count} movements by one transaction: {attempt:?}");
    count == 1
}

/// Every transaction that was started so far, once each.
#[track_caller]
pub fn starts(terminal: &Simulator) -> BTreeSet<String> {
    let nameless = terminal.requests().into_iter().filter(is_start).find(|start| start.transaction_id.is_none());
    assert!(nameless.is_none(), "every start has an id: {nameless:?}");
    let starts = Books::of(terminal).starts;
    let twice = starts.iter().find(|(_, count)| **count > 1);
    assert!(twice.is_none(), "{twice:?} was started more than once");
    starts.into_keys().collect()
}

/// An attempt that is decided says what the books say.
#[track_caller]
pub fn agrees(books: &Books, attempts: &Attempts, attempt: &Attempt) {
    let stands = stands(books, attempt);
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
pub fn is_fair(books: &Books, attempts: &Attempts) {
    let standing = |kind| attempts.0.iter().filter(move |one| one.kind == kind && stands(books, one));
    let mut paid: BTreeMap<&str, &Attempt> = BTreeMap::new();
    // What was given back may be sold again.
    for charge in standing(Kind::Payment).filter(|charge| !attempts.is_wholly_refunded(charge)) {
        if let Some(first) = paid.insert(&charge.sale, charge) {
            panic!("charged twice: {first:?} and {charge:?}");
        }
    }
    let mut refunded: BTreeMap<&str, i64> = BTreeMap::new();
    for refund in standing(Kind::Refund) {
        let Some(original) = &refund.original else { continue };
        *refunded.entry(&original.transaction).or_default() += refund.amount.unwrap_or_default();
    }
    for (transaction, sum) in refunded {
        let charge =
            books.charges.iter().find(|charge| charge.transaction_id == transaction).expect("what was refunded");
        let left = if charge.reversed { 0 } else { charge.amount + charge.tip };
        assert!(sum <= left, "{sum} was given back of {left}: {charge:?}");
    }
}
