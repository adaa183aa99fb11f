"""One cause, one finding: what a breaking change of a type brings along is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.compare.details import DataLost
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.compare import Difference
    from semverdiff.rules.model import Finding

__all__ = ["deduped"]


def deduped(pairs: Sequence[tuple[Difference, Finding]]) -> tuple[Finding, ...]:
    """Return the findings, without those about lost data that a breaking change of the same type caused.

    Clients of a type that breaks them anyway need not read that it is no longer json, too.
    """
    breaking = {
        (difference.module, difference.trail[0].name)
        for difference, finding in pairs
        if finding.level is Level.MAJOR and difference.trail and not isinstance(difference.detail, DataLost)
    }
    return tuple(finding for difference, finding in pairs if not _is_caused_by(difference, breaking))


def _is_caused_by(difference: Difference, breaking: set[tuple[str, str]]) -> bool:
    return isinstance(difference.detail, DataLost) and difference.detail.cause in breaking
