"""What sources import, found by their text, however they write it."""

from __future__ import annotations

import pytest

from semverdiff.packages.imports import imports_of

IMPORTS = {
    "plain": ("import ballerina/http;", {("ballerina", "http")}),
    "a module of a package": ("import acme/shop.orders as o;", {("acme", "shop.orders")}),
    "two on a line": ("import acme/a; import acme/b;", {("acme", "a"), ("acme", "b")}),
    "without an organization": ("import shop.orders;", set()),
    "a letter by its number": (r"import ballerina/h\u{74}tp;", {("ballerina", "http")}),
    "an organization by numbers": (r"import \u{62}allerin\u{000061}/http;", {("ballerina", "http")}),
    "a quoted letter by its number": (r"import ballerina/'h\u{74}tp;", {("ballerina", "http")}),
    "a quoted name": ("import acme/'order.'type;", {("acme", "order.type")}),
    "an escaped letter": (r"import acme/my\-shop;", {("acme", "my-shop")}),
    "a number that is no character": (r"import acme/s\u{110000};", {("acme", r"s\u{110000}")}),
    "letters beyond ASCII": ("import acme/größe;", {("acme", "größe")}),
    "comments between all parts": (
        "import // a\nacme // b\n/ // c\nshop // d.e\n. // f\norders // g\n;",
        {("acme", "shop.orders")},
    ),
    "commented out": ("// import acme/shop;\n", set()),
    "behind blanks": ("\r \t\fimport acme/a;\n\timport acme/b;", {("acme", "a"), ("acme", "b")}),
    "behind a byte order mark": ("\ufeff import acme/a;", {("acme", "a")}),
    "behind another mark": ("\ufefe import acme/a;", set()),
    "at the beginning, and blanks at the end": ("import acme/a; x ", {("acme", "a")}),
    "in a line": ("an import acme/a;", set()),
    "a name that is a keyword": ("import acme/\nimport acme/b;", {("acme", "import")}),
    "a part on the next line": ("import acme/shop\n.orders as o;", {("acme", "shop.orders")}),
    "parts with blanks between": ("import acme/shop . orders;", {("acme", "shop.orders")}),
    "a slash with blanks around": ("import acme / shop as s;", {("acme", "shop")}),
    "names with underscores": ("import my_org/my_shop._a;", {("my_org", "my_shop._a")}),
    "a comment behind the name": ("import acme/shop // a, b\n.orders;", {("acme", "shop.orders")}),
    "a comment behind the keyword": ("import// a\nacme/shop;", {("acme", "shop")}),
    "behind a vertical tab": ("import\vacme/shop;", set()),
    "a vertical tab behind the slash": ("import acme/\vshop;", set()),
    "a vertical tab behind an organization": ("import acme\v/shop;", set()),
    "an organization of two words": ("import my acme/shop;", set()),
    "an organization of nothing": ("import _/shop;", {("_", "shop")}),
    "a name with an empty part": ("import acme/shop..orders;", {("acme", "shop")}),
    "another word behind the name": ("import acme/shop is s;", {("acme", "shop")}),
    "without an end": ("import acme/shop", {("acme", "shop")}),
    "a long name": (f"import acme/{'a' * 300};", {("acme", "a" * 300)}),
    "another word": ("imports acme/shop;", set()),
}


@pytest.mark.parametrize(("text", "expected"), IMPORTS.values(), ids=IMPORTS)
def test_imports(text: str, expected: set[tuple[str, str]]) -> None:
    assert imports_of(text.encode()) == expected


@pytest.mark.parametrize(
    "text", ["import a/" + "b." * 100_000, "import a/b" + "//\n" * 100_000, "import a/" + "\\" * 100_001]
)
def test_what_is_repeated_without_an_end_is_read_at_once(text: str) -> None:
    assert len(imports_of(text.encode())) <= 1
