"""The gate: one package against its baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff.checking.comparison import Comparison, compare_packages
from semverdiff.checking.decisions import Decided, decided, relaxed_since
from semverdiff.checking.reporting import completed, side_of, verdict_on
from semverdiff.checking.settings import surroundings_of
from semverdiff.errors import NothingToCheckError, SemverdiffError
from semverdiff.reports import failed
from semverdiff.verdict import Question
from semverdiff.versions import SEMANTIC

if TYPE_CHECKING:
    from semverdiff.baselines import Baseline, Surroundings
    from semverdiff.config import Settings
    from semverdiff.packages import Package
    from semverdiff.reports import Report

__all__ = ["check"]


def check(settings: Settings) -> Report:
    """Check a package against its baseline. Problems of the inputs are a report of outcome `error`."""
    candidate: Package | None = None
    try:
        from semverdiff.packages import read_package  # noqa: PLC0415 (slow, and a mistyped command needs none)

        candidate = read_package(settings.path)
        _require_exports(candidate)
        surroundings = surroundings_of(settings, settings.path)
        return _checked(settings, candidate, _baseline(settings, candidate, surroundings))
    except SemverdiffError as error:
        return failed(error, None if candidate is None else side_of(candidate))


def _require_exports(candidate: Package) -> None:
    if not any(module.exported for module in candidate.modules):
        raise NothingToCheckError(
            f"{candidate.name} exports no module: name one in `export` of Ballerina.toml, "
            "or there is no API to check"
        )


def _baseline(settings: Settings, candidate: Package, surroundings: Surroundings) -> Baseline:
    from semverdiff.baselines import find_baseline, parse_spec  # noqa: PLC0415 (as above)

    return find_baseline(parse_spec(settings.baseline), candidate, surroundings)


def _checked(settings: Settings, candidate: Package, baseline: Baseline) -> Report:
    published = baseline.package
    if published is None:
        verdict = verdict_on(Question(SEMANTIC, candidate.version, None))
        return completed(candidate, baseline, Comparison(), Decided(()), verdict)
    found = compare_packages(published, candidate, settings.policies, strict=settings.strict)
    judged = decided(found.findings, settings, candidate)
    if published.provenance.source == "git":
        relaxed, notes = relaxed_since(published, settings)
        judged = replace(judged, relaxed=relaxed, notes=(*judged.notes, *notes))
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
    return completed(candidate, baseline, found, judged, verdict_on(question))
