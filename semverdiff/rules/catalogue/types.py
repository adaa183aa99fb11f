"""Public types that are neither classes nor enums (compatibility contract, 2.6)."""

from __future__ import annotations

from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.conditions import IN_OR_BOTH, OUT, OUT_OR_BOTH
from semverdiff.rules.examples import Code
from semverdiff.rules.levels import (
    AMBIGUITY_TOLERATED,
    always,
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
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    KEEP_ACCEPTING,
    KEEP_MEMBER_TYPE,
    KEEP_OLD_NAME,
    NEW_NAME,
    SECOND_FOR_ALTERNATIVE,
    SECOND_FOR_WIDER,
)
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]


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
_ORDER = """\
public type Order record {|
    int id;
|};"""
_COLOR = """\
public enum Color {
    RED, BLUE
}"""


ENTRIES = (
    Entry(
        fact=Fact.WIDENED,
        title="A type got more values.",
        message="type '$name' is widened[ from '$old' to '$new']",
        levels=readers_break(
            Subject.TYPE, major("Clients that use a value as the old type are refused.", _READ), _OWN_VALUES
        ),
        remediation=SECOND_FOR_WIDER,
        example=Code("Id", "public type Id int;", "public type Id int|string;"),
    ),
    Entry(
        fact=Fact.WIDENED_AMBIGUOUS,
        title=("An accepted type got an alternative that takes the same list, mapping or `new` constructor."),
        message="type '$name' is ambiguously widened[ from '$old' to '$new']",
        levels=on(
            Subject.TYPE,
            when(OUT_OR_BOTH, then=major("Clients that use a value as the old type are refused.", _READ)),
            when(
                AMBIGUITY_TOLERATED,
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
        remediation=SECOND_FOR_ALTERNATIVE,
        example=Code("Ids", "public type Ids int[];", "public type Ids int[]|float[];"),
    ),
    Entry(
        fact=Fact.NARROWED,
        title="A type lost values, and what was narrowed is immutable.",
        message="type '$name' is narrowed[ from '$old' to '$new']",
        levels=writers_break(
            Subject.TYPE,
            major("Clients that give a value of the old type are refused.", _GIVE),
            tolerated(_HANDLING, _COMPARE),
        ),
        remediation=KEEP_ACCEPTING,
        example=Code("Id", "public type Id int|string;", "public type Id int;"),
    ),
    Entry(
        fact=Fact.MUTABLE_MEMBER_NARROWED,
        title="A member type of a mutable list, mapping or object was narrowed.",
        message="mutable member of type '$name' is narrowed[: changed from '$old' to '$new']",
        levels=always(
            Subject.TYPE, major("Clients that write the lost type into a value are refused or panic.", _GIVE)
        ),
        remediation=KEEP_ACCEPTING,
        example=Code("Ids", "public type Ids (int|string)[];", "public type Ids int[];"),
    ),
    Entry(
        fact=Fact.READONLY_ADDED,
        title="A type that is not a record became readonly.",
        message="type '$name' becomes readonly",
        levels=always(
            Subject.TYPE,
            major("Clients that change a value are refused or panic; mutable values no longer fit.", _USE),
        ),
        remediation=KEEP_ACCEPTING,
        example=Code("Ids", "public type Ids int[];", "public type Ids readonly & int[];"),
    ),
    Entry(
        fact=Fact.CHANGED,
        title="A type was replaced by an unrelated one.",
        message="type '$name' is changed[ from '$old' to '$new']",
        levels=always(
            Subject.TYPE, major("Clients that give or use a value of the old type are refused.", _GIVE)
        ),
        remediation=NEW_NAME,
        example=Code("Id", "public type Id int;", "public type Id string;"),
    ),
    Entry(
        fact=Fact.JSON_LOST,
        title="A type is no longer a subtype of json.",
        message="type '$name' is no longer a subtype of json",
        levels=readers_break(
            Subject.TYPE,
            major("Clients that use a value as json are refused.", _AS.format("json")),
            _OWN_VALUES,
        ),
        remediation=KEEP_MEMBER_TYPE,
        example=Code(
            "Order",
            before=_ORDER,
            after="""\
public type Order record {|
    int id;
    xml body?;
|};""",
        ),
    ),
    Entry(
        fact=Fact.ANYDATA_LOST,
        title="A type is no longer a subtype of anydata.",
        message="type '$name' is no longer a subtype of anydata",
        levels=readers_break(
            Subject.TYPE,
            major("Clients that use a value as anydata are refused.", _AS.format("anydata")),
            _OWN_VALUES,
        ),
        remediation=KEEP_MEMBER_TYPE,
        example=Code(
            "Order",
            before=_ORDER,
            after="""\
public type Order record {|
    int id;
    function () done?;
|};""",
        ),
    ),
    Entry(
        fact=Fact.READONLY_LOST,
        title="A type is no longer a subtype of readonly.",
        message="type '$name' is no longer a subtype of readonly",
        levels=readers_break(
            Subject.TYPE,
            major("Clients that use a value as readonly are refused.", _AS.format("readonly")),
            _OWN_VALUES,
        ),
        remediation=KEEP_MEMBER_TYPE,
        example=Code(
            "Order",
            before="""\
public type Order record {|
    readonly int id;
|};""",
            after="""\
public type Order record {|
    readonly int id;
    string label?;
|};""",
        ),
    ),
    Entry(
        fact=Fact.DECLARED_FIELD_SET_CHANGED,
        title="The first field was declared in a map-like type.",
        message="type '$name' declares its first field[: '$new' for '$old']",
        levels=on(
            Subject.TYPE,
            when(OUT, then=patch("Nobody breaks: the types are equal, and clients construct no value.")),
            when(
                IN_OR_BOTH,
                then=major(
                    "The types are equal, but clients must quote keys that are not declared.",
                    "$prefix:$declaring v = {key: value};",
                ),
            ),
        ),
        remediation=NEW_NAME,
        example=Code(
            "Prices",
            "public type Prices map<int>|string;",
            "public type Prices record {| int total?; int...; |}|string;",
        ),
    ),
    Entry(
        fact=Fact.RESPELLED,
        title="A type is written differently.",
        message="type '$name' is written differently[: '$new' for '$old']",
        levels=always(Subject.TYPE, patch("Nobody breaks: the types are equal.")),
        example=Code("Id", "public type Id int|string;", "public type Id string|int;"),
    ),
    Entry(
        fact=Fact.ALIAS_TO_ENUM,
        title="A union alias became an enum.",
        message="type '$name' becomes an enum",
        levels=always(
            Subject.TYPE, minor("Nobody breaks: the type is equal, and the names of the members are added.")
        ),
        example=Code("Color", before='public type Color "RED"|"BLUE";', after=_COLOR),
    ),
    Entry(
        fact=Fact.ALIAS_TO_ENUM_SAME_NAMES,
        title="A union of constants became an enum with the same names.",
        message="type '$name' becomes an enum of the same constants",
        levels=always(Subject.TYPE, patch("Nobody breaks: names and types are the same.")),
        example=Code(
            "Color",
            before="""\
public const RED = "RED";
public const BLUE = "BLUE";

public type Color RED|BLUE;""",
            after=_COLOR,
        ),
    ),
    Entry(
        fact=Fact.ADDED,
        title="A type was added.",
        message="type '$name' is added",
        levels=always(
            Subject.TYPE, minor("Nobody breaks: names of other modules are always written with a prefix.")
        ),
        example=Code("Id", "", "public type Id int;"),
    ),
    Entry(
        fact=Fact.REMOVED,
        title="A type was removed.",
        message="type '$name' is removed",
        levels=always(Subject.TYPE, major("Clients that use the type find it unknown.", _USE)),
        remediation=DEPRECATE_FIRST,
        example=Code("Id", "public type Id int;", ""),
    ),
    Entry(
        fact=Fact.RENAMED,
        title="A type was renamed.",
        message="type '$name' is renamed[ to '$new']",
        levels=always(Subject.TYPE, major("Clients that use the old name find it unknown.", _USE)),
        remediation=KEEP_OLD_NAME,
        example=Code("Id", "public type Id int;", "public type Key int;"),
    ),
    Entry(
        fact=Fact.VISIBILITY_REDUCED,
        title="A type is no longer public.",
        message="'public' qualifier is removed from type '$name'",
        levels=always(Subject.TYPE, major("Clients of other modules no longer see the type.", _USE)),
        remediation=DEPRECATE_FIRST,
        example=Code("Id", "public type Id int;", "type Id int;"),
    ),
)
