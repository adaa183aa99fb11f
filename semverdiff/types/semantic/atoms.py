"""The atoms of structural types: what one descriptor of a list, mapping, function ... says.

Atoms are numbered by the universe. Equal atoms have one number, except those of recursive types, whose
number is given away before it is known what they hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from semverdiff.types.semantic.parts import SemType

__all__ = [
    "Atom",
    "CellAtom",
    "DistinctAtom",
    "ForeignAtom",
    "FunctionAtom",
    "ListAtom",
    "MappingAtom",
    "Resource",
]


class CellAtom(msgspec.Struct, frozen=True, gc=False):
    """What a member of a structure may hold; `readonly`: it is never assigned to after construction."""

    type: SemType
    readonly: bool


class ListAtom(msgspec.Struct, frozen=True, gc=False):
    """Cells of the first members, of which the last is repeated up to `length`, then the rest's cell."""

    initial: tuple[SemType, ...]
    length: int
    rest: SemType

    def member(self, index: int) -> SemType:
        """Return the cell at an index."""
        if index < len(self.initial):
            return self.initial[index]
        return self.initial[-1] if index < self.length else self.rest


class Resource(msgspec.Struct, frozen=True, gc=False):
    """A resource method: its accessor, its path as the type of a list, itself as a function type.

    `names` are the segments of the path, `None` for one with a type; a path with a rest is `open`.
    """

    accessor: str
    path: SemType
    function: SemType
    names: tuple[str | None, ...]
    open: bool


class MappingAtom(msgspec.Struct, frozen=True, gc=False):
    """Cells of the named fields in the order of their names, and the cell of all other names.

    Also objects, whose members are named cells (`objects`); only they have resources.
    """

    names: tuple[str, ...]
    cells: tuple[SemType, ...]
    rest: SemType
    resources: tuple[Resource, ...] = ()


class FunctionAtom(msgspec.Struct, frozen=True, gc=False):
    """Functions that take these lists of arguments to results, with these qualifiers.

    `qualifiers` are bits, one for each way that a function can be (`functions`). `dependency` names
    what a dependent result depends on; against a plain function type its upper bound counts.
    """

    parameters: SemType
    result: SemType
    qualifiers: int
    dependency: str | None = None


class DistinctAtom(msgspec.Struct, frozen=True, gc=False):
    """The type-id of one `distinct`: SPEC, Distinct types; the version of the module does not count."""

    module: str
    name: str
    ordinal: int


class ForeignAtom(msgspec.Struct, frozen=True, gc=False):
    """A type that is known by its name only."""

    name: str


Atom = CellAtom | ListAtom | MappingAtom | FunctionAtom | DistinctAtom | ForeignAtom
