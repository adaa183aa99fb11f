"""The format `text` of a history: a line for each release, and under it what broke unannounced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.history.dates import day_of, span_of
from semverdiff.history.model import Failure
from semverdiff.reports.drawing import Ink, painter
from semverdiff.reports.printable import printable
from semverdiff.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from semverdiff.history.model import Change, History, Judgement, Step, Tally
    from semverdiff.reports import Style

__all__ = ["render"]

_HEADINGS: Final = ("version", "date", "declared", "required", "major", "minor", "patch", "symbols")
# All but the columns of words stand to the right: they are numbers.
_WORDS: Final = 4
# Of a release that breaks more, the page or JSON tells.
_MOST_CHANGES: Final = 3

_SHORT: Final = 8
"""The fewest characters of a message that are worth to be shown."""


class _Row(msgspec.Struct, frozen=True):
    """A line of the table: a mark, the cells, and what stands below, each with its ink."""

    mark: str
    cells: tuple[str, ...]
    ink: Ink | None
    below: tuple[tuple[str, Ink], ...] = ()


def render(history: History, style: Style) -> str:
    """Return the history as text that fits a terminal of 80 columns where versions are of usual length."""
    shown = printable(history)
    paint = painter(color=style.color)
    rows = [_row(step, style) for step in shown.steps]
    lines = [*_heading(shown, paint), ""]
    if rows:
        lines += _table(rows, style, paint)
        lines += ["", *_legend(rows)]
    if shown.omissions:
        lines += ["", f"Left out ({len(shown.omissions)}):"]
        lines += [_cut(f"  {one.what}: {one.why}", style) for one in shown.omissions]
    return "".join(f"{line}\n" for line in lines)


def _heading(history: History, paint: Callable[[str, Ink], str]) -> Iterator[str]:
    days, tally = span_of(history), history.tally
    span = "" if days is None else f", {days[0]} to {days[1]}"
    yield paint(f"{history.package}: {plural(tally.releases, 'release')}{span}", Ink.HEADING)
    yield _counts(tally)


def _counts(tally: Tally) -> str:
    counts = (
        f"{tally.under_bumped} under-bumped",
        f"{tally.breaking} with breaking changes",
        f"{tally.unknown} unknown",
        f"{tally.maintenance} on maintenance branches",
    )
    return ", ".join(counts)


def _row(step: Step, style: Style) -> _Row:
    transition, result = step.transition, step.result
    day = day_of(transition.release) if transition.is_released else "not yet"
    about = _about(step)
    if isinstance(result, Failure):
        below = ((f"not judged: {result.why}", Ink.MINOR), *about)
        return _Row("!", (transition.release.version, day, "", "", "", "", "", ""), Ink.MINOR, below)
    mark, ink = _mark(step, result)
    cells = (transition.release.version, day, *_cells(result))
    return _Row(mark, cells, ink, (*about, *_breaks(result, style)))


def _mark(step: Step, judgement: Judgement) -> tuple[str, Ink | None]:
    if judgement.is_under_bumped:
        return "✗", Ink.MAJOR
    if judgement.is_undecided:
        return "?", Ink.MINOR
    return ("·" if step.transition.is_maintenance else ""), None


def _about(step: Step) -> tuple[tuple[str, Ink], ...]:
    """Return what is unusual about a release."""
    deprecation = step.transition.release.deprecation
    if deprecation is None:
        return ()
    why = deprecation.strip()
    return ((f"deprecated: {why}" if why else "deprecated", Ink.ASIDE),)


def _cells(judgement: Judgement) -> tuple[str, ...]:
    symbols = "" if judgement.symbols is None else f"{judgement.symbols}"
    if judgement.declared is None:
        return "first", "", "", "", "", symbols
    counts = (judgement.major, judgement.minor, judgement.patch)
    return judgement.declared, judgement.required or "", *(str(one) if one else "" for one in counts), symbols


def _breaks(judgement: Judgement, style: Style) -> Iterator[tuple[str, Ink]]:
    """Yield what made a release need another version than it has, the first of it."""
    if not judgement.is_under_bumped and not (style.verbose and judgement.major):
        return
    needed = [one for one in judgement.changes if one.level == judgement.required]
    needed = needed or [one for one in judgement.changes if one.level == "major"]
    needed.sort(key=lambda one: one.certainty == "undecided")  # what is decided is worth to be read first
    yield from ((_change(one), Ink.MAJOR) for one in needed[:_MOST_CHANGES])
    if len(needed) > _MOST_CHANGES:
        yield f"and {len(needed) - _MOST_CHANGES} more", Ink.ASIDE


def _change(change: Change) -> str:
    undecided = " (undecided)" if change.certainty == "undecided" else ""
    return f"{change.symbol}: {change.message}{undecided}"


def _table(rows: Sequence[_Row], style: Style, paint: Callable[[str, Ink], str]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(_HEADINGS, *(row.cells for row in rows), strict=True)]
    yield paint(_line(" ", _HEADINGS, widths), Ink.HEADING)
    for row in rows:
        line = _line(row.mark or " ", row.cells, widths)
        yield line if row.ink is None else paint(line, row.ink)
        yield from (paint(_cut(f"      {text}", style), ink) for text, ink in row.below)


def _line(mark: str, cells: Sequence[str], widths: Sequence[int]) -> str:
    words = [cell.ljust(width) for cell, width in zip(cells[:_WORDS], widths, strict=False)]
    numbers = [cell.rjust(width) for cell, width in zip(cells[_WORDS:], widths[_WORDS:], strict=True)]
    return f"{mark} {'  '.join([*words, *numbers])}".rstrip()


def _legend(rows: Sequence[_Row]) -> Iterator[str]:
    meanings = {
        "✗": "✗ under-bumped: its version promised more than it kept",
        "?": "? undecided: a change that may break clients could not be judged",
        "·": "· maintenance: a higher version was there already",
        "!": "! not judged: this release, or the one before, cannot be read",
    }
    marks = {row.mark for row in rows}
    yield from (text for mark, text in meanings.items() if mark in marks)


def _cut(line: str, style: Style) -> str:
    """Return a line that fits a terminal; in a file or a pipe it is whole."""
    if not style.terminal or len(line) <= max(style.width, _SHORT):
        return line
    return f"{line[: style.width - 1]}…"
