#!/usr/bin/env bash
# Every suite of the project: `bash tests/all.sh`. With --quick without Windows, without the reliability suites and
# without valgrind, for daily work. tests/README.md says what each suite is for and how long it takes.
#
# Installs what is missing (on Debian, as root), builds everything once, then runs the suites side by side: most of them
# wait. What each says is in target/test-logs. Ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=tests/environment.sh
source tests/environment.sh
# shellcheck source=tests/side_by_side.sh
source tests/side_by_side.sh

quick=no
case ${1:-} in
  --quick) quick=yes ;;
  '') ;;
  *) echo "usage: bash tests/all.sh [--quick]" >&2; exit 2 ;;
esac

# Registers that are killed, cut off and lied to, by the thousand: see tests/RELIABILITY.md. The longest first.
reliability=()
[[ $quick == yes ]] || reliability=(crash_matrix wire_hurried crash_mutations soak wire_journal_load wire_journal_lost)

# --- First everything is built, once: whoever builds keeps the others from the build's folder -------------------------

# One after another, because they are built in one folder.
check_and_build() {
  suite clippy one clippy
  suite build-tests none bash tests/cargo.sh --build
  suite docs one env RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet
}

clippy() {
  cargo clippy --all-targets --all-features --quiet -- -D warnings &&
    cargo clippy --package comgate-simulator --all-targets --all-features --quiet -- -D warnings
}

build_the_rest() {
  suite build-testing none bash tests/cargo.sh --build "$@"
  # What is released, for C and Python.
  suite build-library none cargo build --quiet --release --lib
}

# --- Then everything is run -------------------------------------------------------------------------------------------

# One after another, because they share Wine. Delphi last: its library with an error inside takes the place of the real one.
windows() {
  local name
  suite windows-laboratory none bash tests/windows/lab.sh setup
  for name in files system smoke archive; do suite "windows-$name" line bash "tests/windows/$name.sh"; done
  suite delphi-windows line bash tests/delphi/run.sh --windows
}

begin
beside suite install one bash tests/install.sh
all_beside 1

[[ $quick == yes ]] || beside windows
beside check_and_build
beside build_the_rest api_properties "${reliability[@]}"
beside suite format one cargo fmt --all --check
beside suite shell one bash tests/shell.sh
all_beside 5 windows

# The longest first. Six at once on two cores: they wait more than they work.
[[ $quick == yes ]] || beside suite crash_matrix line bash tests/cargo.sh crash_matrix
beside suite cargo line bash tests/cargo.sh
beside suite python line bash tests/python/run.sh
beside suite delphi line bash tests/delphi/run.sh --native
beside suite c line bash tests/c/run.sh --plain
[[ $quick == yes ]] || beside suite c-valgrind line bash tests/c/run.sh --valgrind
for name in "${reliability[@]:1}"; do beside suite "$name" line bash tests/cargo.sh "$name"; done
beside suite properties line bash tests/cargo.sh api_properties
beside suite example one "$CARGO_TARGET_DIR/debug/examples/pay"
all_beside 6
sum_up
