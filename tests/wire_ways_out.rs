//! A shop must be able to go on: no state of the journal without a way out, whatever has become of the terminal.
//!
//! `CGT_BLESS=1 cargo test --features testing --test wire_ways_out` writes `tests/WAYS_OUT.md` anew.

#[path = "support/committed.rs"]
mod committed;
#[path = "support/forwarder.rs"]
mod forwarder;
#[path = "support/hurry.rs"]
mod hurry;
#[path = "support/journal_file.rs"]
mod journal_file;
#[path = "support/register.rs"]
mod register;
#[path = "support/ways/mod.rs"]
mod ways;

use hurry::{in_some_hurry, play};
use ways::page::page;
use ways::walk::{cases, walk};

/// Cells that are walked side by side: they wait much and work little.
const AT_A_TIME: usize = 24;

#[test]
fn wire_every_state_of_the_journal_has_a_way_out_whatever_became_of_the_terminal() {
    in_some_hurry("wire_every_state_of_the_journal_has_a_way_out_whatever_became_of_the_terminal", 4, || {
        let cases: Vec<_> = cases().into_iter().enumerate().map(|(place, case)| Cell { place, case }).collect();
        let mut tally = play(&cases, AT_A_TIME, |cell| (cell.place, cell.case, walk(cell.case)));
        tally.expect_no_failure();
        tally.seen.sort_by_key(|(place, ..)| *place);
        let ways: Vec<_> = tally.seen.into_iter().map(|(_, case, way)| (case, way)).collect();
        committed::assert_is("tests/WAYS_OUT.md", &page(&ways));
        println!("{} ways out in {:?}", ways.len(), tally.took);
    });
}

/// A case and its place on the page.
struct Cell {
    place: usize,
    case: ways::walk::Case,
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.case.fmt(f)
    }
}
