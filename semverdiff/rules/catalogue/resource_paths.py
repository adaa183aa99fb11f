"""Paths of resource methods (compatibility contract, 2.3)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.effects import major, minor, patch
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import Code
from semverdiff.rules.levels import IMPLEMENTER, implementable
from semverdiff.rules.remediation import KEEP_ACCEPTING, NEW_NAME, SECOND_MEMBER

if TYPE_CHECKING:
    from semverdiff.rules.schema import Levels

__all__ = ["ENTRIES"]


_NO_MATCH = "Callers of the old path match no resource method."


def _callers(implementers: str) -> Levels:
    """Return the levels of a path that old calls miss, while implementers still fit."""
    return implementable((Subject.RESOURCE,), major(_NO_MATCH, Use.CALL), minor(implementers))


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
    major(_NO_MATCH, Use.CALL),
    major("Implementers that take the old type no longer fit.", IMPLEMENTER),
)
_TOO_NARROW = _implementers("Implementers that take the old type are too narrow.")
_TAKE_MORE = _callers("Implementers that accept more still fit.")

_PARAMETER = Element(Subject.RESOURCE, "path parameter '$name'", partial(_path, "Client[get orders/{}]"))
_TYPE = _PARAMETER.of("type")
_REST = Element(Subject.RESOURCE, "rest path parameter '$name'", partial(_path, "Client[get orders/{...}]"))
_REST_TYPE = _REST.of("type")
_SEGMENT = Element(Subject.RESOURCE, "path segment '$name'", partial(_path, "Client[get orders/latest]"))


ENTRIES = (
    _PARAMETER.renamed(
        Fact.PATH_PARAMETER_RENAMED,
        "A path parameter was renamed.",
        patch("Nobody breaks: callers cannot name a path parameter."),
        ("orders/[int id]", "orders/[int number]"),
    ),
    _TYPE.respelled(
        Fact.PATH_PARAMETER_TYPE_RESPELLED,
        "The type of a path parameter is written differently.",
        ("orders/[int|string id]", "orders/[string|int id]"),
    ),
    _PARAMETER.entry(
        Fact.PATH_PARAMETER_TO_REST,
        "A path parameter became a rest path parameter.",
        "path parameter '$name' becomes a rest path parameter",
        _implementers("Implementers that take one segment only no longer fit."),
        ("orders/[int id]", "orders/[int... id]"),
        NEW_NAME,
    ),
    _REST.entry(
        Fact.PATH_REST_TO_PARAMETER,
        "A rest path parameter became a single one.",
        "rest path parameter '$name' becomes a single path parameter",
        _callers("Implementers that take every segment still fit."),
        ("orders/[int... id]", "orders/[int id]"),
        NEW_NAME,
    ),
    _TYPE.widened(
        Fact.PATH_PARAMETER_TYPE_WIDENED,
        "A path parameter accepts more.",
        _TOO_NARROW,
        ("orders/[int id]", "orders/[int|string id]"),
    ),
    _TYPE.narrowed(
        Fact.PATH_PARAMETER_TYPE_NARROWED,
        "A path parameter accepts less.",
        _TAKE_MORE,
        ("orders/[int|string id]", "orders/[int id]"),
    ),
    _TYPE.changed(
        Fact.PATH_PARAMETER_TYPE_CHANGED,
        "A path parameter has an unrelated type.",
        _CHANGED,
        ("orders/[int id]", "orders/[string id]"),
    ),
    _REST_TYPE.widened(
        Fact.PATH_REST_TYPE_WIDENED,
        "A rest path parameter accepts more.",
        _TOO_NARROW,
        ("orders/[int... id]", "orders/[int|string... id]"),
    ),
    _REST_TYPE.narrowed(
        Fact.PATH_REST_TYPE_NARROWED,
        "A rest path parameter accepts less.",
        _TAKE_MORE,
        ("orders/[int|string... id]", "orders/[int... id]"),
    ),
    _REST_TYPE.changed(
        Fact.PATH_REST_TYPE_CHANGED,
        "A rest path parameter has an unrelated type.",
        _CHANGED,
        ("orders/[int... id]", "orders/[string... id]"),
    ),
    _SEGMENT.entry(
        Fact.PATH_SEGMENT_GENERALISED,
        "A fixed path segment became a string path parameter.",
        "path segment '$name' becomes a path parameter",
        _implementers("Implementers that serve the old segment only no longer fit."),
        ("orders/latest", "orders/[string id]"),
        SECOND_MEMBER,
    ),
    _PARAMETER.entry(
        Fact.PATH_SEGMENT_SPECIALISED,
        "A path parameter became a fixed segment.",
        "path parameter '$name' becomes a fixed segment[ '$new']",
        _callers("Implementers that take every segment still fit."),
        ("orders/[string id]", "orders/latest"),
        KEEP_ACCEPTING,
    ),
)
