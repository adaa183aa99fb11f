"""CPU ratios by the number of symbols as a picture: a line a series, on two logarithmic axes."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from performance.figures import Figure

if TYPE_CHECKING:
    from performance.figures import Results, Row

__all__ = ["plot"]

_WIDTH: Final = 760
_HEIGHT: Final = 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 210, 40, 50
_TEXT: Final = 'font-family="sans-serif" font-size="12" role="img"'
_COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")


class _Axis:
    """Whole decades around some values, drawn from one end to the other."""

    def __init__(self, values: list[float], first: float, last: float) -> None:
        self.low = math.floor(math.log10(min(values)))
        self.high = max(math.ceil(math.log10(max(values))), self.low + 1)
        self.first, self.last = first, last

    def place(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(self.first + share * (self.last - self.first), 1)

    def decades(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def plot(results: Results) -> str:
    """Return the series among the results as a picture; one without lines if there are none."""
    series = _series(results)
    points = [row for rows in series.values() for row in rows]
    ratios = [row.figures[Figure.CPU_RATIO] for row in points] + [_most(row) for row in points if _most(row)]
    across = _Axis([float(row.symbols) for row in points] or [1.0], _LEFT, _WIDTH - _RIGHT)
    up = _Axis(ratios or [1.0], _HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" {_TEXT}>',
        "<title>CPU ratio to import click, by the number of symbols</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text x="{_LEFT}" y="20">CPU ratio to import click; rings are what it may be at most</text>',
        f'<text x="{_WIDTH - _RIGHT}" y="{_HEIGHT - 12}" text-anchor="end">public symbols</text>',
        *(_upright(value, across) for value in across.decades()),
        *(_level(value, up) for value in up.decades()),
    ]
    for at, (name, rows) in enumerate(series.items()):
        parts += _drawn(name, rows, across, up, at)
    return "\n".join([*parts, "</svg>", ""])


def _series(results: Results) -> dict[str, list[Row]]:
    series: defaultdict[str, list[Row]] = defaultdict(list)
    for run in results.suites.values():
        for row in run.rows:
            if row.series:
                series[row.series].append(row)
    return {name: sorted(rows, key=lambda row: row.symbols) for name, rows in series.items()}


def _most(row: Row) -> float:
    return row.most.get(Figure.CPU_RATIO, 0.0)


def _upright(value: float, axis: _Axis) -> str:
    x = axis.place(value)
    return (
        f'<path d="M{x} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#ddd"/>'
        f'<text x="{x}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{value:,.0f}</text>'
    )


def _level(value: float, axis: _Axis) -> str:
    y = axis.place(value)
    return (
        f'<path d="M{_LEFT} {y}H{_WIDTH - _RIGHT}" stroke="#ddd"/>'
        f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{value:g}</text>'
    )


def _drawn(name: str, rows: list[Row], across: _Axis, up: _Axis, at: int) -> list[str]:
    colour = _COLOURS[at % len(_COLOURS)]
    points = [(across.place(row.symbols), up.place(row.figures[Figure.CPU_RATIO])) for row in rows]
    rings = [(across.place(row.symbols), up.place(_most(row))) for row in rows if _most(row)]
    label = _TOP + 20 * at
    path = "L".join(f"{x} {y}" for x, y in points)
    return [
        f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points),
        *(f'<circle cx="{x}" cy="{y}" r="5" fill="none" stroke="{colour}"/>' for x, y in rings),
        f'<path d="M{_WIDTH - _RIGHT + 14} {label}h20" stroke="{colour}" stroke-width="2"/>',
        f'<text x="{_WIDTH - _RIGHT + 40}" y="{label + 4}">{name}</text>',
    ]
