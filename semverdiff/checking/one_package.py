"""The gate: one package against its baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.checking.comparison import Comparison, compare_packages
from semverdiff.checking.decisions import Decided, decided, relaxed_since
from semverdiff.checking.dependencies import finder
from semverdiff.checking.reporting import completed, side_of, verdict_on
from semverdiff.checking.settings import surroundings_of
from semverdiff.errors import NothingToCheckError, SemverdiffError
from semverdiff.reports import failed
from semverdiff.verdict import Question
from semverdiff.versions import SEMANTIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.baselines import Baseline, Surroundings
    from semverdiff.checking.change_set import Since
    from semverdiff.config import Settings
    from semverdiff.packages import FindPackage, Package
    from semverdiff.reports import Report

__all__ = ["check", "check_candidate"]

_REGISTRIES = frozenset({"central", "repository"})


def check(settings: Settings) -> Report:
    """Check a package against its baseline. Problems of the inputs are a report of outcome `error`."""
    try:
        from semverdiff.packages import read_package  # noqa: PLC0415 (slow, and a mistyped command needs none)

        candidate = read_package(settings.path)
    except SemverdiffError as error:
        return failed(error)
    return check_candidate(settings, candidate)


def check_candidate(settings: Settings, candidate: Package, members: Sequence[Package] = ()) -> Report:
    """Check a package that was read already; `members` are those of its workspace."""
    try:
        _require_exports(candidate)
        surroundings = surroundings_of(settings, settings.path)
        # First, because it is quick: a branch that is not there should be told before a download.
        since = _since(settings, candidate, surroundings)
        baseline = _baseline(settings, candidate, surroundings)
        # Who compares with a file wants no network; who asked a registry has one.
        asked = baseline.package is not None and baseline.package.provenance.source in _REGISTRIES
        find = finder(surroundings, members=members, fetch=asked)
        return _checked(settings, candidate, baseline, since, find)
    except SemverdiffError as error:
        return failed(error, side_of(candidate))


def _require_exports(candidate: Package) -> None:
    if not any(module.exported for module in candidate.modules):
        raise NothingToCheckError(
            f"{candidate.name} exports no module: name one in `export` of Ballerina.toml, "
            "or there is no API to check"
        )


def _baseline(settings: Settings, candidate: Package, surroundings: Surroundings) -> Baseline:
    from semverdiff.baselines import find_baseline, parse_spec  # noqa: PLC0415 (as above)

    return find_baseline(parse_spec(settings.baseline), candidate, surroundings)


def _since(settings: Settings, candidate: Package, surroundings: Surroundings) -> Since | None:
    if settings.merge_base is None:
        return None
    from semverdiff.checking.change_set import changes_since  # noqa: PLC0415 (only with --merge-base)

    return changes_since(settings.merge_base, settings, candidate, surroundings)


def _checked(
    settings: Settings, candidate: Package, baseline: Baseline, since: Since | None, find: FindPackage
) -> Report:
    published = baseline.package
    change_set = since.change_set if since is not None else None
    if published is None:
        verdict = verdict_on(Question(SEMANTIC, candidate.version, None))
        judged = Decided(()) if since is None else Decided(()).with_relaxed(since.relaxed)
        first = completed(candidate, baseline, Comparison(), judged, verdict)
        return replace(first, change_set=change_set)
    found = compare_packages(published, candidate, settings.policies, strict=settings.strict, find=find)
    judged = decided(found.findings, settings, candidate)
    if since is not None:
        judged = judged.with_relaxed(since.relaxed)
    elif published.provenance.source == "git":
        judged = judged.with_relaxed(relaxed_since(published, settings, candidate))
    question = Question(
        scheme=SEMANTIC,
        candidate=candidate.version,
        baseline=published.version,
        findings=judged.findings,
        published=baseline.published,
        candidate_is_published=baseline.candidate_is_published,
        same_sources=found.same_sources,
        unread=len(found.skipped),
        initial_is_unstable=settings.policies.zero_minor == "breaking-minor",
        fail_on=settings.fail_on,
        gates=judged.gates(strict=settings.strict),
    )
    report = completed(candidate, baseline, found, judged, verdict_on(question))
    return replace(report, change_set=change_set)
