"""What the lowering of every form needs: the universe, the reading of names, and the lowering of parts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator
from typing import TYPE_CHECKING

from semverdiff.types.names import Reading
from semverdiff.types.semantic.atoms import ForeignAtom
from semverdiff.types.semantic.basic import ERROR, FOREIGN_MUTABLE, FOREIGN_READONLY, WILD

if TYPE_CHECKING:
    from semverdiff.api.surface import Type
    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.atoms import Atom
    from semverdiff.types.semantic.parts import SemType
    from semverdiff.types.walk import Walk

__all__ = ["Building", "Context", "is_foreign"]

Building = Generator["SemType | Walk[SemType]", "SemType", "Atom | None"]
"""The way to an atom: yields the types of its members, or the walks to them."""


class Context(ABC):
    """Lowers the parts of a form. `missing` are the names that could not be followed.

    `all_followed` tells whether what is being lowered has met no name that was not followed, for any reason.
    """

    def __init__(self, universe: Universe, readonly: SemType, reading: Reading) -> None:
        self.universe = universe
        self.readonly = readonly
        self.reading = reading
        self.missing: dict[str, None] = {}
        self.all_followed = True

    @abstractmethod
    def lower(self, type_: Type) -> SemType | Walk[SemType]:
        """Return the set of a type's values, or the walk to it."""

    @abstractmethod
    def lower_parameter(self, type_: Type) -> SemType | Walk[SemType]:
        """Return the set of the values that a parameter takes, or the walk to it."""

    def foreign(self, name: str) -> SemType:
        """Return the type of a name that cannot be followed."""
        self.missing[name] = None
        return self.named(name)

    def named(self, name: str) -> SemType:
        """Return the type that a name stands for of which nothing is known."""
        universe = self.universe
        self.all_followed = False
        match self.reading:
            case Reading.LEAST:
                return universe.type(1 << WILD)
            case Reading.MOST:
                return universe.top
        atom = universe.diagrams.atom(universe.number(ForeignAtom(name)))
        return universe.type(0, ((ERROR, atom), (FOREIGN_READONLY, atom), (FOREIGN_MUTABLE, atom)))


def is_foreign(type_: SemType) -> bool:
    """Return whether a type holds values of a name that is not followed."""
    return any(code == FOREIGN_MUTABLE for code, _ in type_.parts)
