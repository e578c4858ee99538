//! Cancelling: by every way there is, too early, in time, too late, twice, and into a wire that loses it. There is one outcome each time,
//! and it is what stands in the terminal's books. (By the callback: see `evidence.rs`.)

use std::sync::atomic::{AtomicBool, Ordering};

use comgate_simulator::{Fault, FaultKind, Pace, Screen, Simulator};
use comgate_terminal::{Code, OutcomeField as Field, PaymentEvent, Phase, Verdict};
use support::folder::Folder;
use support::journal_file;
use support::register::{Outcome, Register, each, shop};

/// The customer never shows a card, unless the story makes her.
const NEVER: i64 = 12532;

/// One outcome was told, it is the one in the journal, and it agrees with the books.
#[track_caller]
fn one_outcome(simulator: &Simulator, folder: &Folder, register: &Register, outcome: &Outcome) {
    let ended = register.host.events.iter().filter(|event| **event == PaymentEvent::Ended.number()).count();
    let decided = journal_file::names(folder.path()).iter().filter(|name| *name == "decided").count();
    assert_eq!((ended, decided), (1, 1), "told and written once");
    assert!(simulator.count("payment") <= 1, "the start was repeated");
    let approved = outcome.verdict == Verdict::Approved.number();
    assert_eq!(simulator.charges_kept().len(), usize::from(approved), "{:#}", outcome.fields);
    assert_eq!(register.unresolved(), (0, i32::from(approved)));
    // What was cancelled does not come to life when the customer shows a card after all.
    simulator.screen(Screen::Tap);
    assert_eq!(simulator.charges_kept().len(), usize::from(approved));
}

/// Presses the button on another thread, as soon as the terminal was asked this so many times.
#[track_caller]
fn pay_and_press_after(simulator: &Simulator, register: &Register, endpoint: &str, count: usize) -> Outcome {
    let button = register.button();
    while_it_is_paid(register, |is_over| {
        wait_for(simulator, endpoint, count, is_over);
        button.press();
    })
}

/// Until the terminal was asked this so many times.
fn wait_for(simulator: &Simulator, endpoint: &str, count: usize, is_over: &dyn Fn() -> bool) {
    while simulator.count(endpoint) < count && !is_over() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// Pays, and does something else meanwhile, which is told when there is nothing to wait for any more: a payment that fails must not hang.
#[track_caller]
fn while_it_is_paid(register: &Register, meanwhile: impl FnOnce(&dyn Fn() -> bool) + Send) -> Outcome {
    let over = AtomicBool::new(false);
    let (paid, ()) = std::thread::scope(|scope| {
        let other = scope.spawn(|| meanwhile(&|| over.load(Ordering::SeqCst)));
        let paid = register.try_pay("1", NEVER);
        over.store(true, Ordering::SeqCst);
        (paid, other.join().expect("no panic"))
    });
    paid.unwrap_or_else(|code| panic!("no outcome: {code} {}", register.last_error()))
}

#[test]
fn wire_a_cancel_from_another_thread_ends_a_sale_that_waits_for_a_card() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    let outcome = pay_and_press_after(&simulator, &register, "status", 2);
    assert!(outcome.expect(Verdict::Cancelled, None).is(Field::CancelAsked));
    one_outcome(&simulator, &folder, &register, &outcome);
}

/// Inside a callback, cancel is the one call into the same handle that is allowed.
#[test]
fn wire_a_cancel_from_a_callback_is_the_one_call_allowed_there() {
    let (simulator, folder) = shop();
    let mut register = Register::at(&simulator, &folder);
    let button = register.button();
    register.host.on_event = Some(Box::new(move |event| {
        if event == PaymentEvent::Started.number() {
            button.press();
        }
    }));
    let outcome = register.pay("1", NEVER);
    outcome.expect(Verdict::Cancelled, None);
    one_outcome(&simulator, &folder, &register, &outcome);
}

#[test]
fn wire_a_cancel_between_two_steps_ends_a_stepped_sale() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    let steps = register.begin("1", NEVER).expect("begins");
    steps.until(100, || simulator.count("status") > 0);
    register.button().press();
    while !steps.step(100).expect("steps") {}
    let outcome = steps.finish().expect("an outcome");
    drop(steps);
    assert!(outcome.expect(Verdict::Cancelled, None).is(Field::CancelAsked));
    one_outcome(&simulator, &folder, &register, &outcome);
}

#[test]
fn wire_a_cancel_before_the_first_step_sends_nothing() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    let steps = register.begin("1", NEVER).expect("begins");
    register.button().press();
    while !steps.step(100).expect("steps") {}
    let outcome = steps.finish().expect("an outcome");
    drop(steps);
    outcome.expect(Verdict::NotStarted, Some(Code::CancelledEarly));
    assert_eq!(simulator.count("payment"), 0);
    one_outcome(&simulator, &folder, &register, &outcome);
}

/// A cancel while the start is under way waits for the reply of the start, and is sent then.
#[test]
fn wire_a_cancel_during_the_start_waits_for_its_reply_and_then_goes_out() {
    // Its reply comes late, or never.
    each([FaultKind::DelayReply(700), FaultKind::LoseReply, FaultKind::CutReplyAfter(30)], |kind| {
        let (simulator, folder) = shop();
        simulator.fault(Fault::once("payment", kind));
        let register = Register::at(&simulator, &folder);
        register.set_reply_limit(30_000);
        let outcome = pay_and_press_after(&simulator, &register, "payment", 1);
        assert!(outcome.expect(Verdict::Cancelled, None).is(Field::CancelAsked));
        let order: Vec<String> = simulator.requests().into_iter().map(|request| request.endpoint).collect();
        let at = |name: &str| order.iter().position(|endpoint| endpoint == name);
        assert!(at("payment") < at("cancel"), "{order:?}");
        one_outcome(&simulator, &folder, &register, &outcome);
    });
}

#[test]
fn wire_a_cancel_that_never_arrives_is_sent_again() {
    each([FaultKind::Drop, FaultKind::Garbage, FaultKind::Answer(500, "busy".into())], |kind| {
        let (simulator, folder) = shop();
        simulator.fault(Fault::once("cancel", kind));
        let register = Register::at(&simulator, &folder);
        let outcome = pay_and_press_after(&simulator, &register, "status", 1);
        outcome.expect(Verdict::Cancelled, None);
        assert!(simulator.count("cancel") >= 2);
        one_outcome(&simulator, &folder, &register, &outcome);
    });
}

#[test]
fn wire_a_cancel_whose_reply_is_lost_has_been_heard() {
    each([FaultKind::LoseReply, FaultKind::CutReplyAfter(10), FaultKind::WrongId, FaultKind::EmptyBody], |kind| {
        let (simulator, folder) = shop();
        simulator.fault(Fault::always("cancel", kind));
        let register = Register::at(&simulator, &folder);
        let outcome = pay_and_press_after(&simulator, &register, "status", 1);
        outcome.expect(Verdict::Cancelled, None);
        one_outcome(&simulator, &folder, &register, &outcome);
    });
}

#[test]
fn wire_a_customer_who_pays_although_every_cancel_was_lost_has_paid() {
    let (simulator, folder) = shop();
    simulator.fault(Fault::always("cancel", FaultKind::Drop));
    let register = Register::at(&simulator, &folder);
    let button = register.button();
    let outcome = while_it_is_paid(&register, |is_over| {
        wait_for(&simulator, "status", 1, is_over);
        button.press();
        wait_for(&simulator, "cancel", 1, is_over);
        simulator.screen(Screen::Tap);
    });
    assert!(outcome.expect(Verdict::Approved, None).is(Field::CancelAsked), "the cashier wants to know");
    one_outcome(&simulator, &folder, &register, &outcome);
}

/// The cashier cancels in the very moment in which the customer pays.
#[test]
fn wire_a_cancel_in_the_moment_of_the_card_leaves_what_is_in_the_books() {
    // Whoever is faster: the story must end well in every order of the two.
    each(0..12_u64, |delay| {
        let (simulator, folder) = shop();
        simulator.pace(Pace { waiting_ms: 40 * delay, ..Pace::quick() });
        let mut register = Register::at(&simulator, &folder);
        register.host.on_cancel =
            Some(Box::new(|phases| phases.iter().any(|(phase, _)| *phase == Phase::Waiting.number())));
        let outcome = register.pay("1", 12550);
        let verdict = Verdict::from_number(outcome.verdict);
        assert!(matches!(verdict, Some(Verdict::Approved | Verdict::Cancelled)), "{:#}", outcome.fields);
        one_outcome(&simulator, &folder, &register, &outcome);
    });
}

#[test]
fn wire_cancelling_twice_is_cancelling_once() {
    let (simulator, folder) = shop();
    let mut register = Register::at(&simulator, &folder);
    let button = register.button();
    register.host.on_cancel = Some(Box::new(move |phases| {
        let waiting = phases.iter().any(|(phase, _)| *phase == Phase::Waiting.number());
        if waiting {
            button.press();
            button.press();
        }
        waiting
    }));
    let outcome = register.pay("1", NEVER);
    outcome.expect(Verdict::Cancelled, None);
    assert!(simulator.count("cancel") >= 1);
    one_outcome(&simulator, &folder, &register, &outcome);
}

#[test]
fn wire_a_cancel_while_nothing_runs_concerns_no_later_sale() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.button().press();
    let outcome = register.pay("1", 12550);
    outcome.expect(Verdict::Approved, None);
    assert!(!outcome.is(Field::CancelAsked));
    one_outcome(&simulator, &folder, &register, &outcome);
    // Nor one whose outcome is told already.
    register.button().press();
    assert!(register.pay("1", 12550).expect(Verdict::Approved, None).is(Field::Adopted));
    assert_eq!(simulator.count("cancel"), 0);
}

/// A sale that the terminal still works on, and that its register had to let go of.
fn still_running() -> (Simulator, Folder, Register) {
    let (simulator, folder) = shop();
    simulator.personality(|p| p.cancel_too_late = true);
    let register = Register::at(&simulator, &folder);
    register.set_patience(1_000);
    register.pay("1", NEVER).expect(Verdict::Unknown, Some(Code::StillRunning));
    simulator.personality(|p| p.cancel_too_late = false);
    assert_eq!(simulator.count("cancel"), 1, "the one with which it was let go of");
    (simulator, folder, register)
}

/// From now on the cashier wishes to cancel as soon as an earlier sale is asked about.
fn wish_once_an_earlier_sale_is_asked_about(register: &mut Register) {
    let asked = |phases: &[(i32, String)]| phases.iter().any(|(phase, _)| *phase == Phase::ResolvingEarlier.number());
    register.host.on_cancel = Some(Box::new(asked));
}

/// The wish ends the waiting for one reply. The replies after it are waited for, or a terminal that takes its time would never be heard again.
#[test]
fn wire_a_cancel_on_a_terminal_that_answers_slowly_comes_through() {
    let (simulator, folder) = shop();
    for endpoint in ["status", "result", "cancel"] {
        simulator.fault(Fault::always(endpoint, FaultKind::DelayReply(300)));
    }
    let mut register = Register::at(&simulator, &folder);
    register.set_reply_limit(10_000);
    register.set_patience(60_000);
    register.host.on_cancel =
        Some(Box::new(|phases| phases.iter().any(|(phase, _)| *phase == Phase::Waiting.number())));
    register.pay("1", NEVER).expect(Verdict::Cancelled, None);
    assert!(simulator.charges().is_empty());
}

/// The new sale is not begun, and the earlier one, which still runs, hears nothing of it.
#[test]
fn wire_a_wish_to_cancel_a_new_sale_does_not_cancel_the_one_still_running() {
    let (simulator, _folder, mut register) = still_running();
    wish_once_an_earlier_sale_is_asked_about(&mut register);
    assert_eq!(register.try_pay("2", 12550).err(), Some(Code::CancelledEarly.number()), "{}", register.last_error());
    assert_eq!((simulator.count("payment"), simulator.count("cancel")), (1, 1));
    // Paid again under its own number, the first sale is the one that is meant.
    register.pay("1", NEVER).expect(Verdict::NotStarted, Some(Code::CancelledEarly));
    assert_eq!((simulator.count("payment"), simulator.count("cancel"), simulator.charges().len()), (1, 2, 0));
    register.host.on_cancel = None;
    assert!(register.recover(true).is_empty());
}

/// It ends the asking, and nothing else: the customer who still pays is not cancelled.
#[test]
fn wire_a_wish_to_cancel_ends_the_asking_of_recover_query_and_resolve() {
    let (simulator, _folder, mut register) = still_running();
    wish_once_an_earlier_sale_is_asked_about(&mut register);
    let told = register.recover(true);
    assert_eq!(told.len(), 1, "it is told as what it was");
    told[0].expect(Verdict::Unknown, Some(Code::StillRunning));
    register.query("1").expect("known").expect(Verdict::Unknown, Some(Code::StillRunning));
    assert_eq!(register.resolve("1", false, "nobody looked"), Code::CancelledEarly.number());
    assert_eq!(simulator.count("cancel"), 1, "the customer is still paying");
    register.host.on_cancel = None;
    simulator.screen(Screen::Tap);
    let told = register.recover(true);
    assert_eq!(told.len(), 1);
    told[0].expect(Verdict::Approved, None);
}
