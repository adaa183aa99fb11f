"""The Semver.toml of a project of Vein: beside its project file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff import packages
from semverdiff.errors import UsageError
from semverdiff.pipeline import semver_toml_in
from semverdiff.vein.package import project_directory

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.config import SemverToml

__all__ = ["semver_toml", "settings_directory"]


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
    if directory is None:
        return None
    return semver_toml_in(directory, packages.bounds_of(directory, directory))
