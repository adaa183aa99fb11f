"""The program run where something fails: rights are missing, files may not grow, or the process is killed.

    python -m support.faults '{"arguments": ["check"], "user": 65534}'

Everything is loaded before, so that a user who may not read the interpreter's own files can run it, and a
process that is forked begins where the command does.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import json
import os
import pkgutil
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import FrameType

    from _typeshed import TraceFunction

__all__ = ["NOBODY", "Ended", "Fault", "run_with"]

NOBODY = 65_534

_LOADED_LATE = (
    *(
        "bz2",
        "difflib",
        "encodings.idna",
        "encodings.cp437",
        "encodings.unicode_escape",
        "httpx",
        "lzma",
        "platformdirs",
        "shutil",
        "tempfile",
    ),
    *("traceback", "zipfile"),
)
_TESTS = Path(__file__).resolve().parents[1]


class Fault(msgspec.Struct, frozen=True):
    """What happens to a run.

    `user` takes its rights away; a file may have at most `largest_file` bytes; `signal` is sent before the
    `at`-th step, where a step is a call in the program, or with `within` a line of functions that have this
    in their names. The run is in the folder `place`, seen from the directory of all.
    """

    user: int | None = None
    largest_file: int | None = None
    signal: int | None = None
    at: int = 0
    within: str | None = None
    place: str = "."


class Ended(msgspec.Struct, frozen=True):
    """How a run ended: the exit code, negative for a signal; what it wrote where; the steps until then."""

    code: int
    out: str
    err: str
    steps: int


def run_with(
    faults: list[Fault], arguments: list[str], directory: Path, environment: Mapping[str, str]
) -> list[Ended]:
    """Run the program once with each of the faults, in turn."""
    asked = {"arguments": arguments, "faults": msgspec.to_builtins(faults)}
    done = subprocess.run(
        [sys.executable, "-m", "support.faults", json.dumps(asked)],
        cwd=directory,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{_TESTS}{os.pathsep}{_TESTS.parent}",
            "HOME": str(directory),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return msgspec.json.decode(done.stdout, type=list[Ended])


class _Steps:
    """Counts the steps of a run, and sends a signal before one of them."""

    def __init__(self, fault: Fault) -> None:
        self._fault = fault
        self._program = str(_TESTS.parent / "semverdiff")
        self.count = 0

    def trace(self, frame: FrameType, event: str, _argument: object) -> TraceFunction | None:
        code = frame.f_code
        if not code.co_filename.startswith(self._program):
            return None
        if self._fault.within is None:
            # The interpreter closes generators that nobody finished, and ignores what is raised then.
            if not code.co_flags & inspect.CO_GENERATOR:
                self._step()
            return None
        if self._fault.within not in code.co_name:
            return None
        if event == "line":
            self._step()
        return self.trace

    def _step(self) -> None:
        self.count += 1
        if self.count == self._fault.at and self._fault.signal is not None:
            os.kill(os.getpid(), self._fault.signal)


def _load() -> None:
    import semverdiff  # noqa: PLC0415 (a fault may come while it loads)

    for module in pkgutil.walk_packages(semverdiff.__path__, "semverdiff."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in _LOADED_LATE:
        importlib.import_module(name)


def _run(fault: Fault, arguments: list[str]) -> Ended:
    streams = [os.memfd_create(name) for name in ("out", "err", "steps")]
    child = os.fork()
    if child == 0:
        for stream, number in zip(streams, (1, 2), strict=False):
            os.dup2(stream, number)
        _suffer(fault, arguments, streams[2])
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    out, err, steps = (_written(stream) for stream in streams)
    return Ended(code, out, err, int(steps or "0"))


def _suffer(fault: Fault, arguments: list[str], steps: int) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    counted = _Steps(fault)
    os.chdir(fault.place)
    if fault.largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (fault.largest_file, fault.largest_file))
    if fault.user is not None and os.geteuid() == 0:
        os.setgroups([])
        os.setgid(fault.user)
        os.setuid(fault.user)
    sys.argv = ["semver", *arguments]
    from semverdiff.cli import main  # noqa: PLC0415 (a fault may come while it loads)

    code = 99
    if fault.at:
        sys.settrace(counted.trace)
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.settrace(None)
        with contextlib.suppress(OSError):
            os.write(steps, str(counted.count).encode())
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        os._exit(code)


def _written(stream: int) -> str:
    os.lseek(stream, 0, os.SEEK_SET)
    with os.fdopen(stream, "rb") as file:
        return file.read().decode(errors="replace")


if __name__ == "__main__":
    _load()
    given = json.loads(sys.argv[1])
    found = [_run(fault, given["arguments"]) for fault in msgspec.convert(given["faults"], list[Fault])]
    sys.stdout.buffer.write(msgspec.json.encode(found))
