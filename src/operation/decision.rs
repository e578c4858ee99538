//! What to do about a sale id, by what the journal knows of it.

use crate::codes::Kind;
use crate::error::Error;
use crate::journal::{Attempt, History};
use crate::patience::{ADOPTABLE, SURELY_THE_SAME};
use crate::utc;

/// What to do about a sale id.
#[derive(Debug)]
pub(super) enum Decision<'h> {
    /// Make a new attempt. Of a reversal or refund: with this original.
    Attempt { original: Option<&'h Attempt> },
    /// Ask the terminal about this undecided attempt, then apply the rules again.
    AskFirst(&'h Attempt),
    /// Give this outcome again: it is recent, and the register may not know it.
    Adopt(&'h Attempt),
}

impl Decision<'_> {
    /// Adds a warning to an error of a call that sends nothing: an earlier call for the same sale may have moved money.
    pub(super) fn warn_in(&self, error: Error) -> Error {
        let warning = match self {
            Self::Attempt { .. } => return error,
            Self::AskFirst(undecided) => {
                let (what, repeat) = name_and_ban(undecided);
                format!(
                    "{what} was begun before and is not decided: {repeat} until cgt_recover has told what became of it"
                )
            }
            Self::Adopt(done) => {
                let (what, repeat) = name_and_ban(done);
                format!("{what} is done already: {repeat}, and call again for its outcome")
            }
        };
        Error::new(error.code(), format!("{}; {warning}", error.message()))
    }
}

/// The name of the sale, and what must not be done with it.
fn name_and_ban(attempt: &Attempt) -> (String, &'static str) {
    let number = &attempt.intent.sale;
    match attempt.intent.named_kind() {
        Kind::Payment | Kind::PreauthCompletion | Kind::Moto => {
            (format!("sale {number}"), "do not charge it in another way")
        }
        Kind::Refund | Kind::Reversal | Kind::Closing | Kind::Preauth | Kind::PreauthCancel | Kind::Other => {
            (number.clone(), "do not make it in another way")
        }
    }
}

/// True if the register may not know of it: not acknowledged, and from the same shift as far as anybody can tell. Shops
/// that restart their numbers each day must not get yesterday's sale. With a negative age the clock was set back: then
/// it counts as too old.
pub(super) fn is_adoptable(history: &History, done: &Attempt, now: i64) -> bool {
    let then = done.intent.time;
    let age = now - then;
    let same_shift = (0..SURELY_THE_SAME).contains(&age) || utc::is_same_local_day(then, now);
    let is_recent = (0..ADOPTABLE).contains(&age) && same_shift;
    is_recent && !done.acknowledged && history.closing_after(done).is_none()
}
