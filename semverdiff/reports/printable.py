"""Texts of a report that are safe to show: names and code come from packages that nobody has to trust.

A name may hold an escape sequence that repaints the terminal, an override that shows code in another
order than the compiler reads it, half a surrogate pair that no encoder accepts, or a megabyte. Every
format for people draws the printable copy, so that no single place can forget it; JSON needs only
`UNSAFE`, because its escapes lose nothing.
"""

from __future__ import annotations

import re
from operator import is_
from typing import TypeVar, cast

import msgspec
from msgspec.structs import replace

from semverdiff.ecosystem import Ecosystem
from semverdiff.enums import StrEnum
from semverdiff.errors import Mistake
from semverdiff.text import escape

__all__ = ["printable", "printable_text"]

_LINE_BREAK = r"\s*[\r\n]\s*"
_LINE_END = r"\r\n|\r|\n"
_LONGEST = 1_000
# Programs are written by this program, which bounds them.
_LONGEST_BLOCK = 10_000
# The only fields in which a line break means something.
_BLOCKS = frozenset({"client", "client_program"})
_PRINTABLE = (int, StrEnum)

_T = TypeVar("_T")


def printable(report: _T) -> _T:
    """Return a report with every text of it printable; a text of one line stays on one line."""
    return _copy(report, block=False)


def printable_text(text: str, *, block: bool = False) -> str:
    """Write unsafe characters as Ballerina escapes them, and cut what nobody would read to the end."""
    shown = _shown(text, block=block)
    longest = _LONGEST_BLOCK if block else _LONGEST
    return shown if len(shown) <= longest else f"{shown[:longest]}… ({len(text)} characters)"


def _shown(text: str, *, block: bool) -> str:
    if block:
        text = text.rstrip()
    if text.isprintable() or (block and text.replace("\n", "").isprintable()):
        return text
    lines = re.split(_LINE_END, text) if block else [re.sub(_LINE_BREAK, " ", text)]
    tab = "    " if block else " "
    return "\n".join(escape(line.replace("\t", tab)) for line in lines)


def _copy(value: _T, *, block: bool) -> _T:
    """Copy a value of the report, whatever it consists of: a new field is safe without a word here.

    Nearly all texts are printable: what needs no other one is handed on itself.
    """
    changed: object
    match value:
        case None | int() | StrEnum() | Ecosystem():
            return value
        case str():
            changed = printable_text(value, block=block)
        case tuple():
            parts = tuple([_copy(part, block=block) for part in value])
            changed = value if all(map(is_, value, parts)) else parts
        case Mistake():
            changed = _mistake(value)
        case msgspec.Struct():
            changed = _copy_struct(value)
        case _:
            raise TypeError(f"a report holds texts, numbers, tuples and structs, not {type(value)}")
    return cast("_T", changed)


def _copy_struct(value: msgspec.Struct) -> msgspec.Struct:
    changed: dict[str, object] = {}
    for name in value.__struct_fields__:
        part = getattr(value, name)
        # Nearly all fields: what `_copy` would find out as well, and a call later.
        if type(part) is str:
            if len(part) <= _LONGEST and part.isprintable() and name not in _BLOCKS:
                continue
        elif part is None or isinstance(part, _PRINTABLE):
            continue
        other = _copy(part, block=name in _BLOCKS)
        if other is not part:
            changed[name] = other
    return replace(value, **changed) if changed else value


def _mistake(mistake: Mistake) -> Mistake:
    """Copy a mistake; its column moves along with the characters of the excerpt."""
    excerpt, column = mistake.excerpt, mistake.column
    if excerpt is not None and column is not None:
        column = len(_shown(excerpt[: column - 1], block=False)) + 1
    return Mistake(
        message=printable_text(mistake.message),
        file=None if mistake.file is None else printable_text(mistake.file),
        line=mistake.line,
        column=column,
        excerpt=None if excerpt is None else printable_text(excerpt),
    )
