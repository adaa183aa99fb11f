"""What names stand for: those of this package, of the other version's, and of other packages.

Each side sees the versions of other packages that it was built against. What cannot be found stays a name,
and then nothing is said of it that does not hold for every meaning of the name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.api.bundled_modules import language_library
from semverdiff.api.constants import named_value
from semverdiff.api.folding import NotConstantError
from semverdiff.api.surface import Surface, Type
from semverdiff.enums import StrEnum
from semverdiff.syntax.nodes import Class, Reference, TypeDefinition
from semverdiff.types.equality import by_name

if TYPE_CHECKING:
    from semverdiff.types.equality import Anchor, Identify

__all__ = [
    "Elsewhere",
    "Found",
    "Meanings",
    "Reading",
    "declared_elsewhere",
    "spelt",
]

Elsewhere = Callable[[Surface, str], Surface | None]
"""Returns the surface that declares a module of another package (`ballerina/http`), as one side sees it."""

# Aliases of aliases are opened for explanations only, which may end at a name.
_LONGEST_CHAIN: Final = 32


def declared_elsewhere(side: Surface, module: str) -> Surface | None:
    """Return what declares a module of another package, as one side sees it; `None` if it cannot be had."""
    known = language_library(module)
    if known is not None or side.world is None:
        return known
    return side.world.surface(side.package, module)


class Reading(StrEnum):
    """What a name stands for that cannot be followed; `subtyping` says which reading is asked when."""

    PLAIN = "a set of its own"
    LEAST = "one value that fits everywhere"
    MOST = "every value"


class Meanings(msgspec.Struct, frozen=True):
    """What names stand for.

    Anchored names are sets of their own, or if `home` is given, what it declares. `elsewhere` are the
    surfaces of other packages, `identify` tells what declarations make.
    """

    anchor: Anchor
    home: Surface | None
    elsewhere: Elsewhere = declared_elsewhere
    identify: Identify = by_name

    def found(self, type_: Type, reference: Reference) -> Found | None:
        """Return where a name is declared; `None` if that is not known."""
        owner = type_.surface.owner(reference, type_.module)
        if owner is None:
            surface = self.elsewhere(type_.surface, reference.module or "")
            owner = surface.owner(reference, "") if surface is not None else None
            if surface is None or owner is None or not _declares(surface, owner, reference.name):
                return None
            if self.home is None and (not surface.is_dependency or surface.keeps_type(owner, reference.name)):
                # Like an anchor: what became of it is no change of this package.
                return Found(None, owner, reference.module or "")
            return Found(surface, owner, f"{surface.package.organization}/{owner}")
        qualified = f"{type_.surface.package.organization}/{owner}"
        if self._is_elsewhere(type_.surface, qualified):
            # A name of another package, met inside of it, is no anchor, even if it is spelt like one. It
            # stands for itself where it does so outside.
            itself = self.home is None and type_.surface.keeps_type(owner, reference.name)
            return Found(None if itself else type_.surface, owner, qualified)
        return Found(self.home if self.anchor(owner, reference.name) else type_.surface, owner, owner)

    def _is_elsewhere(self, surface: Surface, qualified: str) -> bool:
        """Return whether a surface, that has a module of this name, is one of another package."""
        if surface.world is not None:
            return surface.is_dependency
        return surface is self.elsewhere(surface, qualified)

    def value(self, type_: Type) -> tuple[str, str, object] | None:
        """Return the simple value that the name of a constant or enum member stands for; else None."""
        reference = type_.descriptor
        found = self.found(type_, reference) if isinstance(reference, Reference) else None
        if found is None or found.surface is None or not isinstance(reference, Reference):
            return None
        try:
            value = named_value(found.surface, found.module, reference.name)
        except NotConstantError:
            return None
        return None if isinstance(value, tuple | dict) else ("value", type(value).__name__, value)

    def opened(self, type_: Type) -> Type:
        """Follow names to the descriptor that they stand for, as far as it is written anywhere."""
        for _ in range(_LONGEST_CHAIN):
            reference = type_.descriptor
            found = self.found(type_, reference) if isinstance(reference, Reference) else None
            if found is None or found.surface is None or not isinstance(reference, Reference):
                return type_
            match found.surface.declaration(found.module, reference.name):
                case TypeDefinition(type=descriptor) | Class(type=descriptor):
                    type_ = Type(descriptor, found.module, found.surface)
                case _:
                    return type_
        return type_


def _declares(surface: Surface, owner: str, name: str) -> bool:
    """Return whether a module declares a name, be it as a member of an enum, in text that is not broken."""
    return surface.declaration(owner, name) is not None or (
        surface.locate(owner, name) is None and surface.enum_of_member(owner, name) is not None
    )


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
