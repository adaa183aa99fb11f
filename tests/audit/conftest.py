"""Processes that misbehave at the names of packages, and tasks to give them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from support.releases import PLAIN, write_releases

from semverdiff import history, releases
from semverdiff.audit.codec import encode
from semverdiff.audit.model import Limits, Measured, Task, decode_answer
from semverdiff.audit.tool import fingerprint
from semverdiff.audit.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator

FREE = Limits()
"""What a release may take as a rule."""

MISCHIEF = Path(__file__).parent / "mischief"


class Judge(Protocol):
    """Judges the second release of a package of a name, within limits; returns what became of it."""

    def __call__(self, name: str, limits: Limits = FREE) -> Measured: ...


@pytest.fixture
def mischief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let processes that judge hang, die or fail at some names of packages (`mischief/sitecustomize.py`)."""
    path = os.pathsep.join([str(MISCHIEF), *filter(None, [os.environ.get("PYTHONPATH")])])
    monkeypatch.setenv("PYTHONPATH", path)


@pytest.fixture
def workers(mischief: None) -> Iterator[Workers]:  # noqa: ARG001 (spoils them)
    """Return processes that misbehave at names; they end with the test."""
    found = Workers()
    yield found
    found.close()


@pytest.fixture
def judge(workers: Workers, tmp_path: Path) -> Judge:
    """Judge packages that are written for that."""

    def call(name: str, limits: Limits = FREE) -> Measured:
        answer = decode_answer(workers.judge(encode(task_of(tmp_path / name, name, limits))))
        assert isinstance(answer, Measured)
        return answer

    return call


def task_of(directory: Path, name: str, limits: Limits) -> Task:
    """Return the task to judge the second release of a package, which is written there."""
    write_releases(directory, {f"acme/{name}": {"1.0.0": PLAIN, "1.0.1": PLAIN}})
    (package,) = releases.releases_in_folder(directory).packages
    transition = history.transitions_of(package)[1]
    return Task(fingerprint(), transition, "none", offline=True, limits=limits)
