"""Facts about classes and object types as a whole: qualifiers, identity, existence (2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from semverdiff.rules.entries import Effect, Fact

__all__ = ["FACTS"]

_BOTH = ("class", "object")

_NEW = "$prefix:$declaring c = new ();"
_STRUCTURAL = """\
class Mine {
    // the members of the old version
}

$prefix:$declaring v = new Mine();"""
_INCLUDING = """\
class Mine {
    *$prefix:$declaring;
}"""
_DISCRIMINATE = """\
if v is $prefix:$declaring {
    return;
}"""
_ISOLATED = """\
final $prefix:$declaring shared = create();

isolated function use() {
    $prefix:$declaring c = shared;
}"""
_REMOTE_CALL = "c->call();"
_AS_SERVICE = "service object {} s = v;"


def _qualifier(name: str, verb: str) -> tuple[str, str]:
    """Return title and message of a qualifier that comes or goes."""
    said = "became" if verb == "added" else "is no longer"
    return f"$a {said} {name}.", f"'{name}' qualifier is {verb}"


def _implementers(name: str, title: str, message: str, implementers: str, client: str) -> Fact:
    """Return a fact that users survive and implementers do not."""
    return fact(name, title, message, *implementers_break("Users of the type survive.", implementers, client))


def _everybody(name: str, title: str, message: str, effect: Effect) -> Fact:
    """Return a fact that has one level for classes and object types alike."""
    return fact(name, title, message, always(_BOTH, effect))


def _of_class(name: str, title: str, message: str, effect: Effect) -> Fact:
    """Return a fact of classes that has one level."""
    return fact(name, title, message, always("class", effect))


FACTS = (
    _implementers(
        "distinct-added",
        *_qualifier("distinct", "added"),
        "Structural implementers no longer fit: they lack the type id.",
        _STRUCTURAL,
    ),
    _everybody(
        "distinct-removed",
        *_qualifier("distinct", "removed"),
        major("Clients that test for the type no longer tell it from others of its shape.", _DISCRIMINATE),
    ),
    _implementers(
        "type-id-added",
        "$a includes a distinct type.",
        "distinct type[ '$new'] is included",
        "Structural implementers no longer fit: they lack the type id.",
        _STRUCTURAL,
    ),
    _everybody(
        "type-id-removed",
        "$a no longer includes a distinct type.",
        "distinct type[ '$old'] is no longer included",
        major(
            "Clients that use a value as the included type are refused: the type id is lost.",
            "$old_type x = v;",
        ),
    ),
    _implementers(
        "isolated-added",
        *_qualifier("isolated", "added"),
        "Clients that include the type must be isolated.",
        _INCLUDING,
    ),
    _everybody(
        "isolated-removed",
        *_qualifier("isolated", "removed"),
        major("Isolated functions may no longer read a final variable of the type.", _ISOLATED),
    ),
    _implementers(
        "client-qualifier-added",
        *_qualifier("client", "added"),
        "Clients that implement or include the type must be client classes.",
        _INCLUDING,
    ),
    _everybody(
        "client-qualifier-removed",
        *_qualifier("client", "removed"),
        major("Clients that call remote or resource methods with `->` are refused.", _REMOTE_CALL),
    ),
    _implementers(
        "service-qualifier-added",
        *_qualifier("service", "added"),
        "Clients that implement or include the type must be service classes.",
        _INCLUDING,
    ),
    _everybody(
        "service-qualifier-removed",
        *_qualifier("service", "removed"),
        major("Clients that pass a value where a service object is expected are refused.", _AS_SERVICE),
    ),
    _everybody(
        "client-to-service",
        "`client` was replaced by `service`.",
        "'client' qualifier is replaced by 'service'",
        major(
            "Clients that call with `->` are refused: client and service types are disjoint.", _REMOTE_CALL
        ),
    ),
    _everybody(
        "service-to-client",
        "`service` was replaced by `client`.",
        "'service' qualifier is replaced by 'client'",
        major(
            "Clients that attach a value to a listener are refused: client and service types are disjoint.",
            _AS_SERVICE,
        ),
    ),
    fact(
        "readonly-added",
        "A class became readonly.",
        "'readonly' qualifier is added",
        on(
            "class",
            when(
                "sealed",
                "no public field was writable",
                then=minor("Nobody breaks: no client could write a field or implement the class."),
            ),
            otherwise(
                major(
                    "Clients that write a field are refused; implementers with mutable fields no longer fit.",
                    _STRUCTURAL,
                )
            ),
        ),
    ),
    _of_class(
        "readonly-removed",
        "A class is no longer readonly.",
        "'readonly' qualifier is removed",
        major("Clients that use an object as a readonly value are refused.", "readonly x = c;"),
    ),
    fact(
        "sealed",
        "$a got its first member that is not public, so that clients can no longer implement it.",
        "first member that is not public is added to $thing '$owner'",
        on(
            "class",
            when(
                "policy open-classes = implement",
                then=major("Clients that implement or include the class break.", _STRUCTURAL),
            ),
            otherwise(
                tolerated(
                    "Users survive; only clients that implement or include the class break.", _STRUCTURAL
                )
            ),
        ),
        on(
            "object",
            when(
                "out",
                then=tolerated("Users survive; only implementers break, such as test doubles.", _STRUCTURAL),
            ),
            otherwise(major("Clients that implement the type no longer can.", _STRUCTURAL)),
        ),
    ),
    _everybody(
        "opened",
        "$a lost its last member that is not public, so that clients can implement it.",
        "last member that is not public is removed from $thing '$owner'",
        minor("Nobody breaks: users notice nothing, and clients may implement it."),
    ),
    _everybody(
        "inclusion-respelled",
        "An inclusion of $a was expanded or introduced without changing the members.",
        "inclusion is written differently",
        patch("Nobody breaks: the members are the same."),
    ),
    _of_class(
        "init-added",
        "A class got an isolated init that can be called without arguments.",
        "'init' is added to class '$owner'",
        minor("Nobody breaks: `new` stays legal; parameters and errors are findings of their own."),
    ),
    _of_class(
        "init-not-isolated-added",
        "A class without init got one that is not isolated.",
        "'init' that is not isolated is added to class '$owner'",
        major(
            "Isolated functions may no longer create the object: a missing init is isolated.",
            "isolated function use() {\n    $prefix:$declaring c = new ();\n}",
        ),
    ),
    _of_class(
        "init-removed",
        "An init without parameters and without error was removed.",
        "'init' is removed from class '$owner'",
        patch("Nobody breaks: `new` without arguments stays legal."),
    ),
    _of_class(
        "added",
        "A class was added.",
        "class '$name' is added",
        minor("Nobody breaks: names of other modules are always written with a prefix."),
    ),
    _of_class(
        "removed",
        "A class was removed.",
        "class '$name' is removed",
        major("Clients that use the class find it unknown.", _NEW),
    ),
    _of_class(
        "renamed",
        "A class was renamed.",
        "class '$name' is renamed[ to '$new']",
        major("Clients that use the old name find it unknown.", _NEW),
    ),
    _of_class(
        "visibility-reduced",
        "A class is no longer public.",
        "'public' qualifier is removed from class '$name'",
        major("Clients of other modules no longer see the class.", _NEW),
    ),
    _of_class(
        "to-object-type",
        "A class became an object type.",
        "class '$name' becomes an object type",
        major("Clients that create objects with `new` are refused.", _NEW),
    ),
    _of_class(
        "to-alias-of-class",
        "A class became an alias of a renamed class.",
        "class '$name' becomes an alias of another class",
        patch("Nobody breaks: `new` works through the alias."),
    ),
    fact(
        "type-to-class",
        "An object type became a class.",
        "object type '$name' becomes a class",
        always("object", minor("Nobody breaks: a class is an object type, too.")),
    ),
)
