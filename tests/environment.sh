# shellcheck shell=bash
# The surroundings that every suite begins with, whatever the machine, the shell or the CI has set. Sourced first:
#
#     source tests/environment.sh
#
# Tests that need a hostile environment (a proxy, another folder for the journal) set it for themselves.

# Who starts a suite in the background of a script makes it deaf to Ctrl+C, and so all its children, of which some are
# tested by a Ctrl+C. A shell cannot hear a signal again that it was told to ignore: it starts again.
if [[ $(trap -p INT) == *"''"* || $(trap -p QUIT) == *"''"* ]] && env --default-signal=INT,QUIT true 2>/dev/null; then
  # Its own file by its whole name: it may have changed the folder since. Bash keeps it open.
  exec env --default-signal=INT,QUIT bash "$(readlink "/proc/$$/fd/255" || echo "$0")" "$@"
fi

# Sorting, the words of compilers and the letters of journals do not depend on where the machine stands.
unset LANGUAGE CDPATH
export LC_ALL=C.UTF-8 LANG=C.UTF-8 TZ=UTC
export CARGO_TERM_COLOR=never
# What .cargo/config.toml says, and what a suite that starts a test's program itself must say too.
export RUST_TEST_THREADS=${RUST_TEST_THREADS:-24}

# The build's folder by its whole name, from the project on: suites change into other folders.
CARGO_TARGET_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && realpath -m "${CARGO_TARGET_DIR:-target}")
export CARGO_TARGET_DIR
# A terminal for which no journal folder is set must not find that of this computer's till.
export XDG_STATE_HOME=$CARGO_TARGET_DIR/test-state
mkdir -p "$XDG_STATE_HOME"

# A proxy is for downloads only. One that does not answer is forgotten; what talks to 127.0.0.1 uses none anyway.
forget_dead_proxies() {
  local name address host port
  for name in http_proxy HTTP_PROXY https_proxy HTTPS_PROXY all_proxy ALL_PROXY; do
    [[ -n ${!name:-} ]] || continue
    address=${!name#*://}
    address=${address##*@}
    address=${address%%/*}
    host=${address%:*} port=${address##*:}
    [[ $port =~ ^[0-9]+$ ]] || port=80
    # shellcheck disable=SC2016 # The inner shell expands them.
    timeout 5 bash -c '</dev/tcp/$0/$1' "$host" "$port" 2>/dev/null || unset "$name"
  done
}
forget_dead_proxies
