//! How long the customer takes.

use serde::{Deserialize, Serialize};

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
    /// Until somebody presses YES, where a reversal waits for it.
    pub yes_ms: u64,
    /// How long the terminal waits for a confirm, where it takes back what is not confirmed.
    pub confirm_ms: u64,
}

impl Pace {
    /// For tests.
    pub const fn quick() -> Self {
        Self { waiting_ms: 30, pin_ms: 10, authorizing_ms: 10, slow_ms: 60_000, yes_ms: 30, confirm_ms: 30_000 }
    }

    /// For people who are the customer themselves: no card is there until somebody presses a button.
    pub const fn by_hand() -> Self {
        Self { waiting_ms: 24 * 3_600_000, yes_ms: 24 * 3_600_000, ..Self::human() }
    }

    /// For people.
    pub const fn human() -> Self {
        Self { waiting_ms: 1500, pin_ms: 1500, authorizing_ms: 800, slow_ms: 60_000, yes_ms: 3_000, confirm_ms: 60_000 }
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::human()
    }
}
