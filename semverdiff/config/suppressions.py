"""One `[[suppress]]`: as Semver.toml writes it, and what its patterns match.

In a pattern only `*` is special, for symbols are full of brackets: `Client[get users/{}]`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semverdiff.config.model import SuppressionEntry

__all__ = ["has_pattern", "matches", "written_entry"]


def written_entry(entry: SuppressionEntry) -> dict[str, str | date]:
    """Return the keys and values of an entry, in the order in which people read them."""
    until = entry.until if entry.until is None or isinstance(entry.until, date) else str(entry.until)
    values: dict[str, str | date | None] = {
        "rule": entry.rule,
        "symbol": entry.symbol,
        "module": entry.module,
        "fingerprint": entry.fingerprint,
        "reason": entry.reason,
        "until": until,
    }
    return {key: value for key, value in values.items() if value is not None}


def has_pattern(entry: SuppressionEntry) -> bool:
    """Return whether an entry may be about symbols or rules that it does not name."""
    return any(part is not None and "*" in part for part in (entry.rule, entry.symbol))


def matches(pattern: str, text: str) -> bool:
    """Return whether a text is like a pattern, in which `*` stands for any text, also for none.

    A pattern that matches another one matches everything that the other does. Takes linear time.
    """
    first, *rest = pattern.split("*")
    if not rest:
        return pattern == text
    *middle, last = rest
    at, end = len(first), len(text) - len(last)
    if at > end or not text.startswith(first) or not text.endswith(last):
        return False
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True
