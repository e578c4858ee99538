//! What this call has seen of a transaction, apart from its result.

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
    /// When its start was over, answered or not; of an attempt of the past only where that was a moment ago.
    pub(super) begun: Option<Instant>,
    /// When a status last said that it is running.
    pub(super) seen_running: Option<Instant>,
    /// The number of the connection on which it was followed without a break. After a cancel, a silence, an empty
    /// answer or on a new connection the terminal may have forgotten ours and speak of another sale.
    pub(super) unbroken: Option<u64>,
    /// The terminal said Finished.
    pub(super) finished: bool,
    /// It says Finished for any id: only the result tells whose end it is.
    pub(super) finished_is_said_of_any: bool,
    /// The baseline: the answer to the control question for `result` while ours runs. A terminal that gives its last
    /// result for any id shows the sale before ours here.
    pub(super) baseline: Option<ResultReply>,
    /// An approval was stored before, so a confirm may have been sent.
    pub(super) stored: bool,
    /// A cancel was sent, and not refused.
    pub(super) cancel_sent: bool,
    /// The terminal was seen talking to the bank. The bank may have approved what the terminal then calls cancelled.
    pub(super) with_the_bank: bool,
}

impl Known {
    /// For asking under another path: what was seen under the last one does not count there.
    pub(super) fn elsewhere(&self) -> Self {
        Self { begun: self.begun, stored: self.stored, cancel_sent: self.cancel_sent, ..Self::default() }
    }

    /// True if the terminal cannot have forgotten ours without our noticing.
    pub(super) fn is_unbroken(&self, conversation: &Conversation) -> bool {
        self.unbroken == Some(conversation.connections())
    }

    /// True if a Finished may still be the state of the transaction before.
    pub(super) fn may_lag(&self) -> bool {
        self.seen_running.is_none() && self.begun.is_some_and(|begun| begun.elapsed() < LAG)
    }

    /// True if it started or ran a moment ago, so that the terminal cannot have taken it back yet. This limit is not
    /// divided in tests: the minute of a terminal stays a minute.
    pub(super) fn was_seen_recently(&self) -> bool {
        let recent = |seen: Instant| seen.elapsed() <= SEEN_RECENTLY;
        self.started.into_iter().chain(self.seen_running).any(recent)
    }
}
