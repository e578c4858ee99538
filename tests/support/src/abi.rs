//! The C ABI as a register declares it: handles, callback types and prototypes.
//!
//! Generated from include/comgate_terminal.h by tests/build_generated.rs; change the header, not this file.

// The names are those of the header.
#![allow(non_camel_case_types)]

use std::ffi::{c_char, c_void};

/// An operation under way, in the stepped form.
#[repr(C)]
pub struct cgt_op {
    opaque: [u8; 0],
}

/// What became of an operation.
#[repr(C)]
pub struct cgt_outcome {
    opaque: [u8; 0],
}

/// What is asked of a terminal, for cgt_run and cgt_begin.
#[repr(C)]
pub struct cgt_request {
    opaque: [u8; 0],
}

/// A list that is read row by row.
#[repr(C)]
pub struct cgt_rows {
    opaque: [u8; 0],
}

/// A payment terminal, as this register sees it.
#[repr(C)]
pub struct cgt_terminal {
    opaque: [u8; 0],
}

pub type cgt_log_cb = unsafe extern "C" fn(user: *mut c_void, level: i32, text: *const c_char) -> i32;

pub type cgt_status_cb = unsafe extern "C" fn(user: *mut c_void, phase: i32, text: *const c_char) -> i32;

pub type cgt_cancel_cb = unsafe extern "C" fn(user: *mut c_void) -> i32;

pub type cgt_payment_cb =
    unsafe extern "C" fn(user: *mut c_void, event: i32, sale_id: *const c_char, transaction_id: *const c_char) -> i32;

pub type cgt_recover_cb = unsafe extern "C" fn(user: *mut c_void, o: *mut cgt_outcome) -> i32;

unsafe extern "C" {
    pub fn cgt_abi_version() -> i32;
    pub fn cgt_version_text(buf: *mut c_char, cap: i32, need: *mut i32) -> i32;
    pub fn cgt_error_text(code: i32, buf: *mut c_char, cap: i32, need: *mut i32) -> i32;
    pub fn cgt_log_set(cb: Option<cgt_log_cb>, user: *mut c_void, level: i32) -> i32;
    pub fn cgt_terminal_new(host: *const c_char, out: *mut *mut cgt_terminal) -> i32;
    pub fn cgt_terminal_free(t: *mut cgt_terminal) -> i32;
    pub fn cgt_terminal_last_error(t: *mut cgt_terminal, buf: *mut c_char, cap: i32, need: *mut i32) -> i32;
    pub fn cgt_terminal_set_port(t: *mut cgt_terminal, port: i32) -> i32;
    pub fn cgt_terminal_set_secure_string(t: *mut cgt_terminal, secure_string: *const c_char) -> i32;
    pub fn cgt_terminal_set_journal_dir(t: *mut cgt_terminal, path: *const c_char) -> i32;
    pub fn cgt_terminal_allow_any_drive(t: *mut cgt_terminal, allowed: i32) -> i32;
    pub fn cgt_terminal_allow_no_journal(t: *mut cgt_terminal, allowed: i32) -> i32;
    pub fn cgt_terminal_set_retention_days(t: *mut cgt_terminal, days: i32) -> i32;
    pub fn cgt_terminal_set_timeouts(t: *mut cgt_terminal, connect_ms: i32, reply_ms: i32, patience_ms: i32) -> i32;
    pub fn cgt_terminal_set_poll_interval(t: *mut cgt_terminal, interval_ms: i32) -> i32;
    pub fn cgt_terminal_set_api_version(t: *mut cgt_terminal, version: i32) -> i32;
    pub fn cgt_terminal_set_terminal_id(t: *mut cgt_terminal, terminal_id: *const c_char) -> i32;
    pub fn cgt_terminal_set_language(t: *mut cgt_terminal, language: *const c_char) -> i32;
    pub fn cgt_terminal_set_register_id(t: *mut cgt_terminal, register_id: *const c_char) -> i32;
    pub fn cgt_terminal_set_cashier(t: *mut cgt_terminal, cashier: *const c_char) -> i32;
    pub fn cgt_terminal_set_daughter_company_id(t: *mut cgt_terminal, id: *const c_char) -> i32;
    pub fn cgt_terminal_set_response_code(t: *mut cgt_terminal, code: *const c_char, meaning: i32) -> i32;
    pub fn cgt_terminal_accept_partial(t: *mut cgt_terminal, yes: i32) -> i32;
    pub fn cgt_terminal_set_tip_limit(t: *mut cgt_terminal, percent: i32) -> i32;
    pub fn cgt_terminal_allow_simulator(t: *mut cgt_terminal, allowed: i32) -> i32;
    pub fn cgt_terminal_on_status(t: *mut cgt_terminal, cb: Option<cgt_status_cb>, user: *mut c_void) -> i32;
    pub fn cgt_terminal_on_cancel(t: *mut cgt_terminal, cb: Option<cgt_cancel_cb>, user: *mut c_void) -> i32;
    pub fn cgt_terminal_on_payment(t: *mut cgt_terminal, cb: Option<cgt_payment_cb>, user: *mut c_void) -> i32;
    pub fn cgt_terminal_cancel(t: *mut cgt_terminal) -> i32;
    pub fn cgt_terminal_is_busy(t: *mut cgt_terminal, busy: *mut i32) -> i32;
    pub fn cgt_terminal_info(t: *mut cgt_terminal) -> i32;
    pub fn cgt_terminal_status(t: *mut cgt_terminal, check_online: i32) -> i32;
    pub fn cgt_terminal_exchange(t: *mut cgt_terminal, endpoint: *const c_char, json: *const c_char) -> i32;
    pub fn cgt_terminal_get_text(t: *mut cgt_terminal, field: i32, buf: *mut c_char, cap: i32, need: *mut i32) -> i32;
    pub fn cgt_terminal_get_i64(t: *mut cgt_terminal, field: i32, value: *mut i64) -> i32;
    pub fn cgt_last_advice(
        t: *mut cgt_terminal,
        language: *const c_char,
        buf: *mut c_char,
        cap: i32,
        need: *mut i32,
    ) -> i32;
    pub fn cgt_error_advice(code: i32, language: *const c_char, buf: *mut c_char, cap: i32, need: *mut i32) -> i32;
    pub fn cgt_pay(
        t: *mut cgt_terminal,
        sale_id: *const c_char,
        amount: i64,
        currency: *const c_char,
        verdict: *mut i32,
        outcome: *mut *mut cgt_outcome,
    ) -> i32;
    pub fn cgt_moto(
        t: *mut cgt_terminal,
        sale_id: *const c_char,
        amount: i64,
        currency: *const c_char,
        verdict: *mut i32,
        outcome: *mut *mut cgt_outcome,
    ) -> i32;
    pub fn cgt_refund(
        t: *mut cgt_terminal,
        refund_id: *const c_char,
        original_sale_id: *const c_char,
        amount: i64,
        currency: *const c_char,
        verdict: *mut i32,
        outcome: *mut *mut cgt_outcome,
    ) -> i32;
    pub fn cgt_reverse(
        t: *mut cgt_terminal,
        reversal_id: *const c_char,
        original_sale_id: *const c_char,
        verdict: *mut i32,
        outcome: *mut *mut cgt_outcome,
    ) -> i32;
    pub fn cgt_closing(
        t: *mut cgt_terminal,
        closing_id: *const c_char,
        verdict: *mut i32,
        outcome: *mut *mut cgt_outcome,
    ) -> i32;
    pub fn cgt_signature_result(
        t: *mut cgt_terminal,
        sale_id: *const c_char,
        accepted: i32,
        verdict: *mut i32,
        outcome: *mut *mut cgt_outcome,
    ) -> i32;
    pub fn cgt_preauth(
        t: *mut cgt_terminal,
        preauth_id: *const c_char,
        amount: i64,
        currency: *const c_char,
        verdict: *mut i32,
        outcome: *mut *mut cgt_outcome,
    ) -> i32;
    pub fn cgt_preauth_complete(
        t: *mut cgt_terminal,
        completion_id: *const c_char,
        original_sale_id: *const c_char,
        amount: i64,
        currency: *const c_char,
        verdict: *mut i32,
        outcome: *mut *mut cgt_outcome,
    ) -> i32;
    pub fn cgt_preauth_cancel(
        t: *mut cgt_terminal,
        cancel_id: *const c_char,
        original_sale_id: *const c_char,
        verdict: *mut i32,
        outcome: *mut *mut cgt_outcome,
    ) -> i32;
    pub fn cgt_run(
        t: *mut cgt_terminal,
        req: *mut cgt_request,
        verdict: *mut i32,
        outcome: *mut *mut cgt_outcome,
    ) -> i32;
    pub fn cgt_request_new(kind: i32, sale_id: *const c_char, out: *mut *mut cgt_request) -> i32;
    pub fn cgt_request_set_amount(req: *mut cgt_request, amount: i64, currency: *const c_char) -> i32;
    pub fn cgt_request_set_invoice_number(req: *mut cgt_request, invoice_number: *const c_char) -> i32;
    pub fn cgt_request_set_original(req: *mut cgt_request, original_sale_id: *const c_char) -> i32;
    pub fn cgt_request_set_original_transaction(req: *mut cgt_request, transaction_id: *const c_char) -> i32;
    pub fn cgt_request_set_original_of(
        req: *mut cgt_request,
        register_id: *const c_char,
        sale_id: *const c_char,
    ) -> i32;
    pub fn cgt_request_set_daughter_company_id(req: *mut cgt_request, daughter_company_id: *const c_char) -> i32;
    pub fn cgt_request_set_endpoint(req: *mut cgt_request, endpoint: *const c_char) -> i32;
    pub fn cgt_request_set_extra(req: *mut cgt_request, json: *const c_char) -> i32;
    pub fn cgt_request_free(req: *mut cgt_request) -> i32;
    pub fn cgt_begin(t: *mut cgt_terminal, req: *mut cgt_request, op: *mut *mut cgt_op) -> i32;
    pub fn cgt_step(op: *mut cgt_op, wait_ms: i32, done: *mut i32) -> i32;
    pub fn cgt_finish(op: *mut cgt_op, verdict: *mut i32, outcome: *mut *mut cgt_outcome) -> i32;
    pub fn cgt_op_free(op: *mut cgt_op) -> i32;
    pub fn cgt_recover(t: *mut cgt_terminal, budget_ms: i32, cb: Option<cgt_recover_cb>, user: *mut c_void) -> i32;
    pub fn cgt_sale_find(t: *mut cgt_terminal, sale_id: *const c_char, outcome: *mut *mut cgt_outcome) -> i32;
    pub fn cgt_sale_query(
        t: *mut cgt_terminal,
        sale_id: *const c_char,
        verdict: *mut i32,
        outcome: *mut *mut cgt_outcome,
    ) -> i32;
    pub fn cgt_unresolved_count(t: *mut cgt_terminal, undecided: *mut i32, unacknowledged: *mut i32) -> i32;
    pub fn cgt_acknowledge(t: *mut cgt_terminal, sale_id: *const c_char) -> i32;
    pub fn cgt_acknowledge_transaction(t: *mut cgt_terminal, transaction_id: *const c_char) -> i32;
    pub fn cgt_resolve(t: *mut cgt_terminal, sale_id: *const c_char, charged: i32, note: *const c_char) -> i32;
    pub fn cgt_journal_accept_loss(t: *mut cgt_terminal, note: *const c_char) -> i32;
    pub fn cgt_outcome_verdict(o: *mut cgt_outcome, verdict: *mut i32) -> i32;
    pub fn cgt_outcome_get_text(o: *mut cgt_outcome, field: i32, buf: *mut c_char, cap: i32, need: *mut i32) -> i32;
    pub fn cgt_outcome_get_i64(o: *mut cgt_outcome, field: i32, value: *mut i64) -> i32;
    pub fn cgt_outcome_json(o: *mut cgt_outcome, buf: *mut c_char, cap: i32, need: *mut i32) -> i32;
    pub fn cgt_outcome_free(o: *mut cgt_outcome) -> i32;
    pub fn cgt_outcome_receipt(
        o: *mut cgt_outcome,
        copy: i32,
        reprint: i32,
        width: i32,
        language: *const c_char,
        encoding: i32,
        buf: *mut c_char,
        cap: i32,
        need: *mut i32,
    ) -> i32;
    pub fn cgt_receipt_from_json(
        outcome_json: *const c_char,
        copy: i32,
        reprint: i32,
        width: i32,
        language: *const c_char,
        encoding: i32,
        buf: *mut c_char,
        cap: i32,
        need: *mut i32,
    ) -> i32;
    pub fn cgt_daughter_companies(t: *mut cgt_terminal, rows: *mut *mut cgt_rows) -> i32;
    pub fn cgt_rows_next(r: *mut cgt_rows, has: *mut i32) -> i32;
    pub fn cgt_rows_get_text(r: *mut cgt_rows, field: i32, buf: *mut c_char, cap: i32, need: *mut i32) -> i32;
    pub fn cgt_rows_get_i64(r: *mut cgt_rows, field: i32, value: *mut i64) -> i32;
    pub fn cgt_rows_json(r: *mut cgt_rows, buf: *mut c_char, cap: i32, need: *mut i32) -> i32;
    pub fn cgt_rows_free(r: *mut cgt_rows) -> i32;
}
