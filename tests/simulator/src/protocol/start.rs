//! What a start is answered with.

use serde_json::{Value, json};

use super::replies::{LONGEST_ID, own_id, unknown};
use crate::machine::{Accepted, Kind, Machine, Order};
use crate::personality::{Busy, DuplicateId, LongIds};

pub(super) fn start(machine: &mut Machine, kind: Kind, endpoint: &str, request: &Value) -> (u16, Value) {
    let Some(mut order) = order(machine, kind, endpoint, request) else {
        let needed = match kind {
            Kind::Payment | Kind::Refund => "transactionId, amount and currencyCode are needed",
            Kind::Reversal => "transactionId and originalTransactionId are needed",
            Kind::Closing | Kind::Other => "transactionId is needed",
        };
        return (400, json!({ "message": needed }));
    };
    if machine.personality.long_ids == LongIds::Refused && order.id.len() > LONGEST_ID {
        return refused(&order.id, "transactionId too long");
    }
    order.id = own_id(machine, request.get("transactionId"));
    order.original = order.original.map(|id| own_id(machine, Some(&json!(id))));
    let id = order.id.clone();
    match machine.start(order) {
        Accepted::Yes => {
            let (status, mut value) = started(&id);
            if machine.personality.no_is_started {
                value.as_object_mut().map(|fields| fields.remove("isStarted"));
            }
            (status, value)
        }
        Accepted::Refused(words) => refused(&id, words),
        Accepted::NoOriginal => unknown(),
        Accepted::Duplicate => duplicate(machine.personality.duplicate_id, &id),
        Accepted::Busy => busy(machine.personality.busy, &id),
    }
}

fn order(machine: &Machine, kind: Kind, endpoint: &str, request: &Value) -> Option<Order> {
    let text = |name: &str| request.get(name).and_then(Value::as_str).map(String::from);
    let number = |name: &str| {
        let value = request.get(name)?;
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    };
    let money = || Some((number("amount")?, number("currencyCode")?));
    let (amount, currency) = match kind {
        Kind::Payment | Kind::Refund => money()?,
        Kind::Other => money().unwrap_or_default(),
        Kind::Reversal | Kind::Closing => (0, 0),
    };
    Some(Order {
        id: text("transactionId")?,
        kind,
        endpoint: endpoint.into(),
        base_path: machine.asked_path.clone(),
        amount,
        currency,
        original: if kind == Kind::Reversal { Some(text("originalTransactionId")?) } else { None },
    })
}

fn started(id: &str) -> (u16, Value) {
    (200, json!({ "transactionId": id, "isStarted": true, "status": "Started" }))
}

fn refused(id: &str, words: &str) -> (u16, Value) {
    (200, json!({ "transactionId": id, "isStarted": false, "status": words }))
}

fn duplicate(manner: DuplicateId, id: &str) -> (u16, Value) {
    match manner {
        DuplicateId::NotStarted => refused(id, "Duplicate transactionId"),
        DuplicateId::Http409 => (409, json!({ "message": "Duplicate transactionId" })),
        DuplicateId::Http500 => (500, json!("Internal error")),
        DuplicateId::ToldAsStarted => started(id),
    }
}

fn busy(manner: Busy, id: &str) -> (u16, Value) {
    match manner {
        Busy::NotStarted => refused(id, "Terminal busy"),
        Busy::Http409 => (409, json!({ "message": "Terminal busy" })),
        Busy::Http503 => (503, json!("Terminal busy")),
        Busy::StatusText => (200, json!({ "transactionId": id, "status": "Terminal busy" })),
        Busy::Undefined => {
            (200, json!({ "transactionId": id, "responseCode": "UNDEFINED", "responseMessage": "Terminal busy" }))
        }
    }
}
