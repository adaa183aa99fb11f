"""A working directory that was removed: the error is said, and a document is valid, whatever was asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver

COMMANDS = {
    "a check": ("check", "--baseline", "none"),
    "a check of an archive": ("check", "shop.bala"),
    "a check of several packages": ("check", "one", "two"),
    "a check of a workspace": ("check", "--workspace"),
    "a check of a change set": ("check", "--merge-base", "main"),
    "a comparison": ("diff", "one", "two"),
    "a listing": ("api",),
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_a_document_is_valid_where_the_directory_is_gone(
    semver: Semver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    lost = tmp_path / "lost"
    lost.mkdir()
    monkeypatch.chdir(lost)
    lost.rmdir()
    ended = semver(*arguments, "--format", "json")
    document = json.loads(ended.out)
    found = document.get("packages", [document])
    assert ended.code in {2, 3}
    assert all(one["outcome"] == "error" and one["errors"] for one in found if "outcome" in one)
    assert document.get("outcome", "error") == "error"
    assert "error: " in ended.err


def test_the_error_says_what_to_do(semver: Semver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = tmp_path / "lost"
    lost.mkdir()
    monkeypatch.chdir(lost)
    lost.rmdir()
    ended = semver("check", "--format", "json")
    assert ended.code == 3
    (error,) = json.loads(ended.out)["errors"]
    assert error["message"].startswith("the directory that this was started in is no longer there")
