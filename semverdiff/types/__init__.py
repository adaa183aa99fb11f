"""Is every old value still a new value? Two resolved type descriptors in, a relation out.

The engine behind `relate` and `relation` is imported when it is first asked: most comparisons never
meet a changed type.
"""

from __future__ import annotations

from semverdiff.api.terms import Type
from semverdiff.types.data_kinds import ANYDATA, JSON, READONLY, DataKinds
from semverdiff.types.equality import Anchor, equal, exchanged
from semverdiff.types.relation import TOO_LONG, Answer

__all__ = [
    "ANYDATA",
    "JSON",
    "READONLY",
    "TOO_LONG",
    "Anchor",
    "Answer",
    "DataKinds",
    "Type",
    "equal",
    "exchanged",
    "relate",
    "relation",
]


def relate(old: Type, new: Type, anchor: Anchor) -> Answer:
    """Return how a type of the old surface relates to one of the new; anchors are equal on both sides."""
    from semverdiff.types.subtyping import Relations, Side  # noqa: PLC0415 (slow: only when a type changed)

    return Relations(anchor, new.surface).relate(Side(old), Side(new))


def relation(source: str, left: str, right: str) -> Answer:
    """Return how two types relate that a module's text declares; a side may be a projection `T[k]`."""
    from semverdiff.types.module_types import questions  # noqa: PLC0415 (slow: only when a type is to be explained)

    return questions(source).relation(left, right)
