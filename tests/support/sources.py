"""Packages and declarations from snippets, read by the same code as those on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from support.packages import package

from semverdiff.api import Outlines, Surface
from semverdiff.compare.comparison import compare
from semverdiff.syntax import outline, read_declaration
from semverdiff.syntax.nodes import Location, TypeDefinition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.compare import Difference
    from semverdiff.syntax.nodes import Declaration, TypeDescriptor

__all__ = ["descriptor", "differences", "facts", "placeless", "read", "surface"]

_Value = TypeVar("_Value")


def surface(files: str | Mapping[str, str], manifest: str | None = None) -> Surface:
    """Return what a package of snippets declares."""
    return Surface(package(files, manifest))


def differences(old: str | Mapping[str, str], new: str | Mapping[str, str]) -> list[Difference]:
    """Compare two packages as the whole line does: both sides share what they have read."""
    outlines = Outlines()
    return compare(Surface(package(old), outlines), Surface(package(new), outlines))


def facts(old: str | Mapping[str, str], new: str | Mapping[str, str]) -> list[str]:
    """Write what differs as `symbol: rule`, sorted, whether or not the types in it could be decided."""
    return sorted(f"{one.symbol}: {one.rule}" for one in differences(old, new))


def read(source: str) -> Declaration:
    """Read the one declaration of a file, which may begin with imports."""
    found = outline(source.encode())
    assert not found.damages, found.damages
    (item,) = found.items
    return read_declaration(item, found.imports)


def descriptor(text: str, imports: str = "") -> TypeDescriptor:
    """Read a type descriptor on its own."""
    definition = read(f"{imports}\ntype T {text};")
    assert isinstance(definition, TypeDefinition)
    return definition.type


def placeless(value: _Value) -> _Value:
    """Take the places in the file out of a declaration or descriptor, to compare what they say."""
    match value:
        case Location():
            return msgspec.structs.replace(value, line=0, column=0)
        case tuple():
            return type(value)(map(placeless, value))
        case msgspec.Struct():
            parts = {name: placeless(getattr(value, name)) for name in value.__struct_fields__}
            return msgspec.structs.replace(value, **parts)
    return value
