//! An attempt of the past that the terminal is asked about: by the next sale, by recover, or for one sale alone.

use std::collections::VecDeque;
use std::time::Instant;

use super::conversation::Conversation;
use super::ending::{Ending, Who};
use super::follow::{Follow, Purpose};
use super::meeting::{self, is_without_path};
use super::settle;
use crate::codes::{Code, Phase, Verdict};
use crate::error::Error;
use crate::journal::{Attempt, Flags, OperationLock, State};
use crate::log;
use crate::outcome::Outcome;
use crate::patience::{LONGEST_RUN, REFUSAL_SETTLES, STEP};
use crate::terminal::Terminal;
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
    /// Others, for a terminal that has been given another version since.
    untried: VecDeque<String>,
    /// The terminal it was started on, as soon as that was met under the path.
    who: Option<Who>,
    /// The answer of a path that knows nothing of it, and who gave it, while others are asked.
    nothing: Option<(Ending, Who)>,
    until: Instant,
    purpose: Purpose,
    may_still_run: bool,
    /// Somebody else decided it while its terminal was waited for: there is nothing to ask.
    decided_meanwhile: bool,
    /// Where it was made under another lock than the one that is held already.
    _lock: Option<OperationLock>,
}

/// What came of asking.
#[derive(Debug)]
pub(crate) enum Answer {
    /// There is nothing more to ask now; the outcome is what the journal knows from here on.
    Outcome {
        outcome: Box<Outcome>,
        /// The terminal is still working on it.
        running: bool,
    },
    /// The terminal it was started on is not there.
    Unreachable(Error),
    /// The register wishes to cancel what it is doing, which is not this sale: nothing more is asked, and nothing was said to it.
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
        // Where nobody knows any more which terminal it was, it is asked of this one.
        let name = if intent.terminal.is_empty() { terminal.lock_name() } else { intent.terminal.clone() };
        let lock = if held == Some(name.as_str()) {
            None
        } else {
            let journal = terminal.journal()?;
            Some(journal.lock_terminal(&name, &intent.sale, &mut || terminal.watch.ask())?)
        };
        // Whoever held the lock may have decided it: an answer to what was known before would be written over that verdict.
        let history = terminal.history()?;
        let attempt = history.find(&intent.transaction).unwrap_or(attempt);
        let to_be_asked = attempt.state() == State::Undecided || attempt.resolved.is_some() || attempt.was_refused();
        terminal.tell_status(Phase::ResolvingEarlier, &intent.sale);
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
            may_still_run: history.is_within(LONGEST_RUN, attempt, attempt.intent.time, utc::now()),
            decided_meanwhile: !to_be_asked,
            _lock: lock,
        })
    }

    pub(crate) fn sale_id(&self) -> &str {
        &self.attempt.intent.sale
    }

    /// Somebody has decided it before this call.
    pub(crate) fn is_decided(&self) -> bool {
        self.attempt.state() != State::Undecided
    }

    pub(crate) fn transaction(&self) -> &str {
        &self.attempt.intent.transaction
    }

    /// Asks once more, waiting at most until `until`.
    pub(crate) fn step(&mut self, terminal: &mut Terminal, until: Instant) -> Option<Answer> {
        if self.decided_meanwhile {
            let outcome = Box::new(Outcome::of(&self.attempt, terminal.language));
            return Some(Answer::Outcome { outcome, running: false });
        }
        if self.purpose == Purpose::OnlyAsking && terminal.watch.ask() {
            return Some(Answer::Stopped);
        }
        let mut conversation = Conversation::about(terminal, &self.link, &self.base_path);
        let Some(who) = &self.who else {
            let met = conversation.identify(self.expected_id());
            // A question that was broken off says nothing about the terminal.
            if met.is_err() && self.purpose == Purpose::OnlyAsking && terminal.watch.wished() {
                return Some(Answer::Stopped);
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

    fn met(&mut self, terminal: &mut Terminal, met: Result<Who, Error>) -> Option<Answer> {
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
        Some(Answer::Unreachable(error))
    }

    /// Whether the terminal knows nothing of it under this path. What another path adds to that must be more.
    fn says_nothing(&self, ending: &Ending) -> bool {
        let open = ending.verdict == Verdict::Unknown && !ending.running && ending.settlement.is_none();
        let unknown_here = matches!(ending.reason, Some(Code::StartUnanswered | Code::NotConfirmed));
        open && (unknown_here || self.nothing.is_some())
    }

    /// Turns to the next path, from the beginning. False when there is none, or no time.
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

    /// The same to its end.
    pub(crate) fn ask(mut self, terminal: &mut Terminal) -> Answer {
        loop {
            if let Some(answer) = self.step(terminal, Instant::now() + STEP) {
                return answer;
            }
        }
    }

    fn conclude(&self, terminal: &mut Terminal, mut ending: Ending, who: &Who) -> Answer {
        let running = ending.running && self.may_still_run;
        // What the terminal once approved is not lost because it says nothing now.
        if ending.verdict == Verdict::Unknown {
            ending.settlement = ending.settlement.or_else(|| self.attempt.settled.clone());
        }
        if self.attempt.was_refused() && ending.verdict == Verdict::Unknown && !ending.running {
            ending = self.refused_again();
        }
        let outcome = if self.is_news(&ending) {
            let flags = Flags {
                recovered: true,
                cancel_asked: self.follow.cancel_sent(),
                asked_again: ending.verdict == Verdict::NotStarted,
                ..self.attempt.flags()
            };
            self.contrary(ending).write_down(terminal, &self.attempt.intent, flags, who)
        } else {
            Outcome::of(&self.attempt, terminal.language)
        };
        Answer::Outcome { outcome: Box::new(outcome), running }
    }

    /// The terminal still knows nothing of a start that it refused: it stays refused, and is not asked about again.
    fn refused_again(&self) -> Ending {
        let before = self.attempt.decided.as_ref();
        Ending {
            verdict: Verdict::NotStarted,
            reason: before.and_then(|decided| decided.reason),
            words: before.map_or_else(String::new, |decided| decided.words.clone()),
            settlement: before.and_then(|decided| decided.settlement.clone()),
            running: false,
            seen_running: false,
        }
    }

    /// To know nothing, for the same reason as before or about what a person has decided, is not worth a line in the journal.
    fn is_news(&self, ending: &Ending) -> bool {
        // So soon after the start the terminal may still begin with it: it is asked about again later.
        if ending.verdict == Verdict::NotStarted && utc::now() - self.attempt.intent.time < REFUSAL_SETTLES {
            return false;
        }
        let before = self.attempt.decided.as_ref();
        let known = self.attempt.resolved.is_some() || before.is_some_and(|decided| decided.reason == ending.reason);
        ending.verdict != Verdict::Unknown || !known
    }

    /// A terminal that contradicts a person is believed, and says so.
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

/// Whether a person and the terminal agree that no money moved, each in their own words.
fn both_free(charged: bool, verdict: Verdict) -> bool {
    !charged && matches!(verdict, Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted)
}

/// Addresses move: an attempt belongs to the terminal with its id, wherever that is by now, and to the address it was started at where
/// nobody knows the id.
fn address_of(terminal: &Terminal, attempt: &Attempt) -> Address {
    let intent = &attempt.intent;
    let here = attempt.is_on(&terminal.lock_name(), terminal.met.facts.id.as_deref());
    if here || intent.host.is_empty() {
        terminal.address.clone()
    } else {
        Address { host: intent.host.clone(), port: intent.port }
    }
}
