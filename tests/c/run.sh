#!/usr/bin/env bash
# The C side of the library: the examples and the ABI tests are compiled as a customer would, and run on the terminal in software, also
# under valgrind. The last line is "N passed, N failed"; the exit code says the same.
#
#     tests/c/run.sh [--plain | --valgrind]     one half of it; without an argument, both
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
# shellcheck source=tests/environment.sh
source tests/environment.sh
# shellcheck source=tests/strands.sh
source tests/strands.sh

half=${1:-}
case $half in
    '' | --plain | --valgrind) ;;
    *) echo "usage: tests/c/run.sh [--plain | --valgrind]" >&2; exit 2 ;;
esac
plain() { [ "$half" != --valgrind ]; }
under_valgrind() { [ "$half" != --plain ]; }

release=$CARGO_TARGET_DIR/release
work=$(mktemp -d)
# What a story prints, its simulator's words and its journals; each has a room of its own.
room=$work
# A terminal for which no journal folder was set must not find the one of this computer.
export XDG_STATE_HOME=$work/state
readonly secret=Other-Secret-4711
readonly warnings=(-Wall -Wextra -Wpedantic -Werror)
readonly library=("-L$release" -lcomgate_terminal "-Wl,-rpath,$release" -pthread -ldl -lm)
readonly valgrind=(valgrind --quiet --leak-check=full "--errors-for-leak-kinds=definite,indirect,possible" --error-exitcode=9)

passed=0
failed=0
simulator_pid=
other_simulator_pid=
register_pid=
port=
control=

end_process() {
    local pid=$1
    [ -n "$pid" ] || return 0
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}

leave_strand() {
    end_process "$register_pid"
    end_process "$simulator_pid"
    end_process "$other_simulator_pid"
}

tidy_up() {
    end_strands
    rm -rf "$work"
}
trap tidy_up EXIT
trap 'exit 1' INT TERM

report() {
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

good() {
    passed=$((passed + 1))
    printf 'ok      %s\n' "$1"
}

bad() {
    failed=$((failed + 1))
    printf 'FAILED  %s\n' "$1"
    [ $# -lt 2 ] || sed 's/^/        /' "$2" | tail -n 40
}

# step NAME WANTED_EXIT_CODE COMMAND...; what it printed stays in $room/output.
step() {
    local name=$1 wanted=$2 code=0
    shift 2
    timeout --foreground 600 "$@" >"$room/output" 2>&1 </dev/null || code=$?
    if [ "$code" -eq "$wanted" ]; then
        good "$name"
    else
        bad "$name (exit code $code, wanted $wanted)" "$room/output"
    fi
}

give_up() {
    report || true
    exit 1
}

# must STEP: nothing that follows makes sense without it.
must() {
    local before=$failed
    step "$@"
    [ "$failed" -eq "$before" ] || give_up
}

says() {
    if grep -qF -- "$2" "$room/output"; then good "$1"; else bad "$1 (\"$2\" was not said)" "$room/output"; fi
}

says_not() {
    if grep -qF -- "$2" "$room/output"; then bad "$1 (\"$2\" was said)" "$room/output"; else good "$1"; fi
}

# checks NAME PROGRAM...: a program that counts for itself.
checks() {
    local name=$1 code=0 counted
    shift
    timeout --foreground 600 "$@" >"$room/output" 2>&1 </dev/null || code=$?
    counted=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$room/output" | tail -n 1) || true
    if [ -n "$counted" ]; then
        passed=$((passed + ${counted%% *}))
        counted=${counted#*, }
        failed=$((failed + ${counted%% *}))
    fi
    if [ "$code" -eq 0 ] && [ -n "$counted" ]; then good "$name"; else bad "$name (exit code $code)" "$room/output"; fi
}

# until_true SECONDS COMMAND...
until_true() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 0.05
    done
}

is_ready() { grep -q '^READY ' "$room/simulator"; }
has_ended() { ! kill -0 "$1" 2>/dev/null; }
ask() { curl --silent --fail --noproxy '*' --max-time 10 "http://127.0.0.1:$control$1" "${@:2}"; }
is_taken() { [[ $(ask /state) == *'"finished":false'* ]]; }

start_simulator() {
    stop_simulator
    # Emptied here: the shell behind the & might do it after the first look, which would then find the line of the one before.
    : >"$room/simulator"
    "$CARGO_TARGET_DIR/debug/comgate-simulator" --host 127.0.0.1 --port 0 --control-port 0 --quick "$@" >>"$room/simulator" 2>&1 </dev/null &
    simulator_pid=$!
    if ! until_true 30 is_ready; then
        bad "the simulator starts" "$room/simulator"
        give_up
    fi
    port=$(sed -n 's/^READY port=\([0-9]*\) .*/\1/p' "$room/simulator")
    control=$(sed -n 's/^READY .*control=\([0-9]*\).*/\1/p' "$room/simulator")
}

stop_simulator() {
    end_process "$simulator_pid"
    simulator_pid=
}

# The simulator that was started stays, and is ended with the strand: the next one is another terminal.
keep_simulator() {
    other_simulator_pid=$simulator_pid
    simulator_pid=
}

new_folder() { mktemp -d "$room/journal.XXXXXX"; }

# ---------------------------------------------------------------- what is needed

if under_valgrind && ! command -v valgrind >/dev/null && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    { apt-get update -qq && apt-get install -y -qq valgrind; } >"$room/output" 2>&1 </dev/null || true
fi
needed=(cargo rustc gcc g++ curl timeout)
! under_valgrind || needed+=(valgrind)
for tool in "${needed[@]}"; do
    if command -v "$tool" >/dev/null; then good "$tool is there"; else bad "$tool is there"; fi
done
if [ "$failed" -ne 0 ]; then
    give_up
fi

must "the release library is built" 0 cargo build --release --lib
must "the simulator is built" 0 cargo build --package comgate-simulator

# ---------------------------------------------------------------- compiling

c99() { gcc -std=c99 -O1 -g "${warnings[@]}" -Iinclude "$@"; }
cxx() { g++ -x c++ -std=c++17 -O1 -g "${warnings[@]}" -Iinclude "$1" -x none "${@:2}"; }

compile() {
    local name=$1 compiler=$2
    shift 2
    local code=0
    "$compiler" "$@" >"$room/output" 2>&1 || code=$?
    if [ "$code" -eq 0 ]; then
        good "$name compiles"
    else
        bad "$name compiles" "$room/output"
        give_up
    fi
}

for example in examples/c/*.c; do
    program=$work/$(basename "$example" .c)
    compile "$example as C99" c99 "$example" -o "$program" "${library[@]}"
    ! plain || compile "$example as C++17" cxx "$example" -o "$program-cxx" "${library[@]}"
done
for test in abi_bad_input abi_story; do
    compile "$test.c as C99" c99 "tests/c/$test.c" -o "$work/$test" "${library[@]}"
    ! plain || compile "$test.c as C++17" cxx "tests/c/$test.c" -o "$work/$test-cxx" "${library[@]}"
done

link_statically() {
    # The system libraries are those of Rust's own standard library, so an empty crate is enough to ask for them.
    must "rustc names the system libraries" 0 \
        rustc --crate-name nothing --crate-type staticlib --print native-static-libs -o "$work/nothing.a" -
    read -ra system_libraries <<<"$(sed -n 's/^note: native-static-libs: //p' "$room/output")"
    compile "pay.c with the static library" c99 -DCGT_STATIC examples/c/pay.c "$release/libcomgate_terminal.a" "${system_libraries[@]}" \
        -o "$work/pay-static"
    needs=$(ldd "$work/pay-static")
    if [[ $needs == *comgate* ]]; then bad "pay-static needs no shared library"; else good "pay-static needs no shared library"; fi
}
! plain || link_statically

# ---------------------------------------------------------------- the ABI

abi_takes_bad_input() {
    local exports=$root/include/exports.txt companies
    start_simulator
    switch several_merchants true
    companies=$port
    keep_simulator
    start_simulator
    ask /requests >"$room/before"
    if plain; then
        checks "abi_bad_input" "$work/abi_bad_input" "$port" "$(new_folder)" "$exports" "$companies"
        checks "abi_bad_input as C++17" "$work/abi_bad_input-cxx" "$port" "$(new_folder)" "$exports" "$companies"
    fi
    if under_valgrind; then
        checks "abi_bad_input under valgrind" "${valgrind[@]}" "$work/abi_bad_input" "$port" "$(new_folder)" "$exports" "$companies"
    fi
    ask /requests >"$room/after"
    if cmp -s "$room/before" "$room/after"; then
        good "abi_bad_input: nothing was sent"
    else
        bad "abi_bad_input: nothing was sent" "$room/after"
    fi
}

# abi_tells_its_story NAME COMMAND...: the command stands before it.
abi_tells_its_story() {
    local name=$1
    shift
    start_simulator --secure-string "$secret"
    checks "$name" "$@" "$work/abi_story" "$port" "$control" "$secret" "$(new_folder)"
}

pay_under_valgrind() {
    start_simulator
    step "pay under valgrind: unknown" 3 \
        "${valgrind[@]}" "$work/pay" 127.0.0.1 "$port" "$(new_folder)" valgrind-2 112 --simulator
    a_day "under valgrind" "" "${valgrind[@]}"
}

# ---------------------------------------------------------------- all of it, side by side: most of it waits

# shellcheck source=tests/c/examples.sh
. "$root/tests/c/examples.sh"

# in_a_room FUNCTION ARGUMENTS...
in_a_room() {
    room=$work/rooms/$1.$BASHPID
    mkdir -p "$room"
    "$@"
}

if plain; then
    strand abi in_a_room abi_tells_its_story "abi_story"
    for story in reverse pay daily split refund closing recover signature status; do strand "$story" in_a_room "${story}_stories"; done
    strand day in_a_room a_day "as C++17" -cxx
fi
if under_valgrind; then
    strand abi-valgrind in_a_room abi_tells_its_story "abi_story under valgrind" "${valgrind[@]}"
    strand valgrind in_a_room pay_under_valgrind
fi
strand bad-input in_a_room abi_takes_bad_input
join_strands
report
