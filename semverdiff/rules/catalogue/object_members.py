"""Members of classes and object types: methods and fields (compatibility contract, 2.4)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.conditions import IN
from semverdiff.rules.effects import always, major, minor, on, otherwise, patch, tolerated, when
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import Code, Member
from semverdiff.rules.levels import CLASS_OR_OBJECT, lost_values, type_implementers_break
from semverdiff.rules.remediation import (
    KEEP_ACCEPTING,
    NEW_TYPE_OR_SEAL,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.rules.examples import Example
    from semverdiff.rules.schema import Effect, Levels

__all__ = ["ENTRIES"]


_HIDDEN = "Users no longer see the member, and clients can no longer implement the type."
_USERS = "Code that only uses the type still compiles."
_LACK_IT = "Clients that implement or include the type lack it."


def _lacking(member: str) -> Levels:
    """Return the levels of a new member, which clients that implement the type have not got."""
    return type_implementers_break(
        _USERS, f"Clients that implement or include the type lack the {member}.", Use.IMPLEMENT_FREELY
    )


def _unfound(method: str) -> Effect:
    """Return the effect of a method that is gone, or has another name."""
    return major(
        f"Users of the {method} find none of that name. What clients implement is never called again.",
        Use.CALL,
    )


def _resource_added() -> Levels:
    """Return the levels of a new resource method, which may take calls away from one that was there."""
    levels = type_implementers_break(_USERS, _LACK_IT, Use.IMPLEMENT_FREELY)
    overlap = when(
        Condition.SEALED,
        Condition.PATH_OVERLAPS,
        then=tolerated("Callers of the old path may reach the new method.", Use.CALL),
    )
    return levels | {Subject.CLASS: (overlap, *levels[Subject.CLASS])}


_METHOD = Element(CLASS_OR_OBJECT, "method '$name'", partial(Member, "Cart.clear"))
_REMOTE = Element(
    CLASS_OR_OBJECT, "remote function '$name'", partial(Member, "Cart.clear", qualifier="client ")
)
_RESOURCE = Element(
    CLASS_OR_OBJECT, "resource function '$name'", partial(Member, "Cart[get items]", qualifier="client ")
)
_FIELD = Element(CLASS_OR_OBJECT, "field '$name'", partial(Member, "Cart.total"))
_FIELD_TYPE = _FIELD.of("type")


def _including(before: str, after: str) -> Mapping[Subject, Example]:
    """Return an example of a field with `final`, which object types have from classes that they include.

    SPEC, Object types: an object-field-descriptor has no `final`, a field of a class may have it.
    """
    old, new = (
        f"class Totals {{\n    {one}\n}}\npublic type Cart object {{\n    *Totals;\n}};"
        for one in (before, after)
    )
    return {Subject.CLASS: Member("Cart.total", before, after), Subject.OBJECT: Code("Cart.total", old, new)}


_FINAL_FIELD = _FIELD.shown(_including)
_FINAL_FIELD_TYPE = Element(Subject.CLASS, "type of final field '$name'", _FIELD.example)
_INITIAL_VALUE = Element(Subject.CLASS, "initial value of field '$name'", _FIELD.example)


ENTRIES = (
    _METHOD.added(
        Fact.METHOD_ADDED,
        "A public method was added to $a.",
        _lacking("method"),
        ("", "public function clear()"),
        NEW_TYPE_OR_SEAL,
    ),
    _REMOTE.added(
        Fact.REMOTE_METHOD_ADDED,
        "A remote method was added to $a.",
        _lacking("remote function"),
        ("", "remote function clear()"),
        NEW_TYPE_OR_SEAL,
    ),
    _RESOURCE.added(
        Fact.RESOURCE_ADDED,
        "A resource method was added to $a.",
        _resource_added(),
        ("", "resource function get items() returns int"),
        NEW_TYPE_OR_SEAL,
    ),
    _FIELD.added(
        Fact.FIELD_ADDED,
        "A public field was added to $a.",
        _lacking("field"),
        ("", "public int total;"),
        NEW_TYPE_OR_SEAL,
    ),
    _METHOD.removed(
        Fact.METHOD_REMOVED,
        "A public method of $a was removed.",
        _unfound("method"),
        ("public function clear()", ""),
    ),
    _REMOTE.removed(
        Fact.REMOTE_METHOD_REMOVED,
        "A remote method of $a was removed.",
        _unfound("remote function"),
        ("remote function clear()", ""),
    ),
    _RESOURCE.removed(
        Fact.RESOURCE_REMOVED,
        "A resource method of $a was removed.",
        _unfound("resource function"),
        ("resource function get items() returns int", ""),
    ),
    _FIELD.removed(
        Fact.FIELD_REMOVED,
        "A public field of $a was removed.",
        major("Users of the field find none of that name.", Use.READ),
        ("public int total;", ""),
    ),
    _METHOD.renamed(
        Fact.METHOD_RENAMED,
        "A public method of $a was renamed.",
        _unfound("method"),
        ("public function clear()", "public function empty()"),
    ),
    _REMOTE.renamed(
        Fact.REMOTE_METHOD_RENAMED,
        "A remote method of $a was renamed.",
        _unfound("remote function"),
        ("remote function clear()", "remote function empty()"),
    ),
    _RESOURCE.renamed(
        Fact.RESOURCE_RENAMED,
        "A resource method of $a was renamed.",
        _unfound("resource function"),
        ("resource function get items() returns int", "resource function get lines() returns int"),
    ),
    _FIELD.renamed(
        Fact.FIELD_RENAMED,
        "A public field of $a was renamed.",
        major("Users of the field find none of that name.", Use.READ),
        ("public int total;", "public int sum;"),
    ),
    _METHOD.hidden(
        Fact.METHOD_VISIBILITY_REDUCED,
        "A method of $a is no longer public.",
        major(_HIDDEN, Use.CALL),
        ("public function clear()", "function clear()"),
    ),
    _FIELD.hidden(
        Fact.FIELD_VISIBILITY_REDUCED,
        "A field of $a is no longer public.",
        major(_HIDDEN, Use.READ),
        ("public int total;", "int total;"),
    ),
    _FIELD_TYPE.changed(
        Fact.FIELD_TYPE_CHANGED,
        "A public field of $a has an unrelated type.",
        major("Readers that expect the old type are refused.", Use.READ),
        ("public int total;", "public string total;"),
    ),
    _FIELD_TYPE.respelled(
        Fact.FIELD_TYPE_RESPELLED,
        "The type of a public field of $a is written differently.",
        ("public int|string total;", "public string|int total;"),
    ),
    _FIELD_TYPE.widened(
        Fact.FIELD_TYPE_WIDENED,
        "A public field of $a accepts and gives more.",
        always(Subject.CLASS, major("Readers that expect the old type are refused.", Use.READ))
        | on(
            Subject.OBJECT,
            when(
                IN,
                then=tolerated(
                    "Implementers with the old field still fit; only clients that read it back break.",
                    Use.READ,
                ),
            ),
            otherwise(major("Readers that expect the old type are refused.", Use.READ)),
        ),
        ("public int total;", "public int|string total;"),
    ),
    _FIELD_TYPE.narrowed(
        Fact.FIELD_TYPE_NARROWED,
        "A public field of $a accepts and gives less.",
        always(Subject.CLASS, major("Clients that write a value of the old type are refused.", Use.WRITE))
        | on(
            Subject.OBJECT,
            *lost_values(
                Condition.FIELD_FINAL,
                tolerated(
                    "Only readers that handle the lost values break: the field is never written.",
                    Use.COMPARE_VALUE,
                ),
                major(
                    "Implementers with the old field and clients that write the old type are refused.",
                    Use.WRITE,
                ),
            ),
        ),
        ("public int|string total;", "public int total;"),
    ),
    _FINAL_FIELD_TYPE.widened(
        Fact.FINAL_FIELD_TYPE_WIDENED,
        "A final field gives more.",
        major("Readers that expect the old type are refused.", Use.READ),
        ("public final int total;", "public final int|string total;"),
    ),
    _FINAL_FIELD_TYPE.narrowed(
        Fact.FINAL_FIELD_TYPE_NARROWED,
        "A final field gives less.",
        (
            when(
                Condition.NARROWED_MUTABLE,
                then=major(
                    "Clients that write the lost type into the field's value are refused or panic.",
                    Use.WRITE_INTO,
                ),
            ),
            when(
                Condition.OPEN_CLASS,
                then=tolerated(
                    "Only clients that implement the class with the old field break.",
                    Use.IMPLEMENT_FREELY,
                ),
            ),
            otherwise(
                minor("Code that reads the field compiles: nobody writes it, or implements the class.")
            ),
        ),
        ("public final int|string total;", "public final int total;"),
    ),
    _FINAL_FIELD.entry(
        Fact.FIELD_FINAL_ADDED,
        "A public field of $a became final.",
        "'final' qualifier is added to field '$name'",
        major("Clients that write the field are refused.", Use.WRITE),
        ("public int total = 0;", "public final int total = 0;"),
        KEEP_ACCEPTING,
    ),
    _FINAL_FIELD.entry(
        Fact.FIELD_FINAL_REMOVED,
        "A public field of $a is no longer final.",
        "'final' qualifier is removed from field '$name'",
        minor("Nobody breaks: readers still read, and writers may write."),
        ("public final int total = 0;", "public int total = 0;"),
    ),
    _INITIAL_VALUE.changed(
        Fact.FIELD_INITIAL_VALUE_CHANGED,
        "The initial value of a field changed.",
        patch("Nobody breaks: an initial value is behaviour."),
        ("public int total = 0;", "public int total = 1;"),
    ),
)
