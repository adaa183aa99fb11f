"""The type of one value."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from semverdiff.api.decimals import DECIMALS
from semverdiff.types.semantic import lists, mappings
from semverdiff.types.semantic.basic import BOOLEAN, DECIMAL, FLOAT, INT, LIST, MAPPING, NIL, STRING
from semverdiff.types.semantic.literals import LiteralSet, string_set
from semverdiff.types.walk import gather, run

if TYPE_CHECKING:
    from semverdiff.api.folding import Value
    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.parts import SemType
    from semverdiff.types.walk import Walk

__all__ = ["singleton"]


def singleton(universe: Universe, value: Value) -> SemType:
    """Return the type of one value. Structures are read-only: SPEC, Constant declaration."""
    return run(_whole(_member(universe, value)))


def _whole(member: SemType | Walk[SemType]) -> Walk[SemType]:
    return (yield member)


def _member(universe: Universe, value: Value) -> SemType | Walk[SemType]:
    match value:
        case tuple():
            return _list(universe, value)
        case dict():
            return _mapping(universe, value)
    return _scalar(universe, value)


def _list(universe: Universe, value: tuple[Value, ...]) -> Walk[SemType]:
    members = yield from gather(_member(universe, member) for member in value)
    whole = lists.row(universe, members, universe.never, readonly=True)
    return universe.atomic(LIST, universe.number(whole))


def _mapping(universe: Universe, value: dict[str, Value]) -> Walk[SemType]:
    types = yield from gather(_member(universe, member) for member in value.values())
    cells = {name: universe.cell(type_, readonly=True) for name, type_ in zip(value, types, strict=True)}
    closed = mappings.rest_cell(universe, universe.never)
    return universe.atomic(MAPPING, universe.number(mappings.mapping(cells, closed)))


def _scalar(universe: Universe, value: float | Decimal | str | None) -> SemType:
    match value:
        case None:
            return universe.type(1 << NIL)
        case bool():
            return universe.part(BOOLEAN, ((int(value), int(value)),))
        case int():
            return universe.part(INT, ((value, value),))
        case float():
            return universe.part(FLOAT, LiteralSet(frozenset({_float_key(value)})))
        case Decimal():
            return universe.part(DECIMAL, LiteralSet(frozenset({_decimal_key(value)})))
        case str():
            return universe.part(STRING, string_set(frozenset({value})))


def _float_key(value: float) -> str:
    # SPEC, Float: `==` of NaN aside, a NaN is the same shape as every other, and so are the two zeros.
    return "NaN" if math.isnan(value) else repr(value + 0.0)


def _decimal_key(value: Decimal) -> str:
    # SPEC, Decimal: how many trailing zeros are written is no part of the shape.
    return format(value.normalize(DECIMALS), "f") if value else "0"
