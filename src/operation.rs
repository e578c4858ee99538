//! The life cycle of an operation as a state machine that is stepped: look up, ask about earlier sales, write the intent, start, follow,
//! settle. The blocking form is a loop over it.

mod before;
mod conversation;
mod ending;
mod follow;
mod pace;
mod settle;
mod start;

use std::time::{Duration, Instant};

pub(crate) use conversation::Conversation;
pub(crate) use follow::Follow;

use crate::codes::{Code, PaymentEvent, Phase};
use crate::error::Error;
use crate::journal::{Attempt, Flags, History, Intent, OperationLock, Record};
use crate::outcome::Outcome;
use crate::request::Request;
use crate::terminal::Terminal;
use crate::testing::patience;
use crate::transport::{Address, Link};
use crate::{ids, utc};
use before::Decision;
use start::Started;

/// How long other undecided sales on the terminal are asked about before a new sale goes on without an answer.
const EARLIER_BUDGET: Duration = Duration::from_secs(10);

/// One operation under way. Step it until it is done, then finish it; what is dropped before that is found again by recover.
#[derive(Debug)]
pub struct Operation {
    terminal: u64,
    request: Request,
    link: Link,
    lock: Option<OperationLock>,
    stage: Stage,
    flags: Flags,
    /// Other sales that were asked about, so that each is asked once.
    asked: Vec<String>,
    asking_ends: Option<Instant>,
}

#[derive(Debug)]
enum Stage {
    LookUp,
    Earlier(Box<Earlier>),
    Start,
    Own(Box<Follow>),
    Done(Option<Box<Result<Outcome, Error>>>),
}

/// An attempt of the past that must be asked about first.
#[derive(Debug)]
struct Earlier {
    follow: Follow,
    link: Link,
    identified: bool,
    same_sale: bool,
    /// When the earlier sale is on another terminal, that one is locked too.
    _lock: Option<OperationLock>,
}

impl Operation {
    pub(crate) fn begin(terminal: &mut Terminal, request: &Request) -> Result<Self, Error> {
        request.amount()?;
        let journal = terminal.journal()?;
        let lock = OperationLock::acquire(journal.folder(), &terminal.lock_name(), request.sale_id())?;
        before::look_up(&journal.read()?, &terminal.register, request, utc::now())?;
        terminal.watch.reset();
        Ok(Self {
            terminal: terminal.serial,
            request: request.clone(),
            link: terminal.link(),
            lock: Some(lock),
            stage: Stage::LookUp,
            flags: Flags::default(),
            asked: Vec::new(),
            asking_ends: None,
        })
    }

    /// Waits at most `wait` for the next thing to do, then does at most one exchange. True when the operation is done.
    pub fn step(&mut self, terminal: &mut Terminal, wait: Duration) -> Result<bool, Error> {
        if terminal.serial != self.terminal {
            return Err(Error::new(Code::Handle, "this operation belongs to another terminal handle"));
        }
        match std::mem::replace(&mut self.stage, Stage::Done(None)) {
            Stage::Done(outcome) => {
                self.stage = Stage::Done(outcome);
                return Err(Error::new(Code::Order, "the operation is done; call cgt_finish"));
            }
            Stage::LookUp => self.look_up(terminal),
            Stage::Earlier(earlier) => self.step_earlier(terminal, *earlier, wait),
            Stage::Start => self.start(terminal),
            Stage::Own(follow) => self.step_own(terminal, *follow, wait),
        }
        let done = matches!(self.stage, Stage::Done(_));
        if done {
            self.lock = None;
        }
        Ok(done)
    }

    /// The outcome of an operation that is done. The error is the code with which there is none: then nothing was sent.
    pub fn finish(&mut self) -> Result<Outcome, Error> {
        match &self.stage {
            Stage::Done(Some(result)) => (**result).clone(),
            Stage::Done(None) => Err(Error::new(Code::Internal, "the operation ended in an error; call cgt_recover")),
            Stage::LookUp | Stage::Earlier(_) | Stage::Start | Stage::Own(_) => {
                Err(Error::new(Code::Order, "the operation is not done; call cgt_step until it is"))
            }
        }
    }

    /// Ends an operation before its end: a sale that may be running is cancelled once and looked at for up to 10 s more.
    pub fn let_go(&mut self, terminal: &mut Terminal) {
        match &mut self.stage {
            Stage::Own(follow) => follow.let_go(),
            Stage::LookUp | Stage::Earlier(_) | Stage::Start => {
                self.done(Err(Error::new(Code::CancelledEarly, "the register let go before anything was sent")));
            }
            Stage::Done(_) => {}
        }
        while matches!(self.stage, Stage::Own(_)) {
            if self.step(terminal, Duration::from_secs(1)).is_err() {
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
        match before::look_up(history, &terminal.register, &request, utc::now())? {
            Decision::Adopt(attempt) => Ok(Stage::Done(Some(Box::new(Ok(adopted(terminal, attempt)))))),
            Decision::AskFirst(attempt) => {
                let patience = Instant::now() + terminal.patience;
                Ok(Stage::Earlier(Box::new(self.ask_about(terminal, attempt, true, patience)?)))
            }
            Decision::Attempt => {
                let ends = *self.asking_ends.get_or_insert_with(|| Instant::now() + patience(EARLIER_BUDGET));
                let name = terminal.lock_name();
                let mut others = history.undecided_on(&name, request.sale_id());
                match others.find(|attempt| !self.asked.contains(&attempt.intent.transaction)) {
                    Some(attempt) if Instant::now() < ends => {
                        Ok(Stage::Earlier(Box::new(self.ask_about(terminal, attempt, false, ends)?)))
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

    fn ask_about(
        &mut self,
        terminal: &mut Terminal,
        attempt: &Attempt,
        same_sale: bool,
        patience: Instant,
    ) -> Result<Earlier, Error> {
        let intent = attempt.intent.clone();
        let elsewhere = intent.terminal != terminal.lock_name();
        let (link, lock) = if elsewhere {
            let address = Address { host: intent.host.clone(), port: intent.port };
            let lock = OperationLock::acquire(terminal.journal()?.folder(), &intent.terminal, &intent.sale)?;
            (Link::new(&address, terminal.limits), Some(lock))
        } else {
            (terminal.link(), None)
        };
        self.asked.push(intent.transaction);
        terminal.tell_status(Phase::ResolvingEarlier, &intent.sale);
        let follow = Follow::earlier(attempt, patience, terminal.poll_interval);
        Ok(Earlier { follow, link, identified: elsewhere, same_sale, _lock: lock })
    }

    fn step_earlier(&mut self, terminal: &mut Terminal, mut earlier: Earlier, wait: Duration) {
        let mut conversation = Conversation::new(terminal, &earlier.link);
        if !earlier.identified {
            earlier.identified = true;
            if let Err(error) = conversation.identify() {
                return self.earlier_is_open(terminal, &earlier, &error);
            }
        }
        let Some(ending) = earlier.follow.step(&mut conversation, Instant::now() + wait) else {
            self.stage = Stage::Earlier(Box::new(earlier));
            return;
        };
        let (running, verdict) = (ending.running, ending.verdict);
        let flags = Flags { recovered: true, cancel_asked: earlier.follow.cancel_sent(), ..Flags::default() };
        let outcome = ending.write_down(terminal, earlier.follow.intent(), flags);
        let unknown = verdict == crate::codes::Verdict::Unknown;
        if unknown && earlier.same_sale {
            self.done(Ok(outcome));
        } else if unknown && running {
            let sale = outcome.sale_id();
            self.done(Err(Error::new(
                Code::Unresolved,
                format!("sale {sale} is still running on this terminal; finish it there first"),
            )));
        } else {
            self.flags.earlier_unresolved |= unknown;
            self.stage = Stage::LookUp;
        }
    }

    /// The terminal cannot be asked. For the same sale that is its outcome; another sale is only flagged, and the start meets the trouble itself.
    fn earlier_is_open(&mut self, terminal: &mut Terminal, earlier: &Earlier, error: &Error) {
        self.flags.earlier_unresolved = true;
        if !earlier.same_sale {
            // A terminal that is off is not asked about each of its sales.
            self.asking_ends = Some(Instant::now());
            self.stage = Stage::LookUp;
            return;
        }
        let result = terminal.history().and_then(|history| {
            let transaction = &earlier.follow.intent().transaction;
            let attempt =
                history.find(transaction).ok_or_else(|| Error::new(Code::Internal, "the journal lost an attempt"))?;
            Ok(Outcome::of(attempt, terminal.language).because(Code::ContactLost, error.message()))
        });
        self.done(result);
    }

    /// Writes the intent, then starts. Everything after the intent ends in an outcome.
    fn start(&mut self, terminal: &mut Terminal) {
        let intent = match self.write_intent(terminal) {
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
        match start::start(&mut conversation, &intent, &self.request) {
            Started::Following { seen } => {
                let follow = Follow::own(intent.clone(), seen, patience, terminal.poll_interval);
                self.stage = Stage::Own(Box::new(follow));
                if seen {
                    terminal.tell_payment(PaymentEvent::Started, &intent.sale, &intent.transaction);
                }
            }
            Started::Ended(ending) => {
                let outcome = ending.write_down(terminal, &intent, self.flags);
                Self::tell_end(terminal, &outcome);
                self.done(Ok(outcome));
            }
        }
    }

    fn write_intent(&self, terminal: &mut Terminal) -> Result<Option<Intent>, Error> {
        let amount = self.request.amount()?;
        let intent = Intent {
            sale: self.request.sale_id().into(),
            transaction: ids::fresh()?,
            kind: self.request.kind(),
            amount: amount.minor(),
            currency: amount.currency().alpha().into(),
            invoice: self.request.invoice_number().map(Into::into),
            time: utc::now(),
            host: terminal.address.host.clone(),
            port: terminal.address.port,
            path: terminal.api_version.base_path().to_string(),
            terminal: terminal.lock_name(),
            register: terminal.register.clone(),
            cashier: terminal.cashier.clone(),
        };
        let mut changed = false;
        let written = terminal.journal()?.append_if(|history| {
            match before::look_up(history, &terminal.register, &self.request, intent.time)? {
                Decision::Attempt => Ok(Record::Intent(intent.clone())),
                Decision::AskFirst(_) | Decision::Adopt(_) => {
                    changed = true;
                    Err(Error::new(Code::Internal, "the journal has changed"))
                }
            }
        });
        match written {
            Ok(()) => Ok(Some(intent)),
            Err(_) if changed => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn step_own(&mut self, terminal: &mut Terminal, mut follow: Follow, wait: Duration) {
        let mut conversation = Conversation::new(terminal, &self.link);
        let Some(ending) = follow.step(&mut conversation, Instant::now() + wait) else {
            self.stage = Stage::Own(Box::new(follow));
            return;
        };
        let flags = Flags { cancel_asked: follow.cancel_sent(), ..self.flags };
        let outcome = ending.write_down(terminal, follow.intent(), flags);
        Self::tell_end(terminal, &outcome);
        self.done(Ok(outcome));
    }

    fn tell_end(terminal: &mut Terminal, outcome: &Outcome) {
        if outcome.verdict() == crate::codes::Verdict::Approved {
            terminal.tell_payment(PaymentEvent::Confirmed, outcome.sale_id(), outcome.transaction_id());
        }
        terminal.tell_payment(PaymentEvent::Ended, outcome.sale_id(), outcome.transaction_id());
    }
}

fn adopted(terminal: &Terminal, attempt: &Attempt) -> Outcome {
    Outcome::of(attempt, terminal.language).flag(|flags| flags.adopted = true)
}
