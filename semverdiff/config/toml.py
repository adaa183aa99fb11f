"""Parsed TOML and JSON, read key by key; what is wrong is collected, so that it is told all at once."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from semverdiff.config.suggestions import did_you_mean
from semverdiff.config.toml_places import key_places
from semverdiff.errors import Mistake

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from semverdiff.config.toml_places import KeyPath, Place

__all__ = ["Document", "Table", "parse_toml", "utf8_mistake"]

_TOML_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")


class Document(msgspec.Struct, frozen=True):
    """A file, its lines, and the one list that all of its mistakes go to.

    `places` gives the place of each key; it is asked only when there is a mistake.
    """

    file: str
    lines: tuple[str, ...]
    mistakes: list[Mistake]
    places: Callable[[], Mapping[KeyPath, Place]] = dict

    def complain(self, message: str, line: int | None = None, column: int | None = None) -> None:
        """Note a mistake; the line is shown with it, unless it may hold a password."""
        excerpt = self.lines[line - 1] if line is not None and line <= len(self.lines) else None
        if excerpt is not None and "password" in excerpt.lower():
            excerpt = None
        self.mistakes.append(Mistake(message, self.file, line, column, excerpt))

    def place(self, path: KeyPath) -> Place | None:
        """Return line and column of a key; where it is not written, of the closest table that is."""
        places = self.places()
        prefixes = (path[:length] for length in range(len(path), 0, -1))
        return next((places[prefix] for prefix in prefixes if prefix in places), None)


class Table(msgspec.Struct, frozen=True):
    """One table of a document. A key with a value of the wrong type is a mistake and counts as absent."""

    document: Document
    entries: Mapping[str, object]
    path: KeyPath = ()

    @property
    def name(self) -> str:
        """The table as its header names it: `package.modules`; empty for the document."""
        return ".".join(part for part in self.path if isinstance(part, str))

    def complain(self, key: str, message: str) -> None:
        """Note a mistake at a key, or at the table's head where the key is not written."""
        line, column = self.document.place((*self.path, key)) or (None, None)
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
        meant = did_you_mean(found, known)
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
        match self.entries.get(key):
            case list(values):
                texts = tuple(value for value in values if isinstance(value, str) and _is_encodable(value))
                if len(texts) == len(values):
                    return texts
                self.expected("an array of strings", key, values)
            case value:
                self.expected("an array of strings", key, value)
        return None

    def table(self, key: str) -> Table:
        """Return a table, empty where there is none."""
        match self.entries.get(key):
            case dict(entries):
                return Table(self.document, entries, (*self.path, key))
            case value:
                self.expected("a table", key, value)
                return Table(self.document, {}, (*self.path, key))

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return an array of tables, empty where there is none."""
        match self.entries.get(key):
            case list(values):
                found = tuple(
                    Table(self.document, value, (*self.path, key, index))
                    for index, value in enumerate(values)
                    if isinstance(value, dict)
                )
                if len(found) != len(values):
                    self.expected("an array of tables", key, values)
                return found
            case value:
                self.expected("an array of tables", key, value)
                return ()

    def only(self, known: Collection[str], thing: str = "key") -> None:
        """Complain about each key that is none of the known ones; `thing` says what keys stand for here."""
        for key in self.entries:
            if key not in known:
                self.complain(key, f"unknown {thing} '{key}'{self._within()}{did_you_mean(key, known)}")

    def expected(self, kind: str, key: str, found: object) -> None:
        """Note that a key's value is of another type; a key without a value is none."""
        # JSON's `null` says the same as a missing key.
        if found is not None:
            self.complain(
                key,
                f"incompatible type for key '{key}'{self._within()}: expected {kind}, found {_kind(found)}",
            )

    def _within(self) -> str:
        return f" under [{self.name}]" if self.path else ""


def utf8_mistake(content: bytes, file: str) -> Mistake | None:
    """Find the first byte that is not UTF-8; the column counts characters, the offset bytes."""
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


def parse_toml(content: bytes, file: str, mistakes: list[Mistake]) -> Table:
    """Parse TOML; a text that is none is a mistake with its place, and an empty table."""
    import tomllib  # noqa: PLC0415 (slow: only where a manifest is read)

    document = _document(content, file, mistakes)
    try:
        return Table(document, tomllib.loads("\n".join(document.lines)))
    except RecursionError:
        document.complain("invalid TOML: arrays and tables are nested too deeply", 1, 1)
    except ValueError as error:
        found = _TOML_PLACE.search(str(error))
        # Without numbers the mistake is that the text ends too early.
        line = int(found[1]) if found and found[1] else len(document.lines)
        column = int(found[2]) if found and found[2] else len(document.lines[-1]) + 1
        document.complain(f"invalid TOML: {_TOML_PLACE.sub('', str(error))}", line, column)
    return Table(document, {})


def _document(content: bytes, file: str, mistakes: list[Mistake]) -> Document:
    """Decode a file; one that is not UTF-8 is a mistake, and has no lines."""
    mistake = utf8_mistake(content, file)
    if mistake is not None:
        mistakes.append(mistake)
        return Document(file, (), mistakes)
    text = content.decode().removeprefix("\ufeff")
    lines = tuple(line.removesuffix("\r") for line in text.split("\n"))
    return Document(file, lines, mistakes, cache(lambda: key_places("\n".join(lines))))


def _is_encodable(text: str) -> bool:
    r"""Return whether a report can be written with a text; JSON may hold half of a pair (`"\ud800"`)."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _kind(value: object) -> str:
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
            kinds = sorted({_kind(one) for one in value if not isinstance(one, list)})
            return f"an array with {' and '.join(kinds)}" if kinds else "an array"
        case dict():
            return "a table"
        case _:
            return "a date or time"
