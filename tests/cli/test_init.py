"""`semver init` writes what a project begins with, says so, and takes nothing away."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.git_repositories import commit, git, repository_at
from support.packages import write_package

from semverdiff import config, pipeline
from semverdiff.ballerina import FRONT_END
from semverdiff.config import Options

if TYPE_CHECKING:
    from cli.conftest import Semver

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "semverdiff" / "cli" / "templates"
FILES = {"github": ".github/workflows/semver.yml", "gitlab": ".gitlab/semver.yml"}


@pytest.fixture(autouse=True)
def _no_configuration_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a repository with a package in a folder, where the tests are."""
    root = repository_at(tmp_path)
    write_package(root / "shop", {"main.bal": "public function f() {}\n"})
    return root


def settings(package: Path) -> config.Settings:
    return pipeline.load_settings(FRONT_END, package, Options(), {})


def test_the_settings_that_are_written_decide_nothing(semver: Semver, clone: Path) -> None:
    before = settings(clone / "shop")
    ended = semver("init", "shop")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("shop/Semver.toml written.")
    assert settings(clone / "shop") == before


def test_every_line_that_is_commented_out_may_be_used(semver: Semver, clone: Path) -> None:
    semver("init", "shop")
    file = clone / "shop" / "Semver.toml"
    text = file.read_text("utf-8")
    opened = re.sub(r"^# (?=[\w-]+ = |\[\[)", "", text, flags=re.MULTILINE)
    assert len(tomllib.loads(opened)["check"]) == 5
    file.write_text(opened, "utf-8")
    assert len(settings(clone / "shop").suppressions) == 1


@pytest.mark.parametrize(("service", "path"), FILES.items())
def test_a_file_for_ci_lies_in_the_repository_and_names_the_package(
    semver: Semver, clone: Path, service: str, path: str
) -> None:
    ended = semver("init", "shop", "--ci", service)
    assert ended.code == 0
    assert f"{path} written." in ended.out
    assert "semver check shop --merge-base" in (clone / path).read_text("utf-8")
    assert "@" not in re.sub(r"uses: \S+@", "", (clone / path).read_text("utf-8"))


def test_a_hook_can_be_started(semver: Semver, clone: Path) -> None:
    assert semver("init", "shop", "--hook").code == 0
    hook = clone / ".git" / "hooks" / "pre-push"
    assert hook.stat().st_mode & stat.S_IXUSR
    assert "semver check shop" in hook.read_text("utf-8")


def test_a_file_that_is_there_stays_and_nothing_else_is_written(semver: Semver, clone: Path) -> None:
    hook = clone / ".git" / "hooks" / "pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("mine", "utf-8")
    ended = semver("init", "shop", "--ci", "github", "--hook")
    assert (ended.code, ended.out) == (2, "")
    assert "'.git/hooks/pre-push' is there already: nothing was written" in " ".join(ended.err.split())
    assert hook.read_text("utf-8") == "mine"
    assert not (clone / ".github").exists()
    assert not (clone / "shop" / "Semver.toml").exists()
    assert semver("init", "shop", "--hook", "--force").code == 0
    assert "semver check" in hook.read_text("utf-8")


def test_settings_that_are_there_stay_where_more_was_asked_for(semver: Semver, clone: Path) -> None:
    file = clone / "shop" / "Semver.toml"
    file.write_text("[check]\nstrict = true\n", "utf-8")
    assert semver("init", "shop").code == 2
    ended = semver("init", "shop", "--ci", "github")
    assert ended.code == 0
    assert "Semver.toml is there already, and stays as it is." in ended.out
    assert file.read_text("utf-8") == "[check]\nstrict = true\n"


def test_force_replaces_settings_too(semver: Semver, clone: Path) -> None:
    (clone / "shop" / "Semver.toml").write_text("[check]\nstrict = true\n", "utf-8")
    assert semver("init", "shop", "--ci", "github", "--force").code == 0
    assert settings(clone / "shop").strict is False


def test_what_cannot_be_written_is_said(semver: Semver, clone: Path) -> None:
    (clone / ".github").write_text("a file in the way")
    ended = semver("init", "shop", "--ci", "github")
    assert ended.code == 3
    assert "'semver.yml' cannot be written" in ended.err


def test_no_link_of_the_repository_is_followed(semver: Semver, clone: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (clone / ".github").symlink_to(elsewhere)
    ended = semver("init", "shop", "--ci", "github", "--force")
    assert ended.code == 2
    assert "leads over a link" in ended.err
    assert list(elsewhere.iterdir()) == []


def test_a_path_that_a_shell_would_take_apart_is_refused(semver: Semver, clone: Path) -> None:
    (clone / "shop").rename(clone / "my $(shop)")
    ended = semver("init", "my $(shop)", "--ci", "github")
    assert ended.code == 2
    assert "no plain text in a command" in " ".join(ended.err.split())
    assert not (clone / ".github").exists()


def test_a_hook_is_written_for_all_worktrees_of_a_clone(semver: Semver, clone: Path, tmp_path: Path) -> None:
    commit(clone, {})
    tree = tmp_path / "tree"
    git(clone, "worktree", "add", "-q", str(tree))
    ended = semver("init", str(tree / "shop"), "--hook")
    assert (ended.code, ended.err) == (0, "")
    assert ".git/hooks/pre-push written." in ended.out
    assert (clone / ".git" / "hooks" / "pre-push").is_file()


def test_a_hook_is_written_where_the_repository_keeps_its_hooks(semver: Semver, clone: Path) -> None:
    git(clone, "config", "core.hooksPath", ".githooks")
    ended = semver("init", "shop", "--hook")
    assert ended.code == 0
    assert ".githooks/pre-push written." in ended.out
    assert (clone / ".githooks" / "pre-push").is_file()
    assert not (clone / ".git" / "hooks" / "pre-push").exists()


@pytest.mark.parametrize("place", ["repository", "user"])
def test_no_hook_is_written_that_other_repositories_would_run(
    semver: Semver,
    clone: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shared = elsewhere / "hooks"
    file = elsewhere / "gitconfig" if place == "user" else clone / ".git" / "config"
    git(clone, "config", "--file", str(file), "core.hooksPath", str(shared))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(elsewhere / "gitconfig"))
    ended = semver("init", "shop", "--hook")
    assert ended.code == 2
    assert "are outside of it (core.hooksPath)" in " ".join(ended.err.split())
    assert not shared.exists()
    assert not (clone / "shop" / "Semver.toml").exists()


def test_a_hook_needs_a_repository(semver: Semver, tmp_path: Path) -> None:
    write_package(tmp_path / "shop", {"main.bal": ""})
    assert semver("init", "shop", "--hook").code == 2
    assert not (tmp_path / "shop" / "Semver.toml").exists()


def test_a_package_is_needed(semver: Semver) -> None:
    ended = semver("init")
    assert ended.code == 2
    assert "is not in a Ballerina package" in ended.err


@pytest.mark.parametrize(
    ("template", "language"), [("github.yml", "yaml"), ("gitlab.yml", "yaml"), ("pre-push", "sh")]
)
def test_the_documentation_shows_what_is_written(
    semver: Semver, tmp_path: Path, template: str, language: str
) -> None:
    repository_at(tmp_path)
    write_package(tmp_path, {"main.bal": ""})
    assert (
        semver("init", "--hook", "--ci", template.partition(".")[0] if language == "yaml" else "github").code
        == 0
    )
    written = {
        "github.yml": FILES["github"],
        "gitlab.yml": FILES["gitlab"],
        "pre-push": ".git/hooks/pre-push",
    }[template]
    page = {"github.yml": "github.md", "gitlab.yml": "gitlab.md", "pre-push": "hooks.md"}[template]
    block = f"```{language}\n{(tmp_path / written).read_text('utf-8')}```"
    assert block in (ROOT / "docs" / "how-to" / page).read_text("utf-8")
