//! A start that is told as not begun, and begins all the same; and a terminal that says "already processed" or "busy".

use comgate_simulator::{Busy, DuplicateId, Ending, Fault, FaultKind, Screen};
use comgate_terminal::{Code, OutcomeField as Field, Verdict};
use support::register::{Outcome, each};

use super::shops::{PATHS, Shop, is, is_not, told};

/// How a start that begins later is answered.
#[derive(Clone, Copy, Debug)]
struct Late {
    path: &'static str,
    busy: Busy,
    milliseconds: u64,
    /// The next status is answered 503.
    fails: bool,
}

fn all() -> Vec<Late> {
    let mut all = Vec::new();
    for busy in [Busy::NotStarted, Busy::Http202, Busy::Http409] {
        for (milliseconds, fails) in [(0, true), (300, true), (300, false), (3_000, true), (3_000, false)] {
            all.push(Late { path: PATHS[all.len() % 2], busy, milliseconds, fails });
        }
    }
    all
}

fn shop(late: Late) -> Shop {
    let shop = Shop::under(late.path);
    shop.simulator.personality(|p| {
        (p.busy, p.late_start_ms, p.late_start_fails) = (late.busy, Some(late.milliseconds), late.fails);
    });
    shop
}

/// The customer has paid what the register was told is not begun.
fn wait_until_charged(shop: &Shop) {
    while shop.simulator.charges().is_empty() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    shop.simulator.personality(|p| p.late_start_ms = None);
}

/// What is in the journal of this sale agrees with the books, or nobody knows.
#[track_caller]
fn found_true(shop: &Shop, sale: &str) -> Outcome {
    let outcome = told(shop.register.find(sale));
    shop.is_true(&outcome);
    outcome
}

/// It is asked for twice, a second apart: one that runs by then is followed to its end.
#[test]
fn wire_a_start_that_says_no_and_runs_within_a_second_is_followed() {
    each(all().into_iter().filter(|late| late.milliseconds < 1_000), |late| {
        let shop = shop(late);
        let outcome = shop.register.pay("1", 12550);
        is(&outcome, Verdict::Approved);
        shop.is_true(&outcome);
        assert_eq!(shop.simulator.count("payment"), 1);
    });
}

#[test]
fn wire_a_sale_that_runs_after_all_is_found_by_recover() {
    each(all(), |late| {
        let mut shop = shop(late);
        let outcome = shop.register.pay("1", 12550);
        if outcome.verdict != Verdict::NotStarted.number() {
            is_not(&outcome, Verdict::Declined);
            is_not(&outcome, Verdict::Cancelled);
        }
        wait_until_charged(&shop);
        shop.register.recover(true);
        is(&found_true(&shop, "1"), Verdict::Approved);
        assert_eq!(shop.simulator.count("payment"), 1);
    });
}

/// The program has been started anew meanwhile.
#[test]
fn wire_a_sale_that_runs_after_all_is_found_by_the_next_program() {
    each(all(), |late| {
        let shop = shop(late);
        shop.register.pay("1", 12550);
        wait_until_charged(&shop);
        let mut shop = shop.restarted();
        shop.register.recover(true);
        is(&found_true(&shop, "1"), Verdict::Approved);
    });
}

#[test]
fn wire_a_sale_that_runs_after_all_is_found_before_the_next_start() {
    each(all(), |late| {
        let shop = shop(late);
        shop.register.pay("1", 12550);
        wait_until_charged(&shop);
        shop.register.pay("2", 12600).expect(Verdict::Approved, None);
        is_not(&found_true(&shop, "1"), Verdict::NotStarted);
        assert_eq!(shop.simulator.charges_kept().len(), 2);
    });
}

/// Said again, the sale is not charged a second time.
#[test]
fn wire_a_sale_that_runs_after_all_is_not_charged_again() {
    each(all(), |late| {
        let shop = shop(late);
        shop.register.pay("1", 12550);
        wait_until_charged(&shop);
        let again = shop.register.pay("1", 12550);
        is_not(&again, Verdict::Declined);
        shop.is_true(&again);
        assert_eq!((shop.simulator.count("payment"), shop.simulator.charges().len()), (1, 1));
    });
}

/// The customer is still at it: nothing else is started meanwhile.
#[test]
fn wire_a_sale_that_still_runs_after_all_is_in_the_way_of_the_next() {
    each(all().into_iter().filter(|late| late.milliseconds < 3_000), |late| {
        let mut shop = shop(late);
        shop.simulator.next(Ending::Never);
        shop.register.set_patience(1_000);
        shop.simulator.personality(|p| p.cancel_too_late = true);
        shop.register.pay("1", 12550);
        // From here on the terminal is as any other; the sale runs.
        shop.simulator.personality(|p| (p.late_start_ms, p.late_start_fails) = (None, false));
        let next = shop.register.try_pay("2", 12600);
        assert_eq!(next.map(|outcome| outcome.fields), Err(Code::Unresolved.number()));
        is(&told(shop.register.find("1")), Verdict::Unknown);
        shop.simulator.screen(Screen::Tap);
        shop.register.recover(true);
        is(&found_true(&shop, "1"), Verdict::Approved);
        assert_eq!((shop.simulator.count("payment"), shop.simulator.charges().len()), (1, 1));
    });
}

/// The ways in which a register asks about a sale, beside recover.
fn ask(shop: &mut Shop, how: &str) {
    match how {
        "recover" => drop(shop.register.recover(false)),
        "query" => drop(shop.register.query("1")),
        "resolve" => assert_ne!(shop.register.resolve("1", false, "it was not begun"), 0, "it was charged"),
        "pay again" => drop(shop.register.try_pay("1", 12550)),
        "the next sale" => drop(shop.register.try_pay("2", 12600)),
        other => panic!("nobody asks by {other}"),
    }
}

/// It was approved, and the confirm or the result does not come through: that is not the refusal any more.
#[test]
fn wire_a_sale_that_was_charged_after_all_is_not_told_as_refused_again() {
    let troubles = [("confirm", FaultKind::Drop), ("result", FaultKind::BrokenJson)];
    let asking = ["recover", "query", "resolve", "pay again", "the next sale"];
    each(troubles.iter().flat_map(|trouble| asking.map(|how| (trouble, how))), |((endpoint, kind), how)| {
        let mut shop = shop(Late { path: PATHS[0], busy: Busy::NotStarted, milliseconds: 3_000, fails: false });
        is(&shop.register.pay("1", 12550), Verdict::NotStarted);
        wait_until_charged(&shop);
        shop.simulator.fault(Fault::always(endpoint, kind.clone()));
        ask(&mut shop, how);
        let outcome = found_true(&shop, "1");
        is(&outcome, Verdict::Unknown);
        assert_ne!(outcome.number(Field::Reason), Some(Code::StartRefused.number().into()), "{:#}", outcome.fields);
        shop.simulator.clear_faults();
        shop.register.recover(true);
        is_not(&found_true(&shop, "1"), Verdict::NotStarted);
        assert_eq!(shop.simulator.count("payment"), if how == "the next sale" { 2 } else { 1 });
    });
}

/// Somebody asks, and the terminal is mute: it is asked again when it speaks.
#[test]
fn wire_a_refused_start_is_asked_about_until_the_terminal_has_answered() {
    each(["recover", "query"], |how| {
        let shop = shop(Late { path: PATHS[0], busy: Busy::NotStarted, milliseconds: 3_000, fails: false });
        is(&shop.register.pay("1", 12550), Verdict::NotStarted);
        wait_until_charged(&shop);
        let mut shop = shop.restarted_after(20);
        shop.simulator.fault(Fault::always("status", FaultKind::Drop));
        ask(&mut shop, how);
        shop.simulator.clear_faults();
        shop.register.recover(true);
        is(&found_true(&shop, "1"), Verdict::Approved);
    });
}

#[test]
fn wire_a_refund_that_runs_after_all_is_not_made_again() {
    each(all().into_iter().filter(|late| late.milliseconds > 0), |late| {
        let mut shop = shop(late);
        told(shop.register.refund("F1", None, 500));
        while shop.simulator.refunds().is_empty() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        shop.simulator.personality(|p| p.late_start_ms = None);
        is_not(&told(shop.register.refund("F1", None, 500)), Verdict::Declined);
        assert_eq!((shop.simulator.count("refund"), shop.simulator.refunds().len()), (1, 1));
        shop.register.recover(true);
        is(&found_true(&shop, "F1"), Verdict::Approved);
    });
}

#[test]
fn wire_a_reversal_or_closing_that_runs_after_all_is_found_by_recover() {
    each(all().into_iter().filter(|late| late.milliseconds > 0), |late| {
        let mut shop = Shop::under(late.path);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.sells("2", 12550, Screen::Tap).expect(Verdict::Approved, None);
        let begins_late = |is: bool| {
            shop.simulator.personality(|p| {
                (p.busy, p.late_start_fails) = (late.busy, late.fails);
                p.late_start_ms = is.then_some(late.milliseconds);
            });
        };
        begins_late(true);
        told(shop.register.reverse("R2", "2"));
        while shop.simulator.reversals().is_empty() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        begins_late(false);
        shop.register.recover(true);
        is(&found_true(&shop, "R2"), Verdict::Approved);
        begins_late(true);
        told(shop.register.closing("C1"));
        while shop.simulator.closings().is_empty() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        begins_late(false);
        shop.register.recover(true);
        is_not(&found_true(&shop, "C1"), Verdict::NotStarted);
    });
}

/// It was started, and the answer is that of a repetition on its way.
#[test]
fn wire_a_start_that_is_called_already_processed_is_followed() {
    let words = r#"{"message":"Transaction has already been processed"}"#;
    each(PATHS, |path| {
        let mut shop = Shop::under(path);
        shop.simulator.fault(Fault::once("payment", FaultKind::ActAndAnswer(400, words.into())));
        let outcome = shop.sells("1", 12550, Screen::Tap);
        is(&outcome, Verdict::Approved);
        shop.is_true(&outcome);
        // It was not.
        shop.simulator.fault(Fault::once("payment", FaultKind::Answer(400, words.into())));
        let outcome = shop.register.pay("2", 12550);
        is_not(&outcome, Verdict::Approved);
        is_not(&outcome, Verdict::Declined);
        shop.is_true(&outcome);
        assert_eq!(shop.simulator.charges().len(), 1);
    });
}

/// A lost reply to the start, and a terminal that tells a repetition apart or not: the start is not repeated.
#[test]
fn wire_a_start_is_not_repeated_whatever_a_terminal_would_say_to_it() {
    let manners = [DuplicateId::Http400, DuplicateId::ToldAsStarted, DuplicateId::NotStarted];
    each(manners, |manner| {
        let mut shop = Shop::open();
        shop.simulator.personality(|p| p.duplicate_id = manner);
        shop.simulator.fault(Fault::once("payment", FaultKind::LoseReply));
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        assert_eq!(shop.simulator.count("payment"), 1);
    });
}

/// Another till uses the terminal, which answers 202, whatever is started.
#[test]
fn wire_a_busy_terminal_is_told_in_its_own_words() {
    each(PATHS, |path| {
        let mut shop = Shop::under(path);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        let folder = support::folder::Folder::new();
        let other = super::shops::patient(&shop.simulator, &folder);
        shop.simulator.next(Ending::Never);
        let running = other.begin("x", 9900).expect("begins");
        running.until(50, || shop.simulator.count("payment") > 1);
        for begin in ["pay", "refund", "reverse", "closing"] {
            let outcome = match begin {
                "pay" => shop.register.try_pay("2", 12600),
                "refund" => shop.register.refund("F1", Some("1"), 500),
                "reverse" => shop.register.reverse("R1", "1"),
                _ => shop.register.closing("C1"),
            };
            let outcome = outcome.unwrap_or_else(|code| panic!("{begin}: {code} {}", shop.register.last_error()));
            outcome.expect(Verdict::NotStarted, Some(Code::StartRefused));
            assert_eq!(outcome.text(Field::ResponseMessage), Some("Terminal busy"));
        }
        drop(running);
        shop.sells("2", 12600, Screen::Tap).expect(Verdict::Approved, None);
    });
}
