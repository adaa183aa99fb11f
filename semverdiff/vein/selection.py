"""Which version of a shard is the baseline? Those that may be, best first, and the first that serves."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from semverdiff import limits
from semverdiff.baselines import Baseline
from semverdiff.vein.versions import parse_nuget_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Final

    from semverdiff.artifact import Artifact
    from semverdiff.vein.versions import NugetVersion

__all__ = ["Choice", "NoneServesError", "Trial", "Wanted", "choices", "first_that_serves", "sorted_versions"]

_SAID: Final = 5  # of the versions that do not serve, in an error


class Wanted(NamedTuple):
    """A shard to look for: the candidate's `own` version, and the one that was asked for, if any."""

    name: str
    own: NugetVersion
    version: NugetVersion | None

    def __str__(self) -> str:
        return self.name if self.version is None else f"{self.name} {self.version}"


class Choice(NamedTuple):
    """A version that may be the baseline, and why it would be this one.

    `serves_unlisted` says that it is meant even if it is not listed.
    """

    version: NugetVersion
    reason: str
    serves_unlisted: bool = False


class Trial(NamedTuple):
    """What came of looking for a version: a package with notes, or why there is none."""

    package: Artifact | None
    notes: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()


class NoneServesError(Exception):
    """No version can be compared with; the text is empty, or says why in parentheses."""


def first_that_serves(choices: Iterable[Choice], look_for: Callable[[Choice], Trial]) -> Baseline:
    """Return the first of versions that serves, and tell of those that were passed over."""
    passed: list[str] = []
    for choice in islice(choices, limits.PASSED_VERSIONS):
        trial = look_for(choice)
        passed += trial.refusals
        if trial.package is not None:
            over = tuple(f"{refusal}; it was passed over" for refusal in passed)
            return Baseline(trial.package, choice.reason, notes=(*over, *trial.notes))
    more = f"; and {len(passed) - _SAID} more" if len(passed) > _SAID else ""
    raise NoneServesError(f" ({'; '.join(passed[:_SAID])}{more})" if passed else "")


def choices(wanted: Wanted, versions: Sequence[NugetVersion], among: str) -> Iterator[Choice]:
    """Yield the versions that may be the baseline, best first, out of sorted ones.

    * The one that was asked for, and no other.
    * Else the candidate's own version, so that equal shards are noticed.
    * Then releases below, the highest first, for a pre-release as well: clients come to it from the last one.
    * Then pre-releases below, for a release only if there is no other: better an early version than none.
    * If nothing is below, the newest: the verdict will call that a downgrade.

    `among` is the word for these versions in the reason.
    """
    asked, own = wanted.version, wanted.own
    if asked is not None:
        yield Choice(asked, f"version {asked} was asked for", serves_unlisted=True)
        return
    if own in versions:
        yield Choice(own, f"version {own} itself is already {among}", serves_unlisted=True)
    newest_first = tuple(reversed(versions))
    below = [one for one in newest_first if one < own]
    releases = [one for one in below if not one.label]
    for one in releases:
        yield Choice(one, f"highest {among} version not above {own}")
    if own.label or not releases:
        lack = "usable release" if releases else "release"
        for one in below:
            if one.label:
                yield Choice(one, f"highest {among} pre-release not above {own}, as no {lack} is")
    if not below and own not in versions:
        for one in sorted(newest_first, key=lambda one: bool(one.label)):
            kind = "pre-release" if one.label else "version"
            yield Choice(one, f"newest {among} {kind}, as all are above {own}")


def sorted_versions(texts: Iterable[str]) -> tuple[tuple[NugetVersion, ...], tuple[str, ...]]:
    """Return versions, lowest first and without repetitions, and the texts that cannot be read as one."""
    readable: set[NugetVersion] = set()
    unreadable: list[str] = []
    for text in sorted(set(texts)):
        try:
            readable.add(parse_nuget_version(text))
        except ValueError:
            unreadable.append(text)
    return tuple(sorted(readable)), tuple(unreadable)
