"""Who reformats a package changes nothing, and who changes something cannot call it formatting.

A gate that reports line ends teaches its users to wave findings through. The sources here are those of the
examples of all rules, which hold every form of declaration, and of the sample package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.layouts import LAYOUTS
from support.packages import package
from support.sources import differences, facts

from semverdiff.rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Every form of declaration whose text is compared as a whole, and words where comments may come between.
DECLARATIONS = """\
import ballerina/http as h;
import acme/shop.orders;

# The module
function init() returns error? {
    string text = string `a
    b`;
    int x = 1 + 2; // sum
}

public annotation Info Marked on source function, type, object function;
public const int LIMIT = 1 + 2;
configurable map<int> sizes = {small: 1, large: 2};

service /shop/[string id]/cart on new h:Listener(9090, {host: "x"}), new orders:Queue() {
    resource function get items(@h:Query int page = 1) returns @h:Cache {maxAge: 1} json|error {
        return [];
    }
}

service on new orders:Queue(1, {name: "q"}) {
    remote function take(orders:Order 'order) {
    }
}

public isolated client class Client {
    private final int port;

    public isolated function init(*Config config) returns error? {
        self.port = 1;
    }

    @display {label: "Take"}
    remote isolated function take(@display {label: "Id"} string id = "a" + "b")
            returns @display {label: "R"} int {
        return 1;
    }
}

public type Config record {|
    # A port
    @display {label: "Port"}
    int port = 80 + 1;
    string[LIMIT] names?;
    readonly & map<int> more = {a: 1};
    function (int a, string... rest) returns error? call?;
|};
"""


def sources(repository: Path) -> Mapping[str, str]:
    """Return the files of the sample package by path."""
    root = repository / "fixtures/shop-1.4.0"
    return {file.relative_to(root).as_posix(): file.read_text() for file in sorted(root.rglob("*.bal"))}


def in_layout(files: Mapping[str, str], layout: str) -> dict[str, str]:
    """Return files with another layout."""
    return {path: LAYOUTS[layout](text.encode()).decode() for path, text in files.items()}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_makes_no_difference_to_any_form_of_declaration(layout: str) -> None:
    assert package(DECLARATIONS).modules
    assert facts({"lib.bal": DECLARATIONS}, in_layout({"lib.bal": DECLARATIONS}, layout)) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_makes_no_difference_to_the_sample_package(repository: Path, layout: str) -> None:
    files = sources(repository)

    assert facts(files, in_layout(files, layout)) == []


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_makes_no_difference_to_the_example_of_any_rule(layout: str) -> None:
    wrong: dict[str, list[str]] = {}
    for rule in all_rules():
        after = {path: text for path, text in rule.example.after.items() if path.endswith(".bal")}
        found = after and facts(after, in_layout(after, layout))
        if found:
            wrong[rule.id] = found
    assert wrong == {}


def test_files_may_have_any_names_and_declarations_any_order() -> None:
    one = "public function a() { }\npublic type T record { int x; };\n"
    other = "public const C = 1;\nfunction init() { int b = 1; }\n"
    lines = {f"f{at}.bal": line for at, line in enumerate((other + one).splitlines())}

    assert facts({"a.bal": one, "b.bal": other}, {"b.bal": one, "a.bal": other}) == []
    assert facts({"a.bal": one, "b.bal": other}, {"all.bal": other + one}) == []
    assert facts({"all.bal": one + other}, lines) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("function init() { int a = 1; }", "function init() { int a = 2; }"),
        ("function init() { string a = string `a b`; }", "function init() { string a = string `a  b`; }"),
        ('function init() { string a = "a b"; }', 'function init() { string a = "a  b"; }'),
        ("function init() { }", "function init() returns error? { }"),
        ("function init() { }", ""),
    ],
)
def test_what_an_init_does_is_no_formatting(before: str, after: str) -> None:
    rest = "\npublic function f() { }"

    assert [one.rule for one in differences(before + rest, after + rest)] == ["module-init-changed"]
