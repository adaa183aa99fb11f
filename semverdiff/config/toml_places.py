"""Where each key of a TOML text stands: the parser tells values only, and people want a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["KeyPath", "Place", "key_places"]

KeyPath = tuple[str | int, ...]
"""The way from the document to a value: keys, and numbers within arrays (`("suppress", 0, "reason")`)."""

Place = tuple[int, int]
"""Line and column, both from 1."""

# TOML 1.0: strings, comments and marks. Whatever else stands between marks is one word: a bare key or a
# part of a value. The closing quotes of a multi-line string may have two more before them.
_TOKEN = re.compile(
    r"""
    (?P<newline>\n)
  | (?P<blank>[ \t]+ | \#[^\n]*)
  | (?P<quoted>\"{3}(?:[^\\]|\\.)*?\"{3,5} | '{3}.*?'{3,5} | "(?:[^"\\\n]|\\.)*" | '[^'\n]*')
  | (?P<mark>[\[\]{}=,.])
  | (?P<word>[^\s\#"'\[\]{}=,.]+ | .)
    """,
    re.VERBOSE | re.DOTALL,
)


def key_places(text: str) -> Mapping[KeyPath, Place]:
    """Return the place of every key and table of a valid TOML text; of other text, of what looks like one.

    A key that is written several times (`a.x = 1`, `a.y = 2`) stands where it is written first.
    """
    reader = _Reader()
    for kind, token, place in _tokens(text):
        reader.take(kind, token, place)
    reader.take("newline", "\n", (0, 0))
    return reader.places


def _tokens(text: str) -> Iterator[tuple[str, str, Place]]:
    line, line_start = 1, 0
    for found in _TOKEN.finditer(text):
        kind, token = found.lastgroup or "", found[0]
        if kind != "blank":
            yield kind, token, (line, found.start() - line_start + 1)
        breaks = token.count("\n")
        if breaks:
            line += breaks
            line_start = found.start() + token.rfind("\n") + 1


class _Reader:
    """Follows the marks of TOML; what a value says is skipped, unless it is a table or an array."""

    def __init__(self) -> None:
        self.places: dict[KeyPath, Place] = {}
        self._last: dict[KeyPath, int] = {}  # the number of the newest table of each array of tables
        self._table: KeyPath = ()
        self._parts: list[tuple[str, Place]] = []  # the dotted key that is being read
        self._brackets = 0  # of the header that is being read
        self._value: KeyPath | None = None  # what the value that is being read belongs to
        self._open: list[KeyPath] = []  # the arrays and inline tables around it
        self._counts: list[int | None] = []  # of each of those the number of the element; `None`: a table

    def take(self, kind: str, text: str, place: Place) -> None:
        """Take the next token."""
        if kind == "newline":
            self._end_line()
        elif self._value is not None:
            self._within_value(text if kind == "mark" else "", place)
        elif kind in {"word", "quoted"}:
            self._parts.append((_unquoted(text), place))
        elif text == "[" and not self._parts:
            self._brackets += 1
        elif text == "=" and self._parts:
            self._value = self._named(self._open[-1] if self._open else self._table)
        elif text == "}":  # an inline table that is empty, or ends with a comma
            self._close()

    def _end_line(self) -> None:
        if self._open:
            return
        if self._brackets and self._parts:
            self._table = self._header(repeated=self._brackets > 1)
        self._value, self._brackets = None, 0
        self._parts.clear()

    def _header(self, *, repeated: bool) -> KeyPath:
        """Return the table that a header opens: names on the way are the newest table of their array."""
        path: KeyPath = ()
        for number, (part, place) in enumerate(self._parts, start=1):
            path = (*path, part)
            self.places.setdefault(path, place)
            if repeated and number == len(self._parts):
                self._last[path] = self._last.get(path, -1) + 1
            if path in self._last:
                path = (*path, self._last[path])
                self.places.setdefault(path, place)
        return path

    def _named(self, table: KeyPath) -> KeyPath:
        """Return the path of the key that was read, and note where it and its parents stand."""
        path = table
        for part, place in self._parts:
            path = (*path, part)
            self.places.setdefault(path, place)
        self._parts.clear()
        return path

    def _within_value(self, mark: str, place: Place) -> None:
        match mark:
            case "[" | "{":
                path = self._element()
                self.places.setdefault(path, place)
                self._open.append(path)
                self._counts.append(0 if mark == "[" else None)
                self._value = path if mark == "[" else None
            case "]" | "}":
                self._close()
            case "," if self._counts:
                count = self._counts[-1]
                if count is None:
                    self._value = None  # the next key of an inline table
                else:
                    self._counts[-1] = count + 1

    def _element(self) -> KeyPath:
        """Return the path of the value that begins here."""
        count = self._counts[-1] if self._counts else None
        return (*self._open[-1], count) if count is not None else self._value or ()

    def _close(self) -> None:
        self._parts.clear()
        if self._open:
            self._value = self._open.pop()
            self._counts.pop()


def _unquoted(key: str) -> str:
    """Return a key without quotes and escapes."""
    if "\\" in key and key.startswith('"'):
        import tomllib  # noqa: PLC0415 (slow: only for a mistake beside an escaped key)

        try:
            return str(tomllib.loads(f"key = {key}")["key"])
        except ValueError:
            return key
    return key[1:-1] if key[0] in "\"'" else key
