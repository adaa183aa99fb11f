"""Declarations that moved to another module, or are named by another convention, are one finding each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.packages import manifest, package
from support.sources import facts, surface
from support.two_versions import rules

from semverdiff.api import Outlines, Surface
from semverdiff.compare import compare
from semverdiff.compare.likeness import alike_together

if TYPE_CHECKING:
    from semverdiff.packages import Package

UNIT = 'public type Unit "kg"|"g"; '
NEW, KNOWN = "", UNIT  # the module is new, or both versions have it


def findings(old: dict[str, str], new: dict[str, str]) -> list[str]:
    """Compare versions of acme/shop, by the text of each module, of which the empty ones are not there."""
    outlines = Outlines()
    before, after = (Surface(_package(texts), outlines) for texts in (old, new))
    return sorted(f"{one.module}: {one.symbol}: {one.rule}" for one in compare(before, after))


def _package(texts: dict[str, str]) -> Package:
    modules = {name: text for name, text in texts.items() if text}
    exported = ", ".join(f'"{name}"' for name in modules)
    files = {
        "lib.bal" if name == "shop" else f"modules/{name.removeprefix('shop.')}/lib.bal": text
        for name, text in modules.items()
    }
    return package(
        files, f'[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\nexport = [{exported}]\n'
    )


KINDS = {
    "record": "public type X record {| int a; |};",
    "object type": "public type X object { public function m(); };",
    "distinct object type": "public type X distinct object { public function m(); };",
    "class": "public class X { public int a = 1; public function m() { } }",
    "error": "public type X error<record {| int code; |}>;",
    "distinct error": "public type X distinct error;",
    "enum": "public enum X { RED, BLUE }",
    "union": "public type X int|string;",
    "function": "public function X(int a) returns int => a;",
    "constant": "public const X = 1;",
    "variable": "public final int X = 1;",
    "annotation": "public annotation X on type;",
}


@pytest.mark.parametrize("module", [NEW, KNOWN], ids=["new", "known"])
@pytest.mark.parametrize("declaration", KINDS.values(), ids=KINDS)
def test_a_declaration_that_moved_is_one_finding_at_its_old_name(declaration: str, module: str) -> None:
    found = findings(
        {"shop": f"{UNIT}{declaration}", "shop.more": module},
        {"shop": UNIT, "shop.more": f"{module}{declaration}"},
    )
    added = [] if module else ["shop.more: (module): module-added"]
    assert found == sorted(["shop: X: symbol-moved-to-other-module", *added])


TOGETHER = {
    "a supertype": "public type Base distinct error; public type X distinct Base;",
    "a field's type": "public type Base record {| int a; |}; public type X record {| Base[] b; |};",
    "a parameter": "public type Base record {| int a; |}; public type X object { function m(Base b); };",
    "a default": "public const Base = 1; public type X record {| int a = Base; |};",
    "itself": "public type Base record {| Base? next; |}; public type X record {| Base b; |};",
}


@pytest.mark.parametrize("text", TOGETHER.values(), ids=TOGETHER)
def test_what_a_declaration_refers_to_may_move_along(text: str) -> None:
    found = findings({"shop": UNIT + text}, {"shop": UNIT, "shop.more": text})
    assert found == sorted(
        [
            "shop: Base: symbol-moved-to-other-module",
            "shop: X: symbol-moved-to-other-module",
            "shop.more: (module): module-added",
        ]
    )


def test_references_to_what_stays_get_a_prefix() -> None:
    stays = "public type Base distinct error; "
    found = findings(
        {"shop": f"{stays}public type X distinct Base;"},
        {"shop": stays, "shop.more": "import acme/shop; public type X distinct shop:Base;"},
    )
    assert found == sorted(
        [
            "shop: X: symbol-moved-to-other-module",
            "shop.more: (module): module-added",
        ]
    )


def test_what_mentions_a_moved_type_is_only_written_differently() -> None:
    moved = "public type X distinct error;"
    found = findings(
        {"shop": f"{moved} public function f() returns X? {{ return; }}"},
        {
            "shop": "import acme/shop.more; public function f() returns more:X? { return; }",
            "shop.more": moved,
        },
    )
    assert found == sorted(
        [
            "shop: X: symbol-moved-to-other-module",
            "shop: f: function-return-type-respelled",
            "shop.more: (module): module-added",
        ]
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("record {| int a; |}", "record {| int b; |}"),
        ("record {| int a; |}", "record {| int a?; |}"),
        ("record {| int a; |}", "object { public int a; }"),
        ("[int]", "[int, int]"),
        ("int|string", "int|float"),
    ],
)
def test_what_changed_inside_did_not_just_move(old: str, new: str) -> None:
    found = findings(
        {"shop": f"{UNIT}public type X {old};", "shop.more": UNIT},
        {"shop": UNIT, "shop.more": f"{UNIT}public type X {new};"},
    )
    assert found == sorted(["shop: X: type-removed", "shop.more: X: type-added"])


def test_what_rests_on_a_changed_type_did_not_just_move() -> None:
    text = "public type Base record {{| {} a; |}}; public type X record {{| Base b; |}};"
    found = findings({"shop": UNIT + text.format("int")}, {"shop": UNIT, "shop.more": text.format("string")})
    assert found == sorted(
        [
            "shop: Base: type-removed",
            "shop: X: type-removed",
            "shop.more: (module): module-added",
        ]
    )


def test_two_places_to_move_to_are_no_certain_move() -> None:
    text = "public type X int;"
    found = findings(
        {"shop": UNIT + text, "shop.more": UNIT, "shop.most": UNIT},
        {"shop": UNIT, "shop.more": UNIT + text, "shop.most": UNIT + text},
    )
    assert "shop: X: type-removed" in found


CONVENTIONS = {
    "record": (
        "public type Access_body record {| int a; |};",
        "public type AccessBody record {| int a; |};",
        ["Access_body: type-renamed"],
    ),
    "several at once": (
        "public type A_b record {| C_d c; |}; public type C_d record {| int a; |};",
        "public type AB record {| CD c; |}; public type CD record {| int a; |};",
        ["A_b: type-renamed", "C_d: type-renamed"],
    ),
    "function": (
        "public function get_all() returns int => 1;",
        "public function getAll() returns int => 1;",
        ["get_all: function-renamed"],
    ),
    "fields": (
        "public type R record {| int included_minutes; string price_id; |};",
        "public type R record {| int includedMinutes; string priceId; |};",
        ["R.included_minutes: record-field-renamed", "R.price_id: record-field-renamed"],
    ),
    "fields of other types": (
        "public type R record {| int a_b; string c_d; |};",
        "public type R record {| string aB; string cD; |};",
        ["R.aB: record-field-required-added", "R.a_b: record-field-removed", "R.c_d: record-field-renamed"],
    ),
    "another type": (
        "public type A_b record {| int a; |};",
        "public type AB record {| string a; |};",
        ["AB: type-added", "A_b: type-removed"],
    ),
    "another default": (
        "public type A_b record {| int a = 1; |};",
        "public type AB record {| int a = 2; |};",
        ["AB: type-added", "A_b: type-removed"],
    ),
    "the same default": (
        "public type A_b record {| int a = 1; |};",
        "public type AB record {| int a = 1; |};",
        ["A_b: type-renamed"],
    ),
    "a text that only looks like a name with a prefix": (
        'public type A_b record {| string a = "m:x"; |};',
        'public type AB record {| string a = "x"; |};',
        ["AB: type-added", "A_b: type-removed"],
    ),
    "two methods of one": (
        "public class C { public function get_one() {} public function getone() {} }",
        "public class C { public function getOne() {} }",
        [
            "C.getOne: class-method-added",
            "C.get_one: class-method-removed",
            "C.getone: class-method-removed",
        ],
    ),
    "two candidates": (
        "public type R record {| int a_b; |};",
        "public type R record {| int aB; int ab; |};",
        [
            "R.aB: record-field-required-added",
            "R.a_b: record-field-removed",
            "R.ab: record-field-required-added",
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CONVENTIONS.values(), ids=CONVENTIONS)
def test_a_name_in_another_convention_is_a_rename(old: str, new: str, expected: list[str]) -> None:
    assert findings({"shop": old}, {"shop": new}) == sorted(f"shop: {one}" for one in expected)


def test_names_of_types_that_are_others_make_no_rename() -> None:
    text = "public type {} record {{| {} x; |}}; type X int; type Y string;"
    found = facts(text.format("Foo_Bar", "X"), text.format("FooBar", "Y"))
    assert found == ["FooBar: type-added", "Foo_Bar: type-removed"]


@pytest.mark.parametrize(
    ("old", "new", "are_alike"),
    [
        ("type Old record {| |};", "type New record {| |};", True),
        ("type Old record {| |};", "class New { }", False),
        ("type Old record {| int |};", "type New record {| int |};", False),
    ],
)
def test_only_declarations_of_one_kind_that_can_be_read_are_alike(
    old: str, new: str, *, are_alike: bool
) -> None:
    pair = {("shop", "Old"): ("shop", "New")}
    assert bool(alike_together(surface(old), surface(new), pair)) is are_alike


def test_a_private_type_may_be_renamed_whatever_its_documentation_calls_it() -> None:
    """Clients tell a distinct type by what includes it: under another name it is the same."""
    text = (
        "type {0} distinct object {{ public int code; }};\n"
        "public readonly class Ok {{ *{0}; public final int code = 200; }}"
    )
    old, new = f"# A Status\n  # of all.\n{text.format('Status')}", f"# A Status.\n{text.format('State')}"
    assert facts(old, new) == ["Ok: class-inclusion-respelled"]


def test_a_new_type_is_told_from_old_ones_where_an_alias_leads_to_a_file_that_stayed() -> None:
    """To follow the alias reads that file, which declares more than was known of the module before."""
    other = "public type B record {| int a; |};"
    text = 'public type A B; public function f() returns {} {{ panic error(""); }} {}'
    old = {"lib.bal": text.format("error", ""), "other.bal": other}
    changed = text.format("N", "public type N distinct error;")
    assert facts(old, {**old, "lib.bal": changed}) == ["N: type-added", "f: function-return-type-narrowed"]


def test_a_private_type_may_move_to_another_module() -> None:
    text = "type A record {| int a; string b; float c; |};"
    old, new = {"a.bal": text, "modules/m/a.bal": ""}, {"a.bal": "", "modules/m/a.bal": text}
    assert facts(old, new) == []


def test_a_type_that_moves_to_a_module_that_clients_cannot_import_is_removed() -> None:
    text = "public type X record {| int a; |};"
    old, new = {"a.bal": text, "modules/m/a.bal": ""}, {"a.bal": "", "modules/m/a.bal": text}
    exported = manifest(more='export = ["shop"]')
    sides = [surface(files, exported) for files in (old, new)]
    assert rules(compare(*sides)) == ["X: type-removed"]


def test_two_types_that_may_have_become_one_are_neither_renamed_nor_moved() -> None:
    fields = "record {| int a; |};"
    found = findings(
        {"shop": f"public type FooBar {fields}", "shop.more": f"{UNIT} public type foo_bar {fields}"},
        {"shop": f"public type foo_bar {fields}", "shop.more": UNIT},
    )
    assert found == [
        "shop.more: foo_bar: type-removed",
        "shop: FooBar: type-removed",
        "shop: foo_bar: type-added",
    ]
