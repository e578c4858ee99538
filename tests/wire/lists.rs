//! `transactions` and `last_transaction`: what they prove of a sale that `status` and `result` know no more, and what they do not.

use comgate_simulator::{DeclinedCode, Ending, Lists, Screen};
use comgate_terminal::{Code, OutcomeField as Field, Verdict};
use support::register::{Request, each};

use super::shops::{PATHS, Shop, is, is_not, told};

/// Longer than the confirm's minute, and than the pause between two readings.
const LATER: i64 = 80;

/// Sale 1 is charged, the register knows nothing of its end, and the terminal has restarted: only its books know.
fn forgotten(path: &str, lists: Lists) -> Shop {
    let mut shop = Shop::under(path);
    shop.simulator.personality(|p| p.lists = lists);
    shop.sells("before", 9900, Screen::Tap).expect(Verdict::Approved, None);
    assert_eq!(shop.register.acknowledge("before"), 0);
    shop.sells_unread("1", 12550);
    shop.simulator.restart();
    shop
}

/// Named once it may still be taken back within its minute; named again later, it stands.
#[test]
fn wire_a_forgotten_sale_is_approved_when_the_list_names_it_again_later() {
    let rows = [Lists::OpenBatch, Lists::All].map(|lists| PATHS.map(|path| (path, lists))).concat();
    each(rows, |(path, lists)| {
        let mut shop = forgotten(path, lists);
        let told_first = shop.register.recover(true);
        told_first[0].expect(Verdict::Unknown, Some(Code::NotConfirmed));
        // At once it is no second reading.
        shop.register.recover(true)[0].expect(Verdict::Unknown, Some(Code::NotConfirmed));
        is(&told(shop.register.query("1")), Verdict::Unknown);
        let mut shop = shop.restarted_after(LATER);
        let told_then = shop.register.recover(true);
        is(&told_then[0], Verdict::Approved);
        assert_eq!(told_then[0].text(Field::SaleId), Some("1"));
        assert!(told_then[0].is(Field::Recovered));
        assert_eq!(shop.register.unresolved(), (0, 0));
        assert_eq!(shop.simulator.charges_kept().len(), 2);
    });
}

/// Query finds the same, and a person who says otherwise is told so.
#[test]
fn wire_a_forgotten_sale_is_found_by_query_and_before_a_person() {
    each(["query", "resolve", "pay"], |way| {
        let mut shop = forgotten(PATHS[0], Lists::OpenBatch);
        shop.register.recover(true);
        let shop = shop.restarted_after(LATER);
        match way {
            "query" => is(&told(shop.register.query("1")), Verdict::Approved),
            "resolve" => assert_ne!(shop.register.resolve("1", false, "no slip was found"), 0, "the terminal wins"),
            _ => is(&shop.register.pay("1", 12550), Verdict::Approved),
        }
        is(&told(shop.register.find("1")), Verdict::Approved);
        assert_eq!(shop.simulator.count("payment"), 2);
    });
}

/// Taken back between the two readings: the list does not name it any more, or names it as reversed.
#[test]
fn wire_a_forgotten_sale_that_was_taken_back_meanwhile_is_not_approved() {
    each([true, false], |closed| {
        let mut shop = forgotten(PATHS[0], Lists::OpenBatch);
        shop.register.recover(true);
        if closed {
            shop.simulator.close(comgate_simulator::ClosedBy::Menu).expect("nothing runs");
        } else {
            let id = shop.simulator.charges()[1].transaction_id.clone();
            // Somebody reverses it at the terminal's own menu.
            let request = serde_json::json!({ "transactionId": "by-hand", "originalTransactionId": id });
            support::by_hand::post(shop.simulator.address(), "reverse", serde_json::json!({ "request": request }));
            shop.simulator.screen(Screen::Yes);
            while !shop.simulator.charges()[1].reversed {
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
        }
        let mut shop = shop.restarted_after(LATER);
        shop.register.recover(true);
        let found = told(shop.register.find("1"));
        if closed {
            // It stands, in a batch that is closed, and `last_transaction` may still name it.
            shop.is_true(&found);
        } else {
            is(&found, Verdict::Unknown);
        }
    });
}

/// Not to be named proves nothing: a list can be empty, of another merchant, or behind.
#[test]
fn wire_not_to_be_named_by_a_list_proves_nothing() {
    let lists = [Lists::Empty, Lists::WithoutTheLast, Lists::Missing];
    each(lists.map(|lists| PATHS.map(|path| (path, lists))).concat(), |(path, lists)| {
        let mut shop = forgotten(path, lists);
        for _ in 0..2 {
            for outcome in shop.register.recover(true) {
                is(&outcome, Verdict::Unknown);
            }
            is(&told(shop.register.query("1")), Verdict::Unknown);
            shop = shop.restarted_after(LATER);
        }
        assert_eq!(shop.register.unresolved().0, 1);
        // The terminal knows nothing, so a person decides.
        assert_eq!(shop.register.resolve("1", true, "in the portal"), 0, "{}", shop.register.last_error());
    });
}

/// A terminal of several merchants tells each of them its own sales only.
#[test]
fn wire_a_list_of_another_merchant_proves_nothing() {
    let mut shop = Shop::with(|p| (p.lists, p.several_merchants) = (Lists::PerMerchant, true));
    shop.sells("before", 9900, Screen::Tap).expect(Verdict::Approved, None);
    shop.simulator.fault(comgate_simulator::Fault::always("result", comgate_simulator::FaultKind::BrokenJson));
    let request = Request::new(comgate_terminal::Kind::Payment.number(), "1");
    assert_eq!((request.set_amount(12550), request.set_daughter_company_id("1001")), (0, 0));
    shop.next(Screen::Tap);
    is(&told(shop.register.run(&request)), Verdict::Unknown);
    shop.simulator.clear_faults();
    shop.simulator.restart();
    for _ in 0..2 {
        for outcome in shop.register.recover(true) {
            is_not(&outcome, Verdict::Declined);
            is_not(&outcome, Verdict::NotStarted);
            shop.is_true(&outcome);
        }
        shop = shop.restarted_after(LATER);
    }
}

/// Absence counts beside a code not listed, in the call that saw the sale run, never later: not in recover, query or for a person.
#[test]
fn wire_absence_from_the_lists_counts_in_the_call_that_saw_it_run_only() {
    each([Screen::Decline, Screen::Tap], |act| {
        let mut shop = Shop::open();
        shop.sells("before", 9900, Screen::Tap).expect(Verdict::Approved, None);
        shop.simulator.personality(|p| {
            (p.declined_code, p.approved_code) = ("HOST_ERROR".into(), "HOST_ERROR".into());
            p.lists = Lists::Empty;
        });
        let outcome = shop.sells("1", 12550, act);
        outcome.expect(Verdict::Unknown, Some(Code::Unlisted));
        // Both lists name another sale now, and not this one.
        shop.simulator.personality(|p| p.lists = Lists::WithoutTheLast);
        for outcome in shop.register.recover(false) {
            is_not(&outcome, Verdict::Declined);
        }
        is_not(&told(shop.register.query("1")), Verdict::Declined);
    });
}

/// A list that leaves the last sale out is no proof against a charge beside a code that is not listed.
#[test]
fn wire_a_list_that_lags_behind_does_not_decline_a_charge() {
    each([Lists::Empty, Lists::PerMerchant, Lists::Missing], |lists| {
        let mut shop = Shop::with(|p| p.lists = lists);
        shop.sells("before", 9900, Screen::Tap).expect(Verdict::Approved, None);
        shop.simulator.personality(|p| {
            (p.approved_code, p.auth_code) = ("HOST_ERROR".into(), comgate_simulator::AuthCode::Missing);
        });
        let outcome = shop.sells("1", 12550, Screen::Tap);
        is(&outcome, Verdict::Unknown);
    });
}

/// They are asked once per handle where there are none.
#[test]
fn wire_lists_that_do_not_exist_are_asked_for_once() {
    let mut shop = forgotten(PATHS[0], Lists::Missing);
    for _ in 0..3 {
        shop.register.recover(true);
    }
    assert!(shop.simulator.count("transactions") <= 1 && shop.simulator.count("last_transaction") <= 1);
    assert!(shop.sent("transactions").iter().all(|body| body["secureString"] == "27924505"));
}

/// The last transaction may have been refused. That it names ours with an authorization code is no approval, whether its result can still
/// be read or not.
#[test]
fn wire_the_last_transaction_is_no_approval_by_being_the_last() {
    let codes = ["declined", "HOST_TIMEOUT", "DECLINED"];
    let rows =
        codes.map(|code| [false, true].map(|forgotten| PATHS.map(|path| (path, code, forgotten))).concat()).concat();
    each(rows, |(path, code, forgotten)| {
        let mut shop = Shop::under(path);
        shop.simulator.personality(|p| {
            p.declined_code = DeclinedCode(Some(code.into()));
            p.result_gone_after_ms = forgotten.then_some(0);
        });
        shop.simulator.next(Ending::DeclinedWithAuthCode);
        is(&shop.sells("1", 12550, Screen::Tap), Verdict::Unknown);
        for outcome in shop.register.recover(true) {
            is(&outcome, Verdict::Unknown);
        }
        is(&told(shop.register.query("1")), Verdict::Unknown);
        assert!(shop.simulator.charges().is_empty());
    });
}
