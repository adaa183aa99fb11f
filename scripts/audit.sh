#!/bin/sh
# Asks whether a package in requirements/ has a known weakness; fails also where nobody can tell. Needs the network,
# and what requirements/release.txt lists.
set -eu
cd "$(dirname "$0")/.."

for file in requirements/*.txt; do
	echo "== $file"
	python -m pip_audit --strict --require-hashes --disable-pip --requirement "$file"
done
