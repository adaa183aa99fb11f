"""A process that judges may hang, die or fail: its release gets a reason, and the next one a judgement."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import msgspec
import pytest
from audit.conftest import task_of

from semverdiff.audit.codec import encode
from semverdiff.audit.model import Crashed, Exceeded, Limits, Refused, decode_answer
from semverdiff.history import Judgement

if TYPE_CHECKING:
    from pathlib import Path

    from audit.conftest import Judge

    from semverdiff.audit.model import Result
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


@pytest.mark.slow
def test_a_process_leaves_with_whoever_gives_it_tasks(mischief: None, tmp_path: Path) -> None:  # noqa: ARG001 (spoils it)
    process = subprocess.Popen(
        [sys.executable, "-m", "semverdiff.cli.judge"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    task = encode(task_of(tmp_path, "sleeps", Limits()))
    process.stdin.write(len(task).to_bytes(8) + task)
    process.stdin.close()
    assert process.wait(timeout=30) == 0
    assert process.stdout is not None
    process.stdout.close()
