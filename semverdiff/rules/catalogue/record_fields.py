"""Fields of records (compatibility contract, 2.5)."""

from __future__ import annotations

from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.conditions import IN, IN_OR_BOTH, OUT, OUT_OR_BOTH
from semverdiff.rules.examples import Code, Field
from semverdiff.rules.levels import (
    AMBIGUITY_TOLERATED,
    OUTPUT_NOT_CONSTRUCTED,
    always,
    major,
    minor,
    on,
    otherwise,
    patch,
    readers_break,
    tolerated,
    when,
)
from semverdiff.rules.remediation import (
    ADD_WITH_DEFAULT,
    DEPRECATE_FIRST,
    EXTEND_BY_INCLUSION,
    KEEP_ACCEPTING,
    KEEP_OLD_NAME,
    KEEP_PROMISE,
    NEW_NAME,
    SECOND_FOR_ALTERNATIVE,
    SECOND_FOR_WIDER,
)
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]


_CONSTRUCT_WITHOUT = """\
$prefix:$declaring r = {
    // the fields of the old version
};"""
_CONSTRUCT_BY_DEFAULT = """\
$prefix:$declaring r = {
    // the fields of the old version without a default
};"""
_READ = "var x = r$optional.$name;"
_READ_DECLARED = "$declared_type x = r.$name;"
_READ_OLD = "$old_read x = r$optional.$name;"
_COMPARE = "boolean lost = r.$name == $example;"
_WRITE = "r.$name = value;"
_WRITE_OLD = """\
function set($prefix:$declaring r, $old_type value) {
    r.$name = value;
}"""
_CLEAR = "r.$name = ();"
_OWN_TYPE = """\
type Mine record {|
    // the fields of the old version
|};

Mine own = r;"""
_OWN_VALUES = "Only clients that read the field of a record which they made themselves break."
_NOT_CONSTRUCTED = "Clients only receive the record, and the project decided that they do not construct it."


ENTRIES = (
    Entry(
        fact=Fact.REQUIRED_ADDED,
        title="A required field without default was added.",
        message="required field '$name'[ of type '$type'] is added",
        levels=on(
            Subject.RECORD_FIELD,
            when(OUT, OUTPUT_NOT_CONSTRUCTED, then=tolerated(_NOT_CONSTRUCTED, _CONSTRUCT_WITHOUT)),
            otherwise(major("Clients that construct the record miss the field.", _CONSTRUCT_WITHOUT)),
        ),
        remediation=ADD_WITH_DEFAULT,
        example=Field("", "int code;"),
    ),
    Entry(
        fact=Fact.DEFAULTABLE_ADDED,
        title="A field with a default was added.",
        message="field '$name'[ of type '$type'] with a default is added",
        levels=always(
            Subject.RECORD_FIELD,
            tolerated("Only own types that repeat the fields and `map` views break.", _OWN_TYPE),
        ),
        remediation=EXTEND_BY_INCLUSION,
        example=Field("", "int code = 0;"),
    ),
    Entry(
        fact=Fact.OPTIONAL_ADDED,
        title="An optional field was added.",
        message="optional field '$name'[ of type '$type'] is added",
        levels=always(
            Subject.RECORD_FIELD,
            tolerated(
                "Only own types that repeat the fields, `map` views and extra keys `$name` break.", _OWN_TYPE
            ),
        ),
        remediation=EXTEND_BY_INCLUSION,
        example=Field("", "int code?;"),
    ),
    Entry(
        fact=Fact.AGAINST_REST_TYPE_ADDED,
        title=("A field that is not required was added, and it does not take every value of the typed rest."),
        message="field '$name'[ of type '$type'] is added against the rest type",
        levels=always(
            Subject.RECORD_FIELD,
            major(
                "Clients that used `$name` as a further key are refused: a typed rest is a contract.",
                '$prefix:$declaring r = {"$name": value};',
            ),
        ),
        remediation=ADD_WITH_DEFAULT,
        example=Code(
            "Order.note",
            before="""\
public type Order record {|
    int id;
    string...;
|};""",
            after="""\
public type Order record {|
    int id;
    int note?;
    string...;
|};""",
        ),
    ),
    Entry(
        fact=Fact.REMOVED,
        title="A field was removed.",
        message="field '$name' is removed",
        levels=always(
            Subject.RECORD_FIELD,
            major("Clients that read the field or construct the record with it are refused.", _READ),
        ),
        remediation=DEPRECATE_FIRST,
        example=Field("int code;", ""),
    ),
    Entry(
        fact=Fact.RENAMED,
        title="A field was renamed.",
        message="field '$name' is renamed[ to '$new']",
        levels=always(
            Subject.RECORD_FIELD,
            major(
                "Clients that read the field or construct the record with its old name are refused.", _READ
            ),
        ),
        remediation=KEEP_OLD_NAME,
        example=Field("int code;", "int number;"),
    ),
    Entry(
        fact=Fact.TYPE_WIDENED,
        title="A field gives more.",
        message="type of field '$name' is widened[ from '$old' to '$new']",
        levels=readers_break(
            Subject.RECORD_FIELD,
            major("Readers that expect the old type are refused.", _READ_OLD),
            _OWN_VALUES,
        ),
        remediation=SECOND_FOR_WIDER,
        example=Field("int code;", "int|string code;"),
    ),
    Entry(
        fact=Fact.TYPE_WIDENED_AMBIGUOUS,
        title="An accepted field got an alternative that takes the same constructor.",
        message="type of field '$name' is ambiguously widened[ from '$old' to '$new']",
        levels=on(
            Subject.RECORD_FIELD,
            when(OUT_OR_BOTH, then=major("Readers that expect the old type are refused.", _READ_OLD)),
            when(
                AMBIGUITY_TOLERATED,
                then=tolerated(
                    "Clients that give a constructor do not say which type they mean, which is allowed.",
                    "$prefix:$declaring r = {$name: $constructor};",
                ),
            ),
            otherwise(
                major(
                    "Clients that give a list, mapping or `new` constructor do not say which type they mean.",
                    "$prefix:$declaring r = {$name: $constructor};",
                )
            ),
        ),
        remediation=SECOND_FOR_ALTERNATIVE,
        example=Field("int[] code;", "int[]|float[] code;"),
    ),
    Entry(
        fact=Fact.TYPE_NARROWED,
        title="A field accepts less.",
        message="type of field '$name' is narrowed[ from '$old' to '$new']",
        levels=on(
            Subject.RECORD_FIELD,
            when(
                OUT,
                Condition.FIELD_READONLY,
                Condition.NARROWED_IMMUTABLE,
                then=tolerated(
                    "Only readers that handle the lost values break: the field is never written.", _COMPARE
                ),
            ),
            otherwise(major("Clients that write a value of the old type are refused.", _WRITE_OLD)),
        ),
        remediation=KEEP_ACCEPTING,
        example=Field("int|string code;", "int code;"),
    ),
    Entry(
        fact=Fact.TYPE_CHANGED,
        title="A field has an unrelated type.",
        message="type of field '$name' is changed[ from '$old' to '$new']",
        levels=always(
            Subject.RECORD_FIELD,
            major("Clients that read or write the field as the old type are refused.", _READ_OLD),
        ),
        remediation=NEW_NAME,
        example=Field("int code;", "string code;"),
    ),
    Entry(
        fact=Fact.TYPE_RESPELLED,
        title="The type of a field is written differently.",
        message="type of field '$name' is written differently[: '$new' for '$old']",
        levels=always(Subject.RECORD_FIELD, patch("Nobody breaks: the types are equal.")),
        example=Field("int|string code;", "string|int code;"),
    ),
    Entry(
        fact=Fact.DECLARED_FIELD_SET_CHANGED,
        title="The first field was declared in a map-like field type.",
        message="type of field '$name' declares its first field[: '$new' for '$old']",
        levels=on(
            Subject.RECORD_FIELD,
            when(OUT, then=patch("Nobody breaks: the types are equal, and clients construct no value.")),
            when(
                IN_OR_BOTH,
                then=major(
                    "The types are equal, but clients must quote keys that are not declared.",
                    "$prefix:$declaring r = {$name: {key: value}};",
                ),
            ),
        ),
        remediation=NEW_NAME,
        example=Field("map<int> code;", "record {| int least?; int...; |} code;"),
    ),
    Entry(
        fact=Fact.MADE_OPTIONAL,
        title="A required field became optional.",
        message="field '$name' is made optional",
        levels=readers_break(
            Subject.RECORD_FIELD,
            major("Readers get nil where the field is left out.", _READ_DECLARED),
            _OWN_VALUES,
        ),
        remediation=SECOND_FOR_WIDER,
        example=Field("int code;", "int code?;"),
    ),
    Entry(
        fact=Fact.DEFAULTABLE_TO_OPTIONAL,
        title="A field with a default became optional.",
        message="field '$name' with a default is made optional",
        levels=readers_break(
            Subject.RECORD_FIELD,
            major("Readers get nil where the field is left out.", _READ_DECLARED),
            _OWN_VALUES,
        ),
        remediation=SECOND_FOR_WIDER,
        example=Field("int code = 0;", "int code?;"),
    ),
    Entry(
        fact=Fact.MADE_REQUIRED,
        title="An optional field became required.",
        message="field '$name' is made required",
        levels=on(
            Subject.RECORD_FIELD,
            when(
                OUT,
                Condition.FIELD_READONLY,
                OUTPUT_NOT_CONSTRUCTED,
                then=tolerated(_NOT_CONSTRUCTED, _CONSTRUCT_WITHOUT),
            ),
            otherwise(
                major(
                    "Clients that construct the record without the field, or clear it, are refused.", _CLEAR
                )
            ),
        ),
        remediation=ADD_WITH_DEFAULT,
        example=Field("int code?;", "int code;"),
    ),
    Entry(
        fact=Fact.OPTIONAL_TO_DEFAULTABLE,
        title="An optional field became required with a default.",
        message="optional field '$name' gets a default value[ '$new']",
        levels=always(
            Subject.RECORD_FIELD,
            tolerated(
                "Only clients that clear the field or have an own type that repeats the fields break.", _CLEAR
            ),
        ),
        remediation=NEW_NAME,
        example=Field("int code?;", "int code = 0;"),
    ),
    Entry(
        fact=Fact.DEFAULT_ADDED,
        title="A required field got a default.",
        message="default value[ '$new'] is added to field '$name'",
        levels=always(Subject.RECORD_FIELD, minor("Nobody breaks: a default is not part of a record type.")),
        example=Field("int code;", "int code = 0;"),
    ),
    Entry(
        fact=Fact.DEFAULT_REMOVED,
        title="A field lost its default.",
        message="default value[ '$old'] is removed from field '$name'",
        levels=on(
            Subject.RECORD_FIELD,
            when(OUT, OUTPUT_NOT_CONSTRUCTED, then=tolerated(_NOT_CONSTRUCTED, _CONSTRUCT_BY_DEFAULT)),
            otherwise(
                major(
                    "Clients that construct the record and relied on the default miss the field.",
                    _CONSTRUCT_BY_DEFAULT,
                )
            ),
        ),
        remediation=DEPRECATE_FIRST,
        example=Field("int code = 0;", "int code;"),
    ),
    Entry(
        fact=Fact.DEFAULT_VALUE_CHANGED,
        title="The default value of a field changed.",
        message="default value of field '$name' is changed[ from '$old' to '$new']",
        levels=always(Subject.RECORD_FIELD, patch("Nobody breaks: a default value is behaviour.")),
        example=Field("int code = 0;", "int code = 1;"),
    ),
    Entry(
        fact=Fact.READONLY_ADDED,
        title="A field became readonly.",
        message="'readonly' qualifier is added to field '$name'",
        levels=on(
            Subject.RECORD_FIELD,
            when(
                IN,
                Condition.FIELD_IMMUTABLE,
                then=tolerated(
                    "Arguments still fit; only clients that change a record they made break.", _WRITE
                ),
            ),
            otherwise(
                major("Clients that write the field are refused; mutable values no longer fit.", _WRITE)
            ),
        ),
        remediation=KEEP_ACCEPTING,
        example=Field("int code;", "readonly int code;"),
    ),
    Entry(
        fact=Fact.READONLY_REMOVED,
        title="A field is no longer readonly.",
        message="'readonly' qualifier is removed from field '$name'",
        levels=always(
            Subject.RECORD_FIELD,
            tolerated("Only clients with an own type that has the field readonly break.", _OWN_TYPE),
        ),
        remediation=KEEP_PROMISE,
        example=Field("readonly int code;", "int code;"),
    ),
)
