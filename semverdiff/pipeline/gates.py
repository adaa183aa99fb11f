"""The gates beside the version: what else a change set must not do if the check is to pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.config import PolicyValue
from semverdiff.reports import Gate
from semverdiff.text import plural, quote_all
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.artifact import Artifact
    from semverdiff.config import Settings
    from semverdiff.pipeline.front_end import FrontEnd
    from semverdiff.pipeline.model import Assessment, Grounds, JudgingSettings
    from semverdiff.publish import Readiness

__all__ = ["failed_gates", "publish_gate"]


def failed_gates(
    front_end: FrontEnd, grounds: Grounds, assessment: Assessment, candidate: Artifact
) -> tuple[Gate, ...]:
    """Return the gates that a candidate does not pass, besides those of its version."""
    judging = grounds.judging
    reasons = (
        ("suppressions", _stale(assessment) if _asks_for_use(judging.settings) else ""),
        ("relaxed settings", _relaxed(judging)),
        ("base settings", _unreadable(judging)),
        ("package name", _renamed(grounds)),
        ("baseline", _missing(grounds) or _altered(grounds)),
    )
    gates = [Gate(name, passed=False, why=why) for name, why in reasons if why]
    gates += front_end.gates(grounds, candidate)
    sudden = _sudden(judging.settings, assessment, grounds, front_end.ecosystem.deprecation)
    if sudden:
        gates.append(Gate("removals", passed=False, why=sudden))
    return tuple(gates)


def publish_gate(readiness: Readiness) -> Gate:
    """Return whether anything that is known keeps a package from being published."""
    parts = [
        plural(count, noun)
        for count, noun in ((readiness.errors, "error"), (readiness.warnings, "warning"))
        if count
    ]
    why = " and ".join(parts) or "nothing is in the way"
    first = readiness.first_error
    return Gate(
        "publish", passed=not readiness.errors, why=f"{why}; {first}" if first else why, bars_bump=False
    )


def _asks_for_use(settings: Settings) -> bool:
    return settings.strict or settings.strict_suppressions


def _stale(assessment: Assessment) -> str:
    """Return how many suppressions do nothing."""
    numbers = (
        (len(assessment.unused_suppressions), "without a finding"),
        (len(assessment.expired_suppressions), "expired"),
    )
    return "; ".join(f"{plural(count, 'suppression')} {what}" for count, what in numbers if count)


def _relaxed(judging: JudgingSettings) -> str:
    """Return what the change set relaxes, accepted or not: a strict run lets nothing of it pass unseen.

    Where only the settings of the base are accepted, a suppression that the change set adds fails the run,
    also if it changes no verdict: from the merge on it would act.
    """
    settings = judging.settings
    if not settings.strict and settings.accept_settings != "base":
        return ""
    named = [one for one in judging.relaxations if settings.strict or one.is_suppression]
    return "; ".join(one.sentence for one in named)


def _unreadable(judging: JudgingSettings) -> str:
    """Return why it is not known what the base decided, where that should have judged."""
    if judging.unreadable is None or judging.settings.accept_settings == "head":
        return ""
    return (
        f"the Semver.toml of {judging.base} does not count ({judging.unreadable}); mend it there, or say "
        "--accept-settings head once"
    )


def _missing(grounds: Grounds) -> str:
    """Return why there is no baseline, where one is required."""
    if grounds.baseline.package is not None or not grounds.settings.require_baseline:
        return ""
    return f"there is nothing to compare with ({grounds.baseline.reason}), and a baseline is required"


def _altered(grounds: Grounds) -> str:
    """Return that the change set brings its own baseline along, where nobody consents."""
    if not grounds.is_altered or grounds.settings.accept_settings == "head":
        return ""
    return f"it lies in the repository, and is not what it was at {grounds.judging.base}"


def _sudden(settings: Settings, assessment: Assessment, grounds: Grounds, mark: str) -> str:
    """Return what clients lose without a warning before, by a `mark`, where the project promises one."""
    old = grounds.baseline.package
    if settings.policies.removal is not PolicyValue.AFTER_DEPRECATION or old is None:
        return ""
    sudden = [
        f"{one.module}: {one.symbol}" if one.module else one.symbol
        for one in assessment.findings
        if one.announced is False and one.suppressed is None and one.level is Level.MAJOR
    ]
    if not sudden:
        return ""
    verb = "goes and was" if len(sudden) == 1 else "go and were"
    return (
        f"{quote_all(sudden)} {verb} not deprecated in {old.version}: keep what goes, marked "
        f"`{mark}`, for a minor version"
    )


def _renamed(grounds: Grounds) -> str:
    """Return which name the package had before, where a new one needs somebody's consent."""
    settings = grounds.settings
    is_consented = settings.accept_settings == "head" or settings.merge_base is None
    if grounds.former_name is None or (is_consented and not settings.strict):
        return ""
    return f"the package was {grounds.former_name} before: its clients get no update under another name"
