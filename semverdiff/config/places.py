"""Where the keys of a TOML text stand, which `tomllib` does not say.

Most lines of a text are a header, or a key whose value ends there: their first signs tell. So the places in
a lock file of hundreds of packages cost little: first its headers are found; what stands below one, and what
an array holds, is read when somebody asks for a place there. Everything else is followed mark by mark.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from semverdiff.config.toml_values import loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["KeyPath", "Place", "Places", "key_places", "places_by_marks"]

KeyPath = tuple[str | int, ...]
"""The way from the document to a value: keys, and numbers within arrays (`("suppress", 0, "reason")`)."""

Place = tuple[int, int]
"""Line and column, both from 1."""

_Mark = tuple[str | None, str, Place]
"""A token of TOML: its kind and text, and where it stands."""

_Header = tuple[list[str], Place, bool]
"""The header of a table: the parts of its name, where they begin, and whether it is one of an array."""

# TOML 1.0: strings, comments and marks. Whatever else stands between marks is one word: a bare key or a
# part of a value. The closing quotes of a multi-line string may have two more before them.
# Compiled with the first mistake of a document.
_LEXEME = r"""(?xs)
    (?P<newline>\n)
  | (?P<blank>[ \t]+ | \#[^\n]*)
  | (?P<quoted>\"{3}(?:[^\\]|\\.)*?\"{3,5} | '{3}.*?'{3,5} | "(?:[^"\\\n]|\\.)*" | '[^'\n]*')
  | (?P<mark>[\[\]{}=,.])
  | (?P<word>[^\s\#"'\[\]{}=,.]+ | .)
    """
_BLANKS = " \t"
_TRIPLE_QUOTES = ('"""', "'''")
_VALUES_OF_LETTERS = frozenset({"true", "false", "inf", "nan"})


class Places:
    """Where the keys and tables of a document stand: a tree, whose nodes are numbers and whose root is 0.

    A key that is written several times (`a.x = 1`, `a.y = 2`) stands where it is written first.
    """

    def __init__(self) -> None:
        self._children: dict[tuple[int, str | int], int] = {}
        self._places: list[Place | None] = [None]
        self._unread: dict[int, Callable[[], None]] = {}

    def enter(self, parent: int, part: str | int, place: Place) -> int:
        """Return the node of a part of a path, which is new unless it was entered before."""
        node = self._children.setdefault((parent, part), len(self._places))
        if node == len(self._places):
            self._places.append(place)
        elif place < (self._places[node] or place):  # a header above the first one may be read after that
            self._places[node] = place
        return node

    def postpone(self, node: int, read: Callable[[], None]) -> None:
        """Let `read` enter what stands in a value when somebody asks for something in it."""
        self._unread[node] = read

    def find(self, path: KeyPath) -> Place | None:
        """Return the place of a key or table, or None where it is not written."""
        node = 0
        for part in path:
            read = self._unread.pop(node, None)
            if read is not None:
                read()
            child = self._children.get((node, part))
            if child is None:
                return None
            node = child
        return self._places[node]

    def closest(self, path: KeyPath) -> Place | None:
        """Return the place of a key; where it is not written, of the closest table that is."""
        prefixes = (path[:length] for length in range(len(path), 0, -1))
        return next((place for prefix in prefixes if (place := self.find(prefix)) is not None), None)


def key_places(text: str) -> Places:
    """Return where every key and table of a valid TOML text stands."""
    lines, places = _Lines(text), Places()
    headers = _headers(lines)
    if headers is None:
        _read_lines(_PlaceReader(places), lines, 0, len(lines.lines))
        return places
    reader, table, first = _PlaceReader(places), 0, 0
    for number, header in headers:
        places.postpone(table, partial(_read_lines, _PlaceReader(places, table), lines, first, number))
        table, first = reader.take_header(header), number + 1
    body = _PlaceReader(places, table)
    places.postpone(table, partial(_read_lines, body, lines, first, len(lines.lines)))
    return places


def places_by_marks(text: str) -> Places:
    """Return the same as `key_places`, mark by mark from start to end: slower, and plainly right."""
    reader = _PlaceReader(Places())
    for kind, token, place in _marks(text, (0, len(text)), 1, 0):
        reader.take(kind, token, place)
    reader.take("newline", "\n", (0, 0))
    return reader.places


class _Lines:
    """The lines of a text, and where each starts in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self._before = [0, *accumulate(map(len, self.lines))]

    def start(self, index: int) -> int:
        """Return where a line starts in the text."""
        return self._before[index] + index


def _headers(lines: _Lines) -> list[tuple[int, _Header]] | None:
    """Return the headers of all tables, each with the index of its line; None where first signs do not tell.

    A line in an array may begin with a bracket, too: what follows is then a value, or quotes.
    """
    if any(quotes in lines.text for quotes in _TRIPLE_QUOTES):
        return None
    found: list[tuple[int, _Header]] = []
    for index, line in enumerate(lines.lines):
        if line.lstrip(_BLANKS).startswith("["):
            header = _header(line, index + 1)
            if header is None or not _begins_a_name(header[0][0]):
                return None
            found.append((index, header))
    return found


def _header(line: str, number: int) -> _Header | None:
    """Return the header in a line of that number, or None where its first signs do not tell."""
    shown = line.strip(_BLANKS)
    parts = shown.strip("[]").split(".")
    if not all(map(_is_bare, parts)):
        return None
    repeated = shown.startswith("[[")
    return parts, (number, line.index("[") + 2 + repeated), repeated


def _begins_a_name(part: str) -> bool:
    """Return whether a bare word is the name of a table wherever it stands in brackets, and never a value."""
    return (part[0].isalpha() or part[0] == "_") and part not in _VALUES_OF_LETTERS


def _read_lines(reader: _PlaceReader, lines: _Lines, first: int, last: int) -> None:
    """Enter what stands in the lines from one to before another."""
    while first < last:
        first = _take_line(reader, lines, first) or _take_marks(reader, lines, first)


def _take_line(reader: _PlaceReader, lines: _Lines, index: int) -> int | None:
    """Take a blank line, a header, or a key if its first signs tell where it ends; return the next line."""
    line = lines.lines[index]
    shown = line.strip(_BLANKS)
    if not shown or shown[0] == "#":
        return index + 1
    if shown[0] == "[":
        header = _header(line, index + 1)
        if header is None:
            return None
        reader.take_header(header)
        return index + 1
    key, _, value = (part.strip(_BLANKS) for part in shown.partition("="))
    count = _lines_of_value(value, lines, index) if _is_bare(key) else None
    if count is None:
        return None
    node = reader.take_key(key, (index + 1, line.index(shown) + 1))
    if value[0] == "[":
        extent = lines.start(index), lines.start(index + count)
        reader.places.postpone(node, partial(_read_array, reader.places, node, lines.text, index + 1, extent))
    return index + count


def _is_bare(name: str) -> bool:
    return name.isascii() and name.replace("_", "a").replace("-", "a").isalnum()


def _lines_of_value(value: str, lines: _Lines, first: int) -> int | None:
    """Return how many lines a value takes, or None where its first signs do not tell.

    A string of one quote, a number, a boolean and a date end on their line. So does an array that has no
    brackets but those around it; one that opens at the end of a line ends at the next bracket if that stands
    alone.
    """
    if not value or value[0] == "{" or value.startswith(_TRIPLE_QUOTES):
        return None
    if value[0] != "[" or (value[-1] == "]" and "#" not in value and _is_plain(value[1:-1])):
        return 1
    if value == "[":
        for index in range(first + 1, len(lines.lines)):
            if not _is_plain(line := lines.lines[index]):
                return index - first + 1 if line.strip(_BLANKS) == "]" else None
    return None


def _is_plain(text: str) -> bool:
    """Return whether a text holds nothing that may open or close an array, or a string of several lines."""
    return "[" not in text and "]" not in text and not any(quotes in text for quotes in _TRIPLE_QUOTES)


def _read_array(places: Places, node: int, text: str, line: int, extent: tuple[int, int]) -> None:
    """Enter what stands in the array of a key, which the lines from `line` on have in that extent."""
    start, end = extent
    bracket = text.index("[", text.index("=", start))
    _PlaceReader(places).take_array(node, _marks(text, (bracket, end), line, start))


def _take_marks(reader: _PlaceReader, lines: _Lines, index: int) -> int:
    """Take a statement mark by mark; return the next line."""
    start = lines.start(index)
    for kind, token, place in _marks(lines.text, (start, len(lines.text)), index + 1, start):
        reader.take(kind, token, place)
        if kind == "newline" and reader.is_between:
            return place[0]
    reader.take("newline", "\n", (0, 0))
    return len(lines.lines)


def _marks(text: str, extent: tuple[int, int], line: int, line_start: int) -> Iterator[_Mark]:
    """Yield the tokens in an extent of a text, which begins on a line of that number and start."""
    for found in re.compile(_LEXEME).finditer(text, *extent):
        kind, token = found.lastgroup, found[0]
        if kind != "blank":
            yield kind, token, (line, found.start() - line_start + 1)
        breaks = token.count("\n")
        if breaks:
            line += breaks
            line_start = found.start() + token.rfind("\n") + 1


class _PlaceReader:
    """Follows the marks of TOML; what a value says is skipped, unless it is a table or an array."""

    def __init__(self, places: Places, table: int = 0) -> None:
        self.places = places
        self._newest: dict[int, int] = {}  # the number of the newest table of each array of tables
        self._table = table  # the node of the table whose header was read last
        self._parts: list[tuple[str, Place]] = []  # the dotted key that is being read
        self._brackets = 0  # of the header that is being read
        self._value: int | None = None  # the node that the value belongs to which is being read
        self._open: list[int] = []  # the nodes of the arrays and inline tables around it
        self._counts: list[int | None] = []  # of each of those the number of the element; None is a table

    @property
    def is_between(self) -> bool:
        """Return whether, behind a line break, a key or a header is next."""
        return not self._open

    def take_header(self, header: _Header) -> int:
        """Take the header of a table, whose parts are one character apart; return the node of the table."""
        parts, (line, column), repeated = header
        for part in parts:
            self._parts.append((part, (line, column)))
            column += len(part) + 1
        self._table = self._enter_header(repeated=repeated)
        self._parts.clear()
        return self._table

    def take_key(self, name: str, place: Place) -> int:
        """Take a key of one part; return its node."""
        return self.places.enter(self._table, name, place)

    def take_array(self, node: int, marks: Iterable[_Mark]) -> None:
        """Take the marks of a value that is an array, from its bracket on."""
        self._value = node
        for kind, text, place in marks:
            self.take(kind, text, place)

    def take(self, kind: str | None, text: str, place: Place) -> None:
        """Take the next token."""
        if kind == "newline":
            self._end_line()
        elif self._value is not None:
            self._take_in_value(text, self._value, place)
        elif kind in {"word", "quoted"}:
            self._parts.append((_unquoted(text), place))
        elif text == "[":
            self._brackets += 1
        elif text == "=" and self._parts:
            self._value = self._enter_key(self._open[-1] if self._open else self._table)
        elif text == "}":  # an inline table that is empty, or ends with a comma
            self._close()

    def _end_line(self) -> None:
        if self._open:
            return
        if self._parts:
            self._table = self._enter_header(repeated=self._brackets > 1)
        self._value, self._brackets = None, 0
        self._parts.clear()

    def _enter_header(self, *, repeated: bool) -> int:
        """Return the node of the table that a header opens: names on the way mean an array's newest table."""
        node = 0
        for number, (part, place) in enumerate(self._parts, start=1):
            node = self.places.enter(node, part, place)
            if repeated and number == len(self._parts):
                self._newest[node] = self._newest.get(node, -1) + 1
            if node in self._newest:
                node = self.places.enter(node, self._newest[node], place)
        return node

    def _enter_key(self, table: int) -> int:
        """Return the node of the key that was read, in a table."""
        node = table
        for part, place in self._parts:
            node = self.places.enter(node, part, place)
        self._parts.clear()
        return node

    def _take_in_value(self, text: str, value: int, place: Place) -> None:
        match text:
            case "[" | "{":
                count = self._counts[-1] if self._counts else None
                node = value if count is None else self.places.enter(self._open[-1], count, place)
                self._open.append(node)
                self._counts.append(0 if text == "[" else None)
                self._value = node if text == "[" else None
            case "]" | "}":
                self._close()
            case "," if self._counts:
                count = self._counts[-1]
                if count is None:
                    self._value = None  # the next key of an inline table
                else:
                    self._counts[-1] = count + 1

    def _close(self) -> None:
        self._parts.clear()
        self._value = self._open.pop()
        self._counts.pop()


def _unquoted(key: str) -> str:
    """Return a key without quotes and escapes."""
    if "\\" in key and key.startswith('"'):
        return str(loads(f"key = {key}")["key"])
    return key[1:-1] if key[0] in "\"'" else key
