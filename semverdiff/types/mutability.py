"""Does a narrowing reach what clients write to? Then old code compiles and panics.

SPEC, Inherent type: what a member of a mutable structure may be set to was fixed when it was made. A
client that got a `map<int|string>` and writes a string to it breaks when it gets a `map<int>`. A whole
alternative of a union that is gone, and anything immutable, is never written to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from semverdiff.api.members import Member, object_members, record_members
from semverdiff.syntax.descriptors import ObjectField, ObjectType, RecordField, RecordType, TableType
from semverdiff.types.alternatives import Term, alternatives
from semverdiff.types.shapes import shape_of

if TYPE_CHECKING:
    from semverdiff.types.answer import Answer
    from semverdiff.types.shapes import Shape

__all__ = ["Relate", "narrowed_inside"]

Relate = Callable[[Term, Term], "Answer"]
"""Tells how an old type relates to a new one."""


def narrowed_inside(relate: Relate, old: Term, new: Term) -> bool:
    """Tell whether of a type that was narrowed from `old` to `new` a mutable structure was."""
    before = [shape for shape in map(shape_of, alternatives(old)) if shape.form != "other"]
    for after in map(shape_of, alternatives(new)):
        counterparts = [shape for shape in before if _is_comparable(shape, after)]
        answers = [relate(shape.term, after.term) for shape in counterparts]
        if any(answer.relation == "equal" for answer in answers):
            continue
        for shape, answer in zip(counterparts, answers, strict=True):
            # What is only known not to be decided may be a write that fails.
            if answer.covers is not False and not shape.readonly and _is_written(relate, shape, after):
                return True
    return False


def _is_comparable(old: Shape, new: Shape) -> bool:
    mappings = {"map", "record"}
    return old.form == new.form or {old.form, new.form} <= mappings


def _is_written(relate: Relate, old: Shape, new: Shape) -> bool:
    """Tell whether something that old code may write to one structure does not fit into the other."""
    match old.term.descriptor, new.term.descriptor:
        case RecordType() as before, RecordType() as after:
            return _is_record_written(relate, (old.term, before), (new.term, after))
        case ObjectType() as before, ObjectType() as after:
            return _is_object_written(relate, (old.term, before), (new.term, after))
        case TableType(row=before), TableType(row=after):
            rows = relate(old.term.with_descriptor(before), new.term.with_descriptor(after))
            return rows.relation != "equal"
    return True


def _is_record_written(relate: Relate, old: tuple[Term, RecordType], new: tuple[Term, RecordType]) -> bool:
    (old_term, before), (new_term, after) = old, new
    members = record_members(before, old_term.module, old_term.surface)
    successors = record_members(after, new_term.module, new_term.surface)
    if members.opaque or successors.opaque or members.fields.keys() != successors.fields.keys():
        return True
    for name, member in members.fields.items():
        successor = successors.fields[name]
        if member.declared.readonly:
            continue
        other_presence = member.declared.optional and not successor.declared.optional
        if other_presence or successor.declared.readonly:
            return True
        if not _equal_members(relate, (old_term, member), (new_term, successor)):
            return True
    if members.rest is None or successors.rest is None:
        return members.rest is not successors.rest
    rest = Term(members.rest, members.rest_module, old_term.surface)
    return relate(rest, Term(successors.rest, successors.rest_module, new_term.surface)).relation != "equal"


def _is_object_written(relate: Relate, old: tuple[Term, ObjectType], new: tuple[Term, ObjectType]) -> bool:
    """Tell whether a field that clients can set takes less, or one that they read leads to such a place."""
    (old_term, before), (new_term, after) = old, new
    fields = object_members(before, old_term.module, old_term.surface).fields
    successors = object_members(after, new_term.module, new_term.surface).fields
    for name, member in fields.items():
        successor = successors.get(name)
        if member.declared.visibility != "public" or successor is None:
            continue
        if _equal_members(relate, (old_term, member), (new_term, successor)):
            continue
        if not member.declared.final or narrowed_inside(
            relate, _type_of(old_term, member), _type_of(new_term, successor)
        ):
            return True
    return False


_Field = Member[RecordField] | Member[ObjectField]


def _equal_members(relate: Relate, old: tuple[Term, _Field], new: tuple[Term, _Field]) -> bool:
    return relate(_type_of(*old), _type_of(*new)).relation == "equal"


def _type_of(owner: Term, member: _Field) -> Term:
    return Term(member.declared.type, member.module, owner.surface)
