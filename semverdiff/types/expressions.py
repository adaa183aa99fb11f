"""Which expressions a type takes, by kind and value: the static types that clients write in constructors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from semverdiff.api.constants import literal_value
from semverdiff.syntax import nodes
from semverdiff.types.forms import shape, union_members

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.api.surface import Type

__all__ = [
    "ANY",
    "DATA",
    "Demands",
    "Expression",
    "covers",
    "demands",
    "is_plain",
    "literal_types",
    "meet",
    "sole_part",
]

DATA: Final = frozenset({"any", "anydata", "json"})
"""Builtin types that take any list or mapping constructor."""

_MOST_LEVELS: Final = 16
_ANY_EXPRESSION: Final = DATA | {"readonly"}
_SCALARS: Final = frozenset({"decimal", "float", "int"})
_NUMERIC: Final = frozenset({"byte", "decimal", "float", "int"})


class Expression(msgspec.Struct, frozen=True):
    """What a member of a union demands of an expression: its kind, and its value if there is only one."""

    kind: str
    value: str | None = None


Demands: TypeAlias = frozenset[Expression]
"""The expressions that a type takes, one of which is enough; without any no expression fits."""

ANY: Final[Demands] = frozenset({Expression("any")})
"""What a type takes that takes expressions of many kinds."""


def demands(members: Iterable[Type]) -> Demands:
    """Return which expressions the members of a union take; a number may be int, float or decimal."""
    found: set[Expression] = set()
    for member in members:
        expression = _expression(member)
        if expression is None:
            return ANY
        found.add(expression)
    return frozenset(found)


def meet(left: Demands, right: Demands) -> Demands:
    """Return the expressions that both take."""
    if left == ANY:
        return right
    if right in (ANY, left):
        return left
    return frozenset(
        one
        for some, others in ((left, right), (right, left))
        for one in some
        if one in others or Expression(one.kind) in others
    )


def covers(wide: Demands, narrow: Demands) -> bool:
    """Return whether `wide` takes every expression of `narrow`."""
    if ANY in {wide, narrow}:
        return wide == ANY
    return all(one in wide or Expression(one.kind) in wide for one in narrow)


def literal_types(type_: Type) -> tuple[str | None, str | None] | None:
    """Return which types the literals `1` and `1.0` have where a type is expected; None if it is no scalar.

    SPEC, Numeric literals: an expected type chooses; of several the first of int, float and decimal counts.
    """
    names: set[str] = set()
    for member in union_members(type_):
        structure = shape(member)
        match structure.type.descriptor:
            case nodes.BuiltinType(name=name) if structure.form == "other":
                names |= _SCALARS if name in _ANY_EXPRESSION else {"int" if name == "byte" else name}
            case nodes.NilType() | nodes.SingletonType():
                pass
            case _:
                return None
    return _first_of(("int", "float", "decimal"), names), _first_of(("float", "decimal"), names)


def _first_of(order: tuple[str, ...], names: set[str]) -> str | None:
    return next((name for name in order if name in names), None)


def _expression(type_: Type) -> Expression | None:
    """Return what a type demands; `None` for a type that takes many kinds of expressions."""
    structure = shape(type_)
    if structure.form != "other":
        return Expression("map" if structure.form == "record" else structure.form)
    match structure.type.descriptor:
        case nodes.BuiltinType(name=name):
            return None if name in _ANY_EXPRESSION else Expression(_kind(name))
        case nodes.NilType():
            return Expression("nil")
        case nodes.SingletonType(text=text):
            value = literal_value(text)
            return None if value is None else Expression(_kind(value[0]), str(value[1]))
    return None


def _kind(basic: str) -> str:
    return "number" if basic in _NUMERIC else basic


def is_plain(descriptor: nodes.TypeDescriptor) -> bool:
    """Return whether a type is none of those, and names none of those, whose values constructors make."""
    match descriptor:
        case nodes.BuiltinType(name=name):
            return name not in DATA
        case nodes.NilType() | nodes.SingletonType():
            return True
    return False


def sole_part(descriptor: nodes.TypeDescriptor) -> nodes.TypeDescriptor | None:
    """Return the name that is all of which constructors make values in a type: `T` of `T[]|error`.

    Return a plain type if there is no such name, and None for other types, or where it lies too deep: what is
    found may be compared with the interpreter's stack.
    """
    for _ in range(_MOST_LEVELS):
        if type(descriptor) is nodes.Reference or is_plain(descriptor):
            return descriptor
        match descriptor:
            case nodes.OptionalType(member=member) | nodes.ArrayType(member=member, length=None):
                descriptor = member
            case nodes.ParameterizedType(name="map", parameter=parameter):
                descriptor = parameter
            case nodes.UnionType(members=members):
                made = [one for one in members if not is_plain(one)]
                if len(made) > 1:
                    return None
                descriptor = made[0] if made else members[0]
            case _:
                return None
    return None
