#!/usr/bin/env bash
# The Delphi wrapper: every program of this folder and every example, compiled by Free Pascal with either kind of
# string, for Linux and for 32- and 64-bit Windows under Wine, and run on the terminal in software.
#
#     tests/delphi/run.sh [--native | --windows]     one half of it; without an argument, both
#
# The Windows half stands on tests/windows/lab.sh, and takes units, examples and DLL from the unpacked release
# archive. The last line is "N passed, N failed"; the exit code says the same.
set -euo pipefail

project=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
cd "$project"
# The letters of the golden transcript too: natively the compiler's library asks for them.
# shellcheck source=tests/environment.sh
source tests/environment.sh
# shellcheck source=tests/strands.sh
source tests/strands.sh
target=$CARGO_TARGET_DIR
lab=$project/tests/windows/lab.sh
golden=$project/tests/delphi/story.txt
# What is tried: of the source tree, and on Windows of the unpacked archive.
wrapper=bindings/delphi examples=examples/delphi

passed=0 failed=0
platform='' strings='' till='' terminal='' locked=''
# What goes on when this script is killed must not hold the laboratory. The native half holds nothing.
exec {lock}</dev/null
# Where a program ends wrongly, Wine's complaints are told.
export WINEDEBUG=${WINEDEBUG:-fixme-all,err+all}

# --- Counting ---------------------------------------------------------------------------------------------------------

good() { passed=$((passed + 1)); echo "ok      $platform, $strings: $1"; }

bad() {
  failed=$((failed + 1))
  echo "FAILED  $platform, $strings: $1"
  sed 's/^/        /' "$said" | tail -n 60
  if [[ -s $errors ]]; then echo '    on the error output:'; sed 's/^/        /' "$errors" | tail -n 60; fi
  : >"$errors"
}

# run_program COMMAND...: its exit code stays in $code, what it printed in $said and, on the error output, in $errors.
run_program() {
  code=0
  "$@" >"$said" 2>"$errors" </dev/null || code=$?
  # Wine's loader did not find its place in memory, which is chance: not one line of the program has run, so it is run again.
  if [[ ! -s $said ]] && grep -q 'failed to map the shared user data' "$errors"; then
    code=0
    "$@" >"$said" 2>"$errors" </dev/null || code=$?
  fi
}

# Under Wine a program may end wrongly for reasons of Wine: explain_wine adds what is known to $errors.
explain_wine() {
  [[ $platform == win* ]] || return 0
  cat "$said" "$errors" >"$run/all"
  {
    "$lab" explain "${platform#win}" "$run/all"
    # How far it came: what the terminal heard of it last, and what the journal says.
    echo "the terminal's last requests:"
    control_terminal /requests | jq --compact-output '.[-5:][]' || true
    echo "the journal's last lines:"
    tail -n 5 "$till/${journal:-}/comgate-journal.log" || true
  } >>"$errors" 2>&1
}

control_terminal() {
  curl --silent --show-error --fail --noproxy '*' --max-time 10 "${@:2}" "http://127.0.0.1:$control$1"
}

# The customer shows the card when the till has heard what the terminal says: the answer to one question has been read
# when the next is asked.
show_the_card_when_asked() {
  local deadline=$((SECONDS + 240)) before=
  while ((SECONDS < deadline)); do
    if [[ -n $before || $(control_terminal /state) == *'"finished":false'* ]]; then
      before=${before:-$(questions)}
      if (($(questions) >= before + 2)); then
        control_terminal /screen --data '{"action":"tap"}'
        return
      fi
    fi
    sleep 0.05
  done
}

questions() {
  control_terminal /requests | { grep -o '"endpoint":"status"' || true; } | wc -l
}

# expect NAME EXIT_CODE COMMAND...; what it printed stays in $said.
expect() {
  local name=$1 wanted=$2 code
  shift 2
  run_program "$@"
  # A program that loses Wine's server ends with 0 or 1 and says nothing. Each of ours says something.
  if [[ $code == "$wanted" && ( $1 != play || -s $said ) ]]; then
    good "$name"
  else
    [[ $1 != play ]] || explain_wine
    echo "(exit code $code, wanted $wanted)" >>"$said"
    bad "$name"
  fi
}

# counted NAME COMMAND...: a program that counts for itself.
counted() {
  local name=$1 code
  shift
  run_program "$@"
  add_counted "$name" "$code"
}

# What a program that counts has printed to $said.
add_counted() {
  local line
  line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$said" | tail -n 1) || true
  if [[ -n $line ]]; then
    passed=$((passed + ${line%% *}))
    line=${line#*, }
    failed=$((failed + ${line%% *}))
  fi
  if [[ $2 == 0 && -n $line ]]; then good "$1"; else explain_wine; echo "(exit code $2)" >>"$said"; bad "$1"; fi
}

# --- The terminal -----------------------------------------------------------------------------------------------------

start_terminal() {
  local line
  stop_terminal
  exec {terminal_output}< <(exec "$target/debug/comgate-simulator" --port 0 --control-port 0 --quick {lock}>&-)
  terminal=$!
  read -r -t 60 line <&"$terminal_output"
  [[ $line =~ ^READY\ port=([0-9]+)\ control=([0-9]+)$ ]]
  port=${BASH_REMATCH[1]} control=${BASH_REMATCH[2]}
}

stop_terminal() {
  [[ -z $terminal ]] || kill "$terminal" 2>/dev/null || true
  terminal=
}

# --- Compiling and running --------------------------------------------------------------------------------------------

# compile SOURCE [FPC ARGS...]: into the folder of the till.
compile() {
  local source=$1 mode=-Mdelphi
  shift
  [[ $strings == AnsiString ]] || mode=-Mdelphiunicode
  local args=("$mode" "-Fu$wrapper" "-Fi$wrapper" -Futests/delphi "-FU$units" "$@")
  if [[ $platform == linux ]]; then
    # -gh tells at the end what was not freed.
    fpc -v0 -ve -gh -gl "${args[@]}" "-FE$till" "$source"
  else
    "$lab" pas "${platform#win}" "$source" "$till" -v0 -ve "${args[@]}"
  fi
}

# play PROGRAM ARGS...: in the folder of the till.
play() {
  local program=$1
  shift
  if [[ $platform == linux ]]; then
    (cd "$till" && HEAPTRC="log=$leaks" exec timeout --foreground --kill-after 10 300 "./$program" "$@")
  else
    timeout --foreground --kill-after 10 300 "$lab" run "${platform#win}" "$till" "$program.exe" "$@" {lock}>&-
  fi
}

new_journal() {
  journal=journal$((RANDOM * 32768 + RANDOM))
  mkdir "$till/$journal"
}

# --- What is told -----------------------------------------------------------------------------------------------------

tell_the_story() {
  local part code
  start_terminal
  new_journal
  : >"$run/story"
  : >"$run/story.errors"
  for part in day night morning; do
    # The till of the night is killed; what matters is what it said. The shell tells of the killing on its error output.
    { play Story "$part" "$port" "$control" "$journal" >>"$run/story" </dev/null || true; } 2>>"$run/story.errors"
  done
  if [[ -n ${CGT_BLESS:-} ]]; then cp "$run/story" "$golden"; fi
  run_program diff "$golden" "$run/story"
  if [[ $code == 0 ]]; then good 'the story is told as it is written'; return; fi
  cat "$run/story.errors" >>"$errors"
  explain_wine
  bad 'the story is told as it is written'
}

tell_of_deaths() {
  local point
  start_terminal
  new_journal
  for point in 1 2 3 4 5 6 7 8 9 10; do
    # Two of them are reached only while the terminal waits for a card: then the customer waits for the death.
    [[ $point != [45] ]] || control_terminal /next --data '{"ending":"slow"}' >/dev/null
    { play Till die "$port" "$control" "$journal" "$point" || true; } >"$said" 2>"$errors" </dev/null
    [[ $point != [45] ]] || control_terminal /screen --data '{"action":"tap"}' >/dev/null
    if grep -qE 'ALIVE|BROKEN' "$said" "$errors"; then bad "the till dies at point $point"; fi
    counted "the till died at point $point" play Till after "$port" "$control" "$journal" "$point"
  done
}

two_tills_share_a_journal() {
  local first code=0
  start_terminal
  new_journal
  play Till share "$port" "$control" "$journal" a >"$run/first" 2>"$run/first.errors" </dev/null &
  first=$!
  counted 'one of two tills on one journal' play Till share "$port" "$control" "$journal" bb
  wait "$first" || code=$?
  cp "$run/first" "$said"
  cp "$run/first.errors" "$errors"
  add_counted 'the other one' "$code"
}

# With a library that is built for tests, and fails where it is told to.
an_error_inside() {
  local till=$run/testing program
  mkdir -p "$till"
  cp "$1" "$till"
  expect 'Panics compiles' 0 compile tests/delphi/Panics.dpr
  start_terminal
  new_journal
  export CGT_TEST_PANIC_AT='heard payment#1'
  counted 'an error inside the library' play Panics "$port" "$control" "$journal"
  for program in PayDemo PayWindow; do
    expect "$program compiles" 0 compile "$examples/$program.dpr"
    expect "$program: after an error inside nobody knows" 3 play "$program" 127.0.0.1 "$port" "$journal" "$program" 77.00 --simulator
    says '^error: '
  done
  unset CGT_TEST_PANIC_AT
}

# A program that finds only the library for the other kind of Windows says which it has found.
library_of_the_other_bits() {
  local bits=${platform#win} other till=$run/other
  other=$((96 - bits))
  mkdir -p "$till"
  "$lab" tool "$other" gcc -shared -x c -o "$till/comgate_terminal.dll" /dev/null
  expect 'StatusDemo compiles' 0 compile "$examples/StatusDemo.dpr"
  expect 'a library for the other Windows' 2 play StatusDemo 127.0.0.1 1 .
  says "is not a $bits-bit library but a $other-bit one"
}

# The examples end with 0 done, 1 not paid, 2 an error, 3 nobody knows yet.
run_the_examples() {
  start_terminal
  new_journal
  local at=(127.0.0.1 "$port" "$journal")
  expect 'example: a payment' 0 play PayDemo "${at[@]}" 'účet 1' 125.50 --simulator
  says 'NEPLATNÉ'
  expect 'example: the same payment again' 2 play PayDemo "${at[@]}" 'účet 1' 125.50 --simulator
  expect 'example: declined' 1 play PayDemo "${at[@]}" 'účet 2' 125.01 --simulator
  says 'zamítnuto vydavatelem'
  expect 'example: unknown' 3 play PayDemo "${at[@]}" 'účet 3' 125.10 --simulator
  expect 'example: nobody there' 1 play PayDemo 127.0.0.1 1 "$journal" 'účet 4' 125.50 --simulator
  expect 'example: no arguments' 2 play PayDemo
  expect 'example: no amount' 2 play PayDemo "${at[@]}" 'účet 4' 12,5 --simulator
  show_the_card_when_asked >"$run/card" 2>&1 &
  expect 'example: with a message loop' 0 play PayWindow "${at[@]}" 'účet 5' 126.31 --simulator
  wait "$!"
  says 'Přiložte nebo vložte kartu'
  says 'left open by an earlier run'
  expect 'example: with a message loop, again' 2 play PayWindow "${at[@]}" 'účet 5' 126.31 --simulator
  says 'This sale id was already paid'
  expect 'example: with a message loop, no sale' 2 play PayWindow "${at[@]}" "$(printf '%065d' 1)" 126.00 --simulator
  expect 'example: what is left open' 3 play RecoverDemo "${at[@]}" --simulator
  says '1 sales were left open'
  # Before the refund: a terminal takes back what was its last.
  expect 'example: reversal' 0 play ReversalDemo "${at[@]}" 'storno 1' 'účet 5' --simulator
  expect 'example: refund' 0 play RefundDemo "${at[@]}" 'vratka 1' 25.50 'účet 1' --simulator
  expect 'example: signature accepted' 0 play SignatureDemo "${at[@]}" 'účet 6' 100.04 yes --simulator
  expect 'example: signature rejected' 1 play SignatureDemo "${at[@]}" 'účet 7' 100.04 no --simulator
  expect 'example: status' 0 play StatusDemo "${at[@]}" --simulator
  says 'terminal SIM00001'
  expect 'example: closing' 0 play ClosingDemo "${at[@]}" 'uzávěrka 1' --simulator
  says '0 not acknowledged'
}

# What the last program must have said.
says() {
  if grep -qE -- "$1" "$said"; then good "  it says $1"; else explain_wine; bad "  it says $1"; fi
}

# Each program that was not killed has told how much it did not free.
nothing_is_left_in_memory() {
  cp "$leaks" "$said"
  if grep -q '^0 unfreed' "$leaks" && ! grep -qE '^[1-9][0-9]* unfreed' "$leaks"; then good 'nothing is left in memory'
  else bad 'nothing is left in memory'; fi
}

# --- One platform, one kind of string ---------------------------------------------------------------------------------

# variant PLATFORM STRINGS LIBRARY LIBRARY_FOR_TESTS: in a folder of its own, beside the others.
variant() {
  platform=$1 strings=$2
  run=$run/$platform-$strings
  said=$run/said errors=$run/errors
  till="$run/Pokladna Žižkov"
  units=$run/units
  leaks=$run/leaks
  mkdir -p "$till" "$units"
  : >"$errors"
  : >"$leaks"
  cp "$3" "$till"
  local program
  # Panics has a library of its own.
  for program in tests/delphi/[!P]*.dpr "$examples"/*.dpr; do
    expect "${program##*/} compiles" 0 compile "$program"
  done
  tell_the_story
  start_terminal
  new_journal
  counted 'events, floating point, stack and texts' play Events "$port" "$control" "$journal"
  start_terminal
  new_journal
  counted 'the worker' play Workers "$port" "$control" "$journal"
  tell_of_deaths
  run_the_examples
  an_error_inside "$4"
  two_tills_share_a_journal
  if [[ $platform == linux ]]; then nothing_is_left_in_memory; else library_of_the_other_bits; fi
  [[ $platform == linux ]] || expect "Wine's server is the one of the start" 0 "$lab" kept "${platform#win}"
  stop_terminal
}

leave_strand() {
  stop_terminal
}

native() {
  local built testing
  cargo build --quiet --lib --target-dir "$target/programs"
  built=$target/programs/debug/libcomgate_terminal.so
  testing=$(bash tests/cargo.sh --library-for-tests)
  run=$(mktemp -d)
  for strings in AnsiString UnicodeString; do
    strand "$strings" variant linux "$strings" "$built" "$testing"
  done
  join_strands
  rm -rf "$run"
}

# One after another: where a Windows of Wine is busy with two, it may be late with the desktop for a program's window.
both_strings() {
  local run_of_all=$run
  variant "$1" AnsiString "$2" "$3"
  run=$run_of_all
  variant "$1" UnicodeString "$2" "$3"
}

windows() {
  local bits dll testing
  "$lab" setup
  # Wine's processes are ended at the end: two suites must not share them.
  exec {lock}>"$("$lab" work)/lock"
  flock --timeout 1800 "$lock" || { echo "another suite does not leave Wine" >&2; exit 1; }
  locked=yes
  "$lab" start {lock}>&-
  run=$(mktemp -d "$("$lab" work)/delphi.XXXXXX")
  mkdir "$run/archive"
  python3 -m zipfile -e "$("$project/tests/windows/release.sh")" "$run/archive"
  wrapper=$run/archive/bindings/delphi examples=$run/archive/examples/delphi
  for bits in 32 64; do
    "$lab" cargo "$bits" rustc --lib --crate-type cdylib --features testing
    mkdir -p "$run/testing$bits"
    testing=$run/testing$bits/comgate_terminal.dll
    cp "$target/$("$lab" target "$bits")/release/comgate_terminal.dll" "$testing"
    dll=$run/archive/win$bits/comgate_terminal.dll
    strand "$bits" both_strings "win$bits" "$dll" "$testing"
  done
  join_strands
  "$lab" stop || true
  rm -rf "$run"
}

finish() {
  local status=$?
  trap - EXIT
  stop_terminal
  end_strands
  # Where this suite never had Wine, another one may.
  [[ -z $locked ]] || "$lab" stop || true
  rm -rf "${run:-}"
  # The script itself broke off.
  [[ $status == 0 ]] || failed=$((failed + 1))
  echo "$passed passed, $failed failed"
  exit $((failed > 0))
}

half=${1:-}
case $half in
  '' | --native | --windows) ;;
  *) echo 'usage: tests/delphi/run.sh [--native | --windows]' >&2; exit 2 ;;
esac
trap finish EXIT
trap 'exit 1' INT TERM
cargo build --quiet --package comgate-simulator
[[ $half == --windows ]] || native
[[ $half == --native ]] || windows
