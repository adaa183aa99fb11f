"""Sources with more words or mistakes than are looked at one by one: what is left of them is one damage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from grammar.test_broken_files import SOURCE
from hypothesis import example, given
from hypothesis import strategies as st
from syntax.test_damage import WHOLE, WORDS, damages
from syntax.test_extents import WHOLE as SOUND

from semverdiff import limits
from semverdiff.syntax import outline, outlines
from semverdiff.text import count_words

if TYPE_CHECKING:
    from semverdiff.syntax import Outline

_MANY = "\n".join([*SOUND, SOURCE])


def _in_pieces(text: str, words: int, size: int = 1) -> Outline:
    """Return the outline of a source where so many words are parsed at once, in pieces of so many bytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "PIECE_WORDS", words)
        patch.setattr(outlines, "_PIECE_BYTES", size)
        return outline(text.encode())


def _told_apart(text: str, most: int) -> Outline:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "DAMAGES", most)
        return outline(text.encode())


def _largest(text: str) -> int:
    return max((count_words(item.content) for item in outline(text.encode()).items), default=0)


@pytest.mark.parametrize("text", SOUND)
def test_a_large_source_declares_what_it_does_as_a_whole(text: str) -> None:
    more = "".join(f"\ntype More{at} int;" for at in range(9))
    # What stands before a declaration is parsed with it.
    found = _in_pieces(text + more, count_words(text.encode()) + 8)
    assert not found.damages
    assert found == outline((text + more).encode())


@pytest.mark.parametrize("size", [1, 40, 100, 200])
def test_how_large_the_pieces_are_is_no_matter(size: int) -> None:
    text = " \t".join(
        f'const A{at} = "é"; type T{at} record {{ int a{at}; \n }}; // type T{at + 1} int;\n'
        for at in range(200)
    )
    assert _in_pieces(text, 200, size) == outline(text.encode())


def test_what_a_comment_holds_is_no_declaration() -> None:
    text = "".join(f"// type T{at} int; type T{at} int;\n\ntype T{at} int;\n" for at in range(9))
    assert _in_pieces(text, 25) == outline(text.encode())


MISTAKES = {
    "in a type": "type R record { int a int };",
    "in a body": "function f() { int = ; }",
    "no end": "function f() {",
    "no name": "type ;",
    "loose words": "a b c",
    "an end too many": "}",
    "a text without an end": 'const A = "x;',
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_behind_a_mistake_all_of_a_large_source_is_one_damage(mistake: str) -> None:
    before = "".join(f"type A{at} int;\n" for at in range(9))
    behind = r"annotation B; type '\u{43}a\-b int; type D\u{45} int; type F→G int;"
    found = _in_pieces(f"{before}{mistake}\n{behind}", 30)
    (damage,) = found.damages
    assert [item.key for item in found.items] == [f"A{at}" for at in range(len(found.items))]
    assert (damage.key, damage.in_body) == (None, False)
    assert damage.names is not None
    assert damage.names >= {f"A{at}" for at in range(len(found.items), 9)} | {"B", "Ca-b", "DE", "F", "G"}
    assert (damage.line, damage.column) <= (11, 1)


def test_the_first_mistake_of_a_large_source_has_its_place() -> None:
    text = 'type A int; type B int;\nconst D = "é"; type C record { string ; }; \ntype E int;'
    (damage,) = _in_pieces(text, 15).damages
    assert (damage.line, damage.column) == (2, 32)
    assert damage.excerpt == 'const D = "é"; type C record { string ; };'
    assert damage.message == "unexpected `string ;`"


def test_a_declaration_with_more_words_than_are_parsed_at_once_is_not_read() -> None:
    large = f"type L {'int|' * 20}int;"
    found = _in_pieces(f"type A int;\n{large}\ntype B int;", 30)
    (damage,) = found.damages
    assert [item.key for item in found.items] == ["A"]
    assert (damage.line, damage.message) == (2, "more than 30 words up to the end of a declaration")
    assert damage.names is not None
    assert {"L", "B"} <= damage.names


def test_a_source_without_clear_ends_of_declarations_is_not_read_if_it_is_large() -> None:
    (damage,) = _in_pieces("type A int;\n" * 9 + "function f() {", 30).damages
    assert (damage.line, damage.column) == (1, 1)
    assert damage.message == "its declarations have no clear end, and it has more than 30 words"


@given(st.lists(st.sampled_from([*WORDS, "\n", "}", ";"])), st.integers(1, 30), st.integers(1, 60))
@example(["public"] * 10 + ["service", "public", "{", "get", "public"] + ["type"] * 8 + [",", "type"], 1, 1)
def test_a_large_source_hides_whatever_it_does_not_show(words: list[str], most: int, size: int) -> None:
    text = "type A int; function f() { } " + " ".join(words) + " type B int; const C = 1;"
    whole, found = outline(text.encode()), _in_pieces(text, most, size)
    if not found.damages:
        assert not whole.damages
        assert found == whole
        return
    hidden: set[str] = set()
    for damage in found.damages:
        assert damage.names is not None
        hidden |= damage.names
    shown = {item.key for item in found.items}
    # A variable that takes a value apart has several names.
    hides = [item.key for item in whole.items if item.kind != "service_declaration" and item.key not in shown]
    assert {name for key in hides for name in re.findall(r"\w+", key)} <= hidden
    assert shown <= {item.key for item in whole.items} | hidden


def test_behind_as_many_mistakes_as_are_told_apart_all_is_one_damage() -> None:
    broken = "".join(f"type R{at} record {{ string ; }};\n" for at in range(5))
    text = rf"{broken}type '\u{{54}}a\-b int; annotation B;"
    whole, found = outline(text.encode()), _told_apart(text, 3)
    assert found.damages[:3] == whole.damages[:3]
    (last,) = found.damages[3:]
    assert (last.line, last.column, last.excerpt) == (4, 18, "type R3 record { string ; };")
    assert last.message == "unexpected `string ;`, after 3 other mistakes"
    assert (last.key, last.in_body) == (None, False)
    assert last.names is not None
    assert last.names >= {"R3", "R4", "Ta-b", "B"}
    assert [item.key for item in found.items] == ["R0", "R1", "R2"]
    assert _told_apart(text, 5) == whole


def test_mistakes_in_a_body_are_told_apart_up_to_as_many() -> None:
    text = f"{WHOLE}\nfunction f() {{ {'int = ; ' * 3} }}\ntype A int;"
    assert {one.in_body for one in damages(text)} == {True}
    found = _told_apart(text, len(damages(text)) - 1)
    assert found.damages[-1].names is not None
    assert {"f", "A"} <= found.damages[-1].names
    assert not found.damages[-1].in_body
    assert [item.key for item in found.items] == ["T"]


@pytest.mark.parametrize(("most", "is_any"), [(11, False), (10, True)])
def test_what_hides_more_words_than_are_kept_hides_any_name(
    monkeypatch: pytest.MonkeyPatch, most: int, *, is_any: bool
) -> None:
    monkeypatch.setattr(limits, "HIDDEN_WORDS", most)
    found = _told_apart("type A ;\ntype B ;\ntype C int; type D int;", 1)
    assert (found.damages[-1].names is None) is is_any


def test_of_a_long_mistake_the_beginning_is_shown() -> None:
    assert damages("= " * 60)[0].message == f"unexpected `{('= ' * 60)[:40]}...`"
    assert damages(f"= {' ' * 50}= ")[0].message == "unexpected `= =`"
    assert damages("=" * 40)[0].message == f"unexpected `{'=' * 40}`"
