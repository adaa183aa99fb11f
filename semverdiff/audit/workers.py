"""Processes that judge releases, and what becomes of a task whose process does not come to an end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from threading import Lock, Timer
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.audit.codec import decode, encode
from semverdiff.audit.frames import read_frame, write_frame
from semverdiff.audit.model import Cost, Crashed, Exceeded, Measured, Task, decode_answer

if TYPE_CHECKING:
    from semverdiff.audit.model import Answer, Limits, Result

__all__ = ["Workers", "judge_on_cluster"]

_PROGRAM: Final = "semverdiff.cli.judge"
_SECONDS_TO_END: Final = 5
_START_SECONDS: Final = 120
_OUT_OF_CPU = getattr(signal, "SIGXCPU", None)


class Workers:
    """As many processes as tasks are given at a time; those that are idle wait for the next ones."""

    def __init__(self) -> None:
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._is_closed = False
        self._lock = Lock()

    def judge(self, task: bytes) -> bytes:
        """Return the answer to a task; it is returned in any case, at the latest when its time is over.

        What does not come to an end in a process that had other tasks before is tried once more in a fresh
        one: what a release is judged to be must not depend on those before it.
        """
        limits = decode(task, Task).limits
        worker, is_fresh = self._take()
        answer = worker.answer(task, limits.time)
        if _may_be_of_others(answer) and not is_fresh and not self._is_closed:
            self._give_back(worker, is_usable=False)
            worker = self._started()
            answer = worker.answer(task, limits.time)
        self._give_back(worker, is_usable=not _is_of_no_use(answer))
        if isinstance(answer, _Ended):
            answer = Measured(_reason(answer, limits), Cost(None, answer.seconds))
        return encode(answer)

    def close(self) -> None:
        """End all processes, whatever they are at."""
        with self._lock:
            self._is_closed = True
            workers = [*self._idle, *self._busy]
            self._idle.clear()
        for worker in workers:
            worker.end()

    def _take(self) -> tuple[_Worker, bool]:
        """Return a process that has nothing to do, and whether it never had."""
        with self._lock:
            if self._idle:
                worker = self._idle.pop()
                self._busy.add(worker)
                return worker, False
        return self._started(), True

    def _started(self) -> _Worker:
        worker = _Worker()
        with self._lock:
            self._busy.add(worker)
            is_closed = self._is_closed
        if is_closed:
            worker.kill()  # whoever asked for it is told that it ended
        return worker

    def _give_back(self, worker: _Worker, *, is_usable: bool) -> None:
        with self._lock:
            self._busy.discard(worker)
            if is_usable and not self._is_closed:
                self._idle.append(worker)
                return
        worker.end()


class _Ended(msgspec.Struct, frozen=True):
    """A process that ended instead of answering: its exit code, and whether its time was over."""

    code: int
    is_late: bool
    seconds: float


class _Worker:
    """A process that answers one task after another."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (this program)
            [sys.executable, "-P", "-m", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # An interrupt is for whoever gives the tasks, and what it runs ends with it.
            start_new_session=True,
        )

        assert self._process.stdin is not None  # noqa: S101 (a pipe, as asked for)
        assert self._process.stdout is not None  # noqa: S101 (as above)
        self._tasks, self._answers = self._process.stdin, self._process.stdout
        self._is_ready = False

    def answer(self, task: bytes, seconds: int) -> Answer | _Ended:
        """Return the answer to a task, or how the process ended instead. Its start is not counted."""
        if not self._is_ready and self._read(_START_SECONDS) is None:
            return self._ended(is_late=False, seconds=0)
        self._is_ready = True
        start = time.monotonic()
        with suppress(OSError):  # it has ended: its answer will be missing, too
            write_frame(self._tasks, task)
        answer = self._read(seconds)
        spent = time.monotonic() - start
        if answer is None:
            return self._ended(is_late=spent >= seconds, seconds=spent)
        return decode_answer(answer)

    def _read(self, seconds: float) -> bytes | None:
        """Return what the process writes next, None where it ends before; after some seconds it is ended."""
        timer = Timer(seconds, self.kill)
        timer.daemon = True
        timer.start()
        try:
            return read_frame(self._answers)
        finally:
            timer.cancel()
            timer.join()  # so that it kills nothing that has the number of this process later

    def _ended(self, *, is_late: bool, seconds: float) -> _Ended:
        with suppress(subprocess.TimeoutExpired):  # it is about to end, and its own code says why
            self._process.wait(_SECONDS_TO_END)
        self.kill()
        return _Ended(self._process.wait(), is_late, seconds)

    def end(self) -> None:
        """End the process with everything that it started."""
        self.kill()
        self._process.wait()
        for pipe in (self._tasks, self._answers):
            with suppress(OSError):
                pipe.close()

    def kill(self) -> None:
        """End the process and what it started; what it wrote can still be read."""
        if self._process.returncode is not None:
            return
        with suppress(ProcessLookupError, PermissionError):  # it is gone
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:  # pragma: no cover (another system)
                self._process.kill()


def _may_be_of_others(answer: Answer | _Ended) -> bool:
    """Return whether an answer may have been another one without the tasks before it."""
    match answer:
        case _Ended(code, is_late):
            return not is_late and code != _code_of(_OUT_OF_CPU)
        case Measured(result):
            return isinstance(result, Crashed) or _is_out_of_memory(result)
    return False


def _is_of_no_use(answer: Answer | _Ended) -> bool:
    """Return whether the process is to have no more tasks: what is left of its memory is not known."""
    return isinstance(answer, _Ended) or (isinstance(answer, Measured) and _is_out_of_memory(answer.result))


def _is_out_of_memory(result: Result) -> bool:
    return isinstance(result, Exceeded) and result.what == "memory"


def _reason(ended: _Ended, limits: Limits) -> Result:
    if ended.is_late:
        return Exceeded("time", limits.time)
    if ended.code == _code_of(_OUT_OF_CPU):
        return Exceeded("cpu", limits.cpu)
    if ended.code < 0:
        return Crashed(f"its process died by {signal.Signals(-ended.code).name}")
    return Crashed(f"its process ended with the code {ended.code}")


def _code_of(signal_number: signal.Signals | None) -> int | None:
    return None if signal_number is None else -signal_number


# The processes of a cluster are given functions, and nothing to keep between two calls.
_ON_CLUSTER = Workers()


def judge_on_cluster(task: bytes) -> bytes:
    """Return the answer to a task, judged by the processes that this one keeps."""
    return _ON_CLUSTER.judge(task)
