"""The index of uses: what it holds of any source, and that it is kept and trusted as far as it may be."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from impact.dependents import dependent, findings_between, reach_of
from support.packages import package

import semverdiff
from semverdiff import limits, packages
from semverdiff.api import Outlines
from semverdiff.impact import index_of
from semverdiff.impact.index import INDEXER
from semverdiff.impact.model import NOTHING, UseKind

if TYPE_CHECKING:
    from semverdiff.impact.model import PackageUses, Use

SOURCE = """\
import acme/shop;
import acme/bank as b;

# Documentation with shop:pay().
type Mine record {|
    *shop:Order;
    map<shop:Item[]> items?;
|};

@shop:Audited {by: "me"}
service /a on new shop:Hub(8080), b:hub {
    private final shop:Cart 'cart = new;
    resource function get orders/[int id](shop:Caller caller) returns shop:Order|error {
        shop:Order o = check self.'cart.find(id, exact = true, ...more());
        var {note, items: [first, ...rest]} = o;
        lock {
            o["by"] = o[k()];
            o.note = string `${note} ${first?.name ?: "none"}`;
        }
        foreach var [k, v] in o.items.entries() {
            if v is shop:Item && k != "ä" {
                v.drop();
            }
        }
        match o.color {
            shop:RED|shop:BLUE => { }
            var other if other == "x" => { }
            _ => { }
        }
        worker w returns shop:Item? {
            return o["item"];
        }
        transaction {
            check commit;
        } on fail error e {
            fail error shop:Lost("lost", e, code = shop:LIMIT);
        }
        shop:Item[] all = from var one in o.list where one.price > 1.5 let int p = one.total select one;
        function (shop:Item) returns int f = i => i.price;
        return <shop:Order>(wait w) ?: {id: 1, "key": 2, ...o, [k()]: 3};
    }
}

public client class Own {
    *shop:Client;
    remote isolated function send(*shop:Options options, shop:Item... more) returns error? => ();
}
"""
WORDS = [
    "{",
    "}",
    "(",
    ")",
    "shop:",
    ";",
    "'",
    '"',
    "`",
    "=>",
    "record {",
    "check",
    "\n",
    "é",
    "|}",
    "\\u{1F600}",
]


def _index(source: str) -> PackageUses:
    return index_of(dependent(source), Outlines())


def _uses(found: PackageUses) -> list[Use]:
    return [use for module in found.modules for file in module.files for use in file.uses]


def _text_at(source: str, use: Use) -> str:
    line = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")[use.place.line - 1]
    return line[use.place.column - 1 :]


def test_every_kind_of_use_is_found_in_a_source_that_has_them() -> None:
    kinds = {use.kind for use in _uses(_index(SOURCE))}
    assert set(UseKind) - kinds == set()


def test_the_place_of_a_use_is_that_of_its_name() -> None:
    named = [use for use in _uses(_index(SOURCE)) if use.kind in {UseKind.NAME, UseKind.READ, UseKind.VALUE}]
    assert named
    for use in named:
        assert _text_at(SOURCE, use).removeprefix("'").startswith(use.name)


@st.composite
def _damaged(draw: st.DrawFn) -> str:
    """Return the source with a piece taken out, put in twice, or replaced by words of the language."""
    text = SOURCE
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        words = "".join(draw(st.lists(st.sampled_from(WORDS), max_size=4)))
        text = text[:start] + words + text[end:]
    return text


@given(_damaged())
def test_a_damaged_source_has_an_index_with_places_inside_of_it(source: str) -> None:
    found = _index(source)
    for module in found.modules:
        for use in (use for file in module.files for use in file.uses):
            assert _text_at(source, use) != "" or use.name == ""
            if use.kind in {UseKind.NAME, UseKind.READ} and "\\" not in _text_at(source, use)[:40]:
                assert _text_at(source, use).removeprefix("'").startswith(use.name)
        for number, term in enumerate(module.terms):
            # A term is made of earlier ones, so that they are evaluated in their order.
            assert term.op == "type" or (NOTHING <= term.of < number and NOTHING <= term.other < number)


@given(_damaged())
def test_what_a_damaged_source_uses_is_judged_without_an_error(source: str) -> None:
    old = package(
        "public type Order record {| int id; string note; |};public class Cart { public function find() { } }"
    )
    new = package("public type Order record {| int id; |}; public class Cart { }")
    reach = reach_of(findings_between(old, new), old, new, dependent(source))
    assert len(reach.dependents) == 1


@pytest.mark.parametrize(
    "source",
    [
        "function f() { int x = " + "(" * 3000 + "1" + ")" * 3000 + "; }",
        "function f() { int x = " + "a." * 3000 + "b; }",
        "function f() { x" + ".m()" * 3000 + "; }",
        "type T " + "record {| " * 1500 + "int a; " + "|} a; " * 1499 + "|};",
        "type T int" + "[]" * 3000 + ";",
        "function f() { " + "if a is int { " * 1500 + "} " * 1500 + "}",
        "function f() { " + "map<int> m = {a: " * 1 + "{a: " * 1500 + "1" + "}" * 1500 + "}; }",
        "type T " + "shop:A|" * 5000 + "int;",
        "function f() { f(" + "1, " * 5000 + "1); }",
    ],
    ids=["parentheses", "fields", "methods", "records", "arrays", "tests", "mappings", "union", "arguments"],
)
def test_a_source_that_is_deep_or_long_is_read(source: str) -> None:
    old, new = package("public function pay() { }"), package("public function other(int a) { }")
    text = f"import acme/shop;\n{source}\nfunction g() {{ shop:pay(); }}\n"
    reach = reach_of(findings_between(old, new), old, new, dependent(text))
    assert [one.concern.value for one in reach.findings[0].meetings] == ["breaks"]


def test_a_source_that_is_too_long_to_be_parsed_at_once_could_use_anything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "PIECE_WORDS", 10)
    found = index_of(dependent("import acme/shop;\nfunction f() { shop:pay(1, 2, 3); }\n"), Outlines())
    assert [file.damaged for module in found.modules for file in module.files] == [None]


def test_an_index_of_another_indexer_is_not_read() -> None:
    folder = Path(semverdiff.__file__).parent / "impact"
    names = (
        "arguments",
        "assignments",
        "entries",
        "index",
        "model",
        "reader",
        "reading",
        "results",
        "scopes",
        "table",
    )
    digest = hashlib.sha256()
    for name in names:
        digest.update(re.sub(rb'\nINDEXER: Final = ".*"\n', b"\n", (folder / f"{name}.py").read_bytes()))
    assert digest.hexdigest()[:12] == INDEXER, "set INDEXER in semverdiff/impact/index.py to this value"


class _Store:
    """A store of models in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def read_model(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def store_model(self, name: str, content: bytes) -> None:
        self.kept[name] = content


def test_an_index_is_kept_and_read_as_it_was() -> None:
    store = _Store()
    first = index_of(dependent(SOURCE), Outlines(), store)
    kept = dict(store.kept)
    assert index_of(dependent(SOURCE), Outlines(), store) == first
    assert store.kept == kept != {}


def test_an_index_that_is_damaged_or_of_other_sources_is_read_anew() -> None:
    store = _Store()
    first = index_of(dependent(SOURCE), Outlines(), store)
    (name, content), *_ = store.kept.items()
    other = index_of(dependent(SOURCE + "\n"), Outlines(), store)
    assert other.name != name
    for broken in (b"", content[:-1], content[:40], b"\0" * len(content), store.kept[other.name]):
        store.kept[name] = broken
        assert index_of(dependent(SOURCE), Outlines(), store) == first


def test_words_of_what_does_not_parse_are_kept_until_they_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = "import acme/shop;\nfunction f() { int x = = one; int y = = two three; int z = = four; }\n"
    words = _damaged_words(source)
    assert words is not None
    assert words >= {"one", "two", "three", "four"}
    monkeypatch.setattr(limits, "HIDDEN_WORDS", 5)
    assert _damaged_words(source) is None


def _damaged_words(source: str) -> frozenset[str] | None:
    ((damaged,),) = ([file.damaged for file in module.files] for module in _index(source).modules)
    return damaged


def test_a_name_of_a_type_with_something_else_inside_is_no_use_of_it() -> None:
    source = "import acme/shop;\nshop:'`Order o = 1;\n"
    assert [use.kind for use in _uses(_index(source))] == [UseKind.IMPORT]
    assert _damaged_words(source) == frozenset({"shop", "Order"})


def test_an_index_that_is_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    store = _Store()
    monkeypatch.setattr(limits, "MODEL_BYTES", 100)
    index_of(dependent(SOURCE), Outlines(), store)
    assert store.kept == {}


def test_an_index_with_a_type_that_is_nested_too_deeply_is_not_kept() -> None:
    store = _Store()
    found = index_of(dependent(f"import acme/shop;\nshop:A{'[]' * 1500} a = [];\n"), Outlines(), store)
    assert (store.kept, len(_uses(found))) == ({}, 2)


def test_what_is_kept_under_the_name_of_an_index_and_is_none_is_read_anew() -> None:
    store = _Store()
    first = index_of(dependent(SOURCE), Outlines(), store)
    (name,) = store.kept
    for content in (b"", b"\xc1", msgspec.msgpack.encode([name, "no modules"])):
        store.kept[name] = packages.digest_of([content]) + content
        assert index_of(dependent(SOURCE), Outlines(), store) == first
