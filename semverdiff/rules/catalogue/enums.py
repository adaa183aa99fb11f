"""Enums and their members (compatibility contract, 2.8)."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.config import Policy, PolicyValue
from semverdiff.rules.conditions import IN, OUT_OR_BOTH, PolicyIs
from semverdiff.rules.effects import major, minor, patch, tolerated, when
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import COLOR, Code
from semverdiff.rules.model import Certainty
from semverdiff.rules.remediation import DEPRECATE_FIRST

__all__ = ["ENTRIES"]


_THREE_COLORS = """\
public enum Color {
    RED, BLUE, GREEN
}"""
_WITH_VALUE = """\
public enum Color {
    RED, GREEN = "green"
}"""

_MEMBER = Element(Subject.ENUM_MEMBER, "enum member '$name'", partial(Code, "Color.GREEN"))
_ENUM = Element(Subject.ENUM, "enum '$name'", partial(Code, "Color"))


ENTRIES = (
    _MEMBER.added(
        Fact.ADDED,
        "An enum member was added.",
        (
            when(Condition.ENUM_VALUES_KEPT, then=minor("Nobody breaks: the enum has no new value.")),
            when(
                PolicyIs(Policy.ENUM_MEMBER_ADDED, PolicyValue.MINOR),
                then=tolerated(
                    "Clients that handle every member miss the new one, which the project allows.",
                    Use.EXHAUST,
                ),
            ),
            when(
                IN,
                then=tolerated(
                    "Clients only pass the enum; only those that handle every member of it themselves break.",
                    Use.EXHAUST,
                ),
            ),
            when(OUT_OR_BOTH, then=major("Clients that handle every member miss the new one.", Use.EXHAUST)),
        ),
        (COLOR, _THREE_COLORS),
        "Say in the documentation that members may be added, so that clients write a clause "
        "for the rest; then set the policy `enum-member-added` to `minor`.",
    ),
    _MEMBER.removed(
        Fact.REMOVED,
        "An enum member was removed.",
        major("Clients that use the member find it unknown.", Use.READ),
        (_THREE_COLORS, COLOR),
    ),
    _MEMBER.renamed(
        Fact.RENAMED,
        "An enum member was renamed.",
        major("Clients that use the old name find it unknown.", Use.READ),
        (
            _WITH_VALUE,
            """\
public enum Color {
    RED, LIME = "green"
}""",
        ),
    ),
    _MEMBER.of("value").changed(
        Fact.VALUE_CHANGED,
        "The value of an enum member changed.",
        major(
            "Clients that compare with the value, or stored it, no longer find the member.",
            Use.NAME_VALUE,
        ),
        (
            _WITH_VALUE,
            """\
public enum Color {
    RED, GREEN = "lime"
}""",
        ),
    ),
    # enum-added, enum-removed, enum-renamed, enum-visibility-reduced
    *_ENUM.existence(
        "an enum", Use.READ, COLOR, COLOR.replace("Color", "Paint"), seen="enum and its members"
    ),
    _ENUM.entry(
        Fact.TO_TYPE_ALIAS,
        "An enum became a type, and none of its member names is left.",
        "enum '$name' becomes a type without member names",
        major("Clients that use the members by name are refused.", Use.READ),
        (COLOR, 'public type Color "RED"|"BLUE";'),
        DEPRECATE_FIRST,
    ),
    replace(
        _ENUM.entry(
            Fact.TO_CONSTANTS,
            "An enum became a type, and its members became constants.",
            "enum '$name' becomes constants of the same names",
            patch("Nobody breaks: what else changed in the type and its names is stated beside this."),
            (
                COLOR,
                """\
public const RED = "RED";
public const BLUE = "BLUE";

public type Color RED|BLUE;""",
            ),
        ),
        undecided=Certainty.UNDECIDED,
    ),
    _ENUM.entry(
        Fact.TO_ALIAS_OF_ENUM,
        "An enum became an alias of another enum.",
        "enum '$name' becomes an alias of another enum",
        patch("Nobody breaks: names that are gone and values that are new are stated beside this."),
        (
            COLOR,
            """\
public enum Paint {
    RED, BLUE
}

public type Color Paint;""",
        ),
    ),
)
