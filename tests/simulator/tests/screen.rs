//! The program, its web page, and the buttons on it.

mod plain;

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Command, Stdio};

use comgate_simulator::{Edition, Pace};
use plain::{Till, ask, in_each_edition, money, words};
use serde_json::{Value, json};

const SLOW: Pace = Pace { waiting_ms: 600_000, ..Pace::quick() };

/// Somebody pays 125.50 and presses a button; the result.
fn pressed(edition: Edition, action: &str) -> Value {
    let till = Till::of(edition, |_| ());
    till.simulator.pace(SLOW);
    till.start("payment", &money("p", 12550));
    let state = || till.control("GET", "/state", &Value::Null).1;
    assert_eq!(state()["screen"], "Přiložte kartu");
    assert_eq!(till.control("POST", "/screen", &json!({ "action": action })).0, 200);
    till.finished("p");
    let (state, result) = (state(), till.about("result", "p"));
    assert_eq!(state["screen"], Value::Null);
    assert_eq!(state["transactions"][0]["succeeded"], json!(result["responseCode"] == "OK"));
    result
}

#[test]
fn wire_each_button_ends_the_payment_as_it_says() {
    in_each_edition(|edition| {
        assert_eq!(pressed(edition, "tap")["cvmTypeList"], json!([words(edition).no_cvm]));
        assert_eq!(pressed(edition, "pin")["cvmTypeList"], json!([words(edition).pin]));
        assert_eq!(pressed(edition, "cancel")["responseCode"], words(edition).cancelled);
        assert_eq!(pressed(edition, "decline")["responseCode"], words(edition).declined);
    });
}

#[test]
fn wire_the_page_needs_nothing_from_elsewhere_and_knows_every_button() {
    in_each_edition(|edition| {
        let till = Till::of(edition, |_| ());
        let (status, page) = ask(till.simulator.control_address(), "GET", "/", "");
        assert_eq!(status, 200);
        for action in ["tap", "pin", "cancel", "decline", "yes", "no"] {
            assert!(page.contains(&format!("data-action=\"{action}\"")), "{action}");
        }
        assert!(!page.contains("http:") && !page.contains("https:") && !page.contains("src="));
    });
}

#[test]
#[cfg(feature = "cli")]
fn wire_the_program_tells_its_ports_waits_for_the_customer_and_ends_when_asked() {
    in_each_edition(|edition| {
        let name = if edition == Edition::Before { "before" } else { "1.5" };
        let mut program = Command::new(env!("CARGO_BIN_EXE_comgate-simulator"))
            .args(["--port", "0", "--control-port", "0", "--by-hand", "--edition", name])
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        BufReader::new(program.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        let port = |name: &str| {
            let word = line.split_whitespace().find_map(|word| word.strip_prefix(name)).expect("the port is told");
            SocketAddr::from(([127, 0, 0, 1], word.parse().expect("a number")))
        };
        let (terminal, control) = (port("port="), port("control="));
        let start = json!({ "secureString": "27924505", "request": money("p", 12550) }).to_string();
        assert!(ask(terminal, "POST", "/paya/payment", &start).1.contains("\"isStarted\":true"));
        assert!(ask(control, "GET", "/state", "").1.contains("Přiložte kartu"));
        let asked = json!({ "secureString": "27924505", "transactionId": "p" }).to_string();
        let (_, status) = ask(terminal, "POST", "/paya/status", &asked);
        assert_eq!(status.contains("WaitForCard"), edition == Edition::V1_5, "{status}");
        assert_eq!(ask(control, "POST", "/shutdown", "").0, 200);
        assert!(program.wait().expect("it ends").success());
    });
}
