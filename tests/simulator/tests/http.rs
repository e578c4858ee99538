//! What reaches the ports is not always a register: the terminal answers what it can, closes the rest after a while, and goes on.

mod plain;

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use comgate_simulator::{ErrorReply, Options, Simulator};
use plain::{ask, in_each_edition, money};
use serde_json::json;

/// A terminal that does not wait long for the rest of a request.
fn impatient() -> Simulator {
    Simulator::start(Options { patience: Duration::from_millis(100), ..Options::default() }).expect("a free port")
}

/// A test that waits in vain ends then.
const LONGEST: Duration = Duration::from_secs(30);

/// Sends these bytes and reads until the other side closes.
fn until_closed(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.write_all(bytes).expect("sent");
    let (mut reply, begun) = (Vec::new(), Instant::now());
    stream.set_read_timeout(Some(LONGEST)).expect("a time");
    let _ = stream.read_to_end(&mut reply);
    assert!(begun.elapsed() < LONGEST, "it is still open: {}", String::from_utf8_lossy(bytes));
    String::from_utf8_lossy(&reply).into_owned()
}

/// Sends these bytes, says that no more come, and reads the replies.
fn replies(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.write_all(bytes).expect("sent");
    stream.shutdown(Shutdown::Write).expect("it is open");
    stream.set_read_timeout(Some(LONGEST)).expect("a time");
    let mut reply = String::new();
    stream.read_to_string(&mut reply).expect("a reply");
    reply
}

fn start(id: &str) -> String {
    json!({ "secureString": "27924505", "request": money(id, 12550) }).to_string()
}

/// So many headers that mean nothing.
fn headers(count: usize) -> String {
    "X-Nothing: 1\r\n".repeat(count)
}

fn is_well(simulator: &Simulator) {
    assert_eq!(ask(simulator.address(), "GET", "/paya/info", "").0, 200);
}

#[test]
fn wire_half_a_request_is_closed_after_a_while_on_both_ports() {
    let simulator = impatient();
    for address in [simulator.address(), simulator.control_address()] {
        for half in
            ["P", "POST /paya/payment HTTP/1.1\r\n", "POST /paya/payment HTTP/1.1\r\nContent-Length: 99\r\n\r\n{"]
        {
            assert_eq!(until_closed(address, half.as_bytes()), "", "{half}");
        }
    }
    is_well(&simulator);
    assert_eq!(simulator.count("payment"), 0);
}

#[test]
fn wire_a_connection_without_a_request_stays_open() {
    let simulator = impatient();
    let mut stream = TcpStream::connect(simulator.address()).expect("it listens");
    std::thread::sleep(Duration::from_millis(400));
    stream.write_all(b"GET /paya/info HTTP/1.1\r\nConnection: close\r\n\r\n").expect("sent");
    let mut reply = String::new();
    stream.read_to_string(&mut reply).expect("a reply");
    assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
}

#[test]
fn wire_what_is_no_http_is_refused_and_closed() {
    let simulator = impatient();
    let hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";
    assert!(until_closed(simulator.address(), hello).starts_with("HTTP/1.1 400"));
    let many = headers(65);
    let request = format!("GET /paya/info HTTP/1.1\r\n{many}\r\n");
    assert!(until_closed(simulator.address(), request.as_bytes()).starts_with("HTTP/1.1 431"));
    let few = headers(64);
    let request = format!("GET /paya/info HTTP/1.1\r\n{few}\r\n");
    assert!(replies(simulator.address(), request.as_bytes()).starts_with("HTTP/1.1 200"));
    is_well(&simulator);
}

#[test]
fn wire_lengths_that_are_none_or_too_large_are_refused() {
    let simulator = impatient();
    for (lengths, status) in [
        (vec!["18446744073709551615"], 413),
        (vec!["18446744073709551616"], 400),
        (vec!["9999999999"], 413),
        (vec!["-1"], 400),
        (vec!["many"], 400),
        (vec!["2", "3"], 400),
    ] {
        let headers = format!("Content-Length: {}\r\n", lengths.join("\r\nContent-Length: "));
        let reply =
            until_closed(simulator.address(), format!("POST /paya/payment HTTP/1.1\r\n{headers}\r\n{{}}").as_bytes());
        assert!(reply.starts_with(&format!("HTTP/1.1 {status}")), "{lengths:?}: {reply}");
    }
    is_well(&simulator);
}

#[test]
fn wire_connection_close_and_http_1_0_end_the_connection() {
    in_each_edition(|edition| {
        let simulator = plain::simulator(edition, |_| ());
        let close = until_closed(simulator.address(), b"GET /paya/info HTTP/1.1\r\nConnection: close\r\n\r\n");
        assert!(close.starts_with("HTTP/1.1 200") && close.contains("Connection: close\r\n"), "{close}");
        assert!(until_closed(simulator.address(), b"GET /paya/info HTTP/1.0\r\n\r\n").starts_with("HTTP/1.1 200"));
        let kept = b"GET /paya/info HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".repeat(2);
        assert_eq!(replies(simulator.address(), &kept).matches("HTTP/1.1 200").count(), 2);
    });
}

#[test]
fn wire_a_body_in_chunks_is_read_like_any_other() {
    in_each_edition(|edition| {
        let simulator = plain::simulator(edition, |_| ());
        let body = start("p");
        let (first, second) = body.split_at(20);
        let chunks = format!(
            "POST /paya/payment HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{first}\r\n{:X};note=1\r\n{second}\r\n0\r\nX-Sum: 1\r\n\r\n",
            first.len(),
            second.len()
        );
        let next = "GET /paya/info HTTP/1.1\r\n\r\n";
        let said = replies(simulator.address(), (chunks + next).as_bytes());
        assert!(said.contains("\"isStarted\":true") && said.contains("\"protocol\""), "{said}");
        let torn = "POST /paya/payment HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n";
        assert!(until_closed(simulator.address(), torn.as_bytes()).starts_with("HTTP/1.1 400"));
        let huge = "POST /paya/payment HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n";
        assert!(until_closed(simulator.address(), huge.as_bytes()).starts_with("HTTP/1.1 413"));
    });
}

#[test]
fn wire_who_asks_before_sending_a_body_is_told_to_go_on() {
    let simulator = plain::simulator(comgate_simulator::Edition::V1_5, |_| ());
    let mut stream = TcpStream::connect(simulator.address()).expect("it listens");
    let body = start("p");
    write!(stream, "POST /paya/payment HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n", body.len())
        .expect("sent");
    let mut word = [0; 25];
    stream.read_exact(&mut word).expect("a word");
    assert_eq!(&word, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(body.as_bytes()).expect("sent");
    stream.shutdown(Shutdown::Write).expect("it is open");
    let mut reply = String::new();
    stream.read_to_string(&mut reply).expect("a reply");
    assert!(reply.starts_with("HTTP/1.1 200") && reply.contains("\"isStarted\":true"), "{reply}");
}

#[test]
fn wire_head_has_no_body_and_a_wrong_verb_says_which_is_right() {
    let simulator = plain::simulator(comgate_simulator::Edition::V1_5, |_| ());
    let head = replies(simulator.address(), b"HEAD /paya/info HTTP/1.1\r\n\r\n");
    let (_, body) = head.split_once("\r\n\r\n").expect("a head");
    assert!(head.starts_with("HTTP/1.1 200") && !head.contains("Content-Length: 0") && body.is_empty(), "{head}");
    for (verb, path, allow) in [("PUT", "payment", "POST"), ("GET", "payment", "POST"), ("POST", "info", "GET, HEAD")] {
        let reply = replies(simulator.address(), format!("{verb} /paya/{path} HTTP/1.1\r\n\r\n").as_bytes());
        assert!(reply.starts_with("HTTP/1.1 405") && reply.contains(&format!("\r\nAllow: {allow}\r\n")), "{reply}");
    }
    simulator.personality(|p| p.wrong_verb = ErrorReply::Text);
    let reply = replies(simulator.address(), b"GET /paya/payment HTTP/1.1\r\n\r\n");
    assert!(reply.starts_with("HTTP/1.1 200") && !reply.contains("Allow"), "{reply}");
}

#[test]
fn wire_a_query_is_ignored() {
    let simulator = plain::simulator(comgate_simulator::Edition::V1_5, |_| ());
    assert_eq!(ask(simulator.address(), "GET", "/paya/info?time=1", "").0, 200);
    assert_eq!(ask(simulator.address(), "POST", "/paya/payment?x=/paya/refund", &start("p")).0, 200);
    assert_eq!(simulator.count("payment"), 1);
    assert_eq!(ask(simulator.control_address(), "GET", "/state?now", "").0, 200);
}

/// Who judges a register must know in which order things happened.
#[test]
fn wire_requests_are_numbered_and_say_when_they_came_and_what_was_answered() {
    let till = plain::Till::of(comgate_simulator::Edition::V1_5, |_| ());
    till.simulator.fault(comgate_simulator::Fault::once("info", comgate_simulator::FaultKind::DelayReply(30)));
    ask(till.simulator.address(), "GET", "/paya/info", "");
    till.simulator.fault(comgate_simulator::Fault::once("payment", comgate_simulator::FaultKind::LoseReply));
    let lost = replies(
        till.simulator.address(),
        format!("POST /paya/payment HTTP/1.1\r\nContent-Length: {}\r\n\r\n{}", start("p").len(), start("p")).as_bytes(),
    );
    assert_eq!(lost, "");
    till.about("status", "nobody's");
    let seen = till.control("GET", "/requests?since=1", &json!(null)).1;
    assert_eq!(
        (&seen[0]["number"], &seen[0]["endpoint"], &seen[0]["status"]),
        (&json!(2), &json!("payment"), &json!(null))
    );
    assert_eq!((&seen[1]["number"], &seen[1]["status"]), (&json!(3), &json!(404)));
    assert_eq!(seen.as_array().map(Vec::len), Some(2));
    let all = till.control("GET", "/requests", &json!(null)).1;
    let at = |name: &str| all[0][name].as_u64().expect("a time");
    assert!(at("answered_ms") >= at("at_ms") + 30);
    assert_eq!(till.control("GET", "/requests?since=99", &json!(null)).1, json!([]));
    assert_eq!(till.control("GET", "/requests?since=x", &json!(null)).0, 400);
}

#[test]
fn wire_a_web_page_may_use_the_terminal_or_may_not() {
    in_each_edition(|edition| {
        let simulator = plain::simulator(edition, |_| ());
        let asks = b"OPTIONS /paya/payment HTTP/1.1\r\nOrigin: http://shop.test\r\nAccess-Control-Request-Method: POST\r\n\r\n";
        let permission = replies(simulator.address(), asks);
        assert!(permission.starts_with("HTTP/1.1 204"), "{permission}");
        for words in
            ["Allow-Origin: http://shop.test\r\n", "Allow-Headers: content-type", "Allow-Methods: GET, HEAD, POST"]
        {
            assert!(permission.contains(&format!("Access-Control-{words}")), "{permission}");
        }
        assert!(simulator.requests().is_empty(), "a question of the browser is no request of the register");
        let info = b"GET /paya/info HTTP/1.1\r\nOrigin: http://shop.test\r\n\r\n";
        assert!(replies(simulator.address(), info).contains("Access-Control-Allow-Origin: http://shop.test\r\n"));
        assert!(!replies(simulator.address(), b"GET /paya/info HTTP/1.1\r\n\r\n").contains("Access-Control"));
        simulator.personality(|p| p.no_cors = true);
        assert!(!replies(simulator.address(), info).contains("Access-Control"));
        assert!(replies(simulator.address(), asks).starts_with("HTTP/1.1 405"));
    });
}

/// Any page in the browser of the same machine could else press the terminal's buttons.
#[test]
fn wire_the_control_port_obeys_no_foreign_page_and_no_foreign_name() {
    let simulator = plain::simulator(comgate_simulator::Edition::V1_5, |_| ());
    let port = simulator.control_address().port();
    let ask = |headers: &str| {
        let body = "{\"ending\":\"declined\"}";
        let request = format!("POST /next HTTP/1.1\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len());
        replies(simulator.control_address(), request.as_bytes())
    };
    let next = || simulator_next(&simulator);
    for headers in [
        "Host: evil.test\r\n".to_owned(),
        format!("Host: evil.test:{port}\r\n"),
        format!("Host: 127.0.0.1:{port}\r\nOrigin: http://evil.test\r\n"),
        format!("Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:1\r\n"),
        format!("Host: 127.0.0.1:{port}\r\nOrigin: null\r\n"),
        "Origin: http://evil.test\r\n".to_owned(),
    ] {
        let reply = ask(&headers);
        assert!(reply.starts_with("HTTP/1.1 403"), "{headers} {reply}");
        assert_eq!(next(), 0, "{headers}");
    }
    for (count, headers) in [
        String::new(),
        format!("Host: 127.0.0.1:{port}\r\n"),
        format!("Host: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n"),
        format!("Host: [::1]:{port}\r\n"),
        "Host: localhost\r\n".to_owned(),
    ]
    .iter()
    .enumerate()
    {
        let reply = ask(headers);
        assert!(reply.starts_with("HTTP/1.1 200"), "{headers} {reply}");
        assert_eq!(next(), count + 1);
    }
}

/// How many endings wait for their operation.
fn simulator_next(simulator: &Simulator) -> usize {
    let (_, state) = ask(simulator.control_address(), "GET", "/state", "");
    let state: serde_json::Value = serde_json::from_str(&state).expect("JSON");
    state["next"].as_array().expect("a list").len()
}
