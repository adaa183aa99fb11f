"""Functions and methods beside parameters and results: existence, qualifiers, bodies (contract, 2.1)."""

from __future__ import annotations

from semverdiff.compare.facts import Fact, Subject
from semverdiff.rules.examples import Code, Qualifier, Signature
from semverdiff.rules.levels import IMPLEMENTER, always, by_owner, callers_break, major, minor, patch
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    KEEP_OLD_NAME,
    KEEP_PROMISE,
    SECOND_DECLARATION,
    SECOND_FOR_WIDER,
)
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]

_FUNCTION = (Subject.FUNCTION,)
_CALL = "$use$call($arguments);"
_CALL_ISOLATED = """\
isolated function use($taking) {
    $use$call($arguments);
}"""


ENTRIES = (
    Entry(
        fact=Fact.ADDED,
        title="A function was added.",
        message="function '$name' is added",
        levels=always(
            Subject.FUNCTION, minor("Nobody breaks: names of other modules are always written with a prefix.")
        ),
        example=Code("createOrder", "", "public function createOrder() = external;"),
    ),
    Entry(
        fact=Fact.REMOVED,
        title="A function was removed.",
        message="function '$name' is removed",
        levels=always(Subject.FUNCTION, major("Callers that use the function find it unknown.", _CALL)),
        remediation=DEPRECATE_FIRST,
        example=Code("createOrder", "public function createOrder() = external;", ""),
    ),
    Entry(
        fact=Fact.RENAMED,
        title="A function was renamed.",
        message="function '$name' is renamed[ to '$new']",
        levels=always(Subject.FUNCTION, major("Callers that use the old name find it unknown.", _CALL)),
        remediation=KEEP_OLD_NAME,
        example=Code(
            "createOrder",
            "public function createOrder(int id) returns string = external;",
            "public function placeOrder(int id) returns string = external;",
        ),
    ),
    Entry(
        fact=Fact.VISIBILITY_REDUCED,
        title="$a is no longer public.",
        message="'public' qualifier is removed from $thing '$symbol'",
        levels=always(Subject.FUNCTION, major("Callers of other modules no longer see the function.", _CALL))
        | always(Subject.INIT, major("Clients that create the object no longer see `init`.", _CALL)),
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
    Entry(
        fact=Fact.KIND_CHANGED,
        title="A method changed between normal, remote and resource.",
        message="kind of method '$name' is changed[ from '$old' to '$new']",
        levels=always(
            Subject.METHOD,
            major(
                "Callers write `c.f()` for a normal, `c->f()` for a remote, `c->/f` for a resource "
                "method; implementers declare the other kind.",
                _CALL,
            ),
        ),
        remediation=DEPRECATE_FIRST,
        example=Code(
            "Cart.add",
            before="""\
public client class Cart {
    public function add() = external;
}""",
            after="""\
public client class Cart {
    remote function add() = external;
}""",
        ),
    ),
    Entry(
        fact=Fact.ERROR_ADDED,
        title="$a may fail where it could not.",
        message="'init' may return an error[: '$new']",
        levels=always(
            Subject.INIT,
            major(
                "Clients that create the object without `check` get an error, too.",
                "$prefix:$declaring c = new ($arguments);",
            ),
        ),
        remediation=SECOND_FOR_WIDER,
        example=Signature("()", "() returns error?"),
    ),
    Entry(
        fact=Fact.ERROR_REMOVED,
        title="$a no longer fails.",
        message="'init' no longer returns an error[: '$old']",
        levels=always(
            Subject.INIT, minor("Clients that wrote `check new` still compile; only their handling is idle.")
        ),
        example=Signature("() returns error?", "()"),
    ),
    Entry(
        fact=Fact.ISOLATED_ADDED,
        title="$a became isolated.",
        message="'isolated' qualifier is added",
        levels=by_owner(
            minor("Callers may use it in more places."),
            major("Implementers that are not isolated no longer fit.", IMPLEMENTER),
        ),
        remediation=SECOND_DECLARATION,
        example=Qualifier("", "isolated "),
    ),
    Entry(
        fact=Fact.ISOLATED_REMOVED,
        title="$a is no longer isolated.",
        message="'isolated' qualifier is removed",
        levels=by_owner(
            major("Isolated functions may no longer call it.", _CALL_ISOLATED),
            minor("Isolated implementers still fit."),
        ),
        remediation=KEEP_PROMISE,
        example=Qualifier("isolated ", ""),
    ),
    Entry(
        fact=Fact.TRANSACTIONAL_ADDED,
        title="$a became transactional.",
        message="'transactional' qualifier is added",
        levels=callers_break(
            "Calls outside of a transaction are refused.",
            _CALL,
            "Implementers that are not transactional still fit.",
            called_only=_FUNCTION,
        ),
        remediation=SECOND_DECLARATION,
        example=Qualifier("", "transactional "),
    ),
    Entry(
        fact=Fact.TRANSACTIONAL_REMOVED,
        title="$a is no longer transactional.",
        message="'transactional' qualifier is removed",
        levels=by_owner(
            minor("Callers may use it in more places."),
            major("Transactional implementers no longer fit.", IMPLEMENTER),
            called_only=_FUNCTION,
        ),
        remediation=KEEP_PROMISE,
        example=Qualifier("transactional ", ""),
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
