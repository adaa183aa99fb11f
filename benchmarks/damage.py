"""Does one broken place cost more than itself? Real files, each damaged at one random place.

    python benchmarks/damage.py DIR...                    1,000 files of these clones and folders
    python benchmarks/damage.py DIR... --json FILE        also write what was found
    python benchmarks/damage.py DIR... --broken 10000     is any of so many broken files reported as whole?

A damage takes out, doubles or replaces one token. Found again counts a declaration other than the one that
was damaged, if the outline of the damaged file still has its name and kind. With `--broken`, files are cut
off or edited at any byte until so many have an error in their tree; one without a damage at a place in it is
silent, and the exit code is 1. The seed is fixed: two runs damage the same files at the same places.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sources import head, repository_name, sources

from semverdiff.syntax import outline
from semverdiff.syntax.tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from semverdiff.syntax import Outline

_TOKENS = (b";", b"}", b"{", b"(", b")", b"]", b",", b"=", b"x", b"public", b'"', b"`")
_PIECES = (
    *_TOKENS,
    b"'",
    b"\\",
    b"#",
    b"/",
    b"//",
    b"\r",
    b"\v",
    b"\0",
    b"${",
    b"{|",
    b"|}",
    b"class ",
    b"\\u{D800}",
)
_WORST = 10


class Damaged(msgspec.Struct, frozen=True):
    """One damaged file: what was done to it, and how many of its other declarations were found again."""

    place: str
    line: int
    change: str
    others: int
    found: int


class Result(msgspec.Struct, frozen=True):
    """All damaged files: the share of other declarations found, and that of files that lost none."""

    repositories: dict[str, str | None]
    files: int
    declarations: int
    share: float
    whole: float
    lost_by_change: dict[str, int]
    worst: tuple[Damaged, ...]


def main() -> None:
    """Damage, count, print, write JSON if asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--broken", type=int, metavar="FILES")
    arguments = parser.parse_args()
    if arguments.broken is not None:
        silent = _silent(arguments.folders, arguments.broken)
        print(f"{len(silent)} of {arguments.broken} broken files are silent")
        raise SystemExit("\n".join(silent) if silent else 0)
    result = _result(arguments.folders, list(_damaged(arguments.folders, arguments.files)))
    print(
        f"{result.files} files: {result.share:.2%} of {result.declarations} other declarations found,"
        f" {result.whole:.1%} of the files lost none"
    )
    for one in result.worst:
        print(f"{one.others - one.found:6} of {one.others:5} lost: {one.change:16} {one.place}:{one.line}")
    if arguments.json is not None:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n")


def _damaged(folders: list[Path], wanted: int) -> Iterator[Damaged]:
    chance = random.Random(1)  # noqa: S311 (the same places every time)
    whole = [
        (f"{repository_name(folder)}/{source.place}", source.content)
        for folder in folders
        for source in sources(folder)
    ]
    chance.shuffle(whole)
    for place, content in whole:
        if wanted == 0:
            return
        before = outline(content)
        tokens = list(_tokens(parse(content)))
        if before.damages or len(before.items) < 2 or not tokens:  # noqa: PLR2004 (one, and others)
            continue
        wanted -= 1
        yield _one(place, content, before, chance.choice(tokens), chance)


def _silent(folders: list[Path], wanted: int) -> list[str]:
    """Break files until there are as many as wanted, and return those whose outline shows no place of it."""
    chance = random.Random(1)  # noqa: S311 (the same places every time)
    whole = [source for folder in folders for source in sources(folder) if source.content]
    silent: list[str] = []
    while wanted > 0:
        source = chance.choice(whole)
        broken = _edited(source.content, chance)
        if not parse(broken).has_error:
            continue
        wanted -= 1
        lines = len(broken.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
        damages = outline(broken).damages
        if not damages or not all(1 <= one.line <= lines and one.column >= 1 for one in damages):
            silent.append(source.place)
    return silent


def _edited(content: bytes, chance: random.Random) -> bytes:
    """Cut a file off, or take out, double or replace a few bytes of it, perhaps at several places."""
    if chance.random() < 1 / 3:
        content = content[: chance.randrange(len(content))]
    else:
        for _ in range(chance.choice([1, 1, 1, 5])):
            start = chance.randrange(len(content) + 1)
            end = start + chance.randrange(60)
            taken = content[start:end]
            content = content[:start] + chance.choice([b"", taken * 2, *_PIECES]) + content[end:]
    return content.decode(errors="ignore").encode()


def _tokens(node: Node) -> Iterator[Node]:
    """Yield the tokens below a node that stand in no comment."""
    if node.child_count == 0 and node.type not in {"comment", "documentation"}:
        yield node
    for child in node.children:
        yield from _tokens(child)


def _one(place: str, content: bytes, before: Outline, token: Node, chance: random.Random) -> Damaged:
    old = content[token.start_byte : token.end_byte]
    way = chance.choice(["without", "twice", "other"])
    new = {"without": b"", "twice": old + b" " + old, "other": chance.choice(_TOKENS)}[way]
    broken = content[: token.start_byte] + new + content[token.end_byte :]
    line = content.count(b"\n", 0, token.start_byte) + 1
    others = Counter(
        (item.key, item.kind)
        for item in before.items
        if not item.line <= line <= item.line + item.content.count(b"\n")
    )
    after = Counter((item.key, item.kind) for item in outline(broken).items)
    shown = old[:12].decode(errors="replace")
    change = f"{shown} {way}" if way != "other" else f"{shown} is {new.decode()}"
    return Damaged(place, line, change, others.total(), (others & after).total())


def _result(folders: list[Path], damaged: list[Damaged]) -> Result:
    others, found = sum(one.others for one in damaged), sum(one.found for one in damaged)
    lost: Counter[str] = Counter()
    for one in damaged:
        lost[one.change.rpartition(" ")[2] if " is " not in one.change else "other"] += one.others - one.found
    return Result(
        repositories={repository_name(folder): head(folder) for folder in folders},
        files=len(damaged),
        declarations=others,
        share=round(found / max(others, 1), 5),
        whole=round(sum(one.found == one.others for one in damaged) / max(len(damaged), 1), 5),
        lost_by_change=dict(lost.most_common()),
        worst=tuple(sorted(damaged, key=lambda one: one.found - one.others)[:_WORST]),
    )


if __name__ == "__main__":
    main()
