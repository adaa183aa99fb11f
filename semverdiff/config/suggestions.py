"""What was probably meant: the nearest known word to one that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["did_you_mean", "nearest"]

_LONGEST = 80  # comparing takes time by the product of the lengths, and no known word is longer


def nearest(word: str, known: Collection[str], count: int = 1) -> list[str]:
    """Return the known words that look most like a word, the likeliest first."""
    from difflib import get_close_matches  # noqa: PLC0415 (slow: only for a mistake)

    return get_close_matches(word[:_LONGEST].lower(), list(known), n=count)


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return ` (did you mean 'x'?)`, to stand at the end of a sentence, or nothing."""
    close = nearest(word, known)
    return f" (did you mean '{close[0]}'?)" if close else ""
