"""Positions: how the values of a type cross the boundary, by what reaches it."""

from __future__ import annotations

import pytest
from support.sources import surface

from semverdiff.api import IN, OUT, Positions

WORDS = {IN: "in", OUT: "out", IN | OUT: "both"}


def position(source: str, name: str = "T") -> str | None:
    """Return the position of a type of the module by what else stands in the file."""
    found = Positions(surface(source)).of("shop", name)
    return WORDS[found] if found else None


DIRECT = {
    "nothing reaches it": ("", "both"),
    "parameter": ("public function f(T t) {}", "in"),
    "rest parameter": ("public function f(T... t) {}", "in"),
    "included record": ("public function f(*T t) {}", "in"),
    "result": ("public function f() returns T => x;", "out"),
    "result beside an error": ("public function f() returns T?|error => x;", "out"),
    "parameter and result": ("public function f(T t) returns T => t;", "both"),
    "two functions": ("public function f(T t) {} public function g() returns T => x;", "both"),
    "private function": ("function f(T t) {}", "both"),
    "variable": ("public T v = x;", "both"),
    "final variable": ("public final T v = x;", "out"),
    "annotation": ("public annotation T A on type;", "in"),
    "listener": ("public listener T l = x;", "out"),
    "method parameter": ("public class C { public function f(T t) {} }", "in"),
    "method result": ("public class C { public function f() returns T => x; }", "out"),
    "init parameter": ("public class C { public function init(T t) {} }", "in"),
    "remote method": ("public client class C { remote function f(T t) {} }", "in"),
    "resource method": ("public client class C { resource function get .(T t) {} }", "in"),
    "resource path": ("public client class C { resource function get [T t]() {} }", "in"),
    "field of a class": ("public class C { public T t = x; }", "both"),
    "final field of a class": ("public class C { public final T t = x; }", "out"),
    "private method": ("public class C { private function f(T t) {} function g() returns T => x; }", "both"),
    "function type": ("public function f(function () returns T g) {}", "in"),
    "callback parameter": ("public function f(function (T t) g) {}", "out"),
    "callback of a callback": ("public function f(function (function (T t) g) h) {}", "in"),
    "result that takes": ("public function f() returns function (T t) => x;", "in"),
    "object type that is taken": ("public function f(object { public function g(T t); } o) {}", "out"),
    "object type that is taken, result": (
        "public function f(object { public function g() returns T; } o) {}",
        "in",
    ),
    "object type that is given": (
        "public function f() returns object { public function g(T t); } => x;",
        "in",
    ),
    "configurable": ("public configurable T v = x;", "both"),
    "private configurable": ("configurable T v = x;", "in"),
    "private variable of that name": ("T configurable_v = x; public function f() returns T => x;", "out"),
    "private configurable of a type that is left out": ("final var configurable_v = x;", "both"),
}

FORMS = [
    "T[]",
    "T?",
    "T|int",
    "readonly & T",
    "map<T>",
    "future<T>",
    "stream<T>",
    "stream<int, T?>",
    "table<T>",
    "[int, T]",
    "[int, T...]",
    "record { T t; }",
    "record {| T...; |}",
    "record {| *T; |}",
    "error<T>",
    "typedesc<T>",
    "object { public final T t; }",
    "object { *T; }",
    "function () returns T",
]

THROUGH = {
    "alias": ("type A T;", "in"),
    "union": ("type A T|int;", "in"),
    "private record": ("type A record { T t; };", "in"),
    "public record": ("public type A record { T t; };", "in"),
    "record in a record": ("type B record { T t; }; type A record { B[] b; };", "in"),
    "inclusion": ("type B record { T t; }; type A record { *B; };", "in"),
    "error detail": ("type A distinct error<record { T t; }>;", "in"),
    "recursion": ("type A record { A? a; T t; };", "in"),
    "circle": ("type A record { B b; }; type B record { A? a; T t; };", "in"),
    "function type": ("type A function (T t);", "out"),
    "object type": ("type A object { public function f(T t) returns int; };", "out"),
    "field of an object type": ("type A object { public T t; };", "both"),
}

TYPE = "public type T record {};"


@pytest.mark.parametrize(("source", "expected"), DIRECT.values(), ids=DIRECT)
def test_where_clients_meet_a_type(source: str, expected: str) -> None:
    assert position(f"{TYPE} {source}") == expected


@pytest.mark.parametrize("form", FORMS)
def test_members_keep_the_position_of_what_holds_them(form: str) -> None:
    assert position(f"{TYPE} public function f({form} a) {{}}") == "in"
    assert position(f"{TYPE} public function f() returns {form} => x;") == "out"


def test_the_key_of_a_table_is_a_part_of_it() -> None:
    assert position(f"{TYPE} public function f(table<map<int>> key<T> a) {{}}") == "in"


def test_a_function_of_any_parameters_leads_to_no_type() -> None:
    assert position(f"{TYPE} public function f(isolated function g, T a) {{}}") == "in"


def test_only_types_have_positions() -> None:
    found = Positions(surface("public function f() {} public int v = 1; public type T int;"))
    assert Positions(surface("")).of("shop", "Nobody") == 0
    assert [found.of("shop", name) for name in ("f", "v", "T", "Nobody")] == [0, 0, IN | OUT, 0]


@pytest.mark.parametrize(("source", "expected"), THROUGH.values(), ids=THROUGH)
def test_types_pass_their_position_on(source: str, expected: str) -> None:
    assert position(f"{TYPE} {source} public function f(A a) {{}}") == expected


def test_a_private_type_has_a_position_where_a_public_signature_reaches_it() -> None:
    source = "type Seen record {}; type Unseen record {}; public function f(Seen s) {}"
    assert (position(source, "Seen"), position(source, "Unseen")) == ("in", None)


def test_a_private_class_that_is_given_is_met_by_its_methods() -> None:
    source = f"{TYPE} class C {{ public function g(T t) {{}} }} public function f() returns C => x;"
    assert position(source) == "in"


def test_enums_have_positions() -> None:
    assert position("public enum T { A } public function f(T t) {}") == "in"


def test_a_member_of_an_enum_leads_to_the_enum() -> None:
    assert position("public enum T { A } public function f(A a) {}") == "both"


def test_modules_that_clients_cannot_import_put_nothing_into_positions() -> None:
    files = {
        "lib.bal": "public type T record {};",
        "modules/inner/lib.bal": "import shop; public type U int; public function f(shop:T t, U u) {}",
    }
    found = Positions(surface(files))
    assert (found.of("shop", "T"), found.of("shop.inner", "U")) == (IN | OUT, 0)


def test_types_of_modules_that_clients_cannot_import_are_reached_through_signatures() -> None:
    files = {
        "lib.bal": "import shop.inner; public function f(inner:T t) {}",
        "modules/inner/lib.bal": "public type T record { U u; }; public type U int; public type V int;",
    }
    found = Positions(surface(files))
    assert {name: found.of("shop.inner", name) for name in "TUV"} == {"T": IN, "U": IN, "V": 0}


UNREACHED = {
    "a type that only an unreached one leads to": "public type A record { T t; }; public type T int;",
    "through a private class": """
        public type A record { C c; };
        class C { public function f() returns T => x; }
        public type T int;
    """,
    "a circle of unreached ones": "public type A record { T? t; }; public type T record { A? a; };",
}


@pytest.mark.parametrize("source", UNREACHED.values(), ids=UNREACHED)
@pytest.mark.parametrize("first", ["A", "T"])
def test_what_no_call_reaches_is_data_of_clients_whichever_is_asked_for_first(
    source: str, first: str
) -> None:
    found = Positions(surface(source))
    found.of("shop", first)
    assert (found.of("shop", "A"), found.of("shop", "T")) == (IN | OUT, IN | OUT)


FORMS_OF_ALL = """
public type A record { B b; C? c; };
type B record { *D; E[] e; };
public type C distinct object { public function f(F f) returns G; *H; };
type D record { int n; };
public enum E { E1, E2 }
public type F function (D d) returns A;
class G { public function g(E e) returns C => x; }
type H object { public A a; };
public client class I { resource function get [E e](F f) returns B => x; }
configurable D d = {n: 1};
public function j(map<A>|I i, *D d) returns H|error => x;
"""


@pytest.mark.parametrize("name", "ABCDEFGHI")
def test_a_type_has_the_position_that_it_has_when_all_are_asked_for(name: str) -> None:
    declared = surface(FORMS_OF_ALL)
    everything = Positions(declared)
    everything.expect(("shop", key) for key in declared.all("shop"))
    assert Positions(surface(FORMS_OF_ALL)).of("shop", name) == everything.of("shop", name)


def test_only_what_leads_to_a_type_is_read() -> None:
    files = {
        "lib.bal": "public type T record {}; public function f(A a) {}",
        "a.bal": "public type A record { T t; };",
        "y.bal": "function y() { f({t: {}}); }",
        "z.bal": "public type Z record {}; public function g(Z z) returns Z => z;",
    }
    declared = surface(files)
    assert Positions(declared).of("shop", "T") == IN
    assert declared.outlined("shop").keys() == {"T", "A", "f"}


def test_types_that_are_expected_are_followed_together() -> None:
    declared = surface({f"{name}.bal": f"public type {name} int;" for name in "TUVZ"})
    found = Positions(declared)
    found.expect([("shop", "U"), ("shop", "V")])
    assert Positions(surface("")).of("shop", "Nobody") == 0
    assert [found.of("shop", name) for name in "TUV"] == [IN | OUT] * 3
    assert declared.outlined("shop").keys() == {"T", "U", "V"}


def test_a_further_type_has_the_whole_surface_read() -> None:
    declared = surface({f"{name}.bal": f"public type {name} int;" for name in "TUZ"})
    found = Positions(declared)
    assert Positions(surface("")).of("shop", "Nobody") == 0
    assert [found.of("shop", name) for name in "TU"] == [IN | OUT] * 2
    assert declared.outlined("shop").keys() == {"T", "U", "Z"}


def test_a_type_keeps_its_position_whatever_is_asked_for_after_it() -> None:
    source = "public type T int; public function f() returns T => 1; public function g(U u, T t) {} "
    found = Positions(surface(f"{source} public type U int;"))
    assert Positions(surface("")).of("shop", "Nobody") == 0
    assert [found.of("shop", name) for name in "TUT"] == [IN | OUT, IN, IN | OUT]
