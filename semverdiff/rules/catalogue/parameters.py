"""Facts about the parameters of functions and methods (compatibility contract, 2.1)."""

from __future__ import annotations

from semverdiff.rules.entries import Table
from semverdiff.rules.tables import (
    MEMBERS,
    always,
    by_owner,
    fact,
    major,
    minor,
    otherwise,
    patch,
    tolerated,
    when,
)

__all__ = ["FACTS", "IMPLEMENTER"]

IMPLEMENTER = """\
$implementing Mine {
    *$prefix:$declaring;

    $signature {
        panic error("not shown");
    }
}"""

_CALL = "$use$call($arguments);"
_CALL_WITH_IT = "$use$call($passed);"
_CALL_BY_NAME = "$use$call($name = $name);"
_CALL_WITH_RECORD = "$use$call($record_passed);"
_CALL_WITH_REST = "$use$call($leading...$name);"
_GIVE = """\
function pass($old_type $name) {
    $use$call($passed);
}"""
_GIVE_REST = """\
function pass($old_list $name) {
    $use$call($leading...$name);
}"""

_OLD_LIST = "Implementers with the old parameter list no longer fit."
_NO_NEW_PARAMETER = "Implementers that do not take the new parameter no longer fit."
_OLD_TYPE = "Implementers that take the old type no longer fit."
_TAKE_MORE = "Implementers that accept more still fit."
_EQUAL = patch("Nobody breaks: the types are equal.")


def _left_out(callers: str) -> tuple[Table, ...]:
    """Return the tables of a new parameter that calls may leave out: function values notice it, too."""
    value = tolerated(f"{callers} Only a variable of the old function type refuses the function now.")
    implemented = major(_NO_NEW_PARAMETER, IMPLEMENTER)
    return (always("function", value), *by_owner(minor(callers), implemented, alone=("init",)))


def _ambiguous() -> tuple[Table, ...]:
    """Return the tables of a type that takes the same constructor a second time."""
    reason = "Callers that pass a list, mapping or `new` constructor do not say which of the types they mean."
    client = "$use$call($constructor);"
    called = (
        when("policy ambiguous-arguments = minor", then=tolerated(reason, client)),
        otherwise(major(reason, client)),
    )
    implemented = when("open object type", "in or both", then=major(_OLD_TYPE, IMPLEMENTER))
    return (
        Table(("function", "init"), called),
        Table(MEMBERS, (implemented, *called)),
    )


def _everybody(callers: str, client: str, implementers: str = _OLD_LIST) -> tuple[Table, ...]:
    """Return the tables of a change that breaks callers and implementers alike."""
    return by_owner(major(callers, client), major(implementers, IMPLEMENTER))


def _callers(callers: str, client: str, implementers: str) -> tuple[Table, ...]:
    """Return the tables of a change that breaks callers, while implementers still fit."""
    return by_owner(major(callers, client), minor(implementers))


def _implementers(callers: str, implementers: str) -> tuple[Table, ...]:
    """Return the tables of a change that breaks implementers only."""
    return by_owner(minor(callers), major(implementers, IMPLEMENTER))


FACTS = (
    fact(
        "parameter-required-added",
        "A required parameter was added to $a.",
        "required parameter '$name' is added",
        *_everybody("Callers miss the argument for `$name`.", _CALL),
    ),
    fact(
        "parameter-defaultable-added",
        "A defaultable parameter was added after the last positional parameter of $a.",
        "defaultable parameter '$name' is added",
        *_left_out("Calls compile unchanged: `$name` has a default."),
    ),
    fact(
        "parameter-defaultable-inserted",
        "A defaultable parameter was inserted before another positional, rest or included parameter of $a.",
        "defaultable parameter '$name' is inserted before other parameters",
        *_everybody(
            "Positional calls bind the argument after the insertion to `$name`, silently if the types agree.",
            _CALL,
        ),
    ),
    fact(
        "parameter-included-added",
        "An included record parameter whose fields are all optional or defaultable was added to $a.",
        "included record parameter '$name' is added",
        *_left_out("Calls compile unchanged: every field of `$name` may be left out."),
    ),
    fact(
        "parameter-removed",
        "A parameter was removed from $a.",
        "[$kind ]parameter '$name' is removed",
        *_everybody("Callers that pass `$name` have an argument too many.", _CALL_WITH_IT),
    ),
    fact(
        "parameter-renamed",
        "A parameter of $a was renamed.",
        "parameter '$name' is renamed[ to '$new']",
        *_everybody("Callers that pass it as `$name = ...` name no parameter.", _CALL_BY_NAME),
    ),
    fact(
        "parameter-default-added",
        "A required parameter of $a became defaultable.",
        "parameter '$name' gets a default value[ '$new']",
        *by_owner(minor("Nobody breaks: a default is not part of the function type.")),
    ),
    fact(
        "parameter-default-removed",
        "A parameter of $a lost its default.",
        "default value[ '$old'] of parameter '$name' is removed",
        *_everybody(
            "Callers that relied on the default miss the argument for `$name`.",
            "$use$call($arguments);",
            "Implementers that declare the old default no longer fit.",
        ),
    ),
    fact(
        "parameter-default-value-changed",
        "The default value of a parameter of $a changed.",
        "default value of parameter '$name' is changed[ from '$old' to '$new']",
        *by_owner(patch("Nobody breaks: a default value is behaviour.")),
    ),
    fact(
        "parameter-type-widened",
        "A parameter of $a accepts more.",
        "type of parameter '$name' is widened[ from '$old' to '$new']",
        *by_owner(
            tolerated(
                "Arguments still fit; inference changes: `1` is a float for float, an int for int|float."
            ),
            major("Implementers that take the old type are too narrow.", IMPLEMENTER),
        ),
    ),
    fact(
        "parameter-type-widened-ambiguous",
        "A parameter of $a accepts a second type that takes the same list, mapping or `new` constructor.",
        "type of parameter '$name' is ambiguously widened[ from '$old' to '$new']",
        *_ambiguous(),
    ),
    fact(
        "parameter-type-narrowed",
        "A parameter of $a accepts less.",
        "type of parameter '$name' is narrowed[ from '$old' to '$new']",
        *_callers("Callers that pass a value of the old type are refused.", _GIVE, _TAKE_MORE),
    ),
    fact(
        "parameter-type-changed",
        "A parameter of $a has an unrelated type.",
        "type of parameter '$name' is changed[ from '$old' to '$new']",
        *_everybody("Callers that pass a value of the old type are refused.", _GIVE, _OLD_TYPE),
    ),
    fact(
        "parameter-type-respelled",
        "A parameter type of $a is written differently.",
        "type of parameter '$name' is written differently[: '$new' for '$old']",
        *by_owner(_EQUAL),
    ),
    fact(
        "parameter-declared-field-set-changed",
        "The first field was declared in a map-like parameter type of $a.",
        "type of parameter '$name' declares its first field[: '$new' for '$old']",
        *_everybody(
            "The types are equal, but callers must quote keys that are not declared.",
            "$use$call({key: value});",
            _OLD_TYPE,
        ),
    ),
    fact(
        "parameter-inclusion-added",
        "A record parameter of $a became an included record parameter.",
        "parameter '$name' becomes an included record parameter",
        *by_owner(minor("Nobody breaks: the record may still be passed whole, by position or by name.")),
    ),
    fact(
        "parameter-inclusion-removed",
        "An included record parameter of $a became a plain one.",
        "parameter '$name' is no longer an included record parameter",
        *_everybody("Callers that pass the record's fields as named arguments name no parameter.", _CALL),
    ),
    fact(
        "parameter-included-record-changed",
        "The included record of $a was replaced by an equal type with other defaults.",
        "included record parameter '$name' has a record with other defaults[: '$new' for '$old']",
        *_everybody(
            "Callers that left out a field with a default miss it: the record's defaults belong to the call.",
            _CALL,
            "Implementers with the old record no longer fit.",
        ),
    ),
    fact(
        "parameters-reordered",
        "Parameters of $a were reordered.",
        "parameters are reordered[ from '$old' to '$new']",
        *_everybody(
            "Positional calls bind arguments to the wrong parameters, silently if the types agree.", _CALL
        ),
    ),
    fact(
        "parameters-collapsed",
        "Parameters of $a were collected in an included record parameter.",
        "parameters[ '$old'] are collected in an included record parameter[ '$new']",
        *_everybody("Positional calls have too many arguments.", _CALL),
    ),
    fact(
        "parameters-expanded",
        "An included record parameter of $a was split into single parameters.",
        "included record parameter[ '$old'] is split into single parameters[ '$new']",
        *_everybody("Callers that pass the record whole are refused.", _CALL_WITH_RECORD),
    ),
    fact(
        "parameter-rest-added",
        "A rest parameter was added to $a.",
        "rest parameter '$name' is added",
        *_implementers(
            "Callers and function values still fit: the new function type is a subtype.",
            "Implementers that do not take the rest no longer fit.",
        ),
    ),
    fact(
        "parameter-rest-removed",
        "The rest parameter of $a was removed.",
        "rest parameter '$name' is removed",
        *_callers(
            "Callers that pass further arguments have too many.",
            _CALL_WITH_REST,
            "Implementers that still take the rest fit.",
        ),
    ),
    fact(
        "parameter-rest-renamed",
        "The rest parameter of $a was renamed.",
        "rest parameter '$name' is renamed[ to '$new']",
        *by_owner(patch("Nobody breaks: callers cannot name a rest parameter.")),
    ),
    fact(
        "parameter-rest-type-widened",
        "The rest parameter of $a accepts more.",
        "type of rest parameter '$name' is widened[ from '$old' to '$new']",
        *_implementers(
            "Callers still fit: the rest takes every old argument.",
            "Implementers that take the old type are too narrow.",
        ),
    ),
    fact(
        "parameter-rest-type-narrowed",
        "The rest parameter of $a accepts less.",
        "type of rest parameter '$name' is narrowed[ from '$old' to '$new']",
        *_callers("Callers that pass values of the old type are refused.", _GIVE_REST, _TAKE_MORE),
    ),
    fact(
        "parameter-rest-type-changed",
        "The rest parameter of $a has an unrelated type.",
        "type of rest parameter '$name' is changed[ from '$old' to '$new']",
        *_everybody("Callers that pass values of the old type are refused.", _GIVE_REST, _OLD_TYPE),
    ),
    fact(
        "parameter-rest-type-respelled",
        "The rest parameter type of $a is written differently.",
        "type of rest parameter '$name' is written differently[: '$new' for '$old']",
        *by_owner(_EQUAL),
    ),
)
