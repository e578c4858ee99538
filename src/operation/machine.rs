//! The life cycle of an operation as a state machine that is stepped: look up, ask about earlier sales, write the intent, start, follow,
//! settle.

use std::time::{Duration, Instant};

use super::before;
use super::conversation::Conversation;
use super::decision::Decision;
use super::earlier::{Earlier, Learned};
use super::ending::Who;
use super::follow::{Follow, Purpose};
use super::intent;
use super::start::{self, Start, Started};
use crate::codes::{Code, PaymentEvent, Verdict};
use crate::error::Error;
use crate::journal::{Attempt, Flags, History, OperationLock};
use crate::outcome::Outcome;
use crate::patience::{EARLIER_SALES, LAG, STEP, hurried};
use crate::request::Request;
use crate::terminal::Terminal;
use crate::transport::Link;
use crate::utc;

/// How many later sales ask about an undecided sale that does not run; after that only recover does. A terminal that
/// has forgotten it would otherwise cost each customer seconds.
const ASKED_BY: usize = 3;

/// An operation without its terminal. Each step is given the terminal, always the same one.
#[derive(Debug)]
pub(crate) struct Machine {
    request: Request,
    link: Link,
    lock: Option<OperationLock>,
    stage: Stage,
    flags: Flags,
    /// Transactions that this call has asked about: each is asked once.
    asked: Vec<String>,
    asking_ends: Option<Instant>,
}

#[derive(Debug)]
enum Stage {
    LookUp,
    /// Asking about an attempt of the past.
    Earlier {
        earlier: Box<Earlier>,
        purpose: Purpose,
    },
    Start,
    Own {
        follow: Box<Follow>,
        who: Who,
    },
    Done(Option<Box<Result<Outcome, Error>>>),
}

impl Machine {
    pub(crate) fn begin(terminal: &mut Terminal, request: &Request) -> Result<Self, Error> {
        request.check()?;
        let journal = terminal.journal()?;
        journal.forget_expired(terminal.retention_days);
        // From here on a wish to cancel concerns this operation.
        terminal.watch.reset();
        // Fail fast; `intent::write` repeats this look-up under the append lock.
        let history = journal.read()?;
        let decision = before::look_up(&history, terminal, request, utc::now(), &[])?;
        let lock = journal
            .lock_terminal(&terminal.lock_name(), request.sale_id(), &mut || terminal.watch.ask())
            .map_err(|error| decision.warn_in(error))?;
        Ok(Self {
            request: request.clone(),
            link: terminal.link(),
            lock: Some(lock),
            stage: Stage::LookUp,
            flags: Flags::default(),
            asked: Vec::new(),
            asking_ends: None,
        })
    }

    /// Waits at most `wait` for the next thing to do, and does it. True when the operation is done.
    pub(crate) fn step(&mut self, terminal: &mut Terminal, wait: Duration) -> Result<bool, Error> {
        match std::mem::replace(&mut self.stage, Stage::Done(None)) {
            Stage::Done(outcome) => {
                self.stage = Stage::Done(outcome);
                return Err(Error::new(Code::Order, "the operation is done; call cgt_finish"));
            }
            Stage::LookUp => self.look_up(terminal),
            Stage::Earlier { earlier, purpose } => self.step_earlier(terminal, earlier, purpose, wait),
            Stage::Start => self.start(terminal),
            Stage::Own { follow, who } => self.step_own(terminal, follow, who, wait),
        }
        let Stage::Done(result) = &self.stage else { return Ok(false) };
        if let Some(Ok(outcome)) = result.as_deref() {
            terminal.note_handed_out(outcome);
        }
        self.lock = None;
        Ok(true)
    }

    /// The outcome of an operation that is done. The error is the code with which there is none: then nothing was sent.
    pub(crate) fn finish(&self) -> Result<Outcome, Error> {
        match &self.stage {
            Stage::Done(Some(result)) => (**result).clone(),
            Stage::Done(None) => Err(Error::new(Code::Internal, "the operation ended in an error; call cgt_recover")),
            Stage::LookUp | Stage::Earlier { .. } | Stage::Start | Stage::Own { .. } => {
                Err(Error::new(Code::Order, "the operation is not done; call cgt_step until it is"))
            }
        }
    }

    /// Ends an operation before its end: a sale that may be running is cancelled once and looked at for up to 10 s more.
    pub(crate) fn let_go(&mut self, terminal: &mut Terminal) {
        match &mut self.stage {
            Stage::Own { follow, .. } => follow.let_go(),
            Stage::LookUp | Stage::Earlier { .. } | Stage::Start => {
                self.done(Err(cancelled_early()));
            }
            Stage::Done(_) => {}
        }
        while matches!(self.stage, Stage::Own { .. }) {
            if self.step(terminal, STEP).is_err() {
                break;
            }
        }
        self.lock = None;
    }

    fn done(&mut self, result: Result<Outcome, Error>) {
        self.stage = Stage::Done(Some(Box::new(result)));
    }

    fn look_up(&mut self, terminal: &mut Terminal) {
        let result = terminal.history().and_then(|history| self.next_stage(terminal, &history));
        match result {
            Ok(stage) => self.stage = stage,
            Err(error) => self.done(Err(error)),
        }
    }

    fn next_stage(&mut self, terminal: &mut Terminal, history: &History) -> Result<Stage, Error> {
        let request = self.request.clone();
        match before::look_up(history, terminal, &request, utc::now(), &self.asked)? {
            Decision::Adopt(attempt) => {
                // Handed out from here, so it must be on disk.
                terminal.journal()?.read_from_disk()?;
                Ok(Stage::Done(Some(Box::new(Ok(adopted(terminal, attempt))))))
            }
            Decision::AskFirst(attempt) => {
                // Not shorter than a terminal's state may lag behind: else a charge is not seen, and made again.
                let until = Instant::now() + terminal.patience.max(2 * LAG);
                match self.ask_about(terminal, attempt, Purpose::SameSale, until) {
                    // Its terminal is in use elsewhere, so it cannot be asked: the decision of the person stands.
                    Err(error) if error.code() == Code::TerminalLocked && attempt.resolved.is_some() => {
                        self.asked.push(attempt.intent.transaction.clone());
                        Ok(Stage::LookUp)
                    }
                    asked => asked,
                }
            }
            Decision::Attempt { .. } => {
                let ends = *self.asking_ends.get_or_insert_with(|| Instant::now() + hurried(EARLIER_SALES));
                match self.other_to_ask(terminal, history, &request) {
                    Some(attempt) if Instant::now() < ends => {
                        self.ask_about(terminal, attempt, Purpose::OnlyAsking, ends)
                    }
                    Some(_) => {
                        self.flags.earlier_unresolved = true;
                        Ok(Stage::Start)
                    }
                    None => Ok(Stage::Start),
                }
            }
        }
    }

    /// Another sale that may still be running on this terminal: an undecided one, or one whose start was refused a
    /// moment ago.
    fn other_to_ask<'h>(&self, terminal: &Terminal, history: &'h History, request: &Request) -> Option<&'h Attempt> {
        let (name, id) = (terminal.lock_name(), terminal.met.facts.id.as_deref());
        let is_new = |attempt: &&Attempt| !self.asked.contains(&attempt.intent.transaction);
        let refused = history.refused_on(&name, id, utc::now()).find(is_new);
        let mut undecided = history.undecided_on(&name, id, request.sale_id());
        let may_ask = |attempt: &&Attempt| is_new(attempt) && history.begun_since(attempt) < ASKED_BY;
        let found = refused.or_else(|| undecided.find(may_ask)).map(|attempt| attempt.intent.transaction.clone());
        found.and_then(|transaction| history.find(&transaction))
    }

    fn ask_about(
        &mut self,
        terminal: &mut Terminal,
        attempt: &Attempt,
        purpose: Purpose,
        until: Instant,
    ) -> Result<Stage, Error> {
        let held = terminal.lock_name();
        let earlier = Earlier::about(terminal, attempt, purpose, until, Some(&held))?;
        self.asked.push(earlier.transaction().into());
        Ok(Stage::Earlier { earlier: Box::new(earlier), purpose })
    }

    fn step_earlier(&mut self, terminal: &mut Terminal, mut earlier: Box<Earlier>, purpose: Purpose, wait: Duration) {
        match earlier.step(terminal, Instant::now() + wait) {
            None => self.stage = Stage::Earlier { earlier, purpose },
            Some(Learned::Stopped) => self.done(Err(cancelled_early())),
            Some(Learned::Unreachable(error)) => self.earlier_is_unreachable(terminal, &earlier, purpose, &error),
            Some(Learned::Outcome { outcome, running }) => {
                let unknown = outcome.verdict() == Verdict::Unknown;
                if unknown && purpose == Purpose::SameSale {
                    self.done(Ok(*outcome));
                } else if unknown && running {
                    let sale = outcome.sale_id();
                    self.done(Err(Error::new(
                        Code::Unresolved,
                        format!("sale {sale} is still running on this terminal; finish it there first"),
                    )));
                } else {
                    self.flags.earlier_unresolved |= unknown && !self.is_about(terminal, &earlier);
                    self.stage = Stage::LookUp;
                }
            }
        }
    }

    /// The terminal cannot be asked. For the same sale that is the outcome. Another sale only sets a flag: if the
    /// terminal is off, the start fails by itself.
    fn earlier_is_unreachable(&mut self, terminal: &mut Terminal, earlier: &Earlier, purpose: Purpose, error: &Error) {
        // The decision of a person stands. If the terminal is off, the start fails by itself.
        if purpose == Purpose::OnlyAsking || earlier.is_decided() {
            self.flags.earlier_unresolved |= !self.is_about(terminal, earlier);
            // A terminal that is off is not asked about its other sales.
            self.asking_ends = Some(Instant::now());
            self.stage = Stage::LookUp;
            return;
        }
        let result = terminal.history().and_then(|history| {
            let attempt = history
                .find(earlier.transaction())
                .ok_or_else(|| Error::new(Code::Internal, "the journal lost an attempt"))?;
            Ok(Outcome::of(attempt, terminal.language).because(Code::ContactLost, error.message()))
        });
        self.done(result);
    }

    /// True if this attempt is the original of the request: what a reversal takes back is not in its way.
    fn is_about(&self, terminal: &Terminal, earlier: &Earlier) -> bool {
        self.request.original().is_some_and(|original| original.is(earlier.intent(), &terminal.register))
    }

    /// Writes the intent, then starts. Everything after the intent ends in an outcome.
    fn start(&mut self, terminal: &mut Terminal) {
        let mut intent = match intent::write(terminal, &self.request, &self.asked) {
            Ok(Some(intent)) => intent,
            // Another register was faster between the look-up and the append: the rules apply again.
            Ok(None) => {
                self.stage = Stage::LookUp;
                return;
            }
            Err(error) => return self.done(Err(error)),
        };
        terminal.tell_payment(PaymentEvent::IntentStored, &intent.sale, &intent.transaction);
        let patience = Instant::now() + terminal.patience;
        let mut conversation = Conversation::new(terminal, &self.link);
        let Start { who, started } = start::start(&mut conversation, &intent, &self.request);
        // The handle may learn another path later; this attempt keeps the path of its start.
        intent.path.clone_from(&conversation.base_path);
        match started {
            Started::Following { started } => {
                let seen = started.map(|when| (when, self.link.connections()));
                let follow = Follow::own(intent.clone(), seen, patience, terminal.poll_interval);
                self.stage = Stage::Own { follow: Box::new(follow), who };
                if started.is_some() {
                    terminal.tell_payment(PaymentEvent::Started, &intent.sale, &intent.transaction);
                }
            }
            Started::Ended(ending) => {
                let outcome = ending.write_down(terminal, &intent, self.flags, &who);
                Self::tell_end(terminal, &outcome);
                self.done(Ok(outcome));
            }
        }
    }

    fn step_own(&mut self, terminal: &mut Terminal, mut follow: Box<Follow>, who: Who, wait: Duration) {
        let path = follow.intent().path.clone();
        let mut conversation = Conversation::about(terminal, &self.link, &path);
        let Some(ending) = follow.step(&mut conversation, Instant::now() + wait) else {
            self.stage = Stage::Own { follow, who };
            return;
        };
        let flags = Flags { cancel_asked: follow.cancel_sent(), ..self.flags };
        let outcome = ending.write_down(terminal, follow.intent(), flags, &who);
        Self::tell_end(terminal, &outcome);
        self.done(Ok(outcome));
    }

    fn tell_end(terminal: &mut Terminal, outcome: &Outcome) {
        if outcome.verdict() == Verdict::Approved {
            terminal.tell_payment(PaymentEvent::Confirmed, outcome.sale_id(), outcome.transaction_id());
        }
        terminal.tell_payment(PaymentEvent::Ended, outcome.sale_id(), outcome.transaction_id());
    }
}

fn cancelled_early() -> Error {
    Error::new(Code::CancelledEarly, "the register cancelled before anything of this sale was sent")
}

fn adopted(terminal: &Terminal, attempt: &Attempt) -> Outcome {
    Outcome::of(attempt, terminal.language).flag(|flags| flags.adopted = true)
}
