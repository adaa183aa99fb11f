"""Public types that are neither classes nor enums (compatibility contract, 2.6)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.effects import major, minor, patch
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import COLOR, ORDER, Code
from semverdiff.rules.levels import first_field_declared, readers_break, second_constructor, writers_break
from semverdiff.rules.remediation import (
    KEEP_ACCEPTING,
    KEEP_MEMBER_TYPE,
    NEW_NAME,
)

if TYPE_CHECKING:
    from semverdiff.rules.schema import Row

__all__ = ["ENTRIES"]


_OWN_VALUES = "Only clients that read values which they made themselves break."
_HANDLING = "Only clients that handle the lost values break."


def _kind_lost(kind: str) -> tuple[Row, ...]:
    """Return the rows of a type that is no longer a subtype of a built-in one."""
    return readers_break(f"Clients that use a value as {kind} are refused.", Use.ASSIGN_TO_DATA, _OWN_VALUES)


_TYPE = Element(Subject.TYPE, "type '$name'", partial(Code, "Id"))
_LIST_TYPE = _TYPE.shown(partial(Code, "Ids"))
_RECORD = _TYPE.shown(partial(Code, "Order"))
_UNION = _TYPE.shown(partial(Code, "Color"))


ENTRIES = (
    _TYPE.widened(
        Fact.WIDENED,
        "A type got more values.",
        readers_break(
            "Clients that use a value as the old type are refused.", Use.ASSIGN_TO_OLD, _OWN_VALUES
        ),
        ("public type Id int;", "public type Id int|string;"),
    ),
    _LIST_TYPE.ambiguously_widened(
        Fact.WIDENED_AMBIGUOUS,
        "An accepted type got an alternative that takes the same list, mapping or `new` constructor.",
        second_constructor(Use.CONSTRUCT_AMBIGUOUSLY),
        ("public type Ids int[];", "public type Ids int[]|float[];"),
    ),
    _TYPE.narrowed(
        Fact.NARROWED,
        "A type lost values, and what was narrowed is immutable.",
        writers_break(
            "Clients that give a value of the old type are refused.",
            Use.CONSTRUCT,
            _HANDLING,
            Use.COMPARE_VALUE,
        ),
        ("public type Id int|string;", "public type Id int;"),
    ),
    _LIST_TYPE.entry(
        Fact.MUTABLE_MEMBER_NARROWED,
        "A member type of a mutable list, mapping or object was narrowed.",
        "mutable member of type '$name' is narrowed[: changed from '$old' to '$new']",
        major("Clients that write the lost type into a value are refused or panic.", Use.CONSTRUCT),
        ("public type Ids (int|string)[];", "public type Ids int[];"),
        KEEP_ACCEPTING,
    ),
    _LIST_TYPE.made_readonly(
        Fact.READONLY_ADDED,
        "A type that is not a record became readonly.",
        major(
            "Clients that change a value are refused or panic; mutable values no longer fit.", Use.CONSTRUCT
        ),
        ("public type Ids int[];", "public type Ids readonly & int[];"),
    ),
    _TYPE.changed(
        Fact.CHANGED,
        "A type was replaced by an unrelated one.",
        major("Clients that give or use a value of the old type are refused.", Use.CONSTRUCT),
        ("public type Id int;", "public type Id string;"),
    ),
    _RECORD.entry(
        Fact.JSON_LOST,
        "A type is no longer a subtype of json.",
        "type '$name' is no longer a subtype of json",
        _kind_lost("json"),
        (
            ORDER,
            """\
public type Order record {|
    int id;
    xml body?;
|};""",
        ),
        KEEP_MEMBER_TYPE,
    ),
    _RECORD.entry(
        Fact.ANYDATA_LOST,
        "A type is no longer a subtype of anydata.",
        "type '$name' is no longer a subtype of anydata",
        _kind_lost("anydata"),
        (
            ORDER,
            """\
public type Order record {|
    int id;
    function () done?;
|};""",
        ),
        KEEP_MEMBER_TYPE,
    ),
    _RECORD.entry(
        Fact.READONLY_LOST,
        "A type is no longer a subtype of readonly.",
        "type '$name' is no longer a subtype of readonly",
        _kind_lost("readonly"),
        (
            """\
public type Order record {|
    readonly int id;
|};""",
            """\
public type Order record {|
    readonly int id;
    string label?;
|};""",
        ),
        KEEP_MEMBER_TYPE,
    ),
    _TYPE.shown(partial(Code, "Prices")).entry(
        Fact.DECLARED_FIELD_SET_CHANGED,
        "The first field was declared in a map-like type.",
        "type '$name' declares its first field[: '$new' for '$old']",
        first_field_declared(Use.CONSTRUCT_WITH_KEY),
        (
            "public type Prices map<int>|string;",
            "public type Prices record {| int total?; int...; |}|string;",
        ),
        NEW_NAME,
    ),
    _TYPE.respelled(
        Fact.RESPELLED,
        "A type is written differently.",
        ("public type Id int|string;", "public type Id string|int;"),
    ),
    _UNION.entry(
        Fact.ALIAS_TO_ENUM,
        "A type of strings became an enum.",
        "type '$name' becomes an enum",
        minor("Nobody breaks: names of members are added, and lost values are stated beside this."),
        ('public type Color "RED"|"BLUE";', COLOR),
    ),
    _UNION.entry(
        Fact.ALIAS_TO_ENUM_SAME_NAMES,
        "A union of constants became an enum with the same names.",
        "type '$name' becomes an enum of the same constants",
        patch("Nobody breaks: the names are the same, and lost values are stated beside this."),
        (
            """\
public const RED = "RED";
public const BLUE = "BLUE";

public type Color RED|BLUE;""",
            COLOR,
        ),
    ),
    # type-added, type-removed, type-renamed, type-visibility-reduced
    *_TYPE.existence("a type", Use.USE_BY_KIND, "public type Id int;", "public type Key int;"),
)
