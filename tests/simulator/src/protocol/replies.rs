//! What each endpoint answers when nothing is in the way.

use serde_json::{Value, json};

use super::spelling::written;
use super::{NOT_SUPPORTED, result, start};
use crate::http::{Request, Response};
use crate::machine::{Machine, State, Transaction};
use crate::personality::{Answers, CancelReply, Confirm, ErrorReply, InfoVersion, LongIds, UnknownId, WrongSecret};

/// The limit of terminals that have one.
pub(super) const LONGEST_ID: usize = 20;

pub(super) fn reply(machine: &mut Machine, request: &Request, endpoint: &str) -> Response {
    machine.tick();
    if request.method != if endpoint == "info" { "GET" } else { "POST" } {
        return error(machine.personality.wrong_verb, 405, "Method not allowed");
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
    let id = &own_id(machine, body.get("transactionId"));
    let asked = body.get("request").unwrap_or(&Value::Null);
    let (status, value) = match endpoint {
        "terminal" if machine.personality.no_terminal_endpoint => return Response::text(404, NOT_SUPPORTED),
        "terminal" => (200, terminal(machine, body.get("checkOnline") == Some(&json!(true)))),
        "status" => about(machine, id, status_of),
        "result" => about(machine, id, result::result_of),
        "confirm" if machine.personality.confirm == Confirm::NotSupported => return Response::text(404, NOT_SUPPORTED),
        "confirm" => confirm(machine, id),
        "cancel" => cancel(machine, id),
        name => match machine.kind_of(name) {
            Some(kind) => start::start(machine, kind, name, asked),
            None if machine.endpoints.contains_key(name) => (200, exchanged(asked)),
            None => return Response::text(404, NOT_SUPPORTED),
        },
    };
    machine.told(endpoint, id);
    written(&machine.personality, status, value)
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
    let mut value = json!({ "terminalId": machine.options.terminal_id, "dateTime": "Nov 23, 2026 14:39:37" });
    if check_online {
        value["isOnline"] = json!(true);
        value["onlineStatus"] = json!("Online");
    }
    value
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

/// A question about a transaction, or what the personality says when it is not known.
fn about(machine: &Machine, id: &str, known: fn(&Machine, &Transaction) -> Value) -> (u16, Value) {
    let bare = json!({ "transactionId": id });
    let last = || machine.last().map_or(bare.clone(), |last| known(machine, last));
    let last_as_asked = || {
        let mut value = last();
        value["transactionId"] = json!(id);
        value
    };
    if let Some(transaction) = machine.remembered(id) {
        return match machine.personality.answers {
            Answers::Asked => (200, known(machine, transaction)),
            Answers::LastWithItsId => (200, last()),
            Answers::LastWithAskedId => (200, last_as_asked()),
        };
    }
    match machine.personality.unknown_id {
        UnknownId::Http404 => unknown(),
        UnknownId::Http404Text => (404, json!("Not found")),
        UnknownId::Http400 => (400, json!({ "transactionId": id, "message": "Unknown transaction" })),
        UnknownId::Text => (200, json!("Unknown transaction")),
        UnknownId::Empty => (200, json!("")),
        UnknownId::Bare => (200, bare),
        UnknownId::ResponseCode => (200, json!({ "transactionId": id, "responseCode": "UNKNOWN_TRANSACTION" })),
        UnknownId::Http500 => (500, json!("Internal error")),
        UnknownId::IdleText => (200, json!({ "transactionId": id, "status": format!("Připraven, {id} neznám") })),
        UnknownId::Finished => {
            let words = format!("Transaction {id} not found");
            (
                200,
                json!({ "transactionId": id, "status": "Finished", "responseCode": "NOT_FOUND", "responseMessage": words }),
            )
        }
        UnknownId::LastWithItsId => (200, last()),
        UnknownId::LastWithAskedId => (200, last_as_asked()),
    }
}

/// What most say of an id that they do not know.
pub(super) fn unknown() -> (u16, Value) {
    (404, json!({ "message": "Unknown transaction" }))
}

fn status_of(machine: &Machine, transaction: &Transaction) -> Value {
    let personality = &machine.personality;
    let flipped = personality.finished_flips_back && transaction.finished_told % 2 == 1;
    let text = match transaction.state {
        State::Running if personality.no_status_while_running => {
            return json!({ "transactionId": transaction.order.id });
        }
        State::Finished if !flipped && personality.finished_in_czech => "Dokončeno",
        State::Finished if !flipped && personality.finished_in_capitals => "FINISHED",
        State::Finished if !flipped => "Finished",
        State::Finished | State::Running => transaction.screen_text(machine.pace, personality.status_language),
    };
    json!({ "transactionId": transaction.order.id, "status": text })
}

fn confirm(machine: &mut Machine, id: &str) -> (u16, Value) {
    if machine.find(id).is_none() {
        return about(machine, id, |_, transaction| json!({ "transactionId": transaction.order.id }));
    }
    let confirmed = machine.confirm(id);
    (200, json!({ "transactionId": id, "isConfirmed": confirmed }))
}

fn cancel(machine: &mut Machine, id: &str) -> (u16, Value) {
    machine.cancel(id);
    let cancelled = machine.find(id).is_some_and(|transaction| transaction.cancelled);
    let says = |is: bool| (200, json!({ "transactionId": id, "isCancelled": is }));
    match machine.personality.cancel_reply {
        // The connection is closed before this one is sent.
        CancelReply::Bare | CancelReply::Closes => {
            about(machine, id, |_, transaction| json!({ "transactionId": transaction.order.id }))
        }
        CancelReply::Truth => says(cancelled),
        CancelReply::Yes => says(true),
        CancelReply::No => says(false),
        CancelReply::NotSupported => (404, json!(NOT_SUPPORTED)),
        CancelReply::Http409 => (409, json!({ "message": "Cannot be cancelled" })),
        CancelReply::Empty => (200, json!("")),
    }
}
