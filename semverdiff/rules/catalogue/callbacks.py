"""Function types in parameters: clients pass the function, so all is reversed (contract, 2.2)."""

from __future__ import annotations

from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.examples import Qualifier, Signature
from semverdiff.rules.levels import always, major, minor, patch
from semverdiff.rules.remediation import SECOND_FOR_CALLBACK
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]


_GIVEN = "$call(function ($old_type value) {});"
_GIVEN_REST = "$call(function ($old_operand... values) {});"
_RETURNED = "$call(function () returns $old_type => value);"
_PASSED = "$call(callback);"


ENTRIES = (
    Entry(
        fact=Fact.PARAMETER_ADDED,
        title="A callback gets one more parameter.",
        message="parameter[ '$new'] of the callback is added",
        levels=always(
            Subject.CALLBACK, major("Functions that clients pass take too few parameters.", _PASSED)
        ),
        remediation=SECOND_FOR_CALLBACK,
        example=Signature("(int)", "(int, int)"),
    ),
    Entry(
        fact=Fact.PARAMETER_REMOVED,
        title="A callback gets one parameter fewer.",
        message="parameter[ '$old'] of the callback is removed",
        levels=always(
            Subject.CALLBACK, major("Functions that clients pass take too many parameters.", _PASSED)
        ),
        remediation=SECOND_FOR_CALLBACK,
        example=Signature("(int, int)", "(int)"),
    ),
    Entry(
        fact=Fact.PARAMETERS_REORDERED,
        title="Parameters of a callback of different types were reordered.",
        message="parameters of the callback are reordered[ from '$old' to '$new']",
        levels=always(
            Subject.CALLBACK,
            major("Functions that clients pass take the parameters in the old order.", _PASSED),
        ),
        remediation=SECOND_FOR_CALLBACK,
        example=Signature("(int id, string name)", "(string name, int id)"),
    ),
    Entry(
        fact=Fact.PARAMETER_RENAMED,
        title="A parameter of a callback was renamed.",
        message="parameter of the callback is renamed[ from '$old' to '$new']",
        levels=always(
            Subject.CALLBACK,
            patch("Nobody breaks: clients choose their own names and the library calls by position."),
        ),
        example=Signature("(int quantity)", "(int amount)"),
    ),
    Entry(
        fact=Fact.PARAMETER_DEFAULT_VALUE_CHANGED,
        title="A default in a callback type changed.",
        message="default value in the callback is changed[ from '$old' to '$new']",
        levels=always(Subject.CALLBACK, patch("Nobody breaks: defaults are not part of a function type.")),
        example=Signature("(int quantity = 1)", "(int quantity = 2)"),
    ),
    Entry(
        fact=Fact.PARAMETER_TYPE_WIDENED,
        title="A callback is given more.",
        message="parameter type of the callback is widened[ from '$old' to '$new']",
        levels=always(
            Subject.CALLBACK,
            major("Functions that clients pass take the old type and are too narrow.", _GIVEN),
        ),
        remediation=SECOND_FOR_CALLBACK,
        example=Signature("(int quantity)", "(int|string quantity)"),
    ),
    Entry(
        fact=Fact.PARAMETER_TYPE_NARROWED,
        title="A callback is given less.",
        message="parameter type of the callback is narrowed[ from '$old' to '$new']",
        levels=always(Subject.CALLBACK, minor("Nobody breaks: functions that accept more still fit.")),
        example=Signature("(int|string quantity)", "(int quantity)"),
    ),
    Entry(
        fact=Fact.PARAMETER_TYPE_CHANGED,
        title="A callback is given an unrelated type.",
        message="parameter type of the callback is changed[ from '$old' to '$new']",
        levels=always(Subject.CALLBACK, major("Functions that clients pass take the old type.", _GIVEN)),
        remediation=SECOND_FOR_CALLBACK,
        example=Signature("(int quantity)", "(string quantity)"),
    ),
    Entry(
        fact=Fact.PARAMETER_TYPE_RESPELLED,
        title="A parameter type of a callback is written differently.",
        message="parameter type of the callback is written differently[: '$new' for '$old']",
        levels=always(Subject.CALLBACK, patch("Nobody breaks: the types are equal.")),
        example=Signature("(int|string quantity)", "(string|int quantity)"),
    ),
    Entry(
        fact=Fact.PARAMETER_MUTABLE_MEMBER_NARROWED,
        title="A mutable member of what a callback is given was narrowed.",
        message=(
            "mutable member of the callback's parameter type is narrowed[: changed from '$old' to '$new']"
        ),
        levels=always(
            Subject.CALLBACK,
            major(
                "Functions that clients pass panic where they write the lost type into the argument.", _GIVEN
            ),
        ),
        remediation=SECOND_FOR_CALLBACK,
        example=Signature("((int|string)[])", "(int[])"),
    ),
    Entry(
        fact=Fact.PARAMETER_REST_ADDED,
        title="A callback type gets a rest parameter.",
        message="rest parameter[ '$new'] of the callback is added",
        levels=always(
            Subject.CALLBACK, major("Functions that clients pass take no further arguments.", _PASSED)
        ),
        remediation=SECOND_FOR_CALLBACK,
        example=Signature("(int id)", "(int id, int... quantity)"),
    ),
    Entry(
        fact=Fact.PARAMETER_REST_REMOVED,
        title="A callback type loses its rest parameter.",
        message="rest parameter[ '$old'] of the callback is removed",
        levels=always(Subject.CALLBACK, minor("Nobody breaks: functions with a rest parameter still fit.")),
        example=Signature("(int id, int... quantity)", "(int id)"),
    ),
    Entry(
        fact=Fact.PARAMETER_REST_RENAMED,
        title="The rest parameter of a callback type was renamed.",
        message="rest parameter of the callback is renamed[ from '$old' to '$new']",
        levels=always(Subject.CALLBACK, patch("Nobody breaks: names are not part of a function type.")),
        example=Signature("(int... quantity)", "(int... amounts)"),
    ),
    Entry(
        fact=Fact.PARAMETER_REST_TYPE_WIDENED,
        title="The rest parameter of a callback type is given more.",
        message="rest parameter type of the callback is widened[ from '$old' to '$new']",
        levels=always(
            Subject.CALLBACK,
            major("Functions that clients pass take the old type and are too narrow.", _GIVEN_REST),
        ),
        remediation=SECOND_FOR_CALLBACK,
        example=Signature("(int... quantity)", "(int|string... quantity)"),
    ),
    Entry(
        fact=Fact.PARAMETER_REST_TYPE_NARROWED,
        title="The rest parameter of a callback type is given less.",
        message="rest parameter type of the callback is narrowed[ from '$old' to '$new']",
        levels=always(Subject.CALLBACK, minor("Nobody breaks: functions that accept more still fit.")),
        example=Signature("(int|string... quantity)", "(int... quantity)"),
    ),
    Entry(
        fact=Fact.PARAMETER_REST_TYPE_CHANGED,
        title="The rest parameter of a callback type has an unrelated type.",
        message="rest parameter type of the callback is changed[ from '$old' to '$new']",
        levels=always(
            Subject.CALLBACK,
            major(
                "Functions that clients pass take the old type.",
                "$call(function ($old_operand... values) {});",
            ),
        ),
        remediation=SECOND_FOR_CALLBACK,
        example=Signature("(int... quantity)", "(string... quantity)"),
    ),
    Entry(
        fact=Fact.RETURN_TYPE_ADDED,
        title="A callback must return a value.",
        message="return type[ '$new'] of the callback is added",
        levels=always(
            Subject.CALLBACK, major("Functions that clients pass return nothing.", "$call(function () {});")
        ),
        remediation=SECOND_FOR_CALLBACK,
        example=Signature("()", "() returns int"),
    ),
    Entry(
        fact=Fact.RETURN_TYPE_REMOVED,
        title="A callback must return nothing.",
        message="return type[ '$old'] of the callback is removed",
        levels=always(Subject.CALLBACK, major("Functions that clients pass return a value.", _RETURNED)),
        remediation=SECOND_FOR_CALLBACK,
        example=Signature("() returns int", "()"),
    ),
    Entry(
        fact=Fact.RETURN_TYPE_WIDENED,
        title="A callback may return more.",
        message="return type of the callback is widened[ from '$old' to '$new']",
        levels=always(Subject.CALLBACK, minor("Nobody breaks: functions that return less still fit.")),
        example=Signature("() returns int", "() returns int|string"),
    ),
    Entry(
        fact=Fact.RETURN_TYPE_NARROWED,
        title="A callback may return less.",
        message="return type of the callback is narrowed[ from '$old' to '$new']",
        levels=always(
            Subject.CALLBACK, major("Functions that clients pass return the wider type.", _RETURNED)
        ),
        remediation=SECOND_FOR_CALLBACK,
        example=Signature("() returns int|string", "() returns int"),
    ),
    Entry(
        fact=Fact.RETURN_TYPE_CHANGED,
        title="A callback must return an unrelated type.",
        message="return type of the callback is changed[ from '$old' to '$new']",
        levels=always(Subject.CALLBACK, major("Functions that clients pass return the old type.", _RETURNED)),
        remediation=SECOND_FOR_CALLBACK,
        example=Signature("() returns int", "() returns string"),
    ),
    Entry(
        fact=Fact.RETURN_TYPE_RESPELLED,
        title="The return type of a callback is written differently.",
        message="return type of the callback is written differently[: '$new' for '$old']",
        levels=always(Subject.CALLBACK, patch("Nobody breaks: the types are equal.")),
        example=Signature("() returns int|string", "() returns string|int"),
    ),
    Entry(
        fact=Fact.RETURN_ERROR_ADDED,
        title="A callback may fail.",
        message="callback may return an error[: changed from '$old' to '$new']",
        levels=always(Subject.CALLBACK, minor("Nobody breaks: functions that do not fail still fit.")),
        example=Signature("() returns int", "() returns int|error"),
    ),
    Entry(
        fact=Fact.RETURN_ERROR_REMOVED,
        title="A callback must not fail.",
        message="callback may no longer return an error[: changed from '$old' to '$new']",
        levels=always(
            Subject.CALLBACK,
            major("Functions that clients pass may fail, which the package no longer expects.", _RETURNED),
        ),
        remediation=SECOND_FOR_CALLBACK,
        example=Signature("() returns int|error", "() returns int"),
    ),
    Entry(
        fact=Fact.ISOLATED_ADDED,
        title="A callback must be isolated.",
        message="'isolated' qualifier of the callback is added",
        levels=always(
            Subject.CALLBACK,
            major("Functions that clients pass may not read mutable variables any more.", _PASSED),
        ),
        remediation=SECOND_FOR_CALLBACK,
        example=Qualifier("", "isolated "),
    ),
    Entry(
        fact=Fact.ISOLATED_REMOVED,
        title="A callback need not be isolated.",
        message="'isolated' qualifier of the callback is removed",
        levels=always(Subject.CALLBACK, minor("Nobody breaks: isolated functions still fit.")),
        example=Qualifier("isolated ", ""),
    ),
    Entry(
        fact=Fact.TRANSACTIONAL_ADDED,
        title="A callback may be transactional.",
        message="'transactional' qualifier of the callback is added",
        levels=always(Subject.CALLBACK, minor("Nobody breaks: other functions still fit.")),
        example=Qualifier("", "transactional "),
    ),
    Entry(
        fact=Fact.TRANSACTIONAL_REMOVED,
        title="A callback must not be transactional.",
        message="'transactional' qualifier of the callback is removed",
        levels=always(
            Subject.CALLBACK, major("Transactional functions that clients pass no longer fit.", _PASSED)
        ),
        remediation=SECOND_FOR_CALLBACK,
        example=Qualifier("transactional ", ""),
    ),
)
