"""Findings for tests that care about their level only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import rules
from semverdiff.changes import Change, Step
from semverdiff.rules import Certainty, Finding, Suppression

if TYPE_CHECKING:
    from semverdiff.versions import Level

__all__ = ["finding", "of_rule"]


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
        title="A function was removed.",
    )


def of_rule(rule: str, level: Level) -> Finding:
    """Build a finding of a rule of the catalogue."""
    known = rules.rule(rule)
    assert known is not None
    return replace(finding(level), rule=rule, title=known.title)
