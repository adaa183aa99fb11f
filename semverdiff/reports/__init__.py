"""How is it shown? One frozen `Report` in, text out; one small file a format."""

from semverdiff.reports.failure import failed
from semverdiff.reports.formats import FORMATS, render, render_several
from semverdiff.reports.headlines import headline, summary_of
from semverdiff.reports.model import (
    ChangeSet,
    Counts,
    Declared,
    ErrorEntry,
    Gate,
    Outcome,
    Report,
    ReportedPackage,
    Reports,
    Skipped,
    StaleSuppression,
)
from semverdiff.reports.style import Style

__all__ = [
    "FORMATS",
    "ChangeSet",
    "Counts",
    "Declared",
    "ErrorEntry",
    "Gate",
    "Outcome",
    "Report",
    "ReportedPackage",
    "Reports",
    "Skipped",
    "StaleSuppression",
    "Style",
    "failed",
    "headline",
    "render",
    "render_several",
    "summary_of",
]
