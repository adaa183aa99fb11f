"""Marks the words of two one-line forms that differ, so that the eye lands on them."""

from __future__ import annotations

import re

import msgspec

__all__ = ["Segment", "token_diff"]

# A name, a run of blanks, or one sign: what Ballerina would take for one token.
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# With more tokens than this the comparison costs more than the marks are worth.
_MANY_TOKENS = 400


class Segment(msgspec.Struct, frozen=True):
    """A piece of a line, and whether it stands out: the other form lacks it, or it is code in a sentence."""

    text: str
    marked: bool


def token_diff(old: str, new: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Return both forms in segments. The segments of a form add up to it."""
    from difflib import SequenceMatcher  # noqa: PLC0415 (slow: only where marks are drawn)

    old_tokens, new_tokens = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(old_tokens) + len(new_tokens) > _MANY_TOKENS:
        return _whole(old), _whole(new)
    matcher = SequenceMatcher(None, old_tokens, new_tokens, autojunk=False)
    operations = matcher.get_opcodes()
    before = [Segment("".join(old_tokens[a:b]), tag != "equal") for tag, a, b, _, _ in operations if a < b]
    after = [Segment("".join(new_tokens[c:d]), tag != "equal") for tag, _, _, c, d in operations if c < d]
    return tuple(before), tuple(after)


def _whole(text: str) -> tuple[Segment, ...]:
    return (Segment(text, marked=False),) if text else ()
