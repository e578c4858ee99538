//! Acknowledging: only what was told can be put aside.

use comgate_simulator::Screen;
use comgate_terminal::{OutcomeField as Field, Verdict};
use support::register::{Outcome, each};

use super::shops::{PATHS, Shop, told};

/// What a till can have done before it crashed.
#[derive(Clone, Copy, Debug)]
enum Done {
    Payment,
    Refund,
    Reversal,
    Closing,
}

const EACH: [Done; 4] = [Done::Payment, Done::Refund, Done::Reversal, Done::Closing];

/// Under the number X; what it needs before is acknowledged.
fn does(shop: &mut Shop, what: Done) -> Outcome {
    if !matches!(what, Done::Payment) {
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        assert_eq!(shop.register.acknowledge("1"), 0);
    }
    shop.next(Screen::Tap);
    let outcome = match what {
        Done::Payment => shop.register.try_pay("X", 12550),
        Done::Refund => shop.register.refund("X", Some("1"), 500),
        Done::Reversal => shop.register.reverse("X", "1"),
        Done::Closing => shop.register.closing("X"),
    };
    let outcome = told(outcome);
    outcome.expect(Verdict::Approved, None);
    outcome
}

/// A till that replays its queue after a crash acknowledges what nobody was told of: it would be forgotten for good.
#[test]
fn wire_what_was_not_told_since_a_restart_is_not_acknowledged_by_sale() {
    each(EACH.into_iter().flat_map(|what| PATHS.map(|path| (what, path))), |(what, path)| {
        let mut shop = Shop::under(path);
        does(&mut shop, what);
        let mut shop = shop.restarted();
        for _ in 0..2 {
            assert_ne!(shop.register.acknowledge("X"), 0, "this handle has told nobody of it");
            assert_eq!(shop.register.unresolved(), (0, 1));
        }
        // Recover tells it, and the till keeps it for later.
        assert_eq!(shop.register.recover(false).len(), 1);
        assert_eq!(shop.register.acknowledge("X"), 0, "{}", shop.register.last_error());
        assert_eq!(shop.register.unresolved(), (0, 0));
        assert!(shop.register.recover(false).is_empty());
    });
}

/// The transaction id can only be known by somebody who was told.
#[test]
fn wire_a_transaction_is_acknowledged_after_a_restart() {
    each(EACH, |what| {
        let mut shop = Shop::open();
        let outcome = does(&mut shop, what);
        let mut shop = shop.restarted();
        let transaction = outcome.text(Field::TransactionId).expect("an attempt has an id");
        assert_eq!(shop.register.acknowledge_transaction(transaction), 0, "{}", shop.register.last_error());
        assert_eq!(shop.register.unresolved(), (0, 0));
        assert!(shop.register.recover(true).is_empty());
    });
}

/// It was told of this sale's first attempt, not of the second, which another handle has made.
#[test]
fn wire_a_handle_that_told_of_one_attempt_acknowledges_no_other() {
    let mut shop = Shop::open();
    shop.sells("X", 12550, Screen::Decline).expect(Verdict::Declined, None);
    let other = super::shops::patient(&shop.simulator, &shop.folder);
    other.pay("X", 12600).expect(Verdict::Approved, None);
    assert_ne!(shop.register.acknowledge("X"), 0, "this handle told of a decline");
    assert_eq!(shop.register.unresolved(), (0, 1));
    assert_eq!(other.acknowledge("X"), 0, "{}", other.last_error());
    assert_eq!(shop.register.unresolved(), (0, 0));
}

/// Adopted is told.
#[test]
fn wire_what_is_adopted_after_a_restart_is_told_and_can_be_acknowledged() {
    let mut shop = Shop::open();
    does(&mut shop, Done::Payment);
    let shop = shop.restarted();
    assert_ne!(shop.register.acknowledge("X"), 0);
    assert!(shop.register.pay("X", 12550).expect(Verdict::Approved, None).is(Field::Adopted));
    assert_eq!(shop.register.acknowledge("X"), 0, "{}", shop.register.last_error());
    assert_eq!(shop.register.unresolved(), (0, 0));
}
