"""Does the grammar parse what people publish, and how fast? Clones and folders of Ballerina sources.

    python benchmarks/parse_corpus.py DIR...                      every file of the commit
    python benchmarks/parse_corpus.py DIR... --since 2022-02-01   library sources of all release tags too
    python benchmarks/parse_corpus.py DIR... --json FILE          also write what was found

A file passes if its tree holds neither an ERROR nor a MISSING node. What fails is listed by the construct
that holds the error, with its frequency. The exit code is 1 if a library source fails.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import tree_sitter
from sources import head, released, repository_name, sources

from semverdiff.syntax import _ballerina

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sources import Source

_LISTED = 12


class Corpus(msgspec.Struct, frozen=True):
    """What was found in one folder. `failing` holds the places of the files that do not pass."""

    repository: str
    commit: str | None
    sources: str
    files: int
    bytes: int
    passed: int
    share: float
    megabytes_per_second: float
    failing: tuple[str, ...]


class Result(msgspec.Struct, frozen=True):
    """What was found in all folders."""

    files: int
    bytes: int
    share: float
    megabytes_per_second: float
    constructs: dict[str, int]
    corpora: tuple[Corpus, ...]


def main() -> None:
    """Parse, print a table, write JSON if asked for."""
    arguments = _arguments()
    constructs: Counter[str] = Counter()
    corpora = []
    for folder, since in _asked(arguments.folders, arguments.since):
        corpus = _measured(folder, since, constructs)
        if corpus.files == 0:
            continue
        corpora.append(corpus)
        print(_line(corpus))
    result = _together(corpora, constructs)
    print(f"\n{result.files} files, {result.share:.3%} pass, {result.megabytes_per_second:.1f} MB/s")
    for construct, count in constructs.most_common(_LISTED):
        print(f"{count:8} {construct}")
    if arguments.json is not None:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--since", metavar="DAY", help="also the release tags since this day")
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args()


def _asked(folders: Iterable[Path], since: str | None) -> Iterator[tuple[Path, str | None]]:
    for folder in folders:
        yield folder, None
        if since is not None and head(folder) is not None:
            yield folder, since


def _measured(folder: Path, since: str | None, constructs: Counter[str]) -> Corpus:
    parser = tree_sitter.Parser(tree_sitter.Language(_ballerina.language()))
    found = sources(folder) if since is None else released(folder, since)
    failing: list[str] = []
    files = size = 0
    seconds = 0.0
    for source in found:
        began = time.perf_counter()
        root = parser.parse(source.content).root_node
        seconds += time.perf_counter() - began
        files += 1
        size += len(source.content)
        if root.has_error:
            failing.append(source.place)
            constructs[_construct(root, source)] += 1
    return Corpus(
        repository=repository_name(folder),
        commit=head(folder),
        sources="commit" if since is None else f"tags since {since}",
        files=files,
        bytes=size,
        passed=files - len(failing),
        share=round((files - len(failing)) / max(files, 1), 5),
        megabytes_per_second=round(size / max(seconds, 1e-9) / 1e6, 1),
        failing=tuple(failing),
    )


def _construct(root: tree_sitter.Node, source: Source) -> str:
    """Name the first error: the construct around it, and the word where it begins."""
    node = root
    while not (node.is_error or node.is_missing):
        inner = next((child for child in node.children if child.has_error or child.is_missing), None)
        if inner is None:
            break
        node = inner
    around = node.parent.type if node.parent is not None else root.type
    words = source.content[node.start_byte : node.start_byte + 40].split()
    return f"{around}: {words[0].decode(errors='replace') if words else 'end of file'}"


def _together(corpora: list[Corpus], constructs: Counter[str]) -> Result:
    files, size = sum(one.files for one in corpora), sum(one.bytes for one in corpora)
    passed = sum(one.passed for one in corpora)
    seconds = sum(one.bytes / one.megabytes_per_second for one in corpora if one.megabytes_per_second)
    return Result(
        files=files,
        bytes=size,
        share=round(passed / max(files, 1), 5),
        megabytes_per_second=round(size / max(seconds, 1), 1),
        constructs=dict(constructs.most_common()),
        corpora=tuple(corpora),
    )


def _line(corpus: Corpus) -> str:
    return (
        f"{corpus.repository:44} {corpus.sources:24} {corpus.files:6} files {corpus.bytes / 1e6:8.1f} MB"
        f" {corpus.share:9.3%} {corpus.megabytes_per_second:6.1f} MB/s"
    )


if __name__ == "__main__":
    main()
