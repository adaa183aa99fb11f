"""The format `sarif`: SARIF 2.1.0, as code scanning reads it.

Listed is what clients may notice: breaking changes and additions, suppressed ones with their reason. Patches
would be alerts that nobody can act on, and are a count unless the check fails by them. What it fails by is an
error; any other breaking change is a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

import msgspec

from semverdiff import __version__, publish
from semverdiff.reports import locations
from semverdiff.reports.printable import printable
from semverdiff.text import plural
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from semverdiff.ecosystem import Catalogue
    from semverdiff.publish import PublishFinding
    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.locations import Location
    from semverdiff.reports.model import Report, Reports
    from semverdiff.rules import Finding

    Json: TypeAlias = bool | int | str | Sequence["Json"] | Mapping[str, "Json"] | None

__all__ = ["render", "render_all"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# Code scanning refuses a run with more.
_MOST_RESULTS = 25_000
_FINGERPRINT = "semverdiff/v1"


def render(report: Report, _style: Style) -> str:
    """Return the report as a log with one run."""
    return _log([_run(printable(report))])


def render_all(reports: Reports, _style: Style) -> str:
    """Return the reports of several packages as a log with a run for each."""
    return _log([_run(printable(report)) for report in reports.packages])


def _log(runs: list[Json]) -> str:
    values = {"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}
    return msgspec.json.format(msgspec.json.encode(values), indent=2).decode() + "\n"


def _run(report: Report) -> Json:
    listed = [one for one in report.findings if _is_listed(one, report)]
    listed.sort(key=lambda one: -one.level)
    shown, cut = listed[: _MOST_RESULTS - 1], len(listed[_MOST_RESULTS - 1 :])
    ids = list(dict.fromkeys(one.rule for one in shown))
    entries: list[Json] = [_rule(rule_id, report.ecosystem.catalogue) for rule_id in ids]
    numbers = {rule_id: number for number, rule_id in enumerate(ids)}
    results = [_result(one, numbers[one.rule], report) for one in shown]
    if report.publish is not None:
        publish_ids = list(dict.fromkeys(one.rule for one in report.publish.findings))
        numbers |= {rule_id: number for number, rule_id in enumerate(publish_ids, len(ids))}
        ids += publish_ids
        entries += [_publish_rule(rule_id) for rule_id in publish_ids]
        results += [_publish_result(one, numbers[one.rule], report) for one in report.publish.findings]
    if report.is_failure and not report.errors:
        entries.append(_verdict_rule(report))
        results.insert(0, _verdict(report, len(ids)))
    return {
        "tool": {"driver": {"name": "semverdiff", "semanticVersion": __version__, "rules": entries}},
        # Runs of one category are told apart by this.
        "automationDetails": {"id": f"semverdiff/{_name(report)}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.errors,
                "toolExecutionNotifications": list(_notifications(report, cut)),
            }
        ],
        "results": results,
        "properties": {
            "outcome": report.outcome.value,
            "summary": report.summary,
            "suggestedVersion": report.suggested_version,
            "baseline": None if report.baseline is None else report.baseline.version,
        },
    }


def _is_listed(finding: Finding, report: Report) -> bool:
    return finding.level > Level.PATCH or report.fails_by(finding)


def _name(report: Report) -> str:
    package = report.candidate
    name = "unknown" if package is None else package.full_name
    return name if report.directory is None else f"{report.directory}/{name}"


def _rule(rule_id: str, catalogue: Catalogue) -> Json:
    """Return what the catalogue says about a rule, in plain text and in Markdown."""
    rule = catalogue.rule(rule_id)
    if rule is None:
        return {"id": rule_id, "shortDescription": {"text": rule_id}}
    level = "error" if rule.highest_level is Level.MAJOR else "note"
    advice = "" if rule.remediation is None else f"To avoid it: {rule.remediation}"
    configured = f"`semver rules explain {rule_id}` says more; `[rules]` of Semver.toml configures it."
    code = [
        f"{heading}:\n\n```\n{text.rstrip()}\n```"
        for heading, files in (("Before", rule.example.before), ("After", rule.example.after))
        for text in files.values()
        if text.strip()
    ]
    plain = [part for part in (rule.title, advice, configured.replace("`", "")) if part]
    marked = [part for part in (rule.title, *code, advice, configured) if part]
    return {
        "id": rule_id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.title},
        "help": {"text": "\n".join(plain), "markdown": "\n\n".join(marked)},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": ["api", "compatibility"]},
    }


def _verdict_rule(report: Report) -> Json:
    text = "The version does not fit the changes of the package."
    return {"id": report.outcome.value, "shortDescription": {"text": text}, "help": {"text": text}}


def _verdict(report: Report, number: int) -> Json:
    place = locations.verdict_location(report)
    return {
        "ruleId": report.outcome.value,
        "ruleIndex": number,
        "level": "error",
        "message": {"text": report.summary or report.outcome.value},
        "locations": [] if place is None else [_physical(place)],
        "partialFingerprints": {_FINGERPRINT: report.outcome.value},
    }


def _result(finding: Finding, number: int, report: Report) -> Json:
    place = locations.location_of(finding, report)
    old = locations.old_location_of(finding, report)
    sentences = [f"{finding.symbol}: {finding.message}.", finding.explanation or ""]
    result: dict[str, Json] = {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": _level(finding, report),
        "message": {"text": " ".join(filter(None, sentences))},
        "locations": [_physical(place, finding)],
        "partialFingerprints": {_FINGERPRINT: finding.fingerprint},
        "properties": {
            "level": finding.level.word,
            "certainty": finding.certainty.value,
            "client": finding.client_program or finding.client,
        },
    }
    if old is not None and report.baseline is not None:
        where: dict[str, Json] = {"id": 0, "message": {"text": f"as it was in {report.baseline.version}"}}
        result["relatedLocations"] = [{**where, "physicalLocation": _region(old)}]
    if finding.suppressed is not None:
        reason = finding.suppressed.reason
        # Without a status it is an accepted one.
        result["suppressions"] = [{"kind": "external", "justification": reason}]
    return result


def _publish_rule(rule_id: str) -> Json:
    rule = publish.publish_rule(rule_id)
    if rule is None:
        return {"id": rule_id, "shortDescription": {"text": rule_id}}
    return {
        "id": rule_id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why.replace("`", "")},
        "help": {"text": rule.remedy.replace("`", ""), "markdown": f"{rule.why}\n\n{rule.remedy}"},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": ["publish"]},
    }


def _publish_result(finding: PublishFinding, number: int, report: Report) -> Json:
    place = locations.publish_location(finding, report)
    prints = "" if finding.prints is None else f" bal prints: {finding.prints}"
    return {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": finding.severity.value,
        "message": {"text": f"{finding.message}.{prints}"},
        "locations": [] if place is None else [_physical(place)],
        "partialFingerprints": {_FINGERPRINT: f"{finding.rule}:{finding.message}"},
    }


def _level(finding: Finding, report: Report) -> str:
    if report.fails_by(finding):
        return "error"
    return "warning" if finding.level is Level.MAJOR else "note"


def _physical(place: Location | None, finding: Finding | None = None) -> dict[str, Json]:
    found: dict[str, Json] = {} if place is None else {"physicalLocation": _region(place)}
    if finding is not None:
        name = f"{finding.module}:{finding.symbol}" if finding.module else finding.symbol
        found["logicalLocations"] = [{"fullyQualifiedName": name}]
    return found


def _region(place: Location) -> Json:
    return {
        "artifactLocation": {"uri": quote(place.path, safe="/", errors="replace")},
        "region": {"startLine": place.line, "startColumn": place.column},
    }


def _notifications(report: Report, cut: int) -> Iterator[Json]:
    """Yield what is no finding: errors, what was not compared, notes, and what is left out here."""
    for entry in report.errors:
        notification: dict[str, Json] = {
            "level": "error",
            "descriptor": {"id": entry.code},
            "message": {"text": entry.mistake.message},
        }
        place = locations.mistake_location(entry)
        if place is not None:
            notification["locations"] = [_physical(place)]
        yield notification
    for one in report.skipped:
        yield {"level": "warning", "message": {"text": f"not compared: {one.what}: {one.why}"}}
    for unchecked in () if report.publish is None else report.publish.unchecked:
        text = f"not checked: {unchecked.rule}: {unchecked.why}"
        yield {"level": "warning", "message": {"text": text}}
    sentences = [report.accepted, *report.notes]
    quiet = sum(not _is_listed(one, report) for one in report.findings)
    if quiet:
        sentences.append(f"{plural(quiet, 'patch-level change')} not listed")
    if cut:
        sentences.append(f"{plural(cut, 'finding')} not listed: code scanning takes {_MOST_RESULTS:,}")
    for sentence in filter(None, sentences):
        yield {"level": "note", "message": {"text": sentence}}
