"""The levels that many facts share, by who meets the change: readers, writers, callers, implementers."""

from __future__ import annotations

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Condition, Subject
from semverdiff.config import Policy, PolicyValue
from semverdiff.rules.conditions import BOTH, IN, IN_OR_BOTH, OUT, OUT_OR_BOTH, PolicyIs
from semverdiff.rules.effects import always, major, minor, on, otherwise, patch, tolerated, when
from semverdiff.rules.schema import Effect, Levels, Row
from semverdiff.versions import Level

__all__ = [
    "AMBIGUITY_TOLERATED",
    "CALLED",
    "CLASSES_IMPLEMENTED",
    "CLASS_OR_OBJECT",
    "IMPLEMENTER",
    "MEMBERS",
    "OUTPUT_NOT_CONSTRUCTED",
    "OWN_RECORD",
    "RECORDS_MIRRORED",
    "ambiguous_argument",
    "by_owner",
    "callers_break",
    "everybody_breaks",
    "first_field_declared",
    "implementable",
    "lost_values",
    "only_implementers_break",
    "readers_break",
    "second_constructor",
    "type_implementers_break",
    "writers_break",
]

MEMBERS = (Subject.METHOD, Subject.REMOTE_METHOD, Subject.RESOURCE)
CALLED = (Subject.FUNCTION, Subject.INIT, *MEMBERS)
CLASS_OR_OBJECT = (Subject.CLASS, Subject.OBJECT)

AMBIGUITY_TOLERATED = PolicyIs(Policy.AMBIGUOUS_ARGUMENTS, PolicyValue.MINOR)
CLASSES_IMPLEMENTED = PolicyIs(Policy.OPEN_CLASSES, PolicyValue.IMPLEMENT)
RECORDS_MIRRORED = PolicyIs(Policy.MIRRORED_RECORDS, PolicyValue.YES)
OUTPUT_NOT_CONSTRUCTED = PolicyIs(Policy.CONSTRUCT_OUTPUT_RECORDS, PolicyValue.NO)

IMPLEMENTER = Use.IMPLEMENT
"""The client that implements a member as the old version declares it."""

OWN_RECORD = Use.OWN_RECORD
"""The client with a record type of its own that repeats the fields of the old version."""

_CALLED_ONLY = (Subject.FUNCTION, Subject.INIT)


def readers_break(readers: str, client: Use, own_values: str) -> tuple[Row, ...]:
    """Return the rows of a widening: who receives values breaks, who passes them only reads own values."""
    return (
        when(IN, then=tolerated(own_values, client)),
        when(OUT_OR_BOTH, then=major(readers, client)),
    )


def writers_break(writers: str, client: Use, receivers: str, receiving: Use | None = None) -> tuple[Row, ...]:
    """Return the rows of a narrowing: who passes values breaks, who receives them handles too much."""
    return (
        when(OUT, then=tolerated(receivers, receiving)),
        when(IN_OR_BOTH, then=major(writers, client)),
    )


def lost_values(immutable: Condition, handled: Effect, written: Effect) -> tuple[Row, ...]:
    """Return the rows of a narrowing of what clients only read where `immutable` holds, and else write."""
    return (
        when(OUT, immutable, Condition.NARROWED_IMMUTABLE, then=handled),
        otherwise(written),
    )


def second_constructor(client: Use) -> tuple[Row, ...]:
    """Return the rows of a further type that takes the same constructor, which `client` gives.

    The type need not hold more values than before (`int[]|byte[]` for `int[]`): what reads it may
    still compile.
    """
    refused = (
        "Clients that give a list, mapping or `new` constructor are refused, as it fits more than one type"
    )
    return (
        when(
            OUT_OR_BOTH,
            then=major(f"{refused}; so are readers of the old type where the new one is wider.", client),
        ),
        when(AMBIGUITY_TOLERATED, then=tolerated(f"{refused}, which the project allows.", client)),
        otherwise(major(f"{refused}.", client)),
    )


def ambiguous_argument(client: Use) -> Levels:
    """Return the levels of a parameter whose type takes the constructor that `client` gives a second time."""
    reason = "Callers that pass a list, mapping or `new` constructor are refused: it fits more than one type."
    called = (
        when(AMBIGUITY_TOLERATED, then=tolerated(reason, client)),
        otherwise(major(reason, client)),
    )
    narrow = major("Implementers that take the old type no longer fit.", IMPLEMENTER)
    implemented = when(Condition.OPEN_OBJECT_TYPE, IN_OR_BOTH, then=narrow)
    return dict.fromkeys((Subject.FUNCTION, Subject.INIT), called) | dict.fromkeys(
        MEMBERS, (implemented, *called)
    )


def first_field_declared(client: Use) -> tuple[Row, ...]:
    """Return the rows of an equal type that declares its first field, whose key `client` does not quote."""
    reason = "The types are equal, but clients must quote keys that are not declared."
    return (
        when(OUT, then=patch("Nobody breaks: the types are equal, and clients construct no value.")),
        when(IN_OR_BOTH, then=major(reason, client)),
    )


def type_implementers_break(users: str, implementers: str, client: Use | None = None) -> Levels:
    """Return the levels of section 2.4 for what only implementers of an open type notice."""
    broken, noticed = major(implementers, client), tolerated(f"{users} {implementers}", client)
    return on(
        Subject.CLASS,
        when(Condition.SEALED, then=minor(users)),
        when(Condition.OPEN_CLASS, CLASSES_IMPLEMENTED, then=broken),
        when(Condition.OPEN_CLASS, then=noticed),
    ) | on(
        Subject.OBJECT,
        when(Condition.SEALED, then=minor(users)),
        when(Condition.OPEN_OBJECT_TYPE, OUT, then=noticed),
        otherwise(broken),
    )


def by_owner(
    called: Effect, implemented: Effect | None = None, *, called_only: tuple[Subject, ...] = _CALLED_ONLY
) -> Levels:
    """Return the levels of section 2.1: the effect on callers, and on clients that implement the member.

    `called_only` are the subjects that clients do not implement; `implemented` is `None` where
    implementers notice nothing, so that the level is that of the callers everywhere.
    """
    members = always(MEMBERS, called) if implemented is None else implementable(MEMBERS, called, implemented)
    return always(called_only, called) | members


def everybody_breaks(
    callers: str, client: Use, implementers: str, *, called_only: tuple[Subject, ...] = _CALLED_ONLY
) -> Levels:
    """Return the levels of section 2.1 for what breaks callers and implementers alike."""
    return by_owner(major(callers, client), major(implementers, IMPLEMENTER), called_only=called_only)


def callers_break(
    callers: str, client: Use, implementers: str, *, called_only: tuple[Subject, ...] = _CALLED_ONLY
) -> Levels:
    """Return the levels of section 2.1 for what breaks callers, while implementers still fit."""
    return by_owner(major(callers, client), minor(implementers), called_only=called_only)


def only_implementers_break(
    callers: str, implementers: str, *, called_only: tuple[Subject, ...] = _CALLED_ONLY
) -> Levels:
    """Return the levels of section 2.1 for what breaks implementers, while callers notice nothing."""
    return by_owner(minor(callers), major(implementers, IMPLEMENTER), called_only=called_only)


def implementable(subjects: tuple[Subject, ...], called: Effect, implemented: Effect) -> Levels:
    """Return the levels of members of classes and object types, by who can implement them."""
    return dict.fromkeys(subjects, _member_rows(called, implemented))


def _member_rows(called: Effect, implemented: Effect) -> tuple[Row, ...]:
    seen_by_callers, seen_by_implementers = _with(called, implemented), _with(implemented, called)
    if seen_by_callers.level == seen_by_implementers.level == Level.MAJOR:
        return (otherwise(_both(called, implemented)),)
    higher = max(seen_by_callers, seen_by_implementers, key=lambda effect: effect.level)
    policy = when(Condition.OPEN_CLASS, CLASSES_IMPLEMENTED, then=higher)
    return (
        when(Condition.SEALED, then=called),
        *((policy,) if implemented.level > called.level else ()),
        when(Condition.OPEN_CLASS, then=seen_by_callers),
        when(Condition.OPEN_OBJECT_TYPE, OUT, then=seen_by_callers),
        when(Condition.OPEN_OBJECT_TYPE, IN, then=seen_by_implementers),
        when(Condition.OPEN_OBJECT_TYPE, BOTH, then=higher),
    )


def _with(first: Effect, second: Effect) -> Effect:
    """Return the level of the first effect and, with `--strict`, the higher of both."""
    if (second.level, second.strict) <= (first.level, first.strict):
        return first
    return Effect(first.level, second.strict, f"{first.reason} {second.reason}", second.client)


def _both(called: Effect, implemented: Effect) -> Effect:
    """Return the effect on members where callers and implementers break alike."""
    return Effect(called.level, called.strict, f"{called.reason} {implemented.reason}", called.client)
