"""Values that a type no longer holds, and tests for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from semverdiff import api
from semverdiff.clients import error_values, values
from semverdiff.clients.errors import NotWritableError
from semverdiff.clients.members import further_key
from semverdiff.clients.structures import fields_of, is_structure, key_type, list_parts, or_nil, structure
from semverdiff.compare.details import TypeChanged
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import quoted, spelled
from semverdiff.types.forms import shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.api import Type
    from semverdiff.clients.draft import Draft
    from semverdiff.types.forms import Shape

__all__ = ["example_of", "lost_member", "lost_test"]

_LEVELS = 6
_NOT_LOST = "no single value that is lost can be written"
# Literals of which one is left when a builtin type is narrowed: the usual one of clients first.
_LITERALS: Mapping[str, tuple[str, ...]] = {
    "string": ('"text"', '"a"', '"another text"'),
    "int": ("1", "0", "-1", "1000", "1000000", "9000000000"),
    "byte": ("1", "0", "255"),
    "boolean": ("true", "false"),
    "float": ("1.5", "0.0", "-2.5"),
    "decimal": ("1.5d", "0d", "-2.5d"),
}


_DATA: tuple[nodes.TypeDescriptor, ...] = (
    *(nodes.BuiltinType(name) for name in _LITERALS),
    nodes.NIL,
    *map(nodes.BuiltinType, ("xml", "function")),
)


def example_of(draft: Draft) -> str:
    """Return a value of the old type only that clients may compare with."""
    match draft.difference.detail:
        case TypeChanged(example=str() as example, comparable=True):
            return example
    raise NotWritableError(_NOT_LOST)


def lost_test(draft: Draft, place: str, example: str, *, absent: bool = False) -> str:
    """Return an expression that compares a value with one that it can no longer be.

    The new version refuses to compare what is never equal. That is said of literals, so that of a structure a
    part is compared, unless the structure may be `absent`.
    """
    if example[0] not in "[{":
        return f"{place} == {example}"
    if absent:
        raise NotWritableError(_NOT_LOST)
    return _test_inside(draft, place, *draft.changed_types())


def _test_inside(draft: Draft, place: str, old: Type, new: Type) -> str:
    for _ in range(_LEVELS):
        for member in draft.members.union(old):
            literal = _literal_of(draft, member, new)
            if literal is not None:
                return f"{place} == {literal}"
        inside = _inside(draft, place, old, new)
        if inside is None:
            break
        place, old, new = inside
    raise NotWritableError(_NOT_LOST)


def _literal_of(draft: Draft, member: Type, new: Type) -> str | None:
    """Return a literal that a member of the old union holds and the new type does not."""
    match member.descriptor:
        case nodes.BuiltinType(name=name) if name in _LITERALS:
            return _lost_literal(draft, member, new, _LITERALS[name])
        case nodes.BuiltinType(name="anydata" | "json" | "any"):
            return _lost_literal(draft, member, new, tuple(one[0] for one in _LITERALS.values()))
        case nodes.SingletonType(text=text):
            return _lost_literal(draft, member, new, (text,))
    return None


def _inside(draft: Draft, place: str, old: Type, new: Type) -> tuple[str, Type, Type] | None:
    """Return the part of a structure that changed, with both of its types."""
    before, after = structure(draft, old), structure(draft, new)
    if before is None or after is None or len(draft.members.union(old)) > 1:
        return None  # SPEC, Expressions: a union has no members or fields to read
    match before.form:
        case "list":
            first, rest = list_parts(before.type)
            others, other_rest = list_parts(after.type)
            for index, member in enumerate(first if rest is None else [*first, rest]):
                other = others[index] if index < len(others) else other_rest
                if other is not None and draft.members.within(member, other) is False:
                    return f"{place}[{index}]", member, other
        case "map" | "record":
            return _inside_mapping(draft, place, before.type, after.type)
    return None


def _inside_mapping(draft: Draft, place: str, old: Type, new: Type) -> tuple[str, Type, Type] | None:
    fields, others = fields_of(draft, old), fields_of(draft, new)
    for name, member in fields.items():
        other = others.get(name)
        if other is None or member.declared.optional:
            continue
        if draft.members.within(api.field_type(member), api.field_type(other)) is False:
            return f"{place}.{spelled(name)}", api.field_type(member), api.field_type(other)
    rest, other_rest = key_type(draft, old), key_type(draft, new)
    if rest is None:
        return None
    for name, other in others.items():
        if name not in fields and not draft.members.within(rest, api.field_type(other)):
            return f"{place}[{quoted(name)}]", or_nil(rest), or_nil(api.field_type(other))
    if other_rest is None:
        return None
    key = further_key(draft.members.record(old)) if fields else "key"
    return (
        f"{place}[{quoted(key)}]",
        or_nil(rest),
        or_nil(other_rest),
    )


def lost_member(draft: Draft, old: Type, new: Type | None, *, absent: bool = False) -> str:
    """Return a value of the old type that the new type does not hold; any value if there is no new type.

    `absent` says that nil is written where nothing is to be.
    """
    if new is not None and absent:
        new = or_nil(new)
    value = _lost_part(draft, old, new, 0)
    if value is not None:
        return value
    if new is not None and draft.members.within(old, new) is None:
        return draft.value(old, "item")
    raise NotWritableError(_NOT_LOST)


def _lost_part(draft: Draft, old: Type, new: Type | None, level: int) -> str | None:
    """Return the value, as it is written where the old type is expected; `None` if none is found."""
    if new is None:
        return draft.value(old, "item")
    members = draft.members.union(old)
    for member in members:
        if draft.members.within(member, new) is not False:
            continue
        value = _lost(draft, member, new, level)
        if value is not None:
            return _told_apart(draft, member, members, value)
    return None


def _told_apart(draft: Draft, member: Type, members: list[Type], value: str) -> str:
    """Return a value of a member where a union is expected: a variable says which, if nothing else does."""
    if len(members) == 1 or values.plain(member) is not None or not values.needs_type(value):
        return value
    return draft.variable(member, "item", value)


def _lost(draft: Draft, member: Type, new: Type, level: int) -> str | None:
    """Return a value of a member of the old union that the new type does not hold."""
    draft.spend()
    match member.descriptor:
        case nodes.BuiltinType(name=name) if name in _LITERALS:
            return _lost_literal(draft, member, new, _LITERALS[name])
        case nodes.BuiltinType(name="anydata" | "json" | "any" | "readonly"):
            return _lost_data(draft, member, new, level)
        case nodes.BuiltinType(name="typedesc") | nodes.ParameterizedType(name="typedesc"):
            return _lost_typedesc(draft, member, new)
    if error_values.details_of(member) and any(map(error_values.details_of, draft.members.union(new))):
        return None  # which detail is lost is not looked for
    found, other = shape(member), structure(draft, new)
    value = None
    if other is not None and found.form == other.form and level < _LEVELS:
        value = _lost_inside(draft, found, other.type, level)
    if value is None and found.readonly:
        return None
    if value is not None:
        return value
    # SPEC, Inherent types: what is made as one of the old type is none of the new one, whatever it holds.
    if is_structure(found) and not draft.inline:
        return draft.typed(member, "item")
    return draft.value(member, "item")


def _lost_literal(draft: Draft, type_: Type, new: Type, literals: tuple[str, ...]) -> str | None:
    for text in literals:
        if draft.members.within(type_.with_descriptor(nodes.SingletonType(text)), new) is False:
            return text
    return None


def _lost_data(draft: Draft, type_: Type, new: Type, level: int) -> str | None:
    """Return a value of a type that holds values of many basic types."""
    for descriptor in (*_DATA, nodes.ArrayType(type_.descriptor, None)):
        one = type_.with_descriptor(descriptor)
        if draft.members.within(one, type_) is True and draft.members.within(one, new) is False:
            value = _lost(draft, one, new, level)
            if value is not None:
                return value
    return None


def _lost_typedesc(draft: Draft, type_: Type, new: Type) -> str | None:
    """Return the name of a builtin type that the old type describes and the new one does not."""
    for name in (*_LITERALS, "any"):
        one = type_.with_descriptor(nodes.ParameterizedType("typedesc", nodes.BuiltinType(name)))
        if draft.members.within(one, type_) is True and draft.members.within(one, new) is False:
            return name
    return draft.received(type_, "described")


def _lost_inside(draft: Draft, found: Shape, new: Type, level: int) -> str | None:
    """Return a structure with a part that the new structure of the same form does not hold."""
    match found.form:
        case "list":
            return _lost_list(draft, found, new, level)
        case "map":
            member = cast("Type", key_type(draft, found.type))
            value = _lost_part(draft, _part(draft, found, member), key_type(draft, new), level + 1)
            return None if value is None else f'{{"key": {value}}}'
        case "record":
            return _lost_record(draft, found, new, level)
    return None


def _part(draft: Draft, whole: Shape, type_: Type) -> Type:
    return values.immutable(draft, type_) if whole.readonly else type_


def _lost_list(draft: Draft, found: Shape, new: Type, level: int) -> str | None:
    first, rest = list_parts(found.type)
    others, other_rest = list_parts(new)
    listed = first if rest is None else [*first, rest]
    for index, member in enumerate(listed):
        other = others[index] if index < len(others) else other_rest
        if other is not None and draft.members.within(member, other) is True:
            continue
        value = _lost_part(draft, _part(draft, found, member), other, level + 1)
        if value is None:
            return None
        before = first if index < len(first) else listed
        parts = [
            value if at == index else draft.value(_part(draft, found, one), "item")
            for at, one in enumerate(before)
        ]
        return f"[{', '.join(parts)}]"
    return None


def _lost_record(draft: Draft, found: Shape, new: Type, level: int) -> str | None:
    members, others = draft.members.whole_record(found.type), fields_of(draft, new)
    for name, member in members.fields.items():
        type_ = api.field_type(member)
        other = api.field_type(others[name]) if name in others else key_type(draft, new)
        if other is not None and draft.members.within(type_, other) is True:
            continue
        whole = msgspec.structs.replace(found, readonly=found.readonly or member.declared.readonly)
        value = _lost_part(draft, _part(draft, whole, type_), other, level + 1)
        if value is not None:
            return values.record(draft, found.type, {spelled(name): value}, readonly=found.readonly)
    if members.rest is None:
        return None
    key, other = further_key(members), key_type(draft, new)
    for name, field in others.items():
        if name not in members.fields and not draft.members.within(members.rest, api.field_type(field)):
            key, other = name, api.field_type(field)
            break
    value = _lost_part(draft, _part(draft, found, members.rest), other, level + 1)
    key = quoted(key)
    return None if value is None else values.record(draft, found.type, {key: value}, readonly=found.readonly)
