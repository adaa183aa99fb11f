"""What a finding does to a use: it breaks, it survives, or nobody can tell, and why.

A use breaks only where that follows from what was read. What is not decided here could not be told: nothing
survives by accident.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import limits
from semverdiff.compare.facts import Fact, Subject
from semverdiff.impact.bindings import is_spread
from semverdiff.impact.calls import (
    call_result,
    call_shape,
    isolated_call,
    parameter_type,
    transactional_call,
)
from semverdiff.impact.model import UseKind
from semverdiff.impact.question import (
    CALLS,
    FIELD_TYPES,
    IMPLEMENTERS,
    LOSSES,
    PARAMETER_TYPES,
    RESULTS,
    SHAPES,
    WANTED,
    Ruling,
    Verdict,
)
from semverdiff.impact.records import enum_member, error_field, record, record_field
from semverdiff.impact.sides import Sides
from semverdiff.impact.touches import ANY_KEY, CONSTRUCTION, IMPLEMENTATION, MATCHING, MODULE, Role
from semverdiff.impact.values import (
    flow_of,
    given_object,
    given_value,
    held_value,
    own_member,
    passed_on,
    taken_member,
)
from semverdiff.rules import Certainty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from semverdiff.impact.model import PackageUses
    from semverdiff.impact.question import Question
    from semverdiff.impact.touches import Touch, Touches
    from semverdiff.impact.typed import World

__all__ = ["Judge", "Judged"]

_ATTACHMENTS: Final = frozenset(
    {Fact.ATTACH_POINT_CHANGED, Fact.ATTACH_POINT_NARROWED, Fact.ATTACH_POINT_REMOVED}
)
_SHARED: Final = frozenset({Subject.CLASS, Subject.OBJECT})
_FIXED: Final = frozenset({Fact.FIELD_FINAL_ADDED, Fact.FINAL_ADDED, Fact.READONLY_ADDED})
_TYPE_SUBJECTS: Final = frozenset({Subject.TYPE, Subject.ENUM, Subject.MAP})


class Judged(msgspec.Struct, frozen=True):
    """The verdict on a use, and why."""

    touch: Touch
    verdict: Verdict
    reason: str


class Judge:
    """Judges what one dependent does, with the package in both versions."""

    def __init__(self, uses: PackageUses, touches: Touches, new: Callable[[], World]) -> None:
        self._touches = touches
        self._sides = Sides(uses, touches, new)
        self._held = 0

    def judged(self, question: Question) -> Iterator[Judged]:
        """Yield the verdict on each use that a finding may concern, in the order of the sources."""
        found = list(self._judged(question))
        found.sort(key=lambda one: (one.touch.file, one.touch.use.place.line, one.touch.use.place.column))
        yield from found

    def _judged(self, question: Question) -> Iterator[Judged]:
        seen: set[tuple[int, str, str, str]] = set()
        told: set[tuple[str, int, Verdict]] = set()
        unknown = 0
        for touch in self._candidates(question):
            if touch.role is Role.HELD:
                self._held += 1
                if unknown >= limits.HELD_PLACES and self._held > limits.HELD_VALUES:
                    break
            verdict, reason = self._judge(question, touch)
            key = (id(touch.use), touch.role, verdict, reason)
            if key in seen:
                continue
            seen.add(key)
            place = touch.file, touch.use.place.line, verdict
            if touch.role is Role.HELD and place in told:
                continue  # of the value itself the same is said
            if touch.role is Role.HELD and verdict is Verdict.UNKNOWN:
                unknown += 1
                if unknown > limits.HELD_PLACES:
                    continue
            told.add(place)
            if verdict is Verdict.SURVIVES and _is_indirect(question, touch):
                continue  # a value of the type that is passed on is no use of the member
            if verdict is Verdict.BREAKS and not touch.is_certain:
                verdict, reason = Verdict.UNKNOWN, f"{reason}, if that is what is meant here"
            if verdict is Verdict.BREAKS and question.finding.certainty is Certainty.UNDECIDED:
                verdict, reason = Verdict.UNKNOWN, f"{reason}, if anything changed: that was not decided"
            yield Judged(touch, verdict, reason)
        for touch, reason in self._unresolved(question):
            yield Judged(touch, Verdict.UNKNOWN, reason)

    def _candidates(self, question: Question) -> Iterator[Touch]:
        touches = self._touches
        if question.subject is Subject.PACKAGE:
            for module in touches.world.package.modules:
                yield from touches.of((module, MODULE))
            return
        yield from touches.of(question.symbol)
        if question.is_member:
            yield from touches.of((question.owner[0], f"{question.owner[1]}{ANY_KEY}"))
            yield from self._of_owner(question)
            yield from touches.holders.of(question.owner)
        elif question.subject in {Subject.RECORD, Subject.CLASS, Subject.OBJECT}:
            yield from touches.below(question.owner)
        if not question.is_member:
            yield from touches.holders.of(question.owner)

    def _of_owner(self, question: Question) -> Iterator[Touch]:
        """Yield what is done with the type as a whole, which a change of a member may concern."""
        for touch in self._touches.of(question.owner):
            match touch.use.kind:
                case UseKind.CONSTRUCT | UseKind.IMPLEMENT | UseKind.INCLUDE | UseKind.MATCH:
                    yield touch
                case UseKind.LISTEN if question.subject is Subject.LISTENER:
                    yield touch
                case _ if touch.role is not Role.DIRECT:
                    yield touch

    def _unresolved(self, question: Question) -> Iterator[tuple[Touch, str]]:
        """Yield the uses that may be concerned, as far as anybody knows."""
        unresolved = self._touches.unresolved
        for name, what in _members(question):
            for touch in unresolved.get(name, ()):
                yield touch, f"{what} of a value whose type is not known"
        if question.subject in {Subject.RECORD, Subject.RECORD_FIELD}:
            yield from self._unresolved_records(question)
            for touch in unresolved.get(ANY_KEY, ()):
                yield touch, "a key that is not known, of a value whose type is not known"
        if question.fact in IMPLEMENTERS:
            for touch in unresolved.get(IMPLEMENTATION, ()):
                yield touch, "an included type that is not known"
        if question.subject is Subject.ENUM_MEMBER and question.fact is Fact.ADDED:
            names = self._sides.enumerators(question.owner)
            for touch in unresolved.get(MATCHING, ()):
                if names.intersection(touch.use.members):
                    yield touch, "a match on a value whose type is not known"

    def _unresolved_records(self, question: Question) -> Iterator[tuple[Touch, str]]:
        fields = self._sides.fields(self._touches.world.package, question.owner)
        for touch in self._touches.unresolved.get(CONSTRUCTION, ()):
            given = {one.name for one in touch.use.arguments if not one.spread}
            if given and (fields is None or given <= fields) and _may_concern(question, touch):
                yield touch, "a record whose type is not known, with fields that this one has"

    def _judge(self, question: Question, touch: Touch) -> Ruling:  # noqa: C901, PLR0912 (a case a fact)
        fact = question.fact
        if touch.role is Role.HELD:
            return held_value(self._sides, question, touch)
        if question.subject is Subject.CONTRACT:
            return Verdict.UNKNOWN, "what the annotation means is for whoever reads it"
        if question.subject is Subject.CONFIGURABLE and fact not in LOSSES:
            return Verdict.UNKNOWN, "values of configurable variables are no part of the sources"
        if touch.use.kind is UseKind.LISTEN and fact not in LOSSES:
            return Verdict.UNKNOWN, "whether the listener still takes the service was not decided"
        if fact is Fact.IDENTITY_CHANGED and touch.use.kind is UseKind.IMPORT:
            return Verdict.BREAKS, "it imports the package by its old name"
        if fact in LOSSES:
            return _loss(self._sides, question, touch)
        if fact in IMPLEMENTERS:
            return _implementer(self._sides, question, touch)
        if question.subject is Subject.ERROR and question.part:
            return error_field(self._sides, question, touch)
        if fact in SHAPES and question.subject not in {Subject.RECORD_FIELD, Subject.CALLBACK}:
            return call_shape(self._sides, question, touch)
        if question.subject is Subject.CALLBACK or fact in PARAMETER_TYPES:
            return parameter_type(self._sides, question, touch)
        if fact in RESULTS:
            return call_result(self._sides, question, touch)
        if fact is Fact.ISOLATED_REMOVED and touch.use.kind in CALLS and question.subject not in _SHARED:
            return isolated_call(touch)
        if fact is Fact.TRANSACTIONAL_ADDED and touch.use.kind in CALLS:
            return transactional_call(touch)
        if question.subject is Subject.RECORD_FIELD or (question.is_member and fact in FIELD_TYPES):
            return record_field(self._sides, question, touch)
        if question.subject is Subject.RECORD:
            return record(self._sides, question, touch)
        if question.subject is Subject.ENUM_MEMBER:
            return enum_member(self._sides, question, touch)
        return _other(self._sides, question, touch)


def _is_indirect(question: Question, touch: Touch) -> bool:
    """Return whether a use is none of what changed, but may be concerned by the values that it passes on."""
    return touch.role is Role.HELD or (question.is_member and touch.role is not Role.DIRECT)


def _loss(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge a use of a name that is gone."""
    use = touch.use
    gone = f"'{question.symbol[1]}' is no longer there under this name"
    if touch.role is not Role.DIRECT:
        if question.is_member:
            return passed_on(sides, question, touch)
        return Verdict.SURVIVES, "it passes a value on without the name"
    if use.kind is UseKind.CONSTRUCT and question.is_member:
        return _given_without(question, touch)
    if use.kind is UseKind.CONSTRUCT:
        return Verdict.SURVIVES, "it constructs the record without its name"
    if question.is_member and use.kind in {UseKind.IMPLEMENT, UseKind.INCLUDE}:
        if question.subject is Subject.OBJECT and use.kind is UseKind.IMPLEMENT:
            return Verdict.SURVIVES, "what it declares beyond the type does no harm"
        return Verdict.SURVIVES, "it includes the type, and names no member"
    if use.kind in {UseKind.READ_KEY, UseKind.WRITE_KEY}:
        verb = "reads" if use.kind is UseKind.READ_KEY else "writes"
        return Verdict.UNKNOWN, f"it {verb} by the key, which an open record still allows"
    if use.kind is UseKind.MATCH:
        return Verdict.SURVIVES, "it matches on a value, whatever the name of its type"
    if use.kind is UseKind.LISTEN:
        return Verdict.SURVIVES, "it listens without the name"
    return Verdict.BREAKS, gone


def _given_without(question: Question, touch: Touch) -> Ruling:
    """Judge a record that is constructed, and has no such field any more."""
    use = touch.use
    given = [one for one in use.arguments if one.name == question.part]
    if given:
        if given[0].quoted:
            return Verdict.UNKNOWN, "it gives the key as a string, which an open record takes"
        return Verdict.BREAKS, f"it gives a value for '{question.part}', which is no field any more"
    if is_spread(use.arguments):
        return Verdict.UNKNOWN, f"whether what it spreads has '{question.part}' is not known"
    return Verdict.SURVIVES, f"it gives no value for '{question.part}'"


def _implementer(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge what implements an object type that has one member more."""
    use = touch.use
    member = question.member
    if use.kind is UseKind.IMPLEMENT:
        if member in use.members:
            return own_member(sides, question, touch)
        return Verdict.BREAKS, f"it implements the type, and has no '{member}'"
    if touch.role is Role.GIVEN:
        return given_object(sides, question, touch)
    if use.kind is UseKind.INCLUDE:
        return Verdict.UNKNOWN, "what implements the type that includes it needs the member, too"
    return Verdict.SURVIVES, "only what implements the type needs the member"


def _other(sides: Sides, question: Question, touch: Touch) -> Ruling:
    use = touch.use
    if question.subject in {Subject.CONSTANT, Subject.VARIABLE} and question.fact in FIELD_TYPES:
        return _variable(sides, question, touch)
    if question.fact in _FIXED and use.kind is UseKind.WRITE:
        return Verdict.BREAKS, f"it writes '{question.symbol[1]}', which takes no other value any more"
    if question.subject is Subject.VARIABLE and question.fact is Fact.FINAL_ADDED:
        return Verdict.SURVIVES, "it does not write the variable"
    if use.kind is UseKind.ANNOTATE and question.fact in _ATTACHMENTS:
        return _attached(sides, question, touch)
    if use.kind is UseKind.IMPORT:
        return Verdict.UNKNOWN, "it imports the module, and the change concerns the package as a whole"
    if question.subject in _TYPE_SUBJECTS and touch.role is Role.TAKEN:
        return taken_member(sides, question, touch)
    if question.subject in _TYPE_SUBJECTS and touch.role is Role.GIVEN:
        return given_value(sides, question, touch)
    if question.is_member and touch.role is not Role.DIRECT:
        return passed_on(sides, question, touch)
    if question.is_member and use.kind is UseKind.IMPLEMENT and question.member in use.members:
        return own_member(sides, question, touch)
    return Verdict.UNKNOWN, "whether this still works was not decided"


def _attached(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge an annotation by what it is attached to."""
    old, new = (sides.attach_points(surface, question) for surface in sides.surfaces())
    points = set(touch.use.members)
    if not points:
        return Verdict.UNKNOWN, "whether it may still be attached there is not known"
    if not old or not new:
        return Verdict.UNKNOWN, "whether it may still be attached there was not decided"
    if points & old <= new and points & old:
        return Verdict.SURVIVES, "it may still be attached there"
    if points & old and not points & new:
        return Verdict.BREAKS, "it may not be attached there any more"
    return Verdict.UNKNOWN, "whether it may still be attached there was not decided"


def _variable(sides: Sides, question: Question, touch: Touch) -> Ruling:
    if touch.use.kind is not UseKind.VALUE or touch.role is not Role.DIRECT:
        return Verdict.UNKNOWN, "whether this still fits the type was not decided"
    written = [sides.variable_type(surface, question) for surface in sides.surfaces()]
    if written[0] is None or written[1] is None:
        return Verdict.UNKNOWN, "its type is not written"
    return flow_of(sides, touch, written[0], written[1], f"'{question.symbol[1]}'")


def _members(question: Question) -> Iterator[tuple[str, str]]:
    """Yield the names under which uses of a member are kept whose owner is not known, and what these are."""
    if question.subject is Subject.ERROR and question.part:
        yield question.part, f"'{question.part}'"
    if not question.is_member or question.subject is Subject.ENUM_MEMBER:
        return
    if question.member.startswith("["):
        accessor = question.member[1:].partition(" ")[0]
        yield accessor, f"a resource `{accessor}`"
    else:
        yield question.member, f"'{question.member}'"


def _may_concern(question: Question, touch: Touch) -> bool:
    """Return whether a change of a field may concern a constructor, if it is one of the record."""
    arguments = touch.use.arguments
    if not question.is_member or is_spread(arguments):
        return True
    is_given = any(one.name == question.part for one in arguments)
    return not is_given if question.fact in WANTED else is_given
