"""Choosing one of a few words: a mistyped one is answered with the word that was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Choice", "suggestion"]


class Choice(click.Choice[str]):
    """A choice that knows what a mistyped word was to be."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Say what was expected, what was found, and what was probably meant."""
        expected = super().get_invalid_choice_message(value, ctx)
        return f"{expected}{suggestion(str(value), self.choices)}"


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return a sentence, after a blank, with what was probably meant; nothing if that is not clear."""
    from difflib import get_close_matches  # noqa: PLC0415 (slow: only for a mistake)

    close = get_close_matches(word, list(known), n=1)
    return f" Did you mean '{close[0]}'?" if close else ""
