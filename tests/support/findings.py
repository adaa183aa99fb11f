"""Findings for tests that care about their level only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.compare import Change, Step
from semverdiff.rules import Certainty, Finding, Suppression

if TYPE_CHECKING:
    from semverdiff.versions import Level

__all__ = ["finding"]


def finding(level: Level, certainty: str = "proved", *, suppressed: bool = False) -> Finding:
    """Build a finding of a level."""
    return Finding(
        rule="function-removed",
        level=level,
        certainty=Certainty(certainty),
        symbol="place",
        module="shop",
        position=None,
        message="function 'place' is removed",
        explanation=None,
        client=None,
        client_program=None,
        old=None,
        new=None,
        fingerprint="0123456789abcdef",
        trail=(Step("function", "place"),),
        change=Change.REMOVED,
        suppressed=Suppression("agreed with all clients") if suppressed else None,
    )
