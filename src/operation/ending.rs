//! How an attempt ended, before it is written down.

use crate::codes::{Code, Verdict};
use crate::error::Error;
use crate::journal::{Decided, Flags, Intent, Record};
use crate::log;
use crate::outcome::Outcome;
use crate::protocol::{InfoReply, Settlement};
use crate::terminal::Terminal;
use crate::testing::{self, Guard};
use crate::utc;
use crate::verdict::{Evidence, verdict};

/// The terminal that answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Who {
    pub(crate) id: Option<String>,
    pub(crate) simulator: bool,
}

impl From<&InfoReply> for Who {
    fn from(info: &InfoReply) -> Self {
        Self { id: info.terminal_id.clone(), simulator: info.simulator }
    }
}

/// What the terminal said about the transaction, where that decides nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// It was not asked, or did not answer.
    Nothing,
    /// It answered, and does not know it.
    Unknown,
    /// That it runs or is over, or a result.
    Something,
}

/// What the evidence came to.
#[derive(Debug)]
pub(crate) struct Ending {
    pub(crate) verdict: Verdict,
    pub(crate) reason: Option<Code>,
    pub(crate) detail: String,
    pub(crate) settlement: Option<Settlement>,
    /// It was running when we stopped looking.
    pub(crate) running: bool,
    /// The terminal was seen working on it at all.
    pub(crate) seen_running: bool,
    pub(crate) said: Said,
}

impl Ending {
    pub(crate) fn of(evidence: Evidence, detail: impl Into<String>) -> Self {
        let (verdict, reason) = verdict(evidence);
        let (detail, said) = (detail.into(), Said::Nothing);
        Self { verdict, reason, detail, settlement: None, running: false, seen_running: false, said }
    }

    /// Nothing was sent because of this error.
    pub(crate) fn not_started(error: &Error) -> Self {
        Self::of(Evidence::NothingLeft(error.code()), error.message())
    }

    /// Writes the verdict to the journal and makes the outcome. If it cannot be written, the outcome is UNKNOWN.
    pub(crate) fn write_down(self, terminal: &mut Terminal, intent: &Intent, flags: Flags, who: &Who) -> Outcome {
        let code = self.settlement.as_ref().map(Settlement::code).unwrap_or_default();
        let code_taught =
            self.verdict != Verdict::Unknown && terminal.history().is_ok_and(|history| history.taught().decides(code));
        // What a person teaches later counts only where it was seen running.
        let seen_running = self.seen_running && self.reason == Some(Code::Unlisted);
        let mut decided = Decided {
            time: utc::now(),
            sale: intent.sale.clone(),
            transaction: intent.transaction.clone(),
            verdict: self.verdict,
            reason: self.reason,
            detail: self.detail,
            settlement: self.settlement,
            terminal_id: who.id.clone(),
            flags: Flags { simulated: who.simulator, code_taught, seen_running, ..flags },
        };
        let kept = decided.settlement.as_ref().map(Settlement::to_keep);
        let record = Record::Decided(Box::new(Decided { settlement: kept, ..decided.clone() }));
        if testing::broken(Guard::ReturnBeforeStore) {
            return Outcome::new(intent.clone(), decided, terminal.language);
        }
        if let Err(error) = terminal.journal().and_then(|journal| journal.append(&record)) {
            log::problem(&format!("the verdict of sale {} could not be stored: {error}", intent.sale));
            (decided.verdict, decided.reason) = verdict(Evidence::Nothing(Code::NotStored));
            error.message().clone_into(&mut decided.detail);
        }
        log::decision(|| format!("sale {} {} is {}", intent.sale, intent.transaction, decided.verdict.c_name()));
        Outcome::new(intent.clone(), decided, terminal.language)
    }
}
