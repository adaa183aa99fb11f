"""Results of functions and methods (compatibility contract, 2.1)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.effects import always, major, tolerated
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import LOGIN_ERROR, TIMEOUT_ERROR, Signature
from semverdiff.rules.levels import CALLED, IMPLEMENTER, MEMBERS, by_owner, callers_break, everybody_breaks
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    KEEP_DECLARING,
    KEEP_PROMISE,
    NEW_NAME,
    SECOND_FOR_WIDER,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["ENTRIES"]

# Entries about results say of `init`, which returns nil or an error, what they have to say apart.
_everybody_breaks = partial(everybody_breaks, called_only=(Subject.FUNCTION,))
_callers_break = partial(callers_break, called_only=(Subject.FUNCTION,))
_by_owner = partial(by_owner, called_only=(Subject.FUNCTION,))
_init = partial(always, Subject.INIT)
_NOT_INIT = (Subject.FUNCTION, *MEMBERS)
_OLD_RESULT = "Implementers that return the old type no longer fit."
_RETURN_LESS = "Implementers that return less still fit."


def _beside(before: str, after: str, *around: str) -> Callable[[str, str], Mapping[Subject, Signature]]:
    """Return a form of examples in which init, which returns nothing but errors, has results of its own."""
    init = Signature(f"() returns {before}", f"() returns {after}", around=around)
    others = tuple(subject for subject in CALLED if subject is not Subject.INIT)
    return lambda old, new: {**dict.fromkeys(others, Signature(old, new)), Subject.INIT: init}


_RESULT = Element(CALLED, "return type", Signature)
# What clients change has to be there.
_NUMBERS = _RESULT.shown(partial(Signature, bodies=("{ return [1, 2]; }", "{ return [1, 2]; }")))
# What `init` returns is nil or an error, always.
_VALUE = Element(_NOT_INIT, "return type", Signature)


ENTRIES = (
    _RESULT.entry(
        Fact.RETURN_DEPENDENT_ADDED,
        "The return type of $a depends on a typedesc argument.",
        "return type depends on a typedesc argument[: '$new' for '$old']",
        _everybody_breaks("Callers that leave the type to inference are refused.", Use.RESULT, _OLD_RESULT),
        ("() returns anydata", "(typedesc<anydata> t = <>) returns t"),
        NEW_NAME,
    ),
    _RESULT.entry(
        Fact.RETURN_DEPENDENT_REMOVED,
        "The return type of $a no longer depends on a typedesc argument.",
        "return type no longer depends on a typedesc argument[: '$new' for '$old']",
        _everybody_breaks(
            "Callers that chose the type of the result get the general one.", Use.RESULT, _OLD_RESULT
        ),
        ("(typedesc<anydata> t = int) returns t", "(typedesc<anydata> t = int) returns anydata"),
        KEEP_PROMISE,
    ),
    _RESULT.entry(
        Fact.RETURN_NEVER,
        "$a returns never.",
        "return type is changed[ from '$old'] to 'never'",
        _everybody_breaks(
            "Callers that use the value are refused, and no code after a call runs.",
            Use.RESULT,
            "Implementers that return no longer fit.",
        ),
        ("() returns int", "() returns never"),
        NEW_NAME,
    ),
    _VALUE.entry(
        Fact.RETURN_ONLY_ERRORS,
        "Nothing but errors are left of what $a returns.",
        "return type has only errors left[: changed from '$old' to '$new']",
        _everybody_breaks(
            "Callers that use the value are refused: `check` has nothing to give, and no code after it runs.",
            Use.CALL_WITH_CHECK,
            "Implementers that return a value no longer fit.",
        ),
        ("() returns int|error", "() returns error"),
        NEW_NAME,
    ),
    _RESULT.entry(
        Fact.RETURN_TYPE_ADDED,
        "$a returns a value where it returned nothing.",
        "return type[ '$new'] is added",
        _everybody_breaks(
            "Callers must use the value: a call statement is refused.",
            Use.CALL,
            "Implementers that return nothing no longer fit.",
        ),
        ("()", "() returns int"),
        NEW_NAME,
    ),
    _RESULT.entry(
        Fact.RETURN_TYPE_REMOVED,
        "$a returns nothing where it returned a value.",
        "return type[ '$old'] is removed",
        _everybody_breaks("Callers that use the value get nil.", Use.RESULT, _OLD_RESULT),
        ("() returns int", "()"),
        DEPRECATE_FIRST,
    ),
    _RESULT.entry(
        Fact.RETURN_ERROR_ADDED,
        "$a may return an error where it could not.",
        "return type may be an error[: changed from '$old' to '$new']",
        _callers_break(
            "Callers that do not handle the error are refused, and call statements must use the value.",
            Use.RESULT,
            "Implementers that do not fail still fit.",
        ),
        ("() returns int", "() returns int|error"),
        SECOND_FOR_WIDER,
    ),
    _RESULT.entry(
        Fact.RETURN_ERROR_REMOVED,
        "$a no longer returns an error.",
        "return type is no longer an error[: changed from '$old' to '$new']",
        _by_owner(
            tolerated(
                "Only callers that handle the error break: the code is unreachable.",
                Use.CALL_IN_TYPE_TEST,
            ),
            major("Implementers that may fail no longer fit.", IMPLEMENTER),
        ),
        ("() returns int|error", "() returns int"),
        KEEP_DECLARING,
    ),
    _NUMBERS.entry(
        Fact.RETURN_READONLY_ADDED,
        "What $a returns became readonly.",
        "return type becomes readonly[: changed from '$old' to '$new']",
        _everybody_breaks(
            "Callers that change the result are refused or panic.",
            Use.WRITE_RESULT,
            "Implementers that return mutable values no longer fit.",
        ),
        ("() returns int[]", "() returns readonly & int[]"),
        KEEP_DECLARING,
    ),
    _RESULT.entry(
        Fact.RETURN_READONLY_REMOVED,
        "What $a returns is no longer readonly.",
        "return type is no longer readonly[: changed from '$old' to '$new']",
        _callers_break(
            "Callers that rely on an immutable result are refused.",
            Use.RESULT,
            "Implementers that return immutable values still fit.",
        ),
        ("() returns readonly & int[]", "() returns int[]"),
        KEEP_PROMISE,
    ),
    _NUMBERS.entry(
        Fact.RETURN_MUTABLE_MEMBER_NARROWED,
        "A mutable member of what $a returns was narrowed.",
        "mutable member of the return type is narrowed[: changed from '$old' to '$new']",
        _everybody_breaks(
            "Callers that write the lost type into the result compile and panic.",
            Use.WRITE_RESULT,
            _OLD_RESULT,
        ),
        ("() returns (int|string)[]", "() returns int[]"),
        KEEP_DECLARING,
    ),
    _RESULT.shown(_beside("error?", "TimeoutError?", TIMEOUT_ERROR)).narrowed(
        Fact.RETURN_TYPE_NARROWED,
        "$a returns less, and what was narrowed is immutable.",
        _by_owner(
            tolerated(
                "Only callers that handle the lost values break: the code is unreachable.", Use.COMPARE_RESULT
            ),
            major("Implementers that return the wider type no longer fit.", IMPLEMENTER),
        )
        | _init(tolerated("Only clients that handle the lost error break: the code is unreachable.")),
        ("() returns int|string", "() returns int"),
        KEEP_DECLARING,
    ),
    _RESULT.shown(_beside("TimeoutError?", "error?", TIMEOUT_ERROR)).widened(
        Fact.RETURN_TYPE_WIDENED,
        "$a may return more.",
        _callers_break("Callers that expect the old type are refused.", Use.RESULT, _RETURN_LESS)
        | _init(major("Clients that handle or pass on the old error only are refused.", Use.RESULT)),
        ("() returns int", "() returns int|string"),
    ),
    _RESULT.shown(_beside("TimeoutError?", "LoginError?", TIMEOUT_ERROR, LOGIN_ERROR)).changed(
        Fact.RETURN_TYPE_CHANGED,
        "$a returns an unrelated type.",
        _everybody_breaks("Callers that expect the old type are refused.", Use.RESULT, _OLD_RESULT)
        | _init(major("Clients that handle or pass on the old error are refused.", Use.RESULT)),
        ("() returns int", "() returns string"),
    ),
    _RESULT.shown(
        _beside("TimeoutError|LoginError?", "LoginError|TimeoutError?", TIMEOUT_ERROR, LOGIN_ERROR)
    ).respelled(
        Fact.RETURN_TYPE_RESPELLED,
        "The return type of $a is written differently.",
        ("() returns int|string", "() returns string|int"),
    ),
)
