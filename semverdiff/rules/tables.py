"""The vocabulary of the catalogue: effects, rows, and the level tables that many facts share."""

from __future__ import annotations

from semverdiff.rules.entries import Case, Effect, Fact, Table
from semverdiff.rules.model import Certainty
from semverdiff.versions import Level

__all__ = [
    "MEMBERS",
    "always",
    "by_owner",
    "fact",
    "implementable",
    "implementers_break",
    "major",
    "minor",
    "on",
    "otherwise",
    "patch",
    "readers_break",
    "tolerated",
    "when",
    "writers_break",
]

MEMBERS = ("method", "remote-method", "resource")

_CALLED_BY_NAME = ("function", "init")


def major(reason: str, client: str | None = None) -> Effect:
    """Return the effect that an ordinary use breaks."""
    return Effect(Level.MAJOR, Level.MAJOR, reason, client)


def tolerated(reason: str, client: str | None = None) -> Effect:
    """Return the effect that only a tolerated use breaks: minor, major with `--strict` (m/M)."""
    return Effect(Level.MINOR, Level.MAJOR, reason, client)


def minor(reason: str) -> Effect:
    """Return the effect that the API grew and nobody breaks."""
    return Effect(Level.MINOR, Level.MINOR, reason)


def patch(reason: str) -> Effect:
    """Return the effect that nobody breaks and the API did not grow."""
    return Effect(Level.PATCH, Level.PATCH, reason)


def when(*words: str, then: Effect) -> Case:
    """Return the row for the case that all words hold."""
    return Case(words, then)


def otherwise(effect: Effect) -> Case:
    """Return the row for the rest."""
    return Case((), effect)


def on(subject: str, *cases: Case) -> Table:
    """Return the table of one subject."""
    return Table((subject,), cases)


def always(subjects: str | tuple[str, ...], effect: Effect) -> Table:
    """Return a table that has one level, whatever the circumstances."""
    return Table((subjects,) if isinstance(subjects, str) else subjects, (otherwise(effect),))


def fact(
    name: str, title: str, message: str, *tables: Table, certainty: Certainty = Certainty.PROVED
) -> Fact:
    """Return a catalogue entry."""
    return Fact(name, title, message, tables, certainty)


def readers_break(subject: str, broken: Effect, own_values: str) -> Table:
    """Return the columns of a widening: who receives values breaks, who passes them only reads own values."""
    return on(
        subject,
        when("in", then=tolerated(own_values, broken.client)),
        when("out or both", then=broken),
    )


def writers_break(subject: str, broken: Effect, handling: Effect) -> Table:
    """Return the columns of a narrowing: who passes values breaks, who receives them handles too much."""
    return on(
        subject,
        when("out", then=handling),
        when("in or both", then=broken),
    )


def implementers_break(users: str, implementers: str, client: str | None = None) -> tuple[Table, Table]:
    """Return the tables of section 2.4 for what only implementers of an open type notice."""
    broken, noticed = major(implementers, client), tolerated(f"{users} {implementers}", client)
    return (
        on(
            "class",
            when("sealed", then=minor(users)),
            when("open class", "policy open-classes = implement", then=broken),
            when("open class", then=noticed),
        ),
        on(
            "object",
            when("sealed", then=minor(users)),
            when("open object type", "out", then=noticed),
            otherwise(broken),
        ),
    )


def by_owner(
    called: Effect, implemented: Effect | None = None, *, alone: tuple[str, ...] = _CALLED_BY_NAME
) -> tuple[Table, ...]:
    """Return the tables of section 2.1: the effect on callers, and on clients that implement the member.

    `alone` are the subjects that clients only call; `implemented` is `None` where implementers notice
    nothing, so that the level is that of the callers everywhere.
    """
    members = always(MEMBERS, called) if implemented is None else implementable(MEMBERS, called, implemented)
    return (always(alone, called), members)


def implementable(subjects: tuple[str, ...], called: Effect, implemented: Effect) -> Table:
    """Return the table of members of classes and object types, by who can implement them."""
    return Table(subjects, _member_cases(called, implemented))


def _member_cases(called: Effect, implemented: Effect) -> tuple[Case, ...]:
    seen_by_callers, seen_by_implementers = _with(called, implemented), _with(implemented, called)
    if seen_by_callers.level == seen_by_implementers.level == Level.MAJOR:
        return (otherwise(_both(called, implemented)),)
    higher = max(seen_by_callers, seen_by_implementers, key=lambda effect: effect.level)
    policy = when("open class", "policy open-classes = implement", then=higher)
    return (
        when("sealed", then=called),
        *((policy,) if implemented.level > called.level else ()),
        when("open class", then=seen_by_callers),
        when("open object type", "out", then=seen_by_callers),
        when("open object type", "in", then=seen_by_implementers),
        when("open object type", "both", then=higher),
    )


def _with(first: Effect, second: Effect) -> Effect:
    """Return the level of the first effect and, with `--strict`, the higher of both."""
    if (second.level, second.strict) <= (first.level, first.strict):
        return first
    return Effect(first.level, second.strict, f"{first.reason} {second.reason}", second.client)


def _both(called: Effect, implemented: Effect) -> Effect:
    """Return the effect on members where callers and implementers break alike."""
    return Effect(called.level, called.strict, f"{called.reason} {implemented.reason}", called.client)
