//! Refund, reversal and closing: what the terminal allows, what it says of them, and what is in the books afterwards.

mod plain;

use comgate_simulator::{
    BadReversal, BatchEcho, ClosedBy, EmptyBatch, Ending, Fault, FaultKind, Options, ReversalMarks, Simulator,
};
use plain::{Till, money, reversal};
use serde_json::{Value, json};

#[test]
fn wire_a_refund_gives_money_back_in_the_same_way_a_payment_takes_it() {
    let till = Till::new(|_| ());
    let result = till.refund("r", 4550);
    assert_eq!((&result["transactionType"], &result["responseCode"]), (&json!("REFUND"), &json!("OK")));
    assert_eq!((&result["amount"], &result["currency"]), (&json!(4550), &json!(203)));
    let refunds = till.simulator.refunds_kept();
    assert_eq!((refunds.len(), refunds[0].amount, refunds[0].confirmed), (1, 4550, true));
    assert!(till.simulator.charges().is_empty());
}

#[test]
fn wire_the_amount_chooses_the_ending_of_a_refund_too() {
    let till = Till::new(|_| ());
    assert_eq!(till.refund("declined", 4501)["responseCode"], "DECLINED");
    assert_eq!(till.refund("signature", 4504)["cvmTypeList"], json!(["SIGNATURE"]));
    assert_eq!(till.refund("voucher", 4507)["availableBalance"], 50_000);
    assert_eq!(till.refund("no tip", 4506)["tipAmount"], Value::Null);
    assert_eq!(till.simulator.refunds().iter().map(|refund| refund.tip).sum::<i64>(), 0);
    assert_eq!(till.simulator.refunds().len(), 3);
}

#[test]
fn wire_a_reversal_takes_a_payment_or_a_refund_back_once() {
    let till = Till::new(|_| ());
    till.pay("p", 12550);
    till.refund("r", 4550);
    let result = till.reverse("back", "p");
    assert_eq!((&result["transactionType"], &result["responseCode"]), (&json!("REVERSAL"), &json!("OK")));
    assert_eq!((&result["amount"], &result["reversal"]), (&json!(12550), &json!(true)));
    assert_eq!(till.about("result", "p")["isReversed"], true);
    assert_eq!(till.about("result", "r")["isReversed"], false);
    assert_eq!(till.reverse("back again", "p")["responseCode"], "REJECTED");
    assert_eq!(till.reverse("refund back", "r")["responseCode"], "OK");
    assert_eq!(till.reverse("reversal back", "back")["responseCode"], "REJECTED");
    assert!(till.simulator.charges_kept().is_empty() && till.simulator.refunds_kept().is_empty());
    let reversals = till.simulator.reversals();
    assert_eq!((reversals.len(), reversals[0].original_transaction_id.as_str()), (2, "p"));
    assert!(reversals.iter().all(|reversal| reversal.confirmed && !reversal.undone));
}

#[test]
fn wire_a_reversal_that_is_not_possible_is_answered_in_each_way() {
    let rows = [
        (BadReversal::Declined, 200, json!({ "transactionId": "x", "isStarted": true, "status": "Started" })),
        (
            BadReversal::NotStarted,
            200,
            json!({ "transactionId": "x", "isStarted": false, "status": "Original not found" }),
        ),
        (BadReversal::Http404, 404, json!({ "message": "Unknown transaction" })),
    ];
    for (manner, status, reply) in rows {
        let till = Till::new(|p| p.bad_reversal = manner);
        assert_eq!(till.start("reverse", &reversal("x", "nobody's")), (status, reply), "{manner:?}");
        assert!(till.simulator.reversals().is_empty());
    }
}

#[test]
fn wire_a_reversal_reports_the_tip_of_its_original() {
    let till = Till::new(|_| ());
    till.pay("p", 10_006);
    let result = till.reverse("back", "p");
    assert_eq!((&result["amount"], &result["tipAmount"]), (&json!(11_006), &json!(1000)));
    assert_eq!(till.simulator.reversals()[0].amount, 11_006);
}

#[test]
fn wire_a_reversal_without_an_amount_names_no_money_at_all() {
    let till = Till::new(|p| p.no_amount_on_reversals = true);
    till.pay("p", 10_006);
    let result = till.reverse("back", "p");
    assert!(["amount", "currency", "tipAmount"].iter().all(|name| result.get(name).is_none()), "{result}");
}

#[test]
fn wire_who_says_reversal_and_who_says_reversed_is_a_switch() {
    let rows = [
        (ReversalMarks::Each, [true, false, false, true]),
        (ReversalMarks::Crossed, [false, true, true, false]),
        (ReversalMarks::Original, [false, false, true, true]),
        (ReversalMarks::Reversal, [true, true, false, false]),
        (ReversalMarks::Neither, [false; 4]),
    ];
    for (manner, expected) in rows {
        let till = Till::new(|p| p.reversal_marks = manner);
        till.pay("p", 12550);
        let (reversal, original) = (till.reverse("back", "p"), till.about("result", "p"));
        let said = [&reversal["reversal"], &reversal["isReversed"], &original["reversal"], &original["isReversed"]];
        assert_eq!(said.map(|flag| flag == &json!(true)), expected, "{manner:?}");
    }
}

#[test]
fn wire_an_unconfirmed_reversal_may_be_taken_back_and_the_charge_stands_again() {
    let till = Till::new(|_| ());
    till.pay("p", 12550);
    till.unconfirmed("reverse", &reversal("back", "p"));
    assert!(till.simulator.charges_kept().is_empty());
    till.simulator.fault(Fault::once("status", FaultKind::UndoFirst));
    till.about("status", "back");
    assert_eq!(till.simulator.charges_kept().len(), 1);
    assert!(till.simulator.reversals()[0].undone);
    assert_eq!(till.about("confirm", "back")["isConfirmed"], false);
    assert_eq!(till.reverse("second", "p")["responseCode"], "OK");
    assert_eq!(till.about("confirm", "second")["isConfirmed"], true);
}

#[test]
fn wire_an_unconfirmed_refund_may_be_taken_back() {
    let till = Till::new(|p| p.reverses_unconfirmed_after_ms = Some(0));
    till.unconfirmed("refund", &money("r", 4550));
    assert_eq!(till.about("confirm", "r")["isConfirmed"], false);
    assert_eq!((till.simulator.refunds().len(), till.simulator.refunds_kept().len()), (1, 0));
}

#[test]
fn wire_a_closing_reports_the_batch_and_empties_it() {
    let till = Till::new(|_| ());
    till.pay("p1", 10_000);
    till.pay("p2", 20_006);
    till.pay("declined", 30_001);
    till.refund("r", 4_000);
    till.reverse("back", "p1");
    till.pay("undone by the terminal", 509);
    let totals = json!({ "batchNumber": 1, "shiftNumber": 1, "debitsCount": 2, "debitsAmount": 32_006, "creditsCount": 1,
        "creditsAmount": 4_000, "adjsCount": 1, "adjsAmount": 10_000 });
    let result = till.close("c");
    assert_eq!((&result["transactionType"], &result["responseCode"]), (&json!("CLOSING"), &json!("OK")));
    assert_eq!(result["batchTotals"], totals);
    assert!(result.get("amount").is_none() && result.get("pan").is_none());
    let closings = till.simulator.closings();
    assert_eq!((closings.len(), closings[0].by, closings[0].confirmed), (1, ClosedBy::Register, true));
    assert!(till.simulator.batch().is_empty());
    assert_eq!(till.close("again")["batchTotals"]["batchNumber"], 2);
}

#[test]
fn wire_the_adjustments_are_spelled_in_both_ways_or_the_totals_are_left_out() {
    for (manner, spelled) in [(BatchEcho::Adjs, Some("adjsCount")), (BatchEcho::Adsj, Some("adsjCount"))] {
        let totals = Till::new(|p| p.batch_echo = manner).close("c")["batchTotals"].clone();
        let found = ["adjsCount", "adsjCount"].into_iter().find(|name| totals.get(name).is_some());
        assert_eq!(found, spelled);
    }
    assert!(Till::new(|p| p.batch_echo = BatchEcho::Missing).close("c").get("batchTotals").is_none());
}

#[test]
fn wire_an_empty_batch_is_closed_declined_or_not_even_started() {
    let close = |manner| {
        let till = Till::new(|p| p.empty_batch = manner);
        let (_, reply) = till.start("closing", &json!({ "transactionId": "c" }));
        (reply["isStarted"] == true, till)
    };
    assert!(!close(EmptyBatch::NotStarted).0);
    for (manner, closings) in [(EmptyBatch::Zeros, 1), (EmptyBatch::Declined, 0)] {
        let (started, till) = close(manner);
        while till.about("status", "c")["status"] != "Finished" {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        assert_eq!((started, till.simulator.closings().len()), (true, closings), "{manner:?}");
    }
}

#[test]
fn wire_what_was_closed_cannot_be_reversed_whoever_closed_it() {
    let till = Till::new(|_| ());
    for by in ["menu", "schedule"] {
        till.pay(by, 12550);
        assert_eq!(till.control("POST", "/closing", &json!({ "by": by })), (200, json!({ "ok": true })));
        assert_eq!(till.reverse(&format!("{by} back"), by)["responseCode"], "REJECTED");
    }
    let by: Vec<_> =
        till.simulator.closings().iter().map(|closing| (closing.by, closing.totals.debits_count)).collect();
    assert_eq!(by, [(ClosedBy::Menu, 1), (ClosedBy::Schedule, 1)]);
    assert_eq!(till.simulator.charges_kept().len(), 2);
}

#[test]
fn wire_nobody_closes_a_terminal_while_it_is_used_nor_in_the_name_of_the_register() {
    let till = Till::new(|_| ());
    till.simulator.next(Ending::Never);
    till.start("payment", &money("p", 12550));
    for by in ["menu", "register"] {
        let (status, reply) = till.control("POST", "/closing", &json!({ "by": by }));
        assert!(status == 400 && reply["error"].is_string(), "{by}: {reply}");
    }
    assert_eq!(till.start("closing", &json!({ "transactionId": "c" })).1["isStarted"], false);
    assert!(till.simulator.closings().is_empty());
}

#[test]
fn wire_a_closing_may_clear_the_memory_of_the_terminal_but_for_itself() {
    let till = Till::new(|p| p.closing_forgets = true);
    till.pay("p", 12550);
    assert_eq!(till.close("c")["responseCode"], "OK");
    assert_eq!(till.about("result", "c")["responseCode"], "OK");
    assert_eq!(till.about("result", "p"), json!({ "message": "Unknown transaction" }));
}

#[test]
fn wire_every_operation_is_told_its_ending_over_the_control_api_and_can_lose_its_replies() {
    let till = Till::new(|_| ());
    till.pay("p", 12550);
    for (endpoint, request) in [("reverse", reversal("back", "p")), ("closing", json!({ "transactionId": "c" }))] {
        till.control("POST", "/next", &json!({ "ending": "declined" }));
        assert_eq!(till.run(endpoint, &request)["responseCode"], "DECLINED");
    }
    assert!(till.simulator.reversals().is_empty() && till.simulator.closings().is_empty());
    till.simulator.next(Ending::ResultReplyLost);
    till.start("refund", &money("r", 100));
    assert!(till.control("GET", "/state", &Value::Null).1["faults"].to_string().contains("lose-reply"));
}

#[test]
fn wire_what_is_missing_in_a_start_is_named() {
    let till = Till::new(|_| ());
    for (endpoint, request) in [("refund", reversal("x", "p")), ("reverse", money("x", 1)), ("closing", json!({}))] {
        let (status, reply) = till.start(endpoint, &request);
        assert!(status == 400 && reply["message"].to_string().contains("needed"), "{endpoint}: {reply}");
    }
}

#[test]
fn wire_the_books_survive_the_end_of_the_program_and_those_of_an_older_one_are_read() {
    let file = std::env::temp_dir().join(format!("comgate-simulator-{}.json", std::process::id()));
    let old = r#"[{"transaction_id":"old","amount":700,"currency":203,"confirmed":true,"reversed":false}]"#;
    std::fs::write(&file, old).expect("written");
    let till = || {
        let options = Options { ledger: Some(file.clone()), ..Options::default() };
        Till { simulator: Simulator::start(options).expect("a free port"), base: "/paya" }
    };
    let first = till();
    assert_eq!(first.simulator.batch().debits_amount, 700);
    first.refund("r", 4550);
    first.reverse("back", "old");
    first.close("c");
    let (refunds, reversals, closings) =
        (first.simulator.refunds(), first.simulator.reversals(), first.simulator.closings());
    drop(first);
    let second = till();
    assert_eq!((second.simulator.refunds(), second.simulator.reversals()), (refunds, reversals));
    assert_eq!(second.simulator.closings(), closings);
    assert_eq!(second.reverse("back again", "r")["responseCode"], "REJECTED");
    std::fs::remove_file(file).expect("it was there");
}

#[test]
fn wire_the_control_api_shows_the_books() {
    let till = Till::new(|_| ());
    till.pay("p", 12550);
    till.refund("r", 4550);
    till.reverse("back", "p");
    let state = till.control("GET", "/state", &Value::Null).1;
    assert_eq!(state["refunds"][0]["transaction_id"], "r");
    assert_eq!(state["reversals"][0]["original_transaction_id"], "p");
    assert_eq!((&state["batch"]["number"], &state["batch"]["debits_count"]), (&json!(1), &json!(1)));
    assert_eq!((&state["charges_kept"], &state["closings"]), (&json!(0), &json!([])));
}

#[test]
fn wire_a_signature_that_is_rejected_a_tip_and_a_voucher_are_taken_back_like_any_payment() {
    let till = Till::new(|_| ());
    assert_eq!(till.pay("signed", 10_004)["cvmTypeList"], json!(["SIGNATURE"]));
    assert_eq!(till.pay("voucher", 10_007)["availableBalance"], 50_000);
    let tipped = till.pay("tipped", 10_006);
    assert_eq!((&tipped["amount"], &tipped["tipAmount"]), (&json!(11_006), &json!(1000)));
    for id in ["signed", "voucher", "tipped"] {
        let result = till.reverse(&format!("{id} back"), id);
        assert_eq!((&result["responseCode"], &result["cvmTypeList"]), (&json!("OK"), &json!(["NO_CVM"])), "{id}");
    }
    assert!(till.simulator.charges_kept().is_empty());
    assert_eq!(till.simulator.batch().adjustments_amount, 10_004 + 10_007 + 11_006);
}
