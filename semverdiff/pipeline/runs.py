"""The runs on one package: `check`, the gate, and `diff`, which gates nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.baselines import Baseline
from semverdiff.config import PolicyValue, Settings
from semverdiff.errors import SemverdiffError, UsageError, in_package
from semverdiff.pipeline.assessment import assess
from semverdiff.pipeline.gates import failed_gates, publish_gate
from semverdiff.pipeline.grounds import environment_of, grounds_of
from semverdiff.pipeline.model import ALONE, Assessment, Grounds, JudgingSettings
from semverdiff.pipeline.settings import project_settings
from semverdiff.reports import ChangeSet, Report, ReportedPackage, failed
from semverdiff.verdict import Evidence, decide

if TYPE_CHECKING:
    from semverdiff.artifact import Artifact
    from semverdiff.baselines import Operand
    from semverdiff.pipeline.front_end import Announce, FrontEnd
    from semverdiff.pipeline.model import Workspace
    from semverdiff.reports import Gate
    from semverdiff.verdict import Verdict

__all__ = [
    "check",
    "check_on_grounds",
    "check_package",
    "diff",
    "diff_packages",
    "failed_check",
    "judge_release",
    "load_sides",
]


class _Conditions(msgspec.Struct, frozen=True):
    """What a candidate has to meet beside its version, and how many of the conditions nobody could check."""

    gates: tuple[Gate, ...] = ()
    unchecked: int = 0


_NO_CONDITIONS = _Conditions()


def _ignore(text: str) -> None:
    """Ignore what comes next."""


def check(front_end: FrontEnd, settings: Settings) -> Report:
    """Check the package at `settings.path` against its baseline.

    Raises:
        SemverdiffError: the check could not complete; each kind of error says why.

    """
    return check_package(front_end, front_end.read_candidate(settings.path), settings)


def check_package(
    front_end: FrontEnd,
    candidate: Artifact,
    settings: Settings,
    workspace: Workspace = ALONE,
    announce: Announce = _ignore,
) -> Report:
    """Check a package that was read already, beside others of its workspace. Raises as `check` does.

    `announce` is told what comes next: what is looked for, fetched, compared.
    """
    return _check(front_end, candidate, settings, workspace, announce, asks_publish=True)[0]


def check_on_grounds(
    front_end: FrontEnd,
    candidate: Artifact,
    settings: Settings,
    workspace: Workspace = ALONE,
    announce: Announce = _ignore,
) -> tuple[Report, Grounds]:
    """Return a report as of `check_package`, and what it rests on beside the package.

    Whether the package can be published is not looked at: who asks wants to know about its version.
    """
    return _check(front_end, candidate, settings, workspace, announce, asks_publish=False)


def _check(  # noqa: PLR0913 (what the two functions above have in common)
    front_end: FrontEnd,
    candidate: Artifact,
    settings: Settings,
    workspace: Workspace,
    announce: Announce,
    *,
    asks_publish: bool,
) -> tuple[Report, Grounds]:
    front_end.require_api(candidate)
    announce("looking for the version to compare with")
    grounds = grounds_of(front_end, settings, candidate.identity)
    announce(_comparison(grounds.baseline))
    clients = _shows_clients(settings)
    compare = front_end.comparison_on(grounds, workspace, clients=clients, announce=announce)
    with in_package(settings.path):  # A baseline that cannot be read is no error of its own by then.
        assessment = assess(
            grounds.baseline.package,
            candidate,
            grounds.settings,
            compare,
            scheme=front_end.ecosystem.scheme,
        )
    conditions = _Conditions(failed_gates(front_end, grounds, assessment, candidate))
    readiness = None
    if grounds.settings.publish and asks_publish:
        announce("looking whether it can be published")
        readiness = front_end.readiness(candidate, grounds, workspace)
        conditions = _Conditions((*conditions.gates, publish_gate(readiness)), readiness.doubts)
    verdict = _verdict(front_end, assessment, candidate.version, grounds, conditions)
    report = replace(
        _report(front_end, assessment, candidate, grounds, verdict),
        publish=readiness,
        folder=front_end.folder(settings.path, workspace.root),
        change_set=_change_set(front_end, candidate, grounds, workspace, clients=clients),
    )
    _announce_answers(grounds, announce)
    return report, grounds


def failed_check(
    front_end: FrontEnd,
    error: SemverdiffError,
    path: Path,
    candidate: Artifact | None = None,
    workspace: Path | None = None,
) -> Report:
    """Return the report of a check of the package at a path that an error ended.

    `workspace` is the directory of the workspace that it is a member of, where that is known.
    """
    folder = front_end.folder(path, workspace)
    error_folder = folder if error.package is not None else None
    if error.package is not None and error.package != path:
        error_folder = front_end.folder(error.package)
    return failed(error, candidate, folder, error_folder, front_end.ecosystem)


def diff(front_end: FrontEnd, old: str | Path, new: str | Path, settings: Settings | None = None) -> Report:
    """Compare any two packages, each as `semver diff` takes it. Nothing is gated.

    What the project decided (rules, policies, suppressions) is read beside the new package's manifest;
    `settings` give the rest: whether to be strict, and how registries are reached.

    Raises:
        SemverdiffError: the comparison could not complete; each kind of error says why.

    """
    settings = Settings(Path()) if settings is None else settings
    return diff_packages(front_end, *load_sides(front_end, old, new, settings), settings)


def load_sides(
    front_end: FrontEnd, old: str | Path, new: str | Path, settings: Settings
) -> tuple[Operand, Operand]:
    """Return the two packages that `diff` is to compare, and why it is these. Raises as `diff` does."""
    texts = os.fspath(old), os.fspath(new)
    # Revisions are those of the git repository around the package that is a directory.
    place = next((Path(text) for text in reversed(texts) if Path(text).is_dir()), Path())
    return front_end.read_operands(*texts, environment_of(settings, place))


def diff_packages(
    front_end: FrontEnd, old: Operand, new: Operand, settings: Settings, announce: Announce = _ignore
) -> Report:
    """Compare two packages that were read already. Raises as `diff` does.

    `announce` is told what comes next: what is fetched, compared.
    """
    project = replace(
        project_settings(front_end, new.package.semver_toml),
        strict=settings.strict,
        fail_on="never",
        dependencies=settings.dependencies,
    )
    grounds = Grounds(
        judging=JudgingSettings(project),
        environment=environment_of(settings, settings.path),
        baseline=Baseline(old.package, old.reason, notes=(*old.notes, *new.notes)),
    )
    announce(_comparison(grounds.baseline))
    compare = front_end.comparison_on(grounds, ALONE, clients=True, announce=announce)
    scheme = front_end.ecosystem.scheme
    assessment = assess(old.package, new.package, project, compare, scheme=scheme)
    verdict = _verdict(front_end, assessment, new.package.version, grounds, is_judged=False)
    _announce_answers(grounds, announce)
    return replace(_report(front_end, assessment, new.package, grounds, verdict), folder=new.folder)


def judge_release(
    front_end: FrontEnd, old: Artifact | None, new: Artifact, settings: Settings
) -> tuple[Report, Assessment]:
    """Judge a release against the one before it, long after both were published. Raises as `diff` does.

    Return the report and what it rests on. Only the settings that are given count, never those that a package
    brings along, and no code of clients is written. Which versions were taken already does not matter.
    """
    reason = "nothing was published before" if old is None else "the release before"
    grounds = Grounds(
        judging=JudgingSettings(settings),
        environment=environment_of(settings, settings.path),
        baseline=Baseline(old, reason),
    )
    compare = front_end.comparison_on(grounds, ALONE, clients=False)
    scheme = front_end.ecosystem.scheme
    assessment = assess(old, new, settings, compare, scheme=scheme)
    verdict = _verdict(front_end, assessment, new.version, grounds)
    return _report(front_end, assessment, new, grounds, verdict), assessment


def _announce_answers(grounds: Grounds, announce: Announce) -> None:
    """Announce where the answers of registries came from, if any were asked for."""
    tally = grounds.environment.tally
    if tally.cached or tally.fetched:
        announce(str(tally))


def _comparison(baseline: Baseline) -> str:
    if baseline.package is None:
        return "nothing to compare with"
    return f"comparing with {baseline.package.name} {baseline.package.version}"


def _shows_clients(settings: Settings) -> bool:
    """Return whether a format of the report shows the code that breaks: `bal` does not."""
    return any(text.partition("=")[0] != "bal" for text in settings.formats)


def _change_set(
    front_end: FrontEnd, candidate: Artifact, grounds: Grounds, workspace: Workspace, *, clients: bool
) -> ChangeSet | None:
    """Return what changed since the history parted, in other packages of the workspace as well.

    Nothing is gated by it.
    """
    start = grounds.start
    if start is None:
        return None
    if start.package is None:
        return ChangeSet(None, start.reason)
    grounds = replace(grounds, baseline=start, base=None)
    parted = grounds.settings.merge_base
    compare = front_end.comparison_on(grounds, workspace, clients=clients, merge_base=parted)
    scheme = front_end.ecosystem.scheme
    assessment = assess(start.package, candidate, grounds.settings, compare, scheme=scheme)
    return ChangeSet(
        baseline=ReportedPackage.of(start.package),
        reason=start.reason,
        required_bump=_verdict(front_end, assessment, candidate.version, grounds).required_bump,
        findings=assessment.findings,
        skipped=assessment.skipped,
    )


def _verdict(  # noqa: PLR0913 (what a verdict rests on)
    front_end: FrontEnd,
    assessment: Assessment,
    version: str,
    grounds: Grounds,
    conditions: _Conditions = _NO_CONDITIONS,
    *,
    is_judged: bool = True,
) -> Verdict:
    """Return what the assessment means for the version. Raises `UsageError` for a text that is no version."""
    baseline, settings = grounds.baseline, grounds.settings
    evidence = Evidence(
        scheme=front_end.ecosystem.scheme,
        candidate=version,
        baseline=None if baseline.package is None else baseline.package.version,
        findings=assessment.findings,
        published=baseline.published,
        tagged=baseline.tagged,
        candidate_is_published=baseline.candidate_is_published,
        same_sources=assessment.same_sources,
        doubt=baseline.doubt,
        start=grounds.start_version,
        unread=len(assessment.skipped),
        unchecked=conditions.unchecked,
        initial_is_unstable=settings.policies.zero_minor is PolicyValue.BREAKING_MINOR,
        breaking_step=assessment.breaking_step,
        fail_on=settings.fail_on,
        gates=conditions.gates,
        is_judged=is_judged,
        is_baseline_wanted=baseline.is_wanted,
        absence=baseline.reason,
    )
    try:
        return decide(evidence)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _report(
    front_end: FrontEnd, assessment: Assessment, candidate: Artifact, grounds: Grounds, verdict: Verdict
) -> Report:
    baseline = grounds.baseline
    return Report(
        outcome=verdict.outcome,
        candidate=ReportedPackage.of(candidate),
        baseline=None if baseline.package is None else ReportedPackage.of(baseline.package),
        baseline_reason=baseline.reason,
        gates=verdict.gates,
        declared_bump=verdict.declared_bump,
        required_bump=verdict.required_bump,
        required_version=verdict.required_version,
        suggested_version=verdict.suggested_version,
        failing_level=verdict.failing_level,
        counts=verdict.counts,
        findings=assessment.findings,
        unused_suppressions=assessment.unused_suppressions,
        expired_suppressions=assessment.expired_suppressions,
        relaxed_settings=tuple(one.sentence for one in grounds.judging.relaxations),
        settings=grounds.judging.reported,
        skipped=assessment.skipped,
        notes=(*candidate.notes, *grounds.notes, *assessment.notes, *verdict.notes),
        summary=verdict.summary,
        tone=verdict.tone,
        version_place=front_end.version_place(candidate),
        ecosystem=front_end.ecosystem,
    )
