//! The one error type: a code whose band says what to do, and a sentence that says what happened.

use std::fmt;

use crate::codes::{Code, Kind};

/// Why a call has no outcome: nothing was sent, or (band 9) something went wrong inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    code: Code,
    message: String,
    about: Box<About>,
}

/// What a sentence for the cashier names beside the code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum About {
    #[default]
    Nothing,
    /// The terminal at this address.
    Terminal(String),
    /// What was done under this number before, and when (seconds since 1970, UTC). The amount is a
    /// text such as 125.50 CZK; a closing has none.
    Done { kind: Kind, sale: String, paid: Option<(i64, String)>, time: i64, acknowledged: bool },
    /// Another register of the journal folder.
    Register(String),
}

impl Error {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), about: Box::default() }
    }

    pub(crate) fn naming(self, about: About) -> Self {
        Self { about: Box::new(about), ..self }
    }

    pub(crate) fn about(&self) -> &About {
        &self.about
    }

    /// What went wrong, banded by what the caller must do.
    pub fn code(&self) -> Code {
        self.code
    }

    /// One sentence that names the argument, path or address.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.message, self.code.c_name(), self.code.number())
    }
}

impl std::error::Error for Error {}
