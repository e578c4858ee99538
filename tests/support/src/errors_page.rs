//! Writes `include/ERRORS.md` from `src/codes.rs`: one table for each band, because the band says what to do.

#![allow(clippy::format_push_string)]

use comgate_terminal::codes::Code;

const INTRO: &str = "\
# Codes of the C ABI

Every function of `comgate_terminal.h` answers one of these numbers. 0 says that the *call* worked; what became of the
money stands in the verdict. The same numbers are the reason (`CGT_F_REASON`) of an outcome that is not approved.

Branch on the hundreds, not on single codes: a newer library may answer numbers that are not in this table, but a band
never changes its meaning. `cgt_error_text` gives the texts below at run time, `cgt_terminal_last_error` the details of
what went wrong just now: the argument, the path, the address.
";

/// Heading and advice of every band, in the order of the page.
const BANDS: [(i32, &str, &str); 6] = [
    (0, "0: the call worked", "There is an answer; for a payment, read the verdict."),
    (1, "1xx: fix the call", "The calling program did something that cannot work. Nothing was sent."),
    (
        2,
        "2xx: nothing was sent",
        "Nothing of this sale has reached the terminal. It is safe to try the same sale id again.",
    ),
    (
        3,
        "3xx: the terminal refused",
        "The terminal, or what answers in its place, did not take the order. No money moved.",
    ),
    (
        4,
        "4xx: the outcome is not known",
        "Money may have moved. Hand nothing over, do not charge again; `cgt_recover` finds out.",
    ),
    (
        9,
        "9xx: an error inside the library",
        "As 4xx when it comes from a payment: free the handle, make a new one, call `cgt_recover`.",
    ),
];

/// The whole page.
pub fn errors_page() -> String {
    let mut page = INTRO.to_string();
    for (band, heading, advice) in BANDS {
        page += &format!(
            "\n## {heading}\n\n{advice}\n\n| number | name | what it means | what to do |\n|---|---|---|---|\n"
        );
        for code in Code::ALL.iter().filter(|code| code.band() == band) {
            page += &row(*code);
        }
    }
    page
}

fn row(code: Code) -> String {
    let (number, name) = (code.number(), code.c_name());
    format!("| {number} | `{name}` | {} | {} |\n", cell(code.meaning()), cell(code.detail()))
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Fails when a code stands in a band that the page has no table for.
pub fn assert_every_band_has_a_table() {
    for code in Code::ALL {
        let found = BANDS.iter().any(|(band, ..)| *band == code.band());
        assert!(found, "{} has no table in ERRORS.md", code.c_name());
    }
}
