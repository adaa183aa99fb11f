"""Which version is the closest to the candidate, and which release is therefore the baseline?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.text import quote_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from semverdiff.baselines.model import Wanted
    from semverdiff.registry import PackageName, Registry, Release
    from semverdiff.versions import Version

__all__ = ["Choice", "Selection", "choose", "earlier_pre_release", "select"]


class Choice(msgspec.Struct, frozen=True):
    """The versions that may be the baseline, best first, and why these."""

    versions: tuple[Version, ...]
    reason: str


class Selection(msgspec.Struct, frozen=True):
    """The release that is to be the baseline, why it is this one, and what to report about others."""

    release: Release
    reason: str
    notes: tuple[str, ...] = ()


def select(
    registries: Sequence[Registry], wanted: Wanted, versions: tuple[Version, ...], among: str = "published"
) -> Selection | None:
    """Return the best of versions that is not deprecated, else the best; None if there are no versions.

    `versions` are those that may be chosen from, lowest first, and `among` is the word for them in the
    reason. A version is deprecated where one of the registries says so.
    """
    choice = choose(wanted.own, versions, among)
    if choice is None:
        return None
    if wanted.version is not None:
        choice = Choice((wanted.version,), f"version {wanted.version} was asked for")
    releases: list[Release] = []
    for version in choice.versions[: limits.DEPRECATED_RELEASES]:
        releases.append(_release(registries, wanted.package, version))
        if releases[-1].deprecation is None:
            passed = (f"{_deprecated(one)} and was passed over" for one in releases[:-1])
            return Selection(releases[-1], choice.reason, (*passed,))
    nevertheless = f"{_deprecated(releases[0])}; it is used nevertheless"
    return Selection(releases[0], choice.reason, (nevertheless,))


def _release(registries: Sequence[Registry], package: PackageName, version: Version) -> Release:
    releases = [registry.release(package, version) for registry in registries]
    return next((release for release in releases if release.deprecation is not None), releases[0])


def _deprecated(release: Release) -> str:
    message = release.deprecation or ""
    quoted = f" ({quote_line(message)})" if message.strip() else ""
    return f"{release.version} is deprecated{quoted}"


def choose(candidate: Version, versions: tuple[Version, ...], among: str = "published") -> Choice | None:
    """Return the versions that may be the baseline, out of sorted ones; None if there are none.

    * The candidate's own version, so that equal sources are noticed.
    * Else the highest release below, for a pre-release as well: it leads to a release that clients come to
      from the last one. What changed since an earlier pre-release is another question.
    * Else the highest pre-release below: better an early version of the API than none.
    * Else, everything is above, the newest: the verdict will call that a downgrade.

    `among` is the word for these versions in the reason.
    """
    own = [version for version in versions if version == candidate]
    if own:
        same = next((version for version in own if version.build == candidate.build), own[-1])
        return Choice((same,), f"version {same} itself is already {among}")
    below = [version for version in versions if version < candidate]
    above = [version for version in versions if version > candidate]
    pools = (
        (
            [version for version in below if not version.is_pre_release],
            f"highest {among} version not above {candidate}",
        ),
        (below, f"highest {among} pre-release not above {candidate}, as no release is"),
        (
            [version for version in above if not version.is_pre_release],
            f"newest {among} version, as all are above {candidate}",
        ),
        (above, f"newest {among} pre-release, as all {among} versions are above {candidate}"),
    )
    for pool, reason in pools:
        if pool:
            return Choice(tuple(reversed(pool)), reason)
    return None


def earlier_pre_release(candidate: Version, published: Iterable[Version]) -> Version | None:
    """Return the last pre-release of the same x.y.z before a candidate that is one, too; else None."""
    earlier = (
        version
        for version in published
        if version.is_pre_release and version < candidate and version.release == candidate.release
    )
    return max(earlier, default=None) if candidate.is_pre_release else None
