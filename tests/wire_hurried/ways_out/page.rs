//! The ways as a page for people.

use std::fmt::Write;

use super::fate::Fate;
use super::walk::{Case, Way};

const HEAD: &str = "\
# Ways out

Every state in which the journal can know a sale, whatever is true on the terminal, whatever has become of the terminal: what
`cgt_recover` says, whether the next customer can pay, what comes of paying the same sale again, and who ends it. Written and
compared by `tests/wire_hurried/ways_out.rs`, which walks every line of it to the end: another sale was sold, both counts of
`cgt_unresolved_count` are zero, and in the end the customer was charged for the sale exactly once.

*A person* looks at the terminal's books or the bank's, and calls `cgt_resolve`. Where the sale was
decided before, only acknowledging is left.
";

/// The whole page.
pub fn page(ways: &[(Case, Way)]) -> String {
    let mut page = HEAD.to_owned();
    for fate in Fate::ALL {
        let _ = write!(page, "\n## {}\n\n", fate.title());
        page += "| the journal | on the terminal | recover says | a new sale | the same sale again | ended by |\n";
        page += "|---|---|---|---|---|---|\n";
        for Row { states, truths, way } in rows(ways.iter().filter(|(case, _)| case.fate == fate)) {
            let (states, truths) = (states.join(", ").replace(", UNKNOWN ", ", "), truths.join(", "));
            let Way { recover, new_sale, same_sale, ended_by } = way;
            let _ = writeln!(page, "| {states} | {truths} | {recover} | {new_sale} | {same_sale} | {ended_by} |");
        }
    }
    page
}

struct Row<'w> {
    states: Vec<String>,
    truths: Vec<String>,
    way: &'w Way,
}

/// What goes the same way stands in one line: first states of the same truth, then truths of the same states.
fn rows<'w>(ways: impl Iterator<Item = &'w (Case, Way)>) -> Vec<Row<'w>> {
    let mut by_truth: Vec<Row> = Vec::new();
    for (case, way) in ways {
        let (state, truth) = (case.state.to_string(), case.truth.to_string());
        match by_truth.iter_mut().find(|row| row.way == way && row.truths[0] == truth) {
            Some(row) => row.states.push(state),
            None => by_truth.push(Row { states: vec![state], truths: vec![truth], way }),
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    for row in by_truth {
        match rows.iter_mut().find(|before| before.way == row.way && before.states == row.states) {
            Some(before) => before.truths.extend(row.truths),
            None => rows.push(row),
        }
    }
    rows
}
