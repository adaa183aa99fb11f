"""The composer: the only place that knows the whole line from a directory to a report.

Nothing that the answer does not need is imported: equal packages are answered without a parser, and a
file as baseline without a network client.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from semverdiff.errors import Mistake, NothingToCheckError, SemverdiffError, SourceError, UsageError
from semverdiff.reports import ErrorEntry, Outcome, Report, Side, Skipped
from semverdiff.verdict import Question, decide
from semverdiff.versions import SEMANTIC

if TYPE_CHECKING:
    from semverdiff.api import Surface
    from semverdiff.baselines import Baseline
    from semverdiff.config import Policies, Settings
    from semverdiff.packages import Package
    from semverdiff.rules import Finding
    from semverdiff.verdict import Verdict
    from semverdiff.versions import Version

__all__ = ["check", "compare_packages", "diff"]


class Comparison(msgspec.Struct, frozen=True):
    """What comparing two packages gives, before any version is looked at."""

    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    same_sources: bool = False


def check(settings: Settings) -> Report:
    """Check a package against its baseline. Problems of the inputs are a report of outcome `error`."""
    candidate: Package | None = None
    try:
        from semverdiff.packages import read_package  # noqa: PLC0415 (zipfile and tomllib are slow)

        candidate = read_package(settings.path)
        _require_exports(candidate)
        baseline = _baseline(settings, candidate)
        return _checked(settings, candidate, baseline)
    except NothingToCheckError as error:
        return _failed(error, candidate, Outcome.NOTHING_CHECKED)
    except SemverdiffError as error:
        return _failed(error, candidate, Outcome.ERROR)


def diff(old: Path, new: Path, policies: Policies, *, strict: bool) -> Report:
    """Compare any two packages. The versions are judged as in a check, but nothing is gated."""
    candidate: Package | None = None
    try:
        from semverdiff.baselines import Baseline  # noqa: PLC0415 (as above)
        from semverdiff.packages import read_package  # noqa: PLC0415 (as above)

        candidate = read_package(new)
        before = read_package(old)
        found = compare_packages(before, candidate, policies, strict=strict)
        verdict = _verdict(found, candidate, before.version, policies)
        return _report(candidate, Baseline(before, "the package that was given"), found, verdict)
    except SemverdiffError as error:
        return _failed(error, candidate, Outcome.ERROR)


def compare_packages(old: Package, new: Package, policies: Policies, *, strict: bool) -> Comparison:
    """Give the findings between two packages, the old one being the published side.

    Raises `SourceError` where a declaration of the new side does not parse.
    """
    same_sources = _sources(old) == _sources(new)
    if same_sources and _public_facts(old) == _public_facts(new):
        return Comparison(same_sources=True)
    # Slow, and only needed when something differs: the parser and the rules.
    from semverdiff.api import Outlines, Surface  # noqa: PLC0415
    from semverdiff.compare import compare  # noqa: PLC0415
    from semverdiff.rules import judge_all  # noqa: PLC0415

    outlines = Outlines()
    before, after = Surface(old, outlines), Surface(new, outlines)
    differences = compare(before, after)
    _require_whole(after)
    return Comparison(
        findings=judge_all(differences, policies, strict=strict),
        skipped=tuple(_skipped(before)),
        notes=tuple(_broken_bodies(after)),
        same_sources=same_sources,
    )


def _sources(package: Package) -> list[tuple[str, bool, list[bytes]]]:
    """Give what decides the API: file names do not, and differ between a directory and an archive."""
    return sorted(
        (module.name, module.exported, sorted(file.content for file in module.files))
        for module in package.modules
    )


def _public_facts(package: Package) -> tuple[object, ...]:
    return package.organization, package.name, package.platform, package.manifest


def _require_exports(candidate: Package) -> None:
    if not any(module.exported for module in candidate.modules):
        raise NothingToCheckError(
            f"{candidate.name} exports no module: name one in `export` of Ballerina.toml, "
            "or there is no API to check"
        )


def _baseline(settings: Settings, candidate: Package) -> Baseline:
    from semverdiff import __version__  # noqa: PLC0415 (asks the installation, which is slow)
    from semverdiff.baselines import find_baseline, parse_spec, surroundings_from  # noqa: PLC0415 (as above)

    surroundings = surroundings_from(
        settings.environment,
        user_directory=Path.home(),
        agent=f"semverdiff/{__version__}",
        offline=settings.offline,
        refresh=settings.refresh,
    )
    return find_baseline(parse_spec(settings.baseline), candidate, surroundings)


def _checked(settings: Settings, candidate: Package, baseline: Baseline) -> Report:
    published = baseline.package
    if published is None:
        verdict = _decide(Question(SEMANTIC, candidate.version, None))
        return _report(candidate, baseline, Comparison(), verdict)
    found = compare_packages(published, candidate, settings.policies, strict=settings.strict)
    question = Question(
        scheme=SEMANTIC,
        candidate=candidate.version,
        baseline=published.version,
        findings=found.findings,
        published=baseline.published,
        candidate_is_published=baseline.candidate_is_published,
        same_sources=found.same_sources,
        unread=len(found.skipped),
        initial_is_unstable=settings.policies.zero_minor == "breaking-minor",
        fail_on=settings.fail_on,
    )
    return _report(candidate, baseline, found, _decide(question))


def _verdict(found: Comparison, candidate: Package, baseline_version: str, policies: Policies) -> Verdict:
    return _decide(
        Question(
            scheme=SEMANTIC,
            candidate=candidate.version,
            baseline=baseline_version,
            findings=found.findings,
            same_sources=found.same_sources,
            unread=len(found.skipped),
            initial_is_unstable=policies.zero_minor == "breaking-minor",
            fail_on="never",
        )
    )


def _decide(question: Question[Version]) -> Verdict:
    try:
        return decide(question)
    except ValueError as error:
        raise UsageError(str(error)) from error


def _report(candidate: Package, baseline: Baseline, found: Comparison, verdict: Verdict) -> Report:
    return Report(
        outcome=verdict.outcome,
        candidate=_side(candidate),
        baseline=_side(baseline.package) if baseline.package is not None else None,
        baseline_reason=baseline.reason,
        gates=verdict.gates,
        declared_bump=verdict.declared_bump,
        required_bump=verdict.required_bump,
        required_version=verdict.required_version,
        counts=verdict.counts,
        findings=tuple(sorted(found.findings, key=lambda one: (one.module, one.symbol, one.rule))),
        skipped=found.skipped,
        notes=(*candidate.notes, *baseline.notes, *found.notes, *verdict.notes),
        summary=verdict.summary,
    )


def _failed(error: SemverdiffError, candidate: Package | None, outcome: Outcome) -> Report:
    return Report(
        outcome=outcome,
        candidate=_side(candidate) if candidate is not None else None,
        errors=tuple(ErrorEntry(error.code, mistake, error.exit_code) for mistake in error.mistakes),
        summary=error.mistakes[0].message if error.mistakes else "",
    )


def _side(package: Package) -> Side:
    return Side(
        organization=package.organization,
        name=package.name,
        version=package.version,
        source=package.provenance.source,
        platform=package.platform,
        repository=package.provenance.repository,
        digest=package.provenance.digest,
        digest_verified=package.provenance.digest_verified,
    )


def _require_whole(candidate: Surface) -> None:
    """Refuse a candidate with a broken declaration: half an API must not be judged."""
    mistakes = tuple(
        Mistake(
            f"the source does not parse: {damage.message}", file, damage.line, damage.column, damage.excerpt
        )
        for _, file, damage in candidate.damages()
        if not damage.in_body
    )
    if mistakes:
        raise SourceError(mistakes=mistakes)


def _broken_bodies(candidate: Surface) -> list[str]:
    return [
        f"{file}:{damage.line}:{damage.column}: the body of {damage.key} does not parse: {damage.message}"
        for _, file, damage in candidate.damages()
        if damage.in_body
    ]


def _skipped(baseline: Surface) -> list[Skipped]:
    return [
        Skipped(
            what=damage.key or f"{module}, {file} near line {damage.line}",
            why=f"{file}:{damage.line}:{damage.column}: published, but does not parse: {damage.message}",
        )
        for module, file, damage in baseline.damages()
        if not damage.in_body
    ]
