#!/bin/sh
# Installs a package of the system that tests or measurements need, unless a program that does as well is there.
#
#     scripts/system_package.sh chromium     for the tests in tests/browser
#     scripts/system_package.sh valgrind     counts instructions for benchmarks/run.py
set -eu

package=${1:-}
case "$package" in
chromium) programs="chromium google-chrome chromium-browser" ;;
valgrind) programs="valgrind" ;;
*)
    echo "there is no package '$package': expected chromium or valgrind" >&2
    exit 2
    ;;
esac
for program in $programs; do
    if command -v "$program" >/dev/null; then
        exit 0
    fi
done
if ! command -v apt-get >/dev/null; then
    echo "there is no $package, and no apt-get to install it: install one of $programs" >&2
    exit 1
fi
root=""
if [ "$(id -u)" -ne 0 ]; then
    root="sudo"
fi
$root apt-get update -qq
$root apt-get install -qq --yes --no-install-recommends "$package"
