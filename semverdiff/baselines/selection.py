"""Which version of a list is the closest to the candidate? A pure function, whoever made the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.text import quote_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.versions import Version

__all__ = [
    "Choice",
    "Deprecation",
    "asked_for",
    "choose",
    "passed_over",
    "used_nevertheless",
]


class Choice(msgspec.Struct, frozen=True):
    """The versions that may be the baseline, best first, and why these."""

    versions: tuple[Version, ...]
    reason: str
    notes: tuple[str, ...] = ()


class Deprecation(msgspec.Struct, frozen=True):
    """A version that its publisher advises against, with the message, which may be empty."""

    version: Version
    message: str

    def __str__(self) -> str:
        said = f" ({quote_line(self.message)})" if self.message.strip() else ""
        return f"{self.version} is deprecated{said}"


def passed_over(deprecations: Iterable[Deprecation]) -> tuple[str, ...]:
    """Say which versions were not taken because of their deprecation."""
    return tuple(f"{deprecation} and was passed over" for deprecation in deprecations)


def used_nevertheless(deprecation: Deprecation) -> tuple[str, ...]:
    """Say that there was nothing better than a deprecated version."""
    return (f"{deprecation}; it is used nevertheless",)


def asked_for(version: Version) -> Choice:
    """Return the choice of somebody who named a version."""
    return Choice((version,), f"version {version} was asked for")


def choose(candidate: Version, versions: tuple[Version, ...], among: str = "published") -> Choice | None:
    """Choose from versions that are sorted, lowest first; `None` if there are none.

    * The candidate's own version, so that equal sources can be told.
    * Else the highest release below; for a pre-release also an earlier one of the same x.y.z.
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
            [version for version in below if _is_natural(version, candidate)],
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
            return Choice(tuple(reversed(pool)), reason, _notes(pool))
    return None


def _is_natural(version: Version, candidate: Version) -> bool:
    """Return whether clients come from this version to the candidate: a release, or a step before it."""
    if version.is_pre_release:
        return candidate.is_pre_release and version.release == candidate.release
    return True


def _notes(pool: list[Version]) -> tuple[str, ...]:
    releases = [version for version in pool if not version.is_pre_release]
    if not releases or not pool[-1].is_pre_release:
        return ()
    note = f"{pool[-1]} is an earlier pre-release of the same version; the last release is {releases[-1]}"
    return (note,)
