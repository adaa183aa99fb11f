"""From which release did the clients of each release come?"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

from semverdiff.history.model import Transition
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.releases import PackageReleases, Release
    from semverdiff.versions import Version

__all__ = ["transitions_of"]


def transitions_of(package: PackageReleases, candidate: Release | None = None) -> tuple[Transition, ...]:
    """Return a transition for each release, the lowest version first.

    Clients come from the highest release below that was there already, as `check` would have selected its
    baseline that day; from a pre-release only where there was no release. A `candidate` that is not released
    yet comes last.
    """
    published = _Published(package)
    found = {at: published.publish(at) for at in _by_time(package.releases)}
    transitions = tuple(found[at] for at in sorted(found))
    if candidate is None:
        return transitions
    return (*transitions, published.transition_to(candidate, is_released=False))


class _Published:
    """The versions of a package that were published so far, each with the place of its release."""

    def __init__(self, package: PackageReleases) -> None:
        self._package = package
        self._releases: list[tuple[Version, int]] = []
        self._pre_releases: list[tuple[Version, int]] = []

    def publish(self, at: int) -> Transition:
        """Return the transition to one of the releases, which is published from now on."""
        release = self._package.releases[at]
        transition = self.transition_to(release)
        version = parse_version(release.version)
        insort(self._pre_releases if version.is_pre_release else self._releases, (version, at))
        return transition

    def transition_to(self, release: Release, *, is_released: bool = True) -> Transition:
        """Return the transition to a release from what is published."""
        version = parse_version(release.version)
        before = _below(self._releases, version)
        if before is None:
            before = _below(self._pre_releases, version)
        return Transition(
            organization=self._package.organization,
            name=self._package.name,
            release=release,
            before=None if before is None else self._package.releases[before],
            is_maintenance=any(
                bool(one) and one[-1][0] > version for one in (self._releases, self._pre_releases)
            ),
            is_released=is_released,
        )


def _below(versions: list[tuple[Version, int]], version: Version) -> int | None:
    """Return the place of the highest version below another, if there is one."""
    at = bisect_left(versions, (version, -1))
    return versions[at - 1][1] if at else None


def _by_time(releases: Sequence[Release]) -> list[int]:
    """Return the places of releases in the order of time, of those of one second the lower version first.

    Where one has no time the order of versions is taken for that of time.
    """
    places = list(range(len(releases)))
    if any(one.released is None for one in releases):
        return places
    return sorted(places, key=lambda at: releases[at].released or 0)
