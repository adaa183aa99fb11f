"""What the formats for people share: colours, places in code, the words and marks of `bal semver`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.changes import Change
from semverdiff.enums import StrEnum
from semverdiff.reports.printable import printable_text
from semverdiff.text import plural
from semverdiff.verdict import Tone
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from semverdiff.artifact import ManifestPlace
    from semverdiff.changes import Excerpt
    from semverdiff.errors import Mistake
    from semverdiff.reports.formats.interface import Style
    from semverdiff.reports.model import Report, Reports
    from semverdiff.rules import Finding

__all__ = [
    "LEVEL_INK",
    "STATUS",
    "TONE_INK",
    "Ink",
    "closing_lines",
    "excerpt_lines",
    "headline",
    "highest_level",
    "one_below_the_other",
    "painter",
    "place",
    "places_of_same_form",
    "sign",
    "summary_of",
    "title_bar",
]

STATUS = {
    Level.NONE: "no changes detected",
    Level.PATCH: "patch-compatible changes detected",
    Level.MINOR: "patch-incompatible changes detected",
    Level.MAJOR: "backward-incompatible changes detected",
}
_SIGNS = {Change.ADDED: "[++]", Change.REMOVED: "[--]", Change.MODIFIED: "[+-]"}

# A line of source is shown this far before and after the column of a mistake.
_BEFORE = 60
_AFTER = 40


class Ink(StrEnum):
    """What a piece of text is; the value is its ANSI parameter. Every colour repeats a word or a sign.

    The colours are of the 256 that have a fixed value: as dark as can be read on black, and on white too,
    where the yellow and the cyan that a terminal chooses cannot.
    """

    HEADING = "1"
    ASIDE = "2"
    MAJOR = "1;38;5;160"
    MINOR = "38;5;166"
    PATCH = "38;5;28"
    ERROR = "1;38;5;160"
    CODE = "38;5;31"
    STRUCK = "9"
    # What one form of a thing has, and the other has not.
    LOST = "1;4;38;5;160"
    GAINED = "1;4;38;5;28"


TONE_INK = {
    Tone.GOOD: Ink.PATCH,
    Tone.WARNING: Ink.MINOR,
    Tone.BAD: Ink.MAJOR,
    Tone.OPEN: Ink.MINOR,
    Tone.NEUTRAL: Ink.HEADING,
}
LEVEL_INK = {Level.MAJOR: Ink.MAJOR, Level.MINOR: Ink.MINOR, Level.PATCH: Ink.PATCH, Level.NONE: Ink.ASIDE}


def painter(*, color: bool) -> Callable[[str, Ink], str]:
    """Return the function that colours a text, or the one that leaves it as it is."""
    if color:
        return lambda text, ink: f"\x1b[{ink.value}m{text}\x1b[0m"
    return lambda text, _ink: text


def title_bar(new_version: str, new_place: str, old_version: str, old_place: str) -> list[str]:
    """Return an empty line and the title between two rows of `=` that are exactly as long."""
    title = f" Comparing version '{new_version}'({new_place}) with version '{old_version}'({old_place}) "
    row = "=" * len(title)
    return ["", row, title, row]


def sign(finding: Finding) -> str:
    """Return the mark of a line: a lost qualifier is a loss, although the function that had it is there."""
    if finding.rule.endswith("-added"):
        return _SIGNS[Change.ADDED]
    if finding.rule.endswith("-removed"):
        return _SIGNS[Change.REMOVED]
    return _SIGNS[finding.change]


def highest_level(findings: Iterable[Finding]) -> Level:
    """Return the highest level of some findings, or `Level.NONE`."""
    return max((finding.level for finding in findings), default=Level.NONE)


def closing_lines(report: Report, status: str) -> list[str]:
    """Return the last block of `bal semver`; `status` says what the changes mean for clients."""
    if report.candidate is None:
        return []
    lines = [f"current version: {report.candidate.version}"]
    if report.is_comparison and report.baseline is not None:
        compared = f"compared with the release version '{report.baseline.version}'"
        lines.append(f"compatibility impact ({compared}): {status}")
    if report.suggested_version is not None:
        lines.append(f"suggested version: {report.suggested_version}")
    return lines


def one_below_the_other(reports: Reports, draw: Callable[[Report], str], style: Style) -> str:
    """Return the drawn reports of several packages, a headline before each, a line for each at the end."""
    paint = painter(color=style.color)
    total = len(reports.packages)
    parts = [
        f"{paint(headline(report, number, total), Ink.HEADING)}\n\n{draw(report)}"
        for number, report in enumerate(reports.packages, start=1)
    ]
    closing = [summary_of(reports)]
    closing += [f"  {_package_name(one)}: {printable_text(one.summary)}" for one in reports.packages]
    return "\n".join([*parts, *closing]) + "\n"


def headline(report: Report, number: int, total: int) -> str:
    """Return the line that names a package among others."""
    return f"[{number}/{total}] {_package_name(report)}"


def summary_of(reports: Reports) -> str:
    """Return the number of packages by outcome."""
    words = [one.outcome.value for one in reports.packages]
    counts = ", ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(words))
    return f"{plural(len(words), 'package')}: {counts}"


def _package_name(report: Report) -> str:
    """Return the name of a package, and its directory in the workspace."""
    package = report.candidate
    name = "a package that could not be read" if package is None else f"{package.full_name} {package.version}"
    directory = "" if report.directory is None else f" ({report.directory})"
    return printable_text(f"{name}{directory}")


def place(excerpt: Excerpt | ManifestPlace) -> str:
    """Return a place as editors and terminals link it; of what was compiled the file alone is known."""
    if excerpt.line is None:
        return excerpt.file
    return f"{excerpt.file}:{excerpt.line}:{excerpt.column}"


def places_of_same_form(finding: Finding) -> tuple[str, ...]:
    """Return where a form stood and stands, once if it did not move; nothing if it has two forms or one."""
    if finding.old is None or finding.new is None or finding.old.text != finding.new.text:
        return ()
    return tuple(dict.fromkeys((place(finding.old), place(finding.new))))


def excerpt_lines(mistake: Mistake) -> list[str]:
    """Return the source line of a mistake with a caret under the column; nothing if it is not known."""
    if mistake.excerpt is None:
        return []
    number = "" if mistake.line is None else str(mistake.line)
    margin = " " * len(number)
    code, column = _window(mistake.excerpt.rstrip(), mistake.column)
    lines = [f"{margin} |", f"{number} | {code}".rstrip()]
    if column is not None:
        lines.append(f"{margin} | {' ' * _width(code[:column])}^")
    return lines


def _window(text: str, column: int | None) -> tuple[str, int | None]:
    """Return the part of a line around a column that counts from 1, and the column in it from 0."""
    if column is None:
        return text[: _BEFORE + _AFTER], None
    at = min(column - 1, len(text))
    start = max(at - _BEFORE, 0)
    return text[start : at + _AFTER], at - start


def _width(text: str) -> int:
    """Return the width on a terminal, where wide characters take two columns and combining ones none."""
    import unicodedata  # noqa: PLC0415 (a large table, and only a mistake is drawn with it)

    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )
