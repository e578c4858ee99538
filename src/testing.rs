//! What only builds with the feature `testing` can do. In a released library each of these is nothing.

mod guard;

#[allow(unreachable_pub)]
pub use guard::Guard;
#[cfg(feature = "testing")]
pub(crate) use hooks::{broken, clock_offset, hurried, note_synced, point, slow_disk};
#[cfg(not(feature = "testing"))]
pub(crate) use nothing::{broken, clock_offset, hurried, note_synced, point, slow_disk};

#[cfg(not(feature = "testing"))]
mod nothing {
    use std::fs::File;
    use std::path::Path;
    use std::time::Duration;

    use super::Guard;

    /// A limit that no setter changes.
    pub(crate) const fn hurried(limit: Duration) -> Duration {
        limit
    }

    /// By how many seconds the clock of a test is wrong.
    pub(crate) const fn clock_offset() -> i64 {
        0
    }

    /// A place where a test may kill the process.
    pub(crate) const fn point(_: &str, _: &str) {}

    /// The journal is on disk so far.
    pub(crate) const fn note_synced(_: &Path, _: &File) {}

    /// A disk that takes its time for a flush.
    pub(crate) const fn slow_disk() {}

    /// Whether a guard was taken away to see that a test misses it.
    pub(crate) const fn broken(_: Guard) -> bool {
        false
    }
}

#[cfg(feature = "testing")]
mod hooks {
    use std::fs::{File, OpenOptions};
    use std::io::Write;
    use std::path::Path;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use once_cell::sync::Lazy;

    use super::Guard;

    /// A limit that no setter changes. A test that is in a hurry divides it by `CGT_TEST_HURRY`.
    pub(crate) fn hurried(limit: Duration) -> Duration {
        static HURRY: Lazy<u32> = Lazy::new(|| number("CGT_TEST_HURRY").filter(|hurry| *hurry > 0).unwrap_or(1));
        limit / *HURRY
    }

    /// By how many seconds the clock of a test is wrong: `CGT_TEST_CLOCK`.
    pub(crate) fn clock_offset() -> i64 {
        static OFFSET: Lazy<i64> =
            Lazy::new(|| std::env::var("CGT_TEST_CLOCK").ok().and_then(|text| text.parse().ok()).unwrap_or(0));
        *OFFSET
    }

    /// A place where a test may kill the process: the one that is reached as number `CGT_TEST_KILL_AT`, counted from 1. `ask result#2`
    /// is the place `ask result` when it is reached for the second time, which no number of polls before it moves. The names of all
    /// places that are reached go to the file `CGT_TEST_TRACE`. `CGT_TEST_PANIC_AT` names in the same way where the library fails, and
    /// `CGT_TEST_HOLD_AT` where it waits until the file `CGT_TEST_HOLD_UNTIL` is there; meanwhile it keeps one beside it, with the ending
    /// `held`.
    pub(crate) fn point(what: &str, of: &str) {
        static KILL: Lazy<Option<Place>> = Lazy::new(|| Place::named_in("CGT_TEST_KILL_AT"));
        static HOLD: Lazy<Option<Place>> = Lazy::new(|| Place::named_in("CGT_TEST_HOLD_AT"));
        static PANIC: Lazy<Option<Place>> = Lazy::new(|| Place::named_in("CGT_TEST_PANIC_AT"));
        if let Some(trace) = std::env::var_os("CGT_TEST_TRACE") {
            let file = OpenOptions::new().append(true).create(true).open(trace);
            // One write, so that the line is whole even when the process dies next.
            let _ = file.and_then(|mut file| file.write_all(format!("{what} {of}\n").as_bytes()));
        }
        if HOLD.as_ref().is_some_and(|place| place.is_reached(what, of)) {
            hold();
        }
        if KILL.as_ref().is_some_and(|place| place.is_reached(what, of)) {
            crate::os::kill_this_process();
        }
        assert!(!PANIC.as_ref().is_some_and(|place| place.is_reached(what, of)), "a test wants this");
    }

    fn hold() {
        let Some(until) = std::env::var_os("CGT_TEST_HOLD_UNTIL").map(std::path::PathBuf::from) else { return };
        let _ = std::fs::write(until.with_extension("held"), "");
        while !until.exists() {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    struct Place {
        /// Empty for any.
        name: String,
        visit: u32,
        visits: AtomicU32,
    }

    impl Place {
        fn named_in(variable: &str) -> Option<Self> {
            let wish = std::env::var(variable).ok()?;
            let (name, visit) = wish.rsplit_once('#').unwrap_or(("", &wish));
            Some(Self { name: name.into(), visit: visit.parse().ok()?, visits: AtomicU32::new(0) })
        }

        fn is_reached(&self, what: &str, of: &str) -> bool {
            let here = self.name.is_empty() || self.name.split_once(' ') == Some((what, of));
            here && self.visits.fetch_add(1, Ordering::SeqCst) + 1 == self.visit
        }
    }

    /// The journal is on disk so far. A test that plays a power cut keeps only this much: the length stands beside the journal.
    pub(crate) fn note_synced(path: &Path, file: &File) {
        if std::env::var_os("CGT_TEST_POWER").is_some() {
            let length = file.metadata().map_or(0, |metadata| metadata.len());
            let _ = std::fs::write(path.with_extension("synced"), length.to_string());
        }
    }

    /// A disk that takes its time for a flush: so many milliseconds as `CGT_TEST_FLUSH_MS` says.
    pub(crate) fn slow_disk() {
        static FLUSH: Lazy<u32> = Lazy::new(|| number("CGT_TEST_FLUSH_MS").unwrap_or_default());
        if *FLUSH > 0 {
            std::thread::sleep(Duration::from_millis((*FLUSH).into()));
        }
    }

    /// Whether this guard was taken away with `CGT_TEST_BREAK`, to see that a test misses it.
    pub(crate) fn broken(guard: Guard) -> bool {
        static BROKEN: Lazy<Option<String>> = Lazy::new(|| std::env::var("CGT_TEST_BREAK").ok());
        BROKEN.as_deref() == Some(guard.name())
    }

    fn number(variable: &str) -> Option<u32> {
        std::env::var(variable).ok()?.parse().ok()
    }
}
