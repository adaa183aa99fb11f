"""Two versions of a package written as snippets, and what differs between them in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from semverdiff.api import Outlines, Surface
from semverdiff.compare.difference import Step
from semverdiff.compare.place import Place, Spot
from semverdiff.compare.sides import Sides
from semverdiff.packages import Module, Package, Provenance, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.compare.difference import Difference

__all__ = ["MODULE", "declared", "place", "rules", "sides"]

MODULE = "shop"

_Kind = TypeVar("_Kind")


def sides(old: str, new: str, *, exported: bool = True) -> Sides:
    """Return two versions of a package with one module."""
    outlines = Outlines()
    before, after = (_package(source, exported=exported) for source in (old, new))
    return Sides(Surface(before, outlines), Surface(after, outlines))


def _package(source: str, *, exported: bool) -> Package:
    module = Module(MODULE, exported=exported, files=(SourceFile("lib.bal", source.encode()),))
    return Package("acme", MODULE, "1.0.0", (module,), Provenance("directory"))


def declared(surface: Surface, key: str, kind: type[_Kind]) -> _Kind:
    """Return a declaration that the snippet must have."""
    found = surface.declaration(MODULE, key)
    assert isinstance(found, kind)
    return found


def place(subject: str, symbol: str, kind: str = "") -> Place:
    """Return the place of a declaration in the one file."""
    return Place(Spot(MODULE, "lib.bal", "lib.bal"), subject, symbol, (Step(kind or subject, symbol),))


def rules(differences: Iterable[Difference]) -> list[str]:
    """Write differences as `symbol: rule`, sorted; `?` marks what could not be decided."""
    return sorted(f"{one.symbol}: {one.rule}{'?' if one.undecided else ''}" for one in differences)
