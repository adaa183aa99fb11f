"""Facts about functions and methods beside their parameters: results, qualifiers, existence (2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.rules.catalogue.parameters import IMPLEMENTER
from semverdiff.rules.tables import always, by_owner, fact, major, minor, patch, tolerated

if TYPE_CHECKING:
    from semverdiff.rules.entries import Table

__all__ = ["FACTS"]

_CALL = "$use$call($arguments);"
_RESULT = "$old_type result = $call($arguments);"
_CALL_ISOLATED = """\
isolated function use($taking) {
    $use$call($arguments);
}"""
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

_FUNCTION = ("function",)


def _everybody(callers: str, client: str, implementers: str = _OLD_RESULT) -> tuple[Table, ...]:
    """Return the tables of a result that neither callers nor implementers are prepared for."""
    return by_owner(major(callers, client), major(implementers, IMPLEMENTER), alone=_FUNCTION)


def _callers(callers: str, client: str, implementers: str) -> tuple[Table, ...]:
    """Return the tables of a result that callers are not prepared for, while implementers still fit."""
    return by_owner(major(callers, client), minor(implementers), alone=_FUNCTION)


def _handling(callers: str, client: str, implementers: str) -> tuple[Table, ...]:
    """Return the tables of a lost result: callers handle what never comes, implementers may still give it."""
    return by_owner(tolerated(callers, client), major(implementers, IMPLEMENTER), alone=_FUNCTION)


FACTS = (
    fact(
        "added",
        "A function was added.",
        "function '$name' is added",
        always("function", minor("Nobody breaks: names of other modules are always written with a prefix.")),
    ),
    fact(
        "removed",
        "A function was removed.",
        "function '$name' is removed",
        always("function", major("Callers that use the function find it unknown.", _CALL)),
    ),
    fact(
        "renamed",
        "A function was renamed.",
        "function '$name' is renamed[ to '$new']",
        always("function", major("Callers that use the old name find it unknown.", _CALL)),
    ),
    fact(
        "visibility-reduced",
        "$a is no longer public.",
        "'public' qualifier is removed from $thing '$symbol'",
        always("function", major("Callers of other modules no longer see the function.", _CALL)),
        always("init", major("Clients that create the object no longer see `init`.", _CALL)),
    ),
    fact(
        "kind-changed",
        "A method changed between normal, remote and resource.",
        "kind of method '$name' is changed[ from '$old' to '$new']",
        always(
            "method",
            major(
                "Callers write `c.f()` for a normal, `c->f()` for a remote, `c->/f` for a resource method; "
                "implementers declare the other kind.",
                _CALL,
            ),
        ),
    ),
    fact(
        "return-dependent-added",
        "The return type of $a depends on a typedesc argument.",
        "return type depends on a typedesc argument[: '$new' for '$old']",
        *_everybody(
            "Callers that leave the type to inference are refused.", "var result = $call($arguments);"
        ),
    ),
    fact(
        "return-dependent-removed",
        "The return type of $a no longer depends on a typedesc argument.",
        "return type no longer depends on a typedesc argument[: '$new' for '$old']",
        *_everybody(
            "Callers that chose the type of the result get the general one.",
            "int result = $call($arguments);",
        ),
    ),
    fact(
        "return-never",
        "$a returns never.",
        "return type is changed[ from '$old'] to 'never'",
        *_everybody(
            "Callers that use the value are refused, and no code after a call runs.",
            _RESULT,
            "Implementers that return no longer fit.",
        ),
    ),
    fact(
        "return-type-added",
        "$a returns a value where it returned nothing.",
        "return type[ '$new'] is added",
        *_everybody(
            "Callers must use the value: a call statement is refused.",
            _CALL,
            "Implementers that return nothing no longer fit.",
        ),
    ),
    fact(
        "return-type-removed",
        "$a returns nothing where it returned a value.",
        "return type[ '$old'] is removed",
        *_everybody("Callers that use the value get nil.", _RESULT),
    ),
    fact(
        "return-error-added",
        "$a may return an error where it could not.",
        "return type may be an error[: changed from '$old' to '$new']",
        *_callers(
            "Callers that do not handle the error are refused, and call statements must use the value.",
            _RESULT,
            "Implementers that do not fail still fit.",
        ),
    ),
    fact(
        "return-error-removed",
        "$a no longer returns an error.",
        "return type is no longer an error[: changed from '$old' to '$new']",
        *_handling(
            "Only callers that handle the error break: the code is unreachable.",
            "$old_type result = $call($arguments);\nif result is error {\n    return;\n}",
            "Implementers that may fail no longer fit.",
        ),
    ),
    fact(
        "return-readonly-added",
        "What $a returns became readonly.",
        "return type becomes readonly[: changed from '$old' to '$new']",
        *_everybody(
            "Callers that change the result are refused or panic.",
            _WRITTEN,
            "Implementers that return mutable values no longer fit.",
        ),
    ),
    fact(
        "return-readonly-removed",
        "What $a returns is no longer readonly.",
        "return type is no longer readonly[: changed from '$old' to '$new']",
        *_callers(
            "Callers that rely on an immutable result are refused.",
            "readonly result = $call($arguments);",
            "Implementers that return immutable values still fit.",
        ),
    ),
    fact(
        "return-mutable-member-narrowed",
        "A mutable member of what $a returns was narrowed.",
        "mutable member of the return type is narrowed[: changed from '$old' to '$new']",
        *_everybody("Callers that write the lost type into the result compile and panic.", _WRITTEN),
    ),
    fact(
        "return-type-narrowed",
        "$a returns less, and what was narrowed is immutable.",
        "return type is narrowed[ from '$old' to '$new']",
        *_handling(
            "Only callers that handle the lost values break: the code is unreachable.",
            _COMPARE,
            "Implementers that return the wider type no longer fit.",
        ),
        always(
            "init",
            tolerated("Only clients that handle the lost error break: the code is unreachable."),
        ),
    ),
    fact(
        "return-type-widened",
        "$a may return more.",
        "return type is widened[ from '$old' to '$new']",
        *_callers("Callers that expect the old type are refused.", _RESULT, _RETURN_LESS),
        always(
            "init",
            major(
                "Clients that handle or pass on the old error only are refused.",
                _CREATED,
            ),
        ),
    ),
    fact(
        "return-type-changed",
        "$a returns an unrelated type.",
        "return type is changed[ from '$old' to '$new']",
        *_everybody("Callers that expect the old type are refused.", _RESULT),
        always(
            "init",
            major(
                "Clients that handle or pass on the old error are refused.",
                _CREATED,
            ),
        ),
    ),
    fact(
        "return-type-respelled",
        "The return type of $a is written differently.",
        "return type is written differently[: '$new' for '$old']",
        *by_owner(patch("Nobody breaks: the types are equal.")),
    ),
    fact(
        "error-added",
        "$a may fail where it could not.",
        "'init' may return an error[: '$new']",
        always(
            "init",
            major(
                "Clients that create the object without `check` get an error, too.",
                "$prefix:$declaring c = new ($arguments);",
            ),
        ),
    ),
    fact(
        "error-removed",
        "$a no longer fails.",
        "'init' no longer returns an error[: '$old']",
        always("init", minor("Clients that wrote `check new` still compile; only their handling is idle.")),
    ),
    fact(
        "isolated-added",
        "$a became isolated.",
        "'isolated' qualifier is added",
        *by_owner(
            minor("Callers may use it in more places."),
            major("Implementers that are not isolated no longer fit.", IMPLEMENTER),
        ),
    ),
    fact(
        "isolated-removed",
        "$a is no longer isolated.",
        "'isolated' qualifier is removed",
        *by_owner(
            major("Isolated functions may no longer call it.", _CALL_ISOLATED),
            minor("Isolated implementers still fit."),
        ),
    ),
    fact(
        "transactional-added",
        "$a became transactional.",
        "'transactional' qualifier is added",
        *_callers(
            "Calls outside of a transaction are refused.",
            _CALL,
            "Implementers that are not transactional still fit.",
        ),
    ),
    fact(
        "transactional-removed",
        "$a is no longer transactional.",
        "'transactional' qualifier is removed",
        *by_owner(
            minor("Callers may use it in more places."),
            major("Transactional implementers no longer fit.", IMPLEMENTER),
            alone=_FUNCTION,
        ),
    ),
    fact(
        "body-changed",
        "The body of $a changed.",
        "$thing body is modified",
        *by_owner(patch("Nobody breaks: a body is behaviour.")),
    ),
)
