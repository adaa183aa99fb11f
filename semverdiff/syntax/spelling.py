"""Names, strings and documentation as a source spells them, and as they are meant."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["documentation", "name_in", "name_of", "quoted", "spelled", "unquoted"]

# SPEC, Identifiers: keywords that need a quote to be a name. The grammar has the same list.
_RESERVED = frozenset(
    """
    abstract annotation any anydata as ascending base16 base64 boolean break by byte check checkpanic class
    client commit configurable conflict const continue decimal descending distinct do else enum equals error
    external fail false field final float flush foreach fork from function future handle if import in int is
    isolated join json let limit listener lock map match never new null object on order outer panic parameter
    private public readonly record remote resource retry return returns rollback select service source start
    stream string table transaction transactional trap true type typedesc typeof var wait where while worker
    xml xmlns
    """.split()  # noqa: SIM905 (a hundred quotes would hide the words)
)
_ESCAPE = r"(?s)\\(?:u\{0*([0-9A-Fa-f]{1,6})\}|(.))"
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r"}
# SPEC, StringEscape: what stands for itself in no string literal, or would not be seen in one.
_STRING_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LAST_CODE_POINT = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)
# SPEC, IdentifierSingleEscape: what a backslash does not make a part of a name.
_NEVER_ESCAPED = frozenset("\t\n\r\u200e\u200f\u2028\u2029")
_END_OF_BASIC_PLANE = "\uffff"
# A name is written several times one after the other, and fields and parameters of one name are many.
_NAMES_KEPT: Final = 1024


@lru_cache(_NAMES_KEPT)
def spelled(name: str) -> str:
    r"""Write a name so that the compiler reads it as that name: `'order`, `a\-b`, `'4XX`, `\u{1F600}`."""
    if name.isascii() and name.isidentifier():
        return f"'{name}" if name in _RESERVED else name
    written = "".join(map(_written, name))
    return f"'{written}" if name[:1].isdigit() else written


def _written(character: str) -> str:
    # The compiler reads halves of surrogate pairs, so that only a numeric escape gets beyond the basic plane.
    if character > _END_OF_BASIC_PLANE or character in _NEVER_ESCAPED:
        return f"\\u{{{ord(character):X}}}"
    return character if f"_{character}".isidentifier() else f"\\{character}"


def name_of(spelling: str) -> str:
    r"""Return the name that an identifier means: `'limit` is `limit`, `a\-b` is `a-b`."""
    spelling = spelling.removeprefix("'")
    return re.sub(_ESCAPE, _name_character, spelling) if "\\" in spelling else spelling


def name_in(token: str) -> tuple[str | None, str] | None:
    r"""Return module and name that a token of an expression names; `None` for a literal or a mark.

    `acme/money:a\-b` is the name `a-b` of a module, and `limit` one of the file's own.
    """
    if token.startswith(('"', "`")):
        return None
    module, _, name = token.rpartition(":")
    if not (name[:1].isidentifier() or name.startswith(("'", "\\"))):
        return None
    return module or None, name_of(name)


def _name_character(match: re.Match[str]) -> str:
    code, character = match.groups()
    return _code_point(code, match.group()) if code is not None else str(character)


def quoted(text: str) -> str:
    r"""Write a string literal that means this text: `"one \"word\""`, `"\u{7}"`."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _STRING_ESCAPES:
        return _STRING_ESCAPES[character]
    return character if character.isprintable() else f"\\u{{{ord(character):x}}}"


def unquoted(literal: str) -> str:
    """Return the string that a string literal means."""
    text = literal[1:-1]
    return re.sub(_ESCAPE, _string_character, text) if "\\" in text else text


def _string_character(match: re.Match[str]) -> str:
    code, character = match.groups()
    return _code_point(code, match.group()) if code is not None else _CONTROLS.get(character, character)


def _code_point(code: str, otherwise: str) -> str:
    """Return the character of a hexadecimal code; `otherwise` for a code that is no character's."""
    point = int(code, 16)
    return chr(point) if point <= _LAST_CODE_POINT and point not in _SURROGATES else otherwise


def documentation(written: str) -> str:
    """Return documentation without its `#` marks and without blanks at the ends of lines."""
    lines = [line.strip().removeprefix("#").removeprefix(" ").rstrip() for line in written.split("\n")]
    return "\n".join(lines).strip()
