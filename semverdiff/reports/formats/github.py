"""The format `github`: workflow commands, which GitHub, Forgejo and Gitea show beside the lines of a change.

The service shows ten commands of a level and step, and drops the others in silence; so the tenth says how
many more there are. Texts of a package cannot begin a command: they have no line breaks, and nothing in them
that a runner obeys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from semverdiff.reports import locations
from semverdiff.reports.log_commands import without_commands
from semverdiff.reports.printable import printable
from semverdiff.verdict import Tone
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.locations import Location
    from semverdiff.reports.model import Report, Reports

__all__ = ["render", "render_all"]

_MOST = 10
_VERDICTS = {Tone.GOOD: "notice", Tone.NEUTRAL: "notice", Tone.WARNING: "warning"}
# Of the toolkit: in a message, and besides in a property.
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


class _Command(NamedTuple):
    level: str
    title: str
    message: str
    place: Location | None


def render(report: Report, _style: Style) -> str:
    """Return the verdict and what clients may notice, a command each."""
    return _text(_commands(printable(report)))


def render_all(reports: Reports, _style: Style) -> str:
    """Return the commands of several packages, all verdicts first: ten of a level are shown of all."""
    shown = [list(_commands(printable(report))) for report in reports.packages]
    verdicts = [commands[0] for commands in shown]
    return _text([*verdicts, *(command for commands in shown for command in commands[1:])])


def _text(commands: Iterable[_Command]) -> str:
    by_level: dict[str, list[_Command]] = {}
    for command in commands:
        by_level.setdefault(command.level, []).append(command)
    lines = [_line(command) for level in by_level.values() for command in _capped(level)]
    return "\n".join(lines) + "\n"


def _capped(commands: list[_Command]) -> list[_Command]:
    """Return as many commands of a level as are shown, the last of which counts those that are not."""
    more = len(commands) - (_MOST - 1)
    if more <= 1:
        return commands
    rest = f"{more} more are not shown here: see the whole report, --format markdown or html"
    return [*commands[: _MOST - 1], _Command(commands[0].level, "more findings", rest, None)]


def _commands(report: Report) -> Iterator[_Command]:
    """Yield the verdict, errors, and what clients may notice."""
    package = report.candidate
    title = "semver" if package is None else f"semver: {package.full_name}"
    if report.directory is not None:
        title = f"{title} ({report.directory})"
    version = report.version_to_write
    advice = "" if version is None else f" Suggested version: {version}."
    sentence = f"{report.summary or report.outcome.value}.{advice}"
    if report.accepted:
        sentence = f"{report.accepted}. {sentence}"
    level = _VERDICTS.get(report.tone, "error")
    yield _Command(level, title, sentence, locations.verdict_location(report))
    for entry in report.errors:
        place = locations.mistake_location(entry)
        yield _Command("error", entry.code, entry.mistake.message, place)
    yield from _publish_commands(report)
    listed = [one for one in report.findings if report.is_listed(one)]
    for finding in sorted(listed, key=lambda one: -one.level):
        level = "warning" if finding.level is Level.MAJOR else "notice"
        if report.fails_by(finding):
            level = "error"
        message = f"{finding.symbol}: {finding.message}. {finding.explanation or ''}".rstrip()
        place = locations.location_of(finding, report)
        yield _Command(level, f"{finding.rule} ({finding.level.word})", message, place)


def _publish_commands(report: Report) -> Iterator[_Command]:
    """Yield what keeps the package from being published, the errors first, and what is not known."""
    if report.publish is None:
        return
    for finding in report.publish.findings:
        place = locations.publish_location(finding, report)
        text = f"{finding.message}. {finding.remedy}"
        yield _Command(finding.severity.value, f"publish: {finding.rule}", text, place)
    for one in report.publish.unchecked:
        yield _Command("warning", f"publish: {one.rule}", f"not checked: {one.why}", None)


def _line(command: _Command) -> str:
    properties = {"title": command.title}
    if command.place is not None:
        place = command.place
        properties = {"file": place.path, "line": str(place.line), "col": str(place.column), **properties}
    shown = ",".join(f"{name}={_escaped(value, _IN_PROPERTY)}" for name, value in properties.items())
    return f"::{command.level} {shown}::{_escaped(command.message, _IN_MESSAGE)}"


def _escaped(text: str, signs: dict[str, str]) -> str:
    """Return a text that ends no command and begins none, in a log that is copied into another."""
    return "".join(signs.get(sign, sign) for sign in without_commands(text, "text"))
