"""Structures: what has to be the same of two of them whatever their parts are, and the parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.api.members import field_type, object_members, record_members
from semverdiff.syntax import nodes
from semverdiff.types import forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api.members import Member
    from semverdiff.api.surface import Type

__all__ = ["Facts", "Structure", "structure_of"]

Facts = tuple[object, ...]
"""What is compared by value."""


class Structure(msgspec.Struct, frozen=True):
    """What has to be the same of a structure whatever its parts are, and its parts in a fixed order.

    The parts are `unordered` where neither order nor repetitions count.
    """

    facts: Facts
    parts: tuple[Type, ...] = ()
    unordered: bool = False


def structure_of(type_: Type) -> Structure | None:
    """Return the structure of a type; `None` for one that has none."""
    match type_.descriptor:
        case (
            nodes.Reference()
            | nodes.BuiltinType()
            | nodes.NilType()
            | nodes.SingletonType()
            | nodes.OptionalType()
            | nodes.UnionType()
        ):
            return None
        case nodes.IntersectionType(members=members):
            return Structure(("intersection",), tuple(map(type_.with_descriptor, members)), unordered=True)
        case nodes.TupleType() | nodes.ArrayType() as written:
            return _list(type_, written)
        case nodes.RecordType() | nodes.ParameterizedType(name="map"):
            return _mapping(type_)
        case nodes.ParameterizedType(name=name, parameter=parameter):
            return Structure((name,), (type_.with_descriptor(parameter),))
        case nodes.StreamType(value=value, completion=completion):
            return Structure(("stream",), (type_.with_descriptor(value), type_.with_descriptor(completion)))
        case nodes.TableType(row=table_row, key_type=key_type, key_names=names):
            parts = type_.with_descriptor(table_row), type_.with_descriptor(key_type or nodes.NIL)
            return Structure(("table", *sorted(names or ())), parts)
        case nodes.FunctionType(qualifiers=qualifiers, signature=signature):
            if signature is None:
                return Structure(("function", qualifiers))
            return Structure(("function", qualifiers, _rests(signature)), _signature_parts(type_, signature))
        case nodes.ObjectType():
            return _object(type_, type_.descriptor)
        case nodes.DistinctType(member=member):
            return Structure(("distinct",), (type_.with_descriptor(member),))


def _list(type_: Type, written: nodes.ArrayType | nodes.TupleType) -> Structure:
    match written:
        case nodes.TupleType(members=members, rest=rest):
            return _row(type_, members, rest)
        case nodes.ArrayType(member=member):
            row = forms.list_members(type_)
            if row is not None:
                return _row(type_, *row)
            return Structure(("array", forms.array_length(type_, written)), (type_.with_descriptor(member),))


def _row(
    type_: Type, members: tuple[nodes.TypeDescriptor, ...], rest: nodes.TypeDescriptor | None
) -> Structure:
    parts = members if rest is None else (*members, rest)
    return Structure(("list", len(members), rest is None), tuple(map(type_.with_descriptor, parts)))


def _mapping(type_: Type) -> Structure:
    members = record_members(type_.with_descriptor(forms.as_record(type_.descriptor)))
    fields = sorted(members.fields.items())
    facts = tuple((name, field.declared.optional, field.declared.readonly) for name, field in fields)
    parts = [field_type(field) for _, field in fields]
    if members.rest is not None:
        parts.append(members.rest)
    return Structure(("mapping", facts, members.rest is None, members.opaque), tuple(parts))


def _rests(signature: nodes.Signature) -> Facts:
    """Return which parameters are rest parameters: SPEC, neither names nor defaults are part of the type."""
    return tuple(parameter.kind == "rest" for parameter in signature.parameters)


def _signature_parts(type_: Type, signature: nodes.Signature) -> tuple[Type, ...]:
    descriptors = [signature.result, *(parameter.type for parameter in signature.parameters)]
    return tuple(map(type_.with_descriptor, descriptors))


def _object(type_: Type, object_type: nodes.ObjectType) -> Structure:
    members = object_members(type_.with_descriptor(object_type))
    fields = sorted(members.fields.items())
    # SPEC, Class: `init` is no part of the object's type.
    methods = sorted((key, one) for key, one in members.methods.items() if one.declared.kind != "init")
    facts = (
        tuple((name, field.declared.visibility, field.declared.final) for name, field in fields),
        tuple((key, *_method_facts(method.declared)) for key, method in methods),
    )
    parts = [field_type(field) for _, field in fields]
    for _, method in methods:
        parts.extend(_method_parts(method))
    return Structure(("object", members.qualifiers, members.opaque, facts), tuple(parts))


def _method_facts(method: nodes.Method) -> Facts:
    path = tuple(segment.type is None for segment in method.path)
    return method.kind, method.visibility, method.qualifiers, _rests(method.signature), path


def _method_parts(method: Member[nodes.Method]) -> Iterator[Type]:
    place = method.type_of(nodes.NIL)
    yield from _signature_parts(place, method.declared.signature)
    for segment in method.declared.path:
        if segment.type is not None:
            yield place.with_descriptor(segment.type)
