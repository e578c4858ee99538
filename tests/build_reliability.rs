//! `tests/RELIABILITY.md` is what its generator makes of the published figures and of the tables in the code, and the figures are those of a
//! run in which nothing failed.
//!
//! `CGT_BLESS=1 cargo test --test build_reliability` writes the page anew; `tests/reliability.sh` takes new figures first.

use support::committed;
use support::crash::mutations;
use support::reliability_page::{figures, page};

#[test]
fn build_reliability_page_is_made_of_the_figures_and_of_the_tables() {
    committed::assert_is("tests/RELIABILITY.md", &page(&figures()));
}

#[test]
fn build_published_figures_are_of_runs_in_which_nothing_failed() {
    let figures = figures();
    for (suite, field) in [
        ("crash_matrix", "failed"),
        ("soak", "failed"),
        ("personalities", "failures"),
        ("byte_cuts", "failures"),
        ("fuzz", "failed"),
    ] {
        assert_eq!(figures[suite][field], 0, "{suite}");
    }
    let caught = &figures["crash_mutations"]["caught"];
    assert_eq!(
        *caught,
        mutations::ALL.len(),
        "run tests/reliability.sh: there are other mutations than those in the figures"
    );
}

#[test]
fn build_reliability_page_names_only_files_that_exist() {
    let page = page(&figures());
    let named = page.split(['`', '(', ')']).filter(|word| word.starts_with("tests/") && !word.contains([' ', '*']));
    for name in named {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        assert!(path.exists(), "{name} does not exist");
    }
}
