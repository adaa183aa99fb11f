"""Records as a whole (compatibility contract, 2.5), and between records and map types (2.6)."""

from __future__ import annotations

from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.catalogue.surroundings import OPTIONS
from semverdiff.rules.conditions import IN, OUT
from semverdiff.rules.examples import Code
from semverdiff.rules.levels import always, major, on, otherwise, patch, readers_break, tolerated, when
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    KEEP_ACCEPTING,
    KEEP_PROMISE,
    NEW_NAME,
    SECOND_FOR_WIDER,
)
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]


_OWN_VALUES = "Only clients that read values which they made themselves break."
_EXTRA_KEY = '$prefix:$declaring r = {"key": value};'
_READ_EXTRA = '$old_optional x = r["key"];'
_WRITE_EXTRA = """\
function set($prefix:$declaring r, $old_type value) {
    r["key"] = value;
}"""
_OWN_TYPE = """\
type Mine record {|
    // the fields of the old version
|};

Mine own = r;"""
_WRITE_FIELD = "r.name = value;"
_AS_READONLY = "readonly & $prefix:$declaring x = r;"
_CLOSED = """\
public type Order record {|
    int id;
|};"""
_READONLY = """\
public type Order readonly & record {|
    int id;
|};"""
_OPEN = """\
public type Order record {
    int id;
};"""
_STRINGS = """\
public type Order record {|
    int id;
    string...;
|};"""
_NUMBERS_OR_STRINGS = """\
public type Order record {|
    int id;
    int|string...;
|};"""
_PRICES = """\
public type Prices record {|
    int total;
|};"""


ENTRIES = (
    Entry(
        fact=Fact.READONLY_ADDED,
        title="A record type became readonly.",
        message="record '$declaring' becomes readonly",
        levels=on(
            Subject.RECORD,
            when(
                IN,
                Condition.FIELDS_IMMUTABLE,
                then=tolerated(
                    "Arguments still fit; only clients that change a record they made break.", _WRITE_FIELD
                ),
            ),
            otherwise(
                major(
                    "Clients that write a field are refused or panic; mutable values no longer fit.",
                    _WRITE_FIELD,
                )
            ),
        ),
        remediation=KEEP_ACCEPTING,
        example=Code("Order", _CLOSED, _READONLY),
    ),
    Entry(
        fact=Fact.READONLY_REMOVED,
        title="A record type is no longer readonly.",
        message="record '$declaring' is no longer readonly",
        levels=readers_break(
            Subject.RECORD,
            major(
                "Clients that rely on an immutable record are refused, isolated functions too.", _AS_READONLY
            ),
            _OWN_VALUES,
        ),
        remediation=KEEP_PROMISE,
        example=Code("Order", _READONLY, _CLOSED),
    ),
    Entry(
        fact=Fact.OPENED,
        title="A closed record became open.",
        message="record '$declaring' is opened",
        levels=readers_break(
            Subject.RECORD,
            major("Clients that use a record as json are refused: the rest is anydata.", "$data j = r;"),
            _OWN_VALUES,
        ),
        remediation=SECOND_FOR_WIDER,
        example=Code("Order", _CLOSED, _OPEN),
    ),
    Entry(
        fact=Fact.CLOSED,
        title="An open record became closed.",
        message="record '$declaring' is closed",
        levels=always(
            Subject.RECORD,
            major("Clients that use undeclared keys are refused: being open is a promise.", _EXTRA_KEY),
        ),
        remediation=KEEP_ACCEPTING,
        example=Code("Order", _OPEN, _CLOSED),
    ),
    Entry(
        fact=Fact.REST_TYPE_ADDED,
        title="A closed record got a typed rest.",
        message="rest type[ '$new'] is added",
        levels=always(
            Subject.RECORD,
            tolerated("Only own types that repeat the fields and `map` views break.", _OWN_TYPE),
        ),
        example=Code("Order", _CLOSED, _STRINGS),
    ),
    Entry(
        fact=Fact.REST_TYPE_REMOVED,
        title="A record lost its typed rest.",
        message="rest type[ '$old'] is removed",
        levels=always(Subject.RECORD, major("Clients that use further keys are refused.", _EXTRA_KEY)),
        remediation=DEPRECATE_FIRST,
        example=Code("Order", _STRINGS, _CLOSED),
    ),
    Entry(
        fact=Fact.REST_TYPE_CHANGED,
        title="The rest type is unrelated to the old one.",
        message="rest type is changed[ from '$old' to '$new']",
        levels=always(
            Subject.RECORD,
            major("Clients that read or write further keys of the old type are refused.", _READ_EXTRA),
        ),
        remediation=NEW_NAME,
        example=Code(
            "Order",
            before=_STRINGS,
            after="""\
public type Order record {|
    int id;
    int...;
|};""",
        ),
    ),
    Entry(
        fact=Fact.REST_TYPE_WIDENED,
        title="The rest type gives more.",
        message="rest type is widened[ from '$old' to '$new']",
        levels=readers_break(
            Subject.RECORD,
            major("Clients that read further keys as the old type are refused.", _READ_EXTRA),
            _OWN_VALUES,
        ),
        remediation=SECOND_FOR_WIDER,
        example=Code("Order", _STRINGS, _NUMBERS_OR_STRINGS),
    ),
    Entry(
        fact=Fact.REST_TYPE_NARROWED,
        title="The rest type accepts less.",
        message="rest type is narrowed[ from '$old' to '$new']",
        levels=on(
            Subject.RECORD,
            when(
                OUT,
                Condition.RECORD_READONLY,
                then=tolerated(
                    "Only readers that handle the lost values break: the record is never written.",
                    'boolean lost = r["key"] == $example;',
                ),
            ),
            otherwise(major("Clients that write further keys of the old type are refused.", _WRITE_EXTRA)),
        ),
        remediation=KEEP_ACCEPTING,
        example=Code("Order", _NUMBERS_OR_STRINGS, _STRINGS),
    ),
    Entry(
        fact=Fact.REST_TYPE_RESPELLED,
        title="The rest type is written differently.",
        message="rest type is written differently[: '$new' for '$old']",
        levels=always(Subject.RECORD, patch("Nobody breaks: the types are equal.")),
        example=Code(
            "Order",
            before=_NUMBERS_OR_STRINGS,
            after="""\
public type Order record {|
    int id;
    string|int...;
|};""",
        ),
    ),
    Entry(
        fact=Fact.INCLUSION_RESPELLED,
        title="An inclusion was expanded or introduced without changing the fields.",
        message="inclusion is written differently",
        levels=always(Subject.RECORD, patch("Nobody breaks: the fields are the same.")),
        example=Code(
            "Order",
            before="""\
public type Order record {|
    *Options;
|};""",
            after="""\
public type Order record {|
    int page = 1;
    int size = 10;
|};""",
            around=(OPTIONS,),
        ),
    ),
    Entry(
        fact=Fact.TO_MAP_ALIAS,
        title="A record type became a map type.",
        message="record '$name' becomes a map type",
        levels=always(
            Subject.RECORD,
            major("Clients that read a field with `.` are refused: a map declares none.", "var x = v.name;"),
        ),
        remediation=NEW_NAME,
        example=Code(
            "Prices",
            before=_PRICES,
            after="public type Prices map<int>;",
        ),
    ),
    Entry(
        fact=Fact.ALIAS_TO_RECORD,
        title="A map type became a record type with declared fields.",
        message="map type '$name' becomes a record",
        levels=always(
            Subject.MAP,
            major(
                "Clients with undeclared keys must quote them, or are refused.",
                "$prefix:$name v = {key: value};",
            ),
        ),
        remediation=NEW_NAME,
        example=Code(
            "Prices",
            before="public type Prices map<int>;",
            after=_PRICES,
        ),
    ),
)
