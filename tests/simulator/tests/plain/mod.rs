//! A register of a few lines: plain HTTP and JSON, and nothing of the payment library.

#![allow(dead_code)] // Each test uses a part of it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use comgate_simulator::{Edition, Options, Personality, Simulator};
use serde_json::{Value, json};

/// One exchange; status and body of the reply.
pub fn ask(address: SocketAddr, method: &str, path: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).expect("the simulator listens");
    write!(stream, "{method} {path} HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len()).expect("sent");
    let (mut reply, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut chunk).expect("a reply");
        reply.extend_from_slice(&chunk[..count]);
        let text = String::from_utf8_lossy(&reply).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let length = head.split("Content-Length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
        if length == Some(body.len()) {
            return (head[9..12].parse().expect("a status"), body.into());
        }
        assert!(count > 0, "the reply broke off: {text}");
    }
}

/// The story on a terminal of each edition; where it fails, the output says which.
pub fn in_each_edition(story: impl Fn(Edition)) {
    for edition in Edition::ALL {
        eprintln!("edition {edition:?}");
        story(edition);
    }
}

/// Waits until it is so; a test that waits in vain says for what.
#[track_caller]
pub fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = std::time::Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "it never came: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// How the editions name the same things.
pub struct Words {
    pub payment: &'static str,
    pub refund: &'static str,
    pub reversal: &'static str,
    pub closing: &'static str,
    pub declined: &'static str,
    pub rejected: &'static str,
    pub cancelled: &'static str,
    pub no_cvm: &'static str,
    pub pin: &'static str,
}

pub fn words(edition: Edition) -> Words {
    match edition {
        Edition::Before => Words {
            payment: "PAYMENT",
            refund: "REFUND",
            reversal: "REVERSAL",
            closing: "CLOSING",
            declined: "DECLINED",
            rejected: "REJECTED",
            cancelled: "CANCELLED",
            no_cvm: "NO_CVM",
            pin: "ONLINE_PIN",
        },
        Edition::V1_5 => Words {
            payment: "SALE_ONLINE",
            refund: "RETURN_ONLINE",
            reversal: "SALE_ONLINE",
            closing: "CLOSE_BATCH",
            declined: "Declined",
            rejected: "EMV_DENIAL",
            cancelled: "EMV_USER_CANCEL",
            no_cvm: "NO",
            pin: "PIN_ONLINE",
        },
    }
}

pub fn simulator(edition: Edition, change: impl FnOnce(&mut Personality)) -> Simulator {
    let simulator = Simulator::start(Options { edition, ..Options::default() }).expect("a free port");
    simulator.personality(change);
    simulator
}

/// A register and its terminal.
pub struct Till {
    pub simulator: Simulator,
    pub base: &'static str,
}

impl Till {
    pub fn of(edition: Edition, change: impl FnOnce(&mut Personality)) -> Self {
        Self { simulator: simulator(edition, change), base: "/paya" }
    }

    pub fn post(&self, endpoint: &str, body: &Value) -> (u16, Value) {
        let path = format!("{}/{endpoint}", self.base);
        let (status, text) = ask(self.simulator.address(), "POST", &path, &body.to_string());
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    pub fn control(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let (status, text) = ask(self.simulator.control_address(), method, path, &body.to_string());
        (status, serde_json::from_str(&text).expect("JSON"))
    }

    pub fn start(&self, endpoint: &str, request: &Value) -> (u16, Value) {
        self.post(endpoint, &json!({ "secureString": "27924505", "request": request }))
    }

    pub fn about(&self, endpoint: &str, id: &str) -> Value {
        self.post(endpoint, &json!({ "secureString": "27924505", "transactionId": id, "confirm": true })).1
    }

    /// Start, status until Finished, result.
    pub fn unconfirmed(&self, endpoint: &str, request: &Value) -> Value {
        let (status, reply) = self.start(endpoint, request);
        assert_eq!((status, &reply["isStarted"]), (200, &json!(true)), "{endpoint} {reply}");
        let id = request["transactionId"].as_str().expect("a text");
        self.finished(id);
        self.about("result", id)
    }

    /// Waits for the end of this transaction.
    #[track_caller]
    pub fn finished(&self, id: &str) {
        until("the status Finished", || self.about("status", id)["status"] == "Finished");
    }

    /// The same, and confirm.
    pub fn run(&self, endpoint: &str, request: &Value) -> Value {
        let result = self.unconfirmed(endpoint, request);
        self.about("confirm", request["transactionId"].as_str().expect("a text"));
        result
    }

    pub fn pay(&self, id: &str, amount: i64) -> Value {
        self.run("payment", &money(id, amount))
    }

    pub fn refund(&self, id: &str, amount: i64) -> Value {
        self.run("refund", &money(id, amount))
    }

    pub fn reverse(&self, id: &str, original: &str) -> Value {
        self.run("reverse", &reversal(id, original))
    }

    pub fn close(&self, id: &str) -> Value {
        self.run("closing", &json!({ "transactionId": id }))
    }
}

pub fn money(id: &str, amount: i64) -> Value {
    json!({ "transactionId": id, "amount": amount, "currencyCode": 203 })
}

pub fn reversal(id: &str, original: &str) -> Value {
    json!({ "transactionId": id, "originalTransactionId": original })
}
