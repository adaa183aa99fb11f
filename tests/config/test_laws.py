"""Whatever stands in Semver.toml gives settings or mistakes with places, and every key has its place."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from support.semver_toml import VOCABULARY, settings

from semverdiff.config import Settings
from semverdiff.config.policies import choices
from semverdiff.config.required_version import satisfies
from semverdiff.config.toml_places import key_places
from semverdiff.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.config.toml_places import KeyPath
    from semverdiff.errors import Mistake

# Words of a file, right and wrong ones, so that random texts come close to real ones.
_WORDS = st.sampled_from(
    [
        *("check", "rules", "policy", "suppress", "required-version", "a.b", "'a.b'", '"\\u0041"', '""'),
        *("baseline", "format", "strict", "rule", "symbol", "reason", "until", "fingerprint"),
        *VOCABULARY.rule_ids(),
        *choices(),
    ]
)
_SCALARS = st.sampled_from(
    [
        *("'off'", "'major'", "'json=x'", '"""\nx = 1\n"""', "'''[x]'''", '"\\"#"', "''", "'2.0.0'", "'>=1'"),
        *("1", "-0.5e3", "true", "2027-01-31", "2027-01-31T01:02:03Z", "inf", "0x1F", "[]", "{}", "'minor'"),
    ]
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda values: f"[ {', '.join(values)} ]"),
        st.lists(inner, max_size=3).map(
            lambda values: f"[\n{''.join(f'  {one}, # ,' + chr(10) for one in values)}]"
        ),
        st.lists(st.tuples(_WORDS, inner), max_size=3).map(
            lambda pairs: f"{{ {', '.join(f'{key} = {value}' for key, value in pairs)} }}"
        ),
    ),
    max_leaves=5,
)
_LINES = st.one_of(
    st.builds("{} = {}".format, _WORDS, _VALUES),
    st.builds("{}.{} = {} # {{[".format, _WORDS, _WORDS, _VALUES),
    st.builds("[{}]".format, _WORDS),
    st.builds(" [ {} . {} ] # ]".format, _WORDS, _WORDS),
    st.builds("[[{}]]".format, _WORDS),
    st.just("[[suppress]]\nreason = 'agreed'"),
    st.just("# [check]"),
)
_TEXTS = st.lists(_LINES, max_size=8).map("\n".join)


@pytest.mark.slow
@given(st.one_of(_TEXTS.map(str.encode), st.text().map(str.encode), st.binary()))
@example(b"a = " + b"[" * 5000)
@example(b"a = " + b"9" * 5000)
@example(b"\xef\xbb\xbf[check]\r\nstrict = true\r\n")
def test_any_file_gives_settings_or_mistakes_with_places(content: bytes) -> None:
    try:
        found: Settings | tuple[Mistake, ...] = settings(content)
    except UsageError as error:
        found = error.mistakes
    if isinstance(found, Settings):
        return
    lines = content.decode("utf-8", "replace").count("\n") + 1
    assert found
    for mistake in found:
        assert mistake.file == "Semver.toml"
        assert 1 <= (mistake.line or 0) <= lines
        assert (mistake.column or 0) >= 1


def _keys(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    match value:
        case dict():
            for key, inner in value.items():
                yield (*path, key)
                yield from _keys(inner, (*path, key))
        case list():
            for number, inner in enumerate(value):
                if isinstance(inner, dict):
                    yield (*path, number)
                yield from _keys(inner, (*path, number))


@pytest.mark.slow
@given(_TEXTS)
def test_every_key_of_a_valid_text_has_its_place(text: str) -> None:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    places = key_places(text)
    lines = text.split("\n")
    for path in _keys(document):
        line, column = places[path]
        found = lines[line - 1][column - 1 :]
        key = path[-1]
        if isinstance(key, str):
            assert found.startswith((key, f"'{key}'", f'"{key}"', '"\\u0041"')), (path, found)


@given(st.text())
def test_places_of_any_text_come_to_an_end(text: str) -> None:
    assert all(line >= 1 and column >= 1 for line, column in key_places(text).values())


_RELEASES = st.lists(st.integers(0, 3), min_size=1, max_size=3).map(lambda parts: ".".join(map(str, parts)))
_VERSIONS = st.builds(
    "{}{}{}".format, _RELEASES, st.sampled_from(["", "a1", "b2", "rc1"]), st.sampled_from(["", "", ".dev1"])
)
_SPECIFIERS = st.one_of(
    st.builds("{}{}".format, st.sampled_from([">=", "<=", "<", ">", "==", "!=", "=="]), _VERSIONS),
    st.builds("{} {}.*".format, st.sampled_from(["==", "!="]), _RELEASES),
    st.builds("~={}.{}".format, st.integers(0, 3), _VERSIONS),
)


@pytest.mark.slow
@given(st.lists(_SPECIFIERS, min_size=1, max_size=3).map(",".join), _VERSIONS)
def test_specifiers_mean_what_python_packaging_means(specifiers: str, version: str) -> None:
    assert satisfies(specifiers, version) is SpecifierSet(specifiers).contains(version, prereleases=True)


@pytest.mark.parametrize("text", ["", "1.2", ">=", ">=1.x", "=>1", ">=1,", "~=1", ">=1.*", ">=1 <2", "===1"])
def test_what_is_no_specifier_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        satisfies(text, "1.0.0")
