"""What only a process of its own shows: streams, interrupts, readers that leave."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli.examples import start
from support.archives import build_bala
from support.central import Fault, Published, delivered, serve_central

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.conftest import Semver


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
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_of_a_document_that_cannot_be_written_the_mistake_is_left(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "semverdiff", "check", "--nonsense", "--format=json"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ended.returncode == 2
    assert b"--nonsense" in ended.stderr
    assert ended.stderr.endswith(b"error: standard output cannot be written: No space left on device\n")


@pytest.mark.slow
def test_what_another_package_loads_stays_loaded(tmp_path: Path) -> None:
    asked = """
import sys, typing_extensions
from semverdiff.cli import main
sys.argv = ["semver", "--version"]
try:
    main()
finally:
    print(sys.modules.get("typing_extensions") is typing_extensions)
"""
    ended = subprocess.run(
        [sys.executable, "-c", asked], cwd=tmp_path, stdout=subprocess.PIPE, check=True, text=True
    )
    assert ended.stdout.endswith("\nTrue\n")


@pytest.mark.slow
def test_a_closed_standard_output_is_no_error(tmp_path: Path, old: Path, new: Path) -> None:
    command = [sys.executable, "-m", "semverdiff", "check", str(new), "--baseline", str(old)]
    ended = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&-', "sh", *command], cwd=tmp_path, stderr=subprocess.PIPE, check=False
    )
    assert (ended.returncode, ended.stderr) == (1, b"")


_SCRIPT = "import sys; from semverdiff.cli import script; "


def _plain(program: str) -> list[str]:
    """Return the command of a program that asks for the version, in an interpreter without anything else.

    The packages that are installed are found, but not begun: what measures coverage would wait for the end.
    """
    places = [str(Path(__file__).parents[2]), *sys.path]
    return [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {places!r}\n{program}", "--version"]


@pytest.mark.slow
def test_a_console_script_ends_with_the_answer(tmp_path: Path, process: Semver, old: Path, new: Path) -> None:
    command = Path(sys.executable).with_name("semver")
    ended = subprocess.run(
        [command, "check", new, "--baseline", old], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    expected = process("check", new, "--baseline", old)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, expected.out, "")


@pytest.mark.parametrize(("call", "is_freed"), [("script", False), ("main", True)])
def test_a_console_script_does_not_take_the_interpreter_down(call: str, *, is_freed: bool) -> None:
    program = (
        "class Last:\n"
        "    def __del__(self): print('freed', file=sys.stderr)\n"
        f"sys.modules['last'] = Last(); from semverdiff.cli import {call}; {call}()"
    )
    ended = subprocess.run(_plain(program), capture_output=True, check=True, text=True)
    assert ended.stdout.startswith("semver")
    assert ("freed" in ended.stderr) == is_freed


@pytest.mark.parametrize(
    ("before", "call"),
    [
        pytest.param(
            "import atexit; atexit.register(print, 'at last')", "script()", id="registered for the end"
        ),
        pytest.param(
            "import threading; main = threading.main_thread();"
            "threading.Thread(target=lambda: (main.join(), print('at last'))).start()",
            "script()",
            id="a thread",
        ),
        pytest.param("", "exec(\"try: script()\\nfinally: print('at last')\")", id="a caller"),
    ],
)
def test_a_console_script_leaves_nobody_waiting(before: str, call: str) -> None:
    ended = subprocess.run(_plain(f"{before}\n{_SCRIPT}{call}"), capture_output=True, check=True, text=True)
    assert ended.stdout.endswith("\nat last\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.usefixtures("old", "new")
def test_what_a_console_script_cannot_write_at_its_end_is_told(tmp_path: Path) -> None:
    # Whatever the environment says of buffers: the text is still in one when the program ends.
    program = f"{_SCRIPT}sys.stdout = open(1, 'w', closefd=False); sys.stdout.write('before'); script()"
    command = [sys.executable, "-c", program, "diff", "old", "new", "-q", "--format", "json=report.json"]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 120  # as Python has it where standard output fails at the end
    assert b"No space left on device" in ended.stderr
    assert (tmp_path / "report.json").exists()


@pytest.mark.usefixtures("old", "new")
def test_a_console_script_without_a_standard_output_ends_with_the_answer(tmp_path: Path) -> None:
    command = [sys.executable, "-c", f"{_SCRIPT}script()", "check", "new", "--baseline", "old"]
    ended = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&-', "sh", *command], cwd=tmp_path, stderr=subprocess.PIPE, check=False
    )
    assert (ended.returncode, ended.stderr) == (1, b"")
