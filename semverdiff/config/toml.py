"""TOML read key by key: typed values out, and every mistake at once, each with the place of its key.

`toml_values.py` gives values only, and people want a line: `places.py` says that, where it is asked for.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec

from semverdiff import config, limits
from semverdiff.config.toml_values import loads
from semverdiff.errors import Mistake
from semverdiff.text import MASK, assigned_keys, is_secret, suggest, without_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from semverdiff.config.places import KeyPath, Places

__all__ = [
    "Document",
    "Table",
    "decode",
    "kind_of",
    "parse_toml",
    "utf8_mistake",
]

_ENDLESS_KEY = (
    r"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*)"""
    f"{{{limits.TOML_KEY_PARTS}}}"
)
_LINES_OF_A_VALUE = 200
# Manifest and lock of both versions: they are read once more for the places of what differs in them, and
# reading a lock takes longer than most of a comparison.
_TEXTS_KEPT = 4
_PARSER_PLACE = r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)"


def _nowhere() -> Places:
    return config.Places()


class Document(msgspec.Struct, frozen=True):
    """A file, its lines, and the one list that all of its mistakes go to."""

    file: str
    lines: Sequence[str]
    mistakes: list[Mistake]
    places: Callable[[], Places] = _nowhere

    def meant(self, word: str, known: Collection[str]) -> str:
        """Return the known word that was probably meant, as `suggest` does, while mistakes are reported."""
        return suggest(word, known) if len(self.mistakes) < limits.MISTAKES else ""

    def complain(self, message: str, line: int | None = None, column: int | None = None) -> None:
        """Note a mistake; the line is shown with it, unless it belongs to a secret."""
        excerpt = None
        if line is not None and len(self.mistakes) < limits.MISTAKES:  # more are counted, not shown
            # A long line with many mistakes is looked through once.
            same = (one.excerpt for one in self.mistakes[-1:] if (one.file, one.line) == (self.file, line))
            excerpt = next(same, None) or _excerpt(self.lines, line)
        self.mistakes.append(Mistake(message, self.file, line, column, excerpt))


class Table(msgspec.Struct, frozen=True):
    """One table of a document. A key with a value of the wrong type is a mistake and counts as absent."""

    document: Document
    entries: Mapping[str, object]
    path: KeyPath = ()

    @property
    def name(self) -> str:
        """Return the table as its header names it: `package.modules`; empty for the document."""
        return ".".join(part for part in self.path if isinstance(part, str))

    @property
    def place(self) -> tuple[int, int] | None:
        """Return the line and the column of the table, both from 1."""
        return self.document.places().closest(self.path)

    def complain(self, key: str, message: str) -> None:
        """Note a mistake at a key, or at the table's head where the key is not written."""
        line, column = self.document.places().closest((*self.path, key)) or (None, None)
        self.document.complain(message, line, column)

    def text(self, key: str) -> str | None:
        """Return a string."""
        match self.entries.get(key):
            case str(text) if _is_encodable(text):
                return text
            case value:
                self.expected("a string", key, value)
                return None

    def choice(self, key: str, known: Collection[str]) -> str | None:
        """Return one of the known words."""
        found = self.text(key)
        if found is None or found in known:
            return found
        meant = self.document.meant(found, known)
        self.complain(key, f"expected {', '.join(known)} for '{key}'{self._within()}, found '{found}'{meant}")
        return None

    def flag(self, key: str) -> bool | None:
        """Return a boolean."""
        match self.entries.get(key):
            case bool(flag):
                return flag
            case value:
                self.expected("a boolean", key, value)
                return None

    def texts(self, key: str) -> tuple[str, ...] | None:
        """Return an array of strings."""
        value = self.entries.get(key)
        if isinstance(value, list):
            texts = tuple(one for one in value if isinstance(one, str) and _is_encodable(one))
            if len(texts) == len(value):
                return texts
        self.expected("an array of strings", key, value)
        return None

    def table(self, key: str) -> Table:
        """Return a table, empty where there is none."""
        value = self.entries.get(key)
        if not isinstance(value, dict):
            self.expected("a table", key, value)
            value = {}
        return Table(self.document, value, (*self.path, key))

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return an array of tables, empty where there is none."""
        value = self.entries.get(key)
        values = value if isinstance(value, list) else []
        found = tuple(
            Table(self.document, one, (*self.path, key, number))
            for number, one in enumerate(values)
            if isinstance(one, dict)
        )
        if not isinstance(value, list) or len(found) != len(value):
            self.expected("an array of tables", key, value)
        return found

    def pairs(self, key: str, first: str, second: str) -> list[tuple[str | None, str | None]]:
        """Return two strings of each table in an array of tables, of which a lock has thousands."""
        value = self.entries.get(key)
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            pairs = [(one.get(first), one.get(second)) for one in value]
            if all(isinstance(text, str) and text.isascii() for pair in pairs for text in pair):
                return pairs
        return [(one.text(first), one.text(second)) for one in self.tables(key)]

    def only(self, known: Collection[str], thing: str = "key") -> None:
        """Complain about each key that is none of the known ones; `thing` says what keys stand for here."""
        for key in self.entries:
            if key not in known:
                self.complain(
                    key, f"unknown {thing} '{key}'{self._within()}{self.document.meant(key, known)}"
                )

    def expected(self, kind: str, key: str, found: object) -> None:
        """Note that a key's value is of another type; a key without a value is none."""
        # JSON's `null` says the same as a missing key.
        if found is not None:
            self.complain(
                key,
                f"incompatible type for key '{key}'{self._within()}: expected {kind}, found {kind_of(found)}",
            )

    def _within(self) -> str:
        return f" under [{self.name}]" if self.path else ""


def _excerpt(lines: Sequence[str], line: int) -> str | None:
    """Return a line as it may be shown, or None for one that may be a part of a secret.

    A line without a key goes on with the value of the last key before it, and all keys in a table
    `[credentials]` are about what that says: a text that is broken tells no more.
    """
    if line > len(lines):
        return None
    shown = lines[line - 1]
    before = lines[max(line - _LINES_OF_A_VALUE, 0) : line]
    keys = next((keys for above in reversed(before) if (keys := assigned_keys(above))), [])
    header = next((above for above in reversed(before) if above.lstrip().startswith("[")), "")
    goes_on = not assigned_keys(shown)
    if is_secret(header) or (goes_on and (is_secret(keys[-1]) if keys else line > len(before))):
        return None
    value, mark, comment = shown.partition("#")
    return without_secrets(f"{value}{mark} {MASK}" if is_secret(comment) else shown)


def parse_toml(content: bytes, file: str, mistakes: list[Mistake]) -> Table:
    """Return the table of a TOML document; a text that is none is a mistake, and an empty table."""
    if len(content) > limits.TOML_BYTES:
        document = Document(file, (), mistakes)
        document.complain(f"too large: expected at most {limits.TOML_BYTES:,} bytes, found {len(content):,}")
        return Table(document, {})
    document = decode(content, file, mistakes)
    text = "\n".join(document.lines)
    unread = _unread(text)
    if unread is not None:
        at, why = unread
        line = text.count("\n", 0, at) + 1
        document.complain(f"invalid TOML: {why}", line, at - text.rfind("\n", 0, at))
        return Table(document, {})
    try:
        entries = _entries(text)
    except RecursionError:
        document.complain("invalid TOML: arrays and tables are nested too deeply", 1, 1)
    except ValueError as error:
        found = re.search(_PARSER_PLACE, str(error))
        # Without numbers the mistake is that the text ends too early.
        line = int(found[1]) if found and found[1] else len(document.lines)
        column = int(found[2]) if found and found[2] else len(document.lines[-1]) + 1
        document.complain(f"invalid TOML: {re.sub(_PARSER_PLACE, '', str(error))}", line, column)
    else:
        # Only a valid text: in another the strings have no end, and looking for it takes long.
        places = cache(lambda: config.key_places(text))
        return Table(msgspec.structs.replace(document, places=places), entries)
    return Table(document, {})


@lru_cache(maxsize=_TEXTS_KEPT)
def _entries(text: str) -> Mapping[str, object]:
    """Return what a text says; nobody changes it."""
    return loads(text)


def _unread(text: str) -> tuple[int, str] | None:
    """Return where a text has what the parser is not asked to read, and what that is."""
    # The parser would take one before a line break for a part of it, and then count other lines.
    lone_return = text.find("\r")
    if lone_return >= 0:
        return lone_return, "a carriage return stands without a line feed"
    # A key stands on one line, and few documents have a line of so many dots: few runs compile the pattern.
    most = limits.TOML_KEY_PARTS
    dotted = any(line.count(".") >= most for line in text.split("\n") if len(line) > most)
    endless = re.search(_ENDLESS_KEY, text) if dotted else None
    return (endless.start(), f"a key has more than {limits.TOML_KEY_PARTS} parts") if endless else None


def decode(content: bytes, file: str, mistakes: list[Mistake]) -> Document:
    """Return a file's lines; bytes that are not UTF-8 are a mistake, and a document without lines."""
    mistake = utf8_mistake(content, file)
    if mistake is not None:
        mistakes.append(mistake)
        return Document(file, (), mistakes)
    text = content.decode().removeprefix("\ufeff").replace("\r\n", "\n")
    return Document(file, tuple(text.split("\n")), mistakes)


def utf8_mistake(content: bytes, file: str) -> Mistake | None:
    """Return the mistake of the first byte that is not UTF-8; its column counts characters."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line_start = before.rfind(b"\n") + 1
        return Mistake(
            f"expected UTF-8 text, found the byte 0x{content[error.start]:02X} at offset {error.start} of "
            f"'{file}'. Save the file as UTF-8.",
            file,
            before.count(b"\n") + 1,
            len(before[line_start:].decode()) + 1,
        )
    return None


def kind_of(value: object) -> str:
    """Return what a value of TOML or JSON is, with its article: `a string`, `an array with numbers`."""
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case str(text):
            return "a string" if _is_encodable(text) else "a string with half of a character"
        case int() | float():
            return "a number"
        case list():
            kinds = sorted({kind_of(one) for one in value if not isinstance(one, list)})
            return f"an array with {' and '.join(kinds)}" if kinds else "an array"
        case dict():
            return "a table"
        case _:
            return "a date or time"


def _is_encodable(text: str) -> bool:
    r"""Return whether a report can be written with a text; JSON may hold half of a pair (`"\ud800"`)."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
