//! The frame around every export: a panic never reaches the host, an error becomes its code, and its detail is kept where it can be read.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::codes::Code;
use crate::error::Error;
use crate::log;
use crate::outcome::Language;

thread_local! {
    /// The last failed call of this thread.
    static FAILED: RefCell<Option<Error>> = const { RefCell::new(None) };
    /// The language of the terminal that this thread used last. None: it has used none.
    static LANGUAGE: Cell<Option<Language>> = const { Cell::new(None) };
}

/// A handle that keeps the detail of errors and can be put out of use.
pub(super) trait Handle {
    /// Puts the handle out of use after a panic.
    fn poison(&self);
    /// Keeps why a call failed.
    fn set_failure(&self, error: &Error);
    /// The failure kept last.
    fn failure(&self) -> Option<Error>;
}

/// For functions without a terminal.
pub(super) fn guard(work: impl FnOnce() -> Result<(), Error>) -> i32 {
    match caught(work) {
        Ok(()) => Code::Ok.number(),
        Err(error) => fail(&error),
    }
}

/// For reading what failed. A buffer that is too small must not replace that.
pub(super) fn guard_detail(work: impl FnOnce() -> Result<(), Error>) -> i32 {
    match caught(work) {
        Ok(()) => Code::Ok.number(),
        Err(error) if error.code() == Code::Handle => fail(&error),
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
        Err(error) => return fail(&error),
    };
    match caught(|| work(&handle)) {
        Ok(()) => Code::Ok.number(),
        Err(error) => {
            if error.code() == Code::Panic {
                handle.poison();
            }
            handle.set_failure(&error);
            fail(&error)
        }
    }
}

impl<H: Handle> Handle for std::sync::Arc<H> {
    fn poison(&self) {
        (**self).poison();
    }

    fn set_failure(&self, error: &Error) {
        (**self).set_failure(error);
    }

    fn failure(&self) -> Option<Error> {
        (**self).failure()
    }
}

pub(super) fn failure_of_thread() -> Option<Error> {
    FAILED.with_borrow(Clone::clone)
}

pub(super) fn note_language(language: Language) {
    LANGUAGE.set(Some(language));
}

pub(super) fn language_of_thread() -> Language {
    LANGUAGE.get().unwrap_or_default()
}

/// The detail of a failure; empty where there is none.
pub(super) fn detail_of(failed: Option<Error>) -> String {
    failed.map_or_else(String::new, |error| error.message().into())
}

fn fail(error: &Error) -> i32 {
    FAILED.with_borrow_mut(|failed| *failed = Some(error.clone()));
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
