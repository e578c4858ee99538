//! Around the end of a sale: Finished said too early, OK said while it runs, an app that boots, a confirm that comes late, fields that
//! stand in a reply twice.

use comgate_simulator::{
    Confirm, ConfirmSpelling, DuplicateKeys, Fault, FaultKind, Lists, Pace, ResultGone, Screen, Simulator,
};
use comgate_terminal::{Code, OutcomeField as Field, Verdict};
use support::register::each;

use super::shops::{PATHS, Shop, is, is_not, once, told};

// --- an app that boots -----------------------------------------------------------------------------------------------------------------

/// Every path answers that there is no such function, right after the result was read: that is no terminal without a confirm.
#[test]
fn wire_an_app_that_boots_after_the_result_has_not_confirmed() {
    let rows = [false, true].map(|taken_back| PATHS.map(|path| (path, taken_back))).concat();
    each(rows, |(path, taken_back)| {
        let mut shop = Shop::under(path);
        // Of the sale itself the control question and the result are answered.
        shop.simulator.fault(Fault::always("result", FaultKind::NotSupported).after(2));
        if taken_back {
            shop.simulator.fault(Fault::once("confirm", FaultKind::Undo));
        }
        shop.simulator.fault(Fault::always("confirm", FaultKind::NotSupported));
        let outcome = shop.sells("1", 12550, Screen::Tap);
        outcome.expect(Verdict::Unknown, Some(Code::NotConfirmed));
        shop.simulator.clear_faults();
        for outcome in shop.register.recover(true) {
            is(&outcome, if taken_back { Verdict::Unknown } else { Verdict::Approved });
            shop.is_true(&outcome);
        }
    });
}

/// It boots for good at the confirm, or for a moment, and has forgotten every result.
#[test]
fn wire_an_app_that_restarts_at_the_confirm_is_not_believed() {
    let rows = [0, 1_000, 60_000].map(|boots| [Lists::OpenBatch, Lists::Missing].map(|lists| (boots, lists))).concat();
    each(rows, |(boots, lists)| {
        let mut shop = Shop::with(|p| (p.boot_ms, p.lists) = (Some(boots), lists));
        shop.simulator.fault(Fault::once("confirm", FaultKind::RestartFirst));
        let outcome = shop.sells("1", 12550, Screen::Tap);
        is(&outcome, Verdict::Unknown);
        is(&told(shop.register.query("1")), Verdict::Unknown);
        for outcome in shop.register.recover(true) {
            is(&outcome, Verdict::Unknown);
        }
    });
}

/// Nothing is sent to a terminal that boots.
#[test]
fn wire_an_app_that_boots_before_the_start_is_sent_none() {
    each(PATHS, |path| {
        let shop = Shop::under(path);
        shop.register.pay("1", 12550).expect(Verdict::Approved, None);
        shop.simulator.personality(|p| p.boot_ms = Some(3_600_000));
        shop.simulator.restart();
        is(&shop.register.pay("2", 12600), Verdict::NotStarted);
        shop.simulator.personality(|p| p.boot_ms = None);
        shop.register.pay("2", 12600).expect(Verdict::Approved, None);
        assert_eq!(shop.simulator.count("payment"), 2);
    });
}

/// While it boots, nobody answers for the sale that runs.
#[test]
fn wire_an_app_that_boots_in_mid_sale_answers_for_nothing() {
    each([true, false], |keeps| {
        let mut shop = Shop::with(|p| (p.boot_ms, p.restart_keeps_results) = (Some(2_000), keeps));
        shop.simulator.fault(Fault::once("status", FaultKind::RestartFirst).after(3));
        is(&shop.sells("1", 12550, Screen::No), Verdict::Unknown);
        for outcome in shop.register.recover(true) {
            is(&outcome, Verdict::Unknown);
        }
    });
}

// --- a person decides while the confirm is on its way -------------------------------------------------------------------------------------

/// The person saw the charge. The library finds the approval in that very call, confirms it, and the terminal undoes it.
#[test]
fn wire_a_look_older_than_the_confirm_decides_nothing() {
    each([FaultKind::LoseReply, FaultKind::Drop], |after| {
        let mut shop = Shop::open();
        shop.sells_unread("1", 12550);
        assert_eq!(shop.simulator.charges_kept().len(), 1, "what the person sees");
        shop.simulator.fault(Fault::once("confirm", FaultKind::Undo));
        shop.simulator.fault(Fault::always("confirm", after));
        assert_eq!(shop.register.resolve("1", true, "saw it on the terminal"), Code::Unresolved.number());
        assert!(
            shop.register.last_error().contains("look at the terminal once more"),
            "{}",
            shop.register.last_error()
        );
        is(&told(shop.register.find("1")), Verdict::Unknown);
        assert_eq!(shop.simulator.charges_kept().len(), 0, "what the person sees now");
        shop.simulator.clear_faults();
        decided_by_looking(&shop);
        is(&told(shop.register.find("1")), Verdict::Cancelled);
    });
}

/// The person saw no charge; the approval comes to light in that very call, and its confirm gets no answer.
#[test]
fn wire_not_charged_is_not_written_beside_an_approval_just_found() {
    let mut shop = Shop::open();
    shop.sells_unread("1", 12550);
    shop.simulator.fault(Fault::always("confirm", FaultKind::LoseReply));
    assert_eq!(shop.register.resolve("1", false, "no slip was printed"), Code::Unresolved.number());
    let outcome = told(shop.register.find("1"));
    outcome.expect(Verdict::Unknown, Some(Code::NotConfirmed));
    assert_eq!(outcome.number(Field::AmountApproved), Some(12550), "the till can show what was found");
    shop.simulator.clear_faults();
    decided_by_looking(&shop);
    is(&told(shop.register.find("1")), Verdict::Approved);
}

/// Nothing new comes to light: the first look counts.
#[test]
fn wire_a_person_need_not_look_twice_at_what_is_known() {
    let mut shop = Shop::open();
    shop.simulator.fault(Fault::always("confirm", FaultKind::LoseReply));
    shop.sells("1", 12550, Screen::Tap).expect(Verdict::Unknown, Some(Code::NotConfirmed));
    assert_eq!(shop.register.resolve("1", true, "saw it on the terminal"), 0);
    shop.sells_unread("2", 12600);
    shop.simulator.offline();
    assert_eq!(shop.register.resolve("2", true, "saw it on the terminal"), 0);
}

/// Looks and decides as often as the library asks for it, three times at most.
#[track_caller]
fn decided_by_looking(shop: &Shop) {
    let codes: Vec<i32> = (0..3)
        .map(|_| shop.register.resolve("1", !shop.simulator.charges_kept().is_empty(), "looked once more"))
        .take_while(|code| *code != 0)
        .collect();
    assert!(codes.len() < 3, "{codes:?} {}", shop.register.last_error());
}

// --- Finished too early, OK too early ------------------------------------------------------------------------------------------------------

/// Somebody taps, or the terminal declines, when the result has been asked for so often.
fn acts_after_results(shop: &mut Shop, results: usize, act: Screen) {
    let before = shop.simulator.count("result");
    shop.simulator.next(comgate_simulator::Ending::Never);
    let asked = move |terminal: &Simulator| terminal.count("result") >= before + results;
    shop.register.host.on_cancel = Some(once(&shop.simulator, asked, move |terminal| terminal.screen(act)));
}

/// `status` says Finished although the customer is still at it, and `result` says nothing.
#[test]
fn wire_a_sale_that_is_called_finished_too_early_is_followed_to_its_end() {
    let acts = [(Screen::Tap, Verdict::Approved), (Screen::Decline, Verdict::Declined)];
    let rows = acts.map(|act| [0, 500].map(|early| PATHS.map(|path| (path, early, act))).concat()).concat();
    each(rows, |(path, early, (act, verdict))| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(|p| p.finished_early_ms = Some(early));
        acts_after_results(&mut shop, 5, act);
        let outcome = shop.register.pay("1", 12550);
        is(&outcome, verdict);
        shop.is_true(&outcome);
    });
}

/// The customer takes longer than ten seconds.
#[test]
fn wire_a_sale_that_is_called_finished_too_early_is_watched_for_long() {
    let mut shop = Shop::with(|p| p.finished_early_ms = Some(0));
    shop.simulator.next(comgate_simulator::Ending::Never);
    let long = |terminal: &Simulator| {
        let requests = terminal.requests();
        let asked =
            |name: &str| requests.iter().filter(|one| one.endpoint == name).map(|one| one.at_ms).collect::<Vec<_>>();
        let (began, results) = (asked("payment"), asked("result"));
        began.first().zip(results.last()).is_some_and(|(began, last)| last > &(began + 12_000))
    };
    shop.register.host.on_cancel = Some(once(&shop.simulator, long, |terminal| terminal.screen(Screen::Tap)));
    let outcome = shop.register.pay("1", 12550);
    is(&outcome, Verdict::Approved);
    shop.is_true(&outcome);
}

/// Nobody shows a card, and the register loses its patience: it lets go with a cancel.
#[test]
fn wire_a_sale_called_finished_too_early_is_let_go_of_with_a_cancel() {
    let shop = Shop::with(|p| p.finished_early_ms = Some(0));
    shop.simulator.next(comgate_simulator::Ending::Never);
    shop.register.set_patience(1_000);
    let outcome = shop.register.pay("1", 12550);
    shop.simulator.screen(Screen::Tap);
    assert!(shop.simulator.count("cancel") > 0);
    shop.is_true(&outcome);
    assert_eq!(shop.simulator.charges(), []);
}

/// The result says OK and nothing else while the sale runs: whoever believes it hands out what is never paid.
#[test]
fn wire_ok_alone_while_the_sale_runs_is_no_approval() {
    let acts = [Screen::Tap, Screen::Decline, Screen::Cancel];
    let rows = acts.map(|act| [None, Some(0), Some(500)].map(|early| (early, act))).concat();
    each(rows, |(early, act)| {
        let mut shop = Shop::with(|p| (p.ok_while_running, p.finished_early_ms) = (true, early));
        if early.is_some() {
            acts_after_results(&mut shop, 4, act);
        } else {
            shop.next(act);
        }
        let outcome = shop.register.pay("1", 12550);
        shop.is_true(&outcome);
        if act == Screen::Tap {
            is_not(&outcome, Verdict::Declined);
        } else {
            is_not(&outcome, Verdict::Approved);
        }
        for outcome in shop.register.recover(true) {
            shop.is_true(&outcome);
        }
    });
}

/// The same of a refund, which must be confirmed, and of a reversal and a closing while `status` says that they run.
#[test]
fn wire_ok_alone_while_something_else_runs_is_not_done() {
    let rows = ["refund", "reverse", "closing"].map(|what| [true, false].map(|early| (what, early))).concat();
    let rows = rows.into_iter().flat_map(|row| [Screen::Decline, Screen::Tap].map(|act| (row, act)));
    each(rows, |((endpoint, early), act)| {
        let mut shop = Shop::open();
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.simulator.personality(|p| (p.ok_while_running, p.finished_early_ms) = (true, early.then_some(0)));
        if early {
            acts_after_results(&mut shop, 4, act);
        } else {
            shop.next(act);
        }
        let outcome = told(match endpoint {
            "refund" => shop.register.refund("X", None, 500),
            "reverse" => shop.register.reverse("X", "1"),
            _ => shop.register.closing("X"),
        });
        // What was told while it ran must still be true when it is over.
        shop.simulator.screen(act);
        shop.is_true(&outcome);
        is_not(&outcome, if act == Screen::Tap { Verdict::Declined } else { Verdict::Approved });
    });
}

/// Nor is it, when its reply is lost and the result is read by recover, while the customer is still at it.
#[test]
fn wire_ok_alone_is_no_approval_for_recover_while_the_sale_runs() {
    each(PATHS, |path| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(|p| p.cancel_too_late = true);
        shop.simulator.next(comgate_simulator::Ending::Never);
        shop.register.set_patience(1_000);
        shop.register.pay("1", 12550).expect(Verdict::Unknown, Some(Code::StillRunning));
        shop.simulator.personality(|p| p.ok_while_running = true);
        is(&told(shop.register.query("1")), Verdict::Unknown);
        is_not(&shop.register.recover_within(3_000, true)[0], Verdict::Approved);
        shop.simulator.screen(Screen::Decline);
        for outcome in shop.register.recover(true) {
            is_not(&outcome, Verdict::Approved);
        }
        shop.is_true(&told(shop.register.find("1")));
    });
}

/// A result that lags behind a true Finished.
#[test]
fn wire_a_result_that_lags_behind_finished_is_waited_for() {
    let acts = [(Screen::Tap, Verdict::Approved), (Screen::Decline, Verdict::Declined)];
    each(acts.map(|act| [5, 2_000].map(|lags| (lags, act))).concat(), |(lags, (act, verdict))| {
        let mut shop = Shop::open();
        shop.sells("before", 12550, if act == Screen::Tap { Screen::Decline } else { Screen::Tap });
        shop.simulator.personality(|p| p.result_lags_ms = Some(lags));
        let outcome = shop.sells("1", 12550, act);
        shop.is_true(&outcome);
        if outcome.verdict == Verdict::Unknown.number() {
            shop.simulator.personality(|p| p.result_lags_ms = None);
            shop.register.recover(true);
        }
        is(&told(shop.register.find("1")), verdict);
    });
}

// --- the confirm -------------------------------------------------------------------------------------------------------------------------

#[test]
fn wire_a_confirm_is_read_in_each_spelling() {
    let rows = [ConfirmSpelling::IsConfirmed, ConfirmSpelling::IsConfirm, ConfirmSpelling::Both];
    each(rows.map(|spelling| PATHS.map(|path| (path, spelling))).concat(), |(path, spelling)| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(|p| p.confirm_spelling = spelling);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.next(Screen::Tap);
        told(shop.register.refund("F1", None, 500)).expect(Verdict::Approved, None);
        assert_eq!(shop.simulator.count("confirm"), 2);
        shop.simulator.personality(|p| p.confirm = Confirm::Refuses);
        shop.sells("2", 12600, Screen::Tap).expect(Verdict::Unknown, Some(Code::NotConfirmed));
    });
}

/// Many seconds pass between result and confirm, as on a PC that slept: it needs a fresh result that approves.
#[test]
fn wire_a_late_confirm_needs_a_fresh_result() {
    let rows = [
        // The result is read once more, and approves.
        (FaultKind::Delay(7_000), None, Verdict::Approved),
        (FaultKind::DelayReply(7_000), None, Verdict::Approved),
        // It cannot be read any more.
        (FaultKind::Delay(7_000), Some(FaultKind::Drop), Verdict::Unknown),
        (FaultKind::DelayReply(7_000), Some(FaultKind::Answer(404, "{}".into())), Verdict::Unknown),
        (FaultKind::Delay(7_000), Some(FaultKind::BrokenJson), Verdict::Unknown),
    ];
    each(rows, |(slow, fresh, verdict)| {
        let mut shop = Shop::with(|p| p.lists = Lists::Missing);
        shop.simulator.fault(Fault::once("confirm", slow));
        if let Some(kind) = fresh {
            shop.simulator.fault(Fault::always("result", kind).after(2));
        }
        let outcome = shop.sells("1", 12550, Screen::Tap);
        is(&outcome, verdict);
    });
}

/// The reply with the result itself took so long, or the terminal forgets what was read.
#[test]
fn wire_a_result_that_was_long_on_its_way_makes_the_confirm_late() {
    each([(ResultGone::Never, Verdict::Approved), (ResultGone::AfterReading, Verdict::Unknown)], |(gone, verdict)| {
        let mut shop = Shop::with(|p| (p.result_gone, p.lists) = (gone, Lists::Missing));
        // The first one is the control question.
        shop.simulator.fault(Fault::once("result", FaultKind::DelayReply(7_000)).after(1));
        is(&shop.sells("1", 12550, Screen::Tap), verdict);
    });
}

/// A contrary mark always harms: also of a prompt confirm, also where it is `reversal` and new.
#[test]
fn wire_a_contrary_mark_after_the_confirm_is_not_approved() {
    each(PATHS, |path| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(|p| p.reversal_after_confirm = true);
        is(&shop.sells("1", 12550, Screen::Tap), Verdict::Unknown);
        shop.next(Screen::Tap);
        is(&told(shop.register.refund("F1", None, 500)), Verdict::Unknown);
        let mut shop = shop.restarted();
        for outcome in shop.register.recover(true) {
            is_not(&outcome, Verdict::Declined);
        }
        // A terminal that says it of every sale says nothing with it.
        shop.simulator.personality(|p| (p.reversal_after_confirm, p.reversal_on_sales) = (false, true));
        shop.sells("2", 12600, Screen::Tap).expect(Verdict::Approved, None);
    });
}

/// The confirm comes through after a while.
#[test]
fn wire_a_confirm_that_comes_through_late_is_repeated_until_then() {
    each([0, 800, 3_000], |late| {
        let mut shop = Shop::with(|p| p.confirm_late_ms = Some(late));
        let outcome = shop.sells("1", 12550, Screen::Tap);
        outcome.expect(Verdict::Approved, None);
        assert!(shop.simulator.charges()[0].confirmed);
    });
}

/// The confirm's minute is over before the confirm arrives: the charge is taken back.
#[test]
fn wire_a_charge_whose_minute_is_over_is_not_approved() {
    each([comgate_simulator::MinuteBegins::End, comgate_simulator::MinuteBegins::Start], |begins| {
        let mut shop = Shop::with(|p| p.minute_begins = begins);
        shop.simulator.pace(Pace { confirm_ms: 1_500, ..Pace::quick() });
        shop.simulator.fault(Fault::once("confirm", FaultKind::Delay(4_000)));
        let outcome = shop.sells("1", 12550, Screen::Tap);
        is(&outcome, Verdict::Unknown);
        assert_eq!(shop.simulator.charges_kept(), []);
        for outcome in shop.register.recover(true) {
            is(&outcome, Verdict::Unknown);
        }
        is(&told(shop.register.query("1")), Verdict::Unknown);
    });
}

// --- fields that stand twice ----------------------------------------------------------------------------------------------------------------

/// Which of the two is true, nobody knows.
#[test]
fn wire_a_field_that_decides_and_stands_twice_is_not_read() {
    let keys = [
        DuplicateKeys::OtherCodeFirst,
        DuplicateKeys::OtherCodeLast,
        DuplicateKeys::OtherStatusLast,
        DuplicateKeys::OtherIdFirst,
        DuplicateKeys::OtherAmountFirst,
        DuplicateKeys::OtherConfirmedFirst,
    ];
    let acts = [Screen::Tap, Screen::Decline];
    each(keys.into_iter().flat_map(|keys| acts.map(|act| (keys, act))), |(keys, act)| {
        let mut shop = Shop::with(|p| (p.duplicate_keys, p.lists) = (keys, Lists::Missing));
        shop.register.set_patience(5_000);
        shop.next(act);
        // A status that cannot be read is not seen: then nobody waits for it.
        let asked = |terminal: &Simulator| terminal.count("status") > 4;
        shop.register.host.on_cancel = Some(once(&shop.simulator, asked, move |terminal| terminal.screen(act)));
        let outcome = shop.register.pay("1", 12550);
        shop.is_true(&outcome);
        match keys {
            // The result alone says it as well.
            DuplicateKeys::OtherStatusLast => {}
            // What is declined is not confirmed.
            DuplicateKeys::OtherConfirmedFirst if act == Screen::Decline => is(&outcome, Verdict::Declined),
            _ => is(&outcome, Verdict::Unknown),
        }
        for outcome in shop.register.recover(true) {
            shop.is_true(&outcome);
        }
        // Where it can be read again, it is known.
        shop.simulator.personality(|p| p.duplicate_keys = DuplicateKeys::Not);
        shop.register.recover(true);
        is(&told(shop.register.find("1")), if act == Screen::Tap { Verdict::Approved } else { Verdict::Declined });
    });
}

/// Numbers as 12550.0 and 203.0.
#[test]
fn wire_numbers_as_doubles_are_numbers() {
    each(PATHS, |path| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(|p| (p.numbers_as_doubles, p.totals) = (true, comgate_simulator::Totals::Minor));
        let outcome = shop.sells("1", 12550, Screen::Tap);
        outcome.expect(Verdict::Approved, None);
        assert_eq!(outcome.number(Field::AmountApproved), Some(12550));
        assert_eq!(outcome.text(Field::Currency), Some("CZK"));
        shop.next(Screen::Tap);
        told(shop.register.refund("F1", Some("1"), 500)).expect(Verdict::Approved, None);
        shop.sells("2", 9900, Screen::Decline).expect(Verdict::Declined, None);
        shop.next(Screen::Tap);
        told(shop.register.closing("C1")).expect(Verdict::Approved, None);
    });
}
