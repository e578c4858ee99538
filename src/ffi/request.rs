//! The request that the general form takes, and the general form.

use std::ffi::c_char;

use super::args::{self, out_pointer};
use super::guard::guard;
use super::handles::{REQUESTS, RequestSlot, cgt_outcome, cgt_request, cgt_terminal, with_outcome};
use crate::codes::Kind;
use crate::money::Amount;
use crate::request::Request;

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
    unsafe {
        with_outcome(t, verdict, outcome, |terminal| {
            let request = REQUESTS.get(req)?.read();
            terminal.run(&request)
        })
    }
}

/// Makes a request for cgt_run or cgt_begin. kind: CGT_KIND_PAYMENT and so on. sale_id: the register's own number of the
/// operation, as for cgt_pay. Free it with cgt_request_free.
///
/// CGT_KIND_OTHER is for functions of the terminal that this library has no name for, such as preauth/increment, for whoever has the vendor's
/// document: it is started at cgt_request_set_endpoint, with the fields of cgt_request_set_extra, and is journalled, followed, confirmed and
/// recovered like a payment.
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

/// Sets the sale that is reversed or refunded, or the pre-authorization that is completed or cancelled, 1 to 64 bytes. Needed for
/// CGT_KIND_REVERSAL, CGT_KIND_PREAUTH_COMPLETION and CGT_KIND_PREAUTH_CANCEL, possible for CGT_KIND_REFUND and CGT_KIND_OTHER. The start of
/// all but a refund names its transaction as originalTransactionId; one that is not known, or ended without a
/// charge, is CGT_E_ORIGINAL when it is run. It is a sale of this register; those of others are named with
/// cgt_request_set_original_transaction or cgt_request_set_original_of. One request names its original in one way only.
///
/// Errors: CGT_E_ORIGINAL (it was named in another way before), CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_request_set_original(req: *mut cgt_request, original_sale_id: *const c_char) -> i32 {
    guard(|| {
        let original = unsafe { args::text("original_sale_id", original_sale_id, 64) }?;
        REQUESTS.get(req)?.change(|request| request.set_original(original))
    })
}

/// Names the original by its transaction id (CGT_F_TRANSACTION_ID), 1 to 64 bytes: exactly that attempt, of whichever register of the
/// journal folder. It may stand in the place of cgt_request_set_original.
///
/// The sums hold for the folder: one reversal for each sale, and never more refunded than was paid, whichever register asks. Where another
/// register has reversed it, or is reversing it, the call that runs it is CGT_E_ORIGINAL. A reversal goes to the terminal of its original:
/// on another one it is CGT_E_ORIGINAL (the handle is bound) or NOT_STARTED with the reason CGT_E_OTHER_TERMINAL; refund it instead.
///
/// Errors: CGT_E_ORIGINAL (it was named in another way before), CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_request_set_original_transaction(
    req: *mut cgt_request,
    transaction_id: *const c_char,
) -> i32 {
    guard(|| {
        let transaction = unsafe { args::text("transaction_id", transaction_id, 64) }?;
        REQUESTS.get(req)?.change(|request| request.set_original_transaction(transaction))
    })
}

/// Names the original by its register (cgt_terminal_set_register_id, 0 to 64 bytes; empty is the register without a name) and its sale id, 1
/// to 64 bytes: a sale of another till that sells with the same journal folder. The rules are those of
/// cgt_request_set_original_transaction.
///
/// Errors: CGT_E_ORIGINAL (it was named in another way before), CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_request_set_original_of(
    req: *mut cgt_request,
    register_id: *const c_char,
    sale_id: *const c_char,
) -> i32 {
    guard(|| {
        let register = unsafe { args::optional_text("register_id", register_id, 64) }?;
        let sale = unsafe { args::text("sale_id", sale_id, 64) }?;
        REQUESTS.get(req)?.change(|request| request.set_original_of(register, sale))
    })
}

/// Sets the daughterCompanyId of this request, 1 to 64 bytes, in the place of the one set on the terminal.
///
/// Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_request_set_daughter_company_id(
    req: *mut cgt_request,
    daughter_company_id: *const c_char,
) -> i32 {
    guard(|| {
        let id = unsafe { args::text("daughter_company_id", daughter_company_id, 64) }?;
        REQUESTS.get(req)?.change(|request| request.set_daughter_company_id(id))
    })
}

/// Sets the function of the terminal that CGT_KIND_OTHER starts: its name in the path, 1 to 64 of A-Z a-z 0-9 / - _. The functions that this
/// library drives itself are refused.
///
/// Errors: CGT_E_ENDPOINT, CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_request_set_endpoint(req: *mut cgt_request, endpoint: *const c_char) -> i32 {
    guard(|| {
        let endpoint = unsafe { args::text("endpoint", endpoint, 64) }?;
        REQUESTS.get(req)?.change(|request| request.set_endpoint(endpoint))
    })
}

/// Sets further fields of the start, one JSON object as text, at most 4096 bytes. They stand beside the library's own fields in "request",
/// and must not have their names. CGT_KIND_MOTO has none: card data are typed on the terminal.
///
/// Errors: CGT_E_EXTRA, CGT_E_NULL, CGT_E_TEXT, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_request_set_extra(req: *mut cgt_request, json: *const c_char) -> i32 {
    guard(|| {
        let json = unsafe { args::text("json", json, 4096) }?;
        REQUESTS.get(req)?.change(|request| request.set_extra(json))
    })
}

/// Frees a request. NULL is fine.
///
/// Errors: CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_request_free(req: *mut cgt_request) -> i32 {
    guard(|| REQUESTS.free(req, |_| Ok(())))
}
