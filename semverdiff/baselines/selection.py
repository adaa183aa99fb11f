"""Which release is the closest to the version of a package that is wanted?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.text import quote_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from semverdiff.baselines.inquiry import Wanted
    from semverdiff.registry import PackageName, Registry, Release
    from semverdiff.versions import Version

__all__ = [
    "Choice",
    "Selection",
    "choose",
    "earlier_pre_release",
    "select",
    "selections",
]


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
    """Return the best of versions that is not deprecated, else the best; None if there are no versions."""
    return next(selections(registries, wanted, versions, among), None)


def selections(
    registries: Sequence[Registry], wanted: Wanted, versions: tuple[Version, ...], among: str = "published"
) -> Iterator[Selection]:
    """Yield the best of versions that is not deprecated, else the best; then what is so without that.

    `versions` are those that may be chosen from, lowest first, and `among` is the word for them in the
    reason. A version is deprecated where one of the registries says so. Each that is yielded costs a few
    steps, however many there are.
    """
    known: dict[str, Release] = {}

    def release_of(version: Version) -> Release:
        text = str(version)
        if text not in known:
            known[text] = _release(registries, wanted.package, version)
        return known[text]

    passed: set[str] = set()
    choices = _choices(wanted.own, versions, among)
    if wanted.version is not None and versions:
        choices = iter([Choice((wanted.version,), f"version {wanted.version} was asked for")])
    for choice in choices:
        left = [one for one in reversed(choice.versions) if str(one) not in passed]  # the best is the last
        while left:
            first = left[-limits.DEPRECATED_RELEASES :]
            selection = _best(map(release_of, reversed(first)), choice.reason)
            yield selection
            chosen = str(selection.release.version)
            passed.add(chosen)
            left[-len(first) :] = [version for version in first if str(version) != chosen]


def _best(releases: Iterable[Release], reason: str) -> Selection:
    """Return the first release that is not deprecated, else the first; no later one is asked for."""
    passed_over: list[Release] = []
    for release in releases:
        if release.deprecation is None:
            notes = (f"{_deprecated(one)} and was passed over" for one in passed_over)
            return Selection(release, reason, tuple(notes))
        passed_over.append(release)
    first = passed_over[0]
    return Selection(first, reason, (f"{_deprecated(first)}; it is used nevertheless",))


def _release(registries: Sequence[Registry], package: PackageName, version: Version) -> Release:
    releases = [one.release(package, version) for one in registries]
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
    return next(_choices(candidate, versions, among), None)


def _choices(candidate: Version, versions: tuple[Version, ...], among: str) -> Iterator[Choice]:
    """Yield what `choose` returns, then what it would return without that, and so on."""
    own = [version for version in versions if version == candidate]
    # The same build first, else the last.
    own.reverse()
    for same in sorted(own, key=lambda version: version.build != candidate.build):
        yield Choice((same,), f"version {same} itself is already {among}")
    below = [version for version in versions if version < candidate]
    pools = (
        (
            [version for version in below if not version.is_pre_release],
            f"highest {among} version not above {candidate}",
        ),
        (below, f"highest {among} pre-release not above {candidate}, as no release is"),
        (
            [version for version in versions if not version.is_pre_release],
            f"newest {among} version, as all are above {candidate}",
        ),
        (versions, f"newest {among} pre-release, as all {among} versions are above {candidate}"),
    )
    for pool, reason in pools:
        if pool:
            yield Choice(tuple(reversed(pool)), reason)


def earlier_pre_release(candidate: Version, published: Iterable[Version]) -> Version | None:
    """Return the last pre-release of the same x.y.z before a candidate that is one, too; else None."""
    # Below a pre-release of x.y.z there are only others of x.y.z.
    earlier = (
        version for version in published if version < candidate and version.release == candidate.release
    )
    return max(earlier, default=None) if candidate.is_pre_release else None
