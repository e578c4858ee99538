//! Reading an outcome.

use std::ffi::c_char;

use super::args::{self, TextOut, out_pointer};
use super::guard::guard;
use super::handles::{OUTCOMES, cgt_outcome};
use crate::codes::OutcomeField;

/// Writes the verdict (CGT_UNKNOWN, CGT_APPROVED ...) to *verdict, and CGT_UNKNOWN when the handle is no outcome.
///
/// Errors: CGT_E_NULL, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_outcome_verdict(o: *mut cgt_outcome, verdict: *mut i32) -> i32 {
    unsafe { args::preset(verdict, crate::codes::Verdict::Unknown.number()) };
    guard(|| {
        let verdict = unsafe { out_pointer("verdict", verdict) }?;
        *verdict = OUTCOMES.get(o)?.verdict().number();
        Ok(())
    })
}

/// Reads a CGT_F_ field as text (numbers as decimal digits).
///
/// Errors: CGT_E_ABSENT when this outcome has no such value; CGT_E_FIELD, CGT_E_BUFFER, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_outcome_get_text(
    o: *mut cgt_outcome,
    field: i32,
    buf: *mut c_char,
    cap: i32,
    need: *mut i32,
) -> i32 {
    unsafe { args::preset_text(buf, cap, need) };
    guard(|| {
        let out = unsafe { TextOut::new(buf, cap, need) }?;
        out.write(&OUTCOMES.get(o)?.text(args::field(OutcomeField::from_number, field)?)?)
    })
}

/// Reads a CGT_F_ field that is a number. *value is 0 on an error.
///
/// Errors: CGT_E_ABSENT when this outcome has no such value; CGT_E_FIELD, CGT_E_NULL, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_outcome_get_i64(o: *mut cgt_outcome, field: i32, value: *mut i64) -> i32 {
    unsafe { args::preset(value, 0) };
    guard(|| {
        let value = unsafe { out_pointer("value", value) }?;
        *value = OUTCOMES.get(o)?.number(args::field(OutcomeField::from_number, field)?)?;
        Ok(())
    })
}

/// Writes the whole outcome as one JSON object into buf: "verdict" and every field that has a value, named as in the header in lower case
/// without CGT_F_ ("sale_id", "amount_approved" ...).
///
/// Errors: CGT_E_BUFFER, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_outcome_json(o: *mut cgt_outcome, buf: *mut c_char, cap: i32, need: *mut i32) -> i32 {
    unsafe { args::preset_text(buf, cap, need) };
    guard(|| unsafe { TextOut::new(buf, cap, need) }?.write(&OUTCOMES.get(o)?.json()))
}

/// Frees an outcome. NULL is fine. An outcome lent by cgt_recover is not yours to free.
///
/// Errors: CGT_E_HANDLE; CGT_E_BUSY for a lent outcome.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_outcome_free(o: *mut cgt_outcome) -> i32 {
    guard(|| OUTCOMES.free(o, super::handles::OutcomeSlot::ensure_owned))
}
