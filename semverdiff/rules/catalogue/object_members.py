"""Facts about what classes and object types contain: methods and fields (compatibility contract, 2.4)."""

from __future__ import annotations

from semverdiff.compare import Condition
from semverdiff.rules.entries import Fact, Table
from semverdiff.rules.tables import (
    always,
    fact,
    implementers_break,
    major,
    minor,
    on,
    otherwise,
    patch,
    tolerated,
    when,
)

__all__ = ["FACTS"]

_BOTH = ("class", "object")

_STRUCTURAL = """\
class Mine {
    // the members of the old version
}

$prefix:$declaring v = new Mine();"""
_COMPARE = "boolean lost = c.$member == $example;"
_WRITE_INTO = """\
// whatever changes it panics
$old_type value = c.$member;"""
_READ = "$old_type x = c.$member;"
_WRITE = """\
function set($prefix:$declaring c, $old_type value) {
    c.$member = value;
}"""
_READ_ANY = "var x = c.$member;"
_WRITE_ANY = "c.$member = value;"

_HIDDEN = "Users no longer see the member, and clients can no longer implement the type."


def _added(name: str, thing: str, kind: str) -> Fact:
    """Return the fact of a new member: users survive, implementers lack it."""
    tables = implementers_break(
        "Users of the type survive.",
        f"Clients that implement or include the type lack the {kind}.",
        _STRUCTURAL,
    )
    return fact(f"{name}-added", f"A {thing} was added to $a.", f"{kind} '$name' is added", *tables)


def _gone(name: str, verb: str, thing: str, kind: str, client: str) -> Fact:
    """Return the fact of a member that users no longer find under its name."""
    idle = "" if name == "field" else " What clients implement is never called again."
    broken = major(f"Users of the {kind} find none of that name.{idle}", client)
    to = "[ to '$new']" if verb == "renamed" else ""
    return fact(
        f"{name}-{verb}",
        f"A {thing} of $a was {verb}.",
        f"{kind} '$name' is {verb}{to}",
        always(_BOTH, broken),
    )


def _resource_added() -> Fact:
    """Return the fact of a new resource method, which may take calls away from one that was there."""
    users, implementers = "Users of the type survive.", "Clients that implement or include the type lack it."
    of_class, of_object = implementers_break(users, implementers, _STRUCTURAL)
    overlap = when(
        "sealed",
        "the new path overlaps an old one: a call may reach the new method",
        then=tolerated("Callers of the old path may reach the new method.", "$call($arguments);"),
    )
    return fact(
        "resource-added",
        "A resource method was added to $a.",
        "resource function '$name' is added",
        Table(of_class.subjects, (overlap, *of_class.cases)),
        of_object,
    )


FACTS = (
    _added("method", "public method", "method"),
    _added("remote-method", "remote method", "remote function"),
    _resource_added(),
    _added("field", "public field", "field"),
    *(
        _gone(name, verb, thing, kind, client)
        for verb in ("removed", "renamed")
        for name, thing, kind, client in (
            ("method", "public method", "method", "$call($arguments);"),
            ("remote-method", "remote method", "remote function", "c->$member();"),
            ("resource", "resource method", "resource function", "$call($arguments);"),
            ("field", "public field", "field", _READ_ANY),
        )
    ),
    fact(
        "method-visibility-reduced",
        "A method of $a is no longer public.",
        "'public' qualifier is removed from method '$name'",
        always(_BOTH, major(_HIDDEN, "$call($arguments);")),
    ),
    fact(
        "field-visibility-reduced",
        "A field of $a is no longer public.",
        "'public' qualifier is removed from field '$name'",
        always(_BOTH, major(_HIDDEN, _READ_ANY)),
    ),
    fact(
        "field-type-changed",
        "A public field of $a has an unrelated type.",
        "type of field '$name' is changed[ from '$old' to '$new']",
        always(_BOTH, major("Readers that expect the old type are refused.", _READ)),
    ),
    fact(
        "field-type-respelled",
        "The type of a public field of $a is written differently.",
        "type of field '$name' is written differently[: '$new' for '$old']",
        always(_BOTH, patch("Nobody breaks: the types are equal.")),
    ),
    fact(
        "field-type-widened",
        "A public field of $a accepts and gives more.",
        "type of field '$name' is widened[ from '$old' to '$new']",
        always("class", major("Readers that expect the old type are refused.", _READ)),
        on(
            "object",
            when(
                "in",
                then=tolerated(
                    "Implementers with the old field still fit; only clients that read it back break.", _READ
                ),
            ),
            otherwise(major("Readers that expect the old type are refused.", _READ)),
        ),
    ),
    fact(
        "field-type-narrowed",
        "A public field of $a accepts and gives less.",
        "type of field '$name' is narrowed[ from '$old' to '$new']",
        always("class", major("Clients that write a value of the old type are refused.", _WRITE)),
        on(
            "object",
            when(
                "out",
                Condition.FIELD_FINAL,
                Condition.NARROWED_IMMUTABLE,
                then=tolerated(
                    "Only readers that handle the lost values break: the field is never written.", _COMPARE
                ),
            ),
            otherwise(
                major(
                    "Implementers with the old field and clients that write the old type are refused.", _WRITE
                )
            ),
        ),
    ),
    fact(
        "final-field-type-widened",
        "A final field gives more.",
        "type of final field '$name' is widened[ from '$old' to '$new']",
        always("class", major("Readers that expect the old type are refused.", _READ)),
    ),
    fact(
        "final-field-type-narrowed",
        "A final field gives less.",
        "type of final field '$name' is narrowed[ from '$old' to '$new']",
        on(
            "class",
            when(
                "the narrowed part is inside a mutable structure",
                then=major(
                    "Clients that write the lost type into the field's value are refused or panic.",
                    _WRITE_INTO,
                ),
            ),
            when(
                "open class",
                then=tolerated(
                    "Readers survive; only clients that implement the class with the old field break.",
                    _STRUCTURAL,
                ),
            ),
            otherwise(
                minor("Readers survive: the field is never written, and nobody else implements the class.")
            ),
        ),
    ),
    fact(
        "field-final-added",
        "A public field of $a became final.",
        "'final' qualifier is added to field '$name'",
        always(_BOTH, major("Clients that write the field are refused.", _WRITE_ANY)),
    ),
    fact(
        "field-final-removed",
        "A public field of $a is no longer final.",
        "'final' qualifier is removed from field '$name'",
        always(_BOTH, minor("Nobody breaks: readers still read, and writers may write.")),
    ),
    fact(
        "field-initial-value-changed",
        "The initial value of a field changed.",
        "initial value of field '$name' is changed[ from '$old' to '$new']",
        always("class", patch("Nobody breaks: an initial value is behaviour.")),
    ),
)
