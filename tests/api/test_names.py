"""Names looked up: in a module's files, through imports, and only as far as somebody asks."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.packages import package
from support.sources import descriptor, surface

from semverdiff.api import Outlines, Surface, Type
from semverdiff.syntax import spelled
from semverdiff.syntax.nodes import Enum, Reference, TypeDefinition

if TYPE_CHECKING:
    from semverdiff.syntax import Outline

FILES = {
    "lib.bal": "import acme/shop.orders as o; public type A int; function f() {} annotation A on type;",
    "more.bal": r"type B A; type order\-line int; type '\u{e9}t\u{e9} int;",
    "modules/orders/lib.bal": "import ballerina/http; public type Order record {}; type Inner int;",
    "modules/orders.lines/lib.bal": "public type Line record {};",
}
IMPORTS = """
import shop.orders;
import acme/shop.orders as full;
import other/shop.orders as foreign;
import shop.orders.lines;
import ballerina/http;
"""

RESOLVED = {
    "same file": ("A", "shop", ("shop", "A")),
    "another file": ("B", "shop", ("shop", "B")),
    "quoted": ("'B", "shop", ("shop", "B")),
    "escaped here": (r"'order\-line", "shop", ("shop", "order-line")),
    "escaped there": ("été", "shop", ("shop", "été")),
    "own module by its name alone": ("orders:Order", "shop", ("shop.orders", "Order")),
    "own module by its full name": ("full:Order", "shop", ("shop.orders", "Order")),
    "submodule": ("lines:Line", "shop", ("shop.orders.lines", "Line")),
    "not public": ("orders:Inner", "shop", ("shop.orders", "Inner")),
    "module of the use": ("Order", "shop.orders", ("shop.orders", "Order")),
    "nowhere": ("Nothing", "shop", None),
    "elsewhere in the package": ("Order", "shop", None),
    "same name in another organisation": ("foreign:Order", "shop", None),
    "another package": ("http:Client", "shop", None),
    "no import": ("unknown:A", "shop", None),
    "lang library": ("int:Signed32", "shop", None),
}


@pytest.mark.parametrize(("text", "module", "expected"), RESOLVED.values(), ids=RESOLVED)
def test_resolve(text: str, module: str, expected: tuple[str, str] | None) -> None:
    reference = descriptor(text, IMPORTS)
    assert isinstance(reference, Reference)
    found = surface(FILES).resolve(reference, module)
    assert (None if found is None else (found.module, found.key)) == expected


def test_an_annotation_has_names_of_its_own() -> None:
    known = surface(FILES)
    found = [known.locate("shop", key) for key in ("A", "@A")]
    assert [one.item.kind for one in found if one] == ["type_definition", "annotation_declaration"]


def test_names_mean_what_the_imports_of_their_own_file_say() -> None:
    known = surface(
        {
            "a.bal": "import shop.orders as o; public type A o:X;",
            "b.bal": "import shop.lines as o; public type B o:X;",
            "modules/orders/lib.bal": "public type X int;",
            "modules/lines/lib.bal": "public type X string;",
        }
    )
    assert [getattr(known.declaration("shop", key), "type", None) for key in "AB"] == [
        Reference("shop.orders", "X"),
        Reference("shop.lines", "X"),
    ]


ENUMS = 'enum Color { RED, \'blue = "b" } enum Size { BIG } const RED2 = RED;'


@pytest.mark.parametrize(
    ("member", "enum"), [("RED", "Color"), ("blue", "Color"), ("BIG", "Size"), ("b", None), ("RED2", None)]
)
def test_members_of_enums_are_names(member: str, enum: str | None) -> None:
    found = surface(ENUMS).enum_of_member("shop", member)
    assert (found.name if isinstance(found, Enum) else None) == enum


ESCAPED = r"""
enum First { plain, a\-b } enum Second { \u{70}lain, a\u{2d}c, plain2 } enum Third { plain2, \-\- }
"""


@pytest.mark.parametrize(
    ("member", "enum"),
    [
        ("plain", "First"),
        ("a-b", "First"),
        ("a-c", "Second"),
        ("plain2", "Second"),
        ("--", "Third"),
        ("b", None),
    ],
)
def test_members_of_enums_may_be_written_with_escapes(member: str, enum: str | None) -> None:
    found = surface(ESCAPED).enum_of_member("shop", member)
    assert (found.name if found is not None else None) == enum


def test_there_are_no_members_in_a_module_that_there_is_not() -> None:
    assert surface(ENUMS).enum_of_member("shop.nothing", "RED") is None


def test_the_first_member_of_a_name_counts() -> None:
    found = surface('enum E { A = "a", A = "b" }').enum_member("shop", "A")
    assert found is not None
    _, member = found
    assert member.value is not None
    assert member.value.text == '"a"'


@pytest.mark.parametrize(
    ("text", "key"), [("A", "A"), ("o:B", "B"), ("A[]", None), ("e:C", None), ("D", None)]
)
def test_types_lead_to_the_declarations_that_they_name(text: str, key: str | None) -> None:
    known = surface({"lib.bal": "type A int;", "modules/orders/lib.bal": "public type B int[];"})
    written = descriptor(text, "import shop.orders as o; import other/e;")
    target = Type(written, "shop", known).target()
    assert (target.key if target is not None else None) == key
    if target is not None and isinstance(target.declaration, TypeDefinition):
        assert target.type_of(target.declaration.type).module == target.module


def test_a_module_is_outlined_whole_after_many_searches_in_vain() -> None:
    known, parsed = counted({"a.bal": "type A int;", "b.bal": "type B int;"})
    for number in range(256):
        assert known.declaration("shop", f"Unknown{number}") is None
    assert parsed == []
    assert known.declaration("shop", "Unknown256") is None
    assert len(parsed) == 2


MANIFESTS = {
    "nothing said": ("", {"shop"}),
    "listed": ('export = ["shop", "shop.orders"]', {"shop", "shop.orders"}),
    "module table": (
        '[[package.modules]]\nname = "shop.orders"\nexport = true',
        {"shop", "shop.orders"},
    ),
    "module table without export": ('[[package.modules]]\nname = "shop.orders"', {"shop"}),
}


@pytest.mark.parametrize(("more", "exported"), MANIFESTS.values(), ids=MANIFESTS)
def test_clients_import_exported_modules_only(more: str, exported: set[str]) -> None:
    known = surface(FILES, f'[package]\norg = "acme"\nname = "shop"\nversion = "1.0.0"\n{more}\n')
    assert {name for name in known.modules if known.exported(name)} == exported
    assert set(known.modules) == {"shop", "shop.orders", "shop.orders.lines"}
    assert not known.exported("shop.nothing")


def counted(files: dict[str, str]) -> tuple[Surface, list[bytes]]:
    """Return a surface and the list of contents that it has parsed so far."""
    parsed: list[bytes] = []

    class Counting(Outlines):
        def of(self, content: bytes) -> Outline:
            parsed.append(content)
            return super().of(content)

    return Surface(package(files), Counting()), parsed


def test_files_are_parsed_when_a_name_may_be_in_them() -> None:
    known, parsed = counted({"a.bal": "type A int;", "b.bal": "type B int;", "c.bal": "type C B;"})
    assert known.locate("shop", "A") is not None
    assert parsed == [b"type A int;"]
    assert set(known.outlined("shop")) == {"A"}
    assert known.locate("shop", "B") is not None
    assert len(parsed) == 3
    assert set(known.all("shop")) == {"A", "B", "C"}


def test_damage_is_told_of_the_files_that_were_read() -> None:
    known = surface({"a.bal": "type A int;", "b.bal": "type B record { string ; };"})
    assert list(known.damages()) == []
    known.all("shop")
    assert [(module, file, one.key) for module, file, one in known.damages()] == [("shop", "b.bal", "B")]


def test_the_first_declaration_of_a_name_counts() -> None:
    known = surface("type A int; type A string;")
    found = known.locate("shop", "A")
    assert found is not None
    assert found.item.content == b"type A int;"


def test_enums_with_escapes_are_found_by_the_name_that_is_meant_however_many_there_are() -> None:
    numbers = range(2_000)
    side = surface("".join(rf"enum E{number} {{ a\-{number} }} " for number in numbers))
    began = process_time()
    assert all(side.enum_of_member("shop", f"a-{number}") is not None for number in numbers)
    assert not any(side.enum_of_member("shop", f"a-b{number}") for number in numbers)
    assert process_time() - began < 2


@given(st.text(min_size=1, max_size=8))
def test_a_member_is_found_by_every_name_that_can_be_spelt(name: str) -> None:
    side = surface(f"enum E {{ A, {spelled(name)} }}")
    assert side.enum_member("shop", name) is not None


def test_services_that_share_attach_point_and_listener_are_no_repetition() -> None:
    side = surface("listener L one = new (1); " + "service /a on one { } " * 3)
    assert list(side.all("shop")) == ["one", "service /a", "service /a on one"]
    assert not list(side.damages())
