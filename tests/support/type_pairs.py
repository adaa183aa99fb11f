"""Two versions of a package at random: one type changes, inside of other types, where clients meet it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from random import Random

__all__ = ["Pair", "pair"]

_DECLARED = """\
public type A record {| int a; |};
public type B record {| int b; string c?; |};
public type Big record {| int a; string b; |};
public enum Color { RED, BLUE }
public enum Small { ONE = "RED" }
public type Failure distinct error;
public type Coded distinct error<record {| int code; |}>;
public type Detailed error<record {| int code; string text?; |}>;
public type Shape object { public int size; public function area() returns int; };
public type Wide object { public int|string size; public function area() returns int; };
public type Frozen readonly & record {| int a; |};
public class Counter { public int n = 0; }
public const N = 2;
"""
# A type, and what it changes to.
_CHANGES = (
    *(("int|string", "int"), ("int", "int|string"), ("int", "string"), ("int?", "int"), ("int", "int?")),
    *(("int", "1|2"), ("string", '"text"|"b"'), ("boolean", "true"), ('"a"|"b"', '"a"'), ("byte", "int")),
    *(("int", "byte"), ("N", "3"), ("float", "decimal"), ("decimal|float", "float"), ('"a"', '"a"|"b"')),
    *(("anydata", "int|string|boolean"), ("json", "int[]|string"), ("anydata", "json"), ("any", "anydata")),
    *(("map<int>|map<string>", "map<int>"), ("map<int>", "map<int>|map<string>"), ("int[N]", "int[3]")),
    *(("int[]|string[]", "int[]"), ("map<int[]>", "map<byte[]>"), ("xml", "xml<xml:Text>")),
    *(("Color", "Small"), ("Color", '"RED"|"BLUE"'), ("Color", "int"), ("Color|int", "Color")),
    *(("A|B", "A"), ("A", "A|B"), ("A|B", "B"), ("A", "Big"), ("Frozen", "A"), ("A", "Frozen")),
    *(("record {| int a; |}|record {| int b; |}", "record {| int a; |}"), ("Frozen|int", "int")),
    *(("error", "Failure"), ("Failure", "error"), ("Detailed", "int"), ("Failure & Coded", "Failure")),
    *(("Failure & Coded", "int"), ("Failure & Detailed", "int"), ("readonly & Coded", "int")),
    *(("readonly & int[]", "int[]"), ("int[]", "readonly & int[]")),
    *(("readonly & (int[]|string[])", "readonly & int[]"), ("Shape", "Wide"), ("Wide", "Shape")),
    *(("readonly & map<int|string>", "readonly & map<int>"), ("Wide|int", "Shape|int"), ("Counter", "int")),
    *(("function (int) returns int", "function (int) returns string"), ("typedesc", "typedesc<anydata>")),
    *(("function (int|string)", "function (int)"), ("typedesc<anydata>", "typedesc<json>")),
)
# `$` is the type that changes.
_FORMS = (
    *("$",) * 6,
    *("($)[]", "($)[2]", "[$, int]", "[int, ($)...]", "($)[][]", "map<$>[]", "readonly & ($)[]"),
    *("map<$>", "map<map<$>>", "map<($)[]>", "map<$>|string", "readonly & map<$>"),
    *("record {| $ a; |}", "record {| $ a?; |}", "record {| readonly $ a; int b; |}", "record { $ a; }"),
    *("record {| int b; ($)...; |}", "record {| map<$> a?; |}", "record {| map<$>|int a; |}"),
    *("readonly & record {| $ a; |}", "readonly & [$, int[]]", "($)?", "($)|boolean", "($)|error"),
    *("table<record {| readonly int id; $ a; |}> key(id)", "error<record {| $ a; |}>", "typedesc<$>"),
    *("object { public $ a; }", "function ($) returns int", "function () returns $", "stream<$>"),
    "future<$>",
)
_BODY = '{ panic error(""); }'
_PLACES = (
    *(f"public function f($ p) {_BODY}", f"public function f($ p, int q = 1) {_BODY}"),
    *(f"public function f() returns $ {_BODY}", f"public function f() returns ($)|error {_BODY}"),
    f"public function f(int q) returns ($)? {_BODY}",
    *(f"public type T $; public function f({one}) {_BODY}" for one in ("T p", "")),
    f"public type T $; public function f() returns T {_BODY}",
    f"public type T $; public type R record {{| T a; T[] b; |}}; public function f(R r) {_BODY}",
    *(
        f"public type R {record}; public function f({parameter}) returns {result} {_BODY}"
        for record in (
            *("record {| $ a; |}", "record {| $ a?; |}", "record {| readonly $ a; |}"),
            *("readonly & record {| $ a; |}", "record {| int b; ($)...; |}"),
            "readonly & record {| int b; ($)...; |}",
        )
        for parameter, result in (("R r", "()"), ("", "R"))
    ),
    f"public type R record {{| $ a; int c = 1; |}}; public function f(int n, *R r) {_BODY}",
    (
        "public type R record {| *S; |}; public type S record {| $ a; |}; "
        f"public function f(int n, *R p) {_BODY}"
    ),
    "public class C { public $ a; public function init($ a) { self.a = a; } }",
    (
        "public class C { public final $ a; public function init($ a) { self.a = a; } "
        "public function m($ p) returns $ { return p; } }"
    ),
    (
        "public readonly class C { public readonly & ($) a; "
        "public function init(readonly & ($) a) { self.a = a; } }"
    ),
    (
        "public class I { public final $ a; public function init($ a) { self.a = a; } } "
        f"public type O object {{ *I; }}; public function f(O o) returns O {_BODY}"
    ),
    *(
        f"public type O object {{ {member}; }}; public function f(O o) returns O {_BODY}"
        for member in ("public $ a", "public final $ a", "public function m($ p) returns $")
    ),
    *(f"public {final}$ v = g(); function g() returns $ {_BODY}" for final in ("", "final ")),
    (
        f"public client class C {{ remote function m($ p) returns ($)|error {_BODY} "
        f"resource function get [int id]/x($ p) returns $ {_BODY} }}"
    ),
    f"public type X distinct error<record {{| $ a; |}}>; public function f() returns X|int {_BODY}",
    f"public type X error<record {{| $ a; |}}>; public function f(X x) {_BODY}",
    *(f"public function f(function {one} c) {_BODY}" for one in ("($) returns int", "() returns $")),
    f"public function f(typedesc<$> t) {_BODY}",
    *(f"public function f(typedesc<$> t{one}) returns t|error = external;" for one in ("", " = <>")),
    "public function f($ p, typedesc<anydata> t = json) returns t|error = external;",
    "public const annotation record {| $ a; |} An on type;",
)
_NESTED = 0.35
_OTHERWISE = 0.2


class Pair(msgspec.Struct, frozen=True):
    """Both sources."""

    old: str
    new: str


def pair(random: Random) -> Pair:
    """Return two versions that differ in one type, or in the function or parameter that has it."""
    while True:
        before, after = random.choice(_CHANGES)
        form, place = random.choice(_FORMS), random.choice(_PLACES)
        if random.random() < _NESTED:
            form = random.choice(_FORMS).replace("$", f"({form})" if "|" in form or "&" in form else form)
        old = _source(place, form, before)
        # Nothing of these types is immutable.
        if "readonly" in old.removeprefix(_DECLARED) and re.search(r"future<|stream<", old):
            continue
        new = _source(place, form, after)
        if random.random() < _OTHERWISE:
            removed = re.sub(r"public function f\([^;{]*(\{ panic [^}]*\}|= external;)", "", old)
            new = random.choice([removed, re.sub(r" p([,)])", r" renamed\1", old)])
        return Pair(old, new)


def _source(place: str, form: str, changed: str) -> str:
    type_ = form.replace("$", f"({changed})" if re.search(r"[|&?]", changed) else changed)
    return _DECLARED + place.replace("$", f"({type_})" if re.search(r"[|&?]", type_) else type_)
