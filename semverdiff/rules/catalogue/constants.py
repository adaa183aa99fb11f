"""Constants (compatibility contract, 2.8)."""

from __future__ import annotations

from semverdiff.compare.facts import Fact, Subject
from semverdiff.config import Policy, PolicyValue
from semverdiff.rules.conditions import PolicyIs
from semverdiff.rules.examples import Code
from semverdiff.rules.levels import always, major, minor, on, otherwise, patch, tolerated, when
from semverdiff.rules.remediation import DEPRECATE_FIRST, KEEP_OLD_NAME, NEW_NAME
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]


_NEW_NAME = minor("Nobody breaks: names of other modules are always written with a prefix.")
_CONSTANT = "var value = $prefix:$name;"


ENTRIES = (
    Entry(
        fact=Fact.VALUE_CHANGED,
        title="The value of a constant changed.",
        message="value of constant '$name' is changed[ from '$old' to '$new']",
        levels=on(
            Subject.CONSTANT,
            when(
                PolicyIs(Policy.CONSTANT_VALUE_CHANGED, PolicyValue.MAJOR),
                then=major(
                    "Clients that repeat the value break, and the project counts the value as API.",
                    "$prefix:$name value = $old;",
                ),
            ),
            otherwise(tolerated("Only clients that repeat the value break.", "$prefix:$name value = $old;")),
        ),
        remediation=NEW_NAME,
        example=Code("LIMIT", "public const int LIMIT = 10;", "public const int LIMIT = 20;"),
    ),
    Entry(
        fact=Fact.TYPE_CHANGED,
        title="A constant has another basic type.",
        message="type of constant '$name' is changed[ from '$old' to '$new']",
        levels=always(
            Subject.CONSTANT,
            major(
                "Clients that use the constant as the old type are refused.",
                "$old_type value = $prefix:$name;",
            ),
        ),
        remediation=NEW_NAME,
        example=Code("LIMIT", "public const int LIMIT = 10;", "public const float LIMIT = 10;"),
    ),
    Entry(
        fact=Fact.TO_VARIABLE,
        title="A constant became a variable.",
        message="constant '$name' becomes a variable",
        levels=always(
            Subject.CONSTANT,
            major(
                "Clients that use it in a type, a pattern or an array length need a constant.",
                "int[$prefix:$name] list = [];",
            ),
        ),
        remediation=NEW_NAME,
        example=Code("LIMIT", "public const int LIMIT = 10;", "public final int LIMIT = 10;"),
    ),
    Entry(
        fact=Fact.EXPRESSION_RESPELLED,
        title="A constant is written differently with the same value.",
        message="expression of constant '$name' is written differently[: '$new' for '$old']",
        levels=always(Subject.CONSTANT, patch("Nobody breaks: the value is the same.")),
        example=Code("LIMIT", "public const int LIMIT = 10;", "public const int LIMIT = 2 * 5;"),
    ),
    Entry(
        fact=Fact.ADDED,
        title="A constant was added.",
        message="constant '$name' is added",
        levels=always(Subject.CONSTANT, _NEW_NAME),
        example=Code("LIMIT", "", "public const int LIMIT = 10;"),
    ),
    Entry(
        fact=Fact.REMOVED,
        title="A constant was removed.",
        message="constant '$name' is removed",
        levels=always(Subject.CONSTANT, major("Clients that use the constant find it unknown.", _CONSTANT)),
        remediation=DEPRECATE_FIRST,
        example=Code("LIMIT", "public const int LIMIT = 10;", ""),
    ),
    Entry(
        fact=Fact.RENAMED,
        title="A constant was renamed.",
        message="constant '$name' is renamed[ to '$new']",
        levels=always(Subject.CONSTANT, major("Clients that use the old name find it unknown.", _CONSTANT)),
        remediation=KEEP_OLD_NAME,
        example=Code("LIMIT", "public const int LIMIT = 10;", "public const int MAXIMUM = 10;"),
    ),
    Entry(
        fact=Fact.VISIBILITY_REDUCED,
        title="A constant is no longer public.",
        message="'public' qualifier is removed from constant '$name'",
        levels=always(
            Subject.CONSTANT, major("Clients of other modules no longer see the constant.", _CONSTANT)
        ),
        remediation=DEPRECATE_FIRST,
        example=Code("LIMIT", "public const int LIMIT = 10;", "const int LIMIT = 10;"),
    ),
)
