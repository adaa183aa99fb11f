#!/bin/sh
# Installs tools that compare APIs of other languages into a folder, and measures them on APIs of the same size.
#
#     benchmarks/peers.sh DIR [OPTION OF run.py]...
#
# Needs Go, Java with javac, and Maven. DIR is outside of the repository; what is there already is used.
set -eu

tools=$(mkdir -p "$1" && cd "$1" && pwd)
shift
cd "$(dirname "$0")/.."

oasdiff=v1.38.0
buf=v1.75.0
japicmp=0.23.1
griffe=2.4.1

test -x "$tools/bin/oasdiff" || GOBIN="$tools/bin" go install "github.com/oasdiff/oasdiff@$oasdiff"
test -x "$tools/bin/buf" || GOBIN="$tools/bin" go install "github.com/bufbuild/buf/cmd/buf@$buf"
test -d "$tools/maven" || mvn --quiet --batch-mode dependency:get -Dmaven.repo.local="$tools/maven" \
    -Dtransitive=false -Dartifact="com.github.siom79.japicmp:japicmp:$japicmp:jar:jar-with-dependencies"
test -x "$tools/venv/bin/python" || python3 -m venv "$tools/venv"
"$tools/venv/bin/python" -m pip install --quiet --disable-pip-version-check "griffe==$griffe"

.venv/bin/python benchmarks/run.py peers --no-instructions --peers "$tools" "$@"
