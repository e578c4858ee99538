//! Confirms an approval that is stored. Without it the terminal takes the transaction back after a minute (1.5).

use std::time::{Instant, SystemTime};

use super::conversation::{Conversation, Left};
use super::evidence::{self, ResultRead};
use super::known::Known;
use super::standing;
use crate::codes::{Code, Kind};
use crate::journal::Intent;
use crate::patience::{CONFIRM, PAUSE, PROMPT_CONFIRM, hurried};
use crate::protocol::{ConfirmReply, Settlement};
use crate::testing::{self, Guard};
use crate::verdict::{Confirmation, Judgement};

/// A moment by both clocks: the monotonic one stands still while the computer sleeps, the wall clock may be set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment(Instant, SystemTime);

impl Moment {
    pub(super) fn now() -> Self {
        Self(Instant::now(), SystemTime::now())
    }

    /// True if the terminal cannot have taken anything back since.
    fn is_just_now(self) -> bool {
        self.0.elapsed() <= PROMPT_CONFIRM && self.1.elapsed().is_ok_and(|elapsed| elapsed <= PROMPT_CONFIRM)
    }
}

/// What a fresh result says after the confirm.
enum Fresh {
    /// It approves, and says clearly that nothing was undone.
    Stands,
    /// It approves, and does not say whether anything was undone.
    Approves,
    /// No answer that counts: the terminal may be done with the sale.
    Silent,
    /// It no longer approves.
    Contrary(Box<Settlement>, Judgement),
}

/// True if the terminal undoes this operation without a confirm (1.5). A reversal, a closing and the cancel of a
/// pre-authorization count by their result alone.
fn is_needed(intent: &Intent) -> bool {
    match intent.kind {
        Kind::Payment | Kind::Refund | Kind::Preauth | Kind::PreauthCompletion | Kind::Moto => true,
        Kind::Reversal | Kind::Closing | Kind::PreauthCancel => false,
        Kind::Other => intent.amount != 0,
    }
}

/// Confirms until it is through. After each confirm a fresh result is asked for, because a terminal may confirm what it
/// has undone before. The error is a fresh result that no longer approves.
pub(super) fn confirm(
    conversation: &mut Conversation,
    intent: &Intent,
    known: &Known,
    approval: &Settlement,
    asked: Moment,
) -> Result<Confirmation, (Box<Settlement>, Judgement)> {
    if !is_needed(intent) {
        return confirm_once(conversation, intent, known, approval);
    }
    let deadline = Instant::now() + hurried(CONFIRM);
    let mut first = !known.stored && known.was_seen_recently();
    loop {
        let (reply, left) = conversation.confirm(&intent.transaction);
        let prompt = (first && asked.is_just_now()) || testing::broken(Guard::EveryConfirmIsPrompt);
        if let Some(confirmation) = weigh(conversation, intent, known, approval, reply, prompt)? {
            return Ok(confirmation);
        }
        first = first && left == Left::No;
        if Instant::now() >= deadline {
            return Ok(Confirmation::NotThrough);
        }
        std::thread::sleep(hurried(PAUSE));
    }
}

/// Judges the answer to one confirm together with the fresh result after it. None: not through yet.
fn weigh(
    conversation: &mut Conversation,
    intent: &Intent,
    known: &Known,
    approval: &Settlement,
    reply: Option<ConfirmReply>,
    prompt: bool,
) -> Result<Option<Confirmation>, (Box<Settlement>, Judgement)> {
    let confirmed = match reply {
        Some(ConfirmReply::Confirmed) => true,
        Some(ConfirmReply::NotSupported) => false,
        Some(ConfirmReply::NotConfirmed) | None => return Ok(None),
    };
    if testing::broken(if prompt { Guard::TrustFirstConfirm } else { Guard::TrustLateConfirm }) {
        return Ok(Some(Confirmation::Through));
    }
    match fresh(conversation, intent, known, approval) {
        Fresh::Contrary(settlement, judgement) => Err((settlement, doubt(judgement))),
        Fresh::Stands => Ok(Some(Confirmation::Through)),
        Fresh::Approves if prompt => Ok(Some(Confirmation::Through)),
        // "No such endpoint" proves nothing here: a terminal that is booting says it too.
        Fresh::Silent if prompt && (confirmed || testing::broken(Guard::TrustUnsupportedConfirm)) => {
            Ok(Some(Confirmation::Through))
        }
        Fresh::Approves | Fresh::Silent => Ok(None),
    }
}

/// For what needs no confirm: it is sent once, because some terminals want it. A refusal changes nothing.
fn confirm_once(
    conversation: &mut Conversation,
    intent: &Intent,
    known: &Known,
    approval: &Settlement,
) -> Result<Confirmation, (Box<Settlement>, Judgement)> {
    let _ = conversation.confirm(&intent.transaction);
    match fresh(conversation, intent, known, approval) {
        Fresh::Contrary(settlement, judgement) => Err((settlement, doubt(judgement))),
        Fresh::Stands | Fresh::Approves | Fresh::Silent => Ok(Confirmation::Through),
    }
}

/// The result after the confirm. The terminal may be done with our sale and show another one, so a contrary result is
/// believed only after the control question. Silence proves nothing.
fn fresh(conversation: &mut Conversation, intent: &Intent, known: &Known, approval: &Settlement) -> Fresh {
    let ResultRead::Settled(settlement, judgement) = evidence::hear(conversation, intent, known) else {
        return Fresh::Silent;
    };
    let judgement = standing::seen_again(intent, approval, &settlement, judgement);
    match judgement {
        Judgement::Approves if standing::is_said_to_stand(intent, &settlement) => Fresh::Stands,
        Judgement::Approves => Fresh::Approves,
        Judgement::NotListed => Fresh::Silent,
        Judgement::Doubtful(_) | Judgement::Refuses(_) => {
            let doubted = Known { unbroken: None, ..known.clone() };
            match evidence::hear(conversation, intent, &doubted) {
                ResultRead::Nothing(Code::NotOurs, _) => Fresh::Silent,
                ResultRead::Nothing(..) | ResultRead::Settled(..) => Fresh::Contrary(settlement, judgement),
            }
        }
    }
}

/// A result that approved and now refuses contradicts itself.
fn doubt(judgement: Judgement) -> Judgement {
    match judgement {
        Judgement::Refuses(_) => Judgement::Doubtful(Code::Contradiction),
        Judgement::Approves | Judgement::NotListed | Judgement::Doubtful(_) => judgement,
    }
}
