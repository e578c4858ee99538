//! What each endpoint answers when nothing is in the way.

use serde_json::{Map, Value, json};

use super::{NOT_SUPPORTED, result};
use crate::http::{Request, Response};
use crate::machine::{Accepted, Machine, State, Transaction};
use crate::personality::{Busy, Confirm, UnknownId, WrongSecret};

pub(super) fn reply(machine: &mut Machine, request: &Request, endpoint: &str) -> Response {
    machine.tick();
    if endpoint == "info" {
        return if request.method == "GET" { info(machine) } else { Response::text(405, "") };
    }
    let Ok(Value::Object(body)) = serde_json::from_slice::<Value>(&request.body) else {
        return Response::text(400, "The request is not JSON.");
    };
    if body.get("secureString").and_then(Value::as_str) != Some(&machine.options.secure_string) {
        return wrong_secret(machine.personality.wrong_secret);
    }
    let id = body.get("transactionId").and_then(Value::as_str).unwrap_or_default();
    let (status, value) = match endpoint {
        "terminal" if machine.personality.no_terminal_endpoint => return Response::text(404, NOT_SUPPORTED),
        "terminal" => (200, terminal(machine, body.get("checkOnline") == Some(&json!(true)))),
        "payment" => payment(machine, body.get("request").unwrap_or(&Value::Null)),
        "status" => about(machine, id, status_of),
        "result" => about(machine, id, result::result_of),
        "confirm" if machine.personality.confirm == Confirm::NotSupported => return Response::text(404, NOT_SUPPORTED),
        "confirm" => confirm(machine, id),
        "cancel" => cancel(machine, id),
        _ => return Response::text(404, NOT_SUPPORTED),
    };
    written(machine, status, value)
}

fn info(machine: &Machine) -> Response {
    let mut value = json!({ "terminalId": machine.options.terminal_id, "protocol": "GSA", "version": "2" });
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

fn wrong_secret(manner: WrongSecret) -> Response {
    match manner {
        WrongSecret::Http401 => Response::json(401, &json!({ "message": "Invalid secureString" })),
        WrongSecret::Http403 => Response::text(403, "Forbidden"),
        WrongSecret::Http400 => Response::text(400, "Bad secureString"),
        WrongSecret::NotStarted => {
            Response::json(200, &json!({ "isStarted": false, "responseMessage": "Invalid secureString" }))
        }
    }
}

fn payment(machine: &mut Machine, request: &Value) -> (u16, Value) {
    let number = |name: &str| {
        let value = request.get(name)?;
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    };
    let (Some(id), Some(amount), Some(currency)) =
        (request.get("transactionId").and_then(Value::as_str), number("amount"), number("currencyCode"))
    else {
        return (400, json!({ "message": "transactionId, amount and currencyCode are needed" }));
    };
    let accepted = machine.start(id, amount, currency);
    let refused = |text: &str| (200, json!({ "transactionId": id, "isStarted": false, "status": text }));
    match accepted {
        Accepted::Yes => {
            let mut value = json!({ "transactionId": id, "isStarted": true, "status": "Started" });
            if machine.personality.no_is_started {
                value.as_object_mut().map(|fields| fields.remove("isStarted"));
            }
            (200, value)
        }
        Accepted::Refused => refused("Terminál není připraven"),
        Accepted::Duplicate => refused("Duplicate transactionId"),
        Accepted::Busy => match machine.personality.busy {
            Busy::NotStarted => refused("Terminal busy"),
            Busy::Http409 => (409, json!({ "message": "Terminal busy" })),
            Busy::Undefined => {
                (200, json!({ "transactionId": id, "responseCode": "UNDEFINED", "responseMessage": "Terminal busy" }))
            }
        },
    }
}

/// A question about a transaction, or what the personality says when it is not known.
fn about(machine: &Machine, id: &str, known: fn(&Machine, &Transaction) -> Value) -> (u16, Value) {
    if let Some(transaction) = machine.find(id) {
        return (200, known(machine, transaction));
    }
    let bare = json!({ "transactionId": id });
    match machine.personality.unknown_id {
        UnknownId::Http404 => (404, json!({ "message": "Unknown transaction" })),
        UnknownId::Bare => (200, bare),
        UnknownId::ResponseCode => (200, json!({ "transactionId": id, "responseCode": "UNKNOWN_TRANSACTION" })),
        UnknownId::Http500 => (500, json!("Internal error")),
        UnknownId::IdleText => (200, json!({ "transactionId": id, "status": "Připraven" })),
        UnknownId::Finished => (200, json!({ "transactionId": id, "status": "Finished" })),
        UnknownId::LastWithItsId => (200, machine.last().map_or(bare, |last| known(machine, last))),
        UnknownId::LastWithAskedId => {
            let mut value = machine.last().map_or(bare, |last| known(machine, last));
            value["transactionId"] = json!(id);
            (200, value)
        }
    }
}

fn status_of(machine: &Machine, transaction: &Transaction) -> Value {
    let finished = if machine.personality.finished_in_capitals { "FINISHED" } else { "Finished" };
    let text = match transaction.state {
        State::Finished => finished,
        State::Running => transaction.screen_text(machine.pace),
    };
    json!({ "transactionId": transaction.id, "status": text })
}

fn confirm(machine: &mut Machine, id: &str) -> (u16, Value) {
    let (status, unknown) = about(machine, id, |_, _| Value::Null);
    if machine.find(id).is_none() {
        return (status, unknown);
    }
    let confirmed = machine.confirm(id);
    (200, json!({ "transactionId": id, "isConfirmed": confirmed }))
}

fn cancel(machine: &mut Machine, id: &str) -> (u16, Value) {
    machine.cancel(id);
    about(machine, id, |_, transaction| json!({ "transactionId": transaction.id }))
}

/// Writes a reply the way this terminal writes.
fn written(machine: &Machine, status: u16, mut value: Value) -> Response {
    let personality = &machine.personality;
    if let Value::Object(fields) = &mut value {
        if personality.no_transaction_id {
            fields.remove("transactionId");
        }
        fields.values_mut().for_each(|field| respell(field, personality.numbers_as_text, personality.flags_as_numbers));
    }
    let mut response = Response::json(status, &value);
    if let Value::String(text) = &value {
        response.body = text.clone().into_bytes();
    }
    if personality.windows_1250 {
        response.body = windows_1250(&String::from_utf8_lossy(&response.body));
    }
    if personality.bom {
        response.body.splice(0..0, *b"\xEF\xBB\xBF");
    }
    response
}

fn respell(field: &mut Value, numbers_as_text: bool, flags_as_numbers: bool) {
    match field {
        Value::Number(number) if numbers_as_text => *field = Value::String(number.to_string()),
        Value::Bool(flag) if flags_as_numbers => *field = json!(u8::from(*flag)),
        Value::Object(fields) => {
            let fields: &mut Map<String, Value> = fields;
            fields.values_mut().for_each(|field| respell(field, numbers_as_text, flags_as_numbers));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {}
    }
}

/// The letters the simulator's own texts use.
fn windows_1250(text: &str) -> Vec<u8> {
    const LETTERS: [(char, u8); 16] = [
        ('á', 0xE1),
        ('č', 0xE8),
        ('ď', 0xEF),
        ('é', 0xE9),
        ('ě', 0xEC),
        ('í', 0xED),
        ('ň', 0xF2),
        ('ó', 0xF3),
        ('ř', 0xF8),
        ('š', 0x9A),
        ('ť', 0x9D),
        ('ú', 0xFA),
        ('ů', 0xF9),
        ('ý', 0xFD),
        ('ž', 0x9E),
        ('Ž', 0x8E),
    ];
    let byte = |letter: char| LETTERS.iter().find(|(row, _)| *row == letter).map_or(b'?', |(_, byte)| *byte);
    text.chars().map(|letter| u8::try_from(letter).ok().filter(u8::is_ascii).unwrap_or_else(|| byte(letter))).collect()
}
