"""Two versions of a package written as snippets, and what differs between them in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.packages import package

from semverdiff.api import Outlines, Surface
from semverdiff.compare import compare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.compare import Difference

__all__ = ["compared", "rules"]


def compared(old: str, new: str, name: str, *, exported: bool = True) -> list[Difference]:
    """Compare two versions of a package with one module; return what is said of a declaration and in it."""
    outlines = Outlines()
    before, after = (Surface(package(source, exported=exported), outlines) for source in (old, new))
    return [one for one in compare(before, after) if one.trail[0].name == name]


def rules(differences: Iterable[Difference]) -> list[str]:
    """Write differences as `symbol: rule`, sorted; `?` marks what could not be decided."""
    return sorted(f"{one.symbol}: {one.rule}{'?' if one.undecided else ''}" for one in differences)
