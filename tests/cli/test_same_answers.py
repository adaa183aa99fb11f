"""What must not change an answer: the run, the hash seed, comments and layout."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli.examples import OLD, report_of
from support.packages import write_package

from semverdiff import reports

if TYPE_CHECKING:
    from cli.conftest import Semver

COMMENTED = OLD.replace("public function", "// A word about this.\npublic function")
REFORMATTED = (
    OLD.replace("(Order item)", "(\n        Order item\n)").replace("    ", "\t").replace("{|\n", "{|\n\n")
)
REORDERED = "\n\n".join(reversed(OLD.split("\n\n"))) + "\n"


@pytest.mark.slow
@pytest.mark.parametrize("format_name", reports.FORMATS)
def test_two_processes_with_other_hash_seeds_write_the_same_bytes(
    process: Semver, old: Path, new: Path, format_name: str
) -> None:
    first, second = (
        process("check", new, "--baseline", old, "--format", format_name, PYTHONHASHSEED=seed)
        for seed in ("1", "4711")
    )
    assert first == second
    assert first.code == 1


@pytest.mark.slow
def test_a_report_is_the_same_from_another_place_and_under_another_locale(
    tmp_path: Path, process: Semver, old: Path, new: Path
) -> None:
    source = new / "orders.bal"
    source.write_text(f"// Grüße\n{source.read_text('utf-8')}public type Größe int;\n", "utf-8")
    elsewhere = tmp_path / "a place" / "für später"
    for name in ("old", "new"):
        shutil.copytree(tmp_path / name, elsewhere / name)
    runs = (
        ("here", Path("new"), Path("old"), {"LC_ALL": "C", "TZ": "UTC"}),
        ("there", elsewhere / "new", elsewhere / "old", {"LC_ALL": "C.UTF-8", "TZ": "Asia/Colombo"}),
        ("turkish", new, old, {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"}),
    )
    written = []
    for name, package, baseline, environment in runs:
        (tmp_path / name).mkdir()
        formats = [word for one in reports.FORMATS for word in ("--format", f"{one}={name}/{one}")]
        assert process("check", package, "--baseline", baseline, *formats, **environment).code == 1
        written.append({one: (tmp_path / name / one).read_bytes() for one in reports.FORMATS})
    assert "Größe" in written[0]["text"].decode()
    for other in written[1:]:
        assert [one for one in reports.FORMATS if other[one] != written[0][one]] == []


@pytest.mark.slow
def test_a_listing_is_the_same_with_another_hash_seed(process: Semver, repository: Path) -> None:
    package = repository / "fixtures" / "shop-1.4.0"
    first, second = (process("api", package, PYTHONHASHSEED=seed) for seed in ("1", "4711"))
    assert first == second
    assert first.out


@pytest.mark.parametrize(
    "source", [OLD, COMMENTED, REFORMATTED, REORDERED], ids=["equal", "commented", "reformatted", "reordered"]
)
def test_what_clients_cannot_notice_is_no_finding(
    tmp_path: Path, semver: Semver, old: Path, source: str
) -> None:
    new = write_package(tmp_path / "new", {"orders.bal": source}, version="1.3.1")
    ended = semver("check", new, "--baseline", old, "--format", "json")
    report = report_of(ended)
    assert (ended.code, report["findings"], report["required_bump"]) == (0, [], "none")


def test_where_a_package_lies_is_not_in_its_report(
    tmp_path: Path, semver: Semver, old: Path, new: Path
) -> None:
    for format_name in ("text", "json", "html"):
        ended = semver("check", new, "--baseline", old, "--format", format_name)
        assert str(tmp_path) not in ended.out
