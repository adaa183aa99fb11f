"""Records as a whole (compatibility contract, 2.5), and between records and map types (2.6)."""

from __future__ import annotations

from functools import partial

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.conditions import IN, OUT
from semverdiff.rules.effects import major, otherwise, patch, tolerated, when
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import OPTIONS, ORDER, Code
from semverdiff.rules.levels import OUTPUT_NOT_CONSTRUCTED, OWN_RECORD, readers_break, second_constructor
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    KEEP_ACCEPTING,
    NEW_NAME,
    SECOND_FOR_WIDER,
)

__all__ = ["ENTRIES"]


_OWN_VALUES = "Only clients that read values which they made themselves break."
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

_RECORD = Element(Subject.RECORD, "record '$declaring'", partial(Code, "Order"))
_REST = _RECORD.named("rest type")
_MAP = Element(Subject.MAP, "map type '$name'", partial(Code, "Prices"))


ENTRIES = (
    _RECORD.made_readonly(
        Fact.READONLY_ADDED,
        "A record type became readonly.",
        (
            when(
                IN,
                Condition.FIELDS_IMMUTABLE,
                then=tolerated(
                    "Arguments still fit; only clients that change a record they made break.", Use.WRITE
                ),
            ),
            otherwise(
                major(
                    "Clients that write a field are refused or panic; mutable values no longer fit.",
                    Use.WRITE,
                )
            ),
        ),
        (ORDER, _READONLY),
    ),
    _RECORD.made_mutable(
        Fact.READONLY_REMOVED,
        "A record type is no longer readonly.",
        readers_break(
            "Clients that rely on an immutable record are refused, isolated functions too.",
            Use.ASSIGN_TO_READONLY,
            _OWN_VALUES,
        ),
        (_READONLY, ORDER),
    ),
    _RECORD.entry(
        Fact.OPENED,
        "A closed record became open.",
        "record '$declaring' is opened",
        readers_break(
            "Clients that use a record as json are refused: the rest is anydata.",
            Use.VIEW_AS_MAP,
            _OWN_VALUES,
        ),
        (ORDER, _OPEN),
        SECOND_FOR_WIDER,
    ),
    _RECORD.entry(
        Fact.CLOSED,
        "An open record became closed.",
        "record '$declaring' is closed",
        major(
            "Clients that use undeclared keys are refused: being open is a promise.", Use.CONSTRUCT_WITH_KEY
        ),
        (_OPEN, ORDER),
        KEEP_ACCEPTING,
    ),
    _RECORD.entry(
        Fact.REST_TYPE_ADDED,
        "A closed record got a typed rest.",
        "rest type[ '$new'] is added",
        tolerated("Only own types that repeat the fields and `map` views break.", OWN_RECORD),
        (ORDER, _STRINGS),
    ),
    _RECORD.entry(
        Fact.REST_TYPE_REMOVED,
        "A record lost its typed rest.",
        "rest type[ '$old'] is removed",
        major("Clients that use further keys are refused.", Use.CONSTRUCT_WITH_KEY),
        (_STRINGS, ORDER),
        DEPRECATE_FIRST,
    ),
    _REST.changed(
        Fact.REST_TYPE_CHANGED,
        "The rest type is unrelated to the old one.",
        major("Clients that read or write further keys of the old type are refused.", Use.READ_KEY),
        (
            _STRINGS,
            """\
public type Order record {|
    int id;
    int...;
|};""",
        ),
    ),
    _REST.widened(
        Fact.REST_TYPE_WIDENED,
        "The rest type gives more.",
        readers_break(
            "Clients that read further keys as the old type are refused.", Use.READ_KEY, _OWN_VALUES
        ),
        (_STRINGS, _NUMBERS_OR_STRINGS),
    ),
    _REST.ambiguously_widened(
        Fact.REST_TYPE_WIDENED_AMBIGUOUS,
        "The rest type got an alternative that takes the same constructor.",
        second_constructor(Use.CONSTRUCT_AMBIGUOUSLY),
        (
            """\
public type Order record {|
    int[]...;
|};""",
            """\
public type Order record {|
    int[]|float[]...;
|};""",
        ),
    ),
    _REST.narrowed(
        Fact.REST_TYPE_NARROWED,
        "The rest type accepts less.",
        (
            when(
                OUT,
                Condition.RECORD_READONLY,
                OUTPUT_NOT_CONSTRUCTED,
                then=tolerated(
                    "Only readers that handle the lost values break: the record is never written.",
                    Use.COMPARE_FIELD,
                ),
            ),
            otherwise(major("Clients that write further keys of the old type are refused.", Use.WRITE_KEY)),
        ),
        (_NUMBERS_OR_STRINGS, _STRINGS),
    ),
    _REST.respelled(
        Fact.REST_TYPE_RESPELLED,
        "The rest type is written differently.",
        (
            _NUMBERS_OR_STRINGS,
            """\
public type Order record {|
    int id;
    string|int...;
|};""",
        ),
    ),
    _RECORD.shown(partial(Code, "Order", around=(OPTIONS,))).entry(
        Fact.INCLUSION_RESPELLED,
        "An inclusion was expanded or introduced without changing the fields.",
        "inclusion is written differently",
        patch("Nobody breaks: the fields are the same."),
        (
            """\
public type Order record {|
    *Options;
|};""",
            """\
public type Order record {|
    int page = 1;
    int size = 10;
|};""",
        ),
    ),
    _RECORD.shown(partial(Code, "Prices")).entry(
        Fact.TO_MAP_ALIAS,
        "A record type became a map type.",
        "record '$name' becomes a map type",
        major("Clients that read a field with `.` are refused: a map declares none.", Use.READ),
        (_PRICES, "public type Prices map<int>;"),
        NEW_NAME,
    ),
    _MAP.entry(
        Fact.ALIAS_TO_RECORD,
        "A map type became a record type with declared fields.",
        "map type '$name' becomes a record",
        major(
            "Clients with undeclared keys must quote them, or are refused.",
            Use.CONSTRUCT_WITH_KEY,
        ),
        ("public type Prices map<int>;", _PRICES),
        NEW_NAME,
    ),
)
