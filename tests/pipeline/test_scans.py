"""Files that changed are scanned first: what is broken in them gives the same answer as whole trees."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from grammar.test_broken_files import SOURCE
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.packages import manifest, package

from semverdiff.api import outlines as outlines_module
from semverdiff.config import Settings
from semverdiff.errors import SourceError
from semverdiff.packages import Module, SourceFile
from semverdiff.pipeline import Context, assess
from semverdiff.pipeline.assessment import Assessment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.packages import Package

SETTINGS = Settings(Path())
SHOP = Path(__file__).parents[2] / "fixtures" / "shop-1.4.0"


def _package(files: Mapping[str, str]) -> Package:
    # Not by way of a reader: what it refuses is no matter here.
    sources = tuple(SourceFile(path, text.encode()) for path, text in files.items())
    return replace(package("", manifest("1.0.0")), modules=(Module("shop", exported=True, files=sources),))


def _answer(old: Package, new: Package) -> object:
    try:
        return assess(old, new, SETTINGS, Context(clients=False))
    except SourceError as error:
        return error.mistakes


def _answer_by_trees(old: Package, new: Package) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outlines_module, "scan", lambda _: None)
        return _answer(old, new)


def _assert_the_same(old: Mapping[str, str], new: Mapping[str, str]) -> None:
    for sides in ((old, new), (new, old)):
        one, other = map(_package, sides)
        assert _answer(one, other) == _answer_by_trees(one, other)


_PIECES = [*";{}()[]|,=<>\"`'\\#@/?", "{|", "|}", "${", "//", "public ", "class ", "type T ", "\r", "\0"]


def _edited(text: str, chance: random.Random) -> str:
    """Cut a file off, or take out, double or replace a few characters of it."""
    if chance.random() < 1 / 4:
        return text[: chance.randrange(len(text))]
    start = chance.randrange(len(text) + 1)
    end = start + chance.randrange(60)
    piece = chance.choice(["", text[start:end] * 2, *_PIECES])
    return f"{text[:start]}{piece}{text[end:]}"


@pytest.mark.parametrize("seed", range(16))
def test_a_damaged_file_gives_the_answer_of_its_tree(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same places every time)
    files = {file.name: file.read_text("utf-8") for file in sorted(SHOP.glob("*.bal"))} | {"a.bal": SOURCE}
    for _ in range(8):
        path = chance.choice(sorted(files))
        _assert_the_same(files, {**files, path: _edited(files[path], chance)})


@given(st.integers(0, len(SOURCE)), st.integers(0, 40), st.sampled_from(_PIECES) | st.text(max_size=3))
def test_a_file_edited_anywhere_gives_the_answer_of_its_tree(start: int, length: int, piece: str) -> None:
    _assert_the_same({"a.bal": SOURCE}, {"a.bal": SOURCE[:start] + piece + SOURCE[start + length :]})


ORDER = "public type Order record {| int id; |};\n"
BROKEN_TYPE = "public type Item record {| int id int; |};\n"
BROKEN_BODY = "function count() returns int { int a b; }\n"
CHANGED = "public function get(%s) { }\n"

# The parameters of a declaration that changed, old and new: to compare them takes what is broken.
READ = {
    "a changed type includes it": ("record {| *Item; |} a", "record {| *Item; int b; |} a"),
    "it is compared with another type": ("Item a", "map<anydata> a"),
}


@pytest.mark.parametrize("parameters", READ.values(), ids=READ)
def test_what_is_broken_in_both_is_told_where_it_is_read(parameters: tuple[str, str]) -> None:
    old, new = ({"a.bal": ORDER + BROKEN_TYPE + CHANGED % one} for one in parameters)
    _assert_the_same(old, new)


@pytest.mark.parametrize("common", [BROKEN_TYPE, BROKEN_BODY])
def test_what_is_broken_in_both_in_the_same_words_is_not_looked_into(common: str) -> None:
    old, new = ({"a.bal": f"{common}{CHANGED % one}"} for one in ("", "int a"))
    without = ({"a.bal": CHANGED % one} for one in ("", "int a"))
    answer, sound = (_answer(*map(_package, sides)) for sides in ((old, new), without))
    assert isinstance(answer, Assessment)
    assert isinstance(sound, Assessment)
    assert [one.rule for one in answer.findings] == [one.rule for one in sound.findings]
    assert answer != _answer_by_trees(_package(old), _package(new))


@pytest.mark.parametrize("broken", [BROKEN_TYPE, BROKEN_BODY])
def test_what_is_broken_beside_something_that_broke_is_told(broken: str) -> None:
    files = {"a.bal": ORDER + broken, "b.bal": "public type Other int;\n"}
    for other in ("public type Other int int;\n", "function f() { return (; }\n", "type Other int\n"):
        _assert_the_same(files, {**files, "a.bal": ORDER + broken + "type More int;\n", "b.bal": other})


def test_sound_files_are_not_parsed_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(_: bytes) -> None:
        pytest.fail("it was parsed")

    monkeypatch.setattr(outlines_module, "outline", parse)
    old, new = ({"a.bal": f"{SOURCE}{ORDER}{CHANGED % one}"} for one in ("Order a", "Order b"))
    assert _answer(_package(old), _package(new)) is not None
