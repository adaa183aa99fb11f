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
from semverdiff.ballerina import Context, assess
from semverdiff.config import Settings
from semverdiff.errors import SourceError
from semverdiff.packages import Module, SourceFile
from semverdiff.pipeline import Assessment

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


NEXT = "public function next(int a) { }\n"

# Old and new texts of which one has something that could hide what stands behind it, or in it.
HIDING = {
    "a string without an end": ('public const A = "x";\n' + NEXT, 'public const A = "x;\n' + NEXT),
    "a string that ends in the next one": (
        'public const A = "x"; public const B = "y";\n',
        'public const A = "x; public const B = "y";\n',
    ),
    "a comment": ("public const A = 1;\n" + NEXT, "public const A = 1; // " + NEXT),
    "a comment of other languages": (ORDER + NEXT, f"{ORDER}/* {NEXT}*/\n"),
    "a comment with line ends of others": (ORDER + NEXT, f"{ORDER}// \f\x85\u2028{NEXT}"),
    "a comment with a carriage return": (NEXT + ORDER, f"// \r{NEXT}{ORDER}"),
    "a template": (
        f"final string a = string `x`;\n{NEXT}final string b = string `y`;\n",
        f"final string a = string `x;\n{NEXT}`; final string b = string `y`;\n",
    ),
    "a template that ends in the next one": (
        f"final string a = string `x`;\n{NEXT}final string b = string `y`;\n",
        f"final string a = string `x;\n{NEXT}final string b = string `y`;\n",
    ),
    "an interpolation": (
        f"final string a = string `x`;\n{NEXT}final string b = string `}}`;\n",
        f"final string a = string `x${{;\n{NEXT}final string b = string `}}`;\n",
    ),
    "a class of characters": (
        f"final any a = re `[a]`;\n{NEXT}final any b = re `]`;\n",
        f"final any a = re `[${{`;\n{NEXT}final any b = re `}}]`;\n",
    ),
    "a word before a backtick": (
        f"function f() {{ var b = re; }}\n{NEXT}",
        f"function f() {{ var b = re `; }}\n{NEXT}//`; }}\n",
    ),
    "a prompt": (
        "function f() { }\n" + NEXT,
        f'function f() {{ var a = natural {{"}}; }}\n{NEXT}function g() {{ var b = ""; }}\n',
    ),
    "an escape in a name": (
        f"function f() {{ int a; }}\n{NEXT}function g() {{ }}\n",
        f"function f() {{ int a\\}}; }}\n{NEXT}function g() {{ }} }}\n",
    ),
    "a quote in a name": (
        f"function f() {{ int a; }}\n{NEXT}",
        f'function f() {{ int a\\"; }}\n{NEXT}final string s = ";\n',
    ),
    "a body": (f"function f() {{ }}\n{NEXT}", f"function f() {{\n{NEXT}}}\n"),
    "a body that hides what is no API": (
        "function f() { }\nfunction next() { }\npublic function g() { next(); }\n",
        "function f() {\nfunction next() { } }\npublic function g() { next(); }\n",
    ),
    "a class": (f"public class C {{ }}\n{NEXT}", f"public class C {{ {NEXT}}}\n"),
    "members of an object": (
        f"function f() {{ var o = object {{ }}; }}\n{NEXT}",
        f"function f() {{ var o = object {{ {NEXT}}}; }}\n",
    ),
    "a condition on a type of lang.object": (
        f"function f() {{ if a is object:T {{ }} }}\n{NEXT}",
        f"function f() {{ if a is object:T {{ {NEXT}}} }}\n",
    ),
    "a service": (
        f"service / on l {{ }}\n{NEXT}",
        f"function f() {{ service / on l {{ }} }}\n{NEXT}",
    ),
    "an annotation": (f"type A int;\n{NEXT}", f"@A {{x: type A int; }}\n{NEXT}"),
    "a declaration without a semicolon": (
        f"type A int;\nint b = 1;\n{NEXT}",
        f"type A int\nint b = 1;\n{NEXT}",
    ),
    "a quoted qualifier": (NEXT, f"'{NEXT}"),
    "an escaped qualifier": (NEXT, "\\u{70}" + NEXT[1:]),
    "a zero": (NEXT, f"\0{NEXT}"),
    "a byte order mark": (NEXT, f"\ufeff{NEXT}"),
}

# Old and new texts of which both have the same broken declaration, and what it means is not the same.
OTHER_MEANING = {
    "an import": ("import a/b;\nfunction f(b:X int x) { }\n", "import c/b;\nfunction f(b:X int x) { }\n"),
    "an import, whose prefix is escaped": (
        "import a/b;\npublic type T \\u{62}:X int;\n",
        "import c/b;\npublic type T \\u{62}:X int;\n",
    ),
    "a type": (
        "type A int;\npublic function f(A a int) { }\n",
        "type A string;\npublic function f(A a int) { }\n",
    ),
    "a type, whose name is escaped": (
        "type A int;\npublic function f(\\u{41} a int) { }\n",
        "type A string;\npublic function f(\\u{41} a int) { }\n",
    ),
    "a constant": (
        "const A = 1;\npublic type T record {| A a int; |};\n",
        "const A = 2;\npublic type T record {| A a int; |};\n",
    ),
    "a member of an enum": (
        'enum E { A }\npublic type T "a" int A;\n',
        'enum E { A = "b" }\npublic type T "a" int A;\n',
    ),
    "a type in a service that shares its path": (
        "type A int;\nservice / on k { }\nservice / on l { resource function get a(A a int) { } }\n",
        "type A string;\nservice / on k { }\nservice / on l { resource function get a(A a int) { } }\n",
    ),
    "what begins it": (BROKEN_TYPE, f"isolated {BROKEN_TYPE}"),
    "what ends before it": (ORDER + BROKEN_TYPE, ORDER.replace(";\n", "\n") + BROKEN_TYPE),
    "what ends behind it": (BROKEN_TYPE + ORDER, f"{BROKEN_TYPE};{ORDER}"),
    "whether it is public": (BROKEN_TYPE.replace("public ", ""), BROKEN_TYPE),
}


@pytest.mark.parametrize("texts", (HIDING | OTHER_MEANING).values(), ids=HIDING | OTHER_MEANING)
def test_what_could_hide_a_change_gives_the_answer_of_its_tree(texts: tuple[str, str]) -> None:
    old, new = ({"a.bal": text + CHANGED % "", "b.bal": ORDER.replace("Order", "Apart")} for text in texts)
    _assert_the_same(old, new)


@pytest.mark.parametrize("texts", OTHER_MEANING.values(), ids=OTHER_MEANING)
def test_a_broken_declaration_that_means_something_else_is_refused(texts: tuple[str, str]) -> None:
    old, new = (_package({"a.bal": text}) for text in texts)
    assert not isinstance(_answer(old, new), Assessment)


@pytest.mark.parametrize("error", [RecursionError("too deep"), MemoryError()])
def test_what_is_too_deep_to_be_read_is_named(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise error

    for name in ("read_scanned", "read_declaration"):
        monkeypatch.setattr(outlines_module, name, fails)
    answer = _answer(*(_package({"a.bal": ORDER + CHANGED % one}) for one in ("", "int a")))
    assert not isinstance(answer, Assessment)
    assert "get is larger or nested more deeply" in str(answer)


@pytest.mark.parametrize("common", [BROKEN_TYPE, BROKEN_BODY])
def test_what_is_broken_in_both_in_the_same_words_is_not_looked_into(common: str) -> None:
    old, new = ({"a.bal": f"{common}{CHANGED % one}"} for one in ("", "int a"))
    without = ({"a.bal": CHANGED % one} for one in ("", "int a"))
    answer, sound = (_answer(*map(_package, sides)) for sides in ((old, new), without))
    assert isinstance(answer, Assessment)
    assert isinstance(sound, Assessment)
    assert [one.rule for one in answer.findings] == [one.rule for one in sound.findings]
    assert answer != _answer_by_trees(_package(old), _package(new))


def test_what_broke_in_one_module_is_told_of_that_module_alone() -> None:
    def whole(body: str, parameters: str) -> Package:
        one = _package({"a.bal": f"function f() {{ {body} }}\n"})
        text = BROKEN_TYPE + CHANGED % parameters
        apart = Module("shop.apart", exported=True, files=(SourceFile("b.bal", text.encode()),))
        return replace(one, modules=(*one.modules, apart))

    assert isinstance(_answer(whole("", ""), whole("int a b;", "int c")), Assessment)


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
