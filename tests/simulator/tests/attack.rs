//! Terminals that deceive: each switch of the third group does what it says, in both editions, and they combine with faults.

mod plain;

use std::io::{Read, Write};
use std::time::Duration;

use comgate_simulator::{
    Approves, AuthCode, DuplicateKeys, Edition, Ending, Fault, FaultKind, Group, IdsInTexts, LagOn, LagShows, Pace,
    Personality, Screen, UnknownId,
};
use plain::{Till, ask, in_each_edition, money};
use serde_json::{Value, json};

/// So long that nothing happens by itself.
const LONG: u64 = 600_000;

fn booked(till: &Till, count: usize) {
    plain::until("the charge", || till.simulator.charges().len() >= count);
}

/// A sale of before, and then one of which the state lags.
fn lagging(edition: Edition, on: LagOn, shows: LagShows) -> (Till, Value) {
    let till = Till::of(edition, |_| ());
    let first = till.pay("first", 12550);
    till.simulator.personality(|p| (p.state_lags_ms, p.lag_on, p.lag_shows) = (Some(LONG), on, shows));
    assert_eq!(till.start("payment", &money("second", 12550)).1["isStarted"], true);
    booked(&till, 2);
    (till, first)
}

#[test]
fn wire_a_lagging_state_shows_the_sale_before_with_any_id_or_none() {
    in_each_edition(|edition| {
        for (shows, id) in [
            (LagShows::LastWithAskedId, json!("second")),
            (LagShows::LastWithItsId, json!("first")),
            (LagShows::LastWithoutId, Value::Null),
        ] {
            let (till, first) = lagging(edition, LagOn::Both, shows);
            let (status, result) = (till.about("status", "second"), till.about("result", "second"));
            assert_eq!((&status["status"], &status["transactionId"]), (&json!("Finished"), &id), "{shows:?}");
            assert_eq!((&result["authCode"], &result["transactionId"]), (&first["authCode"], &id), "{shows:?}");
            till.simulator.personality(|p| p.state_lags_ms = Some(0));
            assert_eq!(till.about("result", "second")["transactionId"], "second");
        }
        let (till, _) = lagging(edition, LagOn::Both, LagShows::Nothing);
        assert!(till.about("status", "second")["message"].is_string());
    });
}

#[test]
fn wire_a_lag_may_be_in_status_or_in_result_only() {
    in_each_edition(|edition| {
        let own = |till: &Till, endpoint| till.about(endpoint, "second")["transactionId"] == "second";
        let (till, _) = lagging(edition, LagOn::Status, LagShows::LastWithItsId);
        assert!(!own(&till, "status") && own(&till, "result"));
        let (till, _) = lagging(edition, LagOn::Result, LagShows::LastWithItsId);
        assert!(own(&till, "status") && !own(&till, "result"));
    });
}

#[test]
fn wire_a_lag_over_the_first_sale_of_all_shows_what_is_said_of_nobody() {
    let till = Till::of(Edition::V1_5, |p| p.state_lags_ms = Some(LONG));
    till.start("payment", &money("p", 12550));
    booked(&till, 1);
    assert!(till.about("status", "p")["message"].is_string());
}

#[test]
fn wire_a_result_may_lag_behind_a_true_finished() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        let first = till.pay("first", 12501);
        till.simulator.personality(|p| p.result_lags_ms = Some(LONG));
        till.start("payment", &money("p", 12550));
        till.finished("p");
        assert_eq!(till.about("result", "p")["responseCode"], first["responseCode"], "the decline before");
        till.simulator.personality(|p| p.lag_shows = LagShows::Nothing);
        assert_eq!(till.about("result", "p"), json!({ "transactionId": "p" }));
        till.simulator.personality(|p| p.result_lags_ms = None);
        assert_eq!(till.about("result", "p")["responseCode"], "OK");
    });
}

#[test]
fn wire_finished_may_be_said_while_the_sale_still_runs() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| p.finished_early_ms = Some(0));
        till.simulator.pace(Pace { waiting_ms: LONG, ..Pace::quick() });
        till.start("payment", &money("p", 12550));
        assert_eq!(till.about("status", "p")["status"], "Finished");
        assert_eq!(till.about("result", "p"), json!({ "transactionId": "p" }));
        till.simulator.screen(Screen::Tap);
        booked(&till, 1);
        assert_eq!(till.about("result", "p")["responseCode"], "OK");
    });
}

#[test]
fn wire_a_result_may_say_ok_while_the_sale_still_runs() {
    let till = Till::of(Edition::V1_5, |p| p.ok_while_running = true);
    till.simulator.next(Ending::Never);
    till.start("payment", &money("p", 12550));
    assert_eq!(till.about("result", "p"), json!({ "transactionId": "p", "responseCode": "OK" }));
    assert_eq!(till.about("status", "p")["status"], "WaitForCard");
}

#[test]
fn wire_response_codes_are_any_text_and_codes_of_authorization_are_odd() {
    in_each_edition(|edition| {
        for code in ["APPROVED", "00", "PENDING", ""] {
            let till = Till::of(edition, |p| p.approved_code = code.into());
            assert_eq!(till.pay("p", 12550)["responseCode"], code);
            assert_ne!(till.pay("q", 12501)["responseCode"], code);
        }
        let till = Till::of(edition, |p| p.declined_code = "HOST_TIMEOUT".into());
        assert_eq!(till.pay("p", 12501)["responseCode"], "HOST_TIMEOUT");
        assert_eq!(till.pay("q", 12502)["responseCode"], "HOST_TIMEOUT");
        assert_eq!(till.pay("r", 12550)["responseCode"], "OK");
        for (manner, written) in
            [(AuthCode::Empty, json!("")), (AuthCode::Zeros, json!("000000")), (AuthCode::Missing, Value::Null)]
        {
            assert_eq!(Till::of(edition, |p| p.auth_code = manner).pay("p", 12550)["authCode"], written);
        }
    });
}

/// The endings of the table, and on top of them whatever a test needs.
#[test]
fn wire_fields_are_laid_over_a_result_but_for_its_id() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        let fields = json!({ "responseCode": "ALREADY_DELIVERED", "authCode": null, "amount": 1, "transactionId": "x", "new": [7] });
        let (status, reply) = till.control("POST", "/next", &json!({ "ending": "approved", "fields": fields }));
        assert_eq!((status, reply), (200, json!({ "ok": true })));
        let result = till.pay("p", 12550);
        assert_eq!((&result["responseCode"], &result["authCode"]), (&json!("ALREADY_DELIVERED"), &Value::Null));
        assert_eq!(
            (&result["amount"], &result["new"], &result["transactionId"]),
            (&json!(1), &json!([7]), &json!("p"))
        );
        assert_eq!(till.simulator.charges()[0].amount, 12550, "the books say what happened");
        assert_eq!(till.pay("q", 12550)["responseCode"], "OK", "only the next one");
    });
}

#[test]
fn wire_a_reply_is_kept_until_it_is_released() {
    let till = Till::of(Edition::V1_5, |_| ());
    till.simulator.fault(Fault::once("payment", FaultKind::Hold));
    std::thread::scope(|scope| {
        let reply = scope.spawn(|| till.start("payment", &money("p", 12550)));
        booked(&till, 1);
        assert!(!reply.is_finished(), "the terminal has acted and kept the reply");
        assert_eq!(till.control("POST", "/release", &Value::Null).0, 200);
        assert_eq!(reply.join().expect("a reply").1["isStarted"], true);
    });
}

/// A terminal that has lost its power behind a switch: nobody refuses, nobody answers.
#[test]
fn wire_a_silent_terminal_takes_connections_and_loses_what_it_was_asked() {
    let till = Till::of(Edition::V1_5, |_| ());
    assert_eq!(till.control("POST", "/power", &json!({ "on": false, "silent": true })).0, 200);
    let mut stream = std::net::TcpStream::connect(till.simulator.address()).expect("nobody refuses");
    let body = json!({ "secureString": "27924505", "request": money("p", 12550) }).to_string();
    write!(stream, "POST /paya/payment HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len()).expect("sent");
    stream.set_read_timeout(Some(Duration::from_millis(200))).expect("a time");
    assert!(stream.read(&mut [0; 9]).is_err(), "nobody answers");
    assert_eq!(till.control("POST", "/power", &json!({ "on": true })).0, 200);
    stream.set_read_timeout(None).expect("a time");
    assert!(stream.read(&mut [0; 9]).is_ok_and(|count| count == 0), "the connection is gone");
    assert_eq!((till.simulator.count("payment"), till.start("payment", &money("q", 12550)).0), (0, 200));
}

#[test]
fn wire_a_first_code_is_there_for_one_reading_or_for_a_while() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| p.first_code = "DECLINED".into());
        let first = till.unconfirmed("payment", &money("p", 12550));
        assert_eq!(
            (&first["responseCode"], &first["authCode"], &first["amount"]),
            (&json!("DECLINED"), &Value::Null, &Value::Null)
        );
        let second = till.about("result", "p");
        assert!(second["responseCode"] == "OK" && second["authCode"].is_string(), "{second}");
        till.simulator.personality(|p| p.first_code_ms = Some(LONG));
        assert_eq!(till.about("result", "p")["responseCode"], "DECLINED");
        till.simulator.personality(|p| p.first_code_ms = Some(0));
        assert_eq!(till.about("result", "p")["responseCode"], "OK");
    });
}

#[test]
fn wire_less_than_asked_or_another_currency_is_approved_and_booked() {
    in_each_edition(|edition| {
        for (approves, code, amount, currency) in [
            (Approves::Part, "ApprovedForPartialAmount", 6275, 203),
            (Approves::PartSilently, "OK", 6275, 203),
            (Approves::OtherCurrency, "OK", 12550, 978),
        ] {
            let till = Till::of(edition, |p| p.approves = approves);
            let result = till.pay("p", 12550);
            assert_eq!(
                (&result["responseCode"], &result["amount"], &result["currency"]),
                (&json!(code), &json!(amount), &json!(currency))
            );
            let charge = till.simulator.charges()[0].clone();
            assert_eq!((charge.amount, charge.currency), (amount, currency));
        }
        let till = Till::of(edition, |_| ());
        till.simulator.next(Ending::PartApproved);
        assert_eq!(till.pay("p", 12550)["responseCode"], "ApprovedForPartialAmount");
        till.simulator.next(Ending::OtherCurrency);
        assert_eq!(till.pay("q", 12550)["currency"], 978);
    });
}

#[test]
fn wire_a_start_that_says_no_may_begin_later_and_the_first_status_of_it_fail() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| (p.late_start_ms, p.late_start_fails) = (Some(50), true));
        let (status, reply) = till.start("payment", &money("p", 12550));
        assert_eq!((status, &reply["isStarted"]), (if edition == Edition::Before { 200 } else { 202 }, &json!(false)));
        assert!(till.simulator.charges().is_empty());
        let asked = || till.post("status", &json!({ "secureString": "27924505", "transactionId": "p" }));
        assert_eq!(asked().0, 503);
        assert_ne!(asked().0, 503);
        booked(&till, 1);
        till.finished("p");
        assert_eq!(till.about("result", "p")["responseCode"], "OK");
        till.simulator.personality(|p| p.late_start_ms = Some(LONG));
        till.start("payment", &money("never", 12550));
        assert_eq!(till.start("payment", &money("busy", 12550)).1["isStarted"], false);
        till.simulator.restart();
        till.simulator.personality(|p| p.late_start_ms = None);
        assert_eq!(till.start("payment", &money("after", 12550)).1["isStarted"], true, "a restart forgets what waits");
    });
}

#[test]
fn wire_a_filter_may_answer_403_to_every_post_that_is_acted_on() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| p.forbidden_but_acts = true);
        assert_eq!(till.start("payment", &money("p", 12550)).0, 403);
        booked(&till, 1);
        assert_eq!(ask(till.simulator.address(), "GET", "/paya/info", "").0, 200);
    });
}

#[test]
fn wire_while_it_boots_the_terminal_knows_no_path_at_all() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| (p.boot_ms, p.restart_keeps_results) = (Some(LONG), true));
        till.pay("p", 12550);
        till.simulator.restart();
        let missing = (404, "Endpoint not supported.".into());
        assert_eq!(ask(till.simulator.address(), "GET", "/paya/info", ""), missing);
        assert_eq!(till.about("confirm", "p"), json!(missing.1));
        till.simulator.personality(|p| p.boot_ms = Some(0));
        assert_eq!(till.about("result", "p")["responseCode"], "OK");
    });
}

/// The connection is kept by the other side of a router; the app behind it has begun anew.
#[test]
fn wire_the_app_may_restart_behind_a_kept_connection() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        till.simulator.pace(Pace { waiting_ms: LONG, ..Pace::quick() });
        till.start("payment", &money("p", 12550));
        till.simulator.fault(Fault::once("status", FaultKind::RestartFirst));
        assert!(till.about("status", "p")["message"].is_string(), "nobody knows it any more");
        assert_eq!(till.start("payment", &money("q", 12550)).1["isStarted"], true);
        till.simulator.personality(|p| p.boot_ms = Some(LONG));
        till.control("POST", "/fault", &json!({ "endpoint": "status", "kind": "restart-first" }));
        assert_eq!(till.about("status", "q"), json!("Endpoint not supported."));
    });
}

#[test]
fn wire_a_reply_may_be_another_one_although_the_terminal_has_acted() {
    let till = Till::of(Edition::V1_5, |_| ());
    till.simulator.fault(Fault::once("payment", FaultKind::ActAndAnswer(502, "Bad gateway".into())));
    assert_eq!(till.start("payment", &money("p", 12550)), (502, json!("Bad gateway")));
    booked(&till, 1);
}

#[test]
fn wire_a_confirm_may_come_through_late() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| p.confirm_late_ms = Some(LONG));
        till.unconfirmed("payment", &money("p", 12550));
        assert_ne!(till.about("confirm", "p")["isConfirmed"], true);
        till.simulator.personality(|p| p.confirm_late_ms = Some(0));
        assert_eq!(till.about("confirm", "p")["isConfirmed"], true);
        assert!(till.simulator.charges()[0].confirmed);
    });
}

#[test]
fn wire_reversal_may_be_said_of_a_sale_from_its_confirm_on() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| p.reversal_after_confirm = true);
        assert_eq!(till.unconfirmed("payment", &money("p", 12550))["reversal"], false);
        till.about("confirm", "p");
        assert_eq!(till.about("result", "p")["reversal"], true);
    });
}

#[test]
fn wire_ids_are_shortened_spelled_without_dashes_or_in_capitals_in_texts() {
    let id = "4f1c7a22-8a15-4c2e-9d3b-0123456789ab";
    in_each_edition(|edition| {
        for (manner, written) in [
            (IdsInTexts::Shortened, "4f1c7a22"),
            (IdsInTexts::WithoutDashes, "4f1c7a228a154c2e9d3b0123456789ab"),
            (IdsInTexts::Capitals, "4F1C7A22-8A15-4C2E-9D3B-0123456789AB"),
        ] {
            let till = Till::of(edition, |p| p.ids_in_texts = manner);
            assert_eq!(till.about("status", id)["message"], format!("Trx {written} is not known"));
            till.simulator.personality(|p| p.unknown_id = UnknownId::IdleText);
            assert_eq!(till.about("status", id)["status"], format!("Připraven, {written} neznám"));
            till.simulator.personality(|p| p.unknown_id = UnknownId::Finished);
            assert_eq!(till.about("result", id)["responseMessage"], format!("Transaction {written} not found"));
        }
    });
}

fn body_of(till: &Till, endpoint: &str, id: &str) -> String {
    let body = json!({ "secureString": "27924505", "transactionId": id, "confirm": true }).to_string();
    ask(till.simulator.address(), "POST", &format!("/paya/{endpoint}"), &body).1
}

#[test]
fn wire_whole_numbers_are_written_as_doubles() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| p.numbers_as_doubles = true);
        till.pay("p", 12550);
        let text = body_of(&till, "result", "p");
        assert!(text.contains("\"amount\":12550.0,") && text.contains("\"currency\":203.0,"), "{text}");
        till.close("c");
        assert!(body_of(&till, "result", "c").contains("\"creditsCount\":0.0,"));
    });
}

#[test]
fn wire_a_field_stands_in_a_reply_twice() {
    in_each_edition(|edition| {
        for (manner, endpoint, written) in [
            (DuplicateKeys::OtherCodeFirst, "result", "\"responseCode\":\"DECLINED\",\"responseCode\":\"OK\""),
            (DuplicateKeys::OtherCodeLast, "result", "\"responseCode\":\"OK\",\"responseCode\":\"DECLINED\""),
            (DuplicateKeys::OtherStatusLast, "status", "\"status\":\"Finished\",\"status\":\"Sending\""),
            (DuplicateKeys::OtherIdFirst, "status", "\"transactionId\":\"another-sale\",\"transactionId\":\"p\""),
            (DuplicateKeys::OtherAmountFirst, "result", "\"amount\":1,\"amount\":12550"),
            (DuplicateKeys::OtherConfirmedFirst, "confirm", "\"isConfirmed\":false,\"isConfirmed\":true"),
        ] {
            let till = Till::of(edition, |_| ());
            till.pay("p", 12550);
            till.simulator.personality(|p| p.duplicate_keys = manner);
            let text = body_of(&till, endpoint, "p");
            assert!(text.contains(written), "{manner:?}: {text}");
            till.simulator.personality(|p| p.numbers_as_doubles = true);
            let both = body_of(&till, endpoint, "p");
            assert!(both.contains(&written.replace("12550", "12550.0")), "{manner:?}: {both}");
        }
    });
}

#[test]
fn wire_amounts_choose_no_ending_where_they_say_nothing() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| p.amounts_say_nothing = true);
        assert_eq!(till.pay("p", 12501)["responseCode"], "OK");
        assert_eq!(till.start("payment", &money("q", 12520)).1["isStarted"], true);
        till.finished("q");
        till.simulator.next(Ending::Declined);
        assert_ne!(till.pay("r", 12550)["responseCode"], "OK");
    });
}

/// Every pair of switches of the second and third group is a terminal that answers and does not fall over.
#[test]
fn wire_any_two_switches_of_the_later_groups_together_are_answered() {
    let among = Personality::positions_of(&[Group::Edition, Group::Attack]);
    for row in Personality::pairs(&among, 12) {
        let till = Till::of(Edition::V1_5, |p| *p = Personality::with(&row));
        till.start("payment", &money("p", 12504));
        for _ in 0..3 {
            for endpoint in ["status", "result", "confirm", "cancel", "terminal", "transactions", "last_transaction"] {
                let body = json!({ "secureString": "27924505", "transactionId": "p", "confirm": true });
                assert_ne!(till.post(endpoint, &body).0, 0);
            }
        }
        till.start("reverse", &plain::reversal("back", "p"));
        till.start("closing", &json!({ "transactionId": "c" }));
        assert_eq!(till.control("GET", "/state", &Value::Null).0, 200);
    }
}
