//! What the standard library does not offer: the one place outside the C ABI that may be `unsafe`.
#![allow(unsafe_code)]

mod drive;
mod folder;
#[cfg(feature = "testing")]
mod kill;
mod local_time;
mod readiness;

pub(crate) use drive::{Drive, drive_of};
pub(crate) use folder::make_shared_folder;
#[cfg(feature = "testing")]
pub(crate) use kill::kill_this_process;
pub(crate) use local_time::{LocalTime, local_time};
pub(crate) use readiness::{readable, writable};
