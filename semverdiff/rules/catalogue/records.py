"""Facts about records as a whole (compatibility contract, 2.5), and between records and map aliases (2.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.rules.tables import (
    always,
    fact,
    major,
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


def _one_level(name: str, title: str, message: str, effect: Effect) -> Fact:
    return fact(name, title, message, always("record", effect))


FACTS = (
    fact(
        "readonly-added",
        "A record type became readonly.",
        "record '$owner' becomes readonly",
        on(
            "record",
            when(
                "in",
                "every field has an immutable type",
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
    ),
    fact(
        "readonly-removed",
        "A record type is no longer readonly.",
        "record '$owner' is no longer readonly",
        readers_break(
            "record",
            major(
                "Clients that rely on an immutable record are refused, isolated functions too.", _AS_READONLY
            ),
            _OWN_VALUES,
        ),
    ),
    fact(
        "opened",
        "A closed record became open.",
        "record '$owner' is opened",
        readers_break(
            "record",
            major("Clients that use a record as json are refused: the rest is anydata.", "$data j = r;"),
            _OWN_VALUES,
        ),
    ),
    _one_level(
        "closed",
        "An open record became closed.",
        "record '$owner' is closed",
        major("Clients that use undeclared keys are refused: being open is a promise.", _EXTRA_KEY),
    ),
    _one_level(
        "rest-type-added",
        "A closed record got a typed rest.",
        "rest type[ '$new'] is added",
        tolerated("Only own types that repeat the fields and `map` views break.", _OWN_TYPE),
    ),
    _one_level(
        "rest-type-removed",
        "A record lost its typed rest.",
        "rest type[ '$old'] is removed",
        major("Clients that use further keys are refused.", _EXTRA_KEY),
    ),
    _one_level(
        "rest-type-changed",
        "The rest type is unrelated to the old one.",
        "rest type is changed[ from '$old' to '$new']",
        major("Clients that read or write further keys of the old type are refused.", _READ_EXTRA),
    ),
    fact(
        "rest-type-widened",
        "The rest type gives more.",
        "rest type is widened[ from '$old' to '$new']",
        readers_break(
            "record",
            major("Clients that read further keys as the old type are refused.", _READ_EXTRA),
            _OWN_VALUES,
        ),
    ),
    fact(
        "rest-type-narrowed",
        "The rest type accepts less.",
        "rest type is narrowed[ from '$old' to '$new']",
        on(
            "record",
            when(
                "out",
                "the record is readonly",
                then=tolerated(
                    "Only readers that handle the lost values break: the record is never written.",
                    'boolean lost = r["key"] == $example;',
                ),
            ),
            otherwise(major("Clients that write further keys of the old type are refused.", _WRITE_EXTRA)),
        ),
    ),
    _one_level(
        "rest-type-respelled",
        "The rest type is written differently.",
        "rest type is written differently[: '$new' for '$old']",
        patch("Nobody breaks: the types are equal."),
    ),
    _one_level(
        "inclusion-respelled",
        "An inclusion was expanded or introduced without changing the fields.",
        "inclusion is written differently",
        patch("Nobody breaks: the fields are the same."),
    ),
    _one_level(
        "to-map-alias",
        "A record type became a map type.",
        "record '$name' becomes a map type",
        major("Clients that read a field with `.` are refused: a map declares none.", "var x = v.name;"),
    ),
    fact(
        "alias-to-record",
        "A map type became a record type with declared fields.",
        "map type '$name' becomes a record",
        always(
            "map",
            major(
                "Clients with undeclared keys must quote them, or are refused.",
                "$prefix:$name v = {key: value};",
            ),
        ),
    ),
)
