#!/usr/bin/env bash
# Every suite of the project: `bash tests/all.sh`. With --quick without the reliability suites and Windows, for
# daily work.
#
# Installs what is missing (on Debian, as root), and ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
export CARGO_TERM_COLOR=never
logs=${CARGO_TARGET_DIR:-target}/test-logs
passed=0 failed=0 quick=no

case ${1:-} in
  --quick) quick=yes ;;
  '') ;;
  *) echo "usage: bash tests/all.sh [--quick]" >&2; exit 2 ;;
esac

# Runs one suite: suite NAME COUNT COMMAND...  COUNT says how its tests are counted: one (the suite is one test), cargo, line.
suite() {
  local name=$1 count=$2 status=0 p f started=$SECONDS
  shift 2
  echo "=== $name"
  "$@" 2>&1 | tee "$logs/$name.log" || status=$?
  case $count in
    one) p=$((status == 0)) f=$((status != 0)) ;;
    cargo) read -r p f < <(awk '/^test result:/ { p += $4; f += $6 } END { print p + 0, f + 0 }' "$logs/$name.log") ;;
    line) read -r p f < <(awk '/^[0-9]+ passed, [0-9]+ failed$/ { p = $1; f = $3 } END { print p + 0, f + 0 }' "$logs/$name.log") ;;
  esac
  # A suite that breaks before it can count is a failure, and so is one that counts nothing.
  if { [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; } || [ $((p + f)) -eq 0 ]; then f=$((f + 1)); fi
  passed=$((passed + p)) failed=$((failed + f))
  echo "--- $name: $p passed, $f failed, $((SECONDS - started)) s"
}

mkdir -p "$logs"
suite install one bash tests/install.sh
suite format one cargo fmt --all --check
suite clippy one cargo clippy --workspace --all-targets --all-features --quiet -- -D warnings
suite shell one bash tests/shell.sh
suite cargo cargo cargo test --workspace
suite properties cargo cargo test --features testing --test api_properties
suite docs one env RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet
suite example one cargo run --quiet --example pay
suite c line bash tests/c/run.sh
suite python line bash tests/python/run.sh
suite delphi line bash tests/delphi/run.sh --native
if [ "$quick" = no ]; then
  # Registers that are killed, cut off and lied to, by the thousand: see tests/RELIABILITY.md.
  for name in crash_matrix crash_mutations soak; do
    suite "$name" cargo cargo test --features testing --test "$name"
  done
  for name in personalities operations byte_cuts ways_out clocks model; do
    suite "wire_hurried-$name" cargo cargo test --features testing --test wire_hurried "$name::"
  done
  suite windows-files line bash tests/windows/files.sh
  suite windows-system line bash tests/windows/system.sh
  suite windows line bash tests/windows/smoke.sh
  suite delphi-windows line bash tests/delphi/run.sh --windows
  suite windows-archive line bash tests/windows/archive.sh
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
