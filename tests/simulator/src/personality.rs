//! How the terminal behaves where the public sources do not say: one switch for each unknown. The default is what seems most likely.

use serde::{Deserialize, Serialize};

/// All switches. They combine freely.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools)] // Each is a switch of its own.
pub struct Personality {
    /// What a wrong secureString is answered with.
    pub wrong_secret: WrongSecret,
    /// What a question about an unknown id is answered with.
    pub unknown_id: UnknownId,
    /// What a start is answered with while another sale runs.
    pub busy: Busy,
    /// What confirm is answered with.
    pub confirm: Confirm,
    /// An id that was used before starts a second charge.
    pub accepts_duplicate_id: bool,
    /// A charge that is not confirmed within so many milliseconds is reversed.
    pub reverses_unconfirmed_after_ms: Option<u64>,
    /// Confirm makes the terminal forget the transaction.
    pub confirm_forgets: bool,
    /// Cancel has no effect: it comes too late.
    pub cancel_too_late: bool,
    /// A cancelled sale never says Finished.
    pub cancelled_never_finishes: bool,
    /// The response code of a cancelled sale.
    pub cancelled_code: Option<String>,
    /// `isStarted` is left out of the start's reply.
    pub no_is_started: bool,
    /// `transactionId` is left out of every reply.
    pub no_transaction_id: bool,
    /// Numbers are written as text.
    pub numbers_as_text: bool,
    /// Flags are written as 0 and 1.
    pub flags_as_numbers: bool,
    /// Replies begin with a byte order mark.
    pub bom: bool,
    /// Replies are in Windows-1250.
    pub windows_1250: bool,
    /// "Finished" is written in capitals.
    pub finished_in_capitals: bool,
    /// The card number is not masked.
    pub unmasked_pan: bool,
    /// The terminal has no function `terminal`.
    pub no_terminal_endpoint: bool,
}

/// What a wrong secureString is answered with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WrongSecret {
    /// 401 with a JSON message.
    #[default]
    Http401,
    /// 403 with plain text.
    Http403,
    /// 400 with plain text.
    Http400,
    /// 200 with `isStarted: false` and a message.
    NotStarted,
}

/// What a question about an unknown id is answered with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownId {
    /// 404 with a JSON message.
    #[default]
    Http404,
    /// 200 with the id and nothing else.
    Bare,
    /// 200 with a response code.
    ResponseCode,
    /// 500 with plain text.
    Http500,
    /// What it would say about the last transaction, with that one's id.
    LastWithItsId,
    /// What it would say about the last transaction, with the id that was asked for.
    LastWithAskedId,
    /// 200 with a status text, as of an idle terminal.
    IdleText,
    /// 200 with the status Finished.
    Finished,
}

/// What a start is answered with while another sale runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Busy {
    /// 200 with `isStarted: false` and a text.
    #[default]
    NotStarted,
    /// 409 with a JSON message.
    Http409,
    /// 200 with the response code UNDEFINED.
    Undefined,
}

/// What confirm is answered with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confirm {
    /// `isConfirmed: true`.
    #[default]
    Confirms,
    /// `isConfirmed: false`, for ever.
    Refuses,
    /// 404 with the text: this version has no confirm.
    NotSupported,
    /// `isConfirmed: true`, also for a charge that was reversed.
    ConfirmsReversed,
}

/// How long the customer takes, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pace {
    /// Until a card is there.
    pub waiting_ms: u64,
    /// For the PIN, where one is asked for.
    pub pin_ms: u64,
    /// For the authorization.
    pub authorizing_ms: u64,
    /// Until a card is there in the ending `slow`.
    pub slow_ms: u64,
}

impl Pace {
    /// For tests.
    pub const fn quick() -> Self {
        Self { waiting_ms: 30, pin_ms: 10, authorizing_ms: 10, slow_ms: 60_000 }
    }

    /// For people.
    pub const fn human() -> Self {
        Self { waiting_ms: 1500, pin_ms: 1500, authorizing_ms: 800, slow_ms: 60_000 }
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::human()
    }
}
