//! What a receipt is made from: the JSON of an outcome.

use serde::{Deserialize, Deserializer};

use crate::codes::{Advice, Code, Kind, Verdict};
use crate::error::Error;
use crate::mask;
use crate::outcome::Language;

/// The fields that a receipt can show, named as in the JSON. What is absent does not appear.
#[derive(Debug, Deserialize)]
pub(super) struct Slip {
    #[serde(deserialize_with = "verdict")]
    pub(super) verdict: Verdict,
    #[serde(default = "a_payment", deserialize_with = "kind")]
    pub(super) kind: Kind,
    #[serde(default, deserialize_with = "language")]
    pub(super) language: Language,
    #[serde(default)]
    pub(super) sale_id: Option<String>,
    #[serde(default)]
    pub(super) transaction_id: Option<String>,
    #[serde(default)]
    pub(super) original_sale_id: Option<String>,
    #[serde(default)]
    pub(super) amount_requested: Option<i64>,
    #[serde(default)]
    pub(super) amount_approved: Option<i64>,
    #[serde(default)]
    pub(super) tip: Option<i64>,
    #[serde(default)]
    pub(super) currency: Option<String>,
    /// The currency of what was approved, where it is another one.
    #[serde(default)]
    pub(super) charged_currency: Option<String>,
    #[serde(default)]
    pub(super) partial: i32,
    #[serde(default)]
    pub(super) auth_code: Option<String>,
    #[serde(default)]
    pub(super) pan: Option<String>,
    #[serde(default)]
    pub(super) scheme: Option<String>,
    #[serde(default)]
    pub(super) aid: Option<String>,
    #[serde(default)]
    pub(super) sequence_number: Option<String>,
    #[serde(default)]
    pub(super) terminal_id: Option<String>,
    #[serde(default)]
    pub(super) acquirer_terminal_id: Option<String>,
    #[serde(default)]
    pub(super) acquirer_merchant_id: Option<String>,
    #[serde(default)]
    pub(super) available_balance: Option<i64>,
    #[serde(default)]
    pub(super) response_message: Option<String>,
    #[serde(default)]
    pub(super) advice: i32,
    #[serde(default)]
    pub(super) started_at: Option<String>,
    #[serde(default)]
    pub(super) terminal_time: Option<String>,
    #[serde(default)]
    pub(super) batch_number: Option<String>,
    #[serde(default)]
    pub(super) shift_number: Option<String>,
    #[serde(default)]
    pub(super) debits_count: Option<i64>,
    #[serde(default)]
    pub(super) debits_amount: Option<i64>,
    #[serde(default)]
    pub(super) credits_count: Option<i64>,
    #[serde(default)]
    pub(super) credits_amount: Option<i64>,
    #[serde(default)]
    pub(super) adjustments_count: Option<i64>,
    #[serde(default)]
    pub(super) adjustments_amount: Option<i64>,
    #[serde(default)]
    pub(super) signature_required: i32,
    #[serde(default)]
    pub(super) signature_accepted: Option<i32>,
    #[serde(default)]
    pub(super) reversed_by: Option<String>,
    #[serde(default)]
    pub(super) simulated: i32,
    #[serde(default)]
    pub(super) resolved: i32,
}

impl Slip {
    pub(super) fn read(json: &str) -> Result<Self, Error> {
        let mut slip: Self = serde_json::from_str(json).map_err(|error| {
            Error::new(Code::Text, format!("outcome_json: this is not what cgt_outcome_json has written ({error})"))
        })?;
        // Mask again: the JSON may come from elsewhere.
        slip.pan = slip.pan.as_deref().map(mask::card_number);
        slip.response_message = slip.response_message.as_deref().map(mask::card_numbers);
        Ok(slip)
    }

    pub(super) fn needs_signature(&self) -> bool {
        self.verdict == Verdict::Approved && self.signature_required != 0
    }

    /// It was approved, and the money went back since.
    pub(super) fn was_reversed(&self) -> bool {
        self.reversed_by.is_some() && self.verdict == Verdict::Cancelled
    }

    /// What was approved is other money than what was asked for: a part of it, or another currency.
    pub(super) fn is_of_other_money(&self) -> bool {
        self.partial != 0 || self.charged_currency.is_some()
    }

    /// The currency of what was approved.
    pub(super) fn charged_in(&self) -> Option<&str> {
        self.charged_currency.as_deref().or(self.currency.as_deref())
    }

    /// What is still to be paid after a part.
    pub(super) fn rest(&self) -> Option<i64> {
        let (asked, approved) = self.amount_requested.zip(self.amount_approved)?;
        asked.checked_sub(approved).filter(|rest| self.partial != 0 && *rest > 0)
    }

    pub(super) fn advice(&self) -> Option<Advice> {
        Advice::from_number(self.advice)
    }
}

fn verdict<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Verdict, D::Error> {
    let word = String::deserialize(deserializer)?;
    let named = |verdict: &&Verdict| verdict.c_name().trim_start_matches("CGT_").eq_ignore_ascii_case(&word);
    Verdict::ALL
        .iter()
        .find(named)
        .copied()
        .ok_or_else(|| serde::de::Error::custom(format!("no verdict is \"{word}\"")))
}

/// A kind of a newer library is shown as some operation.
fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
    Ok(Kind::from_number(i32::deserialize(deserializer)?).unwrap_or(Kind::Other))
}

fn a_payment() -> Kind {
    Kind::Payment
}

fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Language, D::Error> {
    Language::parse(&String::deserialize(deserializer)?).map_err(|error| serde::de::Error::custom(error.message()))
}
