"""Two types at one place: equal, respelled, or changed in a way that is not decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api import type_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.compare.model import Difference
    from semverdiff.compare.place import Place
    from semverdiff.compare.sides import Sides, Typed

__all__ = ["NOT_EQUAL", "type_differences"]

NOT_EQUAL = "The types differ in more than spelling; which values each of them holds was not decided."


def type_differences(place: Place, sides: Sides, prefix: str, old: Typed, new: Typed) -> Iterator[Difference]:
    """State `<prefix>-respelled` or `<prefix>-changed`, or nothing for the same type in the same words.

    The prefix is empty where the type is the symbol itself.
    """
    before, after = type_text(old.descriptor), type_text(new.descriptor)
    same = sides.same_type(old, new)
    if same and before == after:
        return
    verb = "respelled" if same else "changed"
    yield place.differs(
        f"{prefix}-{verb}" if prefix else verb,
        place.old_excerpt(before, old.metadata),
        place.new_excerpt(after, new.metadata),
        undecidable=None if same else NOT_EQUAL,
        old=before,
        new=after,
    )
