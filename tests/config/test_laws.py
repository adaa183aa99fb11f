"""Whatever stands in Semver.toml gives settings or mistakes with places, and every key has its place."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from support.semver_toml import VOCABULARY, mistakes, settings

from semverdiff.config import Options, SemverToml, Settings, choices, combine, parse_toml
from semverdiff.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.config import KeyPath
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
    places = parse_toml(text.encode(), "Semver.toml", []).document.places()
    lines = text.split("\n")
    for path in _keys(document):
        place = places.find(path)
        assert place is not None, path
        line, column = place
        found = lines[line - 1][column - 1 :]
        key = path[-1]
        if isinstance(key, str):
            assert found.startswith((key, f"'{key}'", f'"{key}"', '"\\u0041"')), (path, found)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "{a=" * 200 + "1" + "}" * 200 + "\ncheck = 1",
        "a = " + "[" * 200 + "{}," * 100_000 + "]" * 200 + "\ncheck = 1",
        "[a]\n" * 1 + "".join(f"b{number} = 1\n" for number in range(50_000)) + "[check]\nstrict = 1",
        '"""\\' * 20_000,
        ("'" * 3 + " [") * 20_000,
        "a." * 100_000 + "b = 1",
        "[" + "a . " * 100_000 + "b]",
        'a = { "x"' + ". 'y'" * 100_000 + " = 1 }",
        "a = '" + "x" * 1_000_000 + "'\ncheck = 1",
    ],
    ids=["tables", "arrays", "keys", "quotes", "literals", "dotted key", "header", "inline table", "word"],
)
def test_the_place_of_a_mistake_takes_time_by_the_length_of_the_text(text: str) -> None:
    started = time.process_time()
    with pytest.raises(UsageError):
        settings(text)
    assert time.process_time() - started < 10


def test_a_key_may_have_many_parts_but_not_without_end() -> None:
    assert mistakes("a." * 63 + "b = 1") == ["1:1 unknown section or key 'a'"]
    assert mistakes("[check]\n" + "  a." * 64 + "b = 1") == ["2:3 invalid TOML: a key has more than 64 parts"]
    assert mistakes(f"[[suppress]]\nsymbol = 'f'\nreason = '{'a.' * 60}'\n") == []


_RELEASES = st.lists(st.integers(0, 3), min_size=1, max_size=3).map(lambda parts: ".".join(map(str, parts)))
_SPECIFIERS = st.one_of(
    st.builds("{}{}".format, st.sampled_from([">=", "<=", "<", ">", "==", "!=", "=="]), _RELEASES),
    st.builds("{} {}.*".format, st.sampled_from(["==", "!="]), _RELEASES),
    st.builds("~={}.{}".format, st.integers(0, 3), _RELEASES),
)


@pytest.mark.slow
@given(st.lists(_SPECIFIERS, min_size=1, max_size=3).map(",".join))
@example(">=1.4.0rc1, <2")
@example(">1.3,!=1.4.*")
def test_a_version_is_required_as_in_python_packaging(specifiers: str) -> None:
    fits = SpecifierSet(specifiers).contains(VOCABULARY.tool_version(), prereleases=True)
    wrong = f"1:1 the project expects semverdiff {specifiers}, found 1.4.0: install a version that fits, or "
    expected = [] if fits else [f"{wrong}change it"]
    assert mistakes(f"required-version = '{specifiers}'") == expected


def test_who_runs_a_pre_release_chose_to() -> None:
    early = msgspec.structs.replace(VOCABULARY, tool_version=lambda: "1.5.0rc1")
    file = SemverToml(b"required-version = '>=1.4'")
    assert combine(Path(), Options(), {}, file, early)
    with pytest.raises(UsageError, match="the project expects semverdiff"):
        combine(Path(), Options(), {}, SemverToml(b"required-version = '<1.5'"), early)


@pytest.mark.parametrize("text", ["", "1.2", ">=", ">=1.x", "=>1", ">=1,", "~=1", ">=1.*", ">=1 <2"])
def test_what_is_no_specifier_is_refused_with_an_example(text: str) -> None:
    (told,) = mistakes(f"required-version = '{text}'")
    assert told.startswith(
        "1:1 incompatible value for 'required-version': expected specifiers as in '>=1.2,<2'"
    )
