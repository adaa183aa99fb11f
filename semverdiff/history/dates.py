"""The days of releases, as people read them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semverdiff.history.model import History
    from semverdiff.releases import Release

__all__ = ["day_of", "span_of"]


def day_of(release: Release) -> str:
    """Return the day on which a release was published, by UTC; empty where nobody says, or nobody can."""
    if release.released is None:
        return ""
    try:
        return datetime.fromtimestamp(release.released, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):  # of a tag a date is what somebody wrote
        return ""


def span_of(history: History) -> tuple[str, str] | None:
    """Return the days of the first and of the last release that has one, None where none has."""
    days = sorted(filter(None, (day_of(one.transition.release) for one in history.steps)))
    return (days[0], days[-1]) if days else None
