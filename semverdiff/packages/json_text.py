"""JSON manifests of archives: their tables, and where the keys stand."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from semverdiff.config import Places, Table, decode, kind_of

if TYPE_CHECKING:
    from semverdiff.errors import Mistake

__all__ = ["parse_json"]

# Strings and marks. Blanks, numbers and words are no keys, and open nothing.
_LEXEME = r'"(?:[^"\\]|\\.)*"|[\[\]{},\n]'


def parse_json(content: bytes, file: str, mistakes: list[Mistake]) -> Table:
    """Return the table of a JSON object; a text that is none is a mistake, and an empty table."""
    document = decode(content, file, mistakes)
    if not document.lines:
        return Table(document, {})
    text = "\n".join(document.lines)
    try:
        match _loads(text):
            case dict(entries):
                places = cache(lambda: _key_places(text))
                return Table(msgspec.structs.replace(document, places=places), entries)
            case value:
                document.complain(f"expected a JSON object, found {kind_of(value)}")
    except RecursionError:
        document.complain("invalid JSON: arrays and objects are nested too deeply")
    except ValueError as error:
        # Of the parser they have a place, and of Python, as for a number without an end, none.
        message, line, column = (getattr(error, name, None) for name in ("msg", "lineno", "colno"))
        document.complain(f"invalid JSON: {message or error}", line, column)
    return Table(document, {})


def _loads(text: str) -> object:
    """Return what a JSON text says. Raises `ValueError` as `json` does, whose decoder this is."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeEncodeError):
        import json  # noqa: PLC0415 (for what is wrong, and what only it takes for right)

        return json.loads(text)


def _key_places(text: str) -> Places:
    """Return where every key and element of a valid JSON text stands; the object itself is the root."""
    places = Places()
    line, line_start = 1, 0
    open_nodes: list[int] = []
    counts: list[int | None] = []  # of each open array the number of the element; None is an object
    node, is_key = 0, False
    for found in re.finditer(_LEXEME, text):
        lexeme, place = found[0], (line, found.start() - line_start + 1)
        match lexeme[0]:
            case "\n":
                line, line_start = line + 1, found.end()
            case "[" | "{":
                count = counts[-1] if counts else None
                if count is not None:
                    node = places.enter(open_nodes[-1], count, place)
                open_nodes.append(node)
                counts.append(0 if lexeme == "[" else None)
                is_key = lexeme == "{"
            case "]" | "}":
                open_nodes.pop()
                counts.pop()
                is_key = False
            case ",":
                count = counts[-1]
                is_key = count is None
                if count is not None:
                    counts[-1] = count + 1
            case _ if is_key:
                node, is_key = places.enter(open_nodes[-1], str(_loads(lexeme)), place), False
    return places
