//! What this call itself has seen of a transaction, beside its result.

use std::time::Instant;

use super::conversation::Conversation;
use crate::patience::{LAG, SEEN_RECENTLY};
use crate::protocol::ResultReply;

/// What this call has seen.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // Facts that are independent of each other.
pub(super) struct Known {
    /// When the terminal said `isStarted: true`.
    pub(super) started: Option<Instant>,
    /// When this call's own start was answered, or its answer was given up. The terminal may have begun before, never later.
    pub(super) begun: Option<Instant>,
    /// When a status last said that it is running.
    pub(super) seen_running: Option<Instant>,
    /// The connection on which it was followed from then on without a break. After a cancel, a silence, an answer that says nothing or on
    /// a new connection, the terminal may have forgotten it, and may speak of another in its place.
    pub(super) unbroken: Option<u64>,
    /// The terminal said Finished.
    pub(super) finished: bool,
    /// It says Finished of any transaction: only the result tells whose end it is.
    pub(super) finished_is_said_of_any: bool,
    /// What it gives as the result of nobody's transaction while ours runs: the last one's, where it gives that to everybody.
    pub(super) baseline: Option<ResultReply>,
    /// An approval was stored before, so a confirm may have been sent.
    pub(super) stored: bool,
    /// A cancel was sent, and not refused.
    pub(super) cancel_sent: bool,
    /// The terminal was seen talking to the bank, which may have approved what the terminal then calls cancelled.
    pub(super) with_the_bank: bool,
}

impl Known {
    /// The same transaction under another path: nothing that was seen under the last one counts there.
    pub(super) fn elsewhere(&self) -> Self {
        Self { begun: self.begun, stored: self.stored, cancel_sent: self.cancel_sent, ..Self::default() }
    }

    /// Whether the terminal cannot have forgotten it without our noticing.
    pub(super) fn is_unbroken(&self, conversation: &Conversation) -> bool {
        self.unbroken == Some(conversation.connections())
    }

    /// Whether a Finished may still be the state of the transaction before. Also where the answer to the start was lost: it may have begun.
    pub(super) fn may_lag(&self) -> bool {
        self.seen_running.is_none() && self.begun.is_some_and(|begun| begun.elapsed() < LAG)
    }

    /// Whether it was started or running a moment ago, so that the terminal has not taken it back for want of a confirm. Not divided for a
    /// hurry: a terminal's minute is no shorter in a test.
    pub(super) fn was_seen_recently(&self) -> bool {
        let recent = |seen: Instant| seen.elapsed() <= SEEN_RECENTLY;
        self.started.into_iter().chain(self.seen_running).any(recent)
    }
}
