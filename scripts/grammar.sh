#!/bin/sh
# Generates the parser from the grammar, by the one version of the generator that made what is committed, and
# copies the query that the program itself uses: a link would be a line of text in a checkout on Windows.
#
#     scripts/grammar.sh            generate, and record what was generated from what
#     scripts/grammar.sh --check    fail unless what is committed belongs to the committed grammar
set -eu
cd "$(dirname "$0")/../grammars/ballerina"

version=0.27.1
digest=src/grammar.digest
query=queries/highlights.scm
copied_query=../../semverdiff/syntax/highlights.scm

# What the parser depends on: the grammar, the scanner, and the generator.
sources=grammar.js
if [ -f src/scanner.c ]; then sources="$sources src/scanner.c"; fi
current() { { echo "tree-sitter $version"; sha256sum $sources; } ; }

if [ "${1:-}" = --check ]; then
	cmp "$query" "$copied_query" || {
		echo "grammar.sh: the copied query is not the grammar's; run 'make grammar' and commit" >&2
		exit 1
	}
else
	cp "$query" "$copied_query"
fi

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
