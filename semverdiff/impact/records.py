"""What becomes of records, their fields, enums, and the details of errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.compare.facts import Fact, Subject
from semverdiff.impact.bindings import is_spread
from semverdiff.impact.model import WRITES, Position, UseKind
from semverdiff.impact.question import FIELD_TYPES, FURTHER_FIELDS, WANTED, Ruling, Verdict
from semverdiff.impact.touches import Role
from semverdiff.impact.values import (
    flow_of,
    given_object,
    given_record,
    given_value,
    own_member,
    taken_member,
    taken_value,
)
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from semverdiff.impact.model import Argument
    from semverdiff.impact.question import Question
    from semverdiff.impact.sides import Sides
    from semverdiff.impact.touches import Touch

__all__ = ["enum_member", "error_field", "record", "record_field"]

_ERROR_FIELD_LOST: Final = frozenset({Fact.DETAIL_FIELD_REMOVED, Fact.DETAIL_FIELD_RENAMED})
_ERROR_FIELD_WANTED: Final = frozenset({Fact.DETAIL_FIELD_REQUIRED_ADDED, Fact.DETAIL_FIELD_MADE_REQUIRED})
_ERROR_FIELD_CHANGED: Final = frozenset(
    {
        Fact.DETAIL_FIELD_MADE_OPTIONAL,
        Fact.DETAIL_FIELD_TYPE_CHANGED,
        Fact.DETAIL_FIELD_TYPE_NARROWED,
        Fact.DETAIL_FIELD_TYPE_WIDENED,
    }
)
_ACCESSES: Final = WRITES | {UseKind.READ, UseKind.READ_KEY}
_NARROWED_RESTS: Final = frozenset({Fact.CLOSED, Fact.REST_TYPE_REMOVED})
_OTHER_RESTS: Final = frozenset(
    {
        Fact.OPENED,
        Fact.REST_TYPE_ADDED,
        Fact.REST_TYPE_CHANGED,
        Fact.REST_TYPE_NARROWED,
        Fact.REST_TYPE_WIDENED,
        Fact.REST_TYPE_WIDENED_AMBIGUOUS,
    }
)


def record_field(sides: Sides, question: Question, touch: Touch) -> Ruling:  # noqa: C901, PLR0912 (a case a use)
    """Judge what is done with a field that is another one."""
    use, fact, part = touch.use, question.fact, question.part
    given = [one for one in use.arguments if one.name == part]
    if use.kind is UseKind.CONSTRUCT and touch.role is Role.DIRECT:
        if fact in WANTED:
            if given:
                return Verdict.SURVIVES, f"it gives '{part}'"
            if is_spread(use.arguments):
                return Verdict.UNKNOWN, f"whether what it spreads has '{part}' is not known"
            return Verdict.BREAKS, f"it gives no value for '{part}', which is required now"
        if not given:
            if is_spread(use.arguments):
                return Verdict.UNKNOWN, f"whether what it spreads has '{part}' is not known"
            return Verdict.SURVIVES, f"it gives no value for '{part}'"
        if fact in FURTHER_FIELDS:
            return Verdict.UNKNOWN, f"it gives a key '{part}', which is a field now"
        return _given_to_field(sides, question, touch, given[0])
    if touch.role is Role.DIRECT and use.kind in {UseKind.READ, UseKind.READ_KEY}:
        if fact in FIELD_TYPES:
            return _read(sides, question, touch)
        if fact in WANTED or fact is Fact.READONLY_ADDED:
            return Verdict.SURVIVES, f"it reads '{part}'"
        if fact in FURTHER_FIELDS and use.kind is UseKind.READ:
            return Verdict.SURVIVES, f"it reads '{part}'"
        return Verdict.UNKNOWN, f"whether what it does with '{part}' still fits was not decided"
    if touch.role is Role.DIRECT and use.kind in WRITES:
        if fact is Fact.READONLY_ADDED:
            return Verdict.BREAKS, f"it writes '{part}', which is readonly now"
        if fact in FIELD_TYPES and use.arguments:
            return _given_to_field(sides, question, touch, use.arguments[0])
        if fact in WANTED:
            return Verdict.SURVIVES, f"it writes '{part}'"
        return Verdict.UNKNOWN, f"whether what it writes still fits '{part}' was not decided"
    if touch.role is Role.GIVEN:
        is_field = question.subject is Subject.RECORD_FIELD
        return given_record(sides, question, touch) if is_field else given_object(sides, question, touch)
    if touch.role is Role.TAKEN:
        return taken_value(sides, question, touch)
    if use.kind is UseKind.INCLUDE:
        if fact in FIELD_TYPES or fact in FURTHER_FIELDS:
            return Verdict.UNKNOWN, "it includes the type, with fields of its own"
        return Verdict.SURVIVES, "it includes the type"
    if use.kind is UseKind.IMPLEMENT:
        if part in use.members and fact in FIELD_TYPES:
            return own_member(sides, question, touch)
        return Verdict.SURVIVES, f"it implements the type without a '{part}' of its own"
    return Verdict.SURVIVES, f"it does nothing with '{part}'"


def _given_to_field(sides: Sides, question: Question, touch: Touch, argument: Argument) -> Ruling:
    part = question.part
    old, new = (sides.field_type(surface, question) for surface in sides.surfaces())
    if old is None or new is None:
        return Verdict.UNKNOWN, f"the type of '{part}' is not known"
    left, right = sides.relations()
    fits = right.argument_fits(argument, sides.new(touch), new)
    if fits:
        return Verdict.SURVIVES, f"what it gives for '{part}' fits the new type"
    if fits is False and left.argument_fits(argument, sides.old(touch), old):
        return Verdict.BREAKS, f"what it gives for '{part}' does not fit the new type"
    return Verdict.UNKNOWN, f"whether what it gives for '{part}' fits the new type is not known"


def _read(sides: Sides, question: Question, touch: Touch) -> Ruling:
    old, new = (sides.field_type(surface, question) for surface in sides.surfaces())
    if old is None or new is None:
        return Verdict.UNKNOWN, f"the type of '{question.part}' is not known"
    if touch.use.is_optional:
        old, new = (one.with_descriptor(nodes.OptionalType(one.descriptor)) for one in (old, new))
    return flow_of(sides, touch, old, new, f"'{question.part}'")


def record(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge what is done with a record that takes other values."""
    use, fact = touch.use, question.fact
    if use.kind is UseKind.CONSTRUCT and touch.role is Role.DIRECT:
        if fact in _NARROWED_RESTS | _OTHER_RESTS:
            return _further_keys(sides, question, touch)
        if fact is Fact.READONLY_ADDED:
            return Verdict.UNKNOWN, "whether all that it gives is readonly was not decided"
        return Verdict.UNKNOWN, "whether the record is still constructed so was not decided"
    if touch.role is Role.DIRECT and use.kind in _ACCESSES:
        return _accessed(sides, question, touch)
    if touch.role is Role.GIVEN:
        return given_record(sides, question, touch)
    if touch.role is Role.TAKEN:
        return taken_value(sides, question, touch)
    if use.kind is UseKind.NAME and fact in _NARROWED_RESTS | _OTHER_RESTS:
        if use.position in {Position.TEST, Position.CAST, Position.ELSEWHERE}:
            return Verdict.UNKNOWN, f"it names the type in {use.position}"
        return Verdict.SURVIVES, f"it names the type of {use.position}"
    return Verdict.UNKNOWN, "whether this still works was not decided"


def _accessed(sides: Sides, question: Question, touch: Touch) -> Ruling:
    use = touch.use
    verb = "write" if use.kind in WRITES else "read"
    if use.kind in WRITES and question.fact is Fact.READONLY_ADDED:
        return Verdict.BREAKS, "it writes a field of the record, which is readonly now"
    is_by_key = use.kind in {UseKind.READ_KEY, UseKind.WRITE_KEY}
    changes_rest = question.fact in _NARROWED_RESTS | _OTHER_RESTS
    if is_by_key and changes_rest and not _is_declared(sides, question, use.name):
        return Verdict.UNKNOWN, f"it may {verb} a further field"
    return Verdict.SURVIVES, f"it {verb}s a field that is declared"


def _is_declared(sides: Sides, question: Question, key: str) -> bool:
    """Return whether a key is that of a field which the old version declares."""
    return key in (sides.fields(sides.surfaces()[0], question.owner) or ())


def _further_keys(sides: Sides, question: Question, touch: Touch) -> Ruling:
    arguments = touch.use.arguments
    fields = sides.fields(sides.surfaces()[1], question.owner)
    if fields is None:
        return Verdict.UNKNOWN, "the new fields are not known"
    further = [one.name for one in arguments if not one.spread and one.name not in fields]
    if further and question.fact in _NARROWED_RESTS:
        return Verdict.BREAKS, f"it gives '{further[0]}', and no further keys are taken any more"
    if further:
        return Verdict.UNKNOWN, f"whether '{further[0]}' is still taken was not decided"
    if is_spread(arguments):
        return Verdict.UNKNOWN, "whether what it spreads has further keys is not known"
    return Verdict.SURVIVES, "it gives declared fields only"


def enum_member(sides: Sides, question: Question, touch: Touch) -> Ruling:
    """Judge what is done with an enum that has a new member, or one of another value."""
    use = touch.use
    if question.fact is not Fact.ADDED:
        return Verdict.UNKNOWN, "whether its value is relied on was not decided"
    if use.kind is UseKind.MATCH:
        if use.is_open:
            return Verdict.SURVIVES, "the match has a clause for everything else"
        if sides.enumerators(question.owner) <= set(use.members):
            return Verdict.BREAKS, "the match handles every old member, and not the new one"
        return Verdict.SURVIVES, "the match does not handle every member as it is"
    if touch.role is Role.TAKEN:
        return taken_member(sides, question, touch)
    return Verdict.SURVIVES, "it uses old members"


def error_field(sides: Sides, question: Question, touch: Touch) -> Ruling:  # noqa: C901 (a case a use)
    """Judge what is done with a field of the detail of an error."""
    use, fact, part = touch.use, question.fact, question.part
    if use.kind is UseKind.ERROR:
        given = [one for one in use.arguments if one.name == part]
        if given and fact in _ERROR_FIELD_LOST:
            return Verdict.BREAKS, f"it gives '{part}', which is no field any more"
        if not given and fact in _ERROR_FIELD_WANTED:
            if is_spread(use.arguments):
                return Verdict.UNKNOWN, f"whether what it spreads has '{part}' is not known"
            return Verdict.BREAKS, f"it gives no '{part}', which is required now"
        if given and fact in _ERROR_FIELD_CHANGED:
            return Verdict.UNKNOWN, f"whether the value for '{part}' still fits was not decided"
        return Verdict.SURVIVES, f"it constructs the error {'with' if given else 'without'} '{part}'"
    if use.kind in {UseKind.READ, UseKind.READ_KEY} and touch.role is Role.DIRECT:
        if use.name != part:
            return Verdict.SURVIVES, f"it reads another field than '{part}'"
        if fact in _ERROR_FIELD_LOST and use.kind is UseKind.READ:
            return Verdict.BREAKS, f"it reads '{part}', which is no field any more"
        if fact in _ERROR_FIELD_WANTED:
            return Verdict.SURVIVES, f"it reads '{part}'"
        return Verdict.UNKNOWN, f"whether what it does with '{part}' still fits was not decided"
    if use.kind is UseKind.NAME and use.position is not Position.ERROR:
        return Verdict.SURVIVES, "it names the type, and no field of its detail"
    if touch.role is Role.GIVEN:
        return given_value(sides, question, touch)
    if touch.role is Role.TAKEN:
        return taken_value(sides, question, touch)
    return Verdict.UNKNOWN, "it may read the detail of the error"
