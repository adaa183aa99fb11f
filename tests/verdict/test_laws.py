"""What must hold of every verdict, whatever the versions and findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from support.findings import finding

from semverdiff.rules import Finding
from semverdiff.verdict import Evidence, Gate, Outcome, Tone, decide
from semverdiff.versions import SEMANTIC, Level

if TYPE_CHECKING:
    from collections.abc import Collection

    from semverdiff.config import FailOn
    from semverdiff.versions import Version, VersionScheme

Findings = tuple[Finding, ...]

small = st.integers(min_value=0, max_value=3)
releases = st.builds("{}.{}.{}".format, small, small, small)
levels = st.sampled_from([Level.PATCH, Level.MINOR, Level.MAJOR])
findings = st.lists(st.builds(finding, levels), max_size=4).map(tuple)
published = st.lists(releases, max_size=4).map(tuple)


@given(releases, findings, published)
def test_the_required_version_always_suffices_and_is_never_published(
    baseline: str, found: Findings, known: tuple[str, ...]
) -> None:
    required = decide(Evidence(SEMANTIC, baseline, baseline, found, known)).required_version
    assert required is not None
    assert required not in known
    assert decide(Evidence(SEMANTIC, required, baseline, found, known)).outcome is Outcome.PASSED


@given(releases, releases, releases, findings)
def test_raising_the_declared_version_never_makes_it_too_low(
    baseline: str, one: str, other: str, found: Findings
) -> None:
    lower, higher = sorted((one, other), key=SEMANTIC.parse)
    if decide(Evidence(SEMANTIC, lower, baseline, found)).outcome is Outcome.PASSED:
        assert decide(Evidence(SEMANTIC, higher, baseline, found)).outcome is Outcome.PASSED


@given(releases, releases, findings, levels)
def test_a_further_finding_never_lowers_the_requirement(
    baseline: str, candidate: str, found: Findings, level: Level
) -> None:
    before = decide(Evidence(SEMANTIC, candidate, baseline, found))
    after = decide(Evidence(SEMANTIC, candidate, baseline, (*found, finding(level))))
    assert before.required_bump is not None
    assert after.required_bump is not None
    assert after.required_bump >= before.required_bump
    if before.outcome is Outcome.UNDER_BUMPED:
        assert after.outcome is Outcome.UNDER_BUMPED


_fail_on: st.SearchStrategy[FailOn] = st.sampled_from(["under-bumped", "major", "never"])
_gates = st.lists(st.builds(Gate, st.just("name"), st.booleans(), st.just("why")), max_size=1).map(tuple)
_findings = st.builds(finding, levels, st.sampled_from(["proved", "undecided"]), suppressed=st.booleans())
_BARE = Evidence(SEMANTIC, "1.0.0", None)
_evidence = st.fixed_dictionaries(
    {
        "candidate": releases,
        "baseline": st.none() | releases,
        "findings": st.lists(_findings, max_size=3).map(tuple),
        "candidate_is_published": st.booleans(),
        "doubt": st.none() | st.just("a tag has one"),
        "unread": st.integers(0, 1),
        "fail_on": _fail_on,
        "gates": _gates,
        "is_baseline_wanted": st.booleans(),
    }
).map(lambda parts: replace(_BARE, **parts))


@given(_evidence)
def test_sentence_tone_gates_and_outcome_say_the_same(evidence: Evidence[Version]) -> None:
    verdict = decide(evidence)
    fails = verdict.outcome not in {Outcome.PASSED, Outcome.FIRST_RELEASE}
    assert (verdict.tone in {Tone.BAD, Tone.OPEN}) is fails
    would_fail = any(not gate.passed for gate in verdict.gates)
    if would_fail:
        assert fails or evidence.fail_on == "never"
        assert verdict.tone is not Tone.GOOD
    assert ("(not enforced)" in verdict.summary) is (
        not fails and decide(replace(evidence, fail_on="under-bumped")).outcome is not verdict.outcome
    )
    needs_suppressions = "suppressed" in verdict.summary
    assert verdict.tone is Tone.WARNING or not needs_suppressions
    assert verdict.summary.startswith(evidence.candidate)


@given(_evidence)
def test_two_packages_that_are_only_compared_are_never_judged(evidence: Evidence[Version]) -> None:
    verdict = decide(
        replace(evidence, is_judged=False, fail_on="never", baseline=evidence.baseline or "1.0.0")
    )
    assert (verdict.outcome, verdict.tone, verdict.gates) == (Outcome.PASSED, Tone.NEUTRAL, ())


@dataclass(frozen=True, order=True)
class FourParts:
    """A toy ecosystem: era.major.minor.patch, no pre-releases."""

    era: int
    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.era}.{self.major}.{self.minor}.{self.patch}"


class FourPartScheme:
    def parse(self, text: str) -> FourParts:
        return FourParts(*map(int, text.split(".")))

    def next(self, version: FourParts, level: Level) -> FourParts:
        match level:
            case Level.MAJOR:
                return FourParts(version.era, version.major + 1, 0, 0)
            case Level.MINOR:
                return FourParts(version.era, version.major, version.minor + 1, 0)
            case _:
                return FourParts(version.era, version.major, version.minor, version.patch + 1)

    def release(self, version: FourParts) -> FourParts:
        return version

    def is_pre_release(self, version: FourParts) -> bool:
        del version
        return False

    def pre_release(self, release: FourParts, like: FourParts, taken: Collection[FourParts]) -> FourParts:
        del like, taken
        return release

    def is_initial_development(self, version: FourParts) -> bool:
        return version.era == 0

    def step(self, old: FourParts, new: FourParts) -> Level:
        if (old.era, old.major) != (new.era, new.major):
            return Level.MAJOR
        if old.minor != new.minor:
            return Level.MINOR
        return Level.PATCH if old.patch != new.patch else Level.NONE


def test_another_ecosystem_with_four_part_versions_gets_the_same_verdicts() -> None:
    scheme: VersionScheme[FourParts] = FourPartScheme()
    verdict = decide(Evidence(scheme, "1.4.0.1", "1.4.0.0", (finding(Level.MAJOR),)))
    assert verdict.outcome is Outcome.UNDER_BUMPED
    assert verdict.summary == "1.4.0.1 is too low: 1.5.0.0 is required by 1 breaking change"
    assert decide(Evidence(scheme, "1.5.0.0", "1.4.0.0", (finding(Level.MAJOR),))).outcome is Outcome.PASSED
    assert decide(Evidence(scheme, "1.4.0.1", "1.4.0.1")).outcome is Outcome.PASSED
