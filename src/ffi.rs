//! The C ABI, one file per noun. No logic: guard, arguments, one call into safe Rust, one translation.
//!
//! What every `unsafe` here relies on is rule for the caller in the header: a text has a final NUL, a buffer has the room it says, a place
//! to write to is writable, and all of them stay so for the length of the call. Handles are never dereferenced.
#![allow(clippy::missing_safety_doc, clippy::undocumented_unsafe_blocks)]
// The functions are public to C, not to Rust; cbindgen wants them and their types to say so.
#![allow(unreachable_pub, non_camel_case_types)]

mod advice;
mod args;
mod callbacks;
mod guard;
mod handles;
mod journal;
mod operation;
mod outcome;
mod pay;
mod preauth;
mod receipt;
mod recover;
mod request;
mod rows;
mod sale;
mod terminal;
mod version;
