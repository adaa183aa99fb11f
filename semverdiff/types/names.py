"""What do names stand for? Those of this package, of the other version's, and of other packages."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.api.terms import Type
from semverdiff.syntax.nodes import Class, Reference, TypeDefinition
from semverdiff.types.semantic.library import Elsewhere, language_library

if TYPE_CHECKING:
    from semverdiff.api.surface import Surface
    from semverdiff.types.equality import Anchor

__all__ = ["Found", "Meanings", "Reading", "spelt"]

_LONGEST_CHAIN: Final = 32


class Reading(enum.Enum):
    """What a name stands for that cannot be followed (`relating`)."""

    PLAIN = "a set of its own"
    LEAST = "one value that fits everywhere"
    MOST = "every value"


class Meanings(msgspec.Struct, frozen=True):
    """What names stand for.

    Anchored names are sets of their own, or if `home` is given, what it declares. `elsewhere` are the
    surfaces of other packages.
    """

    anchor: Anchor
    home: Surface | None
    elsewhere: Elsewhere = language_library

    def found(self, term: Type, reference: Reference) -> Found | None:
        """Return where a name is declared; `None` if that is not known."""
        owner = term.surface.owner(reference, term.module)
        if owner is None:
            surface = self.elsewhere(term.surface, reference.module or "")
            owner = surface.owner(reference, "") if surface is not None else None
            if surface is None or owner is None or surface.declaration(owner, reference.name) is None:
                return None
            if self.home is None:
                # Like an anchor: what became of it is no change of this package.
                return Found(None, owner, reference.module or "")
            return Found(surface, owner, f"{surface.package.organization}/{owner}")
        qualified = f"{term.surface.package.organization}/{owner}"
        if term.surface is self.elsewhere(term.surface, qualified):
            # A name of another package, met inside of it, is no anchor, even if it is spelt like one.
            return Found(term.surface, owner, qualified)
        return Found(self.home if self.anchor(owner, reference.name) else term.surface, owner, owner)

    def opened(self, term: Type) -> Type:
        """Follow names to the descriptor that they stand for, as far as it is written anywhere."""
        for _ in range(_LONGEST_CHAIN):
            reference = term.descriptor
            found = self.found(term, reference) if isinstance(reference, Reference) else None
            if found is None or found.surface is None or not isinstance(reference, Reference):
                return term
            match found.surface.declaration(found.module, reference.name):
                case TypeDefinition(type=type_) | Class(type=type_):
                    term = Type(type_, found.module, found.surface)
                case _:
                    return term
        return term


class Found(msgspec.Struct, frozen=True):
    """The surface and module that declare a name; no surface: the name is to stand for itself.

    `qualified` is the module with its organization where that is another package's.
    """

    surface: Surface | None
    module: str
    qualified: str


def spelt(reference: Reference) -> str:
    """Write a name with its whole module."""
    return f"{reference.module}:{reference.name}" if reference.module else reference.name
