//! Money that is not what was asked for: a part of it, more of it, another currency, a tip that only shows in the sum. What the register
//! has not accepted before the start is never confirmed, and never told as paid.

use comgate_simulator::{
    AmountEcho, Approves, CurrencyEcho, Ending, Fault, FaultKind, LagShows, Lists, Personality, Screen, Tip,
};
use comgate_terminal::{Advice, Code, OutcomeField as Field, Verdict};
use serde_json::json;
use support::register::{Outcome, each};

use super::shops::{PATHS, Shop, is, is_not, told};

/// Half of each sale is approved, and the response code says so, or it does not.
const PARTS: [Approves; 2] = [Approves::Part, Approves::PartSilently];

fn under_both_paths<Row: Copy>(rows: &[Row]) -> Vec<(&'static str, Row)> {
    PATHS.iter().flat_map(|path| rows.iter().map(|row| (*path, *row))).collect()
}

/// A shop whose terminal approves so much, and whose register accepts a part (1) or does not (0).
fn shop(path: &str, approves: Approves, accepts: i32) -> Shop {
    let shop = Shop::under(path);
    shop.simulator.personality(|p| p.approves = approves);
    assert_eq!(shop.register.accept_partial(accepts), 0);
    shop
}

#[track_caller]
fn advises(outcome: &Outcome, advice: Advice) {
    assert_eq!(outcome.number(Field::Advice), Some(advice.number().into()), "{:#}", outcome.fields);
}

#[track_caller]
fn says(outcome: &Outcome, words: &[&str]) {
    let text = outcome.text(Field::AdviceText).expect("there is always an advice");
    for word in words {
        assert!(text.contains(word), "{word} is missing: {text}");
    }
}

/// UNKNOWN because of its amount, never confirmed, and what the terminal charged is named.
#[track_caller]
fn is_left_alone(shop: &Shop, outcome: &Outcome, charged: i64) {
    outcome.expect(Verdict::Unknown, Some(Code::AmountDiffers));
    assert_eq!(outcome.number(Field::AmountRequested), Some(12550));
    assert_eq!(outcome.number(Field::AmountApproved), Some(charged), "{:#}", outcome.fields);
    assert_eq!(shop.simulator.count("confirm"), 0, "it is never confirmed");
}

/// A part payment that was not accepted, and that the terminal did not take back in its minute.
fn part_that_stands(approves: Approves) -> Shop {
    let mut shop = shop(PATHS[0], approves, 0);
    shop.simulator.personality(|p| p.confirm_minute = false);
    let outcome = shop.sells("1", 12550, Screen::Tap);
    is_left_alone(&shop, &outcome, 6275);
    shop.restarted_after(80)
}

// --- not accepted ----------------------------------------------------------------------------------------------------------------------

#[test]
fn wire_a_part_payment_is_unknown_and_not_confirmed() {
    each(under_both_paths(&PARTS), |(path, approves)| {
        let mut shop = shop(path, approves, 0);
        let outcome = shop.sells("1", 12550, Screen::Tap);
        is_left_alone(&shop, &outcome, 6275);
        assert!(outcome.is(Field::Partial));
        advises(&outcome, Advice::CallSupervisor);
        says(&outcome, &["62,75 Kč", "125,50 Kč"]);
        // Asked again at once, it is the same.
        for outcome in shop.register.recover(true) {
            is_left_alone(&shop, &outcome, 6275);
            advises(&outcome, Advice::CallSupervisor);
        }
    });
}

/// The terminal takes back what is not confirmed within its minute.
#[test]
fn wire_a_part_payment_that_was_taken_back_is_told_so_and_stays_so() {
    each(under_both_paths(&PARTS), |(path, approves)| {
        let mut shop = shop(path, approves, 0);
        let outcome = shop.sells("1", 12550, Screen::Tap);
        is_left_alone(&shop, &outcome, 6275);
        shop.simulator.personality(|p| p.reverses_unconfirmed_after_ms = Some(0));
        let mut shop = shop.restarted_after(80);
        for outcome in shop.register.recover(true) {
            outcome.expect(Verdict::Unknown, Some(Code::Reversed));
            advises(&outcome, Advice::TakenBack);
        }
        assert_eq!(shop.simulator.charges_kept(), []);
        // The terminal forgets it: what it said is still known.
        shop.simulator.restart();
        advises(&told(shop.register.query("1")), Advice::TakenBack);
        assert_eq!(shop.register.resolve("1", false, "the terminal took it back"), 0);
        is(&told(shop.register.find("1")), Verdict::Cancelled);
        shop.simulator.personality(|p| (p.approves, p.reverses_unconfirmed_after_ms) = (Approves::All, None));
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
    });
}

/// Whoever asks, and whether the terminal is there or not.
#[test]
fn wire_a_part_payment_that_stands_is_told_so_every_time() {
    each(PARTS, |approves| {
        let mut shop = part_that_stands(approves);
        advises(&told(shop.register.find("1")), Advice::CallSupervisor);
        for outcome in shop.register.recover(true) {
            advises(&outcome, Advice::PartialStands);
        }
        let stands = |outcome: &Outcome| {
            is_left_alone(&shop, outcome, 6275);
            advises(outcome, Advice::PartialStands);
            says(outcome, &["62,75 Kč", "125,50 Kč", "Stornujte"]);
        };
        stands(&told(shop.register.find("1")));
        stands(&told(shop.register.query("1")));
        stands(&shop.register.pay("1", 12550));
        shop.simulator.restart();
        stands(&told(shop.register.query("1")));
        shop.simulator.offline();
        stands(&told(shop.register.query("1")));
        advises(&shop.register.pay("1", 12550), Advice::PartialStands);
        let mut shop = shop.restarted();
        let again = shop.register.recover(true);
        assert_eq!(again.len(), 1);
        advises(&again[0], Advice::PartialStands);
    });
}

/// A terminal that does not say whether it has taken it back is no reason to hand anything over.
#[test]
fn wire_a_part_payment_of_which_nobody_says_that_it_stands_does_not() {
    let mut shop = shop(PATHS[0], Approves::All, 0);
    let part = json!({ "amount": 6275, "isReversed": null });
    shop.simulator.next_with(Ending::Never, part.as_object().expect("an object").clone());
    shop.register.host.on_cancel = Some(super::shops::when_seen(&shop.simulator, Screen::Tap));
    is_left_alone(&shop, &shop.register.pay("1", 12550), 6275);
    let mut shop = shop.restarted_after(80);
    for outcome in shop.register.recover(true) {
        advises(&outcome, Advice::CallSupervisor);
    }
}

/// The terminal has forgotten the result, and its list still names the charge: so much is known, and no more is decided by it.
#[test]
fn wire_a_part_payment_that_only_the_list_names_is_known_as_a_part() {
    each(under_both_paths(&PARTS), |(path, approves)| {
        let mut shop = shop(path, approves, 0);
        shop.simulator.personality(|p| (p.confirm_minute, p.lists) = (false, Lists::OpenBatch));
        shop.sells_unread("1", 12550);
        shop.simulator.restart();
        for outcome in shop.register.recover(true) {
            is_left_alone(&shop, &outcome, 6275);
        }
        assert_eq!(shop.register.resolve("1", true, "it is in the history"), 0, "{}", shop.register.last_error());
        let outcome = told(shop.register.find("1"));
        outcome.expect(Verdict::Approved, None);
        advises(&outcome, Advice::CollectRest);
    });
}

/// A person has seen the charge. It is paid, but not the whole of it, and no more than that can be given back.
#[test]
fn wire_a_part_payment_that_a_person_accepts_is_never_handed_over_for() {
    let rows = PARTS.map(|approves| [false, true].map(|stands| (approves, stands))).concat();
    each(rows, |(approves, stands)| {
        let mut shop = part_that_stands(approves);
        if stands {
            shop.register.recover(true);
        } else {
            shop.simulator.restart();
            shop.simulator.offline();
        }
        assert_eq!(shop.register.resolve("1", true, "it is in the history"), 0, "{}", shop.register.last_error());
        let outcome = told(shop.register.find("1"));
        outcome.expect(Verdict::Approved, None);
        assert!(outcome.is(Field::Partial) && outcome.is(Field::Resolved), "{:#}", outcome.fields);
        advises(&outcome, if stands { Advice::PartialStands } else { Advice::CollectRest });
        says(&outcome, &["62,75 Kč", "125,50 Kč"]);
        if stands {
            assert_eq!(shop.register.refund("F1", Some("1"), 6276).map(|_| ()), Err(Code::BeyondOriginal.number()));
            shop.simulator.personality(|p| p.approves = Approves::All);
            told(shop.register.refund("F1", Some("1"), 6275)).expect(Verdict::Approved, None);
            // Nothing of it is left, so it may be paid anew.
            shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        }
    });
}

#[test]
fn wire_a_part_payment_is_reversed_by_what_was_charged() {
    let rows = PARTS.map(|approves| [0, 1].map(|accepts| (approves, accepts))).concat();
    each(under_both_paths(&rows), |(path, (approves, accepts))| {
        let mut shop = shop(path, approves, accepts);
        shop.simulator.personality(|p| p.confirm_minute = false);
        shop.sells("1", 12550, Screen::Tap);
        shop.next(Screen::Yes);
        let reversal = told(shop.register.reverse("R1", "1"));
        reversal.expect(Verdict::Approved, None);
        assert_eq!(reversal.number(Field::AmountRequested), Some(6275));
        assert_eq!(shop.simulator.charges_kept(), []);
        let sale = told(shop.register.find("1"));
        is(&sale, Verdict::Cancelled);
        advises(&sale, Advice::NotPaid);
    });
}

// --- accepted --------------------------------------------------------------------------------------------------------------------------

#[test]
fn wire_an_accepted_part_payment_is_approved_and_the_rest_is_named() {
    each(under_both_paths(&PARTS), |(path, approves)| {
        let mut shop = shop(path, approves, -1);
        let outcome = shop.sells("1", 12550, Screen::Tap);
        outcome.expect(Verdict::Approved, None);
        shop.is_true(&outcome);
        assert!(outcome.is(Field::Partial) && shop.simulator.charges()[0].confirmed);
        assert_eq!(outcome.number(Field::AmountApproved), Some(6275));
        advises(&outcome, Advice::CollectRest);
        says(&outcome, &["Zaplaceno 62,75 Kč z 125,50 Kč.", "Zbývá doplatit 62,75 Kč"]);
        // The same sale again is the same outcome: the rest is another sale.
        let again = shop.register.pay("1", 12550);
        assert!(again.expect(Verdict::Approved, None).is(Field::Adopted));
        advises(&again, Advice::CollectRest);
        assert_eq!(shop.register.refund("F1", Some("1"), 6276).map(|_| ()), Err(Code::BeyondOriginal.number()));
        assert_eq!(shop.register.acknowledge("1"), 0);
        // What was wholly approved is no part.
        shop.simulator.personality(|p| p.approves = Approves::All);
        let whole = shop.sells("2", 12600, Screen::Tap);
        advises(whole.expect(Verdict::Approved, None), Advice::HandOver);
        assert!(!whole.is(Field::Partial));
    });
}

/// The signature is compared as well, and then the rest is still to be collected.
#[test]
fn wire_an_accepted_part_payment_may_ask_for_a_signature_too() {
    let shop = shop(PATHS[0], Approves::All, 1);
    let part = json!({ "amount": 6275 });
    shop.simulator.next_with(Ending::Signature, part.as_object().expect("an object").clone());
    let outcome = shop.register.pay("1", 12550);
    outcome.expect(Verdict::Approved, None);
    assert!(outcome.is(Field::SignatureRequired));
    advises(&outcome, Advice::CollectRest);
    says(&outcome, &["Zbývá doplatit 62,75 Kč", "porovnejte podpis"]);
    let outcome = told(shop.register.signature_result("1", true));
    advises(&outcome, Advice::CollectRest);
    assert!(!outcome.text(Field::AdviceText).expect("an advice").contains("podpis"));
}

/// The till was restarted, and set otherwise meanwhile: what was set when the sale began counts.
#[test]
fn wire_recover_judges_a_part_payment_as_its_call_would_have() {
    let rows = PARTS.map(|approves| [0, 1].map(|accepts| (approves, accepts))).concat();
    each(under_both_paths(&rows), |(path, (approves, accepts))| {
        let mut shop = shop(path, approves, accepts);
        shop.sells_unread("1", 12550);
        let mut shop = shop.restarted();
        assert_eq!(shop.register.accept_partial(1 - accepts), 0);
        let told = shop.register.recover(true);
        assert_eq!(told.len(), 1);
        if accepts == 0 {
            is_left_alone(&shop, &told[0], 6275);
        } else {
            told[0].expect(Verdict::Approved, None);
            advises(&told[0], Advice::CollectRest);
            assert!(shop.simulator.charges()[0].confirmed);
        }
    });
}

/// The reply to the start, the result or the confirm is lost.
#[test]
fn wire_an_accepted_part_payment_survives_a_lost_reply() {
    let rows = PARTS.map(|approves| ["payment", "result", "confirm"].map(|lost| (approves, lost))).concat();
    each(under_both_paths(&rows), |(path, (approves, lost))| {
        let mut shop = shop(path, approves, 1);
        shop.simulator.fault(Fault::once(lost, FaultKind::LoseReply));
        let outcome = shop.register.pay("1", 12550);
        is_not(&outcome, Verdict::Declined);
        shop.is_true(&outcome);
        shop.register.recover(true);
        let outcome = told(shop.register.find("1"));
        outcome.expect(Verdict::Approved, None);
        advises(&outcome, Advice::CollectRest);
    });
}

/// The confirm came too late: the terminal confirms what it has taken back.
#[test]
fn wire_an_accepted_part_payment_that_was_taken_back_is_not_approved() {
    each(under_both_paths(&PARTS), |(path, approves)| {
        let mut shop = shop(path, approves, 1);
        shop.simulator.fault(Fault::once("confirm", FaultKind::Undo));
        let outcome = shop.sells("1", 12550, Screen::Tap);
        is(&outcome, Verdict::Unknown);
        for outcome in shop.register.recover(true) {
            is(&outcome, Verdict::Unknown);
            advises(&outcome, Advice::TakenBack);
        }
    });
}

#[test]
fn wire_more_than_was_asked_for_and_another_currency_are_never_accepted() {
    let rows = [
        (json!({ "amount": 12551 }), 12551, None),
        (json!({ "amount": 25100 }), 25100, None),
        (json!({ "currency": 978 }), 12550, Some("EUR")),
        (json!({ "amount": 6275, "currency": "EUR" }), 6275, Some("EUR")),
        (json!({ "amount": 6275, "currency": 999 }), 6275, Some("999")),
        (json!({ "amount": 6275, "currency": null }), 6275, None),
        (json!({ "amount": 0 }), 0, None),
        (json!({ "amount": 6275, "tipAmount": 100 }), 6275, None),
        (json!({ "responseCode": "ApprovedForPartialAmount" }), 12550, None),
        (json!({ "responseCode": "ApprovedForPartialAmount", "amount": 13000 }), 13000, None),
    ];
    each(PATHS.iter().flat_map(|path| rows.clone().map(|row| (*path, row))), |(path, (fields, charged, currency))| {
        let mut shop = shop(path, Approves::All, 1);
        assert_eq!(shop.register.set_tip_limit(0), 0);
        shop.simulator.next_with(Ending::Never, fields.as_object().expect("an object").clone());
        shop.register.host.on_cancel = Some(super::shops::when_seen(&shop.simulator, Screen::Tap));
        let outcome = shop.register.pay("1", 12550);
        is_left_alone(&shop, &outcome, charged);
        assert_eq!(outcome.text(Field::ChargedCurrency), currency, "{:#}", outcome.fields);
        assert_eq!(outcome.text(Field::Currency), Some("CZK"));
        let mut shop = shop.restarted_after(80);
        for outcome in shop.register.recover(true) {
            is_left_alone(&shop, &outcome, charged);
        }
    });
}

/// The terminal says that it is a part, and only repeats what was asked for. A person who calls that paid is not told to hand over.
#[test]
fn wire_a_part_that_names_the_whole_amount_is_never_handed_over_for() {
    let fields = json!({ "responseCode": "ApprovedForPartialAmount" });
    let mut shop = shop(PATHS[0], Approves::All, 1);
    shop.simulator.next_with(Ending::Never, fields.as_object().expect("an object").clone());
    shop.register.host.on_cancel = Some(super::shops::when_seen(&shop.simulator, Screen::Tap));
    let outcome = shop.register.pay("1", 12550);
    is_left_alone(&shop, &outcome, 12550);
    assert!(outcome.is(Field::Partial));
    assert_eq!(shop.register.resolve("1", true, "it is in the history"), 0, "{}", shop.register.last_error());
    let outcome = told(shop.register.find("1"));
    advises(outcome.expect(Verdict::Approved, None), Advice::CallSupervisor);
}

/// What the terminal charged in euro is refunded in euro.
#[test]
fn wire_a_sale_charged_in_another_currency_is_refunded_in_that() {
    let mut shop = shop(PATHS[0], Approves::OtherCurrency, 1);
    shop.simulator.personality(|p| p.confirm_minute = false);
    let outcome = shop.sells("1", 12550, Screen::Tap);
    is_left_alone(&shop, &outcome, 12550);
    says(&outcome, &["125,50 EUR", "125,50 Kč"]);
    assert_eq!(shop.register.resolve("1", true, "it was charged in euro"), 0, "{}", shop.register.last_error());
    assert_eq!(told(shop.register.find("1")).text(Field::ChargedCurrency), Some("EUR"));
    assert_eq!(shop.register.refund("F1", Some("1"), 100).map(|_| ()), Err(Code::BeyondOriginal.number()));
    assert!(shop.register.last_error().contains("EUR"), "{}", shop.register.last_error());
}

#[test]
fn wire_a_sale_charged_in_another_currency_is_reversed_in_that() {
    each(PATHS, |path| {
        let mut shop = shop(path, Approves::OtherCurrency, 0);
        let outcome = shop.sells("1", 12550, Screen::Tap);
        is_left_alone(&shop, &outcome, 12550);
        shop.next(Screen::Yes);
        let reversal = told(shop.register.reverse("R1", "1"));
        reversal.expect(Verdict::Approved, None);
        assert_eq!(reversal.text(Field::Currency), Some("EUR"));
        assert_eq!(shop.simulator.charges_kept(), []);
        is(&told(shop.register.find("1")), Verdict::Cancelled);
    });
}

/// `ApprovedForPartialAmount` without an amount says nothing about how much.
#[test]
fn wire_a_part_without_its_amount_is_never_accepted() {
    let rows = [
        (AmountEcho::Missing, CurrencyEcho::Missing),
        (AmountEcho::Missing, CurrencyEcho::Number),
        (AmountEcho::Number, CurrencyEcho::Missing),
    ];
    each(under_both_paths(&rows), |(path, (amount, currency))| {
        let mut shop = shop(path, Approves::Part, 1);
        shop.simulator.personality(|p| (p.amount_echo, p.currency_echo) = (amount, currency));
        is(&shop.sells("1", 12550, Screen::Tap), Verdict::Unknown);
        for outcome in shop.register.recover(true) {
            is(&outcome, Verdict::Unknown);
        }
        assert_eq!(shop.simulator.count("confirm"), 0);
    });
}

/// Only a customer pays in part. Of a refund all of it goes back, or nobody knows.
#[test]
fn wire_a_refund_in_part_is_never_accepted() {
    each(under_both_paths(&PARTS), |(path, approves)| {
        let mut shop = shop(path, approves, 1);
        shop.next(Screen::Tap);
        let outcome = told(shop.register.refund("F1", None, 12550));
        outcome.expect(Verdict::Unknown, Some(Code::AmountDiffers));
        assert!(!outcome.is(Field::Partial));
        assert_eq!(shop.simulator.count("confirm"), 0);
    });
}

/// A smaller sale came before. What a terminal still shows of it is no part of ours.
#[test]
fn wire_the_smaller_sale_before_is_no_part_of_this_one() {
    let shows = [LagShows::LastWithAskedId, LagShows::LastWithItsId, LagShows::LastWithoutId];
    let rows = shows.map(|shows| [5, 2_000].map(|late| (shows, late))).concat();
    each(under_both_paths(&rows), |(path, (shows, late))| {
        let mut shop = shop(path, Approves::All, 1);
        shop.sells("before", 9900, Screen::Tap).expect(Verdict::Approved, None);
        shop.simulator.personality(|p| (p.state_lags_ms, p.lag_shows) = (Some(late), shows));
        let outcome = shop.sells("1", 12550, Screen::Decline);
        outcome.expect(Verdict::Declined, None);
        assert_eq!(shop.simulator.count("confirm"), 1, "only the sale before");
    });
}

// --- tips that only show in the sum ------------------------------------------------------------------------------------------------------

fn sum_alone(terminal: &mut Personality) {
    terminal.tip = Tip::SumAlone;
}

/// The terminal adds a tenth, and names the sum alone.
#[test]
fn wire_a_tip_in_the_sum_is_believed_up_to_its_limit() {
    each(under_both_paths(&[0, 9, 10, 100]), |(path, limit)| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(sum_alone);
        assert_eq!(shop.register.set_tip_limit(limit), 0);
        let outcome = shop.sells("1", 12500, Screen::Tap);
        assert_eq!(outcome.number(Field::AmountApproved), Some(13750));
        if limit < 10 {
            outcome.expect(Verdict::Unknown, Some(Code::AmountDiffers));
            assert_eq!((outcome.number(Field::Tip), shop.simulator.count("confirm")), (None, 0));
            return;
        }
        outcome.expect(Verdict::Approved, None);
        assert_eq!(outcome.number(Field::Tip), Some(1250));
        advises(&outcome, Advice::HandOver);
        assert_eq!(shop.register.refund("F1", Some("1"), 13751).map(|_| ()), Err(Code::BeyondOriginal.number()));
        shop.next(Screen::Yes);
        told(shop.register.reverse("R1", "1")).expect(Verdict::Approved, None);
        assert_eq!(shop.simulator.charges_kept(), []);
    });
}

/// What was set when the sale began counts.
#[test]
fn wire_recover_judges_a_tip_in_the_sum_as_its_call_would_have() {
    each(under_both_paths(&[0, 10]), |(path, limit)| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(sum_alone);
        assert_eq!(shop.register.set_tip_limit(limit), 0);
        shop.sells_unread("1", 12500);
        let mut shop = shop.restarted();
        assert_eq!(shop.register.set_tip_limit(10 - limit), 0);
        let told = shop.register.recover(true);
        assert_eq!(told.len(), 1);
        if limit == 0 {
            told[0].expect(Verdict::Unknown, Some(Code::AmountDiffers));
            assert_eq!(shop.simulator.count("confirm"), 0);
        } else {
            told[0].expect(Verdict::Approved, None);
            assert_eq!(told[0].number(Field::Tip), Some(1250));
        }
    });
}

/// A refund has no tip, and a tip that the terminal names is what it names.
#[test]
fn wire_a_limit_for_tips_does_not_stretch_what_the_terminal_names() {
    each(PATHS, |path| {
        let mut shop = Shop::under(path);
        assert_eq!(shop.register.set_tip_limit(100), 0);
        for fields in [json!({ "amount": 13000, "tipAmount": 0 }), json!({ "amount": 13000, "tipAmount": 100 })] {
            let sale = fields.to_string();
            shop.simulator.next_with(Ending::Never, fields.as_object().expect("an object").clone());
            shop.register.host.on_cancel = Some(super::shops::when_seen(&shop.simulator, Screen::Tap));
            shop.register.pay(&sale, 12550).expect(Verdict::Unknown, Some(Code::AmountDiffers));
        }
        shop.simulator.next(Ending::WrongAmount);
        told(shop.register.refund("F1", None, 12550)).expect(Verdict::Unknown, Some(Code::AmountDiffers));
        assert_eq!(shop.simulator.count("confirm"), 0);
    });
}

// --- arguments ---------------------------------------------------------------------------------------------------------------------------

#[test]
fn wire_what_is_no_truth_value_and_no_percentage_is_refused() {
    let shop = Shop::open();
    for yes in [2, -2, i32::MAX, i32::MIN] {
        assert_eq!(shop.register.accept_partial(yes), Code::Range.number(), "{yes}");
    }
    for yes in [0, 1, -1] {
        assert_eq!(shop.register.accept_partial(yes), 0, "{yes}");
    }
    for percent in [-1, 101, i32::MAX, i32::MIN] {
        assert_eq!(shop.register.set_tip_limit(percent), Code::Range.number(), "{percent}");
    }
    for percent in [0, 1, 100] {
        assert_eq!(shop.register.set_tip_limit(percent), 0, "{percent}");
    }
}
