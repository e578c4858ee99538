//! One sale by its number: find, query, acknowledge, resolve.

use std::ffi::c_char;

use super::args::{self, out_pointer};
use super::handles::{OutcomeSlot, cgt_outcome, cgt_terminal, with_outcome, with_terminal};

/// Gives what the journal knows of a sale of this register. Of several attempts at it: one that is undecided, else one that was charged, else the
/// newest. Nothing is sent.
///
/// outcome receives a handle to free with cgt_outcome_free. A sale that was never decided is CGT_UNKNOWN. One that was paid and whose reversal
/// is not decided is still CGT_APPROVED, with CGT_ADVICE_CHECK_TERMINAL: hand nothing over.
///
/// Errors: CGT_E_NOT_FOUND (there was no such sale, or it has expired), CGT_E_JOURNAL, CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_sale_find(
    t: *mut cgt_terminal,
    sale_id: *const c_char,
    outcome: *mut *mut cgt_outcome,
) -> i32 {
    unsafe { args::preset(outcome, std::ptr::null_mut()) };
    with_terminal(t, |terminal| {
        let place = unsafe { out_pointer("outcome", outcome) }?;
        *place = OutcomeSlot::owned(terminal.find(unsafe { args::text("sale_id", sale_id, 64) }?)?);
        Ok(())
    })
}

/// The same as cgt_sale_find, after asking the terminal about the sale for at most 10 s, where that may know more: the sale is not decided, a
/// person has decided it, or its start was refused within the last day.
///
/// A terminal that is off, or still working on the sale, is no error: the verdict is CGT_UNKNOWN and CGT_F_REASON says why.
/// A wish to cancel ends the asking, as if the time were up.
/// verdict and outcome as for cgt_pay.
///
/// Errors: as cgt_sale_find.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_sale_query(
    t: *mut cgt_terminal,
    sale_id: *const c_char,
    verdict: *mut i32,
    outcome: *mut *mut cgt_outcome,
) -> i32 {
    unsafe { with_outcome(t, verdict, outcome, |terminal| terminal.query(args::text("sale_id", sale_id, 64)?)) }
}

/// Counts the sales of this register that are undecided, and those that were charged and are not acknowledged; refunds, reversals and
/// closings count as well. From the journal; nothing is sent. Good for a warning on the till's screen and for its day-end.
///
/// Errors: CGT_E_JOURNAL, CGT_E_NULL, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_unresolved_count(
    t: *mut cgt_terminal,
    undecided: *mut i32,
    unacknowledged: *mut i32,
) -> i32 {
    unsafe {
        args::preset(undecided, 0);
        args::preset(unacknowledged, 0);
    }
    with_terminal(t, |terminal| {
        let undecided = unsafe { out_pointer("undecided", undecided) }?;
        let unacknowledged = unsafe { out_pointer("unacknowledged", unacknowledged) }?;
        let counts = terminal.unresolved_count()?;
        (*undecided, *unacknowledged) = (args::count(counts.0), args::count(counts.1));
        Ok(())
    })
}

/// Tells the journal that the register has stored the outcome of this sale. Call it after each APPROVED outcome, once the till has stored it,
/// also of a refund, a reversal and a closing, with the number that is in it: CGT_F_SALE_ID.
///
/// It means the newest attempt at the sale that is open and whose outcome this handle has given out (by cgt_pay and the like, cgt_recover,
/// cgt_sale_find or cgt_sale_query); where a sale has two such attempts, the second call means the older one. A handle that has given out
/// none refuses with CGT_E_UNDECIDED: after a restart call cgt_recover, or name the transaction that is stored with
/// cgt_acknowledge_transaction. Delivery is at least once: store by CGT_F_TRANSACTION_ID, then acknowledge.
/// Acknowledging again where nothing of the sale is open, or a sale that ended without a charge, is fine and changes nothing.
///
/// Errors: CGT_E_NOT_FOUND, CGT_E_UNDECIDED, CGT_E_JOURNAL, CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_acknowledge(t: *mut cgt_terminal, sale_id: *const c_char) -> i32 {
    with_terminal(t, |terminal| terminal.acknowledge(unsafe { args::text("sale_id", sale_id, 64) }?))
}

/// The same for one attempt, by its CGT_F_TRANSACTION_ID, also after a restart and of what another handle has told. Of two open attempts at
/// one sale, told by cgt_recover, each can be acknowledged so.
///
/// Errors: as cgt_acknowledge; CGT_E_UNDECIDED only where the attempt is not decided.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_acknowledge_transaction(t: *mut cgt_terminal, transaction_id: *const c_char) -> i32 {
    with_terminal(t, |terminal| {
        terminal.acknowledge_transaction(unsafe { args::text("transaction_id", transaction_id, 64) }?)
    })
}

/// Writes down what a person has found out about an undecided sale, by looking at the terminal's history or the bank: charged 1, the money
/// moved; 0, it did not. note: who and why, 1 to 200 bytes. The sale is then APPROVED or CANCELLED, with CGT_F_RESOLVED and CGT_F_NOTE.
///
/// A refund, a reversal and a closing are decided under their own numbers: charged 1, it was done; 0, it was not. Of a reversal 1 says that
/// the sale was taken back, so that the customer has NOT paid.
///
/// The terminal is asked first, and its verdict wins. It need not be reachable. For seven days cgt_recover goes on asking it, and so does
/// whoever pays the sale again after a 0; where it comes to contradict the person, the sale is told anew with the reason
/// CGT_E_RESOLVED_OTHERWISE.
///
/// To say again what is so already is fine and changes nothing.
///
/// Errors: CGT_E_DECIDED (the sale is decided, or the terminal has just decided it, and not as the person says; cgt_sale_find has the
/// outcome), CGT_E_UNRESOLVED (it is still running on the terminal; or the terminal has just told something new about it, so that what
/// the person saw may be old: look once more, then decide), CGT_E_CANCELLED_EARLY (the register wished to
/// stop asking; nothing is decided), CGT_E_TERMINAL_LOCKED, CGT_E_NOT_FOUND, CGT_E_JOURNAL, CGT_E_RANGE,
/// CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_resolve(
    t: *mut cgt_terminal,
    sale_id: *const c_char,
    charged: i32,
    note: *const c_char,
) -> i32 {
    with_terminal(t, |terminal| {
        let sale_id = unsafe { args::text("sale_id", sale_id, 64) }?;
        let charged = args::number::<u8>("charged", charged, 0, 1)? == 1;
        terminal.resolve(sale_id, charged, unsafe { args::text("note", note, 200) }?)
    })
}
