"""Which names mean the same in both versions, seen from nothing but equal text?"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from support.packages import package
from support.sources import surface
from support.type_pairs import pair
from support.worlds import built, connected, shelf

from semverdiff.api import Outlines, Surface
from semverdiff.syntax.nodes import Reference
from semverdiff.types import Type, Unchanged
from semverdiff.types.equality import Equality, no_anchor, where_unchanged

if TYPE_CHECKING:
    from semverdiff.packages import Package

# What the old and the new version declare, and whether the type T is seen to be the same.
SEEN = {
    "equal text": ("type T int;", "type T int;", True),
    "another text": ("type T int;", "type T string;", False),
    "other layout": ("type T int;", "type  T int;", False),
    "a type of one version": ("type T int;", "", False),
    "a name that nobody declares": ("", "", True),
    "what it names": ("type T A; type A int;", "type T A; type A int;", True),
    "what it names is another thing": ("type T A; type A int;", "type T A; type A string;", False),
    "what it names is gone": ("type T A; type A int;", "type T A;", False),
    "what it leads to through others is another thing": (
        "type T A; type A B[]; type B record {| C c; |}; type C 1;",
        "type T A; type A B[]; type B record {| C c; |}; type C 2;",
        False,
    ),
    "one in itself": ("type T record {| T? t; |};", "type T record {| T? t; |};", True),
    "one in a circle of which another part changed": (
        "type T record {| A? a; |}; type A record {| T? t; B b; |}; type B 1;",
        "type T record {| A? a; |}; type A record {| T? t; B b; |}; type B 2;",
        False,
    ),
    "a length": ("type T int[N]; const N = 1;", "type T int[N]; const N = 2;", False),
    "a constant": ("type T N; const N = M; const M = 1;", "type T N; const N = M; const M = 2;", False),
    "a constant with a name that is written with an escape": (
        r"type T N; const N = 'a\-b; const 'a\-b = 1;",
        r"type T N; const N = 'a\-b; const 'a\-b = 2;",
        False,
    ),
    "a member of an enum": ("type T A; enum E { A, B }", "type T A; enum E { A, B }", True),
    "a member of an enum that changed": ("type T A; enum E { A, B }", 'type T A; enum E { A = "C" }', False),
    "a member that moved": ("type T A; enum E { A } enum F { B }", "type T A; enum F { A, B }", False),
    "a member that became a type": ("type T A; enum E { A }", "type T A; type A 1;", False),
    "a member of one version": ("type T A; enum E { A }", "type T A; enum E { B }", False),
    "an enum whose value is a constant": (
        'type T E; enum E { A = N } const N = "a";',
        'type T E; enum E { A = N } const N = "b";',
        False,
    ),
    "a default that is none of the type": (
        "type T record {| int a = f(); |}; function f() returns int => 1;",
        "type T record {| int a = f(); |}; function f() returns int => 2;",
        True,
    ),
    "an initial value that is none of the type": (
        "class T { A a = f(); } type A int; function f() returns A => 1;",
        "class T { A a = f(); } type A int; function f() returns A => 2;",
        True,
    ),
    "what clients cannot see of a class": (
        "class T { private A a; } type A int;",
        "class T { private A a; } type A string;",
        False,
    ),
    "a parameter of a method": (
        "type T object { function f(A a); }; type A int;",
        "type T object { function f(A a); }; type A string;",
        False,
    ),
    "what only an annotation names": (
        "@A {} type T int; annotation A on type; const N = 1;",
        "@A {} type T int; annotation A on type; const N = 2;",
        True,
    ),
    "text that does not parse": ("type T int int;", "type T int int;", False),
}


@pytest.mark.parametrize(("old", "new", "seen"), SEEN.values(), ids=SEEN)
def test_a_name_means_the_same_where_nothing_that_it_leads_to_was_written_anew(
    old: str, new: str, *, seen: bool
) -> None:
    assert Unchanged(surface(old), surface(new)).means_the_same("shop", "T") is seen


MODULES = {
    "of this package": ("import shop.m; type T m:A;", "type A int;", "type A int;", True),
    "of this package, changed": ("import shop.m; type T m:A;", "type A int;", "type A string;", False),
}


@pytest.mark.parametrize(("shop", "old", "new", "seen"), MODULES.values(), ids=MODULES)
def test_names_of_other_modules_are_followed(shop: str, old: str, new: str, *, seen: bool) -> None:
    before, after = (surface({"main.bal": shop, "modules/m/m.bal": text}) for text in (old, new))
    assert Unchanged(before, after).means_the_same("shop", "T") is seen


@pytest.mark.parametrize("declared", ["type A int;", "type B int;"])
def test_a_module_of_one_version_alone_is_no_module_of_both(declared: str) -> None:
    text = "import shop.m; type T m:A;"
    before, after = surface({"main.bal": text, "modules/m/m.bal": declared}), surface(text)
    assert not Unchanged(before, after).means_the_same("shop", "T")
    assert not Unchanged(after, before).means_the_same("shop", "T")
    assert not Unchanged(after, before).means_the_same("shop.m", "A")
    assert not Unchanged(before, after).means_the_same("shop.m", "A")


IMPORTS = {
    "another module under a prefix that it has": (
        "import acme/money as m; type T m:A;",
        "import acme/coins as m; type T m:A;",
        False,
    ),
    "another module under a prefix that it has not": (
        "import acme/money as m; import acme/a as b; type T m:A;",
        "import acme/money as m; import acme/c as b; type T m:A;",
        True,
    ),
    "another module, and a prefix that may be written with an escape": (
        r"import acme/money as m; import acme/a as b; type T m:A\-B;",
        r"import acme/money as m; import acme/c as b; type T m:A\-B;",
        False,
    ),
    "a further import": (
        "import acme/money; type T int;",
        "import acme/money; import acme/a; type T int;",
        True,
    ),
}


@pytest.mark.parametrize(("old", "new", "seen"), IMPORTS.values(), ids=IMPORTS)
def test_equal_text_means_the_same_only_under_equal_imports(old: str, new: str, *, seen: bool) -> None:
    assert Unchanged(surface(old), surface(new)).means_the_same("shop", "T") is seen


def _with_money(version: str) -> Package:
    return built("import acme/money; type T money:Amount;", money=version)


@pytest.mark.parametrize(("version", "seen"), [("1.0.0", True), ("1.1.0", False)])
def test_what_a_raised_package_declares_may_have_changed(version: str, *, seen: bool) -> None:
    money = [built("public type Amount int;", "money", one) for one in ("1.0.0", "1.1.0")]
    old, new = connected(_with_money("1.0.0"), _with_money(version), shelf(money))
    assert Unchanged(old, new).means_the_same("shop", "T") is seen
    assert Unchanged(new, old).means_the_same("shop", "T") is seen


@pytest.mark.parametrize("module", ["acme/money", "nowhere"])
def test_of_a_module_that_is_none_of_the_package_nothing_is_known(module: str) -> None:
    sides = surface("type T int;"), surface("type T int;")
    assert not Unchanged(*sides).means_the_same(module, "T")


def test_each_declaration_is_looked_into_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    locate = Surface.locate

    def counted(side: Surface, module: str, key: str) -> object:
        looked.append(key)
        return locate(side, module, key)

    text = "".join(f"type T{at} record {{| T{at + 1}? a; T{at + 2}? b; |}};" for at in range(100))
    unchanged = Unchanged(*(surface(f"{text} type T100 {one}; type T101 1;") for one in ("1", "2")))
    monkeypatch.setattr(Surface, "locate", counted)
    assert [unchanged.means_the_same("shop", f"T{at}") for at in range(102)] == [False] * 101 + [True]
    assert len(looked) <= 3 * 2 * 102


@pytest.mark.parametrize("seed", range(40))
def test_what_means_the_same_has_an_equal_structure(seed: int) -> None:
    made = pair(Random(seed))  # noqa: S311 (no secret)
    outlines = Outlines()
    old, new = (Surface(package(text), outlines) for text in (made.old, made.new))
    unchanged = Unchanged(old, new)
    equality = Equality(no_anchor, new, stands=where_unchanged)
    names = [key for key, one in old.all("shop").items() if one.item.kind == "type_definition"]
    seen = [name for name in names if unchanged.means_the_same("shop", name)]
    assert seen
    for name in seen:
        assert equality.same(*(Type(Reference(None, name), "shop", side) for side in (old, new))), name
