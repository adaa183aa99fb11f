"""A page of Markdown on a terminal with colours: headings, levels and code by ink instead of by signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semverdiff.reports.painting import LEVEL_INK, Ink, painter

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["highlighted"]

_paint = painter(color=True)
_FENCE = "```"
_LEVELS = {level.word: ink for level, ink in LEVEL_INK.items()}
_SPAN = re.compile(r"\*\*(?P<strong>[^*]+)\*\*|`(?P<code>[^`]+)`")
# A caption stands alone before code: `Before:`, or the path of a file.
_CAPTION = re.compile(r"[A-Z][\w ]*:|`[^`]+`")
# SPEC, Lexical structure: the reserved words that examples have.
_KEYWORDS = (
    "annotation|anydata|any|boolean|byte|check|class|client|configurable|const|decimal|distinct|enum|error|external"
    "|false|final|float|foreach|from|function|if|import|init|in|int|isolated|is|json|listener|map|match|module"
    "|never|new|null|object|on|panic|private|public|readonly|record|remote|resource|returns|return|self|service"
    "|source|stream|string|table|transactional|true|typedesc|typeof|type|var|while|xml"
)
_TOKEN = re.compile(
    rf"(?P<comment>//.*)|(?P<string>\"(?:[^\"\\]|\\.)*\")|(?<![\w'])(?P<keyword>{_KEYWORDS})(?!\w)"
)


def highlighted(page: str) -> str:
    """Colour a page; the signs of Markdown that a colour stands for are left out."""
    return "".join(f"{line}\n" for line in _lines(page))


def _lines(page: str) -> Iterator[str]:
    in_code = False
    for line in page.splitlines():
        if line.startswith(_FENCE):
            in_code = not in_code
        elif in_code:
            yield f"    {_TOKEN.sub(_token, line)}" if line else ""
        elif line.startswith("## "):
            yield _paint(line.removeprefix("## "), Ink.HEADING)
        elif _CAPTION.fullmatch(line):
            yield _paint(line.strip("`"), Ink.HEADING)
        else:
            yield _SPAN.sub(_span, line)


def _span(found: re.Match[str]) -> str:
    if found["code"] is not None:
        return _paint(found["code"], Ink.CODE)
    return _paint(found["strong"], _LEVELS.get(found["strong"], Ink.HEADING))


def _token(found: re.Match[str]) -> str:
    if found["comment"] is not None:
        return _paint(found[0], Ink.ASIDE)
    if found["string"] is not None:
        return _paint(found[0], Ink.PATCH)
    return _paint(found[0], Ink.CODE)
