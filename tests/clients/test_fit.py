"""A client fits the old version and breaks with the new one, where its kind of use alone would not do."""

from __future__ import annotations

import pytest
from clients.test_clients import BODY, changed, finding
from support.client_check import problems

_BOTH = f"public function g(R r) returns R {BODY}"
_ERRORS = """\
    public type E distinct error<record {| int a; |}>;
    public type F error<record {| int a; |}>;
    type Private E;
"""
_DEPENDENT = "returns t|error = external;"


def both(*, old: str, new: str, more: str = "") -> tuple[str, str]:
    """Return two versions that declare something in two ways."""
    return f"{old} {more}", f"{new} {more}"


Sources = tuple[str, str]

# What is immutable is made with the old value, and not written.
IMMUTABLE: dict[str, tuple[str, Sources, str]] = {
    "a readonly field": (
        "record-field-type-narrowed",
        both(
            old="public type R record {| readonly int|string a; |};",
            new="public type R record {| readonly int a; |};",
        ),
        "shop:R instance = {a: a};",
    ),
    "a list in a readonly record, which has to be readonly itself": (
        "record-field-type-narrowed",
        both(
            old="public type R readonly & record {| (int|string)[] a; |};",
            new="public type R readonly & record {| int[] a; |};",
            more=_BOTH,
        ),
        "readonly & (int|string)[] a = [];\n    shop:R instance = {a: a};",
    ),
    "a key of a readonly record": (
        "record-rest-type-narrowed",
        both(
            old="public type R readonly & record {| int a; (int|string)...; |};",
            new="public type R readonly & record {| int a; int...; |};",
            more=_BOTH,
        ),
        'shop:R instance = {a: 1, "key": extra};',
    ),
    "a field of a readonly class": (
        "class-field-type-narrowed",
        both(
            old="public readonly class C { public int|string a = 1; }",
            new="public readonly class C { public int a = 1; }",
        ),
        "shop:C instance = new Mine();",
    ),
    "a final field of an object type": (
        "object-field-type-narrowed",
        both(
            old="public type O object { public final int|string a; };",
            new="public type O object { public final int a; };",
        ),
        "*shop:O;",
    ),
    "a union in a readonly value": (
        "function-parameter-type-changed",
        changed(old="((readonly & (int[]|map<int>)) a)", new="(int a)"),
        "readonly & int[] a = [];",
    ),
    "a member of a readonly tuple": (
        "function-parameter-type-changed",
        changed(old="((readonly & [int[]|map<int>, int...]) a)", new="(int a)"),
        "readonly & int[] item = [];",
    ),
    "a member of a readonly map": (
        "function-parameter-type-widened-ambiguous",
        changed(
            old="((readonly & map<record {| int[] a; |}>) a)",
            new="((readonly & map<record {| int[]|byte[] a; |}>) a)",
        ),
        'shop:f({"key": {a: [1]}});',
    ),
    "a part of a named type that is used as readonly": (
        "function-parameter-type-changed",
        changed(
            old="((readonly & R) a)",
            new="(int a)",
            types="public type R record {| int[]|map<int> b; |};",
        ),
        "readonly & int[] b = [];\n    readonly & shop:R a = {b: b};",
    ),
    "a row of a readonly table": (
        "function-parameter-type-changed",
        changed(
            old="((readonly & table<R> key(id)) a)",
            new="(int a)",
            types="public type R record {| readonly int id; int[]|map<int> b; |};",
        ),
        "readonly & table<shop:R> key(id) rows = table key(id) [{id: 1, b: b}];",
    ),
    "an object that nobody makes readonly": (
        "function-parameter-type-changed",
        changed(
            old="((readonly & record {| O o; |}) a)",
            new="(int a)",
            types="public type O object { public int a; };",
        ),
        "function run(readonly & record {| shop:O o; |} a) {",
    ),
    "a stream, which is never readonly": (
        "function-parameter-type-changed",
        changed(old="((readonly & (stream<int>|int[])) a)", new="(int a)"),
        "readonly & int[] a = [];",
    ),
}
# To write nil removes what may be absent, and to read it gives nil anyway.
ABSENT: dict[str, tuple[str, Sources, str]] = {
    "a field that loses nil": (
        "record-field-type-narrowed",
        both(
            old="public type R record {| int? a?; |};",
            new="public type R record {| int a?; |};",
            more=_BOTH,
        ),
        "shop:R instance = {a: a};",
    ),
    "further keys that lose nil": (
        "record-rest-type-narrowed",
        both(
            old="public type R record {| int?...; |};",
            new="public type R record {| int...; |};",
            more=_BOTH,
        ),
        'shop:R instance = {"key": extra};',
    ),
    "further keys that get nil": (
        "record-rest-type-widened",
        both(
            old="public type R record {| int...; |};",
            new="public type R record {| int?...; |};",
            more=_BOTH,
        ),
        "Mine own = r;",
    ),
    "further keys that are read as before": (
        "record-rest-type-narrowed",
        both(
            old="public type R record {| any...; |};",
            new="public type R record {| anydata...; |};",
            more=_BOTH,
        ),
        'r["key"] = extra;',
    ),
    "an open record that got a field, repeated in an own type": (
        "record-field-type-narrowed",
        both(
            old="public type R record {| record { int a; } a; |};",
            new="public type R record {| record { int a; int b?; } a; |};",
            more=f"public function g() returns R {BODY}",
        ),
        "shop:R instance = own;",
    ),
}
CALLED: dict[str, tuple[str, Sources, str]] = {
    "an included record by the name of the parameter": (
        "function-parameter-renamed",
        changed(old="(int a, *R r)", new="(int a, *R q)", types="public type R record {| int x = 1; |};"),
        "shop:f(1, r = r);",
    ),
    "what only fails, which `check` leaves nothing of": (
        "function-return-never",
        changed(old="() returns error", new="() returns never"),
        "error result = shop:f();",
    ),
    "what only failed": (
        "function-removed",
        (f"public function f() returns error {BODY}", ""),
        "error result = shop:f();",
    ),
    "with a variable that describes a type, which is not known": (
        "function-parameter-type-narrowed",
        both(
            old=f"public function f(typedesc<anydata> t) {_DEPENDENT}",
            new=f"public function f(typedesc<json> t) {_DEPENDENT}",
        ),
        "typedesc<anydata> t = string;\n    anydata result = check shop:f(t);",
    ),
    "with a variable that describes any type": (
        "function-parameter-type-narrowed",
        both(
            old=f"public function f(typedesc t) {_DEPENDENT}",
            new=f"public function f(typedesc<anydata> t) {_DEPENDENT}",
        ),
        "typedesc t = string;\n    any|error result = check shop:f(t);",
    ),
    "without a type that has a default": (
        "function-parameter-type-changed",
        both(
            old=f"public function f(int a, typedesc<anydata> t = json) {_DEPENDENT}",
            new=f"public function f(xml a, typedesc<anydata> t = json) {_DEPENDENT}",
        ),
        "json result = check shop:f(a);",
    ),
    "without a type that has a name as its default": (
        "function-parameter-type-changed",
        both(
            old=f"public function f(int a, typedesc<anydata> t = R) {_DEPENDENT}",
            new=f"public function f(xml a, typedesc<anydata> t = R) {_DEPENDENT}",
            more="public type R record {| int a; |};",
        ),
        "shop:R result = check shop:f(a);",
    ),
    "with the type that is the default, before an argument": (
        "function-parameter-type-changed",
        both(
            old=f"public function f(typedesc<anydata> t = int, string s) {_DEPENDENT}",
            new=f"public function f(typedesc<anydata> t = int, xml s) {_DEPENDENT}",
        ),
        "int result = check shop:f(int, s);",
    ),
    "with a type that the new result does not fit": (
        "function-return-dependent-removed",
        both(
            old=f"public function f(typedesc<anydata> t = <>) {_DEPENDENT}",
            new="public function f(typedesc<anydata> t = <>) returns string|error = external;",
        ),
        "int|error result = shop:f();",
    ),
    "with a description of errors, of which `check` leaves nothing": (
        "function-parameter-type-changed",
        both(
            old=f"public function f(typedesc<error> t) {_DEPENDENT}",
            new=f"public function f(int t) {_DEPENDENT}",
        ),
        "function run(typedesc<error> t) {\n    error|error result = shop:f(t);",
    ),
    "with a description of a constant, whose name is a value": (
        "function-parameter-type-changed",
        changed(old="(typedesc<N> t)", new="(xml t)", types="public const N = 2;"),
        "function run(typedesc<shop:N> t) {",
    ),
    "with an error of several types, one of which is distinct": (
        "function-parameter-type-changed",
        changed(old="((E & F) e)", new="(int e)", types=_ERRORS),
        'shop:E & shop:F e = error Mine("message", a = 1);',
    ),
    "with an error of a distinct type that is used as readonly": (
        "function-parameter-type-changed",
        changed(old="((readonly & E) e)", new="(int e)", types=_ERRORS),
        'readonly & shop:E e = error shop:E("message", a = 1);',
    ),
    "with an error of a distinct type that a private name stands for": (
        "function-parameter-type-changed",
        changed(old="(Private e)", new="(int e)", types=_ERRORS),
        'shop:E e = error shop:E("message", a = 1);',
    ),
    "with the further members of a list that are ambiguous": (
        "function-parameter-type-widened-ambiguous",
        changed(old="([int, map<int>...] a)", new="([int, (map<int>|map<string>)...] a)"),
        'shop:f([1, {"key": 1}]);',
    ),
    "with a further key that is ambiguous": (
        "function-parameter-type-widened-ambiguous",
        changed(
            old="(record {| int a; map<int>...; |} a)",
            new="(record {| int a; (map<int>|map<string>)...; |} a)",
        ),
        'shop:f({a: 1, "key": {"key": 1}});',
    ),
}
READ: dict[str, tuple[str, Sources, str]] = {
    "a variable that only functions which are not isolated read": (
        "variable-readonly-removed",
        both(old="public (readonly & int[]) v = [];", new="public int[] v = [];"),
        "public function main() {\n    readonly & int[] value = shop:v;",
    ),
    "a variable that every function reads": (
        "variable-readonly-removed",
        both(old="public final (readonly & int[]) v = [];", new="public final int[] v = [];"),
        "public isolated function main() {\n    readonly & int[] value = shop:v;",
    ),
    "a key of a map that is compared with a lost value": (
        "function-return-type-narrowed",
        changed(old="() returns readonly & map<int|string>", new="() returns readonly & map<int>"),
        'boolean lost = result["key"] == "text";',
    ),
    "a field of a member that is compared with a lost value": (
        "function-return-type-narrowed",
        changed(
            old="() returns readonly & record {| int b; int|string a; |}[]",
            new="() returns readonly & record {| int b; int a; |}[]",
        ),
        'boolean lost = result[0].a == "text";',
    ),
    "a further key that is compared with a lost value": (
        "function-return-type-narrowed",
        changed(
            old='() returns readonly & record {| int key; (int|"a")...; |}',
            new="() returns readonly & record {| int key; int...; |}",
        ),
        'boolean lost = result["key2"] == "a";',
    ),
    "a key that is a field now, compared with a lost value": (
        "function-return-type-narrowed",
        changed(old="() returns record { int a; }", new="() returns record { int a; int b?; }"),
        'boolean lost = result["b"] == "text";',
    ),
    "a variable that may be an error, which takes no keys": (
        "variable-mutable-member-narrowed",
        both(
            old="public final map<int|string>|error v = {};",
            new="public final map<int>|error v = {};",
        ),
        'value["key"] = "text";',
    ),
}
FIT = {**IMMUTABLE, **ABSENT, **CALLED, **READ}


@pytest.mark.parametrize(("rule", "sources", "lines"), FIT.values(), ids=FIT)
def test_a_client_is_fine_before_and_refused_or_panics_after(rule: str, sources: Sources, lines: str) -> None:
    old, new = sources
    client = finding(rule, old, new).client_program or ""
    assert lines in client.replace("  // breaks", "")
    assert problems({"lib.bal": old}, None, client) == []
    after = {"lib.bal": new}
    assert problems(after, None, client) or problems(after, None, client, runs=True)


UNFIT: dict[str, tuple[str, Sources, str]] = {
    "a distinct type that is written in place": (
        "function-parameter-type-changed",
        changed(old="(distinct error e)", new="(int e)"),
        "clients cannot name a distinct type that has no name.",
    ),
    "a default that may be any type": (
        "function-parameter-type-changed",
        both(
            old=f"public function f(int a, typedesc<anydata> t = g()) {_DEPENDENT}",
            new=f"public function f(xml a, typedesc<anydata> t = g()) {_DEPENDENT}",
        ),
        "the default of a typedesc parameter is no name.",
    ),
    "a result that fits every type that was described": (
        "function-return-dependent-removed",
        both(
            old=f"public function f(typedesc<int> t) {_DEPENDENT}",
            new="public function f(typedesc<int> t) returns int|error = external;",
        ),
        "the new result fits every type that the parameter describes.",
    ),
    "an enum that nobody could declare": (
        "type-widened",
        both(old="public enum E { }", new="public type E int;"),
        "the old enum has no members.",
    ),
    "a member of a union that no literal tells apart": (
        "function-return-type-narrowed",
        changed(old="() returns readonly & (int[]|string[])", new="() returns readonly & int[]"),
        "no single value that is lost can be written.",
    ),
    "an error whose detail is narrower": (
        "function-return-mutable-member-narrowed",
        changed(
            old="() returns error<record {| int|string a; |}>[]",
            new="() returns error<record {| int a; |}>[]",
        ),
        "no single value that is lost can be written.",
    ),
    "a field of a readonly record that takes no more than before": (
        "record-field-type-narrowed",
        both(
            old="public type R record {| readonly int[] a; |};",
            new="public type R record {| readonly (readonly & int[]) a; |};",
            more=_BOTH,
        ),
        "both versions take the same immutable values.",
    ),
    "a field of a readonly record that gives no more than before": (
        "record-field-type-widened",
        both(
            old="public type R record {| readonly (readonly & int[]) a; |};",
            new="public type R record {| readonly int[] a; |};",
            more=_BOTH,
        ),
        "both versions give the same immutable values.",
    ),
    "a key of a readonly record that gives no more than before": (
        "record-rest-type-widened",
        both(
            old="public type R readonly & record {| (readonly & int[])...; |};",
            new="public type R readonly & record {| int[]...; |};",
            more=_BOTH,
        ),
        "both versions give the same immutable values.",
    ),
}


@pytest.mark.parametrize(("rule", "sources", "why"), UNFIT.values(), ids=UNFIT)
def test_what_no_client_shows_has_none_and_the_finding_says_why(
    rule: str, sources: Sources, why: str
) -> None:
    found = finding(rule, *sources)
    assert found.client_program is None
    assert f"No client is shown: {why}" in (found.explanation or "")
