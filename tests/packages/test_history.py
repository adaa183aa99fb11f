"""Single files of revisions: plain ones, links, what is missing or too large, and many at once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support.git_repositories import commit, git, repository_at

from semverdiff import limits
from semverdiff.errors import BaselineError
from semverdiff.packages import (
    commits_of,
    file_at,
    files_named,
    find_revision,
    has_file,
    object_at,
    open_repository,
    read_objects,
    removed_files,
)

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.packages import GitRepository, Revision


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = repository_at(tmp_path / "repository")
    commit(root, {"a.toml": "one\n", "shop/a.toml": "two\n", "shop/deep/a.toml": "three\n"})
    return root


def opened(root: Path) -> tuple[GitRepository, Revision]:
    repository = open_repository(root)
    return repository, find_revision(repository, "HEAD")


def link(root: Path, path: str, target: str) -> None:
    (root / path).symlink_to(target)
    commit(root, {})


@pytest.mark.parametrize(
    ("path", "content"),
    [("a.toml", b"one\n"), ("shop/a.toml", b"two\n"), ("b.toml", None), ("other/a.toml", None)],
)
def test_a_file_is_read_by_its_path(root: Path, path: str, content: bytes | None) -> None:
    assert file_at(*opened(root), path) == content


@pytest.mark.parametrize(
    ("path", "target", "content"),
    [
        ("b.toml", "a.toml", b"one\n"),
        ("shop/b.toml", "../a.toml", b"one\n"),
        ("shop/b.toml", "deep/../a.toml", b"two\n"),
    ],
)
def test_a_link_inside_is_followed(root: Path, path: str, target: str, content: bytes) -> None:
    link(root, path, target)
    assert file_at(*opened(root), path) == content


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("../a.toml", "is a link out of the repository"),
        ("..", "is a link out of the repository"),
        ("/etc/passwd", "is a link out of the repository"),
        ("b.toml", "is a link that leads in a circle"),
        ("missing.toml", "is a link that leads nowhere"),
        (".", "is a link that leads nowhere"),
        ("shop", "is no file"),
    ],
)
def test_a_link_that_leads_out_or_nowhere_is_refused(root: Path, target: str, why: str) -> None:
    link(root, "b.toml", target)
    with pytest.raises(BaselineError, match=f"'b.toml' of the git revision 'HEAD' {why}"):
        file_at(*opened(root), "b.toml")


def test_a_file_is_there_or_not(root: Path) -> None:
    paths = ("a.toml", "shop", "b.toml", "shop/*.toml", "shop/a.toml")
    assert [one for one in paths if has_file(*opened(root), one)] == ["a.toml", "shop/a.toml"]


@pytest.mark.parametrize(
    ("path", "target", "asked", "same"),
    [
        ("x", "a.toml", "x", "HEAD:a.toml"),
        ("x", "shop", "x", "HEAD:shop"),
        ("x", "shop", "x/deep/a.toml", "HEAD:shop/deep/a.toml"),
        ("shop/x", "../shop/./deep", "shop/x/a.toml", "HEAD:shop/deep/a.toml"),
        ("x", ".", "x/shop", "HEAD:shop"),
        ("x", ".", "x", "HEAD"),
        ("x", "/etc/passwd", "x", "HEAD:x"),
        ("x", "../outside", "x/a.toml", "HEAD:x"),
        ("x", "x", "x", "HEAD:x"),
    ],
)
def test_what_a_path_leads_to_is_found_through_all_links(
    root: Path, path: str, target: str, asked: str, same: str
) -> None:
    link(root, path, target)
    assert object_at(*opened(root), asked) == git(root, "rev-parse", same)


def test_the_root_changes_with_every_commit(root: Path) -> None:
    assert object_at(*opened(root), ".") == git(root, "rev-parse", "HEAD")
    assert object_at(*opened(root), "missing") is None


def test_a_file_that_is_too_large_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TEXT_BYTES", 3)
    with pytest.raises(BaselineError, match="too large: expected at most 3 bytes"):
        file_at(*opened(root), "a.toml")


def test_files_of_a_name_are_found_everywhere(root: Path) -> None:
    assert files_named(*opened(root), "a.toml".__eq__) == ("a.toml", "shop/a.toml", "shop/deep/a.toml")
    assert files_named(*opened(root), "b.toml".__eq__) == ()
    assert files_named(*opened(root), "a.toml".__eq__, "shop") == ("shop/a.toml", "shop/deep/a.toml")
    assert files_named(*opened(root), "a.toml".__eq__, "sho") == ()


def test_commits_of_a_file_are_the_newest_first(root: Path) -> None:
    first = git(root, "rev-parse", "HEAD")
    commit(root, {"other.toml": "x\n"})
    second = commit(root, {"shop/a.toml": "changed\n"})
    assert commits_of(*opened(root), "shop/a.toml") == (second, first)
    assert commits_of(*opened(root), "*.toml") == ()
    repository, revision = opened(root)
    assert commits_of(repository, type(revision)("gone", "0" * 40), "a.toml") is None


def test_objects_are_read_at_once_and_what_is_no_file_is_none(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, _ = opened(root)
    broken = "HEAD:a.toml\nHEAD:a.toml"
    names = ["HEAD:a.toml", "HEAD:missing file.toml", broken, "HEAD:shop", "HEAD:shop/a.toml"]
    assert read_objects(repository, names) == (b"one\n", None, None, None, b"two\n")
    assert read_objects(repository, []) == ()
    monkeypatch.setattr(limits, "TEXTS_BYTES", 3)
    assert read_objects(repository, names) is None


def test_a_link_whose_target_is_not_here_leads_to_nothing_that_is_known(root: Path) -> None:
    link(root, "b.toml", "a.toml")
    oid = git(root, "rev-parse", "HEAD:b.toml")
    (root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    with pytest.raises(BaselineError, match=r"^'b\.toml' of the git revision 'HEAD' is not on this"):
        object_at(*opened(root), "b.toml")


def test_files_that_commits_removed_are_not_known_where_git_fails(root: Path) -> None:
    git(root, "rm", "--quiet", "a.toml")
    git(root, "commit", "--quiet", "--message", "Remove")
    repository, revision = opened(root)
    assert removed_files(repository, [revision.commit]) == ("a.toml",)
    shutil.rmtree(root / ".git" / "objects")
    assert removed_files(repository, [revision.commit]) is None
