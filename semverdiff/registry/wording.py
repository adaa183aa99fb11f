"""Texts of others, made fit to stand in our own sentences."""

from __future__ import annotations

__all__ = ["listed", "quoted"]

_LONGEST = 200
_MOST_LISTED = 5


def quoted(text: str) -> str:
    """Quote a text from outside: one line of visible characters, cut where it gets long."""
    visible = "".join(character if character.isprintable() else " " for character in text[: 2 * _LONGEST])
    line = " ".join(visible.split())
    return f"'{line[:_LONGEST]}...'" if len(line) > _LONGEST else f"'{line}'"


def listed(texts: tuple[str, ...]) -> str:
    """List texts from outside, quoted; of many only the first few and their number."""
    shown = ", ".join(quoted(text) for text in texts[:_MOST_LISTED])
    rest = len(texts) - _MOST_LISTED
    return f"{shown} and {rest} more" if rest > 0 else shown
