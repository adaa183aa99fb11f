"""Enums and their members (compatibility contract, 2.8)."""

from __future__ import annotations

from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.config import Policy, PolicyValue
from semverdiff.rules.conditions import IN, OUT_OR_BOTH, PolicyIs
from semverdiff.rules.examples import Code
from semverdiff.rules.levels import always, major, minor, on, patch, tolerated, when
from semverdiff.rules.remediation import DEPRECATE_FIRST, KEEP_OLD_NAME, NEW_NAME
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]


_NEW_NAME = minor("Nobody breaks: names of other modules are always written with a prefix.")
_EXHAUSTIVE = """\
function describe($prefix:$declaring value) returns string {
    match value {
        // a clause for each member of the old version, none for the rest
    }
}"""
_MEMBER = "$prefix:$declaring value = $prefix:$name;"
_ENUM = "$prefix:$declaring value = member;"
_COLOR = """\
public enum Color {
    RED, BLUE
}"""
_THREE_COLORS = """\
public enum Color {
    RED, BLUE, GREEN
}"""
_WITH_VALUE = """\
public enum Color {
    RED, GREEN = "green"
}"""


ENTRIES = (
    Entry(
        fact=Fact.ADDED,
        title="An enum member was added.",
        message="enum member '$name' is added",
        levels=on(
            Subject.ENUM_MEMBER,
            when(Condition.ENUM_VALUES_KEPT, then=minor("Nobody breaks: the enum has no new value.")),
            when(
                PolicyIs(Policy.ENUM_MEMBER_ADDED, PolicyValue.MINOR),
                then=tolerated(
                    "Clients that handle every member miss the new one, which the project allows.",
                    _EXHAUSTIVE,
                ),
            ),
            when(
                IN,
                then=tolerated(
                    "Clients only pass the enum; only those that handle every member of it themselves break.",
                    _EXHAUSTIVE,
                ),
            ),
            when(OUT_OR_BOTH, then=major("Clients that handle every member miss the new one.", _EXHAUSTIVE)),
        ),
        remediation=(
            "Say in the documentation that members may be added, so that clients write a clause "
            "for the rest; then set the policy `enum-member-added` to `minor`."
        ),
        example=Code("Color.GREEN", _COLOR, _THREE_COLORS),
    ),
    Entry(
        fact=Fact.REMOVED,
        title="An enum member was removed.",
        message="enum member '$name' is removed",
        levels=always(Subject.ENUM_MEMBER, major("Clients that use the member find it unknown.", _MEMBER)),
        remediation=DEPRECATE_FIRST,
        example=Code("Color.GREEN", _THREE_COLORS, _COLOR),
    ),
    Entry(
        fact=Fact.RENAMED,
        title="An enum member was renamed.",
        message="enum member '$name' is renamed[ to '$new']",
        levels=always(Subject.ENUM_MEMBER, major("Clients that use the old name find it unknown.", _MEMBER)),
        remediation=KEEP_OLD_NAME,
        example=Code(
            "Color.GREEN",
            before=_WITH_VALUE,
            after="""\
public enum Color {
    RED, LIME = "green"
}""",
        ),
    ),
    Entry(
        fact=Fact.VALUE_CHANGED,
        title="The value of an enum member changed.",
        message="value of enum member '$name' is changed[ from '$old' to '$new']",
        levels=always(
            Subject.ENUM_MEMBER,
            major(
                "Clients that compare with the value, or stored it, no longer find the member.",
                "boolean same = value == $old;",
            ),
        ),
        remediation=NEW_NAME,
        example=Code(
            "Color.GREEN",
            before=_WITH_VALUE,
            after="""\
public enum Color {
    RED, GREEN = "lime"
}""",
        ),
    ),
    Entry(
        fact=Fact.ADDED,
        title="An enum was added.",
        message="enum '$name' is added",
        levels=always(Subject.ENUM, _NEW_NAME),
        example=Code("Color", before="", after=_COLOR),
    ),
    Entry(
        fact=Fact.REMOVED,
        title="An enum was removed.",
        message="enum '$name' is removed",
        levels=always(Subject.ENUM, major("Clients that use the enum find it unknown.", _ENUM)),
        remediation=DEPRECATE_FIRST,
        example=Code("Color", before=_COLOR, after=""),
    ),
    Entry(
        fact=Fact.RENAMED,
        title="An enum was renamed.",
        message="enum '$name' is renamed[ to '$new']",
        levels=always(Subject.ENUM, major("Clients that use the old name find it unknown.", _ENUM)),
        remediation=KEEP_OLD_NAME,
        example=Code(
            "Color",
            before=_COLOR,
            after="public enum Paint {\n    RED, BLUE\n}",
        ),
    ),
    Entry(
        fact=Fact.VISIBILITY_REDUCED,
        title="An enum is no longer public.",
        message="'public' qualifier is removed from enum '$name'",
        levels=always(
            Subject.ENUM, major("Clients of other modules no longer see the enum and its members.", _ENUM)
        ),
        remediation=DEPRECATE_FIRST,
        example=Code("Color", before=_COLOR, after="enum Color {\n    RED, BLUE\n}"),
    ),
    Entry(
        fact=Fact.TO_TYPE_ALIAS,
        title="An enum became a union of literals.",
        message="enum '$name' becomes a type without member names",
        levels=always(Subject.ENUM, major("Clients that use the members by name are refused.")),
        remediation=DEPRECATE_FIRST,
        example=Code("Color", before=_COLOR, after='public type Color "RED"|"BLUE";'),
    ),
    Entry(
        fact=Fact.TO_CONSTANTS,
        title="An enum became constants and a union with the same names.",
        message="enum '$name' becomes constants of the same names",
        levels=always(Subject.ENUM, patch("Nobody breaks: names and types are the same.")),
        example=Code(
            "Color",
            before=_COLOR,
            after="""\
public const RED = "RED";
public const BLUE = "BLUE";

public type Color RED|BLUE;""",
        ),
    ),
    Entry(
        fact=Fact.TO_ALIAS_OF_ENUM,
        title="An enum became an alias of a renamed enum.",
        message="enum '$name' becomes an alias of another enum",
        levels=always(Subject.ENUM, patch("Nobody breaks: the member names stay in the module.")),
        example=Code(
            "Color",
            before=_COLOR,
            after="""\
public enum Paint {
    RED, BLUE
}

public type Color Paint;""",
        ),
    ),
)
