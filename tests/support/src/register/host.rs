//! The host of a register: what its callbacks see, and what they answer.

use std::ffi::{CStr, c_char, c_void};

use comgate_terminal::{Code, PaymentEvent, Phase};

use super::outcome::{Outcome, read_outcome};
use crate::abi::{cgt_outcome, cgt_outcome_free};

/// Whether to cancel, given the phases told so far.
pub type Wish = Box<dyn FnMut(&[(i32, String)]) -> bool>;

/// What the callbacks of one register do and see.
#[derive(Default)]
pub struct Host {
    pub phases: Vec<(i32, String)>,
    pub events: Vec<i32>,
    pub on_cancel: Option<Wish>,
    pub on_event: Option<Box<dyn FnMut(i32)>>,
    pub store_recovered: bool,
    pub(super) recovered: Vec<Outcome>,
}

fn text<'a>(pointer: *const c_char) -> &'a str {
    unsafe { CStr::from_ptr(pointer) }.to_str().expect("UTF-8")
}

pub(super) unsafe extern "C" fn on_status(user: *mut c_void, phase: i32, words: *const c_char) -> i32 {
    assert!(Phase::from_number(phase).is_some());
    unsafe { &mut *user.cast::<Host>() }.phases.push((phase, text(words).into()));
    0
}

pub(super) unsafe extern "C" fn on_cancel(user: *mut c_void) -> i32 {
    let host = unsafe { &mut *user.cast::<Host>() };
    let phases = std::mem::take(&mut host.phases);
    let wish = host.on_cancel.as_mut().is_some_and(|ask| ask(&phases));
    host.phases = phases;
    wish.into()
}

pub(super) unsafe extern "C" fn on_payment(user: *mut c_void, event: i32, _: *const c_char, _: *const c_char) -> i32 {
    assert!(PaymentEvent::from_number(event).is_some());
    let host = unsafe { &mut *user.cast::<Host>() };
    host.events.push(event);
    if let Some(act) = &mut host.on_event {
        act(event);
    }
    0
}

pub(super) unsafe extern "C" fn on_recover(user: *mut c_void, outcome: *mut cgt_outcome) -> i32 {
    let host = unsafe { &mut *user.cast::<Host>() };
    host.recovered.push(read_outcome(outcome));
    assert_eq!(unsafe { cgt_outcome_free(outcome) }, Code::Busy.number(), "a lent outcome is not the host's to free");
    host.store_recovered.into()
}
