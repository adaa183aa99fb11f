"""Error types; their details are always readonly (compatibility contract, 2.7)."""

from __future__ import annotations

from functools import partial

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.effects import major, minor, tolerated
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import LOGIN_ERROR, TIMEOUT_ERROR, Code, Field
from semverdiff.rules.levels import readers_break, writers_break
from semverdiff.rules.remediation import (
    ADD_WITH_DEFAULT,
    EXTEND_BY_INCLUSION,
    KEEP_PROMISE,
    SECOND_DECLARATION,
    SECOND_FOR_WIDER,
)

__all__ = ["ENTRIES"]


_OWN_VALUES = "Only clients that read an error which they made themselves break."
_HANDLING = "Only clients that handle the lost values break: details are immutable."
_NOT_CREATED = (
    "Clients only receive the error; only those that create it themselves, as tests do, miss the field."
)

_FIELD = Element(Subject.ERROR, "detail field '$name'", Field)
_FIELD_TYPE = _FIELD.of("type")
_ERROR = Element(Subject.ERROR, "error '$name'", partial(Code, "OrderError"))
_DETAIL_TYPE = _ERROR.named("detail type")
_DISTINCT = _ERROR.named("'distinct' qualifier")
_SUPERTYPE = _ERROR.named("supertype").shown(partial(Code, "OrderError", around=(TIMEOUT_ERROR,)))
_ANOTHER_SUPERTYPE = _ERROR.named("supertype").shown(
    partial(Code, "OrderError", around=(TIMEOUT_ERROR, LOGIN_ERROR))
)


ENTRIES = (
    _FIELD.entry(
        Fact.DETAIL_FIELD_OPTIONAL_ADDED,
        "An optional detail field was added.",
        "optional detail field '$name'[ of type '$type'] is added",
        tolerated("Only clients with an own error type that repeats the detail break.", Use.OWN_ERROR),
        ("", "int code?;"),
        EXTEND_BY_INCLUSION,
    ),
    _FIELD.entry(
        Fact.DETAIL_FIELD_DEFAULTABLE_ADDED,
        "A detail field with a default was added.",
        "detail field '$name'[ of type '$type'] with a default is added",
        tolerated("Only clients with an own error type that repeats the detail break.", Use.OWN_ERROR),
        ("", "int code = 0;"),
        EXTEND_BY_INCLUSION,
    ),
    _FIELD.entry(
        Fact.DETAIL_FIELD_REQUIRED_ADDED,
        "A required detail field was added.",
        "required detail field '$name'[ of type '$type'] is added",
        writers_break(
            "Clients that create the error miss the field.", Use.CONSTRUCT, _NOT_CREATED, Use.CONSTRUCT
        ),
        ("", "int code;"),
        ADD_WITH_DEFAULT,
    ),
    _FIELD.entry(
        Fact.DETAIL_FIELD_MADE_REQUIRED,
        "An optional detail field became required.",
        "detail field '$name' is made required",
        writers_break(
            "Clients that create the error without it miss the field.",
            Use.CONSTRUCT,
            _NOT_CREATED,
            Use.CONSTRUCT,
        ),
        ("int code?;", "int code;"),
        ADD_WITH_DEFAULT,
    ),
    _FIELD.entry(
        Fact.DETAIL_FIELD_MADE_OPTIONAL,
        "A detail field became optional.",
        "detail field '$name' is made optional",
        readers_break("Readers get nil where the field is left out.", Use.READ, _OWN_VALUES),
        ("int code;", "int code?;"),
        SECOND_FOR_WIDER,
    ),
    _FIELD.removed(
        Fact.DETAIL_FIELD_REMOVED,
        "A detail field was removed.",
        major("Clients that read the field or create the error with it are refused.", Use.READ),
        ("int code;", ""),
    ),
    _FIELD.renamed(
        Fact.DETAIL_FIELD_RENAMED,
        "A detail field was renamed.",
        major("Clients that read the field or create the error with its old name are refused.", Use.READ),
        ("int code;", "int number;"),
    ),
    _FIELD_TYPE.widened(
        Fact.DETAIL_FIELD_TYPE_WIDENED,
        "A detail field gives more.",
        readers_break("Readers that expect the old type are refused.", Use.READ, _OWN_VALUES),
        ("int code;", "int|string code;"),
    ),
    _FIELD_TYPE.narrowed(
        Fact.DETAIL_FIELD_TYPE_NARROWED,
        "A detail field accepts less.",
        writers_break(
            "Clients that create the error with a value of the old type are refused.",
            Use.CONSTRUCT_WITH_FIELD,
            _HANDLING,
            Use.COMPARE_FIELD,
        ),
        ("int|string code;", "int code;"),
    ),
    _FIELD_TYPE.changed(
        Fact.DETAIL_FIELD_TYPE_CHANGED,
        "A detail field has an unrelated type.",
        major(
            "Clients that read the field, or create the error with it, as the old type are refused.",
            Use.READ,
        ),
        ("int code;", "string code;"),
    ),
    _FIELD_TYPE.respelled(
        Fact.DETAIL_FIELD_TYPE_RESPELLED,
        "The type of a detail field is written differently.",
        ("int|string code;", "string|int code;"),
    ),
    _DETAIL_TYPE.widened(
        Fact.DETAIL_TYPE_WIDENED,
        "The detail type was replaced by a wider one.",
        readers_break("Readers of the detail miss fields or get more.", Use.ASSIGN_TO_OLD, _OWN_VALUES),
        ("public type OrderError error<map<int>>;", "public type OrderError error<map<int|string>>;"),
    ),
    _DETAIL_TYPE.narrowed(
        Fact.DETAIL_TYPE_NARROWED,
        "The detail type was replaced by a narrower one.",
        writers_break(
            "Clients that create the error with the old detail are refused.", Use.CONSTRUCT, _HANDLING
        ),
        ("public type OrderError error<map<int|string>>;", "public type OrderError error<map<int>>;"),
    ),
    _DETAIL_TYPE.changed(
        Fact.DETAIL_TYPE_CHANGED,
        "The detail type was replaced by an unrelated one.",
        major("Clients that read the detail, or create the error with it, are refused.", Use.ASSIGN_TO_OLD),
        ("public type OrderError error<map<int>>;", "public type OrderError error<map<string>>;"),
    ),
    _DISTINCT.added(
        Fact.DISTINCT_ADDED,
        "An error type became distinct.",
        writers_break(
            "Clients that give another error of the shape are refused: no type id.",
            Use.CONSTRUCT,
            "Only clients that make such an error without its own constructor, as tests do, break.",
            Use.CONSTRUCT,
        ),
        ("public type OrderError error;", "public type OrderError distinct error;"),
        SECOND_DECLARATION,
    ),
    _DISTINCT.removed(
        Fact.DISTINCT_REMOVED,
        "A distinct error type is no longer distinct.",
        major("Clients that test for the error no longer tell it from others of its shape.", Use.TEST_TYPE),
        ("public type OrderError distinct error;", "public type OrderError error;"),
        KEEP_PROMISE,
    ),
    _ANOTHER_SUPERTYPE.changed(
        Fact.SUPERTYPE_CHANGED,
        "A distinct error type has an unrelated supertype.",
        major("Clients that pass the error on as the old supertype are refused.", Use.ASSIGN_TO_OLD),
        ("public type OrderError distinct TimeoutError;", "public type OrderError distinct LoginError;"),
    ),
    _SUPERTYPE.widened(
        Fact.SUPERTYPE_WIDENED,
        "A distinct error type lost one of its distinct supertypes.",
        readers_break(
            "Clients that pass the error on as the lost supertype are refused.",
            Use.ASSIGN_TO_OLD,
            _OWN_VALUES,
        ),
        ("public type OrderError distinct TimeoutError;", "public type OrderError distinct error;"),
    ),
    _ANOTHER_SUPERTYPE.narrowed(
        Fact.SUPERTYPE_NARROWED,
        "A distinct error type was put below a further distinct type.",
        minor("Nobody breaks: the old supertype still holds."),
        (
            "public type OrderError distinct TimeoutError;",
            "public type OrderError distinct TimeoutError & LoginError;",
        ),
    ),
)
