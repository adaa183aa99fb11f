"""Which declarations are looked at: those that changed, and those whose names changed their meaning."""

from __future__ import annotations

import pytest
from support.packages import package
from support.sources import surface
from support.worlds import built, connected, shelf

from semverdiff.api import Outlines, Surface
from semverdiff.compare import compare
from semverdiff.compare.context import Context
from semverdiff.compare.matching import matches
from semverdiff.compare.mentions import Mentions


def matched(old: str | dict[str, str], new: str | dict[str, str]) -> list[str]:
    return [f"{module}:{key}" for module, key in names(Context(surface(old), surface(new)))]


def names(context: Context) -> list[tuple[str, str]]:
    return [*matches(context, Mentions(context))]


UNCHANGED = "type Z int; function z(Z a) {}"
CASES = {
    "nothing": ("type A int;", "type A int;", []),
    "text": ("type A int;", "type A string;", ["A"]),
    "added and removed": ("type A int;", "type B int;", ["A", "B"]),
    "order": ("type A int; type B int;", "type B int; type A int;", []),
    "a comment beside it": ("type A int;", "// new\ntype A int;\n// more", []),
    "a comment within": ("type A int;", "type A // new\nint;", ["A"]),
    # names without a declaration of their own for clients
    "private type": ("type A int; function f(A a) {}", "type A string; function f(A a) {}", ["A", "f"]),
    "through another": (
        "type A int; type B A[]; function f(B b) {}",
        "type A string; type B A[]; function f(B b) {}",
        ["A", "B", "f"],
    ),
    "constant": ("const A = 1; type B int[A];", "const A = 2; type B int[A];", ["A", "B"]),
    "public constant": (
        "public const A = 1; function f(int a = A) {}",
        "public const A = 2; function f(int a = A) {}",
        ["A", "f"],
    ),
    "member of an enum": ("enum E { A } type B A;", 'enum E { A = "b" } type B A;', ["B", "E"]),
    "private type gone": ("type A int; function f(A a) {}", "function f(A a) {}", ["A", "f"]),
    "made public": ("type A int; function f(A a) {}", "public type A int; function f(A a) {}", ["A", "f"]),
    # public types of both sides, functions and variables mean the same to what uses them
    "public type": (
        "public type A int; function f(A a) {}",
        "public type A string; function f(A a) {}",
        ["A"],
    ),
    "public type that takes further fields now": (
        "public type A record {| |}; public type B record {| *A; |};",
        "public type A record { }; public type B record {| *A; |};",
        ["A", "B"],
    ),
    "private type that takes further fields now, included in turn": (
        "type A record {| |}; public type B record {| *A; |}; public type C record {| *B; |};",
        "type A record { }; public type B record {| *A; |}; public type C record {| *B; |};",
        ["A", "B", "C"],
    ),
    "function": ("function g() {} int f = g();", "function g(int a) {} int f = g();", ["g"]),
    "variable": ("int g = 1; int f = g;", "int g = 2; int f = g;", ["g"]),
    "part of a word": ("type A int; function f(AB a) {}", "type A string; function f(AB a) {}", ["A"]),
    "quoted use": ("type A int; function f('A a) {}", "type A string; function f('A a) {}", ["A", "f"]),
    "escaped use": (
        r"type a\-b int; function f(a\-b a) {}",
        r"type a\-b string; function f(a\-b a) {}",
        ["a-b", "f"],
    ),
    "circle": ("type A B[]; type B A?;", "type A B[]|int; type B A?;", ["A", "B"]),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_match(old: str, new: str, expected: list[str]) -> None:
    assert matched(f"{old}\n{UNCHANGED}", f"{new}\n{UNCHANGED}") == [f"shop:{one}" for one in expected]


FILES = {
    "moved to another file": (
        {"a.bal": "type A int;", "b.bal": "type B int;"},
        {"b.bal": "type B int; type A int;"},
        [],
    ),
    "file renamed": ({"a.bal": "type A int;"}, {"z.bal": "type A int;"}, []),
    "meaning changed in another file": (
        {"a.bal": "type A int;", "b.bal": "type B A;"},
        {"a.bal": "type A string;", "b.bal": "type B A;"},
        ["shop:A", "shop:B"],
    ),
    "meaning changed in another module": (
        {"lib.bal": "import shop.m; type B m:A;", "modules/m/a.bal": "public type A int;"},
        {"lib.bal": "import shop.m; type B m:A;", "modules/m/a.bal": "public type A string;"},
        ["shop:B", "shop.m:A"],
    ),
    "import of another module": (
        {"lib.bal": "import a/b; type A b:X; type C int;"},
        {"lib.bal": "import a/c as b; type A b:X; type C int;"},
        ["shop:A"],
    ),
    "prefix of an import": (
        {"lib.bal": "import a/b; type A b:X;"},
        {"lib.bal": "import a/b as c; type A c:X;"},
        ["shop:A"],
    ),
    "import of a prefix that the language had": (
        {"lib.bal": "type A int:X; type C int;"},
        {"lib.bal": "import a/b as 'int; type A int:X; type C int;"},
        ["shop:A"],
    ),
    "another module of the package": (
        {"lib.bal": "type A int;", "modules/m/a.bal": "type A int;"},
        {"lib.bal": "type A int;", "modules/m/a.bal": "type A string;"},
        ["shop:A", "shop.m:A"],
    ),
    "module added": (
        {"lib.bal": "type A int;"},
        {"lib.bal": "type A int;", "modules/m/a.bal": "type B int;"},
        [],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), FILES.values(), ids=FILES)
def test_files_and_modules(old: dict[str, str], new: dict[str, str], expected: list[str]) -> None:
    assert sorted(matched(old, new)) == sorted(expected)


def test_equal_files_are_not_parsed() -> None:
    files = {"a.bal": "type A int;", "b.bal": "public function f() {}"}
    context = Context(surface(files), surface({**files, "b.bal": "public function f(int a) {}"}))
    assert names(context) == [("shop", "f")]
    assert set(context.old.outlined("shop")) == {"f"}


def test_a_file_that_may_mention_a_changed_name_is_parsed() -> None:
    files = {"a.bal": "type A int;", "b.bal": "type B A;", "c.bal": "type C int;"}
    outlines = Outlines()
    context = Context(
        Surface(package(files), outlines), Surface(package({**files, "a.bal": "type A string;"}), outlines)
    )
    assert names(context) == [("shop", "A"), ("shop", "B")]
    assert set(context.old.outlined("shop")) == {"A", "B"}


def test_asking_what_is_in_the_api_changes_nothing_that_is_compared() -> None:
    source = "import acme/money; public function f() returns money:Amount? {}"
    manifest = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\n'
    depends = '[[dependency]]\norg = "acme"\nname = "money"\nversion = "{}.0.0"\n'
    old, new = (Surface(package(source, manifest + depends.format(major))) for major in (1, 2))
    assert [one.rule for one in compare(old, new)] == ["package-dependency-major-changed"]


# Types of a package that was built with another version of money, and which of them includes one of that.
INCLUDING = {
    "another type of it": ("record {| *money:Amount; int b; |}", ["R"]),
    "by a quoted prefix, with blanks": ("record {| * 'money : Amount; |}", ["R"]),
    "by an escaped prefix": (r"record {| *mone\u{79}:Amount; |}", ["R"]),
    "in a field": ("record {| money:Amount a; |}", []),
    "in a field, beside an own type that is included": ("record {| *Own; money:Amount a; |}", []),
    "in an object type": ("object { *money:Account; }", ["R"]),
}


@pytest.mark.parametrize(("text", "expected"), INCLUDING.values(), ids=INCLUDING)
def test_types_that_include_one_of_a_raised_package_are_looked_at(text: str, expected: list[str]) -> None:
    own = f"import acme/money; type Own record {{| int b; |}}; public type R {text};"
    sides = [built(own, money=version) for version in ("1.0.0", "1.1.0")]
    context = Context(*connected(sides[0], sides[1], shelf([])))
    assert [key for _, key in names(context)] == expected


def test_declarations_of_a_module_that_one_version_lacks_are_none_to_compare() -> None:
    files = {"lib.bal": "type A int;", "modules/gone/a.bal": "import shop; public type B shop:A;"}
    mentions = Mentions(Context(surface(files), surface({"lib.bal": "type A string;"})))
    assert [match.name for match in mentions.of(["A"])] == [("shop", "A")]
