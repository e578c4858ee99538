#!/usr/bin/env bash
# The DLL as a Delphi register uses it: built for 32- and 64-bit Windows, looked into, loaded by a Pascal program, and paid
# with under Wine on the terminal in software. One of the payments loses its register in the middle.
#
#   smoke.sh [32|64]     one of them; without an argument, both
#
# Installs what is missing (on Debian, as root; see lab.sh) and ends with one line: N passed, N failed.
set -euo pipefail

project=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
cd "$project"
target=${CARGO_TARGET_DIR:-$project/target}
lab=$project/tests/windows/lab.sh

# ADVAPI32 has the random numbers of Windows 7, ntdll the reads and writes of std.
allowed_dlls=(advapi32.dll kernel32.dll msvcrt.dll ntdll.dll ws2_32.dll)
# What Rust and its crates use on newer Windows. One of them in the imports, and Windows 7 does not load the DLL.
newer_functions='ProcessPrng|WaitOnAddress|WakeByAddress.*|GetSystemTimePreciseAsFileTime|SetThreadDescription|GetTempPath2W'

# --- Tests of the DLL -------------------------------------------------------------------------------------------------

imports_are_those_of_windows_7() {
  local tables found
  tables=$(objdump_of -p "$dll")
  found=$(sed -n 's/.*DLL Name: //p' <<<"$tables" | tr '[:upper:]' '[:lower:]' | sort)
  grep -qx kernel32.dll <<<"$found"
  equal 'other DLLs' '' "$(grep -vxF "$(printf '%s\n' "${allowed_dlls[@]}")" <<<"$found")"
  equal 'functions that Windows 7 does not have' '' "$(grep -woE "$newer_functions" <<<"$tables")"
}

exports_are_the_committed_list() {
  local exported
  exported=$(objdump_of -p "$dll" | awk '/Ordinal\/Name Pointer/ { names = 1; next } NF == 0 { names = 0 } names { print $NF }')
  diff include/exports.txt - <<<"$exported"
}

objdump_of() {
  case $bits in
    32) i686-w64-mingw32-objdump "$@" ;;
    64) x86_64-w64-mingw32-objdump "$@" ;;
  esac
}

# --- Tests of the Delphi declarations -----------------------------------------------------------------------------------

declarations_compile_where_texts_are_wide() {
  "$lab" pas "$bits" bindings/delphi/ComgateTerminalApi.pas "$run/wide$bits" -Mdelphiunicode
}

loader_passes_over_what_it_cannot_use() {
  till=$run/loader$bits
  mkdir -p "$till/journal"
  cp "$register" "$till"
  echo 'no library at all' >"$till/comgate_terminal.dll"
  another_dll "$till/comgate_terminal$bits.dll"
  fails recover "$port" journal
  expect "This $bits-bit program finds no library"
  expect "comgate_terminal.dll is not a $bits-bit library"
  expect "comgate_terminal$bits.dll does not have cgt_"
  expect "Win$bits\\comgate_terminal.dll is not there"

  mkdir "$till/Win$bits"
  cp "$dll" "$till/Win$bits"
  succeeds recover "$port" journal
  expect "Win$bits\\comgate_terminal.dll"
}

another_dll() {
  case $bits in
    32) i686-w64-mingw32-gcc -shared -x c -o "$1" /dev/null ;;
    64) x86_64-w64-mingw32-gcc -shared -x c -o "$1" /dev/null ;;
  esac
}

# --- Tests of paying; the last two digits of the amount choose the ending -----------------------------------------------

payment_is_approved() {
  succeeds pay "$port" journal 'účet 1' 12550
  expect 'verdict APPROVED 12550'
  equal 'charges' 1 "$(charges 12550)"
}

declined_payment_is_not_approved() {
  succeeds pay "$port" journal 'účet 2' 12501
  expect 'verdict DECLINED'
  equal 'charges' 0 "$(charges 12501)"
}

payment_outlives_the_register() {
  # For a minute nobody shows a card.
  "$lab" run "$bits" "$till" SmokePay.exe pay "$port" journal 'účet 3' 12531 >"$said" 2>&1 &
  killed=$!
  trap 'kill -9 "$killed" 2>/dev/null || true' EXIT
  wait_until polled_twice 12531
  kill -9 "$killed"
  wait "$killed" || true
  expect 'status 3 Přiložte kartu'
  equal 'charges before the card' 0 "$(charges 12531)"

  control POST /screen '{"action":"tap"}'
  succeeds recover "$port" journal
  expect 'recovered účet 3 APPROVED 12531'
  equal 'charges' 1 "$(charges 12531)"
}

recovered_payment_is_told_once() {
  succeeds recover "$port" journal
  expect 'recovered in all 0'
}

recovered_payment_is_not_taken_again() {
  fails pay "$port" journal 'účet 3' 12531
  # CGT_E_SALE_USED
  expect 'error code 113 '
  equal 'charges' 1 "$(charges 12531)"
}

# --- The register -------------------------------------------------------------------------------------------------------

succeeds() {
  play "$@" || { cat "$said"; return 1; }
}

fails() {
  ! play "$@" || { cat "$said"; return 1; }
}

play() {
  timeout --kill-after 10 120 "$lab" run "$bits" "$till" SmokePay.exe "$@" >"$said" 2>&1
}

expect() {
  grep -qF -- "$1" "$said" || { echo "the register did not say: $1"; cat "$said"; return 1; }
}

# --- The terminal -------------------------------------------------------------------------------------------------------

start_terminal() {
  local line
  exec {terminal_output}< <(exec "$target/debug/comgate-simulator" --port 0 --control-port 0 --quick)
  terminal=$!
  read -r -t 30 line <&"$terminal_output"
  [[ $line =~ ^READY\ port=([0-9]+)\ control=([0-9]+)$ ]]
  port=${BASH_REMATCH[1]} control=${BASH_REMATCH[2]}
}

stop_terminal() {
  [[ -z ${terminal:-} ]] || kill "$terminal" 2>/dev/null || true
  terminal=
}

control() {
  curl --silent --show-error --fail --max-time 10 --request "$1" ${3:+--data "$3"} "http://127.0.0.1:$control$2"
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
  local deadline=$((SECONDS + 60))
  until "$@"; do
    ((SECONDS < deadline)) || { echo "not within a minute: $*"; return 1; }
    sleep 0.05
  done
}

finish() {
  local status=$?
  trap - EXIT
  stop_terminal
  "$lab" stop || true
  rm -rf "${run:-}"
  # The script itself broke off.
  [[ $status == 0 ]] || failed=$((failed + 1))
  echo "$passed passed, $failed failed"
  exit $((failed > 0))
}

# ------------------------------------------------------------------------------------------------------------------------

case $# in
  0) all_bits=(32 64) ;;
  *) all_bits=("$@") ;;
esac
for bits in "${all_bits[@]}"; do
  [[ $bits == 32 || $bits == 64 ]] || { echo "usage: smoke.sh [32|64]" >&2; exit 2; }
done

passed=0 failed=0
trap finish EXIT
trap 'exit 1' INT TERM
"$lab" setup
# Wine's processes are ended at the end: two of these tests must not share them.
exec {lock}>"$("$lab" work)/lock"
flock --timeout 900 "$lock" || { echo "another smoke test does not end" >&2; exit 1; }
cargo build --quiet --package comgate-simulator
run=$(mktemp -d "$("$lab" work)/smoke.XXXXXX")
said=$run/said

for bits in "${all_bits[@]}"; do
  dll=$("$lab" build "$bits")
  echo "$dll: $(stat --format %s "$dll") bytes"
  till="$run/$bits/Pokladna Žižkov"
  register=$till/SmokePay.exe
  mkdir -p "$till/journal"
  cp "$dll" "$till"
  "$lab" pas "$bits" tests/windows/SmokePay.dpr "$till" -Fubindings/delphi "-FU$run"

  start_terminal
  check imports_are_those_of_windows_7
  check exports_are_the_committed_list
  check declarations_compile_where_texts_are_wide
  check loader_passes_over_what_it_cannot_use
  check payment_is_approved
  check declined_payment_is_not_approved
  check payment_outlives_the_register
  check recovered_payment_is_told_once
  check recovered_payment_is_not_taken_again
  stop_terminal
done
