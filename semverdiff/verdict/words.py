"""A verdict in words: one sentence for every format, how it is to be taken, and what is worth a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.text import plural
from semverdiff.verdict.model import Declared, Outcome, Tone
from semverdiff.versions import Level, V

if TYPE_CHECKING:
    from semverdiff.verdict.model import Counts, Decision, Evidence, Gate

__all__ = ["is_unchanged", "notes_of", "sentence_of", "sentence_without_baseline", "tone_of"]

_SIZES = {Declared.MAJOR: Level.MAJOR, Declared.MINOR: Level.MINOR, Declared.PATCH: Level.PATCH}
_NOUNS = {Level.MAJOR: "breaking change", Level.MINOR: "addition"}
_FAILURES = frozenset({Outcome.UNDER_BUMPED, Outcome.ALREADY_PUBLISHED, Outcome.GATE_FAILED, Outcome.ERROR})
_OPEN = frozenset({Outcome.UNDECIDED, Outcome.NOTHING_CHECKED})


def tone_of(evidence: Evidence[V], outcome: Outcome, decision: Decision | None = None) -> Tone:
    """Return how the sentence is to be taken. Only what was judged, and needs no waiver, is good."""
    if outcome in _FAILURES:
        return Tone.BAD
    if outcome in _OPEN:
        return Tone.OPEN
    if decision is None:
        if evidence.doubt is not None or any(not gate.passed for gate in evidence.gates):
            return Tone.WARNING
        return Tone.GOOD if evidence.is_baseline_wanted else Tone.NEUTRAL
    if not evidence.is_judged:
        return Tone.NEUTRAL
    return Tone.WARNING if decision.is_waived or decision.enforced is not outcome else Tone.GOOD


def sentence_without_baseline(evidence: Evidence[V], outcome: Outcome) -> str:
    """Return the sentence where there is nothing to compare with."""
    version = evidence.candidate
    failed = _failed(evidence.gates)
    if failed is not None:
        enforced = "" if outcome is Outcome.GATE_FAILED else " (not enforced)"
        return f"{version} does not pass the gate '{failed.name}'{enforced}: {failed.why}"
    if evidence.doubt is not None:
        enforced = "" if outcome is Outcome.UNDECIDED else " (not enforced)"
        return (
            f"{version} may be no first release{enforced}: {evidence.absence}, but {evidence.doubt}; "
            "if nothing was ever published, say so with --baseline none"
        )
    if evidence.unchecked:
        return _unchecked(evidence, outcome)
    if not evidence.is_baseline_wanted:
        return f"{version} is not compared with anything: {evidence.absence}"
    return f"{version} is a first release: {evidence.absence}"


def sentence_of(evidence: Evidence[V], decision: Decision) -> str:
    """Return the sentence about two versions that were compared."""
    if not evidence.is_judged:
        return _requirement(evidence, decision)
    if decision.enforced is Outcome.PASSED:
        return _fitting(evidence, decision)
    enforced = "" if decision.outcome is decision.enforced else " (not enforced)"
    return _failing(evidence, decision, enforced)


def _requirement(evidence: Evidence[V], decision: Decision) -> str:
    """Return what the changes need, where no version is judged."""
    required, unread = decision.required, _open_words(0, evidence.unread)
    if required.step is Level.NONE:
        return "; ".join(filter(None, (_same(evidence), _waived(evidence), unread)))
    counted = _undecided(evidence, required.level)
    needed = f"requires {required.step.word}: {required.version} or later, for {_reasons(decision.counts)}"
    if counted:
        whole = "" if counted == _deciding(decision.counts) else f"{counted} of "
        needed += f", {whole}which could not be decided"
    others = _open_words(decision.counts.undecided - counted, evidence.unread)
    return "; ".join(filter(None, (needed + _policy(evidence, decision), others)))


def _undecided(evidence: Evidence[V], level: Level) -> int:
    """Return how many of the changes that count at a level could not be decided."""
    return sum(
        one.certainty == "undecided" and one.level is level
        for one in evidence.findings
        if one.suppressed is None
    )


def _failing(evidence: Evidence[V], decision: Decision, enforced: str) -> str:
    version, required = evidence.candidate, decision.required
    because = "" if required.step is Level.NONE else f", required by {_reasons(decision.counts)}"
    match decision.enforced:
        case Outcome.ALREADY_PUBLISHED:
            return (
                f"{version} is already published{enforced}, and versions are permanent: "
                f"the next free version is {required.suggested}{because}"
            )
        case Outcome.UNDER_BUMPED if decision.declared is Declared.DOWNGRADE:
            return (
                f"{version} is lower than the published {evidence.baseline}{enforced}: "
                f"{required.suggested} is the next version{because}"
            )
        case Outcome.UNDER_BUMPED:
            needed = f"{required.suggested} is required by {_reasons(decision.counts)}"
            return f"{version} is too low{enforced}: {needed}{_policy(evidence, decision)}"
        case Outcome.UNDECIDED if not decision.counts.undecided and not evidence.unread:
            return _unchecked(evidence, decision.outcome)
        case Outcome.UNDECIDED:
            open_words = _open_words(decision.counts.undecided, evidence.unread)
            return f"{version} may be too low{enforced}: {open_words}"
    failed = _failed(decision.gates)
    if failed is None:
        raise AssertionError(decision.enforced)
    return f"{version} does not pass the gate '{failed.name}'{enforced}: {failed.why}"


def _unchecked(evidence: Evidence[V], outcome: Outcome) -> str:
    """Return that it is not known whether the package can be published."""
    enforced = "" if outcome is Outcome.UNDECIDED else " (not enforced)"
    rules = plural(evidence.unchecked, "condition")
    return f"{evidence.candidate} may not be ready to be published{enforced}: {rules} could not be checked"


def _fitting(evidence: Evidence[V], decision: Decision) -> str:
    """Return why a version is high enough: it is right, more than right, or something was waived."""
    version, required = evidence.candidate, decision.required
    if decision.is_waived:
        return f"{version} is high enough: {_waived(evidence)}"
    if decision.declared is Declared.PRERELEASE:
        changes = _same(evidence) if required.step is Level.NONE else _reasons(decision.counts)
        if evidence.is_same_version:
            why = "" if required.step is Level.NONE else ", as a pre-release promises nothing"
            return f"{version} is high enough{why}: {changes}"
        return f"{version} comes after {evidence.baseline}, a pre-release of the same version: {changes}"
    needed = _same(evidence)
    if required.step is not Level.NONE:
        verb = "needs" if _deciding(decision.counts) == 1 else "need"
        policy = _policy(evidence, decision)
        needed = f"{_reasons(decision.counts)} {verb} a {required.step.word} version{policy}"
    if _is_higher(decision):
        return f"{version} is higher than needed, {required.version} would do: {needed}"
    new = evidence.scheme.parse(version)
    is_exact = str(evidence.scheme.release(new)) == required.version
    early = f", on the way to {required.version}" if evidence.scheme.is_pre_release(new) else ""
    return f"{version} is {'right' if is_exact else 'high enough'}{early if is_exact else ''}: {needed}"


def _is_higher(decision: Decision) -> bool:
    size = _SIZES.get(decision.declared, Level.NONE)
    return size > max(decision.required.step, Level.PATCH)


def _failed(gates: tuple[Gate, ...]) -> Gate | None:
    return next((gate for gate in gates if not gate.passed), None)


def _policy(evidence: Evidence[V], decision: Decision) -> str:
    """Return which policy decided, in brackets, where a step is smaller than the changes that need it."""
    if evidence.baseline is None or decision.required.step is decision.required.level:
        return ""
    scheme = evidence.scheme
    if evidence.initial_is_unstable and scheme.is_initial_development(scheme.parse(evidence.baseline)):
        return " (initial development: one step less)"
    return " (a later update of the distribution is asked for: policy breaking-bump)"


def _open_words(undecided: int, unread: int) -> str:
    """Return what could not be told."""
    decided = f"{plural(undecided, 'change')} could not be decided" if undecided else ""
    read = f"{plural(unread, 'declaration')} of the baseline could not be read" if unread else ""
    return ", ".join(filter(None, (decided, read)))


def _same(evidence: Evidence[V]) -> str:
    nothing = "nothing that counts differs" if evidence.findings else "nothing differs"
    return f"{nothing} from {evidence.baseline}"


def _waived(evidence: Evidence[V]) -> str:
    """Return the suppressed changes of the highest level; nothing if there are none."""
    levels = [one.level for one in evidence.findings if one.suppressed is not None]
    if not levels:
        return ""
    count = levels.count(max(levels))
    return f"{_changes(max(levels), count)} {'is' if count == 1 else 'are'} suppressed"


def _deciding(counts: Counts) -> int:
    """Return how many changes the requirement comes from: those of the highest level."""
    return counts.major or counts.minor or counts.patch


def _reasons(counts: Counts) -> str:
    """Return the changes that the requirement comes from."""
    level = Level.MAJOR if counts.major else Level.MINOR if counts.minor else Level.PATCH
    return _changes(level, _deciding(counts)) if _deciding(counts) else "no change"


def _changes(level: Level, count: int) -> str:
    return plural(count, _NOUNS.get(level, "change"))


def is_unchanged(evidence: Evidence[V]) -> bool:
    """Return whether the candidate is the published package itself."""
    return evidence.same_sources and not evidence.findings


def notes_of(evidence: Evidence[V]) -> list[str]:
    """Return what is worth saying beside the sentence."""
    if not is_unchanged(evidence):
        return []
    return [f"Nothing differs from {evidence.baseline}: there is nothing to release."]
