"""Whether a widened type leaves it open what a constructor makes.

SPEC, List and mapping constructors, `new`: the expected type says what is made. Where it is a union, the
members that the constructor fits are looked for, and there must be one: `f([1, 2])` is refused when
`int[]` becomes `int[]|float[]`.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import limits
from semverdiff.api.constants import literal_value
from semverdiff.api.members import field_type, record_members
from semverdiff.api.surface import Type
from semverdiff.syntax import nodes
from semverdiff.types.forms import Shape, shape, union_members
from semverdiff.types.walk import TypeNumbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.types.equality import Equality
    from semverdiff.types.forms import Current
    from semverdiff.types.mutability import Relate

__all__ = ["Ambiguity"]

_DATA: Final = frozenset({"any", "anydata", "json"})
_ANY_EXPRESSION: Final = _DATA | {"readonly"}
_CONSTRUCTORS: Final = {"list": "[]", "map": "{}", "record": "{}", "object": "new"}
_STRUCTURES: Final = frozenset({"list", "map", "record"})
_NUMERIC: Final = frozenset({"byte", "decimal", "float", "int"})


class _Member(msgspec.Struct, frozen=True):
    """A member of a union whose values constructors make; `is_data`: any list or mapping constructor."""

    type: Type
    shape: Shape
    is_data: bool


class _Keys(msgspec.Struct, frozen=True):
    """What a mapping constructor may and must name; `others` is the type of keys that are not declared."""

    fields: Mapping[str, Type]
    required: frozenset[str]
    others: Type | None


class Ambiguity:
    """Constructors in the light of an old and a new type.

    `equality` follows every name. What changes in a public type of both sides is compared at its own name:
    `current` gives it as the new side means it.
    """

    def __init__(self, relate: Relate, equality: Equality, current: Current) -> None:
        self._relate = relate
        self._equality = equality
        self._current = current

    def constructor(self, old: Type, new: Type) -> str | None:
        """Return a constructor that made one thing of `old`, and of `new` may make two.

        It is `[]`, `{}` or `new`, whatever it holds; `None` if every constructor that was clear still is.
        """
        before = _constructed(union_members(old, self._current))
        after = _constructed(union_members(new, self._current))
        if not before or len(after) <= 1:
            return None
        unchanged, added = self._changes(before, after)
        for member in unchanged[: limits.UNION_PAIRS // max(len(before), len(added), 1)]:
            fitting = [_shared_constructor(member, other) for other in added]
            if any(fitting):
                ambiguous = {_shared_constructor(member, other) for other in before if other is not member}
                for constructor in fitting:
                    if constructor is not None and constructor not in ambiguous:
                        return constructor
        return None

    def _changes(self, before: list[_Member], after: list[_Member]) -> tuple[list[_Member], list[_Member]]:
        """Return the old members that the new side has as well, and the new ones that the old has not."""
        removed, added = self._equality.exchanged(
            [member.type for member in before], [member.type for member in after]
        )
        lost, gained = _of_types(before, removed), _of_types(after, added)
        # What is written in another form may still hold the same values.
        pairs = [pair for pair in islice(product(lost, gained), limits.UNION_RELATIONS) if self._same(*pair)]
        changed = {id(member) for member in lost} - {id(member) for member, _ in pairs}
        known = {id(member) for _, member in pairs}
        return (
            [member for member in before if id(member) not in changed],
            [member for member in gained if id(member) not in known],
        )

    def _same(self, old: _Member, new: _Member) -> bool:
        """Return whether two members hold the same values."""
        one, two = old.shape.form, new.shape.form
        return (one == two or {one, two} == {"map", "record"}) and (
            self._relate(old.type, new.type).relation == "equal"
        )


def _constructed(types: list[Type]) -> list[_Member]:
    """Return the members of a union whose values constructors make."""
    members = [_Member(type_, shape(type_), _is_data(type_)) for type_ in types]
    return [member for member in members if member.is_data or member.shape.form in _CONSTRUCTORS]


def _is_data(type_: Type) -> bool:
    return isinstance(type_.descriptor, nodes.BuiltinType) and type_.descriptor.name in _DATA


def _of_types(members: list[_Member], types: list[Type]) -> list[_Member]:
    numbers = TypeNumbers()
    chosen = set(map(numbers.of, types))
    return [member for member in members if numbers.of(member.type) in chosen]


def _shared_constructor(left: _Member, right: _Member) -> str | None:
    """Return a constructor that makes values of both members, if there is one."""
    if left.is_data or right.is_data:
        structure = right.shape.form if left.is_data else left.shape.form
        return _CONSTRUCTORS[structure] if structure in _STRUCTURES else None
    return _CONSTRUCTORS[left.shape.form] if _fit_one_expression(left.shape, right.shape) else None


def _fit_one_expression(left: Shape, right: Shape) -> bool:
    match left.form, right.form:
        case "object", "object":
            return left.is_class and right.is_class
        case "list", "list":
            return _fit_one_list(left.type, right.type)
        case (("map" | "record"), ("map" | "record")):
            return _fit_one_mapping(_keys(left.type), _keys(right.type))
    return False


# Lists


def _fit_one_list(left: Type, right: Type) -> bool:
    """Return whether a list constructor with a member fits both; clients rarely pass `[]` alone."""
    one, two = _row(left), _row(right)
    for index in range(max(len(one[0]), len(two[0]), 1)):
        member, other = _at(one, index), _at(two, index)
        if member is None or other is None or not _overlap(member, other):
            return False
    return True


_Row = tuple[list[Type], Type | None]
"""The members that a list constructor must have, and the type of further ones."""


def _row(type_: Type) -> _Row:
    match type_.descriptor:
        case nodes.TupleType(members=members, rest=rest):
            return list(map(type_.with_descriptor, members)), None if rest is None else type_.with_descriptor(
                rest
            )
        case nodes.ArrayType(member=member, length=None):
            return [], type_.with_descriptor(member)
        case nodes.ArrayType(member=member):
            # Of an array of fixed length a constructor may leave members out.
            return [type_.with_descriptor(member)], type_.with_descriptor(member)
    return [], None


def _at(row: _Row, index: int) -> Type | None:
    required, rest = row
    return required[index] if index < len(required) else rest


# Mappings


def _keys(type_: Type) -> _Keys:
    match type_.descriptor:
        case nodes.ParameterizedType(parameter=parameter):
            return _Keys({}, frozenset(), type_.with_descriptor(parameter))
        case nodes.RecordType():
            members = record_members(type_)
            required = frozenset(
                name
                for name, field in members.fields.items()
                if not field.declared.optional and field.declared.default is None
            )
            fields = {name: field_type(field) for name, field in members.fields.items()}
            # Keys that a record does not declare have to be quoted, which few clients do.
            return _Keys(fields, required, None if fields else members.rest)
    return _Keys({}, frozenset(), None)


def _fit_one_mapping(left: _Keys, right: _Keys) -> bool:
    for name in left.required | right.required:
        one, two = left.fields.get(name, left.others), right.fields.get(name, right.others)
        if one is None or two is None or not _overlap(one, two):
            return False
    return True


# Expressions


class _Expression(msgspec.Struct, frozen=True):
    """What a member of a union demands of an expression: its kind, and its value if there is only one."""

    kind: str
    value: str | None = None


def _overlap(left: Type, right: Type) -> bool:
    """Return whether an expression may fit both types; a number may be int, float or decimal."""
    demanded, others = set(map(_expression, union_members(left))), set(map(_expression, union_members(right)))
    if None in demanded or None in others:
        return True
    kinds = {expression.kind for expression in others if expression is not None}
    return any(
        expression in others
        or _Expression(expression.kind) in others
        or (expression.value is None and expression.kind in kinds)
        for expression in demanded
        if expression is not None
    )


def _expression(type_: Type) -> _Expression | None:
    """Return what a type demands; `None` for a type that takes many kinds of expressions."""
    structure = shape(type_)
    if structure.form != "other":
        return _Expression("map" if structure.form == "record" else structure.form)
    match structure.type.descriptor:
        case nodes.BuiltinType(name=name):
            return None if name in _ANY_EXPRESSION else _Expression(_kind(name))
        case nodes.NilType():
            return _Expression("nil")
        case nodes.SingletonType(text=text):
            value = literal_value(text)
            return None if value is None else _Expression(_kind(value[0]), str(value[1]))
    return None


def _kind(basic: str) -> str:
    return "number" if basic in _NUMERIC else basic
