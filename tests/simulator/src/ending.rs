//! How an operation ends, and the table by which its amount chooses the ending.

use serde::{Deserialize, Serialize};

/// How an operation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Approved, contactless.
    Approved,
    /// The issuer declines.
    Declined,
    /// The terminal declines.
    DeclinedByTerminal,
    /// The customer presses cancel on the terminal.
    CancelledByCustomer,
    /// Approved with a signature.
    Signature,
    /// Approved with a PIN.
    Pin,
    /// Approved with a tip of a tenth on top.
    Tip,
    /// Approved voucher with a balance left.
    Voucher,
    /// Approved, and the terminal asks the register to reverse.
    ReversalAsked,
    /// Approved, and already reversed.
    Reversed,
    /// Approved with an amount that is 1.00 too high.
    WrongAmount,
    /// Approved, but the result has no response code.
    NoResponseCode,
    /// Declined, but with an authorization code.
    DeclinedWithAuthCode,
    /// The start is not accepted: `isStarted: false`.
    NotStarted,
    /// The start is accepted and its reply is lost.
    StartReplyLost,
    /// The start is lost on its way in.
    StartLost,
    /// The first reply to result is lost.
    ResultReplyLost,
    /// The first reply to confirm is lost; the terminal has confirmed.
    ConfirmReplyLost,
    /// Nobody shows a card for a long time.
    Slow,
    /// The terminal never says Finished.
    Never,
    /// Half of the amount is approved: `ApprovedForPartialAmount`.
    PartApproved,
    /// Approved in another currency.
    OtherCurrency,
}

/// One row of the amount table.
#[derive(Clone, Copy, Debug)]
pub struct AmountRow {
    /// The last two digits of the amount in minor units.
    pub digits: i64,
    /// What happens then.
    pub ending: Ending,
    /// The same in words, for the README.
    pub words: &'static str,
}

const fn row(digits: i64, ending: Ending, words: &'static str) -> AmountRow {
    AmountRow { digits, ending, words }
}

/// The last two digits choose; every other amount is approved.
pub const AMOUNT_TABLE: &[AmountRow] = &[
    row(1, Ending::Declined, "declined by the issuer"),
    row(2, Ending::DeclinedByTerminal, "declined by the terminal"),
    row(3, Ending::CancelledByCustomer, "cancelled on the terminal by the customer"),
    row(4, Ending::Signature, "approved, signature required"),
    row(5, Ending::Pin, "approved, PIN entered"),
    row(6, Ending::Tip, "approved, with a tip of a tenth"),
    row(7, Ending::Voucher, "approved, voucher with a balance left"),
    row(8, Ending::ReversalAsked, "approved, the terminal asks for a reversal"),
    row(9, Ending::Reversed, "approved, and already reversed"),
    row(10, Ending::WrongAmount, "approved with 1.00 too much"),
    row(11, Ending::NoResponseCode, "approved, the result has no response code"),
    row(12, Ending::DeclinedWithAuthCode, "declined, yet with an authorization code"),
    row(20, Ending::NotStarted, "not started"),
    row(21, Ending::StartReplyLost, "started, the reply is lost"),
    row(22, Ending::StartLost, "the start itself is lost"),
    row(23, Ending::ResultReplyLost, "the first reply to result is lost"),
    row(24, Ending::ConfirmReplyLost, "the first reply to confirm is lost"),
    row(31, Ending::Slow, "nobody shows a card for a minute"),
    row(32, Ending::Never, "never ends"),
];

impl Ending {
    /// The ending an amount chooses.
    pub fn of_amount(minor: i64) -> Self {
        AMOUNT_TABLE.iter().find(|row| row.digits == minor.rem_euclid(100)).map_or(Self::Approved, |row| row.ending)
    }

    /// Whether the terminal does what it was asked to.
    pub(crate) fn succeeds(self) -> bool {
        match self {
            Self::Declined
            | Self::DeclinedByTerminal
            | Self::CancelledByCustomer
            | Self::DeclinedWithAuthCode
            | Self::NotStarted
            | Self::StartLost
            | Self::Never => false,
            Self::Approved
            | Self::Signature
            | Self::Pin
            | Self::Tip
            | Self::Voucher
            | Self::ReversalAsked
            | Self::Reversed
            | Self::WrongAmount
            | Self::NoResponseCode
            | Self::StartReplyLost
            | Self::ResultReplyLost
            | Self::ConfirmReplyLost
            | Self::PartApproved
            | Self::OtherCurrency
            | Self::Slow => true,
        }
    }
}
