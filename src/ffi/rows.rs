//! Lists: the companies that share a terminal, and reading any list row by row.

use std::ffi::c_char;

use super::args::{self, TextOut, out_pointer};
use super::guard::guard;
use super::handles::{ROWS, RowsSlot, cgt_rows, cgt_terminal, with_terminal};
use crate::codes::RowField;
use crate::rows::Rows;

/// Asks the terminal for the companies that share it, each with its own account at the acquirer. Nothing is journalled and no money moves.
///
/// CGT_CALL_OK: *rows receives the list, in the terminal's order, with CGT_R_DAUGHTER_COMPANY_ID in each row: the text for
/// cgt_terminal_set_daughter_company_id and cgt_request_set_daughter_company_id. The list may be empty: then the terminal has one company,
/// and needs no id. Another terminal with one company answers CGT_E_NOT_SUPPORTED: it has no such function. Entries whose id is missing,
/// empty, longer than 64 bytes or with control characters are left out; where that leaves none, the answer is CGT_E_REQUEST_REFUSED.
///
/// Read the list with cgt_rows_next and cgt_rows_get_text, free it with cgt_rows_free. It is a copy: it outlives the terminal. On an error
/// *rows is NULL.
///
/// Errors: as cgt_terminal_info; CGT_E_SECURE_STRING; CGT_E_NOT_SUPPORTED (also: no such function); CGT_E_REQUEST_REFUSED (the reply is no
/// such list); CGT_E_NULL, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_daughter_companies(t: *mut cgt_terminal, rows: *mut *mut cgt_rows) -> i32 {
    unsafe { args::preset(rows, std::ptr::null_mut()) };
    with_terminal(t, |terminal| {
        let rows = unsafe { out_pointer("rows", rows) }?;
        *rows = ROWS.insert(RowsSlot::new(Rows::of_companies(terminal.daughter_companies()?)));
        Ok(())
    })
}

/// Moves to the next row of a list: the first one at the first call. *has is 1 when there is one, and 0 when all are over; on an error 0.
///
/// Errors: CGT_E_NULL, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_rows_next(r: *mut cgt_rows, has: *mut i32) -> i32 {
    unsafe { args::preset(has, 0) };
    guard(|| {
        let has = unsafe { out_pointer("has", has) }?;
        *has = i32::from(ROWS.get(r)?.with(Rows::next));
        Ok(())
    })
}

/// Reads a CGT_R_ field of the present row as text (numbers as decimal digits).
///
/// Errors: CGT_E_ORDER when there is no row: before the first cgt_rows_next, and after the last row; CGT_E_ABSENT when this row has no such
/// value; CGT_E_FIELD, CGT_E_BUFFER, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_rows_get_text(
    r: *mut cgt_rows,
    field: i32,
    buf: *mut c_char,
    cap: i32,
    need: *mut i32,
) -> i32 {
    unsafe { args::preset_text(buf, cap, need) };
    guard(|| {
        let out = unsafe { TextOut::new(buf, cap, need) }?;
        let (rows, field) = (ROWS.get(r)?, args::field(RowField::from_number, field)?);
        out.write(&rows.with(|rows| rows.text(field))?)
    })
}

/// Reads a CGT_R_ field of the present row that is a number. *value is 0 on an error.
///
/// Errors: CGT_E_ORDER, CGT_E_ABSENT as cgt_rows_get_text; CGT_E_FIELD, CGT_E_NULL, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_rows_get_i64(r: *mut cgt_rows, field: i32, value: *mut i64) -> i32 {
    unsafe { args::preset(value, 0) };
    guard(|| {
        let value = unsafe { out_pointer("value", value) }?;
        let (rows, field) = (ROWS.get(r)?, args::field(RowField::from_number, field)?);
        *value = rows.with(|rows| rows.number(field))?;
        Ok(())
    })
}

/// Writes all rows as one JSON array into buf, whichever row is being read: an object for each, with every field that has a value, named as
/// in the header in lower case without CGT_R_ ("daughter_company_id" ...). An empty list is [].
///
/// Errors: CGT_E_BUFFER, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_rows_json(r: *mut cgt_rows, buf: *mut c_char, cap: i32, need: *mut i32) -> i32 {
    unsafe { args::preset_text(buf, cap, need) };
    guard(|| unsafe { TextOut::new(buf, cap, need) }?.write(&ROWS.get(r)?.with(|rows| rows.to_json())))
}

/// Frees a list. NULL is fine.
///
/// Errors: CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_rows_free(r: *mut cgt_rows) -> i32 {
    guard(|| ROWS.free(r, |_| Ok(())))
}
