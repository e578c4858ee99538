//! The reply to `result`: what became of a transaction.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::lenient::{Fields, Reading};
use super::reply::{Owner, Reply, TRANSACTION_ID};
use crate::mask;

/// What the terminal says became of the transaction: only what a register needs and may keep. Never here: expiry, PAN sequence, tokens,
/// EMV data. The card number is masked before it gets here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settlement {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) response_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) response_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) amount: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tip: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) auth_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pan: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) scheme: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) aid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) app_label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) card_entry: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cardholder_verification: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sequence_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) acquirer_terminal_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) acquirer_merchant_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) available_balance: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) terminal_time: Option<String>,
    /// `isReversed`. A result that leaves it out says nothing about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reversed: Option<bool>,
    /// `reversal`: not documented whether it is about this transaction, so only a change of it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reversal: Option<bool>,
    /// `callReversal`
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) reversal_asked: bool,
    /// `batchTotals`, of a closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) batch: Option<BatchTotals>,
    /// For support: not kept in the journal, which a shop has for years.
    #[serde(skip)]
    pub(crate) whole: Whole,
    /// The reply named our transaction id.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) names_our_id: bool,
}

/// The whole result as the terminal wrote it, masked. Two results are equal whatever else stands in them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whole(Option<Box<str>>);

impl Whole {
    pub(crate) fn text(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl PartialEq for Whole {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Whole {}

/// What a closing has settled (client). Amounts in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct BatchTotals {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) batch_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) shift_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) debits_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) debits_amount: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) credits_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) credits_amount: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) adjustments_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) adjustments_amount: Option<i64>,
}

impl BatchTotals {
    /// Figures that cannot be read are absent: they move no money.
    fn read(fields: &Map<String, Value>) -> Self {
        let number = |name| readable(fields.integer(name)).flatten();
        let sum = |name| readable(fields.total(name)).flatten();
        Self {
            batch_number: fields.text("batchNumber"),
            shift_number: fields.text("shiftNumber"),
            debits_count: number("debitsCount"),
            debits_amount: sum("debitsAmount"),
            credits_count: number("creditsCount"),
            credits_amount: sum("creditsAmount"),
            // Both spellings occur.
            adjustments_count: number("adjsCount").or_else(|| number("adsjCount")),
            adjustments_amount: sum("adjsAmount"),
        }
    }
}

/// What `result` said about an id.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ResultReply {
    /// It can be judged: there is a response code, and every field that decides about money can be read.
    Settled(Box<Settlement>),
    /// It is about another transaction.
    NotOurs,
    /// No response code, or a field that decides about money cannot be read, or no JSON at all, or no success.
    Unreadable,
}

impl Settlement {
    /// What the journal keeps of it.
    pub(crate) fn to_keep(&self) -> Self {
        Self { whole: Whole::default(), ..self.clone() }
    }

    pub(crate) fn is_reversed(&self) -> bool {
        self.reversed == Some(true)
    }

    /// What was moved in all, where so much was asked for. A tip beside the amount that was asked for comes on top.
    pub(crate) fn total(&self, asked: i64) -> i64 {
        match (self.amount.unwrap_or(asked), self.tip.unwrap_or(0).max(0)) {
            (amount, tip) if amount == asked => amount.saturating_add(tip),
            (amount, _) => amount,
        }
    }

    /// True if there is a real authorization code: terminals fill the field with blanks or zeros.
    pub(crate) fn is_authorized(&self) -> bool {
        self.auth_code
            .as_deref()
            .is_some_and(|code| code.chars().any(|character| character != '0' && !character.is_whitespace()))
    }

    /// The code of the response, empty where there is none.
    pub(crate) fn code(&self) -> &str {
        self.response_code.as_deref().unwrap_or_default()
    }

    /// None where there is no response code, or a field that decides about money cannot be read.
    fn read(fields: &Map<String, Value>, names_our_id: bool, secret: &str) -> Option<Self> {
        let (Some(amount), Some(tip), Some(currency)) = (
            readable(fields.integer("amount")),
            readable(fields.integer("tipAmount")),
            readable(fields.strict_text("currency")),
        ) else {
            return None;
        };
        let (Some(reversed), Some(reversal_asked)) =
            (readable(fields.flag("isReversed")), readable(fields.flag("callReversal")))
        else {
            return None;
        };
        let Reading::Value(response_code) = fields.strict_text("responseCode") else {
            return None;
        };
        let masked = |name| fields.text(name).map(|text| mask::text(&text, secret));
        Some(Self {
            response_code: Some(response_code),
            response_message: masked("responseMessage"),
            amount,
            tip,
            currency,
            auth_code: fields.text("authCode"),
            pan: fields.text("pan").map(|pan| mask::card_number(&pan)),
            scheme: masked("brand"),
            aid: fields.text("aid"),
            app_label: masked("appLabel"),
            issuer: masked("conto"),
            card_entry: fields.text("cardInputType"),
            cardholder_verification: list(fields.get("cvmTypeList")),
            sequence_number: fields.text("sequenceNumber"),
            acquirer_terminal_id: fields.text("terminalIdAcquirer"),
            acquirer_merchant_id: fields.text("merchantIdAcquirer"),
            available_balance: readable(fields.integer("availableBalance")).flatten(),
            terminal_time: fields.text("dateTimeTerminal").map(|time| unquoted(&time)).filter(|time| !time.is_empty()),
            reversed,
            // What cannot be read is no change.
            reversal: readable(fields.flag("reversal")).flatten(),
            reversal_asked: reversal_asked.unwrap_or(false),
            batch: fields.get("batchTotals").and_then(Value::as_object).map(BatchTotals::read),
            whole: Whole(Some(mask::result(fields, secret).into())),
            names_our_id,
        })
    }
}

impl ResultReply {
    pub(crate) fn read(reply: &Reply, id: &str, secret: &str) -> Self {
        let reply = reply.without_id_in_texts(id);
        let Some(fields) = reply.success() else {
            return Self::Unreadable;
        };
        let owner = reply.owner(id);
        if owner == Owner::Other {
            return Self::NotOurs;
        }
        match Settlement::read(fields, owner == Owner::Ours, secret) {
            Some(settlement) => Self::Settled(Box::new(settlement)),
            None => Self::Unreadable,
        }
    }
}

/// What a list of transactions says about one of them. Only the id tells which is which, never the amount.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ListReply {
    /// The terminal has no such list, or it cannot be read.
    Unavailable,
    Read {
        /// The entry with our id.
        ours: Option<Box<Settlement>>,
        /// The ids of the others.
        others: Vec<String>,
    },
}

impl ListReply {
    /// The reply to `transactions`, an array of results, or to `last_transaction`, one result (1.5).
    pub(crate) fn read(reply: &Reply, id: &str, secret: &str) -> Self {
        if reply.http != 200 {
            return Self::Unavailable;
        }
        let entries: Vec<&Map<String, Value>> = match (reply.list(), reply.fields()) {
            (Some(list), _) => list.iter().collect(),
            (None, Some(one)) => vec![one],
            (None, None) => return Self::Unavailable,
        };
        let named = |fields: &Map<String, Value>| match fields.strict_text(TRANSACTION_ID) {
            Reading::Value(named) => Some(named),
            Reading::Absent | Reading::Unreadable => None,
        };
        let mut ours = entries.iter().filter(|fields| named(fields).as_deref() == Some(id));
        let settlement = ours.next().map(|fields| Settlement::read(fields, true, secret).map(Box::new));
        match settlement {
            // Two entries with our id, or one that cannot be read, cannot be believed.
            Some(None) => Self::Unavailable,
            Some(Some(_)) if ours.next().is_some() => Self::Unavailable,
            read => Self::Read {
                ours: read.flatten(),
                others: entries.iter().filter_map(|fields| named(fields)).filter(|named| named != id).collect(),
            },
        }
    }
}

/// Some terminals put a time into a second pair of quotes (1.5).
fn unquoted(time: &str) -> String {
    time.trim_matches('"').trim().to_owned()
}

/// Some(None): absent. None: unreadable.
#[allow(clippy::option_option)] // Three answers, two of which are "none" to serde.
fn readable<T>(reading: Reading<T>) -> Option<Option<T>> {
    match reading {
        Reading::Value(value) => Some(Some(value)),
        Reading::Absent => Some(None),
        Reading::Unreadable => None,
    }
}

/// A list of texts, or one text, as one text with commas.
fn list(value: Option<&Value>) -> Option<String> {
    let value = value?;
    let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
    Some(texts.join(",")).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> ResultReply {
        ResultReply::read(&Reply::read(200, body.as_bytes()), "a", "27924505")
    }

    /// The id that was asked for may hold the last digits of the card, or the year of the time.
    #[test]
    fn wire_a_card_whose_digits_stand_in_the_id_stays_whole() {
        let id = "4f1c3910-2026-4e1a-8c55-0123456789ab";
        let body = format!(
            r#"{{"transactionId":"{id}","responseCode":"OK","pan":"970348******3910","dateTimeTerminal":"Nov 29, 2026 14:39:37",
            "authCode":"012345","responseMessage":"Trx 4f1c3910"}}"#
        );
        let ResultReply::Settled(settlement) = ResultReply::read(&Reply::read(200, body.as_bytes()), id, "27924505")
        else {
            panic!("it can be read");
        };
        assert_eq!(settlement.pan.as_deref(), Some("970348******3910"));
        assert_eq!(settlement.terminal_time.as_deref(), Some("Nov 29, 2026 14:39:37"));
        assert_eq!(settlement.auth_code.as_deref(), Some("012345"));
        assert_eq!(settlement.response_message.as_deref(), Some("Trx"));
    }

    /// An amount or a flag that cannot be read makes the whole result unreadable.
    #[test]
    fn wire_a_result_without_code_or_with_a_bad_amount_or_flag_is_unreadable() {
        for body in [
            "",
            "{}",
            r#"{"transactionId":"a","amount":100}"#,
            r#"{"transactionId":"a","responseCode":""}"#,
            r#"{"transactionId":"a","responseCode":null}"#,
            r#"{"transactionId":"a","responseCode":"OK","amount":"12,50"}"#,
            r#"{"transactionId":"a","responseCode":"OK","amount":1.5}"#,
            r#"{"transactionId":"a","responseCode":"OK","isReversed":"perhaps"}"#,
            r#"{"transactionId":"a","responseCode":"OK","callReversal":[]}"#,
            r#"{"transactionId":"a","responseCode":true}"#,
        ] {
            assert_eq!(read(body), ResultReply::Unreadable, "{body}");
        }
        assert_eq!(read(r#"{"transactionId":"b","responseCode":"OK"}"#), ResultReply::NotOurs);
    }

    /// They differ in the id alone.
    #[test]
    fn wire_words_that_only_name_the_id_asked_for_are_the_same_answer() {
        let about = |id: &str, written: &str| {
            let body = format!(r#"{{"responseCode":"NOT_FOUND","responseMessage":"Transaction {written} not found"}}"#);
            ResultReply::read(&Reply::read(200, body.as_bytes()), id, "27924505")
        };
        let ours = about("4f1c-77", "4F1C-77");
        assert_eq!(ours, about("9abd-02", "9abd-02"));
        assert_ne!(ours, about("9abd-02", "4F1C-77"), "it speaks of ours, whatever is asked");
    }

    #[test]
    fn wire_batch_totals_are_read_in_both_spellings() {
        for spelling in ["adjsCount", "adsjCount"] {
            let body = format!(
                r#"{{"transactionId":"a","responseCode":"OK","batchTotals":{{"batchNumber":7,"shiftNumber":"1","debitsCount":2,
                "debitsAmount":"25100","creditsCount":1,"creditsAmount":900,"{spelling}":3,"adjsAmount":null}}}}"#
            );
            let ResultReply::Settled(settlement) = read(&body) else { panic!("{body} was not read") };
            let batch = settlement.batch.unwrap_or_default();
            assert_eq!((batch.batch_number.as_deref(), batch.shift_number.as_deref()), (Some("7"), Some("1")));
            assert_eq!((batch.debits_count, batch.debits_amount), (Some(2), Some(25100)));
            assert_eq!((batch.credits_count, batch.credits_amount), (Some(1), Some(900)));
            assert_eq!((batch.adjustments_count, batch.adjustments_amount), (Some(3), None));
        }
    }

    #[test]
    fn wire_a_result_is_read_leniently_and_its_card_number_is_masked() {
        let body = r#"{"transactionId":"a","responseCode":"OK","amount":"12550","currency":203,"pan":"9703481234533910","isReversed":0,
            "cvmTypeList":["SIGNATURE","NO_CVM"],"unknown":{"x":1},"authCode":114546,"expiration":"2712","cardToken":"secret"}"#;
        let ResultReply::Settled(settlement) = read(body) else { panic!("{body} was not read") };
        assert_eq!(settlement.amount, Some(12550));
        assert_eq!(settlement.currency.as_deref(), Some("203"));
        assert_eq!(settlement.pan.as_deref(), Some("970348******3910"));
        assert_eq!(settlement.auth_code.as_deref(), Some("114546"));
        assert_eq!(settlement.cardholder_verification.as_deref(), Some("SIGNATURE,NO_CVM"));
        assert!(settlement.names_our_id && settlement.reversed == Some(false));
        let kept = serde_json::to_string(&settlement).unwrap_or_default();
        assert!(!kept.contains("2712") && !kept.contains("secret") && !kept.contains("9703481234533910"), "{kept}");
    }
}
