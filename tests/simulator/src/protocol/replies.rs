//! What each endpoint answers when nothing is in the way.

use std::time::Instant;

use serde_json::{Map, Value, json};

use super::spelling::written;
use super::{NOT_SUPPORTED, lists, result, start};
use crate::http::{Request, Response};
use crate::machine::{Machine, State, Transaction, clock};
use crate::personality::{
    Answers, CancelReply, Confirm, ConfirmRefusal, ConfirmSpelling, ErrorReply, IdsInTexts, InfoVersion, IsOnline,
    LagShows, LongIds, NeedlessConfirm, TerminalTime, UnknownId, WrongSecret,
};

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

/// What is known of a transaction.
type Known = fn(&Machine, &Transaction) -> Value;

/// A question about a transaction, or what the personality says when it is not known.
pub(super) fn about(machine: &Machine, endpoint: &str, id: &str, known: Known) -> (u16, Value) {
    match machine.remembered(id) {
        Some(transaction) if machine.lags(transaction, endpoint) => lagging(machine, endpoint, transaction, known),
        Some(transaction) => match machine.personality.answers {
            Answers::Asked => (200, known(machine, transaction)),
            Answers::LastWithItsId => (200, last(machine, endpoint, id, known)),
            Answers::LastWithAskedId => (200, last_as_asked(machine, endpoint, id, known)),
        },
        None => about_nobody(machine, endpoint, id, known),
    }
}

/// What is said of the last transaction that this endpoint knows.
fn last(machine: &Machine, endpoint: &str, id: &str, known: Known) -> Value {
    machine.newest_shown(endpoint).map_or_else(|| json!({ "transactionId": id }), |last| known(machine, last))
}

fn last_as_asked(machine: &Machine, endpoint: &str, id: &str, known: Known) -> Value {
    let mut value = last(machine, endpoint, id, known);
    value["transactionId"] = json!(id);
    value
}

/// What is said of a transaction that this endpoint does not know yet.
fn lagging(machine: &Machine, endpoint: &str, asked: &Transaction, known: Known) -> (u16, Value) {
    let id = &asked.order.id;
    if machine.newest_shown(endpoint).is_none() || machine.personality.lag_shows == LagShows::Nothing {
        let bare = asked.state == State::Finished && endpoint == "result";
        return if bare { (200, json!({ "transactionId": id })) } else { about_nobody(machine, endpoint, id, known) };
    }
    let value = match machine.personality.lag_shows {
        LagShows::LastWithAskedId | LagShows::Nothing => last_as_asked(machine, endpoint, id, known),
        LagShows::LastWithItsId => last(machine, endpoint, id, known),
        LagShows::LastWithoutId => {
            let mut value = last(machine, endpoint, id, known);
            value.as_object_mut().map(|fields| fields.remove("transactionId"));
            value
        }
    };
    (200, value)
}

/// What is said of an id that nobody knows.
fn about_nobody(machine: &Machine, endpoint: &str, id: &str, known: Known) -> (u16, Value) {
    let bare = json!({ "transactionId": id });
    let named = in_a_text(machine.personality.ids_in_texts, id);
    let words = match machine.personality.ids_in_texts {
        IdsInTexts::Whole => "Unknown transaction".into(),
        IdsInTexts::Shortened | IdsInTexts::WithoutDashes | IdsInTexts::Capitals => format!("Trx {named} is not known"),
    };
    match machine.personality.unknown_id {
        UnknownId::Http404 => (404, json!({ "message": words })),
        UnknownId::Http404Text => (404, json!("Not found")),
        UnknownId::Http400 => (400, json!({ "transactionId": id, "message": words })),
        UnknownId::Text => (200, json!(words)),
        UnknownId::Empty => (200, json!("")),
        UnknownId::Bare => (200, bare),
        UnknownId::ResponseCode => (200, json!({ "transactionId": id, "responseCode": "UNKNOWN_TRANSACTION" })),
        UnknownId::Http500 => (500, json!("Internal error")),
        UnknownId::IdleText => (200, json!({ "transactionId": id, "status": format!("Připraven, {named} neznám") })),
        UnknownId::Finished => {
            let words = format!("Transaction {named} not found");
            (
                200,
                json!({ "transactionId": id, "status": "Finished", "responseCode": "NOT_FOUND", "responseMessage": words }),
            )
        }
        UnknownId::LastWithItsId => (200, last(machine, endpoint, id, known)),
        UnknownId::LastWithAskedId => (200, last_as_asked(machine, endpoint, id, known)),
    }
}

fn in_a_text(manner: IdsInTexts, id: &str) -> String {
    match manner {
        IdsInTexts::Whole => id.into(),
        IdsInTexts::Shortened => id.chars().take(8).collect(),
        IdsInTexts::WithoutDashes => id.replace('-', ""),
        IdsInTexts::Capitals => id.to_uppercase(),
    }
}

fn status_of(machine: &Machine, transaction: &Transaction) -> Value {
    let personality = &machine.personality;
    let flipped = personality.finished_flips_back && transaction.finished_told % 2 == 1;
    let early = personality.finished_early_ms.is_some_and(|limit| transaction.known_for(Instant::now()) >= limit);
    let state = if early { State::Finished } else { transaction.state };
    let text = match state {
        State::Running if personality.no_status_while_running => {
            return json!({ "transactionId": transaction.order.id });
        }
        State::Finished if !flipped && personality.finished_in_czech => "Dokončeno",
        State::Finished if !flipped && personality.finished_in_capitals => "FINISHED",
        State::Finished if !flipped => "Finished",
        State::Finished | State::Running => transaction.status_text(machine.pace, personality.status_language),
    };
    json!({ "transactionId": transaction.order.id, "status": text })
}

fn confirm(machine: &mut Machine, id: &str, wish: Option<&Value>) -> (u16, Value) {
    let Some(transaction) = machine.find(id) else {
        return about(machine, "confirm", id, |_, transaction| json!({ "transactionId": transaction.order.id }));
    };
    let refused = json!({ "message": "Transaction cannot be confirmed" });
    let (needed, manner) = (transaction.order.kind.needs_a_confirm(), machine.personality.needless_confirm);
    match manner {
        NeedlessConfirm::Http404 if !needed => return (404, refused),
        NeedlessConfirm::Http405 if !needed => return (405, refused),
        NeedlessConfirm::False if !needed => return (200, confirmed(machine, id, false)),
        _ => {}
    }
    if wish == Some(&json!(false)) {
        machine.reject(id);
    }
    let is = wish == Some(&json!(true)) && machine.confirm(id);
    match machine.personality.confirm_refusal {
        ConfirmRefusal::Http404 if !is => (404, refused),
        ConfirmRefusal::Http404 | ConfirmRefusal::False => (200, confirmed(machine, id, is)),
    }
}

fn confirmed(machine: &Machine, id: &str, is: bool) -> Value {
    let spelling = machine.personality.confirm_spelling;
    let mut value = json!({ "transactionId": id });
    if spelling != ConfirmSpelling::IsConfirm {
        value["isConfirmed"] = json!(is);
    }
    if spelling != ConfirmSpelling::IsConfirmed {
        value["isConfirm"] = json!(is);
    }
    value
}

fn cancel(machine: &mut Machine, id: &str) -> (u16, Value) {
    machine.cancel(id);
    let cancelled = machine.find(id).is_some_and(|transaction| transaction.cancelled);
    let says = |is: bool| (200, json!({ "transactionId": id, "isCancelled": is }));
    let bare: Known = |_, transaction| json!({ "transactionId": transaction.order.id });
    match machine.personality.cancel_reply {
        // The connection is closed before this one is sent.
        CancelReply::Bare | CancelReply::Closes => about(machine, "cancel", id, bare),
        CancelReply::Truth => says(cancelled),
        CancelReply::Yes => says(true),
        CancelReply::No => says(false),
        CancelReply::NotSupported => (404, json!(NOT_SUPPORTED)),
        CancelReply::Http409 => (409, json!({ "message": "Cannot be cancelled" })),
        CancelReply::Empty => (200, json!("")),
        CancelReply::Message if cancelled => (200, json!({ "message": "Transaction is being cancelled" })),
        CancelReply::Message if machine.remembered(id).is_none() => about(machine, "cancel", id, bare),
        CancelReply::Message => (405, json!({ "message": "Transaction cannot be cancelled now" })),
    }
}
