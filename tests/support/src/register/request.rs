//! A request of the general form, and an operation in steps.

use super::c;
use super::outcome::{Outcome, given};
// All of it, as a C program includes the header.
#[allow(clippy::wildcard_imports)]
use crate::abi::*;

/// A request of the general form.
pub struct Request(*mut cgt_request);

impl Request {
    pub(super) fn handle(&self) -> *mut cgt_request {
        self.0
    }

    pub fn new(kind: i32, sale: &str) -> Self {
        let mut handle = std::ptr::null_mut();
        assert_eq!(unsafe { cgt_request_new(kind, c(sale).as_ptr(), &raw mut handle) }, 0);
        Self(handle)
    }

    pub fn set_amount(&self, amount: i64) -> i32 {
        unsafe { cgt_request_set_amount(self.0, amount, c("CZK").as_ptr()) }
    }

    pub fn set_original(&self, sale: &str) -> i32 {
        unsafe { cgt_request_set_original(self.0, c(sale).as_ptr()) }
    }

    pub fn set_original_transaction(&self, transaction: &str) -> i32 {
        unsafe { cgt_request_set_original_transaction(self.0, c(transaction).as_ptr()) }
    }

    pub fn set_original_of(&self, register: &str, sale: &str) -> i32 {
        unsafe { cgt_request_set_original_of(self.0, c(register).as_ptr(), c(sale).as_ptr()) }
    }

    pub fn set_endpoint(&self, endpoint: &str) -> i32 {
        unsafe { cgt_request_set_endpoint(self.0, c(endpoint).as_ptr()) }
    }

    pub fn set_extra(&self, json: &str) -> i32 {
        unsafe { cgt_request_set_extra(self.0, c(json).as_ptr()) }
    }

    pub fn set_daughter_company_id(&self, id: &str) -> i32 {
        unsafe { cgt_request_set_daughter_company_id(self.0, c(id).as_ptr()) }
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        assert_eq!(unsafe { cgt_request_free(self.0) }, 0);
    }
}

/// Presses cancel, from wherever.
#[derive(Clone, Copy)]
pub struct Button(*mut cgt_terminal);

// The one call that may come from any thread.
unsafe impl Send for Button {}
unsafe impl Sync for Button {}

impl Button {
    pub(super) fn of(handle: *mut cgt_terminal) -> Self {
        Self(handle)
    }

    pub fn press(&self) {
        assert_eq!(unsafe { cgt_terminal_cancel(self.0) }, 0);
    }
}

/// An operation in steps.
pub struct Steps(*mut cgt_op);

impl Steps {
    pub(super) fn of(handle: *mut cgt_op) -> Self {
        Self(handle)
    }

    pub fn step(&self, wait: i32) -> Result<bool, i32> {
        let mut done = 99;
        let code = unsafe { cgt_step(self.0, wait, &raw mut done) };
        if code == 0 { Ok(done == 1) } else { Err(code) }
    }

    /// Makes steps until this has happened, which it must before the operation is over.
    #[track_caller]
    pub fn until(&self, wait: i32, has_happened: impl Fn() -> bool) {
        while !has_happened() {
            let done = self.step(wait).expect("steps");
            assert!(!done || has_happened(), "the operation ended before that");
        }
    }

    /// Frees it. Where that fails, dropping it tries once more.
    pub fn free(&self) -> i32 {
        unsafe { cgt_op_free(self.0) }
    }

    pub fn finish(&self) -> Result<Outcome, i32> {
        let (mut verdict, mut outcome) = (99, std::ptr::null_mut());
        let code = unsafe { cgt_finish(self.0, &raw mut verdict, &raw mut outcome) };
        given(code, verdict, outcome)
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        assert_eq!(unsafe { cgt_op_free(self.0) }, 0);
    }
}
