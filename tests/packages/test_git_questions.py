"""What git is asked: every question is documented with its defence, and git is started in one place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support.git_repositories import commit, git, repository_at

from semverdiff.errors import UsageError
from semverdiff.packages import git_commands, hooks_of, is_committed, open_repository
from semverdiff.packages.git_commands import QUESTIONS, TAGS, Answer, ask, git_program

if TYPE_CHECKING:
    from pathlib import Path


def test_the_documentation_holds_every_question_with_its_defence(repository: Path) -> None:
    page = (repository / "docs" / "explanation" / "git.md").read_text()
    rows = [
        f"| {one.purpose} | `{one.command}` | {one.danger} | {one.defence} |".replace("|refname", "")
        for one in QUESTIONS
    ]
    assert [line for line in page.splitlines() if line.startswith("| ") and "`git " in line] == rows


def test_every_question_stands_in_the_table() -> None:
    questions = [one for one in vars(git_commands).values() if isinstance(one, git_commands.Question)]
    assert questions == list(QUESTIONS)


def test_git_is_started_in_one_place(repository: Path) -> None:
    starts = re.compile(r"^\s*(?:import|from) subprocess", re.MULTILINE)
    files = (repository / "semverdiff").rglob("*.py")
    places = {one.name: one.read_text() for one in files if starts.search(one.read_text())}
    # The other starts this program, and no other.
    assert sorted(places) == ["git_commands.py", "workers.py"]
    assert (
        places["workers.py"].count("subprocess.Popen(")
        == places["workers.py"].count("[sys.executable, ")
        == 1
    )
    assert "subprocess.run" not in places["workers.py"]


def test_an_answer_that_is_too_long_is_none(repository: Path) -> None:
    program = git_program()
    assert program is not None
    answer = ask(program, repository / ".git", git_commands.COMMIT, "HEAD", most=10)
    assert answer == Answer(None, "its answer has more than 10 bytes")
    assert answer.text == ""


def test_what_git_does_not_read_is_no_fault(repository: Path) -> None:
    program = git_program()
    assert program is not None
    answer = ask(program, repository / ".git", git_commands.COMMIT, "HEAD", given=bytes(1_000_000))
    assert re.fullmatch("[0-9a-f]{40}\n", answer.text)


def test_only_the_beginning_of_many_complaints_is_kept(tmp_path: Path) -> None:
    root = repository_at(tmp_path / "shop")
    commit(root, {"main.bal": ""}, tag="v1.0.0")
    for number in range(700):  # more than a pipe holds
        (root / ".git/refs/tags" / f"{'x' * 100}{number}").write_text("none\n")
    program = git_program()
    assert program is not None
    answer = ask(program, root / ".git", TAGS)
    assert answer.text == "refs/tags/v1.0.0\n"
    assert "ignoring broken ref" in answer.complaint
    assert len(answer.complaint) <= 4096


def test_where_git_cannot_say_where_the_hooks_are_its_complaint_is_told(tmp_path: Path) -> None:
    root = repository_at(tmp_path / "shop")
    repository = open_repository(root)
    (root / ".git/config").write_text("[core\n")
    with pytest.raises(UsageError, match=r"does not say where the hooks of 'shop' are \(fatal: bad config"):
        hooks_of(repository)


@pytest.mark.parametrize("directory", ["", "bin", "./bin"])
def test_a_program_in_a_relative_directory_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, directory: str
) -> None:
    (tmp_path / "bin").mkdir()
    for folder in (tmp_path, tmp_path / "bin"):
        (folder / "git").write_text("#!/bin/sh\n")
        (folder / "git").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", directory)
    assert git_program() is None
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert git_program() == str(tmp_path / "bin" / "git")


def test_a_directory_that_is_gone_is_no_fault(tmp_path: Path) -> None:
    program = git_program()
    assert program is not None
    answer = ask(program, tmp_path / "gone" / ".git", TAGS)
    assert answer.output is None
    assert "gone" in answer.complaint


def test_a_repository_that_cannot_be_read_tells_nothing_about_its_files(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(
        UsageError, match="whether the directory 'cache' came with the git repository"
    ) as caught:
        is_committed(tmp_path / "cache")
    assert str(tmp_path) not in str(caught.value)
    (tmp_path / ".git").rmdir()
    assert not is_committed(tmp_path / "cache")


def test_a_commit_that_is_not_whole_may_have_brought_every_directory(tmp_path: Path) -> None:
    root = repository_at(tmp_path / "shop")
    assert not is_committed(root / "cache")  # nothing was committed yet
    commit(root, {"Ballerina.toml": "", "other/a.txt": ""})
    assert not is_committed(root / "cache")
    tree = git(root, "rev-parse", "HEAD^{tree}")
    (root / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    assert is_committed(root / "cache")
