"""Paths of resource methods (compatibility contract, 2.3)."""

from __future__ import annotations

from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.examples import Code
from semverdiff.rules.levels import IMPLEMENTER, always, implementable, major, minor, patch
from semverdiff.rules.remediation import KEEP_ACCEPTING, NEW_NAME, SECOND_FOR_WIDER, SECOND_MEMBER
from semverdiff.rules.schema import Entry, Levels

__all__ = ["ENTRIES"]


_CALL = "$call($arguments);"
_NO_MATCH = "Callers of the old path match no resource method."


def _callers(implementers: str) -> Levels:
    """Return the levels of a path that old calls miss, while implementers still fit."""
    return implementable((Subject.RESOURCE,), major(_NO_MATCH, _CALL), minor(implementers))


def _implementers(implementers: str) -> Levels:
    """Return the levels of a path that takes more than the old one."""
    called, implemented = minor("Calls stay legal."), major(implementers, IMPLEMENTER)
    return implementable((Subject.RESOURCE,), called, implemented)


def _path(symbol: str, before: str, after: str) -> Code:
    """Return the example of a resource method whose path changes."""
    text = "public client class Client {{\n    resource function get {}() = external;\n}}"
    return Code(symbol, text.format(before), text.format(after))


_CHANGED = implementable(
    (Subject.RESOURCE,),
    major(_NO_MATCH, _CALL),
    major("Implementers that take the old type no longer fit.", IMPLEMENTER),
)
_TOO_NARROW = _implementers("Implementers that take the old type are too narrow.")
_TAKE_MORE = _callers("Implementers that accept more still fit.")


ENTRIES = (
    Entry(
        fact=Fact.PATH_PARAMETER_RENAMED,
        title="A path parameter was renamed.",
        message="path parameter '$name' is renamed[ to '$new']",
        levels=always(Subject.RESOURCE, patch("Nobody breaks: callers cannot name a path parameter.")),
        example=_path("Client[get orders/{}]", "orders/[int id]", "orders/[int number]"),
    ),
    Entry(
        fact=Fact.PATH_PARAMETER_TYPE_RESPELLED,
        title="The type of a path parameter is written differently.",
        message="type of path parameter '$name' is written differently[: '$new' for '$old']",
        levels=always(Subject.RESOURCE, patch("Nobody breaks: the types are equal.")),
        example=_path("Client[get orders/{}]", "orders/[int|string id]", "orders/[string|int id]"),
    ),
    Entry(
        fact=Fact.PATH_PARAMETER_TO_REST,
        title="A path parameter became a rest path parameter.",
        message="path parameter '$name' becomes a rest path parameter",
        levels=_implementers("Implementers that take one segment only no longer fit."),
        remediation=NEW_NAME,
        example=_path("Client[get orders/{}]", "orders/[int id]", "orders/[int... id]"),
    ),
    Entry(
        fact=Fact.PATH_REST_TO_PARAMETER,
        title="A rest path parameter became a single one.",
        message="rest path parameter '$name' becomes a single path parameter",
        levels=_callers("Implementers that take every segment still fit."),
        remediation=NEW_NAME,
        example=_path("Client[get orders/{...}]", "orders/[int... id]", "orders/[int id]"),
    ),
    Entry(
        fact=Fact.PATH_PARAMETER_TYPE_WIDENED,
        title="A path parameter accepts more.",
        message="type of path parameter '$name' is widened[ from '$old' to '$new']",
        levels=_TOO_NARROW,
        remediation=SECOND_FOR_WIDER,
        example=_path("Client[get orders/{}]", "orders/[int id]", "orders/[int|string id]"),
    ),
    Entry(
        fact=Fact.PATH_PARAMETER_TYPE_NARROWED,
        title="A path parameter accepts less.",
        message="type of path parameter '$name' is narrowed[ from '$old' to '$new']",
        levels=_TAKE_MORE,
        remediation=KEEP_ACCEPTING,
        example=_path("Client[get orders/{}]", "orders/[int|string id]", "orders/[int id]"),
    ),
    Entry(
        fact=Fact.PATH_PARAMETER_TYPE_CHANGED,
        title="A path parameter has an unrelated type.",
        message="type of path parameter '$name' is changed[ from '$old' to '$new']",
        levels=_CHANGED,
        remediation=NEW_NAME,
        example=_path("Client[get orders/{}]", "orders/[int id]", "orders/[string id]"),
    ),
    Entry(
        fact=Fact.PATH_REST_TYPE_WIDENED,
        title="A rest path parameter accepts more.",
        message="type of rest path parameter '$name' is widened[ from '$old' to '$new']",
        levels=_TOO_NARROW,
        remediation=SECOND_FOR_WIDER,
        example=_path("Client[get orders/{...}]", "orders/[int... id]", "orders/[int|string... id]"),
    ),
    Entry(
        fact=Fact.PATH_REST_TYPE_NARROWED,
        title="A rest path parameter accepts less.",
        message="type of rest path parameter '$name' is narrowed[ from '$old' to '$new']",
        levels=_TAKE_MORE,
        remediation=KEEP_ACCEPTING,
        example=_path("Client[get orders/{...}]", "orders/[int|string... id]", "orders/[int... id]"),
    ),
    Entry(
        fact=Fact.PATH_REST_TYPE_CHANGED,
        title="A rest path parameter has an unrelated type.",
        message="type of rest path parameter '$name' is changed[ from '$old' to '$new']",
        levels=_CHANGED,
        remediation=NEW_NAME,
        example=_path("Client[get orders/{...}]", "orders/[int... id]", "orders/[string... id]"),
    ),
    Entry(
        fact=Fact.PATH_SEGMENT_GENERALISED,
        title="A fixed path segment became a string path parameter.",
        message="path segment '$name' becomes a path parameter",
        levels=_implementers("Implementers that serve the old segment only no longer fit."),
        remediation=SECOND_MEMBER,
        example=_path("Client[get orders/latest]", "orders/latest", "orders/[string id]"),
    ),
    Entry(
        fact=Fact.PATH_SEGMENT_SPECIALISED,
        title="A path parameter became a fixed segment.",
        message="path parameter '$name' becomes a fixed segment[ '$new']",
        levels=_callers("Implementers that take every segment still fit."),
        remediation=KEEP_ACCEPTING,
        example=_path("Client[get orders/{}]", "orders/[string id]", "orders/latest"),
    ),
)
