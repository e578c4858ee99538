//! Any arguments to the C ABI: every call answers a code, texts are whole or empty, nothing is written where it must not be.
#![no_main]

use std::ffi::{c_char, c_void};
use std::ptr::null_mut;

use comgate_terminal::Code;
use libfuzzer_sys::fuzz_target;

type Handle = *mut c_void;

unsafe extern "C" {
    fn cgt_terminal_new(host: *const c_char, out: *mut Handle) -> i32;
    fn cgt_terminal_free(t: Handle) -> i32;
    fn cgt_terminal_last_error(t: Handle, buf: *mut c_char, cap: i32, need: *mut i32) -> i32;
    fn cgt_terminal_set_port(t: Handle, port: i32) -> i32;
    fn cgt_terminal_set_secure_string(t: Handle, text: *const c_char) -> i32;
    fn cgt_terminal_set_timeouts(t: Handle, connect: i32, reply: i32, patience: i32) -> i32;
    fn cgt_terminal_set_poll_interval(t: Handle, interval: i32) -> i32;
    fn cgt_terminal_set_api_version(t: Handle, version: i32) -> i32;
    fn cgt_terminal_set_retention_days(t: Handle, days: i32) -> i32;
    fn cgt_terminal_set_language(t: Handle, text: *const c_char) -> i32;
    fn cgt_terminal_set_cashier(t: Handle, text: *const c_char) -> i32;
    fn cgt_terminal_allow_no_journal(t: Handle, allowed: i32) -> i32;
    fn cgt_terminal_get_text(t: Handle, field: i32, buf: *mut c_char, cap: i32, need: *mut i32) -> i32;
    fn cgt_request_new(kind: i32, sale: *const c_char, out: *mut Handle) -> i32;
    fn cgt_request_set_amount(r: Handle, amount: i64, currency: *const c_char) -> i32;
    fn cgt_request_set_invoice_number(r: Handle, text: *const c_char) -> i32;
    fn cgt_request_free(r: Handle) -> i32;
    fn cgt_begin(t: Handle, r: Handle, op: *mut Handle) -> i32;
    fn cgt_op_free(op: Handle) -> i32;
    fn cgt_acknowledge(t: Handle, sale: *const c_char) -> i32;
    fn cgt_sale_find(t: Handle, sale: *const c_char, o: *mut Handle) -> i32;
    fn cgt_outcome_get_text(o: Handle, field: i32, buf: *mut c_char, cap: i32, need: *mut i32) -> i32;
    fn cgt_outcome_free(o: Handle) -> i32;
    fn cgt_error_text(code: i32, buf: *mut c_char, cap: i32, need: *mut i32) -> i32;
}

fn is_code(number: i32) {
    assert!(Code::from_number(number).is_some(), "{number} is no code");
}

/// Calls with a buffer of `cap` bytes that has a mark behind it.
fn with_buffer(cap: usize, call: impl FnOnce(*mut c_char, i32, *mut i32) -> i32) {
    let mut buffer = vec![0xAA_u8; cap + 1];
    let mut need = -1;
    is_code(call(buffer.as_mut_ptr().cast(), cap as i32, &raw mut need));
    assert_eq!(buffer[cap], 0xAA, "written behind the buffer");
    assert!(cap == 0 || buffer[..cap].contains(&0), "no final NUL");
    assert!(need >= 0);
}

fuzz_target!(|input: (&[u8], i32, i64, u8)| {
    let (bytes, number, amount, cap) = input;
    let mut text: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    text.push(0);
    let (text, cap) = (text.as_ptr().cast::<c_char>(), usize::from(cap));
    // SAFETY: texts have a final NUL and live to the end, places to write to are there; handles may be anything.
    unsafe {
        let (mut t, mut made) = (null_mut(), null_mut());
        is_code(cgt_terminal_new(text, &raw mut made));
        is_code(cgt_terminal_new(c"192.0.2.1".as_ptr(), &raw mut t));
        is_code(cgt_terminal_allow_no_journal(t, 1));
        for code in [
            cgt_terminal_set_port(t, number),
            cgt_terminal_set_secure_string(t, text),
            cgt_terminal_set_timeouts(t, number, number, number),
            cgt_terminal_set_poll_interval(t, number),
            cgt_terminal_set_api_version(t, number),
            cgt_terminal_set_retention_days(t, number),
            cgt_terminal_set_language(t, text),
            cgt_terminal_set_cashier(t, text),
            cgt_acknowledge(t, text),
            cgt_acknowledge(number as usize as Handle, text),
            cgt_terminal_free(number as usize as Handle),
        ] {
            is_code(code);
        }
        with_buffer(cap, |buf, cap, need| cgt_terminal_last_error(t, buf, cap, need));
        with_buffer(cap, |buf, cap, need| cgt_terminal_get_text(t, number, buf, cap, need));
        with_buffer(cap, |buf, cap, need| cgt_error_text(number, buf, cap, need));
        let (mut request, mut op, mut outcome) = (null_mut(), null_mut(), null_mut());
        is_code(cgt_request_new(number, text, &raw mut request));
        is_code(cgt_request_free(request));
        is_code(cgt_request_new(1, text, &raw mut request));
        is_code(cgt_request_set_amount(request, amount, text));
        is_code(cgt_request_set_amount(request, amount, c"CZK".as_ptr()));
        is_code(cgt_request_set_invoice_number(request, text));
        // Begun and let go of: nothing is sent.
        is_code(cgt_begin(t, request, &raw mut op));
        is_code(cgt_op_free(op));
        is_code(cgt_sale_find(t, text, &raw mut outcome));
        with_buffer(cap, |buf, cap, need| cgt_outcome_get_text(outcome, number, buf, cap, need));
        for code in [cgt_outcome_free(outcome), cgt_request_free(request), cgt_terminal_free(t), cgt_terminal_free(made)] {
            is_code(code);
        }
        is_code(cgt_terminal_free(t));
    }
});
