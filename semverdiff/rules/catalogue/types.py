"""Facts about public types that are neither classes nor enums (compatibility contract, 2.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.rules.tables import (
    always,
    fact,
    major,
    minor,
    on,
    otherwise,
    patch,
    readers_break,
    tolerated,
    when,
    writers_break,
)

if TYPE_CHECKING:
    from semverdiff.rules.entries import Effect, Fact

__all__ = ["FACTS"]

_SUBJECT = "type"

_OWN_VALUES = "Only clients that read values which they made themselves break."
_HANDLING = "Only clients that handle the lost values break."
_USE = "$prefix:$declaring v = value;"
_READ = """\
function read($prefix:$declaring v) {
    $old_type x = v;
}"""
_GIVE = """\
function make($old_type value) {
    $prefix:$declaring v = value;
}"""
_COMPARE = """\
function use($prefix:$declaring v) {
    boolean lost = v == $example;
}"""
_AS = """\
function use($prefix:$declaring v) {{
    {0} x = v;
}}"""


def _one_level(name: str, title: str, message: str, effect: Effect) -> Fact:
    return fact(name, title, message, always(_SUBJECT, effect))


def _lost(supertype: str) -> Fact:
    """Return the fact of a type that no longer fits into a builtin type."""
    broken = major(f"Clients that use a value as {supertype} are refused.", _AS.format(supertype))
    return fact(
        f"{supertype}-lost",
        f"A type is no longer a subtype of {supertype}.",
        f"type '$name' is no longer a subtype of {supertype}",
        readers_break(_SUBJECT, broken, _OWN_VALUES),
    )


FACTS = (
    fact(
        "widened",
        "A type got more values.",
        "type '$name' is widened[ from '$old' to '$new']",
        readers_break(
            _SUBJECT, major("Clients that use a value as the old type are refused.", _READ), _OWN_VALUES
        ),
    ),
    fact(
        "widened-ambiguous",
        "An accepted type got an alternative that takes the same list, mapping or `new` constructor.",
        "type '$name' is ambiguously widened[ from '$old' to '$new']",
        on(
            _SUBJECT,
            when("out or both", then=major("Clients that use a value as the old type are refused.", _READ)),
            when(
                "policy ambiguous-arguments = minor",
                then=tolerated(
                    "Clients that give a constructor do not say which type they mean, which is allowed.",
                    "$prefix:$declaring v = $constructor;",
                ),
            ),
            otherwise(
                major(
                    "Clients that give a list, mapping or `new` constructor do not say which type they mean.",
                    "$prefix:$declaring v = $constructor;",
                )
            ),
        ),
    ),
    fact(
        "narrowed",
        "A type lost values, and what was narrowed is immutable.",
        "type '$name' is narrowed[ from '$old' to '$new']",
        writers_break(
            _SUBJECT,
            major("Clients that give a value of the old type are refused.", _GIVE),
            tolerated(_HANDLING, _COMPARE),
        ),
    ),
    _one_level(
        "mutable-member-narrowed",
        "A member type of a mutable list, mapping or object was narrowed.",
        "mutable member of type '$name' is narrowed[: changed from '$old' to '$new']",
        major("Clients that write the lost type into a value are refused or panic.", _GIVE),
    ),
    _one_level(
        "readonly-added",
        "A type that is not a record became readonly.",
        "type '$name' becomes readonly",
        major("Clients that change a value are refused or panic; mutable values no longer fit.", _USE),
    ),
    _one_level(
        "changed",
        "A type was replaced by an unrelated one.",
        "type '$name' is changed[ from '$old' to '$new']",
        major("Clients that give or use a value of the old type are refused.", _GIVE),
    ),
    _lost("json"),
    _lost("anydata"),
    _lost("readonly"),
    fact(
        "declared-field-set-changed",
        "The first field was declared in a map-like type.",
        "type '$name' declares its first field[: '$new' for '$old']",
        on(
            _SUBJECT,
            when("out", then=patch("Nobody breaks: the types are equal, and clients construct no value.")),
            when(
                "in or both",
                then=major(
                    "The types are equal, but clients must quote keys that are not declared.",
                    "$prefix:$declaring v = {key: value};",
                ),
            ),
        ),
    ),
    _one_level(
        "respelled",
        "A type is written differently.",
        "type '$name' is written differently[: '$new' for '$old']",
        patch("Nobody breaks: the types are equal."),
    ),
    _one_level(
        "alias-to-enum",
        "A union alias became an enum.",
        "type '$name' becomes an enum",
        minor("Nobody breaks: the type is equal, and the names of the members are added."),
    ),
    _one_level(
        "alias-to-enum-same-names",
        "A union of constants became an enum with the same names.",
        "type '$name' becomes an enum of the same constants",
        patch("Nobody breaks: names and types are the same."),
    ),
    _one_level(
        "added",
        "A type was added.",
        "type '$name' is added",
        minor("Nobody breaks: names of other modules are always written with a prefix."),
    ),
    _one_level(
        "removed",
        "A type was removed.",
        "type '$name' is removed",
        major("Clients that use the type find it unknown.", _USE),
    ),
    _one_level(
        "renamed",
        "A type was renamed.",
        "type '$name' is renamed[ to '$new']",
        major("Clients that use the old name find it unknown.", _USE),
    ),
    _one_level(
        "visibility-reduced",
        "A type is no longer public.",
        "'public' qualifier is removed from type '$name'",
        major("Clients of other modules no longer see the type.", _USE),
    ),
)
