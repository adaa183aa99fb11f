"""The format `json`: the keys that other programs rely on, in the order of the interface, always valid."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from semverdiff import __version__
from semverdiff.enums import StrEnum
from semverdiff.reports.causes import causes_of
from semverdiff.text import replace_unsafe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from semverdiff.reports.causes import Cause
    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.model import ChangeSet, ErrorEntry, Report, Reports, StaleSuppression
    from semverdiff.rules import Finding

    Json: TypeAlias = bool | int | str | msgspec.Struct | Sequence["Json"] | Mapping[str, "Json"] | None

__all__ = ["SCHEMA_VERSION", "document", "json_text", "render", "render_all"]

SCHEMA_VERSION = 1

# Of each value the keys of the document, in its order. The others are for people only.
FINDING = (
    "rule",
    "level",
    "certainty",
    "symbol",
    "module",
    "position",
    "message",
    "explanation",
    "client",
    "client_program",
    "old",
    "new",
    "fingerprint",
    "suppressed",
    "change",
    "dependency",
)
CHANGE_SET = ("baseline", "required_bump", "findings", "baseline_reason", "skipped")
GATE = ("name", "passed", "why")
STALE_SUPPRESSION = ("rule", "symbol", "module", "fingerprint", "reason", "until", "line")
ERROR = ("code", "message", "file", "line", "column")

# Words are written as texts. A position, which there may be none, is the only one that is asked for its text.
_WORDS = {"level": "level.word", "certainty": "certainty.value", "change": "change.value"}
_FINDING_VALUES = attrgetter(*(_WORDS.get(key, key) for key in FINDING))
# Of a report with thousands of findings these are nearly all: a struct is made and written in half the time
# of a dict.
_FindingEntry = msgspec.defstruct("_FindingEntry", FINDING, gc=False)

# Of ASCII all that the encoder does not escape, and nobody is shown.
_DELETE = b"\x7f"
_SHOWN = bytes(range(ord(" "), ord("~") + 1))


def render(report: Report, _style: Style) -> str:
    """Return the report as JSON in UTF-8 with a line break at the end."""
    return json_text(document(report))


def render_all(reports: Reports, _style: Style) -> str:
    """Return the reports of several packages as one document."""
    return json_text(
        {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "semverdiff", "version": __version__},
            "outcome": reports.outcome.value,
            "packages": [document(report) for report in reports.packages],
        }
    )


def document(report: Report) -> dict[str, Json]:
    """Return the report as values with its keys. Those that nothing is known about are there and null."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "semverdiff", "version": __version__},
        "outcome": report.outcome.value,
        "gates": [_chosen(GATE, gate) for gate in report.gates],
        "candidate": _plain(report.candidate),
        "baseline": _plain(report.baseline),
        "baseline_reason": report.baseline_reason,
        "declared_bump": _plain(report.declared_bump),
        "required_bump": None if report.required_bump is None else report.required_bump.word,
        "required_version": report.required_version,
        "suggested_version": report.suggested_version,
        "counts": _plain(report.counts),
        "findings": [_finding(finding) for finding in report.findings],
        "change_set": None if report.change_set is None else _change_set(report.change_set),
        "unused_suppressions": [_stale(entry) for entry in report.unused_suppressions],
        "relaxed_settings": _plain(report.relaxed_settings),
        "skipped": _plain(report.skipped),
        "notes": _plain(report.notes),
        "errors": [_error(entry) for entry in report.errors],
        "summary": report.summary,
        "tone": report.tone.value,
        "directory": report.directory,
        "expired_suppressions": [_stale(entry) for entry in report.expired_suppressions],
        "accepted": report.accepted or None,
        "settings": _plain(report.settings),
        "publish": _plain(report.publish),
        "causes": [_cause(cause, report.findings) for cause in causes_of(report.findings)],
    }


def _cause(cause: Cause, findings: Sequence[Finding]) -> Json:
    return {
        "kind": cause.kind.value,
        "title": cause.title,
        "level": cause.level.word,
        "count": len(cause.members),
        "findings": [findings[index].fingerprint for index in cause.members],
    }


def _finding(finding: Finding) -> Json:
    return _FindingEntry(*_FINDING_VALUES(finding))


def _change_set(change_set: ChangeSet) -> Json:
    required = change_set.required_bump
    others: dict[str, Json] = {
        "required_bump": None if required is None else required.word,
        "findings": [_finding(finding) for finding in change_set.findings],
        "baseline_reason": change_set.reason,
    }
    return _chosen(CHANGE_SET, change_set, others)


def _stale(entry: StaleSuppression) -> Json:
    return _chosen(STALE_SUPPRESSION, entry)


def _error(entry: ErrorEntry) -> Json:
    return _chosen(ERROR, entry.mistake, {"code": entry.code})


def _chosen(keys: Sequence[str], value: msgspec.Struct, others: Mapping[str, Json] | None = None) -> Json:
    """Return those keys of a value; `others` replace what it has, or are no fields of it."""
    fields: dict[str, Json] = msgspec.to_builtins(value, enc_hook=_word)
    values = {**fields, **(others or {})}
    return {key: values[key] for key in keys}


def _plain(value: object) -> Json:
    """Return a value whose keys are its fields."""
    plain: Json = msgspec.to_builtins(value, enc_hook=_word)
    return plain


def _word(value: object) -> str:
    """Return the text of a word of our enums, the only values that msgspec does not know."""
    if isinstance(value, StrEnum):
        return value.value
    raise TypeError(f"no JSON for {type(value).__name__}")


def json_text(values: Json) -> str:
    """Return values as JSON in UTF-8 with a line break at the end; nothing in it is obeyed by a terminal."""
    try:
        encoded = msgspec.json.encode(values, enc_hook=_word)
        if _is_shown(encoded):
            return (msgspec.json.format(encoded, indent=2) + b"\n").decode()
        text = encoded.decode()
    except UnicodeEncodeError:  # a text with half a surrogate pair: only the standard library writes that
        import json  # noqa: PLC0415 (slow: only for such a text)

        text = json.dumps(_plain(values), ensure_ascii=False)
    return msgspec.json.format(replace_unsafe(text, _escaped), indent=2) + "\n"


def _is_shown(encoded: bytes) -> bool:
    """Return whether no character needs an escape: the encoder has escaped those before a blank in ASCII."""
    if encoded.isascii():
        return _DELETE not in encoded
    # A few quotation marks, say: in UTF-8 no part of them is ASCII, so that they are left whole.
    return encoded.translate(None, _SHOWN).decode().isprintable()


def _escaped(character: str) -> str:
    """Escape what a terminal or an editor would obey; half a surrogate pair is no text in any encoding."""
    return "\\ufffd" if "\ud800" <= character <= "\udfff" else f"\\u{ord(character):04x}"
