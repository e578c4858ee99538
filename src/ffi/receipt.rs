//! Receipts: of an outcome, and of one that was stored as JSON.

use std::ffi::c_char;

use super::args::{self, TextOut};
use super::guard::guard;
use super::handles::{OUTCOMES, cgt_outcome};
use crate::codes::{Code, Encoding, ReceiptCopy};
use crate::error::Error;
use crate::receipt::{NARROWEST, ReceiptForm, WIDEST};

/// More than any outcome has.
const LONGEST_OUTCOME: usize = 65_536;

/// Writes what became of an operation as a block for the shop's own slip: no header of the shop, no VAT.
///
/// copy is CGT_COPY_MERCHANT or CGT_COPY_CUSTOMER; a line to sign on stands on the merchant's only. reprint is 1 for a slip that is printed
/// again, which says so (KOPIE), else 0. width is the number of characters in a line of the printer, 24 to 64: no line is longer, and what
/// does not fit goes on in the next one. language is "cs", "sk" or "en"; NULL is the one that was set on the terminal's handle.
///
/// buf receives lines that each end with a line feed, in the encoding asked for (CGT_ENCODING_UTF8 ...), and a final NUL, also where the text
/// is 8-bit bytes for a printer. need and cap count bytes. A character without a place in the encoding is written in plain letters.
///
/// Every verdict has its own block, also a refusal, and a closing has its totals, one and the same for both copies. CGT_UNKNOWN has none
/// for the customer: CGT_E_UNDECIDED. The merchant's is then a note that says that it is no receipt.
///
/// Errors: CGT_E_RANGE (copy, reprint, width, encoding), CGT_E_TEXT (language), CGT_E_UNDECIDED, CGT_E_BUFFER, CGT_E_NULL, CGT_E_HANDLE.
/// cgt_terminal_last_error(NULL, ...) names the argument and what is allowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_outcome_receipt(
    o: *mut cgt_outcome,
    copy: i32,
    reprint: i32,
    width: i32,
    language: *const c_char,
    encoding: i32,
    buf: *mut c_char,
    cap: i32,
    need: *mut i32,
) -> i32 {
    unsafe { args::preset_text(buf, cap, need) };
    guard(|| {
        let out = unsafe { TextOut::new(buf, cap, need) }?;
        let outcome = OUTCOMES.get(o)?;
        out.write_bytes(&outcome.receipt(&unsafe { form(copy, reprint, width, language, encoding) }?)?)
    })
}

/// Writes the receipt of an outcome that was stored as cgt_outcome_json wrote it: for a till that prints again from its own database.
///
/// copy, reprint, width, encoding and buf as for cgt_outcome_receipt.
///
/// outcome_json is the whole object, at most 65536 bytes. language NULL is the one in the object, where there is none Czech.
///
/// Errors: as cgt_outcome_receipt; CGT_E_TEXT when outcome_json is not such an object, CGT_E_NULL when it is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_receipt_from_json(
    outcome_json: *const c_char,
    copy: i32,
    reprint: i32,
    width: i32,
    language: *const c_char,
    encoding: i32,
    buf: *mut c_char,
    cap: i32,
    need: *mut i32,
) -> i32 {
    unsafe { args::preset_text(buf, cap, need) };
    guard(|| {
        let out = unsafe { TextOut::new(buf, cap, need) }?;
        let outcome = unsafe { args::text("outcome_json", outcome_json, LONGEST_OUTCOME) }?;
        out.write_bytes(&unsafe { form(copy, reprint, width, language, encoding) }?.of_json(outcome)?)
    })
}

/// # Safety
/// `language` is NULL or a text with a final NUL.
unsafe fn form(
    copy: i32,
    reprint: i32,
    width: i32,
    language: *const c_char,
    encoding: i32,
) -> Result<ReceiptForm, Error> {
    let copy = ReceiptCopy::from_number(copy)
        .ok_or_else(|| wrong("copy", copy, "CGT_COPY_MERCHANT (1) and CGT_COPY_CUSTOMER (2) are"))?;
    let encoding = Encoding::from_number(encoding).ok_or_else(|| {
        wrong("encoding", encoding, "CGT_ENCODING_UTF8 (0), _CP852 (1), _CP1250 (2) and _ASCII (3) are")
    })?;
    let reprint = args::number::<u8>("reprint", reprint, 0, 1)? == 1;
    let width = args::number("width", width, NARROWEST.into(), WIDEST.into())?;
    let form = ReceiptForm::new(copy).with_reprint(reprint).with_encoding(encoding).with_width(width)?;
    if language.is_null() {
        return Ok(form);
    }
    // SAFETY: the caller's promise.
    form.with_language(unsafe { args::text("language", language, 8) }?)
}

fn wrong(name: &str, value: i32, allowed: &str) -> Error {
    Error::new(Code::Range, format!("{name}: {value} is not allowed; {allowed}"))
}
