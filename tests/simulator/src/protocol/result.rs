//! The reply to `result`.

use serde_json::{Value, json};

use crate::ending::Ending;
use crate::machine::{BatchTotals, Kind, Machine, State, Transaction};
use crate::personality::{AmountEcho, BatchEcho, CurrencyEcho, ResponseCode, ReversalMarks, Tip};

/// Responses the terminal gives, with the words it shows.
const APPROVED: (&str, &str) = ("OK", "potvrzeno");
const DECLINED: (&str, &str) = ("DECLINED", "zamítnuto vydavatelem");
const REJECTED: (&str, &str) = ("REJECTED", "zamítnuto terminálem");
const CANCELLED: (&str, &str) = ("CANCELLED", "přerušeno");

pub(super) fn result_of(machine: &Machine, transaction: &Transaction) -> Value {
    let id = &transaction.order.id;
    if transaction.state == State::Running {
        return json!({ "transactionId": id });
    }
    let (code, message) = response(transaction);
    let code = if transaction.cancelled { machine.personality.cancelled_code.as_deref().unwrap_or(code) } else { code };
    let mut result = json!({
        "transactionId": id,
        "transactionType": type_name(transaction),
        "responseCode": code,
        "responseMessage": message,
        "dateTimeTerminal": "Nov 23, 2026 14:39:37",
    });
    if transaction.order.kind == Kind::Closing {
        add_batch(machine, id, &mut result);
    } else {
        add_money(machine, transaction, &mut result);
    }
    if transaction.ending == Ending::NoResponseCode {
        result.as_object_mut().map(|fields| fields.remove("responseCode"));
    }
    respell(machine, &mut result);
    result
}

fn type_name(transaction: &Transaction) -> String {
    let endpoint = &transaction.order.endpoint;
    if endpoint == "reverse" { "REVERSAL".into() } else { endpoint.to_uppercase() }
}

fn add_money(machine: &Machine, transaction: &Transaction, result: &mut Value) {
    let (reversal, is_reversed) = marks(machine, transaction);
    if transaction.order.currency != 0 {
        result["amount"] = json!(transaction.order.amount);
        result["currency"] = json!(transaction.order.currency);
    }
    result["sequenceNumber"] = json!("001001614");
    result["terminalIdAcquirer"] = json!("M1TNEXGO01");
    result["merchantIdAcquirer"] = json!("123456789012");
    result["reversal"] = json!(reversal);
    result["isReversed"] = json!(is_reversed);
    result["callReversal"] = json!(false);
    result["invoiceNumber"] = Value::Null;
    if transaction.succeeds() {
        add_card(machine, result);
        add_ending(transaction, result);
        add_tip(machine.tip_of(transaction), result);
    } else if transaction.ending == Ending::DeclinedWithAuthCode {
        result["authCode"] = json!("114546");
    }
    if transaction.order.kind == Kind::Reversal && machine.personality.no_amount_on_reversals {
        for name in ["amount", "currency", "tipAmount"] {
            result.as_object_mut().map(|fields| fields.remove(name));
        }
    }
}

/// `reversal` and `isReversed`. What the terminal itself took back says so whatever the switch says.
fn marks(machine: &Machine, transaction: &Transaction) -> (bool, bool) {
    let (books, id) = (machine.books(), &transaction.order.id);
    let own = transaction.order.kind == Kind::Reversal;
    let through = if own { transaction.succeeds() } else { books.reversal_of(id).is_some() };
    let (reversal, is_reversed) = match machine.personality.reversal_marks {
        _ if !through => (false, false),
        ReversalMarks::Each => (own, !own),
        ReversalMarks::Crossed => (!own, own),
        ReversalMarks::Original => (!own, !own),
        ReversalMarks::Reversal => (own, own),
        ReversalMarks::Neither => (false, false),
    };
    let by_itself = books.is_undone(id) && (own || !through);
    (reversal || (!own && machine.personality.reversal_on_sales), is_reversed || by_itself)
}

fn add_batch(machine: &Machine, id: &str, result: &mut Value) {
    let Some(closing) = machine.books().closing(id) else { return };
    let count = match machine.personality.batch_echo {
        BatchEcho::Adjs => "adjsCount",
        BatchEcho::Adsj => "adsjCount",
        BatchEcho::Missing => return,
    };
    result["batchTotals"] = batch(&closing.totals, count);
}

fn batch(totals: &BatchTotals, adjustments_count: &str) -> Value {
    json!({
        "batchNumber": totals.number,
        "shiftNumber": 1,
        "debitsCount": totals.debits_count,
        "debitsAmount": totals.debits_amount,
        "creditsCount": totals.credits_count,
        "creditsAmount": totals.credits_amount,
        adjustments_count: totals.adjustments_count,
        "adjsAmount": totals.adjustments_amount,
    })
}

fn response(transaction: &Transaction) -> (&'static str, &'static str) {
    match transaction.ending {
        _ if transaction.cancelled => CANCELLED,
        Ending::CancelledByCustomer => CANCELLED,
        Ending::Declined | Ending::DeclinedWithAuthCode => DECLINED,
        Ending::DeclinedByTerminal => REJECTED,
        _ => APPROVED,
    }
}

fn add_card(machine: &Machine, result: &mut Value) {
    result["authCode"] = json!("114546");
    result["pan"] = json!(if machine.personality.unmasked_pan { "9703481234563910" } else { "970348******3910" });
    result["expiration"] = json!("2912");
    result["panSequenceNumber"] = json!("01");
    result["cardInputType"] = json!("CLESS");
    result["cvmTypeList"] = json!(["NO_CVM"]);
    result["aid"] = json!("A0000000031010");
    result["appLabel"] = json!("VISA DEBIT");
    result["brand"] = json!("VISA");
    result["conto"] = json!("Testovací banka");
    result["emvResponseData"] = json!({ "smartCardScheme": "VISA", "authorizationResponseCode": "00" });
}

fn add_ending(transaction: &Transaction, result: &mut Value) {
    match transaction.ending {
        Ending::Signature => result["cvmTypeList"] = json!(["SIGNATURE"]),
        Ending::Pin => result["cvmTypeList"] = json!(["ONLINE_PIN"]),
        Ending::Voucher => result["availableBalance"] = json!(50_000),
        Ending::ReversalAsked => result["callReversal"] = json!(true),
        Ending::WrongAmount => result["amount"] = json!(transaction.order.amount + 100),
        _ => {}
    }
}

fn add_tip((tip, manner): (i64, Tip), result: &mut Value) {
    if matches!(manner, Tip::Sum | Tip::SumAlone) {
        result["amount"] = json!(result["amount"].as_i64().unwrap_or_default() + tip);
    }
    if matches!(manner, Tip::Sum | Tip::Beside) {
        result["tipAmount"] = json!(tip);
    }
}

/// Writes the fields that decide the way this terminal writes them.
fn respell(machine: &Machine, result: &mut Value) {
    let personality = &machine.personality;
    let Value::Object(fields) = result else { return };
    match personality.response_code {
        ResponseCode::AsIs => {}
        ResponseCode::LowerCase => {
            let code = fields.get("responseCode").and_then(Value::as_str).unwrap_or_default().to_lowercase();
            fields.insert("responseCode".into(), json!(code));
        }
        ResponseCode::Missing => drop(fields.remove("responseCode")),
    }
    if let Some(amount) = fields.get("amount").and_then(Value::as_i64) {
        match personality.amount_echo {
            AmountEcho::Number => {}
            AmountEcho::DecimalText => {
                fields.insert("amount".into(), json!(format!("{}.{:02}", amount / 100, amount % 100)));
            }
            AmountEcho::Missing => drop(fields.remove("amount")),
            AmountEcho::Wrong => drop(fields.insert("amount".into(), json!(amount + 100))),
        }
    }
    if let Some(currency) = fields.get("currency").cloned() {
        match personality.currency_echo {
            CurrencyEcho::Number => {}
            CurrencyEcho::Letters => {
                let letters = if currency == json!(978) { "EUR" } else { "CZK" };
                fields.insert("currency".into(), json!(letters));
            }
            CurrencyEcho::Missing => drop(fields.remove("currency")),
        }
    }
    let kept = ["transactionId", "responseCode"];
    for (name, value) in fields.iter_mut().filter(|_| personality.nulls) {
        if !kept.contains(&name.as_str()) {
            *value = Value::Null;
        }
    }
}
