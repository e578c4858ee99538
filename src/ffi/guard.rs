//! The frame around every export: a panic never reaches the host, an error becomes its code, and its detail is kept where it can be read.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::codes::Code;
use crate::error::Error;
use crate::log;

thread_local! {
    /// Detail of the last failed call of this thread that had no handle to keep it on.
    static DETAIL: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A handle that keeps the detail of errors and can be put out of use.
pub(super) trait Handle {
    /// Puts the handle out of use after a panic.
    fn poison(&self);
    /// Keeps the detail of a failed call.
    fn set_detail(&self, detail: &str);
    /// The detail kept last.
    fn detail(&self) -> String;
}

/// For functions without a terminal.
pub(super) fn guard(work: impl FnOnce() -> Result<(), Error>) -> i32 {
    match caught(work) {
        Ok(()) => Code::Ok.number(),
        Err(error) => fail_without_handle(&error),
    }
}

/// For reading the detail itself. A buffer that is too small must not replace the detail.
pub(super) fn guard_detail(work: impl FnOnce() -> Result<(), Error>) -> i32 {
    match caught(work) {
        Ok(()) => Code::Ok.number(),
        Err(error) if error.code() == Code::Handle => fail_without_handle(&error),
        Err(error) => error.code().number(),
    }
}

/// For functions on a terminal or an operation.
pub(super) fn guard_handle<H: Handle>(
    find: impl FnOnce() -> Result<H, Error>,
    work: impl FnOnce(&H) -> Result<(), Error>,
) -> i32 {
    let handle = match caught(find) {
        Ok(handle) => handle,
        Err(error) => return fail_without_handle(&error),
    };
    match caught(|| work(&handle)) {
        Ok(()) => Code::Ok.number(),
        Err(error) => {
            if error.code() == Code::Panic {
                handle.poison();
            }
            handle.set_detail(error.message());
            error.code().number()
        }
    }
}

impl<H: Handle> Handle for std::sync::Arc<H> {
    fn poison(&self) {
        (**self).poison();
    }

    fn set_detail(&self, detail: &str) {
        (**self).set_detail(detail);
    }

    fn detail(&self) -> String {
        (**self).detail()
    }
}

pub(super) fn last_detail(handle: &impl Handle) -> String {
    handle.detail()
}

pub(super) fn detail_without_handle() -> String {
    DETAIL.with_borrow(Clone::clone)
}

fn fail_without_handle(error: &Error) -> i32 {
    DETAIL.with_borrow_mut(|detail| error.message().clone_into(detail));
    error.code().number()
}

fn caught<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let what = payload
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        // The log sink is code of the host and may be what panicked.
        let _ = catch_unwind(|| log::problem(&format!("an error inside the library was caught: {what}")));
        Err(Error::new(
            Code::Panic,
            "an error inside the library was caught; free this handle and call cgt_recover on a new one",
        ))
    })
}
