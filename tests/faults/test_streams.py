"""Streams that are closed or full: the answer is the exit code, whoever listens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli.examples import NEW, OLD
from support.packages import write_package

if TYPE_CHECKING:
    from collections.abc import Sequence

UNDER_BUMPED = 1
WRONG_USAGE = 2
COULD_NOT_COMPLETE = 3

CHECK = ("check", "new", "--baseline", "./old")
COMMANDS = {
    "a verdict": (CHECK, UNDER_BUMPED),
    "wrong usage": (("check", "--nonsense"), WRONG_USAGE),
    "nothing there": (("check", "nowhere"), WRONG_USAGE),
    "a broken archive": (("check", "new", "--baseline", "broken.bala"), COULD_NOT_COMPLETE),
}


def run(command: Sequence[str], redirection: str, place: Path) -> subprocess.CompletedProcess[bytes]:
    """Run the program from a shell, which does the redirection."""
    write_package(place / "old", {"orders.bal": OLD}, version="1.3.0")
    write_package(place / "new", {"orders.bal": NEW})
    (place / "broken.bala").write_bytes(b"PK")
    program = ["/bin/sh", "-c", f'"$@" {redirection}', "sh", sys.executable, "-m", "semverdiff", *command]
    return subprocess.run(program, cwd=place, capture_output=True, check=False, timeout=60)


@pytest.mark.slow
@pytest.mark.parametrize("redirection", ["2>&-", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/full", "<&-"])
@pytest.mark.parametrize(("command", "code"), COMMANDS.values(), ids=COMMANDS)
def test_a_stream_that_is_closed_or_full_changes_no_exit_code(
    tmp_path: Path, redirection: str, command: Sequence[str], code: int
) -> None:
    if "/dev/full" in redirection and not Path("/dev/full").exists():
        pytest.skip("there is no device that is always full")
    ended = run(command, redirection, tmp_path)
    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_report_that_standard_output_has_no_room_for_is_an_error_even_where_nobody_hears_it(
    tmp_path: Path,
) -> None:
    assert run(CHECK, ">/dev/full 2>/dev/full", tmp_path).returncode == COULD_NOT_COMPLETE
