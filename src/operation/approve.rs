//! An approval is stored, and only then confirmed. And the ending for any judged result.

use super::confirm::{self, Moment};
use super::conversation::Conversation;
use super::ending::{Ending, Said};
use super::known::Known;
use crate::codes::Code;
use crate::journal::{Intent, Record, Settled};
use crate::protocol::Settlement;
use crate::response_code;
use crate::testing::{self, Guard};
use crate::utc;
use crate::verdict::{Cancel, Confirmation, Evidence, Judgement};

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
    /// A list of transactions, because the result was forgotten.
    List,
}

/// Writes an approval to the journal. The error is the ending if that fails: then nothing is confirmed.
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
        settlement: settlement.to_keep(),
    }));
    conversation.terminal.journal().and_then(|journal| journal.append(&record)).map_err(|error| {
        let ending = ending(known, settlement.clone(), Judgement::Approves, Confirmation::NotSent);
        Box::new(Ending { detail: error.message().into(), ..ending })
    })
}

/// The ending for a judged result.
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
    // The result of another sale: only its code and message are kept, so that its money and card are never taken for
    // ours.
    let settlement = match judgement {
        Judgement::Doubtful(Code::NotOurs) => Settlement {
            response_code: settlement.response_code,
            response_message: settlement.response_message,
            ..Settlement::default()
        },
        Judgement::Approves | Judgement::Refuses(_) | Judgement::NotListed | Judgement::Doubtful(_) => settlement,
    };
    let evidence = Evidence::Result { judgement, confirmation, finished: known.finished, cancel };
    Ending {
        settlement: Some(settlement),
        seen_running: known.seen_running.is_some(),
        said: Said::Something,
        ..Ending::of(evidence, "")
    }
}
