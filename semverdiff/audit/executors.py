"""Who works on tasks, behind the interface of `concurrent.futures`: processes of this machine."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003 (type of a field)
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from semverdiff.audit.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Workforce", "on_this_machine"]

_TASKS_EACH = 2
"""Tasks that are given to each who works: one to work on, and one that is there when that is done."""


class Workforce(msgspec.Struct, frozen=True):
    """Who works: an executor, the function that it runs, and how many tasks it is given at a time."""

    executor: Executor
    judge: Callable[[bytes], bytes]
    slots: int

    @classmethod
    def of(cls, executor: Executor, judge: Callable[[bytes], bytes], size: int) -> Workforce:
        """Return a workforce of that size."""
        return cls(executor, judge, _TASKS_EACH * max(size, 1))


@contextmanager
def on_this_machine(jobs: int) -> Iterator[Workforce]:
    """Work with that many processes of this machine; all of them end with the block, whatever they are at.

    The threads of the pool only wait for the processes, each for one.
    """
    workers = Workers()
    with ThreadPoolExecutor(jobs) as pool:
        try:
            yield Workforce.of(pool, workers.judge, jobs)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            workers.close()
