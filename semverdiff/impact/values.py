"""What becomes of values: those that a dependent takes from the package, and those that it gives to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.compare.facts import Subject
from semverdiff.impact.model import PLACES, Sink
from semverdiff.impact.question import IMPLEMENTERS, Ruling, Verdict
from semverdiff.impact.relations import without_errors
from semverdiff.impact.touches import Role
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from semverdiff.api import Type
    from semverdiff.impact.question import Question
    from semverdiff.impact.sides import Sides
    from semverdiff.impact.touches import Touch

__all__ = [
    "flow_of",
    "given_object",
    "given_record",
    "given_value",
    "held_value",
    "own_member",
    "passed_on",
    "taken_member",
    "taken_value",
]


# What a cast leaves is tested where it runs, and what is spread is one part of a record or list.
_MADE_ANEW: Final = frozenset({Sink.CAST, Sink.SPREAD})
_OBJECTS: Final = frozenset(
    {
        Subject.CLASS,
        Subject.OBJECT,
        Subject.METHOD,
        Subject.REMOTE_METHOD,
        Subject.RESOURCE,
        Subject.INIT,
    }
)


def flow_of(sides: Sides, touch: Touch, old: Type, new: Type, what: str) -> Ruling:  # noqa: C901 (a case a use)
    """Judge what is done with a value of a type that is another one now."""
    flow = touch.use.flow
    left, right = old, new
    if flow.checked:
        kept = without_errors(old), without_errors(new)
        if kept[0] is None or kept[1] is None:
            return Verdict.UNKNOWN, f"`check` leaves nothing of {what}"
        left, right = kept[0], kept[1]
    relations = sides.relations()
    if flow.sink is Sink.DISCARDED:
        nil = new.with_descriptor(nodes.NIL)
        fits = relations[1].fits(right, nil)
        if fits:
            return Verdict.SURVIVES, f"it does nothing with {what}"
        if fits is False and relations[0].fits(left, old.with_descriptor(nodes.NIL)):
            return Verdict.BREAKS, f"it leaves {what} unused, which is not nil any more"
        return Verdict.UNKNOWN, f"it leaves {what} unused"
    if flow.checked and sides.is_same(left, right):
        return Verdict.SURVIVES, f"`check` leaves the same of {what}"
    if flow.sink in PLACES:
        place = sides.new(touch).value(flow.term)
        if not place.is_unknown and place.type is not None:
            fits = relations[1].fits(right, place.type)
            if fits:
                return Verdict.SURVIVES, f"{what} fits where it is put"
            before = sides.old(touch).value(flow.term).type
            if fits is False and relations[0].fits(left, before):
                return Verdict.BREAKS, f"{what} no longer fits where it is put"
        return Verdict.UNKNOWN, f"whether {what} fits where it is put is not known"
    match flow.sink:
        case Sink.INFERRED:
            return Verdict.UNKNOWN, f"it keeps {what} without a type of its own"
        case Sink.CAST | Sink.TESTED | Sink.COMPARED:
            return Verdict.UNKNOWN, f"whether it still meets what it tests {what} for is not known"
    return Verdict.UNKNOWN, f"whether what it does with {what} still works is not known"


def given_object(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge an object that is given for the type: one of another type would have to have its members."""
    if touch.argument.made == "object":
        return Verdict.UNKNOWN, "it gives an object of its own"
    if touch.argument.made == "new":
        return Verdict.SURVIVES, "it gives an object of the type"
    return _given(sides, question, touch)


def given_record(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge a value that is given for the record: one of another type would have to fit it."""
    if touch.argument.made:
        return Verdict.SURVIVES, "it gives a record that it constructs here"
    return _given(sides, question, touch)


def given_value(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge a value that is given for a type which takes others now."""
    if touch.argument.made:
        return Verdict.UNKNOWN, "whether what it gives fits the new type is not known"
    return _given(sides, question, touch)


def _given(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge a value by each type that it may have: what was a value of the type has to be one still."""
    argument = touch.argument
    old, new = sides.own_types(question)
    left, right = sides.relations()
    if argument.literal:
        answers = [
            (
                left.argument_fits(argument, sides.old(touch), old),
                right.argument_fits(argument, sides.new(touch), new),
            )
        ]
    else:
        before, after = (side.value(argument.term) for side in (sides.old(touch), sides.new(touch)))
        if before.is_unknown or len(before.alternatives) != len(after.alternatives):
            return Verdict.UNKNOWN, "it gives a value whose type is not known"
        answers = [
            (left.fits(one.type, old), right.fits(other.type, new))
            for one, other in zip(before.alternatives, after.alternatives, strict=True)
            if question.owner not in one.names
        ]
        if not answers:
            return Verdict.SURVIVES, "it gives a value of this type"
    if any(fitted and fits is False for fitted, fits in answers):
        return Verdict.BREAKS, "what it gives does not fit the new type"
    if any(fitted is None or (fitted and fits is None) for fitted, fits in answers):
        return Verdict.UNKNOWN, "whether what it gives fits the new type is not known"
    if any(fitted for fitted, _ in answers):
        return Verdict.SURVIVES, "what it gives fits the new type"
    return Verdict.SURVIVES, "what it gives is no value of this type"


def taken_value(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge a value of the record that is taken: another type would have to hold it."""
    flow = touch.use.flow
    if flow.sink not in PLACES and flow.sink is not Sink.CAST:
        return (
            Verdict.SURVIVES,
            "it takes a value of the type, and what it reads of it is judged on its own",
        )
    place = sides.old(touch).value(flow.term)
    if question.owner in place.names:
        return Verdict.SURVIVES, "it keeps a value of the type as such"
    old, new = sides.own_types(question)
    after = sides.new(touch).value(flow.term).type
    left, right = sides.relations()
    fits = right.fits(new, after)
    if fits:
        return Verdict.SURVIVES, "the value still fits where it is put"
    if sides.fewer_values(question):
        return Verdict.SURVIVES, "no value of the type is a new one"
    if place.is_unknown:
        return Verdict.UNKNOWN, "it puts a value of the type where the type is not known"
    if fits is False and flow.sink not in _MADE_ANEW and left.fits(old, place.type):
        return Verdict.BREAKS, "the value no longer fits where it is put"
    return Verdict.UNKNOWN, "whether the value still fits where it is put is not known"


def own_member(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge what implements a type by its own member, which has to be one as the type declares it now."""
    member = question.member
    fitted, fits = sides.own_member_fits(touch, question)
    if fits:
        return Verdict.SURVIVES, f"its own '{member}' fits the type as it is now"
    if fits is False and (fitted or question.fact in IMPLEMENTERS):
        return Verdict.BREAKS, f"its own '{member}' does not fit the type as it is now"
    return Verdict.UNKNOWN, f"whether its own '{member}' fits the type as it is now is not known"


def passed_on(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge a value of a type with a member that is another one, or gone."""
    if touch.role is Role.TAKEN:
        return taken_value(sides, question, touch)
    if question.subject in _OBJECTS:
        return given_object(sides, question, touch)
    if question.subject is Subject.RECORD_FIELD:
        return given_record(sides, question, touch)
    return given_value(sides, question, touch)


def held_value(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge a value that is passed on, and holds one of a type that is another one now."""
    use = touch.use
    before, after = (side.value(use.value) for side in (sides.old(touch), sides.new(touch)))
    place, new_place = (side.value(use.flow.term) for side in (sides.old(touch), sides.new(touch)))
    left, right = sides.relations()
    fits = right.value_fits(after, new_place.type)
    if fits:
        return Verdict.SURVIVES, "what it passes on still fits"
    if fits is False and use.flow.sink not in _MADE_ANEW and left.value_fits(before, place.type):
        return Verdict.BREAKS, "what it passes on holds one of the type, and no longer fits"
    if sides.same_values(question):
        return Verdict.SURVIVES, "what it passes on has the same values as before"
    return Verdict.UNKNOWN, "whether what it passes on, which holds one of the type, still fits is not known"


def taken_member(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge a value of an enum or union that is taken."""
    flow = touch.use.flow
    if flow.sink in PLACES:
        return taken_value(sides, question, touch)
    if flow.sink in {Sink.DISCARDED, Sink.RECEIVER}:
        return Verdict.SURVIVES, "it does nothing with the value itself"
    return Verdict.UNKNOWN, "whether what it does with the value still works is not known"
