//! What the Rust tests share. A library of its own, so that it is compiled once and not again in each test program.
//!
//! Shops and registers: [`register`], [`till`], [`again`], [`hurry`], [`forwarder`], [`by_hand`].
//! What is true: [`books`], [`journal_file`]. Registers that are killed: [`crash`].
//! What is generated and committed: [`committed`] and what writes each file.

pub mod abi;
pub mod again;
pub mod books;
pub mod by_hand;
pub mod chance;
pub mod committed;
pub mod compiler;
pub mod crash;
pub mod delphi_api;
pub mod errors_named;
pub mod errors_page;
pub mod figures;
pub mod folder;
pub mod forwarder;
pub mod header;
pub mod host;
pub mod hurry;
pub mod journal_file;
pub mod one_sale;
pub mod pascal;
pub mod python_abi;
pub mod register;
pub mod reliability_page;
pub mod rust_abi;
pub mod shared_library;
pub mod till;

use std::path::PathBuf;

/// The project's own folder.
pub fn project() -> PathBuf {
    let support = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    support.ancestors().nth(2).expect("this is PROJECT/tests/support").into()
}

/// The folder of the build, where tests leave what outlives them. The running program is `BUILD/<profile>/deps/<name>`.
pub fn build_folder() -> PathBuf {
    let program = std::env::current_exe().expect("a test has a path");
    program.ancestors().nth(3).expect("BUILD/<profile>/deps").into()
}
