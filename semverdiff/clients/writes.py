"""Writes into what the package gives, and other statements about a part of a type that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import api
from semverdiff.clients import calls
from semverdiff.clients.errors import NotWritableError
from semverdiff.clients.losses import lost_member
from semverdiff.clients.members import further_key
from semverdiff.clients.program import Block, Line
from semverdiff.clients.structures import fields_of, is_structure, key_type, list_parts, structure
from semverdiff.compare.facts import Fact
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import quoted, spelled
from semverdiff.types.forms import shape

if TYPE_CHECKING:
    from semverdiff.api import Type
    from semverdiff.clients.draft import Draft
    from semverdiff.clients.program import Part

__all__ = ["unquoted_mapping", "write_into", "write_result"]

_LEVELS = 6
_NOT_FOUND = "what may no longer be written is not found by the form of the type"


class _Place(msgspec.Struct, frozen=True):
    """What is written into: as an assignment writes it, and as an expression reads it."""

    written: str
    read: str

    def field(self, name: str) -> _Place:
        return _Place(f"{self.written}.{spelled(name)}", f"{self.read}.{spelled(name)}")

    def member(self, index: int) -> _Place:
        return _Place(f"{self.written}[{index}]", f"{self.read}[{index}]")

    def key(self, key: str) -> _Place:
        # SPEC, Assignment: an assignment makes the mapping that is missing; `get` is no place to write to.
        return _Place(f"{self.written}[{quoted(key)}]", f"{self.read}.get({quoted(key)})")


_Inside = tuple[_Place, api.Type, api.Type]
"""Where something changed inside of a structure, and both of its types there."""


def write_result(draft: Draft) -> None:
    """Change what a function returns."""
    old, new = draft.changed_types()
    function = calls.called(draft)
    arguments = calls.arguments_of(draft, function.signature, function.home)
    text = calls.result_type(draft, function, without_errors=True)
    expression = function.call(arguments)
    if calls.fails(draft, function):
        expression = draft.checked(expression)
    name = draft.names.fresh("result")
    draft.say(f"{text} {name} = {expression};")
    draft.add(write_into(draft, name, old, new, checked=True))


def write_into(draft: Draft, name: str, old: Type, new: Type, *, checked: bool = False) -> Part:
    """Return a statement that changes a value of the old type as the new type does not allow.

    What is written is looked for in the structure of both types: a further member, another field or key.
    `checked` says that the value is none of the errors in the type.
    """
    place, level = _Place(name, name), 0
    guard = _guard(draft, old, checked=checked)
    while level < _LEVELS:
        level += 1
        before, after = structure(draft, old), structure(draft, new)
        if before is None or before.readonly:
            raise NotWritableError(_NOT_FOUND)
        step = _step(draft, place, before.type, None if after is None or after.readonly else after.type)
        if isinstance(step, str):
            line = Line(step, breaks=True)
            return line if guard is None else Block(Line(f"if {name} is {guard} {{"), (line,))
        place, old, new = step
    raise NotWritableError("what may no longer be written is nested too deeply")


def _guard(draft: Draft, type_: Type, *, checked: bool) -> str | None:
    """Return the structure in a union, which a value has to be before it can be written into."""
    members = [one for one in draft.members.union(type_) if not (checked and api.is_error(one))]
    found = [one for one in members if is_structure(shape(one))]
    if found == members or not found:
        return None
    return draft.names.text(found[0])


def _step(draft: Draft, place: _Place, old: Type, new: Type | None) -> str | _Inside:
    """Return the statement, or the place inside that holds what changed, with both of its types."""
    if draft.difference.fact in {Fact.RETURN_READONLY_ADDED, Fact.READONLY_ADDED}:
        new = None
    match old.descriptor:
        case nodes.ArrayType() | nodes.TupleType():
            return _list_step(draft, place, old, new)
        case nodes.ParameterizedType(name="map", parameter=parameter):
            return _key_step(draft, place, "key", old.with_descriptor(parameter), new)
        case nodes.RecordType():
            return _record_step(draft, place, old, new)
    raise NotWritableError(_NOT_FOUND)


def _list_step(draft: Draft, place: _Place, old: Type, new: Type | None) -> str | _Inside:
    first, rest = list_parts(old)
    others, other_rest = ((), None) if new is None else list_parts(new)
    for index, member in enumerate(first):
        other = others[index] if index < len(others) else other_rest
        if other is not None and draft.members.within(member, other) is True:
            continue
        inside = place.member(index)
        if other is not None and _is_nested(draft, member, other):
            return inside, member, other
        return f"{inside.written} = {lost_member(draft, member, other)};"
    if rest is None:
        raise NotWritableError(_NOT_FOUND)
    if other_rest is not None and _is_nested(draft, rest, other_rest):
        return place.member(len(first)), rest, other_rest
    return f"{place.read}.push({lost_member(draft, rest, other_rest)});"


def _is_nested(draft: Draft, old: Type, new: Type) -> bool:
    """Return whether two types are structures of one form, so that what changed is inside of them."""
    if len(draft.members.union(old)) > 1:
        return False  # SPEC, Expressions: a union has no members or fields to write to
    before, after = structure(draft, old), structure(draft, new)
    return (
        before is not None
        and after is not None
        and not before.readonly
        and type(before.type.descriptor) is type(after.type.descriptor)
    )


def _key_step(draft: Draft, place: _Place, key: str, member: Type, new: Type | None) -> str | _Inside:
    other = key_type(draft, new)
    inside = place.key(key)
    if other is not None and isinstance(new, api.Type) and _is_nested(draft, member, other):
        return inside, member, other
    return f"{inside.written} = {lost_member(draft, member, other)};"


def _record_step(draft: Draft, place: _Place, old: Type, new: Type | None) -> str | _Inside:
    members = draft.members.record(old)
    fields = fields_of(draft, new)
    for name, member in members.fields.items():
        if member.declared.readonly:
            continue
        type_, inside = api.field_type(member), place.field(name)
        other = fields.get(name)
        if other is None or other.declared.readonly:
            further = None if other is not None else key_type(draft, new)
            if further is not None and draft.members.within(type_, further) is True:
                continue
            return f"{inside.written} = {lost_member(draft, type_, further)};"
        if draft.members.within(type_, api.field_type(other)) is True:
            if member.declared.optional and not other.declared.optional:
                return f"{inside.written} = ();"
            continue
        # SPEC, Assignment: a field that may be absent is nil where it is read.
        if not member.declared.optional and _is_nested(draft, type_, api.field_type(other)):
            return inside, type_, api.field_type(other)
        absent = other.declared.optional
        return f"{inside.written} = {lost_member(draft, type_, api.field_type(other), absent=absent)};"
    if members.rest is None:
        raise NotWritableError("no field is found that may no longer be written")
    for name, field in fields.items():
        if name not in members.fields and not draft.members.within(members.rest, api.field_type(field)):
            value = lost_member(draft, members.rest, api.field_type(field), absent=field.declared.optional)
            return f"{place.key(name).written} = {value};"
    key = place.key(further_key(members))
    return f"{key.written} = {lost_member(draft, members.rest, key_type(draft, new), absent=True)};"


def unquoted_mapping(draft: Draft, type_: Type) -> str:
    """Return a mapping constructor with a key that no field declares, and that has no quotes."""
    for one in map(shape, draft.members.union(type_)):
        match one.type.descriptor:
            case nodes.ParameterizedType(name="map", parameter=parameter):
                return f"{{key: {draft.value(one.type.with_descriptor(parameter), 'item')}}}"
            case nodes.RecordType():
                members = draft.members.record(one.type)
                if members.rest is not None:
                    return f"{{{further_key(members)}: {draft.value(members.rest, 'item')}}}"
    raise NotWritableError("the old type takes no further keys")
