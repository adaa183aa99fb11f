"""The program that is measured: installed as users have it, from its wheel into an environment of its own.

An editable installation starts slower, and the environment of developers has more packages to look through.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import msgspec

__all__ = ["Program", "commit_of", "install"]


_BUILD = "import platform, sys; print(*sys.version.split(), platform.machine(), *platform.libc_ver())"


class Program(msgspec.Struct, frozen=True):
    """An environment in which the program is installed."""

    folder: Path

    @property
    def python(self) -> str:
        """The interpreter."""
        return str(self.folder / "bin" / "python")

    @property
    def semver(self) -> str:
        """The command."""
        return str(self.folder / "bin" / "semver")

    @property
    def build(self) -> str:
        """The version of Python, and how and for which machine it was built: what instructions depend on."""
        return _output(self.python, "-c", _BUILD).strip()


def install(checkout: Path, folder: Path) -> Program:
    """Build the wheel of a checkout and install it into a folder, with what it needs by hash."""
    wheels = folder / "dist"
    for old in wheels.glob("*.whl"):
        old.unlink()
    for old in (checkout / "build").glob("lib*"):
        shutil.rmtree(old)  # would put modules into the wheel that are no more
    _output(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels), str(checkout)
    )
    (wheel,) = wheels.glob("*.whl")
    program = Program(folder / "venv")
    if not Path(program.python).exists():
        venv.create(program.folder, with_pip=True)
    pip = (program.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    _output(*pip, "--require-hashes", "--requirement", str(checkout / "requirements" / "run.txt"))
    _output(*pip, "--no-deps", "--force-reinstall", str(wheel))
    return program


def commit_of(checkout: Path) -> str:
    """Return the commit of a checkout, with `-dirty` behind it if files but results differ from it."""
    git = ("git", "-C", str(checkout))
    commit = _output(*git, "rev-parse", "--short", "HEAD").strip()
    changed = _output(*git, "status", "--porcelain", "--", ":/", ":(exclude,top)benchmarks/results")
    return f"{commit}-dirty" if changed else commit


def _output(*command: str) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 (own commands)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout
