//! What was learned of the terminal. With another address, port or version it may be another terminal: then all of it
//! is forgotten at once.

use super::TerminalFacts;
use crate::protocol::Endpoint;

/// What was learned of a terminal since it was first met.
#[derive(Clone, Debug, Default)]
pub(crate) struct Met {
    /// The path under which it was last met.
    pub(crate) path: Option<String>,
    /// What it said about itself.
    pub(crate) facts: TerminalFacts,
    /// `terminal` was answered without a refusal, so the secret needs no further test.
    pub(crate) secret_tested: bool,
    /// A request with the secret was answered with a success.
    pub(crate) secret_accepted: bool,
    /// Functions that it has said it does not have.
    pub(crate) without: Vec<Endpoint>,
}
