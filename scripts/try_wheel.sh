#!/bin/sh
# Installs the built wheel into a clean environment and checks the example with it.
set -eu
cd "$(dirname "$0")/.."

clean=$(mktemp -d)
trap 'rm -rf "$clean"' EXIT

"${PYTHON:-python3}" -m venv "$clean/venv"
"$clean/venv/bin/pip" install --quiet --disable-pip-version-check dist/semverdiff-*.whl
cp -r fixtures "$clean/"
cd "$clean" # nothing of the sources can be imported from here

venv/bin/semver --version
venv/bin/python -c 'from semverdiff.syntax import highlights; assert highlights("type T int;")'
code=0
venv/bin/semver check fixtures/shop-1.4.0 --baseline fixtures/acme-shop-any-1.3.0.bala >report.txt || code=$?
if [ "$code" -ne 1 ]; then
	echo "try_wheel: expected the exit code 1 (under-bumped), found $code" >&2
	exit 1
fi
tail -n 1 report.txt
venv/bin/semver rules explain record-field-removed --color always | head -n 1 # with the query of the grammar
