//! Asks the terminal about an earlier attempt: for the next sale, for recover, or for one sale alone.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::conversation::Conversation;
use super::ending::{Ending, Said, Who};
use super::follow::{Follow, Purpose};
use super::meeting::{self, is_without_path};
use super::settle;
use crate::codes::{Code, Verdict};
use crate::error::Error;
use crate::journal::{Attempt, Flags, History, Intent, OperationLock, State};
use crate::log;
use crate::outcome::Outcome;
use crate::patience::{LONGEST_RUN, REFUSAL_SETTLES, STEP, TAKEN_BACK_WITHIN};
use crate::terminal::{News, Terminal};
use crate::transport::{Address, Link};
use crate::utc;
use crate::verdict;

/// An attempt of the past, while it is asked about.
#[derive(Debug)]
pub(crate) struct Earlier {
    attempt: Attempt,
    follow: Follow,
    link: Link,
    /// The path that is asked: first the one under which it was started.
    base_path: String,
    /// Further paths: the terminal may have another version by now.
    untried: VecDeque<String>,
    /// Who answered under this path.
    who: Option<Who>,
    /// The ending under a path that knows nothing of it, while others are asked.
    nothing: Option<(Ending, Who)>,
    until: Instant,
    purpose: Purpose,
    may_still_run: bool,
    /// So late that the terminal does not take it back any more.
    is_past_taking_back: bool,
    /// Decided by somebody else while we waited for the lock: nothing to ask.
    decided_meanwhile: bool,
    /// The lock of its terminal, if it is not the one held already.
    _lock: Option<OperationLock>,
}

/// What was learned by asking.
#[derive(Debug)]
pub(crate) enum Learned {
    /// Nothing more to ask now. The outcome is what the journal knows from here on.
    Outcome {
        outcome: Box<Outcome>,
        /// The terminal is still working on it.
        running: bool,
    },
    /// The terminal it was started on is not there.
    Unreachable(Error),
    /// The register cancelled its own operation, not this sale. Nothing was sent about it.
    Stopped,
}

impl Earlier {
    /// Prepares asking until `until`. `held`: the name of a lock that is held already.
    pub(crate) fn about(
        terminal: &mut Terminal,
        attempt: &Attempt,
        purpose: Purpose,
        until: Instant,
        held: Option<&str>,
    ) -> Result<Self, Error> {
        let intent = &attempt.intent;
        // If nobody knows its terminal any more, this one is asked.
        let name = if intent.lock_name.is_empty() { terminal.lock_name() } else { intent.lock_name.clone() };
        let lock = if held == Some(name.as_str()) {
            None
        } else {
            let journal = terminal.journal()?;
            Some(journal.lock_terminal(&name, &intent.sale, &mut || terminal.watch.ask())?)
        };
        // Whoever held the lock may have decided it. A verdict from older knowledge must not be written over that one.
        let history = terminal.history()?;
        let attempt = history.find(&intent.transaction).unwrap_or(attempt);
        let (now, patience) = (utc::now(), terminal.patience);
        let to_be_asked = attempt.state() == State::Undecided || attempt.resolved.is_some() || attempt.was_refused();
        terminal.tell_status(&News::ResolvingEarlier(intent.sale.clone()));
        let base_path = if intent.path.is_empty() { terminal.base_path() } else { intent.path.clone() };
        Ok(Self {
            attempt: attempt.clone(),
            follow: Follow::earlier(attempt, purpose, until, terminal.poll_interval),
            link: Link::new(&address_of(terminal, attempt), terminal.limits),
            untried: meeting::others(&base_path).collect(),
            base_path,
            who: None,
            nothing: None,
            until,
            purpose,
            may_still_run: history.is_within(LONGEST_RUN, attempt, attempt.intent.time, now),
            is_past_taking_back: is_past_taking_back(&history, attempt, patience, now),
            decided_meanwhile: !to_be_asked,
            _lock: lock,
        })
    }

    pub(crate) fn sale_id(&self) -> &str {
        &self.attempt.intent.sale
    }

    pub(crate) fn intent(&self) -> &Intent {
        &self.attempt.intent
    }

    /// Somebody has decided it before this call.
    pub(crate) fn is_decided(&self) -> bool {
        self.attempt.state() != State::Undecided
    }

    pub(crate) fn transaction(&self) -> &str {
        &self.attempt.intent.transaction
    }

    /// Asks once more, waiting at most until `until`.
    pub(crate) fn step(&mut self, terminal: &mut Terminal, until: Instant) -> Option<Learned> {
        if self.decided_meanwhile {
            let outcome = Box::new(Outcome::of(&self.attempt, terminal.language));
            return Some(Learned::Outcome { outcome, running: false });
        }
        if self.purpose == Purpose::OnlyAsking && terminal.watch.ask() {
            return Some(Learned::Stopped);
        }
        let mut conversation = Conversation::about(terminal, &self.link, &self.base_path);
        let Some(who) = &self.who else {
            let met = conversation.identify(self.expected_id());
            // Broken off by a wish to cancel: that says nothing about the terminal.
            if met.is_err() && self.purpose == Purpose::OnlyAsking && terminal.watch.wished() {
                return Some(Learned::Stopped);
            }
            return self.met(terminal, met);
        };
        let mut ending = self.follow.step(&mut conversation, until)?;
        if ending.verdict == Verdict::Unknown && !ending.running {
            ending = settle::by_stored_result(&mut conversation, &self.attempt).unwrap_or(ending);
        }
        if !self.says_nothing(&ending) {
            return Some(self.conclude(terminal, ending, &who.clone()));
        }
        let (ending, who) = self.nothing.take().unwrap_or((ending, who.clone()));
        if self.next_path() {
            self.nothing = Some((ending, who));
            return None;
        }
        Some(self.conclude(terminal, ending, &who))
    }

    fn expected_id(&self) -> Option<&str> {
        let met_before = self.nothing.as_ref().and_then(|(_, who)| who.id.as_deref());
        self.attempt.terminal_id.as_deref().or(met_before)
    }

    fn met(&mut self, terminal: &mut Terminal, met: Result<Who, Error>) -> Option<Learned> {
        let error = match met {
            Ok(who) => {
                self.who = Some(who);
                return None;
            }
            Err(error) if is_without_path(&error) && self.next_path() => return None,
            Err(error) => error,
        };
        if let Some((ending, who)) = self.nothing.take() {
            return Some(self.conclude(terminal, ending, &who));
        }
        log::problem(&format!("sale {} could not be asked about: {error}", self.sale_id()));
        Some(Learned::Unreachable(error))
    }

    /// True if the terminal knows nothing of it under this path.
    fn says_nothing(&self, ending: &Ending) -> bool {
        let open = ending.verdict == Verdict::Unknown && ending.said != Said::Something;
        let unknown_here = matches!(ending.reason, Some(Code::StartUnanswered | Code::NotConfirmed));
        open && (unknown_here || self.nothing.is_some())
    }

    /// Starts again under the next path. False if there is none, or no time.
    fn next_path(&mut self) -> bool {
        if Instant::now() >= self.until {
            return false;
        }
        let Some(path) = self.untried.pop_front() else { return false };
        self.base_path = path;
        self.who = None;
        self.follow.ask_elsewhere();
        true
    }

    /// Steps until there is an answer.
    pub(crate) fn ask(mut self, terminal: &mut Terminal) -> Learned {
        loop {
            if let Some(answer) = self.step(terminal, Instant::now() + STEP) {
                return answer;
            }
        }
    }

    fn conclude(&self, terminal: &mut Terminal, mut ending: Ending, who: &Who) -> Learned {
        let running = ending.running && self.may_still_run;
        if self.attempt.was_refused() {
            match ending.said {
                Said::Nothing => return self.as_it_was(terminal),
                Said::Unknown => ending = self.refused_again(),
                Said::Something => {}
            }
        }
        // A stored approval stays, although the terminal says nothing now.
        if ending.verdict == Verdict::Unknown {
            ending.settlement = ending.settlement.or_else(|| self.attempt.settled.clone());
        }
        let part_stands = self.is_a_part_that_stands(&ending);
        let outcome = if self.is_news(&ending, part_stands) {
            let flags = Flags {
                recovered: true,
                cancel_asked: self.follow.cancel_sent(),
                asked_again: ending.verdict == Verdict::NotStarted,
                part_stands,
                ..self.attempt.flags()
            };
            self.contrary(ending).write_down(terminal, &self.attempt.intent, flags, who)
        } else {
            Outcome::of(&self.attempt, terminal.language)
        };
        Learned::Outcome { outcome: Box::new(outcome), running }
    }

    /// Nothing was learned about a refused start: it stays refused, and will be asked about again.
    fn as_it_was(&self, terminal: &Terminal) -> Learned {
        Learned::Outcome { outcome: Box::new(Outcome::of(&self.attempt, terminal.language)), running: false }
    }

    /// A refused start that the terminal still does not know: it stays refused, and is not asked about again.
    fn refused_again(&self) -> Ending {
        let before = self.attempt.decided.as_ref();
        Ending {
            verdict: Verdict::NotStarted,
            reason: before.and_then(|decided| decided.reason),
            detail: before.map_or_else(String::new, |decided| decided.detail.clone()),
            settlement: before.and_then(|decided| decided.settlement.clone()),
            running: false,
            seen_running: false,
            said: Said::Unknown,
        }
    }

    /// A part payment that was not accepted: the terminal says clearly that it is not reversed, and does not take it back any more.
    fn is_a_part_that_stands(&self, ending: &Ending) -> bool {
        let part = ending.settlement.as_ref().filter(|settlement| self.attempt.intent.part_in(settlement).is_some());
        let stands = part.is_some_and(|part| part.reversed == Some(false) && self.is_past_taking_back);
        ending.reason == Some(Code::AmountDiffers) && (stands || self.attempt.flags().part_stands)
    }

    /// The terminal has said of this sale that it charged other money, or took it back, and now says nothing of it: it has
    /// forgotten the sale, but what it said stays.
    fn is_forgotten(&self, ending: &Ending) -> bool {
        let before = self.attempt.decided.as_ref().and_then(|decided| decided.reason);
        let of_this_sale = [Code::AmountDiffers, Code::Reversed, Code::ReversalAsked, Code::Contradiction].map(Some);
        matches!(before, Some(Code::AmountDiffers | Code::Reversed))
            && ending.verdict == Verdict::Unknown
            && !of_this_sale.contains(&ending.reason)
    }

    /// Another UNKNOWN for the same reason is not worth a line, nor is one about a sale that a person has decided.
    fn is_news(&self, ending: &Ending, part_stands: bool) -> bool {
        // Too soon: the terminal may still begin with it.
        if ending.verdict == Verdict::NotStarted && utc::now() - self.attempt.intent.time < REFUSAL_SETTLES {
            return false;
        }
        let before = self.attempt.decided.as_ref();
        let same = before.is_some_and(|decided| decided.reason == ending.reason)
            && part_stands == self.attempt.flags().part_stands;
        let known = self.attempt.resolved.is_some() || same || self.is_forgotten(ending);
        ending.verdict != Verdict::Unknown || !known
    }

    /// If the terminal contradicts a person, it is believed, and the reason says so.
    fn contrary(&self, ending: Ending) -> Ending {
        match &self.attempt.resolved {
            Some(resolved)
                if verdict::of_a_person(resolved.charged) != ending.verdict
                    && !both_free(resolved.charged, ending.verdict) =>
            {
                Ending { reason: Some(Code::ResolvedOtherwise), ..ending }
            }
            Some(_) | None => ending,
        }
    }
}

/// True if person and terminal agree that no money moved.
fn both_free(charged: bool, verdict: Verdict) -> bool {
    !charged && matches!(verdict, Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted)
}

/// True if the terminal would have taken it back by now, if at all: long after it has told of other money than was asked for, or after
/// the longest time that the sale can have run.
fn is_past_taking_back(history: &History, attempt: &Attempt, patience: Duration, now: i64) -> bool {
    let told = attempt.decided.as_ref().filter(|decided| decided.reason == Some(Code::AmountDiffers));
    let run = i64::try_from(patience.as_secs()).unwrap_or(i64::MAX).saturating_add(TAKEN_BACK_WITHIN);
    told.is_some_and(|told| !history.is_within(TAKEN_BACK_WITHIN, attempt, told.time, now))
        || !history.is_within(run, attempt, attempt.intent.time, now)
}

/// Where to ask. Addresses change: an attempt of the terminal with this id is asked for at its present address, any
/// other one where it was started.
fn address_of(terminal: &Terminal, attempt: &Attempt) -> Address {
    let intent = &attempt.intent;
    let here = attempt.is_on(&terminal.lock_name(), terminal.met.facts.id.as_deref());
    if here || intent.host.is_empty() {
        terminal.address.clone()
    } else {
        Address { host: intent.host.clone(), port: intent.port }
    }
}
