//! The end of a transaction: read the result, store it, confirm it. No callback runs in here, and no step returns.

use std::time::Instant;

use super::confirm::{self, Moment};
use super::conversation::Conversation;
use super::ending::Ending;
use super::evidence::{self, ResultRead};
use super::known::Known;
use super::lists;
use crate::codes::Code;
use crate::journal::{Attempt, Intent, Record, Settled};
use crate::patience::{PAUSE, UNLISTED_CODE, hurried};
use crate::protocol::Settlement;
use crate::response_code::{self, Refusal};
use crate::testing::{self, Guard};
use crate::transport::Trouble;
use crate::utc;
use crate::verdict::{Cancel, Confirmation, Evidence, Judgement, judge, names_our_money};

/// What a transaction came to that the terminal says is finished.
pub(super) enum End {
    Ended(Box<Ending>),
    /// Its result says nothing yet, for this reason: it is followed on.
    Unsettled(Code, String),
}

impl End {
    fn of(ending: Ending) -> Self {
        Self::Ended(Box::new(ending))
    }
}

/// Settles a transaction that the terminal says is finished. A code that is not listed is read again for a while: some terminals say "busy"
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

/// Asks the result of a transaction that the terminal does not say is finished: an approval can still be found, a refusal proves nothing. Of one
/// that seems to be running, nothing but an approval that names its money is worth ending the asking for.
pub(super) fn look(
    conversation: &mut Conversation,
    intent: &Intent,
    known: &Known,
    seems_to_run: bool,
) -> Option<Ending> {
    let asked = Moment::now();
    let (settlement, judgement) = match evidence::hear(conversation, intent, known) {
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

/// A refusal whose code may hide a lost answer counts only where the terminal's list of successful transactions, if it has one, does not name
/// ours; one that a person has taught only where this call saw it run.
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

/// A code that a person has taught since: the result of then refuses, if the call of then saw the sale run, and the terminal's list does not
/// name it.
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

/// Stores an approval, and only then confirms it.
pub(super) fn approve(
    conversation: &mut Conversation,
    intent: &Intent,
    known: &Known,
    settlement: Settlement,
    asked: Moment,
) -> Ending {
    if testing::broken(Guard::ConfirmBeforeStore) {
        let _ = conversation.confirm(&intent.transaction);
    }
    if let Err(ending) = store(conversation, intent, known, &settlement, Source::Result) {
        return *ending;
    }
    match confirm::confirm(conversation, intent, known, &settlement, asked) {
        Ok(confirmation) => ending(known, settlement, Judgement::Approves, confirmation),
        Err((settlement, judgement)) => ending(known, *settlement, judgement, Confirmation::NotThrough),
    }
}

/// Where an approval was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Result,
    /// The terminal's list of transactions; its result was forgotten.
    List,
}

/// Writes an approval to the journal. The error is the ending where that fails: nothing is confirmed then.
pub(super) fn store(
    conversation: &mut Conversation,
    intent: &Intent,
    known: &Known,
    settlement: &Settlement,
    source: Source,
) -> Result<(), Box<Ending>> {
    let record = Record::Settled(Box::new(Settled {
        time: utc::now(),
        sale: intent.sale.clone(),
        transaction: intent.transaction.clone(),
        listed: source == Source::List,
        settlement: settlement.clone(),
    }));
    conversation.terminal.journal().and_then(|journal| journal.append(&record)).map_err(|error| {
        let ending = ending(known, settlement.clone(), Judgement::Approves, Confirmation::NotSent);
        Box::new(Ending { detail: error.message().into(), ..ending })
    })
}

/// The ending that a judged result comes to.
pub(super) fn ending(
    known: &Known,
    settlement: Settlement,
    judgement: Judgement,
    confirmation: Confirmation,
) -> Ending {
    let cancel = match (known.cancel_sent, response_code::is_cancelled(settlement.code())) {
        (true, true | false) => Cancel::Register,
        (false, true) => Cancel::AtTerminal,
        (false, false) => Cancel::Nobody,
    };
    // Money and card of another sale must not be taken for this one's: a person may decide that it stands, and it may be refunded then.
    let settlement = match judgement {
        Judgement::Doubtful(Code::NotOurs) => Settlement {
            response_code: settlement.response_code,
            response_message: settlement.response_message,
            ..Settlement::default()
        },
        Judgement::Approves | Judgement::Refuses(_) | Judgement::NotListed | Judgement::Doubtful(_) => settlement,
    };
    let evidence = Evidence::Result { judgement, confirmation, finished: known.finished, cancel };
    Ending { settlement: Some(settlement), seen_running: known.seen_running.is_some(), ..Ending::of(evidence, "") }
}

/// True where a trouble means that the terminal is out of reach, not that the register wished something.
pub(super) fn is_silence(trouble: &Trouble) -> bool {
    *trouble != Trouble::Abandoned
}
