"""The findings of a report as people read them: what breaks, what is open, what is new, what nobody notices.

Under each heading what has one cause and happens often stands together, so that a release that renames two
thousand fields reads like the one decision that it is. The rest stands one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.enums import StrEnum
from semverdiff.reports.causes import CauseKind, causes_of
from semverdiff.reports.outline import is_suppressed
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from semverdiff.reports.causes import Cause
    from semverdiff.rules import Finding

__all__ = ["Group", "Heading", "Section", "count_of", "sections_of"]


class Heading(StrEnum):
    """What the findings of a section are for whoever decides about a version."""

    BREAKING = "breaking changes"
    UNDECIDED = "could not be decided, please review"
    ADDITIONS = "additions"
    PATCHES = "patch-level changes"
    SUPPRESSED = "suppressed, does not count"


_LEAST_LEVELS = {Heading.BREAKING: Level.MAJOR, Heading.ADDITIONS: Level.MINOR}


def count_of(heading: Heading, findings: Iterable[Finding]) -> int:
    """Return how many findings are what a heading says.

    What only follows from these stands below it as well, with its cause, and is none of them.
    """
    least = _LEAST_LEVELS.get(heading, Level.NONE)
    return sum(one.level >= least for one in findings)


class Group(msgspec.Struct, frozen=True):
    """Findings of one cause; the first one is of its level and stands for all."""

    title: str
    level: Level
    findings: tuple[Finding, ...]


class Section(msgspec.Struct, frozen=True):
    """The findings below one heading: groups, the largest first, and the others as they are sorted."""

    heading: Heading
    groups: tuple[Group, ...]
    others: tuple[Finding, ...]

    @property
    def count(self) -> int:
        """The number of findings that are what the heading says."""
        grouped = (count_of(self.heading, group.findings) for group in self.groups)
        return count_of(self.heading, self.others) + sum(grouped)


def sections_of(findings: Sequence[Finding], few: int) -> tuple[Section, ...]:
    """Return the sections that have a finding, in the order in which they are read.

    Up to `few` findings of one rule stand one by one. What else findings have in common, as the package that
    was not read, groups any two.
    """
    groups: dict[Heading, list[Group]] = {}
    others: dict[Heading, list[int]] = {}
    for cause in causes_of(findings):
        heading = _heading(cause)
        if heading is not Heading.PATCHES and len(cause.members) > _alone(cause, findings, few):
            groups.setdefault(heading, []).append(_group(cause, findings))
        else:
            others.setdefault(heading, []).extend(cause.members)
    others[Heading.SUPPRESSED] = [at for at, one in enumerate(findings) if is_suppressed(one)]
    sections = (
        Section(
            heading,
            tuple(groups.get(heading, ())),
            tuple(findings[at] for at in sorted(others.get(heading, ()))),
        )
        for heading in Heading
    )
    return tuple(section for section in sections if section.count)


def _heading(cause: Cause) -> Heading:
    if cause.kind is CauseKind.UNDECIDED:
        return Heading.UNDECIDED
    if cause.level is Level.MAJOR:
        return Heading.BREAKING
    return Heading.ADDITIONS if cause.level is Level.MINOR else Heading.PATCHES


def _alone(cause: Cause, findings: Sequence[Finding], few: int) -> int:
    """Return how many findings of a cause stand one by one."""
    is_rule = cause.kind is CauseKind.RULE
    # What of one package was not read is made known by one command: its findings say the same.
    is_open = cause.kind is CauseKind.UNDECIDED and findings[cause.members[0]].dependency is None
    return few if is_rule or is_open else 1


def _group(cause: Cause, findings: Sequence[Finding]) -> Group:
    members = sorted((findings[at] for at in cause.members), key=lambda one: -one.level)
    return Group(cause.title, cause.level, tuple(members))
