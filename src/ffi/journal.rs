//! The journal itself, where it is not what it was.

use std::ffi::c_char;

use super::args;
use super::handles::{cgt_terminal, with_terminal};

/// Goes on with a journal that has vanished, or is an older copy, and cannot be put back.
///
/// Such a journal is noticed, and whatever would move money is refused with CGT_E_JOURNAL: a sale that is missing in it could be charged twice.
/// The right remedy is to put the file back. Where it is lost, a person first looks at the terminal's history, decides what became of
/// the sales since, and says so in note (1 to 200 bytes), which is kept in the journal. Where nothing is missing nothing is done.
///
/// Errors: CGT_E_JOURNAL, CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_journal_accept_loss(t: *mut cgt_terminal, note: *const c_char) -> i32 {
    with_terminal(t, |terminal| terminal.accept_journal_loss(unsafe { args::text("note", note, 200) }?))
}
