"""Projects of Vein as git revisions have them: what was there then counts, and nothing is missed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from support.git_repositories import commit, git, repository_at

from semverdiff import limits, packages
from semverdiff.baselines import Baseline, with_history
from semverdiff.errors import BaselineError, SemverdiffError, SourceError, UsageError
from semverdiff.packages.git_commands import COMMITS
from semverdiff.vein.layout import VEIN_LAYOUT
from semverdiff.vein.package import as_shard

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.vein.package import ShardPackage

PROJECT = 'name: shapes\nversion: "1.2.0"\n'
SOURCE = '#space "shapes"\npublic class {} {{ public area(): f64 |> 1; }}\n'


@pytest.fixture(name="shapes")
def shapes_fixture(tmp_path: Path) -> Path:
    root = repository_at(tmp_path / "shapes")
    commit(root, {"p/shapes.vproj": PROJECT, "p/src/circle.vein": SOURCE.format("Circle")})
    return root


def read(root: Path, folder: str = "p") -> ShardPackage:
    repository = packages.open_repository(root)
    revision = packages.find_revision(repository, "HEAD")
    return as_shard(VEIN_LAYOUT.read_revision(repository, revision, folder))


def names(package: ShardPackage) -> list[str]:
    return sorted(one.name for one in package.api.types)


def test_every_source_below_the_project_is_read(shapes: Path) -> None:
    commit(
        shapes,
        {
            "p/a/b/c/deep.vein": SOURCE.format("Deep"),
            "p/src/made.generated.vein": SOURCE.format("Made"),
            "p/src/notes.txt": "no source",
            "q/other.vein": SOURCE.format("Other"),
            "p/icon.png": "",
        },
    )
    package = read(shapes)
    assert names(package) == ["Circle", "Deep"]
    assert package.files == ("icon.png", "shapes.vproj")
    assert package.provenance.source == "git"


def test_sources_in_a_submodule_are_not_missed(tmp_path: Path, shapes: Path) -> None:
    other = repository_at(tmp_path / "other")
    commit(other, {"more.vein": SOURCE.format("More")})
    git(shapes, "submodule", "add", "--quiet", str(other), "p/lib")
    commit(shapes, {})
    with pytest.raises(SourceError, match=r"'lib' is a submodule where sources may be"):
        read(shapes)


@pytest.mark.parametrize(
    ("place", "target"),
    [
        ("p/more.vein", "../q/other.vein"),
        ("p/more.vein", "nowhere"),
        ("p/lib", "../q"),
        ("p/lib", "nowhere"),
        ("p/src/lib", "../../../outside"),
        ("p/other.vproj", "shapes.vproj"),
    ],
)
def test_a_link_where_sources_may_be_is_refused(shapes: Path, place: str, target: str) -> None:
    commit(shapes, {"q/other.vein": SOURCE.format("Other")})
    (shapes / place).symlink_to(target)
    commit(shapes, {})
    name = place.removeprefix("p/")
    with pytest.raises(SourceError, match=rf"'{name}' is a link, .*'git worktree add"):
        read(shapes)


def test_links_to_files_that_are_no_sources_are_none_of_its_business(shapes: Path) -> None:
    commit(shapes, {"LICENSE": "", "q/nested.vproj": PROJECT})
    (shapes / "p" / "LICENSE").symlink_to("../LICENSE")
    (shapes / "p" / "grammar.vein.txt").symlink_to("../LICENSE")
    (shapes / "p" / "src" / "nested.vproj").symlink_to("../../q/nested.vproj")
    commit(shapes, {})
    assert names(read(shapes)) == ["Circle"]


def test_links_are_followed_up_to_a_number(shapes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "GIT_PACKAGE_LINKS", 1)
    (shapes / "p" / "a").symlink_to("src/circle.vein")
    commit(shapes, {})
    assert names(read(shapes)) == ["Circle"]
    (shapes / "p" / "b").symlink_to("src/circle.vein")
    commit(shapes, {})
    with pytest.raises(SourceError, match=r"'b' is a link, or one of many"):
        read(shapes)


@pytest.mark.parametrize("is_link", [False, True])
def test_the_decisions_beside_the_project_file_belong_to_it(shapes: Path, *, is_link: bool) -> None:
    commit(shapes, {"p/src/Semver.toml": "wrong", "shared.toml": "strict = true\n"})
    assert read(shapes).semver_toml is None
    if is_link:
        (shapes / "p" / "Semver.toml").symlink_to("../shared.toml")
    else:
        shutil.copy(shapes / "shared.toml", shapes / "p" / "Semver.toml")
    commit(shapes, {})
    assert read(shapes).semver_toml == b"strict = true\n"


def test_a_directory_that_was_not_there_is_named(shapes: Path) -> None:
    with pytest.raises(BaselineError, match=r"'r' of the git revision 'HEAD' cannot be listed"):
        read(shapes, "r")


def test_a_directory_without_a_project_is_none(shapes: Path) -> None:
    with pytest.raises(UsageError, match="'src' holds no project of Vein"):
        read(shapes, "p/src")


def test_sources_that_are_too_large_are_no_fault_of_the_clone(
    shapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TEXTS_BYTES", 10)
    monkeypatch.setattr("semverdiff.vein.layout._HEADER_BYTES", 1)
    with pytest.raises(SourceError, match="are too large: expected at most 10 bytes in all"):
        read(shapes)


def test_a_partial_clone_says_how_it_is_completed(tmp_path: Path, shapes: Path) -> None:
    commit(shapes, {"p/src/circle.vein": SOURCE.format("Round"), "p/shapes.vproj": PROJECT + "#\n"})
    git(shapes, "config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial"
    git(tmp_path, "clone", "--quiet", "--no-checkout", "--filter=blob:none", shapes.as_uri(), str(partial))
    with pytest.raises(BaselineError, match="'git fetch --refetch --no-filter origin'"):
        read(partial)


def test_two_projects_in_a_directory_are_refused_and_not_overlooked(shapes: Path) -> None:
    commit(shapes, {"p/other.vproj": PROJECT.replace("shapes", "other")})
    repository = packages.open_repository(shapes)
    revision = packages.find_revision(repository, "HEAD")
    assert VEIN_LAYOUT.manifest_at(repository, revision, "p") == "p/other.vproj"
    assert VEIN_LAYOUT.manifest_at(repository, revision, "p/src") is None
    with pytest.raises(SemverdiffError, match="'p' holds 2 projects"):
        read(shapes)


def manifests(root: Path, folder: str) -> tuple[str, ...] | None:
    repository = packages.open_repository(root / folder)
    return VEIN_LAYOUT.manifests_of(repository, packages.find_revision(repository, "HEAD"))


def test_project_files_that_a_directory_had_before_are_known(
    shapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert manifests(shapes, "p") == ("p/shapes.vproj",)
    commit(shapes, {"p/in/nested.vproj": PROJECT, "r.vproj": PROJECT})
    git(shapes, "mv", "p/shapes.vproj", "p/forms.vproj")
    git(shapes, "rm", "--quiet", "p/in/nested.vproj", "r.vproj")
    commit(shapes, {"p/readme.md": "x"})
    (shapes / "p" / "readme.md").unlink()
    commit(shapes, {"p/notes.md": "x"})
    assert manifests(shapes, "p") == ("p/forms.vproj", "p/shapes.vproj")
    git(shapes, "mv", "p/forms.vproj", "p/shapes.vproj")
    commit(shapes, {"top.vproj": PROJECT})
    assert manifests(shapes, "p") == ("p/shapes.vproj", "p/forms.vproj")
    assert manifests(shapes, "") == ("top.vproj", "r.vproj")
    monkeypatch.setattr(limits, "GIT_TAGS", 2)
    assert manifests(shapes, "p") == ("p/shapes.vproj", "p/forms.vproj")
    monkeypatch.setattr(limits, "GIT_TAGS", 1)
    assert manifests(shapes, "p") is None


def test_a_project_file_that_a_merge_removed_is_known(shapes: Path) -> None:
    git(shapes, "switch", "--quiet", "--create", "side")
    commit(shapes, {"p/side.txt": "x"})
    git(shapes, "switch", "--quiet", "main")
    commit(shapes, {"p/main.txt": "x"})
    git(shapes, "merge", "--quiet", "--no-commit", "side")
    git(shapes, "mv", "p/shapes.vproj", "p/forms.vproj")
    git(shapes, "commit", "--quiet", "--message", "Merge")
    assert manifests(shapes, "p") == ("p/forms.vproj", "p/shapes.vproj")


@pytest.mark.parametrize("question", ["commits_of", "removed_files"])
def test_project_files_of_a_history_that_cannot_be_listed_are_not_known(
    shapes: Path, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    monkeypatch.setattr(packages, question, lambda *_: None)
    assert manifests(shapes, "p") is None


def test_commits_elsewhere_do_not_push_a_former_project_file_out_of_sight(
    shapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(COMMITS, words=("rev-list", "--max-count=2"))
    monkeypatch.setattr("semverdiff.packages.history.COMMITS", few)
    git(shapes, "mv", "p/shapes.vproj", "p/forms.vproj")
    for number in range(3):
        commit(shapes, {f"q/{number}.txt": "x"})
    assert manifests(shapes, "p") == ("p/forms.vproj", "p/shapes.vproj")


def test_a_place_that_is_no_directory_is_that_of_the_project_around_it(shapes: Path) -> None:
    archive = shapes / "p" / "shapes.shard"
    archive.touch()
    for place in (archive, shapes / "p" / "src", shapes / "p"):
        assert VEIN_LAYOUT.directory_of(place) == shapes / "p"
    lonely = shapes / "lonely.shard"
    lonely.touch()
    assert VEIN_LAYOUT.directory_of(lonely) == shapes


@pytest.mark.parametrize(
    ("manifest", "name"),
    [
        ('version: "1.0.0"\n', "forms"),
        (PROJECT, "shapes"),
        ("name: forms\n", None),
        ("name: [\n", None),
        ("", None),
    ],
)
def test_a_project_file_of_the_history_names_a_shard_only_with_its_version(
    manifest: str, name: str | None
) -> None:
    found = VEIN_LAYOUT.named_by(manifest.encode(), "p/q/forms.vproj")
    assert (None if found is None else found.package) == name


def test_a_project_at_the_root_of_its_repository_is_called_like_that(
    shapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="'shapes' holds no project of Vein"):
        read(shapes, "")
    monkeypatch.setattr(limits, "TEXTS_BYTES", 1)
    monkeypatch.setattr("semverdiff.vein.layout._HEADER_BYTES", 1)
    with pytest.raises(SourceError, match=r"'\.' of the git revision 'HEAD' are too large"):
        read(shapes, "")


def test_a_file_that_lies_there_twice_is_read_for_both(shapes: Path) -> None:
    commit(shapes, {"p/src/again.vein": "", "p/more.vein": ""})
    assert names(read(shapes)) == ["Circle"]


def test_sources_of_just_the_bound_are_read(shapes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(PROJECT) + len(SOURCE.format("Circle"))
    monkeypatch.setattr(limits, "TEXTS_BYTES", size)
    commit(shapes, {"p/src/long.txt": "no source\n" * 200})
    assert names(read(shapes)) == ["Circle"]


def test_names_in_a_revision_cannot_hurt_a_terminal(shapes: Path) -> None:
    (shapes / "p" / "a\x1b[2J.vein").symlink_to("src/circle.vein")
    commit(shapes, {})
    with pytest.raises(SourceError) as caught:
        read(shapes)
    (mistake,) = caught.value.mistakes
    assert "\x1b" not in mistake.message
    assert mistake.file == "a\x1b[2J.vein"
    with pytest.raises(BaselineError) as refused:
        read(shapes, "r\x1b[2J")
    assert "\x1b" not in str(refused.value)


def test_of_many_links_not_all_are_told(shapes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "GIT_PACKAGE_LINKS", 2)
    for number in range(9):
        (shapes / "p" / f"l{number}").symlink_to("nowhere")
    commit(shapes, {})
    with pytest.raises(SourceError) as caught:
        read(shapes)
    assert [one.file for one in caught.value.mistakes] == ["l0", "l1", "l2"]


def test_a_folder_called_like_the_decisions_holds_none(shapes: Path) -> None:
    commit(shapes, {"p/Semver.toml/readme.md": "x"})
    package = read(shapes)
    assert (package.semver_toml, package.files) == (None, ("shapes.vproj",))


def test_a_folder_called_like_a_project_file_is_none(shapes: Path) -> None:
    commit(shapes, {"r/a.vproj/readme.md": "x", "r/b.vproj": PROJECT, "s/a.vproj/readme.md": "x"})
    repository = packages.open_repository(shapes)
    revision = packages.find_revision(repository, "HEAD")
    assert VEIN_LAYOUT.manifest_at(repository, revision, "r") == "r/b.vproj"
    assert VEIN_LAYOUT.manifest_at(repository, revision, "s") is None
    assert VEIN_LAYOUT.manifest_at(repository, revision, "") is None


def test_a_project_is_found_by_the_folder_that_it_lies_in_alone(shapes: Path) -> None:
    commit(shapes, {"q/deep/other.vproj": PROJECT})
    lost = git(shapes, "rev-parse", "HEAD:q/deep").strip()
    (shapes / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    repository = packages.open_repository(shapes)
    revision = packages.find_revision(repository, "HEAD")
    assert VEIN_LAYOUT.manifest_at(repository, revision, "p") == "p/shapes.vproj"
    assert VEIN_LAYOUT.manifest_at(repository, revision, "r") is None
    with pytest.raises(BaselineError, match="'HEAD' are too many to be listed, or not on this machine"):
        VEIN_LAYOUT.manifest_at(repository, revision, "q")


def test_project_files_are_listed_in_the_order_of_their_names(shapes: Path) -> None:
    written = [f"p/{name}.vproj" for name in ("q", "b", "z", "a", "m", "shapes")]
    commit(shapes, dict.fromkeys(written, PROJECT))
    assert manifests(shapes, "p") == tuple(sorted(written))


def test_a_history_that_git_does_not_give_leaves_open_what_was_published(
    shapes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing, candidate = Baseline(None, "no published version is visible"), read(shapes).identity
    assert with_history(nothing, candidate, shapes / "p", None, VEIN_LAYOUT).doubt is None
    monkeypatch.setattr(packages, "commits_of", lambda *_: None)
    found = with_history(nothing, candidate, shapes / "p", None, VEIN_LAYOUT)
    assert found.doubt == "the git history could not be read"
