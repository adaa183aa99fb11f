"""Dependents from texts, and what a change of a small package does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.packages import manifest, package

from semverdiff.api import Surface
from semverdiff.compare import compare
from semverdiff.config import Policies
from semverdiff.impact import Dependent, reached
from semverdiff.rules import evaluate
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from semverdiff.api import ModelStore
    from semverdiff.impact import Reach
    from semverdiff.packages import Package
    from semverdiff.rules import Finding

__all__ = ["dependent", "findings_between", "reach_of"]


def dependent(files: str | Mapping[str, str], name: str = "app") -> Package:
    """Return a package acme/app with these files; a text alone is its one file."""
    sources = {"main.bal": files} if isinstance(files, str) else files
    return package(sources, manifest("1.0.0", name))


def findings_between(old: Package, new: Package) -> tuple[Finding, ...]:
    """Return the breaking findings between two versions, without clients."""
    found = evaluate(compare(Surface(old), Surface(new)), Policies(), strict=False)
    return tuple(one for one in found if one.level is Level.MAJOR)


def reach_of(
    findings: Iterable[Finding],
    old: Package,
    new: Package,
    *dependents: Package,
    store: ModelStore | None = None,
) -> Reach:
    """Return what findings reach among some packages."""
    return reached(findings, old, new, [Dependent(one, one.name) for one in dependents], store)
