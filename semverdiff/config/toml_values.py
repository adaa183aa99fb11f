"""The values of a TOML document, read by what it is mostly made of, and by `tomllib` where it has more.

A lock or a manifest is a header or a key a line, with values that are texts, flags, or lists of texts and of
small tables. To read them so takes a fifth of the time, and the parser is not even loaded. It is asked about
everything else, and what is wrong in a document only the parser says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["loads", "read_plain"]

_BLANKS = " \t"
_FLAGS = {"true": True, "false": False}
_TEXT = 3  # so many parts has a line with one text in it: what stands before, the text, what stands behind


def loads(text: str) -> dict[str, object]:
    """Return the entries of a document. Raises `ValueError` as `tomllib` does, whose decoder this is."""
    plain = read_plain(text)
    if plain is not None:
        return plain
    import tomllib  # noqa: PLC0415 (for documents that are not plain)

    return tomllib.loads(text)


class _NotPlainError(Exception):
    """A document has something that is left to the parser, right or wrong."""


def read_plain(text: str) -> dict[str, object] | None:
    """Return the entries of a document, None for one that is not plain."""
    # Without escapes a quote begins or ends a text. What does not print is wrong in most places.
    if "\\" in text or not text.replace("\n", "").replace("\t", "").isprintable():
        return None
    reader = _Reader()
    try:
        reader.read(iter(text.split("\n")))
    except _NotPlainError:
        return None
    return reader.root


class _Reader:
    """Reads a document line by line."""

    def __init__(self) -> None:
        self.root: dict[str, object] = {}
        self._keys: dict[str, str] = {}  # by what stands before a value
        self._elements: dict[str, object] = {}  # by their lines: a lock names the same packages often
        self._arrays: set[int] = set()  # those of `[[header]]`, by identity: others are values, and complete

    def read(self, lines: Iterator[str]) -> None:
        """Read all lines of a document."""
        table = self.root
        for line in lines:
            stripped = line.strip(_BLANKS)
            if not stripped or stripped[0] == "#":
                continue
            if stripped[0] == "[":
                table = self._table(stripped)
                continue
            parts = stripped.split('"')
            if len(parts) == _TEXT and _ends(parts[2]):
                key = self._keys.get(parts[0]) or self._key_before(parts[0])
                if key in table:
                    raise _NotPlainError
                table[key] = parts[1]
            else:
                self._other_value(table, parts, lines)

    def _other_value(self, table: dict[str, object], parts: list[str], lines: Iterator[str]) -> None:
        """Add a value that is no text to a table; of a list the lines that go on are read."""
        before, equals, value = parts[0].partition("=")
        key = self._key_before(before + equals)
        value = value.strip(_BLANKS)
        if key in table:
            raise _NotPlainError
        if len(parts) > 1:
            table[key] = _list(value, parts)
        elif value == "[":
            table[key] = list(self._elements_until_end(lines))
        elif value == "[]":
            table[key] = []
        elif value in _FLAGS:
            table[key] = _FLAGS[value]
        else:
            raise _NotPlainError

    def _elements_until_end(self, lines: Iterator[str]) -> Iterator[object]:
        """Yield the elements of a list, each on a line, up to the line that ends the list."""
        is_open = True
        for line in lines:
            stripped = line.strip(_BLANKS)
            if stripped == "]":
                return
            if not is_open:
                break
            is_open = stripped[-1:] == ","
            element = stripped.removesuffix(",")
            if element not in self._elements:
                self._elements[element] = self._element(element.split('"'))
            yield self._elements[element]
        raise _NotPlainError

    def _element(self, parts: list[str]) -> object:
        """Return a text, or a table of texts between braces."""
        if len(parts) == _TEXT and not parts[0] and not parts[2]:
            return parts[1]
        *befores, end = parts[::2]
        if _is_open(parts) or end.strip(_BLANKS) != "}":
            raise _NotPlainError
        table: dict[str, str] = {}
        mark = "{"
        for before, text in zip(befores, parts[1::2], strict=True):
            key = self._key_before(before.strip(_BLANKS).removeprefix(mark))
            if not before.strip(_BLANKS).startswith(mark) or key in table:
                raise _NotPlainError
            table[key] = text
            mark = ","
        return table

    def _table(self, header: str) -> dict[str, object]:
        """Return the table that a header begins."""
        brackets = 2 if header.startswith("[[") else 1
        if not header.endswith("]" * brackets):
            raise _NotPlainError
        *parents, name = map(_checked, header[brackets:-brackets].split("."))
        within = self.root
        for parent in parents:
            inner = within.setdefault(parent, {})
            within = inner if isinstance(inner, dict) else self._appendable(inner)[-1]
        table: dict[str, object] = {}
        if brackets > 1:
            if name not in within:
                array: list[dict[str, object]] = []
                within[name] = array
                self._arrays.add(id(array))
            self._appendable(within[name]).append(table)
        elif name in within:
            raise _NotPlainError
        else:
            within[name] = table
        return table

    def _appendable(self, value: object) -> list[dict[str, object]]:
        if isinstance(value, list) and id(value) in self._arrays:
            return value
        raise _NotPlainError

    def _key_before(self, written: str) -> str:
        """Return the key that stands before an equals sign."""
        if written not in self._keys:
            stripped = written.strip(_BLANKS)
            if stripped[-1:] != "=":
                raise _NotPlainError
            self._keys[written] = _checked(stripped[:-1].rstrip(_BLANKS))
        return self._keys[written]


def _checked(key: str) -> str:
    """Return a key that stands without quotes."""
    if not (key.isascii() and key.replace("-", "_").isidentifier()):
        raise _NotPlainError
    return key


def _ends(behind: str) -> bool:
    """Return whether nothing but a comment follows on a line."""
    return not behind or behind.strip(_BLANKS)[:1] in {"", "#"}


def _is_open(parts: list[str]) -> bool:
    """Return whether a line, split at quotes, has a text without an end."""
    return len(parts) % 2 == 0


def _list(before: str, parts: list[str]) -> list[str]:
    """Return a list of texts that stands on one line, split at quotes."""
    *commas, end = [part.strip(_BLANKS) for part in parts[::2]]
    if (
        _is_open(parts)
        or before != "["
        or end not in {"]", ",]"}
        or any(comma != "," for comma in commas[1:])
    ):
        raise _NotPlainError
    return parts[1::2]
