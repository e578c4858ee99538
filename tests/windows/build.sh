#!/usr/bin/env bash
# Builds what is released for one Windows, and prints the folder it is in:
#
#   build.sh 32|64    comgate_terminal.dll, its import library for mingw, its .def for other linkers, comgate-simulator.exe
#
# Needs the laboratory (lab.sh setup).
set -euo pipefail

project=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
cd "$project"
lab=$project/tests/windows/lab.sh
bits=${1:-}
[[ $bits == 32 || $bits == 64 ]] || { sed -n '4s/^# *//p' "${BASH_SOURCE[0]}" >&2; exit 2; }

target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
out=$target/windows/win$bits
version=$(sed -n '0,/^version = /s/^version = "\(.*\)"$/\1/p' Cargo.toml)
mkdir -p "$out"

# A resource that Windows shows under Properties, Details: compile_version NAME TYPE DESCRIPTION
compile_version() {
  "$lab" tool "$bits" windres --output "$out/$1.version.o" <<RESOURCE
1 VERSIONINFO
FILEVERSION ${version//./,},0
PRODUCTVERSION ${version//./,},0
FILEOS 0x40004
FILETYPE $2
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "040904B0"
    BEGIN
      VALUE "FileDescription", "$3"
      VALUE "FileVersion", "$version"
      VALUE "ProductName", "comgate-terminal (unofficial, not affiliated with Comgate)"
      VALUE "ProductVersion", "$version"
      VALUE "OriginalFilename", "$1"
      VALUE "InternalName", "$1"
      VALUE "LegalCopyright", "Licensed under MIT or Apache-2.0"
      VALUE "CompanyName", "The comgate-terminal project"
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x0409, 1200
  END
END
RESOURCE
}

# build_file NAME CARGO ARGS...: without the time of the build in it, so that the same source gives the same file.
build_file() {
  "$lab" cargo "$bits" rustc "${@:2}" -- -C "link-arg=$out/$1.version.o" -C link-arg=-Wl,--no-insert-timestamp
  cp "$target/$("$lab" target "$bits")/release/$1" "$out/$1"
}

{
  compile_version comgate_terminal.dll 2 "Card payments on Comgate terminals over the local network"
  compile_version comgate-simulator.exe 1 "A Comgate payment terminal in software, for tests and training"
  build_file comgate_terminal.dll --lib --crate-type cdylib
  build_file comgate-simulator.exe --package comgate-simulator --bin comgate-simulator

  { printf 'LIBRARY comgate_terminal.dll\nEXPORTS\n'; sed 's/^/    /' include/exports.txt; } >"$out/comgate_terminal.def"
  # dlltool names the parts of the library after the place where it works.
  (cd "$out" && "$lab" tool "$bits" dlltool --def comgate_terminal.def --output-lib libcomgate_terminal.dll.a \
    --temp-prefix import --deterministic-libraries)
} >&2
echo "$out"
