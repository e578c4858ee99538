//! The one error type: a code whose band says what to do, and a sentence that says what happened.

use std::fmt;

use crate::codes::Code;

/// Why a call has no outcome: nothing was sent, or (band 9) something went wrong inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    code: Code,
    message: String,
}

impl Error {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
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
