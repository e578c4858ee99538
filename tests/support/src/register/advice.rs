//! What a register can ask about calls that have no outcome.

use std::ffi::{CString, c_char};
use std::ptr::null_mut;

use comgate_terminal::Code;

use super::outcome::read;
use super::{Register, c};
use crate::abi::{cgt_error_advice, cgt_last_advice, cgt_terminal};

impl Register {
    /// What the cashier is told about the last call that failed; None is the register's own language.
    pub fn last_advice(&self, language: Option<&str>) -> String {
        last_advice(self.handle, language)
    }

    /// The code that asking in this language gives.
    pub fn ask_advice(&self, language: &str) -> i32 {
        let mut buffer = [0; 2_000];
        unsafe { cgt_last_advice(self.handle, c(language).as_ptr(), buffer.as_mut_ptr(), 2_000, null_mut()) }
    }

    /// The same question, for a callback.
    pub fn asks_for_advice(&self) -> impl Fn() -> String + 'static {
        let handle = self.handle;
        move || last_advice(handle, None)
    }
}

/// What the cashier is told about the last call of this thread that failed.
pub fn advice_of_thread(language: Option<&str>) -> String {
    last_advice(null_mut(), language)
}

/// What the cashier is told about a code. The error is the code of the question itself.
pub fn error_advice(code: i32, language: Option<&str>) -> Result<String, i32> {
    let language = language.map(c);
    let ask = |buf, cap, need| unsafe { cgt_error_advice(code, pointer(language.as_ref()), buf, cap, need) };
    match ask(null_mut(), 0, null_mut()) {
        answer if answer == Code::Buffer.number() => Ok(read(ask)),
        answer => Err(answer),
    }
}

fn last_advice(handle: *mut cgt_terminal, language: Option<&str>) -> String {
    let language = language.map(c);
    read(|buf, cap, need| unsafe { cgt_last_advice(handle, pointer(language.as_ref()), buf, cap, need) })
}

fn pointer(language: Option<&CString>) -> *const c_char {
    language.map_or(std::ptr::null(), |text| text.as_ptr())
}
