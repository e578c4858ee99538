#!/usr/bin/env bash
# Looks into the DLL and the EXE that are released: what they need of Windows, what they give, what they say of themselves.
#
#   files.sh [32|64]     one of them; without an argument, both
#
# Installs what is missing (on Debian, as root; see lab.sh) and ends with one line: N passed, N failed.
set -euo pipefail
# shellcheck source=tests/windows/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# ADVAPI32 has the random numbers of Windows 7, ntdll the reads and writes of std.
allowed_dlls=(advapi32.dll kernel32.dll msvcrt.dll ntdll.dll ws2_32.dll)

# --- What they need -------------------------------------------------------------------------------------------------------

only_dlls_of_windows_are_imported() {
  local found
  found=$(imports | cut -d ' ' -f 1 | sort -u)
  grep -qx kernel32.dll <<<"$found"
  equal 'other DLLs' '' "$(grep -vxF "$(printf '%s\n' "${allowed_dlls[@]}")" <<<"$found")"
}

# What is not on the list is to be looked up: Windows 7 does not load a DLL that needs more than it has.
only_functions_on_the_list_are_imported() {
  equal 'not in tests/windows/imports.txt' '' "$(comm -23 <(imports) <(grep -v '^#' tests/windows/imports.txt | sort -u))"
}

# The same, asked of somebody else: mingw's headers hide from a program for Windows 7 most of what later ones added.
headers_for_windows_7_have_these_functions() {
  local functions
  mapfile -t functions < <(imports | grep -E '^(advapi32|kernel32|ws2_32)' | cut -d ' ' -f 2)
  ((${#functions[@]} > 50))
  headers_for_windows_7_have "${functions[@]}"
  ! headers_for_windows_7_have CreateFile2 2>/dev/null || { echo "these headers hide nothing"; return 1; }
}

headers_for_windows_7_have() {
  # The header has SystemFunction036 under the name that people call it by.
  printf '#include <%s.h>\n' winsock2 ws2tcpip windows sddl ntsecapi >"$run/functions.c"
  local function
  for function in "${@/SystemFunction036/RtlGenRandom}"; do
    echo "void *use_$function(void) { return (void *)(size_t)&$function; }" >>"$run/functions.c"
  done
  "$lab" tool "$bits" gcc -D_WIN32_WINNT=0x0601 -Werror=implicit-function-declaration -fsyntax-only "$run/functions.c"
}

windows_7_accepts_the_header() {
  local major minor
  major=$(header_field MajorSubsystemVersion) minor=$(header_field MinorSubsystemVersion)
  ((major < 6 || (major == 6 && minor <= 1))) || { echo "it asks for Windows $major.$minor"; return 1; }
}

# Address space layout at random, no code in data.
memory_is_protected() {
  local found
  found=$(tables)
  grep -qw DYNAMIC_BASE <<<"$found"
  grep -qw NX_COMPAT <<<"$found"
}

# --- What they give -------------------------------------------------------------------------------------------------------

# Without @ and underscores, as every language looks for them.
exports_are_the_committed_list() {
  diff include/exports.txt - < <(
    tables | awk '/Ordinal\/Name Pointer/ { names = 1; next } NF == 0 { names = 0 } names { print $NF }')
}

import_library_has_the_committed_list() {
  # On 32 bit, C names have an underscore before them; the DLL does not.
  local underscore=
  [[ $bits == 64 ]] || underscore=_
  diff <(sed "s/^/__imp_$underscore/" include/exports.txt | sort) - < <(
    "$lab" tool "$bits" nm "$built/libcomgate_terminal.dll.a" | awk '$3 ~ /^__imp_/ { print $3 }' | sort)
}

definition_has_the_committed_list() {
  diff include/exports.txt - < <(sed '1,/^EXPORTS$/d; s/^ *//' "$built/comgate_terminal.def")
  grep -qx 'LIBRARY comgate_terminal.dll' "$built/comgate_terminal.def"
}

# --- What they say of themselves ------------------------------------------------------------------------------------------

version_is_that_of_the_project() {
  local version
  version=$(sed -n '0,/^version = /s/^version = "\(.*\)"$/\1/p' Cargo.toml)
  ends_well "$run" version.exe "$file"
  expect "number $version.0"
  expect "FileVersion $version"
  expect "ProductVersion $version"
  expect 'unofficial, not affiliated with Comgate'
  expect "OriginalFilename $file"
}

nothing_tells_where_they_were_built() {
  equal 'the year of the build' 1970 "$(header_field Time/Date)"
  equal 'folders of the build' '' \
    "$(strings -n 6 "$built/$file" | grep -F -e "$project" -e "$HOME/" -e /usr/ -e registry)"
}

# --------------------------------------------------------------------------------------------------------------------------

tables() {
  "$lab" tool "$bits" objdump -p "$built/$file"
}

# header_field NAME; the first, which is that of the whole file
header_field() {
  tables | awk -v name="$1" 'index($0, name) == 1 { value = value ? value : $NF } END { print value }'
}

# Lines such as: kernel32.dll CreateFileW
imports() {
  tables | awk '
    /DLL Name: / { dll = tolower($3); next }
    NF == 0 { dll = "" }
    dll != "" && $1 ~ /^[0-9a-f]+$/ { print dll, $3 }' | sort -u
}

check_what_both_have() {
  check only_dlls_of_windows_are_imported
  check only_functions_on_the_list_are_imported
  check headers_for_windows_7_have_these_functions
  check windows_7_accepts_the_header
  check memory_is_protected
  check version_is_that_of_the_project
  check nothing_tells_where_they_were_built
}

try_windows() {
  built=$target/windows/win$bits
  cp "$built"/*.dll "$built"/*.exe "$run"
  "$lab" tool "$bits" gcc -municode tests/windows/version.c -lversion -o "$run/version.exe"
  for file in comgate_terminal.dll comgate-simulator.exe; do
    echo "--- $bits bit: $file, $(stat --format %s "$built/$file") bytes"
    check_what_both_have
  done
  file=comgate_terminal.dll
  check exports_are_the_committed_list
  check import_library_has_the_committed_list
  check definition_has_the_committed_list
}

enter_laboratory
for bits in "${all_bits[@]}"; do bash tests/windows/build.sh "$bits"; done
try_both try_windows
