//! An outcome, and how a register reads texts out of the library.

use std::ffi::{CStr, c_char};

use comgate_terminal::{Code, OutcomeField, Verdict};

use crate::abi::{cgt_outcome, cgt_outcome_free, cgt_outcome_json, cgt_outcome_verdict};

/// An outcome, read out of its handle.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub verdict: i32,
    pub fields: serde_json::Value,
}

impl Outcome {
    pub fn text(&self, field: OutcomeField) -> Option<&str> {
        self.fields.get(name(field)).and_then(serde_json::Value::as_str)
    }

    pub fn number(&self, field: OutcomeField) -> Option<i64> {
        self.fields.get(name(field)).and_then(serde_json::Value::as_i64)
    }

    pub fn is(&self, flag: OutcomeField) -> bool {
        self.number(flag) == Some(1)
    }

    /// Fails the test with the whole outcome unless it is this verdict for this reason.
    #[track_caller]
    pub fn expect(&self, verdict: Verdict, reason: Option<Code>) -> &Self {
        let found = (Verdict::from_number(self.verdict), self.number(OutcomeField::Reason));
        assert_eq!(found, (Some(verdict), reason.map(|code| i64::from(code.number()))), "{:#}", self.fields);
        self
    }
}

fn name(field: OutcomeField) -> String {
    field.c_name().trim_start_matches("CGT_F_").to_lowercase()
}

pub(super) fn given(code: i32, verdict: i32, outcome: *mut cgt_outcome) -> Result<Outcome, i32> {
    if code != 0 {
        assert_eq!(verdict, 0, "without an outcome the verdict is UNKNOWN");
        assert!(outcome.is_null());
        return Err(code);
    }
    let read = read_outcome(outcome);
    assert_eq!(read.verdict, verdict);
    assert_eq!(unsafe { cgt_outcome_free(outcome) }, 0);
    Ok(read)
}

pub(super) fn read_outcome(outcome: *mut cgt_outcome) -> Outcome {
    let mut verdict = 99;
    assert_eq!(unsafe { cgt_outcome_verdict(outcome, &raw mut verdict) }, 0);
    let json = read(|buf, cap, need| unsafe { cgt_outcome_json(outcome, buf, cap, need) });
    Outcome { verdict, fields: serde_json::from_str(&json).expect("an outcome is JSON") }
}

pub(super) fn read(call: impl Fn(*mut c_char, i32, *mut i32) -> i32) -> String {
    let mut need = 0;
    assert_eq!(call(std::ptr::null_mut(), 0, &raw mut need), Code::Buffer.number());
    let mut buffer = vec![0_u8; usize::try_from(need).expect("a size")];
    assert_eq!(call(buffer.as_mut_ptr().cast(), need, &raw mut need), 0);
    CStr::from_bytes_with_nul(&buffer).expect("a final NUL").to_str().expect("UTF-8").into()
}
