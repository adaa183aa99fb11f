"""Says where code stands, and draws the line that a mistake is in with a caret under the column."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semverdiff.compare import Excerpt
    from semverdiff.errors import Mistake
    from semverdiff.rules import Finding

__all__ = ["excerpt_lines", "place", "places_of_same_form"]

# A line is shown this far before and after the column.
_BEFORE = 60
_AFTER = 40


def place(excerpt: Excerpt) -> str:
    """Write a place as editors and terminals link it."""
    return f"{excerpt.file}:{excerpt.line}:{excerpt.column}"


def places_of_same_form(finding: Finding) -> tuple[str, ...]:
    """Return where a form stood and stands, once if it did not move; nothing if it has two forms or one."""
    if finding.old is None or finding.new is None or finding.old.text != finding.new.text:
        return ()
    return tuple(dict.fromkeys((place(finding.old), place(finding.new))))


def excerpt_lines(mistake: Mistake) -> list[str]:
    """Return the lines, as compilers draw them; none if no excerpt is known."""
    if mistake.excerpt is None:
        return []
    number = "" if mistake.line is None else str(mistake.line)
    margin = " " * len(number)
    code, column = _window(mistake.excerpt.rstrip(), mistake.column)
    lines = [f"{margin} |", f"{number} | {code}".rstrip()]
    if column is not None:
        lines.append(f"{margin} | {' ' * _columns(code[:column])}^")
    return lines


def _window(text: str, column: int | None) -> tuple[str, int | None]:
    """Return the part of a line around a column that counts from 1, and the column in it from 0."""
    if column is None:
        return text[: _BEFORE + _AFTER], None
    at = min(column - 1, len(text))
    start = max(at - _BEFORE, 0)
    return text[start : at + _AFTER], at - start


def _columns(text: str) -> int:
    """Return the width on a terminal, where wide characters take two columns and combining ones none."""
    import unicodedata  # noqa: PLC0415 (slow: only when there is an error to show)

    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )
