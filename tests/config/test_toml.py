"""TOML is read key by key: typed values, all mistakes, and the line of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from semverdiff import limits
from semverdiff.config import Table, parse_toml
from semverdiff.config.toml import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.errors import Mistake


def read(text: str | bytes) -> tuple[Table, list[Mistake]]:
    mistakes: list[Mistake] = []
    content = text.encode() if isinstance(text, str) else text
    return parse_toml(content, "x.toml", mistakes), mistakes


def told(mistakes: list[Mistake]) -> list[str]:
    return [f"{one.line}:{one.column} {one.message}" for one in mistakes]


VALUES: dict[str, tuple[str, Callable[[Table], object], object]] = {
    "a text": ("a = 'x'", lambda table: table.text("a"), "x"),
    "no text": ("", lambda table: table.text("a"), None),
    "a flag": ("a = false", lambda table: table.flag("a"), False),
    "no flag": ("", lambda table: table.flag("a"), None),
    "a word": ("a = 'x'", lambda table: table.choice("a", ("x", "y")), "x"),
    "no word": ("", lambda table: table.choice("a", ("x", "y")), None),
    "texts": ("a = ['x', 'y']", lambda table: table.texts("a"), ("x", "y")),
    "an empty array": ("a = []", lambda table: table.texts("a"), ()),
    "no texts": ("", lambda table: table.texts("a"), None),
    "a table": ("[a]\nb = 'x'", lambda table: table.table("a").text("b"), "x"),
    "no table": ("", lambda table: table.table("a").entries, {}),
    "tables": (
        "[[a]]\nb = 'x'\n[[a]]",
        lambda table: [one.text("b") for one in table.tables("a")],
        ["x", None],
    ),
    "no tables": ("", lambda table: table.tables("a"), ()),
}


@pytest.mark.parametrize(("text", "ask", "found"), VALUES.values(), ids=VALUES)
def test_a_value_of_the_right_type_is_no_mistake(
    text: str, ask: Callable[[Table], object], found: object
) -> None:
    table, mistakes = read(text)
    assert ask(table) == found
    assert mistakes == []


WRONG: dict[str, tuple[str, Callable[[Table], object], object, str]] = {
    "a text": ("a = 1", lambda table: table.text("a"), None, "a string, found a number"),
    "a flag": ("a = 1", lambda table: table.flag("a"), None, "a boolean, found a number"),
    "a truth": ("a = true", lambda table: table.text("a"), None, "a string, found a boolean"),
    "texts": (
        "a = ['x', 1]",
        lambda table: table.texts("a"),
        None,
        "an array of strings, found an array with a number and a string",
    ),
    "one text": ("a = 'x'", lambda table: table.texts("a"), None, "an array of strings, found a string"),
    "a table": ("a = 1.5", lambda table: table.table("a").entries, {}, "a table, found a number"),
    "tables": (
        "a = [{b = 1}, 2]",
        lambda table: len(table.tables("a")),
        1,
        "an array of tables, found an array with a number and a table",
    ),
    "one table": ("[a]", lambda table: table.tables("a"), (), "an array of tables, found a table"),
    "a date": ("a = 2027-01-31", lambda table: table.text("a"), None, "a string, found a date or time"),
    "an array of arrays": ("a = [[]]", lambda table: table.text("a"), None, "a string, found an array"),
}


@pytest.mark.parametrize(("text", "ask", "found", "message"), WRONG.values(), ids=WRONG)
def test_a_value_of_another_type_counts_as_absent(
    text: str, ask: Callable[[Table], object], found: object, message: str
) -> None:
    table, mistakes = read(text)
    assert ask(table) == found
    (mistake,) = mistakes
    assert mistake.message == f"incompatible type for key 'a': expected {message}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a = []",
        "[[a]]\nb = 'x'\nc = 'y'\n[[a]]\nb = 'z'\nc = 'y'\nd = 1\n",
        "[[a]]\nb = 'x'\n[[a]]\nc = 'y'\n",
        "[[a]]\nb = 'x'\nc = 1\n[[a]]\nb = [2]\nc = 'y'\n",
        "[[a]]\nb = 'ä'\nc = 'y'\n",
        "a = [1, {b = 'x', c = 'y'}]",
        "a = 1",
        "[a]\nb = 'x'",
    ],
)
def test_pairs_are_texts_of_the_tables(text: str) -> None:
    (table, mistakes), (other, others) = read(text), read(text)
    assert table.pairs("a", "b", "c") == [(one.text("b"), one.text("c")) for one in other.tables("a")]
    assert mistakes == others


def test_half_of_a_character_is_no_text_of_a_pair() -> None:
    mistakes: list[Mistake] = []
    table = Table(Document("x.json", (), mistakes), {"a": [{"b": "x", "c": HALF}]})
    assert table.pairs("a", "b", "c") == [("x", None)]
    assert len(mistakes) == 1


def test_the_table_is_named() -> None:
    table, mistakes = read("[[a]]\n[a.b]\nc = 1")
    table.tables("a")[0].table("b").text("c")
    assert told(mistakes) == [
        "3:1 incompatible type for key 'c' under [a.b]: expected a string, found a number"
    ]


def test_a_key_that_is_not_written_is_missed_at_its_table() -> None:
    table, mistakes = read("x = 1\n[[a]]\n[[a]]\nb = 1")
    table.tables("a")[1].complain("c", "missing 'c'")
    table.complain("c", "missing 'c'")
    assert told(mistakes) == ["3:3 missing 'c'", "None:None missing 'c'"]


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("a = 1 # really", "a = 1 # really"),
        ("a = 1 # my Password", "a = 1 # ***"),
        ("a = 1\r\nb = 2", "a = 1"),
        ('a = 1 # "token" = "x"', "a = 1 # ***"),
        ("b.token = 1\na = 1", "a = 1"),
        ("[b.tokens]\nx = 1\n[a]\n", "[a]"),
    ],
)
def test_the_line_is_shown_as_far_as_it_holds_no_secret(text: str, excerpt: str | None) -> None:
    table, mistakes = read(text)
    table.text("a")
    assert mistakes[0].excerpt == excerpt


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"a = \xff",
            "1:5 expected UTF-8 text, found the byte 0xFF at offset 4 of 'x.toml'. Save the file as UTF-8.",
        ),
        (
            b"a = '\xc3\xa4'\n# \xc3\xa4\xff",
            "2:4 expected UTF-8 text, found the byte 0xFF at offset 13 of 'x.toml'.",
        ),
        (b"\n" + b"a." * 65 + b"b = 1", "2:1 invalid TOML: a key has more than 64 parts"),
        (b"a = " + b"[" * 10_000, "1:1 invalid TOML: arrays and tables are nested too deeply"),
        (b"a = [\n", "2:1 invalid TOML: "),
        (b"a = 1\nb", "2:2 invalid TOML: "),
        (b"a = 1 # x\r", "1:10 invalid TOML: a carriage return stands without a line feed"),
        (b"\r\r\na = 1", "1:1 invalid TOML: a carriage return stands without a line feed"),
    ],
)
def test_what_is_no_toml_is_one_mistake_and_an_empty_table(content: bytes, message: str) -> None:
    table, mistakes = read(content)
    assert table.entries == {}
    (one,) = told(mistakes)
    assert one.startswith(message)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    table, mistakes = read(b"\xef\xbb\xbfa = 1")
    table.text("a")
    assert told(mistakes) == ["1:1 incompatible type for key 'a': expected a string, found a number"]


def test_unknown_keys_are_named_with_what_was_probably_meant() -> None:
    table, mistakes = read("[package]\nnmae = 'x'\nname = 'y'")
    table.table("package").only(("name", "version"))
    table.only((), "table")
    assert told(mistakes) == [
        "2:1 unknown key 'nmae' under [package] (did you mean 'name'?)",
        "1:2 unknown table 'package'",
    ]


def test_a_word_that_is_not_known_counts_as_absent() -> None:
    table, mistakes = read("a = 'mayor'")
    assert table.choice("a", ("major", "minor")) is None
    assert told(mistakes) == ["1:1 expected major, minor for 'a', found 'mayor' (did you mean 'major'?)"]


HALF = "\ud800"
JSON = {
    "half of a character": ({"a": HALF}, "a string, found a string with half of a character"),
    "the last half of a character in a text": (
        {"a": "x\udfff"},
        "a string, found a string with half of a character",
    ),
    "half of a character in a list": (
        {"a": ["x", HALF]},
        "a string, found an array with a string and a string with half of a character",
    ),
    "a list of nothing": ({"a": []}, "a string, found an array"),
    "lists in a list": ({"a": [[1]]}, "a string, found an array"),
    "null in a list": ({"a": [None, 1, 2]}, "a string, found an array with a number and null"),
    "a table": ({"a": {}}, "a string, found a table"),
}


@pytest.mark.parametrize(("entries", "expected"), JSON.values(), ids=JSON)
def test_what_json_may_hold_beside_toml_is_named(entries: dict[str, object], expected: str) -> None:
    mistakes: list[Mistake] = []
    table = Table(Document("x.json", (), mistakes), entries)
    assert table.text("a") is None
    assert [one.message for one in mistakes] == [f"incompatible type for key 'a': expected {expected}"]


def test_half_of_a_character_is_no_text_in_an_array() -> None:
    mistakes: list[Mistake] = []
    assert Table(Document("x.json", (), mistakes), {"a": ["x", f"y{HALF}"]}).texts("a") is None
    (mistake,) = mistakes
    assert mistake.message.endswith("found an array with a string and a string with half of a character")


def test_a_document_may_be_as_large_as_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TOML_BYTES", 5)
    assert read("a = 1")[1] == []
    assert told(read("a = 12")[1]) == ["None:None too large: expected at most 5 bytes, found 6"]


def test_null_says_the_same_as_a_missing_key() -> None:
    mistakes: list[Mistake] = []
    table = Table(Document("x.json", (), mistakes), {"a": None})
    assert (table.text("a"), table.texts("a"), table.tables("a"), mistakes) == (None, None, (), [])


def test_letters_of_any_alphabet_are_text() -> None:
    table, mistakes = read("a = 'größer \U0001f600 漢'")
    assert (table.text("a"), mistakes) == ("größer \U0001f600 漢", [])
    assert table.texts("a") is None


def excerpt(lines: list[str], line: int) -> str | None:
    """Return what is shown of a line, by its number, with a mistake in it."""
    mistakes: list[Mistake] = []
    Document("x.toml", lines, mistakes).complain("wrong", line, 1)
    (mistake,) = mistakes
    return mistake.excerpt


SHOWN = {
    "a key": (["[maven]", "url = 1"], "url = 1"),
    "a header": (["[maven]"], "[maven]"),
    "the value of a secret": (["[maven]", "token = 'x'"], "token = ***"),
    "a key beside secrets": (["token = 'x'", "[maven]", "url = 1"], "url = 1"),
    "a table of secrets": (["[credentials]", "user = 1"], None),
    "a table of secrets that is indented": (["  [credentials]", "user = 1"], None),
    "a table behind one of secrets": (["[credentials]", "user = 'x'", "[maven]", "url = 1"], "url = 1"),
    "a line of a secret": (['token = """', "first", "second"], None),
    "a line of a value behind a secret": (["token = 'x'", 'note = """', "first"], "first"),
    "a line of a secret behind a value": (["note = 'x'", 'token = """', "first"], None),
    "a line of two keys of which the last is secret": (['a = {b = 1, token = """', "first"], None),
    "a line that nothing is known of": (["what", "ever"], "ever"),
    "a comment about a secret": (["a = 1 # the password is x"], "a = 1 # ***"),
    "a comment": (["a = 1 # really"], "a = 1 # really"),
    "an address with a name": (["url = 'https://user:pass@host/'"], "url = 'https://***@host/'"),
}


@pytest.mark.parametrize(("lines", "shown"), SHOWN.values(), ids=SHOWN)
def test_an_excerpt_shows_no_secret(lines: list[str], shown: str | None) -> None:
    assert excerpt(lines, len(lines)) == shown


def test_each_mistake_is_shown_with_its_own_line_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MISTAKES", 3)
    table, mistakes = read("a = 1\nb = 2\nc = 3\nd = 4")
    for key in "abcd":
        table.text(key)
    assert [one.excerpt for one in mistakes] == ["a = 1", "b = 2", "c = 3", None]


def test_far_behind_its_key_a_line_may_still_be_of_a_secret() -> None:
    far = [f"line {number}" for number in range(300)]
    assert excerpt(['note = """', *far], 100) == "line 98"
    assert excerpt(['note = """', *far], 300) is None
    assert excerpt(["note = 'x'", *far, "url = 1"], 302) == "url = 1"


def test_a_line_that_is_not_there_is_not_shown() -> None:
    assert excerpt(["a = 1"], 2) is None
