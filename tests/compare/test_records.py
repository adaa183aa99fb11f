"""Records: fields, what further fields they take, readonly, inclusions."""

from __future__ import annotations

import pytest
from support.sources import differences, facts

from semverdiff.compare import Condition

# Members of `public type R record {...}` before and after; facts of `record-`.
FIELDS = {
    "the same": ("int a;", "int a;", []),
    "order": ("int a; int b;", "int b; int a;", []),
    "quotes": ("int a;", "int 'a;", []),
    "layout": ("int a;", "\n\t// field\n\tint a ;", []),
    "required added": ("", "int a;", ["R.a: record-field-required-added"]),
    "optional added": ("", "int a?;", ["R.a: record-field-optional-added"]),
    "defaultable added": ("", "int a = 1;", ["R.a: record-field-defaultable-added"]),
    "removed": ("int a; int b;", "int a;", ["R.b: record-field-removed"]),
    "renamed": ("int a; int b;", "int a; int c;", ["R.b: record-field-renamed"]),
    "another type is no rename": (
        "int a;",
        "string b;",
        ["R.a: record-field-removed", "R.b: record-field-required-added"],
    ),
    "two renamed are none": (
        "int a; int b;",
        "int c; int d;",
        [
            "R.a: record-field-removed",
            "R.b: record-field-removed",
            "R.c: record-field-required-added",
            "R.d: record-field-required-added",
        ],
    ),
    "type": ("int a;", "string a;", ["R.a: record-field-type-changed"]),
    "type respelled": ("int? a;", "int|() a;", ["R.a: record-field-type-respelled"]),
    "made optional": ("int a;", "int a?;", ["R.a: record-field-made-optional"]),
    "made required": ("int a?;", "int a;", ["R.a: record-field-made-required"]),
    "default added": ("int a;", "int a = 1;", ["R.a: record-field-default-added"]),
    "default removed": ("int a = 1;", "int a;", ["R.a: record-field-default-removed"]),
    "default to optional": ("int a = 1;", "int a?;", ["R.a: record-field-defaultable-to-optional"]),
    "optional to default": ("int a?;", "int a = 1;", ["R.a: record-field-optional-to-defaultable"]),
    "default value": ("int a = 1;", "int a = 2;", ["R.a: record-field-default-value-changed"]),
    "default quotes": ("int a = FIRST + x:SECOND;", "int a = 'FIRST + 'x:S\\u{45}COND;", []),
    "default layout": ("int[] a = [1,2];", "int[] a = [ 1, 2 ];", []),
    "readonly added": ("int a;", "readonly int a;", ["R.a: record-field-readonly-added"]),
    "readonly removed": (
        "int b; readonly int a;",
        "int b; int a;",
        ["R.a: record-field-readonly-removed"],
    ),
    "presence, readonly and type": (
        "int a;",
        "readonly string a?;",
        [
            "R.a: record-field-made-optional",
            "R.a: record-field-readonly-added",
            "R.a: record-field-type-changed",
        ],
    ),
    "documentation": ("int a;", "# Text.\nint a;", ["R.a: documentation-changed"]),
    "deprecated": ("int a;", "@deprecated int a;", ["R.a: symbol-deprecation-added"]),
}


@pytest.mark.parametrize(("old", "new", "expected"), FIELDS.values(), ids=FIELDS)
@pytest.mark.parametrize("braces", ["{%s}", "{|%s|}"])
def test_field(braces: str, old: str, new: str, expected: list[str]) -> None:
    sides = (f"public type R record {braces % text};" for text in (old, new))
    assert facts(*sides) == expected


# `public type R ...` before and after; facts of the whole record.
WHOLE = {
    "opened": ("record {| int a; |}", "record { int a; }", ["opened"]),
    "closed": ("record { int a; }", "record {| int a; |}", ["closed"]),
    "anydata in words": ("record { int a; }", "record {| int a; anydata...; |}", []),
    "rest added": ("record {| int a; |}", "record {| int a; int...; |}", ["rest-type-added"]),
    "rest removed": ("record {| int a; int...; |}", "record {| int a; |}", ["rest-type-removed"]),
    "open to typed rest": ("record { int a; }", "record {| int a; int...; |}", ["rest-type-narrowed"]),
    "typed rest to open": ("record {| int a; int...; |}", "record { int a; }", ["rest-type-widened"]),
    "rest of anything to open": ("record {| any...; |}", "record { }", ["rest-type-narrowed"]),
    "rest without data to open": ("record {| handle...; |}", "record { }", ["rest-type-changed"]),
    "open to a rest that is not read": ("record { }", "record {| x:Y...; |}", ["rest-type-narrowed"]),
    "rest type": ("record {| int...; |}", "record {| string...; |}", ["rest-type-changed"]),
    "rest respelled": ("record {| int?...; |}", "record {| (int|())...; |}", ["rest-type-respelled"]),
    "readonly": ("record { int a; }", "readonly & record { int a; }", ["readonly-added"]),
    "not readonly": ("readonly & record { int a; }", "record { int a; }", ["readonly-removed"]),
    "order of readonly": ("readonly & record { int a; }", "record { int a; } & readonly", []),
    "to a map": ("record {| int a; |}", "map<int>", ["to-map-alias"]),
}


@pytest.mark.parametrize(("old", "new", "expected"), WHOLE.values(), ids=WHOLE)
def test_record(old: str, new: str, expected: list[str]) -> None:
    assert facts(f"public type R {old};", f"public type R {new};") == [f"R: record-{one}" for one in expected]


@pytest.mark.parametrize(("rest", "became"), [("any", "widened"), ("int|handle", "changed")])
def test_a_rest_that_is_no_data_is_not_narrower_than_that_of_an_open_record(rest: str, became: str) -> None:
    found = facts("public type R record { };", f"public type R record {{| {rest}...; |}};")
    assert found == [f"R: record-rest-type-{became}", "R: type-anydata-lost"]


def test_a_map_that_gets_fields() -> None:
    assert facts("public type R map<int>;", "public type R record {| int a; |};") == [
        "R: map-alias-to-record"
    ]


AGAINST_REST = {
    "of the rest's type": ("int b?;", "R.b: record-field-optional-added"),
    "of another type": ("string b?;", "R.b: record-field-against-rest-type-added"),
    "required": ("string b;", "R.b: record-field-required-added"),
    "with a default": ('string b = "";', "R.b: record-field-against-rest-type-added"),
}


@pytest.mark.parametrize(("field", "expected"), AGAINST_REST.values(), ids=AGAINST_REST)
def test_a_field_that_further_fields_may_contradict(field: str, expected: str) -> None:
    old, new = (f"public type R record {{| int a; {text} int...; |}};" for text in ("", field))
    assert facts(old, new) == [expected]


BASE = "public type Base record { int a; };"
INCLUSIONS = {
    "written out": (
        f"{BASE} public type R record {{ *Base; }};",
        f"{BASE} public type R record {{ int a; }};",
        ["R: record-inclusion-respelled"],
    ),
    "taken in": (
        f"{BASE} public type R record {{ int a; }};",
        f"{BASE} public type R record {{ *Base; }};",
        ["R: record-inclusion-respelled"],
    ),
    "added": (
        f"{BASE} public type R record {{ int b; }};",
        f"{BASE} public type R record {{ *Base; int b; }};",
        ["R.a: record-field-required-added"],
    ),
    "removed": (
        f"{BASE} public type R record {{ *Base; int b; }};",
        f"{BASE} public type R record {{ int b; }};",
        ["R.a: record-field-removed"],
    ),
    "changed where it is declared": (
        f"{BASE} public type R record {{ *Base; int b; }};",
        f"{BASE.replace('int', 'string')} public type R record {{ *Base; int b; }};",
        ["Base.a: record-field-type-changed"],
    ),
    "added where it is declared": (
        f"{BASE} public type R record {{ *Base; int b; }};",
        f"{BASE.replace('a;', 'a; int c?;')} public type R record {{ *Base; int b; }};",
        ["Base.c: record-field-optional-added"],
    ),
    "private": (
        "type P record { int a; }; public type R record { *P; };",
        "type P record { string a; }; public type R record { *P; };",
        ["R.a: record-field-type-changed"],
    ),
    "private, renamed": (
        "type P record { int a; }; public type R record { *P; };",
        "type Q record { int a; }; public type R record { *Q; };",
        ["R: record-inclusion-respelled"],
    ),
    "overridden": (
        f"{BASE} public type R record {{ *Base; }};",
        f"{BASE} public type R record {{ *Base; int a = 1; }};",
        ["R.a: record-field-default-added"],
    ),
    "of another package": (
        "import b/c; public type R record { *c:A; };",
        "import b/c; public type R record { *c:B; };",
        ["R: record-rest-type-changed"],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), INCLUSIONS.values(), ids=INCLUSIONS)
def test_inclusion(old: str, new: str, expected: list[str]) -> None:
    assert facts(old, new) == expected


def test_what_other_packages_include_is_not_decided() -> None:
    old, new = (f"import b/c; public type R record {{ *c:{name}; }};" for name in "AB")
    (found,) = differences(old, new)
    assert (found.undecided, found.is_unread) == (
        "what c:A brings was not read; what c:B brings was not read",
        True,
    )


def test_a_record_whose_field_takes_other_expressions_takes_others_in_unions() -> None:
    others = "public type R record {| T|map<int> f; |}; public type U R|record {| string f; int g?; |};"
    old, new = (f"public type T {name}; {others}" for name in ("int", "string"))
    assert facts(old, new) == ["T: type-changed", "U: type-widened-ambiguous"]


def test_readonly_fields_of_a_readonly_record_say_nothing_new() -> None:
    old, new = (f"public type R readonly & record {{| {text} a; |}};" for text in ("int", "readonly int"))
    assert facts(old, new) == []
    assert facts(new, old) == []


FOREIGN = "import other/config; import other/http;"


def test_an_inclusion_that_was_not_read_may_have_had_the_fields_that_come() -> None:
    old = f"{FOREIGN} public type R record {{| *config:C; string a; |}};"
    new = f"{FOREIGN} public type R record {{| string a; http:V b; http:D c?; |}};"
    found = {one.rule: one.undecided for one in differences(old, new)}
    assert found == {
        "record-field-required-added": "config:C, which was included, may have had it",
        "record-field-optional-added": "config:C, which was included, may have had it",
        "record-rest-type-changed": "what config:C brings was not read",
    }


def test_an_inclusion_that_was_not_read_and_comes_is_one_finding() -> None:
    old = f"{FOREIGN} public type R record {{ string a; }};"
    new = f"{FOREIGN} public type R record {{| *config:C; string a; |}};"
    assert facts(old, new) == ["R: record-rest-type-changed"]


def test_an_inclusion_that_was_not_read_may_still_have_a_field_that_goes() -> None:
    old = f"{FOREIGN} public type R record {{| *config:C; int secure = 1; |}};"
    (found,) = differences(old, old.replace("int secure = 1;", ""))
    assert (found.rule, found.undecided) == (
        "record-field-removed",
        "config:C, which is included, may have it",
    )


def test_an_inclusion_that_was_not_read_and_stays_may_have_had_a_field_that_comes() -> None:
    old = f"{FOREIGN} public type R record {{| *config:C; string a; |}};"
    (found,) = differences(old, old.replace("string a;", "string a; int secure = 1;"))
    assert (found.rule, found.undecided) == (
        "record-field-defaultable-added",
        "config:C, which was included, may have had it",
    )


NEVER = {
    "left out": ("{| int a; never...; |}", "{| int a; |}", []),
    "written": ("{| int a; |}", "{| int a; never...; |}", []),
    "to a typed rest": ("{| int a; never...; |}", "{| int a; string...; |}", ["rest-type-added"]),
    "to an open record": ("{| int a; never...; |}", "{ int a; }", ["opened"]),
    "of an open record": ("{ int a; }", "{| int a; never...; |}", ["closed"]),
}


@pytest.mark.parametrize(("old", "new", "expected"), NEVER.values(), ids=NEVER)
def test_a_rest_of_never_is_no_rest(old: str, new: str, expected: list[str]) -> None:
    found = facts(f"public type R record {old};", f"public type R record {new};")
    assert found == [f"R: record-{one}" for one in expected]


NARROWED = {
    "an open record that gets an optional field": (
        "record {| record { int a; } r; |}",
        "record {| record { int a; int b?; } r; |}",
        ("R.r: record-field-type-narrowed", frozenset({Condition.OPEN_RECORD_EXTENDED})),
    ),
    "what becomes readonly": (
        "record {| int[] a; |}",
        "record {| readonly & int[] a; |}",
        ("R.a: record-field-type-narrowed", frozenset({Condition.NARROWED_MUTABLE})),
    ),
    "a record with a field that was mutable": (
        "record {| int a; int[] b; |}",
        "readonly & record {| int a; int[] b; |}",
        ("R: record-readonly-added", frozenset()),
    ),
    "a record whose fields were immutable": (
        "record {| int a; string b; |}",
        "readonly & record {| int a; string b; |}",
        ("R: record-readonly-added", frozenset({Condition.FIELDS_IMMUTABLE})),
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), NARROWED.values(), ids=NARROWED)
def test_conditions_of_what_holds_fewer_values_are_those_of(
    old: str, new: str, expected: tuple[str, frozenset[Condition]]
) -> None:
    (found,) = differences(f"public type R {old};", f"public type R {new};")
    assert (f"{found.symbol}: {found.rule}", found.conditions) == expected
