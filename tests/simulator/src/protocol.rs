//! The terminal's side of the protocol: what each endpoint answers, and how faults get in the way.

mod about;
mod end;
mod lists;
mod replies;
mod result;
mod spelling;
mod start;

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::Shared;
use crate::ending::Ending;
use crate::fault::{self, FaultKind};
use crate::http::{self, Connection, Request, Response};
use crate::machine::{Machine, RequestRecord};
use crate::personality::CancelReply;
use crate::server::Service;

const NOT_SUPPORTED: &str = "Endpoint not supported.";

pub(crate) struct Terminal {
    shared: Arc<Shared>,
}

impl Terminal {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }
}

/// What the connection does after an exchange.
#[derive(PartialEq)]
enum Then {
    Stay,
    Close,
}

impl Service for Terminal {
    fn patience(&self) -> Duration {
        self.shared.machine().options.patience
    }

    fn serve(&self, mut connection: Connection, ending: &dyn Fn() -> bool) {
        let mut served = false;
        while let Some(request) = connection.read(ending) {
            if self.is_lost_in_silence(ending) {
                return;
            }
            if ending() || (served && self.shared.machine().personality.one_request_per_connection) {
                return;
            }
            served = true;
            let then = match browser_asks(&request, &self.shared) {
                Some(permission) => sent(&connection.write(&permission.bytes(&request))),
                None => self.exchange(&mut connection, &request, ending),
            };
            if then == Then::Close || request.closes {
                return;
            }
        }
    }
}

impl Terminal {
    /// Waits while the terminal says nothing. True when it did: what was asked is lost.
    fn is_lost_in_silence(&self, ending: &dyn Fn() -> bool) -> bool {
        let mut waited = false;
        while self.shared.machine().silent && !ending() {
            http::wait(http::SLICE, ending);
            waited = true;
        }
        waited
    }

    fn exchange(&self, connection: &mut Connection, request: &Request, ending: &dyn Fn() -> bool) -> Then {
        let endpoint = endpoint_of(&request.path).to_owned();
        let (number, fault) = self.received(request, &endpoint);
        let allows = self.allows_pages(request);
        let bytes_of = |response: &Response| {
            self.shared.machine().answered(number, response.status);
            match &allows {
                Some(page) => response.clone().with("Access-Control-Allow-Origin", page).bytes(request),
                None => response.bytes(request),
            }
        };
        let mut answer = |response: &Response| sent(&connection.write(&bytes_of(response)));
        match fault {
            None => answer(&self.act(request, &endpoint)),
            Some(FaultKind::Drop) => Then::Close,
            Some(FaultKind::Undo) => {
                self.shared.machine().undo_unconfirmed(0);
                Then::Close
            }
            Some(FaultKind::UndoFirst) => {
                self.shared.machine().undo_unconfirmed(0);
                answer(&self.act(request, &endpoint))
            }
            Some(FaultKind::RestartFirst) => {
                self.shared.machine().restart();
                answer(&self.act(request, &endpoint))
            }
            Some(FaultKind::ActAndAnswer(status, body)) => {
                self.act(request, &endpoint);
                answer(&Response::text(status, &body))
            }
            Some(FaultKind::Hang(milliseconds)) => {
                http::wait(Duration::from_millis(milliseconds), ending);
                Then::Close
            }
            Some(FaultKind::Hold) => {
                let before = self.shared.machine().releases;
                let response = self.act(request, &endpoint);
                while !ending() && self.shared.machine().releases == before {
                    http::wait(http::SLICE, ending);
                }
                answer(&response)
            }
            Some(FaultKind::LoseReply) => {
                self.act(request, &endpoint);
                Then::Close
            }
            Some(FaultKind::CutReplyAfter(count)) => {
                let bytes = bytes_of(&self.act(request, &endpoint));
                sent(&connection.write(&bytes[..count.min(bytes.len())]));
                Then::Close
            }
            Some(FaultKind::Delay(milliseconds)) => {
                http::wait(Duration::from_millis(milliseconds), ending);
                answer(&self.act(request, &endpoint))
            }
            Some(FaultKind::DelayReply(milliseconds)) => {
                let response = self.act(request, &endpoint);
                http::wait(Duration::from_millis(milliseconds), ending);
                answer(&response)
            }
            Some(FaultKind::SlowDrip(milliseconds)) => {
                let bytes = bytes_of(&self.act(request, &endpoint));
                sent(&connection.drip(&bytes, Duration::from_millis(milliseconds), ending))
            }
            Some(FaultKind::CloseAfterReply) => {
                answer(&self.act(request, &endpoint));
                Then::Close
            }
            Some(FaultKind::Garbage) => {
                sent(&connection.write(b"\x00\x01\xff garbage \x7f\r\n\r\n"));
                Then::Close
            }
            Some(FaultKind::BrokenJson) => answer(&Response::text(200, "{\"transactionId\":\"")),
            Some(FaultKind::WebPage) => answer(&Response::text(200, "<!DOCTYPE html><title>Router</title>")),
            Some(FaultKind::NotSupported) => answer(&Response::text(404, NOT_SUPPORTED)),
            Some(FaultKind::Answer(status, body)) => answer(&Response::text(status, &body)),
            Some(FaultKind::EmptyBody) => {
                self.act(request, &endpoint);
                answer(&Response::text(200, ""))
            }
            Some(FaultKind::WrongId) => answer(&with_wrong_id(self.act(request, &endpoint))),
            Some(FaultKind::Redirect(url)) => answer(&Response::text(307, "").with("Location", &url)),
            Some(FaultKind::BigBody(size)) => {
                self.act(request, &endpoint);
                answer(&Response::text(200, &" ".repeat(size)))
            }
        }
    }

    /// The page of a browser that may read the reply; a request of a program has none.
    fn allows_pages(&self, request: &Request) -> Option<String> {
        request.origin.clone().filter(|_| !self.shared.machine().personality.no_cors)
    }

    /// Notes the request, under a number, and finds out what goes wrong with it.
    fn received(&self, request: &Request, endpoint: &str) -> (usize, Option<FaultKind>) {
        let body: Value =
            serde_json::from_slice(&request.body).unwrap_or_else(|_| String::from_utf8_lossy(&request.body).into());
        let id = body
            .pointer("/request/transactionId")
            .or_else(|| body.get("transactionId"))
            .and_then(Value::as_str)
            .map(Into::into);
        let mut machine = self.shared.machine();
        let fault = what_goes_wrong(&mut machine, endpoint, &body);
        let (number, at_ms) = (machine.requests.len() + 1, machine.clock_ms());
        machine.requests.push(RequestRecord {
            number,
            at_ms,
            status: None,
            answered_ms: None,
            endpoint: endpoint.into(),
            method: request.method.clone(),
            path: request.path.clone(),
            transaction_id: id,
            connection: request.connection,
            body,
            fault: fault.clone(),
        });
        (number, fault)
    }

    fn act(&self, request: &Request, endpoint: &str) -> Response {
        let mut machine = self.shared.machine();
        if machine.is_booting() {
            return Response::text(404, NOT_SUPPORTED);
        }
        let mut paths = machine.options.base_paths.iter();
        let Some(path) = paths.find(|base| request.path == format!("{base}/{endpoint}")).cloned() else {
            return Response::text(404, NOT_SUPPORTED);
        };
        machine.asked_path = path;
        let reply = replies::reply(&mut machine, request, endpoint);
        let forbidden = machine.personality.forbidden_but_acts && request.method == "POST";
        if forbidden { Response::text(403, "Forbidden") } else { reply }
    }
}

/// A browser asks before it lets a page of somebody else send a request.
fn browser_asks(request: &Request, shared: &Shared) -> Option<Response> {
    if request.method != "OPTIONS" || shared.machine().personality.no_cors {
        return None;
    }
    let permission = Response::text(204, "")
        .with("Access-Control-Allow-Origin", request.origin.as_deref().unwrap_or("*"))
        .with("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS")
        .with("Access-Control-Allow-Headers", "content-type, accept")
        .with("Access-Control-Allow-Private-Network", "true")
        .with("Access-Control-Max-Age", "600");
    Some(permission)
}

/// Functions of the document whose names have two parts.
const OF_TWO_PARTS: [&str; 5] =
    ["payment/moto", "preauth/complete", "preauth/increment", "preauth/cancel", "preauth/transactions"];

/// The function that a path names, under whichever base path: `preauth/complete` of `/paya/preauth/complete`.
fn endpoint_of(path: &str) -> &str {
    let named = |name: &&&str| path.strip_suffix(**name).is_some_and(|base| base.ends_with('/'));
    let last = || path.rsplit('/').next().unwrap_or_default();
    OF_TWO_PARTS.iter().find(named).copied().unwrap_or_else(last)
}

fn what_goes_wrong(machine: &mut Machine, endpoint: &str, body: &Value) -> Option<FaultKind> {
    if let Some(kind) = machine.kind_of(endpoint) {
        let amount = body.pointer("/request/amount").and_then(Value::as_i64).unwrap_or_default();
        match machine.ending_of(kind, amount) {
            Ending::StartReplyLost => return Some(FaultKind::LoseReply),
            Ending::StartLost => return Some(FaultKind::Drop),
            ending => {
                let late = [(Ending::ResultReplyLost, "result"), (Ending::ConfirmReplyLost, "confirm")];
                for (_, at) in late.iter().filter(|(row, _)| *row == ending) {
                    machine.faults.push(fault::Fault::once(at, FaultKind::LoseReply));
                }
            }
        }
    }
    let closes = endpoint == "cancel" && machine.personality.cancel_reply == CancelReply::Closes;
    fault::take(&mut machine.faults, endpoint).or(closes.then_some(FaultKind::LoseReply))
}

fn sent(result: &std::io::Result<()>) -> Then {
    if result.is_ok() { Then::Stay } else { Then::Close }
}

fn with_wrong_id(mut response: Response) -> Response {
    if let Ok(Value::Object(mut fields)) = serde_json::from_slice(&response.body) {
        fields.insert("transactionId".into(), "00000000-0000-4000-8000-000000000000".into());
        response.body = Value::Object(fields).to_string().into_bytes();
    }
    response
}
