"""What is counted of releases, and in which of the ways that move the headline."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.findings import finding

from semverdiff import verdict
from semverdiff.audit.headline import Choice, Count, headline_of
from semverdiff.audit.model import Cost, Crashed, Entry, Exceeded, Measured, SourceFailure
from semverdiff.audit.rows import READINGS, row_of
from semverdiff.audit.summary import as_json, as_text
from semverdiff.history import Change, Failure, Judgement, Transition
from semverdiff.releases import Archive, Release
from semverdiff.verdict import Evidence
from semverdiff.versions import SEMANTIC, Level

if TYPE_CHECKING:
    from semverdiff.audit.model import Result
    from semverdiff.audit.rows import Row

BREAK = ("function-removed", "major", "proved")
ASSUMED = ("function-removed", "major", "assumed")
UNDECIDED = ("function-removed", "major", "undecided")
ADDITION = ("function-added", "minor", "proved")
OF_PACKAGE = ("package-platform-changed", "major", "proved")
OF_MODULE = ("module-removed", "major", "proved")

_2023 = 1_680_000_000


def judgement(*changes: tuple[str, str, str], unread: int = 0, **known: object) -> Judgement:
    """Return a judgement with changes: their rules, levels and certainties."""
    made = Judgement(
        outcome="",
        declared="minor",
        required="none",
        required_version=None,
        major=0,
        minor=0,
        patch=0,
        undecided=0,
        changes=tuple(Change(*one, module="shop", symbol="total", message="") for one in changes),
        unread=("total",) * unread,
        source_bytes=100,
        is_generated=False,
    )
    return msgspec.structs.replace(made, **known)


def entry(  # noqa: PLR0913 (each a way in which releases differ)
    result: Result | None,
    version: str = "1.1.0",
    before: str | None = "1.0.0",
    package: str = "acme/shop",
    *,
    released: int | None = _2023,
    maintenance: bool = False,
    duplicate_of: str | None = None,
) -> Entry:
    """Return a release, and what became of it."""
    organization, name = package.split("/")
    old = None if before is None else Release(before, "", Archive("/old"), "old")
    new = Release(version, "here", Archive("/new"), "new", released)
    transition = Transition(organization, name, new, old, is_maintenance=maintenance)
    measured = None if result is None else Measured(result, Cost(1.0, 2.0))
    return Entry("there", transition, duplicate_of, measured)


def row(*changes: tuple[str, str, str], version: str = "1.1.0", before: str = "1.0.0") -> Row:
    """Return the row of a judged release."""
    return row_of(entry(judgement(*changes), version, before))


ANSWERS = {
    "a break under a minor version": ((BREAK,), "1.1.0", ("too low",) * 5),
    "a break under a major version": ((BREAK,), "2.0.0", ("high enough",) * 5),
    "a break under a minor version of 0.x": ((BREAK,), "0.2.0", ("high enough",) * 5),
    "a break under a patch of 0.x": ((BREAK,), "0.1.1", ("too low",) * 5),
    "an assumed break": ((ASSUMED,), "1.1.0", (*("too low",) * 3, "undecided", "undecided")),
    "an undecided break": ((UNDECIDED,), "1.1.0", ("undecided",) * 5),
    "an undecided break beside a proved one": ((UNDECIDED, BREAK), "1.1.0", ("too low",) * 5),
    "an undecided break under a major version": ((UNDECIDED,), "2.0.0", ("high enough",) * 5),
    "another platform": (
        (OF_PACKAGE,),
        "1.1.0",
        ("too low", "high enough", "high enough", "too low", "high enough"),
    ),
    "a module less": ((OF_MODULE,), "1.1.0", ("too low", "too low", "high enough", "too low", "high enough")),
    "nothing": ((), "1.0.1", ("high enough",) * 5),
}


@pytest.mark.parametrize(("changes", "version", "answers"), ANSWERS.values(), ids=ANSWERS)
def test_whether_a_version_is_high_enough_depends_on_which_changes_count(
    changes: tuple[tuple[str, str, str], ...], version: str, answers: tuple[str, ...]
) -> None:
    before = "0.1.0" if version.startswith("0.") else "1.0.0"
    found = row(*changes, version=version, before=before)
    assert found.answers == answers
    assert found.breaks == answers
    assert len(READINGS) == len(answers)


def test_an_addition_in_a_patch_is_too_low_and_hides_no_break() -> None:
    found = row(ADDITION, version="1.0.1")
    assert (found.answers[0], found.breaks[0]) == ("too low", "high enough")


def test_what_could_not_be_read_is_undecided_and_not_high_enough() -> None:
    found = row_of(entry(judgement(unread=1)))
    assert set(found.answers) == set(found.breaks) == {"undecided"}


versions = st.tuples(st.sampled_from([0, 1, 2]), st.integers(0, 2), st.integers(0, 2)).map(
    lambda numbers: ".".join(map(str, numbers))
)
previews = st.sampled_from(["", "-rc.1", "-rc.2"])
changes_of = st.lists(
    st.tuples(
        st.sampled_from([Level.PATCH, Level.MINOR, Level.MAJOR]),
        st.sampled_from(["proved", "assumed", "undecided"]),
    ),
    max_size=4,
)


@given(versions, previews, versions, previews, changes_of, st.integers(0, 1))
def test_the_first_answer_is_that_of_the_verdict(  # noqa: PLR0913, PLR0917 (as the verdict depends on)
    old: str,
    old_preview: str,
    new: str,
    new_preview: str,
    changes: list[tuple[Level, str]],
    unread: int,
) -> None:
    before, version = old + old_preview, new + new_preview
    evidence = Evidence(
        scheme=SEMANTIC,
        candidate=version,
        baseline=before,
        findings=[finding(level, certainty) for level, certainty in changes],
        unread=unread,
    )
    words = [("function-removed", level.word, certainty) for level, certainty in changes]
    found = row_of(entry(judgement(*words, unread=unread), version, before))
    outcome = verdict.decide(evidence).outcome
    said = {"under-bumped": "too low", "undecided": "undecided"}.get(outcome.value, "high enough")
    assert found.answers[0] == said


STATES = {
    "first-release": (entry(None, before=None), "", ""),
    "pending": (entry(None), "", ""),
    "duplicate": (entry(None, duplicate_of="here"), "duplicate", "this version counts as one of here"),
    "failed": (entry(Failure("network", "nobody answers")), "network", "nobody answers"),
    "crashed": (entry(Crashed("its process died by SIGSEGV")), "crashed", "its process died by SIGSEGV"),
    "exceeded": (entry(Exceeded("cpu", 5)), "cpu-limit", "it took more than 5 seconds of the processor"),
}


@pytest.mark.parametrize("state", STATES)
def test_what_was_not_judged_has_a_reason_and_no_answer(state: str) -> None:
    found, code, why = STATES[state]
    told = row_of(found)
    assert (told.state, told.code, told.why) == (state, code, why)
    assert told.answers == ()
    assert told.outcome is None


def test_limits_are_told_in_words() -> None:
    assert row_of(entry(Exceeded("time", 9))).why == "it took more than 9 seconds"
    assert row_of(entry(Exceeded("memory", 2**31))).why == "it took more than 2,048 MiB of memory"


ENTRIES = [
    entry(judgement(BREAK), "1.1.0", released=_2023),
    entry(judgement(ADDITION, declared="patch"), "1.1.1", "1.1.0", released=None),
    entry(judgement(BREAK, declared="major"), "2.0.0", "1.1.1"),
    entry(judgement(UNDECIDED), "2.1.0", "2.0.0"),
    entry(judgement(same_sources=True, declared="patch"), "2.1.1", "2.1.0"),
    entry(judgement(BREAK, is_generated=True), "1.2.0", "1.1.1", "other/shop", maintenance=True),
    entry(judgement(OF_PACKAGE), "0.1.1", "0.1.0", "other/till"),
    entry(judgement(ASSUMED), "1.1.0-rc.1", "1.0.0", "other/till"),
    entry(None, before=None),
    entry(None, before=None, package="other/shop"),
    entry(Failure("network", "nobody answers")),
    entry(Failure("network", "nobody answers"), "1.0.9"),
    entry(Crashed("its process died")),
]
HEADLINE = headline_of(
    [row_of(one) for one in ENTRIES], 3, [SourceFailure("nowhere", "wrong-usage", "it is not there")], 7
)


def test_releases_are_counted_by_what_is_known_of_them() -> None:
    assert HEADLINE.found == 13
    assert [(one.name, one.count) for one in HEADLINE.states] == [
        ("judged", 8),
        ("failed", 2),
        ("first-release", 2),
        ("crashed", 1),
    ]
    assert [(one.name, one.count) for one in HEADLINE.reasons] == [("network", 2), ("crashed", 1)]
    assert HEADLINE.releases == Count(8, breaking=4, under_bumped=5, undecided=1)
    assert HEADLINE.packages == Count(3, breaking=3, under_bumped=3, undecided=1)


CHOICES = {
    "as semver check judges": (Count(8, 4, 5, 1), Count(7, 4, 5, 1), Count(7, 4, 5, 1)),
    "without rules about packages": (Count(8, 3, 4, 1), Count(7, 3, 4, 1), Count(7, 3, 4, 1)),
    "nor about modules": (Count(8, 3, 4, 1), Count(7, 3, 4, 1), Count(7, 3, 4, 1)),
    "proved changes only": (Count(8, 3, 4, 2), Count(7, 3, 4, 2), Count(7, 3, 4, 2)),
    "from 1.0.0 on": (Count(7, 3, 4, 1), Count(6, 3, 4, 1), Count(6, 3, 4, 1)),
    "0.x only": (Count(1, 1, 1, 0), Count(1, 1, 1, 0), Count(1, 1, 1, 0)),
    "without pre-releases": (Count(7, 3, 4, 1), Count(6, 3, 4, 1), Count(6, 3, 4, 1)),
    "pre-releases only": (Count(1, 1, 1, 0), Count(1, 1, 1, 0), Count(1, 1, 1, 0)),
    "without maintenance": (Count(7, 3, 4, 1), Count(6, 3, 4, 1), Count(6, 3, 4, 1)),
    "maintenance only": (Count(1, 1, 1, 0), Count(1, 1, 1, 0), Count(1, 1, 1, 0)),
    "hand-written sources only": (Count(7, 3, 4, 1), Count(6, 3, 4, 1), Count(6, 3, 4, 1)),
    "strictest of all of these": (Count(5, 1, 2, 1), Count(4, 1, 2, 1), Count(4, 1, 2, 1)),
}


def test_every_choice_that_moves_the_headline_stands_beside_the_others() -> None:
    assert HEADLINE.choices == tuple(Choice(name, *counts) for name, counts in CHOICES.items())


def test_a_minor_version_of_0_x_promises_nothing_to_clients() -> None:
    rows = [row(BREAK, version="0.2.0", before="0.1.0"), row(version="0.1.1", before="0.1.0")]
    choice = headline_of(rows, 1, [], 0).choices[0]
    assert (choice.all.releases, choice.promising.releases) == (2, 1)


def test_releases_are_counted_by_what_they_have_in_common() -> None:
    def counted(groups: object) -> dict[str, tuple[int, int]]:
        assert isinstance(groups, tuple)
        return {one.name: (one.count.releases, one.count.breaking) for one in groups}

    assert counted(HEADLINE.years) == {"2023": (7, 4), "unknown": (1, 0)}
    assert counted(HEADLINE.declared) == {"major": (1, 0), "minor": (5, 4), "patch": (2, 0)}
    assert counted(HEADLINE.organizations) == {"acme": (5, 1), "other": (3, 3)}
    assert counted(HEADLINE.origins) == {"generated": (1, 1), "hand-written": (7, 3)}
    assert counted(HEADLINE.most_breaking) == {
        "other/till": (2, 2),
        "acme/shop": (5, 1),
        "other/shop": (1, 1),
    }
    # Of a release that announced its break no rule was broken.
    assert [(one.name, one.count) for one in HEADLINE.rules] == [
        ("function-removed", 3),
        ("package-platform-changed", 1),
    ]


def test_the_text_fits_a_terminal_and_says_what_was_not_judged() -> None:
    text = as_text(HEADLINE)
    assert max(map(len, text.splitlines())) <= 110
    assert "1 in 2.0 releases hid a breaking change: 4 of 8 (50.0%)" in text
    assert "undecided: 1 (12.5%)" in text
    assert "  left out by sources: 7" in text
    assert text.endswith("\nsources that could not be read\n  nowhere: it is not there\n")


def test_the_text_counts_the_sources_that_it_does_not_list() -> None:
    failures = [
        SourceFailure(f"source {number}", "wrong-usage", "it is not there") for number in range(1_003)
    ]
    text = as_text(headline_of([], 0, failures, 0))
    listed = text.count(": it is not there")
    assert 0 < listed < len(failures)
    assert text.endswith(f"\n  and {len(failures) - listed:,} more\n")


def test_an_audit_of_nothing_has_a_text() -> None:
    text = as_text(headline_of([], 0, [], 0))
    assert text.startswith("0 releases in 0 sources\n\n0 of 0 releases hid a breaking change: 0 of 0 (-)\n")


def test_the_document_has_all_numbers() -> None:
    document = json.loads(as_json(HEADLINE))
    assert document["schema_version"] == 1
    assert document["releases"] == {"releases": 8, "breaking": 4, "under_bumped": 5, "undecided": 1}
    assert document["failures"] == [{"source": "nowhere", "code": "wrong-usage", "why": "it is not there"}]
