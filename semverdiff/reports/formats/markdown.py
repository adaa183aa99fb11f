"""The format `markdown`: a comment at a pull request, or the summary of a job.

The verdict comes first, then causes: breaking ones with the code that breaks, additions, patches as a count.
The hidden line at the beginning is what a program finds its own comment by, to update it. Hosts cut or refuse
a comment that is too long, so that whole blocks are left out here, and counted.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from semverdiff.reports import drawing, locations
from semverdiff.reports.causes import CauseKind, causes_of
from semverdiff.reports.printable import printable
from semverdiff.reports.sections import Heading, count_of
from semverdiff.text import plural
from semverdiff.verdict import Tone
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from semverdiff.publish import PublishFinding
    from semverdiff.reports.causes import Cause
    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.model import Report, Reports
    from semverdiff.rules import Finding

__all__ = ["MARKER", "render", "render_all"]

MARKER = "<!-- semverdiff -->"

# What GitHub takes; GitLab takes more. Some is kept for the sentence of what was left out.
_BUDGET = 65_536 - 500
_MOST_PLACES = 40
_MOST_LINES = 30
_MARKS = {Tone.GOOD: "✅", Tone.WARNING: "⚠️", Tone.BAD: "❌", Tone.OPEN: "❔", Tone.NEUTRAL: "🔎"}

# What begins anything within a line, also what hosts add: addresses, mentions, numbers of issues, formulas.
_SIGNS = r"[\\`*_{}\[\]<>|~!:&$^=]"
_REFERENCES = r"[@#](?=\w)|(?i:(?<=\bwww)\.)"
_CODE_IN_TITLE = r"`([^`]*)`"


def render(report: Report, style: Style) -> str:
    """Return the report as one comment."""
    shown = printable(report)
    return _within_budget([f"{MARKER}\n{_head(shown, '##', style)}"], list(_blocks(shown, style)))


def render_all(reports: Reports, style: Style) -> str:
    """Return the reports of several packages as one comment, all verdicts before any change."""
    shown = [printable(report) for report in reports.packages]
    head = f"{MARKER}\n## {_escaped(drawing.summary_of(reports))}"
    heads = [_verdict_line(report) for report in shown]
    blocks = []
    for report in shown:
        own = list(_blocks(report, style))
        if own:
            blocks += [f"## {_name(report)}", *own]
    return _within_budget([head, *heads], blocks)


def _within_budget(heads: Sequence[str], blocks: Sequence[str]) -> str:
    """Return what there is room for; a heading with nothing below it is left out as well."""
    room = _BUDGET
    kept: list[str] = []
    texts = [*heads, *blocks]
    for text in texts:
        room -= len(text) + 2
        if room < 0:
            break
        kept.append(text)
    left = texts[len(kept) :]
    while left and len(kept) > 1 and kept[-1].startswith("#"):
        left.append(kept.pop())
    if left:
        parts = plural(sum(not text.startswith("#") for text in left), "part")
        kept.append(f"*This is not all: {parts} of the report had no room here. The whole report has them.*")
    return "\n\n".join(kept) + "\n"


def _head(report: Report, level: str, style: Style) -> str:
    lines = []
    if report.accepted:
        lines.append(f"**{_escaped(report.accepted)}**")
    lines.append(f"{level} {_MARKS[report.tone]} {_escaped(report.summary or report.outcome.value)}")
    compared = ""
    if report.candidate is not None and report.baseline is not None:
        because = "" if report.baseline_reason is None else f" ({_escaped(report.baseline_reason)})"
        compared = f"{_name(report)}, compared with {_escaped(report.baseline.version)}{because}."
    place = locations.verdict_location(report)
    if report.version_to_write is not None:
        at = "" if place is None else f" ({_linked(place, style)})"
        by = f": {_code('semver bump')} writes it" if report.is_bumpable else ""
        compared += f" Suggested version: {_code(report.version_to_write)}{at}{by}."
    if compared:
        lines.append(compared.strip())
    return "\n\n".join(lines)


def _verdict_line(report: Report) -> str:
    summary = _escaped(report.summary or report.outcome.value)
    accepted = f" **{_escaped(report.accepted)}**" if report.accepted else ""
    suggested = report.version_to_write
    advice = "" if suggested is None else f" Suggested version: {_code(suggested)}."
    return f"{_MARKS[report.tone]} **{_name(report)}**: {summary}.{advice}{accepted}"


def _name(report: Report) -> str:
    package = report.candidate
    directory = "" if report.directory is None else f" in {_code(report.directory)}"
    if package is None:
        return f"A package that could not be read{directory}"
    return f"{_code(f'{package.full_name} {package.version}')}{directory}"


def _blocks(report: Report, style: Style) -> Iterator[str]:
    """Yield the parts of a report, the more important first; each is whole, or is left out."""
    # One without a place is the sentence above already.
    if len(report.errors) > 1 or any(one.mistake.place() for one in report.errors):
        yield _list(
            "Errors", [_error_line(one.mistake.message, one.mistake.place()) for one in report.errors]
        )
    gates = [f"**{_escaped(one.name)}**: {_escaped(one.why)}" for one in report.gates if not one.passed]
    if gates:
        yield _list("Gates that failed", gates)
    yield from _publish_blocks(report, style)
    causes = causes_of(report.findings)
    undecided = [cause for cause in causes if cause.kind is CauseKind.UNDECIDED]
    decided = [cause for cause in causes if cause.kind is not CauseKind.UNDECIDED]
    for heading, chosen in (
        (Heading.BREAKING, [cause for cause in decided if cause.level is Level.MAJOR]),
        (Heading.UNDECIDED, undecided),
        (Heading.ADDITIONS, [cause for cause in decided if cause.level is Level.MINOR]),
    ):
        if chosen:
            members = [report.findings[at] for cause in chosen for at in cause.members]
            yield f"### {heading.value.capitalize()}: {count_of(heading, members):,}"
            yield from (_cause(cause, report, style) for cause in chosen)
    patches = sum(len(cause.members) for cause in decided if cause.level <= Level.PATCH)
    if patches:
        yield f"{plural(patches, 'other change')}, which no client has to notice."
    yield from _rest(report)


def _publish_blocks(report: Report, style: Style) -> Iterator[str]:
    """Yield what keeps the package from being published, and what of it is not known."""
    if report.publish is None:
        return
    lines = [_publish_line(one, report, style) for one in report.publish.findings]
    errors, warnings = report.publish.errors, report.publish.warnings
    if errors:
        yield _list("Publishing would fail", _first(lines))
    elif warnings:
        yield _folded(f"Publishing: {plural(warnings, 'warning')}", lines)
    unchecked = [f"{_code(one.rule)}: {_escaped(one.why)}" for one in report.publish.unchecked]
    if unchecked:
        yield _folded(f"Conditions of publishing that were not checked: {len(unchecked):,}", unchecked)


def _publish_line(finding: PublishFinding, report: Report, style: Style) -> str:
    place = locations.publish_location(finding, report)
    at = "" if place is None else f", {_linked(place, style)}"
    prints = "" if finding.prints is None else f" `bal` prints {_code(finding.prints)}."
    severity = "**error**" if finding.is_error else "warning"
    return f"{severity}: {_escaped(finding.message)}{at}.{prints} {_prose(finding.remedy)}"


def _rest(report: Report) -> Iterator[str]:
    suppressed = [
        f"~~{_code(one.symbol)}: {_escaped(one.message)}~~ ({_escaped(one.suppressed.reason)})"
        for one in report.findings
        if one.suppressed is not None
    ]
    if suppressed:
        yield _folded(f"Suppressed: {len(suppressed):,}", suppressed)
    skipped = [f"{_escaped(one.what)}: {_escaped(one.why)}" for one in report.skipped]
    if skipped:
        yield _folded(f"Not compared: {len(skipped):,}", skipped)
    change_set = report.change_set
    if change_set is not None:
        alone = "" if change_set.required_bump is None else f", {change_set.required_bump.word} by themselves"
        count = plural(len(change_set.findings), "change")
        yield f"In this change set, since {_escaped(change_set.reason)}: {count}{alone}."
    settings = report.settings
    decided = [*settings.accepted_suppressions, *settings.accepted_settings]
    if decided:
        yield _folded("Accepted from the settings of this change set", map(_escaped, decided))
    if settings.refused:
        yield _folded("Settings of this change set that do not count", map(_escaped, settings.refused))
    if settings.weaker:
        yield _folded("Weaker than the defaults", map(_escaped, settings.weaker))
    stale = [f"{_escaped(one.about)}: {_escaped(one.reason)}" for one in report.unused_suppressions]
    if stale:
        yield _folded("Suppressions without a finding", stale)
    if report.notes:
        yield _folded("Notes", map(_escaped, report.notes))


def _cause(cause: Cause, report: Report, style: Style) -> str:
    """Return a folded block: where, why, the change of the first place, and the code that breaks."""
    # What made the cause stands for all, before what only follows from it.
    findings = sorted((report.findings[at] for at in cause.members), key=lambda one: -one.level)
    count = "" if len(findings) == 1 else f" ({len(findings):,})"
    parts = [f"<details><summary>{_title(cause.title)}{count}</summary>"]
    lines = [_place_line(one, report, style) for one in findings[:_MOST_PLACES]]
    if len(findings) > _MOST_PLACES:
        lines.append(f"{len(findings) - _MOST_PLACES:,} more")
    parts.append("\n".join(f"- {line}" for line in lines))
    first = findings[0]
    if first.explanation:
        parts.append(_escaped(first.explanation))
    change = [
        f"{mark} {excerpt.text}"
        for mark, excerpt in (("-", first.old), ("+", first.new))
        if excerpt is not None and excerpt.text.strip()
    ]
    if cause.level is Level.MAJOR and change:
        parts.append(_fenced("diff", change))
    if first.client is not None and first.client.strip():
        parts += ["Code that breaks:", _fenced(report.ecosystem.language, first.client.splitlines())]
    return "\n\n".join([*parts, "</details>"])


def _place_line(finding: Finding, report: Report, style: Style) -> str:
    certainty = "" if finding.certainty.value == "proved" else f" ({finding.certainty.value})"
    place = locations.location_of(finding, report) if finding.new is not None else None
    at = "" if place is None else f", {_linked(place, style)}"
    return f"{_code(finding.symbol)}: {_escaped(finding.message)}{certainty}{at}"


def _linked(place: locations.Location, style: Style) -> str:
    text, link = f"{place.path}:{place.line}", locations.link_of(place, style)
    return _code(text) if link is None else f"[{_code(text)}](<{link}>)"


def _error_line(message: str, place: str) -> str:
    return f"{_code(place)}: {_escaped(message)}" if place else _escaped(message)


def _list(heading: str, lines: Sequence[str]) -> str:
    return f"**{heading}**\n\n" + "\n".join(f"- {line}" for line in lines)


def _folded(title: str, lines: Iterator[str] | Sequence[str]) -> str:
    entries = "\n".join(f"- {line}" for line in _first(list(lines)))
    return f"<details><summary>{title}</summary>\n\n{entries}\n\n</details>"


def _first(lines: Sequence[str]) -> Sequence[str]:
    """Return as many lines as anybody reads, and how many more there are."""
    more = len(lines) - _MOST_PLACES
    return lines if more <= 0 else [*lines[:_MOST_PLACES], f"{more:,} more"]


def _title(text: str) -> str:
    """Return the title of a cause as HTML; what stands between backticks is code."""
    parts = re.split(_CODE_IN_TITLE, text)
    return "".join(
        f"<code>{_html(part)}</code>" if number % 2 else _html(part) for number, part in enumerate(parts)
    )


def _prose(text: str) -> str:
    """Return a text of this program in Markdown; what stands between backticks is code."""
    parts = re.split(_CODE_IN_TITLE, text)
    return "".join(_code(part) if number % 2 else _within(part) for number, part in enumerate(parts))


def _within(text: str) -> str:
    """Return a part of a line; the blanks at its ends count."""
    return re.sub(_SIGNS, lambda found: f"\\{found[0]}", text)


def _html(text: str) -> str:
    return re.sub(_REFERENCES, lambda found: f"{found[0]}<!-- -->", html.escape(text, quote=False))


def _escaped(text: str) -> str:
    """Return a text that is nothing but text, wherever it stands within a line."""
    shown = re.sub(_SIGNS, lambda found: f"\\{found[0]}", " ".join(text.split()))
    shown = re.sub(_REFERENCES, lambda found: f"{found[0]}<!-- -->", shown)
    # At the beginning of a line other signs mean something.
    return re.sub(r"\A(?:([-+#])|(\d+)([.)]))", r"\2\\\1\3", shown) or "(nothing)"


def _code(text: str) -> str:
    """Return a text as code within a line, between more backticks than it has in a row."""
    shown = " ".join(text.split())
    if not shown:
        return "(nothing)"
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    pad = " " if shown[0] == "`" or shown[-1] == "`" else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _fenced(language: str, lines: Sequence[str]) -> str:
    shown = list(lines)
    if len(shown) > _MOST_LINES:
        shown[_MOST_LINES:] = ["..."]
    text = "\n".join(shown)
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"{fence}{language}\n{text}\n{fence}"
