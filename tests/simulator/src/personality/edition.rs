//! Editions of the protocol: each is a position of every switch.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{
    BadReversal, Busy, CancelReply, CancelWorks, CodeNames, ConfirmFalse, ConfirmRefusal, CvmWords, DuplicateId,
    EmvData, InfoVersion, IsOnline, Lists, NeedlessConfirm, Personality, ReversalReach, StatusLanguage, TerminalTime,
    TimeFormat, Totals, TypeNames,
};

/// The edition that is meant where none is named.
pub const DEFAULT_EDITION: Edition = Edition::V1_5;

/// Which edition of the protocol the terminal speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edition {
    /// What was known from public clients, before a document was seen.
    #[serde(rename = "before")]
    Before,
    /// The document of April 2022.
    #[serde(rename = "1.5")]
    V1_5,
}

impl Edition {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Before, Self::V1_5];

    /// How a terminal of this edition behaves.
    pub fn personality(self) -> Personality {
        match self {
            Self::Before => Personality::before(),
            Self::V1_5 => Personality::edition_1_5(),
        }
    }
}

impl Default for Edition {
    fn default() -> Self {
        DEFAULT_EDITION
    }
}

impl FromStr for Edition {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "before" => Ok(Self::Before),
            "1.5" => Ok(Self::V1_5),
            _ => Err("the editions are 1.5 and before".into()),
        }
    }
}

impl Default for Personality {
    fn default() -> Self {
        DEFAULT_EDITION.personality()
    }
}

impl Personality {
    /// What the document of April 2022 says. What it leaves open stands as before.
    pub fn edition_1_5() -> Self {
        Self {
            info_version: InfoVersion::Number,
            busy: Busy::Http202,
            duplicate_id: DuplicateId::Http400,
            cancel_reply: CancelReply::Message,
            status_language: StatusLanguage::Codes,
            bad_reversal: BadReversal::Http404,
            own_auth_code: true,
            own_sequence_number: true,
            own_card: true,
            own_time: true,
            time_format: TimeFormat::AmPm,
            terminal_time: TerminalTime::EpochText,
            is_online: IsOnline::Numbers,
            type_names: TypeNames::Document,
            cvm_words: CvmWords::Document,
            code_names: CodeNames::Document,
            emv_data: EmvData::Text,
            aosa_null: true,
            tokens: true,
            totals: Totals::Decimals,
            closing_without_id: true,
            cancel_works: CancelWorks::Card,
            confirm_minute: true,
            reversal_stands_unconfirmed: true,
            needless_confirm: NeedlessConfirm::Http404,
            confirm_refusal: ConfirmRefusal::Http404,
            confirm_false: ConfirmFalse::TakesBack,
            reversal_reach: ReversalReach::LastOnly,
            reversal_waits_for_yes: true,
            lists: Lists::OpenBatch,
            transaction_status: true,
            pre_authorizations: true,
            moto: true,
            strict: true,
            ..Self::before()
        }
    }
}
