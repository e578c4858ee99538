//! A shop must be able to go on: no state of the journal without a way out, whatever has become of the terminal.
//!
//! `CGT_BLESS=1 cargo test --features testing --test wire_hurried ways_out::` writes `tests/WAYS_OUT.md` anew.

mod fate;
mod page;
mod situation;
mod state;
mod walk;

use comgate_terminal::{Code, Verdict};
use page::page;
use support::again::{again, expect_passed, name_of};
use support::committed;
use support::folder::Folder;
use support::hurry::{in_some_hurry, play};
use support::register::{Register, shop};
use walk::{Case, cases, walk};

/// Cells that are walked side by side: they wait much and work little.
const AT_A_TIME: usize = 24;

/// Whatever has become of the terminal: each row of `tests/WAYS_OUT.md`.
#[test]
fn wire_every_state_of_the_journal_has_a_way_out() {
    // Not 4: earlier sales must be asked about for longer than a state may lag behind, and that is never hurried.
    in_some_hurry(&wire_every_state_of_the_journal_has_a_way_out, 3, || {
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
    case: Case,
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.case.fmt(f)
    }
}

/// Where the child of the story of a fault finds its journal.
const CHILD: &str = "CGT_TEST_CHILD_JOURNAL";

#[test]
fn wire_a_fault_inside_while_letting_go_leaves_no_terminal_locked() {
    if let Some(journal) = std::env::var_os(CHILD) {
        return let_go_with_a_fault(std::path::Path::new(&journal));
    }
    let folder = Folder::new();
    let test = name_of(&wire_a_fault_inside_while_letting_go_leaves_no_terminal_locked);
    let mut child = again(test);
    child.env(CHILD, folder.path()).env("CGT_TEST_PANIC_AT", "ask cancel#1");
    expect_passed(test, &child.output().expect("the test runs again"));
}

fn let_go_with_a_fault(journal: &std::path::Path) {
    let (simulator, _) = shop();
    let address = simulator.address();
    let register = || Register::in_folder(&address.ip().to_string(), address.port(), journal);
    let broken = register();
    // A customer who never shows a card.
    let steps = broken.begin("1", 12532).expect("begun");
    steps.until(1_000, || simulator.count("status") > 0);
    assert_eq!(steps.free(), Code::Panic.number());
    drop(steps);
    drop(broken);
    // The fault comes once: a new handle asks, and finds the customer still busy.
    register().query("1").expect("known").expect(Verdict::Unknown, Some(Code::StillRunning));
}
