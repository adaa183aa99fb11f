"""What is written into an API file: what clients see, and all that its meaning rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.packages import manifest
from support.sources import surface

from semverdiff.api import Surface, declared_api
from semverdiff.errors import SourceError
from semverdiff.packages import parse_api_file

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXPORTED = '\n[[package.modules]]\nname = "shop.orders"\nexport = true\n'


def _lines(files: str | Mapping[str, str], more: str = "") -> list[str]:
    """Return the declarations and members of an API file, each as `module declaration.member`."""
    rows = [line.split("\t") for line in declared_api(surface(files, manifest(more=more))).text.split("\n")]
    names = [(row[0], f"{row[1]}.{row[2]}".rstrip(".")) for row in rows if len(row) > 1]
    return [f"{module.removeprefix('shop').removeprefix('.')} {name}".strip() for module, name in names]


WRITTEN = {
    "what is public": (
        "public type T int;\ntype U int;\npublic function f() {}\nfunction g() {}",
        ["T", "f"],
    ),
    "private types that public ones mention": ("type U V;\ntype V int;\npublic type T U[];", ["T", "U", "V"]),
    "private types that private members mention": (
        "type U int;\npublic class C { private U a = 1; }",
        ["C", "C.a", "U"],
    ),
    "constants of defaults": ("const A = 1;\npublic function f(int a = A) {}", ["A", "f"]),
    "the enum of a member": ("enum E { A, B }\npublic type T A;", ["E", "E.A", "E.B", "T"]),
    "what a variable of a default rests on": (
        "final int a = 1;\npublic type T record { int b = a; };",
        ["T", "T.b", "a"],
    ),
    "no functions of defaults": (
        "function g() returns int { return 1; }\npublic function f(int a = g()) {}",
        ["f"],
    ),
    "annotations": ("annotation A on type;\n@A\npublic type T int;", ["@A", "T"]),
    "configurable variables, seen or not": ("configurable int a = 1;\nint b = 1;", ["a"]),
    "no variable that only speaks of them": ("// configurable\nint b = 1;", []),
    "services": (
        "service /a on new http:Listener(1) { resource function get b() {} }",
        ["service /a", "service /a.[get b]"],
    ),
    "how a module begins": ("function init() returns error? {}", ["init"]),
    "no types of the same name as a field": (
        "type id int;\npublic type T record { int id; };",
        ["T", "T.id"],
    ),
    "prefixes of what is written": (
        "import ballerina/http;\nimport ballerina/io;\npublic type T http:Client;\nfunction f() { io:x(); }",
        ["T", "import.http"],
    ),
    "a name that a keyword is": ("public type 'import int;", ["'import"]),
}


@pytest.mark.parametrize(("source", "lines"), WRITTEN.values(), ids=WRITTEN)
def test_what_is_written(source: str, lines: list[str]) -> None:
    assert _lines(source) == lines


def test_other_modules_are_followed_and_only_exported_ones_are_seen() -> None:
    files = {
        "lib.bal": "import shop.inner as i;\npublic type T i:U;",
        "modules/inner/inner.bal": "public type U int;\npublic type V int;",
        "modules/orders/orders.bal": "public type W int;",
    }

    assert _lines(files, _EXPORTED) == ["T", "import.i", "inner U", "orders W"]


def test_prefixes_that_mean_two_modules_are_told_apart() -> None:
    files = {
        "a.bal": "import ballerina/http as h;\npublic type T h:Client;",
        "b.bal": "import ballerina/grpc as h;\npublic type U h:Client;",
    }

    written = declared_api(surface(files)).text

    assert "shop h=ballerina/http\tT\t\tpublic type T h:Client;\n" in written
    assert "shop\tU\t\tpublic type U h:Client;\n" in written
    assert "shop\timport\th\tballerina/grpc\n" in written


def test_names_of_modules_are_written_as_imports_need_them() -> None:
    source = "import ballerina/lang.'int as ints;\npublic type T ints:Signed32;"

    assert "shop\timport\tints\tballerina/lang.'int\n" in declared_api(surface(source)).text


def test_an_api_file_of_an_api_file_is_the_same() -> None:
    source = """import ballerina/http;
const A = "a";
public type T record {| *U; readonly int id = 1; string... ; |};
type U record {| http:Client c; |};
public enum E { B = A, C }
public isolated client class Client {
    private final U u;
    resource function get a/[string b](int c = 1) returns T|error => {};
}
configurable string url = ?;
"""
    first = declared_api(surface(source))

    assert declared_api(Surface(parse_api_file(first.text, "shop.api"))).text == first.text


def test_places_are_those_of_the_sources() -> None:
    declared = declared_api(
        surface({"a.bal": "public type T record {|\n    int a;\n|};", "b.bal": "\npublic type U int;"})
    )

    lines = declared.text.split("\n")
    places = {lines[number - 1]: (one.file, one.line, one.column) for number, one in declared.places.items()}
    assert places == {
        "shop\tT\t\tpublic type T record {|...|};": ("a.bal", 1, 13),
        "shop\tT\ta\tint a;": ("a.bal", 2, 9),
        "shop\tU\t\tpublic type U int;": ("b.bal", 2, 13),
    }


def test_half_an_api_is_none() -> None:
    with pytest.raises(SourceError, match="does not parse"):
        declared_api(surface("public type T record {| int a |};"))
