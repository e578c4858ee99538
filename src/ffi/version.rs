//! Version numbers and texts of codes: functions that need no handle.

use std::ffi::c_char;

use super::args::{self, TextOut};
use super::guard::guard;
use crate::codes::Code;
use crate::error::Error;

/// The number of this C ABI. A wrapper compares it before anything else and refuses a library that answers another number.
pub const CGT_ABI_VERSION: i32 = 1;

/// The number of the C ABI this library speaks: CGT_ABI_VERSION of the header it was built with.
/// This is the one function whose answer is not a code. It cannot fail.
#[unsafe(no_mangle)]
pub extern "C" fn cgt_abi_version() -> i32 {
    CGT_ABI_VERSION
}

/// Writes the version of the library, such as "0.1.0", into buf.
///
/// Errors: CGT_E_BUFFER.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_version_text(buf: *mut c_char, cap: i32, need: *mut i32) -> i32 {
    guard(|| unsafe { TextOut::new(buf, cap, need) }?.write(env!("CARGO_PKG_VERSION")))
}

/// Writes what a code means and what to do about it, in English, into buf. Works for every CGT_E_ code.
///
/// Errors: CGT_E_BUFFER; CGT_E_RANGE for a number that is no code of this version.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_error_text(code: i32, buf: *mut c_char, cap: i32, need: *mut i32) -> i32 {
    guard(|| {
        let out = unsafe { TextOut::new(buf, cap, need) }?;
        let known = Code::from_number(code)
            .ok_or_else(|| Error::new(Code::Range, format!("code: {code} is no code of this version")))?;
        out.write(&format!("{} {}", known.meaning(), known.detail()))
    })
}

/// Asks for what happens inside to be told to a callback, for support: requests, replies (masked), decisions.
///
/// One callback for the whole process; it runs on whatever thread is inside the library, on several at the same time where several are.
/// Setting another does not wait: a thread that is inside already may still call the one before, so keep cb and user for the life of the
/// process. Neither the secureString nor a card number is
/// ever told. Do not call into the library from it. level: 1 problems, 2 decisions, 3 every exchange with the terminal.
/// cb NULL turns it off again; the level may be 0 then.
///
/// Errors: CGT_E_RANGE (nothing is changed).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_log_set(cb: super::callbacks::cgt_log_cb, user: *mut std::ffi::c_void, level: i32) -> i32 {
    guard(|| {
        let level = args::number("level", level, i32::from(cb.is_some()), 3)?;
        super::callbacks::set_log(cb, user, level);
        Ok(())
    })
}
