//! One exchange with a function of the terminal that this library does not know.

use comgate_simulator::{Fault, FaultKind, Options, Simulator};
use comgate_terminal::{Code, TerminalField};
use serde_json::json;
use support::folder::Folder;
use support::register::{Register, each, shop};

fn reply(register: &Register) -> String {
    register.told(TerminalField::Reply).unwrap_or_else(|code| panic!("{code} {}", register.last_error()))
}

/// It sends the register's fields beside the secret.
#[test]
fn wire_an_exchange_is_sent_once_and_is_not_journalled() {
    let options = Options { base_paths: vec!["/api/switchio/pay/v4".into()], ..Options::default() };
    let (simulator, folder) = (Simulator::start(options).expect("a free port"), Folder::new());
    simulator.fault(Fault::once("print", FaultKind::Answer(200, r#"{"printed": true, "lines": 2}"#.into())));
    let register = Register::at(&simulator, &folder);
    assert_eq!(
        register.exchange("receipt/print", r#"{"lines":["A","B"],"request":{"copy":1}}"#),
        0,
        "{}",
        register.last_error()
    );
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&reply(&register)).ok(),
        Some(json!({"printed": true, "lines": 2}))
    );
    let requests = simulator.requests();
    let [.., info, print] = requests.as_slice() else { panic!("{requests:#?}") };
    assert_eq!((info.endpoint.as_str(), info.connection + 1), ("info", print.connection), "on a connection of its own");
    assert_eq!((print.method.as_str(), print.path.as_str()), ("POST", "/api/switchio/pay/v4/receipt/print"));
    assert_eq!(print.body, json!({"secureString": "27924505", "lines": ["A", "B"], "request": {"copy": 1}}));
    assert_eq!(simulator.count("print"), 1);
    assert!(!folder.path().join("comgate-journal.log").exists(), "nothing is journalled");
}

#[test]
fn wire_a_reply_is_handed_out_without_the_secret_and_card_numbers() {
    let pan = r#"{"text":"27924505 9703481234533910","pan":9703481234533910,"list":["9703481234533910"],"n":12550}"#;
    let masked = r#"{"list":["970348******3910"],"n":12550,"pan":"970348******3910","text":"*** 970348******3910"}"#;
    let rows = [
        (pan, masked),
        ("printed 9703481234533910", "printed 970348******3910"),
        ("[9703481234533910]", r#"["970348******3910"]"#),
        ("", ""),
    ];
    each(rows, |(said, expected)| {
        let (simulator, folder) = shop();
        simulator.fault(Fault::once("print", FaultKind::Answer(200, said.into())));
        let register = Register::at(&simulator, &folder);
        assert_eq!(register.exchange("print", "{}"), 0, "{}", register.last_error());
        assert_eq!(reply(&register), expected);
    });
}

/// Whatever is no success is an error with the HTTP status, and its body can be read all the same.
#[test]
fn wire_an_exchange_without_success_tells_the_status_and_can_be_read() {
    let rows = [
        (FaultKind::Answer(500, "no paper".into()), Code::RequestRefused, "HTTP 500 no paper", "no paper"),
        (FaultKind::Answer(302, String::new()), Code::RequestRefused, "HTTP 302", ""),
        (FaultKind::Answer(401, "who?".into()), Code::SecureString, "HTTP 401", "who?"),
        (FaultKind::NotSupported, Code::NotSupported, "has no print under /paya", "Endpoint not supported."),
    ];
    each(rows, |(answer, code, detail, body)| {
        let (simulator, folder) = shop();
        let register = Register::at(&simulator, &folder);
        simulator.fault(Fault::once("print", answer));
        assert_eq!(register.exchange("print", "{}"), code.number(), "{}", register.last_error());
        assert!(register.last_error().contains(detail), "{}", register.last_error());
        assert_eq!(reply(&register), body);
    });
}

/// The reply of the exchange before it is gone.
#[test]
fn wire_an_exchange_without_a_reply_is_sent_once_and_shows_no_old_reply() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    simulator.fault(Fault::once("print", FaultKind::Answer(200, "printed".into())));
    assert_eq!(register.exchange("print", "{}"), 0);
    simulator.fault(Fault::once("print", FaultKind::LoseReply));
    assert_eq!(register.exchange("print", "{}"), Code::ExchangeUnanswered.number());
    assert!(register.last_error().contains("may have acted"), "{}", register.last_error());
    assert_eq!(register.told(TerminalField::Reply), Err(Code::Absent.number()));
    assert_eq!(simulator.count("print"), 2);
}

#[test]
fn wire_a_refused_exchange_sends_nothing() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    for endpoint in
        ["info", "terminal", "status", "result", "confirm", "cancel", "payment", "refund", "reverse", "closing"]
    {
        assert_eq!(register.exchange(endpoint, "{}"), Code::Endpoint.number());
        assert!(register.last_error().contains(endpoint), "{}", register.last_error());
    }
    for endpoint in ["preauth", "MOTO", "../paya/payment", "print?x", "/print"] {
        assert_eq!(register.exchange(endpoint, "{}"), Code::Endpoint.number(), "{endpoint}");
    }
    for json in [r#"{"secureString":"x"}"#, "[]", "{", "1"] {
        assert_eq!(register.exchange("print", json), Code::Extra.number(), "{json}");
    }
    assert!(simulator.requests().is_empty());
}

#[test]
fn wire_an_exchange_is_only_held_with_the_terminal_that_is_meant() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.set_terminal_id("SIM99999");
    assert_eq!(register.exchange("print", "{}"), Code::OtherTerminal.number());
    assert_eq!(simulator.count("print"), 0);
}
