//! What the operating system must be asked directly. Together with `ffi`, the only place with `unsafe`.

#[allow(unsafe_code)]
mod readiness;

pub(crate) use readiness::{readable, writable};
