"""Classes and object types as a whole: qualifiers, identity, existence (compatibility contract, 2.4)."""

from __future__ import annotations

from functools import partial

from semverdiff.clients.uses import Use
from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.conditions import OUT
from semverdiff.rules.effects import major, minor, on, otherwise, patch, tolerated, when
from semverdiff.rules.elements import Element
from semverdiff.rules.examples import Code, Member, Qualifier
from semverdiff.rules.levels import CLASS_OR_OBJECT, CLASSES_IMPLEMENTED, type_implementers_break
from semverdiff.rules.remediation import (
    DEPRECATE_FIRST,
    KEEP_ACCEPTING,
    KEEP_PROMISE,
    NEW_NAME,
    SECOND_DECLARATION,
)

__all__ = ["ENTRIES"]

_PRICED = "public type Priced object { public int price; };"
_TAGGED = "public type Tagged distinct object { };"
_EMPTY = """\
public class Cart {
}"""
_CART = """\
public class Cart {
    public int total = 0;
}"""
_CART_TYPE = """\
public type Cart object {
    public int total;
};"""

_TYPE = Element(CLASS_OR_OBJECT, "type", partial(Member, "Cart"))
_INCLUDING_TAGGED = _TYPE.shown(partial(Member, "Cart", around=(_TAGGED,)))
_QUALIFIED = _TYPE.shown(Qualifier)
_CLASS = Element(Subject.CLASS, "class '$name'", partial(Code, "Cart"))
_READONLY_CLASS = _CLASS.shown(Qualifier).named("'readonly' qualifier")
_INIT = _CLASS.shown(partial(Member, "Cart.init"))
_OBJECT = Element(Subject.OBJECT, "object type '$name'", partial(Code, "Cart"))


ENTRIES = (
    *_TYPE.qualifier(
        "distinct",
        (
            Fact.DISTINCT_ADDED,
            type_implementers_break(
                "Code that only uses the type still compiles.",
                "Structural implementers no longer fit: they lack the type id.",
                Use.IMPLEMENT_FREELY,
            ),
        ),
        (
            Fact.DISTINCT_REMOVED,
            major(
                "Clients that test for the type no longer tell it from others of its shape.", Use.TEST_TYPE
            ),
        ),
    ),
    _INCLUDING_TAGGED.entry(
        Fact.TYPE_ID_ADDED,
        "$a includes a distinct type.",
        "distinct type[ '$new'] is included",
        type_implementers_break(
            "Code that only uses the type still compiles.",
            "Structural implementers no longer fit: they lack the type id.",
            Use.IMPLEMENT_FREELY,
        ),
        ("", "*Tagged;"),
        SECOND_DECLARATION,
    ),
    _INCLUDING_TAGGED.entry(
        Fact.TYPE_ID_REMOVED,
        "$a no longer includes a distinct type.",
        "distinct type[ '$old'] is no longer included",
        major(
            "Clients that use a value as the included type are refused: the type id is lost.",
            Use.ASSIGN_TO_INCLUDED,
        ),
        ("*Tagged;", ""),
        KEEP_PROMISE,
    ),
    *_TYPE.qualifier(
        "isolated",
        (
            Fact.ISOLATED_ADDED,
            type_implementers_break(
                "Code that only uses the type still compiles.",
                "Clients that include the type must be isolated.",
                Use.IMPLEMENT,
            ),
        ),
        (
            Fact.ISOLATED_REMOVED,
            major("Isolated functions may no longer read a final variable of the type.", Use.SHARE),
        ),
    ),
    *_TYPE.qualifier(
        "client",
        (
            Fact.CLIENT_QUALIFIER_ADDED,
            type_implementers_break(
                "Code that only uses the type still compiles.",
                "Clients that implement or include the type must be client classes.",
                Use.IMPLEMENT_FREELY,
            ),
        ),
        (
            Fact.CLIENT_QUALIFIER_REMOVED,
            major(
                "Clients that call remote or resource methods with `->` are refused.", Use.ASSIGN_TO_CLIENT
            ),
        ),
    ),
    *_TYPE.qualifier(
        "service",
        (
            Fact.SERVICE_QUALIFIER_ADDED,
            type_implementers_break(
                "Code that only uses the type still compiles.",
                "Clients that implement or include the type must be service classes.",
                Use.IMPLEMENT_FREELY,
            ),
        ),
        (
            Fact.SERVICE_QUALIFIER_REMOVED,
            major(
                "Clients that pass a value where a service object is expected are refused.",
                Use.ASSIGN_TO_SERVICE,
            ),
        ),
    ),
    _QUALIFIED.entry(
        Fact.CLIENT_TO_SERVICE,
        "`client` was replaced by `service`.",
        "'client' qualifier is replaced by 'service'",
        major(
            "Clients that call with `->` are refused: client and service types are disjoint.",
            Use.ASSIGN_TO_CLIENT,
        ),
        ("client ", "service "),
        NEW_NAME,
    ),
    _QUALIFIED.entry(
        Fact.SERVICE_TO_CLIENT,
        "`service` was replaced by `client`.",
        "'service' qualifier is replaced by 'client'",
        major(
            "Clients that attach a value to a listener are refused: client and service types are disjoint.",
            Use.ASSIGN_TO_SERVICE,
        ),
        ("service ", "client "),
        NEW_NAME,
    ),
    _READONLY_CLASS.added(
        Fact.READONLY_ADDED,
        "A class became readonly.",
        (
            when(
                Condition.SEALED,
                Condition.NO_WRITABLE_PUBLIC_FIELD,
                then=minor("Nobody breaks: no client could write a field or implement the class."),
            ),
            otherwise(
                major(
                    "Clients that write a field are refused; implementers with mutable fields no longer fit.",
                    Use.IMPLEMENT_FREELY,
                )
            ),
        ),
        ("", "readonly "),
        KEEP_ACCEPTING,
    ),
    _READONLY_CLASS.removed(
        Fact.READONLY_REMOVED,
        "A class is no longer readonly.",
        major("Clients that use an object as a readonly value are refused.", Use.ASSIGN_TO_READONLY),
        ("readonly ", ""),
        KEEP_PROMISE,
    ),
    _TYPE.entry(
        Fact.SEALED,
        "$a got its first member that is not public, so that clients can no longer implement it.",
        "first member that is not public is added to $thing '$declaring'",
        on(
            Subject.CLASS,
            when(
                CLASSES_IMPLEMENTED,
                then=major("Clients that implement or include the class break.", Use.IMPLEMENT_FREELY),
            ),
            otherwise(
                tolerated(
                    "Only clients that implement or include the class break.",
                    Use.IMPLEMENT_FREELY,
                )
            ),
        )
        | on(
            Subject.OBJECT,
            when(
                OUT,
                then=tolerated(
                    "Only clients that implement the type break, such as test doubles.",
                    Use.IMPLEMENT_FREELY,
                ),
            ),
            otherwise(major("Clients that implement the type no longer can.", Use.IMPLEMENT_FREELY)),
        ),
        ("", "int secret;"),
        SECOND_DECLARATION,
    ),
    _TYPE.entry(
        Fact.OPENED,
        "$a lost its last member that is not public, so that clients can implement it.",
        "last member that is not public is removed from $thing '$declaring'",
        minor("Nobody breaks: users notice nothing, and clients may implement it."),
        ("int secret;", ""),
    ),
    _TYPE.shown(partial(Member, "Cart", around=(_PRICED,))).entry(
        Fact.INCLUSION_RESPELLED,
        "An inclusion of $a was expanded or introduced without changing the members.",
        "inclusion is written differently",
        patch("Nobody breaks: the members are the same."),
        ("*Priced;\n    public int price;", "public int price;"),
    ),
    _INIT.entry(
        Fact.INIT_ADDED,
        "A class got an isolated init that can be called without arguments.",
        "'init' is added to class '$declaring'",
        minor("Nobody breaks: `new` stays legal; parameters and errors are findings of their own."),
        ("", "public isolated function init() { }"),
    ),
    _INIT.entry(
        Fact.INIT_NOT_ISOLATED_ADDED,
        "A class without init got one that is not isolated.",
        "'init' that is not isolated is added to class '$declaring'",
        major(
            "Isolated functions may no longer create the object: a missing init is isolated.",
            Use.CONSTRUCT_ISOLATED,
        ),
        ("", "public function init() { }"),
        SECOND_DECLARATION,
    ),
    _INIT.entry(
        Fact.INIT_REMOVED,
        "An init without parameters and without error was removed.",
        "'init' is removed from class '$declaring'",
        patch("Nobody breaks: `new` without arguments stays legal."),
        ("public isolated function init() { }", ""),
    ),
    # class-added, class-removed, class-renamed, class-visibility-reduced
    *_CLASS.existence(
        "a class", Use.CONSTRUCT_CHECKED, _EMPTY, _CART.replace("Cart", "Basket"), recognised=_CART
    ),
    _CLASS.entry(
        Fact.TO_OBJECT_TYPE,
        "A class became an object type.",
        "class '$name' becomes an object type",
        major("Clients that create objects with `new` are refused.", Use.CONSTRUCT_CHECKED),
        (_CART, _CART_TYPE),
        DEPRECATE_FIRST,
    ),
    _CLASS.entry(
        Fact.TO_ALIAS_OF_CLASS,
        "A class became an alias of another class.",
        "class '$name' becomes an alias of another class",
        patch("Nobody breaks: `new` works through the alias, and lost members are stated beside this."),
        (
            _CART,
            """\
public class Basket {
    public int total = 0;
}

public type Cart Basket;""",
        ),
    ),
    _OBJECT.entry(
        Fact.TYPE_TO_CLASS,
        "An object type became a class.",
        "object type '$name' becomes a class",
        minor("Nobody breaks: a class is an object type, too; what else changed is stated beside this."),
        (_CART_TYPE, _CART),
    ),
)
