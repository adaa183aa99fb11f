"""The assessment of two Ballerina packages that a program has: no registry, no settings of a base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import pipeline
from semverdiff.ballerina.comparison import Context, compare_packages
from semverdiff.packages import as_package
from semverdiff.versions import SEMANTIC, any_scheme

if TYPE_CHECKING:
    from datetime import date

    from semverdiff.config import Settings
    from semverdiff.packages import Package
    from semverdiff.pipeline import Assessment

__all__ = ["assess"]


def assess(
    old: Package | None,
    new: Package,
    settings: Settings,
    context: Context | None = None,
    today: date | None = None,
) -> Assessment:
    """Compare two packages as `pipeline.assess` does; `context` says what they were built with."""
    known = Context() if context is None else context
    return pipeline.assess(
        old,
        new,
        settings,
        lambda before, after, chosen: compare_packages(as_package(before), as_package(after), chosen, known),
        scheme=any_scheme(SEMANTIC),
        today=today,
    )
