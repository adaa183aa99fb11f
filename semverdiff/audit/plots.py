"""The plots of an audit, as SVG of the same bytes for the same numbers."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes

    from semverdiff.audit.headline import Group

__all__ = ["shares_plot", "times_plot"]

# The colours of the levels in reports, on paper.
_BREAKING, _UNDER_BUMPED, _UNDECIDED, _TEXT = "#a8200d", "#d9a32b", "#5a35a8", "#586071"
_STYLE: Final[dict[Any, object]] = {  # the names of settings are a type of the library
    "svg.hashsalt": "semverdiff",
    "svg.fonttype": "none",  # texts stay texts, in the font of whoever reads
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": _TEXT,
    "axes.labelcolor": _TEXT,
    "xtick.color": _TEXT,
    "ytick.color": _TEXT,
}
_METADATA: Final = {"Date": None, "Creator": None, "Format": None, "Type": None}
_ROW_INCHES: Final = 0.32
_LEAST_SECONDS: Final = 0.001
_DOTS_AN_INCH: Final = 160


def shares_plot(groups: Sequence[Group]) -> bytes:
    """Return bars of the shares of releases that hid a break, were too low otherwise, and are undecided."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7.2, 0.9 + _ROW_INCHES * len(groups)), layout="constrained")
        axes = figure.subplots()
        names = [f"{one.name} ({one.count.releases:,})" for one in groups]
        start = [0.0] * len(groups)
        for label, color, numbers in (
            ("hid a breaking change", _BREAKING, [one.count.breaking for one in groups]),
            (
                "too low for an addition",
                _UNDER_BUMPED,
                [one.count.under_bumped - one.count.breaking for one in groups],
            ),
            ("undecided", _UNDECIDED, [one.count.undecided for one in groups]),
        ):
            widths = [
                100 * number / max(one.count.releases, 1) for number, one in zip(numbers, groups, strict=True)
            ]
            axes.barh(names, widths, left=start, color=color, label=label, height=0.7)
            start = [left + width for left, width in zip(start, widths, strict=True)]
        axes.invert_yaxis()
        axes.set_xlabel("% of releases")
        figure.legend(loc="outside upper left", ncols=3, frameon=False)
        return _svg(figure)


def times_plot(points: Iterable[tuple[int, float]]) -> bytes:
    """Return a cloud of the seconds of the processor against the bytes of the sources, both logarithmic."""
    seen = list(points)
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7.2, 4.2), layout="constrained")
        axes: Axes = figure.subplots()
        sizes, seconds = [size for size, _ in seen], [max(time, _LEAST_SECONDS) for _, time in seen]
        axes.scatter(sizes, seconds, s=6, color=_BREAKING, alpha=0.35, linewidths=0, rasterized=True)
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlabel("bytes of sources")
        axes.set_ylabel("seconds of the processor")
        return _svg(figure)


def _svg(figure: Figure) -> bytes:
    content = BytesIO()
    figure.savefig(content, format="svg", dpi=_DOTS_AN_INCH, metadata=_METADATA, transparent=True)
    return content.getvalue()
