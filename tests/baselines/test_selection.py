"""The closest version: a table of lists and picks, and the laws of the choice."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from semverdiff.artifact import Provenance
from semverdiff.baselines.inquiry import Wanted
from semverdiff.baselines.selection import choose, earlier_pre_release, select, selections
from semverdiff.registry import PackageName, Release
from semverdiff.registry.interface import sorted_versions
from semverdiff.versions import Version, parse_version

NOT_ABOVE = "highest published version not above"


@pytest.mark.parametrize(
    ("candidate", "published", "expected", "reason"),
    [
        ("1.4.0", "1.0.0 1.3.0 1.3.2", "1.3.2", NOT_ABOVE),
        ("1.4.0", "1.9.0 1.10.0 1.3.9", "1.3.9", NOT_ABOVE),
        ("1.10.1", "1.9.0 1.10.0", "1.10.0", NOT_ABOVE),
        ("2.0.0", "1.9.3 0.1.0", "1.9.3", NOT_ABOVE),
        ("1.2.4", "1.2.3 1.3.0 2.0.0", "1.2.3", NOT_ABOVE),
        # 0.0.0 is a version like any other, unlike in bal.
        ("0.1.0", "0.0.0", "0.0.0", NOT_ABOVE),
        # A release looks at releases only.
        ("1.4.0", "1.3.0 1.4.0-rc.1", "1.3.0", NOT_ABOVE),
        ("1.4.0", "1.3.0 1.3.1-beta 2.0.0", "1.3.0", NOT_ABOVE),
        # A pre-release does as well: it leads to a release.
        ("1.4.0-rc.2", "1.3.0 1.4.0-rc.1", "1.3.0", NOT_ABOVE),
        ("1.4.0-rc.10", "1.4.0-rc.9 1.4.0-rc.2 1.3.0", "1.3.0", NOT_ABOVE),
        ("1.4.0-rc.10", "1.4.0-rc.9 1.4.0-rc.2", "1.4.0-rc.9", "highest published pre-release not above"),
        ("1.4.0-rc.1", "1.3.0 1.3.1-beta 1.4.0-rc.2", "1.3.0", NOT_ABOVE),
        ("1.4.0-rc.1", "1.3.0 1.4.0", "1.3.0", NOT_ABOVE),
        # Better an early version than none.
        ("1.4.0", "1.0.0-alpha 1.4.0-rc.1", "1.4.0-rc.1", "highest published pre-release not above"),
        ("1.4.0", "1.0.0-alpha 2.0.0", "1.0.0-alpha", "highest published pre-release not above"),
        ("1.4.0-rc.1", "1.0.0-alpha", "1.0.0-alpha", "highest published pre-release not above"),
        # Only newer ones: the newest.
        ("1.0.0", "2.0.0 1.1.0 3.0.0-rc.1", "2.0.0", "newest published version, as all are above"),
        ("1.0.0", "1.1.0-rc.1 1.1.0-rc.2", "1.1.0-rc.2", "newest published pre-release, as all"),
        ("1.0.0-rc.1", "1.0.0", "1.0.0", "newest published version, as all are above"),
        # The candidate's own version, whatever else there is; build metadata does not count.
        ("1.4.0", "1.3.0 1.4.0 1.5.0", "1.4.0", "version 1.4.0 itself is already published"),
        ("1.4.0-rc.1", "1.4.0-rc.1 1.4.0", "1.4.0-rc.1", "itself is already published"),
        ("1.4.0+b", "1.4.0+a", "1.4.0+a", "version 1.4.0+a itself is already published"),
        ("1.4.0+a", "1.4.0+a 1.4.0+b 1.4.0", "1.4.0+a", "itself is already published"),
    ],
)
def test_takes_the_closest(candidate: str, published: str, expected: str, reason: str) -> None:
    for texts in (published.split(), published.split()[::-1]):
        versions, _ = sorted_versions(texts)
        choice = choose(parse_version(candidate), versions)
        assert choice is not None
        assert str(choice.versions[0]) == expected
        assert reason in choice.reason


def test_nothing_published_means_no_choice() -> None:
    assert choose(parse_version("1.0.0"), ()) is None


@pytest.mark.parametrize(
    ("candidate", "published", "expected"),
    [
        ("1.4.0-rc.10", "1.3.0 1.4.0-rc.2 1.4.0-rc.9", "1.4.0-rc.9"),
        ("1.4.0-rc.2", "1.3.0 1.4.0-rc.2 1.4.0-rc.3", None),  # not itself, not a later one
        ("1.4.0-rc.2", "1.3.0 1.4.1-rc.1 1.3.9-rc.1", None),  # of another release
        ("1.4.0", "1.4.0-rc.1", None),  # a release comes from the last release
        ("1.4.0-rc.2", "1.3.0", None),
    ],
)
def test_finds_the_pre_release_before(candidate: str, published: str, expected: str | None) -> None:
    versions, _ = sorted_versions(published.split())
    found = earlier_pre_release(parse_version(candidate), versions)
    assert (None if found is None else str(found)) == expected


def test_offers_the_next_best_of_the_same_kind_behind_the_best() -> None:
    versions, _ = sorted_versions(["1.0.0-rc.1", "1.0.0", "1.1.0", "1.2.0", "2.0.0"])
    choice = choose(parse_version("1.2.5"), versions)
    assert choice is not None
    assert [str(version) for version in choice.versions] == ["1.2.0", "1.1.0", "1.0.0"]


def test_sets_unreadable_versions_apart() -> None:
    versions, unreadable = sorted_versions(["2.0.0", "1.0", "latest", "1.0.0", "1.0.0", ""])
    assert [str(version) for version in versions] == ["1.0.0", "2.0.0"]
    assert unreadable == ("", "1.0", "latest")


numbers = st.integers(min_value=0, max_value=3)
pre_releases = st.sampled_from(["", "-alpha", "-rc.1", "-rc.2", "-rc.10", "-SNAPSHOT"])
builds = st.sampled_from(["", "", "+a", "+b"])
texts = st.builds("{}.{}.{}{}{}".format, numbers, numbers, numbers, pre_releases, builds)
lists = st.lists(texts, max_size=12)


def pick(candidate: Version, published: list[str]) -> Version | None:
    choice = choose(candidate, sorted_versions(published)[0])
    return choice.versions[0] if choice else None


@given(texts.map(parse_version), lists)
def test_is_never_above_the_candidate_unless_all_are(candidate: Version, published: list[str]) -> None:
    chosen = pick(candidate, published)
    if chosen is not None and chosen > candidate:
        assert all(parse_version(text) > candidate for text in published)


@pytest.mark.slow
@given(texts.map(parse_version), lists.flatmap(lambda one: st.tuples(st.just(one), st.permutations(one))))
def test_does_not_depend_on_the_order_of_the_list(
    candidate: Version, orders: tuple[list[str], list[str]]
) -> None:
    first, second = orders
    assert str(pick(candidate, first)) == str(pick(candidate, second))


@pytest.mark.slow
@given(texts.map(parse_version), lists)
def test_is_one_of_the_list(candidate: Version, published: list[str]) -> None:
    chosen = pick(candidate, published)
    assert str(chosen) in published if published else chosen is None


@pytest.mark.slow
@given(texts.map(parse_version), lists)
def test_no_release_lies_between_it_and_the_candidate(candidate: Version, published: list[str]) -> None:
    chosen = pick(candidate, published)
    if chosen is not None and chosen <= candidate:
        between = [version for version in map(parse_version, published) if chosen < version <= candidate]
        assert chosen.is_pre_release or all(version.is_pre_release for version in between)


@pytest.mark.slow
@given(texts.map(parse_version), lists)
def test_is_the_candidate_where_that_is_published(candidate: Version, published: list[str]) -> None:
    assert pick(candidate, [*published, str(candidate)]) == candidate


@pytest.mark.slow
@given(texts.map(parse_version), lists)
def test_every_alternative_is_on_the_same_side_and_worse(candidate: Version, published: list[str]) -> None:
    choice = choose(candidate, sorted_versions(published)[0])
    if choice is not None:
        best, *others = choice.versions
        assert all(other <= best for other in others)
        assert all((other > candidate) == (best > candidate) for other in others)


class _Published(msgspec.Struct, frozen=True):
    """A registry whose deprecated versions are known; it counts what it is asked for."""

    deprecated: frozenset[str]
    asked: list[str]

    provenance = Provenance("repository", "local")

    def versions(self, _package: PackageName) -> tuple[str, ...]:
        return ()

    def release(self, _package: PackageName, version: Version) -> Release:
        self.asked.append(str(version))
        return Release(version, deprecation="old" if str(version) in self.deprecated else None)

    def download(self, _package: PackageName, _release: Release) -> None:
        return None


_SHOP = PackageName("acme", "shop")
_TEXTS = ("1.0.0-a", "1.0.0", "1.1.0-rc.1", "1.1.0", "1.2.0", "1.2.0+a", "1.2.0+b", "1.3.0-b", "1.3.0")


@given(
    candidate=st.sampled_from([*_TEXTS, "0.1.0", "2.0.0"]),
    published=st.sets(st.sampled_from(_TEXTS)),
    deprecated=st.sets(st.sampled_from(_TEXTS)),
)
def test_what_comes_next_is_what_would_be_chosen_without_all_before(
    candidate: str, published: set[str], deprecated: set[str]
) -> None:
    registry = _Published(frozenset(deprecated), [])
    wanted = Wanted(_SHOP, parse_version(candidate))
    versions, _ = sorted_versions(published)

    for found in selections([registry], wanted, versions):
        assert found == select([registry], wanted, versions)
        versions = tuple(one for one in versions if str(one) != str(found.release.version))

    assert versions == ()


def test_each_further_version_is_asked_for_once() -> None:
    registry = _Published(frozenset(), [])
    versions, _ = sorted_versions(f"0.{at}.0" for at in range(300))

    found = list(selections([registry], Wanted(_SHOP, parse_version("1.0.0")), versions))

    assert (
        [str(one.release.version) for one in found] == registry.asked == [str(one) for one in versions[::-1]]
    )
