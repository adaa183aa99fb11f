"""Installs semverdiff for the Action from the checkout that the Action lies in, with what it needs by hash.

Started by the interpreter of the runner as `python -I`, before anything is installed: the working directory
holds files of a pull request, and no module is to come from there.

What is kept between runs are the wheels of the dependencies, and nothing else. Each is held against its hash
when it is used, so that it does not matter who filled the cache. The cache of pip, an environment, or a wheel
that was built here could be exchanged by an earlier run of the same pull request, whose workflow is its own.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

__all__ = ["commands", "main", "wheels_key"]

ROOT = Path(__file__).resolve().parents[2]
_REQUIREMENTS = ("build", "run")
_QUIET = ("--quiet", "--disable-pip-version-check", "--no-input", "--no-cache-dir")


def main(arguments: list[str]) -> None:
    """Print the key of the wheels, or install; both as outputs of the step."""
    runner = Path(os.environ["RUNNER_TEMP"])
    wheels = runner / "semverdiff" / "wheels"
    if arguments == ["--key"]:
        _output({"key": wheels_key(ROOT), "wheels": str(wheels)})
        return
    environment = Path(tempfile.mkdtemp(prefix="semverdiff-", dir=runner))
    venv.create(environment, with_pip=True)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    for command in commands(python, ROOT, wheels):
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 (own commands)
    _output({"python": str(python)})


def wheels_key(root: Path) -> str:
    """Return a text that changes with what is installed."""
    digest = hashlib.sha256(f"{sys.platform} {sys.version_info[:2]}".encode())
    for name in _REQUIREMENTS:
        digest.update((root / "requirements" / f"{name}.txt").read_bytes())
    return digest.hexdigest()[:16]


def commands(python: Path, root: Path, wheels: Path) -> list[list[str]]:
    """Return what fetches the wheels that are not there, and installs them and the program."""
    pip = [str(python), "-I", "-m", "pip"]
    held = ["--require-hashes", "--only-binary=:all:"]
    for name in _REQUIREMENTS:
        held += ["--requirement", str(root / "requirements" / f"{name}.txt")]
    return [
        [*pip, "download", *_QUIET, *held, "--dest", str(wheels)],
        [*pip, "install", *_QUIET, *held, "--no-index", "--find-links", str(wheels)],
        [*pip, "install", *_QUIET, "--no-index", "--no-deps", "--no-build-isolation", str(root)],
    ]


def _output(values: dict[str, str]) -> None:
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in values.items())


if __name__ == "__main__":
    main(sys.argv[1:])
