"""The law of damaged files: a tree with an error has a damage with a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff.syntax import outline
from semverdiff.syntax.tree import parse

# Every kind of declaration, and what may stay open in it: braces of each kind, brackets, strings, templates.
SOURCE = """\
import acme/orders as o;

# An item.
# + id - its key
public type Item record {|
    readonly int id;
    string note? ;
    record { int x = 1; } place;
    map<[int, string...]>[] more = [];
    anydata...;
|};

public isolated client class Store {
    private final map<Item> items = {};

    public isolated function init(*Item first, string name = "x") returns error? {
        self.items[string `${name}-${first.id}`] = first;
        foreach var item in self.items {
            if item.id > 1 && (item.note is string) {
                _ = check self.load({id: 1, note: "a"}, [1, 2]);
            }
        }
    }

    resource function get items/[int id]() returns Item|error => self.find(id);
}

public enum Color { RED, GREEN = "g" }
public const int MOST = (1 + 2) * 3;
string:RegExp pattern = re `[a-z]{2}${MOST}`;
service /shop on new o:Gate(8080) { remote function onItem(Item item) { } }
function last(function (int) returns int f) returns object { int x; } = external;
"""


def _assert_law(text: str) -> None:
    content = text.encode()
    found = outline(content)
    if not parse(content).has_error:
        assert found.damages == ()
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert found.damages
    for damage in found.damages:
        assert 1 <= damage.line <= len(lines)
        assert 1 <= damage.column <= len(lines[damage.line - 1]) + 1


def test_the_source_is_whole() -> None:
    assert outline(SOURCE.encode()).damages == ()


@pytest.mark.parametrize("part", range(8))
def test_a_file_cut_off_anywhere_is_damaged_somewhere(part: int) -> None:
    for end in range(part, len(SOURCE), 8):
        _assert_law(SOURCE[:end])


_PIECES = st.sampled_from(
    [*";{}()[]|,=<>\"`'\\#@/?", "{|", "|}", "${", "//", "public ", "class ", "\r", "\0"]
)


@given(st.integers(0, len(SOURCE)), st.integers(0, 40), _PIECES | st.text(max_size=3))
def test_a_file_edited_anywhere_is_whole_or_damaged_somewhere(start: int, length: int, text: str) -> None:
    _assert_law(SOURCE[:start] + text + SOURCE[start + length :])


@given(st.lists(st.tuples(st.integers(0, len(SOURCE)), _PIECES), min_size=2, max_size=6))
def test_a_file_edited_in_many_places_is_whole_or_damaged_somewhere(edits: list[tuple[int, str]]) -> None:
    text = SOURCE
    for start, piece in edits:
        text = text[:start] + piece + text[start:]
    _assert_law(text)


# What is left open here is more than the parser puts up with: no part of the tree is an error, the root is.
CUT_OFF = """\
public type Order record {|
    int id;
|};
public class Basket {
    public function weigh(int one) returns int {
        return one;
    }
    public function sum() returns int {
        foreach int i in [1] {
            if i > 1 && (i"""


def test_damage_of_the_whole_tree_stands_where_the_declarations_end() -> None:
    assert parse(CUT_OFF.encode()).is_error
    damages = outline(CUT_OFF.encode()).damages
    assert damages[-1].excerpt == "public class Basket {"
    assert (damages[-1].line, damages[-1].column, damages[-1].message) == (4, 1, "unexpected `public`")
    assert (damages[-1].key, damages[-1].in_body) == (None, False)
    assert {"Basket", "weigh", "sum"} <= (damages[-1].names or set())


def test_members_of_what_is_not_closed_are_no_declarations_of_the_module() -> None:
    assert [(item.key, item.kind) for item in outline(CUT_OFF.encode()).items] == [
        ("Order", "type_definition")
    ]


def test_a_service_without_a_listener_is_damaged() -> None:
    assert outline(b"service on(8{t o}").damages
