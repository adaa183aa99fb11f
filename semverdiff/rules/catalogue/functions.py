"""Functions and methods beside parameters and results: existence, qualifiers, bodies (contract, 2.1)."""

from __future__ import annotations

from functools import partial

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.effects import NEW_DECLARATION, always, major, minor, patch
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import Code, Qualifier, Signature
from semverdiff.rules.levels import CALLED, IMPLEMENTER, by_owner, callers_break
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    SECOND_FOR_WIDER,
)
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]

_CALLED_ONLY = (Subject.FUNCTION,)

_FUNCTION = Element(Subject.FUNCTION, "function '$name'", partial(Code, "createOrder"))
_KIND = Element(Subject.METHOD, "kind of method '$name'", partial(Code, "Cart.add"))
_INIT = Element(Subject.INIT, "'init'", Signature)
_CALLABLE = Element(CALLED, "function", Qualifier)


ENTRIES = (
    _FUNCTION.added(
        Fact.ADDED,
        "A function was added.",
        NEW_DECLARATION,
        ("", "public function createOrder() = external;"),
    ),
    _FUNCTION.removed(
        Fact.REMOVED,
        "A function was removed.",
        major("Callers that use the function find it unknown.", Use.CALL),
        ("public function createOrder() = external;", ""),
    ),
    _FUNCTION.renamed(
        Fact.RENAMED,
        "A function was renamed.",
        major("Callers that use the old name find it unknown.", Use.CALL),
        (
            "public function createOrder(int id) returns string = external;",
            "public function placeOrder(int id) returns string = external;",
        ),
    ),
    Entry(
        fact=Fact.VISIBILITY_REDUCED,
        title="$a is no longer public.",
        message="'public' qualifier is removed from $thing '$symbol'",
        levels=always(
            Subject.FUNCTION, major("Callers of other modules no longer see the function.", Use.CALL)
        )
        | always(Subject.INIT, major("Clients that create the object no longer see `init`.", Use.CALL)),
        remediation=DEPRECATE_FIRST,
        example={
            Subject.FUNCTION: Code(
                "createOrder",
                "public function createOrder() = external;",
                "function createOrder() = external;",
            ),
            Subject.INIT: Code(
                "Client.init",
                before="""\
public class Client {
    public function init() = external;
}""",
                after="""\
public class Client {
    function init() = external;
}""",
            ),
        },
    ),
    _KIND.changed(
        Fact.KIND_CHANGED,
        "A method changed between normal, remote and resource.",
        major(
            "Callers write `c.f()` for a normal, `c->f()` for a remote, `c->/f` for a resource "
            "method; implementers declare the other kind.",
            Use.CALL,
        ),
        (
            """\
public client class Cart {
    public function add() = external;
}""",
            """\
public client class Cart {
    remote function add() = external;
}""",
        ),
        DEPRECATE_FIRST,
    ),
    _INIT.entry(
        Fact.ERROR_ADDED,
        "$a may fail where it could not.",
        "'init' may return an error[: '$new']",
        major(
            "Clients that create the object without `check` get an error, too.",
            Use.CALL,
        ),
        ("()", "() returns error?"),
        SECOND_FOR_WIDER,
    ),
    _INIT.entry(
        Fact.ERROR_REMOVED,
        "$a no longer fails.",
        "'init' no longer returns an error[: '$old']",
        minor("Clients that wrote `check new` still compile; only their handling is idle."),
        ("() returns error?", "()"),
    ),
    *_CALLABLE.qualifier(
        "isolated",
        (
            Fact.ISOLATED_ADDED,
            by_owner(
                minor("Callers may use it in more places."),
                major("Implementers that are not isolated no longer fit.", IMPLEMENTER),
            ),
        ),
        (
            Fact.ISOLATED_REMOVED,
            by_owner(
                major("Isolated functions may no longer call it.", Use.CALL_ISOLATED),
                minor("Isolated implementers still fit."),
            ),
        ),
    ),
    *_CALLABLE.qualifier(
        "transactional",
        (
            Fact.TRANSACTIONAL_ADDED,
            callers_break(
                "Calls outside of a transaction are refused.",
                Use.CALL,
                "Implementers that are not transactional still fit.",
                called_only=_CALLED_ONLY,
            ),
        ),
        (
            Fact.TRANSACTIONAL_REMOVED,
            by_owner(
                minor("Callers may use it in more places."),
                major("Transactional implementers no longer fit.", IMPLEMENTER),
                called_only=_CALLED_ONLY,
            ),
        ),
    ),
    Entry(
        fact=Fact.BODY_CHANGED,
        title="The body of $a changed.",
        message="$thing body is modified",
        levels=by_owner(patch("Nobody breaks: a body is behaviour.")),
        example={
            Subject.FUNCTION: Code(
                "createOrder",
                before="""\
public function createOrder() returns int {
    return 1;
}""",
                after="""\
public function createOrder() returns int {
    return 2;
}""",
            ),
            **dict.fromkeys(
                (Subject.INIT, Subject.METHOD, Subject.REMOTE_METHOD, Subject.RESOURCE),
                Signature("() returns int", "() returns int", bodies=("{ return 1; }", "{ return 2; }")),
            ),
        },
    ),
)
