"""What becomes of the tasks of an audit whose processes are lost, and of an audit without its libraries."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError
from typing import TYPE_CHECKING

import pytest

from semverdiff.audit import require_extra
from semverdiff.audit.executors import Workforce
from semverdiff.audit.model import Crashed
from semverdiff.audit.store import open_store
from semverdiff.audit.survey import Pending, judge_all
from semverdiff.errors import SemverdiffError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


class KilledWorker(Exception):  # noqa: N818 (the name that `distributed` gives it)
    """What a cluster raises of a task that took several of its processes with it."""


def _judged(error: Exception, tmp_path: Path) -> list[object]:
    """Return the results of an audit of one release whose task ends with an error."""

    def judge(_: bytes) -> bytes:
        raise error

    with open_store(tmp_path / "store.sqlite") as store, ThreadPoolExecutor(1) as pool:
        (step,) = judge_all([Pending(b"1", b"", is_published=False)], store, Workforce(pool, judge, 1))
        assert (step.judged, step.failed, step.left) == (0, 1, 0)
        return [result for _, result in store.results()]


def test_a_task_that_a_cluster_gave_up_is_a_release_that_crashed(tmp_path: Path) -> None:
    results = _judged(KilledWorker("judge"), tmp_path)
    assert results == [Crashed("the processes of the cluster that were given it died")]


def test_a_task_that_is_lost_otherwise_ends_the_audit(tmp_path: Path) -> None:
    with pytest.raises(SemverdiffError, match=r"a task was lost \(OSError: gone\)"):
        _judged(OSError("gone"), tmp_path)


def test_libraries_are_missing_by_what_the_installation_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("semverdiff.audit.extras.find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"--output needs libraries that are not installed: .*polars"):
        require_extra("audit", "--output")

    def requires(_: str) -> list[str]:
        raise PackageNotFoundError

    # Run from its sources nothing is known of them: what is missing shows when it is imported.
    monkeypatch.setattr("semverdiff.audit.extras.requires", requires)
    require_extra("audit", "--output")
