//! What a register asks for.

use serde::Serialize;

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    Payment,
    Refund,
    Reversal,
    Closing,
}

impl Kind {
    /// What the endpoint of this name starts, if it starts something.
    pub(crate) fn of(endpoint: &str) -> Option<Self> {
        match endpoint {
            "payment" => Some(Self::Payment),
            "refund" => Some(Self::Refund),
            "reverse" => Some(Self::Reversal),
            "closing" => Some(Self::Closing),
            _ => None,
        }
    }

    /// `transactionType` of its result.
    pub(crate) fn type_name(self) -> &'static str {
        match self {
            Self::Payment => "PAYMENT",
            Self::Refund => "REFUND",
            Self::Reversal => "REVERSAL",
            Self::Closing => "CLOSING",
        }
    }

    /// Whether the request names an amount, and a card is read.
    pub(crate) fn takes_a_card(self) -> bool {
        match self {
            Self::Payment | Self::Refund => true,
            Self::Reversal | Self::Closing => false,
        }
    }
}

/// A start, as it was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    /// Minor units; of a reversal that of its original, of a closing 0.
    pub(crate) amount: i64,
    /// ISO 4217 number.
    pub(crate) currency: i64,
    /// Of a reversal: what is to be taken back.
    pub(crate) original: Option<String>,
}
