"""Facts about the fields of records (compatibility contract, 2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.compare import Condition
from semverdiff.rules.tables import (
    always,
    fact,
    major,
    minor,
    on,
    otherwise,
    patch,
    readers_break,
    tolerated,
    when,
)

if TYPE_CHECKING:
    from semverdiff.rules.entries import Effect, Fact

__all__ = ["FACTS"]

_SUBJECT = "record-field"

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


def _one_level(name: str, title: str, message: str, effect: Effect) -> Fact:
    return fact(name, title, message, always(_SUBJECT, effect))


FACTS = (
    fact(
        "required-added",
        "A required field without default was added.",
        "required field '$name'[ of type '$type'] is added",
        on(
            _SUBJECT,
            when(
                "out",
                "policy construct-output-records = no",
                then=tolerated(_NOT_CONSTRUCTED, _CONSTRUCT_WITHOUT),
            ),
            otherwise(major("Clients that construct the record miss the field.", _CONSTRUCT_WITHOUT)),
        ),
    ),
    _one_level(
        "defaultable-added",
        "A field with a default was added.",
        "field '$name'[ of type '$type'] with a default is added",
        tolerated("Only own types that repeat the fields and `map` views break.", _OWN_TYPE),
    ),
    _one_level(
        "optional-added",
        "An optional field was added.",
        "optional field '$name'[ of type '$type'] is added",
        tolerated(
            "Only own types that repeat the fields, `map` views and extra keys `$name` break.",
            _OWN_TYPE,
        ),
    ),
    _one_level(
        "against-rest-type-added",
        "A field that is not required was added, and it does not take every value of the typed rest.",
        "field '$name'[ of type '$type'] is added against the rest type",
        major(
            "Clients that used `$name` as a further key are refused: a typed rest is a contract.",
            '$prefix:$declaring r = {"$name": value};',
        ),
    ),
    _one_level(
        "removed",
        "A field was removed.",
        "field '$name' is removed",
        major("Clients that read the field or construct the record with it are refused.", _READ),
    ),
    _one_level(
        "renamed",
        "A field was renamed.",
        "field '$name' is renamed[ to '$new']",
        major("Clients that read the field or construct the record with its old name are refused.", _READ),
    ),
    fact(
        "type-widened",
        "A field gives more.",
        "type of field '$name' is widened[ from '$old' to '$new']",
        readers_break(
            _SUBJECT, major("Readers that expect the old type are refused.", _READ_OLD), _OWN_VALUES
        ),
    ),
    fact(
        "type-widened-ambiguous",
        "An accepted field got an alternative that takes the same constructor.",
        "type of field '$name' is ambiguously widened[ from '$old' to '$new']",
        on(
            _SUBJECT,
            when("out or both", then=major("Readers that expect the old type are refused.", _READ_OLD)),
            when(
                "policy ambiguous-arguments = minor",
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
    ),
    fact(
        "type-narrowed",
        "A field accepts less.",
        "type of field '$name' is narrowed[ from '$old' to '$new']",
        on(
            _SUBJECT,
            when(
                "out",
                Condition.FIELD_READONLY,
                Condition.NARROWED_IMMUTABLE,
                then=tolerated(
                    "Only readers that handle the lost values break: the field is never written.", _COMPARE
                ),
            ),
            otherwise(major("Clients that write a value of the old type are refused.", _WRITE_OLD)),
        ),
    ),
    _one_level(
        "type-changed",
        "A field has an unrelated type.",
        "type of field '$name' is changed[ from '$old' to '$new']",
        major("Clients that read or write the field as the old type are refused.", _READ_OLD),
    ),
    _one_level(
        "type-respelled",
        "The type of a field is written differently.",
        "type of field '$name' is written differently[: '$new' for '$old']",
        patch("Nobody breaks: the types are equal."),
    ),
    fact(
        "declared-field-set-changed",
        "The first field was declared in a map-like field type.",
        "type of field '$name' declares its first field[: '$new' for '$old']",
        on(
            _SUBJECT,
            when("out", then=patch("Nobody breaks: the types are equal, and clients construct no value.")),
            when(
                "in or both",
                then=major(
                    "The types are equal, but clients must quote keys that are not declared.",
                    "$prefix:$declaring r = {$name: {key: value}};",
                ),
            ),
        ),
    ),
    fact(
        "made-optional",
        "A required field became optional.",
        "field '$name' is made optional",
        readers_break(
            _SUBJECT, major("Readers get nil where the field is left out.", _READ_DECLARED), _OWN_VALUES
        ),
    ),
    fact(
        "defaultable-to-optional",
        "A field with a default became optional.",
        "field '$name' with a default is made optional",
        readers_break(
            _SUBJECT, major("Readers get nil where the field is left out.", _READ_DECLARED), _OWN_VALUES
        ),
    ),
    fact(
        "made-required",
        "An optional field became required.",
        "field '$name' is made required",
        on(
            _SUBJECT,
            when(
                "out",
                "the field or the record is readonly",
                "policy construct-output-records = no",
                then=tolerated(_NOT_CONSTRUCTED, _CONSTRUCT_WITHOUT),
            ),
            otherwise(
                major(
                    "Clients that construct the record without the field, or clear it, are refused.", _CLEAR
                )
            ),
        ),
    ),
    _one_level(
        "optional-to-defaultable",
        "An optional field became required with a default.",
        "optional field '$name' gets a default value[ '$new']",
        tolerated(
            "Only clients that clear the field or have an own type that repeats the fields break.", _CLEAR
        ),
    ),
    _one_level(
        "default-added",
        "A required field got a default.",
        "default value[ '$new'] is added to field '$name'",
        minor("Nobody breaks: a default is not part of a record type."),
    ),
    fact(
        "default-removed",
        "A field lost its default.",
        "default value[ '$old'] is removed from field '$name'",
        on(
            _SUBJECT,
            when(
                "out",
                "policy construct-output-records = no",
                then=tolerated(_NOT_CONSTRUCTED, _CONSTRUCT_BY_DEFAULT),
            ),
            otherwise(
                major(
                    "Clients that construct the record and relied on the default miss the field.",
                    _CONSTRUCT_BY_DEFAULT,
                )
            ),
        ),
    ),
    _one_level(
        "default-value-changed",
        "The default value of a field changed.",
        "default value of field '$name' is changed[ from '$old' to '$new']",
        patch("Nobody breaks: a default value is behaviour."),
    ),
    fact(
        "readonly-added",
        "A field became readonly.",
        "'readonly' qualifier is added to field '$name'",
        on(
            _SUBJECT,
            when(
                "in",
                "the field has an immutable type",
                then=tolerated(
                    "Arguments still fit; only clients that change a record they made break.", _WRITE
                ),
            ),
            otherwise(
                major("Clients that write the field are refused; mutable values no longer fit.", _WRITE)
            ),
        ),
    ),
    _one_level(
        "readonly-removed",
        "A field is no longer readonly.",
        "'readonly' qualifier is removed from field '$name'",
        tolerated("Only clients with an own type that has the field readonly break.", _OWN_TYPE),
    ),
)
