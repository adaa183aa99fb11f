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

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from semverdiff import limits
from semverdiff.syntax.nodes import ArrayType, ParameterizedType, UnionType
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

_Unnamed: TypeAlias = "tuple[frozenset[TypeDescriptor], frozenset[TypeDescriptor]]"
"""The members of two unions that mention no name."""


class Operand(msgspec.Struct, frozen=True):
    """A type to compare, or with a `key` what lists and mappings of that type hold there."""

    type: Type
    key: Type | None = None

    def lowered(self, lowering: Lowering) -> SemType:
        """Return the set of its values."""
        return lowering.type_of(self.type) if self.key is None else lowering.type_at(self.type, self.key)


class _Member(msgspec.Struct, frozen=True):
    """A member of a union. `is_closed` is one without a name, `is_value` a name that stands for one value.

    What is `known` as the same is one type on both sides: a public name, a value, or a form without names.
    """

    type: Type
    known: tuple[object, ...] | TypeDescriptor | None
    is_closed: bool = False
    is_value: bool = False


def _types(operand: Operand) -> tuple[Type, Type | None]:
    return operand.type, operand.key


def relate(old: Type, new: Type, anchor: Anchor) -> TypeRelation:
    """Return how a type of the old surface relates to one of the new; anchors are equal on both sides."""
    return Subtyping(anchor, new.surface).relate(Operand(old), Operand(new))


class Subtyping:
    """The subtype relation between an old and a new surface; what was decided once serves the next question.

    `anchor` says which names count as equal on both sides, `home` is the new surface, `elsewhere` returns
    the surfaces of other packages, `lowering` makes sets of values of types, and `identify` knows what
    has another name now. `total` is what the questions of a comparison may cost together, `numbers` are
    those of types, which others may share.
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
        numbers: TypeNumbers | None = None,
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
        self._names = self._meanings()
        self._bounds = semantic.Bounds(self._names)
        self._numbers = numbers or TypeNumbers()
        self._too_long: set[_Question] = set()
        self._answers: dict[tuple[_Question, bool], TypeRelation] = {}
        self._known_within: dict[_Question, bool | None] = {}
        self._members_by_number: dict[int, list[_Member]] = {}
        self._left_over: dict[_Unnamed, tuple[int, int]] = {}
        self._examples: dict[_Unnamed, str | None] = {}
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
        question = self._question(old, new)
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

    def within(self, left: Operand, right: Operand) -> bool | None:
        """Return whether one type is a subtype of another one, `None` if that is not known.

        That is half of what `relate` answers, for who needs no more.
        """
        question = self._question(left, right)
        if question not in self._known_within:
            try:
                self._known_within[question] = self._is_subtype(left, right, self._steps)
            except BudgetExceededError:
                self._begin()
                self._known_within[question] = None
        return self._known_within[question]

    def _question(self, left: Operand, right: Operand) -> _Question:
        types = (*_types(left), *_types(right))
        return tuple([None if one is None else self._numbers.of(one) for one in types])

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
        if left.key is None and right.key is None:
            return self._is_union_subtype(left.type, right.type, steps)
        decided = self._decided(left, self._by_name, right, steps)
        return self._is_subtype_by_meaning(left, right, steps) if decided is None else decided

    def _is_union_subtype(self, left: Type, right: Type, steps: Budget | None) -> bool | None:
        rest, others = self._without_shared(left, right), self._members(right)
        if not rest:
            return True
        are_closed = all(member.is_closed for member in rest)
        if are_closed:
            decided = self._decided_without_names(rest, others, steps)
            if decided is not None:
                return decided
        held = Operand(self._union(left, rest))
        decided = self._decided(held, self._by_name, Operand(right), steps)
        if decided is not None:
            return decided
        others = self._within(others, self._bounds.of(held.type))
        if not are_closed and self._decided_without_names(rest, others, steps) is False:
            return False
        return self._is_subtype_by_meaning(held, Operand(self._union(right, others)), steps)

    def _is_subtype_by_meaning(self, left: Operand, right: Operand, steps: Budget | None) -> bool | None:
        if self._by_name.stopped:
            decided = self._decided(left, self._plain, right, steps)
            if decided is not None:
                return decided
        self._charge(steps)
        narrow, wide = left.lowered(self._least), right.lowered(self._most)
        return None if self._universe.is_subtype(narrow, wide) else False

    def _without_shared(self, left: Type, right: Type) -> list[_Member]:
        """Return the members of a union that the other has not by the same public name, value or form.

        Long unions differ in few members, and only these need to be followed.
        """
        others = {member.known for member in self._members(right)}
        return [one for one in self._members(left) if one.known is None or one.known not in others]

    def _members(self, type_: Type) -> list[_Member]:
        """Return the members of a union as it is written."""
        number = self._numbers.of(type_)
        members = self._members_by_number.get(number)
        if members is None:
            members = self._members_by_number[number] = list(map(self._member, written_members(type_)))
        return members

    def _union(self, type_: Type, members: list[_Member]) -> Type:
        """Return the union of some members of a type: itself, perhaps lowered by now, if these are all."""
        if len(members) == len(self._members(type_)):
            return type_
        descriptors = tuple(member.type.descriptor for member in members)
        return type_.with_descriptor(descriptors[0] if len(descriptors) == 1 else UnionType(descriptors))

    def _member(self, type_: Type) -> _Member:
        if is_closed(type_):
            return _Member(type_, type_.descriptor, is_closed=True)
        shared = _shared_form(type_, self._anchor)
        value = None if shared else self._names.value(type_)
        return _Member(type_, shared or value, is_value=value is not None)

    def _within(self, members: list[_Member], mask: int) -> list[_Member]:
        """Return the members that may have a value in any of these basic types."""
        return [member for member in members if self._bounds.of(member.type) & mask]

    def _decided_without_names(
        self, left: list[_Member], right: list[_Member], steps: Budget | None
    ) -> bool | None:
        """Return whether a union is a subtype if values that no name describes tell, else `None`.

        They tell the types apart if the left one has some that the right one has not, in basic types that no
        name in the right one reaches into. A few values cover no basic type that has any number of them.
        """
        held = [member for member in left if member.is_closed]
        covering = [member for member in right if member.is_closed]
        question = _descriptors(held), _descriptors(covering)
        if question not in self._left_over:
            self._charge(steps)
            self._left_over[question] = self._basic_types_left(held, covering)
        left_over, wholes = self._left_over[question]
        if not left_over:
            return True if len(held) == len(left) else None
        for member in right:
            if not member.is_closed:
                reached = self._bounds.of(member.type)
                left_over &= ~reached
                wholes &= ~(reached & semantic.FINITE if member.is_value else reached)
        return False if left_over or wholes else None

    def _basic_types_left(self, held: list[_Member], covering: list[_Member]) -> tuple[int, int]:
        """Return the basic types in which the values of some types are not all values of others.

        And those in which they have all values, and the others none.
        """
        universe = self._universe
        left, right = (
            universe.union_of([self._by_name.type_of(one.type) for one in members])
            for members in (held, covering)
        )
        rest = universe.difference(left, right)
        mask = rest.whole
        for code, data in rest.parts:
            mask |= 0 if universe.is_empty(universe.type(0, ((code, data),))) else 1 << code
        return mask, rest.whole

    @property
    def _following(self) -> Lowering:
        """Return the lowering that follows every name; where no anchor is met, that by name does."""
        return self._plain if self._by_name.stopped else self._by_name

    def _decided(
        self, left: Operand, lowering: Lowering, right: Operand, steps: Budget | None
    ) -> bool | None:
        """Return whether one type is a subtype of another one, `None` if that depends on names.

        A "no" is one in every reading if all names in both types were followed.
        """
        self._charge(steps)
        if self._universe.is_subtype(*self._both(left, right, lowering)):
            return True
        return False if lowering.followed_all else None

    def _both(self, left: Operand, right: Operand, lowering: Lowering) -> tuple[SemType, SemType]:
        """Return both types; the lowering tells whether all names in them were followed."""
        lowering.begin()
        return left.lowered(lowering), right.lowered(lowering)

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
        is_projected = left.key is not None or right.key is not None
        try:
            if not is_projected:
                self._universe.charge(self._explanation_steps)
                path = explain(self._following.meanings, self._differ, left.type, right.type)
            self._universe.charge(self._explanation_steps)
            if is_projected:
                example = self._value_only_in(left, right)
            else:
                example = self._example(left.type, right.type)
        except BudgetExceededError:
            # The answer stands, and what is known of its reason.
            self._begin()
        return path, example

    def _example(self, left: Type, right: Type) -> str | None:
        """Return a value of the left type only, for every meaning of names; `None` if none can be written.

        What the question was about is decided already; of what both share there is no example.
        """
        held = self._within(self._without_shared(left, right), semantic.WRITTEN)
        mask = 0
        for member in held:
            mask |= self._bounds.of(member.type)
        covering = self._within(self._members(right), mask)
        operands = Operand(self._union(left, held)), Operand(self._union(right, covering))
        if not all(member.is_closed for member in (*held, *covering)):
            return self._value_only_in(*operands)
        question = _descriptors(held), _descriptors(covering)
        if question not in self._examples:
            self._examples[question] = self._value_only_in(*operands)
        return self._examples[question]

    def _value_only_in(self, left: Operand, right: Operand) -> str | None:
        held, covering = self._both(left, right, self._by_name)
        if not self._by_name.followed_all:
            wide = self._most if self._following.missing else self._following
            held, covering = left.lowered(self._following), right.lowered(wide)
        rest = self._universe.difference(held, covering)
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


def _shared_form(type_: Type, anchor: Anchor) -> tuple[str, ...] | None:
    """Return what tells a public name of both sides, or lists and maps of what it names; else None."""
    forms: list[str] = []
    descriptor = type_.descriptor
    while True:
        match descriptor:
            case ArrayType(member=member, length=None):
                forms.append("[]")
                descriptor = member
            case ParameterizedType("map", parameter):
                forms.append("{}")
                descriptor = parameter
            case _:
                break
    name = shared_name(type_.with_descriptor(descriptor), anchor)
    return None if name is None else (*forms, *name)


def _descriptors(members: list[_Member]) -> frozenset[TypeDescriptor]:
    return frozenset(member.type.descriptor for member in members)
