"""The tables of an audit, each as Parquet and as CSV: releases, changes, skipped, times."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Final

import polars as pl

from semverdiff.audit.codec import storable
from semverdiff.history import Judgement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.audit.report import Report
    from semverdiff.audit.rows import Row
    from semverdiff.audit.store import Store

__all__ = ["tables_of"]

_BATCH: Final = 50_000
"""Rows that are Python values at a time: in a table they take a tenth of the memory."""

_Schema = dict[str, pl.DataType]

_TEXT, _NUMBER, _FLAG = pl.String(), pl.Int64(), pl.Boolean()

_RELEASE: Final[_Schema] = {
    "organization": _TEXT,
    "name": _TEXT,
    "version": _TEXT,
    "before": _TEXT,
}
_RELEASES: Final[_Schema] = {
    **_RELEASE,
    "source": _TEXT,
    "place": _TEXT,
    "released": pl.Datetime("ms", "UTC"),
    "state": pl.Categorical(),
    "outcome": pl.Categorical(),
    "declared": pl.Categorical(),
    "required": pl.Categorical(),
    "required_version": _TEXT,
    "major": _NUMBER,
    "minor": _NUMBER,
    "patch": _NUMBER,
    "undecided": _NUMBER,
    "unread": _NUMBER,
    "hides_break": pl.Categorical(),
    "hides_break_of_declarations": pl.Categorical(),
    "hides_proved_break": pl.Categorical(),
    "is_pre_release": _FLAG,
    "is_initial": _FLAG,
    "is_maintenance": _FLAG,
    "is_generated": _FLAG,
    "is_deprecated": _FLAG,
    "allows_breaks": _FLAG,
    "same_sources": _FLAG,
    "source_bytes": _NUMBER,
}
_CHANGES: Final[_Schema] = {
    **_RELEASE,
    "module": _TEXT,
    "rule": _TEXT,
    "level": _TEXT,
    "certainty": _TEXT,
    "symbol": _TEXT,
    "message": _TEXT,
}
_SKIPPED: Final[_Schema] = {
    "source": _TEXT,
    "package": _TEXT,
    "what": _TEXT,
    "state": _TEXT,
    "code": _TEXT,
    "why": _TEXT,
}
_TIMES: Final[_Schema] = {
    **_RELEASE,
    "state": _TEXT,
    "source_bytes": _NUMBER,
    "cpu_seconds": pl.Float64(),
    "seconds": pl.Float64(),
}


def tables_of(report: Report, store: Store) -> Iterator[tuple[str, bytes]]:
    """Yield the names of files and their contents; all but `times` depend on what was judged alone."""
    tables = (
        ("releases", _RELEASES, map(_release, report.rows)),
        ("changes", _CHANGES, _changes(report, store)),
        ("skipped", _SKIPPED, _skipped(report)),
        ("times", _TIMES, _times(report)),
    )
    for name, schema, rows in tables:
        yield from _written(name, _table(rows, schema))


def _table(rows: Iterable[tuple[object, ...]], schema: _Schema) -> pl.DataFrame:
    left = iter(rows)
    parts = [pl.DataFrame(schema=schema)]
    while part := [tuple(map(_cell, row)) for row in islice(left, _BATCH)]:
        parts.append(pl.DataFrame(part, schema=schema, orient="row"))
    return pl.concat(parts, rechunk=True)


def _cell(value: object) -> object:
    return storable(value) if isinstance(value, str) else value


def _written(name: str, table: pl.DataFrame) -> Iterator[tuple[str, bytes]]:
    parquet, csv = BytesIO(), BytesIO()
    table.write_parquet(parquet)
    yield f"{name}.parquet", parquet.getvalue()
    table.write_csv(csv)
    yield f"{name}.csv", csv.getvalue()


def _key(row: Row) -> tuple[str, str, str, str | None]:
    return row.organization, row.name, row.version, row.before


def _release(row: Row) -> tuple[object, ...]:
    released = None if row.released is None else datetime.fromtimestamp(row.released, UTC)
    breaks = row.breaks or (None,) * 4
    return (
        *_key(row),
        row.source,
        row.place,
        released,
        row.state,
        row.outcome,
        row.declared,
        row.required,
        row.required_version,
        row.major,
        row.minor,
        row.patch,
        row.undecided,
        row.unread,
        breaks[0],
        breaks[2],
        breaks[3],
        row.is_pre_release,
        row.is_initial,
        row.is_maintenance,
        row.is_generated,
        row.deprecated,
        row.allows_breaks,
        row.same_sources,
        row.source_bytes,
    )


def _changes(report: Report, store: Store) -> Iterator[tuple[object, ...]]:
    for entry in store.entries(report.sources):
        result = None if entry.measured is None or entry.duplicate_of else entry.measured.result
        if not isinstance(result, Judgement):
            continue
        transition = entry.transition
        before = None if transition.before is None else transition.before.version
        names = (transition.organization, transition.name, transition.release.version, before)
        for one in result.changes:
            yield (*names, one.module, one.rule, one.level, one.certainty, one.symbol, one.message)


def _skipped(report: Report) -> Iterator[tuple[object, ...]]:
    """Yield what has no judgement: sources, what they left out, and releases."""
    for failure in report.headline.failures:
        yield failure.source, "", failure.source, "source", failure.code, failure.why
    for one in report.omissions:
        yield one.source, one.package, one.omission.what, "omission", "", one.omission.why
    for row in report.rows:
        if row.state not in {"judged", "first-release"}:
            yield row.source, row.package, row.version, row.state, row.code, row.why


def _times(report: Report) -> Iterator[tuple[object, ...]]:
    for row, cost in zip(report.rows, report.costs, strict=True):
        if cost is not None:
            yield (*_key(row), row.state, row.source_bytes, cost.cpu, cost.time)
