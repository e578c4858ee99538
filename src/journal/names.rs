//! Numbers of the C ABI would tell a technician nothing: kinds and verdicts stand in the journal by name: the end of their C name, in lower case.

// The signatures of these modules are what serde asks for.
#![allow(clippy::trivially_copy_pass_by_ref, clippy::ref_option)]

use serde::{Deserialize, Deserializer, Serializer, de::Error};

use crate::codes::{Code, Kind, Verdict};

fn name(c_name: &str, prefix: &str) -> String {
    c_name.trim_start_matches(prefix).to_ascii_lowercase()
}

pub(super) mod kind {
    use super::{Deserialize, Deserializer, Error, Kind, Serializer, name};

    const PREFIX: &str = "CGT_KIND_";

    pub(in super::super) fn serialize<S: Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&name(kind.c_name(), PREFIX))
    }

    /// A kind of a newer version cannot be run or asked about by this one: the line is kept, but not understood.
    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Kind, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text).ok_or_else(|| D::Error::custom(format!("unknown kind {text}")))
    }

    pub(in super::super) fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.iter().find(|kind| name(kind.c_name(), PREFIX) == text).copied()
    }
}

pub(super) mod verdict {
    use super::{Deserialize, Deserializer, Serializer, Verdict, name};

    const PREFIX: &str = "CGT_";

    pub(in super::super) fn serialize<S: Serializer>(verdict: &Verdict, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&name(verdict.c_name(), PREFIX))
    }

    /// The name of a newer version is a verdict that this version does not know: UNKNOWN.
    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Verdict, D::Error> {
        let text = String::deserialize(deserializer)?;
        let found = Verdict::ALL.iter().find(|verdict| name(verdict.c_name(), PREFIX) == text);
        Ok(found.copied().unwrap_or(Verdict::Unknown))
    }
}

pub(super) mod reason {
    use super::{Code, Deserialize, Deserializer, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(reason: &Option<Code>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(reason.map_or(0, Code::number))
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Code>, D::Error> {
        Ok(Code::from_number(i32::deserialize(deserializer)?).filter(|code| *code != Code::Ok))
    }
}
