//! After a crash, a power cut, and whenever a verdict was UNKNOWN: recover.

use std::ffi::c_void;
use std::time::Duration;

use super::args;
use super::callbacks::{self, cgt_recover_cb};
use super::handles::{cgt_terminal, with_terminal};

/// Finds out what became of the sales that are not settled between terminal and register, and tells them to the callback.
///
/// Call it at start-up and whenever a verdict was UNKNOWN. It asks the terminal about undecided sales for at most budget_ms (1000 to
/// 3600000); a sale still running on the terminal is followed to its end within that time. Then the callback gets one outcome for each sale
/// that is undecided, was charged and not acknowledged, or was found just now to have ended without a charge (told once, nothing to
/// acknowledge). Delivery is at least once: store by CGT_F_TRANSACTION_ID. The callback answers 1
/// when it has stored the outcome (a decided sale is then acknowledged and leaves the list) and 0 to have it told again next time.
/// A terminal that is off is no error: undecided sales are reported as UNKNOWN. With cb NULL the sales are asked about, nothing is told.
/// A wish to cancel ends the asking, as if the time were up; no sale is cancelled.
///
/// Errors: CGT_E_RANGE, CGT_E_JOURNAL, CGT_E_TERMINAL_LOCKED, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_recover(
    t: *mut cgt_terminal,
    budget_ms: i32,
    cb: cgt_recover_cb,
    user: *mut c_void,
) -> i32 {
    with_terminal(t, |terminal| {
        let budget: u64 = args::number("budget_ms", budget_ms, 1_000, 3_600_000)?;
        terminal.recover(Duration::from_millis(budget), &mut callbacks::recovered(cb, user))
    })
}
