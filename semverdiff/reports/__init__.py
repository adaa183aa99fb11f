"""How is it shown? One frozen `Report` in, text out; a file a format, and one a listing."""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.reports import listings, terminal
    from semverdiff.reports.causes import Cause, CauseKind, causes_of
    from semverdiff.reports.drawing import headline, summary_of
    from semverdiff.reports.formats import FORMATS, FORMATS_FOR_PEOPLE, render, render_all
    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.log_commands import without_commands
    from semverdiff.reports.model import (
        ChangeSet,
        Counts,
        DecidedSettings,
        Declared,
        ErrorEntry,
        Gate,
        Outcome,
        Report,
        ReportedPackage,
        Reports,
        Skipped,
        StaleSuppression,
        Tone,
        failed,
    )
    from semverdiff.reports.schema import schema_text

__all__ = [
    "FORMATS",
    "FORMATS_FOR_PEOPLE",
    "Cause",
    "CauseKind",
    "ChangeSet",
    "Counts",
    "DecidedSettings",
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
    "Tone",
    "causes_of",
    "failed",
    "headline",
    "listings",
    "render",
    "render_all",
    "schema_text",
    "summary_of",
    "terminal",
    "without_commands",
]

_HOMES = {
    "FORMATS": "formats",
    "FORMATS_FOR_PEOPLE": "formats",
    "ChangeSet": "model",
    "Cause": "causes",
    "CauseKind": "causes",
    "Counts": "model",
    "DecidedSettings": "model",
    "Declared": "model",
    "ErrorEntry": "model",
    "Gate": "model",
    "Outcome": "model",
    "Report": "model",
    "ReportedPackage": "model",
    "Reports": "model",
    "Skipped": "model",
    "StaleSuppression": "model",
    "Style": "formats.interface",
    "Tone": "model",
    "causes_of": "causes",
    "failed": "model",
    "headline": "drawing",
    "listings": "",
    "render": "formats",
    "render_all": "formats",
    "schema_text": "schema",
    "summary_of": "drawing",
    "terminal": "",
    "without_commands": "log_commands",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
