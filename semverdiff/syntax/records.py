"""Outlines as bytes, for a cache: written and read by one codec, with distrust.

What is read has the types that are expected and lies within the text that it is about, or it is not there.
Nothing in it is executed.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 (a field's type)
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.syntax.outlines import DECLARATIONS, Damage, Item, Outline, normalized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["EXTRACTOR", "read_record", "record_of"]

EXTRACTOR: Final = "c275c7a7c2bb"
"""The digest of what reads sources, held by a test: a record that another one wrote is not read."""

_FAULTS: Final = (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)


class _Extent(msgspec.Struct, frozen=True, array_like=True):
    """An item whose text is a part of its file's."""

    key: str
    kind: str
    public: bool
    line: int
    column: int
    listeners: str
    start: int
    size: int


class _Outline(msgspec.Struct, frozen=True, array_like=True):
    imports: Mapping[str, str]
    items: tuple[_Extent, ...]
    damages: tuple[Damage, ...]


_ENCODER: Final = msgspec.msgpack.Encoder()
_OUTLINE: Final = msgspec.msgpack.Decoder(_Outline)


def record_of(known: Outline, content: bytes) -> bytes | None:
    """Return the outline of a parsed file with that content as bytes; None for one that is no part of it."""
    try:
        extents = tuple(_extents(known.items, normalized(content)))
    except ValueError:
        return None
    return _ENCODER.encode(_Outline(known.imports, extents, known.damages))


def read_record(record: bytes | msgspec.Raw, content: bytes) -> Outline | None:
    """Return the outline of a file with that content; None for what is none."""
    try:
        stored = _OUTLINE.decode(record)
    except _FAULTS:
        return None
    text = normalized(content)
    if not all(_fits(one, text) for one in stored.items):
        return None
    return Outline(stored.imports, tuple(_item(one, text) for one in stored.items), stored.damages)


def _extents(items: Iterable[Item], text: bytes) -> Iterator[_Extent]:
    start = 0
    for one in items:
        # Items stand in the order of the text; whichever place is found has the same bytes.
        start = text.index(one.content, start)
        yield _Extent(
            one.key, one.kind, one.public, one.line, one.column, one.listeners, start, len(one.content)
        )
        start += len(one.content)


def _fits(extent: _Extent, text: bytes) -> bool:
    start, end = extent.start, extent.start + extent.size
    is_inside = 0 <= start <= end <= len(text) and min(extent.line, extent.column) >= 0
    return is_inside and extent.kind in DECLARATIONS


def _item(extent: _Extent, text: bytes) -> Item:
    return Item(
        key=extent.key,
        kind=extent.kind,
        public=extent.public,
        line=extent.line,
        content=text[extent.start : extent.start + extent.size],
        column=extent.column,
        listeners=extent.listeners,
    )
