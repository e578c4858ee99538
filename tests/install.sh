#!/usr/bin/env bash
# Installs what the suites need and this machine lacks. On Debian, as root; elsewhere it names what is missing.
set -euo pipefail

missing=()
need() { # need COMMAND PACKAGE
  command -v "$1" >/dev/null 2>&1 || missing+=("$2")
}
need gcc gcc
need g++ g++
need clang clang
need nm binutils
need valgrind valgrind
need curl curl
need shellcheck shellcheck
need i686-w64-mingw32-g++ g++-mingw-w64-i686
need x86_64-w64-mingw32-g++ g++-mingw-w64-x86-64
need fpc fp-compiler
need python3 python3
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)

if ! command -v cargo >/dev/null 2>&1; then
  echo "cargo is missing: install Rust 1.89 or later (https://rustup.rs), with clippy and rustfmt" >&2
  exit 1
fi
if [ ${#missing[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
    echo "missing, and only installed by this script on Debian as root: ${missing[*]}" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  # Another copy of this may be at it.
  apt-get -o DPkg::Lock::Timeout=600 update -q
  apt-get -o DPkg::Lock::Timeout=600 install -y -q --no-install-recommends "${missing[@]}"
fi
echo "everything is there"
