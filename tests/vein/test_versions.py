from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff.vein import NUGET, NugetVersion
from semverdiff.versions import Level

if TYPE_CHECKING:
    from pathlib import Path

# From low to high; each pair of two is compared.
ASCENDING = [
    "0.9",
    "0.30-alpha",
    "0.30-alpha.1",
    "0.30-ALPHA.2",
    "0.30-alpha.10",
    "0.30-alpha.b",
    "0.30-beta",
    "0.30",
    "0.30.0.1",
    "0.30.9",
    "0.30.9.3",
    "0.30.10",
    "1.0.0-RC.1",
    "1.0.0",
    "18.1.3.1",
]

numbers = st.integers(min_value=0, max_value=10**6)
labels = st.lists(st.from_regex(r"[0-9A-Za-z-]{1,4}", fullmatch=True), max_size=3).map(tuple)
versions = st.builds(NugetVersion, numbers, numbers, numbers, st.integers(0, 2), labels)


@pytest.mark.parametrize(("lower", "higher"), list(itertools.combinations(ASCENDING, 2)))
def test_versions_are_ordered_as_nuget_orders_them(lower: str, higher: str) -> None:
    assert NUGET.parse(lower) < NUGET.parse(higher)
    assert NUGET.parse(lower) <= NUGET.parse(higher)
    assert NUGET.parse(higher) > NUGET.parse(lower)
    assert NUGET.parse(higher) >= NUGET.parse(lower)
    assert NUGET.parse(lower) != NUGET.parse(higher)


def test_versions_of_the_reference_are_ordered_and_normalised(shared: Path) -> None:
    expected = json.loads((shared / "vein" / "expected.json").read_text())["versions"]
    for lower, higher in itertools.pairwise(map(NUGET.parse, expected["ascending"])):
        assert lower < higher
    for spellings in expected["equal"]:
        assert len({NUGET.parse(one) for one in spellings}) == 1
    for written, normalised in expected["normalised"].items():
        assert str(NUGET.parse(written)) == normalised
    for text in expected["invalid"]:
        with pytest.raises(ValueError, match="found"):
            NUGET.parse(text)


@pytest.mark.parametrize("spelling", ["0.30", "0.30.0", "00.030.0.0", "0.30+build.5", "0.30.0+5-x.Y"])
def test_what_is_left_out_is_0_and_metadata_does_not_count(spelling: str) -> None:
    assert NUGET.parse(spelling) == NUGET.parse("0.30")
    assert hash(NUGET.parse(spelling)) == hash(NUGET.parse("0.30"))
    assert str(NUGET.parse(spelling)) == "0.30.0"


def test_a_version_is_no_text() -> None:
    assert NUGET.parse("1.0") != "1.0.0"


def test_a_label_keeps_its_case_and_is_equal_without() -> None:
    assert str(NUGET.parse("1.0-Beta.01+x")) == "1.0.0-Beta.01"
    assert NUGET.parse("1.0-BETA.01") == NUGET.parse("1.0.0-beta.1")


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "a.b", "v1.2", "1.2.3.4.5", "1..2", "1.2-", "1.2-a..b", "1.2+", "1.2-é", "1.-2", " 1.2"),
        *("1.2\n", "1" * 300, "\u0661.2"),
    ],
)
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected a version as in 1\.2\.3, .*, found '"):
        NUGET.parse(text)


@given(versions)
def test_a_printed_version_reads_back_as_the_same(version: NugetVersion) -> None:
    assert NUGET.parse(str(version)) == version
    assert str(NUGET.parse(str(version))) == str(version)


@pytest.mark.slow
@given(versions, versions, versions)
def test_order_is_total_and_transitive(one: NugetVersion, two: NugetVersion, three: NugetVersion) -> None:
    assert (one < two) + (two < one) + (one == two) == 1
    if one <= two <= three:
        assert one <= three
    assert (one <= two) == (one < two or one == two)


@given(versions)
def test_a_release_comes_after_all_of_its_pre_releases(version: NugetVersion) -> None:
    release = NUGET.release(version)
    assert version <= release
    assert not NUGET.is_pre_release(release)
    assert NUGET.is_pre_release(version) == (version != release)
    assert NUGET.step(version, release) is Level.NONE


@pytest.mark.parametrize(
    ("level", "following"),
    [
        (Level.NONE, "0.30.9.3"),
        (Level.PATCH, "0.30.10"),
        (Level.MINOR, "0.31.0"),
        (Level.MAJOR, "1.0.0"),
    ],
)
def test_the_next_version_is_a_step_of_that_size(level: Level, following: str) -> None:
    version = NUGET.parse("0.30.9.3")
    assert str(NUGET.next(version, level)) == following
    assert NUGET.step(version, NUGET.parse(following)) is level


def test_a_step_of_the_fourth_number_is_smaller_than_a_patch() -> None:
    assert NUGET.step(NUGET.parse("0.30.9"), NUGET.parse("0.30.9.3")) is Level.NONE


@pytest.mark.parametrize(("version", "initial"), [("0.30.9.3", True), ("1.0-rc", False)])
def test_below_1_nothing_is_promised(version: str, initial: bool) -> None:  # noqa: FBT001 (a case)
    assert NUGET.is_initial_development(NUGET.parse(version)) == initial


@pytest.mark.parametrize(
    ("like", "taken", "named"),
    [
        ("1.0-rc", [], "2.0.0-rc"),
        ("1.0-rc.7", [], "2.0.0-rc.1"),
        ("1.0-rc", ["2.0-RC"], "2.0.0-rc.1"),
        ("1.0-rc.7", ["2.0-RC.1", "2.0.0-rc.4"], "2.0.0-rc.5"),
        ("1.0-rc", ["2.0-rc.4"], "2.0.0-rc.5"),
        ("1.0-rc.1", ["2.0-beta.4", "2.0.0.1-rc.4", "2.0-rc.x", "2.0"], "2.0.0-rc.1"),
        ("1.0-5", ["2.0-5"], "2.0.0-6"),
    ],
)
def test_a_pre_release_is_named_after_another_and_comes_after_those_taken(
    like: str, taken: list[str], named: str
) -> None:
    release = NUGET.parse("2.0.0")
    found = NUGET.pre_release(release, NUGET.parse(like), [*map(NUGET.parse, taken)])
    assert str(found) == named
    assert NUGET.release(found) == release
