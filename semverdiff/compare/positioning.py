"""Put positions on the differences of types, once, and only if there are such differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.api import IN, OUT, positions
from semverdiff.compare.facts import Position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.api import Surface
    from semverdiff.compare.difference import Difference

__all__ = ["positioned"]

_WITH_POSITION = frozenset({"enum", "enum member", "error type", "object type", "record", "type"})
_OF_THE_WHOLE = frozenset({"added", "removed", "renamed", "visibility-reduced"})
_BY_BITS = {IN: Position.IN, OUT: Position.OUT, IN | OUT: Position.BOTH}


def positioned(differences: Iterable[Difference], old: Surface) -> list[Difference]:
    """Return the differences with the positions that the old version puts their types in.

    To know them the whole old surface has to be read, so this is left until something needs it.
    """
    found = list(differences)
    if not any(_needs_position(one) for one in found):
        return found
    known = positions(old)
    return [
        replace(one, position=_BY_BITS.get(known.get((one.module, one.trail[0].name), 0)))
        if _needs_position(one)
        else one
        for one in found
    ]


def _needs_position(difference: Difference) -> bool:
    return (
        difference.position is None
        and bool(difference.trail)
        and difference.trail[0].kind in _WITH_POSITION
        # What becomes of a declaration as a whole does not depend on how its values travel.
        and (len(difference.trail) > 1 or difference.fact not in _OF_THE_WHOLE)
    )
