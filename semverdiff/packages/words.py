"""How many words and signs do sources hold? Parsing takes time and memory for each of them, not for bytes.

A file of numbers and commas takes two hundred times its size in memory, one of comments nearly nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import limits
from semverdiff.errors import Mistake, SourceError
from semverdiff.text import count_words, has_more_words, quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from semverdiff.packages.model import Module, SourceFile

__all__ = ["refuse_too_many_words"]


def refuse_too_many_words(modules: Iterable[Module]) -> None:
    """Raise `SourceError` if a source, or all together, hold more words and signs than `limits` allow.

    None has more of them than bytes, so that nearly no package is looked through.
    """
    files = [file for module in modules for file in module.files]
    for file in files:
        if len(file.content) > limits.SOURCE_WORDS and has_more_words(file.content, limits.SOURCE_WORDS):
            raise _too_many(file, f"{quote(file.path)} has", limits.SOURCE_WORDS)
    left = limits.SOURCES_WORDS
    if sum(len(file.content) for file in files) <= left:
        return
    for file in files:
        left -= count_words(file.content)
        if left < 0:
            raise _too_many(file, f"the sources up to {quote(file.path)} have", limits.SOURCES_WORDS)


def _too_many(file: SourceFile, those: str, most: int) -> SourceError:
    message = f"{those} more than {most:,} words and signs: expected fewer."
    return SourceError(mistakes=(Mistake(message, file=file.path),))
