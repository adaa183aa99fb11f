"""A run of pytest that tries mutants: tests are collected once, and each mutant has a forked process.

The process starts from the parent, in which everything is imported and nothing has run. It gives the mutated
function its new code, runs the tests that reach the mutant until one fails or its time is over, and ends: no
file is changed, and no mutant meets what another left.
"""

from __future__ import annotations

import contextlib
import gc
import math
import os
import resource
import signal
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING

import msgspec
import pytest

from mutants.probes import live_functions, put_in, reached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mutants.operators import Mutation

__all__ = ["Limits", "Mutant", "Result", "Trial"]

_POLL = 0.02
_MEMORY = 4 * 2**30


class Mutant(msgspec.Struct, frozen=True):
    """A mutation of a file of a room."""

    room: str
    path: Path
    source: bytes
    mutation: Mutation
    key: str
    """What it is known by in other runs: the same until its line is rewritten."""

    @property
    def tests(self) -> str:
        """Return the folder with the tests of the room."""
        return f"tests/{self.room.partition('/')[0]}/"


class Limits(msgspec.Struct, frozen=True):
    """How many processes run at a time, and the seconds of the processor that the tests of one may take."""

    workers: int
    seconds: float


class Result(msgspec.Struct, frozen=True):
    """What became of a mutant."""

    outcome: str
    """`killed`, `time` (killed by the limit), `survived`, `unreached` or `not tried`."""
    tests: int = 0
    """How many tests reach the statement."""
    ran: int = 0
    """How many of them there was time for."""
    at_import: bool = False
    """Whether it also runs while modules are imported and tests collected, where no mutant is yet."""


class _Measured(msgspec.Struct):
    """A test as it is without a mutant: seconds of the processor, the mutants that it reaches."""

    failed: bool
    seconds: float
    reached: list[int]


class _Shared(msgspec.Struct):
    """What a fixture that several tests share reached when it was made."""

    name: str
    base: str
    reached: list[int]


class _Running(msgspec.Struct, frozen=True):
    """A process that tries a mutant: its number, how many tests it runs, and when it has to be done.

    `killer` is the file that the process writes the number of the test to that failed.
    """

    mutant: int
    tests: int
    deadline: float
    killer: Path


class _Measurements(msgspec.Struct):
    tests: dict[int, _Measured] = {}
    fixtures: list[_Shared] = []


class Trial:
    """The plugin that takes the place of the loop over the tests; `results` holds what became of them.

    `note` is told each result when it is there, so that a run that is cut short was not in vain.
    """

    def __init__(
        self, mutants: Sequence[Mutant], limits: Limits, note: Callable[[Mutant, Result], None]
    ) -> None:
        self._mutants = mutants
        self._limits = limits
        self._note = note
        self._failed = False
        self._shared: list[_Shared] = []
        self.results: list[Result] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Try every mutant."""
        if session.testsfailed:
            return None  # a module could not be collected: pytest says so
        at_import = set(reached)
        self._functions = live_functions({str(mutant.path) for mutant in self._mutants})
        able = [item for item in session.items if not _starts_processes(item)]
        folders = tuple({mutant.tests for mutant in self._mutants})
        own = [item for item in able if item.nodeid.startswith(folders)]
        rest = [item for item in able if item not in set(own) and item.get_closest_marker("slow") is None]
        gc.collect()
        gc.freeze()  # what is shared with the forked processes stays shared
        self.results = [
            Result("unreached", at_import=number in at_import) for number in range(len(self._mutants))
        ]
        for name, items in (("tests of the rooms", own), ("other tests", rest)):
            with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
                self._stage(name, items, Path(folder))
        # What only runs while modules are imported was over before there was a mutant.
        self.results = [
            msgspec.structs.replace(one, outcome="not tried")
            if one.outcome == "unreached" and one.at_import
            else one
            for one in self.results
        ]
        return True

    def _stage(self, name: str, items: Sequence[pytest.Item], folder: Path) -> None:
        """Try the mutants that are alive on some tests."""
        began = time.monotonic()
        measured = self._measure(items, folder)
        for number, test in measured.tests.items():
            if test.failed:
                _say(f"fails without a mutant, and is not used: {items[number].nodeid}")
        _say(f"{len(items)} {name}: measured in {time.monotonic() - began:.0f} s")
        began = time.monotonic()
        alive = [
            number
            for number, result in enumerate(self.results)
            if result.outcome in {"unreached", "survived"}
        ]
        for number, result in self._try_all(alive, items, measured, folder):
            before = self.results[number]
            self.results[number] = Result(
                result.outcome, before.tests + result.tests, before.ran + result.ran, before.at_import
            )
            self._note(self._mutants[number], self.results[number])
            if result.outcome == "survived":
                mutant = self._mutants[number]
                _say(f"survives: {mutant.path.name}:{mutant.mutation.line} {mutant.mutation.description}")
        left = sum(result.outcome in {"unreached", "survived"} for result in self.results)
        _say(f"{left} of {len(self.results)} mutants are left, after {time.monotonic() - began:.0f} s")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember that a test failed."""
        self._failed |= report.failed

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> object:
        """Note what a fixture reaches that is made once for several tests."""
        if fixturedef.scope == "function":
            return (yield)
        before = set(reached)
        reached.clear()
        try:
            return (yield)
        finally:
            self._shared.append(_Shared(fixturedef.argname, fixturedef.baseid, sorted(reached)))
            reached.update(before)

    def _measure(self, items: Sequence[pytest.Item], folder: Path) -> _Measurements:
        """Run every test once without a mutant; each worker takes a module at a time."""
        modules: dict[str, list[int]] = {}
        for number, item in enumerate(items):
            modules.setdefault(item.nodeid.partition("::")[0], []).append(number)
        groups = list(modules.values())
        reading, writing = os.pipe()
        os.write(writing, b"".join(number.to_bytes(2) for number in range(len(groups))))
        os.close(writing)

        def run(file: Path) -> None:
            done = _Measurements()
            while taken := os.read(reading, 2):
                group = groups[int.from_bytes(taken)]
                for number, after in zip(group, [*group[1:], None], strict=True):
                    reached.clear()
                    began = time.process_time()
                    failed = self._run(items[number], None if after is None else items[after])
                    seconds = time.process_time() - began
                    done.tests[number] = _Measured(failed, seconds, sorted(reached))
            done.fixtures = self._shared
            file.write_bytes(msgspec.json.encode(done))

        files = [folder / f"measured-{worker}.json" for worker in range(self._limits.workers)]
        for process in [_forked(partial(run, file), folder) for file in files]:
            os.waitpid(process, 0)
        os.close(reading)
        whole = _Measurements()
        for file in files:
            part = msgspec.json.decode(file.read_bytes(), type=_Measurements)
            whole.tests.update(part.tests)
            for shared in part.fixtures:
                for number in part.tests:
                    if _uses(items[number], shared):
                        test = whole.tests[number]
                        test.reached = sorted({*test.reached, *shared.reached})
        return whole

    def _run(self, item: pytest.Item, following: pytest.Item | None) -> bool:
        self._failed = False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return self._failed

    def _try_all(
        self, alive: Sequence[int], items: Sequence[pytest.Item], measured: _Measurements, folder: Path
    ) -> Iterator[tuple[int, Result]]:
        """Try mutants, some at a time; yield the number of each that a test reaches, and its result."""
        tests = _tests_by_mutant(items, measured, self._mutants)
        waiting = [number for number in alive if tests[number]]
        running: dict[int, _Running] = {}
        killers: dict[Path, list[int]] = {}
        while waiting or running:
            while waiting and len(running) < self._limits.workers:
                number = waiting.pop(0)
                likely = killers.get(self._mutants[number].path, [])
                ordered = _these_first(likely, tests[number])
                chosen, seconds = _affordable(ordered, measured, self._limits.seconds)
                killer = folder / f"killer-{number}"
                run = partial(self._try, self._mutants[number], items, chosen, seconds, killer)
                deadline = time.monotonic() + 60 + 30 * seconds
                running[_forked(run, folder)] = _Running(number, len(chosen), deadline, killer)
            process, status = os.waitpid(-1, os.WNOHANG)
            if process:
                done = running.pop(process)
                if done.killer.exists():
                    near = killers.setdefault(self._mutants[done.mutant].path, [])
                    last = int(done.killer.read_text())
                    near[:] = [last, *(test for test in near if test != last)]
                yield done.mutant, Result(_outcome(status), len(tests[done.mutant]), done.tests)
                continue
            for process, overdue in running.items():
                if time.monotonic() > overdue.deadline:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(process, signal.SIGKILL)
            time.sleep(_POLL)

    def _try(
        self, mutant: Mutant, items: Sequence[pytest.Item], tests: Sequence[int], seconds: float, killer: Path
    ) -> None:
        limit = math.ceil(5 + 5 * seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        functions = self._functions[str(mutant.path)]
        if not put_in(mutant.mutation, mutant.source, str(mutant.path), functions):
            os._exit(_NOT_TRIED)
        for test, following in zip(tests, [*tests[1:], None], strict=True):
            if self._run(items[test], None if following is None else items[following]):
                killer.write_text(str(test))
                os._exit(_KILLED)


_KILLED, _NOT_TRIED = 10, 11


def _forked(run: Callable[[], None], folder: Path) -> int:
    """Run a function in a process of its own, silent and with a folder for the files of its tests."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        os.environ["PYTEST_DEBUG_TEMPROOT"] = tempfile.mkdtemp(dir=folder)
        run()
        status = 0
    finally:
        os._exit(status)


def _outcome(status: int) -> str:
    if os.WIFSIGNALED(status):
        return "time" if os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL} else "killed"
    match os.WEXITSTATUS(status):
        case 0:
            return "survived"
        case code if code == _NOT_TRIED:
            return "not tried"
    return "killed"


def _tests_by_mutant(
    items: Sequence[pytest.Item], measured: _Measurements, mutants: Sequence[Mutant]
) -> list[list[int]]:
    """Return the tests that reach each mutant: those of its room first.

    Of either those come first that reach little else, and of tests alike the cheapest. The cases of a test
    take turns with other tests.
    """
    tests: list[list[int]] = [[] for _ in mutants]
    for number, test in sorted(measured.tests.items(), key=lambda entry: entry[1].seconds):
        if not test.failed:
            for reached_mutant in test.reached:
                tests[reached_mutant].append(number)
    for mutant, numbers in zip(mutants, tests, strict=True):
        cases: Counter[str] = Counter()
        rank: dict[int, tuple[bool, int]] = {}
        for number in numbers:
            test_name = items[number].nodeid
            function = test_name.partition("[")[0]
            cases[function] += 1
            breadth = len(measured.tests[number].reached)
            rank[number] = not test_name.startswith(mutant.tests), breadth * cases[function]
        numbers.sort(key=rank.__getitem__)
    return tests


def _these_first(likely: Sequence[int], tests: Sequence[int]) -> list[int]:
    """Return tests, those first that killed other mutants of the file."""
    first = set(likely).intersection(tests)
    return [*(test for test in likely if test in first), *(test for test in tests if test not in first)]


def _affordable(tests: Sequence[int], measured: _Measurements, limit: float) -> tuple[list[int], float]:
    """Return tests, one at least, that together take no longer than the limit, and what they take.

    The cheapest are chosen, so that as many as possible are, and run in the order that was given.
    """
    chosen: set[int] = set()
    whole = 0.0
    for test in sorted(tests, key=lambda test: measured.tests[test].seconds):
        seconds = measured.tests[test].seconds
        if chosen and whole + seconds > limit:
            break
        chosen.add(test)
        whole += seconds
    return [test for test in tests if test in chosen], whole


def _say(text: str) -> None:
    print(text, flush=True)


def _uses(item: pytest.Item, shared: _Shared) -> bool:
    names: Iterable[str] = getattr(item, "fixturenames", ())
    return shared.name in names and item.nodeid.startswith(shared.base)


def _starts_processes(item: pytest.Item) -> bool:
    """Return whether a test runs the project in another process, where no mutant is."""
    if not isinstance(item, pytest.Function):
        return False
    function = getattr(item.function, "hypothesis", item.function)
    function = getattr(function, "inner_test", function)
    if not isinstance(function, FunctionType):
        return False
    named = (function.__globals__.get(name) for name in function.__code__.co_names)
    codes = [function.__code__, *(value.__code__ for value in named if isinstance(value, FunctionType))]
    # Others are started too, git for one: what they print is read by the project here.
    return any({"subprocess", "executable"} <= set(code.co_names) for code in codes)
