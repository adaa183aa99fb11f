#!/bin/sh
# Installs the system's Chromium for the tests in tests/browser, unless a browser that they know is there.
set -eu

for program in chromium google-chrome chromium-browser; do
    if command -v "$program" >/dev/null; then
        exit 0
    fi
done
if ! command -v apt-get >/dev/null; then
    echo "there is no Chromium, and no apt-get to install it: see tests/browser/conftest.py" >&2
    exit 1
fi
root=""
if [ "$(id -u)" -ne 0 ]; then
    root="sudo"
fi
$root apt-get update -qq
$root apt-get install -qq --yes --no-install-recommends chromium
