"""ANSI colours by meaning. Without colour nothing is lost: every colour repeats a word or a sign."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LEVEL_INK", "Ink", "painter"]


class Ink(enum.StrEnum):
    """What a piece of text is; the value is its ANSI parameter."""

    HEADING = "1"
    ASIDE = "2"
    MAJOR = "1;31"
    MINOR = "33"
    PATCH = "32"
    ERROR = "1;31"
    CODE = "36"


LEVEL_INK = {Level.MAJOR: Ink.MAJOR, Level.MINOR: Ink.MINOR, Level.PATCH: Ink.PATCH, Level.NONE: Ink.ASIDE}


def painter(*, color: bool) -> Callable[[str, Ink], str]:
    """Return the function that colours a text, or the one that leaves it as it is."""
    if color:
        return lambda text, ink: f"\x1b[{ink.value}m{text}\x1b[0m"
    return lambda text, _ink: text
