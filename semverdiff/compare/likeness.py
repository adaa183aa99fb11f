"""Declarations that differ in nothing but names which changed along with them.

What moves to another module takes what it refers to along, and is written with other prefixes there. So
whether one declaration became another is asked of all that may have moved or been renamed together: each has
to be alike if the others are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from semverdiff.api import Origin, Surface

__all__ = ["alike_together"]

# Where something stands and what is said of it, and how a function works, is no part of what clients use.
_LEFT_OUT: Final = frozenset({"body", "metadata"})
_PREFIX: Final = r"[\w./]+:(?=[A-Za-z_'])"


def alike_together(old: Surface, new: Surface, candidates: Mapping[Origin, Origin]) -> dict[Origin, Origin]:
    """Return the candidates, by old and new name, whose declarations are alike if those of the others are."""
    likeness = _Likeness(old, new, candidates)
    needs = {name: likeness.needs(name, after) for name, after in candidates.items()}
    dependents: dict[Origin, list[Origin]] = {}
    for name, needed in needs.items():
        for other in needed or ():
            dependents.setdefault(other, []).append(name)
    different = {name for name, needed in needs.items() if needed is None}
    waiting = list(different)
    while waiting:
        news = set(dependents.get(waiting.pop(), ())) - different
        different |= news
        waiting += news
    return {name: after for name, after in candidates.items() if name not in different}


class _Likeness:
    """Pairs of declarations of two versions, under the assumption that the candidates are alike."""

    def __init__(self, old: Surface, new: Surface, candidates: Mapping[Origin, Origin]) -> None:
        self._old = old
        self._new = new
        self._candidates = candidates

    def needs(self, name: Origin, after: Origin) -> set[Origin] | None:
        """Return the candidates on which it rests that two declarations are alike; `None` if they are not."""
        before_node, after_node = self._old.declaration(*name), self._new.declaration(*after)
        if before_node is None or type(before_node) is not type(after_node):
            return None
        needed: set[Origin] = set()
        waiting = self._parts(before_node, after_node, {*_LEFT_OUT, "name"})
        while waiting:
            one, other = waiting.pop()
            match one, other:
                case nodes.Reference(), nodes.Reference():
                    if not self._same_name(one, name[0], other, after[0], needed):
                        return None
                case nodes.Expression(), nodes.Expression():
                    if _without_prefixes(one.tokens) != _without_prefixes(other.tokens):
                        return None
                case msgspec.Struct(), msgspec.Struct():
                    if type(one) is not type(other):
                        return None
                    waiting += self._parts(one, other, _LEFT_OUT)
                case tuple(), tuple():
                    if len(one) != len(other):
                        return None
                    waiting += zip(one, other, strict=True)
                case _:
                    if one != other:
                        return None
        return needed

    @staticmethod
    def _parts(
        one: msgspec.Struct, other: msgspec.Struct, without: Iterable[str]
    ) -> list[tuple[object, object]]:
        names = [name for name in one.__struct_fields__ if name not in without]
        return [(getattr(one, name), getattr(other, name)) for name in names]

    def _same_name(
        self, one: nodes.Reference, module: str, other: nodes.Reference, new_module: str, needed: set[Origin]
    ) -> bool:
        """Return whether two references name one declaration; enter the candidate that this rests on."""
        owner, new_owner = self._old.owner(one, module), self._new.owner(other, new_module)
        if owner is None or new_owner is None:
            return one == other
        name, after = (owner, one.name), (new_owner, other.name)
        if self._candidates.get(name) == after:
            needed.add(name)
            return True
        return name == after


def _without_prefixes(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(re.sub(_PREFIX, "", token) if not token.startswith('"') else token for token in tokens)
