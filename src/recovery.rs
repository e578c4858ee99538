//! After a crash, a power cut or a verdict of UNKNOWN: what became of the sales that are not settled between terminal and register.

use std::collections::HashSet;
use std::time::Instant;

use crate::codes::{Phase, Verdict};
use crate::error::Error;
use crate::journal::{Attempt, Flags, OperationLock, State};
use crate::log;
use crate::operation::{Conversation, Follow};
use crate::outcome::Outcome;
use crate::terminal::Terminal;
use crate::transport::{Address, Link};

/// What the register did with an outcome it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It is stored: a decided sale leaves the list.
    Stored,
    /// It is told again next time.
    Kept,
}

/// Asks about every undecided sale until `deadline`, then tells every sale that is open.
pub(crate) fn recover(
    terminal: &mut Terminal,
    deadline: Instant,
    each: &mut dyn FnMut(&Outcome) -> Delivery,
) -> Result<(), Error> {
    terminal.watch.reset();
    let history = terminal.history()?;
    let mut unreachable = HashSet::new();
    let mut in_flight = HashSet::new();
    let mut decided_now = HashSet::new();
    let register = terminal.register.clone();
    for attempt in history.of_register(&register).filter(|attempt| attempt.state() == State::Undecided) {
        if unreachable.contains(&attempt.intent.terminal) || Instant::now() >= deadline {
            continue;
        }
        match ask(terminal, attempt, deadline)? {
            Asked::Decided => drop(decided_now.insert(attempt.intent.transaction.clone())),
            Asked::StillOpen => {}
            Asked::Unreachable => drop(unreachable.insert(attempt.intent.terminal.clone())),
            Asked::InFlight => drop(in_flight.insert(attempt.intent.transaction.clone())),
        }
    }
    tell(terminal, &in_flight, &decided_now, each)
}

enum Asked {
    Decided,
    StillOpen,
    /// The terminal is off: asking about its other sales would only cost time.
    Unreachable,
    /// Another handle or program is busy with this terminal, and this may be its sale.
    InFlight,
}

fn ask(terminal: &mut Terminal, attempt: &Attempt, deadline: Instant) -> Result<Asked, Error> {
    let intent = &attempt.intent;
    let Ok(_lock) = OperationLock::acquire(terminal.journal()?.folder(), &intent.terminal, &intent.sale) else {
        return Ok(Asked::InFlight);
    };
    terminal.tell_status(Phase::ResolvingEarlier, &intent.sale);
    let link = link_to(terminal, attempt);
    let mut conversation = Conversation::new(terminal, &link);
    if let Err(error) = conversation.identify() {
        log::problem(&format!("sale {} could not be asked about: {error}", intent.sale));
        return Ok(Asked::Unreachable);
    }
    let poll_interval = conversation.terminal.poll_interval;
    let mut follow = Follow::earlier(attempt, deadline, poll_interval);
    let ending = loop {
        if let Some(ending) = follow.step(&mut conversation, deadline) {
            break ending;
        }
    };
    let before = attempt.decided.as_ref();
    let unchanged = ending.verdict == Verdict::Unknown && before.is_some_and(|decided| decided.reason == ending.reason);
    let mut verdict = ending.verdict;
    if !unchanged {
        let flags = Flags { recovered: true, cancel_asked: follow.cancel_sent(), ..attempt.flags() };
        verdict = ending.write_down(terminal, intent, flags).verdict();
    }
    Ok(if verdict == Verdict::Unknown { Asked::StillOpen } else { Asked::Decided })
}

/// A terminal may have another address by now: the one this handle knows, where it is the same terminal.
fn link_to(terminal: &Terminal, attempt: &Attempt) -> Link {
    if attempt.intent.terminal == terminal.lock_name() {
        return terminal.link();
    }
    let address = Address { host: attempt.intent.host.clone(), port: attempt.intent.port };
    Link::new(&address, terminal.limits)
}

/// Tells what is open, newest first, and once what this call has found to have ended without a charge. Of several attempts at one sale
/// each open one is told: two charges must not hide behind one sale id.
fn tell(
    terminal: &mut Terminal,
    in_flight: &HashSet<String>,
    decided_now: &HashSet<String>,
    each: &mut dyn FnMut(&Outcome) -> Delivery,
) -> Result<(), Error> {
    let register = terminal.register.clone();
    let history = terminal.history()?;
    let to_tell = |attempt: &&Attempt| {
        let transaction = &attempt.intent.transaction;
        (attempt.is_open() || decided_now.contains(transaction)) && !in_flight.contains(transaction)
    };
    for attempt in history.of_register(&register).filter(to_tell) {
        let outcome = Outcome::of(attempt, terminal.language);
        if each(&outcome) == Delivery::Stored && attempt.state() == State::Charged {
            terminal.acknowledge_attempt(&attempt.intent.transaction)?;
        }
    }
    Ok(())
}
