//! The terminal's lists of transactions (1.5), where it has them: `transactions` names every successful one, `last_transaction` the last.
//! Ours is the entry with our id, never one of equal amount.

use super::approve::{self, Source};
use super::confirm::Moment;
use super::conversation::Conversation;
use super::ending::Ending;
use super::known::Known;
use crate::codes::Code;
use crate::journal::Intent;
use crate::patience::TAKEN_BACK_WITHIN;
use crate::protocol::{ConfirmReply, Endpoint, ListReply, Settlement};
use crate::response_code::Refusal;
use crate::testing::{self, Guard};
use crate::utc;
use crate::verdict::{Confirmation, Judgement, judge};

/// True if the list of successful transactions names ours.
pub(super) fn name(conversation: &mut Conversation, intent: &Intent) -> bool {
    match conversation.list(Endpoint::Transactions, &intent.transaction) {
        ListReply::Read { ours, .. } => ours.is_some(),
        ListReply::Unavailable => false,
    }
}

/// A response code that is not listed: the lists may know what became of the sale.
pub(super) fn of_unlisted(
    conversation: &mut Conversation,
    intent: &Intent,
    known: &Known,
    settlement: Settlement,
) -> Ending {
    if let Some(listed) = presence(conversation, intent) {
        // The result was read just now, so it is confirmed like any other.
        return approve::approve(conversation, intent, known, listed, Moment::now());
    }
    let judgement = if known.seen_running.is_some() && is_absent(conversation, intent) {
        Judgement::Refuses(Refusal::Weak)
    } else {
        Judgement::NotListed
    };
    let code = settlement.code().to_owned();
    let ending = approve::ending(known, settlement, judgement, Confirmation::NotSent);
    if judgement == Judgement::NotListed {
        return Ending { detail: format!("the response code {code} is not known to this library"), ..ending };
    }
    ending
}

/// A sale that `status` and `result` no longer know: the lists may still name it. It is confirmed once, but the
/// terminal may not be able to any more.
pub(super) fn of_forgotten(conversation: &mut Conversation, intent: &Intent, known: &Known) -> Option<Ending> {
    let Some(listed) = presence(conversation, intent) else {
        return other_money(conversation, intent, known);
    };
    if let Err(ending) = approve::store(conversation, intent, known, &listed, Source::List) {
        return Some(*ending);
    }
    let (reply, _) = conversation.confirm(&intent.transaction);
    let confirmed = reply == Some(ConfirmReply::Confirmed) && is_said_to_stand(conversation, intent);
    if confirmed || stands_long_enough(conversation, intent) {
        return Some(approve::ending(known, listed, Judgement::Approves, Confirmation::Through));
    }
    let ending = approve::ending(known, listed, Judgement::Approves, Confirmation::NotThrough);
    let detail = "the terminal lists it, and it is not certain that it keeps it; ask again in two minutes";
    Some(Ending { detail: detail.into(), ..ending })
}

/// A successful entry of ours with other money than was asked for. It is not confirmed, and a person who decides must know of it.
fn other_money(conversation: &mut Conversation, intent: &Intent, known: &Known) -> Option<Ending> {
    let ListReply::Read { ours: Some(listed), .. } = conversation.list(Endpoint::Transactions, &intent.transaction)
    else {
        return None;
    };
    let approved = Settlement { response_code: Some("OK".into()), ..(*listed).clone() };
    let judgement = judge(&approved, intent, &conversation.taught());
    // If the intent was damaged, nobody knows what was asked for.
    let is_known = intent.amount != 0 && listed.is_authorized();
    let differs = is_known && judgement == Judgement::Doubtful(Code::AmountDiffers);
    differs.then(|| approve::ending(known, *listed, judgement, Confirmation::NotSent))
}

/// After the confirm the list must name it again and say clearly that it is not reversed.
fn is_said_to_stand(conversation: &mut Conversation, intent: &Intent) -> bool {
    presence(conversation, intent).is_some_and(|listed| listed.reversed == Some(false))
}

/// Our entry with an authorization, our money and no mark of a reversal. It counts as an approval. `transactions` names only what was
/// successful (1.5), so there the code may be one that is not listed. The last transaction may have ended otherwise: its code must approve.
fn presence(conversation: &mut Conversation, intent: &Intent) -> Option<Settlement> {
    for (list, only_successful) in [(Endpoint::Transactions, true), (Endpoint::LastTransaction, false)] {
        if let ListReply::Read { ours: Some(ours), .. } = conversation.list(list, &intent.transaction)
            && is_successful(judge(&ours, intent, &conversation.taught()), only_successful)
            && stands(conversation, intent, &ours)
        {
            return Some(*ours);
        }
    }
    None
}

fn is_successful(judgement: Judgement, only_successful: bool) -> bool {
    match judgement {
        Judgement::Approves => true,
        Judgement::NotListed => only_successful || testing::broken(Guard::TrustLastTransaction),
        Judgement::Refuses(_) | Judgement::Doubtful(_) => false,
    }
}

fn stands(conversation: &mut Conversation, intent: &Intent, listed: &Settlement) -> bool {
    let approved = Settlement { response_code: Some("OK".into()), ..listed.clone() };
    let untouched = !listed.is_reversed() && !listed.reversal_asked && listed.reversal != Some(true);
    listed.is_authorized()
        && untouched
        && listed.amount.is_some()
        && judge(&approved, intent, &conversation.taught()) == Judgement::Approves
}

/// True if it was listed so late that the terminal keeps it: twice over a minute apart, or once long after its start.
fn stands_long_enough(conversation: &mut Conversation, intent: &Intent) -> bool {
    let now = utc::now();
    let patience = i64::try_from(conversation.terminal.patience.as_secs()).unwrap_or(i64::MAX);
    let late = intent.time.saturating_add(patience).saturating_add(TAKEN_BACK_WITHIN);
    let first_listed = conversation
        .terminal
        .history()
        .ok()
        .and_then(|history| history.find(&intent.transaction).and_then(|attempt| attempt.listed_at));
    now > late || first_listed.is_some_and(|then| now.saturating_sub(then) > TAKEN_BACK_WITHIN)
}

/// True if both lists name another sale of this batch, and neither names ours. With a daughter company the lists may be
/// those of another merchant and prove nothing.
fn is_absent(conversation: &mut Conversation, intent: &Intent) -> bool {
    if !conversation.terminal.daughter_company_id.is_empty() {
        return false;
    }
    [Endpoint::Transactions, Endpoint::LastTransaction].into_iter().all(|list| {
        match conversation.list(list, &intent.transaction) {
            ListReply::Read { ours: None, others } => is_of_this_batch(conversation, intent, &others),
            ListReply::Read { ours: Some(_), .. } | ListReply::Unavailable => false,
        }
    })
}

fn is_of_this_batch(conversation: &mut Conversation, intent: &Intent, listed: &[String]) -> bool {
    let history = conversation.terminal.history();
    history.is_ok_and(|history| {
        history.confirmed_in_this_batch(intent).any(|other| listed.contains(&other.intent.transaction))
    })
}
