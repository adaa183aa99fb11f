"""The directory of a report: tables and pages, all of them or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff import packages
from semverdiff.audit.page import pages_of
from semverdiff.audit.tables import tables_of
from semverdiff.errors import SemverdiffError

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.audit.report import Report
    from semverdiff.audit.store import Store

__all__ = ["write_report"]

_RIGHTS: Final = 0o666


def write_report(report: Report, store: Store, directory: Path) -> None:
    """Write the tables and pages of a report into a directory, in place of those that are there.

    Raises:
        SemverdiffError: they cannot be written; then the old ones are still there.
        StoreError: the store cannot be read.

    """
    files = [*tables_of(report, store), *pages_of(report)]
    try:
        directory.mkdir(parents=True, exist_ok=True)
        packages.replace_files([(directory / name, content, _RIGHTS) for name, content in files])
    except OSError as error:
        raise SemverdiffError(
            f"the report cannot be written to '{directory}': {error.strerror}; what was judged is in the "
            "store, and the same command writes it elsewhere"
        ) from error
