"""Results of functions and methods (compatibility contract, 2.1)."""

from __future__ import annotations

from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.catalogue.surroundings import LOGIN_ERROR, TIMEOUT_ERROR
from semverdiff.rules.examples import Signature
from semverdiff.rules.levels import (
    IMPLEMENTER,
    always,
    by_owner,
    callers_break,
    everybody_breaks,
    major,
    patch,
    tolerated,
)
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    KEEP_DECLARING,
    KEEP_PROMISE,
    NEW_NAME,
    SECOND_FOR_WIDER,
)
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]

_FUNCTION = (Subject.FUNCTION,)
_CALL = "$use$call($arguments);"
_RESULT = "$old_type result = $call($arguments);"
_CREATED = """\
function create() returns $old_type {
    var c = check $call($arguments);
}"""
_WRITTEN = """\
// whatever changes it panics
$old_type result = $call($arguments);"""
_COMPARE = "boolean lost = $call($arguments) == $example;"
_OLD_RESULT = "Implementers that return the old type no longer fit."
_RETURN_LESS = "Implementers that return less still fit."


ENTRIES = (
    Entry(
        fact=Fact.RETURN_DEPENDENT_ADDED,
        title="The return type of $a depends on a typedesc argument.",
        message="return type depends on a typedesc argument[: '$new' for '$old']",
        levels=everybody_breaks(
            "Callers that leave the type to inference are refused.",
            "var result = $call($arguments);",
            _OLD_RESULT,
            called_only=_FUNCTION,
        ),
        remediation=NEW_NAME,
        example=Signature("() returns anydata", "(typedesc<anydata> t = <>) returns t"),
    ),
    Entry(
        fact=Fact.RETURN_DEPENDENT_REMOVED,
        title="The return type of $a no longer depends on a typedesc argument.",
        message="return type no longer depends on a typedesc argument[: '$new' for '$old']",
        levels=everybody_breaks(
            "Callers that chose the type of the result get the general one.",
            "int result = $call($arguments);",
            _OLD_RESULT,
            called_only=_FUNCTION,
        ),
        remediation=KEEP_PROMISE,
        example=Signature(
            "(typedesc<anydata> t = int) returns t", "(typedesc<anydata> t = int) returns anydata"
        ),
    ),
    Entry(
        fact=Fact.RETURN_NEVER,
        title="$a returns never.",
        message="return type is changed[ from '$old'] to 'never'",
        levels=everybody_breaks(
            "Callers that use the value are refused, and no code after a call runs.",
            _RESULT,
            "Implementers that return no longer fit.",
            called_only=_FUNCTION,
        ),
        remediation=NEW_NAME,
        example=Signature("() returns int", "() returns never"),
    ),
    Entry(
        fact=Fact.RETURN_TYPE_ADDED,
        title="$a returns a value where it returned nothing.",
        message="return type[ '$new'] is added",
        levels=everybody_breaks(
            "Callers must use the value: a call statement is refused.",
            _CALL,
            "Implementers that return nothing no longer fit.",
            called_only=_FUNCTION,
        ),
        remediation=NEW_NAME,
        example=Signature("()", "() returns int"),
    ),
    Entry(
        fact=Fact.RETURN_TYPE_REMOVED,
        title="$a returns nothing where it returned a value.",
        message="return type[ '$old'] is removed",
        levels=everybody_breaks(
            "Callers that use the value get nil.", _RESULT, _OLD_RESULT, called_only=_FUNCTION
        ),
        remediation=DEPRECATE_FIRST,
        example=Signature("() returns int", "()"),
    ),
    Entry(
        fact=Fact.RETURN_ERROR_ADDED,
        title="$a may return an error where it could not.",
        message="return type may be an error[: changed from '$old' to '$new']",
        levels=callers_break(
            "Callers that do not handle the error are refused, and call statements must use the value.",
            _RESULT,
            "Implementers that do not fail still fit.",
            called_only=_FUNCTION,
        ),
        remediation=SECOND_FOR_WIDER,
        example=Signature("() returns int", "() returns int|error"),
    ),
    Entry(
        fact=Fact.RETURN_ERROR_REMOVED,
        title="$a no longer returns an error.",
        message="return type is no longer an error[: changed from '$old' to '$new']",
        levels=by_owner(
            tolerated(
                "Only callers that handle the error break: the code is unreachable.",
                """\
$old_type result = $call($arguments);
if result is error {
    return;
}""",
            ),
            major("Implementers that may fail no longer fit.", IMPLEMENTER),
            called_only=_FUNCTION,
        ),
        remediation=KEEP_DECLARING,
        example=Signature("() returns int|error", "() returns int"),
    ),
    Entry(
        fact=Fact.RETURN_READONLY_ADDED,
        title="What $a returns became readonly.",
        message="return type becomes readonly[: changed from '$old' to '$new']",
        levels=everybody_breaks(
            "Callers that change the result are refused or panic.",
            _WRITTEN,
            "Implementers that return mutable values no longer fit.",
            called_only=_FUNCTION,
        ),
        remediation=KEEP_DECLARING,
        example=Signature("() returns int[]", "() returns readonly & int[]"),
    ),
    Entry(
        fact=Fact.RETURN_READONLY_REMOVED,
        title="What $a returns is no longer readonly.",
        message="return type is no longer readonly[: changed from '$old' to '$new']",
        levels=callers_break(
            "Callers that rely on an immutable result are refused.",
            "readonly result = $call($arguments);",
            "Implementers that return immutable values still fit.",
            called_only=_FUNCTION,
        ),
        remediation=KEEP_PROMISE,
        example=Signature("() returns readonly & int[]", "() returns int[]"),
    ),
    Entry(
        fact=Fact.RETURN_MUTABLE_MEMBER_NARROWED,
        title="A mutable member of what $a returns was narrowed.",
        message="mutable member of the return type is narrowed[: changed from '$old' to '$new']",
        levels=everybody_breaks(
            "Callers that write the lost type into the result compile and panic.",
            _WRITTEN,
            _OLD_RESULT,
            called_only=_FUNCTION,
        ),
        remediation=KEEP_DECLARING,
        example=Signature("() returns (int|string)[]", "() returns int[]"),
    ),
    Entry(
        fact=Fact.RETURN_TYPE_NARROWED,
        title="$a returns less, and what was narrowed is immutable.",
        message="return type is narrowed[ from '$old' to '$new']",
        levels=by_owner(
            tolerated("Only callers that handle the lost values break: the code is unreachable.", _COMPARE),
            major("Implementers that return the wider type no longer fit.", IMPLEMENTER),
            called_only=_FUNCTION,
        )
        | always(
            Subject.INIT, tolerated("Only clients that handle the lost error break: the code is unreachable.")
        ),
        remediation=KEEP_DECLARING,
        example={
            **dict.fromkeys(
                (Subject.FUNCTION, Subject.METHOD, Subject.REMOTE_METHOD, Subject.RESOURCE),
                Signature("() returns int|string", "() returns int"),
            ),
            Subject.INIT: Signature("() returns error?", "() returns TimeoutError?", around=(TIMEOUT_ERROR,)),
        },
    ),
    Entry(
        fact=Fact.RETURN_TYPE_WIDENED,
        title="$a may return more.",
        message="return type is widened[ from '$old' to '$new']",
        levels=callers_break(
            "Callers that expect the old type are refused.", _RESULT, _RETURN_LESS, called_only=_FUNCTION
        )
        | always(
            Subject.INIT, major("Clients that handle or pass on the old error only are refused.", _CREATED)
        ),
        remediation=SECOND_FOR_WIDER,
        example={
            **dict.fromkeys(
                (Subject.FUNCTION, Subject.METHOD, Subject.REMOTE_METHOD, Subject.RESOURCE),
                Signature("() returns int", "() returns int|string"),
            ),
            Subject.INIT: Signature("() returns TimeoutError?", "() returns error?", around=(TIMEOUT_ERROR,)),
        },
    ),
    Entry(
        fact=Fact.RETURN_TYPE_CHANGED,
        title="$a returns an unrelated type.",
        message="return type is changed[ from '$old' to '$new']",
        levels=everybody_breaks(
            "Callers that expect the old type are refused.", _RESULT, _OLD_RESULT, called_only=_FUNCTION
        )
        | always(Subject.INIT, major("Clients that handle or pass on the old error are refused.", _CREATED)),
        remediation=NEW_NAME,
        example={
            **dict.fromkeys(
                (Subject.FUNCTION, Subject.METHOD, Subject.REMOTE_METHOD, Subject.RESOURCE),
                Signature("() returns int", "() returns string"),
            ),
            Subject.INIT: Signature(
                "() returns TimeoutError?",
                "() returns LoginError?",
                around=(
                    TIMEOUT_ERROR,
                    LOGIN_ERROR,
                ),
            ),
        },
    ),
    Entry(
        fact=Fact.RETURN_TYPE_RESPELLED,
        title="The return type of $a is written differently.",
        message="return type is written differently[: '$new' for '$old']",
        levels=by_owner(patch("Nobody breaks: the types are equal.")),
        example={
            **dict.fromkeys(
                (Subject.FUNCTION, Subject.METHOD, Subject.REMOTE_METHOD, Subject.RESOURCE),
                Signature("() returns int|string", "() returns string|int"),
            ),
            Subject.INIT: Signature(
                "() returns TimeoutError|LoginError?",
                "() returns LoginError|TimeoutError?",
                around=(
                    TIMEOUT_ERROR,
                    LOGIN_ERROR,
                ),
            ),
        },
    ),
)
