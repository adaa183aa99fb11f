"""Writes into what the package gives, and other statements about a part of a type that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import api
from semverdiff.clients import calls
from semverdiff.clients.errors import NotWritableError
from semverdiff.clients.members import further_key
from semverdiff.compare.details import TypeChanged
from semverdiff.compare.facts import Fact
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import quoted, spelled
from semverdiff.types.forms import array_length, list_members, shape

if TYPE_CHECKING:
    from semverdiff.api import Type
    from semverdiff.clients.draft import Draft

__all__ = ["example_of", "lost_member", "unquoted_mapping", "write_into", "write_result"]

_LEVELS = 6


def example_of(draft: Draft) -> str:
    """Return a value of the old type only that clients may compare with."""
    match draft.difference.detail:
        case TypeChanged(example=str() as example, comparable=True):
            return example
    raise NotWritableError("no single value that is lost can be written")


def write_result(draft: Draft) -> None:
    """Change what a function returns."""
    old, new = draft.changed_types()
    function = calls.called(draft)
    arguments = calls.arguments_of(draft, function.signature, function.home)
    result = function.type_of(function.signature.result)
    text = calls.result_type(draft, function, without_errors=True)
    expression = function.call(arguments)
    if calls.fails(draft, result):
        expression = draft.checked(expression)
    name = draft.names.fresh("result")
    draft.say(f"{text} {name} = {expression};")
    draft.say(write_into(draft, name, old, new), breaks=True)


def write_into(draft: Draft, name: str, old: Type, new: Type) -> str:
    """Return a statement that changes a value of the old type as the new type does not allow.

    What is written is looked for in the structure of both types: a further member, another field or key.
    """
    place, level = name, 0
    while level < _LEVELS:
        level += 1
        before, after = _structure(draft, old), _structure(draft, new)
        if before is None:
            raise NotWritableError("what may no longer be written is not found by the form of the type")
        step = _step(draft, place, before, after)
        if isinstance(step, str):
            return step
        place, old, new = step
    raise NotWritableError("what may no longer be written is nested too deeply")


def _structure(draft: Draft, type_: Type) -> Type | None:
    """Return the one structure among the members of a union that clients can write to."""
    found = [
        one.type
        for one in map(shape, draft.members.union(type_))
        if one.form in {"list", "map", "record", "object"}
    ]
    return found[0] if len(found) == 1 else None


def _step(draft: Draft, place: str, old: Type, new: Type | None) -> str | tuple[str, Type, Type]:
    """Return the statement, or the place inside that holds what changed, with both of its types."""
    if draft.difference.fact in {Fact.RETURN_READONLY_ADDED, Fact.READONLY_ADDED}:
        new = None
    match old.descriptor:
        case nodes.ArrayType() as array:
            return _list_step(draft, place, old, array, new)
        case nodes.ParameterizedType(name="map", parameter=parameter):
            return _map_step(draft, place, old.with_descriptor(parameter), new)
        case nodes.RecordType():
            return _record_step(draft, place, old, new)
    raise NotWritableError("what may no longer be written is not found by the form of the type")


def _list_step(
    draft: Draft, place: str, old: Type, array: nodes.ArrayType, new: Type | None
) -> str | tuple[str, Type, Type]:
    member = old.with_descriptor(array.member)
    fixed = array_length(old, array) is not None
    listed = None if new is None else list_members(new)
    other = None if new is None or listed is None or listed[1] is None else new.with_descriptor(listed[1])
    if fixed:
        return f"{place}[0] = {lost_member(draft, member, other)};"
    if other is None or (draft.members.within(member, other) is False and not _nested(draft, member, other)):
        return f"{place}.push({lost_member(draft, member, other)});"
    return f"{place}[0]", member, other


def _nested(draft: Draft, old: Type, new: Type) -> bool:
    """Return whether two types are structures of one form, so that what changed is inside of them."""
    before, after = _structure(draft, old), _structure(draft, new)
    return before is not None and after is not None and type(before.descriptor) is type(after.descriptor)


def _map_step(draft: Draft, place: str, member: Type, new: Type | None) -> str | tuple[str, Type, Type]:
    other = _key_type(draft, new)
    if other is not None and _nested(draft, member, other):
        return f'{place}.get("key")', member, other
    return f'{place}["key"] = {lost_member(draft, member, other)};'


def _key_type(draft: Draft, new: Type | None) -> Type | None:
    match None if new is None else new.descriptor:
        case nodes.ParameterizedType(name="map", parameter=parameter) if new is not None:
            return new.with_descriptor(parameter)
        case nodes.RecordType() if new is not None:
            return draft.members.record(new).rest
    return None


def _record_step(draft: Draft, place: str, old: Type, new: Type | None) -> str | tuple[str, Type, Type]:
    members = draft.members.record(old)
    others = None
    if new is not None and isinstance(new.descriptor, nodes.RecordType):
        others = draft.members.record(new)
    for name, member in members.fields.items():
        type_ = api.field_type(member)
        if member.declared.readonly:
            continue
        other = None if others is None else others.fields.get(name)
        if others is None:
            return f"{place}.{spelled(name)} = {lost_member(draft, type_, None)};"
        if other is None or draft.members.within(type_, api.field_type(other)) is not False:
            continue
        if _nested(draft, type_, api.field_type(other)):
            return f"{place}.{spelled(name)}", type_, api.field_type(other)
        return f"{place}.{spelled(name)} = {lost_member(draft, type_, api.field_type(other))};"
    if members.rest is not None:
        rest = None if others is None else others.rest
        return f"{place}[{quoted(further_key(members))}] = {lost_member(draft, members.rest, rest)};"
    raise NotWritableError("no field is found that may no longer be written")


def lost_member(draft: Draft, old: Type, new: Type | None) -> str:
    """Return a value of the old type that the new type does not hold; any value if there is no new type."""
    if new is None:
        return draft.value(old, "item")
    if old.descriptor in {nodes.BuiltinType("anydata"), nodes.BuiltinType("json"), nodes.BuiltinType("any")}:
        for name in ("string", "int", "boolean"):
            one = old.with_descriptor(nodes.BuiltinType(name))
            if draft.members.within(one, new) is False:
                return draft.value(one, "item")
    for member in draft.members.union(old):
        if draft.members.within(member, new) is False:
            return draft.value(member, "item")
    return draft.value(old, "item")


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
