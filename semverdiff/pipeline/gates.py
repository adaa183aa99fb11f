"""The gates beside the version: what else a change set must not do if the check is to pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.reports import Gate
from semverdiff.text import plural
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.baselines import Base, Baseline
    from semverdiff.packages import Identity
    from semverdiff.pipeline.assessment import Assessment
    from semverdiff.pipeline.settings import JudgingSettings

__all__ = ["failed_gates", "rename_notes"]


def failed_gates(
    candidate: Identity,
    judging: JudgingSettings,
    base: Base | None,
    baseline: Baseline,
    assessment: Assessment,
) -> tuple[Gate, ...]:
    """Return the gates that a candidate does not pass, besides those of its version."""
    reasons = (
        ("suppressions", _stale(assessment) if judging.settings.strict else ""),
        ("relaxed settings", _relaxed(judging)),
        ("base settings", _unreadable(judging)),
        ("package name", _renamed(candidate, judging, base, baseline)),
        ("lowered version", _lowered(candidate, base, baseline)),
    )
    return tuple(Gate(name, passed=False, why=why) for name, why in reasons if why)


def rename_notes(candidate: Identity, base: Base | None) -> Iterator[str]:
    """Yield a sentence where the candidate's directory held another package at the base of the change set."""
    former = None if base is None else base.baseline.former_name
    if base is not None and former is not None:
        yield (
            f"The package was {former} at {base.baseline.reason} and is {candidate.package} now: clients of "
            f"{former} get no update."
        )


def _stale(assessment: Assessment) -> str:
    """Return how many suppressions do nothing."""
    numbers = (
        (len(assessment.unused_suppressions), "without a finding"),
        (len(assessment.expired_suppressions), "expired"),
    )
    return "; ".join(f"{plural(count, 'suppression')} {what}" for count, what in numbers if count)


def _relaxed(judging: JudgingSettings) -> str:
    """Return what the change set relaxes, accepted or not: a strict run lets nothing of it pass unseen."""
    if not judging.settings.strict:
        return ""
    return "; ".join(one.sentence for one in judging.relaxations)


def _unreadable(judging: JudgingSettings) -> str:
    """Return why it is not known what the base decided, where that should have judged."""
    if judging.unreadable is None or judging.settings.accept_settings == "head":
        return ""
    return (
        f"the Semver.toml of {judging.base} does not count ({judging.unreadable}); mend it there, or say "
        "--accept-settings head once"
    )


def _renamed(candidate: Identity, judging: JudgingSettings, base: Base | None, baseline: Baseline) -> str:
    """Return which name the package had before, where a new one needs somebody's consent."""
    settings = judging.settings
    former = base.baseline.former_name if base is not None else None
    former = former or baseline.former_name
    if former is None:
        return ""
    is_consented = settings.accept_settings == "head"
    if not settings.strict and (settings.merge_base is None or is_consented):
        return ""
    return f"the package was {former} before and is {candidate.package} now"


def _lowered(candidate: Identity, base: Base | None, baseline: Baseline) -> str:
    """Return what lowering the version hides: a published version that it was above, and is no longer."""
    if base is None or base.baseline.package is None or not baseline.published:
        return ""
    try:
        before, after = parse_version(base.baseline.package.version), parse_version(candidate.version)
    except ValueError:
        return ""
    passed = [one for one in map(parse_version, baseline.published) if after < one <= before]
    if not passed:
        return ""
    return f"{after} is lower than {before} at {base.baseline.reason}, and than the published {passed[-1]}"
