"""What is installed for tests and releases: all that pyproject.toml asks for, by version and hash."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from requirements import main

if TYPE_CHECKING:
    from pathlib import Path

PURPOSES = ["browser", "build", "dev", "docs", "fuzz", "lock", "release", "run"]


@pytest.fixture
def copy(tmp_path: Path, repository: Path) -> Path:
    """Return a copy of what the script reads."""
    shutil.copytree(repository / "requirements", tmp_path / "requirements")
    shutil.copy(repository / "pyproject.toml", tmp_path)
    return tmp_path


def complaint(copy: Path) -> str:
    """Return what the check says; it needs no network."""
    return main(["--check"], copy) or ""


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_each_purpose_has_its_file(copy: Path) -> None:
    assert complaint(copy) == ""
    assert sorted(file.stem for file in (copy / "requirements").iterdir()) == PURPOSES


@pytest.mark.parametrize(
    ("old", "new", "purposes"),
    [
        ('"click>=8.4,<9"', '"click>=8.5,<9"', {"dev", "run"}),
        ('"pytest>=9,<10"', '"pytest>=9.1,<10"', {"dev"}),
        ('requires-python = ">=3.11"', 'requires-python = ">=3.12"', set(PURPOSES)),
        ('requires = ["setuptools>=77"]', 'requires = ["setuptools>=80"]', {"build", "dev", "release"}),
    ],
)
def test_a_change_of_what_is_asked_for_is_noticed(copy: Path, old: str, new: str, purposes: set[str]) -> None:
    change(copy / "pyproject.toml", old, new)
    told = complaint(copy)
    assert {
        purpose for purpose in PURPOSES if f"{purpose}.txt is not of these requirements" in told
    } == purposes
    assert told.endswith("run 'make requirements'")


def test_a_file_that_is_missing_is_noticed(copy: Path) -> None:
    (copy / "requirements" / "fuzz.txt").unlink()
    assert "fuzz.txt is not of these requirements; fuzz.txt does not hold atheris" in complaint(copy)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("click>=8\n", "run.txt: click>=8"),
        ("click==8.5.1\n", "run.txt: click==8.5.1"),  # without a hash
        (f"click==8.* --hash=sha256:{'0' * 64}\n", "run.txt: click==8.*"),
        (f"x @ file:///x --hash=sha256:{'0' * 64}\n", "run.txt: x"),
        ("--extra-index-url file:///x\n", "run.txt: --extra-index-url"),
    ],
)
def test_a_package_of_no_certain_content_is_noticed(copy: Path, line: str, expected: str) -> None:
    with (copy / "requirements" / "run.txt").open("a", encoding="utf-8") as file:
        file.write(line)
    assert complaint(copy).startswith(f"{expected}: run ")


def test_a_version_that_is_not_asked_for_is_noticed(copy: Path) -> None:
    change(copy / "requirements" / "run.txt", "\nclick==8", "\nclick==7")
    assert "run.txt does not hold click<9,>=8.4" in complaint(copy)
