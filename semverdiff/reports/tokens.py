"""Two forms of one thing, token by token: which tokens the other form lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Segment", "abridged", "code_spans", "token_diff"]

# A name, a run of blanks, or one sign: what Ballerina would take for one token.
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_CODE_SPAN = re.compile(r"`([^`]+)`")
# With more tokens than this between the first and the last that differ, comparing them costs more than the
# marks are worth: everything between is marked.
_MANY_TOKENS = 200
# Of what both forms have so much is shown around a mark.
_CONTEXT = 40


class Segment(msgspec.Struct, frozen=True):
    """A piece of a line, and whether it stands out: the other form lacks it, or it is code in a sentence."""

    text: str
    marked: bool


def token_diff(old: str, new: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Return both forms in segments. The segments of a form add up to it."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    marks = [*_differences(before[start : len(before) - end], after[start : len(after) - end])]
    head, tail = "".join(before[:start]), "".join(before[len(before) - end :])
    return (
        tuple(_joined([(head, False), *((a, marked) for a, _, marked in marks), (tail, False)])),
        tuple(_joined([(head, False), *((b, marked) for _, b, marked in marks), (tail, False)])),
    )


def abridged(form: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Return a form whose marks stand out: of long parts that the other one has too, the ends are left."""
    if not any(segment.marked for segment in form):
        return form
    last = len(form) - 1
    return tuple(
        segment
        if segment.marked
        else Segment(_cut(segment.text, has_before=at > 0, has_after=at < last), marked=False)
        for at, segment in enumerate(form)
    )


def code_spans(sentence: str) -> tuple[Segment, ...]:
    """Return the code between back quotes from the words around it."""
    parts = _CODE_SPAN.split(sentence)
    return tuple(Segment(part, marked=number % 2 == 1) for number, part in enumerate(parts) if part)


def _differences(before: list[str], after: list[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield pieces of both sides, and whether they differ."""
    # Most changes replace one token, or one part by another that has nothing of it.
    if len(before) + len(after) > _MANY_TOKENS or set(before).isdisjoint(after):
        yield "".join(before), "".join(after), True
        return
    at = other_at = 0
    for start, other_start, size in _common_blocks(before, after):
        # Something is between two blocks, and at both ends: what is common there was taken off before.
        yield "".join(before[at:start]), "".join(after[other_at:other_start]), True
        at, other_at = start + size, other_start + size
        if size:
            common = "".join(before[start:at])
            yield common, common, False


def _common_blocks(before: list[str], after: list[str]) -> Iterator[tuple[int, int, int]]:
    """Yield what few tokens have in common, in order: where it begins in both, and of how many tokens it is.

    The longest block is found first, then those on both sides of it, as by the matcher of the standard
    library, which goes through all tokens of one side for each of the other. The last block is an empty one.
    """
    # A character stands for a token, so that a run of tokens is searched as a text.
    signs: dict[str, str] = {}
    old = "".join([signs.setdefault(token, chr(len(signs))) for token in before])
    new = "".join([signs.setdefault(token, chr(len(signs))) for token in after])
    blocks: list[tuple[int, int, int]] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        start, end, other_start, other_end = waiting.pop()
        longest, size = start, 0
        for at in range(start, end):
            while at + size < end and new.find(old[at : at + size + 1], other_start, other_end) >= 0:
                longest, size = at, size + 1
        if size:
            other = new.find(old[longest : longest + size], other_start, other_end)
            blocks.append((longest, other, size))
            waiting.append((start, longest, other_start, other))
            waiting.append((longest + size, end, other + size, other_end))
    yield from sorted(blocks)
    yield len(old), len(new), 0


def _joined(pieces: list[tuple[str, bool]]) -> Iterator[Segment]:
    return (Segment(text, marked) for text, marked in pieces if text)


def _cut(text: str, *, has_before: bool, has_after: bool) -> str:
    """Return the ends of an equal part that stand beside a mark."""
    start, end = (_CONTEXT if has_before else 0), (_CONTEXT if has_after else 0)
    if len(text) <= start + end + _CONTEXT:
        return text
    return (text[:start] + " …" if start else "…") + (" " + text[len(text) - end :] if end else "")
