//! No proxy, no redirect, no second sending: what the HTTP layer must not do by itself, whatever the surroundings suggest.

use std::net::TcpListener;

use comgate_simulator::{Fault, FaultKind, Simulator};
use comgate_terminal::{Code, Verdict};
use support::again::{again, expect_passed, name_of};
use support::folder::Folder;
use support::register::{Register, each, shop};

/// Where the child of the proxy story finds the terminal.
const CHILD: &str = "CGT_TEST_TERMINAL_PORT";
const PROXY_VARIABLES: [&str; 6] = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

#[test]
fn wire_a_proxy_in_the_environment_is_never_used() {
    if let Ok(port) = std::env::var(CHILD) {
        let folder = Folder::new();
        let register = Register::at_address("127.0.0.1", port.parse().expect("a port"), &folder);
        register.pay("1", 12550).expect(Verdict::Approved, None);
        return;
    }
    let (simulator, _folder) = shop();
    let proxy = TcpListener::bind("127.0.0.1:0").expect("a free port");
    proxy.set_nonblocking(true).expect("it can be looked at without waiting");
    let address = format!("http://{}", proxy.local_addr().expect("it is bound"));
    let test = name_of(&wire_a_proxy_in_the_environment_is_never_used);
    let mut child = again(test);
    child.env(CHILD, simulator.address().port().to_string()).env_remove("NO_PROXY").env_remove("no_proxy");
    let child = child.envs(PROXY_VARIABLES.map(|name| (name, address.as_str()))).output().expect("the test runs again");
    expect_passed(test, &child);
    assert!(proxy.accept().is_err(), "something went to the proxy");
    assert_eq!(simulator.charges_kept().len(), 1, "the payment went straight to the terminal");
}

#[test]
fn wire_a_redirect_is_an_answer_and_never_followed() {
    let rows = [
        ("info", Verdict::NotStarted, Some(Code::NotATerminal)),
        ("terminal", Verdict::Approved, None),
        ("payment", Verdict::Unknown, Some(Code::StartUnanswered)),
        // Without a status the patience ends; the last look still finds the result.
        ("status", Verdict::Approved, None),
        ("result", Verdict::Unknown, Some(Code::Unreadable)),
        ("confirm", Verdict::Unknown, Some(Code::NotConfirmed)),
    ];
    each(rows, |(endpoint, verdict, reason)| {
        let ((simulator, folder), (elsewhere, _)) = (shop(), shop());
        let url = format!("http://{}/paya/{endpoint}", elsewhere.address());
        simulator.fault(Fault::always(endpoint, FaultKind::Redirect(url)));
        let register = Register::at(&simulator, &folder);
        register.set_patience(1_000);
        register.pay("1", 12550).expect(verdict, reason);
        assert!(elsewhere.requests().is_empty(), "{endpoint} was sent elsewhere");
        assert!(simulator.count("payment") <= 1);
    });
}

/// What is asked before the start has another one.
#[test]
fn wire_a_start_goes_out_on_a_connection_of_its_own_that_is_kept() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    register.pay("1", 12550).expect(Verdict::Approved, None);
    register.pay("2", 12550).expect(Verdict::Approved, None);
    // Two sales, each with one connection for what is asked first and one for everything from the start on.
    for (endpoint, connections) in [("info", [1, 3]), ("payment", [2, 4]), ("confirm", [2, 4])] {
        assert_eq!(connections_of(&simulator, endpoint), connections, "{endpoint}");
    }
}

/// The terminal closes a connection after one request.
#[test]
fn wire_a_start_is_not_lost_on_a_connection_the_terminal_is_done_with() {
    let (simulator, folder) = shop();
    let register = Register::at(&simulator, &folder);
    // The secret is tested with the first sale alone: of the second, the start follows `info` at once.
    register.pay("1", 12550).expect(Verdict::Approved, None);
    simulator.personality(|p| p.one_request_per_connection = true);
    register.pay("2", 12550).expect(Verdict::Approved, None);
    assert_eq!(simulator.charges_kept().len(), 2);
}

fn connections_of(simulator: &Simulator, endpoint: &str) -> Vec<u64> {
    simulator
        .requests()
        .iter()
        .filter(|request| request.endpoint == endpoint)
        .map(|request| request.connection)
        .collect()
}

/// The terminal says the secret and a whole card number in its words.
#[test]
fn wire_an_echoed_secret_or_card_number_reaches_no_outcome_and_no_journal() {
    let (simulator, folder) = shop();
    let echo = r#"{"isStarted":false,"status":"secureString 27924505 refused for 9703481234533910"}"#;
    simulator.fault(Fault::once("payment", FaultKind::Answer(200, echo.into())));
    let outcome = Register::at(&simulator, &folder).pay("1", 12550);
    outcome.expect(Verdict::NotStarted, Some(Code::StartRefused));
    let journal = std::fs::read_to_string(folder.path().join("comgate-journal.log")).expect("a journal");
    for place in [outcome.fields.to_string(), journal] {
        assert!(place.contains("refused for"), "{place}");
        assert!(!place.contains("27924505") && !place.contains("9703481234533910"), "{place}");
    }
}
