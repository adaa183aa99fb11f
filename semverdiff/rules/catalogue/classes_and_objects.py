"""Classes and object types as a whole: qualifiers, identity, existence (compatibility contract, 2.4)."""

from __future__ import annotations

from semverdiff.compare.facts import Condition, Fact, Subject
from semverdiff.rules.catalogue.surroundings import PRICED, TAGGED
from semverdiff.rules.conditions import OUT
from semverdiff.rules.examples import Code, Member, Method, Qualifier
from semverdiff.rules.levels import (
    CLASS_OR_OBJECT,
    CLASSES_IMPLEMENTED,
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
    KEEP_PROMISE,
    NEW_NAME,
    SECOND_DECLARATION,
)
from semverdiff.rules.schema import Entry

__all__ = ["ENTRIES"]


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


ENTRIES = (
    Entry(
        fact=Fact.DISTINCT_ADDED,
        title="$a became distinct.",
        message="'distinct' qualifier is added",
        levels=type_implementers_break(
            "Users of the type survive.",
            "Structural implementers no longer fit: they lack the type id.",
            _STRUCTURAL,
        ),
        remediation=SECOND_DECLARATION,
        example=Qualifier("", "distinct "),
    ),
    Entry(
        fact=Fact.DISTINCT_REMOVED,
        title="$a is no longer distinct.",
        message="'distinct' qualifier is removed",
        levels=always(
            CLASS_OR_OBJECT,
            major(
                "Clients that test for the type no longer tell it from others of its shape.", _DISCRIMINATE
            ),
        ),
        remediation=KEEP_PROMISE,
        example=Qualifier("distinct ", ""),
    ),
    Entry(
        fact=Fact.TYPE_ID_ADDED,
        title="$a includes a distinct type.",
        message="distinct type[ '$new'] is included",
        levels=type_implementers_break(
            "Users of the type survive.",
            "Structural implementers no longer fit: they lack the type id.",
            _STRUCTURAL,
        ),
        remediation=SECOND_DECLARATION,
        example=Member("Cart", "public int price;", "*Tagged;", around=(TAGGED,)),
    ),
    Entry(
        fact=Fact.TYPE_ID_REMOVED,
        title="$a no longer includes a distinct type.",
        message="distinct type[ '$old'] is no longer included",
        levels=always(
            CLASS_OR_OBJECT,
            major(
                "Clients that use a value as the included type are refused: the type id is lost.",
                "$old_type x = v;",
            ),
        ),
        remediation=KEEP_PROMISE,
        example=Member("Cart", "*Tagged;", "public int price;", around=(TAGGED,)),
    ),
    Entry(
        fact=Fact.ISOLATED_ADDED,
        title="$a became isolated.",
        message="'isolated' qualifier is added",
        levels=type_implementers_break(
            "Users of the type survive.", "Clients that include the type must be isolated.", _INCLUDING
        ),
        remediation=SECOND_DECLARATION,
        example=Qualifier("", "isolated "),
    ),
    Entry(
        fact=Fact.ISOLATED_REMOVED,
        title="$a is no longer isolated.",
        message="'isolated' qualifier is removed",
        levels=always(
            CLASS_OR_OBJECT,
            major("Isolated functions may no longer read a final variable of the type.", _ISOLATED),
        ),
        remediation=KEEP_PROMISE,
        example=Qualifier("isolated ", ""),
    ),
    Entry(
        fact=Fact.CLIENT_QUALIFIER_ADDED,
        title="$a became client.",
        message="'client' qualifier is added",
        levels=type_implementers_break(
            "Users of the type survive.",
            "Clients that implement or include the type must be client classes.",
            _INCLUDING,
        ),
        remediation=SECOND_DECLARATION,
        example=Qualifier("", "client "),
    ),
    Entry(
        fact=Fact.CLIENT_QUALIFIER_REMOVED,
        title="$a is no longer client.",
        message="'client' qualifier is removed",
        levels=always(
            CLASS_OR_OBJECT,
            major("Clients that call remote or resource methods with `->` are refused.", _REMOTE_CALL),
        ),
        remediation=KEEP_PROMISE,
        example=Qualifier("client ", ""),
    ),
    Entry(
        fact=Fact.SERVICE_QUALIFIER_ADDED,
        title="$a became service.",
        message="'service' qualifier is added",
        levels=type_implementers_break(
            "Users of the type survive.",
            "Clients that implement or include the type must be service classes.",
            _INCLUDING,
        ),
        remediation=SECOND_DECLARATION,
        example=Qualifier("", "service "),
    ),
    Entry(
        fact=Fact.SERVICE_QUALIFIER_REMOVED,
        title="$a is no longer service.",
        message="'service' qualifier is removed",
        levels=always(
            CLASS_OR_OBJECT,
            major("Clients that pass a value where a service object is expected are refused.", _AS_SERVICE),
        ),
        remediation=KEEP_PROMISE,
        example=Qualifier("service ", ""),
    ),
    Entry(
        fact=Fact.CLIENT_TO_SERVICE,
        title="`client` was replaced by `service`.",
        message="'client' qualifier is replaced by 'service'",
        levels=always(
            CLASS_OR_OBJECT,
            major(
                "Clients that call with `->` are refused: client and service types are disjoint.",
                _REMOTE_CALL,
            ),
        ),
        remediation=NEW_NAME,
        example=Qualifier("client ", "service "),
    ),
    Entry(
        fact=Fact.SERVICE_TO_CLIENT,
        title="`service` was replaced by `client`.",
        message="'service' qualifier is replaced by 'client'",
        levels=always(
            CLASS_OR_OBJECT,
            major(
                "Clients that attach a value to a listener are refused: client and service types are "
                "disjoint.",
                _AS_SERVICE,
            ),
        ),
        remediation=NEW_NAME,
        example=Qualifier("service ", "client "),
    ),
    Entry(
        fact=Fact.READONLY_ADDED,
        title="A class became readonly.",
        message="'readonly' qualifier is added",
        levels=on(
            Subject.CLASS,
            when(
                Condition.SEALED,
                Condition.NO_WRITABLE_PUBLIC_FIELD,
                then=minor("Nobody breaks: no client could write a field or implement the class."),
            ),
            otherwise(
                major(
                    "Clients that write a field are refused; implementers with mutable fields no longer fit.",
                    _STRUCTURAL,
                )
            ),
        ),
        remediation=KEEP_ACCEPTING,
        example=Qualifier("", "readonly "),
    ),
    Entry(
        fact=Fact.READONLY_REMOVED,
        title="A class is no longer readonly.",
        message="'readonly' qualifier is removed",
        levels=always(
            Subject.CLASS,
            major("Clients that use an object as a readonly value are refused.", "readonly x = c;"),
        ),
        remediation=KEEP_PROMISE,
        example=Qualifier("readonly ", ""),
    ),
    Entry(
        fact=Fact.SEALED,
        title=("$a got its first member that is not public, so that clients can no longer implement it."),
        message="first member that is not public is added to $thing '$declaring'",
        levels=on(
            Subject.CLASS,
            when(
                CLASSES_IMPLEMENTED,
                then=major("Clients that implement or include the class break.", _STRUCTURAL),
            ),
            otherwise(
                tolerated(
                    "Users survive; only clients that implement or include the class break.", _STRUCTURAL
                )
            ),
        )
        | on(
            Subject.OBJECT,
            when(
                OUT,
                then=tolerated("Users survive; only implementers break, such as test doubles.", _STRUCTURAL),
            ),
            otherwise(major("Clients that implement the type no longer can.", _STRUCTURAL)),
        ),
        remediation=SECOND_DECLARATION,
        example=Member("Cart", "", "int secret;"),
    ),
    Entry(
        fact=Fact.OPENED,
        title="$a lost its last member that is not public, so that clients can implement it.",
        message="last member that is not public is removed from $thing '$declaring'",
        levels=always(
            CLASS_OR_OBJECT, minor("Nobody breaks: users notice nothing, and clients may implement it.")
        ),
        example=Member("Cart", "int secret;", ""),
    ),
    Entry(
        fact=Fact.INCLUSION_RESPELLED,
        title="An inclusion of $a was expanded or introduced without changing the members.",
        message="inclusion is written differently",
        levels=always(CLASS_OR_OBJECT, patch("Nobody breaks: the members are the same.")),
        example=Member("Cart", "*Priced;", "public int price;", around=(PRICED,)),
    ),
    Entry(
        fact=Fact.INIT_ADDED,
        title="A class got an isolated init that can be called without arguments.",
        message="'init' is added to class '$declaring'",
        levels=always(
            Subject.CLASS,
            minor("Nobody breaks: `new` stays legal; parameters and errors are findings of their own."),
        ),
        example=Method("Cart.init", "", "public isolated function init()"),
    ),
    Entry(
        fact=Fact.INIT_NOT_ISOLATED_ADDED,
        title="A class without init got one that is not isolated.",
        message="'init' that is not isolated is added to class '$declaring'",
        levels=always(
            Subject.CLASS,
            major(
                "Isolated functions may no longer create the object: a missing init is isolated.",
                """\
isolated function use() {
    $prefix:$declaring c = new ();
}""",
            ),
        ),
        remediation=SECOND_DECLARATION,
        example=Method("Cart.init", "", "public function init()"),
    ),
    Entry(
        fact=Fact.INIT_REMOVED,
        title="An init without parameters and without error was removed.",
        message="'init' is removed from class '$declaring'",
        levels=always(Subject.CLASS, patch("Nobody breaks: `new` without arguments stays legal.")),
        example=Method("Cart.init", "public isolated function init()", ""),
    ),
    Entry(
        fact=Fact.ADDED,
        title="A class was added.",
        message="class '$name' is added",
        levels=always(
            Subject.CLASS, minor("Nobody breaks: names of other modules are always written with a prefix.")
        ),
        example=Code("Cart", before="", after=_EMPTY),
    ),
    Entry(
        fact=Fact.REMOVED,
        title="A class was removed.",
        message="class '$name' is removed",
        levels=always(Subject.CLASS, major("Clients that use the class find it unknown.", _NEW)),
        remediation=DEPRECATE_FIRST,
        example=Code("Cart", before=_EMPTY, after=""),
    ),
    Entry(
        fact=Fact.RENAMED,
        title="A class was renamed.",
        message="class '$name' is renamed[ to '$new']",
        levels=always(Subject.CLASS, major("Clients that use the old name find it unknown.", _NEW)),
        remediation=KEEP_OLD_NAME,
        example=Code(
            "Cart",
            before=_CART,
            after="""\
public class Basket {
    public int total = 0;
}""",
        ),
    ),
    Entry(
        fact=Fact.VISIBILITY_REDUCED,
        title="A class is no longer public.",
        message="'public' qualifier is removed from class '$name'",
        levels=always(Subject.CLASS, major("Clients of other modules no longer see the class.", _NEW)),
        remediation=DEPRECATE_FIRST,
        example=Code("Cart", before=_EMPTY, after="class Cart {\n}"),
    ),
    Entry(
        fact=Fact.TO_OBJECT_TYPE,
        title="A class became an object type.",
        message="class '$name' becomes an object type",
        levels=always(Subject.CLASS, major("Clients that create objects with `new` are refused.", _NEW)),
        remediation=DEPRECATE_FIRST,
        example=Code("Cart", _CART, _CART_TYPE),
    ),
    Entry(
        fact=Fact.TO_ALIAS_OF_CLASS,
        title="A class became an alias of a renamed class.",
        message="class '$name' becomes an alias of another class",
        levels=always(Subject.CLASS, patch("Nobody breaks: `new` works through the alias.")),
        example=Code(
            "Cart",
            before=_CART,
            after="""\
public class Basket {
    public int total = 0;
}

public type Cart Basket;""",
        ),
    ),
    Entry(
        fact=Fact.TYPE_TO_CLASS,
        title="An object type became a class.",
        message="object type '$name' becomes a class",
        levels=always(Subject.OBJECT, minor("Nobody breaks: a class is an object type, too.")),
        example=Code("Cart", _CART_TYPE, _CART),
    ),
)
