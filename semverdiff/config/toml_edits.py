"""Edits of a TOML text that keep every other byte: another string, or more entries of an array.

Whoever reads a change must find in it what was decided, and nothing else. So a value is replaced in the line
that holds it, and entries stand between two lines. Afterwards the document is held against what was asked
for; an edit that would change more is refused, and nothing is reformatted.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array, String

from semverdiff import limits
from semverdiff.config.places import key_places
from semverdiff.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from semverdiff.config.places import KeyPath

__all__ = ["with_changed_entries", "with_entries", "with_text"]

_MARK = "\ufeff"


def with_text(content: bytes, path: KeyPath, text: str) -> bytes:
    """Return a valid document with another string at a path, in the same quotes. One line differs.

    Raises:
        UsageError: there is no string at the path, or it cannot be replaced without another change.

    """
    mark, before = _decoded(content)
    place = key_places(before.replace("\r\n", "\n")).find(path)
    if place is None:
        raise UsageError(f"there is no '{path[-1]}' to replace")
    lines = before.split("\n")
    number = place[0] - 1
    # Most keys stand in a line that is a document of its own. What shares an array of several lines does not.
    edited = _replaced(lines[number] + "\n", path, text)
    after = (
        "\n".join((*lines[:number], edited.removesuffix("\n"), *lines[number + 1 :]))
        if edited is not None
        else _replaced(before, path, text)
    )
    wanted = tomllib.loads(before)
    _set(wanted, path, text)
    if after is None or not _is(after, wanted) or _differing_lines(before, after) > 1:
        raise UsageError(f"'{path[-1]}' cannot be replaced alone: write \"{text}\" there by hand")
    return (mark + after).encode()


def with_entries(content: bytes, key: str, entries: Sequence[Mapping[str, str | date]]) -> bytes:
    """Return a valid document with more entries at the end of an array of tables, which may be new.

    They follow the entries that are there. What is written below those, as comments of the next table are,
    stays with what follows.

    Raises:
        UsageError: they cannot be added without another change, or the file would be too large to be read.

    """
    mark, before = _decoded(content)
    wanted = tomllib.loads(before)
    there = wanted.setdefault(key, [])
    count = len(there)
    there.extend(dict(entry) for entry in entries)
    texts = (
        _in_array(before, key, entries)
        if _is_inline(before, key)
        else _as_tables(before, key, count, entries)
    )
    after = next((one for one in texts if _is(one, wanted) and _is_longer(before, one)), None)
    if after is None:
        raise UsageError(f"'{key}' cannot be added to without another change: write by hand, as others there")
    return _readable(mark + after)


def with_changed_entries(content: bytes, key: str, entries: Mapping[int, Mapping[str, str | date]]) -> bytes:
    """Return a valid document in which entries of an array of tables, by their number, say something else.

    What they said besides goes. Comments beside their values and between their lines stay, and so do the
    lines of other entries.

    Raises:
        UsageError: they cannot be changed without another change, or the file would be too large to be read.

    """
    mark, before = _decoded(content)
    wanted = tomllib.loads(before)
    for number, entry in entries.items():
        wanted[key][number] = dict(entry)
    after = _changed(before, key, entries)
    if (
        after is None
        or not _is(after, wanted)
        or _around(before, key, entries) != _around(after, key, entries)
    ):
        first, _ = next(_extents(before, key, entries))
        raise UsageError(f"the entry in line {first} cannot be changed alone: change it by hand")
    return _readable(mark + after)


def _changed(text: str, key: str, entries: Mapping[int, Mapping[str, str | date]]) -> str | None:
    root = tomlkit.parse(text)
    array = root.get(key)
    for number, entry in entries.items():
        there = _found(array, [number])
        if not isinstance(there, dict):
            return None
        for name in [one for one in there if one not in entry]:
            del there[name]
        for name, value in entry.items():
            if there.get(name) != value:
                there[name] = value
    return tomlkit.dumps(root)


def _around(text: str, key: str, numbers: Iterable[int]) -> list[list[str]]:
    """Return the lines before, between and behind some entries."""
    lines, start = text.split("\n"), 0
    parts: list[list[str]] = []
    for first, last in _extents(text, key, numbers):
        parts.append(lines[start : first - 1])
        start = last
    return [*parts, lines[start:]]


def _extents(text: str, key: str, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last line of each entry, and of what is written below it, in their order."""
    places = key_places(text.replace("\r\n", "\n"))
    lines = text.split("\n")
    for number in sorted(numbers):
        here, below = places.find((key, number)), places.find((key, number + 1))
        first = 1 if here is None else here[0]
        if below is not None:
            yield first, max(below[0] - 1, first)
        else:
            header = (at for at in range(first, len(lines)) if lines[at].lstrip().startswith("["))
            yield first, next(header, len(lines))


def _readable(text: str) -> bytes:
    """Return the content of a file. Raise `UsageError` if it is too large to be read again."""
    content = text.encode()
    if len(content) > limits.TOML_BYTES:
        raise UsageError(
            f"with that the file would have more than {limits.TOML_BYTES:,} bytes: nobody reads it"
        )
    return content


def _decoded(content: bytes) -> tuple[str, str]:
    """Return the byte order mark, or nothing, and the text behind it."""
    text = content.decode()
    return (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)


def _replaced(document: str, path: KeyPath, text: str) -> str | None:
    """Return a document with another string at a path, or at the end of it; None where there is none."""
    try:
        root = tomlkit.parse(document)
        for start in range(len(path)):
            *way, last = path[start:]
            holder = _found(root, way)
            there = _found(holder, [last])
            if isinstance(holder, dict) and isinstance(there, String):
                quotes = there.as_string()
                holder[str(last)] = tomlkit.string(text, literal=quotes.startswith("'"))
                return tomlkit.dumps(root)
    except TOMLKitError:
        return None
    return None


def _found(root: object, way: Sequence[str | int]) -> object:
    """Return what lies at the end of a way, or None."""
    here = root
    for part in way:
        match here, part:
            case dict(), str() if part in here:
                here = here[part]
            case list(), int() if part < len(here):
                here = here[part]
            case _:
                return None
    return here


def _set(root: dict[str, object], path: KeyPath, text: str) -> None:
    holder = _found(root, path[:-1])
    if not isinstance(holder, dict):
        raise TypeError(f"no table holds {path[-1]}")
    holder[path[-1]] = text


def _is(text: str, wanted: Mapping[str, object]) -> bool:
    """Return whether a text says what is wanted."""
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:  # pragma: no cover (tomlkit would have written what is no TOML)
        return False


def _differing_lines(before: str, after: str) -> int:
    old, new = before.split("\n"), after.split("\n")
    if len(old) != len(new):
        return max(len(old), len(new))
    return sum(one != other for one, other in zip(old, new, strict=True))


def _is_longer(before: str, after: str) -> bool:
    """Return whether a text has one part more, and is the same before and behind it."""
    shortest = min(len(before), len(after))
    start = next((at for at in range(shortest) if before[at] != after[at]), shortest)
    rest = len(before) - start
    return len(after) >= len(before) and after.endswith(before[len(before) - rest :] if rest else "")


def _is_inline(text: str, key: str) -> bool:
    """Return whether the entries of an array are values in brackets, which no header can add to."""
    root = tomlkit.parse(text)
    return isinstance(root.get(key), Array)


def _in_array(text: str, key: str, entries: Sequence[Mapping[str, str | date]]) -> Iterator[str]:
    """Yield the document with entries at the end of an array in brackets."""
    root = tomlkit.parse(text)
    array = root[key]
    if not isinstance(array, Array):
        raise TypeError(f"{key} is no array in brackets")
    for entry in entries:
        table = tomlkit.inline_table()
        table.update(entry)
        array.append(table)
    yield tomlkit.dumps(root)


def _as_tables(text: str, key: str, count: int, entries: Sequence[Mapping[str, str | date]]) -> Iterator[str]:
    """Yield the document with a table for each entry: behind those that are there, and at the very end."""
    newline = "\r\n" if "\r\n" in text.partition("\n")[0] + "\n" else "\n"
    added = _written(key, entries).replace("\n", newline)
    if count:
        lines = text.split("\n")
        place = key_places(text.replace("\r\n", "\n")).find((key, count - 1))
        first = len(lines) if place is None else place[0]
        # A line that only looks like a header, within a string, is found out by what the text says then.
        header = next((at for at in range(first, len(lines)) if lines[at].lstrip().startswith("[")), None)
        if header is not None:
            at = header
            while not lines[at - 1].strip() or lines[at - 1].lstrip().startswith("#"):
                at -= 1
            below = "" if not lines[at].strip() else newline
            yield "\n".join((*lines[:at], "")) + newline + added + below + "\n".join(lines[at:])
    ended = text if not text or text.endswith("\n") else text + newline
    apart = newline if ended.strip() and not ended.endswith(("\n\n", "\n\r\n")) else ""
    yield ended + apart + added


def _written(key: str, entries: Sequence[Mapping[str, str | date]]) -> str:
    """Return a table for each entry, with an empty line between two of them."""
    return "\n".join(f"[[{key}]]\n{tomlkit.dumps(dict(entry))}" for entry in entries)
