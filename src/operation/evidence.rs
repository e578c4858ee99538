//! Reads a result and decides whether to believe it: is it ours, does the terminal give it for any id, does it say it
//! twice.

use std::time::Instant;

use super::conversation::Conversation;
use super::known::Known;
use super::standing;
use crate::codes::{Code, Kind};
use crate::journal::Intent;
use crate::patience::{PAUSE, REPEATED_RESULT, hurried};
use crate::protocol::{ResultReply, Settlement};
use crate::testing::{self, Guard};
use crate::verdict::{Judgement, is_accepted_otherwise, judge, names_our_money};

/// What reading the result came to: one that is believed, or the reason why there is none.
pub(super) enum ResultRead {
    Settled(Box<Settlement>, Judgement),
    Nothing(Code, String),
}

impl ResultRead {
    fn of_any() -> Self {
        Self::Nothing(Code::NotOurs, "the terminal gives this result whatever it is asked about".into())
    }
}

/// Asks for the result and believes it, or says why not. A refusal must differ from the answer to the control question
/// and come twice; so must an approval of other money than was asked for. An approval must not be the result of the sale
/// before.
pub(super) fn read(conversation: &mut Conversation, intent: &Intent, known: &Known) -> ResultRead {
    let (settlement, judgement) = match hear(conversation, intent, known) {
        ResultRead::Settled(settlement, judgement) => (settlement, judgement),
        nothing @ ResultRead::Nothing(..) => return nothing,
    };
    if is_nameless_closing(intent, &settlement)
        && let Err(nothing) = check_control(conversation, intent, &settlement)
    {
        return nothing;
    }
    if is_of_another(conversation, intent, &settlement) {
        return ask_until_it_changes(conversation, intent, known);
    }
    if is_said_before(intent, known, &settlement) {
        return ResultRead::of_any();
    }
    if judgement == Judgement::Approves && says_too_little(intent, known, &settlement) {
        return ResultRead::Nothing(Code::Unreadable, "the result says that it is done, and not what".into());
    }
    match judgement {
        Judgement::Approves if !is_accepted_otherwise(&settlement, intent) => {
            ResultRead::Settled(settlement, judgement)
        }
        Judgement::Approves | Judgement::Refuses(_) | Judgement::NotListed | Judgement::Doubtful(_) => {
            believe_refusal(conversation, intent, known, settlement, judgement)
        }
    }
}

/// The result and its judgement. The control question is asked only if this call did not follow the transaction without
/// a break.
pub(super) fn hear(conversation: &mut Conversation, intent: &Intent, known: &Known) -> ResultRead {
    let mut settlement = match ask_result(conversation, intent) {
        Ok(settlement) => settlement,
        Err(nothing) => return nothing,
    };
    settlement.names_our_id |= is_ours_by_its_course(intent, known, &settlement);
    let doubted = !known.is_unbroken(conversation) && !testing::broken(Guard::ForgetControlQuestion);
    if doubted && let Err(nothing) = check_control(conversation, intent, &settlement) {
        return nothing;
    }
    let judgement = judge(&settlement, intent, &conversation.taught());
    let judgement = if doubted { standing::seen_late(conversation, intent, &settlement, judgement) } else { judgement };
    let judgement = standing::of_its_original(conversation, intent, &settlement, judgement);
    let judgement = standing::of_its_preauth(conversation, intent, &settlement, judgement);
    ResultRead::Settled(settlement, judgement)
}

fn ask_result(conversation: &mut Conversation, intent: &Intent) -> Result<Box<Settlement>, ResultRead> {
    match conversation.result(&intent.transaction) {
        Ok(ResultReply::Settled(settlement)) => Ok(settlement),
        Ok(ResultReply::NotOurs) => {
            Err(ResultRead::Nothing(Code::NotOurs, "the result is about another transaction".into()))
        }
        Ok(ResultReply::Unreadable) => {
            Err(ResultRead::Nothing(Code::Unreadable, "the result could not be read".into()))
        }
        Err(trouble) => Err(ResultRead::Nothing(Code::ContactLost, trouble.detail().into())),
    }
}

/// Asks the control question. Another register may begin a sale between the two questions; a terminal that always shows
/// its last sale then answers them differently. So ours is asked again, and must be the same as before.
fn check_control(conversation: &mut Conversation, intent: &Intent, settlement: &Settlement) -> Result<(), ResultRead> {
    match conversation.control_result() {
        Ok(control) if says_the_same(intent, settlement, &control) => return Err(ResultRead::of_any()),
        Ok(_) if testing::broken(Guard::AskOnce) => return Ok(()),
        Ok(_) => {}
        Err(trouble) => return Err(ResultRead::Nothing(Code::ContactLost, trouble.detail().into())),
    }
    let again = ask_result(conversation, intent)?;
    if is_equal(settlement, &again) { Ok(()) } else { Err(ResultRead::of_any()) }
}

/// A refusal, an unlisted code or other money than was asked for is believed if it differs from the answer to the control
/// question and comes a second time. A terminal may forget a transaction once its result was fetched. Then the second
/// answer is the one for any id, and the first is believed if it was surely ours.
fn believe_refusal(
    conversation: &mut Conversation,
    intent: &Intent,
    known: &Known,
    first: Box<Settlement>,
    judgement: Judgement,
) -> ResultRead {
    if testing::broken(Guard::BelieveRefusalAtOnce) {
        return ResultRead::Settled(first, judgement);
    }
    let control = match conversation.control_result() {
        Ok(control) if says_the_same(intent, &first, &control) => return ResultRead::of_any(),
        Ok(control) => control,
        Err(trouble) => return ResultRead::Nothing(Code::ContactLost, trouble.detail().into()),
    };
    let again = match conversation.result(&intent.transaction) {
        Ok(again) => again,
        Err(trouble) => return ResultRead::Nothing(Code::ContactLost, trouble.detail().into()),
    };
    match again {
        ResultReply::Settled(second) if is_equal(&first, &second) => return ResultRead::Settled(first, judgement),
        // A refusal that approves now contradicts itself. An unlisted code may have been "busy": it is read again.
        ResultReply::Settled(second)
            if matches!(judgement, Judgement::Refuses(_))
                && judge(&second, intent, &conversation.taught()) == Judgement::Approves =>
        {
            return ResultRead::Settled(second, Judgement::Doubtful(Code::Contradiction));
        }
        ResultReply::Settled(_) if judgement == Judgement::NotListed => return ResultRead::Settled(first, judgement),
        ResultReply::Settled(_) | ResultReply::NotOurs | ResultReply::Unreadable => {}
    }
    let forgotten = is_alike(intent, &again, &control);
    if forgotten && known.seen_running.is_some() && first.names_our_id {
        return ResultRead::Settled(first, judgement);
    }
    ResultRead::Nothing(Code::Unreadable, "the terminal changed what it says about the result".into())
}

/// The result of a closing may name neither an id nor totals (1.5). It is ours if this call saw the closing run to its
/// end. The control question is still asked.
fn is_ours_by_its_course(intent: &Intent, known: &Known, settlement: &Settlement) -> bool {
    is_nameless_closing(intent, settlement) && known.finished && known.seen_running.is_some()
}

/// A reversal, a closing and the cancel of a pre-authorization stand by their result alone. One that names neither money nor totals is believed only if this call saw it run.
fn says_too_little(intent: &Intent, known: &Known, settlement: &Settlement) -> bool {
    matches!(intent.kind, Kind::Reversal | Kind::Closing | Kind::PreauthCancel)
        && !names_our_money(settlement, intent)
        && settlement.pan.is_none()
        && known.started.is_some()
        && known.seen_running.is_none()
}

fn is_nameless_closing(intent: &Intent, settlement: &Settlement) -> bool {
    intent.kind == Kind::Closing && settlement.batch.is_none()
}

/// A result equal to that of another attempt. Either the terminal still shows the one before, or two customers have
/// paid the same. It is believed only if this call saw ours run, the control question has another answer, and the
/// result names our id.
fn ask_until_it_changes(conversation: &mut Conversation, intent: &Intent, known: &Known) -> ResultRead {
    let deadline = Instant::now() + REPEATED_RESULT;
    loop {
        std::thread::sleep(hurried(PAUSE));
        let (settlement, judgement) = match hear(conversation, intent, known) {
            ResultRead::Settled(settlement, judgement) => (settlement, judgement),
            nothing @ ResultRead::Nothing(..) => return nothing,
        };
        let repeated = is_of_another(conversation, intent, &settlement);
        if repeated && Instant::now() < deadline {
            continue;
        }
        if repeated && (known.seen_running.is_none() || !settlement.names_our_id) {
            return ResultRead::Nothing(Code::NotOurs, "the terminal gives the result of another sale".into());
        }
        return believe_refusal(conversation, intent, known, settlement, judgement);
    }
}

/// True if another attempt in the journal has the same result.
pub(super) fn is_of_another(conversation: &mut Conversation, intent: &Intent, settlement: &Settlement) -> bool {
    if testing::broken(Guard::BelieveRepeatedResults) {
        return false;
    }
    let history = conversation.terminal.history();
    history.is_ok_and(|history| history.has_result_of_another(&intent.transaction, settlement))
}

/// True if Finished is given for any id, and this result may be that of the sale before: ours was not seen running, or
/// the baseline is the same or missing.
fn is_said_before(intent: &Intent, known: &Known, settlement: &Settlement) -> bool {
    known.finished_is_said_of_any
        && (known.seen_running.is_none()
            || known.baseline.as_ref().is_none_or(|baseline| says_the_same(intent, settlement, baseline)))
}

/// True if the control question has the same answer. The id it names is only an echo then.
fn says_the_same(intent: &Intent, settlement: &Settlement, control: &ResultReply) -> bool {
    matches!(control, ResultReply::Settled(control) if is_same(intent, settlement, control))
}

/// Two results are the same if they differ only in the id, or if they have the same code and neither names our money.
fn is_same(intent: &Intent, one: &Settlement, other: &Settlement) -> bool {
    let without_money = || !names_our_money(one, intent) && !names_our_money(other, intent);
    is_equal(one, other) || (one.code() == other.code() && without_money())
}

fn is_equal(one: &Settlement, other: &Settlement) -> bool {
    let comparable =
        |settlement: &Settlement| Settlement { names_our_id: false, terminal_time: None, ..settlement.clone() };
    comparable(one) == comparable(other)
}

/// True if the second answer about ours is the one that is given for any id.
fn is_alike(intent: &Intent, again: &ResultReply, control: &ResultReply) -> bool {
    match (again, control) {
        (ResultReply::Settled(again), ResultReply::Settled(control)) => is_same(intent, again, control),
        (ResultReply::Unreadable, ResultReply::Unreadable) | (ResultReply::NotOurs, ResultReply::NotOurs) => true,
        (ResultReply::Settled(_) | ResultReply::Unreadable | ResultReply::NotOurs, _) => false,
    }
}
