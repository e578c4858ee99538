//! What a register asks for.

use serde::{Deserialize, Serialize};

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    Payment,
    Refund,
    Reversal,
    Closing,
    /// No money moves.
    Other,
}

impl Kind {
    /// What the endpoint of this name starts, if it starts something.
    pub(super) fn of(endpoint: &str) -> Option<Self> {
        match endpoint {
            "payment" => Some(Self::Payment),
            "refund" => Some(Self::Refund),
            "reverse" => Some(Self::Reversal),
            "closing" => Some(Self::Closing),
            _ => None,
        }
    }

    /// Whether a card is read.
    pub(crate) fn takes_a_card(self) -> bool {
        match self {
            Self::Payment | Self::Refund | Self::Other => true,
            Self::Reversal | Self::Closing => false,
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
#[derive(Clone, Debug)]
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
    /// Of a reversal: what is to be taken back.
    pub(crate) original: Option<String>,
}
