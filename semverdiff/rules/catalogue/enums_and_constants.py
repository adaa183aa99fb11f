"""Facts about enums, their members, and constants (compatibility contract, 2.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.rules.tables import always, fact, major, minor, on, otherwise, patch, tolerated, when

if TYPE_CHECKING:
    from semverdiff.rules.entries import Effect, Fact

__all__ = ["FACTS"]

_NEW_NAME = minor("Nobody breaks: names of other modules are always written with a prefix.")
_EXHAUSTIVE = """\
function describe($prefix:$declaring value) returns string {
    match value {
        // a clause for each member of the old version, none for the rest
    }
}"""
_MEMBER = "$prefix:$declaring value = $prefix:$name;"
_ENUM = "$prefix:$declaring value = member;"
_CONSTANT = "var value = $prefix:$name;"


def _enum(name: str, title: str, message: str, effect: Effect) -> Fact:
    return fact(name, title, message, always("enum", effect))


def _constant(name: str, title: str, message: str, effect: Effect) -> Fact:
    return fact(name, title, message, always("constant", effect))


_MEMBERS = (
    fact(
        "added",
        "An enum member was added.",
        "enum member '$name' is added",
        on(
            "enum-member",
            when(
                "the enum has no new value: a member renamed with its value kept, "
                "or a union alias turned into an enum",
                then=minor("Nobody breaks: the enum has no new value."),
            ),
            when(
                "policy enum-member-added = minor",
                then=tolerated(
                    "Clients that handle every member miss the new one, which the project allows.",
                    _EXHAUSTIVE,
                ),
            ),
            when(
                "in",
                then=tolerated(
                    "Clients only pass the enum; only those that handle every member of it themselves break.",
                    _EXHAUSTIVE,
                ),
            ),
            when(
                "out or both",
                then=major("Clients that handle every member miss the new one.", _EXHAUSTIVE),
            ),
        ),
    ),
    fact(
        "removed",
        "An enum member was removed.",
        "enum member '$name' is removed",
        always("enum-member", major("Clients that use the member find it unknown.", _MEMBER)),
    ),
    fact(
        "renamed",
        "An enum member was renamed.",
        "enum member '$name' is renamed[ to '$new']",
        always("enum-member", major("Clients that use the old name find it unknown.", _MEMBER)),
    ),
    fact(
        "value-changed",
        "The value of an enum member changed.",
        "value of enum member '$name' is changed[ from '$old' to '$new']",
        always(
            "enum-member",
            major(
                "Clients that compare with the value, or stored it, no longer find the member.",
                "boolean same = value == $old;",
            ),
        ),
    ),
)

_ENUMS = (
    _enum("added", "An enum was added.", "enum '$name' is added", _NEW_NAME),
    _enum(
        "removed",
        "An enum was removed.",
        "enum '$name' is removed",
        major("Clients that use the enum find it unknown.", _ENUM),
    ),
    _enum(
        "renamed",
        "An enum was renamed.",
        "enum '$name' is renamed[ to '$new']",
        major("Clients that use the old name find it unknown.", _ENUM),
    ),
    _enum(
        "visibility-reduced",
        "An enum is no longer public.",
        "'public' qualifier is removed from enum '$name'",
        major("Clients of other modules no longer see the enum and its members.", _ENUM),
    ),
    _enum(
        "to-type-alias",
        "An enum became a union of literals.",
        "enum '$name' becomes a type without member names",
        major("Clients that use the members by name are refused."),
    ),
    _enum(
        "to-constants",
        "An enum became constants and a union with the same names.",
        "enum '$name' becomes constants of the same names",
        patch("Nobody breaks: names and types are the same."),
    ),
    _enum(
        "to-alias-of-enum",
        "An enum became an alias of a renamed enum.",
        "enum '$name' becomes an alias of another enum",
        patch("Nobody breaks: the member names stay in the module."),
    ),
)

_CONSTANTS = (
    fact(
        "value-changed",
        "The value of a constant changed.",
        "value of constant '$name' is changed[ from '$old' to '$new']",
        on(
            "constant",
            when(
                "policy constant-value-changed = major",
                then=major(
                    "Clients that repeat the value break, and the project counts the value as API.",
                    "$prefix:$name value = $old;",
                ),
            ),
            otherwise(tolerated("Only clients that repeat the value break.", "$prefix:$name value = $old;")),
        ),
    ),
    _constant(
        "type-changed",
        "A constant has another basic type.",
        "type of constant '$name' is changed[ from '$old' to '$new']",
        major(
            "Clients that use the constant as the old type are refused.", "$old_type value = $prefix:$name;"
        ),
    ),
    _constant(
        "to-variable",
        "A constant became a variable.",
        "constant '$name' becomes a variable",
        major(
            "Clients that use it in a type, a pattern or an array length need a constant.",
            "int[$prefix:$name] list = [];",
        ),
    ),
    _constant(
        "expression-respelled",
        "A constant is written differently with the same value.",
        "expression of constant '$name' is written differently[: '$new' for '$old']",
        patch("Nobody breaks: the value is the same."),
    ),
    _constant("added", "A constant was added.", "constant '$name' is added", _NEW_NAME),
    _constant(
        "removed",
        "A constant was removed.",
        "constant '$name' is removed",
        major("Clients that use the constant find it unknown.", _CONSTANT),
    ),
    _constant(
        "renamed",
        "A constant was renamed.",
        "constant '$name' is renamed[ to '$new']",
        major("Clients that use the old name find it unknown.", _CONSTANT),
    ),
    _constant(
        "visibility-reduced",
        "A constant is no longer public.",
        "'public' qualifier is removed from constant '$name'",
        major("Clients of other modules no longer see the constant.", _CONSTANT),
    ),
)

FACTS = _MEMBERS + _ENUMS + _CONSTANTS
