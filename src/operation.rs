//! One operation on a terminal, from the look-up in the journal to its verdict.

// New evidence must not compile until somebody has decided what it proves.
#![deny(clippy::wildcard_enum_match_arm)]

mod approve;
mod before;
mod companies;
mod confirm;
mod conversation;
mod decision;
mod earlier;
mod ending;
mod evidence;
mod exchange;
mod follow;
mod intent;
mod known;
mod lists;
mod machine;
mod meeting;
mod originals;
mod pace;
mod preauths;
mod refused;
mod settle;
mod standing;
mod start;
mod telling;
mod traces;

use std::time::Duration;

pub(crate) use conversation::Conversation;
pub(crate) use earlier::{Earlier, Learned};
pub(crate) use follow::Purpose;
pub(crate) use machine::Machine;

use crate::error::Error;
use crate::outcome::Outcome;
use crate::request::Request;
use crate::terminal::Terminal;

/// One operation under way. It borrows its terminal until it ends: step it until it is done, then finish it. If it is
/// dropped earlier, recover finds its attempt.
#[derive(Debug)]
pub struct Operation<'t> {
    terminal: &'t mut Terminal,
    machine: Machine,
}

impl<'t> Operation<'t> {
    pub(crate) fn begin(terminal: &'t mut Terminal, request: &Request) -> Result<Self, Error> {
        let machine = Machine::begin(terminal, request)?;
        Ok(Self { terminal, machine })
    }

    /// Waits at most `wait` for the next thing to do, and does it. True when the operation is done.
    pub fn step(&mut self, wait: Duration) -> Result<bool, Error> {
        self.machine.step(self.terminal, wait)
    }

    /// The outcome of an operation that is done. The error is the code with which there is none: then nothing was sent.
    pub fn finish(&self) -> Result<Outcome, Error> {
        self.machine.finish()
    }

    /// Ends an operation before its end: a sale that may be running is cancelled once and looked at for up to 10 s more.
    pub fn let_go(&mut self) {
        self.machine.let_go(self.terminal);
    }
}
