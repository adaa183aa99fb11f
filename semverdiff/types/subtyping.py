"""How two types of two surfaces relate: the decision, in as many readings as it needs.

Names of other packages. What is said of a type that is known by its name only holds for every meaning
of the name, or is not said. In the plain reading such a name is a set of its own, so that a "yes" is
sure. A "no" is sure only if it also holds in the most favourable reading, where in the type that has to be
a subtype the name is one value that fits everywhere, and in the other type it is every value.

Anchors. A public name of both sides means the same on both sides: what it means in the new version. The
comparison goes from the old text with old meanings to the old text with new meanings, which is reported
where those names are declared, and from there to the new text, which is reported here. First the name is
taken for a set of which nothing is known; only if that does not decide, it is followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.syntax.nodes import UnionType
from semverdiff.types import semantic
from semverdiff.types.equality import by_name, shared_name
from semverdiff.types.explain import explain
from semverdiff.types.forms import written_members
from semverdiff.types.names import Meanings, Reading, declared_elsewhere
from semverdiff.types.relations import TOO_LONG, TypeRelation, relation_of
from semverdiff.types.walk import Budget, BudgetExceededError, TypeNumbers

if TYPE_CHECKING:
    from semverdiff.api.surface import Surface, Type
    from semverdiff.types.equality import Anchor, Identify
    from semverdiff.types.names import Elsewhere
    from semverdiff.types.semantic.lowering import Lowering
    from semverdiff.types.semantic.parts import SemType
    from semverdiff.types.walk import Total

__all__ = ["Operand", "Subtyping", "relate"]


_Question = tuple[int | None, ...]
"""The numbers of two types, each with that of its key."""


class Operand(msgspec.Struct, frozen=True):
    """A type to compare, or with a `key` what lists and mappings of that type hold there."""

    type: Type
    key: Type | None = None

    def lowered(self, lowering: Lowering) -> SemType:
        """Return the set of its values."""
        return lowering.type_of(self.type) if self.key is None else lowering.type_at(self.type, self.key)


def _types(operand: Operand) -> tuple[Type, Type | None]:
    return operand.type, operand.key


def relate(old: Type, new: Type, anchor: Anchor) -> TypeRelation:
    """Return how a type of the old surface relates to one of the new; anchors are equal on both sides."""
    return Subtyping(anchor, new.surface).relate(Operand(old), Operand(new))


class Subtyping:
    """The subtype relation between an old and a new surface; what was decided once serves the next question.

    `anchor` says which names count as equal on both sides, `home` is the new surface, `elsewhere` returns
    the surfaces of other packages, `lowering` makes sets of values of types, and `identify` knows what
    has another name now. `total` is what the questions of a comparison may cost together.
    """

    def __init__(  # noqa: PLR0913 (what is known of both surfaces, by name)
        self,
        anchor: Anchor,
        home: Surface,
        elsewhere: Elsewhere = declared_elsewhere,
        lowering: type[Lowering] | None = None,
        identify: Identify = by_name,
        *,
        total: Total | None = None,
    ) -> None:
        self._anchor = anchor
        self._home = home
        self._elsewhere = elsewhere
        self._identify = identify
        self._lowering_type = lowering or semantic.Lowering
        self._steps = Budget(
            limits.EMPTINESS_STEPS, limits.EMPTINESS_SHARED_STEPS, limits.EMPTINESS_COST, total
        )
        self._explanation_steps = Budget(limits.EXPLANATION_STEPS, limits.EXPLANATION_SHARED_STEPS)
        self._numbers = TypeNumbers()
        self._too_long: set[_Question] = set()
        self._answers: dict[tuple[_Question, bool], TypeRelation] = {}
        self._begin()

    def _begin(self) -> None:
        self._universe, self._readonly = semantic.new_universe(self._steps)
        self._by_name = self._lowering(Meanings(self._anchor, None, self._elsewhere, self._identify))
        self._plain = self._lowering(self._meanings())
        self._least = self._lowering(self._meanings(), Reading.LEAST)
        self._most = self._lowering(self._meanings(), Reading.MOST)
        self._least.opposite, self._most.opposite = self._most, self._least

    def _meanings(self) -> Meanings:
        return Meanings(self._anchor, self._home, self._elsewhere, self._identify)

    def _lowering(self, meanings: Meanings, reading: Reading = Reading.PLAIN) -> Lowering:
        return self._lowering_type(self._universe, self._readonly, meanings, reading)

    def relate(self, old: Operand, new: Operand, *, explained: bool = True) -> TypeRelation:
        """Return how an old type relates to a new one; unless `explained` without path and example."""
        question = tuple(
            None if one is None else self._numbers.of(one) for one in (*_types(old), *_types(new))
        )
        known = self._answers.get((question, explained))
        if known is not None:
            return known
        if question not in self._too_long:
            try:
                answer = self._relate(old, new, explained=explained)
            except BudgetExceededError:
                # What was half lowered is of no use any more, and to lower it again for nothing takes long.
                self._begin()
                self._too_long.add(question)
            else:
                self._answers[question, explained] = answer
                return answer
        return TypeRelation("unknown", missing=(TOO_LONG,))

    def _relate(self, old: Operand, new: Operand, *, explained: bool) -> TypeRelation:
        within, covers = self._is_subtype(old, new), self._is_subtype(new, old)
        missing: tuple[str, ...] = ()
        if within is None or covers is None:
            missing = self._missing(old, new)
        path, example = "", None
        if explained and within is False:
            path, example = self._explanation(old, new)
        elif explained and covers is False:
            path, example = self._explanation(new, old)
        relation = relation_of(within=within, covers=covers)
        return TypeRelation(relation, path, example, missing, within, covers)

    def _is_subtype(self, left: Operand, right: Operand) -> bool | None:
        rest = self._without_shared(left, right)
        if rest is None or self._holds(rest, self._by_name, right, self._by_name):
            return True
        if self._by_name.stopped and self._holds(rest, self._plain, right, self._plain):
            return True
        return (
            None if self._following.missing and self._holds(rest, self._least, right, self._most) else False
        )

    def _without_shared(self, left: Operand, right: Operand) -> Operand | None:
        """Return a union without the members that the other has by the same public name.

        Long unions differ in few members, and only these need to be followed. `None` if no member is left.
        """
        if left.key is not None or right.key is not None:
            return left
        members = list(written_members(left.type))
        others = (shared_name(member, self._anchor) for member in written_members(right.type))
        shared = {name for name in others if name is not None}
        rest = tuple(
            member.descriptor for member in members if shared_name(member, self._anchor) not in shared
        )
        if len(rest) == len(members):
            return left
        return Operand(left.type.with_descriptor(UnionType(rest))) if rest else None

    @property
    def _following(self) -> Lowering:
        """Return the lowering that follows every name; where no anchor is met, that by name does."""
        return self._plain if self._by_name.stopped else self._by_name

    def _holds(self, left: Operand, narrow: Lowering, right: Operand, wide: Lowering) -> bool:
        self._universe.charge(self._steps)
        return self._universe.is_subtype(left.lowered(narrow), right.lowered(wide))

    def _missing(self, old: Operand, new: Operand) -> tuple[str, ...]:
        """Return the names that could not be followed in these two types; others may have been met before."""
        fresh = self._lowering(self._meanings())
        old.lowered(fresh)
        new.lowered(fresh)
        return tuple(fresh.missing)

    def _explanation(self, left: Operand, right: Operand) -> tuple[str, str | None]:
        """Return the place that decides, and a value of the left type only, for every meaning of names."""
        known = not self._following.missing
        narrow, wide = (self._following, self._following) if known else (self._least, self._most)
        path, example = "", None
        try:
            if left.key is None and right.key is None:
                self._universe.charge(self._explanation_steps)
                path = explain(narrow, wide, self._by_name, left.type, right.type)
            self._universe.charge(self._explanation_steps)
            # What the question was about is decided already; of what both share there is no example.
            left = self._without_shared(left, right) or left
            rest = self._universe.difference(left.lowered(self._following), right.lowered(wide))
            example = semantic.value_text(self._universe, self._readonly, rest)
        except BudgetExceededError:
            # The answer stands, and what is known of its reason.
            self._begin()
        return path, example
