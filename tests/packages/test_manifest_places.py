"""Where manifests say what they say: reports send people, and editors, to that line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.archives import build_bala, build_toml_bala, dependency_graph
from support.packages import package

from semverdiff.artifact import ManifestPlace, Provenance
from semverdiff.packages import ManifestKey, ManifestPlaces, parse_json, read_archive

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.errors import Mistake
    from semverdiff.packages import Package

_TOML = """\
[package]
org = "acme"
  name = "shop"
version = "1.0.0"
license = ["MIT"]
[[package.modules]]
name = "shop.orders"
export = true
[platform.java21]
graalvmCompatible = true
[[dependency]]
org = "acme"
name = "money"
version = "1.0.0"
"""
_LOCK = """\
[[package]]
org = "acme"
name = "shop"
version = "1.0.0"
dependencies = [{org = "acme", name = "money"}]

[[package]]
org = "acme"
name = "money"
  version = "1.2.0"
"""


def sources(**files: str) -> Package:
    return package({"lib.bal": "", "modules/orders/a.bal": "", **files}, _TOML)


@pytest.mark.parametrize(
    ("keys", "line", "column"),
    [
        ((ManifestKey.ORGANIZATION,), 2, 1),
        ((ManifestKey.NAME,), 3, 3),
        ((ManifestKey.VERSION,), 4, 1),
        ((ManifestKey.LICENSE,), 5, 1),
        ((ManifestKey.EXPORT,), 6, 11),
        ((ManifestKey.PLATFORM,), 9, 2),
        # What is not written would stand in the table, and of several the first that is written counts.
        ((ManifestKey.VISIBILITY,), 1, 2),
        ((ManifestKey.KEYWORDS, ManifestKey.LICENSE), 5, 1),
    ],
)
def test_a_key_of_ballerina_toml(keys: tuple[ManifestKey, ...], line: int, column: int) -> None:
    assert ManifestPlaces(sources()).of(keys) == ManifestPlace("Ballerina.toml", line, column)


def test_a_dependency_stands_where_the_manifest_asks_for_it() -> None:
    assert ManifestPlaces(sources()).of_dependency("acme/money") == ManifestPlace("Ballerina.toml", 14, 1)


def test_a_locked_dependency_stands_in_the_lock() -> None:
    places = ManifestPlaces(sources(**{"Dependencies.toml": _LOCK}))
    assert places.of_dependency("acme/money") == ManifestPlace("Dependencies.toml", 10, 3)
    assert places.of_dependency("acme/tax") is None


def archived(**package_json: object) -> Package:
    graph = dependency_graph("acme", "shop", "1.0.0", {"org": "acme", "name": "money", "version": "1.2.0"})
    content = build_bala("acme", "shop", "1.0.0", {"dependency-graph.json": graph}, **package_json)
    return read_archive(content, name="shop.bala", provenance=Provenance("bala"))


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (ManifestKey.VERSION, "version"),
        (ManifestKey.DISTRIBUTION, "ballerina_version"),
        (ManifestKey.GRAALVM_COMPATIBLE, "graalvmCompatible"),
        (ManifestKey.KEYWORDS, "name"),
    ],
)
def test_a_key_of_an_archive(key: ManifestKey, name: str) -> None:
    read = archived()
    place = ManifestPlaces(read).of((key,))
    text = next(file.content for file in read.manifests if file.path == "package.json").decode()
    assert place == ManifestPlace("package.json", 1, text.index(f'"{name}"') + 1)


def test_a_dependency_of_an_archive_stands_where_the_package_needs_it() -> None:
    read = archived()
    place = ManifestPlaces(read).of_dependency("acme/money")
    text = next(file.content for file in read.manifests if file.path == "dependency-graph.json").decode()
    needed = text.index('"version"', text.index('"dependencies"'))
    assert place == ManifestPlace("dependency-graph.json", 1, needed + 1)


def test_an_archive_of_the_newest_generation_holds_the_manifest_itself() -> None:
    content = build_toml_bala(_TOML, {"lib.bal": "", "modules/orders/a.bal": ""})
    read = read_archive(content, name="shop.bala", provenance=Provenance("bala"))
    place = ManifestPlaces(read).of((ManifestKey.VERSION,))
    assert place == ManifestPlace("Ballerina.toml", 4, 1)


def test_a_package_without_manifests_has_no_places() -> None:
    bare = ManifestPlaces(replace(sources(), manifests=()))
    assert bare.of((ManifestKey.VERSION,)) is None
    assert bare.of_dependency("acme/money") is None


_values = st.recursive(
    st.text(max_size=5) | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=4), _values, max_size=4), st.sampled_from([None, 2]))
def test_the_place_of_a_json_key_is_where_it_is_written(
    document: dict[str, object], indent: int | None
) -> None:
    text = json.dumps(document, indent=indent)
    table = parse_json(text.encode(), "package.json", [])
    lines = text.split("\n")

    def written(value: object, path: tuple[str | int, ...]) -> None:
        steps: Iterable[tuple[str | int, object]] = ()
        match value:
            case dict():
                steps = value.items()
            case list():
                steps = enumerate(value)
        for step, inner in steps:
            place = table.document.places().find((*path, step))
            if isinstance(step, str):
                assert place is not None
                assert lines[place[0] - 1][place[1] - 1 :].startswith(json.dumps(step))
            written(inner, (*path, step))

    written(document, ())


def test_a_mistake_in_a_manifest_of_an_archive_has_its_place() -> None:
    mistakes: list[Mistake] = []
    parse_json(b'{"a": [1, 2],\n "b": 3}', "package.json", mistakes).text("b")
    assert [one.place() for one in mistakes] == ["package.json:2:2"]
