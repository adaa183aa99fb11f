"""Rest parameters of functions and methods (compatibility contract, 2.1)."""

from __future__ import annotations

from functools import partial

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Fact
from semverdiff.rules.effects import patch
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import Signature
from semverdiff.rules.levels import (
    CALLED,
    ambiguous_argument,
    callers_break,
    everybody_breaks,
    only_implementers_break,
)
from semverdiff.rules.remediation import SECOND_MEMBER

__all__ = ["ENTRIES"]


_OLD_TYPE = "Implementers that take the old type no longer fit."
_TAKE_MORE = "Implementers that accept more still fit."

_REST = Element(CALLED, "rest parameter '$name'", partial(Signature, parameter="quantity"))
_TYPE = _REST.of("type")


ENTRIES = (
    _REST.added(
        Fact.PARAMETER_REST_ADDED,
        "A rest parameter was added to $a.",
        only_implementers_break(
            "Callers and function values still fit: the new function type is a subtype.",
            "Implementers that do not take the rest no longer fit.",
        ),
        ("(int id)", "(int id, int... quantity)"),
        SECOND_MEMBER,
    ),
    _REST.removed(
        Fact.PARAMETER_REST_REMOVED,
        "The rest parameter of $a was removed.",
        callers_break(
            "Callers that pass further arguments have too many.",
            Use.CALL_WITH_REST,
            "Implementers that still take the rest fit.",
        ),
        ("(int id, int... quantity)", "(int id)"),
    ),
    _REST.renamed(
        Fact.PARAMETER_REST_RENAMED,
        "The rest parameter of $a was renamed.",
        patch("Nobody breaks: callers cannot name a rest parameter."),
        ("(int... quantity)", "(int... amounts)"),
    ),
    _TYPE.widened(
        Fact.PARAMETER_REST_TYPE_WIDENED,
        "The rest parameter of $a accepts more.",
        only_implementers_break(
            "Callers still fit: the rest takes every old argument.",
            "Implementers that take the old type are too narrow.",
        ),
        ("(int... quantity)", "(int|string... quantity)"),
        SECOND_MEMBER,
    ),
    _TYPE.ambiguously_widened(
        Fact.PARAMETER_REST_TYPE_WIDENED_AMBIGUOUS,
        "The rest parameter of $a accepts a second type that takes the same list, mapping or `new` "
        "constructor.",
        ambiguous_argument(Use.CALL_AMBIGUOUSLY),
        ("(int[]... quantity)", "(int[]|float[]... quantity)"),
    ),
    _TYPE.narrowed(
        Fact.PARAMETER_REST_TYPE_NARROWED,
        "The rest parameter of $a accepts less.",
        callers_break("Callers that pass values of the old type are refused.", Use.CALL_WITH_OLD, _TAKE_MORE),
        ("(int|string... quantity)", "(int... quantity)"),
    ),
    _TYPE.changed(
        Fact.PARAMETER_REST_TYPE_CHANGED,
        "The rest parameter of $a has an unrelated type.",
        everybody_breaks(
            "Callers that pass values of the old type are refused.", Use.CALL_WITH_OLD, _OLD_TYPE
        ),
        ("(int... quantity)", "(string... quantity)"),
    ),
    _TYPE.respelled(
        Fact.PARAMETER_REST_TYPE_RESPELLED,
        "The rest parameter type of $a is written differently.",
        ("(int|string... quantity)", "(string|int... quantity)"),
    ),
)
