//! Reading a result so that it can be believed: whose it is, whether the terminal says the same of any transaction, whether it says it twice.

use std::time::Instant;

use super::conversation::Conversation;
use super::known::Known;
use super::standing;
use crate::codes::{Code, Kind};
use crate::journal::Intent;
use crate::patience::{PAUSE, REPEATED_RESULT, hurried};
use crate::protocol::{ResultReply, Settlement};
use crate::testing::{self, Guard};
use crate::verdict::{Judgement, judge, names_our_money};

/// What `result` brought, once it was believed.
pub(super) enum Answer {
    Settled(Box<Settlement>, Judgement),
    Nothing(Code, String),
}

impl Answer {
    fn of_any() -> Self {
        Self::Nothing(Code::NotOurs, "the terminal gives this result whatever it is asked about".into())
    }
}

/// Asks for the result and believes it, or says why not. Whatever does not approve must differ from the answer to the control question and
/// be said twice; what approves must not be what the terminal said before, of another.
pub(super) fn read(conversation: &mut Conversation, intent: &Intent, known: &Known) -> Answer {
    let (settlement, judgement) = match hear(conversation, intent, known) {
        Answer::Settled(settlement, judgement) => (settlement, judgement),
        nothing @ Answer::Nothing(..) => return nothing,
    };
    if is_nameless_closing(intent, &settlement)
        && let Err(nothing) = control(conversation, intent, &settlement)
    {
        return nothing;
    }
    if is_of_another(conversation, intent, &settlement) {
        return ask_until_it_changes(conversation, intent, known);
    }
    if is_said_before(intent, known, &settlement) {
        return Answer::of_any();
    }
    match judgement {
        Judgement::Approves => Answer::Settled(settlement, judgement),
        Judgement::Refuses(_) | Judgement::NotListed | Judgement::Doubtful(_) => {
            believe_refusal(conversation, intent, known, settlement, judgement)
        }
    }
}

/// The result as the terminal gives it. The control question is asked only where this call has not followed the transaction without a break.
pub(super) fn hear(conversation: &mut Conversation, intent: &Intent, known: &Known) -> Answer {
    let mut settlement = match heard(conversation, intent) {
        Ok(settlement) => settlement,
        Err(nothing) => return nothing,
    };
    settlement.names_our_id |= is_ours_by_its_course(intent, known, &settlement);
    let doubted = !known.is_unbroken(conversation) && !testing::broken(Guard::ForgetControlQuestion);
    if doubted && let Err(nothing) = control(conversation, intent, &settlement) {
        return nothing;
    }
    let judgement = judge(&settlement, intent, &conversation.taught());
    let judgement = if doubted { standing::seen_late(conversation, intent, &settlement, judgement) } else { judgement };
    let judgement = standing::marked_since(conversation, intent, &settlement, judgement);
    let judgement = standing::of_its_original(conversation, intent, &settlement, judgement);
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
    match conversation.control_result() {
        Ok(control) if says_the_same(intent, settlement, &control) => return Err(Answer::of_any()),
        Ok(_) if testing::broken(Guard::AskOnce) => return Ok(()),
        Ok(_) => {}
        Err(trouble) => return Err(Answer::Nothing(Code::ContactLost, trouble.words().into())),
    }
    let again = heard(conversation, intent)?;
    if is_equal(settlement, &again) { Ok(()) } else { Err(Answer::of_any()) }
}

/// A refusal, or what says nothing that counts: it must differ from what is said of nobody's transaction, and be said again. A terminal may be
/// done with a transaction once its result was fetched: then the second answer may be the one to nobody's, where the first was surely ours.
fn believe_refusal(
    conversation: &mut Conversation,
    intent: &Intent,
    known: &Known,
    first: Box<Settlement>,
    judgement: Judgement,
) -> Answer {
    if testing::broken(Guard::BelieveRefusalAtOnce) {
        return Answer::Settled(first, judgement);
    }
    let control = match conversation.control_result() {
        Ok(control) if says_the_same(intent, &first, &control) => return Answer::of_any(),
        Ok(control) => control,
        Err(trouble) => return Answer::Nothing(Code::ContactLost, trouble.words().into()),
    };
    let again = match conversation.result(&intent.transaction) {
        Ok(again) => again,
        Err(trouble) => return Answer::Nothing(Code::ContactLost, trouble.words().into()),
    };
    match again {
        ResultReply::Settled(second) if is_equal(&first, &second) => return Answer::Settled(first, judgement),
        ResultReply::Settled(second) if judge(&second, intent, &conversation.taught()) == Judgement::Approves => {
            return match judgement {
                // It was no refusal: it is read anew, with every question.
                Judgement::NotListed => Answer::Settled(first, judgement),
                Judgement::Approves | Judgement::Refuses(_) | Judgement::Doubtful(_) => {
                    Answer::Settled(second, Judgement::Doubtful(Code::Contradiction))
                }
            };
        }
        ResultReply::Settled(_) | ResultReply::NotOurs | ResultReply::Unreadable => {}
    }
    let forgotten = is_alike(intent, &again, &control);
    if forgotten && known.seen_running.is_some() && first.names_our_id {
        return Answer::Settled(first, judgement);
    }
    Answer::Nothing(Code::Unreadable, "the terminal changed what it says about the result".into())
}

/// The result of a closing may name neither an id nor totals (1.5). It is ours where this call saw it run to its end; that the control question
/// is answered otherwise is seen before it is believed.
fn is_ours_by_its_course(intent: &Intent, known: &Known, settlement: &Settlement) -> bool {
    is_nameless_closing(intent, settlement) && known.finished && known.seen_running.is_some()
}

fn is_nameless_closing(intent: &Intent, settlement: &Settlement) -> bool {
    intent.kind == Kind::Closing && settlement.batch.is_none()
}

/// Two equal results: the terminal may still show the one before, or two customers have done exactly the same. It is believed only where this
/// call saw ours run, the control question is answered otherwise, and it names our id.
fn ask_until_it_changes(conversation: &mut Conversation, intent: &Intent, known: &Known) -> Answer {
    let deadline = Instant::now() + REPEATED_RESULT;
    loop {
        std::thread::sleep(hurried(PAUSE));
        let (settlement, judgement) = match hear(conversation, intent, known) {
            Answer::Settled(settlement, judgement) => (settlement, judgement),
            nothing @ Answer::Nothing(..) => return nothing,
        };
        let repeated = is_of_another(conversation, intent, &settlement);
        if repeated && Instant::now() < deadline {
            continue;
        }
        if repeated && (known.seen_running.is_none() || !settlement.names_our_id) {
            return Answer::Nothing(Code::NotOurs, "the terminal gives the result of another sale".into());
        }
        return believe_refusal(conversation, intent, known, settlement, judgement);
    }
}

/// Whether another attempt in the journal has this very result.
pub(super) fn is_of_another(conversation: &mut Conversation, intent: &Intent, settlement: &Settlement) -> bool {
    if testing::broken(Guard::BelieveRepeatedResults) {
        return false;
    }
    let history = conversation.terminal.history();
    history.is_ok_and(|history| history.has_result_of_another(&intent.transaction, settlement))
}

/// Where Finished is said of any transaction, ours must have been seen running, and the result must not be the one that was given before.
fn is_said_before(intent: &Intent, known: &Known, settlement: &Settlement) -> bool {
    known.finished_is_said_of_any
        && (known.seen_running.is_none()
            || known.baseline.as_ref().is_none_or(|baseline| says_the_same(intent, settlement, baseline)))
}

/// True when the control question was answered with the same result. The id it names is only an echo then.
fn says_the_same(intent: &Intent, settlement: &Settlement, control: &ResultReply) -> bool {
    matches!(control, ResultReply::Settled(control) if is_same(intent, settlement, control))
}

/// Two results are the same when they differ in nothing but the id, or when they have the same code and neither names our money: words are no
/// evidence.
fn is_same(intent: &Intent, one: &Settlement, other: &Settlement) -> bool {
    let without_money = || !names_our_money(one, intent) && !names_our_money(other, intent);
    is_equal(one, other) || (one.code() == other.code() && without_money())
}

fn is_equal(one: &Settlement, other: &Settlement) -> bool {
    let comparable =
        |settlement: &Settlement| Settlement { names_our_id: false, terminal_time: None, ..settlement.clone() };
    comparable(one) == comparable(other)
}

/// Whether a second answer about ours is no more than what is said of nobody's.
fn is_alike(intent: &Intent, again: &ResultReply, control: &ResultReply) -> bool {
    match (again, control) {
        (ResultReply::Settled(again), ResultReply::Settled(control)) => is_same(intent, again, control),
        (ResultReply::Unreadable, ResultReply::Unreadable) | (ResultReply::NotOurs, ResultReply::NotOurs) => true,
        (ResultReply::Settled(_) | ResultReply::Unreadable | ResultReply::NotOurs, _) => false,
    }
}
