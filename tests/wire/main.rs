//! Stories on the wire: a register, through the C ABI, against a terminal in software. One program, because each program is linked anew.
//!
//! `cargo test --test wire` runs them all, `cargo test --test wire journal::` one room of them.

mod bad_folders;
mod cancel;
mod evidence;
mod exchange;
mod identity;
mod journal;
mod network;
mod operations;
mod several;
mod versions;
