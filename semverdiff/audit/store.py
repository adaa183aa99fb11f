"""The store of an audit: one SQLite file that one process writes, whole after every batch of results.

sources      what was to be read, and why it could not be
transitions  the releases of each source in order, with the key of their judgement
omissions    what a source left out, and why
results      what became of each key, and what that cost
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.audit.codec import decode, encode, storable
from semverdiff.audit.model import Cost, Entry, Measured, Result, SourceFailure, SourceOmission, state_of
from semverdiff.errors import SemverdiffError
from semverdiff.history import Transition
from semverdiff.releases import Omission
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = ["Planned", "Store", "StoreError", "open_store"]

_APPLICATION: Final = 0x73656D76  # "semv"
_SCHEMA_VERSION: Final = 1
_SCHEMA: Final = """
CREATE TABLE sources (source TEXT PRIMARY KEY, code TEXT, why TEXT) WITHOUT ROWID;
CREATE TABLE transitions (
    source TEXT, position INTEGER, organization TEXT, name TEXT, version TEXT, before TEXT,
    duplicate_of TEXT, key BLOB, transition_json TEXT,
    PRIMARY KEY (source, position)
) WITHOUT ROWID;
CREATE TABLE omissions (
    source TEXT, position INTEGER, package TEXT, what TEXT, why TEXT, PRIMARY KEY (source, position)
) WITHOUT ROWID;
CREATE TABLE results (
    key BLOB PRIMARY KEY, state TEXT, result_json TEXT, cpu_seconds REAL, seconds REAL
);
"""
_BASE: Final = 0xFF
"""The part of a code of SQLite that says which kind of error it is."""
# Of what another process holds for longer it says so.
_SECONDS_FOR_OTHERS: Final = 2.0


class StoreError(SemverdiffError):
    """The store cannot be read or written; what is in it stays there."""

    code = "store"


class Planned(msgspec.Struct, frozen=True):
    """A release of a source as it is stored: `key` is None where nothing is to be judged."""

    transition: Transition
    key: bytes | None
    duplicate_of: str | None = None


@contextmanager
def open_store(file: Path) -> Iterator[Store]:
    """Open the store in a file, and make it where there is none; nobody else writes it meanwhile.

    Raises:
        StoreError: it is damaged, of a later version, no store, in use, or cannot be written.

    """
    with _told(file):
        connection = sqlite3.connect(file, timeout=_SECONDS_FOR_OTHERS, isolation_level=None)
    try:
        with _told(file):
            _prepare(connection, file)
        yield Store(connection, file)
    finally:
        connection.close()


class Store:
    """An open store. Each method either does all that it says, or nothing."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self._file = file

    def write_source(
        self, source: str, planned: Sequence[Planned], omissions: Sequence[SourceOmission]
    ) -> None:
        """Write what a source holds now, in place of what it held before."""
        transitions = (
            (
                storable(source),
                position,
                one.transition.organization,
                one.transition.name,
                one.transition.release.version,
                None if one.transition.before is None else one.transition.before.version,
                one.duplicate_of and storable(one.duplicate_of),
                one.key,
                _text(one.transition),
            )
            for position, one in enumerate(planned)
        )
        left_out = (
            (
                storable(source),
                position,
                one.package,
                storable(one.omission.what),
                storable(one.omission.why),
            )
            for position, one in enumerate(omissions)
        )
        with self._transaction():
            self._forget(source)
            self._connection.execute("INSERT INTO sources VALUES (?, NULL, NULL)", (storable(source),))
            self._connection.executemany(
                "INSERT INTO transitions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", transitions
            )
            self._connection.executemany("INSERT INTO omissions VALUES (?, ?, ?, ?, ?)", left_out)

    def write_failure(self, failure: SourceFailure) -> None:
        """Write that a source cannot be read; what is known of its releases is kept under their keys."""
        with self._transaction():
            self._forget(failure.source)
            self._connection.execute(
                "INSERT INTO sources VALUES (?, ?, ?)",
                (storable(failure.source), failure.code, storable(failure.why)),
            )

    def write_results(self, results: Iterable[tuple[bytes, Measured]]) -> None:
        """Write what became of tasks, by their keys."""
        rows = (
            (key, state_of(one.result), _text(one.result), one.cost.cpu, one.cost.time)
            for key, one in results
        )
        with self._transaction():
            self._connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)", rows)

    def results(self) -> Iterator[tuple[bytes, Result | None]]:
        """Yield the keys that have a result, and the result where that is no judgement."""
        with _told(self._file):
            for key, result in self._connection.execute(
                "SELECT key, CASE WHEN state <> 'judged' THEN result_json END FROM results"
            ):
                yield key, None if result is None else _result(result)

    def entries(self, sources: Iterable[str]) -> Iterator[Entry]:
        """Yield the releases of sources, in their order, with what became of each."""
        for source in sources:
            with _told(self._file):
                for transition, duplicate_of, result, cpu, seconds in self._connection.execute(
                    "SELECT transition_json, duplicate_of, result_json, cpu_seconds, seconds "
                    "FROM transitions LEFT JOIN results USING (key) WHERE source = ? ORDER BY position",
                    (storable(source),),
                ):
                    yield Entry(
                        source=source,
                        transition=decode(transition, Transition),
                        duplicate_of=duplicate_of,
                        measured=None if result is None else Measured(_result(result), Cost(cpu, seconds)),
                    )

    def failures(self, sources: Iterable[str]) -> Iterator[SourceFailure]:
        """Yield those of some sources that could not be read."""
        for source in sources:
            with _told(self._file):
                for code, why in self._connection.execute(
                    "SELECT code, why FROM sources WHERE source = ? AND code IS NOT NULL",
                    (storable(source),),
                ):
                    yield SourceFailure(source, code, why)

    def omissions(self, sources: Iterable[str]) -> Iterator[SourceOmission]:
        """Yield what sources left out."""
        for source in sources:
            with _told(self._file):
                for package, what, why in self._connection.execute(
                    "SELECT package, what, why FROM omissions WHERE source = ? ORDER BY position",
                    (storable(source),),
                ):
                    yield SourceOmission(source, package, Omission(what, why))

    def _forget(self, source: str) -> None:
        for table in ("sources", "transitions", "omissions"):
            self._connection.execute(f"DELETE FROM {table} WHERE source = ?", (storable(source),))  # noqa: S608 (names above)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _told(self._file):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def _text(value: msgspec.Struct) -> str:
    return encode(value).decode()


def _result(text: str) -> Result:
    result: Result = decode(text, Result)  # type: ignore[arg-type]  # a union is no class
    return result


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and application != _APPLICATION:
        raise StoreError(f"{quote(file.name)} is a database of another program: name another file by --store")
    if version > _SCHEMA_VERSION:
        raise StoreError(
            f"{quote(file.name)} was written by a later version of semverdiff: use that one, or name another "
            "file by --store"
        )
    # Nobody else writes as long as this process does; and file systems without shared memory will do.
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = WAL")
    # What was written survives the death of this process; that of the system may cost the last results.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("BEGIN IMMEDIATE")
    if not tables:
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
        for statement in filter(str.strip, _SCHEMA.split(";")):
            connection.execute(statement)
    connection.execute("COMMIT")
    for (found,) in connection.execute("PRAGMA quick_check(1)"):
        if found != "ok":
            raise sqlite3.DatabaseError(found)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Raise a `StoreError` that says what is wrong with a store, and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"the store {quote(file.name)} {_problem(error)}") from error


def _problem(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    match None if code is None else code & _BASE:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "is in use: another audit writes to it; wait for that one, or name another file by --store"
        case sqlite3.SQLITE_FULL:
            return (
                "cannot be written, as the disk is full: free some space and give the same command again; "
                "what was judged so far is kept"
            )
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return "cannot be opened for writing: check its directory and rights, or name another by --store"
        case sqlite3.SQLITE_IOERR:
            return (
                f"cannot be read or written ({error}): check the disk and its quota, and give the same "
                "command again; what was judged so far is kept"
            )
    return (
        f"is damaged ({error}): nothing is written to it. Move it away, or restore a copy, and give the same "
        "command again: what is missing is judged anew"
    )
