//! The paths of the interface, the functions that only the vendor's document describes, and terminals that move.

mod plain;

use std::net::SocketAddr;

use comgate_simulator::{DuplicateId, Edition, Form, InfoVersion, Options, Simulator};
use plain::{Till, ask, in_each_edition, money, words};
use serde_json::{Value, json};

const PAYA: &str = "/paya";
const V2: &str = "/api/switchio/pay/v2";
const V6: &str = "/api/switchio/pay/v6";

fn till(edition: Edition, paths: &[&str]) -> Till {
    at(edition, [127, 0, 0, 1], paths)
}

/// On an address of its own, so that no other test takes a port that was given up.
fn at(edition: Edition, host: [u8; 4], paths: &[&str]) -> Till {
    let base_paths = paths.iter().map(|path| (*path).into()).collect();
    let options = Options { host: host.into(), base_paths, edition, ..Options::default() };
    Till { simulator: Simulator::start(options).expect("a free port"), base: PAYA }
}

fn info(address: SocketAddr, base: &str) -> (u16, Value) {
    let (status, text) = ask(address, "GET", &format!("{base}/info"), "");
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

#[test]
fn wire_info_says_the_version_under_each_path_and_a_path_that_is_not_there_says_so_in_plain_text() {
    in_each_edition(|edition| {
        let till = till(edition, &[PAYA, V2, V6]);
        till.simulator.personality(|p| p.info_version = InfoVersion::Text);
        let version = |base| info(till.simulator.address(), base).1["version"].clone();
        assert_eq!([PAYA, V2, V6].map(version), ["1", "2", "6"].map(Value::from));
        let missing = (404, json!("Endpoint not supported."));
        assert_eq!(info(till.simulator.address(), "/api/switchio/pay/v4"), missing);
        let beside = Till { base: "/api/switchio/pay/v4", ..till };
        assert_eq!(beside.start("payment", &money("p", 12550)), missing);
        assert!(beside.simulator.charges().is_empty());
    });
}

#[test]
fn wire_info_writes_the_version_in_each_way_and_may_leave_out_the_id() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        for (manner, version) in [
            (InfoVersion::Text, json!("1")),
            (InfoVersion::Number, json!(1)),
            (InfoVersion::Missing, Value::Null),
            (InfoVersion::Zero, json!(0)),
        ] {
            till.simulator.personality(|p| p.info_version = manner);
            assert_eq!(info(till.simulator.address(), PAYA).1["version"], version);
        }
        till.simulator.personality(|p| p.info_without_id = true);
        assert!(info(till.simulator.address(), PAYA).1.get("terminalId").is_none());
    });
}

#[test]
fn wire_a_transaction_is_known_under_every_path_or_only_under_its_own() {
    in_each_edition(|edition| {
        for apart in [false, true] {
            let till = till(edition, &[PAYA, V2]);
            till.simulator.personality(|p| (p.paths_apart, p.duplicate_id) = (apart, DuplicateId::NotStarted));
            till.pay("p", 12550);
            let other = Till { base: V2, ..till };
            assert_eq!(other.about("result", "p")["responseCode"] == "OK", !apart);
            assert_eq!(other.start("payment", &money("p", 12550)).1["isStarted"], apart);
        }
    });
}

#[test]
fn wire_an_update_of_the_terminal_brings_other_paths_and_keeps_the_books() {
    in_each_edition(|edition| {
        let till = till(edition, &[PAYA]);
        till.pay("p", 12550);
        assert_eq!(till.control("POST", "/restart", &json!({ "base_paths": [V2] })).0, 200);
        assert_eq!(info(till.simulator.address(), PAYA).0, 404);
        assert_eq!(info(till.simulator.address(), V2).0, 200);
        let updated = Till { base: V2, ..till };
        assert_eq!(updated.reverse("back", "p")["responseCode"], "OK");
        updated.simulator.update(&[PAYA]);
        assert_eq!(info(updated.simulator.address(), PAYA).0, 200);
        assert_eq!(updated.control("GET", "/state", &Value::Null).1["base_paths"], json!([PAYA]));
    });
}

#[test]
fn wire_a_function_of_another_name_runs_as_a_payment_does_and_its_own_fields_are_recorded() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |p| p.pre_authorizations = false);
        let request = json!({ "transactionId": "a", "amount": 12550, "currencyCode": 203, "reason": { "room": 12 } });
        assert_eq!(till.start("preauth", &request).0, 404);
        till.simulator.endpoint("preauth", Form::Operation);
        let result = till.run("preauth", &request);
        assert_eq!((&result["transactionType"], &result["responseCode"]), (&json!("PREAUTH"), &json!("OK")));
        assert_eq!(result["amount"], 12550);
        assert!(till.simulator.charges().is_empty());
        let seen = till.simulator.requests().into_iter().rfind(|request| request.endpoint == "preauth");
        assert_eq!(seen.expect("it was sent").body["request"]["reason"]["room"], 12);
        let bare = till.run("preauth", &json!({ "transactionId": "b" }));
        assert!(bare["responseCode"] == "OK" && bare.get("amount").is_none());
        assert_eq!(till.run("preauth", &money("c", 12501))["responseCode"], words(edition).declined);
    });
}

#[test]
fn wire_a_function_of_another_name_may_charge() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        till.control("POST", "/endpoint", &json!({ "name": "moto", "form": "charge" }));
        assert_eq!(
            till.run("moto", &money("m", 12550))["transactionType"],
            if edition == Edition::Before { "MOTO" } else { words(edition).payment }
        );
        assert_eq!(till.simulator.charges_kept().len(), 1);
        assert_eq!(till.reverse("back", "m")["responseCode"], "OK");
    });
}

#[test]
fn wire_a_function_may_be_done_with_one_exchange() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        till.control("POST", "/endpoint", &json!({ "name": "print", "form": "exchange" }));
        let (status, reply) = till.post("print", &json!({ "secureString": "27924505", "lines": ["Dobrý den"] }));
        assert_eq!((status, reply["responseCode"].as_str()), (200, Some("OK")));
        let seen = till.simulator.requests().pop().expect("it was sent");
        assert_eq!(seen.body["lines"][0], "Dobrý den");
        assert_eq!(till.post("print", &json!({ "secureString": "wrong" })).0, 401);
    });
}

#[test]
fn wire_several_terminals_stand_on_addresses_of_their_own() {
    in_each_edition(|edition| {
        let terminals: Vec<_> = [2, 3]
            .map(|last| {
                let id = format!("SIM{last:05}");
                let options =
                    Options { host: [127, 0, 0, last].into(), terminal_id: id.clone(), edition, ..Options::default() };
                (id, Till { simulator: Simulator::start(options).expect("a loopback address"), base: PAYA })
            })
            .into();
        for (id, till) in &terminals {
            assert_eq!(info(till.simulator.address(), PAYA).1["terminalId"], json!(id));
            till.pay("p", 12550);
            assert_eq!(till.simulator.charges().len(), 1);
        }
    });
}

#[test]
fn wire_a_terminal_moves_and_another_one_gets_its_address() {
    in_each_edition(|edition| {
        let (first, second) = (at(edition, [127, 0, 0, 4], &[PAYA]), at(edition, [127, 0, 0, 4], &[V2]));
        first.pay("p", 12550);
        let (old, free) = (first.simulator.address(), "127.0.0.4:0");
        let (status, reply) = first.control("POST", "/move", &json!({ "address": free }));
        assert_eq!((status, &reply["address"]), (200, &json!(first.simulator.address())));
        assert_ne!(first.simulator.address(), old);
        second.simulator.moves_to(old).expect("it is free now");
        assert_eq!((info(old, PAYA).0, info(old, V2).0), (404, 200));
        assert_eq!(first.about("result", "p")["responseCode"], "OK");
        assert_eq!(first.control("POST", "/move", &json!({ "address": old })).0, 400, "somebody is there");
        assert_eq!(first.about("result", "p")["responseCode"], "OK", "and the terminal stayed where it was");
    });
}

#[test]
fn wire_a_terminal_is_switched_off_and_on_over_the_control_api() {
    in_each_edition(|edition| {
        let till = at(edition, [127, 0, 0, 5], &[PAYA]);
        let (address, power) = (till.simulator.address(), |on| till.control("POST", "/power", &json!({ "on": on })).0);
        assert_eq!(power(false), 200);
        assert!(std::net::TcpStream::connect(address).is_err());
        assert_eq!((power(true), power(true)), (200, 200));
        assert_eq!(info(address, PAYA).0, 200);
    });
}
