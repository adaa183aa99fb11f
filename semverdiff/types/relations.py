"""How two types relate, as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["TOO_LONG", "Relation", "TypeRelation", "relation_of"]

TOO_LONG: Final = "the types are too large to be compared in a reasonable number of steps"

Relation = Literal["equal", "narrower", "wider", "unrelated", "unknown"]

_SYMBOLS: Mapping[Relation, str] = {
    "equal": "=",
    "narrower": "<",
    "wider": ">",
    "unrelated": "<>",
    "unknown": "?",
}


class TypeRelation(msgspec.Struct, frozen=True):
    """How the left type (in a comparison the old one) stands to the right one.

    `within`: every left value is a right value; `covers`: every right value is a left value; `None` is
    not known, so that one of the two may be known where the relation is not. `path` leads to the first
    place that decides, `example` is a value of the one side only, if one can be written. `missing` tells
    why something is not known: names that could not be followed, or that the question was too long.
    """

    relation: Relation
    path: str = ""
    example: str | None = None
    missing: tuple[str, ...] = ()
    within: bool | None = None
    covers: bool | None = None

    @property
    def symbol(self) -> str:
        """Return the relation as a sign: `=`, `<` (narrower), `>` (wider), `<>`, or `?`."""
        return _SYMBOLS[self.relation]


def relation_of(*, within: bool | None, covers: bool | None) -> Relation:
    """Return the relation that two answers about subtypes make."""
    match within, covers:
        case True, True:
            return "equal"
        case True, False:
            return "narrower"
        case False, True:
            return "wider"
        case False, False:
            return "unrelated"
    return "unknown"
