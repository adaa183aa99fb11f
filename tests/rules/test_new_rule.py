"""`make new-rule` begins a rule that is in the catalogue at once, and leaves the files in order."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

BEGUN = {
    "callback": "callbacks.py",
    "enum-member": "enums.py",
    "listener": "listeners.py",
    "method": "functions.py",
    "package": "package.py",
    "record-field": "record_fields.py",
}


@pytest.fixture
def copy(tmp_path: Path, repository: Path) -> Path:
    """Return a copy of what the script works on, with everything that it needs to run there."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("semverdiff", "scripts"):
        shutil.copytree(repository / name, tmp_path / name, ignore=ignored)
    shutil.copy(repository / "pyproject.toml", tmp_path)
    return tmp_path


def python(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the copy, whose package comes before the installed one."""
    environment = {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1", "PATH": ""}
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=copy, env=environment)


@pytest.mark.slow
@pytest.mark.parametrize(("subject", "file"), BEGUN.items(), ids=BEGUN)
def test_a_rule_is_begun_in_the_file_of_its_subject(copy: Path, subject: str, file: str) -> None:
    before = {path: path.read_text("utf-8") for path in copy.rglob("*.py")}
    done = python(copy, "scripts/new_rule.py", subject, "sorted")
    assert (done.returncode, done.stderr) == (0, "")
    changed = {path for path in before if path.read_text("utf-8") != before[path]}
    assert {path.name for path in changed} == {file, "facts.py"}
    assert f"/{file}: write " in done.stdout
    explained = python(copy, "-m", "semverdiff", "rules", "explain", f"{subject}-sorted")
    assert (explained.returncode, explained.stderr) == (0, "")
    assert explained.stdout.startswith(f"## {subject}-sorted\n\nTITLE. Reported as: MESSAGE")
    for check in (("check", "--no-cache"), ("format", "--check", "--no-cache")):
        checked = python(copy, "-m", "ruff", *check, "semverdiff/rules", "semverdiff/compare/facts.py")
        assert checked.returncode == 0, checked.stdout


@pytest.mark.slow
def test_a_fact_of_another_subject_is_not_added_again(copy: Path) -> None:
    facts = copy / "semverdiff" / "compare" / "facts.py"
    before = facts.read_text("utf-8")
    done = python(copy, "scripts/new_rule.py", "listener", "respelled")
    assert (done.returncode, done.stderr) == (0, "")
    assert facts.read_text("utf-8") == before


MISTAKES = {
    "nothing": ([], "make new-rule SUBJECT="),
    "an unknown subject": (["recrod", "sorted"], "(did you mean 'record'?)"),
    "a fact that is none": (["record", "Sorted"], "expected a fact in lower case"),
    "a rule that exists": (["record", "opened"], "there is a rule 'record-opened' already"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "answer"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_and_nothing_is_written(copy: Path, arguments: list[str], answer: str) -> None:
    before = {path: path.read_text("utf-8") for path in copy.rglob("*.py")}
    done = python(copy, "scripts/new_rule.py", *arguments)
    assert done.returncode == 1
    assert answer in done.stderr
    assert {path: path.read_text("utf-8") for path in copy.rglob("*.py")} == before
