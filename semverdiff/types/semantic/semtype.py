"""A semantic type: a set of values, as a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from semverdiff.types.semantic.parts import Data

__all__ = ["SemType"]


class SemType(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A set of values: the basic types that it holds as a whole, as bits, and parts of others by number.

    Made by a universe only, so that two that are written alike are one object.
    """

    whole: int
    parts: tuple[tuple[int, Data], ...]
