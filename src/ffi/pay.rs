//! Taking money in one call, and the request that the general form takes.

use std::ffi::c_char;

use super::args::{self, out_pointer};
use super::guard::guard;
use super::handles::{Answer, REQUESTS, RequestSlot, cgt_outcome, cgt_request, cgt_terminal, with_terminal};
use crate::codes::Kind;
use crate::money::Amount;
use crate::request::Request;

/// Takes a payment: asks the terminal, waits for the customer, stores and confirms the result. Blocks until the end.
///
/// sale_id: the register's own number of the sale, 1 to 64 bytes, the same again when the same sale is tried again: that is how the
/// library knows never to charge it twice. Advice: date, register, number. A sale id of at most 10 digits is also sent as invoice number.
/// amount: minor units, at least 1, at most 12 digits (12550 = 125.50). currency: ISO 4217 letters or digits: CZK, EUR; also BGN, CHF,
/// GBP, HUF, PLN, RON, USD, which other brands of the terminal take.
/// verdict: required; CGT_UNKNOWN on entry. outcome: may be NULL; else it receives a handle to free with cgt_outcome_free.
/// A sale that was paid less than 24 hours ago and is not acknowledged is not charged again: its outcome comes back, CGT_F_ADOPTED.
///
/// Errors: only when there is no outcome. 1xx; CGT_E_SALE_USED, CGT_E_SALE_MISMATCH; CGT_E_UNRESOLVED, CGT_E_TERMINAL_LOCKED,
/// CGT_E_CANCELLED_EARLY (while another program used the terminal), CGT_E_JOURNAL; 9xx.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_pay(
    t: *mut cgt_terminal,
    sale_id: *const c_char,
    amount: i64,
    currency: *const c_char,
    verdict: *mut i32,
    outcome: *mut *mut cgt_outcome,
) -> i32 {
    unsafe { Answer::preset(verdict, outcome) };
    with_terminal(t, |terminal| {
        let answer = unsafe { Answer::new(verdict, outcome) }?;
        let sale_id = unsafe { args::text("sale_id", sale_id, 64) }?;
        let amount = Amount::parse(amount, unsafe { args::text("currency", currency, 3) }?)?;
        answer.give(terminal.pay(sale_id, amount)?);
        Ok(())
    })
}

/// Runs a request to its end: the general form of cgt_pay. The request is not consumed.
///
/// Errors: as cgt_pay.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_run(
    t: *mut cgt_terminal,
    req: *mut cgt_request,
    verdict: *mut i32,
    outcome: *mut *mut cgt_outcome,
) -> i32 {
    unsafe { Answer::preset(verdict, outcome) };
    with_terminal(t, |terminal| {
        let answer = unsafe { Answer::new(verdict, outcome) }?;
        let request = REQUESTS.get(req)?.read();
        answer.give(terminal.run(&request)?);
        Ok(())
    })
}

/// Makes a request for cgt_run or cgt_begin. kind: CGT_KIND_PAYMENT. sale_id: as for cgt_pay. Free it with cgt_request_free.
///
/// Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_KIND.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_request_new(kind: i32, sale_id: *const c_char, out: *mut *mut cgt_request) -> i32 {
    unsafe { args::preset(out, std::ptr::null_mut()) };
    guard(|| {
        let out = unsafe { out_pointer("out", out) }?;
        let kind = args::kind(Kind::from_number(kind), kind)?;
        let request = Request::new(kind, unsafe { args::text("sale_id", sale_id, 64) }?)?;
        *out = REQUESTS.insert(RequestSlot::new(request));
        Ok(())
    })
}

/// Sets the amount in minor units and the currency, as for cgt_pay.
///
/// Errors: CGT_E_AMOUNT, CGT_E_CURRENCY, CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_request_set_amount(req: *mut cgt_request, amount: i64, currency: *const c_char) -> i32 {
    guard(|| {
        let amount = Amount::parse(amount, unsafe { args::text("currency", currency, 3) }?)?;
        REQUESTS.get(req)?.change(|request| {
            request.set_amount(amount);
            Ok(())
        })
    })
}

/// Sets the invoice number (variable symbol), 1 to 20 bytes.
///
/// Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_request_set_invoice_number(req: *mut cgt_request, invoice_number: *const c_char) -> i32 {
    guard(|| {
        let number = unsafe { args::text("invoice_number", invoice_number, 20) }?;
        REQUESTS.get(req)?.change(|request| request.set_invoice_number(number))
    })
}

/// Frees a request. NULL is fine.
///
/// Errors: CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_request_free(req: *mut cgt_request) -> i32 {
    guard(|| REQUESTS.free(req, |_| Ok(())))
}
