"""Packages of git revisions: the same as a checkout of them, from repositories that nobody vouches for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from support.git_repositories import commit, git, repository_at
from support.packages import manifest

from semverdiff import limits
from semverdiff.errors import BaselineError, ManifestError, SourceError, UsageError
from semverdiff.packages import (
    Package,
    file_at,
    files_named,
    find_merge_base,
    find_revision,
    has_file,
    object_at,
    open_repository,
    read_directory,
    read_revision,
    tags_of,
)
from semverdiff.packages.git_repository import open_directory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILES = {
    "Ballerina.toml": manifest("1.0.0"),
    "main.bal": "public function f() {}\n",
    "modules/orders/orders.bal": "public function g() {}\r\n",
    "modules/orders/tests/t.bal": "not a source",
    "generated/made.bal": "public function h() {}\n",
    "tests/main_test.bal": "not a source",
    "Package.md": "# shop",
    "ümlaut.bal": "// a name in UTF-8\n",
}


def read(place: Path, name: str, folder: str | None = None) -> Package:
    repository = open_repository(place)
    revision = find_revision(repository, name)
    return read_revision(repository, revision, repository.folder if folder is None else folder)


@pytest.fixture
def cloned(tmp_path: Path) -> Path:
    """Return a repository with two commits, the first one tagged."""
    repository = repository_at(tmp_path / "shop")
    commit(repository, FILES, tag="v1.0.0")
    commit(repository, {"Ballerina.toml": manifest("1.1.0"), "more.bal": "public function i() {}\n"})
    return repository


def test_a_revision_is_read_as_its_checkout_would_be(cloned: Path, tmp_path: Path) -> None:
    git(cloned, "worktree", "add", "--quiet", str(tmp_path / "old" / "shop"), "v1.0.0")
    expected = read_directory(tmp_path / "old" / "shop")
    found = read(cloned, "v1.0.0")
    assert found.modules == expected.modules
    assert found.manifest == expected.manifest
    assert (found.organization, found.name, found.version) == ("acme", "shop", "1.0.0")
    assert found.provenance.source == "git"
    assert found.provenance.repository == git(cloned, "rev-parse", "v1.0.0")
    assert (found.provenance.digest, found.provenance.digest_verified) == (None, False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("HEAD", "1.1.0"),
        ("HEAD~1", "1.0.0"),
        ("v1.0.0", "1.0.0"),
        ("tags/v1.0.0", "1.0.0"),
        ("refs/tags/annotated", "1.0.0"),
        ("main", "1.1.0"),
        ("main@{0}", "1.1.0"),
        ("feature/x", "1.0.0"),
    ],
)
def test_every_way_to_name_a_commit_works(cloned: Path, name: str, version: str) -> None:
    git(cloned, "tag", "--annotate", "--message", "x", "annotated", "v1.0.0")
    git(cloned, "branch", "feature/x", "v1.0.0")
    assert read(cloned, name).version == version


def test_a_commit_may_be_named_by_its_id_or_the_first_digits(cloned: Path) -> None:
    commit_id = git(cloned, "rev-parse", "v1.0.0")
    assert read(cloned, commit_id).version == read(cloned, commit_id[:8]).version == "1.0.0"


def test_uncommitted_changes_are_not_part_of_a_revision(cloned: Path) -> None:
    (cloned / "Ballerina.toml").write_text(manifest("9.9.9"))
    (cloned / "new.bal").write_text("public function n() {}")
    git(cloned, "add", "new.bal")
    assert read(cloned, "HEAD").version == "1.1.0"
    assert all(file.path != "new.bal" for file in read(cloned, "HEAD").modules[0].files)


def test_nothing_in_the_repository_changes(cloned: Path) -> None:
    before = {path: path.read_bytes() for path in cloned.rglob("*") if path.is_file()}
    read(cloned, "HEAD~1")
    assert {path: path.read_bytes() for path in cloned.rglob("*") if path.is_file()} == before


def test_a_package_below_the_root_is_found_from_inside(tmp_path: Path) -> None:
    root = repository_at(tmp_path / "module-shop")
    commit(root, {f"ballerina/{path}": text for path, text in FILES.items()})
    assert open_repository(root / "ballerina").folder == "ballerina"
    assert read(root / "ballerina", "HEAD").version == "1.0.0"
    assert read(root, "HEAD", "ballerina").version == "1.0.0"
    assert read(root / "ballerina/modules/orders", "HEAD", "ballerina").version == "1.0.0"
    with pytest.raises(UsageError, match=r"the root of the git revision 'HEAD' is no Ballerina package"):
        read(root, "HEAD")
    with pytest.raises(BaselineError, match="has no directory 'java'"):
        read(root, "HEAD", "java")


def test_a_folder_or_a_submodule_of_the_manifests_name_is_no_manifest(tmp_path: Path) -> None:
    root = repository_at(tmp_path / "shop")
    of_itself = commit(root, {"folder/Ballerina.toml/main.bal": "", "module/main.bal": ""})
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{of_itself},module/Ballerina.toml")
    git(root, "commit", "--quiet", "-m", "a submodule")
    for name in ("folder", "module"):
        with pytest.raises(UsageError, match=f"'{name}' of the git revision 'HEAD' is no Ballerina package"):
            read(root, "HEAD", name)


def test_a_missing_name_is_taken_from_the_folder_or_the_clone(tmp_path: Path) -> None:
    root = repository_at(tmp_path / "cart")
    commit(root, {"Ballerina.toml": "", "main.bal": "", "box/Ballerina.toml": "", "box/main.bal": ""})
    assert read(root, "HEAD").name == "cart"
    assert read(root, "HEAD", "box").name == "box"
    assert read(root / "box", "HEAD", "").name == "cart"


def test_a_worktree_and_a_submodule_are_repositories_too(cloned: Path, tmp_path: Path) -> None:
    git(cloned, "worktree", "add", "--quiet", str(tmp_path / "second"))
    assert read(tmp_path / "second", "v1.0.0").version == "1.0.0"
    outer = repository_at(tmp_path / "outer")
    git(outer, "submodule", "--quiet", "add", f"file://{cloned}", "shop")
    assert read(outer / "shop", "v1.0.0").version == "1.0.0"
    assert open_repository(outer / "shop").superproject == outer
    assert open_repository(tmp_path / "second").superproject is None


def test_a_repository_inside_another_is_no_submodule_of_it(cloned: Path) -> None:
    inner = repository_at(cloned / "inner")
    commit(inner, FILES)
    assert open_repository(inner).superproject is None


def test_the_directory_of_a_repository_may_be_a_link(cloned: Path, tmp_path: Path) -> None:
    (cloned / ".git").rename(tmp_path / "history")
    (cloned / ".git").symlink_to(tmp_path / "history")
    assert read(cloned, "v1.0.0").version == "1.0.0"


def test_a_bare_repository_is_read_where_it_is_named_and_found_nowhere(cloned: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(cloned), "bare.git")
    repository = open_directory(tmp_path / "bare.git")
    assert read_revision(repository, find_revision(repository, "v1.0.0"), "").version == "1.0.0"
    with pytest.raises(UsageError, match="a bare repository is not used, a clone of it is"):
        open_repository(tmp_path / "bare.git")


def test_a_repository_that_names_its_objects_by_sha_256_is_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--object-format=sha256", "shop")
    commit(tmp_path / "shop", FILES, tag="v1.0.0")
    assert len(find_revision(open_repository(tmp_path / "shop"), "v1.0.0").commit) == 64
    assert read(tmp_path / "shop", "v1.0.0").version == "1.0.0"


def test_a_sparse_checkout_is_read_whole(cloned: Path) -> None:
    git(cloned, "sparse-checkout", "set", "docs")
    assert not (cloned / "modules").exists()
    assert len(read(cloned, "HEAD").modules) == 2


def test_tags_are_listed(cloned: Path) -> None:
    git(cloned, "tag", "shop/v0.9.0")
    assert tags_of(open_repository(cloned)) == ("shop/v0.9.0", "v1.0.0")


def test_tags_whose_names_would_garble_a_report_are_left_out(cloned: Path) -> None:
    git(cloned, "tag", "v2.0.0\u202e")
    assert tags_of(open_repository(cloned)) == ("v1.0.0",)


def test_the_merge_base_is_where_the_histories_parted(cloned: Path) -> None:
    git(cloned, "switch", "--quiet", "--create", "feature", "v1.0.0")
    commit(cloned, {"feature.bal": ""})
    repository = open_repository(cloned)
    assert find_merge_base(repository, "main").commit == find_revision(repository, "v1.0.0").commit


# What is not there.


def test_histories_that_have_nothing_in_common_have_no_merge_base(cloned: Path) -> None:
    git(cloned, "switch", "--quiet", "--orphan", "other")
    commit(cloned, {"other.bal": ""})
    with pytest.raises(BaselineError, match="have no commit in common: expected a branch that this one"):
        find_merge_base(open_repository(cloned), "main")


def test_in_a_shallow_clone_the_merge_base_may_lie_beyond_what_was_fetched(
    cloned: Path, tmp_path: Path
) -> None:
    git(cloned, "switch", "--quiet", "--create", "feature", "v1.0.0")
    commit(cloned, {"feature.bal": ""})
    clone = ("clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{cloned}", "shallow")
    git(tmp_path, *clone)
    with pytest.raises(BaselineError, match="shallow clone: fetch the history with 'git fetch --unshallow"):
        find_merge_base(open_repository(tmp_path / "shallow"), "origin/main")


def test_a_repository_that_is_removed_meanwhile_does_not_seem_to_have_nothing(cloned: Path) -> None:
    repository = open_repository(cloned)
    revision = find_revision(repository, "HEAD")
    shutil.rmtree(cloned / ".git")
    with pytest.raises(BaselineError, match="the tags of the git repository 'shop' cannot be listed"):
        tags_of(repository)
    for question in (has_file, file_at, object_at):
        with pytest.raises(
            BaselineError, match=r"whether the git revision 'HEAD' has 'a\.bal' cannot be told"
        ):
            question(repository, revision, "a.bal")
    assert files_named(repository, revision, "a.bal".__eq__) is None


def test_a_tag_is_one_name_whatever_else_breaks_lines(cloned: Path) -> None:
    git(cloned, "tag", "v1.1.0\u2028v9.9.9")
    assert "v9.9.9" not in tags_of(open_repository(cloned))


def test_a_folder_without_a_repository_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"in no git repository .*found none") as caught:
        open_repository(tmp_path)
    assert str(tmp_path) not in str(caught.value)


def test_without_git_the_remedy_is_said(cloned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="no program 'git' on the PATH"):
        open_repository(cloned)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["v9.9.9", "HEAD~99", "--all", "-h", "v1.0.0..HEAD", "", "x\0y", "HEAD^{tree}"]
)
def test_a_revision_that_is_not_there_is_said(cloned: Path, name: str) -> None:
    with pytest.raises(BaselineError, match="is not in this repository: expected a commit") as caught:
        find_revision(open_repository(cloned), name)
    assert caught.value.exit_code == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("v1.0.0", "git fetch --depth=1 origin tag v1.0.0"),
        ("shop-1.0.0", "git fetch --depth=1 origin tag shop-1.0.0"),
        ("stable", "git fetch --depth=1 origin stable:stable"),
        ("origin/stable", "git fetch --depth=1 origin stable:refs/remotes/origin/stable"),
        ("HEAD~1", "git fetch --unshallow --tags origin"),
    ],
)
def test_in_a_shallow_clone_the_message_holds_the_command_that_helps(
    cloned: Path, tmp_path: Path, name: str, command: str
) -> None:
    git(cloned, "branch", "stable", "v1.0.0")
    git(cloned, "tag", "shop-1.0.0", "v1.0.0")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{cloned}", "shallow")
    shallow = tmp_path / "shallow"
    with pytest.raises(BaselineError, match="shallow clone: fetch it with") as caught:
        read(shallow, name)
    assert f"'{command}'" in str(caught.value)
    git(shallow, *command.split()[1:])
    assert read(shallow, name).version == "1.0.0"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["origin/stable", "v1.0.0", "HEAD~1"])
def test_in_a_shallow_clone_one_command_brings_what_a_merge_base_needs(
    cloned: Path, tmp_path: Path, name: str
) -> None:
    git(cloned, "branch", "stable", "v1.0.0")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{cloned}", "shallow")
    shallow = tmp_path / "shallow"
    with pytest.raises(BaselineError, match="shallow clone: fetch it with") as caught:
        find_merge_base(open_repository(shallow), name)
    command = re.search(r"'git (fetch [^']*)'", str(caught.value))
    assert command is not None
    git(shallow, *command[1].split())
    assert find_merge_base(open_repository(shallow), name).commit == git(cloned, "rev-parse", "v1.0.0")


def test_in_a_shallow_clone_a_commit_is_fetched_by_its_id(cloned: Path, tmp_path: Path) -> None:
    commit_id = git(cloned, "rev-parse", "v1.0.0")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{cloned}", "shallow")
    with pytest.raises(BaselineError, match=f"'git fetch --depth=1 origin {commit_id}'"):
        read(tmp_path / "shallow", commit_id)


def test_a_partial_clone_is_not_completed_behind_the_users_back(cloned: Path, tmp_path: Path) -> None:
    git(cloned, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", "--no-checkout", f"file://{cloned}", "partial")
    with pytest.raises(BaselineError, match="a partial clone"):
        read(tmp_path / "partial", "v1.0.0")


def test_a_damaged_repository_is_told_with_the_command_that_says_more(cloned: Path) -> None:
    file = _object(cloned, "HEAD:more.bal")
    file.write_bytes(file.read_bytes()[:-8])
    with pytest.raises(BaselineError, match=r"^git could not read the files of the revision: 'git fsck'"):
        read(cloned, "HEAD")


def test_a_file_that_was_not_fetched_is_told_with_the_command_that_fetches_it(cloned: Path) -> None:
    _object(cloned, "HEAD:more.bal").unlink()
    with pytest.raises(BaselineError, match=r"^a file of the git revision is not on this machine"):
        read(cloned, "HEAD")


def _object(repository: Path, name: str) -> Path:
    """Return the file of an object, which can be written to."""
    oid = git(repository, "rev-parse", name)
    file = repository / ".git/objects" / oid[:2] / oid[2:]
    file.chmod(0o644)
    return file


def test_a_directory_that_was_removed_meanwhile_is_in_no_repository(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'gone' is in no git repository that can be read"):
        open_repository(tmp_path / "gone")


@pytest.mark.parametrize(
    ("files", "error", "said"),
    [
        ({"Ballerina.toml": "[package"}, ManifestError, "invalid TOML"),
        ({"Ballerina.toml": '[workspace]\npackages = ["a"]'}, UsageError, "is a workspace"),
        ({"main.bal": "\udcff", "ümlaut.bal": ""}, SourceError, "UTF-8"),
    ],
)
def test_a_broken_package_is_as_broken_as_in_a_directory(
    cloned: Path, files: dict[str, str], error: type[Exception], said: str
) -> None:
    for path, text in files.items():
        (cloned / path).write_bytes(text.encode(errors="surrogateescape"))
    commit(cloned, {})
    with pytest.raises(error, match=said):
        read(cloned, "HEAD")


# What must not be trusted.


@pytest.mark.parametrize(
    "path",
    [
        *("main.bal", "modules/cart", "modules", "Ballerina.toml", "modules/orders/o.bal"),
        *("generated", "generated/cart", "generated/made.bal", "generated/orders/o.bal"),
    ],
)
def test_a_link_where_sources_may_be_is_refused(tmp_path: Path, path: str) -> None:
    root = repository_at(tmp_path / "shop")
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).symlink_to("elsewhere")
    commit(root, {"Ballerina.toml": manifest("1.0.0")} if path != "Ballerina.toml" else {"main.bal": ""})
    with pytest.raises(SourceError, match=f"'{path}' is a link"):
        read(root, "HEAD")


FOLLOWED = {
    "a source": ({"shop/a.bal": "../shared/a.bal"}, {"shared/a.bal": "A"}, {"shop": ["A"]}),
    "a source of another name": ({"shop/a.bal": "../shared/b.bal"}, {"shared/b.bal": "B"}, {"shop": ["B"]}),
    "a chain": ({"shop/a.bal": "b.bal", "shop/b.bal": "../c.bal"}, {"c.bal": "C"}, {"shop": ["C", "C"]}),
    "a module": (
        {"shop/modules/m": "../../shared/m"},
        {"shared/m/m.bal": "M", "shop/main.bal": ""},
        {"shop": [""], "shop.m": ["M"]},
    ),
    "all modules": (
        {"shop/modules": "../shared"},
        {"shared/m/m.bal": "M", "shared/n/n.bal": "N", "shop/main.bal": ""},
        {"shop": [""], "shop.m": ["M"], "shop.n": ["N"]},
    ),
    "a module among other ones": (
        {"shop/modules/m": "n"},
        {"shop/modules/n/n.bal": "N", "shop/main.bal": ""},
        {"shop": [""], "shop.m": ["N"], "shop.n": ["N"]},
    ),
    "the way through a folder that is a link": (
        {"shop/a.bal": "../other/a.bal", "other": "shared"},
        {"shared/a.bal": "A"},
        {"shop": ["A"]},
    ),
    "a manifest": (
        {"shop/Dependencies.toml": "../Dependencies.toml"},
        {"Dependencies.toml": "", "shop/main.bal": ""},
        {"shop": [""]},
    ),
}


def _linked(tmp_path: Path, links: Mapping[str, str], files: Mapping[str, str]) -> Path:
    """Return the folder `shop` of a repository with these links and files."""
    root = repository_at(tmp_path / "repository")
    for path, target in links.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)
    commit(root, {"shop/Ballerina.toml": manifest("1.0.0"), **files})
    return root / "shop"


@pytest.mark.parametrize(("links", "files", "modules"), FOLLOWED.values(), ids=FOLLOWED)
def test_links_inside_of_the_repository_are_followed_as_on_disk(
    tmp_path: Path, links: dict[str, str], files: dict[str, str], modules: dict[str, list[str]]
) -> None:
    shop = _linked(tmp_path, links, files)

    for package in (read(shop, "HEAD"), read_directory(shop)):
        found = {one.name: [file.content.decode() for file in one.files] for one in package.modules}
        assert found == modules


REFUSED = {
    "out of the repository": ({"shop/a.bal": "../../a.bal"}, {}),
    "out of the repository, by way of a folder": ({"shop/a.bal": "../out/a.bal", "out": "/etc"}, {}),
    "in a circle": ({"shop/a.bal": "b.bal", "shop/b.bal": "a.bal"}, {}),
    "to nothing": ({"shop/a.bal": "../gone.bal"}, {}),
    "to another kind of file": ({"shop/a.bal": "../secret"}, {"secret": "x"}),
    "to a folder": ({"shop/a.bal": "../folder"}, {"folder/a.bal": ""}),
    "to a file, from a folder": ({"shop/modules/m": "../../a.bal"}, {"a.bal": ""}),
    "to a manifest of another name": ({"shop/Dependencies.toml": "../a.toml"}, {"a.toml": ""}),
    "to the repository": ({"shop/modules/m": "../.."}, {}),
}


@pytest.mark.parametrize(("links", "files"), REFUSED.values(), ids=REFUSED)
def test_other_links_are_refused(tmp_path: Path, links: dict[str, str], files: dict[str, str]) -> None:
    shop = _linked(tmp_path, links, {"shop/main.bal": "", **files})

    with pytest.raises(SourceError, match="is a link out of the repository, to nothing, in a circle"):
        read(shop, "HEAD")


def test_only_so_many_links_are_followed(tmp_path: Path) -> None:
    links = {f"shop/l{number}.bal": "main.bal" for number in range(limits.GIT_PACKAGE_LINKS + 1)}
    others = {f"shop/a{number}.md": "main.bal" for number in range(10)}  # of these nobody asks
    shop = _linked(tmp_path, links | others, {"shop/main.bal": ""})

    with pytest.raises(SourceError) as caught:
        read(shop, "HEAD")

    assert len(caught.value.mistakes) == 1


def test_a_link_elsewhere_is_nobodys_business(cloned: Path) -> None:
    (cloned / "docs").mkdir()
    (cloned / "docs" / "main.bal").symlink_to("../main.bal")
    (cloned / "README.md").symlink_to("Package.md")
    commit(cloned, {})
    assert read(cloned, "HEAD").version == "1.1.0"


def test_a_submodule_where_sources_may_be_is_refused(cloned: Path) -> None:
    git(cloned, "submodule", "--quiet", "add", f"file://{cloned}", "modules/cart")
    commit(cloned, {})
    with pytest.raises(SourceError, match="'modules/cart' is a submodule"):
        read(cloned, "HEAD")


def test_nothing_that_the_repository_configures_is_started(cloned: Path, tmp_path: Path) -> None:
    marker = tmp_path / "started"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{marker}'\n")
    program.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.editor",
        "core.askPass",
        "diff.external",
        "filter.x.smudge",
        "filter.x.clean",
        "diff.x.textconv",
        "credential.helper",
        "uploadpack.packObjectsHook",
    ):
        git(cloned, "config", key, str(program))
    git(cloned, "config", "alias.ls-tree", f"!{program}")
    git(cloned, "config", "core.hooksPath", str(tmp_path))
    (tmp_path / "post-index-change").symlink_to(program)
    (cloned / ".gitattributes").write_text("*.bal filter=x diff=x\n")
    assert read(cloned, "HEAD").version == "1.1.0"
    assert not marker.exists()


def test_replacement_objects_are_shut_out(cloned: Path) -> None:
    git(cloned, "replace", "HEAD", "v1.0.0")
    assert read(cloned, "HEAD").version == "1.1.0"


def test_variables_that_git_sets_for_hooks_are_shut_out(
    cloned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = repository_at(tmp_path / "other")
    commit(other, {"Ballerina.toml": manifest("8.8.8"), "main.bal": ""})
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    assert read(cloned, "HEAD").version == "1.1.0"


def test_the_users_configuration_is_shut_out(cloned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = cloned.parent / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("this is no configuration [")
    monkeypatch.setenv("HOME", str(home))
    broken = subprocess.run(["git", "status"], cwd=cloned, capture_output=True, check=False)  # noqa: S607 (as users do)
    assert broken.returncode != 0
    assert read(cloned, "HEAD").version == "1.1.0"


def test_a_huge_source_is_refused_before_it_is_read(cloned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TEXT_BYTES", 30)
    with pytest.raises(SourceError, match=r"'Ballerina\.toml' is too large: expected at most 30 bytes"):
        read(cloned, "HEAD")
    monkeypatch.setattr(limits, "TEXT_BYTES", 1000)
    monkeypatch.setattr(limits, "TEXTS_BYTES", 100)
    with pytest.raises(SourceError, match="at most 100 bytes in all"):
        read(cloned, "HEAD")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_of_another_user_is_read_as_in_a_container(cloned: Path) -> None:
    for path in (cloned, *cloned.rglob("*")):
        os.chown(path, 12345, 12345)
    refused = subprocess.run(["git", "log"], cwd=cloned, capture_output=True, check=False)  # noqa: S607 (as users do)
    assert b"dubious ownership" in refused.stderr
    assert read(cloned, "HEAD").version == "1.1.0"


def test_where_nobody_owns_files_a_repository_is_read(cloned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "geteuid", raising=False)  # as on Windows
    assert read(cloned, "HEAD").version == "1.1.0"


def test_more_files_than_anybody_lists_are_refused(cloned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_ENTRIES", 5)
    with pytest.raises(SourceError, match="has too many files: expected at most 5"):
        read(cloned, "HEAD")


@pytest.mark.parametrize("count", [1, 101])
def test_folders_are_listed_some_at_a_time(tmp_path: Path, count: int) -> None:
    root = repository_at(tmp_path / "shop")
    modules = {f"modules/m{number}/a.bal": "" for number in range(count)}
    commit(root, {"Ballerina.toml": manifest("1.0.0"), "main.bal": "", **modules})
    assert len(read(root, "HEAD").modules) == count + 1


def test_variables_by_which_git_writes_files_are_shut_out(
    cloned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    assert read(cloned, "HEAD").version == "1.1.0"
    assert not (tmp_path / "trace").exists()


def test_a_manifest_that_a_tag_has_no_version_for_says_itself_what_is_wrong(tmp_path: Path) -> None:
    root = repository_at(tmp_path / "shop")
    commit(root, {"Ballerina.toml": '[package]\nname = "shop"\norg = "acme"\nversion = ["1"]\n', "a.bal": ""})
    repository = open_repository(root)
    revision = find_revision(repository, "HEAD")
    with pytest.raises(ManifestError) as caught:
        read_revision(repository, revision, "", "1.4.0")
    assert "'version'" in str(caught.value)
