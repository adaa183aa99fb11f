"""How findings are put under headings, and when those of one cause stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from reports.strategies import findings as any_findings
from reports.strategies import law
from support.findings import finding

from semverdiff.changes import DependencyVersions
from semverdiff.reports.sections import Heading, sections_of
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.rules import Finding

RAISED = DependencyVersions("acme/money", "1.0.0", "1.1.0")


def _many(level: Level, count: int, certainty: str = "proved") -> list[Finding]:
    return [replace(finding(level, certainty), symbol=f"f{number}") for number in range(count)]


def test_what_breaks_is_read_first_then_what_is_open_then_what_is_new_then_the_rest() -> None:
    findings = [
        finding(Level.MAJOR, suppressed=True),
        finding(Level.PATCH),
        finding(Level.MINOR),
        finding(Level.MAJOR, "undecided"),
        finding(Level.MAJOR),
    ]
    assert [(one.heading, one.count) for one in sections_of(findings, 5)] == [
        (Heading.BREAKING, 1),
        (Heading.UNDECIDED, 1),
        (Heading.ADDITIONS, 1),
        (Heading.PATCHES, 1),
        (Heading.SUPPRESSED, 1),
    ]


def test_few_findings_of_one_rule_stand_one_by_one_and_many_together() -> None:
    for certainty in ("proved", "undecided"):
        (few,) = sections_of(_many(Level.MAJOR, 3, certainty), 3)
        assert (few.groups, few.count) == ((), 3)
        (many,) = sections_of(_many(Level.MAJOR, 4, certainty), 3)
        assert ([len(group.findings) for group in many.groups], many.others) == ([4], ())


def test_what_one_unread_package_leaves_open_stands_together() -> None:
    unread = [replace(one, dependency=RAISED) for one in _many(Level.MAJOR, 2, "undecided")]
    (both,) = sections_of(unread, 5)
    assert both.heading is Heading.UNDECIDED
    assert [group.title for group in both.groups] == [
        "Something that comes from acme/money, 1.0.0 -> 1.1.0 could not be decided"
    ]


def test_two_findings_with_more_in_common_than_their_rule_stand_together_and_one_alone() -> None:
    raised = [replace(one, dependency=RAISED) for one in _many(Level.MINOR, 2)]
    (both,) = sections_of(raised, 5)
    assert [group.title for group in both.groups] == [
        "Something changed that comes from acme/money, 1.0.0 -> 1.1.0"
    ]
    (alone,) = sections_of(raised[:1], 5)
    assert (alone.groups, alone.others) == ((), tuple(raised[:1]))


def test_patches_are_never_grouped_since_they_are_counted() -> None:
    (section,) = sections_of(_many(Level.PATCH, 9), 3)
    assert (section.heading, section.groups, section.count) == (Heading.PATCHES, (), 9)


def test_the_first_of_a_group_is_of_its_level() -> None:
    raised = [replace(finding(level), dependency=RAISED) for level in (Level.PATCH, Level.MAJOR)]
    (section,) = sections_of(raised, 5)
    (group,) = section.groups
    assert (section.heading, group.level, group.findings[0].level) == (
        Heading.BREAKING, Level.MAJOR, Level.MAJOR,
    )  # fmt: skip


def test_a_heading_counts_what_it_says_and_not_what_only_comes_with_that() -> None:
    for level, lower in ((Level.MAJOR, Level.MINOR), (Level.MINOR, Level.PATCH)):
        raised = [replace(finding(one), dependency=RAISED) for one in (level, lower, level)]
        (section,) = sections_of([*raised, finding(level)], 5)
        assert (len(section.groups[0].findings), len(section.others), section.count) == (3, 1, 3)


@law
@given(st.lists(any_findings, max_size=12), st.integers(1, 5))
def test_every_finding_stands_in_exactly_one_place(findings: list[Finding], few: int) -> None:
    shown = [
        one
        for section in sections_of(findings, few)
        for part in (*(group.findings for group in section.groups), section.others)
        for one in part
    ]
    assert sorted(map(repr, shown)) == sorted(map(repr, findings))
