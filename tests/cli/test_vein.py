"""The commands in a project of Vein, and on shards."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.central import page
from support.gallery import published_shard, serve_gallery
from support.git_repositories import commit, repository_at

from semverdiff.vein import PUBLISH_RULES

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver

_OLD = """#space "shapes"
public class Circle {
    public radius: f64;
    public area(): f64 |> 1;
    public scale(by: f64): void { }
}
"""
_GONE = _OLD.replace("    public scale(by: f64): void { }\n", "")
_MORE = _OLD.replace("public area()", "public name(): string |> 1;\n    public area()")
_PROJECT = 'name: shapes\nversion: "{}" # of the shard\nlicense: MIT\n'


def _project(directory: Path, version: str, source: str, semver_toml: str | None = None) -> Path:
    (directory / "src").mkdir(parents=True)
    (directory / "shapes.vproj").write_text(_PROJECT.format(version), encoding="utf-8")
    (directory / "src" / "circle.vein").write_text(source, encoding="utf-8")
    if semver_toml is not None:
        (directory / "Semver.toml").write_text(semver_toml, encoding="utf-8")
    return directory


@pytest.fixture(name="before")
def before_fixture(tmp_path: Path) -> Path:
    return _project(tmp_path / "before", "1.2.0.3", _OLD)


@pytest.mark.parametrize(
    ("version", "source", "code", "outcome", "required"),
    [
        ("1.2.0.4", _OLD, 0, "passed", "1.2.1"),
        ("1.2.0.4", _MORE, 1, "under-bumped", "1.3.0"),
        ("1.3.0", _MORE, 0, "passed", "1.3.0"),
        ("1.3.0", _GONE, 1, "under-bumped", "2.0.0"),
        ("2.0.0", _GONE, 0, "passed", "2.0.0"),
    ],
)
def test_a_project_is_checked_against_another_by_versions_of_nuget(  # noqa: PLR0913, PLR0917 (a row of the table)
    tmp_path: Path,
    semver: Semver,
    before: Path,
    version: str,
    source: str,
    code: int,
    outcome: str,
    required: str,
) -> None:
    after = _project(tmp_path / "after", version, source)
    ended = semver("check", str(after), "--baseline", f"file:{before}", "--format", "json")
    found = json.loads(ended.out)
    assert (ended.code, found["outcome"], found["required_version"]) == (code, outcome, required)
    assert found["candidate"]["org"] is None


def test_a_directory_inside_of_a_project_is_that_project(
    tmp_path: Path, semver: Semver, before: Path
) -> None:
    after = _project(tmp_path / "after", "2.0.0", _GONE)
    ended = semver("check", str(after / "src"), "--baseline", str(before), "--format", "json")
    assert [one["rule"] for one in json.loads(ended.out)["findings"]] == ["vein-method-removed"]


def test_the_next_step_is_a_line_of_the_project_file(tmp_path: Path, semver: Semver, before: Path) -> None:
    ended = semver("check", str(_project(tmp_path / "after", "1.3.0", _GONE)), "--baseline", str(before))
    assert "semver bump" in ended.out
    assert 'version: "2.0.0" in shapes.vproj' in ended.out
    assert "None/" not in ended.out


def test_what_the_project_decided_counts(tmp_path: Path, semver: Semver, before: Path) -> None:
    decided = (
        '[[suppress]]\nrule = "vein-method-removed"\nsymbol = "Circle.scale(Double)"\n'
        'reason = "nobody scaled"\nuntil = "1.2.0.5"\n'
    )
    for version, code in (("1.2.0.4", 0), ("1.2.0.5", 1)):
        after = _project(tmp_path / version, version, _GONE, decided)
        assert semver("check", str(after), "--baseline", str(before)).code == code


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (_OLD, _GONE, 1),
        (_OLD.replace("    public scale", "    [Deprecated] public scale"), _GONE, 0),
        (_OLD.replace("public class", "[Deprecated] public class"), _GONE, 0),
        (_OLD, _OLD.replace("Circle", "Round"), 1),
        (_OLD.replace("public class", "[Deprecated] public class"), _OLD.replace("Circle", "Round"), 0),
        (_OLD, _OLD.replace("public radius: f64;", ""), 1),
        (_OLD, _OLD.replace("by: f64", "by: i32"), 0),
        (_OLD, _MORE, 0),
    ],
)
def test_what_goes_without_a_warning_fails_where_the_project_promises_one(
    tmp_path: Path, semver: Semver, old: str, new: str, code: int
) -> None:
    before = _project(tmp_path / "old", "1.2.0", old)
    after = _project(tmp_path / "new", "2.0.0", new, '[policy]\nremoval = "after-deprecation"\n')
    ended = semver("check", str(after), "--baseline", str(before))
    assert (ended.code, "removals: " in ended.out) == (code, code == 1)


@pytest.mark.parametrize(
    "format_name", ["text", "json", "html", "markdown", "sarif", "junit", "github", "gitlab"]
)
def test_every_format_knows_shards(tmp_path: Path, semver: Semver, before: Path, format_name: str) -> None:
    after = _project(tmp_path / "after", "2.0.0", _GONE)
    ended = semver("diff", str(before), str(after), "--format", format_name)
    assert ended.code == 0
    assert "Circle.scale" in ended.out


def test_the_format_of_another_tool_is_refused_with_a_sentence(
    tmp_path: Path, semver: Semver, before: Path
) -> None:
    after = _project(tmp_path / "after", "2.0.0", _GONE)
    ended = semver("check", str(after), "--baseline", str(before), "--format", "bal")
    assert ended.code == 2
    assert "knows no shards" in ended.err + ended.out


def test_a_version_is_written_in_place(tmp_path: Path, semver: Semver, before: Path) -> None:
    after = _project(tmp_path / "after", "1.3.0", _GONE)
    ended = semver("bump", str(after), "--baseline", str(before))
    assert ended.code == 0
    assert (after / "shapes.vproj").read_text("utf-8") == _PROJECT.format("2.0.0")
    assert "version 1.3.0 -> 2.0.0" in ended.out
    assert semver("bump", str(after), "--baseline", str(before)).out.count("2.0.0 stays") == 1


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("version: 1.3", 'version: "2.0.0"'),
        ("version: '1.3.0'", "version: '2.0.0'"),
        ("'version': 1.3.0  # one", "'version': \"2.0.0\"  # one"),
        ("\ufeffversion: 1.3.0", '\ufeffversion: "2.0.0"'),
    ],
)
def test_however_the_version_is_written_nothing_else_changes(
    tmp_path: Path, semver: Semver, before: Path, written: str, expected: str
) -> None:
    after = _project(tmp_path / "after", "1.3.0", _GONE)
    project = after / "shapes.vproj"
    project.write_bytes(f"{written}\r\nname: shapes\r\n".encode())
    assert semver("bump", str(after), "--baseline", str(before)).code == 0
    assert project.read_bytes() == f"{expected}\r\nname: shapes\r\n".encode()


def test_a_pre_release_is_not_written(tmp_path: Path, semver: Semver, before: Path) -> None:
    after = _project(tmp_path / "after", "1.3.0", _GONE)
    ended = semver("bump", str(after), "--baseline", str(before), "--pre", "rc")
    assert ended.code == 2
    assert "by hand" in ended.err


def test_what_clients_see_is_listed(semver: Semver, before: Path) -> None:
    ended = semver("api", str(before))
    assert ended.code == 0
    assert "module shapes" in ended.out
    assert "scale(by: f64): void" in ended.out


def test_conditions_of_publishing_are_told(tmp_path: Path, semver: Semver, before: Path) -> None:
    after = _project(tmp_path / "after", "2.0.0", _GONE)
    ended = semver("check", str(after), "--baseline", str(before), "--publish", "--format", "json")
    found = {one["rule"]: one["severity"] for one in json.loads(ended.out)["publish"]["findings"]}
    assert found["vein-icon-missing"] == "error"
    assert found["vein-authors-missing"] == "warning"
    assert "vein-license-missing" not in found
    assert ended.code == 1


def test_the_settings_of_the_merge_base_judge(tmp_path: Path, semver: Semver) -> None:
    root = tmp_path / "repository"
    repository_at(root)
    files = {"shapes.vproj": _PROJECT.format("1.2.0"), "circle.vein": _OLD}
    commit(root, files, tag="base")
    weak = '[rules]\nvein-method-removed = "off"\n'
    commit(root, {"shapes.vproj": _PROJECT.format("1.2.1"), "circle.vein": _GONE, "Semver.toml": weak})
    ended = semver("check", str(root), "--baseline", "git:base", "--format", "json")
    found = json.loads(ended.out)
    assert (ended.code, found["outcome"], found["required_version"]) == (1, "under-bumped", "2.0.0")
    assert found["baseline"]["version"] == "1.2.0"


def test_a_renamed_project_is_no_first_release(tmp_path: Path, semver: Semver) -> None:
    root = tmp_path / "repository"
    repository_at(root)
    commit(root, {"shapes.vproj": _PROJECT.format("1.2.0"), "circle.vein": _OLD}, tag="base")
    renamed = _PROJECT.format("0.1.0").replace("name: shapes", "name: forms")
    commit(root, {"shapes.vproj": renamed, "circle.vein": _GONE})
    ended = semver("check", str(root), "--merge-base", "base", "--baseline", "none", "--strict")
    assert ended.code == 1
    assert "shapes" in ended.out


_BALLERINA = {"Ballerina.toml": '[package]\norg = "acme"\nname = "shapes"\nversion = "0.1.0"\n', "a.bal": ""}
_SHARD = {"shapes.vproj": _PROJECT.format("0.1.0"), "circle.vein": _GONE}


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
    commit(root, {"shapes.vproj": _PROJECT.format("1.0.0")}, tag="both")
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
    root = _project(tmp_path / "demo", version, _OLD)
    project = root / "shapes.vproj"
    project.write_text(project.read_text("utf-8").replace("name: shapes", "name: demo"), encoding="utf-8")
    with serve_gallery([published_shard(one) for one in table]) as gallery:
        ended = semver(
            "check",
            str(root),
            "--format",
            "json",
            SEMVERDIFF_GALLERY_URL=gallery.address,
            SEMVERDIFF_CACHE_DIR=str(tmp_path / "cache"),
        )
    found = json.loads(ended.out)
    assert (ended.code, found["outcome"]) == (code, outcome)
    assert found["candidate"]["digest_verified"] is False


@pytest.mark.parametrize(
    ("file", "text", "flags", "sentence"),
    [
        ("shapes.vproj", _PROJECT.format("1.2.1"), (), "has version 1.2.0"),
        ("other.vproj", _PROJECT.format("1.2.1"), (), "has version 1.2.0"),
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
    commit(root, {f"{folder}shapes.vproj": _PROJECT.format("1.2.0"), f"{folder}circle.vein": _OLD})
    (root / folder / "shapes.vproj").unlink()
    commit(root, {f"{folder}{file}": text, f"{folder}circle.vein": _GONE})
    with serve_gallery([]) as gallery:
        ended = semver(
            "check",
            str(root / folder),
            *flags,
            SEMVERDIFF_GALLERY_URL=gallery.address,
            SEMVERDIFF_CACHE_DIR=str(tmp_path / "cache"),
        )
    assert (ended.code, sentence in ended.out) == (1, True)


def test_a_gallery_that_fails_is_no_first_release(tmp_path: Path, semver: Semver, before: Path) -> None:
    with serve_gallery([], {"search": page(500)}) as gallery:
        ended = semver(
            "check",
            str(before),
            "--format",
            "json",
            SEMVERDIFF_GALLERY_URL=gallery.address,
            SEMVERDIFF_CACHE_DIR=str(tmp_path / "cache"),
        )
    assert (ended.code, json.loads(ended.out)["outcome"]) == (3, "error")


@pytest.mark.parametrize(
    ("old", "new", "level"),
    [("1.0.0", "1.0.1", None), ("1.0.0", "1.1.0", "minor"), ("1.0.0", "2.0.0", "major")],
)
def test_shards_are_compared(semver: Semver, shared: Path, old: str, new: str, level: str | None) -> None:
    made = shared / "vein" / "shard-made"
    ended = semver(
        "diff", str(made / f"demo-{old}.shard"), str(made / f"demo-{new}.shard"), "--format", "json"
    )
    assert ended.code == 0
    levels = {one["level"] for one in json.loads(ended.out)["findings"]} - {"patch"}
    assert ("major" if "major" in levels else "minor" if levels else None) == level


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
    project = _PROJECT.format("1.1.0").replace("name: shapes", "name: demo")
    commit(root, {"demo.vproj": project, "circle.vein": _OLD}, tag="base")
    monkeypatch.chdir(root)
    with serve_gallery([published_shard("1.0.0"), published_shard("1.1.0")]) as gallery:
        ended = semver(
            "diff",
            old,
            new,
            SEMVERDIFF_GALLERY_URL=gallery.address,
            SEMVERDIFF_CACHE_DIR=str(tmp_path / "cache"),
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
            SEMVERDIFF_GALLERY_URL=gallery.address,
            SEMVERDIFF_CACHE_DIR=str(tmp_path / "cache"),
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
    project = _PROJECT.format("1.0.0")
    commit(root, {"demo.vproj": project, "circle.vein": _OLD})
    renamed = project.replace("name: shapes", "name: demo").replace("1.0.0", "2.0.0")
    commit(root, {"demo.vproj": renamed})
    with serve_gallery([published_shard("1.0.0")]) as gallery:
        ended = semver(
            "check",
            str(root),
            "--strict",
            SEMVERDIFF_GALLERY_URL=gallery.address,
            SEMVERDIFF_CACHE_DIR=str(tmp_path / "cache"),
        )
    assert (ended.code, "package name" in ended.out) == (0, False), ended.out


def test_a_baseline_that_is_another_shard_is_named(tmp_path: Path, semver: Semver, before: Path) -> None:
    after = _project(tmp_path / "after", "2.0.0", _GONE)
    for name, is_named in (("forms", True), ("Shapes", False)):
        (after / "shapes.vproj").write_text(f'name: {name}\nversion: "2.0.0"\n', encoding="utf-8")
        ended = semver("check", str(after), "--baseline", str(before))
        assert (f"the baseline is another shard: shapes instead of {name}" in ended.out) is is_named


def test_a_workload_has_nothing_to_check(tmp_path: Path, semver: Semver) -> None:
    root = _project(tmp_path / "tools", "1.0.0", _OLD)
    project = root / "shapes.vproj"
    project.write_text(project.read_text("utf-8") + "hasWorkload: true\n", encoding="utf-8")
    assert semver("check", str(root), "--baseline", "none").code == 4


def test_rules_of_shards_are_listed_in_a_project_and_explained_anywhere(
    semver: Semver, before: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "vein-method-removed" not in semver("rules", "list").out
    explained = semver("rules", "explain", "vein-method-removed").out
    assert explained.startswith("## vein-method-removed")
    assert "```vein" in explained
    monkeypatch.chdir(before)
    listed = semver("rules", "list").out.splitlines()
    assert all(line.startswith("vein-") for line in listed)
    found = json.loads(semver("rules", "list", "--format", "json").out)["rules"]
    assert [one["id"] for one in found] == [line.split()[0] for line in listed]


def test_conditions_of_publishing_are_listed_in_a_project_and_explained_anywhere(
    semver: Semver, before: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "vein-" not in semver("rules", "list", "--publish").out
    explained = semver("rules", "explain", "vein-icon-missing").out
    assert explained.startswith(
        "# vein-icon-missing\n\nThe shard has no icon. `semver check --publish` reports"
    )
    assert "`bal`" not in explained
    assert "vein-icon-missing" in semver("rules", "explain", "vein-icon-mising").err
    monkeypatch.chdir(before)
    listed = semver("rules", "list", "--publish").out.splitlines()
    assert [line.split()[0] for line in listed] == [rule.id for rule in PUBLISH_RULES]


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("check", "shapes.vproj"), 2, "is a project file: expected a shard"),
        (("bump", "shapes.vproj"), 2, "is no directory of a project"),
        (("init", "shapes.vproj"), 2, "expected one with a *.vproj, beside which Semver.toml lies"),
        (("check", "shapes.wll"), 2, "is a compiled module: expected a shard. Give the .shard file"),
        (("diff", ".", "shapes.wll"), 2, "is a compiled module: expected a shard"),
        (("check", "gone.wll"), 2, "does not exist: expected the directory of a project"),
        (("check", "--workspace"), 2, "only packages of Ballerina have workspaces"),
        (("bump", "--workspace"), 2, "have no workspaces"),
        (("api", "--write"), 2, "API files are written for packages of Ballerina only"),
        (("api", "--check"), 2, "API files are written for packages of Ballerina only"),
        (("check", "--baseline", "api:x"), 2, "a baseline is auto, none"),
        (("check", "-c", "1.2.3.4.5"), 2, "'-c' / '--compare-version'"),
        (("check", "-c", "1.2.0.3", "--offline"), 3, "no usable version of shapes 1.2.0.3"),
    ],
)
def test_what_is_not_offered_is_refused_with_a_sentence_about_shards(  # noqa: PLR0913, PLR0917 (a row of the table)
    semver: Semver,
    before: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    sentence: str,
) -> None:
    (before / "shapes.wll").write_bytes(b"")
    monkeypatch.chdir(before)
    ended = semver(*arguments)
    assert (ended.code, sentence in ended.err, "Central" in ended.err) == (code, True, False)
    assert "Ballerina.toml" not in ended.err + ended.out


def test_settings_are_written_beside_the_project_file(
    semver: Semver, before: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(before / "src")
    assert semver("init").out.startswith("Semver.toml written.")
    assert (before / "Semver.toml").is_file()
    assert semver("check", "--baseline", "none").code == 0


def test_a_check_of_a_package_loads_nothing_of_vein(tmp_path: Path, old: Path, new: Path) -> None:
    program = (
        "import sys\nfrom semverdiff.cli.program import run\n"
        f"run(['check', {str(new)!r}, '--baseline', {str(old)!r}, '--format', 'json=out.json'])\n"
        "print(sorted(one for one in sys.modules if 'vein' in one))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_package_of_ballerina_in_a_repository_with_shards_is_one(
    tmp_path: Path, semver: Semver, old: Path, new: Path
) -> None:
    _project(tmp_path / "shards", "1.0.0", _OLD)
    ended = semver("check", str(new), "--baseline", str(old), "--format", "json")
    assert json.loads(ended.out)["candidate"]["org"] == "acme"
