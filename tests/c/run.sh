#!/usr/bin/env bash
# The C side of the library: the examples and the ABI tests are compiled as a customer would, and run on the terminal in software, also
# under valgrind. The last line is "N passed, N failed"; the exit code says the same.
#
#     tests/c/run.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CARGO_TARGET_DIR=$(realpath -m "${CARGO_TARGET_DIR:-$root/target}")
export CARGO_TARGET_DIR
cd "$root"

release=$CARGO_TARGET_DIR/release
work=$(mktemp -d)
# A terminal for which no journal folder was set must not find the one of this computer.
export XDG_STATE_HOME=$work/state
readonly secret=Other-Secret-4711
readonly warnings=(-Wall -Wextra -Wpedantic -Werror)
readonly library=("-L$release" -lcomgate_terminal "-Wl,-rpath,$release" -pthread -ldl -lm)
readonly valgrind=(valgrind --quiet --leak-check=full "--errors-for-leak-kinds=definite,indirect,possible" --error-exitcode=9)

passed=0
failed=0
simulator_pid=
register_pid=
port=
control=

end_process() {
    local pid=$1
    [ -n "$pid" ] || return 0
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}

tidy_up() {
    end_process "$register_pid"
    end_process "$simulator_pid"
    rm -rf "$work"
}
trap tidy_up EXIT

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

# step NAME WANTED_EXIT_CODE COMMAND...; what it printed stays in $work/output.
step() {
    local name=$1 wanted=$2 code=0
    shift 2
    timeout 600 "$@" >"$work/output" 2>&1 </dev/null || code=$?
    if [ "$code" -eq "$wanted" ]; then
        good "$name"
    else
        bad "$name (exit code $code, wanted $wanted)" "$work/output"
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
    if grep -qF -- "$2" "$work/output"; then good "$1"; else bad "$1 (\"$2\" was not said)" "$work/output"; fi
}

says_not() {
    if grep -qF -- "$2" "$work/output"; then bad "$1 (\"$2\" was said)" "$work/output"; else good "$1"; fi
}

# checks NAME PROGRAM...: a program that counts for itself.
checks() {
    local name=$1 code=0 counted
    shift
    timeout 600 "$@" >"$work/output" 2>&1 </dev/null || code=$?
    counted=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$work/output" | tail -n 1) || true
    if [ -n "$counted" ]; then
        passed=$((passed + ${counted%% *}))
        counted=${counted#*, }
        failed=$((failed + ${counted%% *}))
    fi
    if [ "$code" -eq 0 ] && [ -n "$counted" ]; then good "$name"; else bad "$name (exit code $code)" "$work/output"; fi
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

is_ready() { grep -q '^READY ' "$work/simulator"; }
has_ended() { ! kill -0 "$1" 2>/dev/null; }
ask() { curl --silent --fail --noproxy '*' --max-time 10 "http://127.0.0.1:$control$1" "${@:2}"; }
is_taken() { [[ $(ask /state) == *'"finished":false'* ]]; }

start_simulator() {
    stop_simulator
    # Emptied here: the shell behind the & might do it after the first look, which would then find the line of the one before.
    : >"$work/simulator"
    "$release/comgate-simulator" --host 127.0.0.1 --port 0 --control-port 0 --quick "$@" >>"$work/simulator" 2>&1 </dev/null &
    simulator_pid=$!
    if ! until_true 30 is_ready; then
        bad "the simulator starts" "$work/simulator"
        give_up
    fi
    port=$(sed -n 's/^READY port=\([0-9]*\) .*/\1/p' "$work/simulator")
    control=$(sed -n 's/^READY .*control=\([0-9]*\).*/\1/p' "$work/simulator")
}

stop_simulator() {
    end_process "$simulator_pid"
    simulator_pid=
}

new_folder() { mktemp -d "$work/journal.XXXXXX"; }

# ---------------------------------------------------------------- what is needed

if ! command -v valgrind >/dev/null && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    { apt-get update -qq && apt-get install -y -qq valgrind; } >"$work/output" 2>&1 </dev/null || true
fi
for tool in cargo rustc gcc g++ curl valgrind timeout; do
    if command -v "$tool" >/dev/null; then good "$tool is there"; else bad "$tool is there"; fi
done
if [ "$failed" -ne 0 ]; then
    give_up
fi

must "the release library is built" 0 cargo build --release --lib
must "the simulator is built" 0 cargo build --release -p comgate-simulator

# ---------------------------------------------------------------- compiling

c99() { gcc -std=c99 -O1 -g "${warnings[@]}" -Iinclude "$@"; }
cxx() { g++ -x c++ -std=c++17 -O1 -g "${warnings[@]}" -Iinclude "$1" -x none "${@:2}"; }

compile() {
    local name=$1 compiler=$2
    shift 2
    local code=0
    "$compiler" "$@" >"$work/output" 2>&1 || code=$?
    if [ "$code" -eq 0 ]; then
        good "$name compiles"
    else
        bad "$name compiles" "$work/output"
        give_up
    fi
}

for example in examples/c/*.c; do
    program=$work/$(basename "$example" .c)
    compile "$example as C99" c99 "$example" -o "$program" "${library[@]}"
    compile "$example as C++17" cxx "$example" -o "$program-cxx" "${library[@]}"
done
for test in abi_bad_input abi_story; do
    compile "$test.c as C99" c99 "tests/c/$test.c" -o "$work/$test" "${library[@]}"
    compile "$test.c as C++17" cxx "tests/c/$test.c" -o "$work/$test-cxx" "${library[@]}"
done

# The system libraries are those of Rust's own standard library, so an empty crate is enough to ask for them.
must "rustc names the system libraries" 0 \
    rustc --crate-name nothing --crate-type staticlib --print native-static-libs -o "$work/nothing.a" -
read -ra system_libraries <<<"$(sed -n 's/^note: native-static-libs: //p' "$work/output")"
compile "pay.c with the static library" c99 -DCGT_STATIC examples/c/pay.c "$release/libcomgate_terminal.a" "${system_libraries[@]}" \
    -o "$work/pay-static"
needs=$(ldd "$work/pay-static")
if [[ $needs == *comgate* ]]; then bad "pay-static needs no shared library"; else good "pay-static needs no shared library"; fi

# ---------------------------------------------------------------- the examples

# shellcheck source=tests/c/examples.sh
. "$root/tests/c/examples.sh"

# ---------------------------------------------------------------- the ABI

start_simulator
ask /requests >"$work/before"
exports=$root/include/exports.txt
checks "abi_bad_input" "$work/abi_bad_input" "$port" "$(new_folder)" "$exports"
checks "abi_bad_input as C++17" "$work/abi_bad_input-cxx" "$port" "$(new_folder)" "$exports"
checks "abi_bad_input under valgrind" "${valgrind[@]}" "$work/abi_bad_input" "$port" "$(new_folder)" "$exports"
ask /requests >"$work/after"
if cmp -s "$work/before" "$work/after"; then
    good "abi_bad_input: nothing was sent"
else
    bad "abi_bad_input: nothing was sent" "$work/after"
fi

start_simulator --secure-string "$secret"
checks "abi_story" "$work/abi_story" "$port" "$control" "$secret" "$(new_folder)"
start_simulator --secure-string "$secret"
checks "abi_story under valgrind" "${valgrind[@]}" "$work/abi_story" "$port" "$control" "$secret" "$(new_folder)"
stop_simulator

report
