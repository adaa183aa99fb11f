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
from semverdiff.syntax.nodes import ParameterizedType, UnionType
from semverdiff.types import semantic
from semverdiff.types.equality import by_name, shared_name
from semverdiff.types.explain import explain
from semverdiff.types.forms import is_closed, written_members
from semverdiff.types.names import Meanings, Reading, declared_elsewhere
from semverdiff.types.relations import TOO_LONG, TypeRelation, relation_of
from semverdiff.types.walk import Budget, BudgetExceededError, TypeNumbers

if TYPE_CHECKING:
    from semverdiff.api.surface import Surface, Type
    from semverdiff.syntax.nodes import TypeDescriptor
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
        self._bounds = semantic.Bounds(self._meanings())
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
        within = self._is_subtype(old, new, self._steps)
        covers = self._is_subtype(new, old, self._steps)
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

    def _is_subtype(self, left: Operand, right: Operand, steps: Budget | None) -> bool | None:
        """Return whether one type is a subtype of another one, `None` if that depends on unknown names.

        Each reading takes its steps from `steps`, or goes on with those of the question that it is a part of.
        """
        left, right = _described(left, right)
        rest = self._without_shared(left, right)
        if rest is None or self._holds(rest, self._by_name, right, self._by_name, steps):
            return True
        if rest.key is None and right.key is None:
            right = self._within(right, self._bounds.of(rest.type))
            if self._differ_unnamed(rest, right, steps):
                return False
        if self._by_name.stopped and self._holds(rest, self._plain, right, self._plain, steps):
            return True
        missing = self._following.missing
        return None if missing and self._holds(rest, self._least, right, self._most, steps) else False

    def _without_shared(self, left: Operand, right: Operand) -> Operand | None:
        """Return a union without the members that the other has by the same public name, or without any name.

        Long unions differ in few members, and only these need to be followed. `None` if no member is left.
        """
        if left.key is not None or right.key is not None:
            return left
        members = list(written_members(left.type))
        others = set(map(self._known_as, written_members(right.type)))
        rest = tuple(
            member.descriptor
            for member in members
            if (known := self._known_as(member)) is None or known not in others
        )
        if len(rest) == len(members):
            return left
        return Operand(left.type.with_descriptor(UnionType(rest))) if rest else None

    def _known_as(self, type_: Type) -> tuple[str, str] | TypeDescriptor | None:
        """Return what is the same type on both sides: a public name, or a form without names; else None."""
        return type_.descriptor if is_closed(type_) else shared_name(type_, self._anchor)

    def _within(self, operand: Operand, mask: int) -> Operand:
        """Return a union without the members that have no value in any of these basic types."""
        members = list(written_members(operand.type))
        rest = tuple(member.descriptor for member in members if self._bounds.of(member) & mask)
        if len(rest) == len(members):
            return operand
        return Operand(operand.type.with_descriptor(UnionType(rest)))

    def _differ_unnamed(self, left: Operand, right: Operand, steps: Budget | None) -> bool:
        """Return whether values that no name describes tell two types apart: then none has to be followed.

        That is so if the left type has some that the right one has not, in basic types that no named member
        of the right one reaches into.
        """
        unnamed, _ = _parted(left.type)
        covering, named = _parted(right.type)
        others = self._universe.top.whole
        for member in named:
            others &= ~self._bounds.of(member)
        if not unnamed or not others:
            return False
        lowering, universe = self._by_name, self._universe
        self._charge(steps)
        held = universe.union_of([lowering.type_of(one) for one in unnamed])
        wanted = universe.union_of([lowering.type_of(one) for one in covering])
        return not universe.is_subtype(universe.intersection(held, universe.type(others)), wanted)

    @property
    def _following(self) -> Lowering:
        """Return the lowering that follows every name; where no anchor is met, that by name does."""
        return self._plain if self._by_name.stopped else self._by_name

    def _holds(
        self, left: Operand, narrow: Lowering, right: Operand, wide: Lowering, steps: Budget | None
    ) -> bool:
        self._charge(steps)
        return self._universe.is_subtype(left.lowered(narrow), right.lowered(wide))

    def _charge(self, steps: Budget | None) -> None:
        if steps is not None:
            self._universe.charge(steps)

    def _missing(self, old: Operand, new: Operand) -> tuple[str, ...]:
        """Return the names that could not be followed in these two types; others may have been met before."""
        fresh = self._lowering(self._meanings())
        old.lowered(fresh)
        new.lowered(fresh)
        return tuple(fresh.missing)

    def _explanation(self, left: Operand, right: Operand) -> tuple[str, str | None]:
        """Return the place that decides, and a value of the left type only, for every meaning of names."""
        path, example = "", None
        try:
            if left.key is None and right.key is None:
                self._universe.charge(self._explanation_steps)
                path = explain(self._following.meanings, self._differ, left.type, right.type)
            self._universe.charge(self._explanation_steps)
            # What the question was about is decided already; of what both share there is no example.
            example = self._example(self._without_shared(left, right) or left, right)
        except BudgetExceededError:
            # The answer stands, and what is known of its reason.
            self._begin()
        return path, example

    def _example(self, left: Operand, right: Operand) -> str | None:
        """Return a value of the left type only, for every meaning of names; `None` if none can be written."""
        if left.key is None and right.key is None:
            left = self._within(left, semantic.WRITTEN)
            right = self._within(right, self._bounds.of(left.type))
        wide = self._most if self._following.missing else self._following
        rest = self._universe.difference(left.lowered(self._following), right.lowered(wide))
        return semantic.value_text(self._universe, self._readonly, rest)

    def _differ(self, held: Type, wanted: Type, *, readonly: bool) -> bool:
        """Return whether parts of two types differ for every meaning of names; held may be `readonly`."""
        if not readonly:
            return self._is_subtype(Operand(held), Operand(wanted), None) is False
        narrow, wide = (self._least, self._most) if self._following.missing else (self._plain, self._plain)
        return not any(
            self._universe.is_subtype(
                self._universe.intersection(one.type_of(held), self._readonly), two.type_of(wanted)
            )
            for one, two in ((self._by_name, self._by_name), (narrow, wide))
        )


def _described(left: Operand, right: Operand) -> tuple[Operand, Operand]:
    """Return what two typedesc types describe, and other operands as they are.

    SPEC, Typedesc: it is covariant. So the question is the same, and what both sides share can be left out.
    """
    while left.key is None and right.key is None:
        match left.type.descriptor, right.type.descriptor:
            case ParameterizedType("typedesc", one), ParameterizedType("typedesc", other):
                left = Operand(left.type.with_descriptor(one))
                right = Operand(right.type.with_descriptor(other))
            case _:
                break
    return left, right


def _parted(type_: Type) -> tuple[list[Type], list[Type]]:
    """Return the members of a union that mention no name, and those that do."""
    unnamed: list[Type] = []
    named: list[Type] = []
    for member in written_members(type_):
        (unnamed if is_closed(member) else named).append(member)
    return unnamed, named
