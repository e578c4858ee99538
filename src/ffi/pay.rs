//! Moving money in one call: pay, refund, reverse, close, and the answer about a signature.

use std::ffi::c_char;

use super::args;
use super::handles::{cgt_outcome, cgt_terminal, with_outcome};
use crate::error::Error;
use crate::money::Amount;
use crate::outcome::Outcome;
use crate::terminal::Terminal;

/// A call with a number of the register's own and an amount. `id`: what the argument is called, and its text.
///
/// # Safety
/// The texts are NULL or end with a NUL; the places are NULL or writable.
pub(super) unsafe fn of_amount(
    t: *mut cgt_terminal,
    id: (&str, *const c_char),
    (minor, currency): (i64, *const c_char),
    (verdict, outcome): (*mut i32, *mut *mut cgt_outcome),
    call: impl FnOnce(&mut Terminal, &str, Amount) -> Result<Outcome, Error>,
) -> i32 {
    unsafe {
        with_outcome(t, verdict, outcome, |terminal| {
            let (name, text) = id;
            let number = args::text(name, text, 64)?;
            let amount = Amount::parse(minor, args::text("currency", currency, 3)?)?;
            call(terminal, number, amount)
        })
    }
}

/// Takes a payment: asks the terminal, waits for the customer, stores and confirms the result. Blocks until the end.
///
/// sale_id: the register's own number of the sale, 1 to 64 bytes without white space at an end, the same again when the same sale is tried
/// again: that is how the library knows never to charge it twice. Advice: date, register, number. A sale id of at most 10 digits is also sent
/// as invoice number.
/// amount: minor units, at least 1, at most 12 digits (12550 = 125.50). currency: ISO 4217 letters or digits: CZK, EUR; also BGN, CHF,
/// GBP, HUF, PLN, RON, USD, which other brands of the terminal take.
/// verdict: required; CGT_UNKNOWN on entry. outcome: may be NULL; else it receives a handle to free with cgt_outcome_free.
///
/// The same number again. Paid, and not acknowledged: its outcome comes back and nothing is charged, CGT_F_ADOPTED, on the same day by this
/// computer's clock (or within 2 hours) and until the next closing; after that, or acknowledged, it is CGT_E_SALE_USED. Not decided: the
/// terminal is asked first; also where a person has said "not charged" with cgt_resolve. Ended without a charge, reversed, or wholly
/// refunded: a new attempt.
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
    let id = ("sale_id", sale_id);
    unsafe { of_amount(t, id, (amount, currency), (verdict, outcome), Terminal::pay) }
}

/// Takes a payment by mail or phone (MOTO): somebody types the card's data on the terminal. Card data are never part of a call, and never
/// sent. sale_id, amount, currency, verdict and outcome, and what the same number does again: as for cgt_pay. It is reversed and refunded
/// like a payment, and asks for no signature. Terminals have this function where the provider has enabled it; else it is CGT_NOT_STARTED with
/// the reason CGT_E_NOT_SUPPORTED.
///
/// Errors: as cgt_pay.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_moto(
    t: *mut cgt_terminal,
    sale_id: *const c_char,
    amount: i64,
    currency: *const c_char,
    verdict: *mut i32,
    outcome: *mut *mut cgt_outcome,
) -> i32 {
    let id = ("sale_id", sale_id);
    unsafe { of_amount(t, id, (amount, currency), (verdict, outcome), Terminal::moto) }
}

/// Gives money back to the customer's card. refund_id: the register's own number of the refund, with the rules of cgt_pay's sale_id.
///
/// original_sale_id: the sale that is refunded, or NULL. Where it is given, it must be paid, and the refunds of it never sum up to more
/// than what was paid; those that nobody knows count. The terminal itself knows no link between the two. amount, currency, verdict and
/// outcome: as for cgt_pay; CGT_APPROVED means that the money goes back.
///
/// Errors: as cgt_pay; CGT_E_ORIGINAL, CGT_E_BEYOND_ORIGINAL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_refund(
    t: *mut cgt_terminal,
    refund_id: *const c_char,
    original_sale_id: *const c_char,
    amount: i64,
    currency: *const c_char,
    verdict: *mut i32,
    outcome: *mut *mut cgt_outcome,
) -> i32 {
    unsafe {
        with_outcome(t, verdict, outcome, |terminal| {
            let refund_id = args::text("refund_id", refund_id, 64)?;
            let original = args::text_or_null("original_sale_id", original_sale_id, 64)?;
            let amount = Amount::parse(amount, args::text("currency", currency, 3)?)?;
            terminal.refund(refund_id, original, amount)
        })
    }
}

/// Takes a whole sale back, which works until the closing that contains it; afterwards refund it. reversal_id: the register's own number of
/// the reversal, with the rules of cgt_pay's sale_id.
///
/// original_sale_id: a sale that is paid, or one that is UNKNOWN; also a refund, and the completion of a pre-authorization, but not a
/// pre-authorization itself (cgt_preauth_cancel). There is one reversal for each: asking for a second one,
/// under whatever number, gives the first (CGT_F_ADOPTED, and its number in CGT_F_SALE_ID), or is refused. CGT_APPROVED means that the sale
/// is taken back: it counts as ended without a charge, and is CGT_CANCELLED with CGT_F_REVERSED_BY from then on. A sale that is paid again
/// after that is another charge: its reversal needs a new number, else it is CGT_E_SALE_MISMATCH. verdict and outcome: as for cgt_pay.
///
/// As far as is known, terminals take back their last payment only, and ask for a YES on their screen. Of any other they do not find the
/// original: CGT_NOT_STARTED with the reason CGT_E_REQUEST_REFUSED (HTTP 404). The sale then stays what it was; refund it instead.
///
/// Errors: as cgt_pay; CGT_E_ORIGINAL, CGT_E_CLOSED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_reverse(
    t: *mut cgt_terminal,
    reversal_id: *const c_char,
    original_sale_id: *const c_char,
    verdict: *mut i32,
    outcome: *mut *mut cgt_outcome,
) -> i32 {
    unsafe {
        with_outcome(t, verdict, outcome, |terminal| {
            let reversal_id = args::text("reversal_id", reversal_id, 64)?;
            let original = args::text("original_sale_id", original_sale_id, 64)?;
            terminal.reverse(reversal_id, original)
        })
    }
}

/// Closes the batch: everything since the last closing is settled with the acquirer, and the terminal's history is cleared. closing_id: the
/// register's own number of the closing, with the rules of cgt_pay's sale_id. The outcome has the totals, CGT_F_DEBITS_COUNT and so on.
///
/// Sales of this terminal that are not decided are asked about first, for at most 10 s; one that still runs refuses the closing. Terminals
/// also close by themselves (by default on Monday nights) and from their menu; the register does not learn of that. verdict and outcome: as
/// for cgt_pay; CGT_APPROVED means that the batch is closed.
///
/// Errors: as cgt_pay.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_closing(
    t: *mut cgt_terminal,
    closing_id: *const c_char,
    verdict: *mut i32,
    outcome: *mut *mut cgt_outcome,
) -> i32 {
    unsafe { with_outcome(t, verdict, outcome, |terminal| terminal.closing(args::text("closing_id", closing_id, 64)?)) }
}

/// Says whether the signature of a sale matches the card, where the outcome had CGT_F_SIGNATURE_REQUIRED. accepted 1: it is noted, nothing is
/// sent, and the outcome is the sale's. accepted 0: the sale is reversed (a pre-authorization is cancelled) under a number of its own, and verdict and outcome are those of the
/// reversal (acknowledge its CGT_F_SALE_ID): CGT_APPROVED means that the sale is taken back; otherwise call again. An unanswered question
/// holds nothing up; cgt_recover tells the sale again for seven days. Say it before the terminal's next sale: see cgt_reverse.
///
/// Errors: as cgt_reverse; CGT_E_SIGNATURE (none is asked for; or accepted after it was rejected and the sale taken back, or while a reversal
/// of the sale is not decided), CGT_E_NOT_FOUND, CGT_E_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_signature_result(
    t: *mut cgt_terminal,
    sale_id: *const c_char,
    accepted: i32,
    verdict: *mut i32,
    outcome: *mut *mut cgt_outcome,
) -> i32 {
    unsafe {
        with_outcome(t, verdict, outcome, |terminal| {
            let sale_id = args::text("sale_id", sale_id, 64)?;
            let accepted = args::number::<u8>("accepted", accepted, 0, 1)? == 1;
            terminal.signature_result(sale_id, accepted)
        })
    }
}
