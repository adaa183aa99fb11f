"""Members of classes and object types: methods and fields (compatibility contract, 2.4)."""

from __future__ import annotations

from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.conditions import IN, OUT
from semverdiff.rules.examples import Member, Method
from semverdiff.rules.levels import (
    CLASS_OR_OBJECT,
    always,
    major,
    minor,
    on,
    otherwise,
    patch,
    tolerated,
    type_implementers_break,
    when,
)
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    KEEP_ACCEPTING,
    KEEP_OLD_NAME,
    NEW_NAME,
    NEW_TYPE_OR_SEAL,
    SECOND_FOR_WIDER,
)
from semverdiff.rules.schema import Entry, Levels

__all__ = ["ENTRIES"]


_STRUCTURAL = """\
class Mine {
    // the members of the old version
}

$prefix:$declaring v = new Mine();"""
_COMPARE = "boolean lost = c.$name == $example;"
_WRITE_INTO = """\
// whatever changes it panics
$old_type value = c.$name;"""
_READ = "$old_type x = c.$name;"
_WRITE = """\
function set($prefix:$declaring c, $old_type value) {
    c.$name = value;
}"""
_READ_ANY = "var x = c.$name;"
_WRITE_ANY = "c.$name = value;"
_HIDDEN = "Users no longer see the member, and clients can no longer implement the type."
_CALL = "$call($arguments);"
_CALL_REMOTE = "c->$name();"
_USERS = "Users of the type survive."
_LACK_IT = "Clients that implement or include the type lack it."


def _resource_added() -> Levels:
    """Return the levels of a new resource method, which may take calls away from one that was there."""
    levels = type_implementers_break(_USERS, _LACK_IT, _STRUCTURAL)
    overlap = when(
        Condition.SEALED,
        Condition.PATH_OVERLAPS,
        then=tolerated("Callers of the old path may reach the new method.", _CALL),
    )
    return levels | {Subject.CLASS: (overlap, *levels[Subject.CLASS])}


ENTRIES = (
    Entry(
        fact=Fact.METHOD_ADDED,
        title="A public method was added to $a.",
        message="method '$name' is added",
        levels=type_implementers_break(
            _USERS, "Clients that implement or include the type lack the method.", _STRUCTURAL
        ),
        remediation=NEW_TYPE_OR_SEAL,
        example=Method("Cart.clear", "", "public function clear()"),
    ),
    Entry(
        fact=Fact.REMOTE_METHOD_ADDED,
        title="A remote method was added to $a.",
        message="remote function '$name' is added",
        levels=type_implementers_break(
            _USERS, "Clients that implement or include the type lack the remote function.", _STRUCTURAL
        ),
        remediation=NEW_TYPE_OR_SEAL,
        example=Method("Cart.clear", "", "remote function clear()", "client "),
    ),
    Entry(
        fact=Fact.RESOURCE_ADDED,
        title="A resource method was added to $a.",
        message="resource function '$name' is added",
        levels=_resource_added(),
        remediation=NEW_TYPE_OR_SEAL,
        example=Method("Cart[get items]", "", "resource function get items() returns int", "client "),
    ),
    Entry(
        fact=Fact.FIELD_ADDED,
        title="A public field was added to $a.",
        message="field '$name' is added",
        levels=type_implementers_break(
            _USERS, "Clients that implement or include the type lack the field.", _STRUCTURAL
        ),
        remediation=NEW_TYPE_OR_SEAL,
        example=Member("Cart.total", "", "public int total;"),
    ),
    Entry(
        fact=Fact.METHOD_REMOVED,
        title="A public method of $a was removed.",
        message="method '$name' is removed",
        levels=always(
            CLASS_OR_OBJECT,
            major(
                "Users of the method find none of that name. What clients implement is never called again.",
                _CALL,
            ),
        ),
        remediation=DEPRECATE_FIRST,
        example=Method("Cart.clear", "public function clear()", ""),
    ),
    Entry(
        fact=Fact.REMOTE_METHOD_REMOVED,
        title="A remote method of $a was removed.",
        message="remote function '$name' is removed",
        levels=always(
            CLASS_OR_OBJECT,
            major(
                "Users of the remote function find none of that name. What clients implement is never "
                "called again.",
                _CALL_REMOTE,
            ),
        ),
        remediation=DEPRECATE_FIRST,
        example=Method("Cart.clear", "remote function clear()", "", "client "),
    ),
    Entry(
        fact=Fact.RESOURCE_REMOVED,
        title="A resource method of $a was removed.",
        message="resource function '$name' is removed",
        levels=always(
            CLASS_OR_OBJECT,
            major(
                "Users of the resource function find none of that name. What clients implement is "
                "never called again.",
                _CALL,
            ),
        ),
        remediation=DEPRECATE_FIRST,
        example=Method("Cart[get items]", "resource function get items() returns int", "", "client "),
    ),
    Entry(
        fact=Fact.FIELD_REMOVED,
        title="A public field of $a was removed.",
        message="field '$name' is removed",
        levels=always(CLASS_OR_OBJECT, major("Users of the field find none of that name.", _READ_ANY)),
        remediation=DEPRECATE_FIRST,
        example=Member("Cart.total", "public int total;", ""),
    ),
    Entry(
        fact=Fact.METHOD_RENAMED,
        title="A public method of $a was renamed.",
        message="method '$name' is renamed[ to '$new']",
        levels=always(
            CLASS_OR_OBJECT,
            major(
                "Users of the method find none of that name. What clients implement is never called again.",
                _CALL,
            ),
        ),
        remediation=KEEP_OLD_NAME,
        example=Method("Cart.clear", "public function clear()", "public function empty()"),
    ),
    Entry(
        fact=Fact.REMOTE_METHOD_RENAMED,
        title="A remote method of $a was renamed.",
        message="remote function '$name' is renamed[ to '$new']",
        levels=always(
            CLASS_OR_OBJECT,
            major(
                "Users of the remote function find none of that name. What clients implement is never "
                "called again.",
                _CALL_REMOTE,
            ),
        ),
        remediation=KEEP_OLD_NAME,
        example=Method("Cart.clear", "remote function clear()", "remote function empty()", "client "),
    ),
    Entry(
        fact=Fact.RESOURCE_RENAMED,
        title="A resource method of $a was renamed.",
        message="resource function '$name' is renamed[ to '$new']",
        levels=always(
            CLASS_OR_OBJECT,
            major(
                "Users of the resource function find none of that name. What clients implement is "
                "never called again.",
                _CALL,
            ),
        ),
        remediation=KEEP_OLD_NAME,
        example=Method(
            "Cart[get items]",
            "resource function get items() returns int",
            "resource function get lines() returns int",
            "client ",
        ),
    ),
    Entry(
        fact=Fact.FIELD_RENAMED,
        title="A public field of $a was renamed.",
        message="field '$name' is renamed[ to '$new']",
        levels=always(CLASS_OR_OBJECT, major("Users of the field find none of that name.", _READ_ANY)),
        remediation=KEEP_OLD_NAME,
        example=Member("Cart.total", "public int total;", "public int sum;"),
    ),
    Entry(
        fact=Fact.METHOD_VISIBILITY_REDUCED,
        title="A method of $a is no longer public.",
        message="'public' qualifier is removed from method '$name'",
        levels=always(CLASS_OR_OBJECT, major(_HIDDEN, "$call($arguments);")),
        remediation=DEPRECATE_FIRST,
        example=Method("Cart.clear", "public function clear()", "function clear()"),
    ),
    Entry(
        fact=Fact.FIELD_VISIBILITY_REDUCED,
        title="A field of $a is no longer public.",
        message="'public' qualifier is removed from field '$name'",
        levels=always(CLASS_OR_OBJECT, major(_HIDDEN, _READ_ANY)),
        remediation=DEPRECATE_FIRST,
        example=Member("Cart.total", "public int total;", "int total;"),
    ),
    Entry(
        fact=Fact.FIELD_TYPE_CHANGED,
        title="A public field of $a has an unrelated type.",
        message="type of field '$name' is changed[ from '$old' to '$new']",
        levels=always(CLASS_OR_OBJECT, major("Readers that expect the old type are refused.", _READ)),
        remediation=NEW_NAME,
        example=Member("Cart.total", "public int total;", "public string total;"),
    ),
    Entry(
        fact=Fact.FIELD_TYPE_RESPELLED,
        title="The type of a public field of $a is written differently.",
        message="type of field '$name' is written differently[: '$new' for '$old']",
        levels=always(CLASS_OR_OBJECT, patch("Nobody breaks: the types are equal.")),
        example=Member("Cart.total", "public int|string total;", "public string|int total;"),
    ),
    Entry(
        fact=Fact.FIELD_TYPE_WIDENED,
        title="A public field of $a accepts and gives more.",
        message="type of field '$name' is widened[ from '$old' to '$new']",
        levels=always(Subject.CLASS, major("Readers that expect the old type are refused.", _READ))
        | on(
            Subject.OBJECT,
            when(
                IN,
                then=tolerated(
                    "Implementers with the old field still fit; only clients that read it back break.", _READ
                ),
            ),
            otherwise(major("Readers that expect the old type are refused.", _READ)),
        ),
        remediation=SECOND_FOR_WIDER,
        example=Member("Cart.total", "public int total;", "public int|string total;"),
    ),
    Entry(
        fact=Fact.FIELD_TYPE_NARROWED,
        title="A public field of $a accepts and gives less.",
        message="type of field '$name' is narrowed[ from '$old' to '$new']",
        levels=always(Subject.CLASS, major("Clients that write a value of the old type are refused.", _WRITE))
        | on(
            Subject.OBJECT,
            when(
                OUT,
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
        remediation=KEEP_ACCEPTING,
        example=Member("Cart.total", "public int|string total;", "public int total;"),
    ),
    Entry(
        fact=Fact.FINAL_FIELD_TYPE_WIDENED,
        title="A final field gives more.",
        message="type of final field '$name' is widened[ from '$old' to '$new']",
        levels=always(Subject.CLASS, major("Readers that expect the old type are refused.", _READ)),
        remediation=SECOND_FOR_WIDER,
        example=Member("Cart.total", "public final int total;", "public final int|string total;"),
    ),
    Entry(
        fact=Fact.FINAL_FIELD_TYPE_NARROWED,
        title="A final field gives less.",
        message="type of final field '$name' is narrowed[ from '$old' to '$new']",
        levels=on(
            Subject.CLASS,
            when(
                Condition.NARROWED_MUTABLE,
                then=major(
                    "Clients that write the lost type into the field's value are refused or panic.",
                    _WRITE_INTO,
                ),
            ),
            when(
                Condition.OPEN_CLASS,
                then=tolerated(
                    "Readers survive; only clients that implement the class with the old field break.",
                    _STRUCTURAL,
                ),
            ),
            otherwise(
                minor("Readers survive: the field is never written, and nobody else implements the class.")
            ),
        ),
        remediation=KEEP_ACCEPTING,
        example=Member("Cart.total", "public final int|string total;", "public final int total;"),
    ),
    Entry(
        fact=Fact.FIELD_FINAL_ADDED,
        title="A public field of $a became final.",
        message="'final' qualifier is added to field '$name'",
        levels=always(CLASS_OR_OBJECT, major("Clients that write the field are refused.", _WRITE_ANY)),
        remediation=KEEP_ACCEPTING,
        example=Member("Cart.total", "public int total;", "public final int total;"),
    ),
    Entry(
        fact=Fact.FIELD_FINAL_REMOVED,
        title="A public field of $a is no longer final.",
        message="'final' qualifier is removed from field '$name'",
        levels=always(CLASS_OR_OBJECT, minor("Nobody breaks: readers still read, and writers may write.")),
        example=Member("Cart.total", "public final int total;", "public int total;"),
    ),
    Entry(
        fact=Fact.FIELD_INITIAL_VALUE_CHANGED,
        title="The initial value of a field changed.",
        message="initial value of field '$name' is changed[ from '$old' to '$new']",
        levels=always(Subject.CLASS, patch("Nobody breaks: an initial value is behaviour.")),
        example=Member("Cart.total", "public int total = 0;", "public int total = 1;"),
    ),
)
