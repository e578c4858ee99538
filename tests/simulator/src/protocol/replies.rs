//! What each endpoint answers when nothing is in the way.

use serde_json::{Map, Value, json};

use super::about::{about, status_of};
use super::end::{cancel, confirm};
use super::spelling::written;
use super::{NOT_SUPPORTED, lists, result, start};
use crate::http::{Request, Response};
use crate::machine::{Machine, clock};
use crate::personality::{Confirm, ErrorReply, InfoVersion, IsOnline, LongIds, TerminalTime, WrongSecret};

/// The limit of terminals that have one.
pub(super) const LONGEST_ID: usize = 20;

pub(super) fn reply(machine: &mut Machine, request: &Request, endpoint: &str) -> Response {
    machine.tick();
    let allowed: &[&str] = if endpoint == "info" { &["GET", "HEAD"] } else { &["POST"] };
    if !allowed.contains(&request.method.as_str()) {
        let refusal = error(machine.personality.wrong_verb, 405, "Method not allowed");
        return if refusal.status == 405 { refusal.with("Allow", &allowed.join(", ")) } else { refusal };
    }
    if endpoint == "info" {
        return info(machine);
    }
    let Ok(Value::Object(body)) = serde_json::from_slice::<Value>(&request.body) else {
        return error(machine.personality.bad_json, 400, "The request is not JSON.");
    };
    if body.get("secureString").and_then(Value::as_str) != Some(&machine.options.secure_string) {
        return wrong_secret(machine.personality.wrong_secret);
    }
    let id = own_id(machine, body.get("transactionId"));
    let Some((status, value)) = answer(machine, endpoint, &id, &body) else {
        return Response::text(404, NOT_SUPPORTED);
    };
    machine.told(endpoint, &id);
    written(&machine.personality, status, value)
}

/// What this endpoint answers, where the terminal has it.
fn answer(machine: &mut Machine, endpoint: &str, id: &str, body: &Map<String, Value>) -> Option<(u16, Value)> {
    let asked = body.get("request").unwrap_or(&Value::Null);
    let answer = match endpoint {
        "terminal" if machine.personality.no_terminal_endpoint => return None,
        "terminal" => (200, terminal(machine, body.get("checkOnline") == Some(&json!(true)))),
        "status" if machine.is_silent_about(id) => (503, json!("Service unavailable")),
        "status" => about(machine, endpoint, id, status_of),
        "result" => about(machine, endpoint, id, result::result_of),
        "confirm" if machine.personality.confirm == Confirm::NotSupported => return None,
        "confirm" => confirm(machine, id, body.get("confirm")),
        "cancel" => cancel(machine, id),
        name => match machine.kind_of(name) {
            Some(kind) => start::start(machine, kind, name, asked),
            None if machine.endpoints.contains_key(name) => (200, exchanged(asked)),
            None => return lists::answer(machine, name, id, body.get("daughterCompanyId")),
        },
    };
    Some(answer)
}

/// The id by which the terminal knows a transaction.
pub(super) fn own_id(machine: &Machine, id: Option<&Value>) -> String {
    let most = if machine.personality.long_ids == LongIds::Cut { LONGEST_ID } else { usize::MAX };
    id.and_then(Value::as_str).unwrap_or_default().chars().take(most).collect()
}

fn info(machine: &Machine) -> Response {
    let mut value = json!({ "protocol": "GSA" });
    // The oldest path has no number.
    let number = machine.asked_path.rsplit_once("/v").and_then(|(_, number)| number.parse::<u32>().ok()).unwrap_or(1);
    match machine.personality.info_version {
        InfoVersion::Text => value["version"] = json!(number.to_string()),
        InfoVersion::Number => value["version"] = json!(number),
        InfoVersion::Zero => value["version"] = json!(0),
        InfoVersion::Missing => {}
    }
    if !machine.personality.info_without_id {
        value["terminalId"] = json!(machine.options.terminal_id);
    }
    if machine.options.says_simulator {
        value["simulator"] = json!(true);
    }
    Response::json(200, &value)
}

fn terminal(machine: &Machine, check_online: bool) -> Value {
    let mut value = json!({ "terminalId": machine.options.terminal_id, "dateTime": terminal_time(machine) });
    let online = !machine.personality.bank_offline;
    match machine.personality.is_online {
        IsOnline::Flag if check_online => value["isOnline"] = json!(online),
        IsOnline::Flag => {}
        IsOnline::Numbers if check_online => value["isOnline"] = json!(if online { 1 } else { 2 }),
        IsOnline::Numbers => value["isOnline"] = json!(0),
    }
    if check_online {
        value["onlineStatus"] = json!(if online { "Online" } else { "Offline" });
    }
    value
}

fn terminal_time(machine: &Machine) -> Value {
    let milliseconds = clock::now() * 1_000;
    match machine.personality.terminal_time {
        TerminalTime::Date if machine.personality.own_time => json!(clock::written(clock::now(), false)),
        TerminalTime::Date => json!("Nov 23, 2026 14:39:37"),
        TerminalTime::EpochText => json!(milliseconds.to_string()),
        TerminalTime::EpochNumber => json!(milliseconds),
    }
}

/// What a function of one exchange answers: that it is done.
fn exchanged(asked: &Value) -> Value {
    let mut value = json!({ "responseCode": "OK", "responseMessage": "potvrzeno" });
    if let Some(id) = asked.get("transactionId") {
        value["transactionId"] = id.clone();
    }
    value
}

fn wrong_secret(manner: WrongSecret) -> Response {
    match manner {
        WrongSecret::Http401 => Response::json(401, &json!({ "message": "Invalid secureString" })),
        WrongSecret::Http403 => Response::text(403, "Forbidden"),
        WrongSecret::Http400 => Response::text(400, "Bad secureString"),
        WrongSecret::Http500 => Response::text(500, "Internal error"),
        WrongSecret::Text => Response::text(200, "Invalid secureString"),
        WrongSecret::ResponseCode => Response::json(200, &json!({ "responseCode": "UNAUTHORIZED" })),
        WrongSecret::NotStarted => {
            Response::json(200, &json!({ "isStarted": false, "responseMessage": "Invalid secureString" }))
        }
    }
}

fn error(manner: ErrorReply, status: u16, text: &str) -> Response {
    match manner {
        ErrorReply::Plain => Response::text(status, text),
        ErrorReply::Json => Response::json(status, &json!({ "message": text })),
        ErrorReply::Http500 => Response::text(500, text),
        ErrorReply::Http500Json => Response::json(500, &json!({ "message": text })),
        ErrorReply::Text => Response::text(200, text),
        ErrorReply::ResponseCode => {
            Response::json(200, &json!({ "responseCode": "BAD_REQUEST", "responseMessage": text }))
        }
    }
}
