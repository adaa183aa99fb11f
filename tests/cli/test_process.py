"""What only a process of its own shows: streams, interrupts, readers that leave, what is loaded."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli.examples import OLD, start, write_package
from support.archives import build_bala
from support.central import Fault, Published, delivered, serve_central

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.conftest import Semver

# What two directories and the text report need none of.
SLOW = frozenset(
    {
        "asyncio",
        "email",
        "httpx",
        "importlib.metadata",
        "jinja2",
        "json",
        "urllib.request",
        "zipfile",
    }
)
# What a project without decisions of its own needs none of.
DECISIONS = frozenset(
    {
        "semverdiff.config.toml",
        "semverdiff.config.loosening",
        "semverdiff.config.semver_toml",
        "semverdiff.rules.overrides",
    }
)
# What equal packages need none of.
ANALYSIS = frozenset(
    {"hashlib", "semverdiff.api", "semverdiff.rules.catalogue", "semverdiff.syntax", "tree_sitter"}
)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let children be interrupted, also where the tests run in the background and ignore interrupts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.slow
def test_the_report_is_all_of_standard_output(process: Semver, old: Path, new: Path) -> None:
    ended = process("check", new, "--baseline", old)
    assert ended.code == 1
    assert ended.out.endswith("1.4.0 is too low: 2.0.0 is required by 1 breaking change\n")
    assert ended.err == ""


@pytest.mark.slow
@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_ends_a_run_that_waits(tmp_path: Path, new: Path) -> None:
    table = [Published("acme", "shop", "1.0.0", build_bala("acme", "shop", "1.0.0", {}))]
    with serve_central(table, [Fault("versions", delivered("silent"))]) as central:
        running = start(("check", str(new)), tmp_path, {"SEMVERDIFF_CENTRAL_URL": central.address})
        while not central.requests and running.poll() is None:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, b"")
    assert err.splitlines()[-1] == b"interrupted"
    assert b"Traceback" not in err


@pytest.mark.slow
@pytest.mark.parametrize("command", [("check", "new", "--baseline", "old"), ("api", "new")])
@pytest.mark.usefixtures("old", "new")
def test_a_reader_that_leaves_changes_nothing_about_the_answer(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    running = start(command, tmp_path, {})
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    err = running.stderr.read()
    running.stderr.close()
    assert (running.wait(timeout=60), err) == (1 if command[0] == "check" else 0, b"")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("command", [("check", "new", "--baseline", "old"), ("--help",), ("check", "--help")])
@pytest.mark.usefixtures("old", "new")
def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path, command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "semverdiff", *command],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (
        3,
        b"error: standard output cannot be written: No space left on device\n",
    )


@pytest.mark.slow
def test_a_closed_standard_output_is_no_error(tmp_path: Path, old: Path, new: Path) -> None:
    command = [sys.executable, "-m", "semverdiff", "check", str(new), "--baseline", str(old)]
    ended = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&-', "sh", *command], cwd=tmp_path, stderr=subprocess.PIPE, check=False
    )
    assert (ended.returncode, ended.stderr) == (1, b"")


def _loaded(tmp_path: Path, *arguments: str | Path) -> set[str]:
    """Run the program, and give the modules that are loaded in the end."""
    report = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
    return _modules(tmp_path, f"{report}from semverdiff.cli import main; main()", *map(str, arguments))


def _loaded_by_the_environment(tmp_path: Path) -> set[str]:
    """Return what an editable installation or a coverage tool loads before the first line of a program."""
    return _modules(tmp_path, "import sys; print(*sys.modules, file=sys.stderr)")


def _modules(tmp_path: Path, program: str, *arguments: str) -> set[str]:
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
    )
    return set(ended.stderr.split())


@pytest.mark.slow
def test_equal_packages_are_answered_without_anything_slow(tmp_path: Path, old: Path) -> None:
    same = write_package(tmp_path / "same", {"orders.bal": OLD}, version="1.3.0")
    loaded = _loaded(tmp_path, "check", same, "--baseline", old) - _loaded_by_the_environment(tmp_path)
    assert (SLOW | ANALYSIS | DECISIONS) & loaded == set()
    assert "semverdiff.reports.formats.text" in loaded


@pytest.mark.slow
def test_directories_are_compared_without_network_and_archives(tmp_path: Path, old: Path, new: Path) -> None:
    loaded = _loaded(tmp_path, "diff", old, new) - _loaded_by_the_environment(tmp_path)
    assert (SLOW | DECISIONS) & loaded == set()
    assert loaded > ANALYSIS


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("api", "--help")])
def test_help_is_shown_without_reading_anything(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    loaded = _loaded(tmp_path, *arguments) - _loaded_by_the_environment(tmp_path)
    needless = {"semverdiff.pipeline.runs", "semverdiff.packages", "tomllib"}
    assert (SLOW | ANALYSIS | needless) & loaded == set()
