"""Who reformats a package changes nothing, and who changes something cannot call it formatting.

A gate that reports line ends teaches its users to wave findings through. The sources here are those of the
examples of all rules, which hold every form of declaration, and of the sample package.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.layouts import LAYOUTS
from support.rewrites import RESPELLING, UNSEEN
from support.sources import differences, facts

from semverdiff.rules import all_rules
from semverdiff.syntax.tree import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

REWRITES = {**UNSEEN, **RESPELLING}

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

service /shop/cart on new h:Listener(9090, {host: "x"}), new orders:Queue() {
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


PRIVATE = """\
// What nobody sees.
type Row record {|
    Key key; // a comment
    Row[] more = [];
|};

type Key int|string;

class Cursor {
    private Row? row = ();

    function next() returns Row? => self.row;
}

# Returns rows.
#
# + first - where to begin
# + return - the rows
public function rows(Key first, Row... more) returns Row[]|error {
    Row one = {key: first}; // no more
    return [one, ...more];
}
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
    assert not parse(DECLARATIONS.encode()).has_error
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


def rewritten(files: Mapping[str, str], rewrite: str, chance: int) -> dict[str, str]:
    """Return the files of each module written in another way."""
    random = Random(chance)  # noqa: S311 (no secret)
    found: dict[str, str] = {}
    for folder in {path.rpartition("/")[0] for path in files}:
        module = {path: text.encode() for path, text in files.items() if path.rpartition("/")[0] == folder}
        for path, content in REWRITES[rewrite](module, random).items():
            name = f"{folder}/{path.rpartition('/')[2]}".lstrip("/")
            found[name] = content.decode()
            assert not parse(content).has_error, found[name]
    return found


def is_seen(rewrite: str, fact: str) -> bool:
    """Return whether a rewrite must not have a fact: some change words that readers of the API see."""
    return rewrite in UNSEEN or not fact.endswith(("-respelled", "-body-changed"))


@pytest.mark.slow
@pytest.mark.parametrize("rewrite", REWRITES)
@given(chance=st.integers(0, 2**32))
@settings(max_examples=20)
def test_however_a_module_is_written_nothing_differs(rewrite: str, chance: int) -> None:
    read = sources(Path(__file__).resolve().parents[2])
    files = {**read, "lib.bal": DECLARATIONS, "more.bal": PRIVATE}
    again = rewritten(files, rewrite, chance)

    assert [one for one in facts(files, again) if is_seen(rewrite, one)] == []
    assert [one for one in facts(again, files) if is_seen(rewrite, one)] == []


@pytest.mark.slow
@pytest.mark.parametrize("rewrite", REWRITES)
def test_however_the_example_of_any_rule_is_written_nothing_differs(rewrite: str) -> None:
    wrong: dict[str, list[str]] = {}
    for rule in all_rules():
        after = {path: text for path, text in rule.example.after.items() if path.endswith(".bal")}
        found = facts(after, rewritten(after, rewrite, 1)) if after else []
        if any(is_seen(rewrite, one) for one in found):
            wrong[rule.id] = found
    assert wrong == {}


@pytest.mark.parametrize("rewrite", REWRITES)
def test_every_rewrite_changes_something(rewrite: str) -> None:
    files = {"lib.bal": DECLARATIONS, "more.bal": PRIVATE}
    assert rewritten(files, rewrite, 1) != files


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
