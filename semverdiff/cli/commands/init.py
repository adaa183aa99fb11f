"""`semver init`: a commented Semver.toml and, where asked for, a CI file and a git hook."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from semverdiff import __version__, packages
from semverdiff.cli.options import Choice, Command, PathType, option
from semverdiff.config import SEMVER_TOML
from semverdiff.errors import SemverdiffError, UsageError
from semverdiff.front_ends import front_end_at, is_first_at
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.cli.output import Console

__all__ = ["command"]

_TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
_CI_FILES = {"github": ".github/workflows/semver.yml", "gitlab": ".gitlab/semver.yml"}
_NEXT = {
    "github": "Set the variable SEMVERDIFF, and let its owner agree to changes of it "
    "(docs/how-to/github.md).",
    "gitlab": "Set the variable SEMVERDIFF, and name the file in .gitlab-ci.yml: "
    "`include: [{local: .gitlab/semver.yml}]`.",
}
# In a command of a shell, in YAML, without quotes.
_PLAIN_PATH = re.compile(r"[\w.][\w./-]*", re.ASCII)
_RIGHTS = 0o666
_EXECUTABLE = 0o777  # less what the mask of the user takes away

_EXAMPLES = """\b
Examples:
  semver init                      a commented Semver.toml
  semver init --ci github          also a workflow for pull requests
  semver init --ci gitlab --hook   also a job for merge requests, and a check before each push

\b
Exit codes:
  0  written          2  a file is there already          3  a file cannot be written
"""


class _File(msgspec.Struct, frozen=True):
    """A file to write: its path, the template, and what is left to do with it."""

    path: Path
    template: str
    advice: str
    rights: int = _RIGHTS


@click.command("init", cls=Command, epilog=_EXAMPLES)
@click.argument("path", metavar="[PATH]", type=PathType(), default=Path())
@option("--ci", "service", type=Choice(tuple(_CI_FILES)), help="Also write a CI file for that service.")
@option("--hook", is_flag=True, help="Also write a git hook that checks before each push.")
@option("--force", is_flag=True, help="Replace files that are there.")
@click.pass_obj
def command(console: Console, *, path: Path, service: str | None, hook: bool, force: bool) -> int:
    """Write a commented Semver.toml beside the manifest of PATH, and what was asked for.

    CI files and hooks lie in the repository around the package. Without --force no file that is there is
    replaced; a Semver.toml that is there stays as it is where a CI file or a hook was asked for.
    """
    package = _package_around(path)
    root = packages.bounds_of(package)
    folder = package.relative_to(root).as_posix()
    files = list(_files(package, root, service, hook=hook))
    kept = files[0].path.exists() and len(files) > 1 and not force
    wanted = files[1:] if kept else files
    _require_free(wanted, root, force=force)
    argument = _argument(folder) if len(files) > 1 else ""
    for file in wanted:
        _write(file, argument)
        console.show(f"{_shown(file.path, root)} written. {file.advice}\n")
    if kept:
        console.show(f"{SEMVER_TOML} is there already, and stays as it is.\n")
    return 0


def _package_around(path: Path) -> Path:
    """Return the directory of the package around a path. Raise `UsageError` if there is none."""
    if is_first_at(path):
        return packages.find_root(path)
    front_end = front_end_at(path)
    directory = front_end.settings_directory(path)
    if directory is None:
        raise UsageError(
            f"{quote(path.name)} is no directory of a project: expected one with a "
            f"{front_end.ecosystem.manifest}, beside which {SEMVER_TOML} lies"
        )
    return directory


def _files(package: Path, root: Path, service: str | None, *, hook: bool) -> Iterator[_File]:
    """Yield what was asked for, the settings first."""
    yield _File(package / SEMVER_TOML, SEMVER_TOML, "What is commented out is the default.")
    if service is not None:
        yield _File(root / _CI_FILES[service], f"{service}.yml", _NEXT[service])
    if hook:
        hooks = packages.hooks_of(packages.open_repository(package))
        yield _File(hooks / "pre-push", "pre-push", "It runs before each push from this clone.", _EXECUTABLE)


def _shown(path: Path, root: Path) -> str:
    """Return a path as it is seen from the root; the hooks of a worktree lie in the clone beside it."""
    return Path(os.path.relpath(path, root)).as_posix()


def _require_free(files: list[_File], root: Path, *, force: bool) -> None:
    """Raise `UsageError` unless every file may be written: all or none are."""
    for file in files:
        name = quote(_shown(file.path, root))
        if file.path.resolve() != file.path:
            raise UsageError(
                f"{name} leads over a link of the repository: remove it, or write the file by hand"
            )
        if file.path.exists() and not (force and file.path.is_file()):
            raise UsageError(f"{name} is there already: nothing was written; --force replaces it")


def _argument(folder: str) -> str:
    """Return what names the package in a command that runs at the root of its repository."""
    if folder == ".":
        return ""
    if _PLAIN_PATH.fullmatch(folder) is None:
        raise UsageError(
            f"the path {quote(folder)} is no plain text in a command: copy the file of docs/how-to"
        )
    return f" {folder}"


def _write(file: _File, argument: str) -> None:
    text = (_TEMPLATES / file.template).read_text("utf-8")
    text = text.replace("@VERSION@", __version__).replace("@PATH@", argument)
    try:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        packages.replace_file(file.path, text.encode(), file.rights)
    except OSError as error:
        raise SemverdiffError(f"'{file.path.name}' cannot be written: {error.strerror}") from error
