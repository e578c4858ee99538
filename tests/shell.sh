#!/usr/bin/env bash
# Every shell script of the project is free of what shellcheck warns of.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t scripts < <(git ls-files '*.sh' .ci/run)
shellcheck "${scripts[@]}"
echo "${#scripts[@]} scripts are clean"
