"""The format `json` of a history: documented in docs/reference/json.md, always valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import __version__
from semverdiff.history.model import Failure
from semverdiff.reports.formats.json import json_text

if TYPE_CHECKING:
    from semverdiff.history.model import History, Judgement, Step
    from semverdiff.reports import Style
    from semverdiff.reports.formats.json import Json

__all__ = ["render"]

_SCHEMA_VERSION = 1


def render(history: History, _style: Style) -> str:
    """Return the history as JSON in UTF-8 with a line break at the end."""
    document: dict[str, Json] = {
        "schema_version": _SCHEMA_VERSION,
        "tool": {"name": "semverdiff", "version": __version__},
        "package": {"org": history.organization, "name": history.name},
        "counts": history.tally,
        "releases": [_step(step) for step in history.steps],
        "omissions": history.omissions,
    }
    return json_text(document)


def _step(step: Step) -> dict[str, Json]:
    transition, result = step.transition, step.result
    release = transition.release
    values: dict[str, Json] = {
        "version": release.version,
        "place": release.place,
        "released": release.released,
        "deprecated": release.deprecation,
        "is_released": transition.is_released,
        "is_maintenance": transition.is_maintenance,
        "baseline": None if transition.before is None else transition.before.version,
    }
    if isinstance(result, Failure):
        return {**values, "outcome": "error", "error": {"code": result.code, "message": result.why}}
    return {**values, **_judgement(result), "error": None}


def _judgement(judgement: Judgement) -> dict[str, Json]:
    return {
        "outcome": judgement.outcome,
        "declared_bump": judgement.declared,
        "required_bump": judgement.required,
        "required_version": judgement.required_version,
        "counts": {
            "major": judgement.major,
            "minor": judgement.minor,
            "patch": judgement.patch,
            "undecided": judgement.undecided,
        },
        "symbols": judgement.symbols,
        "source_bytes": judgement.source_bytes,
        "same_sources": judgement.same_sources,
        "is_generated": judgement.is_generated,
        "unread": judgement.unread,
        "findings": judgement.changes,
    }
