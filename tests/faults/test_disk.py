"""Disks that are full: nothing is half written, and what could not be written is said, or was not needed."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from cli.examples import NEW, OLD
from support.archives import build_bala
from support.central import Published, serve_central
from support.faults import Fault, run_with
from support.packages import write_package

from semverdiff import limits

if TYPE_CHECKING:
    from pathlib import Path

UNDER_BUMPED = 1
COULD_NOT_COMPLETE = 3

FULL = Fault(largest_file=8_000)  # what is printed fits, no archive and no page does
CHECK = ["check", "-q", "new"]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    write_package(tmp_path / "old", {"orders.bal": OLD}, version="1.3.0")
    return write_package(tmp_path / "new", {"orders.bal": NEW})


def published(size: int = 20_000) -> Published:
    """Return the published version, in an archive that is larger than a file may be."""
    icon = Random(1).randbytes(size).hex()  # noqa: S311 (only to be incompressible)
    files = {"modules/shop/orders.bal": OLD, "docs/icon.png": icon}
    return Published("acme", "shop", "1.3.0", build_bala("acme", "shop", "1.3.0", files))


@pytest.mark.slow
@pytest.mark.usefixtures("package")
@pytest.mark.parametrize("before", [None, "<p>of the last run</p>"])
def test_a_report_that_does_not_fit_is_an_error_and_no_part_of_it_is_left(
    tmp_path: Path, before: str | None
) -> None:
    page = tmp_path / "out" / "report.html"
    page.parent.mkdir()
    if before is not None:
        page.write_text(before)
    arguments = ["check", "new", "--baseline", "./old", "--format", "html=out/report.html"]
    (ended,) = run_with([FULL], arguments, tmp_path, {})
    assert ended.code == COULD_NOT_COMPLETE
    assert "'out/report.html'" in ended.err
    assert "File too large" in ended.err
    assert "Traceback" not in ended.err
    assert [file.name for file in page.parent.iterdir()] == ([] if before is None else ["report.html"])
    assert before is None or page.read_text() == before


@pytest.mark.slow
@pytest.mark.usefixtures("package")
def test_a_cache_without_room_changes_no_answer_and_holds_no_part_of_a_file(tmp_path: Path) -> None:
    with serve_central([published()]) as central:
        environment = {
            "SEMVERDIFF_CENTRAL_URL": central.address,
            "SEMVERDIFF_CACHE_DIR": str(tmp_path / "cache"),
        }
        roomless, usual = run_with([FULL, Fault()], CHECK, tmp_path, environment)
        assert (usual.code, usual.err) == (UNDER_BUMPED, "")
        assert roomless == usual
        requests = len(central.requests)
        (again,) = run_with([FULL], [*CHECK, "--offline"], tmp_path, environment)
        assert len(central.requests) == requests
    assert again.code == UNDER_BUMPED  # what the usual run has stored is whole


@pytest.mark.slow
@pytest.mark.usefixtures("package")
def test_what_a_full_disk_took_no_part_of_is_not_there_offline(tmp_path: Path) -> None:
    with serve_central([published()]) as central:
        environment = {
            "SEMVERDIFF_CENTRAL_URL": central.address,
            "SEMVERDIFF_CACHE_DIR": str(tmp_path / "cache"),
        }
        (roomless,) = run_with([FULL], CHECK, tmp_path, environment)
        assert roomless.code == UNDER_BUMPED
        (offline,) = run_with([Fault()], [*CHECK, "--offline"], tmp_path, environment)
    assert offline.code == COULD_NOT_COMPLETE
    assert list((tmp_path / "cache").rglob("*.bala")) == []
    assert list((tmp_path / "cache").rglob(".*")) == []


@pytest.mark.slow
@pytest.mark.usefixtures("package")
def test_an_archive_that_fits_neither_memory_nor_disk_ends_the_run_and_leaves_nothing(tmp_path: Path) -> None:
    with serve_central([published(limits.DOWNLOAD_MEMORY_BYTES)]) as central:
        environment = {
            "SEMVERDIFF_CENTRAL_URL": central.address,
            "SEMVERDIFF_CACHE_DIR": str(tmp_path / "cache"),
        }
        roomless, usual = run_with([FULL, Fault()], CHECK, tmp_path, environment)
    assert (roomless.code, usual.code) == (COULD_NOT_COMPLETE, UNDER_BUMPED)
    assert "the archive of acme/shop 1.3.0 cannot be stored while it is read (File too large)" in roomless.err
    assert "SEMVERDIFF_CACHE_DIR" in roomless.err
    assert "Traceback" not in roomless.err
    assert list((tmp_path / "cache").rglob("*.part")) == []
