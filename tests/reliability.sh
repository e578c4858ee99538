#!/usr/bin/env bash
# Runs the suites that try to lose money and writes what came of it to tests/RELIABILITY.md: `bash tests/reliability.sh`.
#
# Ten minutes on two cores: every crash point on the most likely terminal, a choice of the rest, and a longer soak than in the test command.
# With --full all of it, which takes hours.
# The fuzzers are run on their own, `bash tests/fuzz/run.sh [SECONDS]`; the figures they left last are taken in.
# New figures are published only when nothing failed. Ends with one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=tests/environment.sh
source tests/environment.sh
# In the folder of cargo.sh for what needs `testing`; the suites write their figures beside it.
figures=$CARGO_TARGET_DIR/testing/reliability
log=$figures/run.log
matrix=() soak=(--sales 5000)

case ${1:-} in
  --full)
    matrix=(--full)
    soak=(--sales 50000)
    export CGT_TEST_FULL=1
    ;;
  '') ;;
  *) echo "usage: bash tests/reliability.sh [--full]" >&2; exit 2 ;;
esac

mkdir -p "$figures"
: >"$log"
broken=0

# One suite, with its own arguments.
play() {
  local name=$1
  shift
  echo "=== $name"
  cargo test --features testing --target-dir "$CARGO_TARGET_DIR/testing" --test "$name" -- "$@" 2>&1 | tee -a "$log" || broken=1
}

play crash_mutations
play crash_matrix "${matrix[@]}"
play soak "${soak[@]}"
play wire_hurried personalities::
play wire_hurried byte_cuts::
play crash_races

if [ "$broken" -eq 0 ]; then
  for name in crash_matrix crash_mutations soak personalities byte_cuts; do
    cp "$figures/$name.json" tests/reliability/ || broken=1
  done
  # The fuzzers may not have run here.
  [ ! -f target/reliability/fuzz.json ] || cp target/reliability/fuzz.json tests/reliability/
  CGT_BLESS=1 cargo test --quiet --test build_reliability || broken=1
fi
awk -v broken="$broken" '/^test result:/ { p += $4; f += $6 } END { if (broken && !f) f = 1; print p + 0 " passed, " f + 0 " failed" }' "$log"
[ "$broken" -eq 0 ]
