"""The format `json`: the keys that other programs rely on, in the order of the interface, always valid."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from semverdiff import __version__
from semverdiff.reports.printable import UNSAFE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from semverdiff.compare import Excerpt
    from semverdiff.reports.model import (
        ChangeSet,
        ErrorEntry,
        Report,
        ReportedPackage,
        Reports,
        StaleSuppression,
    )
    from semverdiff.rules import Finding

    Json: TypeAlias = bool | int | str | Sequence["Json"] | Mapping[str, "Json"] | None

__all__ = ["SCHEMA_VERSION", "document", "render"]

SCHEMA_VERSION = 1


def render(report: Report) -> str:
    """Write the report as JSON in UTF-8 with a line break at the end."""
    return _text(document(report))


def render_several(reports: Reports) -> str:
    """Write the reports of several packages as one document."""
    return _text(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "semverdiff", "version": __version__},
            "outcome": reports.outcome.value,
            "packages": [document(one) for one in reports.packages],
        }
    )


def _text(values: Json) -> str:
    import json  # noqa: PLC0415 (slow: only for this format)

    # Indented by another: the standard library indents in Python, ten times slower than it writes.
    text = json.dumps(values, ensure_ascii=False)
    safe = UNSAFE.sub(lambda found: _escaped(found[0]), text)
    return msgspec.json.format(safe, indent=2) + "\n"


def document(report: Report) -> dict[str, Json]:
    """Return the report as plain values. Keys that nothing is known about are there and null."""
    counts = report.counts
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "semverdiff", "version": __version__},
        "outcome": report.outcome.value,
        "gates": [{"name": gate.name, "passed": gate.passed, "why": gate.why} for gate in report.gates],
        "candidate": _side(report.candidate),
        "baseline": _side(report.baseline),
        "baseline_reason": report.baseline_reason,
        "declared_bump": None if report.declared_bump is None else report.declared_bump.value,
        "required_bump": None if report.required_bump is None else report.required_bump.word,
        "required_version": report.required_version,
        "counts": {
            "major": counts.major,
            "minor": counts.minor,
            "patch": counts.patch,
            "suppressed": counts.suppressed,
            "undecided": counts.undecided,
        },
        "findings": [_finding(finding) for finding in report.findings],
        "change_set": _change_set(report.change_set),
        "unused_suppressions": [_stale(one) for one in report.unused_suppressions],
        "relaxed_settings": list(report.relaxed_settings),
        "skipped": [{"what": one.what, "why": one.why} for one in report.skipped],
        "notes": list(report.notes),
        "errors": [_error(entry) for entry in report.errors],
        "summary": report.summary,
        "directory": report.directory,
        "expired_suppressions": [_stale(one) for one in report.expired_suppressions],
    }


def _side(side: ReportedPackage | None) -> Json:
    if side is None:
        return None
    return {
        "org": side.organization,
        "name": side.name,
        "version": side.version,
        "source": side.source,
        "platform": side.platform,
        "repository": side.repository,
        "digest": side.digest,
        "digest_verified": side.digest_verified,
    }


def _finding(finding: Finding) -> Json:
    suppressed = finding.suppressed
    return {
        "rule": finding.rule,
        "level": finding.level.word,
        "certainty": finding.certainty.value,
        "symbol": finding.symbol,
        "module": finding.module,
        "position": None if finding.position is None else finding.position.value,
        "message": finding.message,
        "explanation": finding.explanation,
        "client": finding.client,
        "old": _excerpt(finding.old),
        "new": _excerpt(finding.new),
        "fingerprint": finding.fingerprint,
        "suppressed": None
        if suppressed is None
        else {"reason": suppressed.reason, "until": suppressed.until},
        "change": finding.change.value,
    }


def _excerpt(excerpt: Excerpt | None) -> Json:
    if excerpt is None:
        return None
    return {"text": excerpt.text, "file": excerpt.file, "line": excerpt.line, "column": excerpt.column}


def _change_set(change_set: ChangeSet | None) -> Json:
    if change_set is None:
        return None
    required = change_set.required_bump
    return {
        "baseline": _side(change_set.baseline),
        "required_bump": None if required is None else required.word,
        "findings": [_finding(finding) for finding in change_set.findings],
        "baseline_reason": change_set.reason,
        "skipped": [{"what": one.what, "why": one.why} for one in change_set.skipped],
    }


def _stale(entry: StaleSuppression) -> Json:
    return {
        "rule": entry.rule,
        "symbol": entry.symbol,
        "module": entry.module,
        "fingerprint": entry.fingerprint,
        "reason": entry.reason,
        "until": entry.until,
        "line": entry.line,
    }


def _error(entry: ErrorEntry) -> Json:
    mistake = entry.mistake
    return {
        "code": entry.code,
        "message": mistake.message,
        "file": mistake.file,
        "line": mistake.line,
        "column": mistake.column,
    }


def _escaped(character: str) -> str:
    """Escape what a terminal or an editor would obey; half a surrogate pair is no text in any encoding."""
    if character == "\n":  # Only the layout holds one: `json` has escaped those in strings.
        return character
    return "\\ufffd" if "\ud800" <= character <= "\udfff" else f"\\u{ord(character):04x}"
