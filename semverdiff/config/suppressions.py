"""One `[[suppress]]` as Semver.toml writes it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semverdiff.config.model import SuppressionEntry

__all__ = ["written_entry"]


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
