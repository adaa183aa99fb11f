"""Unions that did not change, of which a constructor fits two members now because of a type inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.packages import manifest
from support.sources import facts, surface
from support.worlds import built, connected, shelf

from semverdiff.compare import compare
from semverdiff.compare.constructors import Constructors
from semverdiff.compare.context import Context
from semverdiff.compare.mentions import Mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from semverdiff.compare.mentions import Match

_OTHER = "record {| string f; int g?; |}"
_TAKEN = "p(x): function-parameter-type-widened-ambiguous"

# What holds a type takes other constructors after that became another one: `T` from int to string.
HOLDERS = {
    "a record": (f"public type R record {{| T f; |}}; public function p(R|{_OTHER} x) {{}}", [_TAKEN]),
    "a record, in an alias": (
        f"public type R record {{| T f; |}}; public type U R|{_OTHER};",
        ["U: type-widened-ambiguous"],
    ),
    "a private record": (f"type R record {{| T f; |}}; public function p(R|{_OTHER} x) {{}}", [_TAKEN]),
    "an optional type in a record": (
        f"public type R record {{| T? f; |}}; public function p(R|{_OTHER} x) {{}}",
        [_TAKEN],
    ),
    "a further name in a record": (
        f"public type S T; public type R record {{| S f; |}}; public function p(R|{_OTHER} x) {{}}",
        [_TAKEN],
    ),
    "a record that is included": (
        f"""public type B record {{| T f; |}}; public type R record {{| *B; int h?; |}};
            public function p(R|{_OTHER} x) {{}}""",
        [_TAKEN],
    ),
    "a tuple": ("public type R [T, int]; public function p(R|[string, int, int...] x) {}", [_TAKEN]),
    "a list": ("public type R T[]; public function p(R|[string, int...] x) {}", [_TAKEN]),
    "a map": (f"public type R map<T>; public function p(R|{_OTHER} x) {{}}", [_TAKEN]),
    "a record without a name": (f"public function p(record {{| T f; |}}|{_OTHER} x) {{}}", [_TAKEN]),
    "a list without a name": ("public function p(T[]|[string, int...] x) {}", [_TAKEN]),
    "a map without a name": (f"public function p({_OTHER}|map<T> x) {{}}", [_TAKEN]),
    "what constructors do not make": ("public function p(T|string[] x) {}", []),
    "an error": ("public function p(T[]|error x) {}", []),
}


@pytest.mark.parametrize(("declared", "found"), HOLDERS.values(), ids=HOLDERS)
def test_what_holds_a_type_that_became_another_one(declared: str, found: list[str]) -> None:
    old, new = f"public type T int; {declared}", f"public type T string; {declared}"
    assert facts(old, new) == ["T: type-changed", *found]


# Where a list or a map stands beside a type that became a list of decimals, or within the same union.
UNIONS = {
    "before a list": "T|int[]",
    "behind a list": "int[]|T",
    "behind a list of a certain length": "int[2]|T",
    "behind a list of what may be nil": "int?[]|T",
    "behind blanks": "int [] | T",
    "behind a list of lists that may be nil": "int[]?|T",
    "before what no constructor makes": "T|string|boolean|int[]",
    "with a list in parentheses": "T|(int)[]",
    "in parentheses": "(T|string)|int[]",
    "in a list": "(T|int[])[]",
    "behind nil": "T?|int[]",
    "with an immutable list": "T|readonly & int[]",
    "before a comment": "T|// not an int\nint[]",
    "behind a comment": "T // not an int\n|int[]",
    "behind a comment with a bar": "T // this | int\n|int[]",
    "spelt with an escape": "\\u{54}|int[]",
    "quoted": "int[]|'T",
}


@pytest.mark.parametrize("union", UNIONS.values(), ids=UNIONS)
def test_a_union_with_a_type_that_became_a_list(union: str) -> None:
    declared = f"public function p({union} x) {{}}"
    old, new = f"public type T string; {declared}", f"public type T decimal[]; {declared}"
    assert _TAKEN in facts(old, new)


MAPS = {
    "before a map": "T|map<int>",
    "behind a map": "map<int>|T",
    "behind a record": "record {| int a?; |}|T",
    "in a map": "map<T|map<int>>",
}


@pytest.mark.parametrize("union", MAPS.values(), ids=MAPS)
def test_a_union_with_a_type_that_became_a_map(union: str) -> None:
    declared = f"public function p({union} x) {{}}"
    old, new = f"public type T string; {declared}", f"public type T map<decimal>; {declared}"
    assert _TAKEN in facts(old, new)


def test_two_maps_of_which_one_holds_what_the_other_does() -> None:
    # `{}` could be both before; `{a: 1}` was a map of int.
    use = "public function p(map<T>|map<int> x) {}"
    old, new = f"public type T string; {use}", f"public type T decimal; {use}"
    assert facts(old, new) == ["T: type-changed", _TAKEN]


OWNERS = {
    "a rest parameter": (
        "public function p(T|int[]... x) {}",
        "p(x): function-parameter-rest-type-widened-ambiguous",
    ),
    "a field": ("public type R record {| T|int[] f; |};", "R.f: record-field-type-widened-ambiguous"),
    "further fields": ("public type R record {| T|int[]...; |};", "R: record-rest-type-widened-ambiguous"),
    "a method": (
        "public class C { public function m(T|int[] x) {} }",
        "C.m(x): method-parameter-type-widened-ambiguous",
    ),
    "a resource": (
        "public client class C { resource function get a(T|int[] x) {} }",
        "C[get a](x): resource-parameter-type-widened-ambiguous",
    ),
    "init": (
        "public class C { public function init(T|int[] x) {} }",
        "C.init(x): init-parameter-type-widened-ambiguous",
    ),
    "a method of an included object type": (
        "type O object { public function m(T|int[] x); }; public type Q object { *O; };",
        "Q.m(x): method-parameter-type-widened-ambiguous",
    ),
}


@pytest.mark.parametrize(("declared", "found"), OWNERS.values(), ids=OWNERS)
def test_whatever_takes_a_union(declared: str, found: str) -> None:
    old, new = f"public type T string; {declared}", f"public type T decimal[]; {declared}"
    assert facts(old, new) == sorted(["T: type-changed", "T: type-readonly-lost", found])


KINDS = {
    "an enum with a further member": (
        """public enum T {A, B} public type R record {| T f; |};
           public function p(R|record {| "C" f; int g?; |} x) {}""",
        ("A, B", "A, B, C"),
        ["T.C: enum-member-added", _TAKEN],
    ),
    "an enum with another value": (
        """public enum T {A, B="X"} public type R record {| T f; |};
           public function p(R|record {| "C" f; int g?; |} x) {}""",
        ('"X"', '"C"'),
        ["T.B: enum-member-value-changed", _TAKEN],
    ),
    "an object type that became a class": (
        "public class C {} public type O object {}; public function p(O|C x) {}",
        ("public type O object {};", "public class O {}"),
        ["O: object-type-to-class", _TAKEN],
    ),
    "a type that became a class": (
        "public class C {} public type O int; public function p(O|C x) {}",
        ("public type O int;", "public class O {}"),
        ["O: symbol-kind-changed", _TAKEN],
    ),
    "a map that became an open record": (
        "public type O map<string>; public function p(O|record {| int a; int b?; |} x) {}",
        ("map<string>", "record { int a; }"),
        ["O: map-alias-to-record", _TAKEN],
    ),
}


@pytest.mark.parametrize(("source", "change", "found"), KINDS.values(), ids=KINDS)
def test_types_of_other_kinds(source: str, change: tuple[str, str], found: list[str]) -> None:
    assert facts(source, source.replace(*change)) == found


_DECLARED = """public type A record {| int x; |}; public type B record {| string x; int y?; |};
    type P record {| A|B v; |}; type Q record {| P w; |};"""
# What holds a private record in which `A|B` became ambiguous, and how that is stated.
PRIVATE = {
    "as the only type": ("public function p(P x) {}", _TAKEN),
    "beside what no constructor makes": ("public function p(P|string x) {}", _TAKEN),
    "beside a list": ("public function p(P|int[] x) {}", _TAKEN),
    "beside another record": ("public function p(P|record {| int v; int w; |} x) {}", _TAKEN),
    "beside a public record": ("public function p(P|B x) {}", _TAKEN),
    "in a list": ("public function p(P[]|map<int> x) {}", _TAKEN),
    "without a name": ("public function p(int[]|record {| A|B v; |} x) {}", _TAKEN),
    "in a field": ("public type R record {| P|int[] q; |};", "R.q: record-field-type-widened-ambiguous"),
    "in an alias": ("public type R P|int[];", "R: type-widened-ambiguous"),
    "in another private record": ("public function p(Q|int[] x) {}", _TAKEN),
    "in a union in a private record": (
        "type S record {| Q[]|map<int> s; |}; public function p(S|int[] x) {}",
        _TAKEN,
    ),
}


@pytest.mark.parametrize(("declared", "found"), PRIVATE.values(), ids=PRIVATE)
def test_private_records_in_unions(declared: str, found: str) -> None:
    sides = (f"{_DECLARED.replace('int x', text)} {declared}" for text in ("int x", "string x"))
    assert facts(*sides) == ["A.x: record-field-type-changed", found]


_RECORD = "record {| int value; int y?; |}"
# What holds a type of a raised package, in which `string value` became `int value`.
ELSEWHERE = {
    "a parameter": (f"public function p(money:Amount|{_RECORD} x) {{}}", [_TAKEN]),
    "a field": (
        f"public type R record {{| money:Amount|{_RECORD} a; |}};",
        ["R.a: record-field-type-widened-ambiguous"],
    ),
    "an alias": (f"public type R money:Amount|{_RECORD};", ["R: type-widened-ambiguous"]),
    "a further name": (f"public type B money:Amount; public function p(B|{_RECORD} x) {{}}", [_TAKEN]),
    "a private union": (f"type R money:Amount|{_RECORD}; public function p(R|string x) {{}}", [_TAKEN]),
    "a private record": (
        f"type R record {{| money:Amount|{_RECORD} a; |}}; public function p(R|string[] x) {{}}",
        [_TAKEN],
    ),
    "an unambiguous union": ("public function p(money:Amount|int[] x) {}", []),
}


def _with_raised(own: str, before: str, after: str) -> list[str]:
    packages = [built(text, "money", version) for text, version in ((before, "1.0.0"), (after, "1.1.0"))]
    old, new = (built(f"import acme/money; {own}", money=version) for version in ("1.0.0", "1.1.0"))
    found = compare(*connected(old, new, shelf(packages)))
    return [f"{one.symbol}: {one.rule}" for one in found if one.symbol != "(package)"]


@pytest.mark.parametrize(("own", "found"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_unions_with_a_type_of_a_raised_package(own: str, found: list[str]) -> None:
    sides = (f"public type Amount record {{| {text} value; |}};" for text in ("string", "int"))
    assert _with_raised(own, *sides) == sorted([*found, "money:Amount.value: record-field-type-changed"])


INSIDE = {
    "a union of the package": (
        f"public type P Amount|{_RECORD}; public type Amount record {{| T value; |}};",
        "public function p(money:P x) {}",
        "money:P: type-widened-ambiguous",
    ),
    "a private record of the package": (
        f"""public type P Q; type Q record {{| Amount|{_RECORD} q; |}};
            public type Amount record {{| T value; |}};""",
        "public function p(money:P|int[] x) {}",
        "money:P.q: record-field-type-widened-ambiguous",
    ),
    "a record of the package that holds what changed": (
        "public type Amount record {| T value; |};",
        f"public function p(money:Amount|{_RECORD} x) {{}}",
        _TAKEN,
    ),
    "a record that holds what changed in the package": (
        "public type Amount record {| T value; |};",
        f"public type R record {{| money:T value; |}}; public function p(R|{_RECORD} x) {{}}",
        _TAKEN,
    ),
}


@pytest.mark.parametrize(("declared", "own", "found"), INSIDE.values(), ids=INSIDE)
def test_unions_with_a_type_that_another_one_of_a_raised_package_changes(
    declared: str, own: str, found: str
) -> None:
    sides = (f"public type T {text}; {declared}" for text in ("string", "int"))
    assert found in _with_raised(own, *sides)


_IN_BOTH = f"public type B record {{| A|{_RECORD} b; |}};"
_MET = "public function p(money:B x) {}"
# What clients meet of a record of a raised package that holds a union, and of what a broken text hides.
IN_RECORDS = {
    "by its name": (_MET, _IN_BOTH, ["money:B.b: record-field-type-widened-ambiguous"]),
    "where it is included": (
        "public type R record {| *money:B; |};",
        _IN_BOTH,
        ["R.b: record-field-type-widened-ambiguous"],
    ),
    "where broken text may declare it, too": (_MET, f"{_IN_BOTH} type B = ;", []),
}


@pytest.mark.parametrize(("own", "after", "found"), IN_RECORDS.values(), ids=IN_RECORDS)
def test_unions_in_records_of_a_raised_package(own: str, after: str, found: list[str]) -> None:
    before, changed = (f"public type A record {{| {text} value; |}};" for text in ("string", "int"))
    stated = _with_raised(own, f"{before} {_IN_BOTH}", f"{changed} {after}")
    assert [one for one in stated if not one.startswith("money:A.")] == found


def test_unions_of_a_raised_package_with_a_type_of_another_one() -> None:
    packages = [
        built(f"public type Amount record {{| {text} value; |}};", "money", version)
        for text, version in (("string", "1.0.0"), ("int", "1.1.0"))
    ]
    bank = f"import acme/money; public type Price money:Amount|{_RECORD};"
    packages += [built(bank, "bank", version, money=version) for version in ("1.0.0", "1.1.0")]
    own = "import acme/bank; public function p(bank:Price x) {}"
    old, new = (built(own, bank=version, money=version) for version in ("1.0.0", "1.1.0"))
    found = compare(*connected(old, new, shelf(packages)))
    assert "bank:Price: type-widened-ambiguous" in [f"{one.symbol}: {one.rule}" for one in found]


@pytest.mark.parametrize("union", ["stock:Order|Bill", "Bill|stock:Order"])
def test_unions_with_a_type_of_another_module(union: str) -> None:
    bill = "public type Bill record {| int a; string b?; |};"
    main = f"import shop.stock; {bill} public function p({union} x) {{}}"
    old, new = (
        surface(
            {"main.bal": main, "modules/stock/lib.bal": f"public type Order record {{| int a; {field}; |}};"},
            manifest(more='export = ["shop", "shop.stock"]'),
        )
        for field in ("int b", "string b?")
    )
    assert _TAKEN in [f"{one.symbol}: {one.rule}" for one in compare(old, new)]


# Private types with a type in them that takes other constructors, or other kinds of expressions, and which of
# them are followed to what mentions them: the others take what they took.
FOLLOWED = {
    "a list of records that hold it": ("type R record {| T f; |}[];", False, []),
    "a record that holds it beside a union of others": ("type R record {| A|B g; T f; |};", False, []),
    "a record that holds it behind an inclusion": ("type R record {| *o:A; T f; |};", False, []),
    "a record that includes it": ("type R record {| *T; |};", False, ["R"]),
    "a record with a union of it": ("type R record {| T|int[] f; |};", False, ["R"]),
    "a record that holds another kind of expression": ("type R record {| T f; |};", True, ["R"]),
    "no record that holds a record with that": (
        "type R record {| T f; |}; type S record {| R g; |};",
        True,
        ["R"],
    ),
}


@pytest.mark.parametrize(("declared", "takes_others", "followed"), FOLLOWED.values(), ids=FOLLOWED)
def test_types_that_take_what_they_took_are_not_followed(
    declared: str, followed: list[str], *, takes_others: bool
) -> None:
    others = "import acme/o; type A record {}; type B record {};"
    side = surface(f"{others} public type T record {{| int x; |}}; {declared}")
    context = Context(side, side)
    mentions = Mentions(context)
    asked: list[str] = []

    def mentioning(names: Iterable[str]) -> Mapping[str, Sequence[Match]]:
        names = list(names)
        asked.extend(names)
        return mentions.of_each(names)

    list(Constructors(context, mentioning).ambiguous({("shop", "T"): takes_others}, ()))
    assert list(dict.fromkeys(asked)) == ["T", *followed]
