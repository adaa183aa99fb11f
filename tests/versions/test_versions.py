from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff.versions import SEMANTIC, Level, Version, parse_version

# SemVer 2.0, item 11: the examples of the specification, lowest first.
PRECEDENCE = [
    "0.9.9",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0",
    "2.0.0",
    "2.1.0",
    "2.1.1",
    "2.10.0",
]

identifiers = st.from_regex(r"(0|[1-9][0-9]{0,3}|[a-z][a-z0-9-]{0,4})", fullmatch=True)
numbers = st.integers(min_value=0, max_value=10**6)
versions = st.builds(
    Version,
    numbers,
    numbers,
    numbers,
    st.lists(identifiers, max_size=3).map(tuple),
    st.sampled_from(["", "b1"]),
)
steps = st.sampled_from([Level.PATCH, Level.MINOR, Level.MAJOR])


@pytest.mark.parametrize(("lower", "higher"), list(itertools.combinations(PRECEDENCE, 2)))
def test_order_is_that_of_the_specification(lower: str, higher: str) -> None:
    assert parse_version(lower) < parse_version(higher)
    assert parse_version(higher) > parse_version(lower)
    assert parse_version(lower) != parse_version(higher)


def test_build_metadata_counts_neither_for_order_nor_for_equality() -> None:
    plain, built = parse_version("1.0.0"), parse_version("1.0.0+linux.5")
    assert plain == built
    assert not plain < built
    assert str(built) == "1.0.0+linux.5"


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("1.2", "did you mean 1.2.0?"),
        ("7", "did you mean 7.0.0?"),
        ("v1.2.3", "did you mean 1.2.3?"),
        ("01.2.3", "did you mean 1.2.3?"),
        (" 1.2.3", "did you mean 1.2.3?"),
    ],
)
def test_an_almost_right_version_is_refused_with_the_right_one(text: str, remedy: str) -> None:
    with pytest.raises(ValueError, match=r"expected a version as in 1\.2\.3") as caught:
        parse_version(text)
    assert remedy in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1.2.3.4",
        "1.2.3-",
        "1.2.3-01",
        "1.2.3-a..b",
        "1.2.3+",
        "1.2.-3",
        "1.2.3\n",
        "1" * 300 + ".0.0",
        "\u0661.2.3",
    ],
)
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="found"):
        parse_version(text)


@given(versions)
def test_a_printed_version_reads_back_as_the_same(version: Version) -> None:
    assert str(parse_version(str(version))) == str(version)
    assert parse_version(str(version)) == version


@pytest.mark.slow
@given(versions, versions, versions)
def test_order_is_total_and_transitive(one: Version, two: Version, three: Version) -> None:
    assert (one < two) + (two < one) + (one == two) == 1
    if one <= two <= three:
        assert one <= three
    assert (one <= two) == (one < two or one == two)


@pytest.mark.slow
@given(versions, steps)
def test_the_next_version_is_a_higher_release_and_a_step_of_that_size(version: Version, level: Level) -> None:
    following = SEMANTIC.next(version, level)
    assert following > version
    assert not following.is_pre_release
    assert SEMANTIC.step(SEMANTIC.release(version), following) is level


@pytest.mark.slow
@given(versions)
def test_a_release_comes_after_all_of_its_pre_releases(version: Version) -> None:
    assert version <= version.release
    assert version.is_pre_release == (version != version.release)


@given(versions, versions)
def test_each_comparison_says_what_the_others_do(one: Version, two: Version) -> None:
    assert (one >= two, one <= two) == (not one < two, not one > two)


@given(versions)
def test_no_step_leads_to_the_release_of_a_version(version: Version) -> None:
    assert version.next(Level.NONE) == version.release
