"""How a report is drawn, as one value."""

from __future__ import annotations

import msgspec

__all__ = ["Style"]


class Style(msgspec.Struct, frozen=True):
    """How a report is drawn. It never says what is in it.

    `color` allows ANSI sequences, `width` is the column at which sentences of `text` are wrapped,
    `show_diff` lists the changes in `bal` (the other formats always do).
    """

    color: bool = False
    width: int = 100
    show_diff: bool = False
