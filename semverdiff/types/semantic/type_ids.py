"""Type-ids: what `distinct` adds to a type. SPEC, Distinct types: each occurrence has its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.types.semantic.atoms import DistinctAtom
from semverdiff.types.semantic.basic import ERROR, OBJECT

if TYPE_CHECKING:
    from semverdiff.syntax.nodes import TypeDescriptor
    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.parts import SemType

__all__ = ["Owner", "TypeIds"]


class Owner(msgspec.Struct, frozen=True):
    """The definition that is being translated: SPEC, Distinct types: what gives type-ids their names.

    `side` tells the surfaces apart, so that each of them is counted by itself.
    """

    module: str
    name: str
    side: int


class TypeIds:
    """The type-ids given so far; `owner` is the definition that is being translated."""

    def __init__(self, universe: Universe) -> None:
        self.owner = Owner("", "", 0)
        self._universe = universe
        self._ordinals: dict[int, int] = {}
        self._counts: dict[Owner, int] = {}
        self._kept: list[TypeDescriptor] = []  # what `_ordinals` identifies must not be freed

    def of(self, descriptor: TypeDescriptor) -> SemType:
        """Return the errors and objects that have the type-id of an occurrence of `distinct`."""
        ordinal = self._ordinals.get(id(descriptor))
        if ordinal is None:
            ordinal = self._ordinals[id(descriptor)] = self._counts.get(self.owner, 0)
            self._counts[self.owner] = ordinal + 1
            self._kept.append(descriptor)
        universe = self._universe
        number = universe.number(DistinctAtom(self.owner.module, self.owner.name, ordinal))
        atom = universe.diagrams.atom(number)
        return universe.type(0, ((ERROR, atom), (OBJECT, atom)))
