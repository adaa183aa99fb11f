"""Facts about the paths of resource methods (compatibility contract, 2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.rules.catalogue.parameters import IMPLEMENTER
from semverdiff.rules.tables import always, fact, implementable, major, minor, patch

if TYPE_CHECKING:
    from semverdiff.rules.entries import Effect, Table

__all__ = ["FACTS"]

_CALL = "$call($arguments);"
_NO_MATCH = "Callers of the old path match no resource method."


def _table(called: Effect, implemented: Effect) -> Table:
    return implementable(("resource",), called, implemented)


def _callers(implementers: str) -> Table:
    """Return the table of a path that old calls miss, while implementers still fit."""
    return _table(major(_NO_MATCH, _CALL), minor(implementers))


def _implementers(implementers: str) -> Table:
    """Return the table of a path that takes more than the old one."""
    return _table(minor("Calls stay legal."), major(implementers, IMPLEMENTER))


_CHANGED = _table(
    major(_NO_MATCH, _CALL), major("Implementers that take the old type no longer fit.", IMPLEMENTER)
)
_TOO_NARROW = _implementers("Implementers that take the old type are too narrow.")
_TAKE_MORE = _callers("Implementers that accept more still fit.")

FACTS = (
    fact(
        "path-parameter-renamed",
        "A path parameter was renamed.",
        "path parameter '$name' is renamed[ to '$new']",
        always("resource", patch("Nobody breaks: callers cannot name a path parameter.")),
    ),
    fact(
        "path-parameter-type-respelled",
        "The type of a path parameter is written differently.",
        "type of path parameter '$name' is written differently[: '$new' for '$old']",
        always("resource", patch("Nobody breaks: the types are equal.")),
    ),
    fact(
        "path-parameter-to-rest",
        "A path parameter became a rest path parameter.",
        "path parameter '$name' becomes a rest path parameter",
        _implementers("Implementers that take one segment only no longer fit."),
    ),
    fact(
        "path-rest-to-parameter",
        "A rest path parameter became a single one.",
        "rest path parameter '$name' becomes a single path parameter",
        _callers("Implementers that take every segment still fit."),
    ),
    fact(
        "path-parameter-type-widened",
        "A path parameter accepts more.",
        "type of path parameter '$name' is widened[ from '$old' to '$new']",
        _TOO_NARROW,
    ),
    fact(
        "path-parameter-type-narrowed",
        "A path parameter accepts less.",
        "type of path parameter '$name' is narrowed[ from '$old' to '$new']",
        _TAKE_MORE,
    ),
    fact(
        "path-parameter-type-changed",
        "A path parameter has an unrelated type.",
        "type of path parameter '$name' is changed[ from '$old' to '$new']",
        _CHANGED,
    ),
    fact(
        "path-rest-type-widened",
        "A rest path parameter accepts more.",
        "type of rest path parameter '$name' is widened[ from '$old' to '$new']",
        _TOO_NARROW,
    ),
    fact(
        "path-rest-type-narrowed",
        "A rest path parameter accepts less.",
        "type of rest path parameter '$name' is narrowed[ from '$old' to '$new']",
        _TAKE_MORE,
    ),
    fact(
        "path-rest-type-changed",
        "A rest path parameter has an unrelated type.",
        "type of rest path parameter '$name' is changed[ from '$old' to '$new']",
        _CHANGED,
    ),
    fact(
        "path-segment-generalised",
        "A fixed path segment became a string path parameter.",
        "path segment '$name' becomes a path parameter",
        _implementers("Implementers that serve the old segment only no longer fit."),
    ),
    fact(
        "path-segment-specialised",
        "A path parameter became a fixed segment.",
        "path parameter '$name' becomes a fixed segment[ '$new']",
        _callers("Implementers that take every segment still fit."),
    ),
)
