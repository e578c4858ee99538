//! One try at a sale, and what it means for the next one.

use super::record::{Decided, Flags, Identified, Intent, Record, Resolved};
use crate::codes::{Code, Verdict};
use crate::protocol::Settlement;

/// One try at a sale.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    pub(crate) intent: Intent,
    /// False where the line of the intent was damaged, and `intent` holds what other lines tell.
    pub(super) intent_is_whole: bool,
    /// The id of the terminal that was about to get the start.
    pub(crate) terminal_id: Option<String>,
    /// The stored approval. A confirm may have been sent for it.
    pub(crate) settled: Option<Settlement>,
    /// When the terminal's list of transactions first named it as charged.
    pub(crate) listed_at: Option<i64>,
    pub(crate) decided: Option<Decided>,
    /// The decision of a person, if nothing was decided after it.
    pub(crate) resolved: Option<Resolved>,
    pub(crate) acknowledged: bool,
    /// What the cashier answered about the signature.
    pub(crate) signature_accepted: Option<bool>,
    /// The sale id of the reversal that took it back, or of the cancel of this pre-authorization.
    pub(crate) reversed_by: Option<String>,
    /// A reversal of it is undecided, so nobody knows whether it still stands.
    pub(crate) reversal_is_undecided: bool,
    /// When its last line was written, by the journal's own clock.
    pub(super) touched: i64,
}

/// What an attempt means for the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Nobody knows whether money moved.
    Undecided,
    /// Money moved, or it is done, such as a pre-authorization.
    Charged,
    /// It is over and no money moved.
    Free,
}

impl Attempt {
    pub(super) fn new(intent: Intent, intent_is_whole: bool) -> Self {
        Self {
            intent,
            intent_is_whole,
            terminal_id: None,
            settled: None,
            listed_at: None,
            decided: None,
            resolved: None,
            acknowledged: false,
            signature_accepted: None,
            reversed_by: None,
            reversal_is_undecided: false,
            touched: 0,
        }
    }

    pub(crate) fn state(&self) -> State {
        if self.reversed_by.is_some() { State::Free } else { self.own_state() }
    }

    /// The state apart from reversals of it.
    pub(super) fn own_state(&self) -> State {
        if let Some(resolved) = &self.resolved {
            return if resolved.charged { State::Charged } else { State::Free };
        }
        match self.decided.as_ref().map(|decided| decided.verdict) {
            None | Some(Verdict::Unknown) => State::Undecided,
            Some(Verdict::Approved) => State::Charged,
            Some(Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted) => State::Free,
        }
    }

    /// The flags of its last verdict.
    pub(crate) fn flags(&self) -> Flags {
        self.decided.as_ref().map(|decided| decided.flags).unwrap_or_default()
    }

    /// Adds another line about it.
    pub(super) fn add(&mut self, record: Record) {
        match record {
            Record::Identified(identified) => self.identify(identified),
            Record::Settled(settled) => {
                if settled.listed {
                    self.listed_at.get_or_insert(settled.time);
                }
                self.settled = Some(settled.settlement);
                self.forget_refusal();
            }
            Record::Decided(decided) => {
                // What was acknowledged before was another verdict.
                self.acknowledged &= decided.reason != Some(Code::ResolvedOtherwise);
                self.resolved = None;
                self.decided = Some(*decided);
            }
            Record::Acknowledged(_) => self.acknowledged = true,
            Record::Resolved(resolved) => self.resolved = Some(resolved),
            Record::Signature(signature) => self.signature_accepted = Some(signature.accepted),
            Record::Damaged(_) => self.forget_ending(),
            Record::Journal(_)
            | Record::Intent(_)
            | Record::Foreign(_)
            | Record::Taught(_)
            | Record::LossAccepted(_) => {}
        }
    }

    fn identify(&mut self, identified: Identified) {
        self.terminal_id = identified.terminal_id.or(self.terminal_id.take());
        if let Some(path) = identified.path {
            self.intent.path = path;
        }
    }

    /// A start that was refused and has an approval now was not refused: it is undecided until its verdict is written.
    fn forget_refusal(&mut self) {
        if self.decided.as_ref().is_some_and(|decided| decided.verdict == Verdict::NotStarted) {
            self.decided = None;
        }
    }

    pub(super) fn forget_ending(&mut self) {
        self.decided = None;
        self.resolved = None;
    }

    /// The terminal has contradicted a person's decision, and the register has not stored that yet.
    fn contradicts_a_person(&self) -> bool {
        self.decided.as_ref().is_some_and(|decided| decided.reason == Some(Code::ResolvedOtherwise))
    }

    /// Open: undecided, or charged and not acknowledged.
    pub(crate) fn is_open(&self) -> bool {
        match self.state() {
            State::Undecided => true,
            State::Charged => !self.acknowledged,
            State::Free => self.contradicts_a_person() && !self.acknowledged,
        }
    }

    /// Whether it was made on this terminal, whatever address that had then.
    pub(crate) fn is_on(&self, lock_name: &str, terminal_id: Option<&str>) -> bool {
        match (self.terminal_id.as_deref(), terminal_id) {
            (Some(then), Some(now)) => then == now,
            (None, _) | (_, None) => self.intent.lock_name == lock_name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Settled;

    fn decided(verdict: Verdict, reason: Code) -> Record {
        Record::Decided(Box::new(Decided {
            time: 0,
            sale: "1".into(),
            transaction: "a-1".into(),
            verdict,
            reason: Some(reason),
            detail: String::new(),
            settlement: None,
            terminal_id: None,
            flags: Flags::default(),
        }))
    }

    /// The power may go between the two lines of a sale that was charged after all: its approval and its verdict.
    #[test]
    fn api_a_refused_start_with_an_approval_is_undecided() {
        let mut attempt = Attempt::new(Intent::unknown(0, "1", "a-1"), true);
        attempt.add(decided(Verdict::NotStarted, Code::StartRefused));
        assert!(attempt.state() == State::Free && attempt.was_refused());
        let approval = Settled {
            time: 0,
            sale: "1".into(),
            transaction: "a-1".into(),
            listed: false,
            settlement: Settlement::default(),
        };
        attempt.add(Record::Settled(Box::new(approval)));
        assert_eq!(attempt.state(), State::Undecided);
        attempt.add(decided(Verdict::Unknown, Code::NotConfirmed));
        assert_eq!(attempt.state(), State::Undecided);
    }
}
