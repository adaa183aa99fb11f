"""The commands in a project of Vein, and on shards."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.git_repositories import commit, repository_at
from support.vein_projects import LESS, MORE, OLD, PROJECT, write_project

from semverdiff.vein import PUBLISH_RULES

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver


@pytest.fixture(name="before")
def before_fixture(tmp_path: Path) -> Path:
    return write_project(tmp_path / "before", "1.2.0.3", OLD)


@pytest.mark.parametrize(
    ("version", "source", "code", "outcome", "required"),
    [
        ("1.2.0.4", OLD, 0, "passed", "1.2.1"),
        ("1.2.0.4", MORE, 1, "under-bumped", "1.3.0"),
        ("1.3.0", MORE, 0, "passed", "1.3.0"),
        ("1.3.0", LESS, 1, "under-bumped", "2.0.0"),
        ("2.0.0", LESS, 0, "passed", "2.0.0"),
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
    after = write_project(tmp_path / "after", version, source)
    ended = semver("check", str(after), "--baseline", f"file:{before}", "--format", "json")
    found = json.loads(ended.out)
    assert (ended.code, found["outcome"], found["required_version"]) == (code, outcome, required)
    assert found["candidate"]["org"] is None


def test_a_directory_inside_of_a_project_is_that_project(
    tmp_path: Path, semver: Semver, before: Path
) -> None:
    after = write_project(tmp_path / "after", "2.0.0", LESS)
    ended = semver("check", str(after / "src"), "--baseline", str(before), "--format", "json")
    assert [one["rule"] for one in json.loads(ended.out)["findings"]] == ["vein-method-removed"]


def test_the_next_step_is_a_line_of_the_project_file(tmp_path: Path, semver: Semver, before: Path) -> None:
    ended = semver("check", str(write_project(tmp_path / "after", "1.3.0", LESS)), "--baseline", str(before))
    assert "semver bump" in ended.out
    assert 'version: "2.0.0" in shapes.vproj' in ended.out
    assert "None/" not in ended.out


def test_what_the_project_decided_counts(tmp_path: Path, semver: Semver, before: Path) -> None:
    decided = (
        '[[suppress]]\nrule = "vein-method-removed"\nsymbol = "Circle.scale(Double)"\n'
        'reason = "nobody scaled"\nuntil = "1.2.0.5"\n'
    )
    for version, code in (("1.2.0.4", 0), ("1.2.0.5", 1)):
        after = write_project(tmp_path / version, version, LESS, decided)
        assert semver("check", str(after), "--baseline", str(before)).code == code


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (OLD, LESS, 1),
        (OLD.replace("    public scale", "    [Deprecated] public scale"), LESS, 0),
        (OLD.replace("public class", "[Deprecated] public class"), LESS, 0),
        (OLD, OLD.replace("Circle", "Round"), 1),
        (OLD.replace("public class", "[Deprecated] public class"), OLD.replace("Circle", "Round"), 0),
        (OLD, OLD.replace("public radius: f64;", ""), 1),
        (OLD, OLD.replace("by: f64", "by: i32"), 0),
        (OLD, MORE, 0),
    ],
)
def test_what_goes_without_a_warning_fails_where_the_project_promises_one(
    tmp_path: Path, semver: Semver, old: str, new: str, code: int
) -> None:
    before = write_project(tmp_path / "old", "1.2.0", old)
    after = write_project(tmp_path / "new", "2.0.0", new, '[policy]\nremoval = "after-deprecation"\n')
    ended = semver("check", str(after), "--baseline", str(before))
    assert (ended.code, "removals: " in ended.out) == (code, code == 1)


@pytest.mark.parametrize(
    "format_name", ["text", "json", "html", "markdown", "sarif", "junit", "github", "gitlab"]
)
def test_every_format_knows_shards(tmp_path: Path, semver: Semver, before: Path, format_name: str) -> None:
    after = write_project(tmp_path / "after", "2.0.0", LESS)
    ended = semver("diff", str(before), str(after), "--format", format_name)
    assert ended.code == 0
    assert "Circle.scale" in ended.out


def test_the_format_of_another_tool_is_refused_with_a_sentence(
    tmp_path: Path, semver: Semver, before: Path
) -> None:
    after = write_project(tmp_path / "after", "2.0.0", LESS)
    ended = semver("check", str(after), "--baseline", str(before), "--format", "bal")
    assert ended.code == 2
    assert "knows no shards" in ended.err + ended.out


def test_a_version_is_written_in_place(tmp_path: Path, semver: Semver, before: Path) -> None:
    after = write_project(tmp_path / "after", "1.3.0", LESS)
    ended = semver("bump", str(after), "--baseline", str(before))
    assert ended.code == 0
    assert (after / "shapes.vproj").read_text("utf-8") == PROJECT.format("2.0.0")
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
    after = write_project(tmp_path / "after", "1.3.0", LESS)
    project = after / "shapes.vproj"
    project.write_bytes(f"{written}\r\nname: shapes\r\n".encode())
    assert semver("bump", str(after), "--baseline", str(before)).code == 0
    assert project.read_bytes() == f"{expected}\r\nname: shapes\r\n".encode()


def test_a_pre_release_is_not_written(tmp_path: Path, semver: Semver, before: Path) -> None:
    after = write_project(tmp_path / "after", "1.3.0", LESS)
    ended = semver("bump", str(after), "--baseline", str(before), "--pre", "rc")
    assert ended.code == 2
    assert "by hand" in ended.err


def test_what_clients_see_is_listed(semver: Semver, before: Path) -> None:
    ended = semver("api", str(before))
    assert ended.code == 0
    assert "module shapes" in ended.out
    assert "scale(by: f64): void" in ended.out


def test_conditions_of_publishing_are_told(tmp_path: Path, semver: Semver, before: Path) -> None:
    after = write_project(tmp_path / "after", "2.0.0", LESS)
    ended = semver("check", str(after), "--baseline", str(before), "--publish", "--format", "json")
    found = {one["rule"]: one["severity"] for one in json.loads(ended.out)["publish"]["findings"]}
    assert found["vein-icon-missing"] == "error"
    assert found["vein-authors-missing"] == "warning"
    assert "vein-license-missing" not in found
    assert ended.code == 1


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


def test_a_workload_has_nothing_to_check(tmp_path: Path, semver: Semver) -> None:
    root = write_project(tmp_path / "tools", "1.0.0", OLD)
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
    write_project(tmp_path / "shards", "1.0.0", OLD)
    ended = semver("check", str(new), "--baseline", str(old), "--format", "json")
    assert json.loads(ended.out)["candidate"]["org"] == "acme"


def test_a_revision_of_a_repository_is_a_baseline(semver: Semver, tmp_path: Path) -> None:
    root = repository_at(tmp_path / "repository")
    write_project(root / "shapes", "1.2.0.3", OLD)
    files = {str(one.relative_to(root)): one.read_text() for one in (root / "shapes").rglob("*.*")}
    commit(root, files, tag="v1")
    (root / "shapes" / "src" / "circle.vein").write_text(LESS)
    ended = semver("check", root / "shapes", "--baseline", "git:v1", "--format", "json")
    document = json.loads(ended.out)
    assert (ended.code, document["baseline"]["source"], document["required_version"]) == (1, "git", "2.0.0")


def test_several_projects_are_checked_one_by_one(semver: Semver, tmp_path: Path, before: Path) -> None:
    after = write_project(tmp_path / "after", "1.3.0", MORE)
    ended = semver("check", before, after, "--baseline", before, "--format", "json")
    packages = json.loads(ended.out)["packages"]
    assert [one["outcome"] for one in packages] == ["passed", "passed"]
    assert [one["candidate"]["version"] for one in packages] == ["1.2.0.3", "1.3.0"]


def test_a_shard_without_a_public_type_has_nothing_to_check(semver: Semver, tmp_path: Path) -> None:
    source = '#space "shapes"\nprivate class Circle { }\n'
    project = write_project(tmp_path / "hidden", "1.3.0", source)
    ended = semver("check", project, "--baseline", "none")
    assert (ended.code, "shapes declares no type that clients see" in ended.err) == (4, True)
    # What is not for clients is listed where that is wanted.
    assert semver("api", project).code == 4
    listed = semver("api", project, "--private")
    assert (listed.code, "class Circle" in listed.out) == (0, True)
