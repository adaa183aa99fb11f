"""Several packages in one run: of a workspace, or as they were named."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, cast

import pytest
from cli.examples import NEW, OLD, report_of
from msgspec.structs import replace
from support.archives import build_bala
from support.central import Fault, Published, delivered, serve_central
from support.git_repositories import commit, git, repository_at
from support.packages import manifest, write_package

from semverdiff.ballerina import FRONT_END
from semverdiff.config import Settings
from semverdiff.packages import workspace_members
from semverdiff.pipeline import Member, Neighbour, check, check_all, check_package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cli.conftest import Semver
    from cli.examples import Ended

    from semverdiff.packages import Package
    from semverdiff.pipeline import Workspace
    from semverdiff.reports import Report

_SOURCE = "public function total() returns int => 1;\n"
_MEMBERS = ("core", "util/text", "app")


def _packages(ended: Ended) -> Sequence[Mapping[str, object]]:
    return cast("Sequence[Mapping[str, object]]", report_of(ended)["packages"])


def _outcomes(ended: Ended) -> list[object]:
    return [one["outcome"] for one in _packages(ended)]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Return a repository with a workspace of three packages, of which the last depends on the first."""
    root = repository_at(tmp_path / "workspace")
    listed = ", ".join(f'"{one}"' for one in _MEMBERS)
    files = {"Ballerina.toml": f"[workspace]\npackages = [{listed}]\n"}
    for member in _MEMBERS:
        name = member.rpartition("/")[2]
        files[f"{member}/Ballerina.toml"] = manifest("1.0.0", name)
        files[f"{member}/lib.bal"] = _SOURCE
    files["app/lib.bal"] = f"import acme/core;\n\n{_SOURCE}"
    commit(root, files, tag="v1.0.0")
    return root


def _release(workspace: Path, member: str, version: str, source: str = _SOURCE) -> None:
    name = member.rpartition("/")[2]
    write_package(workspace / member, {"Ballerina.toml": manifest(version, name), "lib.bal": source})


@pytest.mark.parametrize("path", ["workspace", "workspace/util", "workspace/app"])
def test_every_package_of_a_workspace_is_checked_in_its_order(
    semver: Semver, workspace: Path, path: str
) -> None:
    _release(workspace, "core", "1.1.0", "")
    _release(workspace, "util/text", "1.1.0", _SOURCE + "public const MORE = 1;\n")
    ended = semver("check", "--workspace", path, "--baseline", "git:v1.0.0", "--format", "json")
    document = report_of(ended)
    assert list(document) == ["schema_version", "tool", "outcome", "packages"]
    assert (ended.code, document["outcome"], ended.err) == (1, "under-bumped", "")
    assert [one["directory"] for one in _packages(ended)] == list(_MEMBERS)
    assert _outcomes(ended) == ["under-bumped", "passed", "passed"]


def test_named_packages_of_one_name_are_told_apart_by_where_they_lie(
    semver: Semver, workspace: Path, tmp_path: Path
) -> None:
    for name in ("first/deep", "second"):
        write_package(tmp_path / "twins" / name, {"Ballerina.toml": manifest("1.0.0"), "lib.bal": _SOURCE})
    twins = tmp_path / "twins/first/deep", tmp_path / "twins/second"
    ended = semver("check", *twins, workspace / "core", "--baseline", "none", "--format", "json")
    assert [one["directory"] for one in _packages(ended)] == ["first/deep", "second", None]


def test_a_merge_base_that_is_none_is_told_of_each_package(semver: Semver, workspace: Path) -> None:
    repository_at(workspace)
    commit(workspace, {})
    ended = semver("check", workspace, "--workspace", "--merge-base", "nowhere", "--format", "json")
    assert {one["outcome"] for one in _packages(ended)} == {"error"}


def test_packages_of_several_drives_lie_in_no_directory(
    semver: Semver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def several(paths: Iterable[Path]) -> str:
        raise ValueError(paths)

    monkeypatch.setattr(os.path, "commonpath", several)  # as on Windows
    for name in ("first", "second"):
        write_package(tmp_path / name, {"Ballerina.toml": manifest("1.0.0"), "lib.bal": _SOURCE})
    ended = semver("check", "first", "second", "--baseline", "none", "--format", "json")
    assert [one["directory"] for one in _packages(ended)] == [None, None]


@pytest.mark.parametrize(
    ("broken", "directories"), [(("first",), [None, None]), (("first", "second"), ["first", "second"])]
)
def test_named_packages_that_cannot_be_read_are_told_apart_where_there_are_several(
    semver: Semver, tmp_path: Path, broken: tuple[str, ...], directories: list[str | None]
) -> None:
    for name in ("first", "second"):
        text = "no manifest" if name in broken else manifest("1.0.0", name)
        write_package(tmp_path / name, {"Ballerina.toml": text, "lib.bal": _SOURCE})
    ended = semver("check", tmp_path / "first", tmp_path / "second", "--baseline", "none", "--format", "json")
    assert [one["directory"] for one in _packages(ended)] == directories


def test_a_package_that_is_named_twice_is_one(semver: Semver, workspace: Path) -> None:
    core = workspace / "core"
    ended = semver("check", core, core, "--baseline", "none", "--format", "json")
    assert [one["directory"] for one in _packages(ended)] == [None, None]


def test_named_packages_are_one_report_too(semver: Semver, workspace: Path) -> None:
    ended = semver(
        "check", workspace / "app", workspace / "core", "--baseline", "git:v1.0.0", "--format", "json"
    )
    names = [cast("Mapping[str, object]", one["candidate"])["name"] for one in _packages(ended)]
    assert (ended.code, names) == (0, ["app", "core"])
    assert [one["directory"] for one in _packages(ended)] == [None, None]


def test_each_report_is_the_one_of_the_package_alone(semver: Semver, workspace: Path) -> None:
    _release(workspace, "core", "1.1.0", "")
    ended = semver("check", "--workspace", workspace, "--baseline", "git:v1.0.0", "--format", "json")
    alone = report_of(semver("check", workspace / "core", "--baseline", "git:v1.0.0", "--format", "json"))
    assert {**_packages(ended)[0], "directory": None} == alone


@pytest.mark.parametrize("head", ["import acme/core;\n", "// One.\rimport acme / // two\rcore;\r"])
def test_dependencies_among_them_are_noted(semver: Semver, workspace: Path, head: str) -> None:
    (workspace / "app/lib.bal").write_bytes(f"{head}{_SOURCE}".encode())
    ended = semver("check", "--workspace", workspace, "--baseline", "git:v1.0.0", "--format", "json")
    noted = [
        [note for note in cast("list[str]", one["notes"]) if "depends on" in note] for one in _packages(ended)
    ]
    assert noted == [[], [], ["It depends on acme/core 1.0.0, which is checked as well."]]


def test_a_change_of_one_package_is_seen_by_those_that_include_its_types(
    semver: Semver, workspace: Path
) -> None:
    # The version says nothing: neither package has another one.
    base = "public type Base record {{| int a;{} |}};\n"
    app = "import acme/core;\n\npublic type Own record {| *core:Base; |};\n"
    files = {"core/lib.bal": base.format(""), "app/lib.bal": app}
    commit(workspace, files, tag="v1.0.1")
    (workspace / "core/lib.bal").write_text(base.format(" int b;"))
    ended = semver("check", "--workspace", workspace, "--baseline", "git:v1.0.1", "--format", "json")
    found = [
        [
            (one["rule"], one["symbol"], one["certainty"])
            for one in cast("list[dict[str, str]]", report["findings"])
        ]
        for report in _packages(ended)
    ]
    assert found == [
        [("record-field-required-added", "Base.b", "proved")],
        [],
        [("record-field-required-added", "Own.b", "proved")],
    ]


def test_a_change_of_one_package_is_in_the_change_set_of_those_that_include_its_types(
    semver: Semver, workspace: Path
) -> None:
    # What it got since the release, before the branch, is in the first section only.
    base = "public type Base record {{| int a;{} |}};\n"
    app = "import acme/core;\n\npublic type Own record {| *core:Base; |};\n"
    commit(workspace, {"core/lib.bal": base.format(""), "app/lib.bal": app}, tag="v1.0.1")
    commit(workspace, {"core/lib.bal": base.format(" int b;")})
    git(workspace, "switch", "--quiet", "--create", "branch")
    commit(workspace, {"core/lib.bal": base.format(" int b; int c?;")})
    check = ("check", "--workspace", workspace, "--baseline", "git:v1.0.1", "--format", "json")
    report = _packages(semver(*check, "--merge-base", "main"))[2]
    since = cast("Mapping[str, Mapping[str, object]]", report)["change_set"]
    assert _symbols(report) == ["Own.b", "Own.c"]
    assert _symbols(since) == ["Own.c"]


def _symbols(part: Mapping[str, object]) -> list[str]:
    return [one["symbol"] for one in cast("list[dict[str, str]]", part["findings"])]


def test_people_get_a_headline_for_each_and_a_summary_of_all(semver: Semver, workspace: Path) -> None:
    _release(workspace, "core", "1.1.0", "")
    check = ("check", "--workspace", workspace, "--baseline", "git:v1.0.0")
    text = semver(*check).out
    assert [line for line in text.splitlines() if line.startswith("[") and "/3]" in line] == [
        "[1/3] acme/core 1.1.0 (core)",
        "[2/3] acme/text 1.0.0 (util/text)",
        "[3/3] acme/app 1.0.0 (app)",
    ]
    assert "\n3 packages: 1 under-bumped, 2 passed\n" in text
    assert text.count("Comparing version") == 3
    assert "[2/3] acme/text 1.0.0 (util/text)" in semver(*check, "--format", "bal").out
    page = semver(*check, "--format", "html").out
    assert page.count("<!DOCTYPE html>") == page.count("<main>") == 1
    assert all(f'<article id="p-{number}">' in page for number in (1, 2, 3))
    assert "<title>3 packages: under-bumped</title>" in page


@pytest.mark.parametrize("member", ["core", "util/text"])
def test_one_that_fails_does_not_keep_the_others_from_being_checked(
    semver: Semver, workspace: Path, member: str
) -> None:
    (workspace / member / "lib.bal").write_text("public type Order record {|\n    int ;\n|};\n")
    check = ("check", "--workspace", workspace, "--baseline", "git:v1.0.0")
    ended = semver(*check, "--format", "json")
    assert ended.code == 3
    assert sorted(map(str, _outcomes(ended))) == ["error", "passed", "passed"]
    shown = semver(*check)
    assert shown.err.startswith(f"[{_MEMBERS.index(member) + 1}/3] acme/")
    assert "--> lib.bal:2:" in shown.err
    assert "error:" not in shown.out
    assert "3 packages:" in shown.out


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"core/Ballerina.toml": "[package\n"}, 2),
        ({"core/Semver.toml": "[polcy]\n"}, 2),
        ({"core/Semver.toml": "[polcy]\n", "app/lib.bal": "public type A record {| int ; |};\n"}, 3),
        ({"core/Semver.toml": "[polcy]\n", "app/lib.bal": ""}, 2),
    ],
)
def test_the_exit_code_is_the_worst(
    semver: Semver, workspace: Path, broken: Mapping[str, str], code: int
) -> None:
    for path, content in broken.items():
        (workspace / path).write_text(content)
    ended = semver("check", "--workspace", workspace, "--baseline", "git:v1.0.0", "--format", "json")
    assert (ended.code, report_of(ended)["outcome"]) == (code, "error")


def test_members_without_decisions_obey_those_of_the_workspace(semver: Semver, workspace: Path) -> None:
    for member in ("core", "app"):
        _release(workspace, member, "1.1.0", "")
    (workspace / "Semver.toml").write_text(
        '[check]\nformat = "json"\nbaseline = "git:v1.0.0"\n[rules]\nfunction-removed = "minor"\n'
    )
    (workspace / "app/Semver.toml").write_text('[check]\nbaseline = "git:v1.0.0"\n')
    ended = semver("check", "--workspace", workspace, "--accept-settings", "head")
    assert (ended.code, _outcomes(ended)) == (1, ["passed", "passed", "under-bumped"])
    assert semver("check", workspace / "core", "--accept-settings", "head").code == 0
    assert semver("check", workspace / "core").code == 1  # v1.0.0 has no such rules
    assert semver("check", workspace / "app").code == 1


def test_a_workspace_is_asked_for_by_name(semver: Semver, workspace: Path) -> None:
    ended = semver("check", workspace)
    assert ended.code == 2
    assert "all of them with --workspace" in ended.err
    assert semver("check", "--workspace", workspace, "core").code == 2


def test_what_is_no_workspace_is_told(tmp_path: Path, semver: Semver, new: Path) -> None:
    ended = semver("check", "--workspace", new, "--format", "json")
    assert ended.code == 2
    assert "is in no workspace" in ended.err
    (tmp_path / "Ballerina.toml").write_text('[workspace]\npackages = ["gone", "../out"]\n')
    broken = semver("check", "--workspace")
    assert broken.code == 2
    assert "Ballerina.toml:2:" in broken.err


@pytest.mark.slow
def test_the_order_is_that_of_the_names_whichever_answer_comes_first(tmp_path: Path, semver: Semver) -> None:
    table: list[Published] = []
    paths: list[Path] = []
    for name in ("one", "two", "three", "four"):
        content = build_bala("acme", name, "1.3.0", {f"modules/{name}/lib.bal": OLD})
        table.append(Published("acme", name, "1.3.0", content))
        files = {"lib.bal": NEW, "Ballerina.toml": manifest("1.4.0", name)}
        paths.append(write_package(tmp_path / name, files))
    check: tuple[str | Path, ...] = ("check", *paths, "--format", "json", "--refresh")
    # Whoever asks first has to ask again.
    with serve_central(table, [Fault("versions", delivered("reset"), times=1)]) as central:
        late = semver(*check, SEMVERDIFF_CENTRAL_URL=central.address)
        again = semver(*check, SEMVERDIFF_CENTRAL_URL=central.address)
    assert json.loads(late.out) == json.loads(again.out)
    assert _outcomes(again) == ["under-bumped"] * 4
    assert again.err.count("checking for the latest") == 1


def test_the_working_copy_of_a_workspace_stays_clean(semver: Semver, workspace: Path) -> None:
    semver("check", "--workspace", workspace, "--baseline", "git:v1.0.0")
    assert git(workspace, "status", "--porcelain") == ""


@pytest.fixture
def hurried() -> Iterator[None]:
    """Let threads take turns as often as they can, so that what they share is met half-way."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.slow
@pytest.mark.usefixtures("hurried")
def test_packages_that_are_checked_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    members = []
    for number in range(8):
        old = "".join(
            f"public type R{one} record {{| int a; R{one + number}? next; |}};\n" for one in range(60)
        )
        new = old.replace("int a;", "int a; string more;", number + 1)
        before = write_package(tmp_path / f"old{number}", {"lib.bal": old}, "1.0.0")
        after = write_package(tmp_path / f"new{number}", {"lib.bal": new}, "1.0.1")
        members.append(Member(FRONT_END, Settings(after, baseline=f"file:{before}")))
    at_once = tuple(replace(one, directory=None) for one in check_all(members).packages)
    alone = tuple(check(FRONT_END, one.settings) for one in members if isinstance(one.settings, Settings))
    assert at_once == alone
    assert [len(one.findings) for one in at_once] == sorted(len(one.findings) for one in at_once)
    assert at_once[0].findings != at_once[1].findings


@pytest.mark.parametrize("typed", ["the workspace", "every path"])
def test_packages_outside_of_version_control_do_not_look_through_the_list_of_all_of_them(
    semver: Semver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    looked: list[Path] = []
    made: list[Path] = []

    def members(root: Path) -> tuple[str, ...]:
        looked.append(root)
        return workspace_members(root)

    def neighbour(package: Package, path: Path) -> Neighbour:
        made.append(path)
        return Neighbour(package, path)

    def looks(count: int) -> int:
        root = tmp_path / f"of_{count}"
        names = [f"p{at}" for at in range(count)]
        listed = ", ".join(f'"{one}"' for one in names)
        write_package(root, {"Ballerina.toml": f"[workspace]\npackages = [{listed}]\n"})
        for name in names:
            files = {"Ballerina.toml": manifest("1.0.0", name), "lib.bal": _SOURCE}
            write_package(root / name, {**files, "Semver.toml": '[check]\nbaseline = "none"\n'})
        write_package(root / names[-1], {"Ballerina.toml": "[package"})
        write_package(root / names[-2], {"Semver.toml": "[check]\nbaselines = 1\n"})
        looked.clear()
        made.clear()
        paths = ["--workspace", root] if typed == "the workspace" else [root / name for name in names]
        ended = semver("check", *map(str, paths), "--format", "json")
        assert _outcomes(ended) == [*(["first-release"] * (count - 2)), "error", "error"]
        return len(looked)

    monkeypatch.setattr("semverdiff.packages.workspace.workspace_members", members)
    monkeypatch.setattr("semverdiff.pipeline.workspace.Neighbour", neighbour)
    assert looks(9) == looks(4)
    # One mapping serves all of them, but for the two that cannot be read.
    assert len(made) == 2


def test_a_package_that_is_checked_alone_is_compared_without_neighbours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def noted(*arguments: object, **named: object) -> Report:
        seen.append(len(cast("Workspace", arguments[3]).neighbours))
        return check_package(*arguments, **named)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr("semverdiff.pipeline.workspace.check_package", noted)
    roots = [
        write_package(tmp_path / name, {"Ballerina.toml": manifest("1.0.0", name), "lib.bal": _SOURCE})
        for name in ("one", "two")
    ]
    members = [Member(FRONT_END, Settings(root, baseline="none")) for root in roots]

    check_all(members[:1])
    check_all(members)

    assert seen == [0, 2, 2]
