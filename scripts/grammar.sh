#!/bin/sh
# Generates the parser from the grammar, by the one version of the generator that made what is committed.
#
#     scripts/grammar.sh            generate, and record what was generated from what
#     scripts/grammar.sh --check    fail unless the committed parser belongs to the committed grammar
set -eu
cd "$(dirname "$0")/../grammars/ballerina"

version=0.27.1
digest=src/grammar.digest

# What the parser depends on: the grammar, the scanner, and the generator.
sources=grammar.js
if [ -f src/scanner.c ]; then sources="$sources src/scanner.c"; fi
current() { { echo "tree-sitter $version"; sha256sum $sources; } ; }

if [ "${1:-}" = --check ] && current | cmp -s - "$digest"; then
	exit 0
fi

PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
if [ "$(tree-sitter --version 2>/dev/null | cut -d ' ' -f 2)" != "$version" ]; then
	cargo install --quiet --locked tree-sitter-cli --version "$version"
fi
tree-sitter generate
current >"$digest"

if [ "${1:-}" = --check ]; then
	git diff --exit-code --stat -- src || {
		echo "grammar.sh: the parser does not belong to the grammar; run 'make grammar' and commit" >&2
		exit 1
	}
fi
