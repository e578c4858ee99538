//! Opaque handles. What C sees as a pointer is a number that was never given out before: nothing is ever dereferenced, so a freed handle,
//! a handle of another kind or plain rubbish is recognised instead of being undefined behaviour.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use once_cell::sync::Lazy;

use super::args::{out_pointer, preset};
use super::guard::{self, guard_handle};
use crate::codes::{Code, OutcomeField, Verdict};
use crate::error::Error;
use crate::operation::Machine;
use crate::outcome::{Language, Outcome};
use crate::receipt::ReceiptForm;
use crate::request::Request;
use crate::rows::Rows;
use crate::terminal::{Canceller, Terminal};

/// A payment terminal, as this register sees it.
pub struct cgt_terminal(());

/// What is asked of a terminal, for cgt_run and cgt_begin.
pub struct cgt_request(());

/// An operation under way, in the stepped form.
pub struct cgt_op(());

/// What became of an operation.
pub struct cgt_outcome(());

/// A list that is read row by row.
pub struct cgt_rows(());

pub(super) static TERMINALS: Lazy<Table<cgt_terminal, TerminalSlot>> = Lazy::new(|| Table::new("cgt_terminal"));
pub(super) static REQUESTS: Lazy<Table<cgt_request, RequestSlot>> = Lazy::new(|| Table::new("cgt_request"));
pub(super) static OPERATIONS: Lazy<Table<cgt_op, OperationSlot>> = Lazy::new(|| Table::new("cgt_op"));
pub(super) static OUTCOMES: Lazy<Table<cgt_outcome, OutcomeSlot>> = Lazy::new(|| Table::new("cgt_outcome"));
pub(super) static ROWS: Lazy<Table<cgt_rows, RowsSlot>> = Lazy::new(|| Table::new("cgt_rows"));

/// One counter for all kinds, so that a handle of one kind is never taken for another. Steps of 16 look like addresses, and are none.
static NEXT: AtomicUsize = AtomicUsize::new(0x1000);

/// The live handles of one kind.
pub(super) struct Table<Opaque, Slot> {
    kind: &'static str,
    /// With the process that each was made in.
    live: Mutex<BTreeMap<usize, (u32, Arc<Slot>)>>,
    opaque: std::marker::PhantomData<fn() -> Opaque>,
}

/// A handle that ends when this value does.
pub(super) struct Lent<'t, Opaque, Slot> {
    table: &'t Table<Opaque, Slot>,
    handle: *mut Opaque,
}

impl<Opaque, Slot> Table<Opaque, Slot> {
    fn new(kind: &'static str) -> Self {
        Self { kind, live: Mutex::default(), opaque: std::marker::PhantomData }
    }

    fn live(&self) -> MutexGuard<'_, BTreeMap<usize, (u32, Arc<Slot>)>> {
        // Nothing under this lock can panic, and the map is never left half changed.
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn insert(&self, slot: Slot) -> *mut Opaque {
        let id = NEXT.fetch_add(16, Ordering::Relaxed);
        self.live().insert(id, (std::process::id(), Arc::new(slot)));
        std::ptr::without_provenance_mut(id)
    }

    pub(super) fn get(&self, handle: *mut Opaque) -> Result<Arc<Slot>, Error> {
        if handle.is_null() {
            return Err(Error::new(Code::Null, format!("the {} handle is NULL", self.kind)));
        }
        let (process, slot) = self.live().get(&handle.addr()).cloned().ok_or_else(|| {
            Error::new(Code::Handle, format!("the handle is no live {}: it was freed, or never given out", self.kind))
        })?;
        if process == std::process::id() {
            return Ok(slot);
        }
        // A forked child must not drop it either: that would release what its parent holds.
        std::mem::forget(slot);
        Err(Error::new(
            Code::Handle,
            format!("the {} was made by process {process}, and stays its own; after a fork make a new one", self.kind),
        ))
    }

    /// What a fork has copied is forgotten without being touched: its locks and connections are the other process's.
    fn forget_a_copy(&self, handle: *mut Opaque) -> bool {
        let mut live = self.live();
        let is_a_copy = live.get(&handle.addr()).is_some_and(|(process, _)| *process != std::process::id());
        if is_a_copy && let Some((_, slot)) = live.remove(&handle.addr()) {
            std::mem::forget(slot);
        }
        is_a_copy
    }

    /// Removes a handle once `allowed` agrees. NULL is fine.
    pub(super) fn free(
        &self,
        handle: *mut Opaque,
        allowed: impl FnOnce(&Slot) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if handle.is_null() || self.forget_a_copy(handle) {
            return Ok(());
        }
        allowed(&*self.get(handle)?)?;
        let slot = self.live().remove(&handle.addr());
        drop(slot);
        Ok(())
    }

    pub(super) fn lend(&self, slot: Slot) -> Lent<'_, Opaque, Slot> {
        Lent { table: self, handle: self.insert(slot) }
    }
}

impl<Opaque, Slot> Lent<'_, Opaque, Slot> {
    pub(super) fn handle(&self) -> *mut Opaque {
        self.handle
    }
}

impl<Opaque, Slot> Drop for Lent<'_, Opaque, Slot> {
    fn drop(&mut self) {
        let slot = self.table.live().remove(&self.handle.addr());
        drop(slot);
    }
}

/// A terminal and what must be reachable while it is in use.
pub(super) struct TerminalSlot {
    terminal: Mutex<Terminal>,
    canceller: Canceller,
    failure: Mutex<Option<Error>>,
    /// The terminal's language, also for who may not enter now.
    language: Mutex<Language>,
    poisoned: AtomicBool,
    in_call: AtomicBool,
    in_operation: AtomicBool,
}

/// A terminal while a call is inside it.
struct Inside<'s> {
    terminal: MutexGuard<'s, Terminal>,
    in_call: &'s AtomicBool,
    language: &'s Mutex<Language>,
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        *self.language.lock().unwrap_or_else(PoisonError::into_inner) = self.terminal.language;
        guard::note_language(self.terminal.language);
        self.in_call.store(false, Ordering::Release);
    }
}

impl TerminalSlot {
    pub(super) fn new(terminal: Terminal) -> Self {
        Self {
            canceller: terminal.canceller(),
            language: Mutex::new(terminal.language),
            terminal: Mutex::new(terminal),
            failure: Mutex::default(),
            poisoned: AtomicBool::new(false),
            in_call: AtomicBool::new(false),
            in_operation: AtomicBool::new(false),
        }
    }

    /// The terminal itself. Busy means another thread, or a callback of a call further up on this very thread.
    fn enter(&self) -> Result<Inside<'_>, Error> {
        if self.poisoned.load(Ordering::Acquire) {
            return Err(Error::new(
                Code::Poisoned,
                "an earlier error inside the library has made this handle unusable",
            ));
        }
        let terminal = self.terminal.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => Error::new(
                Code::Busy,
                "the terminal is in use by another call: another thread, or the call whose callback this is",
            ),
            TryLockError::Poisoned(_) => {
                Error::new(Code::Poisoned, "an earlier error inside the library has made this handle unusable")
            }
        })?;
        self.in_call.store(true, Ordering::Release);
        Ok(Inside { terminal, in_call: &self.in_call, language: &self.language })
    }

    /// Only looks: whoever asks whether the terminal is busy must not make it so.
    pub(super) fn ensure_idle(&self) -> Result<(), Error> {
        if self.in_operation.load(Ordering::Acquire) {
            return Err(Error::new(Code::Busy, "an operation on this terminal has not been freed yet"));
        }
        if self.in_call.load(Ordering::Acquire) {
            return Err(Error::new(Code::Busy, "the terminal is in use by another call"));
        }
        Ok(())
    }

    pub(super) fn cancel(&self) {
        self.canceller.cancel();
    }

    pub(super) fn language(&self) -> Language {
        *self.language.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl guard::Handle for TerminalSlot {
    fn poison(&self) {
        self.poisoned.store(true, Ordering::Release);
    }

    fn set_failure(&self, error: &Error) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.clone());
    }

    fn failure(&self) -> Option<Error> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The frame of every function on a terminal: find it, enter it, do the work, keep the detail of an error on the handle.
pub(super) fn with_terminal(t: *mut cgt_terminal, work: impl FnOnce(&mut Terminal) -> Result<(), Error>) -> i32 {
    guard_handle(
        || TERMINALS.get(t),
        |slot| {
            // Checked once inside: another thread may have begun an operation meanwhile.
            let mut inside = slot.enter()?;
            if slot.in_operation.load(Ordering::Acquire) {
                return Err(Error::new(Code::Busy, "an operation on this terminal has not been freed yet"));
            }
            work(&mut inside.terminal)
        },
    )
}

/// A request being put together.
pub(super) struct RequestSlot(Mutex<Request>);

impl RequestSlot {
    pub(super) fn new(request: Request) -> Self {
        Self(Mutex::new(request))
    }

    pub(super) fn read(&self) -> Request {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn change(&self, change: impl FnOnce(&mut Request) -> Result<(), Error>) -> Result<(), Error> {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// An operation and the terminal it keeps busy.
pub(super) struct OperationSlot {
    terminal: Arc<TerminalSlot>,
    operation: Mutex<Machine>,
}

impl OperationSlot {
    pub(super) fn new(terminal: Arc<TerminalSlot>, operation: Machine) -> Self {
        terminal.in_operation.store(true, Ordering::Release);
        Self { terminal, operation: Mutex::new(operation) }
    }

    /// The frame of every function on an operation.
    pub(super) fn with(op: *mut cgt_op, work: impl FnOnce(&mut Machine, &mut Terminal) -> Result<(), Error>) -> i32 {
        guard_handle(
            || {
                OPERATIONS
                    .get(op)
                    .map(|slot| (slot.terminal.clone(), slot))
                    .map(|(terminal, slot)| Entered { terminal, slot })
            },
            |entered| {
                let mut inside = entered.terminal.enter()?;
                let mut operation = entered.slot.operation.lock().unwrap_or_else(PoisonError::into_inner);
                work(&mut operation, &mut inside.terminal)
            },
        )
    }

    pub(super) fn let_go(&self) -> Result<(), Error> {
        match self.terminal.enter() {
            Ok(mut inside) => {
                let mut operation = self.operation.lock().unwrap_or_else(PoisonError::into_inner);
                operation.let_go(&mut inside.terminal);
            }
            // The terminal cannot be used any more, but its lock must still be released.
            Err(error) if error.code() == Code::Poisoned => {}
            Err(error) => return Err(error),
        }
        self.terminal.in_operation.store(false, Ordering::Release);
        Ok(())
    }
}

/// Both handles of a call on an operation: errors and panics are kept on its terminal.
struct Entered {
    terminal: Arc<TerminalSlot>,
    slot: Arc<OperationSlot>,
}

impl guard::Handle for Entered {
    fn poison(&self) {
        self.terminal.poison();
    }

    fn set_failure(&self, error: &Error) {
        self.terminal.set_failure(error);
    }

    fn failure(&self) -> Option<Error> {
        self.terminal.failure()
    }
}

/// An outcome and whether the host owns it.
pub(super) struct OutcomeSlot {
    outcome: Outcome,
    lent: bool,
}

impl OutcomeSlot {
    pub(super) fn lent(outcome: Outcome) -> Self {
        Self { outcome, lent: true }
    }

    /// A handle that the host frees.
    pub(super) fn owned(outcome: Outcome) -> *mut cgt_outcome {
        OUTCOMES.insert(Self { outcome, lent: false })
    }

    pub(super) fn ensure_owned(&self) -> Result<(), Error> {
        if self.lent {
            return Err(Error::new(Code::Busy, "this outcome is lent to the callback and ends with it"));
        }
        Ok(())
    }

    pub(super) fn receipt(&self, form: &ReceiptForm) -> Result<Vec<u8>, Error> {
        self.outcome.receipt(form)
    }

    pub(super) fn verdict(&self) -> Verdict {
        self.outcome.verdict()
    }

    pub(super) fn text(&self, field: OutcomeField) -> Result<String, Error> {
        self.outcome.text(field)
    }

    pub(super) fn number(&self, field: OutcomeField) -> Result<i64, Error> {
        self.outcome.number(field)
    }

    pub(super) fn json(&self) -> String {
        self.outcome.to_json()
    }
}

/// A list, and where its reader is.
pub(super) struct RowsSlot(Mutex<Rows>);

impl RowsSlot {
    pub(super) fn new(rows: Rows) -> Self {
        Self(Mutex::new(rows))
    }

    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Rows) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Where a money function puts its verdict and outcome.
pub(super) struct OutcomePlaces<'c> {
    verdict: &'c mut i32,
    outcome: Option<&'c mut *mut cgt_outcome>,
}

impl OutcomePlaces<'_> {
    /// # Safety
    /// `verdict` is NULL or writable; `outcome` is NULL or writable.
    pub(super) unsafe fn new(verdict: *mut i32, outcome: *mut *mut cgt_outcome) -> Result<Self, Error> {
        // SAFETY: passed on.
        let (verdict, outcome) = unsafe { (out_pointer("verdict", verdict)?, outcome.as_mut()) };
        Ok(Self { verdict, outcome })
    }

    /// Before anything else, so that a verdict that was never written is not an approval.
    ///
    /// # Safety
    /// As for [`OutcomePlaces::new`].
    pub(super) unsafe fn preset(verdict: *mut i32, outcome: *mut *mut cgt_outcome) {
        // SAFETY: passed on.
        unsafe {
            preset(verdict, Verdict::Unknown.number());
            preset(outcome, std::ptr::null_mut());
        }
    }

    pub(super) fn give(self, outcome: Outcome) {
        *self.verdict = outcome.verdict().number();
        if let Some(place) = self.outcome {
            *place = OutcomeSlot::owned(outcome);
        }
    }
}

/// A call that ends in an outcome.
///
/// # Safety
/// As for [`OutcomePlaces::new`].
pub(super) unsafe fn with_outcome(
    t: *mut cgt_terminal,
    verdict: *mut i32,
    outcome: *mut *mut cgt_outcome,
    call: impl FnOnce(&mut Terminal) -> Result<Outcome, Error>,
) -> i32 {
    // SAFETY: passed on.
    unsafe { OutcomePlaces::preset(verdict, outcome) };
    with_terminal(t, |terminal| {
        // SAFETY: passed on.
        let places = unsafe { OutcomePlaces::new(verdict, outcome) }?;
        places.give(call(terminal)?);
        Ok(())
    })
}
