//! The reply to `result`.

use std::time::Instant;

use serde_json::{Value, json};

use super::spelling::raw;
use crate::ending::Ending;
use crate::machine::{BatchTotals, Kind, Machine, Order, State, Transaction, clock};
use crate::personality::{
    AmountEcho, Approves, AuthCode, BatchEcho, CodeNames, CurrencyEcho, CvmWords, EmvData, ResponseCode, ReversalMarks,
    TimeFormat, Tip, Totals, TypeNames,
};

pub(super) fn result_of(machine: &Machine, transaction: &Transaction) -> Value {
    let (id, personality) = (&transaction.order.id, &machine.personality);
    if transaction.state == State::Running {
        let bare = json!({ "transactionId": id });
        return if personality.ok_while_running { json!({ "transactionId": id, "responseCode": "OK" }) } else { bare };
    }
    let (code, message) = response(machine, transaction);
    let mut result = json!({
        "transactionId": id,
        "transactionType": type_name(machine, &transaction.order),
        "responseCode": code,
        "responseMessage": message,
        "dateTimeTerminal": time(machine, transaction),
    });
    if is_first_reading(machine, transaction) {
        result["responseCode"] = json!(personality.first_code.0);
    } else if transaction.order.kind == Kind::Closing {
        add_batch(machine, id, &mut result);
    } else {
        add_money(machine, transaction, &mut result);
    }
    if personality.tokens && transaction.order.base_path.contains("/v") {
        result["tokens"] = json!([]);
    }
    if transaction.ending == Ending::NoResponseCode {
        result.as_object_mut().map(|fields| fields.remove("responseCode"));
    }
    if personality.closing_without_id && transaction.order.kind == Kind::Closing {
        result.as_object_mut().map(|fields| fields.remove("transactionId"));
    }
    respell(machine, &mut result);
    for (name, value) in transaction.fields.iter().filter(|(name, _)| *name != "transactionId") {
        result[name] = value.clone();
    }
    result
}

/// Whether this reading still gets the code that is there for a while only.
fn is_first_reading(machine: &Machine, transaction: &Transaction) -> bool {
    let personality = &machine.personality;
    let early = match personality.first_code_ms {
        None => transaction.results_told == 0,
        Some(limit) => transaction.finished_for(Instant::now()).is_some_and(|milliseconds| milliseconds < limit),
    };
    personality.first_code.0.is_some() && early
}

fn type_name(machine: &Machine, order: &Order) -> String {
    let document = match order.kind {
        _ if machine.personality.type_names == TypeNames::Functions => None,
        Kind::Payment if order.is_moto() => Some("MOTO_SALE"),
        Kind::Payment => Some("SALE_ONLINE"),
        Kind::Refund => Some("RETURN_ONLINE"),
        Kind::Closing => Some("CLOSE_BATCH"),
        Kind::Preauth | Kind::PreauthCancel => Some("PREAUTHORIZATION"),
        Kind::PreauthComplete => Some("PREAUTHORIZATION_COMPLETION"),
        Kind::PreauthIncrement => Some("PREAUTHORIZATION_INCREMENT"),
        // The document has no type for it: it is the sale or refund once more, and says `reversal`.
        Kind::Reversal => {
            let original = order.original.as_deref().and_then(|id| machine.books().entry(id));
            return original.map_or_else(|| "UNDEFINED".into(), |entry| type_name(machine, &entry.order));
        }
        Kind::Other => None,
    };
    match document {
        Some(name) => name.into(),
        None if order.endpoint == "reverse" => "REVERSAL".into(),
        None => order.endpoint.to_uppercase(),
    }
}

fn time(machine: &Machine, transaction: &Transaction) -> String {
    let seconds = transaction.slip.time(machine.personality.own_time);
    match machine.personality.time_format {
        TimeFormat::Hours24 => clock::written(seconds, false),
        TimeFormat::AmPm => clock::written(seconds, true),
        TimeFormat::Quoted => format!("\"{}\"", clock::written(seconds, true)),
        TimeFormat::EpochText => (seconds * 1_000).to_string(),
    }
}

fn add_money(machine: &Machine, transaction: &Transaction, result: &mut Value) {
    let (reversal, is_reversed) = marks(machine, transaction);
    if transaction.order.currency != 0 {
        let asked = (transaction.order.amount, transaction.order.currency);
        let (amount, currency) = if transaction.succeeds() { machine.approved(transaction) } else { asked };
        result["amount"] = json!(amount);
        result["currency"] = json!(currency);
    }
    result["sequenceNumber"] = json!(transaction.slip.sequence_number(machine.personality.own_sequence_number));
    result["terminalIdAcquirer"] = json!("M1TNEXGO01");
    result["merchantIdAcquirer"] = json!("123456789012");
    result["reversal"] = json!(reversal);
    result["isReversed"] = json!(is_reversed);
    result["callReversal"] = json!(false);
    result["invoiceNumber"] = json!(transaction.order.invoice);
    if machine.personality.aosa_null {
        result["aosa"] = json!("null");
    }
    if transaction.succeeds() {
        add_card(machine, transaction, result);
        add_ending(machine, transaction, result);
        add_tip(machine.tip_of(transaction), result);
    } else if transaction.ending == Ending::DeclinedWithAuthCode {
        result["authCode"] = json!(transaction.slip.auth_code(machine.personality.own_auth_code));
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
    let own = matches!(transaction.order.kind, Kind::Reversal | Kind::PreauthCancel);
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
    let late_mark = machine.personality.reversal_after_confirm && transaction.confirmed;
    (reversal || (!own && (machine.personality.reversal_on_sales || late_mark)), is_reversed || by_itself)
}

fn add_batch(machine: &Machine, id: &str, result: &mut Value) {
    let Some(closing) = machine.books().closing(id) else { return };
    let count = match machine.personality.batch_echo {
        BatchEcho::Adjs => "adjsCount",
        BatchEcho::Adsj => "adsjCount",
        BatchEcho::Missing => return,
    };
    result["batchTotals"] = batch(&closing.totals, count, machine.personality.totals);
}

fn batch(totals: &BatchTotals, adjustments_count: &str, manner: Totals) -> Value {
    let money = |amount: i64| match manner {
        Totals::Minor => json!(amount),
        Totals::Decimals => raw(&decimals(amount)),
        Totals::DecimalText => json!(decimals(amount)),
        Totals::MinorDecimals => raw(&format!("{amount}.00")),
    };
    json!({
        "batchNumber": totals.number,
        "shiftNumber": 1,
        "debitsCount": totals.debits_count,
        "debitsAmount": money(totals.debits_amount),
        "creditsCount": totals.credits_count,
        "creditsAmount": money(totals.credits_amount),
        adjustments_count: totals.adjustments_count,
        "adjsAmount": money(totals.adjustments_amount),
    })
}

/// `125.50`.
fn decimals(amount: i64) -> String {
    format!("{}.{:02}", amount / 100, (amount % 100).abs())
}

/// The response code, and the words that the terminal shows with it.
fn response(machine: &Machine, transaction: &Transaction) -> (String, &'static str) {
    let personality = &machine.personality;
    let document = personality.code_names == CodeNames::Document;
    let given = |code: &Option<String>, by_itself: &str| code.as_deref().unwrap_or(by_itself).to_owned();
    let declined = &personality.declined_code.0;
    match transaction.ending {
        _ if transaction.cancelled => (given(&personality.cancelled_code, "CANCELLED"), "přerušeno"),
        Ending::CancelledByCustomer => ((if document { "EMV_USER_CANCEL" } else { "CANCELLED" }).into(), "přerušeno"),
        Ending::Declined | Ending::DeclinedWithAuthCode => {
            (given(declined, if document { "Declined" } else { "DECLINED" }), "zamítnuto vydavatelem")
        }
        Ending::DeclinedByTerminal => {
            (given(declined, if document { "EMV_DENIAL" } else { "REJECTED" }), "zamítnuto terminálem")
        }
        _ if is_part(machine, transaction) => {
            (given(&personality.approved_code.0, "ApprovedForPartialAmount"), "potvrzeno")
        }
        _ => (given(&personality.approved_code.0, "OK"), "potvrzeno"),
    }
}

/// Whether less than what was asked is approved, and the terminal says so.
fn is_part(machine: &Machine, transaction: &Transaction) -> bool {
    let approved = machine.approved(transaction).0 != transaction.order.amount;
    approved && (transaction.ending == Ending::PartApproved || machine.personality.approves == Approves::Part)
}

fn add_card(machine: &Machine, transaction: &Transaction, result: &mut Value) {
    let personality = &machine.personality;
    let card = transaction.slip.card(personality.own_card);
    match personality.auth_code {
        AuthCode::AsIs => result["authCode"] = json!(transaction.slip.auth_code(personality.own_auth_code)),
        AuthCode::Empty => result["authCode"] = json!(""),
        AuthCode::Zeros => result["authCode"] = json!("000000"),
        AuthCode::Missing => {}
    }
    result["pan"] = if personality.unmasked_pan { json!(card.number) } else { json!(card.masked()) };
    result["expiration"] = json!(card.expiration);
    result["panSequenceNumber"] = json!("01");
    // A card that is typed is not read.
    if !transaction.order.is_moto() {
        result["cardInputType"] = json!("CLESS");
    }
    result["cvmTypeList"] = verified(machine, "NO_CVM", "NO");
    result["aid"] = json!(card.aid);
    result["appLabel"] = json!(card.label);
    result["brand"] = json!(card.brand);
    result["conto"] = json!("Testovací banka");
    result["emvResponseData"] = match personality.emv_data {
        EmvData::Object => json!({ "smartCardScheme": card.brand, "authorizationResponseCode": "00" }),
        EmvData::British => json!({ "smartCardScheme": card.brand, "authorisationResponseCode": "00" }),
        EmvData::Misspelled => json!({ "smartCardScheme": card.brand, "auhorisationResponseCode": "00" }),
        EmvData::Text => {
            let data = json!({ "smartCardScheme": card.brand, "authorisationResponseCode": "00" });
            json!(data.to_string())
        }
    };
}

fn verified(machine: &Machine, common: &str, document: &str) -> Value {
    json!([if machine.personality.cvm_words == CvmWords::Document { document } else { common }])
}

fn add_ending(machine: &Machine, transaction: &Transaction, result: &mut Value) {
    match transaction.ending {
        Ending::Signature => result["cvmTypeList"] = json!(["SIGNATURE"]),
        Ending::Pin => {
            result["cardInputType"] = json!("CONTACT");
            result["cvmTypeList"] = verified(machine, "ONLINE_PIN", "PIN_ONLINE");
        }
        Ending::Voucher => result["availableBalance"] = json!(50_000),
        Ending::ReversalAsked => result["callReversal"] = json!(true),
        Ending::WrongAmount => result["amount"] = json!(transaction.order.amount.saturating_add(100)),
        _ => {}
    }
}

fn add_tip((tip, manner): (i64, Tip), result: &mut Value) {
    if matches!(manner, Tip::Sum | Tip::SumAlone) {
        result["amount"] = json!(result["amount"].as_i64().unwrap_or_default().saturating_add(tip));
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
                fields.insert("amount".into(), json!(decimals(amount)));
            }
            AmountEcho::Missing => drop(fields.remove("amount")),
            AmountEcho::Wrong => drop(fields.insert("amount".into(), json!(amount.saturating_add(100)))),
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
