//! The shared library as it is released: built without test features, in the profile and the target folder of the running test.

use std::path::PathBuf;
use std::process::Command;

/// Builds the library, which does nothing when it is fresh, and tells where it is.
pub fn shared_library() -> PathBuf {
    let profile = profile_folder();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--lib", "--target-dir"]);
    cargo.arg(profile.parent().expect("target/<profile>"));
    cargo.current_dir(crate::project());
    if profile.ends_with("release") {
        cargo.arg("--release");
    }
    assert!(cargo.status().expect("cargo runs").success(), "cargo build failed");
    let name = format!("{}comgate_terminal{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    profile.join(name)
}

/// The test itself is `target/<profile>/deps/<name>`.
fn profile_folder() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    test.ancestors().nth(2).expect("target/<profile>/deps").to_path_buf()
}
