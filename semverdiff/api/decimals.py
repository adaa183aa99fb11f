"""Decimals, as the language computes with them: SPEC, Decimal: IEEE 754 decimal128, of 34 digits.

Few packages have one among their constants, and the library takes as long to load as all of constants.
"""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DECIMALS", "OPERATIONS", "Decimal", "decimal_of"]

DECIMALS: Final = Context(prec=34, Emin=-6143, Emax=6144)

OPERATIONS: Final[dict[str, Callable[[Context, Decimal, Decimal], Decimal]]] = {
    "+": Context.add,
    "-": Context.subtract,
    "*": Context.multiply,
    "/": Context.divide,
    "%": Context.remainder,
}


def decimal_of(value: int | str) -> Decimal:
    """Return the decimal of an integer or of digits, rounded."""
    return DECIMALS.create_decimal(value)
