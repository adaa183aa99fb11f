"""Which version must this be? Findings and versions in; outcome, gates and the required version out.

The version policy: a breaking change needs the next major version, an addition the next minor one,
anything else the next patch; below 1.0.0 the steps are one smaller. A pre-release is judged by the release
that it leads to. Only unpublished versions can be required.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

import msgspec

from semverdiff.enums import StrEnum
from semverdiff.text import plural
from semverdiff.versions import Level, V

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from semverdiff.config import FailOn
    from semverdiff.rules import Finding
    from semverdiff.versions import VersionScheme

__all__ = ["Counts", "Declared", "Evidence", "Gate", "Outcome", "Verdict", "decide"]


class Outcome(StrEnum):
    """How the run ended, in the words of the interface."""

    PASSED = "passed"
    FIRST_RELEASE = "first-release"
    UNDER_BUMPED = "under-bumped"
    ALREADY_PUBLISHED = "already-published"
    GATE_FAILED = "gate-failed"
    UNDECIDED = "undecided"
    NOTHING_CHECKED = "nothing-checked"
    ERROR = "error"


class Declared(StrEnum):
    """The step from the baseline's version to the candidate's."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"
    PRERELEASE = "prerelease"
    NONE = "none"
    DOWNGRADE = "downgrade"


_SIZES = {Declared.MAJOR: Level.MAJOR, Declared.MINOR: Level.MINOR, Declared.PATCH: Level.PATCH}


class Gate(msgspec.Struct, frozen=True):
    """One condition that the candidate has to meet, and the sentence that says why it does or does not."""

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


class Evidence(msgspec.Struct, Generic[V], frozen=True):
    """Everything that the verdict depends on.

    `baseline` is `None` for a first release. `published` are the versions known to be published.
    `unread` counts declarations of the baseline that could not be compared. `same_sources` says that both
    packages hold the same source files. `doubt` says why something may be published although there is no
    baseline. `start` is the version that a change set started from. `breaking_step` is what a breaking change
    needs from 1.0.0 on. `gates` are conditions that were looked at before.
    """

    scheme: VersionScheme[V]
    candidate: str
    baseline: str | None
    findings: Sequence[Finding] = ()
    published: tuple[str, ...] = ()
    candidate_is_published: bool = False
    same_sources: bool = False
    doubt: str | None = None
    start: str | None = None
    unread: int = 0
    initial_is_unstable: bool = True
    breaking_step: Level = Level.MAJOR
    fail_on: FailOn = "under-bumped"
    gates: tuple[Gate, ...] = ()


class Verdict(msgspec.Struct, frozen=True):
    """Which version is required, and how the run ends; `summary` is the last line of reports.

    The bumps and the required version are `None` for a first release.
    """

    outcome: Outcome
    counts: Counts
    summary: str
    gates: tuple[Gate, ...] = ()
    declared_bump: Declared | None = None
    required_bump: Level | None = None
    required_version: str | None = None
    notes: tuple[str, ...] = ()


class _Required(msgspec.Struct, frozen=True):
    """What the changes require: the step, the lowest unpublished version, a sentence if a number is taken."""

    step: Level
    version: str
    notes: tuple[str, ...]


class _Decision(msgspec.Struct, frozen=True):
    """What the words of a verdict are about."""

    counts: Counts
    declared: Declared
    required: _Required
    gates: tuple[Gate, ...]
    outcome: Outcome


def decide(evidence: Evidence[V]) -> Verdict:
    """Apply the version policy.

    Raises:
        ValueError: one of the two versions is none of the scheme.

    """
    counts = _counts(evidence.findings)
    if evidence.baseline is None:
        evidence.scheme.parse(evidence.candidate)
        return _first_release(evidence, counts)
    decision = _decision(evidence, evidence.baseline, counts)
    required = decision.required
    return Verdict(
        outcome=decision.outcome,
        counts=counts,
        summary=_summary(evidence, decision),
        gates=decision.gates,
        declared_bump=decision.declared,
        required_bump=required.step,
        required_version=required.version,
        notes=(*required.notes, *_notes(evidence, decision)),
    )


def _first_release(evidence: Evidence[V], counts: Counts) -> Verdict:
    """Return the verdict where no published version is known."""
    version = evidence.candidate
    failed = next((gate for gate in evidence.gates if not gate.passed), None)
    if evidence.fail_on != "never" and failed is not None:
        summary = f"{version} does not pass the gate '{failed.name}': {failed.why}"
        return Verdict(Outcome.GATE_FAILED, counts, summary, evidence.gates)
    if evidence.fail_on != "never" and evidence.doubt is not None:
        summary = (
            f"{version} may be no first release: no published version is visible, but {evidence.doubt}; if "
            "nothing was ever published, say so with --baseline none"
        )
        return Verdict(Outcome.UNDECIDED, counts, summary, evidence.gates)
    summary = f"{version} is a first release: nothing was published before"
    return Verdict(Outcome.FIRST_RELEASE, counts, summary, evidence.gates)


def _decision(evidence: Evidence[V], baseline: str, counts: Counts) -> _Decision:
    scheme = evidence.scheme
    old, new = scheme.parse(baseline), scheme.parse(evidence.candidate)
    declared = _declared(scheme, old, new)
    step = _step(evidence, old, evidence.findings)

    def fits(step: Level) -> bool:
        return _fits(scheme, declared, new, _minimum(scheme, old, step))

    gates = tuple(_gates(evidence, declared, fits=fits(step)))
    certain = [finding for finding in evidence.findings if finding.certainty != "undecided"]
    return _Decision(
        counts=counts,
        declared=declared,
        required=_required(evidence, old, step),
        gates=gates,
        outcome=_outcome(evidence, gates, certainly_fits=fits(_step(evidence, old, certain))),
    )


def _counts(findings: Sequence[Finding]) -> Counts:
    effective = [finding for finding in findings if finding.suppressed is None]
    return Counts(
        major=sum(finding.level is Level.MAJOR for finding in effective),
        minor=sum(finding.level is Level.MINOR for finding in effective),
        patch=sum(finding.level is Level.PATCH for finding in effective),
        suppressed=len(findings) - len(effective),
        undecided=sum(finding.certainty == "undecided" for finding in effective),
    )


def _step(evidence: Evidence[V], old: V, findings: Iterable[Finding]) -> Level:
    """Return the version step that findings need: below 1.0.0 one smaller than their level, never none."""
    levels = (finding.level for finding in findings if finding.suppressed is None)
    level = max(levels, default=Level.NONE)
    if evidence.initial_is_unstable and evidence.scheme.is_initial_development(old) and level > Level.PATCH:
        return Level(level - 1)
    return min(level, evidence.breaking_step)


def _minimum(scheme: VersionScheme[V], old: V, step: Level) -> V:
    """Return the lowest version that is high enough, published or not."""
    if scheme.is_pre_release(old) or step is Level.NONE:
        return old  # a pre-release promised nothing: whatever comes after it may differ
    return scheme.next(old, step)


def _required(evidence: Evidence[V], old: V, step: Level) -> _Required:
    scheme = evidence.scheme
    published = {str(scheme.parse(text)) for text in evidence.published if _is_version(scheme, text)}
    size = max(step, Level.PATCH)
    first = scheme.release(old) if scheme.is_pre_release(old) else scheme.next(old, size)
    version = first
    while str(version) in published:
        version = scheme.next(version, size)
    if version is first:
        return _Required(step, str(version), ())
    sentence = f"{evidence.baseline} has no room for this change: {first} is published already"
    return _Required(step, str(version), (sentence,))


def _is_version(scheme: VersionScheme[V], text: str) -> bool:
    try:
        scheme.parse(text)
    except ValueError:
        return False
    return True


def _declared(scheme: VersionScheme[V], old: V, new: V) -> Declared:
    if new < old:
        return Declared.DOWNGRADE
    step = scheme.step(scheme.release(old), scheme.release(new))
    if step is Level.NONE and scheme.is_pre_release(old):
        return Declared.PRERELEASE
    return Declared(step.word)


def _fits(scheme: VersionScheme[V], declared: Declared, new: V, minimum: V) -> bool:
    """Return whether the candidate's version is high enough; one below the baseline never is."""
    return declared is not Declared.DOWNGRADE and not scheme.release(new) < minimum


def _gates(evidence: Evidence[V], declared: Declared, *, fits: bool) -> list[Gate]:
    version = evidence.candidate
    gates = [Gate("version", fits, _version_why(evidence, declared, fits=fits))]
    if evidence.candidate_is_published:
        unchanged = _is_unchanged(evidence)
        why = f"{version} is published{', and this is the same package' if unchanged else ''}"
        gates.append(Gate("unpublished", unchanged, why))
    if evidence.fail_on in {"major", "minor", "patch"}:
        threshold = Level[evidence.fail_on.upper()]
        count = sum(one.level >= threshold for one in evidence.findings if one.suppressed is None)
        why = f"{plural(count, 'finding')} of level {evidence.fail_on} or above"
        gates.append(Gate(f"fail-on {evidence.fail_on}", count == 0, why))
    passed_by = _passed_by(evidence)
    if passed_by is not None:
        why = f"{version} is lower than {evidence.start}, and now also than the published {passed_by}"
        gates.append(Gate("lowered version", passed=False, why=why))
    return [*gates, *evidence.gates]


def _passed_by(evidence: Evidence[V]) -> str | None:
    """Return a published version that a change set stepped below: it would be compared with an older one."""
    scheme = evidence.scheme
    if evidence.start is None or not _is_version(scheme, evidence.start):
        return None
    start, own = scheme.parse(evidence.start), scheme.parse(evidence.candidate)
    readable = [scheme.parse(text) for text in evidence.published if _is_version(scheme, text)]
    passed = [one for one in readable if own < one and not start < one]
    return str(max(passed)) if passed else None


def _is_unchanged(evidence: Evidence[V]) -> bool:
    return evidence.same_sources and not evidence.findings


def _version_why(evidence: Evidence[V], declared: Declared, *, fits: bool) -> str:
    match declared:
        case Declared.DOWNGRADE:
            return f"{evidence.candidate} is lower than every published version"
        case Declared.PRERELEASE:
            return f"{evidence.baseline} is an earlier pre-release of the same version"
    return f"{evidence.candidate} is {'high enough' if fits else 'too low'}"


def _outcome(evidence: Evidence[V], gates: tuple[Gate, ...], *, certainly_fits: bool) -> Outcome:
    if evidence.fail_on == "never":
        return Outcome.PASSED
    failed = {gate.name for gate in gates if not gate.passed}
    if "unpublished" in failed:
        return Outcome.ALREADY_PUBLISHED
    if "version" in failed:
        # Without the undecided findings the version may be high enough.
        return Outcome.UNDECIDED if certainly_fits else Outcome.UNDER_BUMPED
    if failed:
        return Outcome.GATE_FAILED
    return Outcome.UNDECIDED if evidence.unread else Outcome.PASSED


def _summary(evidence: Evidence[V], decision: _Decision) -> str:
    version, required = evidence.candidate, decision.required.version
    reasons = _reasons(decision.counts)
    match decision.outcome:
        case Outcome.ALREADY_PUBLISHED:
            because = "" if decision.required.step is Level.NONE else f", required by {reasons}"
            return (
                f"{version} is already published, and versions are permanent: "
                f"the next free version is {required}{because}"
            )
        case Outcome.UNDER_BUMPED if decision.declared is Declared.DOWNGRADE:
            return (
                f"{version} is lower than the published {evidence.baseline}: {required} is the next version"
            )
        case Outcome.UNDER_BUMPED:
            return f"{version} is too low: {required} is required by {reasons}"
        case Outcome.GATE_FAILED:
            failed = next(gate for gate in decision.gates if not gate.passed)
            return f"{version} does not pass the gate '{failed.name}': {failed.why}"
        case Outcome.UNDECIDED:
            count = decision.counts.undecided + evidence.unread
            return f"{version} may be too low: {plural(count, 'thing')} could not be decided"
    if not decision.gates[0].passed:
        return f"{version} is too low, but nothing fails the run: {required} is required by {reasons}"
    if decision.required.step is Level.NONE:
        return f"{version} is high enough: no difference to {evidence.baseline}"
    if decision.declared is Declared.PRERELEASE:
        return f"{version} is a pre-release of the same version as {evidence.baseline}: {reasons}"
    return f"{version} is high enough: {required} is required by {reasons}"


def _reasons(counts: Counts) -> str:
    """Return the number of changes that the requirement comes from: those of the highest level."""
    if counts.major:
        return plural(counts.major, "breaking change")
    if counts.minor:
        return plural(counts.minor, "addition")
    return plural(counts.patch, "change") if counts.patch else "no change"


def _notes(evidence: Evidence[V], decision: _Decision) -> list[str]:
    notes = []
    scheme = evidence.scheme
    new, required = scheme.parse(evidence.candidate), scheme.parse(decision.required.version)
    if scheme.is_pre_release(new) and scheme.release(new) < required:
        early = scheme.pre_release(required, new)
        notes.append(f"A pre-release of what is required may be {early}.")
    if decision.counts.major and decision.required.step is evidence.breaking_step < Level.MAJOR:
        notes.append(
            "The breaking changes fit a minor version, because it asks for a later update of the "
            "distribution (policy breaking-bump)."
        )
    if _is_unchanged(evidence):
        notes.append(f"Nothing differs from {evidence.baseline}: there is nothing to release.")
    size = _SIZES.get(decision.declared, Level.NONE)
    if size > max(decision.required.step, Level.PATCH):
        notes.append(f"The version is higher than needed: {decision.required.version} would do.")
    return notes
