//! The facts the journal keeps. Fields and kinds a newer version adds are skipped by an older one, which must still be able to sell.
//!
//! Never here: the secureString, a whole card number, expiry, PAN sequence, tokens, EMV data.

use serde::{Deserialize, Serialize};

use crate::codes::{Code, Kind, Verdict};
use crate::protocol::Settlement;

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub(crate) enum Record {
    /// An attempt is about to be made. On disk before the first byte of its start leaves.
    Intent(Intent),
    /// The terminal settled on an approval that is ours. On disk before it is confirmed.
    Settled { transaction: String, time: i64, settlement: Box<Settlement> },
    /// What became of an attempt. On disk before it is returned.
    Decided(Box<Decided>),
    /// The register has stored the outcome.
    Acknowledged { transaction: String, time: i64 },
    /// Written by a newer version.
    #[serde(other)]
    Unknown,
}

/// What is about to be sent, by whom, where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Intent {
    pub(crate) sale: String,
    pub(crate) transaction: String,
    #[serde(with = "kind")]
    pub(crate) kind: Kind,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) invoice: Option<String>,
    pub(crate) time: i64,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) path: String,
    /// The lock this attempt is held under: the bound terminal id, else host and port as configured.
    pub(crate) terminal: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) register: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) cashier: String,
}

/// A verdict and everything an outcome shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Decided {
    pub(crate) transaction: String,
    pub(crate) time: i64,
    #[serde(with = "verdict")]
    pub(crate) verdict: Verdict,
    #[serde(default, with = "reason", skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<Code>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) words: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) settlement: Option<Settlement>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) terminal_id: Option<String>,
    #[serde(flatten)]
    pub(crate) flags: Flags,
}

/// What is true of an outcome beside its verdict.
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
    /// Only in memory: this outcome was found, not made, by this call.
    #[serde(skip)]
    pub(crate) adopted: bool,
}

// The signatures of these modules are what serde asks for.

/// Kinds as the numbers of the ABI would be unreadable to a technician; words are not.
#[allow(clippy::trivially_copy_pass_by_ref, clippy::ref_option)]
mod kind {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::codes::Kind;

    pub(super) fn serialize<S: Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match kind {
            Kind::Payment => "payment",
        })
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "payment" => Ok(Kind::Payment),
            other => Err(D::Error::custom(format!("unknown kind {other}"))),
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, clippy::ref_option)]
mod verdict {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::codes::Verdict;

    const WORDS: [(Verdict, &str); 5] = [
        (Verdict::Unknown, "unknown"),
        (Verdict::Approved, "approved"),
        (Verdict::Declined, "declined"),
        (Verdict::Cancelled, "cancelled"),
        (Verdict::NotStarted, "not_started"),
    ];

    pub(super) fn serialize<S: Serializer>(verdict: &Verdict, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(WORDS.iter().find(|(row, _)| row == verdict).map_or("unknown", |(_, word)| word))
    }

    /// A word of a newer version is a verdict this version cannot judge: unknown.
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Verdict, D::Error> {
        let word = String::deserialize(deserializer)?;
        Ok(WORDS.iter().find(|(_, row)| *row == word).map_or(Verdict::Unknown, |(verdict, _)| *verdict))
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, clippy::ref_option)]
mod reason {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::codes::Code;

    pub(super) fn serialize<S: Serializer>(reason: &Option<Code>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(reason.map_or(0, Code::number))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Code>, D::Error> {
        Ok(Code::from_number(i32::deserialize(deserializer)?).filter(|code| *code != Code::Ok))
    }
}
