//! Pre-authorizations in one call: reserve an amount, take it, or let it go.

use std::ffi::c_char;

use super::args;
use super::handles::{cgt_outcome, cgt_terminal, with_outcome};
use super::pay::of_amount;
use crate::money::Amount;
use crate::terminal::Terminal;

/// Pre-authorizes: reserves an amount on the customer's card, and takes nothing yet. preauth_id: the register's own number of the
/// pre-authorization, with the rules of cgt_pay's sale_id. amount, currency, verdict and outcome: as for cgt_pay; CGT_APPROVED means that the
/// amount is reserved, not that it is paid (CGT_ADVICE_DONE).
///
/// It is ended once: by cgt_preauth_complete or by cgt_preauth_cancel. It can neither be refunded nor reversed. How long the bank keeps it
/// reserved the bank says. After its cancel its outcome is CGT_CANCELLED with CGT_F_REVERSED_BY. Terminals have this function where the
/// provider has enabled it; else it is CGT_NOT_STARTED with the reason CGT_E_NOT_SUPPORTED.
///
/// Errors: as cgt_pay.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_preauth(
    t: *mut cgt_terminal,
    preauth_id: *const c_char,
    amount: i64,
    currency: *const c_char,
    verdict: *mut i32,
    outcome: *mut *mut cgt_outcome,
) -> i32 {
    let id = ("preauth_id", preauth_id);
    unsafe { of_amount(t, id, (amount, currency), (verdict, outcome), Terminal::preauth) }
}

/// Completes a pre-authorization: takes the money, all that is reserved or less. The customer need not be there. completion_id: the
/// register's own number of the completion, with the rules of cgt_pay's sale_id; it may be refunded and reversed under that number.
///
/// original_sale_id: a pre-authorization that is approved, and was neither completed nor cancelled. A second completion of the same amount,
/// under whatever number, gives the first (CGT_F_ADOPTED, and its number in CGT_F_SALE_ID); any other second one is CGT_E_ORIGINAL, and while
/// the first is not decided the terminal is asked about it. amount: minor units, at most what was pre-authorized, unless it was raised since
/// (preauth/increment, by CGT_KIND_OTHER). currency: that of the pre-authorization. verdict and outcome: as for cgt_pay; CGT_APPROVED means
/// paid. Where the terminal does not find the pre-authorization, it is CGT_NOT_STARTED with the reason CGT_E_REQUEST_REFUSED (HTTP 404).
///
/// Errors: as cgt_pay; CGT_E_ORIGINAL, CGT_E_BEYOND_ORIGINAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_preauth_complete(
    t: *mut cgt_terminal,
    completion_id: *const c_char,
    original_sale_id: *const c_char,
    amount: i64,
    currency: *const c_char,
    verdict: *mut i32,
    outcome: *mut *mut cgt_outcome,
) -> i32 {
    unsafe {
        with_outcome(t, verdict, outcome, |terminal| {
            let completion_id = args::text("completion_id", completion_id, 64)?;
            let original = args::text("original_sale_id", original_sale_id, 64)?;
            let amount = Amount::parse(amount, args::text("currency", currency, 3)?)?;
            terminal.preauth_complete(completion_id, original, amount)
        })
    }
}

/// Cancels a pre-authorization: nothing is reserved any more. cancel_id: the register's own number of the cancel, with the rules of cgt_pay's
/// sale_id.
///
/// original_sale_id: a pre-authorization that is approved, or one that is UNKNOWN, and that was not completed. There is one cancel for each:
/// asking for a second one, under whatever number, gives the first (CGT_F_ADOPTED), or is refused. verdict and outcome: as for cgt_pay;
/// CGT_APPROVED means that nothing is reserved any more: the pre-authorization is CGT_CANCELLED from then on. Where the terminal does not find
/// it, it is CGT_NOT_STARTED with the reason CGT_E_REQUEST_REFUSED (HTTP 404). Where it names another amount than was reserved, and this
/// journal knows of no increment, it is CGT_UNKNOWN with the reason CGT_E_AMOUNT_DIFFERS: look at the terminal.
///
/// Errors: as cgt_pay; CGT_E_ORIGINAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_preauth_cancel(
    t: *mut cgt_terminal,
    cancel_id: *const c_char,
    original_sale_id: *const c_char,
    verdict: *mut i32,
    outcome: *mut *mut cgt_outcome,
) -> i32 {
    unsafe {
        with_outcome(t, verdict, outcome, |terminal| {
            let cancel_id = args::text("cancel_id", cancel_id, 64)?;
            let original = args::text("original_sale_id", original_sale_id, 64)?;
            terminal.preauth_cancel(cancel_id, original)
        })
    }
}
