"""Tasks on a Dask cluster, whose processes have the same program and reach the same archives."""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from distributed import Client

from semverdiff.audit.executors import Workforce
from semverdiff.audit.workers import judge_on_cluster
from semverdiff.errors import SemverdiffError
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["on_cluster"]

_CONNECTION_SECONDS = 10


@contextmanager
def on_cluster(address: str) -> Iterator[Workforce]:
    """Work with the cluster whose scheduler has an address (`tcp://10.0.0.1:8786`).

    Raises:
        SemverdiffError: nobody answers there, or it has no workers.

    """
    # What goes wrong is an error with a remedy here, and not a traceback on the terminal.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        try:
            client = stack.enter_context(Client(address, timeout=_CONNECTION_SECONDS, set_as_default=False))
            size = sum(client.nthreads().values())
        except (OSError, ValueError) as error:
            raise SemverdiffError(
                f"no scheduler of Dask answers at {quote(address)}: expected the address that 'dask "
                "scheduler' prints, as in tcp://10.0.0.1:8786"
            ) from error
        if not size:
            raise SemverdiffError(
                f"the scheduler at {quote(address)} has no workers: start some by 'dask worker {address}'"
            )
        # Equal tasks are not taken for one: the first may have failed for want of a network.
        yield Workforce.of(client.get_executor(pure=False), judge_on_cluster, size)
