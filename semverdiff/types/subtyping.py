"""How do two terms of two surfaces relate? The decision, in as many readings as it needs.

Names of other packages. What is said of a type that is known by its name only holds for every meaning
of the name, or is not said. In the plain reading such a name is a set of its own, so that a "yes" is
sure. A "no" is sure only if it also holds in the most favourable reading, where on the side that has
to fit the name is one value that fits everywhere, and on the other side it is every value.

Anchors. A public name of both sides means the same on both sides: what it means in the new version.
The comparison so goes from the old text with old meanings to the old text with new meanings, which is
told where those names are declared, and from there to the new text, which is told here. First the name
is taken for a set that nothing is known of; only if that does not decide, it is looked into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.syntax.nodes import Reference, UnionType
from semverdiff.types.explain import explain
from semverdiff.types.forms import flat
from semverdiff.types.names import Meanings, Reading
from semverdiff.types.relation import TOO_LONG, Answer, answered
from semverdiff.types.semantic import lists, mappings
from semverdiff.types.semantic.library import language_library
from semverdiff.types.semantic.lowering import Translator
from semverdiff.types.semantic.universe import new_universe
from semverdiff.types.semantic.values import value_text
from semverdiff.types.walk import BudgetExceededError

if TYPE_CHECKING:
    from semverdiff.api.surface import Surface
    from semverdiff.api.terms import Type
    from semverdiff.types.equality import Anchor
    from semverdiff.types.semantic.library import Elsewhere
    from semverdiff.types.semantic.semtype import SemType

__all__ = ["TOO_LONG", "Relations", "Side"]

_STEPS_TO_EXPLAIN: Final = 40_000


class Side(msgspec.Struct, frozen=True):
    """One side of a question: a type, or with a `key` what lists and mappings of that type hold there."""

    term: Type
    key: Type | None = None

    def type_of(self, translator: Translator) -> SemType:
        """Translate it."""
        whole = translator.type_of(self.term)
        if self.key is None:
            return whole
        universe, key = translator.universe, translator.type_of(self.key)
        return universe.union(lists.projected(universe, whole, key), mappings.projected(universe, whole, key))


class Relations:
    """Questions between an old and a new surface; what was found out for one serves the next.

    `anchor` tells the names that count as equal on both sides, `home` is the new surface, `elsewhere` gives
    the surfaces of other packages.
    """

    def __init__(
        self,
        anchor: Anchor,
        home: Surface,
        translator: type[Translator] = Translator,
        elsewhere: Elsewhere = language_library,
    ) -> None:
        self._translator_type = translator
        self._elsewhere = elsewhere
        self._anchor = anchor
        self._home = home
        self._begin()

    def _begin(self) -> None:
        self._universe, self._readonly = new_universe()
        self._by_name = self._translator(Meanings(self._anchor, None, self._elsewhere))
        opened = self._meanings()
        self._plain = self._translator(opened)
        self._least = self._translator(opened, Reading.LEAST)
        self._most = self._translator(opened, Reading.MOST)
        self._least.opposite, self._most.opposite = self._most, self._least

    def _meanings(self) -> Meanings:
        return Meanings(self._anchor, self._home, self._elsewhere)

    def _translator(self, meanings: Meanings, reading: Reading = Reading.PLAIN) -> Translator:
        return self._translator_type(self._universe, self._readonly, meanings, reading)

    def relate(self, old: Side, new: Side, *, explained: bool = True) -> Answer:
        """Return how an old type relates to a new one; unless `explained` without path and example."""
        try:
            return self._relate(old, new, explained=explained)
        except (BudgetExceededError, RecursionError):
            # The translators were left in the middle of a thought.
            self._begin()
            return Answer("unknown", missing=(TOO_LONG,))

    def _relate(self, old: Side, new: Side, *, explained: bool) -> Answer:
        within, covers = self._is_within(old, new), self._is_within(new, old)
        missing: tuple[str, ...] = ()
        if within is None or covers is None:
            missing = self._missing(old, new)
        path, example = "", None
        if explained and within is False:
            path, example = self._explained(old, new)
        elif explained and covers is False:
            path, example = self._explained(new, old)
        relation = answered(within=within, covers=covers)
        return Answer(relation, path, example, missing, within, covers)

    def _is_within(self, one: Side, other: Side) -> bool | None:
        rest = self._without_shared(one, other)
        if rest is None or self._holds(rest, self._by_name, other, self._by_name):
            return True
        one = rest
        if self._by_name.stopped and self._holds(one, self._plain, other, self._plain):
            return True
        return None if self._opened.missing and self._holds(one, self._least, other, self._most) else False

    def _without_shared(self, one: Side, other: Side) -> Side | None:
        """Leave out members of a union that the other has by the same public name; `None` if none is left.

        Long unions differ in few members, and only these need to be looked into.
        """
        if one.key is not None or other.key is not None:
            return one
        members = list(flat(one.term))
        shared = {name for name in map(self._anchored, flat(other.term)) if name is not None}
        rest = tuple(member.descriptor for member in members if self._anchored(member) not in shared)
        if len(rest) == len(members):
            return one
        return Side(one.term.with_descriptor(UnionType(rest))) if rest else None

    def _anchored(self, term: Type) -> tuple[str, str] | None:
        match term.descriptor:
            case Reference() as reference:
                owner = term.surface.owner(reference, term.module)
                if owner is not None and self._anchor(owner, reference.name):
                    return owner, reference.name
        return None

    @property
    def _opened(self) -> Translator:
        """Return what looks into every name; without anchors on the way by name is no other way."""
        return self._plain if self._by_name.stopped else self._by_name

    def _holds(self, one: Side, narrow: Translator, other: Side, wide: Translator) -> bool:
        universe = self._universe
        universe.renew_budget()
        return universe.is_subtype(one.type_of(narrow), other.type_of(wide))

    def _missing(self, old: Side, new: Side) -> tuple[str, ...]:
        """Return the names that these two sides could not follow; others may have been met before."""
        fresh = self._translator(self._meanings())
        old.type_of(fresh)
        new.type_of(fresh)
        return tuple(fresh.missing)

    def _explained(self, one: Side, other: Side) -> tuple[str, str | None]:
        """Return the place that decides and a value of the one side only, for every meaning of names."""
        known = not self._opened.missing
        narrow, wide = (self._opened, self._opened) if known else (self._least, self._most)
        path, example = "", None
        try:
            if one.key is None and other.key is None:
                self._universe.renew_budget(_STEPS_TO_EXPLAIN)
                path = explain(narrow, wide, one.term, other.term)
            self._universe.renew_budget(_STEPS_TO_EXPLAIN)
            rest = self._universe.difference(one.type_of(self._opened), other.type_of(wide))
            example = value_text(self._universe, self._readonly, rest)
        except (BudgetExceededError, RecursionError):
            # The answer stands, and what was found of its reason.
            self._begin()
        return path, example
