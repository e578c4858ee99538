//! The figures for `tests/RELIABILITY.md`, and the line that is counted.

use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use serde_json::Value;

/// In the build's own folder, wherever that is.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("tmp has a parent").join("reliability")
}

pub fn write(name: &str, mut figures: Value) {
    figures["date"] = today().into();
    let text = serde_json::to_string_pretty(&figures).expect("figures are JSON");
    std::fs::create_dir_all(folder()).expect("the build's folder is writable");
    std::fs::write(folder().join(format!("{name}.json")), text + "\n").expect("the build's folder is writable");
}

/// Keeps the story of a failure in a file. The answer says where.
pub fn keep(name: &str, story: &str) -> String {
    let file = folder().join(name);
    std::fs::create_dir_all(folder()).expect("the build's folder is writable");
    std::fs::write(&file, story).expect("the build's folder is writable");
    format!("    its story: {}", file.display())
}

/// The words that cargo's own harness would say.
pub fn end(passed: usize, failed: usize, began: Instant) -> ! {
    let (word, code) = if failed == 0 { ("ok", 0) } else { ("FAILED", 101) };
    let seconds = began.elapsed().as_secs_f32();
    println!(
        "\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored; 0 measured; 0 filtered out; finished in {seconds:.2}s\n"
    );
    std::process::exit(code);
}

/// The day in UTC, as in "Howard Hinnant, chrono-compatible low-level date algorithms".
fn today() -> String {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs() / 86_400;
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}
