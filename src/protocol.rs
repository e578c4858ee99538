//! The terminal's language: paths, requests, lenient replies. Knows no network and no disk.
//!
//! The current protocol document is not public. What stands here comes from Comgate's public pages ("doc"), from an older edition of the
//! document ("1.5", April 2022) and from public clients ("client"); none is proof of what a terminal in a shop does, so the code is safe
//! whichever way it turns out to behave.

// New evidence must not compile until somebody has decided what it proves.
#![deny(clippy::wildcard_enum_match_arm)]

mod body;
mod ids;
mod lenient;
mod path;
mod reply;
mod request;
mod result;

pub(crate) use path::{BasePath, Endpoint};
pub(crate) use reply::{ConfirmReply, InfoReply, Reply, StartReply, StatusReply, TerminalReply};
pub(crate) use request::{FINAL_AMOUNT, SECURE_STRING, START_FIELDS, Start, about, confirm, free_form, list, terminal};
#[cfg(test)]
pub(crate) use result::BatchTotals;
pub(crate) use result::{ListReply, ResultReply, Settlement};
