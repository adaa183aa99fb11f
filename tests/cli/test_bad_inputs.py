"""Whatever is wrong with the inputs: an exit code of the interface, a place, a remedy, valid JSON."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click
import pytest
from cli.examples import NEW, OLD, report_of
from support.archives import build_bala
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cli.conftest import Semver

_NO_EXPORT = build_bala("acme", "shop", "1.4.0", {"modules/shop/main.bal": NEW}, export=[])
_CHECK = ("check", "new", "--baseline", "old")


@dataclass(frozen=True, slots=True)
class Bad:
    """A mistake in the world around a command: what is written to disk, the command, and what it says."""

    files: Mapping[str, str | bytes]
    says: tuple[str, ...]
    code: int
    command: tuple[str, ...] = _CHECK
    links: Mapping[str, str] = field(default_factory=dict)
    locked: tuple[str, ...] = ()


BAD = {
    "a source that is not UTF-8": Bad(
        {"new/orders.bal": b'public const A = 1;\npublic const B = "\xff";\n'},
        ("--> new/orders.bal:2:", "UTF-8"),
        3,
    ),
    "a source that is a link to nowhere": Bad(
        {},
        ("--> new/lost.bal", "'lost.bal' cannot be read: No such file"),
        3,
        links={"new/lost.bal": "gone.bal"},
    ),
    "a directory that nobody may read": Bad(
        {"new/modules/more/more.bal": ""},
        ("'modules/more' cannot be read: Permission denied",),
        3,
        locked=("new/modules/more",),
    ),
    "several mistakes in Ballerina.toml": Bad(
        {"new/Ballerina.toml": '[package]\norg = "ac me"\nname = 5\nversion = "1.x"\n'},
        ("Ballerina.toml:2:", "Ballerina.toml:3:", "Ballerina.toml:4:"),
        2,
    ),
    "a Ballerina.toml that is no TOML": Bad(
        {"new/Ballerina.toml": "[package\norg = 1\n"}, ("--> new/Ballerina.toml:1:",), 2
    ),
    "a version that is none": Bad(
        {"new/Ballerina.toml": manifest("1.4")}, ("--> new/Ballerina.toml:4:", "1.4"), 2
    ),
    "no sources at all": Bad(
        {"new/orders.bal": "", "other/Ballerina.toml": manifest()},
        ("has no sources", "Give the directory"),
        3,
        ("check", "other", "--baseline", "old"),
    ),
    "an exported module that is missing": Bad(
        {"new/Ballerina.toml": manifest(more='export = ["shop", "shop.orders"]\n')},
        ("--> new/Ballerina.toml:5:", "shop.orders"),
        2,
    ),
    "a directory that is no package": Bad(
        {"plain/readme.txt": ""},
        ("not in a Ballerina package", "Give the directory"),
        2,
        ("check", "plain", "--baseline", "old"),
    ),
    "a path where nothing is": Bad({}, ("'gone' does not exist: expected",), 2, ("check", "gone")),
    "a single source file": Bad(
        {}, ("is a single file", "Give the directory"), 2, ("check", "new/orders.bal")
    ),
    "a baseline file where nothing is": Bad(
        {}, ("gone.bala",), 2, ("check", "new", "--baseline", "gone.bala")
    ),
    "a baseline that is no zip": Bad(
        {"old.bala": b"PK\x03\x04 and no more"}, ("old.bala",), 3, ("check", "new", "--baseline", "old.bala")
    ),
    "a baseline that is nothing known": Bad(
        {}, ("there is no baseline 'atuo'", "did you mean 'auto'?"), 2, ("check", "new", "--baseline", "atuo")
    ),
    "a version to compare with that is none": Bad(
        {}, ("'-c' / '--compare-version'", "1.x"), 2, ("check", "new", "-c", "1.x")
    ),
    "two baselines": Bad({}, ("give one of them",), 2, (*_CHECK, "-c", "1.0.0")),
    "an unknown format": Bad({}, ("Did you mean 'html'?",), 2, (*_CHECK, "--format", "htm=page.html")),
    "a format without a file name": Bad({}, ("html=FILE",), 2, (*_CHECK, "--format", "html=")),
    "a file below another file": Bad(
        {},
        ("cannot be written", "'new/Ballerina.toml' is no directory"),
        2,
        (*_CHECK, "--format", "html=new/Ballerina.toml/a/page.html"),
    ),
    "a file whose name is too long": Bad(
        {}, ("cannot be written: File name too long",), 2, (*_CHECK, "--format", f"html={'x' * 300}")
    ),
    "two reports on standard output": Bad(
        {}, ("two reports would go to standard output",), 2, (*_CHECK, "--format", "text", "--format", "bal")
    ),
    "a revision outside of any repository": Bad(
        {}, ("in no git repository",), 2, ("check", "new", "--baseline", "git:v1")
    ),
    "an API file that is none": Bad(
        {"new/shop.api": "x"}, ("'semverdiff-api: 1' is missing",), 3, ("diff", "api:new/shop.api", "new")
    ),
    "an API file that is not there": Bad({}, ("'x' cannot be read",), 3, ("diff", "api:x", "new")),
    "a side in no repository": Bad({}, ("in no git repository",), 2, ("diff", "git:v1", "new")),
    "two sides that name no package": Bad(
        {}, ("neither 'local' nor 'git:latest-tag' names a package",), 2, ("diff", "local", "git:latest-tag")
    ),
    "a mistyped command": Bad({}, ("Did you mean one of: 'cache', 'check'?",), 2, ("chekc",)),
    "a mistyped option": Bad(
        {}, ("Did you mean one of: '--baseline', '--require-baseline'?",), 2, ("check", "--baselin", "old")
    ),
    "a mistyped gate": Bad({}, ("Did you mean 'major'?",), 2, ("check", "--fail-on", "majr")),
    "a mistyped kind": Bad({}, ("Did you mean 'type'?",), 2, ("api", "new", "--kind", "tpye")),
    "a mistyped module": Bad({}, ("Did you mean 'shop'?",), 2, ("api", "new", "--module", "shp")),
    "a listing of nothing": Bad({}, ("'gone' does not exist",), 2, ("api", "gone")),
    "a listing of a broken declaration": Bad(
        {"new/orders.bal": "public type Order record {|\n    int ;\n|};\n"},
        ("--> new/orders.bal:2:", "2 |     int ;", "^"),
        3,
        ("api", "new"),
    ),
    "a comparison of nothing": Bad({}, ("'gone' does not exist",), 2, ("diff", "gone", "new")),
    "an archive that exports nothing": Bad(
        {"new.bala": _NO_EXPORT}, ("exports no module",), 4, ("check", "new.bala", "--baseline", "old")
    ),
    "a listing of an archive that exports nothing": Bad(
        {"new.bala": _NO_EXPORT}, ("exports no module", "--private"), 4, ("api", "new.bala")
    ),
}


@pytest.fixture
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Bad]:
    """Write the inputs of a case."""
    bad: Bad = request.param
    for side, source in (("old", OLD), ("new", NEW)):
        write_package(tmp_path / side, {"orders.bal": source})
    for path, content in bad.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    for path, target in bad.links.items():
        (tmp_path / path).symlink_to(target)
    if bad.locked and os.geteuid() == 0:
        pytest.skip("root may read everything")
    for path in bad.locked:
        (tmp_path / path).chmod(0)
    yield bad
    for path in bad.locked:
        (tmp_path / path).chmod(0o700)


@pytest.mark.parametrize("world", BAD.values(), ids=BAD, indirect=True)
def test_what_is_wrong_is_said_on_standard_error_only(world: Bad, semver: Semver) -> None:
    ended = semver(*world.command)
    assert (ended.code, ended.out) == (world.code, "")
    assert "Traceback" not in ended.err
    for words in world.says:
        assert words in ended.err


@pytest.mark.parametrize("world", BAD.values(), ids=BAD, indirect=True)
def test_programs_are_told_in_valid_json(world: Bad, semver: Semver) -> None:
    report = report_of(semver(*world.command, "--format", "json"))
    assert report["outcome"] == ("nothing-checked" if world.code == 4 else "error")
    errors = report["errors"]
    assert isinstance(errors, list)
    assert all(error["message"] for error in errors)
    assert errors


def test_what_is_wrong_without_a_command_is_said_without_its_usage(
    semver: Semver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def main(*_: object, **__: object) -> None:
        raise click.ClickException("Nothing can be read")

    monkeypatch.setattr("semverdiff.cli.program.program.main", main)
    ended = semver("check")
    assert (ended.code, ended.err) == (2, "error: nothing can be read\n")
