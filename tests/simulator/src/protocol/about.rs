//! What is said of one transaction: of a known one, of one that this endpoint does not know yet, of one that nobody knows.

use std::time::Instant;

use serde_json::{Value, json};

use crate::machine::{Machine, State, Transaction};
use crate::personality::{Answers, IdsInTexts, LagShows, UnknownId};

/// What is known of a transaction.
pub(super) type Known = fn(&Machine, &Transaction) -> Value;

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

pub(super) fn status_of(machine: &Machine, transaction: &Transaction) -> Value {
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
