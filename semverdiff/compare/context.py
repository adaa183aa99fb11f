"""What a comparison knows of both versions together: their types, and what clients do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import IN, OUT, TYPE_KINDS, Type, is_error, positions
from semverdiff.compare.facts import Kind, Position
from semverdiff.syntax.nodes import BuiltinType, IntersectionType, Reference
from semverdiff.types import DataKinds, equal, exchanged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.api import Origin, Surface
    from semverdiff.packages import Dependency, FindPackage
    from semverdiff.types import Answer
    from semverdiff.types.relating import Relations

__all__ = ["Context"]

_NEVER = BuiltinType("never")
_READONLY = BuiltinType("readonly")
_POSITIONS = {IN: Position.IN, OUT: Position.OUT, IN | OUT: Position.BOTH}
# Kinds of declarations whose values cross the boundary of the package in the positions of their type.
_TYPES = frozenset({Kind.ENUM, Kind.ERROR_TYPE, Kind.OBJECT_TYPE, Kind.RECORD, Kind.TYPE})


class Context:
    """The old and the new surface of a comparison. What it finds out once serves every question."""

    def __init__(self, old: Surface, new: Surface, find: FindPackage | None = None) -> None:
        self.old = old
        self.new = new
        self._anchors: dict[Origin, bool] = {}
        self._find = find
        self._relations: Relations | None = None
        self._data_kinds = DataKinds()
        self._positions: Mapping[Origin, int] | None = None

    def is_anchor(self, module: str, name: str) -> bool:
        """Return whether a name is a public type of both versions, and so compared at its own name only."""
        origin = (module, name)
        known = self._anchors.get(origin)
        if known is None:
            known = self._anchors[origin] = _is_public_type(self.old, module, name) and _is_public_type(
                self.new, module, name
            )
        return known

    def exported(self, module: str) -> bool:
        """Return whether clients of both versions can import a module."""
        return self.old.exported(module) and self.new.exported(module)

    def position(self, module: str, name: str, kind: str) -> Position | None:
        """Return the position in which clients of the old version meet a type, `None` if they do not.

        To know it the whole old surface has to be read, which waits for the first question.
        """
        if kind not in _TYPES:
            return None
        if self._positions is None:
            self._positions = positions(self.old)
        return _POSITIONS.get(self._positions.get((module, name), 0))

    def same_type(self, old: Type, new: Type) -> bool:
        """Return whether two types are the same, but for the names that are compared at their own."""
        return equal(old, new, self.is_anchor)

    def same_name(self, old: Type, new: Type) -> bool:
        """Return whether two types are one name, which is compared as such."""
        match old.descriptor, new.descriptor:
            case Reference() as left, Reference() as right:
                owner = self.old.owner(left, old.module)
                same = left.name == right.name and owner == self.new.owner(right, new.module)
                return same and owner is not None and self.is_anchor(owner, left.name)
        return False

    def relate(self, old: Type, new: Type) -> Answer:
        """Return how an old type relates to a new one, as exactly as it can be told, and why."""
        return self._answer(old, new, explained=True)

    def readonly_added(self, old: Type, new: Type) -> bool:
        """Return whether the new type is `readonly & old`."""
        return self._quick(_immutable(old), new).relation == "equal"

    def readonly_removed(self, old: Type, new: Type) -> bool:
        """Return whether the old type is `readonly & new`."""
        return self._quick(old, _immutable(new)).relation == "equal"

    def narrowed_inside(self, old: Type, new: Type) -> bool:
        """Return whether a narrowing reaches what clients write to."""
        from semverdiff.types.mutability import narrowed_inside  # noqa: PLC0415 (slow: only for a narrowed type)

        return narrowed_inside(self._quick, old, new, self._current)

    def ambiguous(self, old: Type, new: Type) -> str | None:
        """Return a constructor (`[]`, `{}`, `new`) that made one of the old type and may now make two."""
        from semverdiff.types.ambiguity import ambiguous  # noqa: PLC0415 (slow: only for a widened type)

        return ambiguous(self._quick, old, new, self._current)

    def declares_first_field(self, old: Type, new: Type) -> bool:
        """Return whether a map, or a record like one, became a record with fields of its own."""
        from semverdiff.types.shapes import records_with_fields  # noqa: PLC0415 (slow: only for a changed type)

        return records_with_fields(old) < records_with_fields(new)

    def data_kinds(self, type_: Type) -> frozenset[str] | None:
        """Return what a type lies within, of json, anydata and readonly; `None` if that is not known."""
        return self._data_kinds.of(type_)

    def only_errors_removed(self, old: Type, new: Type) -> bool:
        """Return whether nothing but error types were removed from a union."""
        removed, added = exchanged(old, new, self.is_anchor)
        return bool(removed) and not added and all(map(is_error, removed))

    def only_errors_added(self, old: Type, new: Type) -> bool:
        """Return whether nothing but error types were added to a union."""
        removed, added = exchanged(old, new, self.is_anchor)
        return bool(added) and not removed and all(map(is_error, added))

    def has_error(self, type_: Type) -> bool:
        """Return whether a type has an error among its alternatives."""
        _, alternatives = exchanged(type_.with_descriptor(_NEVER), type_, self.is_anchor)
        return any(map(is_error, alternatives))

    def _quick(self, old: Type, new: Type) -> Answer:
        return self._answer(old, new, explained=False)

    def _answer(self, old: Type, new: Type, *, explained: bool) -> Answer:
        from semverdiff.types.relating import Side  # noqa: PLC0415 (as below)

        return self._engine().relate(Side(old), Side(new), explained=explained)

    def _engine(self) -> Relations:
        if self._relations is None:
            # Slow, and most comparisons need no more than equality.
            from semverdiff.types.dependencies import looked_up  # noqa: PLC0415
            from semverdiff.types.relating import Relations  # noqa: PLC0415

            elsewhere = looked_up(self._find or _no_package)
            self._relations = Relations(self.is_anchor, self.new, elsewhere=elsewhere)
        return self._relations

    def _current(self, type_: Type) -> Type:
        """Return a public name of both versions as the new one means it, and any other type as it is."""
        match type_.descriptor:
            case Reference() as reference if type_.surface is self.old:
                owner = self.old.owner(reference, type_.module)
                if owner is not None and self.is_anchor(owner, reference.name):
                    return Type(Reference(None, reference.name), owner, self.new)
        return type_


def _no_package(_dependency: Dependency) -> None:
    """Find no package: names of others then stay names."""


def _immutable(type_: Type) -> Type:
    return type_.with_descriptor(IntersectionType((_READONLY, type_.descriptor)))


def _is_public_type(surface: Surface, module: str, name: str) -> bool:
    if not surface.exported(module):
        return False
    located = surface.locate(module, name)
    return located is not None and located.item.public and located.item.kind in TYPE_KINDS
