"""Error types; their details are always readonly (compatibility contract, 2.7)."""

from __future__ import annotations

from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.catalogue.surroundings import LOGIN_ERROR, TIMEOUT_ERROR
from semverdiff.rules.examples import Code, Field
from semverdiff.rules.levels import always, major, minor, patch, readers_break, tolerated, writers_break
from semverdiff.rules.remediation import (
    ADD_WITH_DEFAULT,
    DEPRECATE_FIRST,
    EXTEND_BY_INCLUSION,
    KEEP_ACCEPTING,
    KEEP_OLD_NAME,
    KEEP_PROMISE,
    NEW_NAME,
    SECOND_DECLARATION,
    SECOND_FOR_WIDER,
)
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]


_OWN_VALUES = "Only clients that read an error which they made themselves break."
_HANDLING = "Only clients that handle the lost values break: details are immutable."
_NOT_CREATED = (
    "Clients only receive the error; only those that create it themselves, as tests do, miss the field."
)
_CREATE = '$prefix:$declaring e = error $prefix:$declaring("message");'
_CREATE_PLAIN = '$prefix:$declaring e = error("message");'
_CREATE_WITH_OLD = """\
function create($old_type $name) {
    $prefix:$declaring e = error $prefix:$declaring("message", $name = $name);
}"""
_READ = "var x = e.detail().$name;"
_READ_OLD = "$old_type x = e.detail().$name;"
_COMPARE = "boolean lost = e.detail().$name == $example;"
_READ_DECLARED = "$declared_type x = e.detail().$name;"
_DETAIL = """\
function use($prefix:$declaring e) {
    $old_type old = e;
}"""
_CREATE_OLD = """\
function use($old_type old) {
    $prefix:$declaring e = old;
}"""
_OWN_TYPE = """\
type Mine error<record {|
    // the detail fields of the old version
|}>;

Mine own = e;"""
_DISCRIMINATE = """\
if e is $prefix:$declaring {
    return;
}"""
_CHECKED = """\
function use() returns $old_optional {
    check failing();
}"""


ENTRIES = (
    Entry(
        fact=Fact.DETAIL_FIELD_OPTIONAL_ADDED,
        title="An optional detail field was added.",
        message="optional detail field '$name'[ of type '$type'] is added",
        levels=always(
            Subject.ERROR,
            tolerated("Only clients with an own error type that repeats the detail break.", _OWN_TYPE),
        ),
        remediation=EXTEND_BY_INCLUSION,
        example=Field("", "int code?;"),
    ),
    Entry(
        fact=Fact.DETAIL_FIELD_DEFAULTABLE_ADDED,
        title="A detail field with a default was added.",
        message="detail field '$name'[ of type '$type'] with a default is added",
        levels=always(
            Subject.ERROR,
            tolerated("Only clients with an own error type that repeats the detail break.", _OWN_TYPE),
        ),
        remediation=EXTEND_BY_INCLUSION,
        example=Field("", "int code = 0;"),
    ),
    Entry(
        fact=Fact.DETAIL_FIELD_REQUIRED_ADDED,
        title="A required detail field was added.",
        message="required detail field '$name'[ of type '$type'] is added",
        levels=writers_break(
            Subject.ERROR,
            major("Clients that create the error miss the field.", _CREATE),
            tolerated(_NOT_CREATED, _CREATE),
        ),
        remediation=ADD_WITH_DEFAULT,
        example=Field("", "int code;"),
    ),
    Entry(
        fact=Fact.DETAIL_FIELD_MADE_REQUIRED,
        title="An optional detail field became required.",
        message="detail field '$name' is made required",
        levels=writers_break(
            Subject.ERROR,
            major("Clients that create the error without it miss the field.", _CREATE),
            tolerated(_NOT_CREATED, _CREATE),
        ),
        remediation=ADD_WITH_DEFAULT,
        example=Field("int code?;", "int code;"),
    ),
    Entry(
        fact=Fact.DETAIL_FIELD_MADE_OPTIONAL,
        title="A detail field became optional.",
        message="detail field '$name' is made optional",
        levels=readers_break(
            Subject.ERROR, major("Readers get nil where the field is left out.", _READ_DECLARED), _OWN_VALUES
        ),
        remediation=SECOND_FOR_WIDER,
        example=Field("int code;", "int code?;"),
    ),
    Entry(
        fact=Fact.DETAIL_FIELD_REMOVED,
        title="A detail field was removed.",
        message="detail field '$name' is removed",
        levels=always(
            Subject.ERROR,
            major("Clients that read the field or create the error with it are refused.", _READ),
        ),
        remediation=DEPRECATE_FIRST,
        example=Field("int code;", ""),
    ),
    Entry(
        fact=Fact.DETAIL_FIELD_RENAMED,
        title="A detail field was renamed.",
        message="detail field '$name' is renamed[ to '$new']",
        levels=always(
            Subject.ERROR,
            major("Clients that read the field or create the error with its old name are refused.", _READ),
        ),
        remediation=KEEP_OLD_NAME,
        example=Field("int code;", "int number;"),
    ),
    Entry(
        fact=Fact.DETAIL_FIELD_TYPE_WIDENED,
        title="A detail field gives more.",
        message="type of detail field '$name' is widened[ from '$old' to '$new']",
        levels=readers_break(
            Subject.ERROR, major("Readers that expect the old type are refused.", _READ_OLD), _OWN_VALUES
        ),
        remediation=SECOND_FOR_WIDER,
        example=Field("int code;", "int|string code;"),
    ),
    Entry(
        fact=Fact.DETAIL_FIELD_TYPE_NARROWED,
        title="A detail field accepts less.",
        message="type of detail field '$name' is narrowed[ from '$old' to '$new']",
        levels=writers_break(
            Subject.ERROR,
            major(
                "Clients that create the error with a value of the old type are refused.", _CREATE_WITH_OLD
            ),
            tolerated(_HANDLING, _COMPARE),
        ),
        remediation=KEEP_ACCEPTING,
        example=Field("int|string code;", "int code;"),
    ),
    Entry(
        fact=Fact.DETAIL_FIELD_TYPE_CHANGED,
        title="A detail field has an unrelated type.",
        message="type of detail field '$name' is changed[ from '$old' to '$new']",
        levels=always(
            Subject.ERROR,
            major(
                "Clients that read the field, or create the error with it, as the old type are refused.",
                _READ_OLD,
            ),
        ),
        remediation=NEW_NAME,
        example=Field("int code;", "string code;"),
    ),
    Entry(
        fact=Fact.DETAIL_FIELD_TYPE_RESPELLED,
        title="The type of a detail field is written differently.",
        message="type of detail field '$name' is written differently[: '$new' for '$old']",
        levels=always(Subject.ERROR, patch("Nobody breaks: the types are equal.")),
        example=Field("int|string code;", "string|int code;"),
    ),
    Entry(
        fact=Fact.DETAIL_TYPE_WIDENED,
        title="The detail type was replaced by a wider one.",
        message="detail type is widened[ from '$old' to '$new']",
        levels=readers_break(
            Subject.ERROR, major("Readers of the detail miss fields or get more.", _DETAIL), _OWN_VALUES
        ),
        remediation=SECOND_FOR_WIDER,
        example=Code(
            "OrderError",
            "public type OrderError error<map<int>>;",
            "public type OrderError error<map<int|string>>;",
        ),
    ),
    Entry(
        fact=Fact.DETAIL_TYPE_NARROWED,
        title="The detail type was replaced by a narrower one.",
        message="detail type is narrowed[ from '$old' to '$new']",
        levels=writers_break(
            Subject.ERROR,
            major("Clients that create the error with the old detail are refused.", _CREATE_OLD),
            tolerated(_HANDLING),
        ),
        remediation=KEEP_ACCEPTING,
        example=Code(
            "OrderError",
            "public type OrderError error<map<int|string>>;",
            "public type OrderError error<map<int>>;",
        ),
    ),
    Entry(
        fact=Fact.DETAIL_TYPE_CHANGED,
        title="The detail type was replaced by an unrelated one.",
        message="detail type is changed[ from '$old' to '$new']",
        levels=always(
            Subject.ERROR,
            major("Clients that read the detail, or create the error with it, are refused.", _DETAIL),
        ),
        remediation=NEW_NAME,
        example=Code(
            "OrderError",
            "public type OrderError error<map<int>>;",
            "public type OrderError error<map<string>>;",
        ),
    ),
    Entry(
        fact=Fact.DISTINCT_ADDED,
        title="An error type became distinct.",
        message="'distinct' qualifier is added",
        levels=writers_break(
            Subject.ERROR,
            major("Clients that give another error of the shape are refused: no type id.", _CREATE_PLAIN),
            tolerated(
                "Only clients that make such an error without its own constructor, as tests do, break.",
                _CREATE_PLAIN,
            ),
        ),
        remediation=SECOND_DECLARATION,
        example=Code("OrderError", "public type OrderError error;", "public type OrderError distinct error;"),
    ),
    Entry(
        fact=Fact.DISTINCT_REMOVED,
        title="A distinct error type is no longer distinct.",
        message="'distinct' qualifier is removed",
        levels=always(
            Subject.ERROR,
            major(
                "Clients that test for the error no longer tell it from others of its shape.", _DISCRIMINATE
            ),
        ),
        remediation=KEEP_PROMISE,
        example=Code("OrderError", "public type OrderError distinct error;", "public type OrderError error;"),
    ),
    Entry(
        fact=Fact.SUPERTYPE_CHANGED,
        title="A distinct error type has an unrelated supertype.",
        message="supertype is changed[ from '$old' to '$new']",
        levels=always(
            Subject.ERROR, major("Clients that pass the error on as the old supertype are refused.", _CHECKED)
        ),
        remediation=NEW_NAME,
        example=Code(
            "OrderError",
            "public type OrderError distinct TimeoutError;",
            "public type OrderError distinct LoginError;",
            around=(
                TIMEOUT_ERROR,
                LOGIN_ERROR,
            ),
        ),
    ),
    Entry(
        fact=Fact.SUPERTYPE_WIDENED,
        title="A distinct error type lost one of its distinct supertypes.",
        message="supertype is widened[ from '$old' to '$new']",
        levels=readers_break(
            Subject.ERROR,
            major("Clients that pass the error on as the lost supertype are refused.", _CHECKED),
            _OWN_VALUES,
        ),
        remediation=SECOND_FOR_WIDER,
        example=Code(
            "OrderError",
            "public type OrderError distinct TimeoutError;",
            "public type OrderError distinct error;",
            around=(TIMEOUT_ERROR,),
        ),
    ),
    Entry(
        fact=Fact.SUPERTYPE_NARROWED,
        title="A distinct error type was put below a further distinct type.",
        message="supertype is narrowed[ from '$old' to '$new']",
        levels=always(Subject.ERROR, minor("Nobody breaks: the old supertype still holds.")),
        example=Code(
            "OrderError",
            "public type OrderError distinct TimeoutError;",
            "public type OrderError distinct TimeoutError & LoginError;",
            around=(
                TIMEOUT_ERROR,
                LOGIN_ERROR,
            ),
        ),
    ),
)
