# shellcheck shell=bash
# Runs suites side by side and keeps what they say apart: each writes into a log of its own, and the console gets a line
# when it begins, a line when it ends, and its log if it failed. Sourced by all.sh, after environment.sh.
#
#     suite NAME COUNT COMMAND...   run one suite and count it. COUNT says how: one (it is one test), line (it counts for
#                                   itself, on its last line), none (it only builds, and counts if it fails)
#     beside COMMAND...             take a suite, or a function that runs several in turn, to be run beside others
#     all_beside NUMBER [COMMAND]   run what was taken, so many at once, in that order, until only COMMAND still runs
#     sum_up                        print the sum; fail if anything did
#
# Whatever is taken becomes a group of processes of its own, so that it can be ended whole, and nothing else with it.

logs=$CARGO_TARGET_DIR/test-logs
taken=()
# The groups that run, by their ids; a process that ends every five seconds; when to tell what still runs.
declare -A groups=()
clock=
next_news=60

# Only one of them at a time for one build folder: they would write into the same logs.
begin() {
  mkdir -p "$logs"
  exec {all_lock}>"$logs/lock"
  flock --nonblock "$all_lock" || { echo "the suites run already in $CARGO_TARGET_DIR" >&2; exit 1; }
  rm -rf "$logs"/{counts,running,*.log}
  mkdir "$logs/counts" "$logs/running"
  # Each background job gets a group of its own, and hears Ctrl+C.
  set -m
  trap 'end_all 130' INT
  trap 'end_all 143' TERM
  trap 'end_all 129' HUP
}

suite() {
  local name=$1 count=$2 status=0 p=0 f=0 started=$SECONDS
  shift 2
  # Until it is counted it has failed: a suite that is killed in the middle must not vanish from the sum.
  echo "0 1" >"$logs/counts/$name"
  touch "$logs/running/$name"
  tell "=== $name"
  "$@" >"$logs/$name.log" 2>&1 </dev/null {all_lock}>&- || status=$?
  case $count in
    one) p=$((status == 0)) f=$((status != 0)) ;;
    none) f=$((status != 0)) ;;
    line) read -r p f < <(awk '/^[0-9]+ passed, [0-9]+ failed$/ { p = $1; f = $3 } END { print p + 0, f + 0 }' "$logs/$name.log") ;;
  esac
  # A suite that breaks before it can count is a failure, and so is one that counts nothing.
  if ((status != 0 && f == 0)) || { ((p + f == 0)) && [[ $count != none ]]; }; then f=$((f + 1)); fi
  echo "$p $f" >"$logs/counts/$name"
  rm "$logs/running/$name"
  tell "--- $name: $p passed, $f failed, $((SECONDS - started)) s" "$((f > 0))" "$name"
}

# tell LINE [1 NAME]: in one piece, with the log of a suite that failed before it.
tell() {
  (
    flock "$told"
    if [[ ${2:-0} == 1 ]]; then
      echo "    the last lines of $logs/$3.log:"
      tail -n 500 "$logs/$3.log" | sed "s/^/$3| /"
    fi
    echo "$1"
  ) {told}>"$logs/console.lock"
}

beside() {
  taken+=("$*")
}

all_beside() {
  local slots=$1 spared=${2:-} words
  while ((${#taken[@]} > 0)) || other_runs "$spared"; do
    while ((${#taken[@]} > 0 && ${#groups[@]} < slots)); do
      read -ra words <<<"${taken[0]}"
      taken=("${taken[@]:1}")
      run_group "${words[@]}" {all_lock}>&- 2>>"$logs/groups.log" &
      groups[$!]=${words[*]}
    done
    wait_a_little
    forget_ended
  done
}

# What is no suite, or was killed, never comes to its last line.
run_group() {
  "$@" && touch "$logs/counts/.$BASHPID"
}

# Until something ends, or five seconds: the shell may have forgotten what was killed, and would wait for it for ever.
wait_a_little() {
  if [[ -z $clock ]]; then
    sleep 5 {all_lock}>&- &
    clock=$!
  fi
  wait -n "${!groups[@]}" "$clock" 2>/dev/null
  kill -0 "$clock" 2>/dev/null || clock=
  if ((SECONDS >= next_news)); then
    next_news=$((SECONDS + 60))
    tell "... $SECONDS s, and these still run: $(cd "$logs/running" && echo *)"
  fi
}

forget_ended() {
  local group
  for group in "${!groups[@]}"; do
    if ! kill -0 "$group" 2>/dev/null; then
      [[ -f $logs/counts/.$group ]] || echo "0 1" >"$logs/counts/broken-off-$group"
      unset "groups[$group]"
    fi
  done
}

other_runs() {
  local group
  for group in "${!groups[@]}"; do
    [[ ${groups[$group]} == "$1" ]] || return 0
  done
  return 1
}

# Ends everything that was started here, each group by its id: first it is asked, then it is killed.
end_all() {
  local group deadline=$((SECONDS + 30))
  trap '' INT TERM HUP
  echo "ending what runs"
  for group in "${!groups[@]}" $clock; do kill -TERM -- "-$group" 2>/dev/null; done
  for group in "${!groups[@]}"; do
    while ((SECONDS < deadline)) && kill -0 -- "-$group" 2>/dev/null; do sleep 0.2; done
    kill -KILL -- "-$group" 2>/dev/null
  done
  exit "$1"
}

sum_up() {
  local p f passed=0 failed=0
  if [[ -n $clock ]]; then
    kill -TERM -- "-$clock"
    # The shell would tell that it was ended.
    wait "$clock" 2>/dev/null
  fi
  while read -r p f; do
    passed=$((passed + p)) failed=$((failed + f))
  done < <(cat "$logs"/counts/*)
  echo "$passed passed, $failed failed"
  ((failed == 0 && passed > 0))
}
