"""Outlines and declarations as bytes, for a cache: written and read by one codec, with distrust.

What is read has the types that are expected and lies within the text that it is about, or it is not there.
Nothing in it is executed. A declaration is read on its own, as few of a package are ever looked into.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 (a field's type)
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.syntax import nodes
from semverdiff.syntax.outlines import Damage, Item, Outline, normalized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["EXTRACTOR", "read_declaration_record", "read_outline_record", "record_of"]

EXTRACTOR: Final = "5cf6289fb1b2"
"""The digest of what reads sources, held by a test: a record that another one wrote is not read."""

_FAULTS: Final = (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)
_KINDS: Final[Mapping[str, type[nodes.Declaration]]] = {
    "annotation_declaration": nodes.AnnotationDeclaration,
    "class_definition": nodes.Class,
    "constant_declaration": nodes.Constant,
    "enum_declaration": nodes.Enum,
    "function_definition": nodes.Function,
    "listener_declaration": nodes.Listener,
    "module_variable_declaration": nodes.Variable,
    "service_declaration": nodes.Service,
    "type_definition": nodes.TypeDefinition,
}


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
    is_parsed: bool


_ENCODER: Final = msgspec.msgpack.Encoder()
_OUTLINE: Final = msgspec.msgpack.Decoder(_Outline)
_DECLARATION: Final[msgspec.msgpack.Decoder[nodes.Declaration]] = msgspec.msgpack.Decoder(nodes.Declaration)


def record_of(known: Outline | nodes.Declaration, content: bytes = b"") -> bytes | None:
    """Return an outline of a file with that content, or a declaration, as bytes.

    None for what cannot be written: it is nested too deeply, or no part of the content.
    """
    try:
        if isinstance(known, Outline):
            extents = tuple(_extents(known.items, normalized(content)))
            return _ENCODER.encode(_Outline(known.imports, extents, known.damages, known.is_parsed))
        return _ENCODER.encode(known)
    except (RecursionError, ValueError):
        return None


def read_outline_record(record: bytes | msgspec.Raw, content: bytes) -> Outline | None:
    """Return the outline of a file with that content; None for what is none."""
    try:
        stored = _OUTLINE.decode(record)
    except _FAULTS:
        return None
    text = normalized(content)
    if not all(_fits(one, text) for one in stored.items):
        return None
    items = tuple(_item(one, text) for one in stored.items)
    return Outline(stored.imports, items, stored.damages, stored.is_parsed)


def read_declaration_record(record: bytes | msgspec.Raw, item: Item) -> nodes.Declaration | None:
    """Return the declaration that an item is; None for what is none."""
    try:
        declaration = _DECLARATION.decode(record)
    except _FAULTS:
        return None
    is_item = isinstance(declaration, _KINDS[item.kind]) and declaration.public == item.public
    return declaration if is_item else None


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
    return is_inside and extent.kind in _KINDS


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
