//! What a start is answered with.

use serde_json::{Value, json};

use super::replies::{LONGEST_ID, own_id};
use crate::machine::{Accepted, Kind, Machine, Order};
use crate::personality::{Busy, DuplicateId, LongIds};

/// The longest variable symbol.
const LONGEST_INVOICE: usize = 20;
/// The largest amount that is still one: ten thousand millions.
const LARGEST_AMOUNT: i64 = 1_000_000_000_000;

pub(super) fn start(machine: &mut Machine, kind: Kind, endpoint: &str, request: &Value) -> (u16, Value) {
    let Some(mut order) = order(machine, kind, endpoint, request) else {
        let needed = match kind {
            Kind::Payment | Kind::Refund | Kind::Preauth => "transactionId, amount and currencyCode are needed",
            Kind::PreauthComplete => "transactionId, originalTransactionId and finalAmount are needed",
            Kind::PreauthIncrement => "transactionId, originalTransactionId and incrementAmount are needed",
            Kind::Reversal | Kind::PreauthCancel => "transactionId and originalTransactionId are needed",
            Kind::Closing | Kind::Other => "transactionId is needed",
        };
        return invalid(needed);
    };
    if let Some(wrong) = machine.personality.strict.then(|| wrong_with(&order, request)).flatten() {
        return invalid(wrong);
    }
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
        Accepted::NoOriginal => (404, json!({ "message": "Unknown transaction" })),
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
        Kind::Payment | Kind::Refund | Kind::Preauth => money()?,
        Kind::Other => money().unwrap_or_default(),
        Kind::PreauthComplete => (number("finalAmount")?, 0),
        Kind::PreauthIncrement => (number("incrementAmount")?, 0),
        Kind::Reversal | Kind::Closing | Kind::PreauthCancel => (0, 0),
    };
    Some(Order {
        id: text("transactionId")?,
        kind,
        endpoint: endpoint.into(),
        base_path: machine.asked_path.clone(),
        amount,
        currency,
        original: if kind.has_an_original() { Some(text("originalTransactionId")?) } else { None },
        invoice: text("invoiceNumber"),
        merchant: text("daughterCompanyId"),
    })
}

/// What a terminal that checks finds wrong with an order.
fn wrong_with(order: &Order, request: &Value) -> Option<&'static str> {
    let number = |name: &str| request.get(name).is_none_or(|value| value.is_i64() || value.is_u64());
    let text = |name: &str| request.get(name).is_none_or(Value::is_string);
    let has_amount = match order.kind {
        Kind::Payment | Kind::Refund | Kind::Preauth | Kind::PreauthComplete | Kind::PreauthIncrement => true,
        Kind::Reversal | Kind::Closing | Kind::PreauthCancel | Kind::Other => false,
    };
    if order.id.trim().is_empty() {
        return Some("transactionId is empty");
    }
    if !["amount", "finalAmount", "incrementAmount"].into_iter().all(number) {
        return Some("an amount is a whole number of minor units");
    }
    if has_amount && !(1..=LARGEST_AMOUNT).contains(&order.amount) {
        return Some("the amount is out of range");
    }
    if order.currency != 0 && !(1..=999).contains(&order.currency) {
        return Some("currencyCode is an ISO 4217 number");
    }
    if !text("invoiceNumber") || order.invoice.as_ref().is_some_and(|symbol| symbol.chars().count() > LONGEST_INVOICE) {
        return Some("invoiceNumber is a text of at most 20 characters");
    }
    (!text("daughterCompanyId")).then_some("daughterCompanyId is a text")
}

fn invalid(words: &str) -> (u16, Value) {
    (400, json!({ "message": words }))
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
        DuplicateId::Http400 => invalid("Transaction has already been processed"),
    }
}

fn busy(manner: Busy, id: &str) -> (u16, Value) {
    match manner {
        Busy::NotStarted => refused(id, "Terminal busy"),
        Busy::Http202 => (202, refused(id, "Terminal busy").1),
        Busy::Http409 => (409, json!({ "message": "Terminal busy" })),
        Busy::Http503 => (503, json!("Terminal busy")),
        Busy::StatusText => (200, json!({ "transactionId": id, "status": "Terminal busy" })),
        Busy::Undefined => {
            (200, json!({ "transactionId": id, "responseCode": "UNDEFINED", "responseMessage": "Terminal busy" }))
        }
    }
}
