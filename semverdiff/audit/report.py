"""What is reported of an audit: a row for each release, what was left out, and the headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.audit.headline import Headline, headline_of
from semverdiff.audit.model import Cost, SourceOmission  # noqa: TC001 (types of fields)
from semverdiff.audit.rows import Row, row_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semverdiff.audit.store import Store

__all__ = ["Report", "report_of"]


class Report(msgspec.Struct, frozen=True):
    """An audit of sources. `costs` are those of the rows, None for those that were not worked on."""

    sources: tuple[str, ...]
    rows: tuple[Row, ...]
    costs: tuple[Cost | None, ...]
    omissions: tuple[SourceOmission, ...]
    headline: Headline


def report_of(sources: Sequence[str], store: Store) -> Report:
    """Return the report of what is in a store about sources.

    Findings are counted and left there: they may be many.

    Raises:
        StoreError: the store cannot be read.

    """
    rows: list[Row] = []
    costs: list[Cost | None] = []
    for entry in store.entries(sources):
        rows.append(row_of(entry))
        costs.append(None if entry.measured is None else entry.measured.cost)
    omissions = tuple(store.omissions(sources))
    headline = headline_of(rows, len(sources), store.failures(sources), len(omissions))
    return Report(tuple(sources), tuple(rows), tuple(costs), omissions, headline)
