"""What client code shows beside the changed thing itself: added to differences after the fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.compare.model import Difference

__all__ = ["with_details"]


def with_details(differences: Iterable[Difference], **details: str) -> Iterator[Difference]:
    """Add details to differences, which keep those that they have."""
    for one in differences:
        yield replace(one, details=tuple(sorted({**details, **dict(one.details)}.items())))
