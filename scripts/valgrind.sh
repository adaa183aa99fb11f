#!/bin/sh
# Installs the system's valgrind, which counts instructions for benchmarks/run.py, unless it is there.
set -eu

if command -v valgrind >/dev/null; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "there is no valgrind, and no apt-get to install it" >&2
    exit 1
fi
root=""
if [ "$(id -u)" -ne 0 ]; then
    root="sudo"
fi
$root apt-get update -qq
$root apt-get install -qq --yes --no-install-recommends valgrind
