"""Which declarations mention a name: the same answer by whichever way it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.sources import surface

from semverdiff.api import Mentions
from semverdiff.syntax.words import Wanted, has_word, words_and_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.api import Surface

SOURCES = {
    "a.bal": "type Order record { Item[] items; };\r\ntype Item record {}; function f(Order order) {}",
    "b.bal": "// Item in a comment\ntype Items record {}; type My_Item Item?;",
    "c.bal": "type Quoted 'Item; type Escaped \\u{49}tem; type Odd a\\-b; type ItemÄ int;",
    "d.bal": "service / on l { resource function get x(Item i) {} } annotation Tag on type; @Tag type Z int;",
}
MENTIONING = {
    "Item": {"Order", "Item", "My_Item", "Quoted", "Escaped", "service /"},
    "Order": {"Order", "f"},
    "a-b": {"Odd"},
    "Tag": {"@Tag", "Z"},
    "record": {"Order", "Item", "Items"},
    "nothing": set[str](),
}
# So many more that each word of a text is looked at, and then that an index is made.
MORE = {f"Other{number}" for number in range(30)}


def mentions(declared: Surface, *names: str) -> dict[str, set[str]]:
    return {name: {key for _, key in found} for name, found in Mentions(declared).of(names).items()}


@pytest.mark.parametrize(("name", "expected"), MENTIONING.items(), ids=MENTIONING)
def test_the_text_of_a_declaration_mentions_a_name(name: str, expected: set[str]) -> None:
    assert mentions(surface(SOURCES), name) == {name: expected}


@pytest.mark.parametrize("is_outlined", [False, True])
def test_many_names_together_have_the_answers_of_each(is_outlined: bool) -> None:  # noqa: FBT001 (a case)
    declared = surface(SOURCES)
    if is_outlined:
        declared.all("shop")
    found = mentions(declared, *MENTIONING, *MORE)
    assert {name: found[name] for name in MENTIONING} == MENTIONING
    assert not any(found[name] for name in MORE)


def test_an_index_has_the_answers_of_a_search() -> None:
    found = Mentions(surface(SOURCES))
    for start in range(10):
        found.of({f"{name}{start}" for name in MORE})
    answers = found.of(MENTIONING)
    assert {name: {key for _, key in answers[name]} for name in MENTIONING} == MENTIONING


def test_a_name_is_found_once_in_a_declaration_that_has_it_often() -> None:
    declared = surface("type T record { U a; U b; U c; }; type U int;")
    assert sorted(Mentions(declared).of(["U"])["U"]) == [("shop", "T"), ("shop", "U")]


def test_equal_declarations_of_a_file_are_told_apart_by_their_places() -> None:
    declared = surface({"a.bal": "function f() { A a = x; }\nfunction g() {}\nfunction h() { A a = x; }"})
    assert mentions(declared, "A") == {"A": {"f", "h"}}


def test_a_word_before_the_first_declaration_stands_in_none() -> None:
    assert mentions(surface("// B stands here\ntype A int; type C string;"), "B") == {"B": set()}


def test_a_comment_that_begins_like_a_declaration_is_none() -> None:
    declared = "public type Alpha record {| Beta b; |};"
    comment = f"// {declared[:30]}{'-' * 60}"
    assert mentions(surface(f"type Beta int;\n{comment}\n{declared}"), "Beta") == {"Beta": {"Alpha", "Beta"}}


def test_no_name_is_mentioned_nowhere() -> None:
    assert mentions(surface("type A int;"), "") == {"": set()}


def test_names_that_are_asked_about_one_by_one_are_looked_up_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searched: list[bytes] = []

    def counted(content: bytes, word: bytes) -> bool:
        searched.append(word)
        return has_word(content, word)

    monkeypatch.setattr("semverdiff.api.mentions.has_word", counted)
    found = Mentions(surface("type A B; type B int;"))
    assert all(not found.of([f"Other{number}"])[f"Other{number}"] for number in range(1_000))
    assert found.of(["B"]) == {"B": [("shop", "A"), ("shop", "B")]}
    assert len(searched) < 200


def test_a_name_that_files_spell_in_two_ways_is_found_in_all() -> None:
    declared = surface({"a.bal": "type A B;", "b.bal": "type C \\u{42}; type B int;"})
    assert mentions(declared, "B") == {"B": {"A", "B", "C"}}


def test_names_are_made_ready_once_for_all_files(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[bytes, ...]] = []

    class Counted(Wanted):
        def __init__(self, names: Iterable[bytes]) -> None:
            super().__init__(names)
            made.append(self.names)

    monkeypatch.setattr("semverdiff.api.mentions.Wanted", Counted)
    declared = surface({f"{number}.bal": f"type A{number} B{number};" for number in range(100)})
    names = {f"B{number}": {("shop", f"A{number}")} for number in range(100)}
    assert Mentions(declared).of(names) == names
    assert len(made) == 1


_PIECES = [
    "type A B;",
    "type B record { A a; C c; };",
    "type C int;",
    "// A and B",
    "# A\ntype D C;",
    "enum E {\n    A,\n    C\n}",
    "function f() {\n    A a = 1;\n\n    B b = 2; }",
    "service / on l { A a; }",
    "service / on m { B b; }",
    "type F \\u{41};",
    "type G int; " * 12,
]


@given(
    st.lists(st.sampled_from(_PIECES), max_size=8),
    st.sampled_from(["\n", " ", "\r\n\n"]),
    st.sets(st.sampled_from("ABCDEFG"), min_size=1),
)
def test_the_declarations_with_a_name_among_their_words_mention_it(
    pieces: list[str], between: str, names: set[str]
) -> None:
    declared = surface(between.join(f"{one}\n" if one.startswith("//") else one for one in pieces))

    found = Mentions(declared).of(names)

    texts = {("shop", key): located.item.content for key, located in declared.all("shop").items()}
    assert {name: {*found[name]} for name in names} == {
        name: {place for place, text in texts.items() if name.encode() in words_and_names(text)}
        for name in names
    }


def test_files_without_the_name_are_not_outlined() -> None:
    declared = surface({"a.bal": "type A B;", "b.bal": "type B int;", "c.bal": "type Bee int;"})
    assert mentions(declared, "B") == {"B": {"A", "B"}}
    assert declared.outlined("shop").keys() == {"A", "B"}


def test_files_that_another_surface_has_are_left_out() -> None:
    declared = surface({"a.bal": "type A B;", "b.bal": "type B int;"})
    known = {"shop": {b"type A B;"}}
    assert Mentions(declared, known).of(["B"]) == {"B": {("shop", "B")}}
