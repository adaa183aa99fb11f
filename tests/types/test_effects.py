"""What is special about a changed type: do clients write to it, and are their constructors ambiguous?"""

from __future__ import annotations

import pytest
from support.sources import differences, facts

from semverdiff import limits
from semverdiff.compare import Condition

DECLARED = """
import other/x;
type Lists int[]|string;
public type Tagged distinct object { public string name; };
public type Item record {| int|string id; string note?; |};
public type Less record {| int id; string note?; |};
public type Card record {| "card" kind; int number; |};
public type Cash record {| "cash" kind; int amount; |};
public type Plain record {| int number; |};
public type Open record { int number; };
public type Named object { public string name; };
public type Few object { public "a"|"b" name; };
public class Cart { public int count = 0; }
public class Box { public int count = 0; }
public readonly class Money { public final int amount = 0; }
"""

# A result before and after, and the fact of `function-return-`.
RESULTS = {
    "an alternative less": ("int|string", "int", "type-narrowed"),
    "a structure less": ("int[]|string", "string", "type-narrowed"),
    "an error and a value less": ("int|string|error", "int", "type-narrowed"),
    "an error and a value more": ("int", "int|string|error", "type-widened"),
    "an alternative less beside a distinct object": ("Tagged|string", "Tagged", "type-narrowed"),
    "an alternative less beside a record": ("Item|string", "Item", "type-narrowed"),
    "one of two lists": ("int[]|string[]", "int[]", "type-narrowed"),
    "nil less": ("Item?", "Item", "type-narrowed"),
    "members of a list": ("(int|string)[]", "int[]", "mutable-member-narrowed"),
    "members of a list within a list": ("(int|string)[][]", "int[][]", "mutable-member-narrowed"),
    "a list of two": ("int[]", "int[2]", "mutable-member-narrowed"),
    "a tuple": ("[int, string?]", "[int, string]", "mutable-member-narrowed"),
    "a map": ("map<int|string>", "map<int>", "mutable-member-narrowed"),
    "two maps for one": ("map<int|string>", "map<int>|map<string>", "mutable-member-narrowed"),
    "a record for a map": ("map<int|string>", "Less", "mutable-member-narrowed"),
    "an optional field less": (
        "record {| int a; int b?; |}",
        "record {| int a; |}",
        "mutable-member-narrowed",
    ),
    "an optional field that is required": (
        "record {| int a?; |}",
        "record {| int a; |}",
        "mutable-member-narrowed",
    ),
    "a required field of an open record": (
        "record { int a; }",
        "record { int a; int b; }",
        "mutable-member-narrowed",
    ),
    "an optional field of an open record": (
        "record { int a; }",
        "record { int a; int b?; }",
        "type-narrowed",
    ),
    "an optional field where others are numbers": (
        "record {| int a; int...; |}",
        "record {| int a; byte b?; int...; |}",
        "mutable-member-narrowed",
    ),
    "a field that is readonly": (
        "record {| int a; int b; |}",
        "record {| readonly int a; int b; |}",
        "mutable-member-narrowed",
    ),
    "a readonly field less": (
        "record {| readonly int|string a; |}",
        "record {| readonly int a; |}",
        "type-narrowed",
    ),
    "a field beside a readonly one": (
        "record {| readonly int|string a; int|string b; |}",
        "record {| readonly int|string a; int b; |}",
        "mutable-member-narrowed",
    ),
    "a field beside one that stays": (
        "record {| int a; int|string b; |}",
        "record {| int a; int b; |}",
        "mutable-member-narrowed",
    ),
    "further fields": ("record {| int|string...; |}", "record {| int...; |}", "mutable-member-narrowed"),
    "no further fields": ("record {| int a; int...; |}", "record {| int a; |}", "mutable-member-narrowed"),
    "a record for json": ("json", "Less", "type-narrowed"),
    "a field of a record": ("Item", "Less", "mutable-member-narrowed"),
    "a field of an object": ("Named", "Few", "mutable-member-narrowed"),
    "a final field of an object": (
        "object { public final int|string a; }",
        "object { public final int a; }",
        "type-narrowed",
    ),
    "a list in a final field of an object": (
        "object { public final (int|string)[] a; }",
        "object { public final int[] a; }",
        "mutable-member-narrowed",
    ),
    "a field of an object that its module sees": (
        "object { int|string a; }",
        "object { int a; }",
        "type-narrowed",
    ),
    "a field of an object beside one that its module sees": (
        "object { int a; public int|string b; }",
        "object { int a; public int b; }",
        "mutable-member-narrowed",
    ),
    "a field of an object beside one that stays": (
        "object { public int a; public int|string b; }",
        "object { public int a; public int b; }",
        "mutable-member-narrowed",
    ),
    "lists from a method beside one that stays": (
        "object { public function a() returns int; public function b() returns (int|string)[]; }",
        "object { public function a() returns int; public function b() returns int[]; }",
        "mutable-member-narrowed",
    ),
    "a list beside a list that is an alternative less": (
        "int[]|(int|string)[2]|map<int|string>",
        "int[]|map<int>",
        "mutable-member-narrowed",
    ),
    "a readonly list beside one that is written": (
        "(readonly & (int|string)[])|map<int|string>",
        "(readonly & int[])|map<int>",
        "mutable-member-narrowed",
    ),
    "a field more of an object": (
        "object { public int a; }",
        "object { public int a; public int b; }",
        "type-narrowed",
    ),
    "a method more of an object": (
        "object { public function f(); }",
        "object { public function f(); public function g(); }",
        "type-narrowed",
    ),
    "a result of a method": (
        "object { public function f() returns int?; }",
        "object { public function f() returns int; }",
        "type-narrowed",
    ),
    "a class for an object type": ("object {}", "Cart", "type-narrowed"),
    "a map within an intersection": (
        "map<int|string> & map<any>",
        "map<int> & map<any>",
        "mutable-member-narrowed",
    ),
    "values alone": ("anydata", "json", "type-narrowed"),
    "an error": ("error<record { int|string a; }>", "error<record { int a; }>", "type-narrowed"),
    "elements of xml": ("xml", "xml<xml>", "type-respelled"),
    "a readonly map": ("readonly & map<int|string>", "readonly & map<int>", "type-narrowed"),
    "readonly": ("int[]", "readonly & int[]", "readonly-added"),
    "readonly and less": ("(int|string)[]", "readonly & int[]", "mutable-member-narrowed"),
    "no longer readonly": ("readonly & int[]", "int[]", "readonly-removed"),
    "a function": ("function () returns int?", "function () returns int", "type-narrowed"),
    "rows of a table": ("table<map<int?>>", "table<map<int>>", "mutable-member-narrowed"),
    "lists from a future": ("future<(int|string)[]>", "future<int[]>", "mutable-member-narrowed"),
    "lists at the end of a stream": (
        "stream<int, error<record {| (int|string)[] a; |}>?>",
        "stream<int, error<record {| int[] a; |}>?>",
        "type-narrowed",
    ),
    "a typedesc": ("typedesc<int?>", "typedesc<int>", "type-narrowed"),
    "the key of a table": ("table<Plain>", "table<Plain> key<int>", "type-narrowed"),
    "lists from a stream": ("stream<(int|string)[]>", "stream<int[]>", "mutable-member-narrowed"),
    "lists from a function": (
        "function () returns (int|string)[]",
        "function () returns int[]",
        "mutable-member-narrowed",
    ),
    "lists from a method": (
        "object { public function f() returns (int|string)[]; }",
        "object { public function f() returns int[]; }",
        "mutable-member-narrowed",
    ),
    "a stream": ("stream<int?>", "stream<int>", "type-narrowed"),
}


@pytest.mark.parametrize(("old", "new", "fact"), RESULTS.values(), ids=RESULTS)
def test_narrowed_results(old: str, new: str, fact: str) -> None:
    sides = (f"{DECLARED} public function get() returns {text} => make();" for text in (old, new))
    assert facts(*sides) == [f"get: function-return-{fact}"]


# A parameter before and after, and whether a constructor that a client passes may mean two things.
PARAMETERS = {
    "nil": ("int[]", "int[]?", False),
    "a value or a list of them": ("string", "string|string[]", False),
    "lists of numbers": ("int[]", "int[]|float[]", True),
    "lists of other things": ("int[]", "int[]|string[]", False),
    "tuples of other things": ("[int]", "[int]|[string]", False),
    "tuples of other lengths": ("[int]", "[int]|[int, int]", False),
    "any map": ("Plain", "Plain|map<anydata>", True),
    "json": ("Plain", "Plain|json", True),
    "a record beside json": ("json", "json|record {| xml page?; |}", True),
    "what was ambiguous before": ("int[]|float[]", "int[]|float[]|decimal[]", False),
    "what two took before": ("Plain|json", "Plain|json|record {| int number; xml page?; |}", False),
    "what one of two took before": ("Plain|json", "Plain|json|map<xml>", True),
    "a tag apart": ("Card", "Card|Cash", False),
    "a tag apart and the same fields": ("Card", 'Card|record {| "coin" kind; float number; |}', False),
    "the same tag": ("Card", 'Card|record {| "card" kind; float number; |}', True),
    "a tag among several": ("Card", 'Card|record {| "coin"|"card" kind; float number; |}', True),
    "a tag that may be any text": ("Card", "Card|record {| string kind; float number; |}", True),
    "a field of any type": ("Plain", "Plain|record {| anydata number; |}", True),
    "nil where a number is": ("Plain", "Plain|record {| () number; |}", False),
    "a list where a number is": ("Plain", "Plain|record {| int[] number; |}", False),
    "a list where a list is": (
        "record {| int[] a; |}",
        "record {| int[] a; |}|record {| string[] a; |}",
        True,
    ),
    "a record where a map is": (
        "record {| map<int> a; |}",
        "record {| map<int> a; |}|record {| record {| string b; |} a; |}",
        True,
    ),
    "a field that an open record needs to have quoted": (
        "Open",
        "Open|record {| float number; string other; |}",
        False,
    ),
    "an open record that takes a field of the other": (
        "record {| float number; string other; |}",
        "record {| float number; string other; |}|Open",
        True,
    ),
    "a field with a default": (
        "Plain",
        "Plain|record {| float number; string other = " + '""' + "; |}",
        True,
    ),
    "an optional field": ("Plain", "Plain|record {| float number; string other?; |}", True),
    "a field that a map takes": ("map<int>", "map<int>|record {| float number; |}", True),
    "a field that a map does not take": ("map<int>", "map<int>|record {| string number; |}", False),
    "lists whose first members differ": ("[int, int]", "[int, int]|[string, float]", False),
    "lists whose second members differ": ("[int, int]", "[int, int]|[float, string]", False),
    "lists whose members may all be numbers": ("[int, int]", "[int, int]|[float, float]", True),
    "a tuple beside a list": ("[int, int]", "[int, int]|float[]", True),
    "a tuple with a rest beside a longer one": ("[int, int...]", "[int, int...]|[float, float]", True),
    "lists of a fixed length": ("int[2]", "int[2]|float[2]", True),
    "lists of other fixed lengths and kinds": ("int[2]", "int[2]|string[3]", False),
    "other fields": ("Plain", "Plain|Cash", False),
    "a record of the same fields": ("Plain", "Plain|record {| float number; |}", True),
    "the same field of another kind": ("Plain", "Plain|record {| string number; |}", False),
    "a list where a map is": (
        "record {| int[] a; |}",
        "record {| int[] a; |}|record {| map<string> a; |}",
        False,
    ),
    "lists in a list": ("int[][]", "(int[]|float[])[]", True),
    "lists in a tuple": ("[int, int[]]", "[int, int[]|float[]]", True),
    "lists in a map": ("map<int[]>", "map<int[]|float[]>", True),
    "lists in a field": ("record {| int[] a; |}", "record {| int[]|float[] a; |}", True),
    "lists of other things in a list": ("int[][]", "(int[]|string[])[]", False),
    "lists in lists that json holds": (
        "json",
        "(anydata|json[])[]|map<json>|()|boolean|int|float|decimal|string",
        True,
    ),
    "lists by the name of a union": ("Lists", "Lists|float[]", True),
    "lists beside a map": ("int[]|map<int>", "int[]|map<int>|float[]", True),
    "more of any data": ("json", "json|anydata", False),
    "a record apart from another in one field": (
        "record {| int a; int b; |}|record {| int a; string b; |}",
        "record {| int a; int b; |}|record {| int a; string b; |}|record {| int a; float b; |}",
        True,
    ),
    "a tag that two records had": (
        'Card|record {| "card" kind; int number; int more?; |}',
        'Card|record {| "card" kind; int number; int more?; |}|record {| "card" kind; float number; |}',
        False,
    ),
    "another class": ("Cart", "Cart|Money", True),
    "an object type": ("Cart", "Cart|Few", False),
    "a wider type in its place": ("int[]", "json", False),
    "numbers": ("float", "int|float", False),
}


@pytest.mark.parametrize(("old", "new", "ambiguous"), PARAMETERS.values(), ids=PARAMETERS)
def test_widened_parameters(old: str, new: str, ambiguous: bool) -> None:  # noqa: FBT001 (data)
    sides = (f"{DECLARED} public function put({text} item) {{ }}" for text in (old, new))
    suffix = "-ambiguous" if ambiguous else ""
    assert facts(*sides) == [f"put(item): function-parameter-type-widened{suffix}"]


LITERALS = {
    "an int beside a float": ("float", "int|float", True),
    "an int beside a decimal": ("decimal", "int|decimal", True),
    "a float beside a decimal": ("decimal", "decimal|float", True),
    "a float beside an int and a decimal": ("int|decimal", "int|float|decimal", True),
    "a byte beside a float": ("float", "byte|float", True),
    "anything": ("float", "anydata", True),
    "a string beside a float": ("float", "float|string", False),
    "a float beside an int": ("int", "int|float", False),
    "an int beside a string": ("string", "string|int", False),
    "nil": ("float", "float?", False),
    "inside a list": ("float[]", "(int|float)[]", True),
}


@pytest.mark.parametrize(("old", "new", "reinferred"), LITERALS.values(), ids=LITERALS)
def test_a_widened_parameter_counts_with_strict_where_literals_get_another_type(
    old: str,
    new: str,
    reinferred: bool,  # noqa: FBT001 (data)
) -> None:
    sides = (f"public function put({text} item) {{ }}" for text in (old, new))
    (found,) = differences(*sides)
    assert (Condition.LITERALS_REINFERRED in found.conditions) == reinferred


DECLARING = {
    "map": ("map<int>", "record {| int a?; int...; |}", True),
    "record without fields": ("record {| int...; |}", "record {| int a?; int...; |}", True),
    "map to a record without fields": ("map<int>", "record {| int...; |}", False),
    "one more field": ("record {| int a?; int...; |}", "record {| int a?; int b?; int...; |}", False),
    "in a union": ("map<int>|string", "record {| int a?; int...; |}|string", True),
}


@pytest.mark.parametrize(("old", "new", "declares"), DECLARING.values(), ids=DECLARING)
def test_the_first_declared_field_counts_though_the_types_are_equal(
    old: str,
    new: str,
    declares: bool,  # noqa: FBT001 (data)
) -> None:
    sides = (f"public function put({text} item) {{ }}" for text in (old, new))
    fact = "declared-field-set-changed" if declares else "type-respelled"
    assert facts(*sides) == [f"put(item): function-parameter-{fact}"]


def test_what_changed_in_a_public_type_is_no_narrowing_of_what_names_it() -> None:
    old = "public type A record { int a; }; public type B record {| string b; |}; public type T A|B;"
    new = "public type A record {| int a; |}; public type B record {| string b; |}; public type T A;"
    assert facts(old, new) == ["A: record-closed", "T: type-narrowed"]


def test_what_came_to_a_public_type_makes_nothing_else_ambiguous() -> None:
    use = "public function f(P p) {} public function g(P[] p) {} public function h(P? p) {}"
    old, new = f"public type P int[]; {use}", f"public type P int[]|float[]; {use}"
    assert facts(old, new) == ["P: type-widened-ambiguous"]


def test_what_is_held_by_a_public_type_is_ambiguous_at_that_type_alone() -> None:
    use = "public function f(P? p) {} public function g(R? r) {}"
    declared = "public type P int[][]; public type R record {| int[] a; |};"
    old, new = f"{declared} {use}", f"{declared.replace('int[]', '(int[]|float[])')} {use}"
    assert facts(old, new) == ["P: type-widened-ambiguous", "R.a: record-field-type-widened-ambiguous"]


# What a union takes may change with a type that stands in a field of one of its records.
REACHED = {
    "an alias in a union of the field": (
        """public type F int; public type A record {| F|map<int> a; |}; public type C record {| string a; |};
           public function put(A|C item) { }""",
        ("F int;", "F int|string;"),
        ["F: type-widened", "put(item): function-parameter-type-widened-ambiguous"],
    ),
    "a record in a union of the field": (
        """public type F record {| int x; |}; public type A record {| F|map<int> a; |};
           public type C record {| record {| int y; |} a; |}; public function put(A|C item) { }""",
        ("int x;", "int z;"),
        ["A.a: record-field-type-widened-ambiguous", "F.x: record-field-renamed"],
    ),
    "a record in a union of a field of a private record": (
        """public type F record {| int x?; |}; type A record {| F|record {| int y; |} a; |};
           public function put(A item) { }""",
        ("int x?;", "int x?; int y?;"),
        ["F.y: record-field-optional-added", "put(item): function-parameter-type-widened-ambiguous"],
    ),
}


@pytest.mark.parametrize(("source", "change", "found"), REACHED.values(), ids=REACHED)
def test_a_record_that_did_not_change_in_a_union(
    source: str, change: tuple[str, str], found: list[str]
) -> None:
    assert facts(source, source.replace(*change)) == found


def test_a_type_that_is_made_of_itself_takes_no_constructor() -> None:
    # The compiler refuses such a declaration; a package may hold it.
    use = "type Loop Loop; public function put(Loop|int[]{} item) {{ }}"
    sides = (use.format(more).replace("{{ }}", "{ }") for more in ("", "|float[]"))
    assert facts(*sides) == ["put(item): function-parameter-type-widened-ambiguous"]


def test_what_no_constructor_makes_is_in_no_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "AMBIGUITY_STEPS", 500)
    codes = "|".join(f'"code{number}"' for number in range(30))
    sides = (f"public function put({union} code) {{ }}" for union in (f"int[]|{codes}", f"int[]|int|{codes}"))
    (found,) = differences(*sides)
    assert found.rule == "function-parameter-type-widened"
    assert found.undecided is None


def test_many_records_that_take_the_same_constructors_are_looked_at_as_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As the union of all responses of a library, which gets one more: none was ever made by a plain `{}`.
    monkeypatch.setattr(limits, "AMBIGUITY_STEPS", 5_000)
    records = "".join(
        f"public type R{number} record {{| string a?; int b?; boolean c?; |}};" for number in range(60)
    )
    old = "|".join(f"R{number}" for number in range(59))
    sides = (f"{records} public type P {union};" for union in (old, f"{old}|R59"))
    assert [fact for fact in facts(*sides) if "ambiguous" in fact] == []
