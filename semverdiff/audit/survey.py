"""The audit itself: the releases are written down first, then each that has no result is judged."""

from __future__ import annotations

from collections import deque
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import history
from semverdiff.audit.codec import encode
from semverdiff.audit.keys import key_of
from semverdiff.audit.model import (
    Cost,
    Crashed,
    Exceeded,
    Limits,
    Measured,
    Refused,
    SourceFailure,
    SourceOmission,
    Task,
    decode_answer,
)
from semverdiff.audit.sources import releases_in
from semverdiff.audit.store import Planned
from semverdiff.audit.tool import fingerprint
from semverdiff.config import Dependencies  # noqa: TC001 (type of a field)
from semverdiff.errors import NetworkError, SemverdiffError
from semverdiff.history import Failure
from semverdiff.releases import Published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from semverdiff.audit.executors import Workforce
    from semverdiff.audit.model import Result
    from semverdiff.audit.store import Store
    from semverdiff.history import Transition
    from semverdiff.registry import Environment
    from semverdiff.releases import Omission, Releases

__all__ = ["Choices", "Plan", "Step", "judge_all", "plan"]

_MOST_UNANSWERED: Final = 5
"""Releases in a row of which a registry gave nothing: then it is gone, and each of the others would wait."""
_SECONDS_BETWEEN_STEPS: Final = 0.5


class Choices(msgspec.Struct, frozen=True):
    """What the user decided about an audit; `again` tries also those once more that failed before."""

    dependencies: Dependencies = "auto"
    offline: bool = False
    limits: Limits = Limits()
    again: bool = False


class Pending(msgspec.Struct, frozen=True):
    """A release that is to be judged: its key, its task as bytes, and whether a registry has it."""

    key: bytes
    task: bytes
    is_published: bool


class Plan(msgspec.Struct, frozen=True):
    """What an audit is about: sources in their order, how many releases they have, and what is to be done."""

    sources: tuple[str, ...]
    releases: int
    pending: tuple[Pending, ...]


class Step(msgspec.Struct, frozen=True):
    """How far an audit is: releases that were judged or failed in this run, and those that are left.

    `stopped` says why those of registries are left for another run, empty where they are not.
    """

    judged: int
    failed: int
    left: int
    stopped: str = ""


def plan(
    texts: Iterable[str],
    store: Store,
    choices: Choices,
    environment: Environment,
    announce: Callable[[str], None],
) -> Plan:
    """Return what is to be judged of the releases that are in sources, after all of it is in the store.

    Raises:
        StoreError: the store cannot be read or written.

    """
    planner = _Planner(choices, dict(store.results()))
    sources = []
    for source, found in releases_in(texts, environment):
        announce(f"looking for releases: {source}")
        sources.append(source)
        if isinstance(found, SemverdiffError):
            store.write_failure(SourceFailure(source, found.code, str(found)))
        else:
            store.write_source(source, planner.planned(source, found), list(_omissions(source, found)))
    return Plan(tuple(sources), planner.releases, tuple(planner.pending))


class _Planner:
    """What is known when the releases of a source are planned: results, and the sources before it."""

    def __init__(self, choices: Choices, known: dict[bytes, Result | None]) -> None:
        self._choices = choices
        self._known = known
        self._tool = fingerprint()
        self._source_of: dict[tuple[str, str, str], str] = {}
        self.pending: list[Pending] = []
        self.releases = 0

    def planned(self, source: str, found: Releases) -> list[Planned]:
        """Return the releases of a source, and remember those that have no result yet."""
        return [
            self._planned(source, transition)
            for package in found.packages
            for transition in history.transitions_of(package)
        ]

    def _planned(self, source: str, transition: Transition) -> Planned:
        self.releases += 1
        names = (transition.organization, transition.name, transition.release.version)
        first = self._source_of.setdefault(names, source)
        if first != source:
            return Planned(transition, None, first)
        if transition.before is None:
            return Planned(transition, None)
        choices = self._choices
        task = Task(self._tool, transition, choices.dependencies, choices.offline, choices.limits)
        key = key_of(task)
        if key not in self._known or self._is_to_try_again(self._known[key]):
            is_published = isinstance(transition.release.source, Published)
            self.pending.append(Pending(key, encode(task), is_published))
        return Planned(transition, key)

    def _is_to_try_again(self, result: Result | None) -> bool:
        limits = self._choices.limits
        match result:
            case None:
                return False
            case Failure(code=NetworkError.code):
                return True
            case Exceeded(what, allowed):
                return self._choices.again or getattr(limits, what) > allowed
        return self._choices.again


def _omissions(source: str, found: Releases) -> Iterator[SourceOmission]:
    def told(package: str, omissions: Iterable[Omission]) -> Iterator[SourceOmission]:
        return (SourceOmission(source, package, one) for one in omissions)

    for package in found.packages:
        yield from told(package.package, package.omissions)
    yield from told("", found.omissions)


def judge_all(pending: Iterable[Pending], store: Store, workforce: Workforce) -> Iterator[Step]:
    """Judge releases, and write each result as soon as it is there; yield how far that is.

    Raises:
        StoreError: the store cannot be written.
        SemverdiffError: those who work lost a task, or have another program.

    """
    waiting = deque(pending)
    running: dict[Future[bytes], Pending] = {}
    judged = failed = unanswered = 0
    stopped = ""
    while waiting or running:
        while waiting and len(running) < workforce.slots:
            one = waiting.popleft()
            running[workforce.executor.submit(workforce.judge, one.task)] = one
        done, _ = wait(running, _SECONDS_BETWEEN_STEPS, FIRST_COMPLETED)
        results = [(running.pop(future), _measured(future)) for future in done]
        store.write_results((one.key, measured) for one, measured in results)
        for one, measured in results:
            if isinstance(measured.result, history.Judgement):
                judged += 1
            else:
                failed += 1
            if one.is_published:
                unanswered = unanswered + 1 if _is_unanswered(measured.result) else 0
        if unanswered >= _MOST_UNANSWERED and not stopped:
            stopped = "the registry does not answer any more"
            waiting = deque(one for one in waiting if not one.is_published)
        yield Step(judged, failed, len(waiting) + len(running), stopped)


def _is_unanswered(result: Result) -> bool:
    return isinstance(result, Failure) and result.code == NetworkError.code


def _measured(future: Future[bytes]) -> Measured:
    """Return what became of a task."""
    error = _error_of(future)
    if error is None:
        answer = decode_answer(future.result())
        if isinstance(answer, Refused):
            raise SemverdiffError(
                f"the workers of the cluster have another program, {answer.tool}: install the same version "
                "of semverdiff and tree-sitter there as here, and start them again"
            )
        return answer
    # A cluster gives a task up after it took several of its processes with it.
    if type(error).__name__ == "KilledWorker":
        return Measured(Crashed("the processes of the cluster that were given it died"), Cost(None, 0))
    what = ": ".join(filter(None, (type(error).__name__, str(error))))
    raise SemverdiffError(
        f"a task was lost ({what}): see whether the cluster still runs, and give the same command again; "
        "what was judged so far is kept"
    ) from error


def _error_of(future: Future[bytes]) -> BaseException | None:
    try:
        return future.exception()
    except CancelledError as error:  # a cluster cancels what it cannot finish
        return error
