"""The vocabulary of what a fact means for clients: effects, and the rows that say where each holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.compare.facts import Subject
from semverdiff.rules.schema import Effect, Levels, Row
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.clients import Use
    from semverdiff.rules.conditions import Requirement

__all__ = ["NEW_DECLARATION", "always", "major", "minor", "on", "otherwise", "patch", "tolerated", "when"]


def major(reason: str, client: Use | None = None) -> Effect:
    """Return the effect that an ordinary use breaks."""
    return Effect(Level.MAJOR, Level.MAJOR, reason, client)


def tolerated(reason: str, client: Use | None = None) -> Effect:
    """Return the effect that only a tolerated use breaks: minor, major with `--strict` (m/M)."""
    return Effect(Level.MINOR, Level.MAJOR, reason, client)


def minor(reason: str) -> Effect:
    """Return the effect that the API grew and nobody breaks."""
    return Effect(Level.MINOR, Level.MINOR, reason)


def patch(reason: str) -> Effect:
    """Return the effect that nobody breaks and the API did not grow."""
    return Effect(Level.PATCH, Level.PATCH, reason)


def when(*requirements: Requirement, then: Effect) -> Row:
    """Return the row for differences that meet every requirement."""
    return Row(requirements, then)


def otherwise(effect: Effect) -> Row:
    """Return the row for the rest."""
    return Row((), effect)


def on(subject: Subject, *rows: Row) -> Levels:
    """Return the levels of one subject."""
    return {subject: rows}


def always(subjects: Subject | tuple[Subject, ...], effect: Effect) -> Levels:
    """Return levels that are the same whatever the circumstances."""
    several = (subjects,) if isinstance(subjects, Subject) else subjects
    return dict.fromkeys(several, (otherwise(effect),))


NEW_DECLARATION = minor("Nobody breaks: names of other modules are always written with a prefix.")
