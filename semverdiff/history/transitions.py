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


def transitions_of(package: PackageReleases) -> tuple[Transition, ...]:
    """Return a transition for each release, the lowest version first.

    Clients come from the highest release below that was there already, as `check` would have selected its
    baseline that day; from a pre-release only where there was no release.
    """
    published: list[_Numbered] = []
    previews: list[_Numbered] = []
    found: dict[int, Transition] = {}
    for at in _by_time(package.releases):
        release = package.releases[at]
        version = parse_version(release.version)
        before = _below(published, version) or _below(previews, version)
        found[at] = Transition(
            organization=package.organization,
            name=package.name,
            release=release,
            before=None if before is None else package.releases[before[1]],
            is_maintenance=any(one and one[-1][0] > version for one in (published, previews)),
        )
        insort(previews if version.is_pre_release else published, (version, at))
    return tuple(found[at] for at in sorted(found))


_Numbered = tuple["Version", int]
"""A version and the place of its release."""


def _below(versions: list[_Numbered], version: Version) -> _Numbered | None:
    at = bisect_left(versions, (version, -1))
    return versions[at - 1] if at else None


def _by_time(releases: Sequence[Release]) -> list[int]:
    """Return the places of releases in the order of time, of those of one second the lower version first.

    Where one has no time the order of versions is taken for that of time.
    """
    places = list(range(len(releases)))
    if any(one.released is None for one in releases):
        return places
    return sorted(places, key=lambda at: releases[at].released or 0)
