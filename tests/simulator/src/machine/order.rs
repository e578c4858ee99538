//! What a register asks for.

use serde::{Deserialize, Serialize};

use crate::personality::Personality;

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    Payment,
    Refund,
    Reversal,
    Closing,
    Preauth,
    PreauthComplete,
    PreauthIncrement,
    PreauthCancel,
    /// No money moves.
    Other,
}

impl Kind {
    /// What the endpoint of this name starts on such a terminal, if it starts something.
    pub(super) fn of(endpoint: &str, personality: &Personality) -> Option<Self> {
        match endpoint {
            "payment" => Some(Self::Payment),
            "refund" => Some(Self::Refund),
            "reverse" => Some(Self::Reversal),
            "closing" => Some(Self::Closing),
            "payment/moto" if personality.moto => Some(Self::Payment),
            "preauth" if personality.pre_authorizations => Some(Self::Preauth),
            "preauth/complete" if personality.pre_authorizations => Some(Self::PreauthComplete),
            "preauth/increment" if personality.pre_authorizations => Some(Self::PreauthIncrement),
            "preauth/cancel" if personality.pre_authorizations => Some(Self::PreauthCancel),
            _ => None,
        }
    }

    /// Whether a card is read.
    pub(crate) fn takes_a_card(self) -> bool {
        match self {
            Self::Payment | Self::Refund | Self::Preauth | Self::Other => true,
            Self::Reversal | Self::Closing | Self::PreauthComplete | Self::PreauthIncrement | Self::PreauthCancel => {
                false
            }
        }
    }

    /// Whether it is about another transaction.
    pub(crate) fn has_an_original(self) -> bool {
        match self {
            Self::Reversal | Self::PreauthComplete | Self::PreauthIncrement | Self::PreauthCancel => true,
            Self::Payment | Self::Refund | Self::Preauth | Self::Closing | Self::Other => false,
        }
    }

    /// Whether an edition of the protocol asks for a confirm.
    pub(crate) fn needs_a_confirm(self) -> bool {
        match self {
            Self::Payment | Self::Refund | Self::Preauth | Self::PreauthComplete | Self::Other => true,
            Self::Reversal | Self::Closing | Self::PreauthIncrement | Self::PreauthCancel => false,
        }
    }
}

/// What an endpoint is that only the vendor's document describes, such as a pre-authorization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Start, status, result, confirm, as a payment, and the customer is charged.
    Charge,
    /// Start, status, result, confirm, as a payment, and no money moves.
    Operation,
    /// One request and its reply.
    Exchange,
}

/// A start, as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    /// The name of the function it was asked for by.
    pub(crate) endpoint: String,
    /// The base path under which it was asked for.
    pub(crate) base_path: String,
    /// Minor units; of a reversal that of its original; 0 where there is none.
    pub(crate) amount: i64,
    /// ISO 4217 number; 0 where there is no amount.
    pub(crate) currency: i64,
    /// What is to be taken back, completed, raised or cancelled.
    pub(crate) original: Option<String>,
    /// The variable symbol.
    pub(crate) invoice: Option<String>,
    /// Which of several merchants sells.
    pub(crate) merchant: Option<String>,
}

impl Order {
    /// By mail or phone: somebody types the card's data on the terminal.
    pub(crate) fn is_moto(&self) -> bool {
        self.endpoint == "payment/moto"
    }
}
