//! What to tell the cashier where a call has no outcome.

use std::ffi::c_char;

use super::args::{self, TextOut};
use super::guard::{Handle, failure_of_thread, guard, guard_detail, language_of_thread};
use super::handles::{TERMINALS, cgt_terminal};
use crate::codes::Code;
use crate::error::Error;
use crate::outcome::{Language, advice_of_code, advice_without_outcome};

/// Writes into buf what to tell the cashier about the last failed call on this terminal: what happened and what to do now. For calls that
/// ended in an outcome there is CGT_F_ADVICE_TEXT.
///
/// With t NULL: about the last failed call of this thread. language: "cs", "sk" or "en"; NULL is the language of the terminal
/// (cgt_terminal_set_language), with t NULL of the one that this thread used last ("cs" where it has used none). Empty when no call has
/// failed. May be called at any time, also from a callback. It is about any call, also one after an approval; only the verdict says
/// whether something is paid.
///
/// Errors: CGT_E_BUFFER, CGT_E_NULL (buf), CGT_E_HANDLE, CGT_E_TEXT for another language. They do not replace what is told.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_last_advice(
    t: *mut cgt_terminal,
    language: *const c_char,
    buf: *mut c_char,
    cap: i32,
    need: *mut i32,
) -> i32 {
    unsafe { args::preset_text(buf, cap, need) };
    guard_detail(|| {
        let out = unsafe { TextOut::new(buf, cap, need) }?;
        let asked = unsafe { language_or_null(language) }?;
        if t.is_null() {
            let failed = failure_of_thread();
            return out.write(&advice_without_outcome(failed.as_ref(), asked.unwrap_or_else(language_of_thread)));
        }
        let slot = TERMINALS.get(t)?;
        out.write(&advice_without_outcome(slot.failure().as_ref(), asked.unwrap_or_else(|| slot.language())))
    })
}

/// Writes into buf what to tell the cashier about a CGT_E_ code, in the words that fit any call: for a program that keeps only the code.
/// cgt_last_advice says more, such as the address or what was paid before. language: "cs", "sk" or "en"; NULL is that of
/// the terminal that this thread used last ("cs" where it has used none).
///
/// Errors: CGT_E_BUFFER, CGT_E_NULL (buf), CGT_E_TEXT for another language, CGT_E_RANGE for a number that is no code of this version.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_error_advice(
    code: i32,
    language: *const c_char,
    buf: *mut c_char,
    cap: i32,
    need: *mut i32,
) -> i32 {
    unsafe { args::preset_text(buf, cap, need) };
    guard(|| {
        let out = unsafe { TextOut::new(buf, cap, need) }?;
        let asked = unsafe { language_or_null(language) }?;
        let known = Code::from_number(code)
            .ok_or_else(|| Error::new(Code::Range, format!("code: {code} is no code of this version")))?;
        out.write(&advice_of_code(known, asked.unwrap_or_else(language_of_thread)))
    })
}

/// # Safety
/// As for [`args::text`].
unsafe fn language_or_null(language: *const c_char) -> Result<Option<Language>, Error> {
    // SAFETY: the caller's promise, passed on.
    unsafe { args::text_or_null("language", language, 8) }?.map(Language::parse).transpose()
}
