"""Every key of a TOML text has its place, however the key and what stands before it are written."""

from __future__ import annotations

import time
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff.config.places import key_places, places_by_marks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from semverdiff.config import KeyPath

PLACES = {
    "a key": ("\n  a = 1", ("a",), (2, 3)),
    "a table": ("[a]\n[ b ]", ("b",), (2, 3)),
    "a key of a table": ("[a]\nb = 1", ("a", "b"), (2, 1)),
    "a key of an earlier table": ("[a]\nb = 1\n[c]\nb = 2", ("a", "b"), (2, 1)),
    "a dotted key": ("a.b.c = 1", ("a", "b", "c"), (1, 5)),
    "a quoted key": ("'a.b' = 1\n\"c\\u0064\" = 2", ("cd",), (2, 1)),
    "a key in single quotes with a backslash": ("'a\\b' = 1", ("a\\b",), (1, 1)),
    "the second table of an array": ("[[a]]\nb = 1\n[[a]]\nb = 2", ("a", 1, "b"), (4, 1)),
    "a table of the newest table of an array": ("[[a]]\n[[a]]\n[a.b]\nc = 1", ("a", 1, "b", "c"), (4, 1)),
    "an array in the second table of an array": (
        "[[a]]\n[[a.b]]\n[[a]]\n[[a.b]]\nc = 1",
        ("a", 1, "b", 0, "c"),
        (5, 1),
    ),
    "a key of an inline table": ("a = { b = 1, c = 2 }", ("a", "c"), (1, 14)),
    "a key after an inline table": ("a = { b = 1 }\nc = 2", ("c",), (2, 1)),
    "a key after an empty inline table": ("a = {}\nc = 2", ("c",), (2, 1)),
    "a key of an inline table in an array": ("a = [\n  { b = 1 },\n  { b = 2 },\n]", ("a", 1, "b"), (3, 5)),
    "a table in an array of arrays": ("a = [[], [{}, { b = 1 }]]", ("a", 1, 1, "b"), (1, 17)),
    "a key behind a text of two lines": ('a = [ """x\ny""", { b = 1 } ]', ("a", 1, "b"), (2, 9)),
    "a key after an array": ("a = [\n1, # ]\n]\nb = 1", ("b",), (4, 1)),
    "a key that a text looks like": ("a = '''\nb = 1'''\nb = 2", ("b",), (3, 1)),
    "a key that a comment looks like": ("# b = 1\nb = 2 # b = 3", ("b",), (2, 1)),
    "a value with marks": ("a = '[{=,.}]'\nb = 1", ("b",), (2, 1)),
    "a key before an array that does not end": ("b = 1\na = [\n1,\n2,", ("b",), (1, 1)),
    "a key before a bracket that nothing opened": ("b = 1\na = 2 ]\n", ("b",), (1, 1)),
    "a key that is not written": ("[a]", ("a", "b"), None),
    "a key behind an array of one line": ("a = [1, '#']\nb = 1", ("b",), (2, 1)),
    "a key behind a bracket in a text": ("a = ['x]', ']', # [\n{ b = 1 }]", ("a", 2, "b"), (2, 3)),
    "a key behind a bracket in the text of a line": ("a = [\n  ']',\n]\nb = 1", ("b",), (4, 1)),
    "a key behind an array of a value of letters": ("a = [\n[true]\n]\nb = 1", ("b",), (4, 1)),
    "a table that a key above the first header begins": ("a.b = 1\n[a.c]\nd = 1", ("a",), (1, 1)),
    "a key behind an array of arrays": ("a = [\n  [1],\n  [2]\n]\nb = 1", ("b",), (5, 1)),
    "a key behind an array with an end like a header": ("a = [\n1,\n[2]]\nb = 1", ("b",), (4, 1)),
    "a key behind an array with a text of several lines": ('a = [\n"""\n]\n""",\n]\nb = 1', ("b",), (6, 1)),
    "a key in an array below a header": (
        "[[a]]\nb = [\n{c = 1}\n]",
        ("a", 0, "b", 0, "c"),
        (3, 2),
    ),
    "a key of a table in an array of one line": ("x = 1\na = [{b = 1}, {b = 2}]", ("a", 1, "b"), (2, 16)),
    "a key that is indented by a tab": ("\ta\t=\t1", ("a",), (1, 2)),
    "a header before a comment": ("[a] # b\nb = 1", ("a", "b"), (2, 1)),
    "a table of a table of an array": ("[[a]]\n[a.b]", ("a", 0, "b"), (2, 4)),
    "the last part of a header": ("[[a.b]]\n\n[c.d.e]\nf = 1", ("c", "d", "e"), (3, 6)),
    "a key of an array with a name of two parts": ("[[a.b]]\n[[a.b]]\nc = 1", ("a", "b", 1, "c"), (3, 1)),
    "a table that is not written": ("[a]", ("b",), None),
}


@pytest.mark.parametrize(("text", "path", "place"), PLACES.values(), ids=PLACES)
def test_a_key_has_its_place(text: str, path: tuple[str | int, ...], place: tuple[int, int] | None) -> None:
    assert key_places(text).find(path) == place


_KEYS = st.sampled_from(["a", "b", "c", "d", "e_1", "f-2", "3", "a.b", "b . c", "'d'", '"e_1"', "'[a]'"])
_NAMES = st.sampled_from(["a", "a.b", "b.c.d", "b", "c", "d.e", " c ", "'d'", "f-2", "3"])
_TEXTS = st.sampled_from(
    [
        *("1", "true", "1979-05-27", "''", "'a = 1'", "'[a]'", "']'", "'['", '"#"', r'"\""', r'"a\\"'),
        *("'''x'''", "'''\na = 1\n'''", '"""\n[a]\n]\n"""', '"""]"""', "''''['''", '"""\\\n  b = 1"""'),
    ]
)


def _arrays(elements: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(elements, max_size=3)
    return st.one_of(
        several.map(lambda values: f"[{', '.join(values)}]"),
        several.map(lambda values: f"[ # [\n {', '.join(values)} ]"),
        several.map(lambda values: "[\n" + "".join(f"\t{one},\n" for one in values) + " ]"),
        several.map(lambda values: "[\n" + "".join(f"{one}, # ]\n" for one in values) + "]"),
        several.map(lambda values: "[\n" + ",\n".join(values) + "]"),
    )


_VALUES = st.recursive(
    _TEXTS,
    lambda inner: st.one_of(
        _arrays(inner),
        st.lists(st.tuples(_KEYS, inner), max_size=2).map(
            lambda pairs: f"{{ {', '.join(f'{key} = {value}' for key, value in pairs)} }}"
        ),
    ),
    max_leaves=5,
)
_STATEMENTS = st.one_of(
    st.builds("{} = {}".format, _KEYS, _VALUES),
    st.builds("  {}={} # a = [".format, _KEYS, _VALUES),
    st.builds("[{}]".format, _NAMES),
    st.builds("\t[{}] # [b]".format, _NAMES),
    st.builds("[[{}]]".format, _NAMES),
    st.sampled_from(["", "# a = 1", "\t# [a]"]),
)


def _keys(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    match value:
        case dict():
            for key, inner in value.items():
                yield (*path, key)
                yield from _keys(inner, (*path, key))
        case list():
            for number, inner in enumerate(value):
                yield (*path, number)
                yield from _keys(inner, (*path, number))


@pytest.mark.slow
@given(st.lists(_STATEMENTS, max_size=8).map("\n".join), st.randoms(use_true_random=False))
def test_first_signs_tell_the_places_that_marks_tell(text: str, random: Random) -> None:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    fast, slow = key_places(text), places_by_marks(text)
    paths = [*_keys(document), ("unknown",), ("a", "unknown"), ("a", 7)]
    random.shuffle(paths)
    assert {path: fast.find(path) for path in paths} == {path: slow.find(path) for path in paths}
    assert {path: fast.closest(path) for path in paths} == {path: slow.closest(path) for path in paths}


@pytest.mark.parametrize(
    "text",
    [
        "".join(
            f"[[package]]\nname = 'a{one}'\ndependencies = [\n\t{{org = 'b'}}\n]\n" for one in range(20_000)
        ),
        "a = [\n" + "1,\n" * 200_000 + "[2]]\n",
        "".join(f"a{one} = [\n1,\n[2]]\n" for one in range(20_000)),
    ],
    ids=["a lock", "an array that ends late", "arrays of arrays"],
)
def test_places_take_time_by_the_length_of_the_text(text: str) -> None:
    started = time.process_time()
    assert key_places(text).find(("b",)) is None
    assert time.process_time() - started < 5
