#!/usr/bin/env bash
# Installs the package with pip into a fresh environment, as a developer would, and runs everything in this folder there
# against the simulator. Closes with "N passed, N failed". PYTHON chooses the interpreter.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=tests/environment.sh
source "$root/tests/environment.sh"
venv=$CARGO_TARGET_DIR/python-venv
export PYTHONDONTWRITEBYTECODE=1
unset COMGATE_TERMINAL_LIBRARY COMGATE_TERMINAL_LIBRARY_TO_PACK PYTHONPATH

# Whatever is missing or does not build is a failure, not a reason to skip.
trap 'echo "0 passed, 1 failed"' ERR

gcc --version >/dev/null
"${PYTHON:-python3}" -m venv --clear "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check mypy==1.14.1 "$root/bindings/python"
(cd "$root" && cargo build --locked --package comgate-simulator)

trap - ERR
cd "$root/tests/python"
COMGATE_SIMULATOR=$CARGO_TARGET_DIR/debug/comgate-simulator exec "$venv/bin/python" run.py
