//! What the journal knows about other attempts: their results, and the charges on their terminal.

use super::attempt::{Attempt, State};
use super::history::History;
use super::record::Intent;
use crate::codes::{Code, Kind, Verdict};
use crate::patience::{DOUBTING_PERSONS, REFUSAL_ASKED_ABOUT, REFUSAL_DOUBTED};
use crate::protocol::Settlement;

impl Attempt {
    /// Its result, as far as it is known.
    pub(crate) fn settlement(&self) -> Option<&Settlement> {
        self.decided.as_ref().and_then(|decided| decided.settlement.as_ref()).or(self.settled.as_ref())
    }

    /// What the customer has paid, the tip included; of a pre-authorization, what is reserved.
    pub(crate) fn paid(&self) -> i64 {
        let asked = self.intent.amount;
        self.settlement().map_or(asked, |settlement| settlement.total(asked))
    }

    /// Its start was refused, and the terminal was not asked again since.
    pub(crate) fn was_refused(&self) -> bool {
        self.decided.as_ref().is_some_and(|decided| {
            decided.verdict == Verdict::NotStarted
                && !decided.flags.asked_again
                && matches!(
                    decided.reason,
                    Some(Code::StartRefused | Code::RequestRefused | Code::NotSupported | Code::SecureString)
                )
        })
    }
}

impl History {
    /// True if another attempt on the same terminal has the same money, card, codes, number and time; absent equals
    /// absent.
    pub(crate) fn has_result_of_another(&self, transaction: &str, settlement: &Settlement) -> bool {
        let Some(own) = self.find(transaction) else { return false };
        let others = self.attempts().rev().filter(|attempt| {
            attempt.intent.transaction != transaction
                && attempt.is_on(&own.intent.lock_name, own.terminal_id.as_deref())
        });
        others.filter_map(Attempt::settlement).any(|other| is_the_same_result(other, settlement))
    }

    /// The charges on the terminal of `original`, this one included, oldest first: what could be taken back there. A
    /// pre-authorization is none.
    pub(crate) fn charges_beside<'h>(
        &'h self,
        original: &'h Attempt,
        but: &'h str,
    ) -> impl DoubleEndedIterator<Item = &'h Attempt> {
        self.attempts().filter(move |attempt| {
            attempt.intent.transaction != but
                && attempt.intent.moves_money()
                && attempt.state() != State::Free
                && attempt.is_on(&original.intent.lock_name, original.terminal_id.as_deref())
        })
    }

    /// Charges on the terminal of this intent since its last closing.
    pub(crate) fn confirmed_in_this_batch<'h>(&'h self, intent: &'h Intent) -> impl Iterator<Item = &'h Attempt> {
        let here = move |attempt: &&Attempt| attempt.is_on(&intent.lock_name, None);
        let open = |attempt: &&Attempt| attempt.intent.kind != Kind::Closing;
        let charged = |attempt: &&Attempt| attempt.state() == State::Charged && attempt.intent.moves_money();
        let charges_and_closings =
            self.attempts().rev().filter(here).filter(|attempt| attempt.state() == State::Charged);
        charges_and_closings.take_while(open).filter(charged)
    }

    /// Starts that this terminal refused a short while ago and was not asked about since, newest first.
    pub(crate) fn refused_on<'h>(
        &'h self,
        lock_name: &'h str,
        terminal_id: Option<&'h str>,
        now: i64,
    ) -> impl Iterator<Item = &'h Attempt> {
        let recent = self.attempts().rev().take_while(move |attempt| now - attempt.intent.time <= REFUSAL_ASKED_ABOUT);
        recent.filter(move |attempt| {
            (0..=REFUSAL_DOUBTED).contains(&(now - attempt.intent.time))
                && attempt.was_refused()
                && attempt.is_on(lock_name, terminal_id)
        })
    }

    /// True if refunds that are through have given everything back.
    pub(crate) fn is_wholly_refunded(&self, attempt: &Attempt) -> bool {
        let is_through = |refund: &&Attempt| refund.intent.kind == Kind::Refund && refund.state() == State::Charged;
        let refunds = self.about(&attempt.intent.transaction).filter(is_through);
        let refunded = refunds.fold(0_i64, |sum, refund| sum.saturating_add(refund.intent.amount));
        refunded > 0 && refunded >= attempt.paid()
    }

    /// True if a person decided it so recently that the terminal is still asked. Not for a sale that was reversed
    /// since: it must not be confirmed any more.
    pub(crate) fn is_doubted(&self, attempt: &Attempt, now: i64) -> bool {
        let resolved = attempt.resolved.as_ref().filter(|_| attempt.reversed_by.is_none());
        resolved.is_some_and(|resolved| self.is_within(DOUBTING_PERSONS, attempt, resolved.time, now))
    }

    /// True if it is a refused start of the last day that the terminal was not asked about again.
    pub(crate) fn is_refusal_doubted(&self, attempt: &Attempt, now: i64) -> bool {
        attempt.was_refused() && self.is_within(REFUSAL_ASKED_ABOUT, attempt, attempt.intent.time, now)
    }

    /// How many other sales were begun on its terminal after it.
    pub(crate) fn begun_since(&self, attempt: &Attempt) -> usize {
        let intent = &attempt.intent;
        let later = self.attempts().rev().take_while(|other| other.intent.transaction != intent.transaction);
        later
            .filter(|other| {
                other.intent.sale != intent.sale && other.is_on(&intent.lock_name, attempt.terminal_id.as_deref())
            })
            .count()
    }
}

fn is_the_same_result(one: &Settlement, other: &Settlement) -> bool {
    if let (Some(one), Some(other)) = (&one.batch, &other.batch) {
        return one == other;
    }
    let is_a_result = one.response_code.is_some() && one.batch.is_none() && other.batch.is_none();
    is_a_result
        && one.amount == other.amount
        && one.pan == other.pan
        && one.response_code == other.response_code
        && one.auth_code == other.auth_code
        && one.sequence_number == other.sequence_number
        && one.terminal_time == other.terminal_time
}
