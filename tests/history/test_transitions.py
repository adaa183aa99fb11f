"""Which release the clients of each release came from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from semverdiff.baselines.selection import choose
from semverdiff.history import transitions_of
from semverdiff.registry import sorted_versions
from semverdiff.releases import Archive, PackageReleases, Release
from semverdiff.versions import parse_version


def _package(*releases: tuple[str, int | None]) -> PackageReleases:
    days = dict(releases)
    versions, _ = sorted_versions(days)
    found = [_release(str(version), days[str(version)]) for version in versions]
    return PackageReleases("acme", "shop", tuple(found))


def _release(version: str, day: int | None = None) -> Release:
    return Release(version, version, Archive(version), version, released=day)


def _before(package: PackageReleases, candidate: Release | None = None) -> dict[str, str | None]:
    return {
        one.release.version: None if one.before is None else one.before.version
        for one in transitions_of(package, candidate)
    }


def test_the_first_release_follows_nothing() -> None:
    assert _before(_package(("1.0.0", 1))) == {"1.0.0": None}


def test_without_days_each_follows_the_version_below() -> None:
    package = _package(("1.0.0", None), ("1.1.0", 2), ("1.0.1", 3))
    assert _before(package) == {"1.0.0": None, "1.0.1": "1.0.0", "1.1.0": "1.0.1"}
    assert not any(one.is_maintenance for one in transitions_of(package))


def test_a_release_follows_what_was_published_by_then() -> None:
    package = _package(("1.0.0", 1), ("1.1.0", 2), ("1.0.1", 3), ("1.1.1", 4))
    assert _before(package) == {"1.0.0": None, "1.0.1": "1.0.0", "1.1.0": "1.0.0", "1.1.1": "1.1.0"}


def test_a_release_below_one_that_was_there_is_on_a_maintenance_branch() -> None:
    package = _package(("1.0.0", 1), ("2.0.0", 2), ("1.0.1", 3), ("2.0.1", 4))
    assert [one.release.version for one in transitions_of(package) if one.is_maintenance] == ["1.0.1"]


def test_of_releases_of_one_moment_the_lower_version_came_first() -> None:
    package = _package(("1.0.0", 1), ("1.1.0", 1))
    assert _before(package)["1.1.0"] == "1.0.0"
    assert not any(one.is_maintenance for one in transitions_of(package))


def test_clients_come_from_a_pre_release_only_where_there_was_no_release() -> None:
    package = _package(("1.0.0-rc.1", 1), ("1.0.0-rc.2", 2), ("1.0.0", 3), ("1.1.0-rc.1", 4), ("1.1.0", 5))
    assert _before(package) == {
        "1.0.0-rc.1": None,
        "1.0.0-rc.2": "1.0.0-rc.1",
        "1.0.0": "1.0.0-rc.2",
        "1.1.0-rc.1": "1.0.0",
        "1.1.0": "1.0.0",
    }


def test_sources_that_are_worked_on_come_last_and_follow_what_is_published() -> None:
    package = _package(("1.0.0", 1), ("2.0.0", 2))
    assert _before(package, _release("1.1.0")) == {"1.0.0": None, "2.0.0": "1.0.0", "1.1.0": "1.0.0"}
    last = transitions_of(package, _release("1.1.0"))[-1]
    assert (last.is_released, last.is_maintenance) == (False, True)


VERSIONS = st.tuples(
    st.integers(0, 2), st.integers(0, 2), st.integers(0, 2), st.sampled_from(["", "-rc.1", "-rc.2"])
).map(lambda parts: f"{parts[0]}.{parts[1]}.{parts[2]}{parts[3]}")


@given(st.lists(st.tuples(VERSIONS, st.integers(0, 5)), unique_by=lambda one: one[0]))
def test_each_follows_what_check_would_have_compared_it_with_that_day(
    releases: list[tuple[str, int]],
) -> None:
    order = sorted(releases, key=lambda one: (one[1], parse_version(one[0])))
    for version, before in _before(_package(*releases)).items():
        earlier = [one for one, _ in order[: [name for name, _ in order].index(version)]]
        own = parse_version(version)
        below = tuple(one for one in sorted_versions(earlier)[0] if one < own)
        choice = choose(own, below)
        assert before == (None if choice is None else str(choice.versions[0]))
