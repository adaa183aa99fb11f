"""The version policy as a table: what was published, what is declared, what changed, what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from msgspec.structs import replace
from support.findings import finding

from semverdiff.verdict import Counts, Declared, Evidence, Gate, Outcome, Tone, decide
from semverdiff.versions import SEMANTIC, Level

if TYPE_CHECKING:
    from semverdiff.config import FailOn
    from semverdiff.rules import Finding
    from semverdiff.versions import Version

BREAKING, ADDITION, PATCH = Level.MAJOR, Level.MINOR, Level.PATCH


class Row(NamedTuple):
    name: str
    baseline: str
    candidate: str
    changes: tuple[Level, ...]
    outcome: Outcome
    declared: Declared
    required: Level
    version: str
    published: tuple[str, ...] = ()


PASSED, LOW = Outcome.PASSED, Outcome.UNDER_BUMPED
D = Declared

ROWS = [
    Row("breaking in a patch", "1.4.0", "1.4.1", (BREAKING,), LOW, D.PATCH, Level.MAJOR, "2.0.0"),
    Row("breaking in a minor", "1.4.0", "1.5.0", (BREAKING,), LOW, D.MINOR, Level.MAJOR, "2.0.0"),
    Row("breaking in a major", "1.4.0", "2.0.0", (BREAKING,), PASSED, D.MAJOR, Level.MAJOR, "2.0.0"),
    Row("breaking, major skipped", "1.4.0", "3.0.0", (BREAKING,), PASSED, D.MAJOR, Level.MAJOR, "2.0.0"),
    Row("addition in a patch", "1.4.0", "1.4.1", (ADDITION,), LOW, D.PATCH, Level.MINOR, "1.5.0"),
    Row("addition in a minor", "1.4.0", "1.5.0", (ADDITION,), PASSED, D.MINOR, Level.MINOR, "1.5.0"),
    Row("addition in a later minor", "1.4.0", "1.7.2", (ADDITION,), PASSED, D.MINOR, Level.MINOR, "1.5.0"),
    Row("addition in a major", "1.4.0", "2.0.0", (ADDITION,), PASSED, D.MAJOR, Level.MINOR, "1.5.0"),
    Row("patch in a patch", "1.4.0", "1.4.1", (PATCH,), PASSED, D.PATCH, Level.PATCH, "1.4.1"),
    Row("patch in a minor", "1.4.0", "1.5.0", (PATCH,), PASSED, D.MINOR, Level.PATCH, "1.4.1"),
    Row("patch without a new version", "1.4.0", "1.4.0", (PATCH,), LOW, D.NONE, Level.PATCH, "1.4.1"),
    Row("nothing in a patch", "1.4.0", "1.4.1", (), PASSED, D.PATCH, Level.NONE, "1.4.1"),
    Row("nothing without a new version", "1.4.0", "1.4.0", (), PASSED, D.NONE, Level.NONE, "1.4.1"),
    Row(
        "the highest level decides",
        "1.4.3",
        "1.5.0",
        (PATCH, ADDITION, BREAKING),
        LOW,
        D.MINOR,
        Level.MAJOR,
        "2.0.0",
    ),
    Row("0.y.z: breaking in a patch", "0.3.1", "0.3.2", (BREAKING,), LOW, D.PATCH, Level.MINOR, "0.4.0"),
    Row("0.y.z: breaking in a minor", "0.3.1", "0.4.0", (BREAKING,), PASSED, D.MINOR, Level.MINOR, "0.4.0"),
    Row("0.y.z: addition in a patch", "0.3.1", "0.3.2", (ADDITION,), PASSED, D.PATCH, Level.PATCH, "0.3.2"),
    Row("0.y.z: patch without a new version", "0.3.1", "0.3.1", (PATCH,), LOW, D.NONE, Level.PATCH, "0.3.2"),
    Row("0.y.z to 1.0.0", "0.9.0", "1.0.0", (BREAKING,), PASSED, D.MAJOR, Level.MINOR, "0.10.0"),
    Row("pre-release high enough", "1.4.0", "2.0.0-rc.1", (BREAKING,), PASSED, D.MAJOR, Level.MAJOR, "2.0.0"),
    Row("pre-release too low", "1.4.0", "1.5.0-rc.1", (BREAKING,), LOW, D.MINOR, Level.MAJOR, "2.0.0"),
    Row(
        "later pre-release of one version",
        "2.0.0-rc.1",
        "2.0.0-rc.2",
        (BREAKING,),
        PASSED,
        D.PRERELEASE,
        Level.MAJOR,
        "2.0.0",
    ),
    Row(
        "the release after its pre-release",
        "2.0.0-rc.1",
        "2.0.0",
        (BREAKING,),
        PASSED,
        D.PRERELEASE,
        Level.MAJOR,
        "2.0.0",
    ),
    Row("lower than the baseline", "1.4.0", "1.3.9", (), LOW, D.DOWNGRADE, Level.NONE, "1.4.1"),
    Row("pre-release of the baseline", "1.4.0", "1.4.0-rc.1", (), LOW, D.DOWNGRADE, Level.NONE, "1.4.1"),
    Row(
        "maintenance, room left",
        "1.4.0",
        "1.4.1",
        (PATCH,),
        PASSED,
        D.PATCH,
        Level.PATCH,
        "1.4.1",
        ("1.4.0", "2.0.0"),
    ),
    Row(
        "maintenance, number taken",
        "1.4.0",
        "1.4.1",
        (ADDITION,),
        LOW,
        D.PATCH,
        Level.MINOR,
        "1.6.0",
        ("1.4.0", "1.5.0"),
    ),
    Row(
        "next major taken",
        "1.4.0",
        "1.4.1",
        (BREAKING,),
        LOW,
        D.PATCH,
        Level.MAJOR,
        "3.0.0",
        ("1.4.0", "2.0.0"),
    ),
    Row(
        "a taken pre-release takes no release",
        "1.4.0",
        "1.5.0",
        (ADDITION,),
        PASSED,
        D.MINOR,
        Level.MINOR,
        "1.5.0",
        ("1.5.0-rc.1",),
    ),
    Row(
        "an unreadable published version",
        "1.4.0",
        "1.5.0",
        (ADDITION,),
        PASSED,
        D.MINOR,
        Level.MINOR,
        "1.5.0",
        ("x.y",),
    ),
    Row("build metadata is no step", "1.4.0", "1.4.0+b2", (PATCH,), LOW, D.NONE, Level.PATCH, "1.4.1"),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_version_policy(row: Row) -> None:
    findings = tuple(finding(level) for level in row.changes)
    verdict = decide(Evidence(SEMANTIC, row.candidate, row.baseline, findings, row.published))
    assert (verdict.outcome, verdict.declared_bump, verdict.required_bump, verdict.required_version) == (
        row.outcome,
        row.declared,
        row.required,
        row.version,
    )


def test_without_a_baseline_it_is_a_first_release() -> None:
    verdict = decide(Evidence(SEMANTIC, "0.1.0", None))
    assert verdict.outcome is Outcome.FIRST_RELEASE
    assert verdict.required_version is None


@pytest.mark.parametrize(
    ("fail_on", "gates", "doubt", "outcome"),
    [
        ("under-bumped", (), "the tag v1 has version 1.0.0", Outcome.UNDECIDED),
        ("never", (), "the tag v1 has version 1.0.0", Outcome.FIRST_RELEASE),
        ("under-bumped", (Gate("name", passed=False, why="it had another"),), None, Outcome.GATE_FAILED),
        ("under-bumped", (Gate("name", passed=False, why="it had another"),), "a tag", Outcome.GATE_FAILED),
        ("under-bumped", (Gate("name", passed=True, why="it had none"),), None, Outcome.FIRST_RELEASE),
        ("never", (Gate("name", passed=False, why="it had another"),), None, Outcome.FIRST_RELEASE),
    ],
)
def test_a_first_release_has_to_be_one(
    fail_on: FailOn, gates: tuple[Gate, ...], doubt: str | None, outcome: Outcome
) -> None:
    verdict = decide(Evidence(SEMANTIC, "0.2.0", None, fail_on=fail_on, gates=gates, doubt=doubt))
    assert (verdict.outcome, verdict.gates) == (outcome, gates)
    if outcome is Outcome.UNDECIDED:
        assert "but the tag v1 has version 1.0.0; if nothing was ever published" in verdict.summary


@pytest.mark.parametrize(
    ("start", "candidate", "published", "fails"),
    [
        ("2.1.0", "1.3.1", ("1.3.0", "2.0.0", "2.0.1"), "2.0.1"),
        ("2.0.0", "1.3.1", ("1.3.0", "2.0.0"), "2.0.0"),
        ("2.0.0", "1.3.1", ("1.3.0", "2.0.1"), None),
        ("2.0.0", "1.3.1", ("1.3.0", "not a version"), None),
        ("1.3.0", "1.3.1", ("1.3.0", "2.0.0"), None),
        ("2.0.0", "2.0.0", ("1.3.0", "2.0.0"), None),
        (None, "1.3.1", ("1.3.0", "2.0.0"), None),
        ("not a version", "1.3.1", ("1.3.0", "2.0.0"), None),
    ],
)
def test_a_change_set_does_not_step_below_a_published_version(
    start: str | None, candidate: str, published: tuple[str, ...], fails: str | None
) -> None:
    verdict = decide(Evidence(SEMANTIC, candidate, "1.3.0", published=published, start=start))
    lowered = [gate.why for gate in verdict.gates if gate.name == "lowered version"]
    assert lowered == (
        []
        if fails is None
        else [f"{candidate} is lower than {start}, and now also than the published {fails}"]
    )
    assert (verdict.outcome is Outcome.GATE_FAILED) is (fails is not None)


def test_zero_versions_can_be_held_to_the_rules_of_stable_ones() -> None:
    evidence = Evidence(SEMANTIC, "0.4.0", "0.3.1", (finding(BREAKING),), initial_is_unstable=False)
    verdict = decide(evidence)
    assert verdict.outcome is Outcome.UNDER_BUMPED
    assert verdict.required_version == "1.0.0"


def test_a_published_version_cannot_be_published_again() -> None:
    evidence = Evidence(
        SEMANTIC, "1.4.0", "1.4.0", (finding(PATCH),), ("1.4.0",), candidate_is_published=True
    )
    verdict = decide(evidence)
    assert verdict.outcome is Outcome.ALREADY_PUBLISHED
    assert "the next free version is 1.4.1" in verdict.summary


def test_the_published_package_itself_passes() -> None:
    evidence = Evidence(
        SEMANTIC, "1.4.0", "1.4.0", (), ("1.4.0",), candidate_is_published=True, same_sources=True
    )
    verdict = decide(evidence)
    assert verdict.outcome is Outcome.PASSED
    assert any("nothing to release" in note for note in verdict.notes)


def test_an_equal_api_with_other_sources_is_still_published_already() -> None:
    evidence = Evidence(SEMANTIC, "1.4.0", "1.4.0", (), ("1.4.0",), candidate_is_published=True)
    assert decide(evidence).outcome is Outcome.ALREADY_PUBLISHED


def test_undecided_findings_that_alone_make_the_version_too_low_leave_the_outcome_open() -> None:
    findings = (finding(ADDITION), finding(BREAKING, certainty="undecided"))
    verdict = decide(Evidence(SEMANTIC, "1.5.0", "1.4.0", findings))
    assert verdict.outcome is Outcome.UNDECIDED
    assert verdict.summary == "1.5.0 may be too low: 1 change could not be decided"


def test_decided_findings_that_are_too_much_outweigh_undecided_ones() -> None:
    findings = (finding(BREAKING), finding(BREAKING, certainty="undecided"))
    assert decide(Evidence(SEMANTIC, "1.5.0", "1.4.0", findings)).outcome is Outcome.UNDER_BUMPED


def test_assumed_findings_count_as_decided() -> None:
    findings = (finding(BREAKING, certainty="assumed"),)
    assert decide(Evidence(SEMANTIC, "1.5.0", "1.4.0", findings)).outcome is Outcome.UNDER_BUMPED


def test_what_could_not_be_read_is_never_compatible() -> None:
    assert decide(Evidence(SEMANTIC, "1.5.0", "1.4.0", unread=1)).outcome is Outcome.UNDECIDED


def test_a_suppressed_finding_is_counted_apart_and_requires_nothing() -> None:
    verdict = decide(Evidence(SEMANTIC, "1.4.1", "1.4.0", (finding(BREAKING, suppressed=True),)))
    assert verdict.outcome is Outcome.PASSED
    assert (verdict.counts.major, verdict.counts.suppressed) == (0, 1)


@pytest.mark.parametrize(
    ("fail_on", "changes", "outcome"),
    [
        ("major", (BREAKING,), Outcome.GATE_FAILED),
        ("major", (ADDITION,), PASSED),
        ("minor", (ADDITION,), Outcome.GATE_FAILED),
        ("patch", (PATCH,), Outcome.GATE_FAILED),
        ("patch", (), PASSED),
        ("under-bumped", (BREAKING,), PASSED),
    ],
)
def test_a_gate_on_a_level_fails_whatever_the_version(
    fail_on: FailOn, changes: tuple[Level, ...], outcome: Outcome
) -> None:
    findings = tuple(finding(level) for level in changes)
    assert decide(Evidence(SEMANTIC, "9.0.0", "1.4.0", findings, fail_on=fail_on)).outcome is outcome


_TAKEN = "1.4.0 is already published, and versions are permanent: the next free version is"
_LATER = "2.0.0-rc.2 comes after 2.0.0-rc.1, a pre-release of the same version"
_LOWER = "1.3.0 is lower than the published 1.4.0"
_UNREAD = "1 declaration of the baseline could not be read"
_OPEN = f"1 change could not be decided, {_UNREAD}"
_DOUBTED = (
    "1.5.0 may be no first release (not enforced): no published version is visible, but a tag has one; "
    "if nothing was ever published, say so with --baseline none"
)
LOW_BY_BREAK, OPEN_CHANGE = finding(BREAKING), finding(BREAKING, certainty="undecided")


@pytest.mark.parametrize(
    ("evidence", "summary"),
    [
        (
            Evidence(SEMANTIC, "1.4.1", "1.4.0", (LOW_BY_BREAK,)),
            "1.4.1 is too low (not enforced): 2.0.0 is required by 1 breaking change",
        ),
        (
            Evidence(SEMANTIC, "1.4.1", "1.4.0", (OPEN_CHANGE,)),
            "1.4.1 may be too low (not enforced): 1 change could not be decided",
        ),
        (
            Evidence(SEMANTIC, "1.3.0", "1.4.0"),
            f"{_LOWER} (not enforced): 1.4.1 is the next version",
        ),
        (
            Evidence(SEMANTIC, "1.4.0", "1.4.0", candidate_is_published=True),
            f"{_TAKEN.replace('published,', 'published (not enforced),')} 1.4.1",
        ),
        (
            Evidence(SEMANTIC, "1.5.0", "1.4.0", gates=(Gate("name", passed=False, why="it had another"),)),
            "1.5.0 does not pass the gate 'name' (not enforced): it had another",
        ),
        (
            Evidence(SEMANTIC, "1.5.0", None, gates=(Gate("name", passed=False, why="it had another"),)),
            "1.5.0 does not pass the gate 'name' (not enforced): it had another",
        ),
        (
            Evidence(SEMANTIC, "1.5.0", None, doubt="a tag has one"),
            _DOUBTED,
        ),
    ],
    ids=lambda value: "" if isinstance(value, str) else value.candidate,
)
def test_what_is_not_enforced_passes_with_a_warning_that_says_so(
    evidence: Evidence[Version], summary: str
) -> None:
    verdict = decide(replace(evidence, fail_on="never"))
    assert verdict.outcome in {Outcome.PASSED, Outcome.FIRST_RELEASE}
    assert (verdict.tone, verdict.summary) == (Tone.WARNING, summary)
    enforced = decide(evidence)
    assert enforced.tone in {Tone.BAD, Tone.OPEN}
    assert enforced.summary == summary.replace(" (not enforced)", "")


SENTENCES = [
    ("1.4.0", "1.4.1", (BREAKING,) * 3, "1.4.1 is too low: 2.0.0 is required by 3 breaking changes"),
    ("1.4.0", "1.4.1", (BREAKING,), "1.4.1 is too low: 2.0.0 is required by 1 breaking change"),
    ("1.4.0", "1.4.1", (ADDITION,) * 2, "1.4.1 is too low: 1.5.0 is required by 2 additions"),
    (
        "1.4.0",
        "1.5.0-rc.2",
        (BREAKING,),
        "1.5.0-rc.2 is too low: 2.0.0-rc.1 is required by 1 breaking change",
    ),
    ("1.4.0", "1.5.0", (ADDITION, PATCH), "1.5.0 is right: 1 addition needs a minor version"),
    ("1.4.0", "2.0.0", (BREAKING,) * 2, "2.0.0 is right: 2 breaking changes need a major version"),
    (
        "1.4.0",
        "2.0.0-rc.2",
        (BREAKING,),
        "2.0.0-rc.2 is right, on the way to 2.0.0: 1 breaking change needs a major version",
    ),
    ("1.4.0", "1.7.2", (ADDITION,), "1.7.2 is high enough: 1 addition needs a minor version"),
    ("1.4.0", "1.5.3-rc.1", (ADDITION,), "1.5.3-rc.1 is high enough: 1 addition needs a minor version"),
    (
        "1.4.0",
        "2.0.0",
        (ADDITION,),
        "2.0.0 is higher than needed, 1.5.0 would do: 1 addition needs a minor version",
    ),
    ("1.4.0", "1.5.0", (), "1.5.0 is higher than needed, 1.4.1 would do: nothing differs from 1.4.0"),
    ("1.4.0", "1.4.1", (), "1.4.1 is right: nothing differs from 1.4.0"),
    ("1.4.0", "1.4.0", (), "1.4.0 is high enough: nothing differs from 1.4.0"),
    (
        "0.3.1",
        "0.4.0",
        (BREAKING,),
        "0.4.0 is right: 1 breaking change needs a minor version (initial development: one step less)",
    ),
    (
        "0.3.1",
        "0.3.2",
        (BREAKING,),
        "0.3.2 is too low: 0.4.0 is required by 1 breaking change (initial development: one step less)",
    ),
    ("0.3.1", "0.3.2", (PATCH,), "0.3.2 is right: 1 change needs a patch version"),
    (
        "2.0.0-rc.1",
        "2.0.0-rc.2",
        (BREAKING,),
        f"{_LATER}: 1 breaking change",
    ),
    (
        "2.0.0-rc.1",
        "2.0.0-rc.2",
        (),
        f"{_LATER}: nothing differs from 2.0.0-rc.1",
    ),
    ("2.0.0-rc.1", "2.0.1", (PATCH,) * 2, "2.0.1 is high enough: 2 changes need a patch version"),
]


@pytest.mark.parametrize(("baseline", "candidate", "changes", "summary"), SENTENCES)
def test_one_sentence_says_whether_the_version_is_right(
    baseline: str, candidate: str, changes: tuple[Level, ...], summary: str
) -> None:
    verdict = decide(Evidence(SEMANTIC, candidate, baseline, tuple(map(finding, changes))))
    assert verdict.summary == summary
    assert verdict.tone is (Tone.GOOD if verdict.outcome is Outcome.PASSED else Tone.BAD)


@pytest.mark.parametrize(
    ("findings", "unread", "summary"),
    [
        ((finding(BREAKING),), 0, "requires major: 2.0.0 or later, for 1 breaking change"),
        ((finding(ADDITION),) * 2, 0, "requires minor: 1.5.0 or later, for 2 additions"),
        ((), 0, "nothing differs from 1.4.0"),
        ((), 2, "nothing differs from 1.4.0; 2 declarations of the baseline could not be read"),
        (
            (finding(BREAKING, suppressed=True),),
            0,
            "nothing that counts differs from 1.4.0; 1 breaking change is suppressed",
        ),
        (
            (finding(PATCH), finding(BREAKING, certainty="undecided")),
            1,
            f"requires major: 2.0.0 or later, for 1 breaking change, which could not be decided; {_UNREAD}",
        ),
    ],
)
def test_two_packages_that_are_only_compared_have_no_wrong_version(
    findings: tuple[Finding, ...], unread: int, summary: str
) -> None:
    evidence = Evidence(SEMANTIC, "1.4.0", "1.4.0", findings, unread=unread, fail_on="never", is_judged=False)
    verdict = decide(evidence)
    assert (verdict.outcome, verdict.tone, verdict.gates) == (Outcome.PASSED, Tone.NEUTRAL, ())
    assert verdict.summary == summary


@pytest.mark.parametrize(
    ("suppressed", "summary"),
    [
        ((BREAKING,) * 3, "1.4.1 is high enough: 3 breaking changes are suppressed"),
        ((BREAKING, ADDITION), "1.4.1 is high enough: 1 breaking change is suppressed"),
        ((ADDITION,), "1.4.1 is high enough: 1 addition is suppressed"),
    ],
)
def test_a_version_that_only_suppressions_make_high_enough_passes_with_a_warning(
    suppressed: tuple[Level, ...], summary: str
) -> None:
    findings = (finding(PATCH), *(finding(level, suppressed=True) for level in suppressed))
    verdict = decide(Evidence(SEMANTIC, "1.4.1", "1.4.0", findings))
    assert (verdict.outcome, verdict.tone, verdict.summary) == (PASSED, Tone.WARNING, summary)


@pytest.mark.parametrize(
    ("candidate", "suppressed"), [("2.0.0", BREAKING), ("1.5.0", ADDITION), ("1.4.1", PATCH)]
)
def test_suppressions_that_the_version_does_not_need_are_no_warning(
    candidate: str, suppressed: Level
) -> None:
    findings = (finding(PATCH), finding(suppressed, suppressed=True))
    assert decide(Evidence(SEMANTIC, candidate, "1.4.0", findings)).tone is Tone.GOOD


def test_without_a_baseline_that_nobody_wanted_nothing_is_called_a_first_release() -> None:
    evidence = Evidence(SEMANTIC, "1.0.0", None, is_baseline_wanted=False, absence="no baseline was wanted")
    verdict = decide(evidence)
    assert (verdict.outcome, verdict.tone) == (Outcome.FIRST_RELEASE, Tone.NEUTRAL)
    assert verdict.summary == "1.0.0 is not compared with anything: no baseline was wanted"


@pytest.mark.parametrize(
    ("changes", "summary"),
    [
        ((), "2.0.0-rc.1 is high enough: nothing differs from 2.0.0-rc.1"),
        (
            (BREAKING,),
            "2.0.0-rc.1 is high enough, as a pre-release promises nothing: 1 breaking change",
        ),
    ],
)
def test_a_pre_release_does_not_come_after_itself(changes: tuple[Level, ...], summary: str) -> None:
    evidence = Evidence(SEMANTIC, "2.0.0-rc.1", "2.0.0-rc.1", tuple(map(finding, changes)))
    verdict = decide(evidence)
    assert (verdict.outcome, verdict.summary) == (PASSED, summary)


@pytest.mark.parametrize(
    ("baseline", "candidate", "changes", "why"),
    [
        ("1.4.0", "1.5.0", (ADDITION,), "1.5.0 is high enough"),
        ("1.4.0", "1.4.1", (ADDITION,), "1.4.1 is too low"),
        ("1.4.0", "1.3.9", (), "1.3.9 is lower than every published version"),
        ("2.0.0-rc.1", "2.0.0", (BREAKING,), "2.0.0-rc.1 is an earlier pre-release of the same version"),
        ("2.0.0-rc.1", "2.0.0-rc.1", (), "2.0.0-rc.1 is high enough"),
    ],
)
def test_the_gate_of_the_version_says_why(
    baseline: str, candidate: str, changes: tuple[Level, ...], why: str
) -> None:
    gates = decide(Evidence(SEMANTIC, candidate, baseline, tuple(map(finding, changes)))).gates
    assert [(gate.name, gate.why) for gate in gates] == [("version", why)]


@pytest.mark.parametrize(
    ("same_sources", "changes", "gate"),
    [
        (True, (), (True, "1.4.0 is published, and this is the same package")),
        (True, (PATCH,), (False, "1.4.0 is published")),
        (False, (), (False, "1.4.0 is published")),
    ],
)
def test_the_gate_of_a_published_version_says_why(
    changes: tuple[Level, ...], gate: tuple[bool, str], *, same_sources: bool
) -> None:
    evidence = Evidence(
        SEMANTIC,
        "1.4.0",
        "1.4.0",
        tuple(map(finding, changes)),
        candidate_is_published=True,
        same_sources=same_sources,
    )
    _, unpublished = decide(evidence).gates
    assert (unpublished.name, unpublished.passed, unpublished.why) == ("unpublished", *gate)


def test_the_gate_on_a_level_counts_what_is_not_suppressed() -> None:
    findings = (finding(BREAKING), finding(BREAKING, suppressed=True), finding(ADDITION), finding(PATCH))
    verdict = decide(Evidence(SEMANTIC, "2.0.0", "1.4.0", findings, fail_on="minor"))
    assert verdict.gates[1] == Gate(
        "fail-on minor", passed=False, why="2 findings of level minor or above", bars_bump=False
    )
    assert (
        verdict.summary == "2.0.0 does not pass the gate 'fail-on minor': 2 findings of level minor or above"
    )


def test_other_gates_come_last_and_count() -> None:
    gates = (
        Gate("publish", passed=True, why="it would work"),
        Gate("suppressions", passed=False, why="stale"),
    )
    verdict = decide(Evidence(SEMANTIC, "2.0.0", "1.4.0", gates=gates))
    assert verdict.gates[1:] == gates
    assert verdict.outcome is Outcome.GATE_FAILED
    assert verdict.summary == "2.0.0 does not pass the gate 'suppressions': stale"


def test_a_version_that_is_too_low_outweighs_another_gate() -> None:
    evidence = Evidence(SEMANTIC, "1.4.1", "1.4.0", (finding(BREAKING),), fail_on="major")
    assert decide(evidence).outcome is LOW


@pytest.mark.parametrize(
    ("candidate", "findings", "published", "summary"),
    [
        (
            "1.4.0",
            (BREAKING,),
            True,
            f"{_TAKEN} 2.0.0, required by 1 breaking change",
        ),
        (
            "1.4.0",
            (),
            True,
            f"{_TAKEN} 1.4.1",
        ),
        (
            "1.3.0",
            (BREAKING,),
            False,
            f"{_LOWER}: 2.0.0 is the next version, required by 1 breaking change",
        ),
    ],
)
def test_a_version_that_cannot_be_published_is_answered_with_the_next(
    candidate: str, findings: tuple[Level, ...], summary: str, *, published: bool
) -> None:
    evidence = Evidence(
        SEMANTIC, candidate, "1.4.0", tuple(map(finding, findings)), candidate_is_published=published
    )
    assert decide(evidence).summary == summary


def test_what_is_open_is_counted_with_what_could_not_be_read() -> None:
    findings = (finding(BREAKING, certainty="undecided"), finding(PATCH))
    verdict = decide(Evidence(SEMANTIC, "1.4.1", "1.4.0", findings, unread=2))
    assert (verdict.outcome, verdict.counts.undecided) == (Outcome.UNDECIDED, 1)
    assert verdict.summary == f"1.4.1 may be too low: {_OPEN.replace('1 declaration', '2 declarations')}"


def test_findings_are_counted_by_level() -> None:
    findings = (
        *(finding(BREAKING),) * 3,
        *(finding(ADDITION),) * 2,
        finding(PATCH),
        finding(BREAKING, suppressed=True),
        finding(BREAKING, certainty="undecided", suppressed=True),
    )
    counts = decide(Evidence(SEMANTIC, "2.0.0", "1.4.0", findings)).counts
    assert counts == Counts(major=3, minor=2, patch=1, suppressed=2, undecided=0)


def test_without_any_change_that_counts_nothing_is_required() -> None:
    verdict = decide(
        Evidence(SEMANTIC, "1.5.0", "1.4.0", (finding(BREAKING, suppressed=True),), fail_on="never")
    )
    assert (verdict.required_bump, verdict.required_version) == (Level.NONE, "1.4.1")
    assert verdict.summary == "1.5.0 is high enough: 1 breaking change is suppressed"


def test_a_number_that_is_taken_is_said() -> None:
    verdict = decide(Evidence(SEMANTIC, "1.4.1", "1.4.0", (finding(ADDITION),), ("1.4.0", "1.5.0")))
    assert verdict.notes == ("1.4.0 has no room for this change: 1.5.0 is published already",)


def test_a_number_taken_twice_is_passed_over_twice() -> None:
    verdict = decide(Evidence(SEMANTIC, "1.4.1", "1.4.0", (), ("1.4.1", "1.4.2", "1.4.4")))
    assert verdict.required_version == "1.4.3"
    assert verdict.notes == ("1.4.0 has no room for this change: 1.4.1 is published already",)


@pytest.mark.parametrize(("candidate", "baseline"), [("1.5", None), ("1.5.0", "1.4"), ("1.5", "1.4.0")])
def test_versions_that_are_none_are_refused(candidate: str, baseline: str | None) -> None:
    with pytest.raises(ValueError, match="expected a version"):
        decide(Evidence(SEMANTIC, candidate, baseline))


FAILED, MET = Gate("merge-base", passed=False, why="too much"), Gate("other", passed=True, why="fine")
FIRST_RELEASES = {
    "nothing in the way": ((), None, "under-bumped", Outcome.FIRST_RELEASE, "1.0.0 is a first release"),
    "a gate that is met": ((MET,), None, "under-bumped", Outcome.FIRST_RELEASE, "1.0.0 is a first release"),
    "a gate that is not": (
        (MET, FAILED),
        None,
        "under-bumped",
        Outcome.GATE_FAILED,
        "1.0.0 does not pass the gate 'merge-base': too much",
    ),
    "a gate that is not, where nothing fails": (
        (FAILED,),
        None,
        "never",
        Outcome.FIRST_RELEASE,
        "1.0.0 does not pass the gate 'merge-base' (not enforced): too much",
    ),
    "a doubt": (
        (),
        "a tag names one",
        "under-bumped",
        Outcome.UNDECIDED,
        "1.0.0 may be no first release: no published version is visible, but a tag names one",
    ),
    "a doubt, where nothing fails": (
        (),
        "a tag names one",
        "never",
        Outcome.FIRST_RELEASE,
        "1.0.0 may be no first release (not enforced): no published version is visible, but a tag",
    ),
    "a doubt and a gate that is not met": (
        (FAILED,),
        "a tag names one",
        "under-bumped",
        Outcome.GATE_FAILED,
        "1.0.0 does not pass the gate",
    ),
}


@pytest.mark.parametrize(
    ("gates", "doubt", "fail_on", "outcome", "summary"), FIRST_RELEASES.values(), ids=FIRST_RELEASES
)
def test_a_first_release_with(
    gates: tuple[Gate, ...], doubt: str | None, fail_on: FailOn, outcome: Outcome, summary: str
) -> None:
    verdict = decide(Evidence(SEMANTIC, "1.0.0", None, gates=gates, doubt=doubt, fail_on=fail_on))
    assert verdict.outcome is outcome
    assert verdict.summary.startswith(summary)
    assert verdict.gates == gates


@pytest.mark.parametrize("baseline", [None, "1.4.0"])
@pytest.mark.parametrize(
    ("count", "fail_on", "summary"),
    [
        (1, "under-bumped", "may not be ready to be published: 1 condition could not be checked"),
        (2, "under-bumped", "may not be ready to be published: 2 conditions could not be checked"),
        (1, "never", "may not be ready to be published (not enforced): 1 condition could not be checked"),
    ],
)
def test_a_condition_of_publishing_that_nobody_could_answer_leaves_the_outcome_open(
    baseline: str | None, count: int, fail_on: FailOn, summary: str
) -> None:
    verdict = decide(Evidence(SEMANTIC, "1.4.1", baseline, unchecked=count, fail_on=fail_on))
    assert verdict.summary == f"1.4.1 {summary}"
    assert (verdict.outcome is Outcome.UNDECIDED) is (fail_on == "under-bumped")


@pytest.mark.parametrize(
    ("candidate", "published", "suggested"),
    [
        ("1.5.0-rc.1", (), "2.0.0-rc.1"),
        ("1.5.0-rc.3", (), "2.0.0-rc.1"),
        ("1.5.0", (), "2.0.0"),
        ("2.0.0-rc.3", (), "2.0.0-rc.3"),
        ("2.1.0-rc.3", (), "2.0.0-rc.1"),
        ("1.5.0-rc.1", ("2.0.0-rc.1",), "2.0.0-rc.2"),
        ("1.5.0-rc.1", ("2.0.0",), "3.0.0-rc.1"),
        ("2.0.0-rc.1", ("2.0.0-rc.1",), "2.0.0-rc.2"),
        ("2.0.0-rc.1", ("2.0.0-rc.1", "2.0.0-rc.10", "2.0.0-beta.12", "3.0.0-rc.20"), "2.0.0-rc.11"),
        ("2.0.0-rc", (), "2.0.0-rc"),
        ("2.0.0-rc", ("2.0.0-rc",), "2.0.0-rc.1"),
        ("2.0.0-rc", ("2.0.0-rc", "2.0.0-rc.1"), "2.0.0-rc.2"),
        ("2.0.0-4", ("2.0.0-4",), "2.0.0-5"),
        ("2.0.0-rc.4", ("2.0.0-rc.x", "2.0.0-rc.4", "2.0.0-rc"), "2.0.0-rc.5"),
    ],
)
def test_the_suggestion_of_a_pre_release_is_one(
    candidate: str, published: tuple[str, ...], suggested: str
) -> None:
    verdict = decide(Evidence(SEMANTIC, candidate, "1.4.0", (finding(BREAKING),), published))
    assert verdict.suggested_version == suggested


@pytest.mark.parametrize(
    ("level", "baseline", "step", "told"),
    [
        (BREAKING, "1.4.0", Level.MINOR, True),
        (BREAKING, "1.4.0", Level.MAJOR, False),
        (ADDITION, "1.4.0", Level.MINOR, False),
        (BREAKING, "0.4.0", Level.MAJOR, False),
    ],
)
def test_breaking_changes_that_fit_a_minor_version_are_told(
    level: Level, baseline: str, step: Level, *, told: bool
) -> None:
    evidence = Evidence(SEMANTIC, "1.9.0", baseline, (finding(level),), breaking_step=step)
    assert ("policy breaking-bump" in decide(evidence).summary) is told


@pytest.mark.parametrize(
    ("findings", "reason"),
    [
        ((finding(BREAKING),), "1 breaking change"),
        ((OPEN_CHANGE,), "1 breaking change, which could not be decided"),
        ((finding(BREAKING), OPEN_CHANGE), "2 breaking changes, 1 of which could not be decided"),
        (
            (finding(BREAKING), finding(Level.MINOR, certainty="undecided")),
            "1 breaking change; 1 change could not be decided",
        ),
        ((finding(BREAKING), finding(BREAKING, certainty="undecided", suppressed=True)), "1 breaking change"),
    ],
)
def test_a_comparison_says_how_many_of_its_reasons_are_undecided(
    findings: tuple[Finding, ...], reason: str
) -> None:
    verdict = decide(Evidence(SEMANTIC, "1.4.1", "1.4.0", findings, is_judged=False))
    assert verdict.summary == f"requires major: 2.0.0 or later, for {reason}"
