//! The reply to `result`.

use serde_json::{Value, json};

use crate::ending::Ending;
use crate::machine::{Machine, State, Transaction};
use crate::personality::{AmountEcho, CurrencyEcho, ResponseCode, Tip};

/// Responses the terminal gives, with the words it shows.
const APPROVED: (&str, &str) = ("OK", "potvrzeno");
const DECLINED: (&str, &str) = ("DECLINED", "zamítnuto vydavatelem");
const REJECTED: (&str, &str) = ("REJECTED", "zamítnuto terminálem");
const CANCELLED: (&str, &str) = ("CANCELLED", "přerušeno");

pub(super) fn result_of(machine: &Machine, transaction: &Transaction) -> Value {
    if transaction.state == State::Running {
        return json!({ "transactionId": transaction.id });
    }
    let (code, message) = response(transaction);
    let code = if transaction.cancelled { machine.personality.cancelled_code.as_deref().unwrap_or(code) } else { code };
    let mut result = json!({
        "transactionId": transaction.id,
        "transactionType": "PAYMENT",
        "responseCode": code,
        "responseMessage": message,
        "dateTimeTerminal": "Nov 23, 2026 14:39:37",
        "amount": transaction.amount,
        "currency": transaction.currency,
        "sequenceNumber": "001001614",
        "terminalIdAcquirer": "M1TNEXGO01",
        "merchantIdAcquirer": "123456789012",
        "reversal": machine.personality.reversal_on_sales,
        "isReversed": machine.is_reversed(&transaction.id),
        "callReversal": false,
        "invoiceNumber": null,
    });
    if !transaction.cancelled && transaction.ending.charges() {
        add_card(machine, &mut result);
        add_ending(transaction, &mut result);
        add_tip(machine.tip_of(transaction), &mut result);
    } else if transaction.ending == Ending::DeclinedWithAuthCode {
        result["authCode"] = json!("114546");
    }
    respell(machine, &mut result);
    result
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
        Ending::WrongAmount => result["amount"] = json!(transaction.amount + 100),
        Ending::NoResponseCode => {
            result.as_object_mut().map(|fields| fields.remove("responseCode"));
        }
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
    let amount = result["amount"].as_i64().unwrap_or_default();
    let Value::Object(fields) = result else { return };
    match personality.response_code {
        ResponseCode::AsIs => {}
        ResponseCode::LowerCase => {
            let code = fields.get("responseCode").and_then(Value::as_str).unwrap_or_default().to_lowercase();
            fields.insert("responseCode".into(), json!(code));
        }
        ResponseCode::Missing => drop(fields.remove("responseCode")),
    }
    match personality.amount_echo {
        AmountEcho::Number => {}
        AmountEcho::DecimalText => {
            fields.insert("amount".into(), json!(format!("{}.{:02}", amount / 100, amount % 100)));
        }
        AmountEcho::Missing => drop(fields.remove("amount")),
        AmountEcho::Wrong => drop(fields.insert("amount".into(), json!(amount + 100))),
    }
    match personality.currency_echo {
        CurrencyEcho::Number => {}
        CurrencyEcho::Letters => {
            let letters = if fields["currency"] == json!(978) { "EUR" } else { "CZK" };
            fields.insert("currency".into(), json!(letters));
        }
        CurrencyEcho::Missing => drop(fields.remove("currency")),
    }
    let kept = ["transactionId", "responseCode"];
    for (name, value) in fields.iter_mut().filter(|_| personality.nulls) {
        if !kept.contains(&name.as_str()) {
            *value = Value::Null;
        }
    }
}
