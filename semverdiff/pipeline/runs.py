"""The runs on one package: `check`, the gate, and `diff`, which gates nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import __version__, baselines, packages, registry
from semverdiff.config import Settings
from semverdiff.errors import NetworkError, NothingToCheckError, UsageError
from semverdiff.pipeline.assessment import Assessment, Context, assess
from semverdiff.pipeline.settings import project_settings
from semverdiff.reports import ChangeSet, Gate, Report, ReportedPackage
from semverdiff.text import plural
from semverdiff.verdict import Evidence, decide
from semverdiff.versions import SEMANTIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.baselines import Baseline, Operand
    from semverdiff.packages import Dependency, FindPackage, Package
    from semverdiff.registry import Environment
    from semverdiff.verdict import Verdict

__all__ = ["check", "check_package", "diff", "diff_packages", "load_sides"]

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
    environment = _environment(settings, settings.path)
    # First, because it is quick: a branch that does not exist should be reported before a download.
    merge_base = _merge_base(settings, environment)
    change_set = None if merge_base is None else _change_set(merge_base, candidate, settings, environment)
    baseline = baselines.resolve(baselines.parse_spec(settings.baseline), candidate, environment)
    context = Context(
        # Who compares with a file wants no network; who asked a registry has one.
        find=_dependencies(environment, members=members, fetch=_source(baseline.package) in _REGISTRIES),
        revision=_revision(baseline, merge_base),
    )
    assessment = assess(baseline.package, candidate, settings, context)
    verdict = _verdict(assessment, candidate, baseline, settings, gates=_strict_gates(assessment, settings))
    return _report(assessment, candidate, baseline, verdict, change_set)


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
    context = Context(find=_dependencies(_environment(settings, settings.path)))
    assessment = assess(old.package, new.package, project, context)
    baseline = baselines.Baseline(old.package, old.reason, notes=(*old.notes, *new.notes))
    return _report(assessment, new.package, baseline, _verdict(assessment, new.package, baseline, project))


def _require_exports(candidate: Package) -> None:
    if not any(module.exported for module in candidate.modules):
        raise NothingToCheckError(
            f"{candidate.name} exports no module: name one in `export` of Ballerina.toml, "
            "or there is no API to check"
        )


def _environment(settings: Settings, place: Path) -> Environment:
    """Return how registries are reached; `place` lies in the git repository whose revisions are meant."""
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


def _merge_base(settings: Settings, environment: Environment) -> Baseline | None:
    if settings.merge_base is None:
        return None
    return baselines.merge_base(settings.merge_base, environment)


def _change_set(
    base: Baseline, candidate: Package, settings: Settings, environment: Environment
) -> ChangeSet:
    """Return what changed since the merge base. Nothing is gated by it."""
    if base.package is None:
        return ChangeSet(None, base.reason)
    context = Context(find=_dependencies(environment))
    assessment = assess(base.package, candidate, settings, context)
    return ChangeSet(
        baseline=ReportedPackage.of(base.package),
        reason=base.reason,
        required_bump=_verdict(assessment, candidate, base, settings).required_bump,
        findings=assessment.findings,
        skipped=assessment.skipped,
    )


def _revision(baseline: Baseline, merge_base: Baseline | None) -> Package | None:
    """Return the package at the git revision that the project's settings are compared with."""
    if merge_base is not None:
        return merge_base.package
    return baseline.package if _source(baseline.package) == "git" else None


def _source(package: Package | None) -> str | None:
    return None if package is None else package.provenance.source


def _strict_gates(assessment: Assessment, settings: Settings) -> tuple[Gate, ...]:
    """Return the gates of a strict run: no suppression is stale, no setting was relaxed."""
    if not settings.strict:
        return ()
    unused, expired = assessment.unused_suppressions, assessment.expired_suppressions
    stale = [
        f"{plural(len(entries), 'suppression')} {what}"
        for entries, what in ((unused, "without a finding"), (expired, "expired"))
        if entries
    ]
    reasons = {
        "suppressions": "; ".join(stale),
        "relaxed settings": "; ".join(assessment.relaxed_settings),
    }
    return tuple(Gate(name, passed=False, why=why) for name, why in reasons.items() if why)


def _verdict(
    assessment: Assessment,
    candidate: Package,
    baseline: Baseline,
    settings: Settings,
    *,
    gates: tuple[Gate, ...] = (),
) -> Verdict:
    """Return what the assessment means for the version. Raises `UsageError` for a text that is no version."""
    evidence = Evidence(
        scheme=SEMANTIC,
        candidate=candidate.version,
        baseline=None if baseline.package is None else baseline.package.version,
        findings=assessment.findings,
        published=baseline.published,
        candidate_is_published=baseline.candidate_is_published,
        same_sources=assessment.same_sources,
        unread=len(assessment.skipped),
        initial_is_unstable=settings.policies.zero_minor == "breaking-minor",
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
    change_set: ChangeSet | None = None,
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
        change_set=change_set,
        unused_suppressions=assessment.unused_suppressions,
        expired_suppressions=assessment.expired_suppressions,
        relaxed_settings=assessment.relaxed_settings,
        skipped=assessment.skipped,
        notes=(*candidate.notes, *baseline.notes, *assessment.notes, *verdict.notes),
        summary=verdict.summary,
    )
