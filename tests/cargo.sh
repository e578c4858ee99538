#!/usr/bin/env bash
# The tests that cargo runs: several programs at once, where `cargo test` runs them one after another. Most of them wait.
#
#   cargo.sh                   everything of `cargo test --workspace`
#   cargo.sh NAME...           only these of the tests that Cargo.toml knows, also those that need the feature `testing`
#   cargo.sh --build           run nothing; build everything that the first runs
#   cargo.sh --build NAME...   run nothing; build these, which need `testing`
#   cargo.sh --library-for-tests   run nothing; print where the shared library with `testing` is
#
# Which tests there are, and which need `testing`, stands in Cargo.toml alone. Ends with one line: N passed, N failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tests/environment.sh
source tests/environment.sh

# Programs at a time; each runs its own tests 24 at a time.
at_once=${CGT_TEST_AT_ONCE:-4}

# How each kind is run. Cargo keeps one build of the library in a folder, and builds it and all its tests anew when it is
# asked for other features of it or of what it stands on. So each package is named alone, as `cargo test` and
# `cargo run --example` do, and what needs `testing` has a folder of its own.
library() { cargo test "$@"; }
simulator() { cargo test --package comgate-simulator "$@"; }
testing() { cargo test --features testing --target-dir "$CARGO_TARGET_DIR/testing" "$@"; }

# Lines of three words: the kind, and how cargo is asked for one program of tests. Examples in the documentation first:
# they are compiled.
list() {
  cargo metadata --no-deps --format-version 1 | python3 -c '
import json, sys
for package in json.load(sys.stdin)["packages"]:
    kind = "simulator" if package["name"] == "comgate-simulator" else "library"
    for target in package["targets"]:
        if target["doctest"]:
            print(kind, "--doc", "")
            print(kind, "--lib", "")
        elif "bin" in target["kind"]:
            print(kind, "--bin", target["name"])
        elif "test" in target["kind"]:
            print("testing" if "testing" in target.get("required-features", []) else kind, "--test", target["name"])
' | LC_ALL=C sort -k 2,2
}

build() {
  local name tests=()
  for name in "$@"; do tests+=(--test "$name"); done
  if [[ $# -gt 0 ]]; then
    testing --no-run "${tests[@]}"
  else
    library --no-run
    simulator --no-run
  fi
}

# It is built with the tests, by the same command: built alone, it would be another one, and they would be built anew.
library_for_tests() {
  testing --quiet --no-run --test api_properties --message-format=json | python3 -c '
import json, sys
for message in map(json.loads, sys.stdin):
    if message["reason"] == "compiler-artifact" and "cdylib" in message["target"]["kind"]:
        print(next(name for name in message["filenames"] if name.endswith(".so")))'
}

# What there is to run, each the name of a function and its arguments.
choose() {
  local name chosen
  if [[ $# -eq 0 ]]; then
    mapfile -t programs < <(grep -v ^testing "$work/list")
  fi
  for name in "$@"; do
    chosen=$(grep -- "--test $name\$" "$work/list") || { echo "Cargo.toml knows no test called $name" >&2; exit 2; }
    programs+=("$chosen")
  done
}

# play LOG FUNCTION ARGUMENTS...
play() {
  local log=$1 status=0
  shift
  "$@" >>"$log" 2>&1 </dev/null || status=$?
  ((status == 0)) || grep -q '^test result: FAILED' "$log" || echo "test result: FAILED. 0 passed; 1 failed; it ended with $status" >>"$log"
  echo "=== over" >>"$log"
}

play_all() {
  local next=0 words
  while ((next < ${#programs[@]} || ${#playing[@]} > 0)); do
    while ((next < ${#programs[@]} && ${#playing[@]} < at_once)); do
      read -ra words <<<"${programs[next]}"
      echo "=== ${words[*]}" >"$work/$next.log"
      play "$work/$next.log" "${words[@]}" &
      playing[$!]=$next
      next=$((next + 1))
    done
    wait -n "${!playing[@]}" 2>/dev/null || true
    tell_ended
  done
}

# What a program says is told in one piece when it is over. One that was killed, or that counts nothing, has failed.
tell_ended() {
  local id log
  for id in "${!playing[@]}"; do
    ! kill -0 "$id" 2>/dev/null || continue
    log=$work/${playing[$id]}.log
    if ! grep -q '^test result:' "$log" || [[ $(tail -n 1 "$log") != "=== over" ]]; then
      echo "test result: FAILED. 0 passed; 1 failed; it was broken off" >>"$log"
    fi
    tee -a "$work/all" <"$log"
    unset "playing[$id]"
  done
}

end_all() {
  local group
  trap '' INT TERM
  for group in "${!playing[@]}"; do kill -TERM -- "-$group" 2>/dev/null || true; done
  exit 1
}

case ${1:-} in
  --build) build "${@:2}"; exit ;;
  --library-for-tests) library_for_tests; exit ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
programs=()
declare -A playing=()
list >"$work/list"
choose "$@"
trap end_all INT TERM
# Each program is a group of its own, so that it is ended whole. Without an error output bash does not look for a terminal.
set -m 2>/dev/null
play_all
awk '/^test result:/ { p += $4; f += $6 } END { print p + 0 " passed, " f + 0 " failed"; exit f > 0 || p == 0 }' "$work/all"
