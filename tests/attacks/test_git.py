"""Whoever makes the repository wants another history to be asked than the one that the user means.

The victim is a gate in CI: `semver check` with a git revision as the baseline. The attacker may send any
files and name branches; in the last part also an archive of a whole clone, with its `.git`.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from support.git_repositories import commit, git, repository_at
from support.packages import manifest

from semverdiff import limits

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver

PUBLISHED = "public function pay() {}\npublic function refund() {}\n"
BROKEN = "public function pay() {}\n"

UNDER_BUMPED = 1
WRONG_USAGE = 2
COULD_NOT_COMPLETE = 3


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a clone of the victim's: released as 1.0.0, and since then one function was removed."""
    root = repository_at(tmp_path / "shop")
    commit(root, {"ballerina/Ballerina.toml": manifest("1.0.0"), "ballerina/a.bal": PUBLISHED}, tag="v1.0.0")
    commit(root, {"ballerina/Ballerina.toml": manifest("1.0.1"), "ballerina/a.bal": BROKEN})
    return root


def flattering_history(folder: Path) -> Path:
    """Make a repository in which the function never was."""
    root = repository_at(folder)
    commit(root, {"Ballerina.toml": manifest("1.0.0"), "a.bal": BROKEN}, tag="v1.0.0")
    return root


# What a pull request can do.


def test_a_bare_repository_among_the_files_of_the_package_is_not_asked(
    semver: Semver, shop: Path, tmp_path: Path
) -> None:
    flattering = flattering_history(tmp_path / "flattering")
    shutil.copytree(flattering / ".git", shop / "ballerina", dirs_exist_ok=True)
    assert semver("check", shop / "ballerina", "--baseline", "git:v1.0.0").code == UNDER_BUMPED


def test_a_bare_repository_is_not_asked_where_there_is_no_other(semver: Semver, tmp_path: Path) -> None:
    package = flattering_history(tmp_path / "flattering")
    (package / ".git").rename(tmp_path / "history")
    shutil.copytree(tmp_path / "history", package, dirs_exist_ok=True)
    ended = semver("check", package, "--baseline", "git:v1.0.0")
    assert ended.code == WRONG_USAGE
    assert "a bare repository is not used" in ended.err


def test_a_branch_named_like_that_of_the_remote_repository_is_not_taken_for_it(
    semver: Semver, shop: Path
) -> None:
    """Some CI systems check a pull request out under its own name, which may be `origin/main`."""
    git(shop, "update-ref", "refs/remotes/origin/main", "v1.0.0")
    git(shop, "checkout", "--quiet", "-b", "origin/main", "HEAD")
    ended = semver("check", shop / "ballerina", "--baseline", "git:origin/main")
    assert ended.code == COULD_NOT_COMPLETE
    assert "more than one meaning" in ended.err
    whole = semver("check", shop / "ballerina", "--baseline", "git:refs/remotes/origin/main")
    assert whole.code == UNDER_BUMPED


def test_a_program_named_git_in_the_package_is_not_started(
    semver: Semver, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = shop / "ballerina"
    program = package / "git"
    program.write_text("#!/bin/sh\ntouch started\n")
    program.chmod(0o755)
    monkeypatch.chdir(package)
    ended = semver("check", "--baseline", "git:v1.0.0", PATH=f".{os.pathsep}{os.environ['PATH']}")
    assert ended.code == UNDER_BUMPED
    assert not (package / "started").exists()


def test_folders_that_hold_each_other_are_not_entered(semver: Semver, shop: Path) -> None:
    """Ten trees of ten entries each, the same ten times: 10,000,000,000 files in 400 bytes."""
    tree = git(shop, "rev-parse", "HEAD:ballerina")
    for _ in range(10):
        lines = "".join(f"040000 tree {tree}\t{name}\n" for name in "abcdefghij")
        tree = _made(shop, lines)
    package = git(shop, "ls-tree", "v1.0.0:ballerina") + f"\n040000 tree {tree}\tresources\n"
    root = f"040000 tree {_made(shop, package)}\tballerina\n"
    released = git(shop, "commit-tree", "-m", "Release", _made(shop, root))
    assert semver("check", shop / "ballerina", "--baseline", f"git:{released}").code == UNDER_BUMPED


@pytest.mark.parametrize("variable", ["SEMVERDIFF_CACHE_DIR", "BALLERINA_HOME_DIR"])
@pytest.mark.parametrize("link", [False, True], ids=["a directory", "a link"])
def test_downloads_that_come_with_a_pull_request_are_no_downloads(
    semver: Semver, shop: Path, variable: str, *, link: bool
) -> None:
    """Some CI systems keep caches below the checkout only, where a change can bring one of its own."""
    released = "kept/repositories/central.ballerina.io/bala/acme/shop/1.0.0/any"
    flattering = {"bala.json": "{}", "package.json": "{}"}
    where = "other" if link else ".cache"
    commit(shop, {f"{where}/{released}/{name}": text for name, text in flattering.items()})
    if link:
        (shop / ".cache").symlink_to("other")
        commit(shop, {})
    named = str(shop / ".cache" / "kept")
    ended = semver("check", shop / "ballerina", "--offline", **{variable: named})
    assert ended.code == WRONG_USAGE
    assert f"the directory that {variable} names holds files of a git repository" in ended.err


def test_downloads_below_a_checkout_are_read_where_they_came_later(semver: Semver, shop: Path) -> None:
    (shop / ".cache").mkdir()
    ended = semver("check", shop / "ballerina", "--offline", SEMVERDIFF_CACHE_DIR=str(shop / ".cache"))
    assert ended.code == COULD_NOT_COMPLETE
    assert "SEMVERDIFF_CACHE_DIR" not in ended.err


def _made(repository: Path, lines: str) -> str:
    """Write a tree into a repository from lines as `git ls-tree` prints them."""
    (repository / ".git" / "lines").write_text(lines)
    return git(repository, "-c", "alias.made=!git mktree <.git/lines", "made")


@pytest.mark.parametrize("question", [("--baseline", "git:v1.0.0"), ("--merge-base", "v1.0.0")])
def test_a_repository_of_the_attacker_in_the_place_of_the_package_is_not_asked(
    semver: Semver, shop: Path, tmp_path: Path, question: tuple[str, str]
) -> None:
    flattering = flattering_history(tmp_path / "flattering")
    git(shop, "rm", "-r", "--quiet", "ballerina")
    git(shop, "submodule", "--quiet", "add", f"file://{flattering}", "ballerina")
    ended = semver("check", shop / "ballerina", *question)
    assert ended.code == COULD_NOT_COMPLETE
    assert "the package became the submodule 'ballerina' after the git revision 'v1.0.0'" in ended.err


@pytest.mark.parametrize("question", [("--baseline", "git:v1.0.0"), ("--merge-base", "v1.0.0")])
@pytest.mark.parametrize(
    ("folder", "files"),
    [
        ("inner/", {"Ballerina.toml": manifest("1.0.0"), "a.bal": BROKEN}),
        ("", {"demo.vproj": "name: demo\nversion: 1.0.0\n", "a.vein": '#space "demo" class A { }'}),
    ],
)
def test_wherever_the_package_lies_in_such_a_repository_it_is_not_asked(
    semver: Semver, tmp_path: Path, folder: str, files: dict[str, str], question: tuple[str, str]
) -> None:
    root, flattering = (repository_at(tmp_path / name) for name in ("all", "flattering"))
    commit(root, {f"lib/{folder}{name}": text for name, text in files.items()}, tag="v1.0.0")
    commit(flattering, {f"{folder}{name}": text for name, text in files.items()}, tag="v1.0.0")
    git(root, "rm", "-r", "--quiet", "lib")
    git(root, "submodule", "--quiet", "add", f"file://{flattering}", "lib")
    ended = semver("check", root / "lib" / folder, *question)
    assert ended.code == COULD_NOT_COMPLETE
    assert "the package became the submodule 'lib' after the git revision 'v1.0.0'" in ended.err


def test_a_submodule_that_was_there_when_nothing_else_was_is_asked(semver: Semver, tmp_path: Path) -> None:
    root, own = (repository_at(tmp_path / name) for name in ("all", "own"))
    files = {"Ballerina.toml": manifest("1.0.0"), "a.bal": "public function f() { }"}
    commit(own, files, tag="v1.0.0")
    commit(root, {"README.md": "x"}, tag="v1.0.0")
    git(root, "submodule", "--quiet", "add", f"file://{own}", "lib")
    ended = semver("check", root / "lib", "--baseline", "git:v1.0.0")
    assert "became the submodule" not in ended.err
    assert "acme/shop" in ended.out


def test_whose_history_was_asked_is_said(semver: Semver, shop: Path, tmp_path: Path) -> None:
    """The superproject does not know the revision, so that nothing tells whether it is the right one."""
    flattering = flattering_history(tmp_path / "flattering")
    git(flattering, "tag", "v0.9.0")
    git(shop, "submodule", "--quiet", "add", f"file://{flattering}", "other")
    ended = semver("check", shop / "other", "--baseline", "git:v0.9.0")
    assert "in the submodule 'other' of 'shop'" in " ".join(ended.out.split())


# What somebody can do who made the whole clone.


def test_other_parents_than_those_of_a_commit_are_not_believed(semver: Semver, shop: Path) -> None:
    """A graft lets the branch start from a commit in which the function was gone already."""
    gone = git(shop, "rev-parse", "HEAD")
    git(shop, "checkout", "--quiet", "--orphan", "other")
    commit(shop, {"ballerina/Ballerina.toml": manifest("1.0.1")})
    head = git(shop, "rev-parse", "HEAD")
    (shop / ".git/info/grafts").write_text(f"{head} {gone}\n")
    ended = semver("check", shop / "ballerina", "--baseline", "none", "--merge-base", gone)
    assert ended.code == COULD_NOT_COMPLETE
    assert "no commit in common" in ended.err


def test_objects_of_another_repository_on_this_machine_are_not_read(
    semver: Semver, shop: Path, tmp_path: Path
) -> None:
    private = repository_at(tmp_path / "private")
    secret = commit(private, {"Ballerina.toml": manifest("1.0.0"), "a.bal": "public function secret() {}"})
    (shop / ".git/objects/info/alternates").write_text(f"{private}/.git/objects\n")
    ended = semver("check", shop / "ballerina", "--baseline", f"git:{secret}:")
    assert ended.code == WRONG_USAGE
    assert "takes objects from another directory" in ended.err
    assert "secret" not in ended.out.replace(secret, "")


def _link_one(objects: Path, others: Path) -> None:
    for folder in (one for one in others.iterdir() if not (objects / one.name).exists()):
        (objects / folder.name).symlink_to(folder)


def _link_each(objects: Path, others: Path) -> None:
    for file in others.glob("??/*"):
        (objects / file.parent.name).mkdir(exist_ok=True)
        if not (objects / file.parent.name / file.name).exists():
            (objects / file.parent.name / file.name).symlink_to(file)


def _link_packs(objects: Path, others: Path) -> None:
    git(others.parent.parent, "repack", "-adq")
    shutil.rmtree(objects / "pack", ignore_errors=True)
    (objects / "pack").symlink_to(others / "pack")


def _link_pack(objects: Path, others: Path) -> None:
    git(others.parent.parent, "repack", "-adq")
    (objects / "pack").mkdir(exist_ok=True)
    for file in (others / "pack").iterdir():
        (objects / "pack" / file.name).symlink_to(file)


def _link_all(objects: Path, others: Path) -> None:
    shutil.rmtree(objects)
    objects.symlink_to(others)


def _share(objects: Path, others: Path) -> None:
    (objects.parent / "commondir").write_text(f"{others.parent}\n")


BORROWED = {
    "all objects": (_link_all, "objects"),
    "a folder of objects": (_link_one, "objects/"),
    "an object": (_link_each, "objects/"),
    "the packs": (_link_packs, "objects/pack"),
    "a pack": (_link_pack, "objects/pack/"),
    "another repository's files": (_share, "commondir"),
}


@pytest.mark.parametrize("attack", BORROWED)
def test_links_to_objects_of_another_repository_are_not_followed(
    semver: Semver, shop: Path, tmp_path: Path, attack: str
) -> None:
    private = repository_at(tmp_path / "private")
    commit(private, {"Ballerina.toml": manifest("1.0.0"), "a.bal": "public function secret() {}"})
    revision = git(private, "rev-parse", "HEAD")
    borrow, place = BORROWED[attack]
    borrow(shop / ".git" / "objects", private / ".git" / "objects")
    ended = semver("check", shop / "ballerina", "--baseline", f"git:{revision}:")
    assert ended.code == WRONG_USAGE
    assert f"takes objects from another directory ({place}" in ended.err
    assert "secret" not in ended.out


def test_links_that_stay_in_a_repository_are_its_own(semver: Semver, shop: Path) -> None:
    objects = shop / ".git" / "objects"
    objects.rename(shop / ".git" / "kept")
    objects.symlink_to("kept")
    assert semver("check", shop / "ballerina", "--baseline", "git:v1.0.0").code == UNDER_BUMPED


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_configuration_without_an_end_stops_nobody(
    semver: Semver, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(shop / ".git" / "pipe")
    monkeypatch.setattr(limits, "GIT_SECONDS", 0.2)
    with (shop / ".git" / "config").open("a") as configuration:
        configuration.write("[include]\n\tpath = pipe\n")
    ended = semver("check", shop / "ballerina", "--baseline", "git:v1.0.0")
    assert ended.code == WRONG_USAGE
    assert "did not answer within" in ended.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_that_another_user_put_above_the_package_is_not_asked(
    semver: Semver, tmp_path: Path
) -> None:
    """On a machine of many users everybody can make `/tmp/.git`."""
    above = flattering_history(tmp_path / "above")
    package = above / "mine"
    package.mkdir()
    for name in ("Ballerina.toml", "a.bal"):
        (above / name).rename(package / name)
    os.chown(above / ".git", 12345, 12345)
    ended = semver("check", package, "--baseline", "git:v1.0.0:")
    assert ended.code == WRONG_USAGE
    assert "belongs to another user" in ended.err
