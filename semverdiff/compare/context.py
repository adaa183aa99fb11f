"""What a comparison knows of both versions together: their types, and where clients meet these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import IN, OUT, TYPE_KINDS, positions
from semverdiff.compare.denotation import Denotations
from semverdiff.compare.facts import Kind, Position
from semverdiff.syntax.nodes import Reference
from semverdiff.types import TypeComparison

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.api import Origin, Surface, Type
    from semverdiff.packages import FindPackage

__all__ = ["Context"]

_POSITIONS = {IN: Position.IN, OUT: Position.OUT, IN | OUT: Position.BOTH}
# Kinds of declarations whose values cross the boundary of the package in the positions of their type.
_TYPES = frozenset({Kind.ENUM, Kind.ERROR_TYPE, Kind.OBJECT_TYPE, Kind.RECORD, Kind.TYPE})


class Context:
    """The old and the new surface of a comparison. What it finds out once serves every question.

    `types` relates types of the old surface to types of the new one; `names` says what names denote.
    `renamed` are the declarations that have another name or module now, by their old name.
    """

    def __init__(
        self,
        old: Surface,
        new: Surface,
        find: FindPackage | None = None,
        renamed: Mapping[Origin, Origin] | None = None,
    ) -> None:
        self.old = old
        self.new = new
        self.names = Denotations(old, new, self.is_anchor, renamed or {})
        self.types = TypeComparison(old, new, self.is_anchor, find, self.names.identity)
        self._find = find
        self._reached: dict[Surface, frozenset[str]] = {}
        self._anchors: dict[Origin, bool] = {}
        self._positions: Mapping[Origin, int] | None = None

    def with_renamed(self, renamed: Mapping[Origin, Origin]) -> Context:
        """Return the context of a comparison in which these declarations are known to be renamed."""
        return Context(self.old, self.new, self._find, renamed) if renamed else self

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

    def runs(self, surface: Surface, module: str) -> bool:
        """Return whether the code of a module runs where clients use one version of the package.

        To know it of a module that is not exported, those that are have to be read.
        """
        if surface.exported(module):
            return True
        if surface not in self._reached:
            self._reached[surface] = surface.reached()
        return module in self._reached[surface]

    def position(self, module: str, name: str, kind: str) -> Position | None:
        """Return the position in which clients of the old version meet a type, `None` if they do not.

        To know it the whole old surface has to be read, which waits for the first question.
        """
        if kind not in _TYPES:
            return None
        if self._positions is None:
            self._positions = positions(self.old)
        return _POSITIONS.get(self._positions.get((module, name), 0))

    def same_name(self, old: Type, new: Type) -> bool:
        """Return whether two types are one name, which is compared as such."""
        match old.descriptor, new.descriptor:
            case Reference() as left, Reference() as right:
                owner = self.old.owner(left, old.module)
                same = left.name == right.name and owner == self.new.owner(right, new.module)
                return same and owner is not None and self.is_anchor(owner, left.name)
        return False


def _is_public_type(surface: Surface, module: str, name: str) -> bool:
    if not surface.exported(module):
        return False
    located = surface.locate(module, name)
    return located is not None and located.item.public and located.item.kind in TYPE_KINDS
