//! Requests written by hand: those of another till, or of a till that has died since.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

use comgate_simulator::Simulator;
use serde_json::{Value, json};

/// One request with the secret, and its reply.
#[track_caller]
pub fn post(address: SocketAddr, endpoint: &str, mut body: Value) -> Value {
    body["secureString"] = "27924505".into();
    let body = body.to_string();
    let mut stream = TcpStream::connect(address).expect("the terminal listens");
    write!(stream, "POST /paya/{endpoint} HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        .expect("it can be sent");
    let (mut reply, mut line, mut length) = (BufReader::new(stream), String::new(), 0);
    while line != "\r\n" {
        line.clear();
        assert!(reply.read_line(&mut line).expect("a head") > 0, "{endpoint} was not answered");
        if let Some(number) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = number.trim().parse().expect("a length");
        }
    }
    let mut body = vec![0; length];
    reply.read_exact(&mut body).expect("a body");
    serde_json::from_slice(&body).expect("JSON")
}

/// Starts a payment in CZK.
pub fn start(terminal: &Simulator, transaction: &str, amount: i64) {
    let request = json!({ "transactionId": transaction, "amount": amount, "currencyCode": 203 });
    let reply = post(terminal.address(), "payment", json!({ "request": request }));
    assert_eq!(reply["isStarted"], true, "{reply}");
}

/// Follows it to its end.
pub fn follow(terminal: &Simulator, transaction: &str) {
    while post(terminal.address(), "status", json!({ "transactionId": transaction }))["status"] != "Finished" {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}
