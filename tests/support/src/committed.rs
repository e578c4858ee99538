//! Compares a generated text with the file in git. `CGT_BLESS=1` writes the file instead of failing.

use std::{env, fs};

/// `path` is relative to the project.
pub fn assert_is(path: &str, generated: &str) {
    let file = crate::project().join(path);
    if env::var("CGT_BLESS").as_deref() == Ok("1") {
        fs::write(&file, generated).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        return;
    }
    // A checkout on Windows may have put carriage returns in.
    let committed = fs::read_to_string(&file).unwrap_or_default().replace('\r', "");
    assert!(
        committed == generated,
        "{path} is not what is generated now, from line {}\nCGT_BLESS=1 cargo test --test build_generated writes it anew.",
        first_difference(&committed, generated)
    );
}

fn first_difference(committed: &str, generated: &str) -> String {
    let same = committed.lines().zip(generated.lines()).take_while(|(a, b)| a == b).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(end of file)").to_string();
    format!("{}:\n  in git:    {}\n  generated: {}", same + 1, line(committed), line(generated))
}
