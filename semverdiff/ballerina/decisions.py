"""The Semver.toml of Ballerina sources: beside the package's Ballerina.toml, or beside its workspace's."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import packages
from semverdiff.config import SEMVER_TOML
from semverdiff.pipeline import semver_toml_in

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.config import SemverToml

__all__ = ["semver_toml", "settings_directory"]


def settings_directory(path: Path, workspace: Path | None = None) -> Path | None:
    """Return where the Semver.toml of the sources at a path lies, or would lie; None for an archive.

    It lies beside the package's Ballerina.toml, or else beside that of its workspace: `workspace` is the
    directory of that, where it is known.
    """
    root = packages.sources_root(path)
    if root is None or os.path.lexists(root / SEMVER_TOML):
        return root
    # Most packages are in no workspace, and a workspace is looked for only where it would have such a file.
    if workspace is None and any(os.path.lexists(parent / SEMVER_TOML) for parent in root.parents):
        workspace = packages.workspace_of(root)
    return workspace if workspace is not None and os.path.lexists(workspace / SEMVER_TOML) else root


def semver_toml(path: Path, workspace: Path | None = None) -> SemverToml | None:
    """Return the Semver.toml of the sources at a path. Raise `UsageError` if it cannot be read."""
    directory = settings_directory(path, workspace)
    # What links may lead to is found out only where there is a file: a workspace has a list of its own.
    if directory is None or not os.path.lexists(directory / SEMVER_TOML):
        return None
    found = semver_toml_in(directory, packages.bounds_of(directory, workspace))
    is_shared = directory != packages.sources_root(path)
    return replace(found, is_shared=True) if found is not None and is_shared else found
