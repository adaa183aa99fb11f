"""Variables (compatibility contract, 2.9)."""

from __future__ import annotations

from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.conditions import OUT
from semverdiff.rules.examples import Code
from semverdiff.rules.levels import always, major, minor, on, otherwise, patch, tolerated, when
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    KEEP_ACCEPTING,
    KEEP_OLD_NAME,
    KEEP_PROMISE,
    NEW_NAME,
    SECOND_FOR_WIDER,
)
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]


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
_EQUAL = patch("Nobody breaks: the types are equal.")


ENTRIES = (
    Entry(
        fact=Fact.TYPE_WIDENED,
        title="A public variable gives more.",
        message="type of variable '$name' is widened[ from '$old' to '$new']",
        levels=always(Subject.VARIABLE, major("Readers that expect the old type are refused.", _READ_OLD)),
        remediation=SECOND_FOR_WIDER,
        example=Code("timeout", "public final int timeout = 30;", "public final int|string timeout = 30;"),
    ),
    Entry(
        fact=Fact.TYPE_CHANGED,
        title="A public variable has an unrelated type.",
        message="type of variable '$name' is changed[ from '$old' to '$new']",
        levels=always(
            Subject.VARIABLE, major("Clients that read or write the old type are refused.", _READ_OLD)
        ),
        remediation=NEW_NAME,
        example=Code("timeout", "public final int timeout = 30;", "public final decimal timeout = 30;"),
    ),
    Entry(
        fact=Fact.TYPE_NARROWED,
        title="A public variable gives less.",
        message="type of variable '$name' is narrowed[ from '$old' to '$new']",
        levels=on(
            Subject.VARIABLE,
            when(
                OUT,
                Condition.VARIABLE_FINAL,
                Condition.NARROWED_IMMUTABLE,
                then=tolerated(
                    "Only readers that handle the lost values break: the variable is never written.",
                    "boolean lost = $prefix:$name == $example;",
                ),
            ),
            otherwise(major("Clients that write a value of the old type are refused.", _WRITE_OLD)),
        ),
        remediation=KEEP_ACCEPTING,
        example=Code("timeout", "public final int|string timeout = 30;", "public final int timeout = 30;"),
    ),
    Entry(
        fact=Fact.MUTABLE_MEMBER_NARROWED,
        title="A mutable member of the value of a public variable was narrowed.",
        message="mutable member of variable '$name' is narrowed[: changed from '$old' to '$new']",
        levels=always(
            Subject.VARIABLE,
            major("Clients that write the lost type into the value are refused or panic.", _WRITE_INTO),
        ),
        remediation=KEEP_ACCEPTING,
        example=Code("names", "public final (int|string)[] names = [];", "public final string[] names = [];"),
    ),
    Entry(
        fact=Fact.READONLY_ADDED,
        title="The type of a public variable became readonly.",
        message="type of variable '$name' becomes readonly",
        levels=always(
            Subject.VARIABLE, major("Clients that change the value are refused or panic.", _WRITE_INTO)
        ),
        remediation=KEEP_ACCEPTING,
        example=Code(
            "names", "public final string[] names = [];", "public final readonly & string[] names = [];"
        ),
    ),
    Entry(
        fact=Fact.READONLY_REMOVED,
        title="The type of a public variable is no longer readonly.",
        message="type of variable '$name' is no longer readonly",
        levels=always(
            Subject.VARIABLE, major("Isolated functions may no longer read the variable.", _ISOLATED)
        ),
        remediation=KEEP_PROMISE,
        example=Code(
            "names", "public final readonly & string[] names = [];", "public final string[] names = [];"
        ),
    ),
    Entry(
        fact=Fact.TYPE_RESPELLED,
        title="The type of a public variable is written differently.",
        message="type of variable '$name' is written differently[: '$new' for '$old']",
        levels=always(Subject.VARIABLE, _EQUAL),
        example=Code(
            "timeout", "public final int|string timeout = 30;", "public final string|int timeout = 30;"
        ),
    ),
    Entry(
        fact=Fact.INITIAL_VALUE_CHANGED,
        title="The initial value of a public variable changed.",
        message="initial value of variable '$name' is changed[ from '$old' to '$new']",
        levels=always(Subject.VARIABLE, patch("Nobody breaks: an initial value is behaviour.")),
        example=Code("timeout", "public final int timeout = 30;", "public final int timeout = 60;"),
    ),
    Entry(
        fact=Fact.FINAL_ADDED,
        title="A public variable became final.",
        message="'final' qualifier is added to variable '$name'",
        levels=always(Subject.VARIABLE, major("Clients that write the variable are refused.", _WRITE)),
        remediation=KEEP_ACCEPTING,
        example=Code("timeout", "public int timeout = 30;", "public final int timeout = 30;"),
    ),
    Entry(
        fact=Fact.FINAL_REMOVED,
        title="A public final variable of an immutable type became mutable.",
        message="'final' qualifier is removed from variable '$name'",
        levels=always(
            Subject.VARIABLE, major("Isolated functions may no longer read the variable.", _ISOLATED)
        ),
        remediation=DEPRECATE_FIRST,
        example=Code("timeout", "public final int timeout = 30;", "public int timeout = 30;"),
    ),
    Entry(
        fact=Fact.FINAL_REMOVED_MUTABLE_TYPE,
        title="A public final variable of a mutable type became mutable.",
        message="'final' qualifier is removed from variable '$name', whose type is mutable",
        levels=always(
            Subject.VARIABLE,
            minor("Nobody breaks: isolated functions could not read the variable before either."),
        ),
        example=Code("names", "public final string[] names = [];", "public string[] names = [];"),
    ),
    Entry(
        fact=Fact.TO_CONSTANT,
        title="A public final variable became a constant.",
        message="variable '$name' becomes a constant",
        levels=always(
            Subject.VARIABLE, minor("Nobody breaks: a constant can be used wherever the variable could.")
        ),
        example=Code("timeout", "public final int timeout = 30;", "public const int timeout = 30;"),
    ),
    Entry(
        fact=Fact.TO_CONFIGURABLE,
        title="A public final variable became configurable.",
        message="variable '$name' becomes configurable",
        levels=on(
            Subject.VARIABLE,
            when(Condition.WITHOUT_DEFAULT, then=major(_NOT_STARTED)),
            otherwise(minor("Nobody breaks: the variable has a default.")),
        ),
        remediation=NEW_NAME,
        example=Code("timeout", "public final int timeout = 30;", "public configurable int timeout = 30;"),
    ),
    Entry(
        fact=Fact.ADDED,
        title="A variable was added.",
        message="variable '$name' is added",
        levels=always(
            Subject.VARIABLE, minor("Nobody breaks: names of other modules are always written with a prefix.")
        ),
        example=Code("timeout", "", "public final int timeout = 30;"),
    ),
    Entry(
        fact=Fact.REMOVED,
        title="A variable was removed.",
        message="variable '$name' is removed",
        levels=always(Subject.VARIABLE, major("Clients that use the variable find it unknown.", _READ)),
        remediation=DEPRECATE_FIRST,
        example=Code("timeout", "public final int timeout = 30;", ""),
    ),
    Entry(
        fact=Fact.RENAMED,
        title="A variable was renamed.",
        message="variable '$name' is renamed[ to '$new']",
        levels=always(Subject.VARIABLE, major("Clients that use the old name find it unknown.", _READ)),
        remediation=KEEP_OLD_NAME,
        example=Code("timeout", "public final int timeout = 30;", "public final int patience = 30;"),
    ),
    Entry(
        fact=Fact.VISIBILITY_REDUCED,
        title="A variable is no longer public.",
        message="'public' qualifier is removed from variable '$name'",
        levels=always(Subject.VARIABLE, major("Clients of other modules no longer see the variable.", _READ)),
        remediation=DEPRECATE_FIRST,
        example=Code("timeout", "public final int timeout = 30;", "final int timeout = 30;"),
    ),
)
