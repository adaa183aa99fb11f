"""The Semver.toml of Ballerina sources: beside the package's Ballerina.toml, or beside its workspace's."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec.structs import replace

from semverdiff import packages
from semverdiff.config import SemverToml
from semverdiff.errors import UsageError

__all__ = ["semver_toml", "settings_directory"]

_FILE = "Semver.toml"


def settings_directory(path: Path, workspace: Path | None = None) -> Path | None:
    """Return where the Semver.toml of the sources at a path lies, or would lie; None for an archive.

    It lies beside the package's Ballerina.toml, or else beside that of its workspace: `workspace` is the
    directory of that, where it is known.
    """
    root = packages.sources_root(path)
    if root is None or os.path.lexists(root / _FILE):
        return root
    # Most packages are in no workspace, and a workspace is looked for only where it would have such a file.
    if workspace is None and any(os.path.lexists(parent / _FILE) for parent in root.parents):
        workspace = packages.workspace_of(root)
    return workspace if workspace is not None and os.path.lexists(workspace / _FILE) else root


def semver_toml(path: Path, workspace: Path | None = None) -> SemverToml | None:
    """Return the Semver.toml of the sources at a path. Raise `UsageError` if it cannot be read."""
    directory = settings_directory(path, workspace)
    if directory is None or not os.path.lexists(directory / _FILE):
        return None
    return replace(_read(directory, workspace), is_shared=directory != packages.sources_root(path))


def _read(directory: Path, workspace: Path | None) -> SemverToml:
    try:
        content = packages.read_inside(directory, _FILE, packages.bounds_of(directory, workspace))
    except OSError as error:
        raise UsageError(f"'{_FILE}' cannot be read: {error.strerror}") from error
    return SemverToml(content, _from_here(directory))


def _from_here(directory: Path) -> Path:
    """Return a directory as messages should name it."""
    try:
        return Path(os.path.relpath(directory))
    except ValueError:  # another drive
        return directory
