//! What to do about a number that a register names, once the journal was asked.

use crate::codes::Kind;
use crate::error::Error;
use crate::journal::{Attempt, History};
use crate::patience::{ADOPTABLE, SURELY_THE_SAME};
use crate::utc;

/// What to do about a number.
#[derive(Debug)]
pub(super) enum Decision<'h> {
    /// A new attempt; of a reversal or refund, the attempt at its original.
    Attempt { original: Option<&'h Attempt> },
    /// An attempt is undecided: the terminal is asked about it first, then these rules apply again.
    AskFirst(&'h Attempt),
    /// It is done since just now and the register may not know: the first outcome is handed out.
    Adopt(&'h Attempt),
}

impl Decision<'_> {
    /// This call sends nothing, but an earlier one for the same number may have moved money: whoever reads the error must not believe that
    /// nothing of the sale was sent.
    pub(super) fn keep_in_mind(&self, error: Error) -> Error {
        let words = match self {
            Self::Attempt { .. } => return error,
            Self::AskFirst(open) => {
                let (what, repeat) = in_words(open);
                format!(
                    "{what} was begun before and is not decided: {repeat} until cgt_recover has told what became of it"
                )
            }
            Self::Adopt(done) => {
                let (what, repeat) = in_words(done);
                format!("{what} is done already: {repeat}, and call again for its outcome")
            }
        };
        Error::new(error.code(), format!("{}; {words}", error.message()))
    }
}

/// What it is, and what nobody must do about it.
fn in_words(attempt: &Attempt) -> (String, &'static str) {
    let number = &attempt.intent.sale;
    if attempt.intent.kind == Kind::Payment {
        (format!("sale {number}"), "do not charge it in another way")
    } else {
        (number.clone(), "do not make it in another way")
    }
}

/// Whether the register may not know of it: not acknowledged, and of the same shift as far as anybody can tell. A shop that starts its numbers
/// again each day must not be handed yesterday's sale. A negative age is a clock that was set back: too old, because nobody knows how old.
pub(super) fn is_adoptable(history: &History, done: &Attempt, now: i64) -> bool {
    let then = done.intent.time;
    let age = now - then;
    let same_shift = (0..SURELY_THE_SAME).contains(&age) || utc::is_same_local_day(then, now);
    let is_recent = (0..ADOPTABLE).contains(&age) && same_shift;
    is_recent && !done.acknowledged && history.closing_after(done).is_none()
}
