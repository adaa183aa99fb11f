"""Fields of records (compatibility contract, 2.5)."""

from __future__ import annotations

from functools import partial

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.conditions import IN, IN_OR_BOTH, OUT
from semverdiff.rules.effects import major, minor, otherwise, patch, tolerated, when
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import Code, Field
from semverdiff.rules.levels import (
    OUTPUT_NOT_CONSTRUCTED,
    OWN_RECORD,
    RECORDS_MIRRORED,
    first_field_declared,
    readers_break,
    second_constructor,
)
from semverdiff.rules.remediation import (
    ADD_WITH_DEFAULT,
    DEPRECATE_FIRST,
    EXTEND_BY_INCLUSION,
    KEEP_ACCEPTING,
    KEEP_PROMISE,
    MAKE_OPTIONAL,
    NEW_NAME,
    SECOND_FOR_WIDER,
)

__all__ = ["ENTRIES"]


_OWN_VALUES = "Only clients that read the field of a record which they made themselves break."
_NOT_CONSTRUCTED = "Clients only receive the record, and the project decided that they do not construct it."
_LEFT_OUT = readers_break("Readers get nil where the field is left out.", Use.READ, _OWN_VALUES)

_FIELD = Element(Subject.RECORD_FIELD, "field '$name'", Field)
_TYPE = _FIELD.of("type")


ENTRIES = (
    _FIELD.entry(
        Fact.REQUIRED_ADDED,
        "A required field without default was added.",
        "required field '$name'[ of type '$type'] is added",
        (
            when(OUT, OUTPUT_NOT_CONSTRUCTED, then=tolerated(_NOT_CONSTRUCTED, Use.CONSTRUCT)),
            otherwise(major("Clients that construct the record miss the field.", Use.CONSTRUCT)),
        ),
        ("", "int code;"),
        ADD_WITH_DEFAULT,
    ),
    _FIELD.entry(
        Fact.DEFAULTABLE_ADDED,
        "A field with a default was added.",
        "field '$name'[ of type '$type'] with a default is added",
        (
            when(
                IN_OR_BOTH,
                RECORDS_MIRRORED,
                then=major(
                    "Clients that repeat the record field by field and pass their own are refused: a field "
                    "with a default is required of a value that is passed, while an optional one is not.",
                    Use.CONSTRUCT_FROM_OWN,
                ),
            ),
            otherwise(
                tolerated(
                    "Only own types that repeat the fields and pass their values, and `map` views break: a "
                    "field with a default is required of a value that is passed.",
                    Use.CONSTRUCT_FROM_OWN,
                )
            ),
        ),
        ("", "int code = 0;"),
        MAKE_OPTIONAL,
    ),
    _FIELD.entry(
        Fact.OPTIONAL_ADDED,
        "An optional field was added.",
        "optional field '$name'[ of type '$type'] is added",
        tolerated(
            "Only own types whose further fields take something else, `map` views and extra keys `$name` "
            "break; values of own types that repeat the fields still fit.",
            OWN_RECORD,
        ),
        ("", "int code?;"),
        EXTEND_BY_INCLUSION,
    ),
    _FIELD.shown(partial(Code, "Order.note")).entry(
        Fact.AGAINST_REST_TYPE_ADDED,
        "A field that is not required was added, and it does not take every value of the typed rest.",
        "field '$name'[ of type '$type'] is added against the rest type",
        major(
            "Clients that used `$name` as a further key are refused: a typed rest is a contract.",
            Use.CONSTRUCT_WITH_FIELD,
        ),
        (
            """\
public type Order record {|
    int id;
    string...;
|};""",
            """\
public type Order record {|
    int id;
    int note?;
    string...;
|};""",
        ),
        ADD_WITH_DEFAULT,
    ),
    _FIELD.removed(
        Fact.REMOVED,
        "A field was removed.",
        major("Clients that read the field or construct the record with it are refused.", Use.READ),
        ("int code;", ""),
    ),
    _FIELD.renamed(
        Fact.RENAMED,
        "A field was renamed.",
        major("Clients that read the field or construct the record with its old name are refused.", Use.READ),
        ("int code;", "int number;"),
    ),
    _TYPE.widened(
        Fact.TYPE_WIDENED,
        "A field gives more.",
        readers_break("Readers that expect the old type are refused.", Use.READ, _OWN_VALUES),
        ("int code;", "int|string code;"),
    ),
    _TYPE.ambiguously_widened(
        Fact.TYPE_WIDENED_AMBIGUOUS,
        "An accepted field got an alternative that takes the same constructor.",
        second_constructor(Use.CONSTRUCT_AMBIGUOUSLY),
        ("int[] code;", "int[]|float[] code;"),
    ),
    _TYPE.narrowed(
        Fact.TYPE_NARROWED,
        "A field accepts less.",
        (
            when(
                OUT,
                Condition.FIELD_READONLY,
                Condition.NARROWED_IMMUTABLE,
                OUTPUT_NOT_CONSTRUCTED,
                then=tolerated(
                    "Only readers that handle the lost values break: the field is never written.",
                    Use.COMPARE_FIELD,
                ),
            ),
            when(
                OUT,
                Condition.OPEN_RECORD_EXTENDED,
                then=tolerated(
                    "Only own types that repeat the fields, `map` views and extra keys break.",
                    Use.CONSTRUCT_FROM_OWN,
                ),
            ),
            otherwise(major("Clients that write a value of the old type are refused.", Use.WRITE)),
        ),
        ("int|string code;", "int code;"),
    ),
    _TYPE.changed(
        Fact.TYPE_CHANGED,
        "A field has an unrelated type.",
        major("Clients that read or write the field as the old type are refused.", Use.READ),
        ("int code;", "string code;"),
    ),
    _TYPE.respelled(
        Fact.TYPE_RESPELLED,
        "The type of a field is written differently.",
        ("int|string code;", "string|int code;"),
    ),
    _FIELD.entry(
        Fact.DECLARED_FIELD_SET_CHANGED,
        "The first field was declared in a map-like field type.",
        "type of field '$name' declares its first field[: '$new' for '$old']",
        first_field_declared(Use.CONSTRUCT_WITH_FIELD),
        ("map<int> code;", "record {| int least?; int...; |} code;"),
        NEW_NAME,
    ),
    _FIELD.entry(
        Fact.MADE_OPTIONAL,
        "A required field became optional.",
        "field '$name' is made optional",
        _LEFT_OUT,
        ("int code;", "int code?;"),
        SECOND_FOR_WIDER,
    ),
    _FIELD.entry(
        Fact.DEFAULTABLE_TO_OPTIONAL,
        "A field with a default became optional.",
        "field '$name' with a default is made optional",
        _LEFT_OUT,
        ("int code = 0;", "int code?;"),
        SECOND_FOR_WIDER,
    ),
    _FIELD.entry(
        Fact.MADE_REQUIRED,
        "An optional field became required.",
        "field '$name' is made required",
        (
            when(
                OUT,
                Condition.FIELD_READONLY,
                OUTPUT_NOT_CONSTRUCTED,
                then=tolerated(_NOT_CONSTRUCTED, Use.CONSTRUCT),
            ),
            otherwise(
                major(
                    "Clients that construct the record without the field, or clear it, are refused.",
                    Use.WRITE_NIL,
                )
            ),
        ),
        ("int code?;", "int code;"),
        ADD_WITH_DEFAULT,
    ),
    _FIELD.entry(
        Fact.OPTIONAL_TO_DEFAULTABLE,
        "An optional field became required with a default.",
        "optional field '$name' gets a default value[ '$new']",
        tolerated(
            "Only clients that clear the field or have an own type that repeats the fields break.",
            Use.WRITE_NIL,
        ),
        ("int code?;", "int code = 0;"),
        NEW_NAME,
    ),
    _FIELD.entry(
        Fact.DEFAULT_ADDED,
        "A required field got a default.",
        "default value[ '$new'] is added to field '$name'",
        minor("Nobody breaks: a default is not part of a record type."),
        ("int code;", "int code = 0;"),
    ),
    _FIELD.entry(
        Fact.DEFAULT_REMOVED,
        "A field lost its default.",
        "default value[ '$old'] is removed from field '$name'",
        (
            when(OUT, OUTPUT_NOT_CONSTRUCTED, then=tolerated(_NOT_CONSTRUCTED, Use.CONSTRUCT)),
            otherwise(
                major(
                    "Clients that construct the record and relied on the default miss the field.",
                    Use.CONSTRUCT,
                )
            ),
        ),
        ("int code = 0;", "int code;"),
        DEPRECATE_FIRST,
    ),
    _FIELD.of("default value").changed(
        Fact.DEFAULT_VALUE_CHANGED,
        "The default value of a field changed.",
        patch("Nobody breaks: a default value is behaviour."),
        ("int code = 0;", "int code = 1;"),
    ),
    _FIELD.entry(
        Fact.READONLY_ADDED,
        "A field became readonly.",
        "'readonly' qualifier is added to field '$name'",
        (
            when(
                IN,
                Condition.FIELD_IMMUTABLE,
                then=tolerated(
                    "Arguments still fit; only clients that change a record they made break.", Use.WRITE
                ),
            ),
            otherwise(
                major("Clients that write the field are refused; mutable values no longer fit.", Use.WRITE)
            ),
        ),
        ("int code;", "readonly int code;"),
        KEEP_ACCEPTING,
    ),
    _FIELD.entry(
        Fact.READONLY_REMOVED,
        "A field is no longer readonly.",
        "'readonly' qualifier is removed from field '$name'",
        tolerated("Only clients with an own type that has the field readonly break.", OWN_RECORD),
        ("readonly int code;", "int code;"),
        KEEP_PROMISE,
    ),
)
