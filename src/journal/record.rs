//! The facts of the journal, and the JSON of each line. Fields and facts of a newer version are kept and skipped: an
//! older library must still be able to sell.
//!
//! Never here: the secureString, a whole card number, expiry, PAN sequence, tokens, EMV data.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::names;
use crate::codes::{Code, Kind, Verdict};
use crate::protocol::Settlement;
use crate::utc;

/// The version of the journal this library writes.
pub(super) const VERSION: u32 = 1;

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Record {
    /// The first line of every file.
    Journal(Header),
    /// An attempt is about to be made. On disk before the first byte of its start leaves.
    Intent(Box<Intent>),
    /// Which terminal is about to get the start.
    Identified(Identified),
    /// An approval that is ours. On disk before it is confirmed.
    Settled(Box<Settled>),
    /// What became of an attempt. On disk before it is returned.
    Decided(Box<Decided>),
    /// The register has stored the outcome.
    Acknowledged(PlainFact),
    /// A person has decided what became of an attempt.
    Resolved(Resolved),
    /// The cashier has compared the signature.
    Signature(Signature),
    /// A person has said what a response code means.
    Taught(TaughtCode),
    /// A line about this attempt was damaged: an ending before it no longer counts.
    Damaged(PlainFact),
    /// A person goes on with a journal that has lost lines.
    LossAccepted(Accepted),
    /// Written by a newer version.
    Foreign(Foreign),
}

/// The id of the file. A file that was written anew has another id, so that readers begin again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Header {
    pub(crate) version: u32,
    pub(crate) id: String,
    /// The id of the file in whose place it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<String>,
}

/// How many lines of which file are lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Accepted {
    #[serde(with = "utc")]
    pub(crate) time: i64,
    pub(crate) id: String,
    pub(crate) lines: u64,
    pub(crate) note: String,
}

/// What is about to be started, by whom and where.
///
/// If its line was damaged, it holds only what can still be read. The rest is empty and fits no result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Intent {
    #[serde(with = "utc")]
    pub(crate) time: i64,
    pub(crate) sale: String,
    pub(crate) transaction: String,
    #[serde(with = "names::kind")]
    pub(crate) kind: Kind,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    /// The sale that is reversed or refunded, and the attempt at it. Empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) original_sale: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) original_transaction: String,
    /// The endpoint of an operation of kind Other, else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) endpoint: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) invoice: Option<String>,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) path: String,
    /// Which lock this attempt holds: the bound terminal id, else host and port as configured.
    #[serde(rename = "terminal")]
    pub(crate) lock_name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) register: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) cashier: String,
    /// A payment may be approved for less than its amount.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) accept_partial: bool,
    /// So many percent more than its amount may be a tip that only shows in the sum. 0: none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) tip_limit: u8,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // What serde asks for.
fn is_zero(number: &u8) -> bool {
    *number == 0
}

impl Intent {
    /// Its kind by name. Before this library had names for them, some functions were run as kind Other.
    pub(crate) fn named_kind(&self) -> Kind {
        match (self.kind, self.endpoint.as_str()) {
            (Kind::Other, "preauth") => Kind::Preauth,
            (Kind::Other, "preauth/complete") => Kind::PreauthCompletion,
            (Kind::Other, "preauth/cancel") => Kind::PreauthCancel,
            (Kind::Other, "payment/moto") => Kind::Moto,
            (kind, _) => kind,
        }
    }

    /// True if it takes its original back: a reversal, or the cancel of a pre-authorization.
    pub(crate) fn takes_back(&self) -> bool {
        match self.named_kind() {
            Kind::Reversal | Kind::PreauthCancel => true,
            Kind::Payment
            | Kind::Refund
            | Kind::Closing
            | Kind::Other
            | Kind::Preauth
            | Kind::PreauthCompletion
            | Kind::Moto => false,
        }
    }

    /// True if it moves money to or from a customer. A pre-authorization only reserves it. What another function does is not
    /// known.
    pub(crate) fn moves_money(&self) -> bool {
        match self.named_kind() {
            Kind::Payment | Kind::Refund | Kind::Other | Kind::PreauthCompletion | Kind::Moto => true,
            Kind::Reversal | Kind::Closing | Kind::Preauth | Kind::PreauthCancel => false,
        }
    }

    /// An attempt of which nothing else is known.
    pub(crate) fn unknown(time: i64, sale: &str, transaction: &str) -> Self {
        Self {
            time,
            sale: sale.into(),
            transaction: transaction.into(),
            kind: Kind::Payment,
            amount: 0,
            currency: String::new(),
            original_sale: String::new(),
            original_transaction: String::new(),
            endpoint: String::new(),
            invoice: None,
            host: String::new(),
            port: 0,
            path: String::new(),
            lock_name: String::new(),
            register: String::new(),
            cashier: String::new(),
            accept_partial: false,
            tip_limit: 0,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Identified {
    #[serde(with = "utc")]
    pub(crate) time: i64,
    pub(crate) sale: String,
    pub(crate) transaction: String,
    /// Absent if the terminal tells none; then host and port identify it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) terminal_id: Option<String>,
    /// The path of the start if it is not that of the intent, which was written before the terminal was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settled {
    #[serde(with = "utc")]
    pub(crate) time: i64,
    pub(crate) sale: String,
    pub(crate) transaction: String,
    /// It comes from a list of transactions, because its result was forgotten.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) listed: bool,
    pub(crate) settlement: Settlement,
}

/// A verdict and everything an outcome shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Decided {
    #[serde(with = "utc")]
    pub(crate) time: i64,
    pub(crate) sale: String,
    pub(crate) transaction: String,
    #[serde(with = "names::verdict")]
    pub(crate) verdict: Verdict,
    #[serde(default, with = "names::reason", skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<Code>,
    #[serde(default, rename = "words", skip_serializing_if = "String::is_empty")]
    pub(crate) detail: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) settlement: Option<Settlement>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) terminal_id: Option<String>,
    #[serde(default, skip_serializing_if = "Flags::are_unset")]
    pub(crate) flags: Flags,
}

/// Flags of an outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(clippy::struct_excessive_bools)] // Each is one CGT_F_ flag of its own.
pub(crate) struct Flags {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) recovered: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) cancel_asked: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) earlier_unresolved: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) simulated: bool,
    /// A person has said what the response code means, and the verdict rests on it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) code_taught: bool,
    /// It ended with a code that is not listed, and was seen running before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) seen_running: bool,
    /// A refused start that the terminal was asked about once more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) asked_again: bool,
    /// A part payment that was not accepted, and that the terminal has not taken back when it could no more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) part_stands: bool,
    /// Only in memory: this outcome was found, not made, by this call.
    #[serde(skip)]
    pub(crate) adopted: bool,
    /// Only in memory: a person decided.
    #[serde(skip)]
    pub(crate) resolved: bool,
}

impl Flags {
    #[allow(clippy::trivially_copy_pass_by_ref)] // What serde asks for.
    fn are_unset(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Resolved {
    #[serde(with = "utc")]
    pub(crate) time: i64,
    pub(crate) sale: String,
    pub(crate) transaction: String,
    pub(crate) charged: bool,
    pub(crate) note: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Signature {
    #[serde(with = "utc")]
    pub(crate) time: i64,
    pub(crate) sale: String,
    pub(crate) transaction: String,
    pub(crate) accepted: bool,
}

/// What a response code means on the terminals of this folder's registers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct TaughtCode {
    #[serde(with = "utc")]
    pub(crate) time: i64,
    pub(crate) code: String,
    /// None: it is forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) approves: Option<bool>,
}

/// A fact without further fields: only when, and about which attempt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlainFact {
    #[serde(with = "utc")]
    pub(crate) time: i64,
    pub(crate) sale: String,
    pub(crate) transaction: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Foreign {
    pub(crate) transaction: Option<String>,
}

impl Record {
    /// The JSON object of a line. The fact comes first, for people who read the file.
    pub(super) fn to_json(&self) -> serde_json::Result<String> {
        let fields = match self {
            Self::Journal(header) => serde_json::to_string(header),
            Self::Intent(intent) => serde_json::to_string(intent),
            Self::Identified(identified) => serde_json::to_string(identified),
            Self::Settled(settled) => serde_json::to_string(settled),
            Self::Decided(decided) => serde_json::to_string(decided),
            Self::Acknowledged(fact) | Self::Damaged(fact) => serde_json::to_string(fact),
            Self::Resolved(resolved) => serde_json::to_string(resolved),
            Self::Signature(signature) => serde_json::to_string(signature),
            Self::Taught(taught) => serde_json::to_string(taught),
            Self::LossAccepted(accepted) => serde_json::to_string(accepted),
            Self::Foreign(_) => Err(serde::ser::Error::custom("a line of a newer version is kept as it is")),
        }?;
        Ok(format!("{{\"fact\":\"{}\",{}", self.fact(), fields.trim_start_matches('{')))
    }

    /// None when it is no JSON object.
    pub(super) fn from_json(json: &str) -> Option<Self> {
        Self::as_written(json).or_else(|| Self::from_any_json(json))
    }

    /// The short way, for a line as this library writes it: most of a long journal.
    fn as_written(json: &str) -> Option<Self> {
        let (fact, _) = json.strip_prefix("{\"fact\":\"")?.split_once('"')?;
        match fact {
            "intent" => serde_json::from_str(json).ok().map(Self::Intent),
            "identified" => serde_json::from_str(json).ok().map(Self::Identified),
            "settled" => serde_json::from_str(json).ok().map(Self::Settled),
            "decided" => serde_json::from_str(json).ok().map(Self::Decided),
            "acknowledged" => serde_json::from_str(json).ok().map(Self::Acknowledged),
            _ => None,
        }
    }

    fn from_any_json(json: &str) -> Option<Self> {
        let Ok(Value::Object(fields)) = serde_json::from_str(json) else { return None };
        let fact = fields.get("fact").and_then(Value::as_str).unwrap_or_default().to_owned();
        let foreign = Foreign { transaction: fields.get("transaction").and_then(Value::as_str).map(Into::into) };
        let known = match fact.as_str() {
            "journal" => read(fields).map(Self::Journal),
            "intent" => read(fields).map(Self::Intent),
            "identified" => read(fields).map(Self::Identified),
            "settled" => read(fields).map(Self::Settled),
            "decided" => read(fields).map(Self::Decided),
            "acknowledged" => read(fields).map(Self::Acknowledged),
            "resolved" => read(fields).map(Self::Resolved),
            "signature" => read(fields).map(Self::Signature),
            "taught" => read(fields).map(Self::Taught),
            "damaged" => read(fields).map(Self::Damaged),
            "loss_accepted" => read(fields).map(Self::LossAccepted),
            _ => None,
        };
        Some(known.unwrap_or(Self::Foreign(foreign)))
    }

    /// The attempt that the line is about.
    pub(super) fn transaction(&self) -> Option<&str> {
        match self {
            Self::Journal(_) | Self::Taught(_) | Self::LossAccepted(_) => None,
            Self::Intent(intent) => Some(&intent.transaction),
            Self::Identified(identified) => Some(&identified.transaction),
            Self::Settled(settled) => Some(&settled.transaction),
            Self::Decided(decided) => Some(&decided.transaction),
            Self::Acknowledged(fact) | Self::Damaged(fact) => Some(&fact.transaction),
            Self::Resolved(resolved) => Some(&resolved.transaction),
            Self::Signature(signature) => Some(&signature.transaction),
            Self::Foreign(foreign) => foreign.transaction.as_deref(),
        }
    }

    /// When it was written.
    pub(super) fn time(&self) -> Option<i64> {
        match self {
            Self::Journal(_) | Self::Foreign(_) => None,
            Self::Intent(intent) => Some(intent.time),
            Self::Identified(identified) => Some(identified.time),
            Self::Settled(settled) => Some(settled.time),
            Self::Decided(decided) => Some(decided.time),
            Self::Acknowledged(fact) | Self::Damaged(fact) => Some(fact.time),
            Self::Resolved(resolved) => Some(resolved.time),
            Self::LossAccepted(accepted) => Some(accepted.time),
            Self::Signature(signature) => Some(signature.time),
            Self::Taught(taught) => Some(taught.time),
        }
    }

    /// The little that this line says about an intent that is lost.
    pub(super) fn lost_intent(&self) -> Option<Intent> {
        let (time, sale, transaction, settlement) = match self {
            Self::Journal(_)
            | Self::Intent(_)
            | Self::Foreign(_)
            | Self::Damaged(_)
            | Self::Taught(_)
            | Self::LossAccepted(_) => return None,
            Self::Identified(line) => (line.time, &line.sale, &line.transaction, None),
            Self::Settled(line) => (line.time, &line.sale, &line.transaction, Some(&line.settlement)),
            Self::Decided(line) => (line.time, &line.sale, &line.transaction, line.settlement.as_ref()),
            Self::Acknowledged(line) => (line.time, &line.sale, &line.transaction, None),
            Self::Resolved(line) => (line.time, &line.sale, &line.transaction, None),
            Self::Signature(line) => (line.time, &line.sale, &line.transaction, None),
        };
        let mut intent = Intent::unknown(time, sale, transaction);
        intent.amount = settlement.and_then(|settlement| settlement.amount).unwrap_or_default();
        intent.currency = settlement.and_then(|settlement| settlement.currency.clone()).unwrap_or_default();
        Some(intent)
    }

    /// True if it must be flushed: without it something else would be known about the money. The other facts are only
    /// written. Losing one in a power cut is harmless: it is told, asked or noted again.
    pub(super) fn must_be_on_disk(&self) -> bool {
        match self {
            Self::Journal(_) | Self::Identified(_) | Self::Acknowledged(_) | Self::Signature(_) | Self::Foreign(_) => {
                false
            }
            Self::Intent(_)
            | Self::Settled(_)
            | Self::Decided(_)
            | Self::Resolved(_)
            | Self::Damaged(_)
            | Self::Taught(_)
            | Self::LossAccepted(_) => true,
        }
    }

    /// What its line calls it.
    pub(super) fn fact(&self) -> &'static str {
        match self {
            Self::Journal(_) => "journal",
            Self::Intent(_) => "intent",
            Self::Identified(_) => "identified",
            Self::Settled(_) => "settled",
            Self::Decided(_) => "decided",
            Self::Acknowledged(_) => "acknowledged",
            Self::Resolved(_) => "resolved",
            Self::Signature(_) => "signature",
            Self::Taught(_) => "taught",
            Self::Damaged(_) => "damaged",
            Self::LossAccepted(_) => "loss_accepted",
            Self::Foreign(_) => "foreign",
        }
    }
}

fn read<T: DeserializeOwned>(fields: Map<String, Value>) -> Option<T> {
    serde_json::from_value(Value::Object(fields)).ok()
}

#[cfg(test)]
mod tests {
    use super::Record;

    #[test]
    fn wire_a_line_of_a_terminal_that_was_met_is_read_as_it_was_ever_written() {
        let line = |rest: &str| {
            let json =
                format!(r#"{{"fact":"identified","time":"2026-11-23T09:41:00Z","sale":"1","transaction":"a"{rest}}}"#);
            match Record::from_json(&json) {
                Some(Record::Identified(identified)) => (identified.terminal_id, identified.path),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(line(r#","terminal_id":"T1""#), (Some("T1".into()), None));
        assert_eq!(line(r#","path":"/paya""#), (None, Some("/paya".into())));
        assert_eq!(
            line(r#","terminal_id":"T1","path":"/paya","of_a_newer_version":1"#),
            (Some("T1".into()), Some("/paya".into()))
        );
    }

    /// Folders of older versions are read, and older versions read what this one writes.
    #[test]
    fn api_the_fields_of_a_line_keep_their_names() {
        let settlement = r#"{"response_code":"OK","amount":12550,"names_our_id":true}"#;
        for line in [
            r#"{"fact":"intent","time":"2026-11-23T09:41:00Z","sale":"1","transaction":"a","kind":"reversal","amount":12550,"currency":"CZK","original_sale":"0","original_transaction":"o","endpoint":"e","invoice":"1","host":"h","port":33350,"path":"/paya","terminal":"h:33350","register":"r","cashier":"c","accept_partial":true,"tip_limit":10}"#.to_string(),
            r#"{"fact":"identified","time":"2026-11-23T09:41:00Z","sale":"1","transaction":"a","terminal_id":"T1","path":"/paya"}"#.into(),
            format!(r#"{{"fact":"settled","time":"2026-11-23T09:41:00Z","sale":"1","transaction":"a","listed":true,"settlement":{settlement}}}"#),
            format!(r#"{{"fact":"decided","time":"2026-11-23T09:41:00Z","sale":"1","transaction":"a","verdict":"unknown","reason":301,"words":"why","settlement":{settlement},"terminal_id":"T1","flags":{{"recovered":true,"cancel_asked":true,"earlier_unresolved":true,"simulated":true,"code_taught":true,"seen_running":true,"asked_again":true,"part_stands":true}}}}"#),
            r#"{"fact":"acknowledged","time":"2026-11-23T09:41:00Z","sale":"1","transaction":"a"}"#.into(),
            r#"{"fact":"resolved","time":"2026-11-23T09:41:00Z","sale":"1","transaction":"a","charged":true,"note":"n"}"#.into(),
            r#"{"fact":"signature","time":"2026-11-23T09:41:00Z","sale":"1","transaction":"a","accepted":true}"#.into(),
            r#"{"fact":"taught","time":"2026-11-23T09:41:00Z","code":"00","approves":true}"#.into(),
            r#"{"fact":"damaged","time":"2026-11-23T09:41:00Z","sale":"1","transaction":"a"}"#.into(),
            r#"{"fact":"loss_accepted","time":"2026-11-23T09:41:00Z","id":"j","lines":7,"note":"n"}"#.into(),
        ] {
            let again = Record::from_json(&line).and_then(|record| record.to_json().ok());
            assert_eq!(again.as_deref(), Some(line.as_str()));
        }
    }
}
