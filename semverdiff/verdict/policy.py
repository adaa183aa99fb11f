"""The version policy.

A breaking change needs the next major version, an addition the next minor one, anything else the next patch;
below 1.0.0 the steps are one smaller. A pre-release is judged by the release that it leads to. Only
unpublished versions can be required.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from semverdiff.text import plural
from semverdiff.verdict.model import Counts, Decision, Declared, Evidence, Gate, Outcome, Required, Verdict
from semverdiff.verdict.words import is_unchanged, notes_of, sentence_of, sentence_without_baseline, tone_of
from semverdiff.versions import Level, V

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from semverdiff.rules import Finding
    from semverdiff.versions import VersionScheme

__all__ = ["decide", "is_high_enough"]


def decide(evidence: Evidence[V]) -> Verdict:
    """Apply the version policy.

    Raises:
        ValueError: one of the two versions is none of the scheme.

    """
    counts = Counts.of(evidence.findings)
    if evidence.baseline is None:
        evidence.scheme.parse(evidence.candidate)
        outcome = _outcome_without_baseline(evidence)
        summary = sentence_without_baseline(evidence, outcome)
        return Verdict(outcome, counts, summary, tone_of(evidence, outcome), evidence.gates)
    decision = _decision(evidence, evidence.baseline, counts)
    required = decision.required
    return Verdict(
        outcome=decision.outcome,
        counts=counts,
        summary=sentence_of(evidence, decision),
        tone=tone_of(evidence, decision.outcome, decision),
        gates=decision.gates,
        declared_bump=decision.declared,
        required_bump=required.step,
        required_version=required.version,
        suggested_version=required.suggested,
        failing_level=decision.failing_level,
        notes=(*required.notes, *notes_of(evidence)),
    )


def is_high_enough(scheme: VersionScheme[V], old: V, new: V, level: Level) -> bool:
    """Return whether a version may follow another with changes up to a level, where no project decides."""
    evidence = Evidence(scheme, str(new), str(old))
    return _fits(scheme, _declared(scheme, old, new), new, _minimum(scheme, old, _step(evidence, old, level)))


def _outcome_without_baseline(evidence: Evidence[V]) -> Outcome:
    """Return how a run ends for which no published version is known."""
    if evidence.fail_on != "never":
        if any(not gate.passed for gate in evidence.gates):
            return Outcome.GATE_FAILED
        if evidence.doubt is not None or evidence.unchecked:
            return Outcome.UNDECIDED
    return Outcome.FIRST_RELEASE


def _decision(evidence: Evidence[V], baseline: str, counts: Counts) -> Decision:
    scheme = evidence.scheme
    old, new = scheme.parse(baseline), scheme.parse(evidence.candidate)
    declared = _declared(scheme, old, new)
    level = _level(one for one in evidence.findings if one.suppressed is None)
    step = _step(evidence, old, level)

    def fits(step: Level) -> bool:
        return _fits(scheme, declared, new, _minimum(scheme, old, step))

    gates = tuple(_gates(evidence, declared, fits=fits(step))) if evidence.is_judged else ()
    certain = _level(
        one for one in evidence.findings if one.suppressed is None and one.certainty != "undecided"
    )
    enforced = _enforced(evidence, gates, certainly_fits=fits(_step(evidence, old, certain)))
    return Decision(
        counts=counts,
        declared=declared,
        required=_required(evidence, old, level, step),
        gates=gates,
        outcome=Outcome.PASSED if evidence.fail_on == "never" else enforced,
        enforced=enforced,
        is_waived=fits(step) and not fits(_step(evidence, old, _level(evidence.findings))),
        failing_level=_failing_level(evidence, lambda level: fits(_step(evidence, old, level))),
    )


def _failing_level(evidence: Evidence[V], is_high_enough_for: Callable[[Level], bool]) -> Level | None:
    """Return the lowest level that the version is too low for, or that `--fail-on` does not let pass.

    Any higher version is high enough for a patch.
    """
    if not evidence.is_judged or evidence.fail_on == "never":
        return None
    failing = [level for level in (Level.MINOR, Level.MAJOR) if not is_high_enough_for(level)]
    threshold = _threshold(evidence)
    return min(failing if threshold is None else [*failing, threshold], default=None)


def _threshold(evidence: Evidence[V]) -> Level | None:
    """Return the level from which on a finding fails the check whatever the version."""
    return Level[evidence.fail_on.upper()] if evidence.fail_on in {"major", "minor", "patch"} else None


def _level(findings: Iterable[Finding]) -> Level:
    return max((finding.level for finding in findings), default=Level.NONE)


def _step(evidence: Evidence[V], old: V, level: Level) -> Level:
    """Return the version step that a level needs: below 1.0.0 one smaller, never none."""
    if evidence.initial_is_unstable and evidence.scheme.is_initial_development(old) and level > Level.PATCH:
        return Level(level - 1)
    return min(level, evidence.breaking_step)


def _minimum(scheme: VersionScheme[V], old: V, step: Level) -> V:
    """Return the lowest version that is high enough, published or not."""
    if scheme.is_pre_release(old) or step is Level.NONE:
        return old  # a pre-release promised nothing: whatever comes after it may differ
    return scheme.next(old, step)


def _required(evidence: Evidence[V], old: V, level: Level, step: Level) -> Required:
    scheme = evidence.scheme
    taken = [scheme.parse(text) for text in evidence.published if _is_version(scheme, text)]
    published = {str(one) for one in taken}
    size = max(step, Level.PATCH)
    first = scheme.release(old) if scheme.is_pre_release(old) else scheme.next(old, size)
    version = first
    while str(version) in published:
        version = scheme.next(version, size)
    notes = (
        ()
        if version is first
        else (f"{evidence.baseline} has no room for this change: {first} is published already",)
    )
    suggested = _suggested(scheme, version, scheme.parse(evidence.candidate), taken)
    return Required(level, step, str(version), str(suggested), notes)


def _suggested(scheme: VersionScheme[V], required: V, new: V, taken: Collection[V]) -> V:
    """Return the required release, or for a pre-release the one on the way to it that is not published."""
    if not scheme.is_pre_release(new):
        return required
    stays = str(scheme.release(new)) == str(required) and new not in taken
    return new if stays else scheme.pre_release(required, new, taken)


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
    gates = [Gate("version", fits, _version_why(evidence, declared, fits=fits), bars_bump=False)]
    if evidence.candidate_is_published:
        unchanged = is_unchanged(evidence)
        why = f"{version} is published{', and this is the same package' if unchanged else ''}"
        gates.append(Gate("unpublished", unchanged, why, bars_bump=False))
    threshold = _threshold(evidence)
    if threshold is not None:
        count = sum(one.level >= threshold for one in evidence.findings if one.suppressed is None)
        why = f"{plural(count, 'finding')} of level {evidence.fail_on} or above"
        gates.append(Gate(f"fail-on {evidence.fail_on}", count == 0, why, bars_bump=False))
    passed_by = _passed_by(evidence)
    if passed_by is not None:
        word = "tagged" if passed_by in evidence.tagged else "published"
        why = f"{version} is lower than {evidence.start}, and now also than the {word} {passed_by}"
        gates.append(Gate("lowered version", passed=False, why=why))
    return [*gates, *evidence.gates]


def _passed_by(evidence: Evidence[V]) -> str | None:
    """Return a version that a change set stepped below: it would be compared with an older one."""
    scheme = evidence.scheme
    if evidence.start is None or not _is_version(scheme, evidence.start):
        return None
    start, own = scheme.parse(evidence.start), scheme.parse(evidence.candidate)
    known = (*evidence.published, *evidence.tagged)
    readable = [scheme.parse(text) for text in known if _is_version(scheme, text)]
    passed = [one for one in readable if own < one and not start < one]
    return str(max(passed)) if passed else None


def _version_why(evidence: Evidence[V], declared: Declared, *, fits: bool) -> str:
    match declared:
        case Declared.DOWNGRADE:
            return f"{evidence.candidate} is lower than every published version"
        case Declared.PRERELEASE if not evidence.is_same_version:
            return f"{evidence.baseline} is an earlier pre-release of the same version"
        case Declared.NONE | Declared.PRERELEASE | Declared.PATCH | Declared.MINOR | Declared.MAJOR:
            return f"{evidence.candidate} is {'high enough' if fits else 'too low'}"
        case _:
            assert_never(declared)


def _enforced(evidence: Evidence[V], gates: tuple[Gate, ...], *, certainly_fits: bool) -> Outcome:
    """Return how the run ends where its answer counts."""
    failed = {gate.name for gate in gates if not gate.passed}
    if "unpublished" in failed:
        return Outcome.ALREADY_PUBLISHED
    if "version" in failed:
        # Without the undecided findings the version may be high enough.
        return Outcome.UNDECIDED if certainly_fits else Outcome.UNDER_BUMPED
    if failed:
        return Outcome.GATE_FAILED
    return Outcome.UNDECIDED if evidence.unread or evidence.unchecked else Outcome.PASSED
