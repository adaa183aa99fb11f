"""The runs on one package: `check`, the gate, and `diff`, which gates nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import __version__, baselines, packages, registry
from semverdiff.config import Options, Settings
from semverdiff.errors import NetworkError, NothingToCheckError, SemverdiffError, UsageError
from semverdiff.pipeline.assessment import Assessment, Context, assess
from semverdiff.pipeline.gates import failed_gates, rename_notes
from semverdiff.pipeline.settings import judging_settings, project_settings
from semverdiff.reports import ChangeSet, DecidedSettings, Report, ReportedPackage
from semverdiff.verdict import Evidence, decide
from semverdiff.versions import SEMANTIC, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.baselines import Base, Baseline, Operand
    from semverdiff.packages import Dependency, FindPackage, Identity, Package
    from semverdiff.pipeline.settings import JudgingSettings
    from semverdiff.registry import Environment
    from semverdiff.reports import Gate
    from semverdiff.verdict import Verdict

__all__ = ["check", "check_package", "diff", "diff_packages", "load_sides"]

_DOWNLOADS = ("SEMVERDIFF_CACHE_DIR", "BALLERINA_HOME_DIR")
_REGISTRIES = frozenset({"central", "repository"})


def check(settings: Settings) -> Report:
    """Check the package at `settings.path` against its baseline.

    Raises:
        SemverdiffError: the check could not complete; each kind of error says why.

    """
    return check_package(packages.read_package(settings.path), settings)


def check_package(candidate: Package, settings: Settings, members: Sequence[Package] = ()) -> Report:
    """Check a package that was read already; `members` are those of its workspace. Raises as `check` does."""
    _require_exports(candidate)
    identity = candidate.identity
    # First, because it is quick: a branch that does not exist should be reported before a download.
    base = _base(settings, identity)
    judging = judging_settings(settings, base)
    judge = judging.settings
    environment = _environment(judge, judge.path)
    change_set = _change_set(_merge_base(judge, base, identity, environment), candidate, judge, environment)
    baseline = _baseline(judge, base, identity, environment)
    notes: tuple[str, ...] = ()
    if change_set is None:
        earlier, notes = _pre_release(judge, baseline, identity, environment)
        change_set = _change_set(earlier, candidate, judge, environment)
    # Who compares with a file wants no network; who asked a registry has one.
    fetch = baseline.package is not None and baseline.package.provenance.source in _REGISTRIES
    find = _dependencies(environment, members=members, fetch=fetch)
    assessment = assess(baseline.package, candidate, judge, Context(find))
    gates = failed_gates(identity, judging, base, baseline, assessment)
    verdict = _verdict(assessment, candidate.version, baseline, judge, gates=gates)
    report = _report(assessment, candidate, baseline, verdict)
    return replace(
        report,
        change_set=change_set,
        relaxed_settings=tuple(one.sentence for one in judging.relaxations),
        settings=_decided(judging),
        notes=(*report.notes, *notes, *rename_notes(identity, base)),
    )


def diff(old: str | Path, new: str | Path, settings: Settings | None = None) -> Report:
    """Compare any two packages, each as `semver diff` takes it. Nothing is gated.

    What the project decided (rules, policies, suppressions) is read beside the new package's Ballerina.toml;
    `settings` give the rest: whether to be strict, and how registries are reached.

    Raises:
        SemverdiffError: the comparison could not complete; each kind of error says why.

    """
    settings = Settings(Path()) if settings is None else settings
    return diff_packages(*load_sides(old, new, settings), settings)


def load_sides(old: str | Path, new: str | Path, settings: Settings) -> tuple[Operand, Operand]:
    """Return the two packages that `diff` is to compare, and why it is these. Raises as `diff` does."""
    texts = os.fspath(old), os.fspath(new)
    # Revisions are those of the git repository around the package that is a directory.
    place = next((Path(text) for text in reversed(texts) if Path(text).is_dir()), Path())
    return baselines.read_operands(*texts, _environment(settings, place))


def diff_packages(old: Operand, new: Operand, settings: Settings) -> Report:
    """Compare two packages that were read already. Raises as `diff` does."""
    project = replace(project_settings(new.package.semver_toml), strict=settings.strict, fail_on="never")
    find = _dependencies(_environment(settings, settings.path))
    assessment = assess(old.package, new.package, project, Context(find))
    baseline = baselines.Baseline(old.package, old.reason, notes=(*old.notes, *new.notes))
    return _report(
        assessment, new.package, baseline, _verdict(assessment, new.package.version, baseline, project)
    )


def _require_exports(candidate: Package) -> None:
    if not any(module.exported for module in candidate.modules):
        raise NothingToCheckError(
            f"{candidate.name} exports no module: name one in `export` of Ballerina.toml, "
            "or there is no API to check"
        )


def _environment(settings: Settings, place: Path) -> Environment:
    """Return how registries are reached; `place` lies in the git repository whose revisions are meant.

    Raises:
        UsageError: what was downloaded lies in a directory that came with a repository.

    """
    for variable in _DOWNLOADS:
        named = settings.environment.get(variable)
        if named and packages.is_committed(Path(named)):
            raise UsageError(
                f"the directory that {variable} names holds files of a git repository, so that a change of "
                "it could bring another published version: choose a directory that is not committed"
            )
    return replace(
        registry.environment_from(settings.environment, Path.home()),
        place=place,
        agent=f"semverdiff/{__version__}",
        offline=settings.offline,
        refresh=settings.refresh,
    )


def _dependencies(
    environment: Environment, *, members: Sequence[Package] = (), fetch: bool = False
) -> FindPackage:
    """Return what finds a dependency: among `members` of the workspace, then in archives on this machine.

    With `fetch` Central is asked for what is missing, until it does not answer: a check does not fail for
    what only makes some answers more exact.
    """
    reachable = fetch

    def find(dependency: Dependency) -> Package | None:
        nonlocal reachable
        try:
            return baselines.find_dependency(dependency, environment, members=members, fetch=reachable)
        except NetworkError:
            reachable = False
            return None

    return find


def _base(settings: Settings, candidate: Identity) -> Base | None:
    """Return the package at the revision whose settings judge: the merge base, else a baseline from git.

    What was typed goes before what the candidate's own Semver.toml names.
    """
    typed = settings.typed or Options()
    environment = _environment(settings, settings.path)
    for merge_base, baseline in (
        (typed.merge_base, typed.baseline),
        (settings.merge_base, settings.baseline),
    ):
        if merge_base is not None:
            return baselines.merge_base(merge_base, candidate, environment)
        if baseline is not None and baseline.startswith("git:"):
            spec = baselines.parse_revision(baseline.removeprefix("git:"))
            return baselines.revision_base(spec, candidate, environment)
    return None


def _baseline(
    settings: Settings, base: Base | None, candidate: Identity, environment: Environment
) -> Baseline:
    """Return what the candidate is compared with."""
    spec = baselines.parse_spec(settings.baseline)
    if base is not None and base.asked == spec:
        return base.baseline
    start = None if base is None else base.baseline
    if start is not None and start.package is not None and start.package.manifest.visibility == "private":
        # Whoever makes a package public in the same change set must not make its releases disappear.
        candidate = replace(candidate, is_private=True)
    return baselines.resolve(spec, candidate, environment, start)


def _merge_base(
    settings: Settings, base: Base | None, candidate: Identity, environment: Environment
) -> Baseline | None:
    """Return the package where the history parted, if the settings ask for what changed since."""
    if settings.merge_base is None:
        return None
    if base is None or base.asked != settings.merge_base:
        base = baselines.merge_base(settings.merge_base, candidate, environment)
    return base.baseline


def _pre_release(
    settings: Settings, baseline: Baseline, candidate: Identity, environment: Environment
) -> tuple[Baseline | None, tuple[str, ...]]:
    """Return the pre-release before the candidate, if both lead to one release, and what to say of it.

    The gate compares with the last release. What changed since is of use only, so that a check does not
    fail where the pre-release cannot be had.
    """
    spec = baselines.parse_spec(settings.baseline)
    try:
        return baselines.resolve_pre_release(spec, baseline, candidate, environment), ()
    except SemverdiffError as error:
        return None, (f"what changed since the pre-release before is not shown: {error}",)


def _change_set(
    start: Baseline | None, candidate: Package, settings: Settings, environment: Environment
) -> ChangeSet | None:
    """Return what changed since the history parted. Nothing is gated by it."""
    if start is None:
        return None
    if start.package is None:
        return ChangeSet(None, start.reason)
    assessment = assess(start.package, candidate, settings, Context(_dependencies(environment)))
    return ChangeSet(
        baseline=ReportedPackage.of(start.package),
        reason=start.reason,
        required_bump=_verdict(assessment, candidate.version, start, settings).required_bump,
        findings=assessment.findings,
        skipped=assessment.skipped,
    )


def _decided(judging: JudgingSettings) -> DecidedSettings:
    """Return what the report says about the settings that judged, and those that did not count."""
    accepted = [one for one in judging.relaxations if one.is_accepted]
    return DecidedSettings(
        base=judging.base,
        accepted_suppressions=tuple(one.sentence for one in accepted if one.is_suppression),
        accepted_settings=tuple(one.sentence for one in accepted if not one.is_suppression),
        refused=tuple(one.sentence for one in judging.relaxations if not one.is_accepted),
        weaker=judging.weaker,
    )


def _verdict(
    assessment: Assessment,
    version: str,
    baseline: Baseline,
    settings: Settings,
    *,
    gates: tuple[Gate, ...] = (),
) -> Verdict:
    """Return what the assessment means for the version. Raises `UsageError` for a text that is no version."""
    evidence = Evidence(
        scheme=SEMANTIC,
        candidate=version,
        baseline=None if baseline.package is None else baseline.package.version,
        findings=assessment.findings,
        published=baseline.published,
        candidate_is_published=baseline.candidate_is_published,
        doubt=baseline.doubt,
        same_sources=assessment.same_sources,
        unread=len(assessment.skipped),
        initial_is_unstable=settings.policies.zero_minor == "breaking-minor",
        breaking_step=Level.MINOR if assessment.raises_distribution else Level.MAJOR,
        fail_on=settings.fail_on,
        gates=gates,
    )
    try:
        return decide(evidence)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _report(
    assessment: Assessment,
    candidate: Package,
    baseline: Baseline,
    verdict: Verdict,
) -> Report:
    return Report(
        outcome=verdict.outcome,
        candidate=ReportedPackage.of(candidate),
        baseline=None if baseline.package is None else ReportedPackage.of(baseline.package),
        baseline_reason=baseline.reason,
        gates=verdict.gates,
        declared_bump=verdict.declared_bump,
        required_bump=verdict.required_bump,
        required_version=verdict.required_version,
        counts=verdict.counts,
        findings=assessment.findings,
        unused_suppressions=assessment.unused_suppressions,
        expired_suppressions=assessment.expired_suppressions,
        skipped=assessment.skipped,
        notes=(*candidate.notes, *baseline.notes, *assessment.notes, *verdict.notes),
        summary=verdict.summary,
    )
