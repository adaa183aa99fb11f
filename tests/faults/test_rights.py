"""A user without rights: what may not be read is never taken for absent, what may not be written is said."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli.examples import NEW, OLD
from support.archives import build_bala
from support.central import Published, serve_central
from support.faults import NOBODY, Ended, Fault, run_with
from support.packages import write_package

if TYPE_CHECKING:
    from collections.abc import Iterator

UNDER_BUMPED = 1
WRONG_USAGE = 2
COULD_NOT_COMPLETE = 3

CHECK = ["check", "new", "--baseline", "./old"]


@pytest.fixture
def place() -> Iterator[Path]:
    """Return a directory that others may look into, with the two versions of a package."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    write_package(folder / "old", {"orders.bal": OLD}, version="1.3.0")
    write_package(folder / "new", {"orders.bal": NEW, "modules/more/more.bal": "", "Semver.toml": ""})
    yield folder
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


def run_as_nobody(place: Path, *arguments: str, **environment: str) -> Ended:
    (ended,) = run_with([Fault(user=NOBODY)], list(arguments), place, environment)
    assert "Traceback" not in ended.err
    return ended


@pytest.mark.slow
def test_nobody_may_check_what_everybody_may_read(place: Path) -> None:
    ended = run_as_nobody(place, *CHECK)
    assert (ended.code, ended.err) == (UNDER_BUMPED, "")


UNREADABLE = {
    "a source": ("new/orders.bal", COULD_NOT_COMPLETE),
    "a folder of sources": ("new/modules/more", COULD_NOT_COMPLETE),
    "the folder of modules": ("new/modules", COULD_NOT_COMPLETE),
    "the manifest": ("new/Ballerina.toml", COULD_NOT_COMPLETE),
    "the settings": ("new/Semver.toml", WRONG_USAGE),
    "a published source": ("old/orders.bal", COULD_NOT_COMPLETE),
    "the package": ("new", WRONG_USAGE),
}


@pytest.mark.slow
@pytest.mark.parametrize(("path", "code"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_may_not_be_read_ends_the_run_with_its_name(place: Path, path: str, code: int) -> None:
    (place / path).chmod(0)
    ended = run_as_nobody(place, *CHECK)
    assert (ended.code, ended.out) == (code, "")
    assert "Permission denied" in ended.err or "is not readable" in ended.err
    assert Path(path).name in ended.err
    assert "has a fault" not in ended.err


@pytest.mark.slow
@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_a_report_that_may_not_be_written_is_an_error_and_leaves_nothing(place: Path, mode: int) -> None:
    folder = place / "out"
    folder.mkdir(mode=mode)
    ended = run_as_nobody(place, *CHECK, "--format", "html=out/report.html")
    assert ended.code in {WRONG_USAGE, COULD_NOT_COMPLETE}
    assert "'out/report.html'" in ended.err
    assert "Permission denied" in ended.err
    assert list(folder.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_a_cache_that_may_not_be_used_changes_no_answer(place: Path, mode: int) -> None:
    cache = place / "cache"
    cache.mkdir(mode=mode)
    content = build_bala("acme", "shop", "1.3.0", {"modules/shop/orders.bal": OLD})
    with serve_central([Published("acme", "shop", "1.3.0", content)]) as central:
        variables = {"SEMVERDIFF_CENTRAL_URL": central.address, "SEMVERDIFF_CACHE_DIR": str(cache)}
        ended = run_as_nobody(place, "check", "-q", "new", **variables)
    assert (ended.code, ended.err) == (UNDER_BUMPED, "")
    assert list(cache.iterdir()) == []


@pytest.mark.slow
def test_a_package_that_could_not_be_seen_for_want_of_a_token_is_no_first_release(place: Path) -> None:
    settings = place / ".ballerina" / "Settings.toml"
    settings.parent.mkdir()
    settings.write_text('[central]\naccesstoken = "x"\n')
    settings.chmod(0)
    with serve_central([]) as central:
        variables = {"SEMVERDIFF_CENTRAL_URL": central.address, "SEMVERDIFF_CACHE_DIR": str(place / "cache")}
        ended = run_as_nobody(place, "check", "new", **variables)
    assert ended.code == COULD_NOT_COMPLETE
    assert "Settings.toml" in ended.err


def test_these_tests_are_about_a_user_whom_rights_hold_for(place: Path) -> None:
    (place / "old" / "orders.bal").chmod(0)
    (ended,) = run_with([Fault(user=NOBODY)], ["api", "old"], place, {})
    assert ended.code == COULD_NOT_COMPLETE
    assert os.geteuid() != NOBODY
