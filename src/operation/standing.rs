//! Whether a reversal still stands. `isReversed` in its result may be about its original. Or the terminal has undone
//! the reversal because it was not confirmed, and the sale stands again.

use super::conversation::Conversation;
use super::traces::{Points, Traces};
use crate::codes::{Code, Kind};
use crate::journal::Intent;
use crate::protocol::{ResultReply, Settlement};
use crate::testing::{self, Guard};
use crate::verdict::{Judgement, judge};

/// The judgement of a reversal, or of the cancel of a pre-authorization, that this call did not follow from its start.
/// `isReversed` counts as its original's only if the result of the original carries it, too.
pub(super) fn seen_late(
    conversation: &mut Conversation,
    intent: &Intent,
    settlement: &Settlement,
    judgement: Judgement,
) -> Judgement {
    let marked = intent.takes_back() && settlement.is_reversed() && judgement == Judgement::Approves;
    let marked = marked && !testing::broken(Guard::TrustMarks);
    if !marked || is_taken_back(conversation, intent, settlement) {
        return judgement;
    }
    Judgement::Doubtful(Code::Reversed)
}

/// Whether the original's own result says that it is reversed.
fn is_taken_back(conversation: &mut Conversation, intent: &Intent, settlement: &Settlement) -> bool {
    match conversation.result(&intent.original_transaction) {
        Ok(ResultReply::Settled(original)) => original.is_reversed() && *original != *settlement,
        Ok(ResultReply::NotOurs | ResultReply::Unreadable) | Err(_) => false,
    }
}

/// The judgement of the result after the confirm: a mark that was not there before the confirm is not about the original.
pub(super) fn seen_again(intent: &Intent, before: &Settlement, after: &Settlement, judgement: Judgement) -> Judgement {
    let new = match intent.kind {
        Kind::Reversal | Kind::PreauthCancel => after.is_reversed() && !before.is_reversed(),
        // Some terminals say it of every sale, so only what is new counts.
        Kind::Payment | Kind::Refund | Kind::Other | Kind::Preauth | Kind::PreauthCompletion | Kind::Moto => {
            after.reversal == Some(true) && before.reversal != Some(true)
        }
        Kind::Closing => false,
    };
    let new = new && !testing::broken(Guard::TrustNewMarks);
    if new && judgement == Judgement::Approves { Judgement::Doubtful(Code::Reversed) } else { judgement }
}

/// A terminal reverses its last payment only (1.5), whichever is named. So check what it has taken back: for the newest
/// charge nothing may point to another sale; for an older one something must point to it.
pub(super) fn of_its_original(
    conversation: &mut Conversation,
    intent: &Intent,
    settlement: &Settlement,
    judgement: Judgement,
) -> Judgement {
    if intent.kind != Kind::Reversal || testing::broken(Guard::ReverseAny) {
        return judgement;
    }
    let Ok(history) = conversation.terminal.history() else { return judgement };
    let Some(original) = history.find(&intent.original_transaction) else { return judgement };
    // What was paid with a tip may be named as the sum.
    let is_the_sum = judgement == Judgement::Doubtful(Code::AmountDiffers) && {
        let of_the_sum = Intent { amount: original.paid(), ..intent.clone() };
        judge(settlement, &of_the_sum, history.taught()) == Judgement::Approves
    };
    if judgement != Judgement::Approves && !is_the_sum {
        return judgement;
    }
    let traces = Traces::of(&history, original, intent);
    let took_the_original = match (traces.is_newest(), traces.compare(settlement)) {
        (true, Points::ToAnother) => false,
        (true, Points::ToTheOriginal | Points::Nowhere) | (false, Points::ToTheOriginal) => true,
        (false, Points::ToAnother | Points::Nowhere) => is_taken_back(conversation, intent, settlement),
    };
    if took_the_original { Judgement::Approves } else { Judgement::Doubtful(Code::NotOurs) }
}

/// A cancel lets go of all that is reserved: another amount is that of another pre-authorization, unless this one was raised.
pub(super) fn of_its_preauth(
    conversation: &mut Conversation,
    intent: &Intent,
    settlement: &Settlement,
    judgement: Judgement,
) -> Judgement {
    let differs = settlement.amount.is_some_and(|amount| amount != intent.amount);
    if intent.kind != Kind::PreauthCancel || !differs || judgement != Judgement::Approves {
        return judgement;
    }
    let Ok(history) = conversation.terminal.history() else { return judgement };
    let raised = history.find(&intent.original_transaction).is_some_and(|preauth| history.may_be_raised(preauth));
    if raised { judgement } else { Judgement::Doubtful(Code::AmountDiffers) }
}

/// True if a result says clearly that what it approves was not undone. After a late confirm this is needed, because a
/// terminal may confirm what it has undone.
pub(super) fn is_said_to_stand(intent: &Intent, settlement: &Settlement) -> bool {
    match intent.kind {
        Kind::Payment
        | Kind::Refund
        | Kind::Reversal
        | Kind::Preauth
        | Kind::PreauthCompletion
        | Kind::PreauthCancel
        | Kind::Moto => settlement.reversed.is_some(),
        Kind::Closing | Kind::Other => true,
    }
}
