//! Stories by the thousand: in a process of their own that is in a hurry, so many side by side, and counted.

#![allow(dead_code, unreachable_pub)]

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};

use crate::register::each;

/// By this the library divides the limits that no setter changes.
const HURRY: &str = "CGT_TEST_HURRY";
/// A folder in memory, where there is one: these stories are about the wire, and a disk would only slow them down.
const IN_MEMORY: &str = "/dev/shm";

/// Tells the story of the test with this name in a process of its own: limits are read once, from the environment.
pub fn in_a_hurry(test: &str, story: impl FnOnce()) {
    in_some_hurry(test, 10, story);
}

/// The same with limits that are only so many times shorter.
pub fn in_some_hurry(test: &str, times: u32, story: impl FnOnce()) {
    if std::env::var_os(HURRY).is_some() {
        return story();
    }
    let mut child = Command::new(std::env::current_exe().expect("a test has a path"));
    child.args(["--exact", test, "--nocapture"]).env(HURRY, times.to_string());
    if Path::new(IN_MEMORY).is_dir() && std::env::var_os("TMPDIR").is_none() {
        child.env("TMPDIR", IN_MEMORY);
    }
    assert!(child.status().expect("the test runs again").success(), "{test} failed; its own words are above");
}

/// What came of many cases.
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

/// Writes numbers for a later report to `target/reliability`, with the day.
pub fn report(name: &str, mut numbers: serde_json::Value) {
    numbers["date"] = today().into();
    println!("{name}: {numbers}");
    let folder = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from)
        .join("reliability");
    std::fs::create_dir_all(&folder).expect("the target folder is writable");
    std::fs::write(folder.join(format!("{name}.json")), format!("{numbers:#}\n")).expect("it is writable");
}

/// The day in UTC, by counting days from 1 January 1970.
fn today() -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
    let (mut day, mut year, mut month) = (now.as_secs() / 86_400, 1970, 0);
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    while day >= 365 + u64::from(leap(year)) {
        day -= 365 + u64::from(leap(year));
        year += 1;
    }
    let months = [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    while day >= months[month] {
        day -= months[month];
        month += 1;
    }
    format!("{year}-{:02}-{:02}", month + 1, day + 1)
}
