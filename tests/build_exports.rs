//! The shared library exports what `include/exports.txt` names, and nothing else: an export that nobody declared cannot be taken back.
#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::process::Command;
use support::shared_library;

#[test]
fn build_shared_library_exports_the_committed_list_and_nothing_else() {
    let listed: BTreeSet<_> = include_str!("../include/exports.txt").lines().map(ToString::to_string).collect();
    let exported = exported();
    let missing: Vec<_> = listed.difference(&exported).collect();
    let leaked: Vec<_> = exported.difference(&listed).collect();
    assert!(missing.is_empty(), "not exported: {missing:?}");
    assert!(leaked.is_empty(), "exported without being listed: {leaked:?}");
}

#[test]
fn build_shared_library_knows_its_own_name() {
    // Without a soname the linker writes the path of the build machine into every program that links the library.
    let dynamic = output("readelf", &["-d"]);
    assert!(dynamic.contains("Library soname: [libcomgate_terminal.so]"), "{dynamic}");
}

fn exported() -> BTreeSet<String> {
    let symbols = output("nm", &["-D", "--defined-only"]);
    symbols.lines().filter_map(|line| line.split(' ').next_back()).map(ToString::to_string).collect()
}

fn output(tool: &str, arguments: &[&str]) -> String {
    let library = shared_library::shared_library();
    let output = Command::new(tool).args(arguments).arg(&library).output();
    let output = output.unwrap_or_else(|error| panic!("{tool}: {error}"));
    assert!(output.status.success(), "{tool} cannot read {}", library.display());
    String::from_utf8(output.stdout).unwrap_or_else(|error| panic!("{tool}: {error}"))
}
