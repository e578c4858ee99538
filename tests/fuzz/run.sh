#!/usr/bin/env bash
# Fuzzes every target for so many seconds (default 1200) and writes what came of it to target/reliability/fuzz.json.
# Needs cargo-fuzz (`cargo install cargo-fuzz`) and a nightly toolchain; not part of the test command.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-1200}
out=../../target/reliability
mkdir -p "$out" corpus/replies corpus/journals corpus/arguments

# Something real to begin with, so that the fuzzers need not find JSON by themselves.
printf '\310\000{"transactionId":"c7e3c490-6471-41d5-ba77-99e2f49a2ed3","responseCode":"OK","amount":12550,"currency":203}' >corpus/replies/approved
printf '\310\000{"isStarted":true,"status":"Finished","isConfirmed":1}' >corpus/replies/started
printf '00000000 {"fact":"intent","sale":"1","transaction":"a","kind":"payment","amount":5,"currency":"CZK"}\n' >corpus/journals/intent

pids=()
for target in replies journals arguments; do
  cargo +nightly fuzz run --fuzz-dir . "$target" -- -max_total_time="$seconds" -timeout=20 -print_final_stats=1 >"$out/fuzz-$target.log" 2>&1 &
  pids+=($!)
done
failed=0
for pid in "${pids[@]}"; do wait "$pid" || failed=$((failed + 1)); done

{
  printf '{"date":"%s","seconds":%s,"failed":%s,"runs":{' "$(date -u +%F)" "$seconds" "$failed"
  comma=
  for target in replies journals arguments; do
    runs=$(awk '/stat::number_of_executed_units/ { print $2 }' "$out/fuzz-$target.log")
    printf '%s"%s":%s' "$comma" "$target" "${runs:-0}"
    comma=,
  done
  printf '}}\n'
} >"$out/fuzz.json"
cat "$out/fuzz.json"
[ "$failed" -eq 0 ]
