"""Writes requirements/: for each purpose every package that is installed, by version and hashes.

python scripts/requirements.py            resolve what pyproject.toml asks for, anew where it says so
python scripts/requirements.py --upgrade  resolve everything anew
python scripts/requirements.py --check    fail unless the files belong to pyproject.toml; asks no network

A file serves every system and every Python that the project supports, and names no registry.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import msgspec
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

__all__ = ["ROOT", "PyProject", "main", "mistakes"]

ROOT = Path(__file__).resolve().parent.parent

_COMMAND = "make requirements"
_DIGEST = "# what pyproject.toml asks for: sha256 "
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


class _BuildSystem(msgspec.Struct, frozen=True):
    requires: list[str]


class _Project(msgspec.Struct, frozen=True, rename="kebab"):
    requires_python: str
    dependencies: list[str]
    optional_dependencies: dict[str, list[str]] = {}


class PyProject(msgspec.Struct, frozen=True, rename="kebab"):
    """What a pyproject.toml says about other packages."""

    build_system: _BuildSystem
    project: _Project
    dependency_groups: dict[str, list[str]]

    @property
    def purposes(self) -> dict[str, list[str]]:
        """Return the requirements by purpose, which is the name of a file."""
        build, run = self.build_system.requires, self.project.dependencies
        groups = self.dependency_groups
        # What users may install besides: all of it is tested.
        extras = [one for extra in self.project.optional_dependencies.values() for one in extra]
        # Builds have no environment of their own here: what they need is installed by its hash, too.
        return {
            **groups,
            "build": build,
            "run": run,
            "dev": [*build, *run, *extras, *groups["dev"]],
            "release": [*build, *groups["release"]],
        }


def mistakes(pyproject: PyProject, folder: Path) -> list[str]:
    """Return what is wrong with the files of a folder: of other requirements, or not held by a hash."""
    found = []
    for purpose, requirements in pyproject.purposes.items():
        file = folder / f"{purpose}.txt"
        text = file.read_text("utf-8") if file.is_file() else ""
        if _digest_line(pyproject, requirements) not in text.splitlines():
            found.append(f"{file.name} is not of these requirements")
        found += [f"{file.name}: {line}" for line in _unheld(text)]
        pinned = _pinned(text)
        found += [
            f"{file.name} does not hold {wanted}"
            for wanted in map(Requirement, requirements)
            if not any(
                version in wanted.specifier for version in pinned.get(canonicalize_name(wanted.name), [])
            )
        ]
    return found


def main(arguments: list[str], root: Path = ROOT) -> str | None:
    """Write or check the files; return what is wrong, if anything is."""
    pyproject = msgspec.toml.decode((root / "pyproject.toml").read_bytes(), type=PyProject)
    folder = root / "requirements"
    if arguments == ["--check"]:
        found = mistakes(pyproject, folder)
        return f"{'; '.join(found)}: run '{_COMMAND}'" if found else None
    if arguments not in ([], ["--upgrade"]):
        return __doc__
    folder.mkdir(exist_ok=True)
    for purpose, requirements in pyproject.purposes.items():
        _resolve(folder / f"{purpose}.txt", pyproject, requirements, upgrade=bool(arguments))
    return None


def _resolve(file: Path, pyproject: PyProject, requirements: list[str], *, upgrade: bool) -> None:
    python = pyproject.project.requires_python.removeprefix(">=")
    options = ["--universal", "--generate-hashes", "--no-annotate", "--no-header", "--python-version", python]
    if upgrade:
        options.append("--upgrade")
    subprocess.run(  # noqa: S603 (the options are those above)
        [sys.executable, "-m", "uv", "pip", "compile", "-", "--quiet", *options, "--output-file", str(file)],
        input="\n".join(requirements),
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    head = f"# By {_COMMAND}: not to be edited.\n{_digest_line(pyproject, requirements)}\n"
    file.write_text(head + file.read_text("utf-8"), "utf-8", newline="\n")


def _digest_line(pyproject: PyProject, requirements: list[str]) -> str:
    asked = json.dumps([pyproject.project.requires_python, sorted(requirements)])
    return _DIGEST + hashlib.sha256(asked.encode()).hexdigest()


def _logical_lines(text: str) -> list[str]:
    return [line for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]


def _unheld(text: str) -> list[str]:
    """Return the lines that are anything but one package by its version and hashes."""
    return [line.split()[0] for line in _logical_lines(text) if _pin(line) is None or not _HASH.search(line)]


def _pinned(text: str) -> dict[str, list[str]]:
    """Return the versions by package; one that depends on the system may have several."""
    found: dict[str, list[str]] = {}
    for line in _logical_lines(text):
        pin = _pin(line)
        if pin is not None:
            found.setdefault(canonicalize_name(pin.name), []).append(str(pin.specifier).removeprefix("=="))
    return found


def _pin(line: str) -> Requirement | None:
    """Return the requirement of a line, if it is one package of one version from any registry."""
    try:
        requirement = Requirement(line.partition("--hash")[0].strip())
    except InvalidRequirement:
        return None
    exact = re.fullmatch(r"==[^*,]+", str(requirement.specifier)) is not None
    return requirement if exact and requirement.url is None else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
