"""The format `text`: the style of `bal semver`, with what, why and where of every change."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from semverdiff import reports
from semverdiff.reports import drawing
from semverdiff.reports.outline import (
    is_about_package,
    is_quiet,
    is_suppressed,
    is_tolerated,
    is_undecided,
    outline,
)
from semverdiff.reports.printable import printable
from semverdiff.reports.sections import sections_of
from semverdiff.rules import Certainty
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.model import ChangeSet, ErrorEntry, Report, ReportedPackage, Reports, Skipped
    from semverdiff.reports.outline import Node
    from semverdiff.reports.sections import Group
    from semverdiff.rules import Finding

__all__ = ["render", "render_all"]

# More quiet changes than this are counted instead of listed, module by module.
_MANY_QUIET = 5
_NAMES_SHOWN = 4
_CLIENT_LINES_SHOWN = 8
# So many findings are read one by one; what has one cause is told once besides.
_FINDINGS_SHOWN = 200
# So many findings of one rule stand one by one, and of a report that is too long to be read through.
_FEW = 5
_FEW_OF_MANY = 2
_NARROWEST = 40
# Details stand under the text of their line: as wide as `[+-] `.
_SIGN_WIDTH = 5

# What a quiet change is about, by a part of its rule's id; the last one fits all.
_TOPICS = (
    ("-body-", "bodies"),
    ("documentation-", "documentation"),
    ("-value-", "default and initial values"),
    ("respelled", "spellings of types"),
    ("-dependency-", "dependencies"),
    ("", "others"),
)

_STATUS = {**drawing.STATUS, Level.MINOR: "backward-compatible additions detected"}


def render(report: Report, style: Style) -> str:
    """Return changes, what does not count, what is not known, gates, and the version to choose."""
    shown = printable(report)
    text = "\n".join(_Text(shown, style).lines()).lstrip("\n") + "\n"
    if not style.terminal:
        return text
    return reports.terminal.fitted(text, style)


def render_all(reports: Reports, style: Style) -> str:
    """Return the reports of several packages below each other."""
    return drawing.one_below_the_other(reports, lambda report: render(report, style), style)


class _Text:
    """One report on its way to lines: the values that every section needs."""

    def __init__(self, report: Report, style: Style) -> None:
        self._report = report
        self._width = style.width
        self._verbose = style.verbose
        self._color = style.color
        self._style = style
        self._paint = drawing.painter(color=style.color)

    def lines(self) -> Iterator[str]:
        """Return all lines; a section without content gives none."""
        report = self._report
        if report.accepted:
            yield self._paint(report.accepted, drawing.Ink.MAJOR)
        if report.summary and not report.errors:
            yield self._sentence()
        for entry in report.errors:
            yield from self._error(entry)
        if report.is_comparison and report.candidate is not None and report.baseline is not None:
            yield from self._comparison(report.candidate, report.baseline)
        if report.change_set is not None and report.candidate is not None:
            yield from self._change_set(report.change_set, report.candidate.name)
        unused = [f"{one.about}: {one.reason}" for one in report.unused_suppressions]
        yield from self._section("suppressions without a finding:", unused)
        yield from self._settings()
        yield from self._section("not compared:", [f"{one.what}: {one.why}" for one in report.skipped])
        yield from self._section("notes:", report.notes)
        yield from self._publish()
        yield from self._gates()
        yield from self._closing()

    def _comparison(self, candidate: ReportedPackage, baseline: ReportedPackage) -> Iterator[str]:
        yield from drawing.title_bar(
            candidate.version, _source(candidate), baseline.version, _source(baseline)
        )
        yield from self._wrapped(_origin(baseline, self._report.baseline_reason), 0, drawing.Ink.ASIDE)
        yield ""
        yield from self._changes(self._report.findings, self._report.skipped, candidate.name)

    def _changes(
        self, findings: tuple[Finding, ...], skipped: tuple[Skipped, ...], name: str
    ) -> Iterator[str]:
        """Yield the sections, each with what happens often first, then the rest as the code is nested."""
        if not findings:
            yield "no changes detected in what was compared" if skipped else "no changes detected"
        is_long = len(findings) > _FINDINGS_SHOWN
        few = len(findings) if self._verbose else _FEW_OF_MANY if is_long else _FEW
        room = len(findings) if self._verbose else _FINDINGS_SHOWN
        for number, section in enumerate(sections_of(findings, few)):
            if number:
                yield ""
            yield self._paint(f"{section.heading.value} ({section.count:,}):", drawing.Ink.HEADING)
            for group in section.groups:
                yield from self._group(group)
            # What is only counted takes no room.
            told = [one for one in section.others if not is_quiet(one)]
            counted = [one for one in section.others if is_quiet(one)]
            yield from self._tree([*told[:room], *counted], name)
            if more := len(told[room:]):
                yield f"  ... {more:,} more: -v lists them all, and so do the formats html and json"
            room = max(room - len(told), 0)

    def _group(self, group: Group) -> Iterator[str]:
        """Return what has one cause: how often it happens, an example, and where else."""
        first, *others = group.findings
        title = f"{group.title}: {len(group.findings):,} changes"
        remarks = {_remarks(finding) for finding in group.findings}
        shared = remarks.pop() if len(remarks) == 1 else ""
        yield self._line(drawing.sign(first), title, group.level, 1, shared)
        if _is_told(first):
            yield from self._wrapped(f"for example {first.symbol}: {first.message}", 1)
            yield from self._details(first, 1)
            names, before = [_name(finding) for finding in others], "also in"
        else:
            names, before = [_name(finding) for finding in group.findings], "in"
        listed = _listed(list(dict.fromkeys(names)))
        yield from self._wrapped(f"{before} {listed}", 1, drawing.Ink.ASIDE)

    def _tree(self, findings: list[Finding], name: str) -> Iterator[str]:
        """Return findings as the code is nested, below a heading."""
        root = outline(findings, name)
        root, quiet = (root, []) if self._verbose else _apart(root)
        yield from self._parts(root, 0)
        if quiet:
            yield from self._quiet(quiet, 1)

    def _change_set(self, change_set: ChangeSet, name: str) -> Iterator[str]:
        """Return the part of the changes that a review is about."""
        since = "" if change_set.baseline is None else f", version {change_set.baseline.version}"
        yield from self._heading(f"in this change set, since {change_set.reason}{since}:")
        if change_set.baseline is None:
            yield "the package is new"
            return
        yield from self._changes(change_set.findings, change_set.skipped, name)
        if change_set.required_bump is not None:
            yield f"required by this change set alone: {change_set.required_bump.word}"
        not_compared = [f"{one.what}: {one.why}" for one in change_set.skipped]
        yield from self._section("not compared in this change set:", not_compared)

    def _node(self, node: Node, depth: int) -> Iterator[str]:
        """Return the line of a thing, of what changed about it, and of its parts."""
        for finding in node.added_or_removed:
            yield from self._leaf(finding, depth)
        if not node.changes and not node.children:
            return
        if _speaks_for_itself(node):
            yield from self._leaf(node.changes[0], depth)
            return
        yield self._line("[+-]", f"{node.step.kind} '{node.step.name}' is modified", node.level, depth)
        loud, quiet = (node, []) if self._verbose else _apart(node)
        yield from self._parts(loud, depth)
        if quiet:
            yield from self._quiet(quiet, depth + 1)

    def _parts(self, node: Node, depth: int) -> Iterator[str]:
        """Return what stands below the line of a thing."""
        for finding in node.changes:
            yield from self._leaf(finding, depth + 1)
        for part in node.children:
            yield from self._node(part, depth + 1)

    def _quiet(self, findings: list[Finding], depth: int) -> Iterator[str]:
        """Sum up many quiet changes in two lines."""
        counts = dict.fromkeys((words for _, words in _TOPICS), 0)
        for finding in findings:
            counts[next(words for part, words in _TOPICS if part in finding.rule)] += 1
        topics = ", ".join(f"{words} ({count})" for words, count in counts.items() if count)
        yield self._line("[+-]", f"{len(findings):,} patch-level changes: {topics}", Level.PATCH, depth)
        names = list(dict.fromkeys(_name(finding) for finding in findings))
        yield from self._wrapped(f"in {_listed(names)}", depth, drawing.Ink.ASIDE)

    def _leaf(self, finding: Finding, depth: int) -> Iterator[str]:
        """Return a finding; in one line with its place if nobody has to do anything about it."""
        message = finding.message
        if is_suppressed(finding):
            message = self._paint(message, drawing.Ink.STRUCK)
        line = self._line(drawing.sign(finding), message, finding.level, depth, _remarks(finding))
        if self._verbose or _is_told(finding):
            yield line
            yield from self._details(finding, depth)
        else:
            place = _place(finding)
            yield f"{line}  {self._paint(place, drawing.Ink.ASIDE)}" if place else line

    def _details(self, finding: Finding, depth: int) -> Iterator[str]:
        """Return why, where, who breaks, and how to refer to it."""
        indent = " " * (2 * depth + _SIGN_WIDTH)
        if finding.explanation is not None:
            yield from self._wrapped(finding.explanation, depth)
        if finding.suppressed is not None:
            until = "" if finding.suppressed.until is None else f" (until {finding.suppressed.until})"
            yield from self._wrapped(f"suppressed: {finding.suppressed.reason}{until}", depth)
        yield from (indent + line for line in self._forms(finding))
        if finding.client is not None:
            yield from (indent + line for line in self._client(finding.client, finding.client_program))
        if self._verbose:
            reference = f"symbol {finding.symbol}, rule {finding.rule}, fingerprint {finding.fingerprint}"
            yield indent + self._paint(reference, drawing.Ink.ASIDE)

    def _forms(self, finding: Finding) -> Iterator[str]:
        """Return the old and the new form below each other, each with its place."""
        if same := drawing.places_of_same_form(finding):
            yield self._paint(f"at {' -> '.join(same)}", drawing.Ink.ASIDE)
            return
        sides = (("-", finding.old), ("+", finding.new))
        forms = [
            (mark, drawing.place(excerpt), excerpt.text) for mark, excerpt in sides if excerpt is not None
        ]
        width = max((len(at) for _, at, _ in forms), default=0)
        if self._color and finding.old is not None and finding.new is not None:
            marked = self._marked(finding.old.text.rstrip(), finding.new.text.rstrip())
            forms = [(mark, at, text) for (mark, at, _), text in zip(forms, marked, strict=True)]
        for mark, at, text in forms:
            if text.strip():
                yield f"{mark} {self._paint(at.ljust(width), drawing.Ink.ASIDE)}  {text}".rstrip()
            else:
                yield f"{mark} {self._paint(at, drawing.Ink.ASIDE)}"

    def _marked(self, old: str, new: str) -> Iterator[str]:
        """Yield both forms; in each of them the tokens stand out that the other one lacks."""
        from semverdiff.reports.tokens import token_diff  # noqa: PLC0415 (slow: only for colours)

        for form, ink in zip(token_diff(old, new), (drawing.Ink.LOST, drawing.Ink.GAINED), strict=True):
            yield "".join(self._paint(one.text, ink) if one.marked else one.text for one in form)

    def _client(self, client: str, program: str | None) -> Iterator[str]:
        """Return the code that breaks, beside its heading if it is one line; or the program around it."""
        if self._verbose and program is not None:
            yield "breaks:"
            yield from (
                f"    {self._paint(line, drawing.Ink.CODE)}" if line.strip() else ""
                for line in program.splitlines()
            )
            return
        lines = client.splitlines()
        if len(lines) > _CLIENT_LINES_SHOWN:
            lines = [*lines[: _CLIENT_LINES_SHOWN - 1], "..."]
        if len(lines) == 1:
            yield f"breaks: {self._paint(lines[0], drawing.Ink.CODE)}"
            return
        yield "breaks:"
        yield from (f"    {self._paint(line, drawing.Ink.CODE)}" if line.strip() else "" for line in lines)

    def _line(self, mark: str, text: str, level: Level, depth: int, certainty: str = "") -> str:
        tag = self._paint(level.name, drawing.LEVEL_INK[level])
        return f"{'  ' * depth}{mark} {text} [version impact: {tag}{certainty}]"

    def _wrapped(self, text: str, depth: int, ink: drawing.Ink | None = None) -> Iterator[str]:
        """Return a sentence in lines that fit, under the text of a line at that depth."""
        indent = " " * (2 * depth + _SIGN_WIDTH if depth else 0)
        room = max(self._width - len(indent), _NARROWEST)
        for line in textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False):
            yield indent + (line if ink is None else self._paint(line, ink))

    def _error(self, entry: ErrorEntry) -> Iterator[str]:
        mistake = entry.mistake
        yield f"{self._paint('error:', drawing.Ink.ERROR)} {mistake.message}"
        if mistake.place():
            yield f"  --> {mistake.place()}"
        yield from (f"  {line}" for line in drawing.excerpt_lines(mistake))

    def _section(self, heading: str, entries: list[str] | tuple[str, ...]) -> Iterator[str]:
        if entries:
            yield from self._heading(heading)
            yield from (f"  {entry}" for entry in entries)

    def _heading(self, heading: str) -> Iterator[str]:
        yield ""
        yield self._paint(heading, drawing.Ink.HEADING)

    def _settings(self) -> Iterator[str]:
        """Yield what the candidate's own Semver.toml lets pass, and what of it counts."""
        settings = self._report.settings
        accepted = (*settings.accepted_suppressions, *settings.accepted_settings)
        yield from self._section("accepted from this change set's Semver.toml:", accepted)
        yield from self._section(
            f"not accepted, judged by the settings of {settings.base}:",
            settings.refused,
        )
        yield from self._section(
            "weaker than the defaults, by the package's own Semver.toml:", settings.weaker
        )

    def _publish(self) -> Iterator[str]:
        """Yield what keeps the package from being published, and what of it is not known."""
        readiness = self._report.publish
        if readiness is None:
            return
        yield from self._heading("publishing:")
        if not readiness.findings and not readiness.unchecked:
            yield "  nothing is in the way"
        for finding in readiness.findings:
            word = self._paint(
                f"[{finding.severity}]", drawing.Ink.MAJOR if finding.is_error else drawing.Ink.MINOR
            )
            yield f"  {word} {finding.message}"
            if finding.place is not None:
                yield from self._wrapped(f"at {drawing.place(finding.place)}", 1, drawing.Ink.ASIDE)
            if finding.prints is not None:
                yield from self._wrapped(f"bal prints: {finding.prints}", 1)
            yield from self._wrapped(finding.remedy, 1)
            if self._verbose:
                yield from self._wrapped(f"rule {finding.rule}", 1, drawing.Ink.ASIDE)
        for one in readiness.unchecked:
            yield f"  [not checked] {one.rule}: {one.why}"

    def _gates(self) -> Iterator[str]:
        gates = [("passed" if gate.passed else "FAILED", gate) for gate in self._report.gates]
        yield from self._section("gates:", [f"{word}  {gate.name}: {gate.why}" for word, gate in gates])

    def _closing(self) -> Iterator[str]:
        report = self._report
        closing = drawing.closing_lines(report, self._status())
        if report.baseline is None and report.baseline_reason is not None:
            closing.append(f"baseline: none, {report.baseline_reason}")
        if report.findings:
            closing.append(self._counts())
        if closing:
            yield ""
            yield from closing
        if steps := _next_steps(report, self._style):
            yield ""
            yield from steps
        if report.summary:
            yield ""
            yield self._sentence()

    def _sentence(self) -> str:
        return self._paint(self._report.summary, drawing.TONE_INK[self._report.tone])

    def _status(self) -> str:
        """Return what the certain changes mean, and how many are open."""
        findings = self._report.findings
        status = _STATUS[drawing.highest_level(one for one in findings if _is_certain(one))]
        undecided = sum(is_undecided(one) for one in findings)
        return f"{status}, {undecided} could not be decided" if undecided else status

    def _counts(self) -> str:
        counts = self._report.counts
        numbers = (
            (counts.major, Level.MAJOR.word),
            (counts.minor, Level.MINOR.word),
            (counts.patch, Level.PATCH.word),
            (counts.suppressed, "suppressed"),
            (counts.undecided, "undecided"),
        )
        return "changes: " + (", ".join(f"{number} {word}" for number, word in numbers if number) or "none")


def _next_steps(report: Report, style: Style) -> list[str]:
    """Return what to do next where the version is not the right one."""
    if not report.is_version_wrong or report.suggested_version is None:
        return []
    version = f"{report.ecosystem.written(report.suggested_version)} in {report.manifest}"
    path, option = (f" {style.package}", f" --package {style.package}") if style.package else ("", "")
    baseline = f" --baseline {style.baseline}" if style.baseline else ""
    bump = f"semver bump{path}{baseline}    sets"
    steps = [f"next: {bump if report.is_bumpable else 'set'} {version}"]
    options = f'{option}{baseline} --reason "..."'
    breaks = [one for one in report.findings if one.level is Level.MAJOR and not is_suppressed(one)]
    if len(breaks) == 1:
        steps.append(f"  or, if the break is meant: semver suppress {breaks[0].fingerprint}{options}")
    elif breaks:
        steps.append(f"  or, if a break is meant: semver suppress FINGERPRINT{options} (-v shows them)")
    return steps


def _is_certain(finding: Finding) -> bool:
    return not is_undecided(finding) and not is_suppressed(finding)


def _is_told(finding: Finding) -> bool:
    """Return whether a finding asks for something: a client breaks, or somebody has to decide.

    What breaks clients and is called a patch is told too: only the project's own rules can have done that.
    """
    is_breaking = finding.level is Level.MAJOR or (finding.level is Level.PATCH and not is_quiet(finding))
    return is_breaking or not _is_certain(finding)


def _remarks(finding: Finding) -> str:
    """Return what else to know about the level: how sure it is, and whether some client breaks after all."""
    sure = "" if finding.certainty is Certainty.PROVED else f", {finding.certainty.value}"
    return f"{sure}, tolerated" if is_tolerated(finding) else sure


def _place(finding: Finding) -> str:
    """Return where a form stands, and where it stood if that is another place."""
    if same := drawing.places_of_same_form(finding):
        return " -> ".join(same)
    excerpt = finding.new or finding.old
    return "" if excerpt is None else drawing.place(excerpt)


def _listed(names: list[str]) -> str:
    """Return the first of some names, and how many more there are."""
    more = len(names) - _NAMES_SHOWN
    return ", ".join(names[:_NAMES_SHOWN]) + (f" and {more:,} more" if more > 0 else "")


def _apart(node: Node) -> tuple[Node, list[Finding]]:
    """Take many quiet findings out of a module, or out of what the package has beside its modules."""
    if node.step.kind not in {"package", "module"}:
        return node, []

    def is_apart(finding: Finding) -> bool:
        return is_quiet(finding) and (node.step.kind == "module" or is_about_package(finding))

    quiet = [finding for finding in node.all_findings() if is_apart(finding)]
    if len(quiet) <= _MANY_QUIET:
        return node, []
    return node.only(lambda finding: not is_apart(finding)), quiet


def _speaks_for_itself(node: Node) -> bool:
    """Return whether one line is enough, because the only message names the thing already."""
    return len(node.changes) == 1 and not node.children and f"'{node.step.name}'" in node.changes[0].message


def _name(finding: Finding) -> str:
    """Return the name of what a quiet change is about; everything about the package shares one symbol."""
    return finding.trail[-1].name if is_about_package(finding) and finding.trail else finding.symbol


def _source(side: ReportedPackage) -> str:
    """Return the word after a version in the title; the reference knows `local` and `central`."""
    match side.source:
        case "directory":
            return "local"
        case "repository":
            return side.repository or "repository"
        case source:
            return source


def _origin(baseline: ReportedPackage, reason: str | None) -> str:
    """Return what the comparison is with, and why."""
    checked = "digest verified" if baseline.digest_verified else "digest not verified"
    source = _source(baseline) if baseline.digest is None else f"{_source(baseline)}, {checked}"
    because = "" if reason is None else f": {reason}"
    return f"baseline {baseline.full_name} {baseline.version} ({source}){because}"
