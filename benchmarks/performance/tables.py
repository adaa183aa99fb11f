"""Results as tables: for the screen while they are measured, and as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from performance.figures import Figure

if TYPE_CHECKING:
    from performance.figures import Measured, Results, Row

__all__ = ["document", "line"]

_WHOLE: Final = 1_000
_INTRODUCTION: Final = """\
# What the program costs

Written by `python benchmarks/run.py --write`. What has a CPU ratio is a whole process of the installed
program, which takes turns with `python -c "import click"`, the least that a command line costs, or with the
command that the heading names. The ratio is the median over pairs of runs one after the other: other work on
the machine slows down both, and the fewer runs, the more chance is left in it. Milliseconds are
those of one machine at that load, which is how many processes wanted a processor meanwhile. Instructions are
those that valgrind counts outside of the kernel, which nothing disturbs; of commands that take long, and in
tables without them, none were counted. A number in brackets is the most that a figure may be, and a figure
above that is bold. Symbols are those of one side.

![CPU ratio by the number of symbols](performance.svg)
"""


def line(row: Row) -> str:
    """Return a row for the screen."""
    missed = row.missed()
    figures = ", ".join(
        f"{figure} {_number(row.figures[figure])}{_limit(row, figure)}{' MISSED' if figure in missed else ''}"
        for figure in Figure
        if figure in row.figures
    )
    return f"  {row.case}: {figures}"


def document(results: Results) -> str:
    """Return the results of all suites as Markdown."""
    parts = [_INTRODUCTION]
    missed = sum(bool(row.missed()) for run in results.suites.values() for row in run.rows)
    count = sum(len(run.rows) for run in results.suites.values())
    parts.append(f"{count} cases, {missed} above what they may be.\n")
    parts += [_section(run) for run in results.suites.values()]
    return "\n".join(parts)


def _section(run: Measured) -> str:
    columns = [figure for figure in Figure if any(figure in row.figures for row in run.rows)]
    lines = [
        f"## {run.question}",
        "",
        f"`{run.suite}`, measured at {run.commit} with Python {run.python}; {_circumstances(run)}.",
        "",
    ]
    if run.rows:
        lines.append(f"| case | {' | '.join(columns)} |")
        lines.append(f"| --- |{' ---: |' * len(columns)}")
        lines += [_table_row(row, columns) for row in run.rows]
        lines.append("")
    lines += [f"Not measured: {one}.\n" for one in run.left_out]
    return "\n".join(lines)


def _circumstances(run: Measured) -> str:
    """Return how often the cases were measured, and how busy the machine was, as a text."""
    runs = sorted({row.runs for row in run.rows}) or [0]
    times = " to ".join(str(one) for one in dict.fromkeys((runs[0], runs[-1])))
    load = run.load
    busy = "not noted" if load is None else f"{load.processes:g} on {load.processors} processors"
    return f"runs a case: {times}; load: {busy}"


def _table_row(row: Row, columns: list[Figure]) -> str:
    missed = row.missed()
    cells = []
    for figure in columns:
        if figure not in row.figures:
            cells.append("")
            continue
        number = _number(row.figures[figure])
        cells.append(f"{f'**{number}**' if figure in missed else number}{_limit(row, figure)}")
    return f"| {row.case} | {' | '.join(cells)} |"


def _limit(row: Row, figure: Figure) -> str:
    return f" ({row.most[figure]:g})" if figure in row.most else ""


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= _WHOLE else f"{value:g}"
