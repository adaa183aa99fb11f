"""Which values does a type hold? Told by the definition of each form, without any algebra."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.sources import descriptor
from support.types import IMPORTS, Algebra, law, simple_types

from semverdiff.api import Type, record_members
from semverdiff.syntax.nodes import (
    ArrayType,
    BuiltinType,
    Enum,
    IntersectionType,
    NilType,
    OptionalType,
    ParameterizedType,
    RecordType,
    Reference,
    SingletonType,
    TupleType,
    TypeDefinition,
    UnionType,
)
from semverdiff.types.semantic.singletons import singleton

if TYPE_CHECKING:
    from semverdiff.api.folding import Value
    from semverdiff.syntax.nodes import TypeDescriptor

ALGEBRA = Algebra()
SURFACE = ALGEBRA.surface
MODULE = SURFACE.package.name

scalars: st.SearchStrategy[Value] = st.sampled_from(
    [None, True, False, 0, 1, 5, 300, "", "a", "RED", "b", 1.5]
)
# Fields that the types at random have, and one that none of them has.
names = st.sampled_from(["a", "b", "x", "y", "z", "name", "value", "children", "other"])
values: st.SearchStrategy[Value] = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple), st.dictionaries(names, inner, max_size=4)
    ),
    max_leaves=6,
)


def holds(type_: TypeDescriptor, value: Value) -> bool:  # noqa: C901 (one case a form)
    """Return whether a type holds a value that is read-only, as constants are."""
    match type_:
        case BuiltinType(name=name):
            return _is_of(name, value)
        case NilType():
            return value is None
        case SingletonType(text=text):
            return _same(_LITERALS[text], value)
        case OptionalType(member=member):
            return value is None or holds(member, value)
        case UnionType(members=members):
            return any(holds(member, value) for member in members)
        case IntersectionType(members=members):
            return all(holds(member, value) for member in members)
        case ArrayType(member=member, length=length):
            fits = isinstance(value, tuple) and length in {None, str(len(value))}
            return fits and isinstance(value, tuple) and all(holds(member, one) for one in value)
        case TupleType(members=members, rest=rest):
            if not isinstance(value, tuple) or len(value) < len(members):
                return False
            further = value[len(members) :]
            return all(holds(*pair) for pair in zip(members, value, strict=False)) and all(
                rest is not None and holds(rest, one) for one in further
            )
        case ParameterizedType(name="map", parameter=parameter):
            return isinstance(value, dict) and all(holds(parameter, one) for one in value.values())
        case RecordType():
            return isinstance(value, dict) and _fits(type_, value)
        case Reference(name=name):
            return _is_of_declared(name, value)
    raise AssertionError(f"no simple type: {type_}")


def _is_of_declared(name: str, value: Value) -> bool:
    match SURFACE.declaration(MODULE, name):
        case TypeDefinition(type=type_):
            return holds(type_, value)
        case Enum(members=members):
            return isinstance(value, str) and value in {member.name for member in members}
    return _same(5, value)


_LITERALS: dict[str, Value] = {"true": True, "0": 0, "1": 1, '"a"': "a", "1.5": 1.5, "1d": Decimal(1)}


def _same(one: Value, other: Value) -> bool:
    return type(one) is type(other) and one == other


def _is_of(name: str, value: Value) -> bool:
    match name:
        case "readonly":
            return True
        case "boolean":
            return isinstance(value, bool)
        case "int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "byte":
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 255
        case "string":
            return isinstance(value, str)
        case "float":
            return isinstance(value, float)
        case "decimal":
            return False
        case "anydata":
            return True
    raise AssertionError(f"no simple type: {name}")


def _fits(record: RecordType, value: dict[str, Value]) -> bool:
    members = record_members(Type(record, MODULE, SURFACE))
    if any(not member.declared.optional and name not in value for name, member in members.fields.items()):
        return False
    for name, one in value.items():
        member = members.fields.get(name)
        rest = None if members.rest is None else members.rest.descriptor
        type_ = rest if member is None else member.declared.type
        if type_ is None or not holds(type_, one):
            return False
    return True


@law
@given(simple_types, values)
@example("Tree", {"value": 1, "children": ({"value": 0, "children": ()},)})
@example("Open", {"name": "a", "other": {"a": (1.5,)}})
@example("List", (1, (0, None)))
def test_a_type_holds_the_values_that_its_form_tells(text: str, value: Value) -> None:
    expected = holds(descriptor(text, IMPORTS), value)

    assert ALGEBRA.within(singleton(ALGEBRA.universe, value), ALGEBRA.type_of(text)) is expected


@pytest.mark.slow
@law
@given(simple_types, simple_types, st.lists(values, min_size=3, max_size=6))
def test_a_subtype_holds_no_value_that_the_other_has_not(one: str, two: str, tried: list[Value]) -> None:
    left, right = descriptor(one, IMPORTS), descriptor(two, IMPORTS)
    only_left = [value for value in tried if holds(left, value) and not holds(right, value)]

    if ALGEBRA.within(ALGEBRA.type_of(one), ALGEBRA.type_of(two)):
        assert not only_left


@pytest.mark.slow
@law
@given(simple_types, simple_types, values)
def test_the_algebra_computes_with_values(one: str, two: str, value: Value) -> None:
    universe = ALGEBRA.universe
    left, right = ALGEBRA.type_of(one), ALGEBRA.type_of(two)
    in_left, in_right = holds(descriptor(one, IMPORTS), value), holds(descriptor(two, IMPORTS), value)
    held = singleton(universe, value)

    assert ALGEBRA.within(held, universe.union(left, right)) is (in_left or in_right)
    assert ALGEBRA.within(held, universe.intersection(left, right)) is (in_left and in_right)
    assert ALGEBRA.within(held, universe.difference(left, right)) is (in_left and not in_right)
