"""Where a registry shows nothing: what tags, commits and the base say about earlier releases and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.git_repositories import commit, git, repository_at
from support.packages import manifest, package

from semverdiff import limits
from semverdiff.artifact import Identity
from semverdiff.baselines import Baseline
from semverdiff.baselines.history import with_history
from semverdiff.baselines.layout import BALLERINA_LAYOUT

if TYPE_CHECKING:
    from pathlib import Path

NOTHING = Baseline(None, "no published version is visible")
CANDIDATE = Identity("acme", "shop", "1.4.0")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository_at(tmp_path / "repository")


def doubt(place: Path, base: Baseline | None = None) -> str | None:
    return with_history(NOTHING, CANDIDATE, place, base).doubt


def test_without_a_repository_or_a_commit_there_is_nothing_to_say(tmp_path: Path, root: Path) -> None:
    assert with_history(NOTHING, CANDIDATE, tmp_path) == NOTHING
    assert with_history(NOTHING, CANDIDATE, root) == NOTHING


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (manifest("1.3.0"), "the commit {} has version 1.3.0"),
        (manifest("2.0.0"), "the commit {} has version 2.0.0"),
        (manifest("1.4.0"), None),
        (manifest("1.3.0", "other"), None),
        ("[package\n", None),
        ('[package]\norg = "acme"\nname = "shop"\n', None),
    ],
)
def test_another_version_in_an_earlier_manifest_is_a_doubt(
    root: Path, before: str, expected: str | None
) -> None:
    first = commit(root, {"Ballerina.toml": before})
    commit(root, {"Ballerina.toml": manifest("1.4.0")})
    assert doubt(root) == (None if expected is None else expected.format(first[:10]))


def test_the_manifest_is_the_one_of_the_directory(root: Path) -> None:
    commit(root, {"shop/Ballerina.toml": manifest("1.4.0"), "till/Ballerina.toml": manifest("1.3.0")})
    assert doubt(root / "shop") is None
    assert doubt(root / "till") is not None


def test_a_tag_is_a_doubt_where_it_holds_the_package(root: Path) -> None:
    commit(root, {"Ballerina.toml": manifest("1.3.0")}, tag="v1.3.0")
    git(root, "switch", "--quiet", "--orphan", "new")
    commit(root, {"Ballerina.toml": manifest("1.4.0")})
    assert doubt(root) == "the tag v1.3.0 has version 1.3.0"


def test_a_manifest_that_a_partial_clone_left_out_is_a_doubt(root: Path, tmp_path: Path) -> None:
    commit(root, {"Ballerina.toml": manifest("1.3.0"), "other/a.bal": ""}, tag="v1.3.0")
    git(root, "switch", "--quiet", "--orphan", "new")
    commit(root, {"Ballerina.toml": manifest("1.4.0")})
    git(root, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", root.as_uri(), "partial")
    found = doubt(tmp_path / "partial")
    assert found is not None
    assert found.startswith("the git history could not be read (a partial clone")


def test_a_tag_without_the_package_is_no_doubt_in_a_partial_clone(root: Path, tmp_path: Path) -> None:
    commit(root, {"other/Ballerina.toml": manifest("1.3.0", "other")}, tag="v1.3.0")
    commit(root, {"Ballerina.toml": manifest("1.4.0")})
    git(root, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", root.as_uri(), "partial")
    assert doubt(tmp_path / "partial") is None


def test_a_tag_of_something_else_is_none(root: Path) -> None:
    commit(root, {"other/Ballerina.toml": manifest("1.3.0", "other")}, tag="v1.3.0")
    commit(root, {"shop/Ballerina.toml": manifest("1.4.0")})
    assert doubt(root / "shop") is None


@pytest.mark.parametrize("lacking", ["org", "name", "version"])
def test_a_manifest_that_lacks_a_name_or_the_version_names_nothing(lacking: str) -> None:
    lines = manifest("1.3.0").splitlines()
    assert BALLERINA_LAYOUT.named_by("\n".join(lines).encode(), "Ballerina.toml") == Identity(
        "acme", "shop", "1.3.0"
    )
    rest = [line for line in lines if not line.startswith(lacking)]
    assert len(rest) < len(lines)
    assert BALLERINA_LAYOUT.named_by("\n".join(rest).encode(), "Ballerina.toml") is None


def test_the_base_is_a_doubt_wherever_the_package_lay(root: Path) -> None:
    commit(root, {"Ballerina.toml": manifest("1.4.0")})
    before = Baseline(package("", manifest("1.3.0")), "the merge base with main")
    assert doubt(root, before) == "the merge base with main has version 1.3.0"
    assert doubt(root, Baseline(None, "the merge base with main")) is None


def test_another_name_in_the_same_directory_is_noted(root: Path) -> None:
    first = commit(root, {"Ballerina.toml": manifest("1.4.0", "store")})
    commit(root, {"Ballerina.toml": manifest("1.4.0")})
    found = with_history(NOTHING, CANDIDATE, root)
    assert (found.doubt, found.former_name) == (None, "acme/store")
    assert found.notes == (
        f"The package was acme/store at the commit {first[:10]}: clients of that name get no acme/shop.",
    )


def test_a_shallow_clone_says_that_it_is_one(root: Path, tmp_path: Path) -> None:
    commit(root, {"Ballerina.toml": manifest("1.3.0")})
    commit(root, {"Ballerina.toml": manifest("1.4.0")})
    git(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), "shallow")
    found = with_history(NOTHING, CANDIDATE, tmp_path / "shallow")
    assert (found.doubt, len(found.notes)) == (None, 1)
    assert "shallow clone" in found.notes[0]


def test_a_history_that_cannot_be_read_is_a_doubt(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root, {"Ballerina.toml": manifest("1.4.0")})
    monkeypatch.setattr(limits, "TEXTS_BYTES", 3)
    assert doubt(root) == "the git history could not be read"


@pytest.mark.parametrize("lost", ["HEAD^{tree}", "HEAD~1"])
def test_a_history_of_which_something_is_lost_is_a_doubt(root: Path, lost: str) -> None:
    commit(root, {"Ballerina.toml": manifest("1.4.0")})
    commit(root, {"main.bal": ""})
    oid = git(root, "rev-parse", lost)
    (root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    assert doubt(root) == "the git history could not be read"


def test_tags_that_cannot_be_listed_are_a_doubt(root: Path) -> None:
    commit(root, {"Ballerina.toml": manifest("1.4.0")})
    (root / ".git/packed-refs").write_text("none\n")
    assert doubt(root) == "the git history could not be read"
