"""What a process took: time of the processor, memory, and instructions, which no other process disturbs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["Command", "CommandError", "MissingToolError", "Used", "count_instructions", "run", "valgrind"]

_LAUNCHER = Path(__file__).with_name("launcher.py")
_COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")
_PASSED = frozenset({0, 1})  # a check ends with 1 where it has something to say


class CommandError(Exception):
    """A measured command did not end as it should."""


class MissingToolError(Exception):
    """What a measurement needs is not installed."""


class Command(msgspec.Struct, frozen=True):
    """A command, where it runs, and with which environment: no variable of the surroundings is in it."""

    arguments: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    exit_codes: Collection[int] = _PASSED

    def check(self, exit_code: int) -> None:
        """Raise a CommandError unless the command ended as it should."""
        if exit_code not in self.exit_codes:
            expected = " or ".join(map(str, sorted(self.exit_codes)))
            raise CommandError(
                f"'{' '.join(self.arguments)}' ended with {exit_code}: expected {expected}. Run it in "
                f"{self.folder} to see what it says."
            )


class Used(msgspec.Struct, frozen=True):
    """What a process and those that it started took: `seconds` are those of the processor."""

    seconds: float
    wall_seconds: float
    peak_kib: int
    exit_code: int


def run(command: Command) -> Used:
    """Run a command and return what it took.

    Raises:
        CommandError: it ended with another exit code than it may.

    """
    with tempfile.NamedTemporaryFile() as output:
        launched = [sys.executable, "-I", "-S", str(_LAUNCHER), output.name, *command.arguments]
        subprocess.run(launched, check=True, cwd=command.folder, env=command.environment)  # noqa: S603 (own commands)
        used = msgspec.json.decode(Path(output.name).read_bytes(), type=Used)
    command.check(used.exit_code)
    return used


def count_instructions(command: Command, program: str | None = None) -> int:
    """Return how many instructions a command runs outside of the kernel, those of its children left out.

    Raises:
        CommandError: it ended with another exit code than it may.
        MissingToolError: there is no valgrind, or it says nothing that is understood.

    """
    counter = valgrind() if program is None else program
    with tempfile.NamedTemporaryFile() as log:
        counted = [
            counter,
            "--tool=cachegrind",
            "--cache-sim=no",
            "--cachegrind-out-file=/dev/null",
            f"--log-file={log.name}",
            *command.arguments,
        ]
        quiet = subprocess.DEVNULL
        done = subprocess.run(  # noqa: S603 (own commands)
            counted, check=False, cwd=command.folder, env=command.environment, stdout=quiet, stderr=quiet
        )
        text = Path(log.name).read_text(errors="replace")
    command.check(done.returncode)
    found = _COUNTED.search(text)
    if found is None:
        raise MissingToolError(f"'{counter}' counted nothing, it said {text[-99:]!r}.")
    return int(found[1].replace(",", ""))


def valgrind(path: str | None = None) -> str:
    """Return the valgrind of the system, looked for on `path` or on PATH.

    Raises:
        MissingToolError: there is none.

    """
    program = shutil.which("valgrind", path=path)
    if program is None:
        raise MissingToolError(
            "there is no valgrind, which counts instructions: install it (scripts/system_package.sh "
            "valgrind), or measure without them (--no-instructions)."
        )
    return program
