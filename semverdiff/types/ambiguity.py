"""Does a widened type leave it open what a constructor makes?

SPEC, List and mapping constructors, `new`: the expected type says what is made. Where it is a union, the
alternatives that the constructor fits are looked for, and there must be one: `f([1, 2])` is refused when
`int[]` becomes `int[]|float[]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.api.constants import literal_value
from semverdiff.api.members import field_type, record_members
from semverdiff.syntax.nodes import (
    ArrayType,
    BuiltinType,
    NilType,
    ParameterizedType,
    RecordType,
    Reference,
    SingletonType,
    TupleType,
)
from semverdiff.types.equality import equal
from semverdiff.types.forms import Current, Type, alternatives
from semverdiff.types.shapes import shape_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.syntax.nodes import TypeDescriptor
    from semverdiff.types.mutability import Relate
    from semverdiff.types.shapes import Shape

__all__ = ["ambiguous"]

_DATA = frozenset({"any", "anydata", "json"})
_CONSTRUCTORS = {"list": "[]", "map": "{}", "record": "{}", "object": "new"}
_NUMERIC = frozenset({"byte", "decimal", "float", "int"})


class _Keys(msgspec.Struct, frozen=True):
    """What a mapping constructor may and must name; `others` is the type of keys that are not declared."""

    fields: Mapping[str, Type]
    required: frozenset[str]
    others: Type | None


def ambiguous(relate: Relate, old: Type, new: Type, current: Current) -> str | None:
    """Return a constructor that made one thing of `old`, and of `new` may make two.

    It is `[]`, `{}` or `new`, whatever it holds; `None` if every constructor that was clear still is. What
    changes in a public type of both sides is no news here: it is compared at its own name.
    """
    before, after = _constructed(alternatives(old, current)), _constructed(alternatives(new, current))
    if not before or len(after) <= 1:
        return None
    # What has the same name on both sides is the same; the engine is asked about the rest only.
    names, new_names = (
        {_name(one) for one in side if isinstance(one.descriptor, Reference)} for side in (before, after)
    )
    gone = [one for one in before if _name(one) not in new_names]
    come = [one for one in after if _name(one) not in names]
    kept = [
        one for one in before if _name(one) in new_names or any(_same(relate, one, other) for other in come)
    ]
    added = [other for other in come if not any(_same(relate, one, other) for one in gone)]
    for one in kept:
        others = {_shared_constructor(one, other) for other in before if other is not one}
        for other in added:
            constructor = _shared_constructor(one, other)
            if constructor not in others | {None}:
                return constructor
    return None


def _name(term: Type) -> tuple[int, str, TypeDescriptor]:
    return id(term.surface), term.module, term.descriptor


def _constructed(members: list[Type]) -> list[Type]:
    """Choose the alternatives whose values constructors make."""
    return [one for one in members if _is_data(one.descriptor) or shape_of(one).form in _CONSTRUCTORS]


def _is_data(descriptor: TypeDescriptor) -> bool:
    return isinstance(descriptor, BuiltinType) and descriptor.name in _DATA


def _same(relate: Relate, old: Type, new: Type) -> bool:
    if equal(old, new, _nothing_is_anchored):
        return True
    one, other = shape_of(old).form, shape_of(new).form
    return (one == other or {one, other} == {"map", "record"}) and relate(old, new).relation == "equal"


def _nothing_is_anchored(_module: str, _name: str) -> bool:
    return False


def _shared_constructor(one: Type, other: Type) -> str | None:
    """Return a constructor that makes values of both alternatives, if there is one."""
    left, right = shape_of(one), shape_of(other)
    if _is_data(one.descriptor) or _is_data(other.descriptor):
        # Data is what any list or mapping constructor makes.
        structure = right if _is_data(one.descriptor) else left
        return _CONSTRUCTORS[structure.form] if structure.form in {"list", "map", "record"} else None
    return _CONSTRUCTORS[left.form] if _take_the_same(left, right) else None


def _take_the_same(old: Shape, new: Shape) -> bool:
    if old.form == new.form == "object":
        return old.is_class and new.is_class
    if old.form == new.form == "list":
        return _take_the_same_list(old.term, new.term)
    if {old.form, new.form} <= {"map", "record"}:
        return _take_the_same_mapping(_keys(old.term), _keys(new.term))
    return False


def _take_the_same_list(old: Type, new: Type) -> bool:
    """Return whether a list constructor with a member fits both; clients rarely pass `[]` alone."""
    one, other = _members(old), _members(new)
    demanded = max(len(one[0]), len(other[0]), 1)
    pairs = [(_at(one, index), _at(other, index)) for index in range(demanded)]
    return all(left is not None and right is not None and _overlap(left, right) for left, right in pairs)


_Row = tuple[list[Type], Type | None]


def _members(term: Type) -> _Row:
    """Return the members that a list must have, and the type of further ones."""
    match term.descriptor:
        case TupleType(members=members, rest=rest):
            demanded = [term.with_descriptor(member) for member in members]
            return demanded, None if rest is None else term.with_descriptor(rest)
        case ArrayType(member=member, length=None):
            return [], term.with_descriptor(member)
        case ArrayType(member=member):
            # Of an array of fixed length a constructor may leave members out.
            return [term.with_descriptor(member)], term.with_descriptor(member)
    return [], None


def _at(row: _Row, index: int) -> Type | None:
    demanded, rest = row
    return demanded[index] if index < len(demanded) else rest


def _keys(term: Type) -> _Keys:
    match term.descriptor:
        case ParameterizedType(parameter=parameter):
            return _Keys({}, frozenset(), term.with_descriptor(parameter))
        case RecordType():
            members = record_members(term)
            fields = {name: field_type(member) for name, member in members.fields.items()}
            required = frozenset(
                name
                for name, member in members.fields.items()
                if not member.declared.optional and member.declared.default is None
            )
            # Keys that a record does not declare have to be quoted, which few clients do.
            others = None
            if not fields and members.rest is not None:
                others = members.rest
            return _Keys(fields, required, others)
    return _Keys({}, frozenset(), None)


def _take_the_same_mapping(old: _Keys, new: _Keys) -> bool:
    for name in old.required | new.required:
        left, right = old.fields.get(name, old.others), new.fields.get(name, new.others)
        if left is None or right is None or not _overlap(left, right):
            return False
    return True


def _overlap(old: Type, new: Type) -> bool:
    """Return whether an expression may fit both types; a number may be int, float or decimal."""
    return any(_may_share(one, other) for one in alternatives(old) for other in alternatives(new))


def _may_share(one: Type, other: Type) -> bool:
    left, right = _expression(one), _expression(other)
    if left is None or right is None:
        return True
    return left.kind == right.kind and (left.value == right.value or None in {left.value, right.value})


class _Expression(msgspec.Struct, frozen=True):
    """What an alternative demands of an expression: its kind, and its value if there is only one."""

    kind: str
    value: str | None = None


def _expression(term: Type) -> _Expression | None:
    """Return what a type demands; `None` for a type that takes many kinds of expressions."""
    shape = shape_of(term)
    if shape.form != "other":
        return _Expression("map" if shape.form == "record" else shape.form)
    match shape.term.descriptor:
        case BuiltinType(name=name):
            return None if name in _DATA | {"readonly"} else _Expression(_kind(name))
        case NilType():
            return _Expression("nil")
        case SingletonType(text=text):
            value = literal_value(text)
            return None if value is None else _Expression(_kind(value[0]), str(value[1]))
    return None


def _kind(basic: str) -> str:
    return "number" if basic in _NUMERIC else basic
