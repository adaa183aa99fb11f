#!/bin/sh
# Installs the built wheel into a clean environment, with what it needs by hash, and tries it on the example.
set -eu
cd "$(dirname "$0")/.."

clean=$(mktemp -d)
trap 'rm -rf "$clean"' EXIT

"${PYTHON:-python3}" -m venv "$clean/venv"
pip="$clean/venv/bin/pip --quiet --disable-pip-version-check install"
$pip --require-hashes --requirement requirements/run.txt
$pip --no-deps dist/semverdiff-*.whl
"$clean/venv/bin/python" scripts/try_installed.py
