"""What an audit found, in numbers: how many releases said less than they changed, counted in every way."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import __version__
from semverdiff.audit.model import SourceFailure  # noqa: TC001 (type of a field)
from semverdiff.audit.rows import READINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from semverdiff.audit.rows import Row

__all__ = ["Choice", "Count", "Group", "Headline", "Tally", "headline_of"]

_BREAKS_LISTED: Final = 20
"""Packages and rules with the most breaks: tables hold all of them."""


class Count(msgspec.Struct, frozen=True):
    """How many of some releases are what.

    A version that promises no break hides those that are `breaking`; those are among the ones whose version
    is too low for their changes, which are `under_bumped`. Of those that are `undecided` nobody can tell.
    """

    releases: int = 0
    breaking: int = 0
    under_bumped: int = 0
    undecided: int = 0


class Choice(msgspec.Struct, frozen=True):
    """A choice that moves the headline, by three denominators.

    Those are all releases, those whose version promises no break, and those whose sources changed at all.
    """

    name: str
    all: Count
    promising: Count
    changed: Count


class Group(msgspec.Struct, frozen=True):
    """Releases that have something in common."""

    name: str
    count: Count


class Tally(msgspec.Struct, frozen=True):
    """How often something was met."""

    name: str
    count: int


class Headline(msgspec.Struct, frozen=True):
    """An audit in numbers. `packages` counts packages instead of releases, with those that have any such one.

    `states` says what is known of the releases that were found, `reasons` why some were not judged.
    `rules` are the rules that hidden breaks are of, by the releases that have some.
    """

    tool: str
    sources: int
    failures: tuple[SourceFailure, ...]
    found: int
    states: tuple[Tally, ...]
    releases: Count
    packages: Count
    choices: tuple[Choice, ...]
    years: tuple[Group, ...]
    declared: tuple[Group, ...]
    organizations: tuple[Group, ...]
    origins: tuple[Group, ...]
    most_breaking: tuple[Group, ...]
    rules: tuple[Tally, ...]
    reasons: tuple[Tally, ...]
    omissions: int


def headline_of(
    rows: Sequence[Row], sources: int, failures: Iterable[SourceFailure], omissions: int
) -> Headline:
    """Return the numbers of an audit."""
    judged = [row for row in rows if row.state == "judged"]
    by_package = _groups(judged, lambda row: row.package)
    most_breaking = sorted(by_package, key=lambda one: (-one.count.breaking, one.name))
    broken = Counter(rule for row in judged if row.breaks[0] == "too low" for rule in row.rules)
    return Headline(
        tool=f"semverdiff {__version__}",
        sources=sources,
        failures=tuple(failures),
        found=len(rows),
        states=_tallies(Counter(row.state for row in rows)),
        releases=_count(judged),
        packages=_packages(by_package),
        choices=tuple(_choices(judged)),
        years=_groups(judged, lambda row: "unknown" if row.year is None else str(row.year)),
        declared=_groups(judged, lambda row: row.declared or ""),
        organizations=_groups(judged, lambda row: row.organization),
        origins=_groups(judged, lambda row: "generated" if row.is_generated else "hand-written"),
        most_breaking=tuple(one for one in most_breaking[:_BREAKS_LISTED] if one.count.breaking),
        rules=_tallies(broken)[:_BREAKS_LISTED],
        reasons=_tallies(Counter(row.code for row in rows if row.code)),
        omissions=omissions,
    )


def _choices(judged: Sequence[Row]) -> Iterable[Choice]:
    """Yield each choice beside what `semver check` would have said, and all strict ones together."""
    standard, no_packages, no_modules, proved, strict = range(len(READINGS))
    yield _choice("as semver check judges", judged, standard)
    yield _choice("without rules about packages", judged, no_packages)
    yield _choice("nor about modules", judged, no_modules)
    yield _choice("proved changes only", judged, proved)
    parts: list[tuple[str, Callable[[Row], bool | None]]] = [
        ("from 1.0.0 on", lambda row: not row.is_initial),
        ("0.x only", lambda row: row.is_initial),
        ("without pre-releases", lambda row: not row.is_pre_release),
        ("pre-releases only", lambda row: row.is_pre_release),
        ("without maintenance", lambda row: not row.is_maintenance),
        ("maintenance only", lambda row: row.is_maintenance),
        ("hand-written sources only", lambda row: not row.is_generated),
    ]
    for name, belongs in parts:
        yield _choice(name, [row for row in judged if belongs(row)], standard)
    strictest = [
        row
        for row in judged
        if not (row.is_initial or row.is_pre_release or row.is_maintenance or row.is_generated)
    ]
    yield _choice("strictest of all of these", strictest, strict)


def _choice(name: str, rows: Sequence[Row], reading: int) -> Choice:
    return Choice(
        name=name,
        all=_count(rows, reading),
        promising=_count([row for row in rows if not row.allows_breaks], reading),
        changed=_count([row for row in rows if not row.same_sources], reading),
    )


def _count(rows: Sequence[Row], reading: int = 0) -> Count:
    return Count(
        releases=len(rows),
        breaking=sum(row.breaks[reading] == "too low" for row in rows),
        under_bumped=sum(row.answers[reading] == "too low" for row in rows),
        undecided=sum(row.answers[reading] == "undecided" for row in rows),
    )


def _groups(rows: Iterable[Row], name_of: Callable[[Row], str]) -> tuple[Group, ...]:
    """Return rows by name, sorted by it."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[name_of(row)].append(row)
    return tuple(Group(name, _count(found[name])) for name in sorted(found))


def _packages(groups: Sequence[Group]) -> Count:
    return Count(
        releases=len(groups),
        breaking=sum(one.count.breaking > 0 for one in groups),
        under_bumped=sum(one.count.under_bumped > 0 for one in groups),
        undecided=sum(one.count.undecided > 0 for one in groups),
    )


def _tallies(counter: Counter[str]) -> tuple[Tally, ...]:
    """Return what was counted, the most first."""
    return tuple(Tally(*one) for one in sorted(counter.items(), key=lambda one: (-one[1], one[0])))
