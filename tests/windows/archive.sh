#!/usr/bin/env bash
# The archive for Windows as somebody uses it who has nothing else: unpacked into an empty folder, summed up, tested by
# its own self-test, compiled against and linked with. Only compilers and Wine come from outside.
#
#   archive.sh [32|64]     one of them; without an argument, both
#
# Installs what is missing (on Debian, as root; see lab.sh) and ends with one line: N passed, N failed.
set -euo pipefail
# shellcheck source=tests/windows/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# --- Tests of the archive -----------------------------------------------------------------------------------------------

sums_are_right_and_complete() {
  sha256sum --check --quiet SHA256SUMS
  diff <(cut -c 67- SHA256SUMS | sort) <(find . -type f ! -name SHA256SUMS -printf '%P\n' | sort)
}

everything_is_there() {
  local file
  for file in README.md CHANGELOG.md LICENSE LICENSE-MIT LICENSE-APACHE selftest.cmd \
    include/comgate_terminal.h include/ERRORS.md examples/delphi/PayDemo.dpr examples/c/pay.c \
    bindings/delphi/{ComgateTerminal.pas,ComgateTerminalApi.pas,WINDOWS.md} \
    licences/{crates,rust,mingw-w64,gcc,free-pascal}.txt \
    win{32,64}/{comgate_terminal.dll,libcomgate_terminal.dll.a,comgate_terminal.def} \
    win{32,64}/{comgate-simulator,PayDemo,SelfTest}.exe; do
    [[ -s $file ]] || { echo "$file is missing"; return 1; }
  done
  grep -q '^ureq ' licences/crates.txt
}

lines_end_as_on_windows() {
  equal 'texts with other lines' '' "$(find . -type f -regex '.*\.\(pas\|dpr\|cmd\|md\)' -exec grep -L $'\r$' {} +)"
}

made_again_it_is_the_same() {
  local before
  before=$(sha256sum <"$archive")
  "$project/tests/windows/release.sh" >/dev/null
  equal 'the sum of the archive' "$before" "$(sha256sum <"$archive")"
}

# --- Tests of what is in it, for each of the two ------------------------------------------------------------------------

self_test_succeeds() {
  ends_well "$unpacked" selftest.cmd "win$bits"
  expect 'EVERYTHING WORKS'
  equal 'what was checked' 10 "$(grep -c '^ok ' "$said")"
  cat "$said"
}

self_test_fails_where_something_is_missing() {
  cp -r "$unpacked" "$run/broken"
  rm "$run/broken/win$bits/comgate_terminal.dll"
  ends_badly "$run/broken" selftest.cmd "win$bits"
  expect 'SOMETHING DOES NOT WORK'
  rm -r "$run/broken"
}

delphi_example_compiles_and_pays() {
  local till="$run/delphi till $bits"
  mkdir -p "$till/journal"
  "$lab" pas "$bits" "$unpacked/examples/delphi/PayDemo.dpr" "$till" "-FU$till" \
    "-Fu$unpacked/bindings/delphi" "-Fi$unpacked/bindings/delphi"
  cp "win$bits/comgate_terminal.dll" "$till"
  ends_well "$till" PayDemo.exe 127.0.0.1 "$port" journal 'účet 1' 125.50 --simulator
  expect 'APPROVED účet 1'
}

c_example_links_and_pays() {
  local till="$run/c till $bits"
  mkdir -p "$till/journal"
  "$lab" tool "$bits" gcc -std=c99 -Wall -Wextra -Werror "-I$unpacked/include" "$unpacked/examples/c/pay.c" \
    "$unpacked/win$bits/libcomgate_terminal.dll.a" -o "$till/pay.exe"
  cp "win$bits/comgate_terminal.dll" "$till"
  ends_well "$till" pay.exe 127.0.0.1 "$port" journal 'c 1' 12550 --simulator
  expect 'APPROVED'
}

# Every linker but mingw's makes its own import library of the list.
list_makes_an_import_library() {
  "$lab" tool "$bits" dlltool --def "win$bits/comgate_terminal.def" --output-lib "$run/own.a"
  "$lab" tool "$bits" nm "$run/own.a" | grep '__imp_.*cgt_pay$'
}

# --------------------------------------------------------------------------------------------------------------------------

# The terminal of the archive, not that of the project.
start_shipped_terminal() {
  local line
  exec {terminal_output}< <(
    exec "$lab" run "$bits" "$unpacked/win$bits" comgate-simulator.exe --port 0 --control-port 0 --quick {lock}>&- \
      2>"$run/terminal.errors"
  )
  terminal=$!
  read -r -t 120 line <&"$terminal_output"
  [[ $line =~ ^READY\ port=([0-9]+) ]]
  port=${BASH_REMATCH[1]}
}

try_windows() {
  check self_test_succeeds
  check self_test_fails_where_something_is_missing
  start_shipped_terminal
  check delphi_example_compiles_and_pays
  check c_example_links_and_pays
  check list_makes_an_import_library
  stop_terminal
}

enter_laboratory
archive=$("$project/tests/windows/release.sh")
unpacked=$run/unpacked
mkdir "$unpacked"
cd "$unpacked"
python3 -m zipfile -e "$archive" .
echo "$archive: $(stat --format %s "$archive") bytes"

bits=any
check sums_are_right_and_complete
check everything_is_there
check lines_end_as_on_windows
check made_again_it_is_the_same
try_both try_windows
