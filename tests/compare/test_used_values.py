"""Constants of a raised package that have other values, in declarations of which no word changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.worlds import built, connected, shelf

from semverdiff.compare import compare
from semverdiff.compare.mentions import Mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.compare.mentions import Match

_IMPORT = "import acme/money; "
_OLD = 'public const int MOST = 1; public const int SAME = 7; public enum Code { EUR, USD = "a" }'
_NEW = 'public const int MOST = 2; public const int SAME = 7; public enum Code { EUR, USD = "b" }'


def _facts(own: str, before: str = _OLD, after: str = _NEW, asked: list[str] | None = None) -> list[str]:
    """Return what a package states that was built with 1.0.0 of money, and then with 1.1.0."""
    packages = [built(text, "money", version) for text, version in ((before, "1.0.0"), (after, "1.1.0"))]
    old, new = (built(_IMPORT + own, money=version) for version in ("1.0.0", "1.1.0"))
    found = compare(*connected(old, new, shelf(packages, asked)))
    return [f"{one.symbol}: {one.rule}" for one in found if one.symbol != "(package)"]


USES = {
    "a default": (
        "public function f(int a = money:MOST) {}",
        ["f(a): function-parameter-default-value-changed"],
    ),
    "a default with a member of an enum": (
        "public function f(string a = money:USD) {}",
        ["f(a): function-parameter-default-value-changed"],
    ),
    "a default of a field": (
        "public type R record {| int a = money:MOST; |};",
        ["R.a: record-field-default-value-changed"],
    ),
    "a default of a method": (
        "public class C { public function m(int a = money:MOST) {} }",
        ["C.m(a): method-parameter-default-value-changed"],
    ),
    "a default of a resource": (
        "public client class C { resource function get a(int a = money:MOST) {} }",
        ["C[get a](a): resource-parameter-default-value-changed"],
    ),
    "a default of a callback": (
        "public function f(function (int a = money:MOST) g) {}",
        ["f(g): callback-parameter-default-value-changed"],
    ),
    "a field of a class": (
        "public class C { public int a = money:MOST; }",
        ["C.a: class-field-initial-value-changed"],
    ),
    "a constant": ("public const int N = money:MOST;", ["N: constant-value-changed"]),
    "an expression": ("public const int N = money:MOST + 1;", ["N: constant-value-changed"]),
    "an escape": ("public const int N = mone\\u{79}:MOST;", ["N: constant-value-changed"]),
    "a member of an enum": ("public enum F { A = money:USD }", ["F.A: enum-member-value-changed"]),
    "a final variable": ("public final int v = money:MOST;", ["v: variable-initial-value-changed"]),
    "a configurable variable": (
        "configurable int v = money:MOST;",
        ["v: configurable-default-value-changed"],
    ),
    "the length of an array": (
        "public function f(int[money:MOST] a) {}",
        ["f(a): function-parameter-type-changed"],
    ),
    "a type": (
        "public function f(money:MOST|string a) {}",
        ["f(a): function-parameter-type-changed", "money:MOST: constant-value-changed"],
    ),
    "a type of a member of an enum": ("public type S money:EUR|money:USD;", ["S: type-changed"]),
    "a private constant in a default": (
        "const int N = money:MOST; public function f(int a = N) {}",
        ["f(a): function-parameter-default-value-changed"],
    ),
    "a private constant in a default, and another one in the body": (
        "const int N = money:MOST; const int M = N; public function f(int a = M) { int b = N; }",
        ["f(a): function-parameter-default-value-changed"],
    ),
    "a member of a private enum in a default": (
        "enum F { A = money:USD } public function f(string a = A) {}",
        ["f(a): function-parameter-default-value-changed"],
    ),
    "private constants in an array": (
        "const int M = N; const int N = money:MOST; public function f(int[M] a) {}",
        ["f(a): function-parameter-type-changed"],
    ),
    "a private type": (
        "type S money:MOST|string; public function f(S a) {}",
        ["f(a): function-parameter-type-changed", "money:MOST: constant-value-changed"],
    ),
}


@pytest.mark.parametrize(("own", "found"), USES.values(), ids=USES)
def test_what_uses_another_value(own: str, found: list[str]) -> None:
    assert _facts(own) == found


NO_USES = {
    "a constant of the same value": "public function f(int a = money:SAME) {}",
    "a member of an enum of the same value": "public function f(string a = money:EUR) {}",
    "nobody": "public function f(int a = money:LEAST) {}",
    "an expression without names": 'public function f(string a = "money:MOST") {}',
}


@pytest.mark.parametrize("own", NO_USES.values(), ids=NO_USES)
def test_what_uses_no_other_value(own: str) -> None:
    assert _facts(own) == []


NOT_SEEN = {
    "a body": "public function f() { int a = money:MOST; }",
    "a private function": "function f(int a = money:MOST) {}",
    "a private constant that nobody uses": "const int N = money:MOST;",
    "a private enum of which nobody uses a member": "enum F { A = money:USD }",
    "a private constant in a body": "const int N = money:MOST; public function f() { int a = N; }",
    "a private function in a default": (
        "function g(int a = money:MOST) returns int => a; public function f(int a = g()) {}"
    ),
    "a private constant in a private function of a default": (
        "const int N = money:MOST; function g(int a = N) returns int => a; public function f(int a = g()) {}"
    ),
    "a private constant that private ones use": "const int M = N; const int N = money:MOST;",
    "a private field": "public class C { private int a = money:MOST; }",
    "a private method": "public class C { private function m(int a = money:MOST) {} }",
    "a method of the module": "public class C { function m(int a = money:MOST) {} }",
    "an annotation": "public annotation int A; @A { value: money:MOST } public class C {}",
    "an annotation of a result": "public annotation int A; public function f() returns @money:A int => 1;",
}


@pytest.mark.parametrize("own", NOT_SEEN.values(), ids=NOT_SEEN)
def test_nothing_is_read_for_values_that_clients_do_not_see(own: str) -> None:
    asked: list[str] = []
    assert _facts(own, asked=asked) == []
    assert asked == []


def test_private_constants_that_lead_to_each_other_are_looked_up_once_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sums = (f"const int C{number} = money:MOST + C{number + 1};" for number in range(200))
    looked_up: list[str] = []
    mentioning = Mentions.of

    def counted(self: Mentions, names: Iterable[str]) -> Iterator[Match]:
        names = list(names)
        looked_up.extend(names)
        return mentioning(self, names)

    monkeypatch.setattr(Mentions, "of", counted)
    assert _facts(f"{' '.join(sums)} const int C200 = money:MOST;") == []
    assert len(looked_up) < 2 * 200 + 10


INNER = {
    "a default": ("public type A record {| int a = MOST; |};", "A.a: record-field-default-value-changed"),
    "the length of an array": ("public type A int[MOST];", "A: type-changed"),
    "an array in a record": ("public type A record {| int[MOST] a; |};", "A.a: record-field-type-changed"),
    "the value of a constant": (
        "const int ALL = MOST; public type A int[ALL];",
        "A: type-changed",
    ),
}


@pytest.mark.parametrize(("declared", "found"), INNER.values(), ids=INNER)
def test_what_clients_meet_of_a_raised_package_uses_another_value_of_it(declared: str, found: str) -> None:
    before, after = (f"const int MOST = {number}; {declared}" for number in (1, 2))
    assert f"money:{found}" in _facts("public function f(money:A a) {}", before, after)


def test_private_constants_on_two_ways_to_one_are_one_finding() -> None:
    assert _facts("const A = money:MOST; const B = A; const C = A; public const D = B + C;") == [
        "D: constant-value-changed"
    ]


def test_what_uses_a_value_and_is_gone_is_removed() -> None:
    old, new = (
        built(_IMPORT + own, money=version)
        for own, version in (("public function f(int a = money:MOST) {}", "1.0.0"), ("", "1.1.0"))
    )
    packages = [built(text, "money", version) for text, version in ((_OLD, "1.0.0"), (_NEW, "1.1.0"))]
    found = compare(*connected(old, new, shelf(packages)))
    assert [one.rule for one in found if one.symbol == "f"] == ["function-removed"]


def test_a_raised_package_that_uses_the_same_values_changes_nothing() -> None:
    declared = "const int MOST = 1; public type A record {| int[MOST] a = []; |};"
    sides = (declared, f"{declared} const int OTHER = 2;")
    assert _facts("public function f(money:A a) {}", *sides) == []
