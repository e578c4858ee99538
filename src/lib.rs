//! Card payments on Comgate touch-screen terminals over the local network, for existing cash registers.
//!
//! Unofficial, not affiliated with Comgate. The same core stands behind the C ABI (`include/comgate_terminal.h`) and its wrappers.
//!
//! ```no_run
//! use comgate_terminal::{Amount, Terminal, Verdict};
//!
//! # fn main() -> Result<(), comgate_terminal::Error> {
//! let mut terminal = Terminal::new("192.168.1.105")?;
//! terminal.set_journal_dir("/var/lib/till/journal")?;
//! let outcome = terminal.pay("2026-11-23/1/42", Amount::parse(12550, "CZK")?)?;
//! match outcome.verdict() {
//!     Verdict::Approved => terminal.acknowledge("2026-11-23/1/42")?, // once the till has stored it
//!     Verdict::Unknown => println!("do not charge again: {}", outcome.advice_text()),
//!     Verdict::Declined | Verdict::Cancelled | Verdict::NotStarted => println!("not paid"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Money first: `Ok` says that there is an outcome, never that money moved. Only [`Verdict::Approved`] is paid, and
//! [`Verdict::Unknown`] is neither paid nor unpaid: [`Terminal::recover`] finds out.

// A till must not die on our account: nothing here may panic on purpose.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]
#![deny(unsafe_code)]

#[doc(hidden)]
pub mod codes;
mod error;
mod ids;
mod journal;
mod log;
mod mask;
mod money;
mod operation;
mod os;
mod outcome;
mod patience;
mod protocol;
mod questions;
mod receipt;
mod recovery;
mod request;
mod response_code;
mod rows;
mod sale;
mod scheme;
mod signature;
mod terminal;
mod testing;
mod transport;
mod utc;
mod verdict;

#[allow(unsafe_code)]
mod ffi;
#[cfg(feature = "testing")]
#[doc(hidden)]
pub mod internals;

pub use codes::{
    Advice, Code, CodeMeaning, Encoding, Kind, OutcomeField, PaymentEvent, Phase, ReceiptCopy, TerminalField, Verdict,
};
pub use error::Error;
pub use money::{Amount, Currency};
pub use operation::Operation;
pub use outcome::Outcome;
pub use receipt::ReceiptForm;
pub use recovery::Delivery;
pub use request::Request;
pub use terminal::{ApiVersion, Canceller, OnCancel, OnPayment, OnStatus, Terminal, TerminalFacts};
