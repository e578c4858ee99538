//! Response codes: what approves, what refuses, and all the others, which are neither. And who cancelled.

use std::sync::atomic::{AtomicBool, Ordering};

use comgate_simulator::{
    AmountEcho, ApprovedCode, AuthCode, CancelReply, CodeNames, CurrencyEcho, DeclinedCode, Ending, FirstCode, Lists,
    Screen,
};
use comgate_terminal::{Code, OutcomeField as Field, Verdict};
use support::register::each;

use super::shops::{PATHS, Shop, is, is_not, once, told};

/// They look like approvals, refusals or neither; the table lists none of them.
const NOT_LISTED: [&str; 8] =
    ["APPROVED", "00", "0", "SUCCESS", "PENDING", "ERROR", "HOST_TIMEOUT", "ALREADY_DELIVERED"];

/// The failures of the protocol's document, and those of public clients.
const REFUSING: [&str; 14] = [
    "FAILED",
    "NoCardTimeout",
    "InvalidSignature",
    "PINBLOCK_TIMEOUT",
    "PINBLOCK_USER_CANCELLED",
    "EMV_USER_CANCEL",
    "EMV_TIME_OUT",
    "EMV_DENIAL",
    "TransactionTimeout",
    "TransactionIncorrectPIN",
    "ReferralCall",
    "DECLINED",
    "Declined",
    "DeclinedByIssuer",
];

/// `Approved…` and `Declined…` lose their class with these words.
const NO_PREFIX: [&str; 8] =
    ["Duplicate", "Already", "Reversed", "Voided", "Partial", "Pending", "Timeout", "NoResponse"];

// --- not listed --------------------------------------------------------------------------------------------------------------------

/// Whether the customer has paid or not, nobody knows it by such a code alone.
#[test]
fn wire_a_code_that_is_not_listed_is_neither_approval_nor_refusal() {
    let rows = NOT_LISTED.iter().flat_map(|code| [AuthCode::AsIs, AuthCode::Missing].map(|auth| (*code, auth)));
    each(rows.enumerate(), |(number, (code, auth))| {
        let mut shop = Shop::under(PATHS[number % 2]);
        shop.simulator.personality(|p| {
            (p.approved_code, p.declined_code) = (ApprovedCode::from(code), DeclinedCode::from(code));
            (p.auth_code, p.lists) = (auth, Lists::Missing);
        });
        for (sale, act) in [("paid", Screen::Tap), ("not paid", Screen::Decline)] {
            let outcome = shop.sells(sale, 12550, act);
            outcome.expect(Verdict::Unknown, Some(Code::Unlisted));
            assert_eq!(outcome.text(Field::ResponseCode), Some(code));
            shop.next(act);
            told(shop.register.refund(&format!("refund {sale}"), None, 500))
                .expect(Verdict::Unknown, Some(Code::Unlisted));
        }
        assert_eq!(shop.simulator.count("confirm"), 0, "what nobody knows is not confirmed");
        for outcome in shop.register.recover(true) {
            outcome.expect(Verdict::Unknown, Some(Code::Unlisted));
        }
        assert_eq!(shop.register.unresolved().0, 4);
    });
}

#[test]
fn wire_a_reversal_or_closing_with_a_code_not_listed_is_unknown() {
    each(NOT_LISTED, |code| {
        let mut shop = Shop::with(|p| p.lists = Lists::Missing);
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.simulator.personality(|p| {
            (p.approved_code, p.declined_code) = (ApprovedCode::from(code), DeclinedCode::from(code));
        });
        shop.next(Screen::Decline);
        is(&told(shop.register.closing("C1")), Verdict::Unknown);
        shop.next(Screen::Decline);
        is(&told(shop.register.reverse("R1", "1")), Verdict::Unknown);
        is_not(&told(shop.register.query("R1")), Verdict::Declined);
    });
}

/// Where the terminal has lists, they name what was charged, by its id and with its authorization code.
#[test]
fn wire_a_charge_with_a_code_not_listed_is_found_by_the_lists() {
    each(NOT_LISTED, |code| {
        let mut shop = Shop::with(|p| p.approved_code = code.into());
        let outcome = shop.sells("1", 12550, Screen::Tap);
        is(&outcome, Verdict::Approved);
        shop.is_true(&outcome);
        assert!(shop.simulator.charges()[0].confirmed);
    });
}

/// Presence counts with an authorization code only, and with our money.
#[test]
fn wire_the_lists_prove_no_charge_without_an_authorization_code() {
    each([AuthCode::Missing, AuthCode::Empty, AuthCode::Zeros], |auth| {
        let mut shop = Shop::with(|p| (p.approved_code, p.auth_code) = ("APPROVED".into(), auth));
        is(&shop.sells("1", 12550, Screen::Tap), Verdict::Unknown);
        assert_eq!(shop.simulator.count("confirm"), 0);
    });
}

/// It is read again for three seconds.
#[test]
fn wire_a_code_that_is_there_for_a_while_only_is_read_again() {
    let rows = ["PENDING", "ERROR", "APPROVED"].map(|code| [None, Some(800)].map(|lasts| (code, lasts))).concat();
    each(rows, |(code, lasts)| {
        let mut shop = Shop::with(|p| (p.first_code, p.first_code_ms) = (FirstCode::from(code), lasts));
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        is(&shop.sells("2", 12600, Screen::Decline), Verdict::Declined);
    });
}

/// An unlisted code while a second card is tried: the sale is charged long after the first result was read.
#[test]
fn wire_a_second_card_after_an_unlisted_decline_is_not_told_as_declined() {
    each([Lists::Missing, Lists::OpenBatch, Lists::Empty], |lists| {
        let mut shop = Shop::with(|p| p.lists = lists);
        shop.sells("before", 9900, Screen::Tap).expect(Verdict::Approved, None);
        shop.simulator.personality(|p| {
            (p.first_code, p.first_code_ms) = (FirstCode::from("CARD_ERROR"), Some(3_600_000));
        });
        let outcome = shop.sells("1", 12550, Screen::Tap);
        is_not(&outcome, Verdict::Declined);
        shop.is_true(&outcome);
        // Now the result of the second card is there.
        shop.simulator.personality(|p| p.first_code = FirstCode::default());
        shop.register.recover(true);
        is(&told(shop.register.find("1")), Verdict::Approved);
    });
}

// --- approving ---------------------------------------------------------------------------------------------------------------------

const APPROVING: [&str; 4] =
    ["Approved", "ApprovedByIssuer", "MONEMV_CLS_KERNEL_STATUS_OK", "MONEMV_CLS_KERNEL_STATUS_OFFLINE_APPROVED"];

#[test]
fn wire_approved_with_its_money_approves() {
    let rows = APPROVING.iter().flat_map(|code| PATHS.map(|path| (*code, path)));
    each(rows, |(code, path)| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(|p| (p.approved_code, p.lists) = (code.into(), Lists::Missing));
        let outcome = shop.sells("1", 12550, Screen::Tap);
        outcome.expect(Verdict::Approved, None);
        shop.is_true(&outcome);
        shop.next(Screen::Tap);
        told(shop.register.refund("F1", Some("1"), 500)).expect(Verdict::Approved, None);
    });
}

#[test]
fn wire_approved_without_its_money_is_unknown() {
    let missing = [
        (AmountEcho::Missing, CurrencyEcho::Missing),
        (AmountEcho::Missing, CurrencyEcho::Number),
        (AmountEcho::Number, CurrencyEcho::Missing),
    ];
    let rows = APPROVING.iter().flat_map(|code| missing.map(|money| (*code, money)));
    each(rows, |(code, (amount, currency))| {
        let mut shop = Shop::with(|p| {
            (p.approved_code, p.lists) = (code.into(), Lists::Missing);
            (p.amount_echo, p.currency_echo) = (amount, currency);
        });
        is(&shop.sells("1", 12550, Screen::Tap), Verdict::Unknown);
        assert_eq!(shop.simulator.count("confirm"), 0);
    });
}

/// Nor does a word go on in small letters.
#[test]
fn wire_a_prefix_with_a_word_that_takes_it_back_has_no_class() {
    let rows = NO_PREFIX.iter().flat_map(|word| ["Approved", "Declined"].map(|prefix| format!("{prefix}{word}")));
    each(rows.chain(["Approvedly".into(), "Declinedly".into(), "ApprovedDeclined".into()]), |code| {
        let mut shop = Shop::with(|p| {
            (p.approved_code, p.declined_code) = (code.as_str().into(), code.as_str().into());
            p.lists = Lists::Missing;
        });
        shop.sells("paid", 12550, Screen::Tap).expect(Verdict::Unknown, Some(Code::Unlisted));
        shop.sells("not paid", 12600, Screen::Decline).expect(Verdict::Unknown, Some(Code::Unlisted));
    });
}

// --- refusing ------------------------------------------------------------------------------------------------------------------------

#[test]
fn wire_each_listed_refusal_declines() {
    each(REFUSING.iter().enumerate(), |(number, code)| {
        let mut shop = Shop::under(PATHS[number % 2]);
        shop.simulator.personality(|p| p.declined_code = (*code).into());
        is(&shop.sells("1", 12550, Screen::Decline), Verdict::Declined);
        shop.next(Screen::Decline);
        is(&told(shop.register.refund("F1", None, 500)), Verdict::Declined);
        assert_eq!(shop.simulator.count("confirm"), 0);
        is(&shop.sells("1", 12550, Screen::Tap), Verdict::Approved);
        shop.next(Screen::Decline);
        is(&told(shop.register.closing("C1")), Verdict::Declined);
        shop.next(Screen::Decline);
        is(&told(shop.register.reverse("R1", "1")), Verdict::Declined);
    });
}

/// The customer has paid, and the terminal calls it a failure of the weak kind: its list of what was successful knows better.
#[test]
fn wire_a_weak_refusal_of_what_the_lists_name_is_not_declined() {
    each(["FAILED", "TransactionTimeout", "InvalidSignature", "ReferralCall"], |code| {
        // Without the authorization code in it, which would be a mark of a charge.
        let mut shop = Shop::with(|p| (p.approved_code, p.auth_code) = (code.into(), AuthCode::Missing));
        is(&shop.sells("1", 12550, Screen::Tap), Verdict::Unknown);
    });
}

/// A result that refused and then approves contradicts itself, also when it is found later.
#[test]
fn wire_a_result_that_declines_and_then_approves_is_unknown() {
    let codes = ["DECLINED", "EMV_DENIAL", "FAILED"];
    each(codes.map(|code| [Lists::Missing, Lists::OpenBatch].map(|lists| (code, lists))).concat(), |(code, lists)| {
        let mut shop = Shop::with(|p| (p.first_code, p.lists) = (FirstCode::from(code), lists));
        let outcome = shop.sells("1", 12550, Screen::Tap);
        is(&outcome, Verdict::Unknown);
        shop.is_true(&outcome);
        shop.next(Screen::Tap);
        is(&told(shop.register.refund("F1", None, 500)), Verdict::Unknown);
        for outcome in shop.register.recover(true) {
            is_not(&outcome, Verdict::Declined);
        }
    });
}

#[test]
fn wire_an_empty_authorization_code_is_no_mark_of_a_charge() {
    let rows = [
        (serde_json::json!(""), Verdict::Declined),
        (serde_json::json!("  "), Verdict::Declined),
        (serde_json::json!("000000"), Verdict::Declined),
        (serde_json::json!(null), Verdict::Declined),
        (serde_json::json!("114546"), Verdict::Unknown),
    ];
    each(rows, |(auth, verdict)| {
        let mut shop = Shop::open();
        let fields = serde_json::Map::from_iter([("authCode".into(), auth)]);
        // What waits in the row first is what is started first.
        shop.simulator.next_with(Ending::Never, fields);
        shop.register.host.on_cancel = Some(super::shops::when_seen(&shop.simulator, Screen::Decline));
        is(&shop.register.pay("1", 12550), verdict);
    });
}

// --- who cancelled ---------------------------------------------------------------------------------------------------------------------

#[test]
fn wire_a_customer_who_cancels_is_told_as_such() {
    each(PATHS, |path| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(|p| p.code_names = CodeNames::Common);
        let outcome = shop.sells("1", 12550, Screen::Cancel);
        outcome.expect(Verdict::Declined, Some(Code::CancelledAtTerminal));
        assert!(!outcome.is(Field::CancelAsked));
        shop.next(Screen::Cancel);
        told(shop.register.refund("F1", None, 500)).expect(Verdict::Declined, Some(Code::CancelledAtTerminal));
        shop.sells("1", 12550, Screen::Tap).expect(Verdict::Approved, None);
        shop.next(Screen::No);
        told(shop.register.reverse("R1", "1")).expect(Verdict::Declined, Some(Code::CancelledAtTerminal));
    });
}

/// The register's own cancel was answered that it is not allowed now: it was the customer.
#[test]
fn wire_a_cancel_that_is_not_allowed_is_not_ours() {
    each(["CANCELLED", "CANCELED"], |code| {
        let shop = Shop::with(|p| {
            (p.cancel_too_late, p.cancel_reply) = (true, CancelReply::Message);
            p.declined_code = code.into();
        });
        shop.simulator.next(Ending::Never);
        let (button, over) = (shop.register.button(), AtomicBool::new(false));
        let until = |has_happened: &dyn Fn() -> bool| {
            while !has_happened() && !over.load(Ordering::SeqCst) {
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
        };
        let refused =
            || shop.simulator.requests().iter().any(|one| one.endpoint == "cancel" && one.status == Some(405));
        let outcome = std::thread::scope(|scope| {
            scope.spawn(|| {
                until(&|| shop.simulator.count("status") > 1);
                button.press();
                until(&refused);
                shop.simulator.screen(Screen::Decline);
            });
            let outcome = shop.register.try_pay("1", 12550);
            over.store(true, Ordering::SeqCst);
            told(outcome)
        });
        outcome.expect(Verdict::Declined, Some(Code::CancelledAtTerminal));
    });
}

/// It was heard, and the terminal's words for it are anybody's.
#[test]
fn wire_a_cancel_that_was_heard_is_ours_whatever_its_code() {
    each([None, Some("CANCELLED"), Some("CANCELED"), Some("EMV_USER_CANCEL"), Some("Declined")], |code| {
        let mut shop = Shop::with(|p| p.cancelled_code = code.map(Into::into));
        shop.simulator.next(Ending::Never);
        let button = shop.register.button();
        shop.register.host.on_cancel =
            Some(once(&shop.simulator, |terminal| terminal.count("status") > 1, move |_| button.press()));
        let outcome = shop.register.pay("1", 12550);
        outcome.expect(Verdict::Cancelled, None);
        assert!(outcome.is(Field::CancelAsked));
    });
}
