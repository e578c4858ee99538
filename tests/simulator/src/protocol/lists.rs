//! The functions that tell of several transactions, or of the terminal's merchants.

use serde_json::{Value, json};

use super::about::about;
use super::result::result_of;
use crate::machine::{Entry, Machine, State, Transaction};
use crate::personality::Lists;

/// What this function answers, where the terminal has it.
pub(super) fn answer(machine: &Machine, name: &str, id: &str, merchant: Option<&Value>) -> Option<(u16, Value)> {
    let numbered = machine.asked_path.contains("/v");
    let has_lists = machine.personality.lists != Lists::Missing;
    let merchant = merchant.and_then(Value::as_str);
    match name {
        "transaction_status" if machine.personality.transaction_status && numbered => {
            Some(about(machine, "status", id, transaction_status))
        }
        "transactions" if has_lists => Some((200, transactions(machine, merchant))),
        "last_transaction" if has_lists => Some(last_transaction(machine)),
        "preauth/transactions" if machine.personality.pre_authorizations => Some((200, preauths(machine, merchant))),
        "daughter_companies" if has_lists => Some((200, merchants(machine))),
        _ => None,
    }
}

fn transaction_status(machine: &Machine, transaction: &Transaction) -> Value {
    let text = transaction.status_text(machine.pace, machine.personality.status_language);
    let status = if transaction.state == State::Finished { "Finished" } else { text };
    json!({ "transactionId": transaction.order.id, "isStarted": true, "status": status, "tokens": [] })
}

fn shown(machine: &Machine, entries: Vec<&Entry>) -> Value {
    entries.into_iter().map(|entry| result_of(machine, &Transaction::of_entry(entry))).collect()
}

fn transactions(machine: &Machine, merchant: Option<&str>) -> Value {
    let books = machine.books();
    let all = || books.entries.iter();
    let entries = match machine.personality.lists {
        Lists::Missing | Lists::Empty => Vec::new(),
        Lists::OpenBatch => all().filter(|entry| entry.batch == books.batch()).collect(),
        Lists::All => all().collect(),
        Lists::PerMerchant => all().filter(|entry| entry.order.merchant.as_deref() == merchant).collect(),
        Lists::WithoutTheLast => {
            let mut entries: Vec<&Entry> = all().collect();
            entries.pop();
            entries
        }
    };
    shown(machine, entries)
}

/// The last one that is over, however it ended.
fn last_transaction(machine: &Machine) -> (u16, Value) {
    let nothing = || (404, json!({ "message": "No transaction" }));
    let over = machine.newest_finished();
    let from_the_books = || machine.books().entries.last().map(Transaction::of_entry);
    match machine.personality.lists {
        Lists::Missing | Lists::Empty => nothing(),
        Lists::WithoutTheLast => {
            let one_before = machine.books().entries.iter().rev().nth(1).map(Transaction::of_entry);
            one_before.map_or_else(nothing, |one| (200, result_of(machine, &one)))
        }
        Lists::OpenBatch | Lists::All | Lists::PerMerchant => {
            over.or_else(from_the_books).map_or_else(nothing, |one| (200, result_of(machine, &one)))
        }
    }
}

fn preauths(machine: &Machine, merchant: Option<&str>) -> Value {
    let books = machine.books();
    let held = books.preauths.iter().filter(|held| held.is_open());
    let entries = held.filter_map(|held| books.entry(&held.transaction_id));
    shown(machine, entries.filter(|entry| entry.order.merchant.as_deref() == merchant).collect())
}

fn merchants(machine: &Machine) -> Value {
    if machine.personality.several_merchants {
        json!([{ "daughterCompanyId": "1001" }, { "daughterCompanyId": "1002" }])
    } else {
        json!([])
    }
}
