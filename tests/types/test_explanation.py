"""Where do two types part?"""

from __future__ import annotations

import pytest
from hypothesis import given
from support.sources import descriptor, surface
from support.types import DECLARED, law, nothing_is_anchored, types

from semverdiff import limits
from semverdiff.types import Type, relation
from semverdiff.types.subtyping import Operand, Subtyping

DECLARATIONS = """
import acme/other;
type Item record {| int number; |};
type Order record {| Item[] items; string id; |};
type LooseItem record {| int|string number; |};
type LooseOrder record {| LooseItem[] items; string id; |};
type Tree record {| Tree[] children; int value; |};
type Bush record {| Bush[] children; int value; string name?; |};
type List [int, List]?;
type Data int|string|Data[]|map<Data>;
type Open record { int a; };
type Apart distinct object { };
type Failure distinct error;
type Client client object { remote function send(int x); resource function get a/[int id](string s); };
type Narrow client object { remote function send(byte x); resource function get a/[byte id](string s); };
type Both Item & readonly;
type Held record {| *other:Held; int a; |};
class Motor { function init() { } public function stop() { } }
type Ping Pong|LooseItem;
type Pong Ping|int;
"""

PATHS = {
    "wholes": ("int|string", "int", "int|string is not a subtype of int"),
    "a field's elements": (
        "record {| (int|string)[] items; |}",
        "record {| int[] items; |}",
        'field "items" > element: int|string is not a subtype of int',
    ),
    "a field behind one that may be absent": (
        "record {| int x; |}",
        "record {| int a?; string x; |}",
        'field "x": int is not a subtype of string',
    ),
    "names are followed": (
        "LooseOrder",
        "Order",
        'field "items" > element > field "number": int|string is not a subtype of int',
    ),
    "a member of a union": (
        "LooseItem|int",
        "Item|int",
        'member LooseItem > field "number": int|string is not a subtype of int',
    ),
    "a member of a union that leads back to itself": (
        "Ping",
        "Item|int",
        'member LooseItem > field "number": int|string is not a subtype of int',
    ),
    "what is no union within one": (
        "LooseItem",
        "Item|int",
        'field "number": int|string is not a subtype of int',
    ),
    "a recursive type, past what leads back": ("Bush", "Tree", 'field "name": is no field of the other type'),
    "recursive types that differ as wholes": ("List?", "Data", "List? is not a subtype of Data"),
    "an optional field": ("record {| int a?; |}", "record {| int a; |}", 'field "a": may be absent'),
    "an absent field": ("record {||}", "record {| int a; |}", 'field "a": may be absent'),
    "a field to be written": (
        "record {| int a; |}",
        "record {| readonly int a; |}",
        'field "a": is not readonly',
    ),
    "a readonly field of another type": (
        "record {| readonly int|string a; |}",
        "record {| readonly int a; |}",
        'field "a": int|string is not a subtype of int',
    ),
    "further fields": ("Open", "record {| int a; |}", "has further fields, which the other type has not"),
    "rest fields": (
        "record {| int|string...; |}",
        "record {| int...; |}",
        "rest fields: int|string is not a subtype of int",
    ),
    "a map": ("map<int|string>", "map<int>", "map member: int|string is not a subtype of int"),
    "an element": ("[int, int]", "[int, string]", "element [1]: int is not a subtype of string"),
    "too few elements": ("[int]", "[int, string]", "1 element instead of 2"),
    "too many elements": ("[int, string]", "[int]", "element [1]: is one too many"),
    "rest elements": (
        "[int, (int|string)...]",
        "[int, int...]",
        "rest elements: int|string is not a subtype of int",
    ),
    "an array's length": ("int[]", "int[3]", "int[] is not a subtype of int[3]"),
    "what a mutable member may be": (
        "[int|string]",
        "[int]|[string]",
        "[int|string] is not a subtype of [int]|[string]",
    ),
    "readonly": ("int[]", "readonly & int[]", "int[] is not readonly"),
    "what is readonly as a whole": (
        "readonly & record {| map<int|string> m; |}",
        "readonly & record {| map<int> m; |}",
        'field "m" > map member: int|string is not a subtype of int',
    ),
    "a parameter, which is the other way round": (
        "function (int) returns int",
        "function (int|string) returns int",
        "parameter 1: int|string is not a subtype of int",
    ),
    "a rest parameter": (
        "function (int...)",
        "function (string...)",
        "rest parameter: string is not a subtype of int",
    ),
    "a return type": (
        "function () returns string?",
        "function () returns string",
        "return type: string? is not a subtype of string",
    ),
    "too few arguments": ("function (int)", "function ()", "takes 1 argument instead of 0"),
    "too many arguments": ("function ()", "function (int)", "takes 0 arguments instead of 1"),
    "no rest arguments": ("function ()", "function (int...)", "takes no rest arguments"),
    "isolated": ("function ()", "isolated function ()", "is not isolated"),
    "transactional": ("transactional function ()", "function ()", "is transactional"),
    "a function of which nothing is said": (
        "function",
        "function ()",
        "function is not a subtype of function ()",
    ),
    "an object's field": (
        "object { public int a; }",
        "object { public byte a; }",
        'field "a": int is not a subtype of byte',
    ),
    "visibility": ("object { private int a; }", "object { public int a; }", 'field "a": is private'),
    "a final field": (
        "object { public int a; }",
        "object { public final int a; }",
        'field "a": is not final',
    ),
    "a final field of another type": (
        "object { public final int|string a; }",
        "object { public final int a; }",
        'field "a": int|string is not a subtype of int',
    ),
    "no field": ("object { }", "object { public int a; }", 'field "a": is missing'),
    "no method": ("object { }", "object { public function f(); }", "method f: is missing"),
    "a method": (
        "object { public function f(int x); }",
        "object { public function f(string x); }",
        "method f > parameter 1: string is not a subtype of int",
    ),
    "a method's qualifier": (
        "object { public function f(); }",
        "object { public isolated function f(); }",
        "method f: is not isolated",
    ),
    "another kind of method": (
        "client object { public function f(); }",
        "client object { remote function f(); }",
        "remote method f: is missing",
    ),
    "an object's qualifier": ("object { }", "client object { }", "is no client object"),
    "a remote method": (
        "Narrow",
        "client object { remote function send(int x); }",
        "remote method send > parameter 1: int is not a subtype of byte",
    ),
    "a resource's path": (
        "Narrow",
        "client object { resource function get a/[int id](string s); }",
        "resource method [get a/{}] > path parameter id: int is not a subtype of byte",
    ),
    "no resource": (
        "Narrow",
        "client object { resource function post a(); }",
        "resource method [post a]: is missing",
    ),
    "a resource whose path is not taken": (
        "Narrow",
        "client object { resource function get b(); }",
        "Narrow is not a subtype of client object { resource function get b(); }",
    ),
    "no method of a class, whose init does not count": ("object { }", "Motor", "method stop: is missing"),
    "two methods that are missing": (
        "object { }",
        "object { public function f(); public function g(); }",
        "method f: is missing",
    ),
    "a method of the module": (
        "object { function f(); }",
        "object { public function f(); }",
        "method f: is visible in its module only",
    ),
    "an isolated object": ("object { }", "isolated object { }", "is no isolated object"),
    "a key type": (
        "table<record {| readonly int a; |}> key<int>",
        "table<record {| readonly int a; |}> key<string>",
        "key: int is not a subtype of string",
    ),
    "a field that may be written and is narrowed": (
        "record {| int|string a; int b; |}",
        "record {| int a; readonly int b; |}",
        'field "a": int|string is not a subtype of int',
    ),
    "an isolated method of a transactional one": (
        "object { public transactional function f(); }",
        "object { public function f(); }",
        "method f: is transactional",
    ),
    "a distinct object": (
        "object { public int a; }",
        "Apart",
        "object { public int a; } is not a subtype of Apart",
    ),
    "a distinct error": ("error", "Failure", "error is not a subtype of Failure"),
    "an error's detail": (
        "error<map<int|string>>",
        "error<map<int>>",
        "detail > map member: int|string is not a subtype of int",
    ),
    "a stream's completion": (
        "stream<int, error?>",
        "stream<int>",
        "completion: error? is not a subtype of ()",
    ),
    "a stream's values": ("stream<int?>", "stream<int>", "value: int? is not a subtype of int"),
    "a table's row": (
        "table<LooseItem>",
        "table<Item>",
        'row > field "number": int|string is not a subtype of int',
    ),
    "a table without a key": ("table<Item>", "table<Item> key(number)", "key: is missing"),
    "a table's key": (
        "table<record {| readonly int a; readonly int b; |}> key(a)",
        "table<record {| readonly int a; readonly int b; |}> key(b)",
        "key: (a) is not (b)",
    ),
    "a typedesc": ("typedesc<any>", "typedesc<int>", "described type: any is not a subtype of int"),
    "a future": ("future<any>", "future<int>", "value: any is not a subtype of int"),
    "a record that is no map": (
        "record {| int|string a; |}",
        "map<int>",
        'field "a": int|string is not a subtype of int',
    ),
    "a field beside one that only a readonly list has": (
        "readonly & record {| [int|string] a; int b; |}",
        "record {| [int]|[string] a; string b; |}",
        'field "b": int is not a subtype of string',
    ),
    "a detail, which is readonly": (
        "error<record {| [int|string] a; int b; |}>",
        "error<record {| [int]|[string] a; string b; |}>",
        'detail > field "b": int is not a subtype of string',
    ),
    "a row, which only a readonly table has": (
        "readonly & table<record {| [int|string] a; int b; |}>",
        "table<record {| [int]|[string] a; string b; |}>",
        'row > field "b": int is not a subtype of string',
    ),
    "a list in a field that may be written": (
        "record {| [int|string] a; |}",
        "record {| [int]|[string] a; |}",
        'field "a": [int|string] is not a subtype of [int]|[string]',
    ),
    "a member of an intersection": (
        "record {| int|string number; |} & readonly",
        "Both",
        'field "number": int|string is not a subtype of int',
    ),
}


@pytest.mark.parametrize(("left", "right", "path"), PATHS.values(), ids=PATHS)
def test_the_path_leads_to_the_first_place_that_decides(left: str, right: str, path: str) -> None:
    assert relation(DECLARATIONS, left, right).path == path


def test_where_left_is_within_right_the_path_tells_what_right_has_more() -> None:
    assert relation("", "int[]", "int?[]").path == "element: int? is not a subtype of int"


def test_equal_types_have_no_path() -> None:
    assert not relation("", "int?", "int|()").path


def test_a_long_type_is_cut_short() -> None:
    long = "|".join(f'"member{number}"' for number in range(50))

    path = relation("", long, "int").path

    assert len(path) < 200
    assert path.endswith("... is not a subtype of int")


def test_a_path_ends_where_it_gets_long(monkeypatch: pytest.MonkeyPatch) -> None:
    held, wanted = (f"record {{| record {{| record {{| {c} c; |}} b; |}} a; |}}" for c in ("int?", "int"))
    whole = relation("", held, wanted).path
    assert whole == 'field "a" > field "b" > field "c": int? is not a subtype of int'

    monkeypatch.setattr(limits, "EXPLANATION_LEVELS", 3)
    assert relation("", held, wanted).path == whole

    monkeypatch.setattr(limits, "EXPLANATION_LEVELS", 2)
    path = relation("", held, wanted).path
    assert path == 'field "a" > field "b": record {| int? c; |} is not a subtype of record {| int c; |}'


def test_a_union_of_many_members_is_explained_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EXPLANATION_MEMBERS", 2)

    few = relation(DECLARATIONS, "LooseItem|int", "Item|int").path
    assert few == 'member LooseItem > field "number": int|string is not a subtype of int'

    many = relation(DECLARATIONS, "LooseItem|int|float", "Item|int|float").path
    assert many == "LooseItem|int|float is not a subtype of Item|int|float"


@pytest.mark.parametrize(
    "declarations",
    [
        "type A distinct A;",
        "type A distinct B; type B distinct A;",
        "type A B; type B distinct A;",
        "type A distinct A & readonly;",
    ],
)
def test_a_type_that_is_made_of_itself_is_explained_by_its_name(declarations: str) -> None:
    # The compiler refuses such a declaration; a package may hold it.
    assert relation(declarations, "A", "string").within is not True


@pytest.mark.slow
@law
@given(types, types)
def test_whatever_differs_is_explained(left: str, right: str) -> None:
    answer = relation(DECLARED, left, right)

    assert bool(answer.path) is (answer.within is False or answer.covers is False)


def test_types_that_differ_where_they_lead_back_to_themselves_do_so_as_wholes() -> None:
    declared = "type Old record {| Old|int next; |}; type New record {| New|string next; |};"

    assert relation(declared, "Old", "New").path == "Old is not a subtype of New"


CHANGED = {
    "an enum": (
        "enum Color { RED }",
        'enum Color { RED, GREEN = "g" }',
        "Color",
        'enum { RED, GREEN = "g" } is not a subtype of enum { RED }',
    ),
    "a constant": ("const Color = 1;", "const Color = 2;", "Color", "1 is not a subtype of 2"),
    "an alias": ("type Color int;", "type Color int?;", "Color", "int? is not a subtype of int"),
    "an alias in a list": (
        "type Color int;",
        "type Color int?;",
        "Color[]",
        "element: int? is not a subtype of int",
    ),
}


@pytest.mark.parametrize(("old", "new", "text", "path"), CHANGED.values(), ids=CHANGED)
def test_a_name_that_stands_for_two_types_is_written_out(old: str, new: str, text: str, path: str) -> None:
    before, after = surface(old), surface(new)
    sides = (Operand(Type(descriptor(text), one.package.name, one)) for one in (before, after))

    assert Subtyping(nothing_is_anchored, after).relate(*sides).path == path


def test_the_example_of_a_name_is_one_of_what_it_stands_for_there() -> None:
    before, after = surface("type Amount int;"), surface("type Amount boolean;")
    wanted = Operand(Type(descriptor("string"), after.package.name, after))
    subtyping = Subtyping(nothing_is_anchored, after)
    held = [Operand(Type(descriptor("Amount"), one.package.name, one)) for one in (before, after)]

    assert [subtyping.relate(one, wanted).example for one in held] == ["0", "true"]
