//! Stories on the wire that need a build for tests (the feature `testing`): by the thousand, with limits that are divided so that nobody
//! waits, or with clocks that are wrong.
//!
//! `cargo test --features testing --test wire_hurried byte_cuts::` runs one room of them. All at once they take turns.

// `pub` says here what a file has for its neighbours.
#![allow(unreachable_pub)]

#[cfg(unix)]
mod byte_cuts;
mod clocks;
mod model;
mod operations;
mod personalities;
mod ways_out;
