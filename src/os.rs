//! What the standard library does not offer: the one place outside the C ABI that may be `unsafe`.
#![allow(unsafe_code)]

mod drive;
mod folder;
#[cfg(feature = "testing")]
mod kill;
mod local_day;
mod readiness;

pub(crate) use drive::{Drive, drive_of};
pub(crate) use folder::make_shared_folder;
#[cfg(feature = "testing")]
pub(crate) use kill::kill_this_process;
pub(crate) use local_day::local_day;
pub(crate) use readiness::{readable, writable};
