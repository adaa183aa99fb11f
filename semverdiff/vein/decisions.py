"""The Semver.toml of a project of Vein: beside its project file."""

from __future__ import annotations

import os
from pathlib import Path

from semverdiff import packages
from semverdiff.config import SemverToml
from semverdiff.errors import UsageError
from semverdiff.vein.package import project_directory

__all__ = ["semver_toml", "settings_directory"]

_FILE = "Semver.toml"


def settings_directory(path: Path) -> Path | None:
    """Return where the Semver.toml of the sources at a path lies, or would lie; `None` for an archive."""
    if not path.is_dir():
        return None
    try:
        return project_directory(path)
    except UsageError:  # whoever reads the project says so
        return None


def semver_toml(path: Path) -> SemverToml | None:
    """Return the Semver.toml of the sources at a path. Raise `UsageError` if it cannot be read."""
    directory = settings_directory(path)
    if directory is None or not os.path.lexists(directory / _FILE):
        return None
    try:
        content = packages.read_inside(directory, _FILE, packages.bounds_of(directory, directory))
    except OSError as error:
        raise UsageError(f"'{_FILE}' cannot be read: {error.strerror}") from error
    try:
        shown = Path(os.path.relpath(directory))
    except ValueError:  # another drive
        shown = directory
    return SemverToml(content, shown)
