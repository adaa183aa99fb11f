"""Values in Ballerina text, as examples of what a type holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semverdiff.types.algebra import SemType, Universe

__all__ = ["value_text"]


def value_text(universe: Universe, type_: SemType) -> str | None:
    """Give a value of a type; `None` if none can be written."""
    _ = universe, type_
    return None
