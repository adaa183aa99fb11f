"""How is it shown? One frozen `Report` in, text out; one small file a format."""

from semverdiff.reports.failure import failed
from semverdiff.reports.formats import FORMATS, Style, render
from semverdiff.reports.model import (
    ChangeSet,
    Counts,
    Declared,
    ErrorEntry,
    Gate,
    Outcome,
    Report,
    Side,
    Skipped,
    StaleSuppression,
)

__all__ = [
    "FORMATS",
    "ChangeSet",
    "Counts",
    "Declared",
    "ErrorEntry",
    "Gate",
    "Outcome",
    "Report",
    "Side",
    "Skipped",
    "StaleSuppression",
    "Style",
    "failed",
    "render",
]
