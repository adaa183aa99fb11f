"""The packages that a bump is checked beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.packages import manifest, write_package

from semverdiff.ballerina import bumps_of
from semverdiff.config import Settings
from semverdiff.pipeline import Bumps, Wish, check_on_grounds

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.packages import Package
    from semverdiff.pipeline import Announce, FrontEnd, Grounds, Workspace
    from semverdiff.reports import Report


_Checks = list[tuple[str, dict[str, str]]]
"""The packages that are checked, in their order, each with the versions of its neighbours."""


@pytest.fixture(name="checks")
def checks_fixture(monkeypatch: pytest.MonkeyPatch) -> _Checks:
    """Note what is checked, and beside what."""
    seen: _Checks = []

    def noted(
        front_end: FrontEnd, candidate: Package, settings: Settings, workspace: Workspace, announce: Announce
    ) -> tuple[Report, Grounds]:
        neighbours = (one.package for one in workspace.neighbours.values())
        seen.append((candidate.name, {one.name: one.version for one in neighbours}))
        return check_on_grounds(front_end, candidate, settings, workspace, announce)

    monkeypatch.setattr("semverdiff.ballerina.bumps.check_on_grounds", noted)
    return seen


def _asks_for(version: str | None, name: str = "one") -> str:
    written = "" if version is None else f'version = "{version}"\n'
    return f'[[dependency]]\norg = "acme"\nname = "{name}"\n{written}'


_SOURCE = "public const A = 1;\n"


def _written(root: Path, name: str, entries: str = "", source: str = _SOURCE) -> Path:
    return write_package(root / name, {"Ballerina.toml": manifest("1.0.0", name, entries), "lib.bal": source})


def _bumps(
    tmp_path: Path, targets: list[str], source: tuple[str, str] = (_SOURCE, _SOURCE), **entries: str
) -> Bumps:
    """Return what becomes of packages of a workspace, of which `one` has lost a constant.

    `source` is that of the others, before and after.
    """
    roots = {name: _written(tmp_path, name, entry, source[1]) for name, entry in entries.items()}
    baselines = {name: _written(tmp_path / "old", name, entry, source[0]) for name, entry in entries.items()}
    roots["one"], baselines["one"] = _written(tmp_path, "one", source=""), _written(tmp_path / "old", "one")
    wanted = [(roots[name], Settings(roots[name], baseline=str(baselines[name]))) for name in targets]
    return bumps_of(wanted, sorted(roots.values()), Wish(), lambda _: None)


def test_a_package_that_is_bumped_alone_is_checked_without_neighbours(
    tmp_path: Path, checks: _Checks
) -> None:
    _bumps(tmp_path, ["one"], two="")
    assert checks == [("one", {})]


def test_packages_that_are_bumped_together_are_checked_beside_each_other_as_they_will_be(
    tmp_path: Path, checks: _Checks
) -> None:
    _bumps(tmp_path, ["one", "two"], two=_asks_for("1.0.0"), three=_asks_for("1.0.0"))
    assert checks == [
        ("one", {"one": "1.0.0", "two": "1.0.0"}),
        ("two", {"one": "2.0.0", "two": "1.0.0"}),
    ]


def test_a_package_whose_entries_change_after_it_was_checked_is_checked_once_more(
    tmp_path: Path, checks: _Checks
) -> None:
    bumps = _bumps(tmp_path, ["two", "one"], two=_asks_for("1.0.0"))
    assert [name for name, _ in checks] == ["two", "one", "two"]
    assert [(one.name, one.old, one.new) for one in bumps.bumps] == [
        ("acme/two", "1.0.0", "1.1.0"),
        ("acme/one", "1.0.0", "2.0.0"),
    ]


def test_a_package_that_is_bumped_twice_had_the_version_before_both(tmp_path: Path, checks: _Checks) -> None:
    before = "import acme/one;\npublic function f(one:A a) {\n}\n"
    sources = (before, f"{before}public const B = 1;\n")
    bumps = _bumps(tmp_path, ["two", "one"], sources, two=_asks_for("1.0.0"))
    assert [name for name, _ in checks] == ["two", "one", "two"]
    assert [(one.old, one.new) for one in bumps.bumps] == [("1.0.0", "2.0.0"), ("1.0.0", "2.0.0")]


ENTRIES = {
    "a lower version": (_asks_for("1.0.0"), ["1.0.0"]),
    "the version": (_asks_for("2.0.0"), []),
    "a higher version": (_asks_for("2.1.0"), []),
    "no version": (_asks_for(None), []),
    "what is no version": (_asks_for("1"), []),
    "another package": (_asks_for("1.0.0", "other"), []),
    "another package beside it": (f"{_asks_for('1.0.0', 'other')}{_asks_for('1.1.0')}", ["1.1.0"]),
}


@pytest.mark.parametrize(("entries", "raised"), ENTRIES.values(), ids=ENTRIES)
def test_entries_that_ask_for_a_lower_version_follow(tmp_path: Path, entries: str, raised: list[str]) -> None:
    bumps = _bumps(tmp_path, ["one"], two=entries)
    assert [(one.name, one.old, one.new) for one in bumps.dependencies] == [
        ("acme/one", old, "2.0.0") for old in raised
    ]
    assert len(bumps.edits) == 1 + len(raised)
