//! How a register ends a transaction: confirm and cancel.

use serde_json::{Value, json};

use super::NOT_SUPPORTED;
use super::about::{Known, about};
use crate::machine::Machine;
use crate::personality::{CancelReply, ConfirmRefusal, ConfirmSpelling, NeedlessConfirm};

pub(super) fn confirm(machine: &mut Machine, id: &str, wish: Option<&Value>) -> (u16, Value) {
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

pub(super) fn cancel(machine: &mut Machine, id: &str) -> (u16, Value) {
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
