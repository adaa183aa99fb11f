"""Models of published packages: a later run reads what an earlier one has parsed, and finds the same."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.packages import manifest, package

from semverdiff import limits
from semverdiff.api import Outlines, Surface, scope, type_text
from semverdiff.api import models as models_module
from semverdiff.api import outlines as outlines_module
from semverdiff.artifact import Provenance
from semverdiff.ballerina import Context, assess
from semverdiff.config import Settings
from semverdiff.errors import SourceError
from semverdiff.rules import all_rules
from semverdiff.syntax.nodes import ObjectType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from semverdiff.packages import Package
    from semverdiff.rules.examples import Versions

_FILES = {
    "a.bal": "import acme/money; public type Price record {| *money:Amount; int[] a; |};\r\n",
    "b.bal": 'public enum Color { RED, BLUE = "b" }\npublic client class Shop { function f(Price p) {} }',
    "modules/orders/c.bal": 'public function f(string s = "a") returns error? { }\nfunction broken( { }\n',
}


RULES = list(all_rules())


class Store:
    """A store in memory."""

    def __init__(self) -> None:
        self.models: dict[str, bytes] = {}
        self.written: list[str] = []

    def read_model(self, name: str) -> bytes | None:
        return self.models.get(name)

    def store_model(self, name: str, content: bytes) -> None:
        self.models[name] = content
        self.written.append(name)


@pytest.fixture(autouse=True)
def _small_packages_have_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines_module, "_SMALL", 0)


@pytest.fixture
def store() -> Store:
    return Store()


def _published(files: Mapping[str, str] = _FILES, source: str = "central") -> Package:
    return replace(package(files, manifest("1.0.0")), provenance=Provenance(source))


def _read(one: Package, store: Store) -> list[object]:
    """Return everything that a package declares, and what is broken in it."""
    outlines = Outlines(lambda: store)
    side = Surface(one, outlines)
    names = [(module, key) for module in side.modules for key in side.all(module)]
    found = [[side.locate(*name), side.declaration(*name)] for name in names]
    outlines.store()
    return [found, list(side.damages())]


def _forbid_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(*_: object) -> None:
        pytest.fail("it was parsed")

    for name in ("outline", "scan"):
        monkeypatch.setattr(outlines_module, name, parse)


def test_what_was_parsed_once_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = {path: text for path, text in _FILES.items() if "broken" not in text}
    first = _read(_published(sound), store)
    assert len(store.models) == 1
    _forbid_parsing(monkeypatch)
    assert _read(_published(sound), store) == first
    assert len(store.written) == 1, "nothing was added"


def test_no_store_is_opened_where_no_outline_is_asked_for(store: Store) -> None:
    opened: list[Store] = []

    def open_store() -> Store:
        opened.append(store)
        return store

    outlines = Outlines(open_store, may_scan=True)
    side = Surface(_published(), outlines)
    outlines.scanned(b"public type T int;")
    outlines.store()
    assert opened == []
    side.all("shop")
    assert opened == [store]


def test_what_does_not_parse_is_the_same_each_time(store: Store) -> None:
    first = _read(_published(), store)
    assert first == _read(_published(), store) == _read(_published(source="directory"), store)


def test_what_is_asked_for_later_is_added(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    outlines = Outlines(lambda: store)
    Surface(_published(), outlines).declaration("shop", "Price")
    outlines.store()
    _read(_published({**_FILES}), store)
    assert len(store.models) == 1
    assert len(store.written) == 2
    _forbid_parsing(monkeypatch)
    again = Surface(_published(), Outlines(lambda: store))
    assert again.declaration("shop", "Price") is not None
    assert again.declaration("shop.orders", "f") is not None


_MENTIONING = {
    "a.bal": "public type Price int;",
    "b.bal": "public type Order record {| Price price; |};",
    "c.bal": r"type List\u{61} Price[]; type Or\-der Price; type List int;",
    "d.bal": "listener Listener one = new; service / on one { function price() { Price _ = 1; } }",
    "e.bal": "listener Listener two = new; service / on two { }",
}


def _outlined(side: Surface, key: str) -> list[str]:
    assert side.locate("shop", key) is not None
    return sorted({one.file for one in side.outlined("shop").values()})


@pytest.mark.parametrize(
    ("key", "files"),
    {"Price": ["a.bal"], "Lista": ["c.bal"], r"Or-der": ["c.bal"], "Order": ["b.bal"]}.items(),
)
def test_a_name_is_looked_for_where_it_is_declared(store: Store, key: str, files: list[str]) -> None:
    one = _published(_MENTIONING)
    _read(one, store)
    assert _outlined(Surface(one, Outlines(lambda: store)), key) == files


_ENUMS = {
    "a.bal": "public enum Color { RED, GREEN }",
    "b.bal": r"public enum Size { SM\u{41}LL }",
    "c.bal": "public const RED_ = 1; public type Color_ string;",
    "d.bal": 'public enum Shape { ROUND = "RED" }',
}


@pytest.mark.parametrize(
    ("member", "files"),
    {"GREEN": ["a.bal"], "SMALL": ["b.bal"], "RED": ["a.bal", "d.bal"], "NONE": []}.items(),
)
def test_a_member_is_looked_for_in_the_enums_that_may_have_it(
    store: Store, member: str, files: list[str]
) -> None:
    one = _published(_ENUMS)
    _read(one, store)
    side = Surface(one, Outlines(lambda: store))
    found, without = side.enum_member("shop", member), Surface(one).enum_member("shop", member)
    assert found == without
    assert sorted({one.file for one in side.outlined("shop").values()}) == files


def test_members_are_found_in_enums_that_are_outlined_later(store: Store) -> None:
    one = _published(_ENUMS)
    _read(one, store)
    side = Surface(one, Outlines(lambda: store))
    found = [side.enum_member("shop", name) for name in ("GREEN", "ROUND", "RED", "SMALL", "GREEN")]
    assert [member[0].name for member in found if member is not None] == [
        "Color",
        "Shape",
        "Color",
        "Size",
        "Color",
    ]


def test_after_many_searches_of_texts_in_vain_every_file_is_outlined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scope, "_MOST_SEARCHES", 2)
    side = Surface(_published(_ENUMS))
    outlined = []
    for name in ("one", "two", "three"):
        assert side.locate("shop", name) is None
        outlined.append(len({one.file for one in side.outlined("shop").values()}))
    assert outlined[1] < outlined[2] == len(_ENUMS)


@pytest.mark.parametrize("search", [Surface.locate, Surface.enum_member])
def test_no_search_in_vain_outlines_a_file_whose_names_a_model_tells(
    store: Store, monkeypatch: pytest.MonkeyPatch, search: Callable[[Surface, str, str], object]
) -> None:
    monkeypatch.setattr(scope, "_MOST_SEARCHES", 0)
    one = _published({path: text for path, text in _ENUMS.items() if "\\" not in text})
    _read(one, store)
    side = Surface(one, Outlines(lambda: store))
    assert search(side, "shop", "none") is None
    assert not side.outlined("shop")


def _whole(one: Package) -> Surface:
    side = Surface(one)
    side.all("shop")
    return side


_TWICE = {
    "a.bal": "public type Price int; public type Order string;",
    "b.bal": "public type Order int; public enum Color { RED }",
    "c.bal": "public type Apart Price;",
}


@pytest.mark.parametrize("asked", ["Price", "Order", "RED"])
def test_a_name_that_two_files_declare_is_noticed_with_a_model_as_well(store: Store, asked: str) -> None:
    one = _published(_TWICE)
    _read(one, store)
    side = Surface(one, Outlines(lambda: store))
    assert (side.locate("shop", asked) or side.enum_member("shop", asked)) is not None
    assert list(side.damages()) == list(_whole(one).damages())
    assert [(file, damage.key, damage.first) for _, file, damage in side.damages()] == [
        ("b.bal", "Order", "a.bal:1:24")
    ]
    assert {one.file for one in side.outlined("shop").values()} == {"a.bal", "b.bal"}


def test_a_name_that_a_broken_file_declares_again_is_noticed_with_a_model_as_well(store: Store) -> None:
    one = _published({"a.bal": "public type Price int;", "b.bal": "type Price int; type Apart int; type T {"})
    _read(one, store)
    side = Surface(one, Outlines(lambda: store))
    assert side.locate("shop", "Apart") is not None
    assert [(file, damage.first) for _, file, damage in side.damages() if damage.key == "Price"] == [
        ("b.bal", "a.bal:1:1")
    ]


def test_services_that_share_a_path_are_found_with_a_model(store: Store) -> None:
    one = _published(_MENTIONING)
    _read(one, store)
    keys = [key for key in Surface(one).all("shop") if key.startswith("service")]
    assert len(keys) == 2
    for key in keys:
        assert Surface(one, Outlines(lambda: store)).locate("shop", key) is not None


def test_what_is_broken_is_looked_into_for_any_name_with_a_model(store: Store) -> None:
    one = _published({**_MENTIONING, "f.bal": "function broken(Price p { }"})
    _read(one, store)
    side = Surface(one, Outlines(lambda: store))
    assert side.locate("shop", "Price") is not None
    assert [file for _, file, _ in side.damages()] == ["f.bal"]


def test_a_package_that_is_worked_on_has_no_model(store: Store) -> None:
    _read(_published(source="directory"), store)
    assert not store.models


def test_what_is_small_has_no_model(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines_module, "_SMALL", sum(map(len, _FILES.values())) + 1)
    _read(_published(), store)
    assert not store.models
    monkeypatch.setattr(outlines_module, "_SMALL", sum(map(len, _FILES.values())))
    _read(_published(), store)
    assert store.models


def test_a_model_that_is_too_large_is_not_stored(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MODEL_BYTES", 100)
    _read(_published(), store)
    assert not store.models


def test_other_sources_have_another_model(store: Store) -> None:
    moved = {"a.bal": _FILES["a.bal"] + _FILES["b.bal"], "b.bal": ""}
    for files in (_FILES, moved, {**_FILES, "b.bal": _FILES["b.bal"] + " "}):
        _read(_published(files), store)
    assert len(store.models) == 3


def test_another_extractor_has_another_model(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    _read(_published(), store)
    monkeypatch.setattr(models_module, "EXTRACTOR", "another")
    _read(_published(), store)
    assert len(store.models) == 2


def _sealed(encoded: bytes) -> bytes:
    return hashlib.sha256(encoded).digest() + encoded


DAMAGES: Mapping[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "half": lambda model: model[: len(model) // 2],
    "another byte": lambda model: model[:-1] + bytes([model[-1] ^ 1]),
    "no model": lambda _: _sealed(b"\xc1"),
    "a number": lambda _: _sealed(msgspec.msgpack.encode(5)),
    "another name": lambda model: _sealed(
        msgspec.msgpack.encode(["0" * 64, msgspec.msgpack.decode(model[32:])[1]])
    ),
    "fewer files": lambda model: _sealed(msgspec.msgpack.encode([msgspec.msgpack.decode(model[32:])[0], []])),
    "other outlines": lambda model: _sealed(
        msgspec.msgpack.encode([msgspec.msgpack.decode(model[32:])[0], [[[1], None, None]] * 3])
    ),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_no_model_of_the_sources_is_ignored_and_rewritten(
    store: Store, damage: Callable[[bytes], bytes]
) -> None:
    first = _read(_published(), store)
    ((name, model),) = store.models.items()
    store.models[name] = damage(model)
    assert _read(_published(), store) == first
    assert store.models[name] == model
    assert len(store.written) == 2


def _assessed(versions: Versions, context: Context) -> object:
    old, new = ({**side, "more.bal": versions.around} for side in (versions.before, versions.after))
    return assess(_published(old), _published(new), Settings(Path()), context)


@pytest.mark.slow
@pytest.mark.parametrize("versions", [one.example for one in RULES], ids=[one.id for one in RULES])
def test_the_assessment_is_the_same_by_models(versions: Versions, store: Store) -> None:
    by_models = Context(open_store=lambda: store)
    first, again = _assessed(versions, by_models), _assessed(versions, by_models)
    assert first == again == _assessed(versions, Context())


_SCANNED = {
    "a.bal": "public type Broken record {| int id int; |};\npublic function f(Price p%s) { }\n",
    "b.bal": "public type Price int;\n",
}


def _scanned(added: str = "", source: str = "central") -> Package:
    return _published({path: text.replace("%s", added) for path, text in _SCANNED.items()}, source)


def test_what_was_scanned_has_no_model(store: Store) -> None:
    context = Context(open_store=lambda: store)
    assert assess(_published(_TWICE), _published(_MENTIONING), Settings(Path()), context).findings
    assert not store.models


def test_to_scan_a_package_asks_for_no_model(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    new = {**_MENTIONING, "a.bal": "public type Price string;"}
    _read(_published(_MENTIONING), store)
    monkeypatch.setattr(store, "read_model", lambda _: pytest.fail("it was asked for"))
    context = Context(open_store=lambda: store)
    assert assess(_published(_MENTIONING), _published(new), Settings(Path()), context).findings


def test_what_was_read_before_does_not_decide_what_a_comparison_finds_broken(store: Store) -> None:
    context, packages = Context(open_store=lambda: store), (_scanned(), _scanned(", int q"))
    expected = assess(*packages, Settings(Path()), Context())
    for one in packages:
        _read(one, store)
    assert assess(*packages, Settings(Path()), context) == expected
    assert assess(*packages, Settings(Path()), context) == expected
    for one in packages:
        assert _read(one, store) == _read(one, Store())


def test_what_was_parsed_is_not_forgotten_for_a_scan(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = (_scanned(), _scanned(", int q"))
    read = [_read(one, store) for one in packages]
    assess(*packages, Settings(Path()), Context(open_store=lambda: store))
    for name in ("outline", "scan"):
        monkeypatch.setattr(outlines_module, name, lambda _: pytest.fail("it was parsed"))
    assert [_read(one, store) for one in packages] == read


def test_what_was_parsed_without_a_mistake_is_not_scanned(monkeypatch: pytest.MonkeyPatch) -> None:
    outlines, content = Outlines(may_scan=True), b"public type A int;"
    parsed = outlines.of(content)
    _forbid_parsing(monkeypatch)
    assert outlines.scanned(content) is parsed


def test_a_file_of_what_is_worked_on_is_in_no_model_of_another_package(store: Store) -> None:
    outlines = Outlines(lambda: store)
    worked_on = _published({"x.bal": "public type Xylem int;"}, "directory")
    for one in (_published(), worked_on):
        assert Surface(one, outlines).all("shop")
    outlines.store()
    assert [b"Xylem" in model for model in store.models.values()] == [False]


def test_the_store_is_opened_once_whenever_packages_are_expected(store: Store) -> None:
    opened: list[Store] = []

    def open_store() -> Store:
        opened.append(store)
        return store

    outlines = Outlines(open_store)
    for name in ("A", "B"):
        assert Surface(_published({"x.bal": f"public type {name} int;"}), outlines).all("shop")
    outlines.store()
    assert (len(opened), len(store.models)) == (1, 2)


# The tree has a function in what is one declaration by its tokens.
_HIDING = "function f() {\nfunction g() { } }\npublic type A int;\npublic type B string;\n"


def test_a_name_that_a_scan_did_not_see_is_found_with_its_model(store: Store) -> None:
    old, new = (_published({"a.bal": f"{_HIDING}public function h({one}) {{ }}"}) for one in ("", "int a"))
    assess(old, new, Settings(Path()), Context(open_store=lambda: store))
    side = Surface(old, Outlines(lambda: store))
    assert side.locate("shop", "g") is not None


_TEXTS = st.sampled_from(["", "-1", "*", "1e9999", "\\u{110000}", "'", "a:b", "int", "9" * 50])


@given(st.data())
def test_a_model_that_somebody_made_up_does_no_harm(data: st.DataObject) -> None:
    store = Store()
    _read(_published(), store)
    ((name, model),) = store.models.items()
    decoded = msgspec.msgpack.decode(model[32:], strict=False)
    places = list(_places(decoded[1]))
    for _ in range(5):
        holder, key = data.draw(st.sampled_from(places))
        holder[key] = data.draw(_TEXTS)
    store.models[name] = _sealed(msgspec.msgpack.encode(decoded))
    new = {**_FILES, "b.bal": _FILES["b.bal"].replace("Price p", "Price? p, int i")}
    # What it says of a file that both sides have may refuse the candidate: nothing is let pass by that.
    with suppress(SourceError):
        assess(
            _published(), _published(new, "directory"), Settings(Path()), Context(open_store=lambda: store)
        )


def test_a_qualifier_that_nobody_can_write_is_shown_last() -> None:
    made_up = ObjectType(frozenset({"zzz", "service", "isolated"}), (), (), ())
    assert type_text(made_up).startswith("isolated service zzz object {")


def _places(value: object) -> Iterator[tuple[dict[object, object] | list[object], Any]]:
    """Yield each list or dictionary that holds a text, with the text's place in it."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case list() as row:
                yield from ((row, at) for at, one in enumerate(row) if isinstance(one, str))
                waiting += row
            case dict() as table:
                yield from ((table, key) for key, one in table.items() if isinstance(one, str))
                waiting += table.values()
