//! Refund, reversal and closing: what the terminal allows, what it says of them, and what is in the books afterwards.

mod plain;

use comgate_simulator::{
    BadReversal, BatchEcho, ClosedBy, ConfirmRefusal, Edition, EmptyBatch, Ending, Fault, FaultKind, NeedlessConfirm,
    Options, Personality, ReversalMarks, ReversalReach, Simulator, Totals,
};
use plain::{Till, in_each_edition, money, reversal, words};
use serde_json::{Value, json};

/// A terminal that reverses whatever is open, and declines a reversal that it cannot do.
fn reverses_any(personality: &mut Personality) {
    personality.reversal_reach = ReversalReach::Open;
    personality.bad_reversal = BadReversal::Declined;
}

#[test]
fn wire_a_refund_gives_money_back_in_the_same_way_a_payment_takes_it() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        let result = till.refund("r", 4550);
        assert_eq!(
            (&result["transactionType"], &result["responseCode"]),
            (&json!(words(edition).refund), &json!("OK"))
        );
        assert_eq!((&result["amount"], &result["currency"]), (&json!(4550), &json!(203)));
        let refunds = till.simulator.refunds_kept();
        assert_eq!((refunds.len(), refunds[0].amount, refunds[0].confirmed), (1, 4550, true));
        assert!(till.simulator.charges().is_empty());
    });
}

#[test]
fn wire_the_amount_chooses_the_ending_of_a_refund_too() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        assert_eq!(till.refund("declined", 4501)["responseCode"], words(edition).declined);
        assert_eq!(till.refund("signature", 4504)["cvmTypeList"], json!(["SIGNATURE"]));
        assert_eq!(till.refund("voucher", 4507)["availableBalance"], 50_000);
        assert_eq!(till.refund("no tip", 4506)["tipAmount"], Value::Null);
        assert_eq!(till.simulator.refunds().iter().map(|refund| refund.tip).sum::<i64>(), 0);
        assert_eq!(till.simulator.refunds().len(), 3);
    });
}

#[test]
fn wire_a_reversal_takes_a_payment_or_a_refund_back_once() {
    in_each_edition(|edition| {
        let till = Till::of(edition, reverses_any);
        till.pay("p", 12550);
        till.refund("r", 4550);
        let result = till.reverse("back", "p");
        assert_eq!(
            (&result["transactionType"], &result["responseCode"]),
            (&json!(words(edition).reversal), &json!("OK"))
        );
        assert_eq!((&result["amount"], &result["reversal"]), (&json!(12550), &json!(true)));
        assert_eq!(till.about("result", "p")["isReversed"], true);
        assert_eq!(till.about("result", "r")["isReversed"], false);
        assert_eq!(till.reverse("back again", "p")["responseCode"], words(edition).rejected);
        assert_eq!(till.reverse("refund back", "r")["responseCode"], "OK");
        assert_eq!(till.reverse("reversal back", "back")["responseCode"], words(edition).rejected);
        assert!(till.simulator.charges_kept().is_empty() && till.simulator.refunds_kept().is_empty());
        let reversals = till.simulator.reversals();
        assert_eq!((reversals.len(), reversals[0].original_transaction_id.as_str()), (2, "p"));
        assert!(
            reversals.iter().all(|reversal| reversal.confirmed == (edition == Edition::Before) && !reversal.undone)
        );
    });
}

#[test]
fn wire_a_reversal_that_is_not_possible_is_answered_in_each_way() {
    in_each_edition(|edition| {
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
            let till = Till::of(edition, |p| p.bad_reversal = manner);
            assert_eq!(till.start("reverse", &reversal("x", "nobody's")), (status, reply), "{manner:?}");
            assert!(till.simulator.reversals().is_empty());
        }
    });
}

#[test]
fn wire_a_reversal_reports_the_tip_of_its_original() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        till.pay("p", 10_006);
        let result = till.reverse("back", "p");
        assert_eq!((&result["amount"], &result["tipAmount"]), (&json!(11_006), &json!(1000)));
        assert_eq!(till.simulator.reversals()[0].amount, 11_006);
    });
}

#[test]
fn wire_a_reversal_without_an_amount_names_no_money_at_all() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| p.no_amount_on_reversals = true);
        till.pay("p", 10_006);
        let result = till.reverse("back", "p");
        assert!(["amount", "currency", "tipAmount"].iter().all(|name| result.get(name).is_none()), "{result}");
    });
}

#[test]
fn wire_who_says_reversal_and_who_says_reversed_is_a_switch() {
    in_each_edition(|edition| {
        let rows = [
            (ReversalMarks::Each, [true, false, false, true]),
            (ReversalMarks::Crossed, [false, true, true, false]),
            (ReversalMarks::Original, [false, false, true, true]),
            (ReversalMarks::Reversal, [true, true, false, false]),
            (ReversalMarks::Neither, [false; 4]),
        ];
        for (manner, expected) in rows {
            let till = Till::of(edition, |p| p.reversal_marks = manner);
            till.pay("p", 12550);
            let (reversal, original) = (till.reverse("back", "p"), till.about("result", "p"));
            let said = [&reversal["reversal"], &reversal["isReversed"], &original["reversal"], &original["isReversed"]];
            assert_eq!(said.map(|flag| flag == &json!(true)), expected, "{manner:?}");
        }
    });
}

#[test]
fn wire_an_unconfirmed_reversal_may_be_taken_back_and_the_charge_stands_again() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| {
            (p.reversal_stands_unconfirmed, p.needless_confirm) = (false, NeedlessConfirm::Confirms);
            p.confirm_refusal = ConfirmRefusal::False;
        });
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
    });
}

#[test]
fn wire_an_unconfirmed_refund_may_be_taken_back() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| {
            (p.reverses_unconfirmed_after_ms, p.confirm_refusal) = (Some(0), ConfirmRefusal::False);
        });
        till.unconfirmed("refund", &money("r", 4550));
        assert_eq!(till.about("confirm", "r")["isConfirmed"], false);
        assert_eq!((till.simulator.refunds().len(), till.simulator.refunds_kept().len()), (1, 0));
    });
}

#[test]
fn wire_a_closing_reports_the_batch_and_empties_it() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| {
            reverses_any(p);
            p.totals = Totals::Minor;
        });
        till.pay("p1", 10_000);
        till.pay("p2", 20_006);
        till.pay("declined", 30_001);
        till.refund("r", 4_000);
        till.reverse("back", "p1");
        till.pay("undone by the terminal", 509);
        let totals = json!({ "batchNumber": 1, "shiftNumber": 1, "debitsCount": 2, "debitsAmount": 32_006, "creditsCount": 1,
        "creditsAmount": 4_000, "adjsCount": 1, "adjsAmount": 10_000 });
        let result = till.close("c");
        assert_eq!(
            (&result["transactionType"], &result["responseCode"]),
            (&json!(words(edition).closing), &json!("OK"))
        );
        assert_eq!(result["batchTotals"], totals);
        assert!(result.get("amount").is_none() && result.get("pan").is_none());
        let closings = till.simulator.closings();
        assert_eq!(
            (closings.len(), closings[0].by, closings[0].confirmed),
            (1, ClosedBy::Register, edition == Edition::Before)
        );
        assert!(till.simulator.batch().is_empty());
        assert_eq!(till.close("again")["batchTotals"]["batchNumber"], 2);
    });
}

#[test]
fn wire_the_adjustments_are_spelled_in_both_ways_or_the_totals_are_left_out() {
    in_each_edition(|edition| {
        for (manner, spelled) in [(BatchEcho::Adjs, Some("adjsCount")), (BatchEcho::Adsj, Some("adsjCount"))] {
            let totals = Till::of(edition, |p| p.batch_echo = manner).close("c")["batchTotals"].clone();
            let found = ["adjsCount", "adsjCount"].into_iter().find(|name| totals.get(name).is_some());
            assert_eq!(found, spelled);
        }
        assert!(Till::of(edition, |p| p.batch_echo = BatchEcho::Missing).close("c").get("batchTotals").is_none());
    });
}

#[test]
fn wire_an_empty_batch_is_closed_declined_or_not_even_started() {
    in_each_edition(|edition| {
        let close = |manner| {
            let till = Till::of(edition, |p| p.empty_batch = manner);
            let (_, reply) = till.start("closing", &json!({ "transactionId": "c" }));
            (reply["isStarted"] == true, till)
        };
        assert!(!close(EmptyBatch::NotStarted).0);
        for (manner, closings) in [(EmptyBatch::Zeros, 1), (EmptyBatch::Declined, 0)] {
            let (started, till) = close(manner);
            till.finished("c");
            assert_eq!((started, till.simulator.closings().len()), (true, closings), "{manner:?}");
        }
    });
}

#[test]
fn wire_what_was_closed_cannot_be_reversed_whoever_closed_it() {
    in_each_edition(|edition| {
        let till = Till::of(edition, reverses_any);
        for by in ["menu", "schedule"] {
            till.pay(by, 12550);
            assert_eq!(till.control("POST", "/closing", &json!({ "by": by })), (200, json!({ "ok": true })));
            assert_eq!(till.reverse(&format!("{by} back"), by)["responseCode"], words(edition).rejected);
        }
        let by: Vec<_> =
            till.simulator.closings().iter().map(|closing| (closing.by, closing.totals.debits_count)).collect();
        assert_eq!(by, [(ClosedBy::Menu, 1), (ClosedBy::Schedule, 1)]);
        assert_eq!(till.simulator.charges_kept().len(), 2);
    });
}

#[test]
fn wire_nobody_closes_a_terminal_while_it_is_used_nor_in_the_name_of_the_register() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        till.simulator.next(Ending::Never);
        till.start("payment", &money("p", 12550));
        for by in ["menu", "register"] {
            let (status, reply) = till.control("POST", "/closing", &json!({ "by": by }));
            assert!(status == 400 && reply["error"].is_string(), "{by}: {reply}");
        }
        assert_eq!(till.start("closing", &json!({ "transactionId": "c" })).1["isStarted"], false);
        assert!(till.simulator.closings().is_empty());
    });
}

#[test]
fn wire_a_closing_may_clear_the_memory_of_the_terminal_but_for_itself() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| p.closing_forgets = true);
        till.pay("p", 12550);
        assert_eq!(till.close("c")["responseCode"], "OK");
        assert_eq!(till.about("result", "c")["responseCode"], "OK");
        assert_eq!(till.about("result", "p"), json!({ "message": "Unknown transaction" }));
    });
}

#[test]
fn wire_every_operation_is_told_its_ending_over_the_control_api_and_can_lose_its_replies() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        till.pay("p", 12550);
        for (endpoint, request) in [("reverse", reversal("back", "p")), ("closing", json!({ "transactionId": "c" }))] {
            till.control("POST", "/next", &json!({ "ending": "declined" }));
            assert_eq!(till.run(endpoint, &request)["responseCode"], words(edition).declined);
        }
        assert!(till.simulator.reversals().is_empty() && till.simulator.closings().is_empty());
        till.simulator.next(Ending::ResultReplyLost);
        till.start("refund", &money("r", 100));
        assert!(till.control("GET", "/state", &Value::Null).1["faults"].to_string().contains("lose-reply"));
    });
}

#[test]
fn wire_what_is_missing_in_a_start_is_named() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        for (endpoint, request) in [("refund", reversal("x", "p")), ("reverse", money("x", 1)), ("closing", json!({}))]
        {
            let (status, reply) = till.start(endpoint, &request);
            assert!(status == 400 && reply["message"].to_string().contains("needed"), "{endpoint}: {reply}");
        }
    });
}

#[test]
fn wire_the_books_survive_the_end_of_the_program_and_those_of_an_older_one_are_read() {
    in_each_edition(|edition| {
        let file = std::env::temp_dir().join(format!("comgate-simulator-{}.json", std::process::id()));
        let old = r#"[{"transaction_id":"old","amount":700,"currency":203,"confirmed":true,"reversed":false}]"#;
        std::fs::write(&file, old).expect("written");
        let till = || {
            let options = Options { ledger: Some(file.clone()), edition, ..Options::default() };
            let simulator = Simulator::start(options).expect("a free port");
            simulator.personality(reverses_any);
            Till { simulator, base: "/paya" }
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
        assert_eq!(second.reverse("back again", "r")["responseCode"], words(edition).rejected);
        std::fs::remove_file(file).expect("it was there");
    });
}

#[test]
fn wire_the_control_api_shows_the_books() {
    in_each_edition(|edition| {
        let till = Till::of(edition, reverses_any);
        till.pay("p", 12550);
        till.refund("r", 4550);
        till.reverse("back", "p");
        let state = till.control("GET", "/state", &Value::Null).1;
        assert_eq!(state["refunds"][0]["transaction_id"], "r");
        assert_eq!(state["reversals"][0]["original_transaction_id"], "p");
        assert_eq!((&state["batch"]["number"], &state["batch"]["debits_count"]), (&json!(1), &json!(1)));
        assert_eq!((&state["charges_kept"], &state["closings"]), (&json!(0), &json!([])));
    });
}

#[test]
fn wire_a_signature_that_is_rejected_a_tip_and_a_voucher_are_taken_back_like_any_payment() {
    in_each_edition(|edition| {
        let till = Till::of(edition, reverses_any);
        assert_eq!(till.pay("signed", 10_004)["cvmTypeList"], json!(["SIGNATURE"]));
        assert_eq!(till.pay("voucher", 10_007)["availableBalance"], 50_000);
        let tipped = till.pay("tipped", 10_006);
        assert_eq!((&tipped["amount"], &tipped["tipAmount"]), (&json!(11_006), &json!(1000)));
        for id in ["signed", "voucher", "tipped"] {
            let result = till.reverse(&format!("{id} back"), id);
            assert_eq!(
                (&result["responseCode"], &result["cvmTypeList"]),
                (&json!("OK"), &json!([words(edition).no_cvm])),
                "{id}"
            );
        }
        assert!(till.simulator.charges_kept().is_empty());
        assert_eq!(till.simulator.batch().adjustments_amount, 10_004 + 10_007 + 11_006);
    });
}
