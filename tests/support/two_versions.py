"""Two versions of a package written as snippets, and what differs between them in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import Outlines, Surface
from semverdiff.compare import compare
from semverdiff.packages import Module, Package, Provenance, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.compare import Difference

__all__ = ["compared", "rules"]

_MODULE = "shop"


def compared(old: str, new: str, name: str, *, exported: bool = True) -> list[Difference]:
    """Compare two versions of a package with one module; return what is said of a declaration and in it."""
    outlines = Outlines()
    before, after = (Surface(_package(source, exported=exported), outlines) for source in (old, new))
    return [one for one in compare(before, after) if one.trail[0].name == name]


def _package(source: str, *, exported: bool) -> Package:
    module = Module(_MODULE, exported=exported, files=(SourceFile("lib.bal", source.encode()),))
    return Package("acme", _MODULE, "1.0.0", (module,), Provenance("directory"))


def rules(differences: Iterable[Difference]) -> list[str]:
    """Write differences as `symbol: rule`, sorted; `?` marks what could not be decided."""
    return sorted(f"{one.symbol}: {one.rule}{'?' if one.undecided else ''}" for one in differences)
