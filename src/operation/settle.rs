//! The end of a transaction: read the result, store it, confirm it. No callback of the host runs meanwhile.

use std::time::Instant;

use super::approve::{approve, ending};
use super::confirm::Moment;
use super::conversation::Conversation;
use super::ending::Ending;
use super::evidence::{self, ResultRead};
use super::known::Known;
use super::lists;
use crate::codes::Code;
use crate::journal::{Attempt, Intent};
use crate::patience::{PAUSE, UNLISTED_CODE, hurried};
use crate::protocol::Settlement;
use crate::response_code::{self, Refusal};
use crate::testing::{self, Guard};
use crate::transport::Trouble;
use crate::verdict::{Confirmation, Judgement, is_accepted_otherwise, judge, names_our_money};

/// What a finished transaction came to.
pub(super) enum End {
    Ended(Box<Ending>),
    /// Its result cannot be believed yet, for this reason: ask on.
    Unsettled(Code, String),
}

impl End {
    fn of(ending: Ending) -> Self {
        Self::Ended(Box::new(ending))
    }
}

/// Settles a finished transaction. A code that is not listed is read again for a while: some terminals say "busy"
/// first.
pub(super) fn settle(conversation: &mut Conversation, intent: &Intent, known: &Known) -> End {
    let deadline = Instant::now() + hurried(UNLISTED_CODE);
    loop {
        let asked = Moment::now();
        match evidence::read(conversation, intent, known) {
            ResultRead::Settled(_, Judgement::NotListed) if Instant::now() < deadline => {
                std::thread::sleep(hurried(PAUSE));
            }
            ResultRead::Settled(settlement, judgement) => {
                return conclude(conversation, intent, known, *settlement, judgement, asked);
            }
            ResultRead::Nothing(code, detail) => return End::Unsettled(code, detail),
        }
    }
}

/// Asks for a result although `status` did not say Finished. An approval can still be found; a refusal proves nothing
/// yet. While ours seems to run, only an approval that names our money counts.
pub(super) fn look(
    conversation: &mut Conversation,
    intent: &Intent,
    known: &Known,
    seems_to_run: bool,
) -> Option<Ending> {
    let asked = Moment::now();
    let (settlement, judgement) = match evidence::hear(conversation, intent, known) {
        // Other money than was asked for needs a second reading.
        ResultRead::Settled(settlement, Judgement::Approves) if is_accepted_otherwise(&settlement, intent) => {
            match evidence::read(conversation, intent, known) {
                ResultRead::Settled(settlement, judgement) => (settlement, judgement),
                ResultRead::Nothing(..) => return None,
            }
        }
        ResultRead::Settled(settlement, judgement) => (settlement, judgement),
        ResultRead::Nothing(..) => return None,
    };
    let believed = match judgement {
        Judgement::Approves => !seems_to_run || names_our_money(&settlement, intent),
        Judgement::Doubtful(_) => !seems_to_run,
        Judgement::Refuses(_) | Judgement::NotListed => false,
    };
    if !believed || evidence::is_of_another(conversation, intent, &settlement) {
        return None;
    }
    match conclude(conversation, intent, known, *settlement, judgement, asked) {
        End::Ended(ending) => Some(*ending),
        End::Unsettled(..) => None,
    }
}

fn conclude(
    conversation: &mut Conversation,
    intent: &Intent,
    known: &Known,
    settlement: Settlement,
    judgement: Judgement,
    asked: Moment,
) -> End {
    match judgement {
        Judgement::Approves => End::of(approve(conversation, intent, known, settlement, asked)),
        Judgement::Refuses(refusal) => refuse(conversation, intent, known, settlement, refusal),
        Judgement::NotListed => End::of(lists::of_unlisted(conversation, intent, known, settlement)),
        Judgement::Doubtful(_) => End::of(ending(known, settlement, judgement, Confirmation::NotSent)),
    }
}

/// A weak refusal counts only if the list of successful transactions does not name ours. A taught one also needs that
/// this call saw ours run.
fn refuse(
    conversation: &mut Conversation,
    intent: &Intent,
    known: &Known,
    settlement: Settlement,
    refusal: Refusal,
) -> End {
    let cancelled_late = known.with_the_bank && response_code::is_cancelled(settlement.code());
    let is_weak = match refusal {
        Refusal::Plain => cancelled_late,
        Refusal::Taught if known.seen_running.is_none() => {
            return End::of(ending(known, settlement, Judgement::NotListed, Confirmation::NotSent));
        }
        Refusal::Weak | Refusal::Taught => true,
    };
    let judgement = if is_weak && !testing::broken(Guard::BelieveWeakRefusals) && lists::name(conversation, intent) {
        Judgement::Doubtful(Code::Contradiction)
    } else {
        Judgement::Refuses(refusal)
    };
    End::of(ending(known, settlement, judgement, Confirmation::NotSent))
}

/// A code that was taught later: the stored result now refuses, if its call saw the sale run and the list does not name
/// it.
pub(super) fn by_stored_result(conversation: &mut Conversation, attempt: &Attempt) -> Option<Ending> {
    let decided = attempt.decided.as_ref().filter(|decided| decided.flags.seen_running)?;
    let settlement = decided.settlement.clone()?;
    let judgement = judge(&settlement, &attempt.intent, &conversation.taught());
    if judgement != Judgement::Refuses(Refusal::Taught) || lists::name(conversation, &attempt.intent) {
        return None;
    }
    let known = Known { finished: true, cancel_sent: decided.flags.cancel_asked, ..Known::default() };
    Some(ending(&known, settlement, judgement, Confirmation::NotSent))
}

/// True if the terminal is out of reach. False if the register cancelled.
pub(super) fn is_silence(trouble: &Trouble) -> bool {
    *trouble != Trouble::Abandoned
}
