//! The terminal handle: making, setting up, asking.

use std::ffi::{c_char, c_void};
use std::time::Duration;

use super::args::{self, TextOut, out_pointer};
use super::callbacks::{self, cgt_cancel_cb, cgt_payment_cb, cgt_status_cb};
use super::guard::{Handle, detail_of, failure_of_thread, guard, guard_detail};
use super::handles::{TERMINALS, TerminalSlot, cgt_terminal, with_terminal};
use crate::codes::{Code, CodeMeaning, TerminalField};
use crate::error::Error;
use crate::terminal::{ApiVersion, Terminal};

/// Makes a handle for the terminal at host (a name or an address, without port, 1 to 253 bytes). Nothing is sent yet.
///
/// The port is 33350 and the secureString the published one until you set others. *out receives the handle; free it with
/// cgt_terminal_free. On an error *out is NULL and cgt_terminal_last_error(NULL, ...) has the detail.
///
/// Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_HOST.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_new(host: *const c_char, out: *mut *mut cgt_terminal) -> i32 {
    unsafe { args::preset(out, std::ptr::null_mut()) };
    guard(|| {
        let out = unsafe { out_pointer("out", out) }?;
        let terminal = Terminal::new(unsafe { args::text("host", host, 253) }?)?;
        *out = TERMINALS.insert(TerminalSlot::new(terminal));
        Ok(())
    })
}

/// Frees a terminal. NULL is fine. Nothing is sent.
///
/// Errors: CGT_E_BUSY while a call or an operation is under way (nothing is freed); CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_free(t: *mut cgt_terminal) -> i32 {
    guard(|| TERMINALS.free(t, TerminalSlot::ensure_idle))
}

/// Writes the detail of the last failed call on this terminal into buf: one sentence that names the argument, path or address.
///
/// With t NULL: the detail of the last failed call of this thread, with a terminal or without one (cgt_terminal_new, cgt_request_...,
/// cgt_outcome_...). Only there: calls that do not touch the terminal (cgt_terminal_free, cgt_terminal_cancel, cgt_terminal_is_busy,
/// cgt_op_free). Empty when no call has failed. May be called at any time, also from a callback. For the cashier: cgt_last_advice.
///
/// Errors: CGT_E_BUFFER, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_last_error(
    t: *mut cgt_terminal,
    buf: *mut c_char,
    cap: i32,
    need: *mut i32,
) -> i32 {
    unsafe { args::preset_text(buf, cap, need) };
    guard_detail(|| {
        let out = unsafe { TextOut::new(buf, cap, need) }?;
        if t.is_null() {
            return out.write(&detail_of(failure_of_thread()));
        }
        out.write(&detail_of(TERMINALS.get(t)?.failure()))
    })
}

/// Sets the port of the terminal, 1 to 65535. Default 33350. Another port than before: what the terminal told, such as CGT_T_ID, is absent
/// until it is asked again.
///
/// Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_set_port(t: *mut cgt_terminal, port: i32) -> i32 {
    with_terminal(t, |terminal| {
        terminal.set_port(args::number("port", port, 1, 65_535)?);
        Ok(())
    })
}

/// Sets the password the terminal expects, 1 to 64 bytes. Default 27924505, which Comgate publishes for test and live.
///
/// Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_set_secure_string(t: *mut cgt_terminal, secure_string: *const c_char) -> i32 {
    with_terminal(t, |terminal| terminal.set_secure_string(unsafe { args::text("secure_string", secure_string, 64) }?))
}

/// Sets the folder of the journal, UTF-8, 1 to 4096 bytes. It must exist and be writable; give each register its own folder.
/// Default: %PROGRAMDATA%\comgate-terminal on Windows, $XDG_STATE_HOME/comgate-terminal (~/.local/state) elsewhere, made when missing.
///
/// Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_JOURNAL (the folder cannot be used; the detail says why), CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_set_journal_dir(t: *mut cgt_terminal, path: *const c_char) -> i32 {
    with_terminal(t, |terminal| terminal.set_journal_dir(unsafe { args::text("path", path, 4096) }?))
}

/// Allows (1) or refuses (0, default) journal folders on network and removable drives, from the next cgt_terminal_set_journal_dir on. Such
/// a drive may be gone in the middle of a sale, and what it calls "on disk" may not be.
///
/// Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_allow_any_drive(t: *mut cgt_terminal, allowed: i32) -> i32 {
    with_terminal(t, |terminal| {
        terminal.allow_any_drive(args::number::<u8>("allowed", allowed, 0, 1)? == 1);
        Ok(())
    })
}

/// Allows (1) or refuses (0, default) selling without a journal. Then nothing is remembered beyond this handle: after a crash nobody knows
/// what became of a sale, and nothing protects from charging it twice. For demonstrations. Setting a journal folder ends it.
///
/// Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_allow_no_journal(t: *mut cgt_terminal, allowed: i32) -> i32 {
    with_terminal(t, |terminal| {
        terminal.allow_no_journal(args::number::<u8>("allowed", allowed, 0, 1)? == 1);
        Ok(())
    })
}

/// Sets how many days the journal remembers settled sales, 30 to 400. Default 90. Sales that are undecided or not acknowledged never
/// expire. What has expired is dropped at the first sale or recover of a handle, where that pays.
///
/// Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_set_retention_days(t: *mut cgt_terminal, days: i32) -> i32 {
    with_terminal(t, |terminal| {
        terminal.set_retention_days(args::number("days", days, 30, 400)?);
        Ok(())
    })
}

/// Sets the limits in milliseconds; -1 keeps one as it is.
///
/// connect (default 3000, 100 to 60000): for a connection. reply (default 10000, 500 to 120000): for one reply.
/// patience (default 300000, 1000 to 3600000): for the customer; afterwards the library cancels and the verdict is UNKNOWN. A patience
/// shorter than the terminal's own is accepted and logged: the customer may still pay after you stopped looking.
///
/// Errors: CGT_E_RANGE (nothing is changed), CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_set_timeouts(
    t: *mut cgt_terminal,
    connect_ms: i32,
    reply_ms: i32,
    patience_ms: i32,
) -> i32 {
    with_terminal(t, |terminal| {
        let connect = args::milliseconds("connect_ms", connect_ms, 100, 60_000)?;
        let reply = args::milliseconds("reply_ms", reply_ms, 500, 120_000)?;
        let patience = args::milliseconds("patience_ms", patience_ms, 1_000, 3_600_000)?;
        terminal.set_timeouts(connect, reply, patience);
        Ok(())
    })
}

/// Sets how often the terminal is asked while nothing changes, 100 to 5000 ms. Default 500. After a change it is asked more often for a while.
///
/// Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_set_poll_interval(t: *mut cgt_terminal, interval_ms: i32) -> i32 {
    with_terminal(t, |terminal| {
        let interval: u64 = args::number("interval_ms", interval_ms, 100, 5_000)?;
        terminal.set_poll_interval(Duration::from_millis(interval));
        Ok(())
    })
}

/// Sets the version of the terminal's interface: 0 automatic (default), 1 the oldest path /paya, 2, 4, 5 or 6 for /api/switchio/pay/v2 and
/// so on.
///
/// Automatic is the path this library is proven on, today /paya, where the terminal has it, else the lowest newer one that it has. The handle
/// remembers what it found, and looks again where a terminal that was updated does not have it any more: between sales, never inside one.
/// Another version than before: what the terminal told, such as CGT_T_ID, is absent until it is asked again.
///
/// Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_set_api_version(t: *mut cgt_terminal, version: i32) -> i32 {
    with_terminal(t, |terminal| {
        terminal.set_api_version(ApiVersion::from_number(version)?);
        Ok(())
    })
}

/// Binds the handle to one terminal: before each start the id from the terminal's info reply must be this one, 1 to 64 bytes. Empty text:
/// not bound (default).
///
/// Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_set_terminal_id(t: *mut cgt_terminal, terminal_id: *const c_char) -> i32 {
    with_terminal(t, |terminal| {
        terminal.set_terminal_id(unsafe { args::optional_text("terminal_id", terminal_id, 64) }?)
    })
}

/// Sets the language of texts for the cashier: "cs" (default), "sk" or "en".
///
/// Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_set_language(t: *mut cgt_terminal, language: *const c_char) -> i32 {
    with_terminal(t, |terminal| terminal.set_language(unsafe { args::text("language", language, 8) }?))
}

/// Names this register in the journal, 0 to 64 bytes. Needed when several registers share one journal folder.
///
/// Each register sees only its own sales there, also as originals of refunds and reversals, unless those are named with
/// cgt_request_set_original_transaction or cgt_request_set_original_of. A number under which another register of the
/// folder has charged, or perhaps has, is CGT_E_SALE_USED: let the numbers differ.
///
/// Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_set_register_id(t: *mut cgt_terminal, register_id: *const c_char) -> i32 {
    with_terminal(t, |terminal| {
        terminal.set_register_id(unsafe { args::optional_text("register_id", register_id, 64) }?)
    })
}

/// Names the cashier in the journal, 0 to 64 bytes.
///
/// Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_set_cashier(t: *mut cgt_terminal, cashier: *const c_char) -> i32 {
    with_terminal(t, |terminal| terminal.set_cashier(unsafe { args::optional_text("cashier", cashier, 64) }?))
}

/// Sets the daughterCompanyId sent with each start, 0 to 64 bytes. Empty: it is left out (default).
///
/// Errors: CGT_E_NULL, CGT_E_TEXT, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_set_daughter_company_id(t: *mut cgt_terminal, id: *const c_char) -> i32 {
    with_terminal(t, |terminal| terminal.set_daughter_company_id(unsafe { args::optional_text("id", id, 64) }?))
}

/// Says what a response code means that the library does not know, CGT_E_CODE_NOT_LISTED: meaning is CGT_CODE_APPROVES, CGT_CODE_REFUSES or
/// CGT_CODE_FORGET. code: exactly as the terminal writes it (CGT_F_RESPONSE_CODE), 1 to 64 bytes.
///
/// Only after a person has made sure, with the terminal's receipt or the provider. It is written to the journal and true for every program on
/// its folder; a sale that ended with this code before is settled by the next cgt_recover or cgt_sale_query. Verdicts that rest on it have
/// CGT_F_CODE_TAUGHT. It approves where amount and currency stand beside it, and refuses where the sale was seen running. A code that the
/// library's own table lists cannot be taught.
///
/// Errors: CGT_E_TEXT (also a code that is listed), CGT_E_RANGE, CGT_E_JOURNAL, CGT_E_NULL, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_set_response_code(
    t: *mut cgt_terminal,
    code: *const c_char,
    meaning: i32,
) -> i32 {
    with_terminal(t, |terminal| {
        let code = unsafe { args::text("code", code, 64) }?;
        let meaning = CodeMeaning::from_number(meaning)
            .ok_or_else(|| Error::new(Code::Range, format!("meaning: {meaning} is not allowed; 0, 1 and 2 are")))?;
        terminal.set_response_code(code, meaning)
    })
}

/// Accepts (1, or -1) or refuses (0, default) payments that the terminal approves for less than was asked for, in the same currency.
///
/// Accepted, such a payment is confirmed and APPROVED, with CGT_F_PARTIAL, what was charged in CGT_F_AMOUNT_APPROVED and the advice
/// CGT_ADVICE_COLLECT_REST: collect the rest under a new number, for example in cash. Not accepted, it is UNKNOWN with the reason
/// CGT_E_AMOUNT_DIFFERS and is never confirmed; a terminal may then take it back within a minute. cgt_recover asks again: taken back, the
/// advice is CGT_ADVICE_TAKEN_BACK; still standing after 75 s, CGT_ADVICE_PARTIAL_STANDS until it is reversed or a person decides
/// (cgt_resolve).
///
/// It holds for the payments that begin from now on, and is written beside each in the journal, so that cgt_recover judges as the call
/// would have. More than was asked for, and another currency, are never accepted. Refunds and reversals count what was charged.
///
/// Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_accept_partial(t: *mut cgt_terminal, yes: i32) -> i32 {
    with_terminal(t, |terminal| {
        terminal.accept_partial(args::truth("yes", yes)?);
        Ok(())
    })
}

/// Takes what a payment was charged beyond its amount for a tip, up to this many percent of the amount, 0 to 100. 0: off (default).
///
/// It is for terminals on which the customer adds a tip and whose result names the sum alone. Within the limit the payment is APPROVED and
/// CGT_F_TIP is the difference; beyond it, where the currency is another, and where the terminal names a tip that does not make up the
/// difference, it is UNKNOWN with the reason CGT_E_AMOUNT_DIFFERS. A tip that the terminal names needs no limit.
///
/// It holds for the payments that begin from now on, and is written beside each in the journal, so that cgt_recover judges as the call
/// would have.
///
/// Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_set_tip_limit(t: *mut cgt_terminal, percent: i32) -> i32 {
    with_terminal(t, |terminal| terminal.set_tip_limit(args::number("percent", percent, 0, 100)?))
}

/// Allows (1) or refuses (0, default) terminals that name themselves simulators. Only for training and tests.
///
/// Errors: CGT_E_RANGE, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_allow_simulator(t: *mut cgt_terminal, allowed: i32) -> i32 {
    with_terminal(t, |terminal| {
        terminal.allow_simulator(args::number::<u8>("allowed", allowed, 0, 1)? == 1);
        Ok(())
    })
}

/// Sets the callback that is told what the library and the terminal are doing; see cgt_status_cb. NULL: none.
///
/// Errors: CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_on_status(t: *mut cgt_terminal, cb: cgt_status_cb, user: *mut c_void) -> i32 {
    with_terminal(t, |terminal| {
        terminal.on_status(callbacks::status(cb, user));
        Ok(())
    })
}

/// Sets the callback that is asked every 100 ms whether to cancel; see cgt_cancel_cb. NULL: none.
///
/// Errors: CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_on_cancel(t: *mut cgt_terminal, cb: cgt_cancel_cb, user: *mut c_void) -> i32 {
    with_terminal(t, |terminal| {
        terminal.on_cancel(callbacks::cancel(cb, user));
        Ok(())
    })
}

/// Sets the callback that is told the steps of each payment; see cgt_payment_cb. NULL: none.
///
/// Errors: CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_on_payment(t: *mut cgt_terminal, cb: cgt_payment_cb, user: *mut c_void) -> i32 {
    with_terminal(t, |terminal| {
        terminal.on_payment(callbacks::payment(cb, user));
        Ok(())
    })
}

/// Asks for the running operation of this terminal to be cancelled. May be called from any thread and from a callback.
///
/// It returns at once: the request goes out on the thread that runs the operation, and the answer is that operation's verdict, which may
/// still be APPROVED when the cancel came too late. Does nothing when no operation runs. CGT_F_CANCEL_ASKED says whether a cancel went out and
/// the terminal did not refuse it; many terminals refuse it (HTTP 405) once the card was read, and go on.
///
/// A cancel is said to the terminal only by the call that runs this very number (cgt_pay, cgt_refund ..., cgt_run, cgt_begin), also where it
/// meets an earlier attempt at it that still runs. To cgt_recover, cgt_sale_query and cgt_resolve, and while a new sale asks about another,
/// the wish means: stop asking. The sale that was asked about goes on, and stays what it was.
///
/// Errors: CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_cancel(t: *mut cgt_terminal) -> i32 {
    guard(|| {
        TERMINALS.get(t)?.cancel();
        Ok(())
    })
}

/// Writes 1 to *busy while a call or an operation is under way on this terminal, else 0. May be called from any thread.
///
/// Errors: CGT_E_NULL, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_is_busy(t: *mut cgt_terminal, busy: *mut i32) -> i32 {
    unsafe { args::preset(busy, 0) };
    guard(|| {
        let busy = unsafe { out_pointer("busy", busy) }?;
        *busy = i32::from(TERMINALS.get(t)?.ensure_idle().is_err());
        Ok(())
    })
}

/// Asks the terminal who it is, under every path of its interface that is known. Nothing is journalled and no money moves. Read the answer
/// with cgt_terminal_get_text and _get_i64; CGT_T_BASE_PATH is the path that is used, CGT_T_VERSIONS has all that answered.
///
/// A terminal that tells no id (CGT_T_ID is CGT_E_ABSENT) is known by its host and port, also in the journal: keep its address fixed.
///
/// Errors: 2xx no terminal there; CGT_E_NOT_A_TERMINAL, CGT_E_OTHER_TERMINAL, CGT_E_SIMULATOR; CGT_E_NOT_SUPPORTED (it has none of the paths,
/// or not the one that is forced); CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_info(t: *mut cgt_terminal) -> i32 {
    with_terminal(t, |terminal| terminal.info().map(|_| ()))
}

/// Asks the terminal for its state, and with check_online 1 also whether it reaches its authorization server (which takes longer).
/// This is also the way to test the secureString. Read the answer with cgt_terminal_get_text and _get_i64.
///
/// Errors: as cgt_terminal_info; CGT_E_SECURE_STRING; CGT_E_NOT_SUPPORTED; CGT_E_RANGE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_status(t: *mut cgt_terminal, check_online: i32) -> i32 {
    with_terminal(t, |terminal| {
        let check_online = args::number::<u8>("check_online", check_online, 0, 1)? == 1;
        terminal.status(check_online).map(|_| ())
    })
}

/// One exchange with a function of the terminal that this library does not know and that moves no money, such as "print", for whoever has
/// the vendor's document. Nothing is journalled, and nothing is asked afterwards.
///
/// endpoint: its name in the path, 1 to 64 of A-Z a-z 0-9 / - _. Refused are the functions this library drives itself, and names that begin
/// like a movement of money (payment, refund, reverse, closing, preauth, completion, moto, capture, void): for those there is cgt_run.
/// json: one JSON object as text, at most 4096 bytes, {} for none; its fields must not be called secureString.
///
/// What is sent: "info" as before every start (is it a terminal, is it ours), then one POST to <base path>/<endpoint> with the fields of json
/// and secureString beside each other at top level, without a "request" around them unless json has one. It is never sent again by itself.
///
/// CGT_CALL_OK: the terminal answered with a 2xx. What it said is read with cgt_terminal_get_text(t, CGT_T_REPLY, ...), without the
/// secureString and card numbers; JSON is written anew, and stays JSON. After CGT_E_SECURE_STRING, CGT_E_NOT_SUPPORTED and
/// CGT_E_REQUEST_REFUSED it can be read too, and the detail has the HTTP status.
///
/// Errors: CGT_E_ENDPOINT, CGT_E_EXTRA, CGT_E_NULL, CGT_E_TEXT (nothing was sent); as cgt_terminal_info; CGT_E_SECURE_STRING;
/// CGT_E_REQUEST_REFUSED; CGT_E_EXCHANGE_UNANSWERED.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_exchange(
    t: *mut cgt_terminal,
    endpoint: *const c_char,
    json: *const c_char,
) -> i32 {
    with_terminal(t, |terminal| {
        let endpoint = unsafe { args::text("endpoint", endpoint, 64) }?;
        let json = unsafe { args::text("json", json, 4096) }?;
        terminal.exchange(endpoint, json).map(|_| ())
    })
}

/// Reads a CGT_T_ field of the last cgt_terminal_info, cgt_terminal_status or cgt_terminal_exchange as text.
///
/// Errors: CGT_E_FIELD, CGT_E_ABSENT, CGT_E_BUFFER, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_get_text(
    t: *mut cgt_terminal,
    field: i32,
    buf: *mut c_char,
    cap: i32,
    need: *mut i32,
) -> i32 {
    unsafe { args::preset_text(buf, cap, need) };
    with_terminal(t, |terminal| {
        let out = unsafe { TextOut::new(buf, cap, need) }?;
        out.write(&terminal.facts().text(args::field(TerminalField::from_number, field)?)?)
    })
}

/// Reads a CGT_T_ field that is a number.
///
/// Errors: CGT_E_NULL, CGT_E_FIELD, CGT_E_ABSENT, CGT_E_BUSY, CGT_E_HANDLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn cgt_terminal_get_i64(t: *mut cgt_terminal, field: i32, value: *mut i64) -> i32 {
    unsafe { args::preset(value, 0) };
    with_terminal(t, |terminal| {
        let value = unsafe { out_pointer("value", value) }?;
        *value = terminal.facts().number(args::field(TerminalField::from_number, field)?)?;
        Ok(())
    })
}
