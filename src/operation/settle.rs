//! The end of a transaction: read the result, store it, confirm it. No callback runs in here, and no step returns.

use std::time::{Duration, Instant};

use super::conversation::{Conversation, Left};
use super::ending::Ending;
use super::standing;
use crate::codes::Code;
use crate::journal::{Intent, Record, Settled};
use crate::protocol::{ConfirmReply, ResultReply, Settlement};
use crate::testing::{self, patience};
use crate::transport::Trouble;
use crate::utc;
use crate::verdict::{Confirmation, Evidence, Judgement, judge};

/// How long a result that says nothing is asked for again.
const RESULT_PATIENCE: Duration = Duration::from_secs(10);
/// How long a confirmation that is not through is tried again.
const CONFIRM_PATIENCE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(300);

/// What this call knows about the transaction beside its result.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // Four facts that are independent of each other.
pub(super) struct Known {
    /// This call itself saw `isStarted: true`.
    pub(super) started: bool,
    /// The connection on which it was followed from then on without a break. After a cancel, a silence, an answer that says nothing or on
    /// a new connection, the terminal may have forgotten it, and may speak of another in its place.
    pub(super) unbroken: Option<u64>,
    /// The terminal said Finished.
    pub(super) finished: bool,
    /// An approval was stored before, so a confirm may have been sent.
    pub(super) stored: bool,
    /// A cancel was sent.
    pub(super) cancel_sent: bool,
}

/// What `result` brought, once it was believed.
enum Answer {
    Settled(Box<Settlement>, Judgement),
    Nothing(Code, String),
}

/// Settles a transaction that the terminal says is finished.
pub(super) fn settle(conversation: &mut Conversation, intent: &Intent, mut known: Known) -> Ending {
    let deadline = Instant::now() + patience(RESULT_PATIENCE);
    loop {
        match ask(conversation, intent, known) {
            Answer::Settled(settlement, judgement) if judgement != Judgement::SaysNothing => {
                return conclude(conversation, intent, known, *settlement, judgement);
            }
            Answer::Settled(settlement, judgement) if Instant::now() >= deadline => {
                return ending(known, *settlement, judgement, Confirmation::NotSent);
            }
            Answer::Nothing(code, words) if Instant::now() >= deadline => {
                return Ending::of(Evidence::Nothing(code), words);
            }
            Answer::Settled(..) | Answer::Nothing(..) => std::thread::sleep(patience(PAUSE)),
        }
        // What it says later it may say because it has forgotten meanwhile.
        known.unbroken = None;
    }
}

/// Asks the result of a transaction that the terminal does not say is finished: an approval can still be found, a refusal proves nothing. Of one
/// that seems to be running, nothing but an approval is worth ending the asking for.
pub(super) fn look(
    conversation: &mut Conversation,
    intent: &Intent,
    known: Known,
    seems_to_run: bool,
) -> Option<Ending> {
    match ask(conversation, intent, known) {
        Answer::Settled(_, Judgement::Doubtful(_)) if seems_to_run => None,
        Answer::Settled(settlement, judgement @ (Judgement::Approves | Judgement::Doubtful(_))) => {
            Some(conclude(conversation, intent, known, *settlement, judgement))
        }
        Answer::Settled(_, Judgement::Refuses | Judgement::SaysNothing) | Answer::Nothing(..) => None,
    }
}

fn ask(conversation: &mut Conversation, intent: &Intent, known: Known) -> Answer {
    let settlement = match heard(conversation, intent) {
        Ok(settlement) => settlement,
        Err(nothing) => return nothing,
    };
    let doubted = known.unbroken != Some(conversation.connections()) && !testing::broken("forget-control-question");
    if doubted && let Err(nothing) = control(conversation, intent, &settlement) {
        return nothing;
    }
    let judgement = judge(&settlement, intent);
    let judgement = if doubted { standing::seen_late(conversation, intent, &settlement, judgement) } else { judgement };
    Answer::Settled(settlement, judgement)
}

fn heard(conversation: &mut Conversation, intent: &Intent) -> Result<Box<Settlement>, Answer> {
    match conversation.result(&intent.transaction) {
        Ok(ResultReply::Settled(settlement)) => Ok(settlement),
        Ok(ResultReply::NotOurs) => {
            Err(Answer::Nothing(Code::NotOurs, "the result is about another transaction".into()))
        }
        Ok(ResultReply::Unreadable) => Err(Answer::Nothing(Code::Unreadable, "the result could not be read".into())),
        Err(trouble) => Err(Answer::Nothing(Code::ContactLost, trouble.words().into())),
    }
}

/// The control question. Another register may begin a sale between the two, and a terminal that always speaks of its last sale then answers
/// them differently: the first question must have the same answer once more.
fn control(conversation: &mut Conversation, intent: &Intent, settlement: &Settlement) -> Result<(), Answer> {
    let whatever =
        || Answer::Nothing(Code::NotOurs, "the terminal gives this result whatever it is asked about".into());
    match conversation.control_result() {
        Ok(control) if says_the_same(settlement, &control) => return Err(whatever()),
        Ok(_) if testing::broken("ask-once") => return Ok(()),
        Ok(_) => {}
        Err(trouble) => return Err(Answer::Nothing(Code::ContactLost, trouble.words().into())),
    }
    let again = heard(conversation, intent)?;
    if is_same(settlement, &again) { Ok(()) } else { Err(whatever()) }
}

/// True when the control question was answered with the same result. The id it names is only an echo then.
fn says_the_same(settlement: &Settlement, control: &ResultReply) -> bool {
    matches!(control, ResultReply::Settled(control) if is_same(settlement, control))
}

fn is_same(one: &Settlement, other: &Settlement) -> bool {
    let comparable =
        |settlement: &Settlement| Settlement { names_our_id: false, terminal_time: None, ..settlement.clone() };
    comparable(one) == comparable(other)
}

fn conclude(
    conversation: &mut Conversation,
    intent: &Intent,
    known: Known,
    settlement: Settlement,
    judgement: Judgement,
) -> Ending {
    match judgement {
        Judgement::Approves => approve(conversation, intent, known, settlement),
        Judgement::Refuses | Judgement::SaysNothing | Judgement::Doubtful(_) => {
            ending(known, settlement, judgement, Confirmation::NotSent)
        }
    }
}

/// Stores an approval, and only then confirms it.
fn approve(conversation: &mut Conversation, intent: &Intent, known: Known, settlement: Settlement) -> Ending {
    let record = Record::Settled(Box::new(Settled {
        time: utc::now(),
        sale: intent.sale.clone(),
        transaction: intent.transaction.clone(),
        settlement: settlement.clone(),
    }));
    if testing::broken("confirm-before-store") {
        let _ = conversation.confirm(&intent.transaction);
    }
    if let Err(error) = conversation.terminal.journal().and_then(|journal| journal.append(&record)) {
        let ending = ending(known, settlement, Judgement::Approves, Confirmation::NotSent);
        return Ending { words: error.message().into(), ..ending };
    }
    match confirm(conversation, intent, known, &settlement) {
        Ok(confirmation) => ending(known, settlement, Judgement::Approves, confirmation),
        Err((settlement, judgement)) => ending(known, *settlement, judgement, Confirmation::NotThrough),
    }
}

/// Confirms until it is through. Between the result and the confirm the terminal may have undone the payment, and a terminal may confirm
/// that all the same: each time a fresh result is asked for. The error is one that no longer approves.
fn confirm(
    conversation: &mut Conversation,
    intent: &Intent,
    known: Known,
    approval: &Settlement,
) -> Result<Confirmation, (Box<Settlement>, Judgement)> {
    let deadline = Instant::now() + patience(CONFIRM_PATIENCE);
    let mut first = !known.stored;
    loop {
        let (reply, left) = conversation.confirm(&intent.transaction);
        // Straight after a result that approved, or where there is nothing to confirm, only a contrary result speaks against it: the
        // terminal may have forgotten what it is done with. Later, the result must approve, and say that nothing was undone.
        let enough_alone = match reply {
            Some(ConfirmReply::NotSupported) => Some(true),
            Some(ConfirmReply::Confirmed) => Some(first),
            Some(ConfirmReply::NotConfirmed) | None => None,
        };
        if let Some(enough_alone) = enough_alone {
            if testing::broken(if first { "trust-first-confirm" } else { "trust-late-confirm" }) {
                return Ok(Confirmation::Through);
            }
            match ask_again(conversation, intent, known, approval) {
                Answer::Settled(settlement, Judgement::Approves)
                    if enough_alone || standing::is_said_to_stand(intent, &settlement) =>
                {
                    return Ok(Confirmation::Through);
                }
                Answer::Settled(settlement, judgement @ (Judgement::Doubtful(_) | Judgement::Refuses)) => {
                    return Err((settlement, doubt(judgement)));
                }
                Answer::Settled(_, Judgement::SaysNothing) | Answer::Nothing(..) if enough_alone => {
                    return Ok(Confirmation::Through);
                }
                Answer::Settled(_, Judgement::Approves | Judgement::SaysNothing) | Answer::Nothing(..) => {}
            }
        }
        first = first && left == Left::No;
        if Instant::now() >= deadline {
            return Ok(Confirmation::NotThrough);
        }
        std::thread::sleep(patience(PAUSE));
    }
}

/// The result after the confirm. The terminal may be done with the sale by now and speak of another, so what is contrary is not believed
/// when the control question shows that. Silence shows nothing: what was heard stays heard.
fn ask_again(conversation: &mut Conversation, intent: &Intent, known: Known, approval: &Settlement) -> Answer {
    let (settlement, judgement) = match ask(conversation, intent, known) {
        Answer::Settled(settlement, judgement) => (settlement, judgement),
        nothing @ Answer::Nothing(..) => return nothing,
    };
    let judgement = standing::seen_again(intent, approval, &settlement, judgement);
    match judgement {
        Judgement::Approves | Judgement::SaysNothing => Answer::Settled(settlement, judgement),
        Judgement::Doubtful(_) | Judgement::Refuses => {
            match ask(conversation, intent, Known { unbroken: None, ..known }) {
                Answer::Nothing(code, _) if code != Code::NotOurs => Answer::Settled(settlement, judgement),
                answer @ (Answer::Settled(..) | Answer::Nothing(..)) => answer,
            }
        }
    }
}

/// A result that approved and now refuses contradicts itself, whatever it looks like alone.
fn doubt(judgement: Judgement) -> Judgement {
    match judgement {
        Judgement::Refuses => Judgement::Doubtful(Code::Contradiction),
        Judgement::Approves | Judgement::SaysNothing | Judgement::Doubtful(_) => judgement,
    }
}

fn ending(known: Known, settlement: Settlement, judgement: Judgement, confirmation: Confirmation) -> Ending {
    let evidence =
        Evidence::Result { judgement, confirmation, finished: known.finished, cancel_sent: known.cancel_sent };
    Ending { settlement: Some(settlement), ..Ending::of(evidence, "") }
}

/// True where a trouble means that the terminal is out of reach, not that the register wished something.
pub(super) fn is_silence(trouble: &Trouble) -> bool {
    *trouble != Trouble::Abandoned
}
