"""Does a narrowing reach what clients write to? Then old code compiles and panics.

SPEC, Inherent type: what a member of a mutable structure may be set to was fixed when it was made. A
client that got a `map<int|string>` and writes a string to it breaks when it gets a `map<int>`. A whole
alternative of a union that is gone, and anything immutable, is never written to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from semverdiff.api.members import field_type, object_members, record_members
from semverdiff.syntax.nodes import (
    FunctionType,
    ObjectType,
    ParameterizedType,
    RecordType,
    StreamType,
    TableType,
)
from semverdiff.types.equality import equal
from semverdiff.types.forms import Current, Type, alternatives
from semverdiff.types.shapes import shape_of

if TYPE_CHECKING:
    from semverdiff.types.relation import Answer
    from semverdiff.types.shapes import Shape

__all__ = ["Relate", "narrowed_inside"]

Relate = Callable[[Type, Type], "Answer"]
"""Tells how an old type relates to a new one."""


def narrowed_inside(relate: Relate, old: Type, new: Type, current: Current) -> bool:
    """Return whether of a type that was narrowed from `old` to `new` a mutable structure was.

    A public type of both sides counts as unchanged here: it is compared at its own name.
    """
    before = alternatives(old, current)
    shapes = [shape_of(one) for one in before]
    for one in alternatives(new, current):
        if any(equal(other, one, _nothing_is_anchored) for other in before):
            continue
        after = shape_of(one)
        counterparts = [shape for shape in shapes if _is_comparable(shape, after)]
        answers = [relate(shape.term, after.term) for shape in counterparts]
        if any(answer.relation == "equal" for answer in answers):
            continue
        for shape, answer in zip(counterparts, answers, strict=True):
            # What is only known not to be decided may be a write that fails.
            if answer.covers is False or shape.readonly:
                continue
            if shape.form == "other":
                if _gives_narrowed(relate, shape.term, after.term, current):
                    return True
            elif _Writes(relate, current).differ(shape, after):
                return True
    return False


def _nothing_is_anchored(_module: str, _name: str) -> bool:
    return False


def _gives_narrowed(relate: Relate, old: Type, new: Type, current: Current) -> bool:
    """Return whether something that streams, futures or functions give is narrowed where clients write."""
    pairs = zip(_given(old), _given(new), strict=False)
    return any(narrowed_inside(relate, one, other, current) for one, other in pairs)


def _given(term: Type) -> list[Type]:
    """Return the types of what comes out of a value."""
    match term.descriptor:
        case StreamType(value=value, completion=completion):
            return [term.with_descriptor(value), term.with_descriptor(completion)]
        case ParameterizedType(name="future", parameter=parameter):
            return [term.with_descriptor(parameter)]
        case FunctionType(signature=signature) if signature is not None:
            return [term.with_descriptor(signature.result)]
    return []


def _is_comparable(old: Shape, new: Shape) -> bool:
    if old.form == new.form == "other":
        return type(old.term.descriptor) is type(new.term.descriptor)
    return old.form == new.form or {old.form, new.form} <= {"map", "record"}


class _Writes:
    """What old code may write to a structure, against what the new one takes."""

    def __init__(self, relate: Relate, current: Current) -> None:
        self._relate = relate
        self._current = current

    def differ(self, old: Shape, new: Shape) -> bool:
        """Return whether something that old code may write does not fit."""
        match old.term.descriptor, new.term.descriptor:
            case RecordType() as before, RecordType() as after:
                return self._of_records((old.term, before), (new.term, after))
            case ObjectType() as before, ObjectType() as after:
                return self._of_objects((old.term, before), (new.term, after))
            case TableType(row=before), TableType(row=after):
                return not self._same(old.term.with_descriptor(before), new.term.with_descriptor(after))
        return True

    def _same(self, old: Type, new: Type) -> bool:
        return self._relate(old, new).relation == "equal"

    def _of_records(self, old: tuple[Type, RecordType], new: tuple[Type, RecordType]) -> bool:
        (old_term, before), (new_term, after) = old, new
        members = record_members(old_term.with_descriptor(before))
        successors = record_members(new_term.with_descriptor(after))
        if members.opaque or successors.opaque or members.fields.keys() != successors.fields.keys():
            return True
        for name, member in members.fields.items():
            successor = successors.fields[name]
            if member.declared.readonly:
                continue
            other_presence = member.declared.optional and not successor.declared.optional
            if other_presence or successor.declared.readonly:
                return True
            if not self._same(field_type(member), field_type(successor)):
                return True
        if members.rest is None or successors.rest is None:
            return members.rest is not successors.rest
        return not self._same(members.rest, successors.rest)

    def _of_objects(self, old: tuple[Type, ObjectType], new: tuple[Type, ObjectType]) -> bool:
        """Compare the fields that clients can set, and what they reach through those that they read."""
        (old_term, before), (new_term, after) = old, new
        fields = object_members(old_term.with_descriptor(before)).fields
        successors = object_members(new_term.with_descriptor(after)).fields
        for name, member in fields.items():
            successor = successors.get(name)
            if member.declared.visibility != "public" or successor is None:
                continue
            was, is_now = field_type(member), field_type(successor)
            if self._same(was, is_now):
                continue
            if not member.declared.final or narrowed_inside(self._relate, was, is_now, self._current):
                return True
        return self._of_results((old_term, before), (new_term, after))

    def _of_results(self, old: tuple[Type, ObjectType], new: tuple[Type, ObjectType]) -> bool:
        """Compare what the methods give."""
        (old_term, before), (new_term, after) = old, new
        methods = object_members(old_term.with_descriptor(before)).methods
        successors = object_members(new_term.with_descriptor(after)).methods
        for key in methods.keys() & successors.keys():
            was = methods[key].type_of(methods[key].declared.signature.result)
            is_now = successors[key].type_of(successors[key].declared.signature.result)
            if not self._same(was, is_now) and narrowed_inside(self._relate, was, is_now, self._current):
                return True
        return False
