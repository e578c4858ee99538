//! The stepped form: the same life cycle as cgt_pay, in pieces that a timer can call.

use std::time::Duration;

use super::args::{self, out_pointer};
use super::guard::guard;
use super::handles::{
    OPERATIONS, OperationSlot, OutcomePlaces, REQUESTS, TERMINALS, cgt_op, cgt_outcome, cgt_request, cgt_terminal,
    with_terminal,
};
use crate::operation::Machine;

/// Begins an operation and returns before anything is sent. Then call cgt_step until it reports done, cgt_finish, cgt_op_free.
///
/// The terminal is busy until then, and the request may be freed at once.
///
/// Errors: as cgt_pay; *op is NULL then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_begin(t: *mut cgt_terminal, req: *mut cgt_request, op: *mut *mut cgt_op) -> i32 {
    unsafe { args::preset(op, std::ptr::null_mut()) };
    with_terminal(t, |terminal| {
        let op = unsafe { out_pointer("op", op) }?;
        let request = REQUESTS.get(req)?.read();
        let slot = TERMINALS.get(t)?;
        *op = OPERATIONS.insert(OperationSlot::new(slot, Machine::begin(terminal, &request)?));
        Ok(())
    })
}

/// Takes the operation one step further: waits at most wait_ms (0 to 60000) for the next thing to do, and does it. *done receives 1 at the end.
///
/// While the customer is busy a step is one or two questions, each answered within the reply limit. The step that starts meets the terminal
/// first, and asks again where the start is refused; the step that meets the end reads, stores and confirms the result, and insists for up to
/// 25 s where the terminal does not answer. A program whose window must never stand still steps on a thread of its own.
///
/// Errors: CGT_E_ORDER after the end, CGT_E_RANGE, CGT_E_NULL, CGT_E_BUSY, CGT_E_HANDLE. None of them ends the operation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_step(op: *mut cgt_op, wait_ms: i32, done: *mut i32) -> i32 {
    unsafe { args::preset(done, 0) };
    OperationSlot::with(op, |operation, terminal| {
        let done = unsafe { out_pointer("done", done) }?;
        let wait: u64 = args::number("wait_ms", wait_ms, 0, 60_000)?;
        *done = i32::from(operation.step(terminal, Duration::from_millis(wait))?);
        Ok(())
    })
}

/// Gives the verdict and the outcome of an operation that is done; verdict and outcome as for cgt_pay. The operation is still to be freed,
/// and so is every outcome that this function gives when it is called again.
///
/// Errors: CGT_E_ORDER before the end, and the codes with which cgt_pay has no outcome.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_finish(op: *mut cgt_op, verdict: *mut i32, outcome: *mut *mut cgt_outcome) -> i32 {
    unsafe { OutcomePlaces::preset(verdict, outcome) };
    OperationSlot::with(op, |operation, _| {
        let places = unsafe { OutcomePlaces::new(verdict, outcome) }?;
        places.give(operation.finish()?);
        Ok(())
    })
}

/// Frees an operation. NULL is fine. Before its end this lets go: cancel is sent once, the terminal is asked for up to 10 s more, and what
/// is still not known then stays in the journal for cgt_recover.
///
/// Errors: CGT_E_BUSY (from inside a callback; nothing is freed), CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_op_free(op: *mut cgt_op) -> i32 {
    guard(|| OPERATIONS.free(op, OperationSlot::let_go))
}
