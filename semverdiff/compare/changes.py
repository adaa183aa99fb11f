"""What every report shows of a difference, apart from the vocabulary of facts that only changes need."""

from __future__ import annotations

from semverdiff.enums import StrEnum

__all__ = ["Change", "Position"]


class Change(StrEnum):
    """What happened to the last step of a difference's trail."""

    ADDED = "added"
    REMOVED = "removed"
    MODIFIED = "modified"


class Position(StrEnum):
    """How values of a public type cross the package boundary, seen from the package."""

    IN = "in"
    OUT = "out"
    BOTH = "both"
