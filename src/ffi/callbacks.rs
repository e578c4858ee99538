//! The host's callbacks, wrapped so that the core sees ordinary closures. All pointers of the host end here.

use std::ffi::{CString, c_char, c_void};

use super::handles::{OUTCOMES, OutcomeSlot, cgt_outcome};
use crate::codes::{PaymentEvent, Phase};
use crate::log::{self, Level};
use crate::outcome::Outcome;
use crate::recovery::Delivery;
use crate::terminal::{OnCancel, OnPayment, OnStatus};

/// Told what is going on: phase is a CGT_PHASE_ number, text a UTF-8 text that is valid until the callback returns (never NULL). The text is
/// for the cashier, in the language of the handle: the terminal's code words and our phases in a person's words, anything else as the
/// terminal writes it. Show it, never decide by it; the terminal's own word is in the log. The answer is ignored; return 0.
pub type cgt_status_cb = Option<unsafe extern "C" fn(user: *mut c_void, phase: i32, text: *const c_char) -> i32>;

/// Asked every 100 ms, also while a reply is awaited: 0 go on, anything else cancel. What is cancelled: see cgt_terminal_cancel.
pub type cgt_cancel_cb = Option<unsafe extern "C" fn(user: *mut c_void) -> i32>;

/// Told the steps of a payment: event is a CGT_EVENT_ number; both texts are valid until the callback returns. The answer is ignored; return 0.
pub type cgt_payment_cb = Option<
    unsafe extern "C" fn(user: *mut c_void, event: i32, sale_id: *const c_char, transaction_id: *const c_char) -> i32,
>;

/// Told an outcome by cgt_recover; o is lent until the callback returns. 1: stored, acknowledge it. 0: keep it.
pub type cgt_recover_cb = Option<unsafe extern "C" fn(user: *mut c_void, o: *mut cgt_outcome) -> i32>;

/// Told one line of the log; level 1 problem, 2 decision, 3 exchange. The answer is ignored; return 0.
pub type cgt_log_cb = Option<unsafe extern "C" fn(user: *mut c_void, level: i32, text: *const c_char) -> i32>;

/// The host's user pointer. It is only ever handed back.
struct User(*mut c_void);

// SAFETY: the library never looks behind the pointer; the header tells the host on which thread it comes back.
unsafe impl Send for User {}
// SAFETY: as above.
unsafe impl Sync for User {}

impl User {
    fn pointer(&self) -> *mut c_void {
        self.0
    }
}

/// A text for the host. A NUL inside, which the terminal may send, would cut it: it becomes a space.
fn c_text(text: &str) -> CString {
    CString::new(text.replace('\0', " ")).unwrap_or_default()
}

pub(super) fn status(cb: cgt_status_cb, user: *mut c_void) -> Option<OnStatus> {
    let (cb, user) = (cb?, User(user));
    Some(Box::new(move |phase: Phase, text: &str| {
        let text = c_text(text);
        // SAFETY: the host promised a function of this type; the text lives until it returns.
        unsafe { cb(user.pointer(), phase.number(), text.as_ptr()) };
    }))
}

pub(super) fn cancel(cb: cgt_cancel_cb, user: *mut c_void) -> Option<OnCancel> {
    let (cb, user) = (cb?, User(user));
    Some(Box::new(move || {
        // SAFETY: the host promised a function of this type.
        (unsafe { cb(user.pointer()) }) != 0
    }))
}

pub(super) fn payment(cb: cgt_payment_cb, user: *mut c_void) -> Option<OnPayment> {
    let (cb, user) = (cb?, User(user));
    Some(Box::new(move |event: PaymentEvent, sale_id: &str, transaction_id: &str| {
        let (sale_id, transaction_id) = (c_text(sale_id), c_text(transaction_id));
        // SAFETY: the host promised a function of this type; the texts live until it returns.
        unsafe { cb(user.pointer(), event.number(), sale_id.as_ptr(), transaction_id.as_ptr()) };
    }))
}

pub(super) fn recovered(cb: cgt_recover_cb, user: *mut c_void) -> impl FnMut(&Outcome) -> Delivery {
    move |outcome| {
        let Some(cb) = cb else { return Delivery::Kept };
        let lent = OUTCOMES.lend(OutcomeSlot::lent(outcome.clone()));
        // SAFETY: the host promised a function of this type; the handle lives until `lent` is dropped.
        let stored = unsafe { cb(user, lent.handle()) };
        if stored == 1 { Delivery::Stored } else { Delivery::Kept }
    }
}

pub(super) fn set_log(cb: cgt_log_cb, user: *mut c_void, level: u8) {
    let user = User(user);
    let sink = cb.map(|cb| -> log::Sink {
        Box::new(move |level: Level, line: &str| {
            let line = c_text(line);
            // SAFETY: the host promised a function of this type; the text lives until it returns.
            unsafe { cb(user.pointer(), level.number(), line.as_ptr()) };
        })
    });
    log::set(sink, level);
}
