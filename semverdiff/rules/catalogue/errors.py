"""Facts about error types; their details are always readonly (compatibility contract, 2.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.rules.tables import (
    always,
    fact,
    major,
    minor,
    patch,
    readers_break,
    tolerated,
    writers_break,
)

if TYPE_CHECKING:
    from semverdiff.rules.entries import Effect, Fact

__all__ = ["FACTS"]

_SUBJECT = "error"

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


def _one_level(name: str, title: str, message: str, effect: Effect) -> Fact:
    return fact(name, title, message, always(_SUBJECT, effect))


FACTS = (
    _one_level(
        "detail-field-optional-added",
        "An optional detail field was added.",
        "optional detail field '$name'[ of type '$type'] is added",
        tolerated("Only clients with an own error type that repeats the detail break.", _OWN_TYPE),
    ),
    _one_level(
        "detail-field-defaultable-added",
        "A detail field with a default was added.",
        "detail field '$name'[ of type '$type'] with a default is added",
        tolerated("Only clients with an own error type that repeats the detail break.", _OWN_TYPE),
    ),
    fact(
        "detail-field-required-added",
        "A required detail field was added.",
        "required detail field '$name'[ of type '$type'] is added",
        writers_break(
            _SUBJECT,
            major("Clients that create the error miss the field.", _CREATE),
            tolerated(_NOT_CREATED, _CREATE),
        ),
    ),
    fact(
        "detail-field-made-required",
        "An optional detail field became required.",
        "detail field '$name' is made required",
        writers_break(
            _SUBJECT,
            major("Clients that create the error without it miss the field.", _CREATE),
            tolerated(_NOT_CREATED, _CREATE),
        ),
    ),
    fact(
        "detail-field-made-optional",
        "A detail field became optional.",
        "detail field '$name' is made optional",
        readers_break(
            _SUBJECT, major("Readers get nil where the field is left out.", _READ_DECLARED), _OWN_VALUES
        ),
    ),
    _one_level(
        "detail-field-removed",
        "A detail field was removed.",
        "detail field '$name' is removed",
        major("Clients that read the field or create the error with it are refused.", _READ),
    ),
    _one_level(
        "detail-field-renamed",
        "A detail field was renamed.",
        "detail field '$name' is renamed[ to '$new']",
        major("Clients that read the field or create the error with its old name are refused.", _READ),
    ),
    fact(
        "detail-field-type-widened",
        "A detail field gives more.",
        "type of detail field '$name' is widened[ from '$old' to '$new']",
        readers_break(
            _SUBJECT, major("Readers that expect the old type are refused.", _READ_OLD), _OWN_VALUES
        ),
    ),
    fact(
        "detail-field-type-narrowed",
        "A detail field accepts less.",
        "type of detail field '$name' is narrowed[ from '$old' to '$new']",
        writers_break(
            _SUBJECT,
            major(
                "Clients that create the error with a value of the old type are refused.", _CREATE_WITH_OLD
            ),
            tolerated(_HANDLING, _COMPARE),
        ),
    ),
    _one_level(
        "detail-field-type-changed",
        "A detail field has an unrelated type.",
        "type of detail field '$name' is changed[ from '$old' to '$new']",
        major(
            "Clients that read the field, or create the error with it, as the old type are refused.",
            _READ_OLD,
        ),
    ),
    _one_level(
        "detail-field-type-respelled",
        "The type of a detail field is written differently.",
        "type of detail field '$name' is written differently[: '$new' for '$old']",
        patch("Nobody breaks: the types are equal."),
    ),
    fact(
        "detail-type-widened",
        "The detail type was replaced by a wider one.",
        "detail type is widened[ from '$old' to '$new']",
        readers_break(
            _SUBJECT, major("Readers of the detail miss fields or get more.", _DETAIL), _OWN_VALUES
        ),
    ),
    fact(
        "detail-type-narrowed",
        "The detail type was replaced by a narrower one.",
        "detail type is narrowed[ from '$old' to '$new']",
        writers_break(
            _SUBJECT,
            major("Clients that create the error with the old detail are refused.", _CREATE_OLD),
            tolerated(_HANDLING),
        ),
    ),
    _one_level(
        "detail-type-changed",
        "The detail type was replaced by an unrelated one.",
        "detail type is changed[ from '$old' to '$new']",
        major("Clients that read the detail, or create the error with it, are refused.", _DETAIL),
    ),
    fact(
        "distinct-added",
        "An error type became distinct.",
        "'distinct' qualifier is added",
        writers_break(
            _SUBJECT,
            major("Clients that give another error of the shape are refused: no type id.", _CREATE_PLAIN),
            tolerated(
                "Only clients that make such an error without its own constructor, as tests do, break.",
                _CREATE_PLAIN,
            ),
        ),
    ),
    _one_level(
        "distinct-removed",
        "A distinct error type is no longer distinct.",
        "'distinct' qualifier is removed",
        major("Clients that test for the error no longer tell it from others of its shape.", _DISCRIMINATE),
    ),
    _one_level(
        "supertype-changed",
        "A distinct error type has an unrelated supertype.",
        "supertype is changed[ from '$old' to '$new']",
        major("Clients that pass the error on as the old supertype are refused.", _CHECKED),
    ),
    fact(
        "supertype-widened",
        "A distinct error type lost one of its distinct supertypes.",
        "supertype is widened[ from '$old' to '$new']",
        readers_break(
            _SUBJECT,
            major("Clients that pass the error on as the lost supertype are refused.", _CHECKED),
            _OWN_VALUES,
        ),
    ),
    _one_level(
        "supertype-narrowed",
        "A distinct error type was put below a further distinct type.",
        "supertype is narrowed[ from '$old' to '$new']",
        minor("Nobody breaks: the old supertype still holds."),
    ),
)
