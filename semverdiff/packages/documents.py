"""Parsed TOML and JSON, read key by key; what is wrong is collected, so that it is told all at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from semverdiff.errors import Mistake

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.config.toml_places import KeyPath

__all__ = ["Document", "Table", "parse_json", "parse_toml", "utf8_mistake"]

_TOML_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")


class Document(msgspec.Struct, frozen=True):
    """A file, its lines, and the one list that all of its mistakes go to."""

    file: str
    lines: tuple[str, ...]
    mistakes: list[Mistake]

    def complain(self, message: str, line: int | None = None, column: int | None = None) -> None:
        """Note a mistake; the line is shown with it, unless it may hold a password."""
        excerpt = self.lines[line - 1] if line is not None and line <= len(self.lines) else None
        if excerpt is not None and "password" in excerpt.lower():
            excerpt = None
        self.mistakes.append(Mistake(message, self.file, line, column, excerpt))


class Table(msgspec.Struct, frozen=True):
    """One table of a document. A key with a value of the wrong type is a mistake and counts as absent.

    `name` is the table's path (`package.modules`), `index` its place in an array of tables.
    """

    document: Document
    entries: Mapping[str, object]
    name: str = ""
    index: int = 0

    def complain(self, key: str, message: str) -> None:
        """Note a mistake at a key, or at the table's head where the key is not written."""
        line, column = self._place(key) or (None, None)
        self.document.complain(message, line, column)

    def _place(self, key: str) -> tuple[int, int] | None:
        """Return line and column of a key, or of the table around it that is written."""
        from semverdiff.config.toml_places import key_places  # noqa: PLC0415 (slow: only for a mistake)

        places = key_places("\n".join(self.document.lines))
        table = tuple(self.name.split(".")) if self.name else ()
        wanted: list[KeyPath] = [(*table, self.index, key), (*table, key), (*table, self.index)]
        wanted += [table[:end] for end in range(len(table), 0, -1)]
        return next((places[path] for path in wanted if path in places), None)

    def text(self, key: str) -> str | None:
        """Return a string."""
        match self.entries.get(key):
            case str(text) if _is_encodable(text):
                return text
            case value:
                self._expected("a string", key, value)
                return None

    def flag(self, key: str) -> bool | None:
        """Return a boolean."""
        match self.entries.get(key):
            case bool(flag):
                return flag
            case value:
                self._expected("a boolean", key, value)
                return None

    def texts(self, key: str) -> tuple[str, ...] | None:
        """Return an array of strings."""
        match self.entries.get(key):
            case list(values):
                texts = tuple(value for value in values if isinstance(value, str) and _is_encodable(value))
                if len(texts) == len(values):
                    return texts
                self._expected("an array of strings", key, values)
            case value:
                self._expected("an array of strings", key, value)
        return None

    def table(self, key: str) -> Table:
        """Return a table, empty where there is none."""
        match self.entries.get(key):
            case dict(entries):
                return Table(self.document, entries, self._path(key))
            case value:
                self._expected("a table", key, value)
                return Table(self.document, {}, self._path(key))

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return an array of tables, empty where there is none."""
        match self.entries.get(key):
            case list(values):
                found = tuple(
                    Table(self.document, value, self._path(key), index)
                    for index, value in enumerate(values)
                    if isinstance(value, dict)
                )
                if len(found) != len(values):
                    self._expected("an array of tables", key, values)
                return found
            case value:
                self._expected("an array of tables", key, value)
                return ()

    def _path(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def _expected(self, kind: str, key: str, found: object) -> None:
        # JSON's `null` says the same as a missing key.
        if found is not None:
            within = f" under [{self.name}]" if self.name else ""
            self.complain(
                key, f"incompatible type for key '{key}'{within}: expected {kind}, found {_kind(found)}"
            )


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
        document.complain("invalid TOML: arrays and tables are nested too deeply")
    except ValueError as error:
        found = _TOML_PLACE.search(str(error))
        line, column = (found[1], found[2]) if found else (None, None)
        document.complain(
            f"invalid TOML: {_TOML_PLACE.sub('', str(error))}",
            int(line) if line else len(document.lines),
            int(column) if column else None,
        )
    return Table(document, {})


def parse_json(content: bytes, file: str, mistakes: list[Mistake]) -> Table:
    """Parse a JSON object; a text that is none is a mistake with its place, and an empty table."""
    import json  # noqa: PLC0415 (slow: only where an archive is read)

    document = _document(content, file, mistakes)
    if not document.lines:
        return Table(document, {})
    try:
        match json.loads("\n".join(document.lines)):
            case dict(entries):
                return Table(document, entries)
            case value:
                document.complain(f"expected a JSON object, found {_kind(value)}")
    except RecursionError:
        document.complain("invalid JSON: arrays and objects are nested too deeply")
    except json.JSONDecodeError as error:
        document.complain(f"invalid JSON: {error.msg}", error.lineno, error.colno)
    except ValueError as error:
        document.complain(f"invalid JSON: {error}")
    return Table(document, {})


def _document(content: bytes, file: str, mistakes: list[Mistake]) -> Document:
    """Decode a file; one that is not UTF-8 is a mistake, and has no lines."""
    mistake = utf8_mistake(content, file)
    if mistake is not None:
        mistakes.append(mistake)
        return Document(file, (), mistakes)
    text = content.decode().removeprefix("\ufeff")
    return Document(file, tuple(line.removesuffix("\r") for line in text.split("\n")), mistakes)


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
