"""What is left alone, and what is told apart, beside the usual: one case for every condition in the code."""

from __future__ import annotations

import pytest
from support.sources import facts, surface
from support.two_versions import compared, rules

from semverdiff.compare import Condition, compare

ORDER = "public type Order record {| int a; |};"
FIELD = "type R record {| int x?; |};"
DEFAULT = "public type R record {| int x = 1; |};"
OTHER = "import acme/other;"

PARAMETERS = {
    "a default of a callback is gone": (
        "public function f(function (int a = 1) g) {}",
        "public function f(function (int a) g) {}",
        [],
    ),
    "a name that moved up is no new name": (
        "public function f(int a, int b) {}",
        "public function f(int b, int c) {}",
        ["f(a): function-parameter-removed", "f(c): function-parameter-required-added"],
    ),
    "a default before an included record is inserted": (
        f"{FIELD} public function f() {{}}",
        f"{FIELD} public function f(int a = 1, *R r) {{}}",
        ["f(a): function-parameter-defaultable-inserted", "f(r): function-parameter-included-added"],
    ),
    "a record of another package may have required fields": (
        f"{OTHER} public function f() {{}}",
        f"{OTHER} public function f(*other:R r) {{}}",
        ["f(r): function-parameter-required-added"],
    ),
    "a record that includes one of another package may have required fields": (
        f"{OTHER} type S record {{| *other:R; int x?; |}}; public function f() {{}}",
        f"{OTHER} type S record {{| *other:R; int x?; |}}; public function f(*S s) {{}}",
        ["f(s): function-parameter-required-added"],
    ),
    "an included record has other defaults": (
        "type R record {| int x; |}; public function f(*R r) {}",
        "type R record {| int x = 1; |}; public function f(*R r) {}",
        ["f(r): function-parameter-included-record-changed"],
    ),
    "an included record of another type says no more": (
        "type R record {| int x; |}; public function f(*R r) {}",
        'type R record {| string x = ""; |}; public function f(*R r) {}',
        ["f(r): function-parameter-type-changed"],
    ),
    "a default names a constant of another value": (
        "const A = 1; public function f(int a = A) {}",
        "const A = 2; public function f(int a = A) {}",
        ["f(a): function-parameter-default-value-changed"],
    ),
    "a second typedesc of a dependent function": (
        "public function f(typedesc<int> t = <>) returns t = external;",
        "public function f(typedesc<int> t = <>, typedesc<string> u = <>) returns t|u = external;",
        ["f(u): function-parameter-defaultable-added", "f: function-return-type-widened?"],
    ),
    "a typedesc instead of a type that the result names": (
        "type U string; public function f(typedesc<int> t, string U) returns t|U = external;",
        "type U string; public function f(typedesc<int> t, typedesc<string> u) returns t|u = external;",
        [
            "f(U): function-parameter-removed",
            "f(u): function-parameter-required-added",
            "f: function-return-type-changed?",
        ],
    ),
    "an error and more are lost": (
        "public function f() returns int|string|error => 1;",
        "public function f() returns int => 1;",
        ["f: function-return-type-narrowed"],
    ),
    "an error and more are gained": (
        "public function f() returns int => 1;",
        "public function f() returns int|string|error => 1;",
        ["f: function-return-type-widened"],
    ),
    "a constructor fits two alternatives": (
        "public function f(int[] a) {}",
        "public function f(int[]|float[] a) {}",
        ["f(a): function-parameter-type-widened-ambiguous"],
    ),
    "an included record stands behind what it stood before": (
        f"{DEFAULT} public function f(R r, int a) {{}}",
        f"{DEFAULT} public function f(int a, *R r) {{}}",
        ["f(r): function-parameter-inclusion-added"],
    ),
    "an included record demands nothing where it had a default": (
        f"{DEFAULT} public function f(R r = {{}}) {{}}",
        f"{DEFAULT} public function f(*R r) {{}}",
        ["f(r): function-parameter-inclusion-added"],
    ),
    "a typedesc of another name, which a type has too": (
        "public type t string; public function f(typedesc<int> t) returns t = external;",
        "public type t string; public function f(typedesc<int> u) returns u = external;",
        ["f(t): function-parameter-renamed"],
    ),
    "a constructor would fit two alternatives of a result": (
        "public function f() returns int[] => [];",
        "public function f() returns int[]|float[] => [];",
        ["f: function-return-type-widened"],
    ),
    "a result may be written to": (
        "public function f() returns readonly & int[] => [];",
        "public function f() returns int[] => [];",
        ["f: function-return-readonly-removed"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), PARAMETERS.values(), ids=PARAMETERS)
def test_signature(old: str, new: str, expected: list[str]) -> None:
    assert rules(compared(old, new, "f")) == expected


REINFERRED = {
    "in a parameter that takes another type of numbers": ("function f(float a) {}", "float|int", True),
    "not in a parameter that takes texts": ("function f(float a) {}", "float|string", False),
    "not in a result": ("function f() returns float => 1;", "float|int", False),
}


@pytest.mark.parametrize(("old", "wider", "reinferred"), REINFERRED.values(), ids=REINFERRED)
def test_a_number_without_a_type_is_another_one(old: str, wider: str, *, reinferred: bool) -> None:
    (found,) = compared(f"public {old}", f"public {old.replace('float', wider)}", "f")
    assert (Condition.LITERALS_REINFERRED in found.conditions) is reinferred


ALIASES = {
    "a record becomes readonly and public elsewhere": (
        f"{ORDER} public type T record {{| int a; |}};",
        f"{ORDER} public type T readonly & Order;",
        ["T: type-readonly-added"],
    ),
    "readonly is dropped": (
        f"{ORDER} public type T readonly & Order;",
        f"{ORDER} public type T Order;",
        ["T: type-readonly-lost", "T: type-widened"],
    ),
    "a public name for what was written": (
        f"{ORDER} public type T Order;",
        f"{ORDER} public type T record {{| int a; |}};",
        ["T: type-respelled"],
    ),
    "a private name for what was written": (
        "public type T record {| int a; |};",
        "type B record {| int a; |}; public type T B;",
        ["T: type-respelled"],
    ),
    "a private name of a record with another field": (
        "public type T record {| int a; |};",
        "type B record {| int a; int b?; |}; public type T B;",
        ["T.b: record-field-optional-added"],
    ),
    "one private name for another": (
        "type C record {| int a; |}; public type T C;",
        "type B record {| int a; |}; public type T B;",
        ["T: type-respelled"],
    ),
    "another name of a type that leads to itself": (
        "type A B; type B A; public type T A;",
        "type A B; type B A; public type T int;",
        ["T: type-changed?"],
    ),
    "a private name of an enum": (
        'public type T "a"|"b";',
        'enum E { A = "a", B = "b" } public type T E;',
        ["T: type-respelled"],
    ),
    "no private name of an object type any more": (
        "type O object {}; public type T O;",
        "public type T int;",
        ["T: type-changed"],
    ),
    "an object type, and with a type of another package": (
        "public type T object { public int a; };",
        f"{OTHER} type O object {{}}; public type T other:X & O;",
        ["T: type-changed?"],
    ),
    "a record instead of what takes a parameter, and is no map": (
        "public type T future<int>;",
        "public type T record {| int a; |};",
        ["T: type-changed"],
    ),
    "a field of an included public type": (
        "public type P record {| int p; |}; public type T record {| *P; |};",
        "public type P record {| string p; |}; public type T record {| *P; int own?; |};",
        ["T.own: record-field-optional-added"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), ALIASES.values(), ids=ALIASES)
def test_type_definition(old: str, new: str, expected: list[str]) -> None:
    assert rules(compared(old, new, "T")) == expected


def test_names_behind_one_private_name_were_names_of_the_same_public_type() -> None:
    other = "record {| string a; |}"
    sides = (f"{ORDER} type B Order; public type T {one}; public type U {one};" for one in ("B", other))
    assert facts(*sides) == ["T: type-changed", "U: type-changed"]


MANIFEST = '[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\nexport = [{}]\n'


def test_a_module_that_is_no_longer_exported_still_has_to_parse() -> None:
    files = {"lib.bal": "", "modules/m/a.bal": "public type A int;"}
    old = surface(files, MANIFEST.format('"shop", "shop.m"'))
    new = surface({**files, "modules/m/a.bal": "public type A int"}, MANIFEST.format('"shop"'))
    assert [one.rule for one in compare(old, new) if one.module == "shop.m"] == ["module-removed"]
    assert [module for module, _, _ in new.damages()] == ["shop.m"]


def test_what_changes_in_a_module_that_is_no_longer_exported_is_no_news() -> None:
    old, new = (
        surface({"lib.bal": "", "modules/m/a.bal": f"public type A {type_};"}, MANIFEST.format(exported))
        for type_, exported in (("int", '"shop", "shop.m"'), ("string", '"shop"'))
    )
    assert [one.rule for one in compare(old, new)] == ["module-removed"]


def test_a_module_that_is_exported_now_has_to_parse_though_its_text_is_the_old_one() -> None:
    files = {"lib.bal": "", "modules/m/a.bal": "public type A int"}
    old = surface(files, MANIFEST.format('"shop"'))
    new = surface(files, MANIFEST.format('"shop", "shop.m"'))

    assert [one.rule for one in compare(old, new)] == ["module-added"]
    assert [module for module, _, _ in new.damages()] == ["shop.m"]


@pytest.mark.parametrize(("old", "new"), [("int", "map<int"), ("map<int", "int")])
def test_a_name_of_a_type_that_broken_text_hides_is_not_compatible(old: str, new: str) -> None:
    sides = (f"public type A B; type B {text};" for text in (old, new))
    assert facts(*sides) == ["A: type-changed"]


def test_a_name_that_an_unchanged_file_declares_again_is_neither_removed_nor_added() -> None:
    repeated = {"b.bal": "public function f() { g(); }"}
    old = {"a.bal": "public function f() {} public function g() {}", **repeated}
    assert facts(old, {"a.bal": "", **repeated}) == ["g: function-removed"]
    assert facts({"a.bal": "", **repeated}, old) == ["g: function-added"]


REPEATED = {
    "a type": "public type f record {| int a; |};",
    "a constant with its type": "const int f = 1;",
    "a function behind its name": "f:X x = 1; public function f() {}",
}


@pytest.mark.parametrize("repeated", REPEATED.values(), ids=REPEATED)
def test_a_name_that_an_unchanged_file_has_is_declared_there_by(repeated: str) -> None:
    old = {"a.bal": "public function f() {} public function g() {}", "b.bal": repeated}
    assert facts(old, {"a.bal": "", "b.bal": repeated}) == ["g: function-removed"]


def test_a_declaration_that_broken_text_may_hold_is_left_out() -> None:
    assert (
        facts("public function f() {} public type A int;", "public function f( {} public type A int;") == []
    )
