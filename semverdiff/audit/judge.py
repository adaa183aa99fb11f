"""The process that judges releases, one after another, and is ended by others where it takes too much."""

from __future__ import annotations

import gc
import os
import sys
import time
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING

from semverdiff import ballerina, history
from semverdiff.audit.codec import decode, encode
from semverdiff.audit.frames import read_frame, write_frame
from semverdiff.audit.model import Cost, Crashed, Exceeded, Measured, Refused, Task
from semverdiff.audit.tool import fingerprint

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from semverdiff.audit.model import Limits, Result

__all__ = ["serve"]

# Loading and comparing make next to no garbage; between two tasks there is time to look for it.
_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000


def serve(tasks: IO[bytes], answers: IO[bytes], variables: Mapping[str, str]) -> None:
    """Judge the releases of tasks until there are no more.

    The process leaves with whoever gives it tasks, whatever it is at: nobody would read its answer.
    """
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    own = fingerprint()
    waiting: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_receive, args=(tasks, waiting), daemon=True).start()
    write_frame(answers, b"")  # ready: what a start takes is no release's
    is_warm = False
    while True:
        task = decode(waiting.get(), Task)
        answer = _measured(task, variables) if task.tool == own else Refused(own)
        with suppress(OSError):  # nobody reads: the other thread knows, too
            write_frame(answers, encode(answer))
        gc.collect()
        if not is_warm:
            # What the first release loaded stays: to look through it takes longer than to judge a small one.
            gc.freeze()
            is_warm = True


def _receive(tasks: IO[bytes], waiting: SimpleQueue[bytes]) -> None:
    while (task := read_frame(tasks)) is not None:
        waiting.put(task)
    os._exit(0)


def _measured(task: Task, variables: Mapping[str, str]) -> Measured:
    _restrict(task.limits)
    start, used = time.monotonic(), _seconds_used()
    result = _result(task, variables)
    return Measured(result, Cost(_seconds_used() - used, time.monotonic() - start))


def _result(task: Task, variables: Mapping[str, str]) -> Result:
    settings = history.settings_for(variables, offline=task.offline, dependencies=task.dependencies)
    try:
        return history.judge(ballerina.FRONT_END, task.transition, settings)
    except MemoryError:
        return Exceeded("memory", task.limits.memory)
    except Exception as fault:  # noqa: BLE001 (nobody knows what kind of error a fault is)
        return Crashed(f"semverdiff has a fault ({type(fault).__name__}: {fault})")


def _restrict(limits: Limits) -> None:
    """Let the system end this process when it takes too much, also where no Python runs."""
    if sys.platform == "win32":  # pragma: no cover (another system: whoever waits ends the process)
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    # Whole seconds are counted; at the limit the process dies by SIGXCPU.
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + limits.cpu + 1)
    _lower(resource.RLIMIT_AS, limits.memory)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(kind: int, wanted: int) -> None:
    """Set a limit, as far as whoever started the program allows."""
    _, most = resource.getrlimit(kind)
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    with suppress(ValueError, OSError):  # a system that has no such limit
        resource.setrlimit(kind, (wanted, most))


def _seconds_used() -> float:
    """Return what this process and those that it waited for (git) took of the processor."""
    if sys.platform == "win32":  # pragma: no cover (another system: whoever waits ends the process)
        return time.process_time()
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)
