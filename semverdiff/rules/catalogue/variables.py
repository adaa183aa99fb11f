"""Facts about variables and configurable variables (compatibility contract, 2.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.compare import Condition
from semverdiff.rules.tables import always, fact, major, minor, on, otherwise, patch, tolerated, when

if TYPE_CHECKING:
    from semverdiff.rules.entries import Effect, Fact

__all__ = ["FACTS"]

_READ = "var value = $prefix:$name;"
_READ_OLD = "$old_type value = $prefix:$name;"
_WRITE = "$prefix:$name = value;"
_WRITE_OLD = """\
function set($old_type value) {
    $prefix:$name = value;
}"""
_WRITE_INTO = """\
// whatever changes it panics
$old_type value = $prefix:$name;"""
_ISOLATED = """\
isolated function read() {
    var value = $prefix:$name;
}"""
_NOT_STARTED = "Programs do not start until Config.toml is extended."
_UNKNOWN_KEY = "Deployments with the key in Config.toml are refused: no variable takes it."
_BAD_VALUE = "Deployments with a value of the old type in Config.toml are refused."
_EQUAL = patch("Nobody breaks: the types are equal.")


def _variable(name: str, title: str, message: str, effect: Effect) -> Fact:
    return fact(name, title, message, always("variable", effect))


def _configurable(name: str, title: str, message: str, effect: Effect) -> Fact:
    return fact(name, title, message, always("configurable", effect))


_VARIABLES = (
    _variable(
        "type-widened",
        "A public variable gives more.",
        "type of variable '$name' is widened[ from '$old' to '$new']",
        major("Readers that expect the old type are refused.", _READ_OLD),
    ),
    _variable(
        "type-changed",
        "A public variable has an unrelated type.",
        "type of variable '$name' is changed[ from '$old' to '$new']",
        major("Clients that read or write the old type are refused.", _READ_OLD),
    ),
    fact(
        "type-narrowed",
        "A public variable gives less.",
        "type of variable '$name' is narrowed[ from '$old' to '$new']",
        on(
            "variable",
            when(
                "out",
                Condition.VARIABLE_FINAL,
                Condition.NARROWED_IMMUTABLE,
                then=tolerated(
                    "Only readers that handle the lost values break: the variable is never written.",
                    "boolean lost = $prefix:$name == $example;",
                ),
            ),
            otherwise(major("Clients that write a value of the old type are refused.", _WRITE_OLD)),
        ),
    ),
    _variable(
        "mutable-member-narrowed",
        "A mutable member of the value of a public variable was narrowed.",
        "mutable member of variable '$name' is narrowed[: changed from '$old' to '$new']",
        major("Clients that write the lost type into the value are refused or panic.", _WRITE_INTO),
    ),
    _variable(
        "readonly-added",
        "The type of a public variable became readonly.",
        "type of variable '$name' becomes readonly",
        major("Clients that change the value are refused or panic.", _WRITE_INTO),
    ),
    _variable(
        "readonly-removed",
        "The type of a public variable is no longer readonly.",
        "type of variable '$name' is no longer readonly",
        major("Isolated functions may no longer read the variable.", _ISOLATED),
    ),
    _variable(
        "type-respelled",
        "The type of a public variable is written differently.",
        "type of variable '$name' is written differently[: '$new' for '$old']",
        _EQUAL,
    ),
    _variable(
        "initial-value-changed",
        "The initial value of a public variable changed.",
        "initial value of variable '$name' is changed[ from '$old' to '$new']",
        patch("Nobody breaks: an initial value is behaviour."),
    ),
    _variable(
        "final-added",
        "A public variable became final.",
        "'final' qualifier is added to variable '$name'",
        major("Clients that write the variable are refused.", _WRITE),
    ),
    _variable(
        "final-removed",
        "A public final variable of an immutable type became mutable.",
        "'final' qualifier is removed from variable '$name'",
        major("Isolated functions may no longer read the variable.", _ISOLATED),
    ),
    _variable(
        "final-removed-mutable-type",
        "A public final variable of a mutable type became mutable.",
        "'final' qualifier is removed from variable '$name', whose type is mutable",
        minor("Nobody breaks: isolated functions could not read the variable before either."),
    ),
    _variable(
        "to-constant",
        "A public final variable became a constant.",
        "variable '$name' becomes a constant",
        minor("Nobody breaks: a constant can be used wherever the variable could."),
    ),
    fact(
        "to-configurable",
        "A public final variable became configurable.",
        "variable '$name' becomes configurable",
        on(
            "variable",
            when("without a default", then=major(_NOT_STARTED)),
            otherwise(minor("Nobody breaks: the variable has a default.")),
        ),
    ),
    _variable(
        "added",
        "A variable was added.",
        "variable '$name' is added",
        minor("Nobody breaks: names of other modules are always written with a prefix."),
    ),
    _variable(
        "removed",
        "A variable was removed.",
        "variable '$name' is removed",
        major("Clients that use the variable find it unknown.", _READ),
    ),
    _variable(
        "renamed",
        "A variable was renamed.",
        "variable '$name' is renamed[ to '$new']",
        major("Clients that use the old name find it unknown.", _READ),
    ),
    _variable(
        "visibility-reduced",
        "A variable is no longer public.",
        "'public' qualifier is removed from variable '$name'",
        major("Clients of other modules no longer see the variable.", _READ),
    ),
)

_CONFIGURABLES = (
    _configurable(
        "required-added",
        "A required configurable variable was added, public or not.",
        "required configurable variable '$name' is added",
        major(_NOT_STARTED),
    ),
    _configurable(
        "defaultable-added",
        "A configurable variable with a default was added, public or not.",
        "configurable variable '$name' with a default is added",
        minor("Nobody breaks: Config.toml need not set it."),
    ),
    _configurable(
        "default-added",
        "A required configurable variable got a default.",
        "default value[ '$new'] is added to configurable variable '$name'",
        minor("Nobody breaks: Config.toml may still set it."),
    ),
    _configurable(
        "default-removed",
        "A configurable variable lost its default.",
        "default value[ '$old'] is removed from configurable variable '$name'",
        major(_NOT_STARTED),
    ),
    _configurable(
        "default-value-changed",
        "The default of a configurable variable changed.",
        "default value of configurable variable '$name' is changed[ from '$old' to '$new']",
        patch("Nobody breaks: a default value is behaviour."),
    ),
    _configurable(
        "made-public",
        "A configurable variable became public.",
        "'public' qualifier is added to configurable variable '$name'",
        minor("Nobody breaks: clients may read it now."),
    ),
    _configurable(
        "removed",
        "A configurable variable was removed, public or not.",
        "configurable variable '$name' is removed",
        major(_UNKNOWN_KEY),
    ),
    _configurable(
        "renamed",
        "A configurable variable was renamed, public or not.",
        "configurable variable '$name' is renamed[ to '$new']",
        major(_UNKNOWN_KEY),
    ),
    _configurable(
        "to-variable",
        "A configurable variable became an ordinary one.",
        "configurable variable '$name' is no longer configurable",
        major(_UNKNOWN_KEY),
    ),
    _configurable(
        "type-changed",
        "A configurable variable has an unrelated type.",
        "type of configurable variable '$name' is changed[ from '$old' to '$new']",
        major(_BAD_VALUE),
    ),
    _configurable(
        "type-narrowed",
        "A configurable variable accepts less.",
        "type of configurable variable '$name' is narrowed[ from '$old' to '$new']",
        major(_BAD_VALUE),
    ),
    fact(
        "type-widened",
        "A configurable variable accepts more.",
        "type of configurable variable '$name' is widened[ from '$old' to '$new']",
        on(
            "configurable",
            when("in", "not public", then=minor("Nobody breaks: every value in Config.toml still fits.")),
            when(
                "both",
                "public",
                then=major("Deployments survive; readers that expect the old type are refused.", _READ_OLD),
            ),
        ),
    ),
    _configurable(
        "type-respelled",
        "The type of a configurable variable is written differently.",
        "type of configurable variable '$name' is written differently[: '$new' for '$old']",
        _EQUAL,
    ),
    _configurable(
        "visibility-reduced",
        "A configurable variable is no longer public.",
        "'public' qualifier is removed from configurable variable '$name'",
        major("Clients of other modules no longer see the variable.", _READ),
    ),
)

FACTS = _VARIABLES + _CONFIGURABLES
