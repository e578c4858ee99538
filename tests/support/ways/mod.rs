//! Every state of the journal × every fate of the terminal, each walked to its end.

#![allow(unreachable_pub)]

pub mod fate;
pub mod page;
mod raw;
pub mod state;
pub mod walk;
