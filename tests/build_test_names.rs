//! A test's name says in one line of the report what kind of test it is and what happens; the longer story stands above it.

use std::fs;
use std::path::{Path, PathBuf};

/// Characters of a name.
const LONGEST: usize = 70;
const KINDS: [&str; 5] = ["abi", "api", "build", "crash", "wire"];
/// Crates of their own.
const ELSEWHERE: [&str; 2] = ["tests/simulator", "tests/fuzz"];

#[test]
fn build_every_test_has_a_short_name_with_its_kind() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in sources() {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for name in tests_in(&text) {
            count += 1;
            if let Err(problem) = is_well_named(name, &file) {
                wrong.push(format!("{}: {name}: {problem}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 300, "only {count} tests were found");
}

/// Cargo runs them only where it is asked to by name, so a suite that nobody names would never be played.
#[test]
fn build_every_suite_that_needs_the_feature_is_in_the_list() {
    let manifest = fs::read_to_string("Cargo.toml").expect("cargo starts a test in the project");
    let list = fs::read_to_string("tests/all.sh").expect("the list of the suites");
    let needs = |part: &&str| part.contains("required-features = [\"testing\"]");
    let names = manifest.split("[[test]]").skip(1).filter(needs).filter_map(|part| part.split('"').nth(1));
    let missing: Vec<&str> =
        names.filter(|name| !list.split([' ', '(', ')', '\n']).any(|word| word == *name)).collect();
    assert!(missing.is_empty(), "tests/all.sh plays nothing of {missing:?}");
}

fn is_well_named(name: &str, file: &Path) -> Result<(), String> {
    if name.len() > LONGEST {
        return Err(format!("{} characters, at most {LONGEST}", name.len()));
    }
    let kind = name.split('_').next().unwrap_or_default();
    if !KINDS.contains(&kind) {
        return Err(format!("begins with none of {KINDS:?}"));
    }
    // A file or folder of tests says the kind of all that is in it.
    let room = file.strip_prefix("tests").ok().and_then(Path::to_str).unwrap_or_default();
    let of_room = KINDS.iter().find(|other| room.starts_with(*other));
    of_room.filter(|other| **other != kind).map_or(Ok(()), |other| Err(format!("in a room of {other}_ tests")))
}

/// The function after each `#[test]`.
fn tests_in(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split("#[test]\n").skip(1);
    after.filter_map(|rest| rest.split_once("fn ")?.1.split('(').next())
}

/// Relative to the project, in which cargo starts a test.
fn sources() -> Vec<PathBuf> {
    let (mut folders, mut files) = (vec![PathBuf::from("src"), PathBuf::from("tests")], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry of the folder").path();
            if path.is_dir() && !ELSEWHERE.iter().any(|other| path.ends_with(other)) {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                files.push(path);
            }
        }
    }
    files
}
