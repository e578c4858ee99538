#!/usr/bin/env bash
# What the suites of this folder share: the laboratory, the terminal in software, counting. Sourced, with the 32 and 64
# of the command line; defines all_bits.
# shellcheck disable=SC2034 # Used by those that source it.
set -euo pipefail

project=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
cd "$project"
# shellcheck source=tests/environment.sh
source tests/environment.sh
# shellcheck source=tests/strands.sh
source tests/strands.sh
target=$CARGO_TARGET_DIR
lab=$project/tests/windows/lab.sh
passed=0 failed=0

# --- The laboratory -----------------------------------------------------------------------------------------------------

# Where a program ends wrongly, Wine's complaints stand beside what it said.
export WINEDEBUG=${WINEDEBUG:-fixme-all,err+all}

# Wine's processes are ended at the end: two suites must not share them.
enter_laboratory() {
  trap finish EXIT
  trap 'exit 1' INT TERM
  "$lab" setup
  exec {lock}>"$("$lab" work)/lock"
  flock --timeout 1800 "$lock" || { echo "another suite does not leave the laboratory" >&2; exit 1; }
  locked=yes
  # What goes on after this script does not hold the laboratory.
  "$lab" start {lock}>&-
  run=$(mktemp -d "$("$lab" work)/run.XXXXXX")
  said=$run/said
}

# try_both FUNCTION: both kinds of Windows side by side, each with its $bits, and a folder for itself in $run.
try_both() {
  for bits in "${all_bits[@]}"; do strand "$bits" try_one "$1"; done
  join_strands
}

try_one() {
  run=$run/$bits
  said=$run/said
  mkdir "$run"
  "$1"
}

leave_strand() {
  stop_terminal
}

finish() {
  local status=$?
  trap - EXIT
  stop_terminal
  end_strands
  # A suite that never had the laboratory would end the Wine of the one that has it.
  [[ -z ${locked:-} ]] || "$lab" stop || true
  rm -rf "${run:-}"
  # The script itself broke off.
  [[ $status == 0 ]] || failed=$((failed + 1))
  echo "$passed passed, $failed failed"
  exit $((failed > 0))
}

# play FOLDER PROGRAM ARGS...; what it printed is in $said.
play() {
  timeout --foreground --kill-after 10 300 "$lab" run "$bits" "$@" >"$said" 2>&1 </dev/null
}

ends_well() {
  local code=0
  play "$@" || code=$?
  # A program that loses Wine's server may end with 0; every one that ends well has said something.
  if [[ $code == 0 ]] && grep -qvE '^[0-9a-f]{4}:(err|fixme|warn):' "$said"; then return 0; fi
  echo "exit code $code, from: ${*:2}"
  cat "$said"
  "$lab" explain "$bits" "$said"
  return 1
}

ends_badly() {
  ! play "$@" || { echo "it ended well: ${*:2}"; cat "$said"; return 1; }
}

expect() {
  grep -qF -- "$1" "$said" || { echo "the program did not say: $1"; cat "$said"; "$lab" explain "$bits" "$said"; return 1; }
}

# --- The terminal -------------------------------------------------------------------------------------------------------

start_terminal() {
  local line
  exec {terminal_output}< <(
    exec "$target/debug/comgate-simulator" --port 0 --control-port 0 --quick \
      --terminal-id "${terminal_id:-SIM00001}" {lock}>&-
  )
  terminal=$!
  read -r -t 120 line <&"$terminal_output"
  [[ $line =~ ^READY\ port=([0-9]+)\ control=([0-9]+)$ ]]
  port=${BASH_REMATCH[1]} control=${BASH_REMATCH[2]}
}

stop_terminal() {
  [[ -z ${terminal:-} ]] || kill "$terminal" 2>/dev/null || true
  terminal=
}

control() {
  curl --silent --noproxy '*' --show-error --fail --max-time 10 --request "$1" ${3:+--data "$3"} "http://127.0.0.1:$control$2"
}

charges() {
  control GET /state | jq --argjson amount "$1" '[.charges[] | select(.amount == $amount)] | length'
}

# The answer to the first question has been read when the second is asked.
polled_twice() {
  control GET /requests | jq --exit-status --argjson amount "$1" '
    (.[] | select(.endpoint == "payment" and .body.request.amount == $amount).transaction_id) as $id
    | [.[] | select(.endpoint == "status" and .transaction_id == $id)] | length >= 2' >/dev/null
}

# --- Counting -----------------------------------------------------------------------------------------------------------

check() {
  local name=$1
  # In the background, because only there `set -e` holds in a function whose success is asked for.
  "$name" >"$run/check.log" 2>&1 &
  if wait "$!"; then
    passed=$((passed + 1))
    echo "ok   $bits bit: ${name//_/ }"
  else
    failed=$((failed + 1))
    echo "FAIL $bits bit: ${name//_/ }"
    sed 's/^/       /' "$run/check.log"
  fi
}

equal() {
  [[ $2 == "$3" ]] || { echo "$1: expected '$2', found '$3'"; return 1; }
}

wait_until() {
  local deadline=$((SECONDS + 120))
  until "$@"; do
    ((SECONDS < deadline)) || { echo "not within two minutes: $*"; return 1; }
    sleep 0.05
  done
}

# ------------------------------------------------------------------------------------------------------------------------

case $# in
  0) all_bits=(32 64) ;;
  *) all_bits=("$@") ;;
esac
for bits in "${all_bits[@]}"; do
  [[ $bits == 32 || $bits == 64 ]] || { echo "usage: ${0##*/} [32|64]" >&2; exit 2; }
done
