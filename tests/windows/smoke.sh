#!/usr/bin/env bash
# The DLL as a Delphi register uses it: built for 32- and 64-bit Windows, loaded by a Pascal program, and paid with
# under Wine on the terminal in software. One of the payments loses its register in the middle.
#
#   smoke.sh [32|64]     one of them; without an argument, both
#
# Installs what is missing (on Debian, as root; see lab.sh) and ends with one line: N passed, N failed.
set -euo pipefail
# shellcheck source=tests/windows/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

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
  "$lab" tool "$bits" gcc -shared -x c -o "$1" /dev/null
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
  # Its texts, and not its code words: letters that the code page of the computer has, and that must arrive.
  control POST /personality '{"status_language":"czech"}'
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
  ends_well "$till" SmokePay.exe "$@"
}

fails() {
  ends_badly "$till" SmokePay.exe "$@"
}

# --------------------------------------------------------------------------------------------------------------------------

try_windows() {
  dll=$target/windows/win$bits/comgate_terminal.dll
  till="$run/Pokladna Žižkov"
  register=$till/SmokePay.exe
  mkdir -p "$till/journal"
  cp "$dll" "$till"
  "$lab" pas "$bits" tests/windows/SmokePay.dpr "$till" -Fubindings/delphi "-FU$run"

  start_terminal
  check declarations_compile_where_texts_are_wide
  check loader_passes_over_what_it_cannot_use
  check payment_is_approved
  check declined_payment_is_not_approved
  check payment_outlives_the_register
  check recovered_payment_is_told_once
  check recovered_payment_is_not_taken_again
  stop_terminal
}

enter_laboratory
cargo build --quiet --package comgate-simulator
for bits in "${all_bits[@]}"; do bash tests/windows/build.sh "$bits"; done
try_both try_windows
