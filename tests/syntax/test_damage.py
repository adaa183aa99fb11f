"""Files that do not parse: what is told of the damage, and what can be read all the same."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff.syntax import BrokenSyntaxError, Damage, outline, read_declaration

WORDS = [
    "public",
    "type",
    "record",
    "{",
    "}",
    "{|",
    "|}",
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    ";",
    ",",
    "=",
    "|",
    "&",
    "?",
    "...",
    "*",
    "A",
    "b:",
    "int",
    "5",
    '"x"',
    "function",
    "returns",
    "class",
    "enum",
    "const",
    "annotation",
    "on",
    "service",
    "object",
    "resource",
    "get",
    ".",
    "/",
    "distinct",
    "error",
    "map",
    "table",
    "key",
    "#",
    "@m:X",
    "=>",
    "external",
]
WHOLE = "public type T int;"


def damages(text: str) -> tuple[Damage, ...]:
    found = outline(text.encode()).damages
    assert found, "the text was to be broken"
    return found


BROKEN = {
    "field without a name": "public type R record { int a; string ; };",
    "two commas": "public function f(int a,, string b) {}",
    "no default": "public function f(int a = ) {}",
    "no member": "public enum E { A, , B }",
    "no name": "public type ;",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_an_error_in_a_declaration_loses_only_that_one(text: str) -> None:
    found = outline(f"{WHOLE}\n{text}\npublic const C = 1;".encode())
    assert [one.key for one in found.items if one.line != 2] == ["T", "C"]
    assert {(one.line, one.in_body) for one in found.damages} == {(2, False)}


@pytest.mark.parametrize("text", ["public int a = 1", "public const A = ", 'public const A = "x;'])
def test_a_value_without_an_end_does_not_swallow_the_next_declaration(text: str) -> None:
    found = outline(f"{text}\n{WHOLE}".encode())
    assert found.damages
    assert "T" in {one.key for one in found.items}


PLACES = {
    "line and column": ("\n\npublic type R record { string ; };", (3, 24)),
    "columns are characters": (
        "type R record { /* */".replace(" /* */", "") + " int é; string ; };",
        (1, 24),
    ),
    "tabs are characters": ("type R record {\n\t\tstring ;\n};", (2, 3)),
    "ends of lines as on Windows": ("type A int;\r\ntype R record { string ; };\r\n", (2, 17)),
    "after other letters": ("// größer\ntype Größe record { int é; string ; };", (2, 28)),
}


@pytest.mark.parametrize(("text", "place"), PLACES.values(), ids=PLACES)
def test_damage_has_a_place(text: str, place: tuple[int, int]) -> None:
    (found,) = damages(text)
    assert (found.line, found.column) == place
    assert found.excerpt == text.splitlines()[found.line - 1]


def test_damage_names_the_declaration_around_it() -> None:
    (found,) = damages("public type R record { string ; };")
    assert (found.key, found.in_body, found.names) == ("R", False, frozenset())
    assert found.message == "unexpected `string ;`"


def test_what_is_missing_is_named() -> None:
    (found,) = damages("public class C { int a;")
    assert (found.key, found.message) == ("C", "`}` is missing")


def test_long_damage_is_shown_in_short() -> None:
    (found,) = damages("public function f(" + "int a; " * 50)
    assert len(found.message) < 80


def test_damage_around_no_declaration_gives_the_words_that_it_holds() -> None:
    (found,) = damages(f"{WHOLE}\npublic function f(")
    assert (found.key, found.line) == (None, 2)
    assert found.names == frozenset({"f"})


def test_a_file_that_is_no_list_of_declarations_is_damaged_at_its_first_loose_word() -> None:
    found = outline(f"// shop\n{WHOLE}\n function T() {{ if x {{ if y {{".encode())
    (damage,) = found.damages
    assert [item.key for item in found.items] == ["T"]
    assert (damage.line, damage.column, damage.excerpt) == (3, 2, " function T() { if x { if y {")
    assert (damage.key, damage.in_body, damage.names) == (None, False, frozenset({"T", "x", "y"}))


@pytest.mark.parametrize("body", ["if (a { }", "{ }", "while b {", "int c = 1;"])
def test_a_body_that_never_ends_swallows_no_declaration(body: str) -> None:
    found = outline(f"public function f(int a) {{ {body}\n{WHOLE}".encode())
    assert found.damages
    assert "T" in {item.key for item in found.items}


BODIES = {
    "function": "function f(int a) returns string { return ); }",
    "method": "class f { function g() { return ); } function h() {} }",
    "service": "service / on l { resource function get a() { return ); } }",
}


@pytest.mark.parametrize("text", BODIES.values(), ids=BODIES)
def test_an_error_in_a_body_keeps_the_declaration(text: str) -> None:
    found = outline(f"{text}\n{WHOLE}".encode())
    assert [(one.key, one.in_body) for one in found.damages] == [(found.items[0].key, True)]
    assert [one.line for one in found.items] == [1, 2]
    for item in found.items:
        read_declaration(item, found.imports)


@pytest.mark.parametrize("body", ['return "x; }', "string b = `x; }"])
def test_a_body_that_swallows_a_declaration_is_more_than_damage_of_the_body(body: str) -> None:
    found = outline(f"function f() returns string {{ {body}\n{WHOLE}".encode())
    assert "T" in {item.key for item in found.items} or not all(one.in_body for one in found.damages)


def test_a_body_that_is_no_code_is_damage_of_the_body() -> None:
    (found,) = damages("function f() { int = = ; }")
    assert (found.key, found.in_body) == ("f", True)


@pytest.mark.parametrize("broken", ["record { int a; string ; };", "record { int a; } &;"])
def test_a_broken_declaration_is_not_read_in_part(broken: str) -> None:
    found = outline(f"public type T {broken}".encode())
    (item,) = found.items
    with pytest.raises(BrokenSyntaxError):
        read_declaration(item, found.imports)


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    content = text.encode(errors="ignore")
    found = outline(content)
    content = re.sub(rb"\r(?!\n)", b"\n", content)  # as an item's text has it
    assert all(one.content in content for one in found.items)
    lines = [*(one.line for one in found.items), *(one.line for one in found.damages)]
    assert all(1 <= line <= content.count(b"\n") + 1 for line in lines)


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_no_heap_of_words_is_too_strange(words: list[str]) -> None:
    found = outline(" ".join(words).encode())
    for item in found.items:
        with suppress(BrokenSyntaxError):
            assert item.key.endswith(read_declaration(item, found.imports).name)
