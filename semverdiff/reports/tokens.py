"""Two forms of one thing, token by token: which tokens the other form lacks."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
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
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        yield "".join(before[a:b]), "".join(after[c:d]), tag != "equal"


def _joined(pieces: list[tuple[str, bool]]) -> Iterator[Segment]:
    return (Segment(text, marked) for text, marked in pieces if text)


def _cut(text: str, *, has_before: bool, has_after: bool) -> str:
    """Return the ends of an equal part that stand beside a mark."""
    start, end = (_CONTEXT if has_before else 0), (_CONTEXT if has_after else 0)
    if len(text) <= start + end + _CONTEXT:
        return text
    return (text[:start] + " …" if start else "…") + (" " + text[len(text) - end :] if end else "")
