//! A reversal that took back another sale is not told as done; and money: tips, whole refunds, another sale's figures.

use comgate_simulator::{
    AmountEcho, BadReversal, CurrencyEcho, Ending, Fault, FaultKind, Lists, NeedlessConfirm, Personality,
    ReversalMarks, ReversalReach, Screen, Tip,
};
use comgate_terminal::{Code, OutcomeField as Field, Verdict};
use support::register::{Outcome, each};

use super::shops::{PATHS, Shop, is, is_not, told};

/// What the result of a reversal tells of the sale that it took back.
#[derive(Clone, Copy, Debug)]
struct Tells {
    /// Each sale has an amount of its own, and the reversal tells it.
    amount: bool,
    /// Each sale has a card of its own.
    card: bool,
    /// The original says that it is reversed.
    original: bool,
}

fn all_tales() -> Vec<Tells> {
    let both = [false, true];
    let of = |amount, card| both.map(|original| Tells { amount, card, original });
    both.iter().flat_map(|amount| both.iter().flat_map(move |card| of(*amount, *card))).collect()
}

/// Two sales, and a terminal whose reversals reach so far.
fn two_sales(tells: Tells, reach: ReversalReach) -> Shop {
    let mut shop = Shop::open();
    shop.simulator.personality(|p| {
        (p.reversal_reach, p.own_card) = (reach, tells.card);
        p.no_amount_on_reversals = !tells.amount;
        p.reversal_marks = if tells.original { ReversalMarks::Each } else { ReversalMarks::Neither };
        p.lists = Lists::Missing;
    });
    shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
    shop.sells("2", if tells.amount { 9900 } else { 12550 }, Screen::Tap).expect(Verdict::Approved, None);
    shop
}

fn reverses(shop: &mut Shop, reversal: &str, sale: &str) -> Outcome {
    shop.next(Screen::Yes);
    told(shop.register.reverse(reversal, sale))
}

// --- which sale it took back -------------------------------------------------------------------------------------------------------

/// The terminal takes back the last sale, whichever was named, and tells what it can of it: of the older sale nothing is done.
#[test]
fn wire_a_reversal_that_took_back_another_sale_is_not_told_as_done() {
    each(all_tales(), |tells| {
        let mut shop = two_sales(tells, ReversalReach::LastInstead);
        let outcome = reverses(&mut shop, "R1", "1");
        is(&outcome, Verdict::Unknown);
        assert_eq!(shop.simulator.charges_kept()[0].amount, 12550, "sale 1 stands");
        // Nor is it told so by whoever asks later.
        is(&told(shop.register.query("R1")), Verdict::Unknown);
        for outcome in shop.register.recover(true) {
            assert!(outcome.text(Field::SaleId) != Some("R1") || outcome.verdict == Verdict::Unknown.number());
        }
        is_not(&told(shop.register.find("1")), Verdict::Cancelled);
        let mut shop = shop.restarted();
        shop.register.recover(true);
        is(&told(shop.register.find("R1")), Verdict::Unknown);
    });
}

#[test]
fn wire_the_reversal_of_the_newest_sale_is_done() {
    let reaches = [ReversalReach::Open, ReversalReach::LastOnly, ReversalReach::LastInstead];
    each(all_tales().into_iter().flat_map(|tells| reaches.map(|reach| (tells, reach))), |(tells, reach)| {
        let mut shop = two_sales(tells, reach);
        let outcome = reverses(&mut shop, "R2", "2");
        outcome.expect(Verdict::Approved, None);
        shop.is_true(&outcome);
        is(&told(shop.register.find("2")), Verdict::Cancelled);
        // Now the first one is the newest that stands.
        let outcome = reverses(&mut shop, "R1", "1");
        is_not(&outcome, Verdict::Declined);
        shop.is_true(&outcome);
    });
}

/// The terminal does take back the older sale. Where it says nothing that only that one has, nobody knows.
#[test]
fn wire_the_reversal_of_an_older_sale_needs_positive_evidence() {
    each(all_tales(), |tells| {
        let mut shop = two_sales(tells, ReversalReach::Open);
        let outcome = reverses(&mut shop, "R1", "1");
        let evidence = tells.amount || tells.card || tells.original;
        is(&outcome, if evidence { Verdict::Approved } else { Verdict::Unknown });
        shop.is_true(&outcome);
        assert_eq!(shop.simulator.count("reverse"), 1);
    });
}

/// A sale of another till came in between: this journal calls its own the newest, and the reversal shows another card or amount.
#[test]
fn wire_a_reversal_of_another_tills_sale_is_not_told_as_done() {
    each([(12550, true), (9900, true), (9900, false)], |(amount, card)| {
        let mut shop = Shop::open();
        shop.simulator.personality(|p| (p.reversal_reach, p.own_card) = (ReversalReach::LastInstead, card));
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        let folder = support::folder::Folder::new();
        let other = super::shops::patient(&shop.simulator, &folder);
        other.pay("x", amount).expect(Verdict::Approved, None);
        is(&reverses(&mut shop, "R1", "1"), Verdict::Unknown);
        assert_eq!(shop.simulator.charges_kept().len(), 1, "it is sale 1 that stands");
        assert_eq!(shop.simulator.charges_kept()[0].amount, 12550);
    });
}

/// The sale that is reversed, or the one after it, has no result, because the terminal forgot it and a person decided.
/// What was asked for is known of both, and so it counts as their amount.
#[test]
fn wire_a_sale_without_a_result_is_told_apart_by_its_amount() {
    let rows = [ReversalReach::Open, ReversalReach::LastInstead].map(|reach| [12550, 9900].map(|last| (reach, last)));
    each(
        rows.concat().into_iter().flat_map(|row| [1, 2].map(|forgotten| (row, forgotten))),
        |((reach, last), forgotten)| {
            let mut shop = Shop::with(|p| silent_reversals(p, reach));
            for (number, amount) in [(1, 12550), (2, last)] {
                if number == forgotten {
                    shop.sells_unread(&number.to_string(), amount);
                    shop.simulator.restart();
                    assert_eq!(shop.register.resolve(&number.to_string(), true, "its slip was printed"), 0);
                } else {
                    shop.sells(&number.to_string(), amount, Screen::Tap).expect(Verdict::Approved, None);
                }
            }
            let outcome = reverses(&mut shop, "R1", "1");
            let evidence = reach == ReversalReach::Open && last != 12550;
            is(&outcome, if evidence { Verdict::Approved } else { Verdict::Unknown });
            shop.is_true(&outcome);
        },
    );
}

/// A sale of which nobody knows whether it stands is not the last one for sure: the one before it may have been taken back.
#[test]
fn wire_an_undecided_sale_in_between_is_no_evidence() {
    each([ReversalReach::Open, ReversalReach::LastInstead], |reach| {
        let mut shop = Shop::with(|p| silent_reversals(p, reach));
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.sells("2", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.simulator.fault(Fault::always("result", FaultKind::BrokenJson));
        is(&shop.sells("3", 9900, Screen::Decline), Verdict::Unknown);
        shop.simulator.clear_faults();
        shop.simulator.restart();
        is(&reverses(&mut shop, "R1", "1"), Verdict::Unknown);
    });
}

/// Its reversals take back so far, and tell the amount and nothing else of what they took back.
fn silent_reversals(terminal: &mut Personality, reach: ReversalReach) {
    (terminal.reversal_reach, terminal.own_card) = (reach, false);
    (terminal.reversal_marks, terminal.lists) = (ReversalMarks::Neither, Lists::Missing);
    terminal.reverses_unconfirmed_after_ms = None;
}

/// The original is not found, already reversed or closed.
#[test]
fn wire_a_reversal_whose_original_is_not_found_is_not_started() {
    let rows = PATHS.iter().flat_map(|path| [BadReversal::Http404, BadReversal::NotStarted].map(|how| (*path, how)));
    each(rows, |(path, how)| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(|p| p.bad_reversal = how);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.sells("2", 12600, Screen::Tap).expect(Verdict::Approved, None);
        let outcome = told(shop.register.reverse("R1", "1"));
        is(&outcome, Verdict::NotStarted);
        assert_eq!(outcome.number(Field::Reason).map(|reason| reason / 100), Some(3), "{:#}", outcome.fields);
        is(&told(shop.register.find("1")), Verdict::Approved);
        assert_eq!(shop.simulator.charges_kept().len(), 2);
        // It is refunded instead.
        told(shop.register.refund("F1", Some("1"), 12550)).expect(Verdict::Approved, None);
    });
}

// --- how it ends ---------------------------------------------------------------------------------------------------------------------

/// Somebody presses YES or NO, or the terminal declines; on whichever path.
#[test]
fn wire_a_reversal_ends_as_somebody_answers_on_the_terminal() {
    let acts = [
        (Screen::Yes, Verdict::Approved, 0),
        (Screen::No, Verdict::Declined, 1),
        (Screen::Decline, Verdict::Declined, 1),
    ];
    each(PATHS.iter().flat_map(|path| acts.map(|act| (*path, act))), |(path, (act, verdict, kept))| {
        let mut shop = Shop::under(path);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.next(act);
        let outcome = told(shop.register.reverse("R1", "1"));
        is(&outcome, verdict);
        assert_eq!(shop.simulator.charges_kept().len(), kept);
        is(&told(shop.register.find("1")), if kept == 1 { Verdict::Approved } else { Verdict::Cancelled });
        if kept == 1 {
            is(&reverses(&mut shop, "R1", "1"), Verdict::Approved);
        }
    });
}

/// What need not be confirmed stands although its confirm is refused.
#[test]
fn wire_a_refused_confirm_takes_nothing_back_from_a_reversal_or_closing() {
    let manners =
        [NeedlessConfirm::Http404, NeedlessConfirm::Http405, NeedlessConfirm::False, NeedlessConfirm::Confirms];
    each(PATHS.iter().flat_map(|path| manners.map(|manner| (*path, manner))), |(path, manner)| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(|p| p.needless_confirm = manner);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        let before = shop.simulator.count("confirm");
        reverses(&mut shop, "R1", "1").expect(Verdict::Approved, None);
        assert!(shop.simulator.count("confirm") <= before + 1, "it is sent once");
        shop.sells("2", 12600, Screen::Tap).expect(Verdict::Approved, None);
        let before = shop.simulator.count("confirm");
        shop.next(Screen::Tap);
        told(shop.register.closing("C1")).expect(Verdict::Approved, None);
        assert!(shop.simulator.count("confirm") <= before + 1, "it is sent once");
    });
}

#[test]
fn wire_a_lost_confirm_takes_nothing_back_from_a_reversal_or_closing() {
    each(
        [FaultKind::Drop, FaultKind::LoseReply, FaultKind::NotSupported, FaultKind::Answer(500, "?".into())],
        |kind| {
            let mut shop = Shop::open();
            shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
            shop.simulator.fault(Fault::always("confirm", kind));
            reverses(&mut shop, "R1", "1").expect(Verdict::Approved, None);
            shop.next(Screen::Tap);
            told(shop.register.closing("C1")).expect(Verdict::Approved, None);
        },
    );
}

// --- money ---------------------------------------------------------------------------------------------------------------------------

/// A tip counts into what was approved: so much can be refunded, and not more.
#[test]
fn wire_a_sale_with_a_tip_is_refunded_with_its_tip() {
    each([Tip::Sum, Tip::Beside], |tip| {
        let mut shop = Shop::with(|p| p.tip = tip);
        let sale = shop.sells("1", 12500, Screen::Tap);
        sale.expect(Verdict::Approved, None);
        assert_eq!((sale.number(Field::AmountApproved), sale.number(Field::Tip)), (Some(13750), Some(1250)));
        assert_eq!(shop.register.refund("F1", Some("1"), 13751).map(|_| ()), Err(Code::BeyondOriginal.number()));
        told(shop.register.refund("F1", Some("1"), 13750)).expect(Verdict::Approved, None);
        assert_eq!(shop.simulator.refunds_kept()[0].amount, 13750);
        // It is wholly refunded now, and only now.
        assert!(!shop.sells("1", 12500, Screen::Tap).expect(Verdict::Approved, None).is(Field::Adopted));
        told(shop.register.refund("F2", Some("1"), 12500)).expect(Verdict::Approved, None);
        let partly = shop.register.pay("1", 12500);
        assert!(partly.expect(Verdict::Approved, None).is(Field::Adopted), "the tip is still there");
    });
}

/// The reversal reports the sum, or the amount and the tip beside it.
#[test]
fn wire_a_reversal_of_a_sale_with_a_tip_is_done() {
    each([Tip::Sum, Tip::Beside], |tip| {
        let mut shop = Shop::with(|p| p.tip = tip);
        shop.sells("1", 12500, Screen::Tap).expect(Verdict::Approved, None);
        reverses(&mut shop, "R1", "1").expect(Verdict::Approved, None);
        assert_eq!(shop.simulator.charges_kept(), []);
    });
}

/// Of a sale with a tip, a reversal that names only a part of it, or another currency, is not believed.
#[test]
fn wire_a_reversal_of_other_money_than_its_original_is_unknown() {
    let rows = [
        serde_json::json!({ "amount": 9900 }),
        serde_json::json!({ "amount": 12550.5 }),
        serde_json::json!({ "currency": 978 }),
    ];
    each(rows, |fields| {
        let mut shop = Shop::open();
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.simulator.next_with(Ending::Never, fields.as_object().expect("an object").clone());
        shop.register.host.on_cancel = Some(super::shops::when_seen(&shop.simulator, Screen::Yes));
        is(&told(shop.register.reverse("R1", "1")), Verdict::Unknown);
    });
}

#[test]
fn wire_a_tip_that_is_hidden_in_the_sum_is_not_approved() {
    let mut shop = Shop::with(|p| p.tip = Tip::SumAlone);
    shop.sells("1", 12500, Screen::Tap).expect(Verdict::Unknown, Some(Code::AmountDiffers));
}

/// A sale that was wholly refunded is paid anew: its first outcome is not told again.
#[test]
fn wire_a_wholly_refunded_sale_is_not_adopted_as_paid() {
    each([vec![12550], vec![12000, 550]], |parts| {
        let mut shop = Shop::open();
        let first = shop.sells("1", 12550, Screen::Tap);
        for (number, part) in parts.iter().enumerate() {
            told(shop.register.refund(&format!("F{number}"), Some("1"), *part)).expect(Verdict::Approved, None);
        }
        let second = shop.sells("1", 12550, Screen::Tap);
        second.expect(Verdict::Approved, None);
        assert!(!second.is(Field::Adopted), "{:#}", second.fields);
        assert_ne!(second.text(Field::TransactionId), first.text(Field::TransactionId));
        assert_eq!(shop.simulator.count("payment"), 2);
    });
}

/// Refunded in part it is still paid.
#[test]
fn wire_a_partly_refunded_sale_is_still_paid() {
    let mut shop = Shop::open();
    shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
    told(shop.register.refund("F1", Some("1"), 12549)).expect(Verdict::Approved, None);
    assert!(shop.register.pay("1", 12550).expect(Verdict::Approved, None).is(Field::Adopted));
    assert_eq!(shop.simulator.count("payment"), 1);
}

/// A result that is another sale's tells nothing of ours: not its money, not its card, and none of it is kept.
#[test]
fn wire_nothing_of_another_sales_result_is_kept_under_ours() {
    let id = Some("3f0f4a57-5a1e-4e8f-9a64-000000000001");
    let rows = [(id, 9900), (id, 12550), (None, 9900)];
    each(PATHS.iter().flat_map(|path| rows.map(|row| (*path, row))), |(path, (id, amount))| {
        let mut shop = Shop::under(path);
        let mut theirs = serde_json::json!({
            "responseCode": "OK", "amount": amount, "currency": 203, "authCode": "987654", "pan": "411111******1111",
            "sequenceNumber": "001007777", "isReversed": false,
        });
        if let Some(id) = id {
            theirs["transactionId"] = id.into();
        }
        shop.simulator.fault(Fault::always("result", FaultKind::Answer(200, theirs.to_string())));
        let outcome = shop.sells("1", 12550, Screen::Tap);
        is(&outcome, Verdict::Unknown);
        let found = told(shop.register.find("1"));
        for outcome in [&outcome, &found] {
            assert_eq!(outcome.number(Field::AmountRequested), Some(12550));
            for field in [Field::AmountApproved, Field::AuthCode, Field::Pan, Field::SequenceNumber] {
                assert_eq!(outcome.fields.get(name(field)), None, "{:#}", outcome.fields);
            }
        }
        let journal = std::fs::read_to_string(support::journal_file::path(shop.folder.path())).expect("a journal");
        for theirs in ["987654", "411111", "001007777", "9900"] {
            assert!(!journal.contains(theirs), "{theirs} is another sale's: {journal}");
        }
        assert_eq!(shop.simulator.count("confirm"), 0);
    });
}

fn name(field: Field) -> String {
    field.c_name().trim_start_matches("CGT_F_").to_lowercase()
}

/// Amounts and currencies as the terminal likes to write them.
#[test]
fn wire_amounts_are_compared_whatever_their_spelling() {
    let rows = [
        (AmountEcho::Number, CurrencyEcho::Letters, false),
        (AmountEcho::Number, CurrencyEcho::Number, true),
        (AmountEcho::Missing, CurrencyEcho::Missing, false),
    ];
    each(PATHS.iter().flat_map(|path| rows.map(|row| (*path, row))), |(path, (amount, currency, doubles))| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(|p| {
            (p.amount_echo, p.currency_echo, p.numbers_as_doubles) = (amount, currency, doubles);
        });
        let sale = shop.sells("1", 12550, Screen::Tap);
        sale.expect(Verdict::Approved, None);
        assert_eq!(sale.number(Field::AmountApproved), Some(12550));
        told(shop.register.refund("F1", Some("1"), 500)).expect(Verdict::Approved, None);
        shop.sells("2", 9900, Screen::Tap).expect(Verdict::Approved, None);
        reverses(&mut shop, "R2", "2").expect(Verdict::Approved, None);
    });
}
