//! Asks the cashier whether to cancel while a reply is awaited.
//!
//! The waiting happens inside ureq, whose parts must be `Send + Sync` and `'static`; the callback of the host is
//! neither. So the watch is put into a place of this thread for the length of one exchange, where the waiting socket
//! finds it.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The host's question whether to cancel.
pub type OnCancel = Box<dyn FnMut() -> bool + Send>;

thread_local! {
    static LENT: Cell<Option<Watch>> = const { Cell::new(None) };
}

/// What a wish to cancel does while a reply is awaited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum OnWish {
    /// The reply is awaited no longer.
    Abandon,
    /// It is noted, but the reply is still awaited.
    #[default]
    Note,
    /// The host is not asked: its callback may be slow, and an approval must be confirmed soon.
    DoNotAsk,
}

/// Whether the register wishes to cancel. A wish stays until the operation ends.
#[derive(Default)]
pub(crate) struct Watch {
    pub(crate) on_cancel: Option<OnCancel>,
    /// Set by `cancel` from any thread.
    pub(crate) flag: Arc<AtomicBool>,
    pub(crate) on_wish: OnWish,
    wished: bool,
}

impl Watch {
    /// A new operation begins: earlier wishes do not concern it.
    pub(crate) fn reset(&mut self) {
        self.flag.store(false, Ordering::SeqCst);
        self.wished = false;
        self.on_wish = OnWish::default();
    }

    /// What a wish may do during the next exchange. One that was heard before has been acted on: whoever asks now waits for the reply, or a
    /// terminal that takes its time would never be heard again.
    pub(crate) fn allow(&mut self, on_wish: OnWish) {
        self.on_wish = if on_wish == OnWish::Abandon && self.wished { OnWish::Note } else { on_wish };
    }

    /// Asks the host, unless it has answered yes before.
    pub(crate) fn ask(&mut self) -> bool {
        self.wished =
            self.wished || self.flag.load(Ordering::SeqCst) || self.on_cancel.as_mut().is_some_and(|ask| ask());
        self.wished
    }

    /// What was answered so far, without asking.
    pub(crate) fn wished(&self) -> bool {
        self.wished
    }
}

/// Runs an exchange during which [`abandon`] asks this watch.
pub(super) fn while_watching<T>(watch: &mut Watch, exchange: impl FnOnce() -> T) -> T {
    /// Puts back what was lent before, also when the exchange panics.
    struct Restore(Option<Watch>);
    impl Drop for Restore {
        fn drop(&mut self) {
            LENT.set(self.0.take());
        }
    }
    // A callback may use another terminal on this thread: then its exchange runs inside ours.
    let outer = Restore(LENT.replace(Some(std::mem::take(watch))));
    let answer = exchange();
    if let Some(lent) = LENT.take() {
        *watch = lent;
    }
    drop(outer);
    answer
}

/// Asks the watch of the exchange that this thread is in. True: do not wait for the reply.
pub(super) fn abandon() -> bool {
    // Taken out while the host is asked, so that an exchange inside its callback finds the place free.
    let Some(mut watch) = LENT.take() else { return false };
    let abandon = watch.on_wish != OnWish::DoNotAsk && watch.ask() && watch.on_wish == OnWish::Abandon;
    LENT.set(Some(watch));
    abandon
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn api_a_wish_is_noted_but_abandons_only_where_it_may() {
        let mut watch = Watch { on_cancel: Some(Box::new(|| true)), ..Watch::default() };
        assert!(!while_watching(&mut watch, abandon));
        assert!(watch.wished(), "the wish came back with the watch");
        watch.on_wish = OnWish::Abandon;
        assert!(while_watching(&mut watch, abandon));
        watch.allow(OnWish::Abandon);
        assert!(!while_watching(&mut watch, abandon), "it was heard before this exchange");
        watch.reset();
        watch.on_wish = OnWish::DoNotAsk;
        assert!(!while_watching(&mut watch, abandon));
        assert!(!watch.wished(), "nobody was asked");
    }

    #[test]
    fn api_an_exchange_inside_a_callback_has_its_own_watch() {
        let inner_of_callback = || {
            let mut inner = Watch { on_wish: OnWish::Abandon, ..Watch::default() };
            while_watching(&mut inner, abandon)
        };
        let mut outer =
            Watch { on_cancel: Some(Box::new(inner_of_callback)), on_wish: OnWish::Abandon, ..Watch::default() };
        assert!(!while_watching(&mut outer, abandon), "the inner terminal wishes nothing");
        assert!(outer.on_cancel.is_some(), "the outer watch was not lost");
        assert!(!abandon(), "nothing is lent outside an exchange");
    }
}
