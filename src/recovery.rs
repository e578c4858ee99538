//! After a crash, a power cut or an UNKNOWN: what became of the open sales.

// New evidence must not compile until somebody has decided what it proves.
#![deny(clippy::wildcard_enum_match_arm)]

use std::collections::HashSet;
use std::time::{Duration, Instant};

use crate::codes::{Code, Verdict};
use crate::error::Error;
use crate::journal::{Attempt, History, State};
use crate::log;
use crate::operation::{Conversation, Earlier, Learned, Purpose};
use crate::outcome::{Outcome, asks_for_signature};
use crate::patience::SIGNATURE_ASKED_FOR;
use crate::terminal::Terminal;
use crate::testing::{self, Guard};
use crate::utc;

/// What the register did with an outcome it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It is stored: a decided sale leaves the list.
    Stored,
    /// It is told again next time.
    Kept,
}

/// What asking about one attempt came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Decided(Verdict),
    StillOpen,
    /// The terminal is working on it.
    Running,
    /// The terminal is off: asking about its other sales would only cost time.
    Unreachable,
    /// The register cancelled the asking.
    Stopped,
    /// Another handle or program is busy with this terminal, and this may be its sale.
    InFlight,
}

impl Terminal {
    /// Finds out what became of the open sales, and tells each to `each`.
    pub fn recover(&mut self, budget: Duration, each: &mut dyn FnMut(&Outcome) -> Delivery) -> Result<(), Error> {
        recover(self, Instant::now() + budget, each)
    }
}

/// Asks about the undecided sales until `deadline` or a wish to cancel, then tells every open sale.
fn recover(
    terminal: &mut Terminal,
    deadline: Instant,
    each: &mut dyn FnMut(&Outcome) -> Delivery,
) -> Result<(), Error> {
    terminal.journal()?.forget_expired(terminal.retention_days);
    terminal.watch.reset();
    let history = terminal.history()?;
    let register = terminal.register.clone();
    let questions = questions(&history, &register, utc::now());
    // Which terminal is at this address now? If it is off, that is noted below.
    if !questions.is_empty() {
        let _ = meet(terminal);
    }
    let mut report = Report::default();
    for attempt in questions {
        if terminal.watch.ask() || Instant::now() >= deadline {
            break;
        }
        if report.silent.contains(&attempt.intent.lock_name) {
            continue;
        }
        report.note(attempt, ask(terminal, attempt, deadline)?);
    }
    drop(history);
    report.tell(terminal, each)
}

/// Notes which terminal is at the address of this handle.
pub(crate) fn meet(terminal: &mut Terminal) -> Result<(), Error> {
    let link = terminal.link();
    Conversation::new(terminal, &link).meet().map(|_| ())
}

/// What to ask about, in this order: the newest attempt on each terminal, which may still be running; approvals that
/// may not be confirmed; the rest, newest first.
fn questions<'h>(history: &'h History, register: &'h str, now: i64) -> Vec<&'h Attempt> {
    let mut met = HashSet::new();
    let mut ranked: Vec<(u8, &Attempt)> = Vec::new();
    for attempt in history.of_register(register).filter(|attempt| is_to_be_asked(history, attempt, now)) {
        let newest = met.insert(&attempt.intent.lock_name);
        let rank = if newest { 0 } else { u8::from(attempt.settled.is_none()) + 1 };
        ranked.push((rank, attempt));
    }
    // The sort is stable: within a rank they stay newest first.
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, attempt)| attempt).collect()
}

/// True if the terminal may know more: nobody has decided it, a person has, or its start was refused a short while ago.
pub(crate) fn is_to_be_asked(history: &History, attempt: &Attempt, now: i64) -> bool {
    let undecided = attempt.state() == State::Undecided;
    undecided || history.is_doubted(attempt, now) || history.is_refusal_doubted(attempt, now)
}

/// Asks about one attempt, and writes down what is new.
pub(crate) fn ask(terminal: &mut Terminal, attempt: &Attempt, deadline: Instant) -> Result<Asked, Error> {
    let earlier = match Earlier::about(terminal, attempt, Purpose::OnlyAsking, deadline, None) {
        Ok(earlier) => earlier,
        Err(error) if matches!(error.code(), Code::TerminalLocked | Code::CancelledEarly) => {
            return Ok(Asked::InFlight);
        }
        Err(error) => return Err(error),
    };
    Ok(match earlier.ask(terminal) {
        Learned::Unreachable(_) => Asked::Unreachable,
        Learned::Stopped => Asked::Stopped,
        Learned::Outcome { outcome, running } => match outcome.verdict() {
            Verdict::Unknown if running => Asked::Running,
            Verdict::Unknown => Asked::StillOpen,
            verdict @ (Verdict::Approved | Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted) => {
                Asked::Decided(verdict)
            }
        },
    })
}

/// What this call has found.
#[derive(Default)]
struct Report {
    /// Terminals that are off or in use elsewhere.
    silent: HashSet<String>,
    in_flight: HashSet<String>,
    decided_now: HashSet<String>,
}

impl Report {
    fn note(&mut self, attempt: &Attempt, asked: Asked) {
        let (lock_name, transaction) = (attempt.intent.lock_name.clone(), attempt.intent.transaction.clone());
        match asked {
            // A decision of a person is told again only if the terminal contradicts it; then it is open. A refused
            // start was told by the call that made it.
            Asked::Decided(verdict) if attempt.resolved.is_some() || verdict == Verdict::NotStarted => {}
            Asked::Decided(_) => drop(self.decided_now.insert(transaction)),
            Asked::StillOpen | Asked::Running | Asked::Stopped => {}
            Asked::Unreachable => drop(self.silent.insert(lock_name)),
            Asked::InFlight => {
                // The terminal is busy, perhaps with this attempt. It cannot be one that has an ending already.
                if attempt.decided.is_none() && attempt.resolved.is_none() {
                    self.in_flight.insert(transaction);
                }
                self.silent.insert(lock_name);
            }
        }
    }

    /// Tells the open attempts, newest first, and once those that this call found to have ended without a charge. Each
    /// open attempt at a sale is told, so that no second charge stays hidden.
    fn tell(&self, terminal: &mut Terminal, each: &mut dyn FnMut(&Outcome) -> Delivery) -> Result<(), Error> {
        let register = terminal.register.clone();
        let history = terminal.journal()?.read_from_disk()?;
        let now = utc::now();
        let to_tell = |attempt: &&Attempt| {
            let transaction = &attempt.intent.transaction;
            let open = (attempt.is_open() && !testing::broken(Guard::ForgetToTell))
                || is_signature_unanswered(&history, attempt, now);
            (open || self.decided_now.contains(transaction)) && !self.in_flight.contains(transaction)
        };
        for attempt in history.of_register(&register).filter(to_tell) {
            let outcome = Outcome::of(attempt, terminal.language);
            terminal.note_handed_out(&outcome);
            let stored = each(&outcome) == Delivery::Stored;
            let acknowledges = stored && attempt.is_open() && attempt.state() != State::Undecided;
            // It is told again next time. The others must still be told now.
            if acknowledges && let Err(error) = terminal.acknowledge_attempt(attempt) {
                log::problem(&format!("sale {} could not be acknowledged: {error}", outcome.sale_id()));
            }
        }
        Ok(())
    }
}

/// True if nobody has said whether the signature matches, or it does not match and the sale still stands.
fn is_signature_unanswered(history: &History, attempt: &Attempt, now: i64) -> bool {
    let is_recent = history.is_within(SIGNATURE_ASKED_FOR, attempt, attempt.intent.time, now);
    attempt.signature_accepted != Some(true) && is_recent && asks_for_signature(attempt)
}
