//! Whether a reversal still stands. `isReversed` in its result may mean its original, or that the terminal has undone the reversal for want
//! of a confirm, and then the sale stands again.

use super::conversation::Conversation;
use super::traces::{Points, Traces};
use crate::codes::{Code, Kind};
use crate::journal::Intent;
use crate::protocol::{ResultReply, Settlement};
use crate::testing::{self, Guard};
use crate::verdict::Judgement;

/// The judgement of a reversal that this call did not follow from its start: the mark is believed to mean the original only where the
/// original's own result carries it.
pub(super) fn seen_late(
    conversation: &mut Conversation,
    intent: &Intent,
    settlement: &Settlement,
    judgement: Judgement,
) -> Judgement {
    let marked = intent.kind == Kind::Reversal && settlement.is_reversed() && judgement == Judgement::Approves;
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
    let new = intent.kind == Kind::Reversal && after.is_reversed() && !before.is_reversed();
    if new && judgement == Judgement::Approves { Judgement::Doubtful(Code::Reversed) } else { judgement }
}

/// The judgement of an approval that says `reversal`, which the stored one did not: what it means is not known, but it is new. Some terminals
/// say it of every sale.
pub(super) fn marked_since(
    conversation: &mut Conversation,
    intent: &Intent,
    settlement: &Settlement,
    judgement: Judgement,
) -> Judgement {
    let counts = matches!(intent.kind, Kind::Payment | Kind::Refund) && judgement == Judgement::Approves;
    if !counts || settlement.reversal != Some(true) {
        return judgement;
    }
    let Ok(history) = conversation.terminal.history() else { return judgement };
    let stored = history.find(&intent.transaction).and_then(|attempt| attempt.settled.as_ref());
    let is_new = stored.is_some_and(|stored| stored.reversal != Some(true));
    if is_new { Judgement::Doubtful(Code::Reversed) } else { judgement }
}

/// A terminal takes back its last payment only (1.5), whichever is named. The judgement of a reversal, once it was seen what it has taken back:
/// of the newest charge nothing may point to another sale; of an older one something must point to it.
pub(super) fn of_its_original(
    conversation: &mut Conversation,
    intent: &Intent,
    settlement: &Settlement,
    judgement: Judgement,
) -> Judgement {
    if intent.kind != Kind::Reversal || judgement != Judgement::Approves || testing::broken(Guard::ReverseAny) {
        return judgement;
    }
    let Ok(history) = conversation.terminal.history() else { return judgement };
    let Some(original) = history.find(&intent.original_transaction) else { return judgement };
    let traces = Traces::of(&history, original, intent);
    let took_the_original = match (traces.is_newest, traces.compare(settlement)) {
        (true, Points::ToAnother) => false,
        (true, Points::ToTheOriginal | Points::Nowhere) | (false, Points::ToTheOriginal) => true,
        (false, Points::ToAnother | Points::Nowhere) => is_taken_back(conversation, intent, settlement),
    };
    if took_the_original { judgement } else { Judgement::Doubtful(Code::NotOurs) }
}

/// Whether a result says in so many words that what it approves was not undone. After a confirm that may have come too late, silence about
/// it is not enough: a terminal may confirm what it has undone.
pub(super) fn is_said_to_stand(intent: &Intent, settlement: &Settlement) -> bool {
    match intent.kind {
        Kind::Payment | Kind::Refund | Kind::Reversal => settlement.reversed.is_some(),
        Kind::Closing | Kind::Other => true,
    }
}
