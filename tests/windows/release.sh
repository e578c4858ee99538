#!/usr/bin/env bash
# Makes the archive for Windows and prints its path: target/release-windows/comgate-terminal-VERSION-windows.zip
#
#   release.sh           as root on Debian; installs what is missing (see lab.sh)
#
# Where $SIGN_COMMAND is set, it is called with each EXE and DLL, to sign it in place. The same source, compilers and
# crates give the same archive, but for signatures.
set -euo pipefail

project=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
cd "$project"
lab=$project/tests/windows/lab.sh
version=$(sed -n '0,/^version = /s/^version = "\(.*\)"$/\1/p' Cargo.toml)
out=$(realpath -m "${CARGO_TARGET_DIR:-target}")/release-windows
name=comgate-terminal-$version-windows
stage=$out/$name

# take FILES...: into the same place as in the project
take() {
  cp --parents "$@" "$stage"
}

take_programs() {
  local bits built units
  for bits in 32 64; do
    built=$(tests/windows/build.sh "$bits")
    mkdir "$stage/win$bits"
    cp "$built"/{comgate_terminal.{dll,def},libcomgate_terminal.dll.a,comgate-simulator.exe} "$stage/win$bits"
    units=$out/units$bits
    mkdir "$units"
    "$lab" pas "$bits" examples/delphi/PayDemo.dpr "$stage/win$bits" -O2 -Xs "-FU$units" \
      -Fubindings/delphi -Fibindings/delphi
    "$lab" pas "$bits" tests/windows/SelfTest.dpr "$stage/win$bits" -O2 -Xs "-FU$units"
  done
}

take_sources() {
  take README.md CHANGELOG.md LICENSE LICENSE-* include/comgate_terminal.h include/ERRORS.md tests/simulator/README.md
  take bindings/delphi/*.pas bindings/delphi/*.inc bindings/delphi/*.md tests/windows/SelfTest.dpr
  take examples/README.md examples/delphi/* examples/c/*
  cp tests/windows/selftest.cmd "$stage"
  # What the units are generated from is of no use here.
  rm -f "$stage"/bindings/delphi/*.in.pas
}

# What is inside the DLL and the programs besides this project: crates, and what compilers add of their own.
take_licences() {
  mkdir "$stage/licences"
  python3 tests/windows/licences.py "$("$lab" target 64)" >"$stage/licences/crates.txt"
  cp "$("$lab" rust_licence)" "$stage/licences/rust.txt"
  cp /usr/share/doc/mingw-w64-common/copyright "$stage/licences/mingw-w64.txt"
  cp /usr/share/doc/gcc-mingw-w64-base/copyright "$stage/licences/gcc.txt"
  cp /usr/share/doc/fp-compiler-*/copyright "$stage/licences/free-pascal.txt"
}

# Delphi 7 and the editor of Windows 7 want them so.
end_lines_as_windows_does() {
  find "$stage" -type f ! -name '*.exe' ! -name '*.dll' ! -name '*.a' -exec sed -i 's/\r$//; s/$/\r/' {} +
}

sign() {
  [[ -n ${SIGN_COMMAND:-} ]] || return 0
  local file
  for file in "$stage"/win*/*.dll "$stage"/win*/*.exe; do
    $SIGN_COMMAND "$file"
  done
}

sum_up() {
  (cd "$stage" && find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum) >"$out/sums"
  mv "$out/sums" "$stage/SHA256SUMS"
}

{
  "$lab" setup
  rm -rf "$out"
  mkdir -p "$stage"
  take_programs
  take_sources
  take_licences
  end_lines_as_windows_does
  sign
  sum_up
  # The time of the last commit, or none where this is no repository.
  seconds=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
  python3 tests/windows/pack.py "$stage" "$out/$name.zip" "$seconds"
} >&2
echo "$out/$name.zip"
