"""What a shard is compared with: in the gallery, at a revision, at a path."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.central import page
from support.gallery import published_shard, serve_gallery
from support.git_repositories import commit, repository_at
from support.vein_projects import LESS, OLD, PROJECT, write_project

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver
    from support.gallery import GalleryStandIn


@pytest.fixture(name="before")
def before_fixture(tmp_path: Path) -> Path:
    return write_project(tmp_path / "before", "1.2.0.3", OLD)


def _within(gallery: GalleryStandIn, folder: Path) -> dict[str, str]:
    """Return the environment that leads to a gallery, and to downloads in a folder."""
    return {"SEMVERDIFF_GALLERY_URL": gallery.address, "SEMVERDIFF_CACHE_DIR": str(folder / "cache")}


def test_the_settings_of_the_merge_base_judge(tmp_path: Path, semver: Semver) -> None:
    root = tmp_path / "repository"
    repository_at(root)
    files = {"shapes.vproj": PROJECT.format("1.2.0"), "circle.vein": OLD}
    commit(root, files, tag="base")
    weak = '[rules]\nvein-method-removed = "off"\n'
    commit(root, {"shapes.vproj": PROJECT.format("1.2.1"), "circle.vein": LESS, "Semver.toml": weak})
    ended = semver("check", str(root), "--baseline", "git:base", "--format", "json")
    found = json.loads(ended.out)
    assert (ended.code, found["outcome"], found["required_version"]) == (1, "under-bumped", "2.0.0")
    assert found["baseline"]["version"] == "1.2.0"


def test_a_renamed_project_is_no_first_release(tmp_path: Path, semver: Semver) -> None:
    root = tmp_path / "repository"
    repository_at(root)
    commit(root, {"shapes.vproj": PROJECT.format("1.2.0"), "circle.vein": OLD}, tag="base")
    renamed = PROJECT.format("0.1.0").replace("name: shapes", "name: forms")
    commit(root, {"shapes.vproj": renamed, "circle.vein": LESS})
    ended = semver("check", str(root), "--merge-base", "base", "--baseline", "none", "--strict")
    assert ended.code == 1
    assert "shapes" in ended.out


_BALLERINA = {"Ballerina.toml": '[package]\norg = "acme"\nname = "shapes"\nversion = "0.1.0"\n', "a.bal": ""}
_SHARD = {"shapes.vproj": PROJECT.format("0.1.0"), "circle.vein": LESS}


@pytest.mark.parametrize(
    ("before", "after", "manifest", "gone"),
    [
        (_SHARD, _BALLERINA, "shapes.vproj", _SHARD),
        (_SHARD, _BALLERINA, "shapes.vproj", {}),
        (_BALLERINA, _SHARD, "Ballerina.toml", _BALLERINA),
    ],
)
def test_a_package_does_not_escape_into_another_ecosystem(  # noqa: PLR0913, PLR0917 (a row of the table)
    tmp_path: Path,
    semver: Semver,
    before: dict[str, str],
    after: dict[str, str],
    manifest: str,
    gone: dict[str, str],
) -> None:
    root = tmp_path / "repository"
    repository_at(root)
    commit(root, before, tag="base")
    for name in gone:
        (root / name).unlink()
    commit(root, after)
    ended = semver("check", str(root), "--merge-base", "base", "--baseline", "none")
    assert (ended.code, f"the package was that of '{manifest}' before" in ended.out) == (1, True)
    consented = semver(
        "check", str(root), "--merge-base", "base", "--baseline", "none", "--accept-settings", "head"
    )
    assert consented.code == 0
    ended = semver("check", str(root), "--baseline", "git:base")
    assert (ended.code, f"had '{manifest}' then" in ended.err) == (3, True)


def test_a_shard_that_is_new_in_a_repository_of_packages_is_one(tmp_path: Path, semver: Semver) -> None:
    root = tmp_path / "repository"
    repository_at(root)
    commit(root, _BALLERINA, tag="base")
    commit(root, {f"shards/{name}": text for name, text in _SHARD.items()})
    for flags in (("--merge-base", "base", "--baseline", "none"), ("--baseline", "git:base")):
        assert semver("check", str(root / "shards"), *flags).code == 0
    commit(root, {"shapes.vproj": PROJECT.format("1.0.0")}, tag="both")
    (root / "shapes.vproj").unlink()
    commit(
        root,
        {"more/Ballerina.toml": _BALLERINA["Ballerina.toml"].replace('"shapes"', '"more"'), "more/a.bal": ""},
    )
    ended = semver("check", str(root / "more"), "--baseline", "git:both")
    assert (ended.code, "is there no longer" in ended.err) == (3, True)


@pytest.mark.parametrize(
    ("table", "version", "code", "outcome"),
    [
        ((), "1.0.0", 0, "first-release"),
        (("1.0.0",), "1.0.0.1", 1, "under-bumped"),
        (("1.0.0", "0.9.0"), "2.0.0", 0, "passed"),
        (("0.30.9.2",), "0.30.9.3", 1, "under-bumped"),
        (("1.0.0",), "1.0.0", 1, "already-published"),
    ],
)
def test_a_project_is_checked_against_what_the_gallery_has(  # noqa: PLR0913, PLR0917 (a row of the table)
    tmp_path: Path, semver: Semver, table: tuple[str, ...], version: str, code: int, outcome: str
) -> None:
    root = write_project(tmp_path / "demo", version, OLD)
    project = root / "shapes.vproj"
    project.write_text(project.read_text("utf-8").replace("name: shapes", "name: demo"), encoding="utf-8")
    with serve_gallery([published_shard(one) for one in table]) as gallery:
        ended = semver(
            "check",
            str(root),
            "--format",
            "json",
            **_within(gallery, tmp_path),
        )
    found = json.loads(ended.out)
    assert (ended.code, found["outcome"]) == (code, outcome)
    assert found["candidate"]["digest_verified"] is False


@pytest.mark.parametrize(
    ("file", "text", "flags", "sentence"),
    [
        ("shapes.vproj", PROJECT.format("1.2.1"), (), "has version 1.2.0"),
        ("other.vproj", PROJECT.format("1.2.1"), (), "has version 1.2.0"),
        ("other.vproj", 'name: other\nversion: "1.2.1"\n', ("--strict",), "the package was shapes before"),
        ("other.vproj", 'version: "1.2.1"\n', ("--strict",), "the package was shapes before"),
    ],
)
@pytest.mark.parametrize("folder", ["", "p/"])
def test_a_renamed_project_file_hides_no_release_from_the_history(  # noqa: PLR0913, PLR0917 (a row of the table)
    tmp_path: Path,
    semver: Semver,
    folder: str,
    file: str,
    text: str,
    flags: tuple[str, ...],
    sentence: str,
) -> None:
    root = tmp_path / "repository"
    repository_at(root)
    commit(root, {f"{folder}shapes.vproj": PROJECT.format("1.2.0"), f"{folder}circle.vein": OLD})
    (root / folder / "shapes.vproj").unlink()
    commit(root, {f"{folder}{file}": text, f"{folder}circle.vein": LESS})
    with serve_gallery([]) as gallery:
        ended = semver(
            "check",
            str(root / folder),
            *flags,
            **_within(gallery, tmp_path),
        )
    assert (ended.code, sentence in ended.out) == (1, True)


def test_a_gallery_that_fails_is_no_first_release(tmp_path: Path, semver: Semver, before: Path) -> None:
    with serve_gallery([], {"search": page(500)}) as gallery:
        ended = semver(
            "check",
            str(before),
            "--format",
            "json",
            **_within(gallery, tmp_path),
        )
    assert (ended.code, json.loads(ended.out)["outcome"]) == (3, "error")


@pytest.mark.parametrize(
    ("old", "new", "code", "shown"),
    [
        ("gallery", ".", 0, "version 1.1.0 itself is already published"),
        ("gallery:1.0.0", ".", 0, "version '1.0.0'"),
        (".", "gallery:1.1.0", 0, "version '1.1.0'"),
        ("gallery:3.0.0", ".", 3, "3.0.0"),
        ("gallery", "gallery", 2, "neither 'gallery' nor 'gallery' names a shard"),
        ("1.0.0", ".", 2, "'1.0.0' names no shard"),
        ("auto", ".", 2, "'auto' names no shard"),
        ("git:latest-tag", ".", 2, "is not offered for shards"),
        ("git:base", ".", 0, "the git revision base"),
        ("git:base:gone", ".", 3, "'gone' of the git revision 'base' cannot be listed"),
    ],
)
def test_a_side_of_a_comparison_may_be_in_the_gallery_or_in_git(  # noqa: PLR0913, PLR0917 (a row of the table)
    tmp_path: Path,
    semver: Semver,
    monkeypatch: pytest.MonkeyPatch,
    old: str,
    new: str,
    code: int,
    shown: str,
) -> None:
    root = repository_at(tmp_path / "demo")
    project = PROJECT.format("1.1.0").replace("name: shapes", "name: demo")
    commit(root, {"demo.vproj": project, "circle.vein": OLD}, tag="base")
    monkeypatch.chdir(root)
    with serve_gallery([published_shard("1.0.0"), published_shard("1.1.0")]) as gallery:
        ended = semver(
            "diff",
            old,
            new,
            **_within(gallery, tmp_path),
        )
    assert (ended.code, shown in ended.out + ended.err) == (code, True), ended.out + ended.err


def test_nothing_in_the_gallery_is_no_side_of_a_comparison(
    tmp_path: Path, semver: Semver, before: Path
) -> None:
    with serve_gallery([]) as gallery:
        ended = semver(
            "diff",
            "gallery",
            str(before),
            **_within(gallery, tmp_path),
        )
    assert (ended.code, "the gallery has no version of shapes" in ended.err) == (3, True)


@pytest.mark.parametrize(
    ("baseline", "sentence"),
    [
        ("gone.shard", "'gone.shard' does not exist"),
        (".gone", "'.gone' does not exist"),
        ("gone/", "'gone' does not exist"),
        ("gone", "there is no baseline 'gone'"),
        ("galery", "did you mean 'gallery'?"),
        ("file:", "there is no baseline 'file:'"),
        ("git:latest-tag", "is not offered for shards: name the tag"),
    ],
)
def test_a_baseline_that_is_none_is_refused_with_what_was_meant(
    semver: Semver, before: Path, monkeypatch: pytest.MonkeyPatch, baseline: str, sentence: str
) -> None:
    monkeypatch.chdir(before)
    ended = semver("check", "--baseline", baseline)
    assert (ended.code, sentence in ended.err) == (2, True), ended.err


def test_the_history_is_not_asked_where_the_gallery_answers(tmp_path: Path, semver: Semver) -> None:
    root = repository_at(tmp_path / "demo")
    project = PROJECT.format("1.0.0")
    commit(root, {"demo.vproj": project, "circle.vein": OLD})
    renamed = project.replace("name: shapes", "name: demo").replace("1.0.0", "2.0.0")
    commit(root, {"demo.vproj": renamed})
    with serve_gallery([published_shard("1.0.0")]) as gallery:
        ended = semver(
            "check",
            str(root),
            "--strict",
            **_within(gallery, tmp_path),
        )
    assert (ended.code, "package name" in ended.out) == (0, False), ended.out


def test_a_baseline_that_is_another_shard_is_named(tmp_path: Path, semver: Semver, before: Path) -> None:
    after = write_project(tmp_path / "after", "2.0.0", LESS)
    for name, is_named in (("forms", True), ("Shapes", False)):
        (after / "shapes.vproj").write_text(f'name: {name}\nversion: "2.0.0"\n', encoding="utf-8")
        ended = semver("check", str(after), "--baseline", str(before))
        assert (f"the baseline is another shard: shapes instead of {name}" in ended.out) is is_named


def test_a_baseline_that_nobody_wants_makes_no_first_release(semver: Semver, before: Path) -> None:
    ended = semver("check", str(before), "--baseline", "none")
    assert (ended.code, "1.2.0.3 is not compared with anything" in ended.out) == (0, True), ended.out


@pytest.mark.parametrize(("touched", "code"), [("shapes/circle.vein", 0), ("kept/circle.vein", 1)])
def test_a_baseline_that_the_change_set_brings_along_needs_consent(
    tmp_path: Path, semver: Semver, touched: str, code: int
) -> None:
    root = repository_at(tmp_path / "repository")
    kept = {"kept/shapes.vproj": PROJECT.format("1.2.0"), "kept/circle.vein": LESS}
    commit(
        root, {"shapes/shapes.vproj": PROJECT.format("1.2.0"), "shapes/circle.vein": OLD} | kept, tag="base"
    )
    commit(root, {"shapes/shapes.vproj": PROJECT.format("2.0.0"), touched: f"{LESS}// x\n"})
    ended = semver(
        "check", str(root / "shapes"), "--merge-base", "base", "--baseline", f"file:{root / 'kept'}"
    )
    assert (ended.code, "is not what it was at" in " ".join(ended.out.split())) == (code, bool(code)), (
        ended.out
    )
