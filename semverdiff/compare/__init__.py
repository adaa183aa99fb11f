"""What is different? Two surfaces in, differences out; no opinion about versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.compare.facts import Change, Position
from semverdiff.compare.model import Difference, Excerpt, Step

if TYPE_CHECKING:
    from semverdiff.api import Surface
    from semverdiff.packages import FindPackage

__all__ = ["Change", "Difference", "Excerpt", "Position", "Step", "compare"]


def compare(old: Surface, new: Surface, find: FindPackage | None = None) -> list[Difference]:
    """Return every difference between two surfaces that the contract knows, in a stable order.

    `find` gives the packages that the sides were built against, as far as they are at hand.
    """
    from semverdiff.compare import surfaces  # noqa: PLC0415 (the parser is slow, and the words above are not)

    return surfaces.compare(old, new, find)
