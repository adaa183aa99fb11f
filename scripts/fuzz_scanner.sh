#!/bin/sh
# Runs the scanner, the parser, the search for declarations and the reader of plain ones under the address and undefined-behaviour sanitizers.
#
#     scripts/fuzz_scanner.sh [SECONDS]     first every case of the test corpus, then libFuzzer (default 600)
#
# Needs clang with libFuzzer, and the sources of the tree-sitter library, which cargo fetches.
set -eu
cd "$(dirname "$0")/.."

seconds=${1:-600}
grammar=grammars/ballerina
build=build/fuzz
mkdir -p "$build/library/src" "$build/corpus"

cat >"$build/library/Cargo.toml" <<'TOML'
[package]
name = "library"
version = "0.0.0"
edition = "2021"
[dependencies]
tree-sitter = "=0.25.10"
[workspace]
TOML
touch "$build/library/src/lib.rs"
manifest=$(cd "$build/library" && cargo metadata --format-version 1 --quiet |
	python3 -c 'import json, sys
for package in json.load(sys.stdin)["packages"]:
    if package["name"] == "tree-sitter": print(package["manifest_path"])')
library=$(dirname "$manifest")

cat >"$build/fuzz.c" <<'C'
#include <stddef.h>
#include <stdint.h>
#include <tree_sitter/api.h>

#include "declarations.h"
#include "plain_declarations.h"

static bool is_within(struct span span, size_t size) { return span.start <= size && span.end <= size; }

static void check_tree(const struct plain_tree *tree, size_t size) {
  for (size_t one = 1; one < tree->count; one++) {
    const struct plain_node *node = &tree->nodes[one];
    bool fits = is_within(node->text, size) && is_within(node->prefix, size) && is_within(node->body, size);
    fits = fits && is_within(node->documentation, size) && node->next < tree->count && node->annotations < tree->count;
    for (int part = 0; part < MOST_PARTS; part++) fits = fits && node->parts[part] < tree->count;
    if (!fits) __builtin_trap();
  }
}

const TSLanguage *tree_sitter_ballerina(void);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  TSParser *parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_ballerina());
  TSTree *tree = ts_parser_parse_string(parser, NULL, (const char *)data, (uint32_t)size);
  ts_tree_delete(tree);
  ts_parser_delete(parser);
  struct declaration_scan scan;
  struct declaration found;
  size_t end = 0;
  begin_declarations(&scan, (const char *)data, size);
  while (next_declaration(&scan, &found) == SCAN_FOUND) {
    bool fits = end <= found.start && found.start <= found.name_start && found.name_end <= found.end;
    fits = found.kind == DECLARED_OTHERWISE || found.kind == DECLARED_IMPORT || (fits && found.name_start < found.name_end);
    if (!fits || found.start < end || found.start >= found.end || found.end > size) __builtin_trap();
    end = found.end;
  }
  struct plain_tree plain = {.nodes = NULL};
  if (read_plain_declaration((const char *)data, size, 1, 0, &plain) != 0) check_tree(&plain, size);
  free_plain_tree(&plain);
  return 0;
}
C

checks="-g -O1 -std=gnu11 -D_DEFAULT_SOURCE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all"
# The parser is a table: instrumenting it costs minutes and tells nothing. The library is not ours.
clang -O1 -std=c11 -I "$grammar/src" -c "$grammar/src/parser.c" -o "$build/parser.o"
clang -O1 -std=gnu11 -D_DEFAULT_SOURCE -I "$library/include" -I "$library/src" -c "$library/src/lib.c" -o "$build/lib.o"
clang $checks -I "$grammar/src" -c "$grammar/src/scanner.c" -o "$build/scanner.o"
clang $checks -std=c11 -c "$grammar/bindings/c/declarations.c" -o "$build/declarations.o"
for part in declarations expressions members statements tokens types; do
	clang $checks -std=c11 -c "$grammar/bindings/c/plain_$part.c" -o "$build/plain_$part.o"
done
clang -fsanitize=fuzzer,address,undefined -I "$library/include" -I "$grammar/bindings/c" "$build/fuzz.c" \
	"$build/scanner.o" "$build/declarations.o" "$build"/plain_*.o \
	"$build/parser.o" "$build/lib.o" -o "$build/fuzz"

# A seed a case: short texts are parsed a hundred times as fast as the files that they stand in.
python3 - "$grammar/test/corpus" "$build/corpus" <<'PYTHON'
import hashlib, pathlib, re, sys
cases, seeds = map(pathlib.Path, sys.argv[1:])
for file in cases.glob("*.txt"):
    for source in re.findall(rb"\n={3,}\n\n(.*?)\n---\n", file.read_bytes(), re.DOTALL):
        (seeds / hashlib.sha256(source).hexdigest()).write_bytes(source)
PYTHON
"$build/fuzz" -runs=0 "$build/corpus"
"$build/fuzz" -max_total_time="$seconds" -timeout=20 -max_len=512 -artifact_prefix="$build/" "$build/corpus"
