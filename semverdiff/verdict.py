"""Which version must this be? Findings and versions in; outcome, gates and the required version out.

The version policy: a breaking change needs the next major version, an addition the next minor one,
anything else the next patch; below 1.0.0 the steps are one smaller. A pre-release is judged by the release
that it leads to. Only unpublished versions can be required.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

import msgspec
from msgspec.structs import replace

from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.rules import Finding
    from semverdiff.versions import VersionScheme

__all__ = ["Counts", "Declared", "Evidence", "FailOn", "Gate", "Outcome", "Verdict", "decide", "exit_code"]

FailOn = Literal["under-bumped", "major", "minor", "patch", "never"]

_V = TypeVar("_V")


class Outcome(enum.StrEnum):
    """How the run ended, in the words of the interface."""

    PASSED = "passed"
    FIRST_RELEASE = "first-release"
    UNDER_BUMPED = "under-bumped"
    ALREADY_PUBLISHED = "already-published"
    GATE_FAILED = "gate-failed"
    UNDECIDED = "undecided"
    NOTHING_CHECKED = "nothing-checked"
    ERROR = "error"


class Declared(enum.StrEnum):
    """The step from the baseline's version to the candidate's."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"
    PRERELEASE = "prerelease"
    NONE = "none"
    DOWNGRADE = "downgrade"


class Gate(msgspec.Struct, frozen=True):
    """One condition that the candidate has to meet, and the sentence that explains the answer."""

    name: str
    passed: bool
    why: str


class Counts(msgspec.Struct, frozen=True):
    """Findings by level (suppressed ones apart), and those whose level is undecided."""

    major: int = 0
    minor: int = 0
    patch: int = 0
    suppressed: int = 0
    undecided: int = 0


class Evidence(msgspec.Struct, Generic[_V], frozen=True):
    """Everything that the verdict depends on.

    `baseline` is `None` for a first release. `published` are the versions known to be published.
    `unread` counts declarations of the baseline that could not be compared. `same_sources` tells that
    both sides hold the same bytes. `gates` are conditions that others have looked at.
    """

    scheme: VersionScheme[_V]
    candidate: str
    baseline: str | None
    findings: Sequence[Finding] = ()
    published: tuple[str, ...] = ()
    candidate_is_published: bool = False
    same_sources: bool = False
    unread: int = 0
    initial_is_unstable: bool = True
    fail_on: FailOn = "under-bumped"
    gates: tuple[Gate, ...] = ()


class Verdict(msgspec.Struct, frozen=True):
    """The answer. `summary` is the last line of reports; `None` where there is nothing to compare."""

    outcome: Outcome
    counts: Counts
    summary: str
    gates: tuple[Gate, ...] = ()
    declared_bump: Declared | None = None
    required_bump: Level | None = None
    required_version: str | None = None
    notes: tuple[str, ...] = ()


def exit_code(outcome: Outcome) -> int:
    """Return the exit code of the interface; an error's own code says more than the 3 given here."""
    match outcome:
        case Outcome.PASSED | Outcome.FIRST_RELEASE:
            return 0
        case Outcome.ERROR:
            return 3
        case Outcome.NOTHING_CHECKED:
            return 4
    return 1


def decide(evidence: Evidence[_V]) -> Verdict:
    """Apply the version policy. Raises `ValueError` if one of the two versions is none of the scheme."""
    counts = _counts(evidence.findings)
    if evidence.baseline is None:
        evidence.scheme.parse(evidence.candidate)
        summary = f"{evidence.candidate} is a first release: nothing was published before"
        return Verdict(Outcome.FIRST_RELEASE, counts, summary)
    old, new = evidence.scheme.parse(evidence.baseline), evidence.scheme.parse(evidence.candidate)
    required = _step(evidence, old, _required(evidence.findings))
    minimum = _minimum(evidence, old, required)
    required_version, crowded = _unpublished(evidence, old, required)
    declared = _declared(evidence, old, new)
    judged = Verdict(
        outcome=Outcome.PASSED,
        counts=counts,
        summary="",
        declared_bump=declared,
        required_bump=required,
        required_version=required_version,
        notes=tuple(crowded),
    )
    gates = tuple(_gates(evidence, judged, fits=_fits(evidence, declared, new, minimum)))
    decided_step = _step(evidence, old, _required(_decided(evidence.findings)))
    decided_fits = _fits(evidence, declared, new, _minimum(evidence, old, decided_step))
    outcome = _outcome(evidence, gates, decided_fits=decided_fits)
    judged = replace(judged, outcome=outcome, gates=gates)
    return replace(
        judged, summary=_summary(evidence, judged), notes=(*judged.notes, *_notes(evidence, judged))
    )


def _counts(findings: Sequence[Finding]) -> Counts:
    live = [one for one in findings if one.suppressed is None]
    return Counts(
        major=sum(one.level is Level.MAJOR for one in live),
        minor=sum(one.level is Level.MINOR for one in live),
        patch=sum(one.level is Level.PATCH for one in live),
        suppressed=len(findings) - len(live),
        undecided=sum(one.certainty == "undecided" for one in live),
    )


def _required(findings: Sequence[Finding]) -> Level:
    return max((one.level for one in findings if one.suppressed is None), default=Level.NONE)


def _decided(findings: Sequence[Finding]) -> list[Finding]:
    return [one for one in findings if one.certainty != "undecided"]


def _step(evidence: Evidence[_V], old: _V, level: Level) -> Level:
    """Return the version step that changes of a level need: below 1.0.0 one smaller, but never none."""
    if evidence.initial_is_unstable and evidence.scheme.is_initial_development(old) and level > Level.PATCH:
        return Level(level - 1)
    return level


def _minimum(evidence: Evidence[_V], old: _V, step: Level) -> _V:
    """Return the lowest version that is high enough, published or not."""
    if evidence.scheme.is_pre_release(old):
        return old  # a pre-release promised nothing: whatever comes after it may differ
    return old if step is Level.NONE else evidence.scheme.next(old, step)


def _unpublished(evidence: Evidence[_V], old: _V, step: Level) -> tuple[str, list[str]]:
    """Return the lowest version that may be published, and a sentence if the next number is taken."""
    scheme = evidence.scheme
    taken = {str(scheme.parse(one)) for one in evidence.published if _parses(scheme, one)}
    size = max(step, Level.PATCH)
    first = scheme.release(old) if scheme.is_pre_release(old) else scheme.next(old, size)
    free = first
    while str(free) in taken:
        free = scheme.next(free, size)
    if free is first:
        return str(first), []
    sentence = f"{evidence.baseline} has no room for this change: {first} is published already"
    return str(free), [sentence]


def _parses(scheme: VersionScheme[_V], text: str) -> bool:
    try:
        scheme.parse(text)
    except ValueError:
        return False
    return True


def _declared(evidence: Evidence[_V], old: _V, new: _V) -> Declared:
    scheme = evidence.scheme
    if new < old:  # type: ignore[operator]  # the scheme's versions are ordered, which a type variable cannot say
        return Declared.DOWNGRADE
    step = scheme.step(scheme.release(old), scheme.release(new))
    if step is Level.NONE and scheme.is_pre_release(old):
        return Declared.PRERELEASE
    return Declared(step.word)


def _fits(evidence: Evidence[_V], declared: Declared, new: _V, minimum: _V) -> bool:
    """Return whether the candidate's version is high enough."""
    if declared is Declared.DOWNGRADE:
        return False
    released = evidence.scheme.release(new)
    return declared is Declared.PRERELEASE or not released < minimum  # type: ignore[operator]  # as above


def _gates(evidence: Evidence[_V], judged: Verdict, *, fits: bool) -> list[Gate]:
    version = evidence.candidate
    gates = [Gate("version", fits, _version_why(evidence, judged, fits=fits))]
    if evidence.candidate_is_published:
        untouched = _untouched(evidence)
        why = (
            f"{version} is published, and this is the same package"
            if untouched
            else f"{version} is published"
        )
        gates.append(Gate("unpublished", untouched, why))
    if evidence.fail_on in {"major", "minor", "patch"}:
        threshold = Level[evidence.fail_on.upper()]
        count = sum(one.level >= threshold for one in evidence.findings if one.suppressed is None)
        why = f"{_plural(count, 'finding')} of level {evidence.fail_on} or above"
        gates.append(Gate(f"fail-on {evidence.fail_on}", count == 0, why))
    return [*gates, *evidence.gates]


def _untouched(evidence: Evidence[_V]) -> bool:
    return evidence.same_sources and not evidence.findings


def _version_why(evidence: Evidence[_V], judged: Verdict, *, fits: bool) -> str:
    if judged.declared_bump is Declared.DOWNGRADE:
        return f"{evidence.candidate} is lower than every published version"
    if judged.declared_bump is Declared.PRERELEASE:
        return f"{evidence.baseline} is an earlier pre-release of the same version"
    return f"{evidence.candidate} is {'high enough' if fits else 'too low'}"


def _outcome(evidence: Evidence[_V], gates: tuple[Gate, ...], *, decided_fits: bool) -> Outcome:
    if evidence.fail_on == "never":
        return Outcome.PASSED
    failed = {gate.name for gate in gates if not gate.passed}
    if "unpublished" in failed:
        return Outcome.ALREADY_PUBLISHED
    if "version" in failed:
        # An untouched published version needs no higher number, and was found equal above.
        return Outcome.UNDECIDED if decided_fits else Outcome.UNDER_BUMPED
    if failed:
        return Outcome.GATE_FAILED
    return Outcome.UNDECIDED if evidence.unread else Outcome.PASSED


def _summary(evidence: Evidence[_V], judged: Verdict) -> str:
    version, required = evidence.candidate, judged.required_version
    match judged.outcome:
        case Outcome.ALREADY_PUBLISHED:
            return (
                f"{version} is already published, and versions are permanent: "
                f"the next free version is {required}{_because(judged)}"
            )
        case Outcome.UNDER_BUMPED if judged.declared_bump is Declared.DOWNGRADE:
            return (
                f"{version} is lower than the published {evidence.baseline}: {required} is the next version"
            )
        case Outcome.UNDER_BUMPED:
            return f"{version} is too low: {required} is required by {_reasons(judged)}"
        case Outcome.GATE_FAILED:
            failed = next(gate for gate in judged.gates if not gate.passed)
            return f"{version} does not pass the gate '{failed.name}': {failed.why}"
        case Outcome.UNDECIDED:
            count = judged.counts.undecided + evidence.unread
            return f"{version} may be too low: {_plural(count, 'thing')} could not be decided"
    if judged.gates and not judged.gates[0].passed:
        return (
            f"{version} is too low, but nothing fails the run: {required} is required by {_reasons(judged)}"
        )
    if judged.required_bump is Level.NONE:
        return f"{version} is high enough: no difference to {evidence.baseline}"
    if judged.declared_bump is Declared.PRERELEASE:
        return f"{version} is a pre-release of the same version as {evidence.baseline}: {_reasons(judged)}"
    return f"{version} is high enough: {required} is required by {_reasons(judged)}"


def _because(judged: Verdict) -> str:
    return "" if judged.required_bump is Level.NONE else f", required by {_reasons(judged)}"


def _reasons(judged: Verdict) -> str:
    """Count the changes that the requirement comes from: the ones of the highest level."""
    if judged.counts.major:
        return _plural(judged.counts.major, "breaking change")
    if judged.counts.minor:
        return _plural(judged.counts.minor, "addition")
    return _plural(judged.counts.patch, "change") if judged.counts.patch else "no change"


def _plural(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _notes(evidence: Evidence[_V], judged: Verdict) -> list[str]:
    notes = []
    if _untouched(evidence):
        notes.append(f"Nothing differs from {evidence.baseline}: there is nothing to release.")
    size = {Declared.MAJOR: Level.MAJOR, Declared.MINOR: Level.MINOR, Declared.PATCH: Level.PATCH}
    declared = size.get(judged.declared_bump) if judged.declared_bump is not None else None
    if (
        declared is not None
        and judged.required_bump is not None
        and declared > max(judged.required_bump, Level.PATCH)
    ):
        notes.append(f"The version is higher than needed: {judged.required_version} would do.")
    return notes
