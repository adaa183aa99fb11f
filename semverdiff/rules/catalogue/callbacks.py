"""Facts about function types in parameters: clients pass the function, so all is flipped (2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.rules.tables import always, fact, major, minor, patch

if TYPE_CHECKING:
    from semverdiff.rules.entries import Effect, Fact

__all__ = ["FACTS"]

_GIVEN = "$call(function ($old_type value) {});"
_GIVEN_REST = "$call(function ($old_operand... values) {});"
_RETURNED = "$call(function () returns $old_type => value);"
_PASSED = "$call(callback);"


def _callback(name: str, title: str, message: str, effect: Effect) -> Fact:
    return fact(name, title, message, always("callback", effect))


FACTS = (
    _callback(
        "parameter-added",
        "A callback gets one more parameter.",
        "parameter[ '$new'] of the callback is added",
        major("Functions that clients pass take too few parameters.", _PASSED),
    ),
    _callback(
        "parameter-removed",
        "A callback gets one parameter fewer.",
        "parameter[ '$old'] of the callback is removed",
        major("Functions that clients pass take too many parameters.", _GIVEN),
    ),
    _callback(
        "parameters-reordered",
        "Parameters of a callback of different types were reordered.",
        "parameters of the callback are reordered[ from '$old' to '$new']",
        major("Functions that clients pass take the parameters in the old order.", _PASSED),
    ),
    _callback(
        "parameter-renamed",
        "A parameter of a callback was renamed.",
        "parameter of the callback is renamed[ from '$old' to '$new']",
        patch("Nobody breaks: clients choose their own names and the library calls by position."),
    ),
    _callback(
        "parameter-default-value-changed",
        "A default in a callback type changed.",
        "default value in the callback is changed[ from '$old' to '$new']",
        patch("Nobody breaks: defaults are not part of a function type."),
    ),
    _callback(
        "parameter-type-widened",
        "A callback is given more.",
        "parameter type of the callback is widened[ from '$old' to '$new']",
        major("Functions that clients pass take the old type and are too narrow.", _GIVEN),
    ),
    _callback(
        "parameter-type-narrowed",
        "A callback is given less.",
        "parameter type of the callback is narrowed[ from '$old' to '$new']",
        minor("Nobody breaks: functions that accept more still fit."),
    ),
    _callback(
        "parameter-type-changed",
        "A callback is given an unrelated type.",
        "parameter type of the callback is changed[ from '$old' to '$new']",
        major("Functions that clients pass take the old type.", _GIVEN),
    ),
    _callback(
        "parameter-type-respelled",
        "A parameter type of a callback is written differently.",
        "parameter type of the callback is written differently[: '$new' for '$old']",
        patch("Nobody breaks: the types are equal."),
    ),
    _callback(
        "parameter-mutable-member-narrowed",
        "A mutable member of what a callback is given was narrowed.",
        "mutable member of the callback's parameter type is narrowed[: changed from '$old' to '$new']",
        major("Functions that clients pass panic where they write the lost type into the argument.", _GIVEN),
    ),
    _callback(
        "parameter-rest-added",
        "A callback type gets a rest parameter.",
        "rest parameter[ '$new'] of the callback is added",
        major("Functions that clients pass take no further arguments.", _PASSED),
    ),
    _callback(
        "parameter-rest-removed",
        "A callback type loses its rest parameter.",
        "rest parameter[ '$old'] of the callback is removed",
        minor("Nobody breaks: functions with a rest parameter still fit."),
    ),
    _callback(
        "parameter-rest-renamed",
        "The rest parameter of a callback type was renamed.",
        "rest parameter of the callback is renamed[ from '$old' to '$new']",
        patch("Nobody breaks: names are not part of a function type."),
    ),
    _callback(
        "parameter-rest-type-widened",
        "The rest parameter of a callback type is given more.",
        "rest parameter type of the callback is widened[ from '$old' to '$new']",
        major(
            "Functions that clients pass take the old type and are too narrow.",
            _GIVEN_REST,
        ),
    ),
    _callback(
        "parameter-rest-type-narrowed",
        "The rest parameter of a callback type is given less.",
        "rest parameter type of the callback is narrowed[ from '$old' to '$new']",
        minor("Nobody breaks: functions that accept more still fit."),
    ),
    _callback(
        "parameter-rest-type-changed",
        "The rest parameter of a callback type has an unrelated type.",
        "rest parameter type of the callback is changed[ from '$old' to '$new']",
        major(
            "Functions that clients pass take the old type.", "$call(function ($old_operand... values) {});"
        ),
    ),
    _callback(
        "return-type-added",
        "A callback must return a value.",
        "return type[ '$new'] of the callback is added",
        major("Functions that clients pass return nothing.", "$call(function () {});"),
    ),
    _callback(
        "return-type-removed",
        "A callback must return nothing.",
        "return type[ '$old'] of the callback is removed",
        major("Functions that clients pass return a value.", _RETURNED),
    ),
    _callback(
        "return-type-widened",
        "A callback may return more.",
        "return type of the callback is widened[ from '$old' to '$new']",
        minor("Nobody breaks: functions that return less still fit."),
    ),
    _callback(
        "return-type-narrowed",
        "A callback may return less.",
        "return type of the callback is narrowed[ from '$old' to '$new']",
        major("Functions that clients pass return the wider type.", _RETURNED),
    ),
    _callback(
        "return-type-changed",
        "A callback must return an unrelated type.",
        "return type of the callback is changed[ from '$old' to '$new']",
        major("Functions that clients pass return the old type.", _RETURNED),
    ),
    _callback(
        "return-type-respelled",
        "The return type of a callback is written differently.",
        "return type of the callback is written differently[: '$new' for '$old']",
        patch("Nobody breaks: the types are equal."),
    ),
    _callback(
        "return-error-added",
        "A callback may fail.",
        "callback may return an error[: changed from '$old' to '$new']",
        minor("Nobody breaks: functions that do not fail still fit."),
    ),
    _callback(
        "return-error-removed",
        "A callback must not fail.",
        "callback may no longer return an error[: changed from '$old' to '$new']",
        major("Functions that clients pass may fail, which the package no longer expects.", _RETURNED),
    ),
    _callback(
        "isolated-added",
        "A callback must be isolated.",
        "'isolated' qualifier of the callback is added",
        major("Functions that clients pass may not read mutable variables any more.", _PASSED),
    ),
    _callback(
        "isolated-removed",
        "A callback need not be isolated.",
        "'isolated' qualifier of the callback is removed",
        minor("Nobody breaks: isolated functions still fit."),
    ),
    _callback(
        "transactional-added",
        "A callback may be transactional.",
        "'transactional' qualifier of the callback is added",
        minor("Nobody breaks: other functions still fit."),
    ),
    _callback(
        "transactional-removed",
        "A callback must not be transactional.",
        "'transactional' qualifier of the callback is removed",
        major("Transactional functions that clients pass no longer fit.", _PASSED),
    ),
)
