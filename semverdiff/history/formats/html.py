"""The format `html` of a history: one page with a timeline, and the changes of each release a click away."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import __version__
from semverdiff.history.dates import day_of, span_of
from semverdiff.history.model import Failure
from semverdiff.reports.pages import TEMPLATES, page_environment, rendered
from semverdiff.reports.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from minijinja import Environment

    from semverdiff.history.model import Change, History, Judgement, Step
    from semverdiff.reports import Style

__all__ = ["render"]

_OWN_TEMPLATES = Path(__file__).resolve().parents[1] / "templates"

_WIDTH: Final = 1_000
"""Units of the drawing from its left end to its right one, without the scale."""
_HEIGHT: Final = 160
"""Units of the highest column of each of the two rows."""
_GAP: Final = 0.2
"""The part of a column's place that stays empty."""
_LEAST: Final = 1.5
"""Units of the lowest column: what is small is there nevertheless."""
_LABELS_APART: Final = 48
"""Units between the beginnings of two labels below the columns."""
_MOST_CHANGES: Final = 500
"""Changes of one release that are listed; of more the first ones, and how many more there are."""


class Column(msgspec.Struct, frozen=True):
    """A release in the drawing: how large its API is, and how much it broke; measures in units."""

    anchor: str
    shape: str
    title: str
    left: str
    width: str
    size_top: str
    size_height: str
    broken_top: str
    broken_height: str
    breaks: bool


class Label(msgspec.Struct, frozen=True):
    """A text below the columns, and where it begins."""

    left: str
    text: str


class Timeline(msgspec.Struct, frozen=True):
    """The drawing: a column a release, in the order of time. `most_symbols` and `most_broken` are scales."""

    columns: tuple[Column, ...]
    labels: tuple[Label, ...]
    most_symbols: int
    most_broken: int


class Entry(msgspec.Struct, frozen=True):
    """A release in the list; `shape` is how it came out, and `failure` why nobody knows."""

    step: Step
    anchor: str
    day: str
    shape: str
    word: str
    judgement: Judgement | None
    failure: str | None
    changes: tuple[Change, ...]
    more: int


def render(history: History, _style: Style) -> str:
    """Return the page."""
    shown = printable(history)
    entries = tuple(_entry(step, at) for at, step in enumerate(shown.steps))
    return rendered(
        _environment(),
        "history.html",
        history=shown,
        tally=shown.tally,
        span=span_of(shown),
        entries=entries[::-1],
        timeline=_timeline(entries),
        title=f"{shown.package}: {shown.tally.releases} releases",
        tool=f"semverdiff {__version__}",
    )


def _entry(step: Step, at: int) -> Entry:
    result = step.result
    failure, judgement = (result, None) if isinstance(result, Failure) else (None, result)
    shape, word = _shape(step)
    changes = () if judgement is None else judgement.changes
    return Entry(
        step=step,
        anchor=f"r-{at}",
        day=day_of(step.transition.release),
        shape=shape,
        word=word,
        judgement=judgement,
        failure=None if failure is None else failure.why,
        changes=changes[:_MOST_CHANGES],
        more=max(len(changes) - _MOST_CHANGES, 0),
    )


def _shape(step: Step) -> tuple[str, str]:
    """Return the class of a release on the page, which gives its mark and colour, and the word for it."""
    result = step.result
    if isinstance(result, Failure):
        return "skipped", "not judged"
    if result.is_under_bumped:
        return "bad", "under-bumped"
    if result.is_undecided:
        return "open", "undecided"
    if result.declared is None:
        return "neutral", "first"
    return ("warning", "breaking, as declared") if result.major else ("good", "as declared")


def _timeline(entries: Sequence[Entry]) -> Timeline:
    in_time = _in_time(entries)
    symbols = max((one.judgement.symbols or 0 for one in in_time if one.judgement), default=0)
    broken = max((one.judgement.major for one in in_time if one.judgement), default=0)
    step = _WIDTH / max(len(in_time), 1)
    columns = tuple(_column(one, at * step, step, symbols, broken) for at, one in enumerate(in_time))
    return Timeline(columns, tuple(_labels(in_time, step)), symbols, broken)


def _in_time(entries: Sequence[Entry]) -> list[Entry]:
    """Return releases in the order of time, where all have one but the sources that are worked on."""
    released = [one for one in entries if one.step.transition.is_released]
    others = [one for one in entries if not one.step.transition.is_released]
    if all(one.step.transition.release.released is not None for one in released):
        released.sort(key=lambda one: one.step.transition.release.released or 0)
    return [*released, *others]


def _column(entry: Entry, left: float, step: float, most_symbols: int, most_broken: int) -> Column:
    judgement = entry.judgement
    symbols = 0 if judgement is None or judgement.symbols is None else judgement.symbols
    broken = 0 if judgement is None else judgement.major
    size = max(_HEIGHT * symbols / max(most_symbols, 1), _LEAST)
    # One break among releases with hundreds is to be seen: the root of the number counts.
    height = _HEIGHT / 2 * (broken / max(most_broken, 1)) ** 0.5
    release = entry.step.transition.release
    return Column(
        anchor=entry.anchor,
        shape=entry.shape,
        title=f"{release.version} {entry.day}: {entry.word}, {symbols} symbols, {broken} breaking changes",
        left=f"{left + step * _GAP / 2:.2f}",
        width=f"{step * (1 - _GAP):.2f}",
        size_top=f"{_HEIGHT - size:.2f}",
        size_height=f"{size:.2f}",
        broken_top=f"{_HEIGHT / 2 - height:.2f}",
        broken_height=f"{height:.2f}",
        breaks=broken > 0,
    )


def _labels(entries: Sequence[Entry], step: float) -> Iterator[Label]:
    """Yield the years, each at the first of its releases; versions where nobody knows a time."""
    years = [entry.day[:4] for entry in entries]
    has_years = all(years)
    last, end = "", -float(_LABELS_APART)
    for at, entry in enumerate(entries):
        text = years[at] if has_years else entry.step.transition.release.version
        left = at * step
        if text != last and left >= end + _LABELS_APART:
            yield Label(f"{left:.2f}", text)
            last, end = text, left


@cache
def _environment() -> Environment:
    """Return the template, compiled once."""
    return page_environment((_OWN_TEMPLATES, TEMPLATES), style=("report.css", "history.css"))
