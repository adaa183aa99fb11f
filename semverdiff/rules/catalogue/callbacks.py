"""Function types in parameters: clients pass the function, so all is reversed (contract, 2.2)."""

from __future__ import annotations

from functools import partial

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.effects import major, minor, patch
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import Qualifier, Signature
from semverdiff.rules.remediation import SECOND_FOR_CALLBACK

__all__ = ["ENTRIES"]


_CALLBACK = Element(Subject.CALLBACK, "callback", Signature, SECOND_FOR_CALLBACK)
_PARAMETER_TYPE = _CALLBACK.named("parameter type of the callback")
_REST_TYPE = _CALLBACK.named("rest parameter type of the callback")
_RETURN_TYPE = _CALLBACK.named("return type of the callback")
_ISOLATED = Element(Subject.CALLBACK, "'isolated' qualifier of the callback", Qualifier, SECOND_FOR_CALLBACK)
_TRANSACTIONAL = _ISOLATED.named("'transactional' qualifier of the callback")


ENTRIES = (
    _CALLBACK.entry(
        Fact.PARAMETER_ADDED,
        "A callback gets one more parameter.",
        "parameter[ '$new'] of the callback is added",
        major("Functions that clients pass no longer fit: they take too few parameters.", Use.GIVE_FUNCTION),
        ("(int)", "(int, int)"),
    ),
    _CALLBACK.entry(
        Fact.PARAMETER_REMOVED,
        "A callback gets one parameter fewer.",
        "parameter[ '$old'] of the callback is removed",
        major("Functions that clients pass no longer fit: they take too many parameters.", Use.GIVE_FUNCTION),
        ("(int, int)", "(int)"),
    ),
    _CALLBACK.entry(
        Fact.PARAMETERS_REORDERED,
        "Parameters of a callback of different types were reordered.",
        "parameters of the callback are reordered[ from '$old' to '$new']",
        major(
            "Functions that clients pass no longer fit: they take the parameters in the old order.",
            Use.GIVE_FUNCTION,
        ),
        ("(int id, string name)", "(string name, int id)"),
    ),
    _CALLBACK.entry(
        Fact.PARAMETER_RENAMED,
        "A parameter of a callback was renamed.",
        "parameter of the callback is renamed[ from '$old' to '$new']",
        patch("Nobody breaks: clients choose their own names and the library calls by position."),
        ("(int quantity)", "(int amount)"),
    ),
    _CALLBACK.entry(
        Fact.PARAMETER_DEFAULT_VALUE_CHANGED,
        "A default in a callback type changed.",
        "default value in the callback is changed[ from '$old' to '$new']",
        patch("Nobody breaks: defaults are not part of a function type."),
        ("(int quantity = 1)", "(int quantity = 2)"),
    ),
    _PARAMETER_TYPE.widened(
        Fact.PARAMETER_TYPE_WIDENED,
        "A callback is given more.",
        major(
            "Functions that clients pass no longer fit: they take the old type, which is narrower.",
            Use.GIVE_FUNCTION,
        ),
        ("(int quantity)", "(int|string quantity)"),
    ),
    _PARAMETER_TYPE.narrowed(
        Fact.PARAMETER_TYPE_NARROWED,
        "A callback is given less.",
        minor("Nobody breaks: functions that accept more still fit."),
        ("(int|string quantity)", "(int quantity)"),
    ),
    _PARAMETER_TYPE.changed(
        Fact.PARAMETER_TYPE_CHANGED,
        "A callback is given an unrelated type.",
        major("Functions that clients pass no longer fit: they take the old type.", Use.GIVE_FUNCTION),
        ("(int quantity)", "(string quantity)"),
    ),
    _PARAMETER_TYPE.respelled(
        Fact.PARAMETER_TYPE_RESPELLED,
        "A parameter type of a callback is written differently.",
        ("(int|string quantity)", "(string|int quantity)"),
    ),
    _CALLBACK.shown(partial(Signature, bodies=("{ visit([1]); }", "{ visit([1]); }"))).entry(
        Fact.PARAMETER_MUTABLE_MEMBER_NARROWED,
        "A mutable member of what a callback is given was narrowed.",
        "mutable member of the callback's parameter type is narrowed[: changed from '$old' to '$new']",
        major(
            "Functions that clients pass panic where they write the lost type into the argument.",
            Use.GIVE_FUNCTION,
        ),
        ("((int|string)[])", "(int[])"),
    ),
    _CALLBACK.entry(
        Fact.PARAMETER_REST_ADDED,
        "A callback type gets a rest parameter.",
        "rest parameter[ '$new'] of the callback is added",
        major(
            "Functions that clients pass no longer fit: they take no further arguments.", Use.GIVE_FUNCTION
        ),
        ("(int id)", "(int id, int... quantity)"),
    ),
    _CALLBACK.entry(
        Fact.PARAMETER_REST_REMOVED,
        "A callback type loses its rest parameter.",
        "rest parameter[ '$old'] of the callback is removed",
        minor("Nobody breaks: functions with a rest parameter still fit."),
        ("(int id, int... quantity)", "(int id)"),
    ),
    _CALLBACK.entry(
        Fact.PARAMETER_REST_RENAMED,
        "The rest parameter of a callback type was renamed.",
        "rest parameter of the callback is renamed[ from '$old' to '$new']",
        patch("Nobody breaks: names are not part of a function type."),
        ("(int... quantity)", "(int... amounts)"),
    ),
    _REST_TYPE.widened(
        Fact.PARAMETER_REST_TYPE_WIDENED,
        "The rest parameter of a callback type is given more.",
        major(
            "Functions that clients pass no longer fit: they take the old type, which is narrower.",
            Use.GIVE_FUNCTION,
        ),
        ("(int... quantity)", "(int|string... quantity)"),
    ),
    _REST_TYPE.narrowed(
        Fact.PARAMETER_REST_TYPE_NARROWED,
        "The rest parameter of a callback type is given less.",
        minor("Nobody breaks: functions that accept more still fit."),
        ("(int|string... quantity)", "(int... quantity)"),
    ),
    _REST_TYPE.changed(
        Fact.PARAMETER_REST_TYPE_CHANGED,
        "The rest parameter of a callback type has an unrelated type.",
        major(
            "Functions that clients pass no longer fit: they take the old type.",
            Use.GIVE_FUNCTION,
        ),
        ("(int... quantity)", "(string... quantity)"),
    ),
    _CALLBACK.entry(
        Fact.RETURN_TYPE_ADDED,
        "A callback must return a value.",
        "return type[ '$new'] of the callback is added",
        major("Functions that clients pass no longer fit: they return nothing.", Use.GIVE_FUNCTION),
        ("()", "() returns int"),
    ),
    _CALLBACK.entry(
        Fact.RETURN_TYPE_REMOVED,
        "A callback must return nothing.",
        "return type[ '$old'] of the callback is removed",
        major("Functions that clients pass no longer fit: they return a value.", Use.GIVE_FUNCTION),
        ("() returns int", "()"),
    ),
    _RETURN_TYPE.widened(
        Fact.RETURN_TYPE_WIDENED,
        "A callback may return more.",
        minor("Nobody breaks: functions that return less still fit."),
        ("() returns int", "() returns int|string"),
    ),
    _RETURN_TYPE.narrowed(
        Fact.RETURN_TYPE_NARROWED,
        "A callback may return less.",
        major("Functions that clients pass no longer fit: they return the wider type.", Use.GIVE_FUNCTION),
        ("() returns int|string", "() returns int"),
    ),
    _RETURN_TYPE.changed(
        Fact.RETURN_TYPE_CHANGED,
        "A callback must return an unrelated type.",
        major("Functions that clients pass no longer fit: they return the old type.", Use.GIVE_FUNCTION),
        ("() returns int", "() returns string"),
    ),
    _RETURN_TYPE.respelled(
        Fact.RETURN_TYPE_RESPELLED,
        "The return type of a callback is written differently.",
        ("() returns int|string", "() returns string|int"),
    ),
    _CALLBACK.entry(
        Fact.RETURN_ERROR_ADDED,
        "A callback may fail.",
        "callback may return an error[: changed from '$old' to '$new']",
        minor("Nobody breaks: functions that do not fail still fit."),
        ("() returns int", "() returns int|error"),
    ),
    _CALLBACK.entry(
        Fact.RETURN_ERROR_REMOVED,
        "A callback must not fail.",
        "callback may no longer return an error[: changed from '$old' to '$new']",
        major(
            "Functions that clients pass may fail, which the package no longer expects.", Use.GIVE_FUNCTION
        ),
        ("() returns int|error", "() returns int"),
    ),
    _ISOLATED.added(
        Fact.ISOLATED_ADDED,
        "A callback must be isolated.",
        major("Functions that clients pass may not read mutable variables any more.", Use.GIVE_FUNCTION),
        ("", "isolated "),
    ),
    _ISOLATED.removed(
        Fact.ISOLATED_REMOVED,
        "A callback need not be isolated.",
        minor("Nobody breaks: isolated functions still fit."),
        ("isolated ", ""),
    ),
    _TRANSACTIONAL.added(
        Fact.TRANSACTIONAL_ADDED,
        "A callback may be transactional.",
        minor("Nobody breaks: other functions still fit."),
        ("", "transactional "),
    ),
    _TRANSACTIONAL.removed(
        Fact.TRANSACTIONAL_REMOVED,
        "A callback must not be transactional.",
        major("Transactional functions that clients pass no longer fit.", Use.GIVE_FUNCTION),
        ("transactional ", ""),
    ),
)
