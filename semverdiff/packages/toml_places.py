"""Where a key stands in TOML text: the parser tells values only, and people want a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["place_of_key"]

_HEADER = re.compile(r"\s*\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?\Z")
_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w.\-])+?)\s*=""")
_MULTI_LINE_QUOTES = re.compile(r"\"\"\"|'''")


def place_of_key(lines: tuple[str, ...], table: str, index: int, key: str) -> tuple[int, int] | None:
    """Give line and column of a key in the `index`-th table of a name, or else of what comes closest.

    That is the key that an inline table is the value of, or the table's header. This reads the way
    manifests are written, not all of TOML; where it finds nothing the message stands without a line.
    """
    wanted = f"{table}.{key}" if table else key
    closest: tuple[int, int] | None = None
    seen = -1
    for number, column, path, is_header in _paths(lines):
        seen += is_header and path == table
        if seen not in (-1, index):
            continue
        if path == wanted:
            return number, column
        if wanted.startswith(f"{path}."):
            closest = number, column
    return closest


def _paths(lines: tuple[str, ...]) -> Iterator[tuple[int, int, str, bool]]:
    """Give line, column and full path of each header and key, and whether it is a header."""
    current = ""
    within_text = False
    for number, line in enumerate(lines, start=1):
        opens_within_text = within_text
        within_text ^= len(_MULTI_LINE_QUOTES.findall(line)) % 2 == 1
        if opens_within_text:
            continue
        header = _HEADER.match(line)
        key = _KEY.match(line)
        if header is not None:
            current = _plain(header[1])
            yield number, header.start(1) + 1, current, True
        elif key is not None:
            name = _plain(key[1])
            yield number, key.start(1) + 1, f"{current}.{name}" if current else name, False


def _plain(path: str) -> str:
    """Give a dotted path without quotes and blanks."""
    return ".".join(part.strip().strip("\"'") for part in path.split("."))
