"""The type of one value."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from semverdiff.api.folding import DECIMALS
from semverdiff.types.semantic import lists, mappings
from semverdiff.types.semantic.basic import BOOLEAN, DECIMAL, FLOAT, INT, LIST, MAPPING, NIL, STRING
from semverdiff.types.semantic.literals import LiteralSet, string_set

if TYPE_CHECKING:
    from semverdiff.api.folding import Value
    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.semtype import SemType

__all__ = ["singleton"]


def singleton(universe: Universe, value: Value) -> SemType:
    """Return the type of one value. Structures are read-only: SPEC, Constant declaration."""
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
        case tuple():
            members = [singleton(universe, member) for member in value]
            whole = lists.row(universe, members, universe.never, readonly=True)
            return universe.atomic(LIST, universe.number(whole))
        case dict():
            cells = {
                name: universe.cell(singleton(universe, member), readonly=True)
                for name, member in value.items()
            }
            closed = mappings.rest_cell(universe, universe.never, readonly=True)
            return universe.atomic(MAPPING, universe.number(mappings.mapping(cells, closed)))


def _float_key(value: float) -> str:
    # SPEC, Float: `==` of NaN aside, a NaN is the same shape as every other, and so are the two zeros.
    return "NaN" if math.isnan(value) else repr(value + 0.0)


def _decimal_key(value: Decimal) -> str:
    # SPEC, Decimal: how many trailing zeros are written is no part of the shape.
    return format(value.normalize(DECIMALS), "f") if value else "0"
