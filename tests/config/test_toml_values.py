"""What a TOML text says: plain ones are read without the parser, and never say anything else than by it."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semverdiff.config.toml_values import loads, read_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LOCK = """\
# AUTO-GENERATED FILE. DO NOT MODIFY: "by hand"

[ballerina]
dependencies-toml-version = "2"
distribution-version = "2201.12.0"

[[package]]
org = "ballerina"
name = "auth"
version = "2.14.0"
scope = "testOnly"
dependencies = [
\t{org = "ballerina", name = "crypto"},
\t{org = "ballerina", name = "jballerina.java"}
]
modules = [
\t{org = "ballerina", packageName = "auth", moduleName = "auth"}
]

[[package]]
org = "ballerina"
name = "crypto"
dependencies = [
\t{org = "ballerina", name = "jballerina.java"},
]
"""
_MANIFEST = """\
[package]
org="acme" # whose it is
  name =\t"shop"
keywords = ["a, b", "c # d",]
export = []
authors = [
    "Ann",
    "Ben"
]

[build-options]
observabilityIncluded = true
offline=false

[platform.java21]
graalvmCompatible = true

[[platform.java21.dependency]]
path = "./a.jar"

[[platform.java21.dependency]]
path = ""

[platform.java21.dependency.inner]
path = "[x]"
"""

# Each is TOML with something that is not plain, or wrong.
_LEFT_TO_THE_PARSER = {
    "an escape": r'a = "\u0041"',
    "a literal string": "a = 'b'",
    "a text of several lines": 'a = """\nb = "c"\n"""',
    "a number": "a = 1",
    "a date": "a = 2027-01-31",
    "a dotted key": 'a.b = "c"',
    "a quoted key": '"a" = "c"',
    "a quoted header": '["a"]',
    "a header with blanks": "[ a ]",
    "a header with a comment": "[a] # b",
    "an inline table": 'a = {b = "c"}',
    "a list that goes on": 'a = ["b",\n"c"]',
    "a comment in a list": 'a = [\n# b\n"c"\n]',
    "a number in a list": "a = [\n1\n]",
    "a list in a list": 'a = [\n["b"]\n]',
    "a sign that does not print": 'a = "\u200d"',
    "a key twice": 'a = "b"\na = "c"',
    "a key twice, of a flag": "a = true\na = []",
    "a key twice in a small table": 'a = [\n{b = "c", b = "d"}\n]',
    "a table twice": "[a]\n[a]",
    "a table that is a text": 'a = "b"\n[a.c]',
    "an array that is a table": "[a]\n[[a]]",
    "an array that is a value": "a = []\n[[a]]",
    "a table in an array that is a value": 'a = [\n{b = "c"}\n]\n[a.d]',
    "a table above its own parts": "[a.b]\n[a]",
    "a text without an end": 'a = "b',
    "a text behind a text": 'a = "b" "c"',
    "a text behind a list": 'a = ["b"]"c"',
    "a text without an end behind a list": 'a = ["b"]"c',
    "a text without an end behind a small table": 'a = [\n{b = "c"}"d\n]',
    "a word behind a text": 'a = "b" c',
    "a list without an end": 'a = [\n"b",',
    "a list without a beginning": 'a = "b"]',
    "a list without a comma": 'a = ["b" "c"]',
    "lines of a list without a comma": 'a = [\n"b"\n"c"\n]',
    "a list with two commas": 'a = ["b",,"c"]',
    "a comma alone": "a = [\n,\n]",
    "a small table without a comma": 'a = [\n{b = "c" d = "e"}\n]',
    "a small table that ends with a comma": 'a = [\n{b = "c",}\n]',
    "a small table without an end": 'a = [\n{b = "c"\n]',
    "a text behind a small table": 'a = [\n{b = "c"}"d"\n]',
    "no value": "a =",
    "no key": '= "a"',
    "no equals sign": 'a "b"',
    "a word": "a = b",
    "a header without an end": "[a",
    "a header with one bracket too few": "[[a]",
    "a header with one bracket too many": "[a]]",
    "a header without a name": "[]",
    "a header with a part without a name": "[a..b]",
    "a control character": 'a = "\x01"',
    "a control character in a comment": "# \x7f",
    "a letter that no key has": 'ä = "b"',
}

_KEYS = st.sampled_from(["a", "b", "c-d", "_", "a.b", "1", "'a'", '"a"', "", "true", "ä", "org"])
_TEXTS = st.one_of(
    st.sampled_from(['""', '"x"', '"a, b"', '"#"', '"[x]"', '"a = b"', "''", '"\\n"', '"ä"', '"""x"""', '"']),
    st.text(st.sampled_from('ab"\\ #,=[]{}'), max_size=4).map('"{}"'.format),
)
_SMALL_TABLES = st.lists(st.tuples(_KEYS, _TEXTS), max_size=3).map(
    lambda entries: "{" + ", ".join(f"{key} = {text}" for key, text in entries) + "}"
)
_ELEMENTS = st.one_of(_TEXTS, _SMALL_TABLES, st.sampled_from(["1", "true", "[]", "# x", ""]))
_VALUES = st.one_of(
    _TEXTS,
    st.sampled_from(["true", "false", "[]", "[ ]", "1", "{}", "truer"]),
    st.lists(_ELEMENTS, max_size=3).map(lambda elements: f"[{', '.join(elements)}]"),
    st.lists(_ELEMENTS, max_size=3).map(lambda elements: "[\n" + ",\n\t".join(elements) + "\n]"),
    st.lists(_ELEMENTS, max_size=3).map(lambda elements: "[\n" + "".join(f"{e},\n" for e in elements) + "]"),
)
_STATEMENTS = st.one_of(
    st.builds(
        "{}{}={}{}{}".format,
        _KEYS,
        *(st.sampled_from(["", " ", "\t"]),) * 2,
        _VALUES,
        st.sampled_from(["", " # x", '# "']),
    ),
    st.builds("[{}]".format, _KEYS),
    st.builds("[[{}]]".format, _KEYS),
    st.builds("[[{}.{}]]".format, _KEYS, _KEYS),
    st.builds("[{}.{}]".format, _KEYS, _KEYS),
    st.sampled_from(["", "# x", '# "x"', "]", "[", '"']),
)
_DOCUMENTS = st.lists(_STATEMENTS, max_size=7).map("\n".join)


def _in_order(entries: Mapping[str, object]) -> str:
    """Return entries as a text, in which their order shows, and flags are no numbers."""
    return json.dumps(entries, default=repr)


def _said_by(read: Callable[[str], Mapping[str, object]], text: str) -> str:
    """Return the entries of a text, or what is wrong in it."""
    try:
        return _in_order(read(text))
    except tomllib.TOMLDecodeError as error:
        return str(error)


@pytest.mark.parametrize("text", [_LOCK, _MANIFEST, ""], ids=["lock", "manifest", "nothing"])
def test_locks_and_manifests_are_plain(text: str) -> None:
    plain = read_plain(text)
    assert plain is not None
    assert _in_order(plain) == _in_order(tomllib.loads(text))


@pytest.mark.parametrize("text", _LEFT_TO_THE_PARSER.values(), ids=_LEFT_TO_THE_PARSER)
def test_the_rest_is_left_to_the_parser(text: str) -> None:
    assert read_plain(text) is None
    assert _said_by(loads, text) == _said_by(tomllib.loads, text)


@given(_DOCUMENTS)
@settings(max_examples=1000)
def test_a_plain_text_says_what_the_parser_finds(text: str) -> None:
    plain = read_plain(text)
    if plain is not None:
        assert _in_order(plain) == _in_order(tomllib.loads(text))


@given(st.sampled_from([_LOCK, _MANIFEST]), st.data())
@settings(max_examples=300)
def test_a_damaged_text_says_nothing_else_either(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 3))
    damaged = (
        text[:at]
        + data.draw(st.text(st.sampled_from("[]{}\"',=.#\\ \t\na1"), max_size=2))
        + text[at + length :]
    )
    plain = read_plain(damaged)
    if plain is not None:
        assert _in_order(plain) == _in_order(tomllib.loads(damaged))
