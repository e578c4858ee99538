#!/usr/bin/env bash
# What the library does with Windows itself, as far as Wine shows it: the journal's folder and its rights, paths in any
# letters, locks and renaming between programs, what Winsock reports. Small C programs (system/) do it.
#
#   system.sh [32|64]     one of them; without an argument, both
#
# Installs what is missing (on Debian, as root; see lab.sh) and ends with one line: N passed, N failed.
set -euo pipefail
# shellcheck source=tests/windows/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# --- Tests of the journal's folder ------------------------------------------------------------------------------------

default_folder_is_made_for_all_users() {
  # Above it, folders are missing too.
  ends_well "$shop" till.exe "$port" '-C:\ProgramData žluťoučká\Pokladna' výchozí 100
  expect 'verdict 1 výchozí/1'
  ends_well "$shop" rights.exe 'C:\ProgramData žluťoučká\Pokladna\comgate-terminal'
  # Wine keeps no rights of groups, but that of everybody, which Windows would hand down and this folder does not have.
  expect 'D:'
  ! grep -qF ';;;WD)' "$said" || { cat "$said"; return 1; }
}

letters_of_any_language_are_kept() {
  local folder
  # Code page 1250 has the first, and none of the others.
  for folder in 'Pokladna Žižkov' 'Касса № 1' '店 レジ' 'a b  c.d' 'ěščřžýáíé ĚŠČŘŽÝÁÍÉ'; do
    mkdir "$shop/$folder"
    ends_well "$shop" till.exe "$port" "$folder" "účet v $folder" 100
    expect "verdict 1 účet v $folder/1"
    [[ -s $shop/$folder/comgate-journal.log ]]
    grep -qF "účet v $folder/1" "$shop/$folder/comgate-journal.log"
  done
}

long_path_is_kept_or_refused() {
  local deep=$shop i
  for i in {1..12}; do deep+="/složka s velmi dlouhým názvem $i"; done
  mkdir -p "$deep"
  if play "$shop" till.exe "$port" "$(sed "s|^$shop/||; s|/|\\\\|g" <<<"$deep")" dlouhá 100; then
    expect 'verdict 1 dlouhá/1'
    [[ -s $deep/comgate-journal.log ]]
  else
    # CGT_E_JOURNAL
    expect 'code 209 '
  fi
}

redirected_folder_is_refused() {
  local folder='AppData/Local/VirtualStore/Program Files/Pokladna'
  mkdir -p "$shop/$folder"
  ends_badly "$shop" till.exe "$port" "${folder//\//\\}" přesměrovaná 100
  expect 'code 209 '
  expect 'is redirected by Windows to'
  [[ ! -e $shop/$folder/comgate-journal.log ]]
}

missing_folder_is_refused() {
  ends_badly "$shop" till.exe "$port" 'tady nic není' nikde 100
  expect 'code 209 '
  expect 'tady nic není'
}

network_folder_is_refused() {
  ends_badly "$shop" till.exe "$port" '\\server\sdílená složka' daleko 100
  expect 'code 209 '
}

# --- Tests of two programs on one folder --------------------------------------------------------------------------------

lock_names_its_holder_and_ends_with_its_process() {
  start_in_background '^status 3 ' till.exe "$port" "$journal" držitel 131
  ends_badly "$shop" till.exe "$port" "$journal" druhý 100
  # CGT_E_TERMINAL_LOCKED
  expect 'code 208 '
  grep -qE 'is in use by process [0-9]+ for sale držitel/1' "$said"

  kill -9 "$holder"
  wait "$holder" || true
  control POST /screen '{"action":"tap"}'
  ends_well "$shop" till.exe "$port" "$journal" další 100
  expect 'verdict 1 další/1'
}

registers_write_to_one_folder_at_once() {
  local number registers=() terminals=()
  trap 'kill -9 "${registers[@]}" "${terminals[@]}" 2>/dev/null || true' EXIT
  for number in 1 2 3; do
    terminal_id=SIM0000$number start_terminal
    terminals+=("$terminal")
    "$lab" run "$bits" "$shop" till.exe "$port" "$journal" "souběh $number" 100 10 \
      >"$run/register$number" 2>&1 </dev/null &
    registers+=("$!")
  done
  for number in 1 2 3; do
    wait "${registers[number - 1]}" || { cat "$run/register$number"; return 1; }
    equal "approved by register $number" 10 "$(grep -c "^verdict 1 souběh $number/" "$run/register$number")"
  done
  equal 'damaged lines' '' "$(find "$shop/$journal" -name '*damaged*')"
}

scanned_journal_is_waited_for() {
  mkdir "$shop/hlídaný"
  ends_well "$shop" till.exe "$port" hlídaný před 100
  hold 'hlídaný\comgate-journal.log' alone 1000
  ends_well "$shop" till.exe "$port" hlídaný po 100
  expect 'verdict 1 po/1'
  wait "$holder"
}

journal_that_is_never_free_refuses_the_sale() {
  hold 'hlídaný\comgate-journal.log' alone 600000
  ends_badly "$shop" till.exe "$port" hlídaný nikdy 77700
  # CGT_E_JOURNAL; ERROR_SHARING_VIOLATION
  expect 'code 209 '
  expect '(os error 32)'
  kill -9 "$holder"
  equal 'charges' 0 "$(charges 77700)"
}

# The file is written anew and takes the old one's place. Neither Windows before 10 nor Wine replaces a file that is open.
damaged_journal_is_mended_though_another_program_reads_it() {
  mkdir "$shop/poškozený"
  ends_well "$shop" till.exe "$port" poškozený před 100 3
  spoil_line 5 "$shop/poškozený/comgate-journal.log"
  hold 'poškozený\comgate-journal.log' until 'poškozený\comgate-journal.new'
  ends_well "$shop" till.exe "$port" poškozený po 100
  expect 'verdict 1 po/1'
  wait "$holder"
  find "$shop/poškozený" -name '*damaged*' | grep -q .
  [[ ! -e $shop/poškozený/comgate-journal.new ]]
}

# --- Tests of the network and of the programs -----------------------------------------------------------------------------

winsock_errors_have_the_right_reason() {
  mkdir "$shop/síť"
  ends_well "$shop" network.exe "$port" síť
  equal 'cases' 7 "$(grep -c ': reason ' "$said")"
}

simulator_keeps_its_ledger_under_any_letters() {
  local line simulator
  exec {output}< <(
    exec "$lab" run "$bits" "$shop" comgate-simulator.exe --port 0 --control-port 0 --quick \
      --ledger 'účty žižkov.json' {lock}>&-
  )
  simulator=$!
  read -r -t 120 line <&"$output"
  [[ $line =~ ^READY\ port=([0-9]+)\ control=([0-9]+) ]]
  mkdir "$shop/se simulátorem"
  ends_well "$shop" till.exe "${BASH_REMATCH[1]}" 'se simulátorem' kniha 12300
  curl --silent --noproxy '*' --request POST "http://127.0.0.1:${BASH_REMATCH[2]}/shutdown" >/dev/null
  wait "$simulator" || true
  jq --exit-status 'any(.. | objects; .amount? == 12300)' "$shop/účty žižkov.json"
}

simulator_prints_utf8() {
  ends_badly "$shop" comgate-simulator.exe --host 'žluťoučký kůň'
  expect "'žluťoučký kůň'"
}

# --------------------------------------------------------------------------------------------------------------------------

# hold FILE HOW...: until it is held
hold() {
  start_in_background held holder.exe "$@"
}

# start_in_background PATTERN PROGRAM ARGS...: until it has said that
start_in_background() {
  : >"$run/holder"
  "$lab" run "$bits" "$shop" "${@:2}" >>"$run/holder" 2>&1 </dev/null &
  holder=$!
  trap 'kill -9 "$holder" 2>/dev/null || true' EXIT
  wait_until grep -q "$1" "$run/holder"
}

# spoil_line NUMBER FILE: one letter of it is another.
spoil_line() {
  sed -i "$1s/a/X/" "$2"
}

try_windows() {
  built=$target/windows/win$bits
  shop="$run/obchod"
  journal="Pokladna Žižkov"
  mkdir -p "$shop"
  cp "$built"/*.dll "$built"/*.exe "$shop"
  for program in till network rights holder; do
    "$lab" tool "$bits" gcc -municode -O2 -Wall -Wextra -Werror -Iinclude "tests/windows/system/$program.c" \
      "$built/libcomgate_terminal.dll.a" -lws2_32 -o "$shop/$program.exe"
  done

  start_terminal
  check default_folder_is_made_for_all_users
  check letters_of_any_language_are_kept
  check long_path_is_kept_or_refused
  check redirected_folder_is_refused
  check missing_folder_is_refused
  check network_folder_is_refused
  check lock_names_its_holder_and_ends_with_its_process
  check scanned_journal_is_waited_for
  check journal_that_is_never_free_refuses_the_sale
  check damaged_journal_is_mended_though_another_program_reads_it
  check winsock_errors_have_the_right_reason
  check simulator_keeps_its_ledger_under_any_letters
  check simulator_prints_utf8
  check registers_write_to_one_folder_at_once
  stop_terminal
}

enter_laboratory
cargo build --quiet --package comgate-simulator
for bits in "${all_bits[@]}"; do bash tests/windows/build.sh "$bits"; done
try_both try_windows
