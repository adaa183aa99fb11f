"""Interrupted, ended or killed at any step: what is on disk is whole, and the next run is right."""

from __future__ import annotations

import hashlib
import json
import signal
from typing import TYPE_CHECKING

import pytest
from cli.examples import NEW, OLD
from msgspec.structs import replace
from support.archives import build_bala
from support.central import Published, serve_central
from support.faults import Ended, Fault, run_with
from support.git_repositories import commit, repository_at
from support.packages import manifest, write_package

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

UNDER_BUMPED = 1
INTERRUPTED = 130
POINTS = 16
WRITING = "replace_file"  # the name of the function that writes a report

CHECK = ["check", "-q", "new", "--format", "json", "--format", "html=report.html"]
WITH_GIT = [*CHECK, "--baseline", "git:v1.3.0", "--merge-base", "HEAD"]
OLD_PAGE = "<p>of the last run</p>"


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """Return what reaches a registry that has the published version; the cache is where a run is."""
    source = NEW.replace("int id", "string id")
    content = build_bala("acme", "shop", "1.3.0", {"modules/shop/orders.bal": source})
    with serve_central([Published("acme", "shop", "1.3.0", content)]) as central:
        yield {"SEMVERDIFF_CENTRAL_URL": central.address, "SEMVERDIFF_CACHE_DIR": "cache"}


def prepare(place: Path, check: Sequence[str]) -> None:
    place.mkdir(parents=True, exist_ok=True)
    if check is WITH_GIT:
        repository_at(place)
        commit(place, {"new/Ballerina.toml": manifest("1.3.0"), "new/orders.bal": OLD}, tag="v1.3.0")
    write_package(place / "new", {"orders.bal": NEW})
    (place / "report.html").write_text(OLD_PAGE)


def undisturbed(
    tmp_path: Path, environment: dict[str, str], check: list[str], within: str | None = None
) -> tuple[Ended, str]:
    """Return how a run ends to which nothing happens, with its steps, and the page that it writes."""
    prepare(tmp_path / "undisturbed", check)
    fault = Fault(at=10**9, within=within, place="undisturbed")
    (ended,) = run_with([fault], check, tmp_path, environment)
    assert ended.code == UNDER_BUMPED
    assert json.loads(ended.out)["outcome"] == "under-bumped"
    return ended, (tmp_path / "undisturbed" / "report.html").read_text("utf-8")


def ended_by(
    faults: list[Fault], tmp_path: Path, environment: dict[str, str], check: list[str], page: str
) -> list[tuple[Fault, Ended]]:
    """Return how a run with each of the faults ended; all left whole files, and the next runs were right."""
    placed = [replace(fault, place=str(fault.at)) for fault in faults]
    for fault in placed:
        prepare(tmp_path / fault.place, check)
    ended = run_with(placed, check, tmp_path, environment)
    for fault in placed:
        assert_whole(tmp_path / fault.place, page)
    for after in run_with([Fault(place=fault.place) for fault in placed], check, tmp_path, environment):
        assert (after.code, after.err) == (UNDER_BUMPED, "")
    return list(zip(placed, ended, strict=True))


def assert_whole(place: Path, page: str) -> None:
    """Assert that whoever reads the files finds the old content or the new one, never a part."""
    for file in (place / "cache").rglob("[!.]*.bala"):
        assert hashlib.sha256(file.read_bytes()).hexdigest() == file.stem
    for file in (place / "cache").rglob("[!.]*.json"):
        json.loads(file.read_bytes())
    assert (place / "report.html").read_text("utf-8") in {OLD_PAGE, page}


@pytest.mark.slow
@pytest.mark.parametrize("check", [CHECK, WITH_GIT], ids=["with a registry", "with git"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_ended_at_any_step_says_so_and_leaves_whole_files(
    tmp_path: Path, environment: dict[str, str], check: list[str], number: signal.Signals
) -> None:
    counted, page = undisturbed(tmp_path, environment, check)
    assert counted.steps > 10 * POINTS
    steps = [counted.steps * point // (POINTS + 1) for point in range(1, POINTS + 1)]
    for fault, ended in ended_by(
        [Fault(signal=number, at=step) for step in steps], tmp_path, environment, check, page
    ):
        assert ended.out in {"", counted.out}, fault
        if number == signal.SIGTERM:
            assert ended.code == -signal.SIGTERM, fault
        else:
            assert (ended.code, ended.err.strip()) == (INTERRUPTED, "interrupted"), fault


@pytest.mark.slow
def test_a_run_that_is_killed_before_any_line_that_writes_a_report_leaves_a_whole_one(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    counted, page = undisturbed(tmp_path, environment, CHECK, WRITING)
    assert counted.steps > 5
    faults = [Fault(signal=signal.SIGKILL, at=step, within=WRITING) for step in range(1, counted.steps + 1)]
    for fault, ended in ended_by(faults, tmp_path, environment, CHECK, page):
        assert ended.code == -signal.SIGKILL, fault
