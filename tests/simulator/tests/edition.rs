//! What edition 1.5 of the protocol's document says, each on its own: a terminal that speaks it does so, and one from before does not.

mod plain;

use std::time::Duration;

use comgate_simulator::{
    CancelReply, CancelWorks, ConfirmSpelling, CvmWords, Edition, EmvData, Ending, IsOnline, Lists, MinuteBegins,
    NeedlessConfirm, Pace, Personality, ReversalReach, Screen, StatusLanguage, TerminalTime, TimeFormat, Totals,
};
use plain::{Till, in_each_edition, money, reversal};
use serde_json::{Value, json};

const V2: &str = "/api/switchio/pay/v2";

/// A terminal of edition 1.5 with one change.
fn till(change: impl FnOnce(&mut Personality)) -> Till {
    Till::of(Edition::V1_5, change)
}

/// Waits until the terminal has taken back what nobody confirmed.
fn taken_back(till: &Till) {
    plain::until("the charge to be taken back", || till.simulator.charges_kept().is_empty());
}

#[test]
fn wire_each_sale_has_its_own_code_number_card_and_time() {
    let sales = |change: fn(&mut Personality)| {
        let till = till(change);
        ["a", "b", "c"].map(|id| till.pay(id, 12550))
    };
    let names = ["authCode", "sequenceNumber", "pan", "dateTimeTerminal"];
    let own = sales(|_| ());
    for name in names {
        assert!(own[0][name] != own[1][name] && own[1][name] != own[2][name] && own[0][name] != own[2][name], "{name}");
    }
    let same: [fn(&mut Personality); 4] = [
        |p| p.own_auth_code = false,
        |p| p.own_sequence_number = false,
        |p| p.own_card = false,
        |p| p.own_time = false,
    ];
    for (name, change) in names.into_iter().zip(same) {
        let sales = sales(change);
        assert!(sales[0][name] == sales[1][name] && sales[1][name] == sales[2][name], "{name}");
        let other = names.into_iter().find(|other| *other != name).expect("there are several");
        assert_ne!(sales[0][other], sales[1][other], "and nothing else is the same");
    }
}

#[test]
fn wire_a_reversal_names_the_card_of_its_original_and_a_number_of_its_own() {
    let till = till(|_| ());
    let sale = till.pay("p", 12550);
    let back = till.reverse("back", "p");
    assert_eq!((&back["pan"], &back["reversal"]), (&sale["pan"], &json!(true)));
    assert_ne!(back["sequenceNumber"], sale["sequenceNumber"]);
}

/// A ledger tells a terminal which codes were used: after a power cut it does not begin anew.
#[test]
fn wire_codes_go_on_where_they_were_after_a_power_cut() {
    let file = std::env::temp_dir().join(format!("comgate-simulator-codes-{}.json", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let pay = |id: &str| {
        let ledger = Some(file.clone());
        let options = comgate_simulator::Options { ledger, edition: Edition::V1_5, ..Default::default() };
        let till =
            Till { simulator: comgate_simulator::Simulator::start(options).expect("a free port"), base: "/paya" };
        let result = till.pay(id, 12550);
        (result, till.post("transactions", &json!({ "secureString": "27924505" })).1)
    };
    let ((first, _), (second, list)) = (pay("a"), pay("b"));
    for name in ["authCode", "sequenceNumber", "pan", "dateTimeTerminal"] {
        assert_ne!(first[name], second[name], "{name}");
    }
    assert_eq!(
        (list[0]["authCode"].clone(), list[1]["authCode"].clone()),
        (first["authCode"].clone(), second["authCode"].clone())
    );
    std::fs::remove_file(file).expect("it was there");
}

#[test]
fn wire_an_inserted_card_with_a_pin_says_so_in_both_editions() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        let pin = if edition == Edition::Before { "ONLINE_PIN" } else { "PIN_ONLINE" };
        let result = till.pay("pin", 12505);
        assert_eq!((&result["cardInputType"], &result["cvmTypeList"]), (&json!("CONTACT"), &json!([pin])));
        let tapped = till.pay("tap", 12550);
        assert_eq!(tapped["cardInputType"], "CLESS");
        till.simulator.personality(|p| p.cvm_words = CvmWords::Common);
        assert_eq!(till.about("result", "pin")["cvmTypeList"], json!(["ONLINE_PIN"]));
    });
}

#[test]
fn wire_status_says_codes_for_each_stage_of_a_sale() {
    let till = till(|_| ());
    till.simulator.pace(Pace { waiting_ms: 120, pin_ms: 120, authorizing_ms: 480, ..Pace::quick() });
    till.start("payment", &money("p", 12505));
    let mut seen: Vec<String> = Vec::new();
    while seen.last().is_none_or(|last| last != "Finished") {
        let word = till.about("status", "p")["status"].as_str().expect("a text").to_owned();
        if seen.last() != Some(&word) {
            seen.push(word);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let all = ["WaitForCard", "WaitForPin", "Connecting", "Connected", "Sending", "Receiving", "Finished"];
    // A machine that is busy may sleep over a stage, but never shows two in another order.
    let places: Vec<_> = seen.iter().map(|word| all.iter().position(|one| one == word).expect(word)).collect();
    assert!(places.is_sorted() && seen.first().is_some_and(|word| word == "WaitForCard"), "{seen:?}");
    till.simulator.personality(|p| p.status_language = StatusLanguage::Czech);
    till.start("payment", &money("czech", 12550));
    assert_eq!(till.about("status", "czech")["status"], "Přiložte kartu");
}

#[test]
fn wire_starts_are_answered_202_while_busy_and_400_to_a_used_id() {
    let till = till(|_| ());
    till.pay("used", 12550);
    assert_eq!(till.start("payment", &money("used", 12550)).0, 400);
    till.simulator.next(Ending::Never);
    assert_eq!(till.start("payment", &money("p", 12550)).0, 200);
    let (status, reply) = till.start("payment", &money("q", 12550));
    assert_eq!((status, &reply["isStarted"]), (202, &json!(false)));
    assert!(reply["status"].is_string());
    assert_eq!(till.simulator.charges().len(), 1);
}

#[test]
fn wire_a_wrong_secret_is_401_and_an_unknown_id_404_in_json() {
    let till = till(|_| ());
    let ask = |secret: &str| till.post("status", &json!({ "secureString": secret, "transactionId": "nobody's" }));
    assert_eq!(ask("wrong").0, 401);
    let (status, reply) = ask("27924505");
    assert!(status == 404 && reply["message"].is_string(), "{reply}");
    let (status, reply) = till.start("reverse", &reversal("x", "nobody's"));
    assert!(status == 404 && reply["message"].is_string(), "{reply}");
}

#[test]
fn wire_a_cancel_is_200_while_a_card_is_awaited_405_later_and_404_for_nobody() {
    let cancel =
        |till: &Till, id: &str| till.post("cancel", &json!({ "secureString": "27924505", "transactionId": id }));
    let till = till(|_| ());
    till.simulator.pace(Pace { waiting_ms: 600_000, ..Pace::quick() });
    till.start("payment", &money("early", 12550));
    let (status, reply) = cancel(&till, "early");
    assert!(status == 200 && reply["message"].is_string(), "{reply}");
    till.finished("early");
    assert_eq!(till.about("result", "early")["responseCode"], "CANCELLED");
    till.simulator.pace(Pace { waiting_ms: 0, pin_ms: 600_000, ..Pace::quick() });
    till.start("payment", &money("pin", 12505));
    assert_eq!(cancel(&till, "pin").0, 405);
    assert_eq!(cancel(&till, "nobody's").0, 404);
    till.simulator.personality(|p| p.cancel_works = CancelWorks::CardOrPin);
    assert_eq!(cancel(&till, "pin").0, 200);
    till.simulator.pace(Pace { waiting_ms: 0, authorizing_ms: 600_000, ..Pace::quick() });
    till.start("payment", &money("bank", 12550));
    assert_eq!(cancel(&till, "bank").0, 405);
    till.simulator.personality(|p| (p.cancel_works, p.cancel_reply) = (CancelWorks::Running, CancelReply::Truth));
    assert_eq!(cancel(&till, "bank").1["isCancelled"], true);
}

/// What nobody confirms within the minute is taken back, and the result says so; the minute of a test is short.
#[test]
fn wire_without_a_confirm_within_the_minute_the_sale_is_taken_back() {
    for begins in [MinuteBegins::End, MinuteBegins::Result, MinuteBegins::Start] {
        let till = till(|p| p.minute_begins = begins);
        till.simulator.pace(Pace { confirm_ms: 1, ..Pace::quick() });
        till.unconfirmed("payment", &money("p", 12550));
        taken_back(&till);
        let result = till.about("result", "p");
        assert_eq!((&result["responseCode"], &result["isReversed"]), (&json!("OK"), &json!(true)), "{begins:?}");
        let (status, reply) =
            till.post("confirm", &json!({ "secureString": "27924505", "transactionId": "p", "confirm": true }));
        assert!(status == 404 && reply["message"].is_string(), "{reply}");
    }
    let unread = till(|p| p.minute_begins = MinuteBegins::Result);
    unread.simulator.pace(Pace { confirm_ms: 1, ..Pace::quick() });
    unread.start("payment", &money("p", 12550));
    unread.finished("p");
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(unread.simulator.charges_kept().len(), 1, "nobody has read the result");
}

#[test]
fn wire_what_was_confirmed_in_time_stands() {
    let till = till(|_| ());
    assert_eq!(till.pay("p", 12550)["responseCode"], "OK");
    till.simulator.pace(Pace { confirm_ms: 0, ..Pace::quick() });
    assert_eq!(till.about("result", "p")["isReversed"], false);
    assert_eq!(till.simulator.charges_kept().len(), 1);
}

#[test]
fn wire_a_reversal_and_a_closing_stand_without_a_confirm_and_refuse_one() {
    for (manner, status) in
        [(NeedlessConfirm::Http404, 404), (NeedlessConfirm::Http405, 405), (NeedlessConfirm::False, 200)]
    {
        let till = till(|p| p.needless_confirm = manner);
        till.pay("p", 12550);
        till.unconfirmed("reverse", &reversal("back", "p"));
        till.simulator.pace(Pace { confirm_ms: 0, ..Pace::quick() });
        assert!(till.simulator.charges_kept().is_empty());
        till.start("closing", &json!({ "transactionId": "c" }));
        till.finished("c");
        for id in ["back", "c"] {
            let body = json!({ "secureString": "27924505", "transactionId": id, "confirm": true });
            let (said, reply) = till.post("confirm", &body);
            assert_eq!((said, reply["isConfirmed"] == true), (status, false), "{id} {reply}");
        }
        assert_eq!((till.simulator.reversals()[0].undone, till.simulator.closings().len()), (false, 1));
    }
}

#[test]
fn wire_a_confirm_before_the_end_or_without_its_field_confirms_nothing() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        till.simulator.pace(Pace { waiting_ms: 600_000, ..Pace::quick() });
        till.start("payment", &money("p", 12550));
        assert_ne!(till.about("confirm", "p")["isConfirmed"], true, "it still runs");
        till.simulator.screen(Screen::Tap);
        till.finished("p");
        till.post("confirm", &json!({ "secureString": "27924505", "transactionId": "p" }));
        assert!(!till.simulator.charges()[0].confirmed, "there was no field confirm");
        till.about("confirm", "p");
        assert!(till.simulator.charges()[0].confirmed);
    });
}

#[test]
fn wire_a_rejecting_confirm_takes_the_sale_back_where_it_does_so() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        till.unconfirmed("payment", &money("p", 12550));
        till.post("confirm", &json!({ "secureString": "27924505", "transactionId": "p", "confirm": false }));
        assert_eq!(till.simulator.charges_kept().is_empty(), edition == Edition::V1_5);
    });
}

#[test]
fn wire_is_confirmed_is_spelled_in_each_way() {
    for (manner, long, short) in [
        (ConfirmSpelling::IsConfirmed, json!(true), Value::Null),
        (ConfirmSpelling::IsConfirm, Value::Null, json!(true)),
        (ConfirmSpelling::Both, json!(true), json!(true)),
    ] {
        let till = till(|p| p.confirm_spelling = manner);
        till.unconfirmed("payment", &money("p", 12550));
        let reply = till.about("confirm", "p");
        assert_eq!((&reply["isConfirmed"], &reply["isConfirm"]), (&long, &short), "{manner:?}");
    }
}

#[test]
fn wire_only_the_last_payment_is_reversed_and_another_one_is_not_found() {
    let till = till(|_| ());
    till.pay("first", 12550);
    till.pay("last", 4550);
    let (status, reply) = till.start("reverse", &reversal("x", "first"));
    assert!(status == 404 && reply["message"].is_string(), "{reply}");
    assert_eq!(till.reverse("back", "last")["responseCode"], "OK");
    assert_eq!(till.start("reverse", &reversal("again", "last")).0, 404, "it is reversed already");
    assert_eq!(till.start("reverse", &reversal("y", "first")).0, 404, "the last payment is still the last one");
    assert_eq!(till.simulator.charges_kept().len(), 1);
}

#[test]
fn wire_a_reversal_may_take_back_the_last_sale_instead_of_the_one_that_was_named() {
    let till = till(|p| p.reversal_reach = ReversalReach::LastInstead);
    let first = till.pay("first", 12550);
    let last = till.pay("last", 12550);
    let back = till.reverse("back", "first");
    assert_eq!((&back["responseCode"], &back["pan"]), (&json!("OK"), &last["pan"]));
    assert_ne!(back["pan"], first["pan"]);
    let kept = till.simulator.charges_kept();
    assert_eq!((kept.len(), kept[0].transaction_id.as_str()), (1, "first"));
    assert_eq!(till.start("reverse", &reversal("x", "nobody's")).0, 404);
}

#[test]
fn wire_a_reversal_waits_for_yes_and_no_ends_it() {
    for (button, code) in [("yes", "OK"), ("no", "EMV_USER_CANCEL")] {
        let till = till(|_| ());
        till.pay("p", 12550);
        till.simulator.pace(Pace { yes_ms: 600_000, ..Pace::quick() });
        till.start("reverse", &reversal("back", "p"));
        assert_eq!(till.about("status", "back")["status"], "Connecting");
        assert_eq!(till.control("GET", "/state", &Value::Null).1["screen"], "Stornovat? ANO / NE");
        assert_eq!(till.control("POST", "/screen", &json!({ "action": button })).0, 200);
        till.finished("back");
        assert_eq!(till.about("result", "back")["responseCode"], code);
        assert_eq!(till.simulator.charges_kept().is_empty(), button == "yes");
    }
    let at_once = till(|p| p.reversal_waits_for_yes = false);
    at_once.pay("p", 12550);
    at_once.simulator.pace(Pace { yes_ms: 600_000, ..Pace::quick() });
    assert_eq!(at_once.reverse("back", "p")["responseCode"], "OK");
}

/// The bytes, because a JSON reader does not tell `0.00` from `0`.
#[test]
fn wire_a_closing_has_no_id_and_writes_its_totals_in_each_way() {
    for (manner, debits, credits) in [
        (Totals::Decimals, "\"debitsAmount\":125.50", "\"creditsAmount\":0.00"),
        (Totals::DecimalText, "\"debitsAmount\":\"125.50\"", "\"creditsAmount\":\"0.00\""),
        (Totals::MinorDecimals, "\"debitsAmount\":12550.00", "\"creditsAmount\":0.00"),
        (Totals::Minor, "\"debitsAmount\":12550", "\"creditsAmount\":0"),
    ] {
        let till = till(|p| p.totals = manner);
        till.pay("p", 12550);
        till.close("c");
        let body = json!({ "secureString": "27924505", "transactionId": "c" }).to_string();
        let (_, text) = plain::ask(till.simulator.address(), "POST", "/paya/result", &body);
        assert!(
            text.contains(debits) && text.contains(credits) && !text.contains("transactionId"),
            "{manner:?}: {text}"
        );
        till.simulator.personality(|p| p.closing_without_id = false);
        assert_eq!(till.about("result", "c")["transactionId"], "c");
    }
}

#[test]
fn wire_lists_tell_what_was_successful_or_lie_about_it() {
    let listed = |till: &Till| {
        let reply = till.post("transactions", &json!({ "secureString": "27924505" })).1;
        let names = reply
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| one["transactionId"].as_str().expect("an id").to_owned());
        names.collect::<Vec<_>>()
    };
    let last = |till: &Till| till.post("last_transaction", &json!({ "secureString": "27924505" }));
    let till = till(|_| ());
    assert_eq!((listed(&till).len(), last(&till).0), (0, 404));
    till.pay("closed", 12550);
    till.close("c");
    till.pay("p", 12550);
    till.pay("declined", 12501);
    let mut sale = money("q", 4550);
    sale["daughterCompanyId"] = json!("1001");
    till.run("payment", &sale);
    till.simulator.restart();
    assert_eq!(listed(&till), ["p", "q"]);
    assert_eq!(last(&till).1["transactionId"], "q");
    for (lists, expected) in [
        (Lists::All, vec!["closed", "c", "p", "q"]),
        (Lists::Empty, vec![]),
        (Lists::PerMerchant, vec!["closed", "c", "p"]),
        (Lists::WithoutTheLast, vec!["closed", "c", "p"]),
    ] {
        till.simulator.personality(|p| (p.lists, p.closing_without_id) = (lists, false));
        assert_eq!(listed(&till), expected, "{lists:?}");
    }
    assert_eq!(last(&till).1["transactionId"], "p");
    till.simulator.personality(|p| p.lists = Lists::Missing);
    let missing = (404, json!("Endpoint not supported."));
    assert_eq!(last(&till), missing);
    assert_eq!(Till::of(Edition::Before, |_| ()).post("transactions", &json!({ "secureString": "27924505" })), missing);
}

#[test]
fn wire_a_listed_sale_says_what_has_become_of_it() {
    let till = till(|_| ());
    let sale = till.pay("p", 12550);
    till.reverse("back", "p");
    let list = till.post("transactions", &json!({ "secureString": "27924505" })).1;
    assert_eq!((&list[0]["transactionId"], &list[0]["isReversed"]), (&json!("p"), &json!(true)));
    assert_eq!(list[0]["authCode"], sale["authCode"]);
}

#[test]
fn wire_a_preauthorization_is_completed_raised_or_cancelled() {
    let till = till(|_| ());
    let about = |id: &str, name: &str, amount: i64| json!({ "transactionId": id, "originalTransactionId": "held", name: amount });
    assert_eq!(till.run("preauth", &money("held", 50_000))["transactionType"], "PREAUTHORIZATION");
    assert!(till.simulator.charges().is_empty());
    till.run("preauth/increment", &about("more", "incrementAmount", 10_000));
    assert_eq!(till.simulator.preauths()[0].amount, 60_000);
    let open = |till: &Till| till.post("preauth/transactions", &json!({ "secureString": "27924505" })).1;
    assert_eq!(open(&till)[0]["transactionId"], "held");
    let done = till.run("preauth/complete", &about("done", "finalAmount", 42_000));
    assert_eq!((&done["transactionType"], &done["amount"]), (&json!("PREAUTHORIZATION_COMPLETION"), &json!(42_000)));
    assert_eq!(till.simulator.charges_kept()[0].amount, 42_000);
    assert_eq!(open(&till), json!([]));
    let (status, reply) = till.start("preauth/cancel", &reversal("late", "held"));
    assert!(status == 404 && reply["message"].is_string(), "{reply}");
    till.run("preauth", &money("other", 50_000));
    assert_eq!(till.run("preauth/cancel", &reversal("gone", "other"))["responseCode"], "OK");
    assert!(till.simulator.preauths().iter().all(|held| !held.is_open()));
}

/// All of it or less; and once, by a completion or by a cancel.
#[test]
fn wire_a_preauthorization_is_ended_once_and_never_for_more_than_is_held() {
    let till = till(|_| ());
    let about = |id: &str, held: &str, amount: i64| json!({ "transactionId": id, "originalTransactionId": held, "finalAmount": amount });
    till.run("preauth", &money("held", 50_000));
    assert_eq!(till.run("preauth/complete", &about("more", "held", 50_001))["responseCode"], "EMV_DENIAL");
    assert!(till.simulator.charges().is_empty() && till.simulator.preauths()[0].is_open());
    assert_eq!(till.run("preauth/complete", &about("all", "held", 50_000))["responseCode"], "OK");
    assert_eq!(till.start("preauth/complete", &about("again", "held", 1)).0, 404);
    assert_eq!(till.start("preauth/cancel", &reversal("gone", "held")).0, 404);
    till.run("preauth", &money("other", 50_000));
    till.run("preauth/cancel", &reversal("let-go", "other"));
    assert_eq!(till.start("preauth/complete", &about("late", "other", 1)).0, 404);
    assert_eq!(till.start("preauth/cancel", &reversal("twice", "other")).0, 404);
    assert_eq!(till.about("result", "other")["isReversed"], true);
    assert_eq!(till.simulator.charges_kept().len(), 1);
}

#[test]
fn wire_a_completion_that_nobody_confirms_is_taken_back_and_the_amount_is_held_again() {
    let till = till(|_| ());
    till.run("preauth", &money("held", 50_000));
    let request = json!({ "transactionId": "done", "originalTransactionId": "held", "finalAmount": 42_000 });
    till.simulator.pace(Pace { confirm_ms: 1, ..Pace::quick() });
    till.unconfirmed("preauth/complete", &request);
    taken_back(&till);
    assert!(till.simulator.preauths()[0].is_open());
    till.simulator.pace(Pace::quick());
    assert_eq!(
        till.run(
            "preauth/complete",
            &json!({ "transactionId": "again", "originalTransactionId": "held", "finalAmount": 1 })
        )["amount"],
        1
    );
}

#[test]
fn wire_moto_transaction_status_and_merchants_are_there_in_edition_1_5_only() {
    in_each_edition(|edition| {
        let options =
            comgate_simulator::Options { base_paths: vec![V2.into(), "/paya".into()], edition, ..Default::default() };
        let till = Till { simulator: comgate_simulator::Simulator::start(options).expect("a free port"), base: V2 };
        let there = edition == Edition::V1_5;
        let status = if there { 200 } else { 404 };
        assert_eq!(till.start("payment/moto", &money("m", 12550)).0, status);
        assert_eq!(till.post("daughter_companies", &json!({ "secureString": "27924505" })).0, status);
        let asked = till.post("transaction_status", &json!({ "secureString": "27924505", "transactionId": "m" }));
        assert_eq!((asked.0, asked.1["isStarted"] == true), (status, there));
        if there {
            till.finished("m");
            let result = till.about("result", "m");
            assert_eq!((&result["transactionType"], &result["tokens"]), (&json!("MOTO_SALE"), &json!([])));
            assert!(result["authCode"].is_string() && result.get("cardInputType").is_none(), "nobody read a card");
            till.simulator.personality(|p| p.several_merchants = true);
            let merchants = till.post("daughter_companies", &json!({ "secureString": "27924505" })).1;
            assert_eq!(merchants[0]["daughterCompanyId"], "1001");
            let old = Till { base: "/paya", ..till };
            assert_eq!(
                old.post("transaction_status", &json!({ "secureString": "27924505", "transactionId": "m" })).0,
                404
            );
        }
    });
}

#[test]
fn wire_terminal_says_its_time_and_whether_it_is_online_in_each_way() {
    let till = till(|_| ());
    let terminal = |check: bool| till.post("terminal", &json!({ "secureString": "27924505", "checkOnline": check })).1;
    let is_epoch = |value: &Value| value.as_str().is_some_and(|text| text.len() == 13 && text.parse::<u64>().is_ok());
    assert!(is_epoch(&terminal(false)["dateTime"]));
    assert_eq!((&terminal(false)["isOnline"], &terminal(true)["isOnline"]), (&json!(0), &json!(1)));
    till.simulator.personality(|p| (p.bank_offline, p.terminal_time) = (true, TerminalTime::EpochNumber));
    assert_eq!((&terminal(true)["isOnline"], &terminal(true)["onlineStatus"]), (&json!(2), &json!("Offline")));
    assert!(terminal(false)["dateTime"].is_u64());
    till.simulator.personality(|p| (p.is_online, p.terminal_time) = (IsOnline::Flag, TerminalTime::Date));
    assert_eq!(terminal(true)["isOnline"], false);
    assert!(terminal(true)["dateTime"].as_str().is_some_and(|text| text.contains(", 20")));
}

#[test]
fn wire_times_and_card_data_are_written_in_each_way() {
    let till = till(|p| p.own_time = false);
    till.pay("p", 12550);
    for (format, written) in [
        (TimeFormat::AmPm, "Nov 23, 2026 2:39:37 PM"),
        (TimeFormat::Hours24, "Nov 23, 2026 14:39:37"),
        (TimeFormat::Quoted, "\"Nov 23, 2026 2:39:37 PM\""),
        (TimeFormat::EpochText, "1795441177000"),
    ] {
        till.simulator.personality(|p| p.time_format = format);
        assert_eq!(till.about("result", "p")["dateTimeTerminal"], written);
    }
    for (manner, name) in [
        (EmvData::Object, "authorizationResponseCode"),
        (EmvData::British, "authorisationResponseCode"),
        (EmvData::Misspelled, "auhorisationResponseCode"),
    ] {
        till.simulator.personality(|p| p.emv_data = manner);
        assert_eq!(till.about("result", "p")["emvResponseData"][name], "00");
    }
    till.simulator.personality(|p| p.emv_data = EmvData::Text);
    let result = till.about("result", "p");
    let inner: Value = serde_json::from_str(result["emvResponseData"].as_str().expect("a text")).expect("JSON");
    assert_eq!((&inner["authorisationResponseCode"], &result["aosa"]), (&json!("00"), &json!("null")));
}

#[test]
fn wire_amounts_ids_and_symbols_are_checked() {
    let till = till(|_| ());
    let with = |name: &str, value: Value| {
        let mut request = money("x", 12550);
        request[name] = value;
        request
    };
    for request in [
        with("transactionId", json!("")),
        with("transactionId", json!("  ")),
        with("amount", json!(0)),
        with("amount", json!(-100)),
        with("amount", json!(i64::MAX)),
        with("amount", json!("12550")),
        with("amount", json!(125.5)),
        with("currencyCode", json!(1_000)),
        with("currencyCode", json!(-203)),
        with("invoiceNumber", json!("123456789012345678901")),
        with("invoiceNumber", json!(42)),
        with("daughterCompanyId", json!(7)),
    ] {
        let (status, reply) = till.start("payment", &request);
        assert!(status == 400 && reply["message"].is_string(), "{request} {reply}");
    }
    assert!(till.control("GET", "/state", &Value::Null).1["transactions"] == json!([]));
    let full = with("invoiceNumber", json!("12345678901234567890"));
    assert_eq!(till.run("payment", &full)["invoiceNumber"], "12345678901234567890");
}

/// Sums and tips near the end of the numbers are cut there; the terminal does not fall over.
#[test]
fn wire_amounts_at_the_end_of_the_numbers_are_survived() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| p.strict = false);
        for (id, amount) in
            [("too much", i64::MAX / 100 * 100 - 90), ("low", i64::MIN), ("tip", i64::MAX / 100 * 100 - 94)]
        {
            assert_eq!(till.pay(id, amount)["responseCode"], "OK", "{id}");
        }
        assert_eq!(till.reverse("back", "tip")["amount"], i64::MAX);
        assert_eq!(till.simulator.batch().adjustments_amount, i64::MAX);
        let mut huge = money("huge", 1);
        huge["amount"] = json!(u64::MAX);
        assert_eq!(till.start("payment", &huge).0, 400);
        assert_eq!(till.close("c")["responseCode"], "OK");
    });
}

#[test]
fn wire_an_edition_is_chosen_and_changed_from_outside() {
    let till = till(|_| ());
    let speaks = || till.control("GET", "/state", &Value::Null).1["personality"].clone();
    assert_eq!(speaks(), json!(Personality::edition_1_5()));
    assert_eq!(till.control("POST", "/edition", &json!({ "edition": "before" })).0, 200);
    assert_eq!(speaks(), json!(Personality::before()));
    till.simulator.edition(Edition::V1_5);
    assert_eq!(speaks(), json!(Personality::edition_1_5()));
    assert_eq!(till.control("POST", "/edition", &json!({ "edition": "3.01" })).0, 400);
    assert_eq!("1.5".parse(), Ok(Edition::V1_5));
    assert!("2".parse::<Edition>().is_err());
}
