//! A terminal whose state lags behind what it started: for a while it still shows the transaction before. Nothing of that one is told as
//! ours, and when the state has caught up the verdict is the right one.

use comgate_simulator::{Ending, Fault, FaultKind, LagOn, LagShows, Pace, Screen, UnknownId};
use comgate_terminal::{Code, OutcomeField as Field, Verdict};
use support::folder::Folder;
use support::register::each;

use super::shops::{PATHS, Shop, is, is_not, patient, told};

/// How the state lags.
#[derive(Clone, Copy, Debug)]
struct Lag {
    path: &'static str,
    milliseconds: u64,
    shows: LagShows,
    on: LagOn,
}

const SHOWS: [LagShows; 3] = [LagShows::LastWithAskedId, LagShows::LastWithItsId, LagShows::LastWithoutId];

/// Every kind of lag, short and long, under the one base path or the other.
fn lags() -> Vec<Lag> {
    let mut all = Vec::new();
    for milliseconds in [5, 2_000] {
        for shows in SHOWS {
            for on in [LagOn::Both, LagOn::Status, LagOn::Result] {
                all.push(Lag { path: PATHS[all.len() % 2], milliseconds, shows, on });
            }
        }
    }
    all
}

/// From the next start on.
fn lag(shop: &Shop, lag: Lag) {
    shop.simulator.personality(|p| {
        (p.state_lags_ms, p.lag_shows, p.lag_on) = (Some(lag.milliseconds), lag.shows, lag.on);
    });
}

// --- payment ---------------------------------------------------------------------------------------------------------------------

#[test]
fn wire_a_lagging_decline_is_not_told_of_the_sale_that_is_paid() {
    each(lags(), |how| {
        let mut shop = Shop::under(how.path);
        shop.sells("before", 12550, Screen::Decline).expect(Verdict::Declined, None);
        lag(&shop, how);
        let outcome = shop.sells("1", 12550, Screen::Tap);
        outcome.expect(Verdict::Approved, None);
        shop.is_true(&outcome);
    });
}

/// A decline, and the same sale again.
#[test]
fn wire_a_lagging_decline_is_not_told_of_the_second_try() {
    each(lags(), |how| {
        let mut shop = Shop::under(how.path);
        shop.sells("1", 12550, Screen::Decline).expect(Verdict::Declined, None);
        lag(&shop, how);
        let outcome = shop.sells("1", 12550, Screen::Tap);
        outcome.expect(Verdict::Approved, None);
        shop.is_true(&outcome);
    });
}

#[test]
fn wire_a_lagging_approval_is_not_told_of_the_sale_that_is_declined() {
    each(lags(), |how| {
        let mut shop = Shop::under(how.path);
        shop.sells("before", 12550, Screen::Tap).expect(Verdict::Approved, None);
        lag(&shop, how);
        shop.sells("1", 12550, Screen::Decline).expect(Verdict::Declined, None);
        assert_eq!(shop.simulator.count("confirm"), 1, "only the sale before");
    });
}

/// Of two sales of the same amount each keeps its own authorization code.
#[test]
fn wire_a_lagging_approval_lends_its_authorization_code_to_no_other_sale() {
    each(lags(), |how| {
        let mut shop = Shop::under(how.path);
        let before = shop.sells("before", 12550, Screen::Tap);
        before.expect(Verdict::Approved, None);
        lag(&shop, how);
        let outcome = shop.sells("1", 12550, Screen::Tap);
        outcome.expect(Verdict::Approved, None);
        assert!(outcome.text(Field::AuthCode).is_some());
        assert_ne!(outcome.text(Field::AuthCode), before.text(Field::AuthCode), "{:#}", outcome.fields);
        assert_eq!(shop.simulator.charges_kept().len(), 2);
    });
}

/// The customer is faster than the state: no running status is ever seen.
#[test]
fn wire_a_sale_that_is_over_before_its_state_is_shown_ends_right() {
    let ends = [
        (Ending::Declined, Ending::Approved, Verdict::Approved),
        (Ending::Approved, Ending::Declined, Verdict::Declined),
        (Ending::Approved, Ending::Approved, Verdict::Approved),
    ];
    let rows = lags().into_iter().filter(|lag| lag.on == LagOn::Both);
    each(rows.flat_map(|lag| ends.map(|end| (lag, end))), |(how, (before, now, verdict))| {
        let shop = Shop::under(how.path);
        shop.simulator.pace(Pace { waiting_ms: 0, authorizing_ms: 0, ..Pace::quick() });
        shop.simulator.next(before);
        let before = shop.register.pay("before", 12550);
        lag(&shop, how);
        shop.simulator.next(now);
        let outcome = shop.register.pay("1", 12550);
        outcome.expect(verdict, None);
        shop.is_true(&outcome);
        if verdict == Verdict::Approved {
            assert_ne!(outcome.text(Field::AuthCode), before.text(Field::AuthCode), "{:#}", outcome.fields);
        }
    });
}

/// The sale before is another till's: this journal does not know what the terminal shows.
#[test]
fn wire_a_lagging_sale_of_another_till_is_not_told_as_ours() {
    let acts = [(Screen::Decline, Screen::Tap, Verdict::Approved), (Screen::Tap, Screen::Decline, Verdict::Declined)];
    let rows = lags().into_iter().filter(|lag| lag.on != LagOn::Status);
    each(rows.flat_map(|lag| acts.map(|act| (lag, act))), |(how, (before, now, verdict))| {
        let mut shop = Shop::under(how.path);
        shop.sells("of the other till", 12550, before);
        let folder = Folder::new();
        let mut shop = Shop { register: patient(&shop.simulator, &folder), folder, simulator: shop.simulator };
        lag(&shop, how);
        shop.sells("1", 12550, now).expect(verdict, None);
    });
}

/// The reply to the start is lost as well: whatever is said at once, it is not what the terminal shows of the sale before, and recover is right.
#[test]
fn wire_a_lag_behind_a_lost_start_reply_is_never_believed() {
    let acts = [(Screen::Decline, Screen::Tap, Verdict::Approved), (Screen::Tap, Screen::Decline, Verdict::Declined)];
    for other_till in [false, true] {
        let rows = lags().into_iter().filter(|lag| lag.milliseconds > 5 && lag.on == LagOn::Both);
        each(rows.flat_map(|lag| acts.map(|act| (lag, act))), |(how, (before, now, verdict))| {
            let mut shop = Shop::under(how.path);
            shop.sells("before", 12550, before);
            if other_till {
                let folder = Folder::new();
                shop = Shop { register: patient(&shop.simulator, &folder), folder, simulator: shop.simulator };
            }
            lag(&shop, how);
            shop.simulator.fault(Fault::once("payment", FaultKind::LoseReply));
            let outcome = shop.sells("1", 12550, now);
            // What still runs is paid or declined afterwards.
            shop.simulator.screen(now);
            shop.is_true(&outcome);
            if outcome.verdict == Verdict::Unknown.number() {
                is(&shop.register.recover(true)[0], verdict);
            } else {
                is(&outcome, verdict);
            }
        });
    }
}

/// Asked later by recover, query and a person, while the terminal still shows the sale before.
#[test]
fn wire_a_lag_deceives_neither_recover_nor_query_nor_a_person() {
    each([LagShows::LastWithAskedId, LagShows::LastWithoutId], |shows| {
        let mut shop = Shop::open();
        shop.sells("before", 12550, Screen::Decline).expect(Verdict::Declined, None);
        shop.sells_unread("1", 12550);
        // It is the newest transaction, and its state is not shown yet.
        lag(&shop, Lag { path: PATHS[0], milliseconds: 3_600_000, shows, on: LagOn::Both });
        is(&told(shop.register.query("1")), Verdict::Unknown);
        assert_eq!(shop.register.recover(true).len(), 1);
        is(&told(shop.register.find("1")), Verdict::Unknown);
        lag(&shop, Lag { path: PATHS[0], milliseconds: 0, shows, on: LagOn::Both });
        assert_ne!(shop.register.resolve("1", false, "the customer says so"), 0, "the terminal knows better");
        shop.register.recover(true);
        is(&told(shop.register.find("1")), Verdict::Approved);
    });
}

// --- refund, reversal, closing ------------------------------------------------------------------------------------------------------

#[test]
fn wire_a_lagging_refund_is_not_told_of_the_next_one() {
    let acts = [(Screen::Decline, Screen::Tap, Verdict::Approved), (Screen::Tap, Screen::Decline, Verdict::Declined)];
    let rows = lags().into_iter().filter(|lag| lag.milliseconds > 5);
    each(rows.flat_map(|lag| acts.map(|act| (lag, act))), |(how, (before, now, verdict))| {
        let mut shop = Shop::under(how.path);
        shop.next(before);
        told(shop.register.refund("before", None, 500));
        lag(&shop, how);
        shop.next(now);
        let outcome = told(shop.register.refund("F1", None, 500));
        outcome.expect(verdict, None);
        shop.is_true(&outcome);
    });
}

/// The sale that is to be taken back is shown in its place: approved, of the same amount, of the same card.
#[test]
fn wire_a_lagging_sale_is_not_told_as_its_own_reversal() {
    let acts = [(Screen::Yes, Verdict::Approved, None), (Screen::Decline, Verdict::Declined, None)];
    each(lags().into_iter().flat_map(|lag| acts.map(|act| (lag, act))), |(how, (now, verdict, reason))| {
        let mut shop = Shop::under(how.path);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        lag(&shop, how);
        shop.next(now);
        let outcome = told(shop.register.reverse("R1", "1"));
        outcome.expect(verdict, reason);
        shop.is_true(&outcome);
    });
}

/// The reversal before is shown, of the same amount.
#[test]
fn wire_a_lagging_reversal_is_not_told_of_the_next_one() {
    let acts = [(Screen::Yes, Verdict::Approved), (Screen::Decline, Verdict::Declined)];
    let rows = lags().into_iter().filter(|lag| lag.milliseconds > 5);
    each(rows.flat_map(|lag| acts.map(|act| (lag, act))), |(how, (now, verdict))| {
        let mut shop = Shop::under(how.path);
        shop.simulator.personality(|p| p.reversal_reach = comgate_simulator::ReversalReach::Open);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.sells("2", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.next(Screen::Yes);
        told(shop.register.reverse("R2", "2")).expect(Verdict::Approved, None);
        lag(&shop, how);
        shop.next(now);
        let outcome = told(shop.register.reverse("R1", "1"));
        is(&outcome, verdict);
        shop.is_true(&outcome);
    });
}

#[test]
fn wire_a_lagging_closing_is_not_told_of_the_next_one() {
    let acts = [(Screen::Tap, Verdict::Approved), (Screen::Decline, Verdict::Declined)];
    for with_id in [false, true] {
        let rows = lags().into_iter().filter(|lag| lag.milliseconds > 5);
        each(rows.flat_map(|lag| acts.map(|act| (lag, act))), |(how, (now, verdict))| {
            let mut shop = Shop::under(how.path);
            shop.simulator.personality(|p| p.closing_without_id = !with_id);
            shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
            shop.next(Screen::Tap);
            let before = told(shop.register.closing("C1"));
            before.expect(Verdict::Approved, None);
            shop.sells("2", 12550, Screen::Tap).expect(Verdict::Approved, None);
            lag(&shop, how);
            shop.next(now);
            let outcome = told(shop.register.closing("C2"));
            is(&outcome, verdict);
            shop.is_true(&outcome);
            if verdict == Verdict::Approved {
                assert_ne!(outcome.text(Field::BatchNumber), before.text(Field::BatchNumber), "{:#}", outcome.fields);
            }
        });
    }
}

/// The sale before is shown while a closing runs, and the closing while the next sale does.
#[test]
fn wire_a_lagging_sale_is_no_closing_and_a_lagging_closing_is_no_sale() {
    each(lags(), |how| {
        let mut shop = Shop::under(how.path);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        lag(&shop, how);
        shop.next(Screen::Decline);
        told(shop.register.closing("C1")).expect(Verdict::Declined, None);
        shop.next(Screen::Tap);
        told(shop.register.closing("C1")).expect(Verdict::Approved, None);
        shop.sells("2", 12550, Screen::Decline).expect(Verdict::Declined, None);
    });
}

// --- the app restarts behind a kept connection ---------------------------------------------------------------------------------------

/// The sale that runs is gone with the restart, and whatever is asked is answered about the one before, or as nobody's.
#[test]
fn wire_an_app_that_restarts_in_mid_sale_does_not_answer_for_it() {
    let unknown = [UnknownId::LastWithAskedId, UnknownId::LastWithItsId, UnknownId::Finished, UnknownId::Http404];
    let rows = unknown.into_iter().flat_map(|unknown| {
        [Screen::Decline, Screen::Tap].map(|before| PATHS.map(|path| (path, unknown, before))).concat()
    });
    each(rows, |(path, unknown, before)| {
        let mut shop = Shop::under(path);
        shop.sells("before", 12550, before);
        shop.simulator.personality(|p| (p.restart_keeps_results, p.unknown_id) = (true, unknown));
        // Running was seen at least once.
        shop.simulator.fault(Fault::once("status", FaultKind::RestartFirst).after(3));
        let outcome = shop.sells("1", 12550, Screen::No);
        is(&outcome, Verdict::Unknown);
        assert_eq!(shop.simulator.count("payment"), 2);
        for outcome in shop.register.recover(true) {
            shop.is_true(&outcome);
            is_not(&outcome, Verdict::Declined);
        }
    });
}

/// It restarts between Finished and its result, or the confirm: the charge stands, and nobody says that it does not.
#[test]
fn wire_an_app_that_restarts_after_the_charge_does_not_take_it_back() {
    let unknown = [UnknownId::LastWithAskedId, UnknownId::LastWithItsId, UnknownId::Finished, UnknownId::Http404];
    let rows = unknown.into_iter().flat_map(|unknown| {
        ["result", "confirm"].map(|endpoint| [true, false].map(|keeps| (unknown, endpoint, keeps))).concat()
    });
    each(rows, |(unknown, endpoint, keeps)| {
        let mut shop = Shop::open();
        shop.sells("before", 12550, Screen::Decline).expect(Verdict::Declined, None);
        shop.simulator.personality(|p| (p.restart_keeps_results, p.unknown_id) = (keeps, unknown));
        let served = u32::from(endpoint == "result");
        shop.simulator.fault(Fault::once(endpoint, FaultKind::RestartFirst).after(served));
        let outcome = shop.sells("1", 12550, Screen::Tap);
        shop.is_true(&outcome);
        is_not(&outcome, Verdict::Declined);
        assert_ne!(outcome.number(Field::Reason), Some(Code::Panic.number().into()));
        shop.register.recover(true).iter().for_each(|outcome| shop.is_true(outcome));
    });
}
