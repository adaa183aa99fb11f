"""What must not change an answer: the run, the hash seed, comments and layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli.examples import OLD, report_of
from support.packages import write_package

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Semver

COMMENTED = OLD.replace("public function", "// A word about this.\npublic function")
REFORMATTED = (
    OLD.replace("(Order item)", "(\n        Order item\n)").replace("    ", "\t").replace("{|\n", "{|\n\n")
)
REORDERED = "\n\n".join(reversed(OLD.split("\n\n"))) + "\n"


@pytest.mark.slow
@pytest.mark.parametrize("format_name", ["text", "bal", "json", "html"])
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
