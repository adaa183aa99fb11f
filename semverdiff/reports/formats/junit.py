"""The format `junit`: what test reports of CI systems show.

A suite is a package. Its cases are the verdict, each gate, and each cause of breaking changes or of what the
check fails by, which fails then; what is suppressed is skipped, with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.reports import locations
from semverdiff.reports.causes import causes_of
from semverdiff.reports.printable import printable
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.reports.causes import Cause
    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.model import Report, Reports
    from semverdiff.rules import Finding

__all__ = ["render", "render_all"]

# Of one cause so many places are named.
_MOST_PLACES = 50

# The standard library has these where it loads its client of HTTP. XML has no way to write the last two.
_IN_CONTENT = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\ufffe": "\ufffd", "\uffff": "\ufffd"},
)
_IN_ATTRIBUTE = {**_IN_CONTENT, **str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})}


def render(report: Report, _style: Style) -> str:
    """Return the report as a document with one suite."""
    return _document([printable(report)])


def render_all(reports: Reports, _style: Style) -> str:
    """Return the reports of several packages as a document with a suite for each."""
    return _document([printable(report) for report in reports.packages])


def _document(reports: list[Report]) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="semverdiff">']
    for report in reports:
        lines += _suite(report)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(report: Report) -> list[str]:
    package = report.candidate
    name = "semverdiff" if package is None else package.full_name
    if report.directory is not None:
        name = f"{name} ({report.directory})"
    cases = list(_cases(report, name))
    counts = {kind: sum(f"<{kind}" in case for case in cases) for kind in ("failure", "error", "skipped")}
    head = (
        f'  <testsuite name={_attribute(name)} tests="{len(cases)}" failures="{counts["failure"]}" '
        f'errors="{counts["error"]}" skipped="{counts["skipped"]}">'
    )
    return [head, *cases, "  </testsuite>"]


def _cases(report: Report, suite: str) -> Iterator[str]:
    yield _case(suite, "verdict", _verdict(report))
    for gate in report.gates:
        failure = "" if gate.passed else _problem("failure", "gate", gate.why, "")
        yield _case(suite, f"gate {gate.name}", failure)
    for entry in report.errors:
        yield _case(
            suite, entry.code, _problem("error", entry.code, entry.mistake.message, entry.mistake.place())
        )
    for cause in causes_of(report.findings):
        if cause.level is Level.MAJOR or _failing(cause, report):
            yield _case(suite, f"{cause.title} ({len(cause.members)})", _cause(cause, report))
    yield from _publish_cases(report, suite)
    for finding in report.findings:
        if finding.suppressed is not None:
            reason = f"<skipped message={_attribute(finding.suppressed.reason)}/>"
            yield _case(suite, f"{finding.symbol}: {finding.message}", reason)


def _publish_cases(report: Report, suite: str) -> Iterator[str]:
    """Yield a case for each thing that keeps the package from being published, or that is not known."""
    if report.publish is None:
        return
    for finding in report.publish.findings:
        place = locations.publish_location(finding, report)
        at = "" if place is None else f"{place.path}:{place.line}:{place.column}"
        prints = "" if finding.prints is None else f"bal prints: {finding.prints}"
        text = "\n".join(filter(None, (at, prints, finding.remedy)))
        if finding.is_error:
            content = _problem("failure", finding.rule, finding.message, text)
        else:
            content = f"<system-out>{_content(text)}</system-out>"
        yield _case(suite, f"publish {finding.rule}: {finding.message}", content)
    for one in report.publish.unchecked:
        yield _case(suite, f"publish {one.rule}", f"<skipped message={_attribute(one.why)}/>")


def _verdict(report: Report) -> str:
    version = report.version_to_write
    advice = "" if version is None else f"suggested version: {version}"
    if report.errors:
        return ""
    if report.is_failure:
        sentence = report.summary or report.outcome.value
        return _problem(
            "failure", report.outcome.value, sentence, "\n".join(filter(None, (report.accepted, advice)))
        )
    said = "\n".join(filter(None, (report.accepted, report.summary, advice)))
    return f"<system-out>{_content(said)}</system-out>"


def _cause(cause: Cause, report: Report) -> str:
    failing = _failing(cause, report)
    findings = failing or [report.findings[index] for index in cause.members]
    lines = [_place_line(one, report) for one in findings[:_MOST_PLACES]]
    if len(findings) > _MOST_PLACES:
        lines.append(f"... {len(findings) - _MOST_PLACES:,} more")
    if findings[0].explanation is not None:
        lines.append(findings[0].explanation)
    if failing:
        return _problem("failure", findings[0].rule, cause.title, "\n".join(lines))
    return f"<system-out>{_content(chr(10).join(lines))}</system-out>"


def _failing(cause: Cause, report: Report) -> list[Finding]:
    """Return what the check fails by; what else has the same cause is no failure."""
    findings = (report.findings[index] for index in cause.members)
    return [one for one in findings if report.fails_by(one)]


def _place_line(finding: Finding, report: Report) -> str:
    place = locations.location_of(finding, report)
    at = "" if place is None else f"{place.path}:{place.line}:{place.column}: "
    return f"{at}{finding.symbol}: {finding.message}"


def _problem(kind: str, about: str, message: str, text: str) -> str:
    return f"<{kind} type={_attribute(about)} message={_attribute(message)}>{_content(text)}</{kind}>"


def _case(suite: str, name: str, content: str) -> str:
    head = f"    <testcase classname={_attribute(suite)} name={_attribute(name)}"
    return f"{head}>{content}</testcase>" if content else f"{head}/>"


def _attribute(text: str) -> str:
    return f'"{text.translate(_IN_ATTRIBUTE)}"'


def _content(text: str) -> str:
    return text.translate(_IN_CONTENT)
