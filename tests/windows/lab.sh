#!/usr/bin/env bash
# A Windows laboratory on Debian, from Debian's packages alone: builds the DLL for 32- and 64-bit Windows 7 and later,
# compiles Pascal in Delphi mode for both, and runs Windows programs under Wine as on a Czech Windows.
#
#   lab.sh setup                                 install everything (as root, on amd64; again only what is missing)
#   lab.sh cargo 32|64 COMMAND [ARGS...]         run cargo for that Windows; OUT/TARGET/release has what it built
#   lab.sh target 32|64                          print the name of Rust's target
#   lab.sh rust_licence                          print the file with the licences of Rust's own library
#   lab.sh tool  32|64 NAME [ARGS...]            run a tool of mingw: gcc, objdump, dlltool, windres ...
#   lab.sh pas   32|64 SOURCE OUT [FPC ARGS...]  compile a Pascal program or unit into the folder OUT
#   lab.sh work                                  print the folder below which programs are run
#   lab.sh run   32|64 FOLDER PROGRAM [ARGS...]  run an EXE or a .cmd file with FOLDER as its working directory
#   lab.sh start                                 keep Wine ready, with nothing left of what ran before
#   lab.sh stop                                  end what Wine leaves running
#   lab.sh kept  32|64                           succeed while Wine's server is the one of start
#   lab.sh explain 32|64 FILE                    say what Wine has to do with a program that ended wrongly; FILE is what it said
#
# The laboratory lives in $WINDOWS_LAB, by default /opt/windows-lab.
set -euo pipefail

project=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
lab=${WINDOWS_LAB:-/opt/windows-lab}
# A Debian of its own for what is 32-bit Linux: it never mixes with the packages of this machine.
i386=$lab/i386
fpc_version=3.2.2

fail() {
  echo "lab.sh: $*" >&2
  exit 1
}

setup() {
  [[ $(dpkg --print-architecture 2>/dev/null) == amd64 ]] || fail "this needs Debian on amd64"
  [[ $(id -u) == 0 ]] || fail "setup installs packages and makes a chroot: run it as root"
  # Two at once would make one thing twice.
  mkdir -p "$lab"
  exec {setting_up}>"$lab/setup.lock"
  flock --timeout 1800 "$setting_up" || fail "another setup does not end"
  # The 32-bit mingw linker unwinds by DWARF, as Rust needs; curl and jq are for asking the simulator.
  install ca-certificates curl jq debootstrap locales gcc-mingw-w64-i686-win32 gcc-mingw-w64-x86-64-win32 \
    "fp-compiler-$fpc_version" "fpc-source-$fpc_version" wine64
  install_rust
  install_i386
  build_units 32 i386
  build_units 64 x86_64
  prepare_wine 32
  prepare_wine 64
  exec {setting_up}>&-
  echo "The Windows laboratory is ready in $lab"
}

# --- Debian ---------------------------------------------------------------------------------------------------------

installed() {
  local package
  for package; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || return 1
  done
}

install() {
  local package missing=()
  for package; do installed "$package" || missing+=("$package"); done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  apt-get -o DPkg::Lock::Timeout=600 update -q
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -q --no-install-recommends --no-remove "${missing[@]}"
}

install_i386() {
  [[ ! -d $i386 ]] || return 0
  local codename mirror
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  # shellcheck disable=SC2016 # The variable is apt's.
  mirror=$(apt-get indextargets --format '$(REPO_URI)' "Codename: $codename" 'Component: main' 'Identifier: Packages' | head -n 1)
  [[ -n $mirror ]] || fail "apt names no mirror of Debian $codename"
  # Under another name until it is complete, so that an interrupted one is not taken for a good one.
  rm -rf "$i386.new"
  debootstrap --arch=i386 --variant=minbase "--include=wine32,fp-compiler-$fpc_version" "$codename" "$i386.new" "$mirror" ||
    fail "debootstrap failed; its log is $i386.new/debootstrap/debootstrap.log"
  mv "$i386.new" "$i386"
}

# --- Rust -----------------------------------------------------------------------------------------------------------

# Rust's usual Windows targets have needed Windows 10 since 1.78 (ProcessPrng). These do not, but they have no prebuilt std.
target() {
  case $1 in
    32) echo i686-win7-windows-gnu ;;
    64) echo x86_64-win7-windows-gnu ;;
  esac
}

# Takes a compiler that can build std: Debian's, or else a nightly toolchain of rustup that has the component rust-src.
choose_rust() {
  if installed rustc-web cargo-web rust-web-src; then
    # rustup's programs may come first in the path; the bootstrap switch allows a stable compiler to build std.
    export PATH=/usr/bin:$PATH RUSTC_BOOTSTRAP=1
  elif [[ -d $(RUSTUP_TOOLCHAIN=nightly rust_source) ]]; then
    export RUSTUP_TOOLCHAIN=nightly
  else
    return 1
  fi
}

rust_source() {
  echo "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library"
}

rust_licence() {
  choose_rust || fail "no Rust compiler that can build std; run lab.sh setup"
  local file
  for file in /usr/share/doc/rustc-web/copyright "$(rustc --print sysroot)/share/doc/rust/COPYRIGHT-library.html"; do
    [[ ! -f $file ]] || { echo "$file"; return; }
  done
  fail "the licences of Rust's library are not where they should be"
}

install_rust() {
  choose_rust || install rustc-web cargo-web rust-web-src
  choose_rust || fail "no Rust compiler that can build std"
  # The 32-bit GNU target needs two objects that otherwise come with the prebuilt std.
  mkdir -p "$lab/rtstartup"
  local name
  for name in rsbegin rsend; do
    RUSTC_BOOTSTRAP=1 rustc --target "$(target 32)" --crate-type lib --emit obj -C panic=abort -O \
      -o "$lab/rtstartup/$name.o" "$(rust_source)/rtstartup/$name.rs"
  done
}

# Arguments reach cargo as they are, also folders with spaces: the flags are parted by a character that no path has.
cargo() {
  local bits=$1 name folder flags=(-C target-feature=+crt-static)
  shift
  choose_rust || fail "no Rust compiler that can build std; run lab.sh setup"
  cd "$project"
  name=$(target "$bits")
  [[ $bits == 64 ]] || flags+=(-L "native=$lab/rtstartup")
  # What a panic says of its place is the same on every machine. Crates are in a folder once they are fetched.
  command cargo fetch --quiet --locked
  flags+=("--remap-path-prefix=$project=." "--remap-path-prefix=$(rust_source)=std")
  for folder in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
    flags+=("--remap-path-prefix=$folder=crates")
  done
  # std without backtraces: they are 150 KB, and would load dbghelp.dll by its bare name.
  CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f'; echo "${flags[*]}") command cargo "$1" --release --locked --target "$name" \
    -Z build-std=std,panic_unwind -Z build-std-features=panic-unwind "${@:2}"
}

tool() {
  local bits=$1 cpu=i686
  shift
  [[ $bits == 32 ]] || cpu=x86_64
  "$cpu-w64-mingw32-$1" "${@:2}"
}

# --- Pascal ---------------------------------------------------------------------------------------------------------

# Both compilers are static programs and link for Windows by themselves: the 32-bit one needs no 32-bit system around it.
fpc() {
  local bits=$1 compiler
  shift
  case $bits in
    32) compiler=$i386/usr/lib/i386-linux-gnu/fpc/$fpc_version/ppc386 ;;
    64) compiler=/usr/lib/x86_64-linux-gnu/fpc/$fpc_version/ppcx64 ;;
  esac
  "$compiler" -n -ve "-Twin$bits" "$@"
}

# Debian has no Windows units of Free Pascal, but their sources. This builds those that every program stands on.
build_units() {
  local bits=$1 cpu=$2 out=$lab/win$1
  [[ ! -d $out ]] || return 0
  rm -rf "$out.new"
  mkdir -p "$out.new"
  (
    cd "/usr/share/fpcsrc/$fpc_version/rtl/win$bits"
    # Told only when it fails: these sources turn on warnings of which they are full.
    unit() {
      fpc "$bits" -O2 "-FU$out.new" "-Fu$out.new" -Fi../inc "-Fi../$cpu" -Fi../win "$@" >"$out.new/log" ||
        { cat "$out.new/log" >&2; fail "Free Pascal cannot build its own units for $bits bit"; }
    }
    unit -Us -Sg system.pp
    unit ../inc/uuchar.pp
    unit -Fi../objpas ../objpas/objpas.pp
    unit -Fi../objpas -Fi../objpas/sysutils -Fi../objpas/classes -Fi../win/wininc \
      "-Fu../$cpu" -Fu../win -Fu../win/wininc -Fu../inc -Fu../objpas buildrtl.pp
  )
  mv "$out.new" "$out"
}

pas() {
  local bits=$1 source=$2 out=$3
  shift 3
  [[ -d $lab/win$bits ]] || fail "there are no $bits-bit units of Free Pascal; run lab.sh setup"
  mkdir -p "$out"
  fpc "$bits" -Mdelphi "-Fu$lab/win$bits" "-FE$out" "$@" "$source"
}

# --- Wine -----------------------------------------------------------------------------------------------------------

work() {
  echo "$i386/work"
}

prepare_wine() {
  local ready=$lab/wine$1.ready
  mkdir -p "$(work)"
  # Czech Windows has code page 1250.
  localedef --prefix="$([[ $1 == 64 ]] || echo "$i386")" -i cs_CZ -f UTF-8 cs_CZ.UTF-8
  # Once is enough; and where a suite keeps Wine ready, nobody could wait for the end of its server.
  [[ ! -f $ready ]] || return 0
  (become_wine "$1" / wineboot --init) >"$lab/wine$1.log" 2>&1 || fail "Wine cannot make its $1-bit Windows; see $lab/wine$1.log"
  (become_wineserver "$1" -w)
  touch "$ready"
}

run() {
  local folder
  folder=$(realpath "$2")
  [[ $folder/ == "$(work)"/* ]] || fail "$2 is not below $(work), where programs are run"
  case $3 in
    *.cmd) become_wine "$1" "$folder" cmd /c "$3" "${@:4}" ;;
    *) become_wine "$1" "$folder" "./$3" "${@:4}" ;;
  esac
}

# Without this Wine ends its server three seconds after the last program, and a program that starts just then may fail.
start() {
  local bits
  stop
  for bits in 32 64; do
    (become_wineserver "$bits" -p)
    server "$bits" >"$lab/wine$bits.server"
    ! grep -q none "$lab/wine$bits.server" || fail "Wine's $bits-bit server does not start"
  done
}

stop() {
  local bits
  for bits in 32 64; do
    # Fails when there is none, which is what is wanted.
    [[ ! -d $i386 ]] || (become_wineserver "$bits" -k) || true
  done
}

# What tells one server from another: the socket that it made, in a folder that Debian's Wine names in the prefix.
server() {
  local prefix=$lab/prefix root=
  [[ $1 == 64 ]] || prefix=$i386/prefix root=$i386
  stat --format '%i %.Y' "$root/tmp/$(cat "$prefix/wineserver")"/server-*/socket 2>/dev/null || echo none
}

kept() {
  [[ $(server "$1") == "$(cat "$lab/wine$1.server")" ]]
}

# A program that loses Wine's server says nothing and ends with 1 while it is starting, with 0 later.
explain() {
  if ! kept "$1"; then
    echo "Wine's $1-bit server is not the one of the start of this suite: it ended or was ended, and a program that runs then ends"
    echo "with 1 or 0 and without a word. This says nothing about the program."
  fi
  if grep -qE '^(wine: could not |wine: failed to |wine client error|wineserver: |preloader: )|Importing dlls for .* failed' "$2"; then
    echo 'Wine itself did not start the program: these are words of its own loader, before the first line of the program.'
  elif ! grep -qvE '^[0-9a-f]{4}:(err|fixme|warn):' "$2"; then
    echo 'The program said nothing.'
  fi
}

become_wine() {
  local loader=wine
  [[ $1 == 32 ]] || loader=wine64
  become "$1" "$2" "$loader" "${@:3}"
}

become_wineserver() {
  become "$1" / "wineserver$1" "${@:2}"
}

# Becomes a program of Wine, with no process in between: who waits for this one or kills it has the right one.
become() {
  local bits=$1 folder=$2 program=$3 enter=() parts prefix fd
  case $bits in
    32) enter=(chroot "$i386") folder=/${folder#"$i386"} prefix=/prefix parts=i386-linux-gnu ;;
    64) prefix=$lab/prefix parts=x86_64-linux-gnu ;;
  esac
  # Wine's server and services outlive the suite. They must not keep what it has open: its lock, above all.
  for fd in /proc/self/fd/*; do
    fd=${fd##*/}
    ((fd <= 2)) || exec {fd}>&-
  done
  # In a chroot without /proc Wine has to be told where its parts are. It needs no menu, no .NET and no browser.
  exec "${enter[@]}" env -C "$folder" LC_ALL=cs_CZ.UTF-8 WINEDEBUG="${WINEDEBUG:--all}" HOME="$prefix" WINEPREFIX="$prefix" \
    WINEDLLPATH="/usr/lib/$parts/wine" WINESERVER="/usr/lib/wine/wineserver$bits" \
    WINEDLLOVERRIDES='winemenubuilder.exe,mscoree,mshtml=' "/usr/lib/wine/$program" "${@:4}"
}

# --------------------------------------------------------------------------------------------------------------------

usage() {
  sed -n '/^#   lab.sh/s/^#   //p' "${BASH_SOURCE[0]}" >&2
  exit 2
}

case ${1:-} in
  setup | work | start | stop | rust_licence) ;;
  cargo | target | tool | pas | run | kept | explain) [[ ${2:-} == 32 || ${2:-} == 64 ]] || usage ;;
  *) usage ;;
esac
"$@"
