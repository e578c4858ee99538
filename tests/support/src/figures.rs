//! The figures that a reliability suite leaves in the build's own folder, for `tests/RELIABILITY.md`.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use serde_json::Value;

/// In the build's own folder, wherever that is.
fn folder() -> PathBuf {
    crate::build_folder().join("reliability")
}

/// Writes them, with the day and how long it took.
pub fn write(suite: &str, mut figures: Value, took: Duration) {
    figures["date"] = today().into();
    figures["seconds"] = took.as_secs().into();
    println!("{suite}: {figures}");
    keep(&format!("{suite}.json"), &format!("{figures:#}\n"));
}

/// Keeps a text beside them. The answer says where.
pub fn keep(name: &str, text: &str) -> PathBuf {
    let file = folder().join(name);
    std::fs::create_dir_all(folder()).expect("the build's folder is writable");
    std::fs::write(&file, text).expect("the build's folder is writable");
    file
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
