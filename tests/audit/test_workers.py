"""A process that judges may hang, die or fail: its release gets a reason, and the next one a judgement."""

from __future__ import annotations

import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import msgspec
import pytest
from audit.conftest import task_of

from semverdiff.audit.codec import encode
from semverdiff.audit.frames import read_frame, write_frame
from semverdiff.audit.model import Crashed, Exceeded, Limits, Measured, Refused, decode_answer
from semverdiff.audit.workers import judge_on_cluster
from semverdiff.history import Judgement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audit.conftest import Judge

    from semverdiff.audit.model import Answer, Result, Task
    from semverdiff.audit.workers import Workers

ENDS: dict[str, tuple[Limits, Result]] = {
    "spins": (Limits(cpu=1), Exceeded("cpu", 1)),
    "spins_in_c": (Limits(cpu=1), Exceeded("cpu", 1)),
    "sleeps": (Limits(time=2), Exceeded("time", 2)),
    "sleeps_and_ignores": (Limits(cpu=1, time=2), Exceeded("time", 2)),
    "grows": (Limits(memory=2**30), Exceeded("memory", 2**30)),
    "aborts": (Limits(), Crashed("its process died by SIGABRT")),
    "leaves": (Limits(), Crashed("its process ended with the code 7")),
    "faults": (Limits(), Crashed("semverdiff has a fault (ValueError: a mistake of the program)")),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ENDS)
def test_what_does_not_come_to_an_end_is_ended_and_the_next_is_judged(name: str, judge: Judge) -> None:
    limits, expected = ENDS[name]
    assert judge(name, limits).result == expected
    assert isinstance(judge("shop").result, Judgement)


@pytest.mark.slow
def test_recursion_without_an_end_is_a_fault_of_the_program(judge: Judge) -> None:
    result = judge("recurses").result
    assert isinstance(result, Crashed)
    assert result.how.startswith("semverdiff has a fault (RecursionError")


@pytest.mark.slow
def test_what_a_release_is_judged_to_be_does_not_depend_on_those_before_it(judge: Judge) -> None:
    for name in ("leaves_when_used", "grows_when_used"):
        assert isinstance(judge("shop").result, Judgement)
        assert isinstance(judge(name, Limits(memory=2**30)).result, Judgement)


@pytest.mark.slow
def test_what_is_printed_is_no_answer(judge: Judge) -> None:
    assert isinstance(judge("prints").result, Judgement)


@pytest.mark.slow
def test_a_limit_is_for_each_release_and_not_for_all_of_a_process(judge: Judge) -> None:
    # Each takes half of what it may: together they take more than that.
    results = [judge(f"works_{number}", Limits(cpu=1)).result for number in range(5)]
    assert all(isinstance(one, Judgement) for one in results)


@pytest.mark.slow
def test_the_cost_of_a_release_is_its_own(judge: Judge) -> None:
    cost = judge("shop").cost
    assert cost.cpu is not None
    assert 0 < cost.cpu < 5
    assert judge("leaves").cost.cpu is None


@pytest.mark.slow
def test_another_program_than_that_of_the_audit_judges_nothing(workers: Workers, tmp_path: Path) -> None:
    task = msgspec.structs.replace(task_of(tmp_path, "shop", Limits()), tool="0.0.1-other")
    answer = decode_answer(workers.judge(encode(task)))
    assert isinstance(answer, Refused)


class _Process:
    """A process that judges, which is given tasks and asked for answers as `Workers` do it, and may leave."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "semverdiff.cli.judge"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._tasks, self._answers = self.process.stdin, self.process.stdout
        assert read_frame(self._answers) == b""  # it is ready

    def give(self, task: Task) -> None:
        write_frame(self._tasks, encode(task))

    def answer(self) -> Answer:
        answer = read_frame(self._answers)
        assert answer is not None
        return decode_answer(answer)

    def leave(self) -> int:
        self._tasks.close()
        code = self.process.wait(timeout=60)
        self._answers.close()
        return code


@pytest.fixture
def process(mischief: None) -> Iterator[_Process]:  # noqa: ARG001 (spoils it)
    """Return a process that misbehaves at names; it is ended with the test if it does not leave."""
    found = _Process()
    yield found
    found.process.kill()
    found.leave()


@pytest.mark.slow
def test_a_process_leaves_with_whoever_gives_it_tasks(process: _Process, tmp_path: Path) -> None:
    process.give(task_of(tmp_path, "sleeps", Limits()))
    assert process.leave() == 0


@pytest.mark.slow
def test_a_process_answers_one_task_after_another_in_their_order(process: _Process, tmp_path: Path) -> None:
    other = msgspec.structs.replace(task_of(tmp_path / "other", "shop", Limits()), tool="0.0.1-other")
    tasks = [
        task_of(tmp_path / "first", "shop", Limits()),
        task_of(tmp_path / "second", "faults", Limits()),
        other,
        task_of(tmp_path / "last", "grows", Limits(memory=2**30)),
    ]
    for task in tasks:
        process.give(task)
    first, second, refused, last = (process.answer() for _ in tasks)
    assert isinstance(first, Measured)
    assert isinstance(first.result, Judgement)
    assert isinstance(second, Measured)
    assert isinstance(second.result, Crashed)
    assert isinstance(refused, Refused)
    assert refused.tool != other.tool
    assert isinstance(last, Measured)
    assert last.result == Exceeded("memory", 2**30)
    assert process.leave() == 0


@pytest.mark.slow
@pytest.mark.skipif(
    not hasattr(resource, "prlimit"), reason="limits of other processes are set on Linux only"
)
def test_a_limit_that_was_set_before_is_not_raised(process: _Process, tmp_path: Path) -> None:
    pid, unlimited = process.process.pid, resource.RLIM_INFINITY
    resource.prlimit(pid, resource.RLIMIT_AS, (2**30, 2**30))
    process.give(task_of(tmp_path, "grows", Limits(memory=2**40)))
    answer = process.answer()
    assert isinstance(answer, Measured)
    assert answer.result == Exceeded("memory", 2**40)
    assert resource.prlimit(pid, resource.RLIMIT_AS) == (2**30, 2**30)
    assert resource.prlimit(pid, resource.RLIMIT_CPU)[1] == unlimited
    assert process.leave() == 0


@pytest.mark.slow
def test_whoever_closes_the_processes_gets_no_answer_from_another_one(
    workers: Workers, tmp_path: Path
) -> None:
    workers.close()
    answer = decode_answer(workers.judge(encode(task_of(tmp_path, "shop", Limits()))))
    assert isinstance(answer, Measured)
    assert answer.result == Crashed("its process died by SIGKILL")


@pytest.mark.slow
def test_a_process_of_a_cluster_keeps_those_that_judge(
    workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("semverdiff.audit.workers._ON_CLUSTER", workers)
    # The second task comes to the process of the first, and only there it has had others before.
    for name in ("shop", "leaves_when_used"):
        answer = decode_answer(judge_on_cluster(encode(task_of(tmp_path / name, name, Limits()))))
        assert isinstance(answer, Measured)
        assert isinstance(answer.result, Judgement)
