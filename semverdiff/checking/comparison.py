"""What differs between two packages, and what that means: before any version is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.errors import Mistake, SourceError
from semverdiff.reports import Skipped

if TYPE_CHECKING:
    from semverdiff.api import Surface
    from semverdiff.config import Policies
    from semverdiff.packages import FindPackage, Package
    from semverdiff.rules import Finding

__all__ = ["Comparison", "compare_packages"]


class Comparison(msgspec.Struct, frozen=True):
    """What comparing two packages gives, before any version is looked at."""

    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    same_sources: bool = False


def compare_packages(
    old: Package, new: Package, policies: Policies, *, strict: bool, find: FindPackage | None = None
) -> Comparison:
    """Return the findings between two packages, the old one being the published side.

    `find` gives the packages that the two were built against, as far as they are at hand.
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
    differences = compare(before, after, find)
    _require_whole(after)
    return Comparison(
        findings=judge_all(differences, policies, strict=strict),
        skipped=tuple(_skipped(before)),
        notes=tuple(_broken_bodies(after)),
        same_sources=same_sources,
    )


def _sources(package: Package) -> list[tuple[str, bool, list[bytes]]]:
    """Return what decides the API: file names do not, and differ between a directory and an archive."""
    return sorted(
        (module.name, module.exported, sorted(file.content for file in module.files))
        for module in package.modules
    )


def _public_facts(package: Package) -> tuple[object, ...]:
    return package.organization, package.name, package.platform, package.manifest


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
