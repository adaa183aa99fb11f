"""When do two descriptors mean the same type?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from support.sources import descriptor, surface
from syntax.descriptor_strategies import descriptors

from semverdiff import limits
from semverdiff.syntax.nodes import OptionalType, UnionType
from semverdiff.types import Type, equal, exchanged
from semverdiff.types.equality import Equality

if TYPE_CHECKING:
    from semverdiff.api import Surface
    from semverdiff.syntax.nodes import TypeDescriptor

MODULE = "shop"
IMPORTS = "import ballerina/http; import acme/other;"

# What both sides declare. Nothing of it is an anchor, unless a test says so.
DECLARED = """
import acme/other;
import ballerina/http;
type Id string;
type Text string;
type Both Id|int;
type Deep Both?;
type Point record { int x; int y; };
type Place record { *Point; };
type Closed record {| int x; |};
type Named record {| *Closed; string name; |};
type Shape object { public function area() returns int; };
type Figure object { *Shape; };
type Apart distinct object { };
type Alike distinct object { };
type Failure distinct error;
type Tree record {| Tree[] children; |};
type Wood record {| Wood[] children; |};
type Bush record {| Bush?[] children; |};
type Json int|Json[]|map<Json>;
type Data int|Data[]|map<Data>;
type Self Self;
type Ping Pong|int;
type Pong Ping|int;
enum Color { RED, BLUE = "b" }
enum Colour { BLUE2 = "b", RED2 = "RED" }
const FIVE = 5;
const int ALSO_FIVE = 2 + 3;
const NAME = "RED";
const PATH = "a\\\\b";
const YES = true;
const RATE = 1.5d;
const HALF = 0.5;
class Counter { public int n = 0; public function next() returns int => 1; function init(int n) {} }
class Clock { public int n = 0; public function next() returns int => 2; }
class Hidden { public int n = 0; private int m = 0; public function next() returns int => 2; }
readonly class Fixed { public final int n = 0; }
class Free { public final int n = 0; }
"""

EQUAL = {
    "same words": ("int", "int"),
    "alias": ("Id", "string"),
    "two aliases": ("Id", "Text"),
    "union in another order": ("int|string", "string|int"),
    "union twice": ("int|string|int", "int|string"),
    "union of a union": ("(int|string)|boolean", "int|(string|boolean)"),
    "alias of a union": ("Both", "string|int"),
    "alias of an alias of a union": ("Deep", "string|int|()"),
    "optional": ("int?", "int|()"),
    "optional twice": ("int??", "int?"),
    "optional and nil": ("int?|()", "()|int"),
    "null": ("int|null", "int?"),
    "true or false": ("true|false", "boolean"),
    "false by a name": ("false|true|int", "int|boolean"),
    "fixed length": ("int[2]", "[int, int]"),
    "no length": ("int[0]", "[]"),
    "rest alone": ("int[]", "[int...]"),
    "length by a constant": ("int[FIVE]", "int[5]"),
    "length in another spelling": ("int[0x5]", "int[ALSO_FIVE]"),
    "long length": ("int[1000]", "int[1000]"),
    "length by name and by words": ("int[100]", "int[0x64]"),
    "enum": ("Color", '"RED"|"b"'),
    "two enums of the same values": ("Color", "Colour"),
    "enum member": ("RED", '"RED"'),
    "enum behind a structure": ("int[]|Color", 'int[]|"RED"|"b"'),
    "enum behind the name of a structure": ("Point|Color", 'Place|"RED"|"b"'),
    "constant": ("FIVE", "5"),
    "two constants": ("FIVE", "ALSO_FIVE"),
    "constant and enum member": ("NAME", "RED"),
    "constant with a backslash": ("PATH", r'"a\\b"'),
    "constant of a truth value": ("YES", "true"),
    "constant of a decimal": ("RATE", "1.5d"),
    "constant of a float": ("HALF", "0.5"),
    "length that follows from the value": ("int[*]", "int[*]"),
    "length by a constant of another package": ("int[other:N]", "int[other:N]"),
    "intersection of three": ("readonly & Point & Place", "Place & readonly & Point"),
    "number in another spelling": ("0xA", "10"),
    "sign": ("+5", "5"),
    "string in another spelling": (r'"\u{61}"', '"a"'),
    "fields in another order": ("record {int x; int y;}", "record {int y; int x;}"),
    "inclusion": ("Place", "Point"),
    "inclusion written out": ("Named", "record {| string name; int x; |}"),
    "inclusion through a type": ("record {*Place;}", "Point"),
    "defaults do not count": ("record {int x = 1;}", "record {int x;}"),
    "map and record": ("map<int>", "record {| int...; |}"),
    "open record": ("record {int x;}", "record {| int x; anydata...; |}"),
    "intersection in another order": ("Point & readonly", "readonly & Point"),
    "completion": ("stream<int>", "stream<int, ()>"),
    "key in another order": ("table<Point> key(x, y)", "table<Point> key(y, x)"),
    "names of parameters": ("function (int a) returns int", "function (int b) returns int"),
    "defaults of parameters": ("function (int a = 1)", "function (int a)"),
    "nil result": ("function ()", "function () returns ()"),
    "object inclusion": ("Figure", "Shape"),
    "structure of classes": ("Counter", "Clock"),
    "class and object": (
        "Clock",
        "object { public function next() returns int; public int n; }",
    ),
    "distinct of the same name": ("Apart", "Apart"),
    "recursion": ("Tree", "Wood"),
    "recursion opened once": ("Tree", "record {| Tree[] children; |}"),
    "recursion opened on the other side": ("record {| Wood[] children; |}", "Tree"),
    "another package": ("http:Client", "http:Client"),
    "parts": ("map<Id[]>", "map<string[]>"),
}

DIFFERENT = {
    "keyword": ("int", "string"),
    "one more": ("int|string", "int"),
    "nil": ("int?", "int"),
    "literal and type": ("5", "int"),
    "basic types of numbers": ("1", "1.0"),
    "float and decimal": ("1.0f", "1.0d"),
    "half of boolean": ("true", "boolean"),
    "length": ("int[2]", "int[3]"),
    "length and none": ("int[2]", "int[]"),
    "length that follows from the value": ("int[*]", "int[]"),
    "length by constants of two packages": ("int[other:N]", "int[http:N]"),
    "length by the name of a type": ("int[Point]", "int[5]"),
    "length by a name and by none": ("int[other:N]", "int[5]"),
    "constants of two truth values": ("YES", "false"),
    "constants of two numbers": ("RATE", "1.5f"),
    "tuple": ("[int, string]", "[string, int]"),
    "rest": ("[int, string...]", "[int]"),
    "type of the rest": ("[int, string...]", "[int, int...]"),
    "member of an array": ("int[]", "string[]"),
    "union of arrays and array of a union": ("int[]|string[]", "(int|string)[]"),
    "field type": ("record {int x;}", "record {string x;}"),
    "field name": ("record {int x;}", "record {int y;}"),
    "optional field": ("record {int x?;}", "record {int x;}"),
    "readonly field": ("record {readonly int x;}", "record {int x;}"),
    "open and closed": ("record {int x;}", "record {|int x;|}"),
    "rest of a record": ("record {|int...;|}", "record {|string...;|}"),
    "more fields": ("Point", "Closed"),
    "map": ("map<int>", "map<string>"),
    "map and open record": ("map<int>", "record {}"),
    "intersection": ("readonly & Point", "Point"),
    "one more type of an intersection": ("readonly & Point", "readonly & Point & Tree"),
    "completion": ("stream<int>", "stream<int, error?>"),
    "kinds of parameters": ("map<int>", "future<int>"),
    "key": ("table<Point> key(x)", "table<Point> key(y)"),
    "no key": ("table<Point> key(x)", "table<Point>"),
    "key type": ("table<Point> key<int>", "table<Point> key<string>"),
    "parameter": ("function (int a)", "function (string a)"),
    "number of parameters": ("function (int a)", "function ()"),
    "rest parameter and a parameter of its type": ("function (int... a)", "function (int a)"),
    "rest parameter": ("function (int... a)", "function (int[] a)"),
    "result": ("function () returns int", "function ()"),
    "isolated": ("isolated function ()", "function ()"),
    "bare function": ("isolated function", "isolated function ()"),
    "method result": (
        "object { public function f() returns int; }",
        "object { public function f() returns string; }",
    ),
    "visibility": ("object { public int a; }", "object { int a; }"),
    "kind of object": ("client object {}", "object {}"),
    "kind of method": ("client object { remote function f(); }", "client object { function f(); }"),
    "resource path": (
        "client object { resource function get [int a](); }",
        "client object { resource function get [string a](); }",
    ),
    "private field": ("Clock", "Hidden"),
    "readonly class": ("Fixed", "Free"),
    "distinct": ("Apart", "object {}"),
    "two distinct types": ("Apart", "Alike"),
    "distinct error": ("Failure", "error"),
    "error detail": ("error<Point>", "error<Closed>"),
    "recursion": ("Tree", "Bush"),
    "enum values": ("Color", '"RED"|"BLUE"'),
    "another package": ("http:Client", "http:Caller"),
    "one name in two packages": ("http:Point", "other:Point"),
    "another module of the same name": ("http:Point", "Point"),
    "a name that nobody declares": ("Nowhere", "Nobody"),
}


@cache
def declared(side: str, text: str) -> Surface:
    """Return one side; the sides share nothing, as two versions of a package do."""
    assert side in {"old", "new"}
    return surface(text)


def terms(
    old: str | TypeDescriptor, new: str | TypeDescriptor, before: str = DECLARED, after: str = ""
) -> tuple[Type, Type]:
    """Return types of the module, one of either side."""
    left, right = (descriptor(one, IMPORTS) if isinstance(one, str) else one for one in (old, new))
    return (
        Type(left, MODULE, declared("old", before)),
        Type(right, MODULE, declared("new", after or before)),
    )


def same(sides: tuple[Type, Type], anchors: frozenset[str] = frozenset()) -> bool:
    """Return the answer of both directions: which side is the old one does not matter."""
    one, other = sides
    answers = {equal(*pair, lambda _, name: name in anchors) for pair in ((one, other), (other, one))}
    assert len(answers) == 1
    return answers.pop()


@pytest.mark.parametrize(("old", "new"), EQUAL.values(), ids=EQUAL)
def test_equal(old: str, new: str) -> None:
    assert same(terms(old, new))


@pytest.mark.parametrize(("old", "new"), DIFFERENT.values(), ids=DIFFERENT)
def test_different(old: str, new: str) -> None:
    assert not same(terms(old, new))


def test_parentheses_in_an_intersection_do_not_count() -> None:
    assert same(terms("(Point & readonly) & Place", "Point & readonly & Place"))


@pytest.mark.parametrize("new", ["Json", "Data", "int|Json[]|map<Data>"])
def test_recursion_through_a_union_ends(new: str) -> None:
    assert same(terms("Json", new))


@pytest.mark.parametrize("text", ["Self", "Ping", "Ping|Pong"])
def test_a_name_that_stands_for_itself_is_not_decided_but_does_not_hang(text: str) -> None:
    assert not same(terms(text, "int"))


@pytest.mark.slow
@given(descriptors)
def test_every_type_equals_itself(written: TypeDescriptor) -> None:
    assert same(terms(written, written))


@pytest.mark.slow
@given(descriptors, descriptors)
def test_spellings_of_one_union_are_equal(left: TypeDescriptor, right: TypeDescriptor) -> None:
    assert same(terms(UnionType((left, OptionalType(right))), OptionalType(UnionType((right, left)))))


# Anchors: public types of both sides, compared at their own names.


def test_an_anchor_is_the_same_whatever_it_holds() -> None:
    before, after = (f"type Order record {{ {type_} id; }};" for type_ in ("int", "string"))
    both = terms("Order[]", "Order[]", before, after)
    assert not same(both)
    assert same(both, frozenset({"Order"}))


def test_an_anchor_is_what_it_stands_for_where_the_other_side_says_that() -> None:
    assert same(terms("Id", "string"), frozenset({"Id"}))


def test_an_anchor_that_gives_way_to_another_type_is_what_clients_mean_by_it_now() -> None:
    # `m:Id id = f();` compiles against the new Id, whatever the old one was.
    old, new = terms("Id", "string", before="type Id int;", after=DECLARED)
    assert equal(old, new, lambda _, name: name == "Id")
    old, new = terms("Id", "int", before="type Id int;", after=DECLARED)
    assert not equal(old, new, lambda _, name: name == "Id")


def test_an_anchor_may_be_spelled_through_an_alias() -> None:
    before, after = (f"type Order record {{ {type_} id; }}; type Mine Order;" for type_ in ("int", "string"))
    assert same(terms("Mine?", "()|Order", before, after), frozenset({"Order"}))


def test_recursion_that_fails_elsewhere_is_not_taken_for_proved() -> None:
    # Node is met twice: inside a pair that fails, and then by itself.
    before = "type Node record {| Node? next; Leaf leaf; |}; type Leaf record {| int v; |};"
    after = before.replace("int v", "string v")
    assert not same(terms("[Node?, Node]", "[Node?, Node]", before, after))


def test_names_are_looked_up_in_the_module_that_uses_them() -> None:
    orders = "public type Order record { Id id; }; public type Id int;"
    old, new = (
        Type(
            descriptor("orders:Order", "import shop.orders;"),
            MODULE,
            surface({"lib.bal": f"type Id {id_};", "modules/orders/lib.bal": orders}),
        )
        for id_ in ("int", "string")
    )
    assert same((old, new))


def test_what_takes_long_is_exchanged_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EQUALITY_STEPS", 1)
    old, new = terms("int|Point|Color", "int|Closed|Color")
    equality = Equality(lambda *_: False, new.surface)

    for _ in range(2):  # the second question finds what the first one divided into classes
        lost, gained = equality.exchanged([old], [new])
        assert [one.descriptor for one in (*lost, *gained)] == [descriptor("Point"), descriptor("Closed")]


def test_both_truth_values_behind_names_are_a_boolean_in_what_takes_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "EQUALITY_STEPS", 1)
    declared = "type Yes true; type No false; type Some true|false;"
    old, new = terms("[Yes|No]", "[boolean]", declared)

    assert equal(old, new, lambda *_: False)


EXCHANGES = {
    "nothing": ("int|string", "string|int", [], []),
    "gained": ("int", "int|error", [], ["error"]),
    "lost": ("int?", "int", ["()"], []),
    "both": ("int|string", "string|boolean", ["int"], ["boolean"]),
    "an alias is opened": ("Both", "string", ["int"], []),
    "a name for nothing of the other side is not opened": ("int|Color", "int", ["Color"], []),
    "nor is one that was gained": ("int", "int|Color", [], ["Color"]),
    "a structure": ("int|Point", "int|Closed", ["Point"], ["Closed"]),
}


@pytest.mark.parametrize(("old", "new", "lost", "gained"), EXCHANGES.values(), ids=EXCHANGES)
def test_exchanged(old: str, new: str, lost: list[str], gained: list[str]) -> None:
    found = exchanged(*terms(old, new), lambda *_: False)
    assert [[one.descriptor for one in side] for side in found] == [
        [descriptor(text) for text in side] for side in (lost, gained)
    ]
