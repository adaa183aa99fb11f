"""What shells complete: asked in this process as click asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli.examples import OLD
from click.shell_completion import ShellComplete
from support.git_repositories import commit, git, repository_at
from support.packages import manifest, write_package

from semverdiff.cli.program import program

if TYPE_CHECKING:
    from pathlib import Path


def offered(*typed: str) -> set[str]:
    """Return what a shell offers for the last word; a request for files has the name `<file>`."""
    *words, start = typed
    complete = ShellComplete(program, {}, "semver", "_SEMVER_COMPLETE")
    found = complete.get_completions(words, start)
    return {"<file>" if one.type == "file" else one.value for one in found}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with a tag, a branch, and one that a shell would run, and work there."""
    root = repository_at(tmp_path / "shop")
    commit(root, {"Ballerina.toml": manifest(), "orders.bal": OLD}, tag="v1.3.0")
    git(root, "branch", "next")
    git(root, "branch", "$(touch${IFS}x)")
    monkeypatch.chdir(root)
    return root


def test_rules_and_what_they_are_about() -> None:
    assert "record-field-removed" in offered("rules", "explain", "record-field-rem")
    assert offered("rules", "explain", "no-such-") == set()
    assert "record-field" in offered("rules", "list", "--subject", "record-f")


def test_modules_of_the_package_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_package(tmp_path / "shop", {"a.bal": OLD, "modules/stock/b.bal": OLD})
    monkeypatch.chdir(tmp_path)
    assert offered("api", "shop", "--module", "shop.") == {"shop.stock"}
    assert offered("api", "nothing", "--module", "") == set()
    monkeypatch.chdir(tmp_path / "shop")
    assert offered("api", "--module", "") == {"shop", "shop.stock"}


@pytest.mark.usefixtures("repository")
def test_revisions_that_a_shell_can_be_given() -> None:
    assert offered("check", "--merge-base", "") == {"main", "next", "v1.3.0"}
    assert offered("check", "--merge-base", "v") == {"v1.3.0"}


@pytest.mark.usefixtures("repository")
def test_baselines_are_words_revisions_or_files() -> None:
    assert offered("check", "--baseline", "") == {"auto", "none", "central", "local", "git:latest-tag"}
    assert offered("check", "--baseline", "git:") == {"git:latest-tag", "git:main", "git:next", "git:v1.3.0"}
    assert offered("check", "--baseline", "./") == {"<file>"}


@pytest.mark.usefixtures("repository")
def test_both_sides_of_a_comparison() -> None:
    assert offered("diff", "git:v") == {"git:v1.3.0"}
    assert offered("diff", "git:v1.3.0", "git:n") == {"git:next"}
    assert offered("diff", "auto") == {"<file>"}


def test_outside_of_a_repository_no_revision_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert offered("check", "--merge-base", "") == set()


def test_rules_that_can_be_suppressed_and_files() -> None:
    assert "record-field-removed" in offered("suppress", "record-field-rem")
    assert offered("suppress", "readme-miss") == set()
    assert offered("explain-type", "") == {"<file>"}


def test_where_a_package_is_wanted_the_shell_offers_its_files() -> None:
    assert offered("check", "") == {"<file>"}
    assert offered("impact", "sho") == {"<file>"}
