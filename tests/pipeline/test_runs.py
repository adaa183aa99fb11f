"""The runs as a library has them: a report, or an error that says what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli.examples import NEW, OLD
from msgspec.structs import replace
from support.git_repositories import commit, repository_at
from support.packages import manifest, write_package

from semverdiff import Outcome, Settings, check, diff
from semverdiff.ballerina import FRONT_END
from semverdiff.config import Options, SuppressionEntry
from semverdiff.errors import (
    ManifestError,
    NothingToCheckError,
    SemverdiffError,
    SourceError,
    UsageError,
)
from semverdiff.packages import read_package
from semverdiff.pipeline import (
    Member,
    check_all,
    check_package,
    diff_packages,
    load_sides,
    lost_members,
)
from semverdiff.reports import Gate
from semverdiff.versions import Level

if TYPE_CHECKING:
    from pathlib import Path

_UNUSED = SuppressionEntry(rule="enum-removed", reason="agreed with all clients")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a package."""
    return write_package(tmp_path / "old", {"orders.bal": OLD}, version="1.3.0")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """Return its next version, which breaks clients but has only a higher minor number."""
    return write_package(tmp_path / "new", {"orders.bal": NEW})


def test_a_package_without_exported_modules_cannot_be_checked(old: Path, new: Path) -> None:
    candidate = read_package(new)
    (module,) = candidate.modules
    hidden = replace(candidate, modules=(replace(module, exported=False),))
    with pytest.raises(NothingToCheckError, match="shop exports no module"):
        check_package(FRONT_END, hidden, Settings(new, baseline=str(old)))
    both = replace(candidate, modules=(*hidden.modules, replace(module, name="shop.orders")))
    assert check_package(FRONT_END, both, Settings(new, baseline=str(old))).findings


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ({"Ballerina.toml": "[package\n"}, ManifestError),
        ({"orders.bal": "public type Order record {|\n    int ;\n|};\n"}, SourceError),
    ],
)
def test_what_is_wrong_with_a_package_is_an_error(
    old: Path, new: Path, files: dict[str, str], error: type[SemverdiffError]
) -> None:
    write_package(new, files)
    with pytest.raises(error):
        check(Settings(new, baseline=str(old)))
    with pytest.raises(error):
        diff(old, new)


def test_a_baseline_or_branch_that_does_not_exist_is_an_error(tmp_path: Path, new: Path) -> None:
    with pytest.raises(SemverdiffError, match="does not exist"):
        check(Settings(new, baseline=str(tmp_path / "none.bala")))
    with pytest.raises(UsageError, match="no git repository"):
        check(Settings(new, baseline="none", merge_base="main"))


@pytest.mark.parametrize("run", ["check", "diff"])
def test_a_text_that_is_no_version_is_an_error(old: Path, new: Path, run: str) -> None:
    write_package(new, {"Ballerina.toml": '[package]\norg = "acme"\nname = "shop"\nversion = "1.4"\n'})
    with pytest.raises((UsageError, ManifestError), match=r"1\.4"):
        _ = check(Settings(new, baseline=str(old))) if run == "check" else diff(old, new)


def test_a_comparison_gates_nothing(old: Path, new: Path) -> None:
    report = diff(old, new, Settings(new, strict=True, fail_on="patch", suppressions=(_UNUSED,)))
    assert (report.outcome, report.gates) == (Outcome.PASSED, ())
    assert report.summary == "requires major: 2.0.0 or later, for 1 breaking change"
    assert report.required_version == "2.0.0"
    assert report.unused_suppressions == ()


def test_a_comparison_is_decided_by_the_file_of_the_new_package(old: Path, new: Path) -> None:
    write_package(new, {"Semver.toml": '[rules]\nrecord-field-removed = "minor"\n'})
    assert [one.level for one in diff(old, new).findings] == [Level.MINOR]
    assert diff(old, new).notes == ()
    assert [one.level for one in diff(new, old).findings] == [Level.MINOR]  # added, by the catalogue


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ((_UNUSED,), "1 suppression without a finding"),
        ((_UNUSED, _UNUSED), "2 suppressions without a finding"),
    ],
)
def test_a_strict_run_fails_on_stale_suppressions(
    old: Path, new: Path, entries: tuple[SuppressionEntry, ...], why: str
) -> None:
    settings = Settings(new, baseline=str(old), suppressions=entries)
    assert [gate.name for gate in check(settings).gates] == ["version"]
    strict = Settings(new, baseline=str(old), suppressions=entries, strict=True)
    assert check(strict).gates[1:] == (Gate("suppressions", passed=False, why=why),)


def test_a_strict_run_without_stale_suppressions_has_no_gate_for_them(old: Path, new: Path) -> None:
    assert [gate.name for gate in check(Settings(new, baseline=str(old), strict=True)).gates] == ["version"]


def test_an_error_of_one_package_is_its_report(old: Path, new: Path, tmp_path: Path) -> None:
    broken = write_package(tmp_path / "broken", {"a.bal": "public type A record {|\n    int ;\n|};\n"})
    members = [
        Member(FRONT_END, Settings(new, baseline=str(old)), "new"),
        Member(FRONT_END, Settings(broken, baseline=str(old)), "broken"),
        Member(FRONT_END, UsageError("no such key"), "wrong"),
        Member(FRONT_END, Settings(tmp_path / "none"), "none"),
    ]
    reports = check_all(members).packages
    assert [report.directory for report in reports] == ["new", "broken", "wrong", "none"]
    assert [report.outcome for report in reports] == [Outcome.UNDER_BUMPED, *(Outcome.ERROR,) * 3]
    assert [report.candidate is not None for report in reports] == [True, True, False, False]


def test_packages_that_are_checked_together_name_those_that_they_depend_on(tmp_path: Path) -> None:
    def member(name: str, source: str, more: str = "", owner: str = "acme") -> Member:
        part = {"modules/part/part.bal": "public const P = 1;\n"}
        said = manifest("1.0.0", name).replace('"acme"', f'"{owner}"') + more
        files = {"Ballerina.toml": said, "lib.bal": source, **part}
        root = write_package(tmp_path / name, files)
        return Member(FRONT_END, Settings(root, baseline="none"))

    declared = '[[dependency]]\norg = "acme"\nname = "core"\nversion = "1.0.0"\n'
    reports = check_all(
        [
            member("core", "public const A = 1;\n"),
            member("imports", "import acme/core;\npublic const B = core:A;\n"),
            member("declares", "public const C = 1;\n", declared),
            member("neither", "import other/core;\nimport acme/corex;\npublic const D = 1;\n"),
            member("both", "import acme/core.part;\nimport acme/both.part as own;\n", declared),
            member("deep", "import acme/core.part;\n", declared.replace('"acme"', '"other"')),
            member("foreign", "", declared.replace('"acme"', '"other"')),
            member("tax", "", owner="another"),
            member("strangers", "import acme/tax;\nimport acme/tax.part;\n"),
            member("friends", "import another/tax;\n"),
            member("several", "import acme/declares;\nimport acme/core;\nimport acme/both.part;\n"),
        ]
    ).packages
    note = "It depends on acme/core 1.0.0, which is checked as well."
    assert [report.notes.count(note) for report in reports] == [0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 1]
    told = [[one for one in report.notes if "depends on" in one] for report in reports]
    assert [len(notes) for notes in told] == [0, 1, 1, 0, 1, 1, 0, 0, 0, 1, 3]
    assert told[-1] == sorted(told[-1])


def test_packages_that_no_workspace_names_have_a_directory_where_others_share_their_names(
    tmp_path: Path,
) -> None:
    def member(folder: str, name: str, directory: str | None = None) -> Member:
        files = {"Ballerina.toml": manifest("1.0.0", name), "lib.bal": "public const A = 1;\n"}
        root = write_package(tmp_path / folder, files)
        return Member(FRONT_END, Settings(root, baseline="none"), directory)

    members = [
        member("a", "cafe", "listed"),
        member("b", "cafe"),
        member("c", "cafe"),
        member("d", "shop"),
        member("e", "shop", "also"),
        *(Member(FRONT_END, UsageError("no such key"), path=tmp_path / name) for name in ("f", "g")),
    ]
    found = [one.directory for one in check_all(members).packages]
    assert found == ["listed", "b", "c", None, "also", "f", "g"]


def test_a_member_that_a_workspace_lost_fails_a_gate_unless_somebody_consents(tmp_path: Path) -> None:
    root = repository_at(tmp_path / "work")
    workspace = '[workspace]\npackages = ["shop", "till"]\n'
    files = {f"{one}/Ballerina.toml": manifest("1.0.0", one) for one in ("shop", "till")}
    commit(root, {"Ballerina.toml": workspace, "shop/a.bal": "", "till/a.bal": ""} | files)
    settings = Settings(root / "shop", merge_base="main")
    (report,) = lost_members(FRONT_END, settings, root, ["shop"])
    why = "the workspace lists acme/till no longer, which it did at the merge base with main"
    assert report.gates == (Gate("workspace", passed=False, why=why),)
    assert (report.outcome, report.directory, report.summary) == (Outcome.GATE_FAILED, "till", why)
    assert lost_members(FRONT_END, replace(settings, merge_base=None), root, ["shop"]) == ()
    assert lost_members(FRONT_END, replace(settings, merge_base="gone"), root, ["shop"]) == ()
    consented = replace(settings, typed=Options(accept_settings="head"))
    assert lost_members(FRONT_END, consented, root, ["shop"]) == ()


def test_what_a_comparison_compares_with_is_told(old: Path, new: Path) -> None:
    told: list[str] = []
    settings = Settings(new)
    sides = load_sides(FRONT_END, old, new, settings)
    diff_packages(FRONT_END, *sides, settings, announce=told.append)
    assert told == ["comparing with shop 1.3.0"]


def test_how_many_packages_are_checked_by_now_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    roots = [write_package(tmp_path / name, {"a.bal": "public const A = 1;"}) for name in ("a", "b")]
    check_all([Member(FRONT_END, Settings(root, baseline="none")) for root in roots], announce=told.append)
    assert told == [
        "reading the packages",
        "checking 2 packages, 0 of them are done",
        "checking 2 packages, 1 of them are done",
    ]


def test_no_packages_are_no_reports() -> None:
    assert check_all([]).packages == ()
