//! Starts this test program again for one of its tests: for a story that needs an environment or a process of its own.

use std::path::PathBuf;
use std::process::{Command, Output};

/// The name by which the test runner knows this test: `network::wire_no_proxy`.
pub fn name_of<Test: Fn()>(_: &Test) -> &'static str {
    let path = std::any::type_name::<Test>();
    path.split_once("::").expect("a test is in a crate").1
}

/// The running program.
pub fn this_program() -> PathBuf {
    std::env::current_exe().expect("a test has a path")
}

/// Runs this test alone. The name is that of [`name_of`].
pub fn again(test: &str) -> Command {
    let mut child = Command::new(this_program());
    only(&mut child, test);
    child
}

/// The arguments for the test runner, for whoever starts the program in another way.
pub fn only(child: &mut Command, test: &str) {
    child.args(["--exact", test, "--nocapture"]);
}

/// Checks that exactly this test ran and passed: with a wrong name no test runs, and the runner calls that a success.
#[track_caller]
pub fn expect_passed(test: &str, told: &Output) {
    let (words, complaints) = (String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
    let passed = told.status.success() && words.contains("test result: ok. 1 passed; 0 failed;");
    assert!(passed, "{test} failed:\n{words}\n{complaints}");
}
