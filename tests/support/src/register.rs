//! A register for the tests: everything it does goes through the C ABI, as a C program would.

mod advice;
mod host;
mod outcome;
mod preauth;
mod request;
mod rows;

use std::ffi::CString;
use std::path::Path;

use comgate_simulator::{Fault, FaultKind, Options, Simulator};
use comgate_terminal::{Code, TerminalField, Verdict};

// All of it, as a C program includes the header.
#[allow(clippy::wildcard_imports)]
use crate::abi::*;
use crate::folder::Folder;

use host::{on_cancel, on_payment, on_recover, on_status};
use outcome::{given, read, read_outcome};

pub use advice::{advice_of_thread, error_advice};
pub use host::{Host, Wish};
pub use outcome::Outcome;
pub use request::{Button, Request, Steps};
pub use rows::Rows;

/// A register with one terminal and a journal folder.
pub struct Register {
    handle: *mut cgt_terminal,
    pub host: Box<Host>,
}

fn c(text: &str) -> CString {
    CString::new(text).expect("no NUL in a test's text")
}

impl Register {
    /// A register at this simulator, with short limits.
    pub fn at(simulator: &Simulator, folder: &Folder) -> Self {
        let address = simulator.address();
        Self::at_address(&address.ip().to_string(), address.port(), folder)
    }

    pub fn at_address(host: &str, port: u16, folder: &Folder) -> Self {
        Self::in_folder(host, port, folder.path())
    }

    /// With a folder that somebody else removes.
    pub fn in_folder(host: &str, port: u16, folder: &Path) -> Self {
        let mut handle = std::ptr::null_mut();
        let host_text = c(host);
        assert_eq!(unsafe { cgt_terminal_new(host_text.as_ptr(), &raw mut handle) }, 0);
        let mut register = Self { handle, host: Box::default() };
        let user = (&raw mut *register.host).cast();
        unsafe {
            assert_eq!(cgt_terminal_set_port(handle, port.into()), 0);
            assert_eq!(cgt_terminal_set_journal_dir(handle, c(&folder.display().to_string()).as_ptr()), 0);
            assert_eq!(cgt_terminal_set_timeouts(handle, 500, 1_000, -1), 0);
            assert_eq!(cgt_terminal_set_poll_interval(handle, 100), 0);
            assert_eq!(cgt_terminal_allow_simulator(handle, 1), 0);
            assert_eq!(cgt_terminal_on_status(handle, Some(on_status), user), 0);
            assert_eq!(cgt_terminal_on_cancel(handle, Some(on_cancel), user), 0);
            assert_eq!(cgt_terminal_on_payment(handle, Some(on_payment), user), 0);
        }
        register
    }

    pub fn set_patience(&self, milliseconds: i32) {
        assert_eq!(unsafe { cgt_terminal_set_timeouts(self.handle, -1, -1, milliseconds) }, 0);
    }

    /// With long limits, for slow replies on a busy machine.
    pub fn set_reply_limit(&self, milliseconds: i32) {
        assert_eq!(unsafe { cgt_terminal_set_timeouts(self.handle, -1, milliseconds, -1) }, 0);
    }

    pub fn set_secure_string(&self, text: &str) {
        assert_eq!(unsafe { cgt_terminal_set_secure_string(self.handle, c(text).as_ptr()) }, 0);
    }

    pub fn set_language(&self, language: &str) {
        assert_eq!(unsafe { cgt_terminal_set_language(self.handle, c(language).as_ptr()) }, 0);
    }

    pub fn set_terminal_id(&self, id: &str) {
        assert_eq!(unsafe { cgt_terminal_set_terminal_id(self.handle, c(id).as_ptr()) }, 0);
    }

    pub fn set_register_id(&self, id: &str) {
        assert_eq!(unsafe { cgt_terminal_set_register_id(self.handle, c(id).as_ptr()) }, 0);
    }

    pub fn set_api_version(&self, version: i32) {
        assert_eq!(unsafe { cgt_terminal_set_api_version(self.handle, version) }, 0);
    }

    pub fn refuse_simulators(&self) {
        assert_eq!(unsafe { cgt_terminal_allow_simulator(self.handle, 0) }, 0);
    }

    /// Pays in CZK. The error is the code with which there is no outcome.
    pub fn try_pay(&self, sale: &str, amount: i64) -> Result<Outcome, i32> {
        let (mut verdict, mut outcome) = (99, std::ptr::null_mut());
        let (sale, currency) = (c(sale), c("CZK"));
        let code = unsafe {
            cgt_pay(self.handle, sale.as_ptr(), amount, currency.as_ptr(), &raw mut verdict, &raw mut outcome)
        };
        given(code, verdict, outcome)
    }

    #[track_caller]
    pub fn pay(&self, sale: &str, amount: i64) -> Outcome {
        self.try_pay(sale, amount).unwrap_or_else(|code| panic!("no outcome: {code} {}", self.last_error()))
    }

    /// Refunds in CZK.
    pub fn refund(&self, id: &str, original: Option<&str>, amount: i64) -> Result<Outcome, i32> {
        let (mut verdict, mut outcome) = (99, std::ptr::null_mut());
        let (id, original, currency) = (c(id), original.map(c), c("CZK"));
        let original = original.as_ref().map_or(std::ptr::null(), |text| text.as_ptr());
        let (v, o) = (&raw mut verdict, &raw mut outcome);
        let code = unsafe { cgt_refund(self.handle, id.as_ptr(), original, amount, currency.as_ptr(), v, o) };
        given(code, verdict, outcome)
    }

    pub fn reverse(&self, id: &str, original: &str) -> Result<Outcome, i32> {
        let (mut verdict, mut outcome) = (99, std::ptr::null_mut());
        let (id, original) = (c(id), c(original));
        let (v, o) = (&raw mut verdict, &raw mut outcome);
        let code = unsafe { cgt_reverse(self.handle, id.as_ptr(), original.as_ptr(), v, o) };
        given(code, verdict, outcome)
    }

    pub fn closing(&self, id: &str) -> Result<Outcome, i32> {
        let (mut verdict, mut outcome) = (99, std::ptr::null_mut());
        let code = unsafe { cgt_closing(self.handle, c(id).as_ptr(), &raw mut verdict, &raw mut outcome) };
        given(code, verdict, outcome)
    }

    pub fn signature_result(&self, sale: &str, accepted: bool) -> Result<Outcome, i32> {
        let (mut verdict, mut outcome) = (99, std::ptr::null_mut());
        let (v, o) = (&raw mut verdict, &raw mut outcome);
        let code = unsafe { cgt_signature_result(self.handle, c(sale).as_ptr(), accepted.into(), v, o) };
        given(code, verdict, outcome)
    }

    /// Runs the general form.
    pub fn run(&self, request: &Request) -> Result<Outcome, i32> {
        let (mut verdict, mut outcome) = (99, std::ptr::null_mut());
        let code = unsafe { cgt_run(self.handle, request.handle(), &raw mut verdict, &raw mut outcome) };
        given(code, verdict, outcome)
    }

    pub fn last_error(&self) -> String {
        read(|buf, cap, need| unsafe { cgt_terminal_last_error(self.handle, buf, cap, need) })
    }

    /// The cancel button, for another thread or a callback.
    pub fn button(&self) -> Button {
        Button::of(self.handle)
    }

    pub fn info(&self) -> i32 {
        unsafe { cgt_terminal_info(self.handle) }
    }

    pub fn status(&self, check_online: bool) -> i32 {
        unsafe { cgt_terminal_status(self.handle, check_online.into()) }
    }

    pub fn exchange(&self, endpoint: &str, json: &str) -> i32 {
        unsafe { cgt_terminal_exchange(self.handle, c(endpoint).as_ptr(), c(json).as_ptr()) }
    }

    /// What the terminal told. The error is the code.
    pub fn told(&self, field: TerminalField) -> Result<String, i32> {
        let get = |buf, cap, need| unsafe { cgt_terminal_get_text(self.handle, field.number(), buf, cap, need) };
        match get(std::ptr::null_mut(), 0, std::ptr::null_mut()) {
            code if code == Code::Buffer.number() => Ok(read(get)),
            code => Err(code),
        }
    }

    pub fn set_response_code(&self, code: &str, meaning: i32) -> i32 {
        unsafe { cgt_terminal_set_response_code(self.handle, c(code).as_ptr(), meaning) }
    }

    pub fn accept_partial(&self, yes: i32) -> i32 {
        unsafe { cgt_terminal_accept_partial(self.handle, yes) }
    }

    pub fn set_tip_limit(&self, percent: i32) -> i32 {
        unsafe { cgt_terminal_set_tip_limit(self.handle, percent) }
    }

    pub fn acknowledge_transaction(&self, transaction: &str) -> i32 {
        unsafe { cgt_acknowledge_transaction(self.handle, c(transaction).as_ptr()) }
    }

    pub fn acknowledge(&self, sale: &str) -> i32 {
        unsafe { cgt_acknowledge(self.handle, c(sale).as_ptr()) }
    }

    /// What the journal alone knows.
    pub fn find(&self, sale: &str) -> Result<Outcome, i32> {
        let mut outcome = std::ptr::null_mut();
        let code = unsafe { cgt_sale_find(self.handle, c(sale).as_ptr(), &raw mut outcome) };
        if code != 0 {
            assert!(outcome.is_null());
            return Err(code);
        }
        let read = read_outcome(outcome);
        assert_eq!(unsafe { cgt_outcome_free(outcome) }, 0);
        Ok(read)
    }

    /// The same after asking the terminal.
    pub fn query(&self, sale: &str) -> Result<Outcome, i32> {
        let (mut verdict, mut outcome) = (99, std::ptr::null_mut());
        let code = unsafe { cgt_sale_query(self.handle, c(sale).as_ptr(), &raw mut verdict, &raw mut outcome) };
        given(code, verdict, outcome)
    }

    /// A person decides.
    pub fn resolve(&self, sale: &str, charged: bool, note: &str) -> i32 {
        unsafe { cgt_resolve(self.handle, c(sale).as_ptr(), charged.into(), c(note).as_ptr()) }
    }

    /// How many sales are undecided, and how many charged and not acknowledged.
    pub fn unresolved(&self) -> (i32, i32) {
        let (mut undecided, mut unacknowledged) = (99, 99);
        let code = unsafe { cgt_unresolved_count(self.handle, &raw mut undecided, &raw mut unacknowledged) };
        assert_eq!(code, 0, "{}", self.last_error());
        (undecided, unacknowledged)
    }

    pub fn set_retention_days(&self, days: i32) -> i32 {
        unsafe { cgt_terminal_set_retention_days(self.handle, days) }
    }

    pub fn set_journal_dir(&self, path: &Path) -> i32 {
        unsafe { cgt_terminal_set_journal_dir(self.handle, c(&path.display().to_string()).as_ptr()) }
    }

    pub fn sell_without_journal(&self) {
        assert_eq!(unsafe { cgt_terminal_allow_no_journal(self.handle, 1) }, 0);
    }

    /// What recover tells, newest first.
    pub fn recover(&mut self, store: bool) -> Vec<Outcome> {
        self.recover_within(20_000, store)
    }

    /// The same with so many milliseconds for asking.
    pub fn recover_within(&mut self, budget: i32, store: bool) -> Vec<Outcome> {
        self.host.recovered.clear();
        self.host.store_recovered = store;
        let user = (&raw mut *self.host).cast();
        assert_eq!(unsafe { cgt_recover(self.handle, budget, Some(on_recover), user) }, 0, "{}", self.last_error());
        std::mem::take(&mut self.host.recovered)
    }

    /// Begins a payment in steps.
    pub fn begin(&self, sale: &str, amount: i64) -> Result<Steps, i32> {
        let (mut request, mut op) = (std::ptr::null_mut(), std::ptr::null_mut());
        let code = unsafe {
            assert_eq!(cgt_request_new(1, c(sale).as_ptr(), &raw mut request), 0);
            assert_eq!(cgt_request_set_amount(request, amount, c("CZK").as_ptr()), 0);
            let code = cgt_begin(self.handle, request, &raw mut op);
            assert_eq!(cgt_request_free(request), 0);
            code
        };
        if code == 0 { Ok(Steps::of(op)) } else { Err(code) }
    }
}

impl Drop for Register {
    fn drop(&mut self) {
        let code = unsafe { cgt_terminal_free(self.handle) };
        assert!(code == 0 || std::thread::panicking(), "the terminal could not be freed: {code}");
    }
}

/// A well-behaved simulator, and a folder.
pub fn shop() -> (Simulator, Folder) {
    (Simulator::start(Options::default()).expect("a free port"), Folder::new())
}

/// A terminal with this id.
pub fn terminal(id: &str) -> Simulator {
    Simulator::start(Options { terminal_id: id.into(), ..Options::default() }).expect("a free port")
}

/// A sale that was charged, and of whose approval the register does not know.
pub fn charged_but_unknown(simulator: &Simulator, register: &Register, sale: &str) {
    simulator.fault(Fault::always("result", FaultKind::BrokenJson));
    register.pay(sale, 12550).expect(Verdict::Unknown, Some(Code::Unreadable));
    simulator.clear_faults();
}

/// Plays one story for each row, side by side: they wait much and work little.
pub fn each<Row: Send>(rows: impl IntoIterator<Item = Row>, story: impl Fn(Row) + Sync) {
    let story = &story;
    std::thread::scope(|scope| {
        for row in rows {
            scope.spawn(move || story(row));
        }
    });
}
