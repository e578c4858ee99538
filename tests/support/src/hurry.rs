//! Thousands of stories: in a process of their own with divided limits, many side by side, and counted.

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::again::{again, expect_passed, name_of};
use crate::folder::memory;
use crate::register::each;

/// The divisor of the limits that no setter changes.
const HURRY: &str = "CGT_TEST_HURRY";
/// One such suite at a time.
static TURN: Mutex<()> = Mutex::new(());

/// Runs this test in a process of its own, because the divisor is read once, from the environment.
pub fn in_a_hurry<Test: Fn()>(test: &Test, story: impl FnOnce()) {
    in_some_hurry(test, 10, story);
}

/// The same with another divisor.
pub fn in_some_hurry<Test: Fn()>(test: &Test, times: u32, story: impl FnOnce()) {
    if std::env::var_os(HURRY).is_some() {
        return story();
    }
    let test = name_of(test);
    let mut child = again(test);
    child.env(HURRY, times.to_string());
    // These stories are about the wire, so the journal is kept in memory: a disk would only slow them down.
    if let Some(memory) = memory().filter(|_| std::env::var_os("TMPDIR").is_none()) {
        child.env("TMPDIR", memory);
    }
    // Each of them keeps the whole machine busy.
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let told = child.output().expect("the test runs again");
    drop(turn);
    expect_passed(test, &told);
    // Each test has its own count.
    let words = String::from_utf8_lossy(&told.stdout);
    words.lines().filter(|line| !line.contains("test")).for_each(|line| println!("{line}"));
}

/// The results of many cases.
pub struct Tally<Seen> {
    pub seen: Vec<Seen>,
    pub failures: Vec<String>,
    pub took: Duration,
}

/// Plays every case, so many at a time. A case that panics is a failure, and the others are still played.
pub fn play<Case: Display + Sync, Seen: Send>(
    cases: &[Case],
    at_a_time: usize,
    story: impl Fn(&Case) -> Seen + Sync,
) -> Tally<Seen> {
    let began = Instant::now();
    let waiting = Mutex::new(cases.iter());
    let next = || waiting.lock().expect("nobody panics here").next();
    let (seen, failures) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    each(0..at_a_time, |_| {
        while let Some(case) = next() {
            match catch_unwind(AssertUnwindSafe(|| story(case))) {
                Ok(what) => seen.lock().expect("nobody panics here").push(what),
                Err(words) => failures.lock().expect("nobody panics here").push(format!("{case}: {}", said(&*words))),
            }
        }
    });
    let inner = "nobody panics here";
    Tally {
        seen: seen.into_inner().expect(inner),
        failures: failures.into_inner().expect(inner),
        took: began.elapsed(),
    }
}

fn said(words: &(dyn std::any::Any + Send)) -> &str {
    words.downcast_ref::<String>().map(String::as_str).or_else(|| words.downcast_ref().copied()).unwrap_or("?")
}

impl<Seen> Tally<Seen> {
    /// Fails the test with every case that failed.
    #[track_caller]
    pub fn expect_no_failure(&self) {
        let (count, all) = (self.failures.len(), self.seen.len() + self.failures.len());
        assert!(self.failures.is_empty(), "{count} of {all} cases failed:\n{}", self.failures.join("\n"));
    }
}
