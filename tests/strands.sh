# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031 # What a strand changes is its own; its counts come back by a file.
# Parts of one suite, run side by side because they wait more than they work. Sourced by suites that count in $passed
# and $failed.
#
#     strand NAME COMMAND...    begin one. It counts from zero; what it says is kept until it is over
#     join_strands              wait for all of them, tell what each said, and add what they counted
#     end_strands               end those that still run; for a suite that is broken off
#
# A suite that starts processes in its strands has a function leave_strand, which ends them.

strand_folder=$(mktemp -d)
strand_names=()
declare -A strand_ids=()

strand() {
  local name=$1
  shift
  # A group of its own, so that it can be ended whole. Without an error output bash does not look for a terminal.
  set -m 2>/dev/null
  (
    strand_names=() strand_ids=()
    passed=0 failed=0
    trap 'close_strand "$?" "$name"' EXIT
    trap 'exit 1' INT TERM
    "$@"
  ) >"$strand_folder/$name.log" 2>&1 </dev/null &
  strand_ids[$name]=$!
  strand_names+=("$name")
  set +m
}

close_strand() {
  trap - EXIT
  ! declare -F leave_strand >/dev/null || leave_strand || true
  # It broke off.
  if [[ $1 != 0 && $failed == 0 ]]; then failed=1; fi
  echo "$passed $failed" >"$strand_folder/$2.count"
}

join_strands() {
  local name p f
  for name in "${strand_names[@]}"; do
    wait "${strand_ids[$name]}" || true
    unset "strand_ids[$name]"
    cat "$strand_folder/$name.log"
    p=0 f=1
    # One that was killed has counted nothing, and has failed.
    ! read -r p f <"$strand_folder/$name.count" 2>/dev/null || true
    passed=$((passed + p)) failed=$((failed + f))
  done
  strand_names=()
  rm -rf "$strand_folder"
}

end_strands() {
  local name deadline=$((SECONDS + 15))
  for name in "${!strand_ids[@]}"; do kill -TERM -- "-${strand_ids[$name]}" 2>/dev/null || true; done
  for name in "${!strand_ids[@]}"; do
    while ((SECONDS < deadline)) && kill -0 -- "-${strand_ids[$name]}" 2>/dev/null; do sleep 0.1; done
    kill -KILL -- "-${strand_ids[$name]}" 2>/dev/null || true
  done
  rm -rf "$strand_folder"
}
