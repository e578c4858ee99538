//! Pre-authorizations and payments by mail or phone, and any request in steps.

use super::outcome::{Outcome, given};
use super::{Register, Request, Steps, c};
// All of it, as a C program includes the header.
#[allow(clippy::wildcard_imports)]
use crate::abi::*;

impl Register {
    /// Reserves CZK.
    pub fn preauth(&self, id: &str, amount: i64) -> Result<Outcome, i32> {
        let (mut verdict, mut outcome) = (99, std::ptr::null_mut());
        let (id, currency) = (c(id), c("CZK"));
        let (v, o) = (&raw mut verdict, &raw mut outcome);
        let code = unsafe { cgt_preauth(self.handle, id.as_ptr(), amount, currency.as_ptr(), v, o) };
        given(code, verdict, outcome)
    }

    pub fn preauth_complete(&self, id: &str, original: &str, amount: i64, currency: &str) -> Result<Outcome, i32> {
        let (mut verdict, mut outcome) = (99, std::ptr::null_mut());
        let (id, original, currency) = (c(id), c(original), c(currency));
        let (v, o) = (&raw mut verdict, &raw mut outcome);
        let code = unsafe {
            cgt_preauth_complete(self.handle, id.as_ptr(), original.as_ptr(), amount, currency.as_ptr(), v, o)
        };
        given(code, verdict, outcome)
    }

    pub fn preauth_cancel(&self, id: &str, original: &str) -> Result<Outcome, i32> {
        let (mut verdict, mut outcome) = (99, std::ptr::null_mut());
        let (id, original) = (c(id), c(original));
        let (v, o) = (&raw mut verdict, &raw mut outcome);
        let code = unsafe { cgt_preauth_cancel(self.handle, id.as_ptr(), original.as_ptr(), v, o) };
        given(code, verdict, outcome)
    }

    /// Takes CZK from a card that is not there.
    pub fn moto(&self, sale: &str, amount: i64) -> Result<Outcome, i32> {
        let (mut verdict, mut outcome) = (99, std::ptr::null_mut());
        let (sale, currency) = (c(sale), c("CZK"));
        let (v, o) = (&raw mut verdict, &raw mut outcome);
        let code = unsafe { cgt_moto(self.handle, sale.as_ptr(), amount, currency.as_ptr(), v, o) };
        given(code, verdict, outcome)
    }

    /// Begins any request in steps.
    pub fn begin_request(&self, request: &Request) -> Result<Steps, i32> {
        let mut op = std::ptr::null_mut();
        let code = unsafe { cgt_begin(self.handle, request.handle(), &raw mut op) };
        if code == 0 { Ok(Steps::of(op)) } else { Err(code) }
    }
}
