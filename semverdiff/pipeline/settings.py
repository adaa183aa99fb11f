"""The settings of a run: from what was typed and what lies beside Ballerina.toml to one value."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from semverdiff import __version__, packages, reports, rules
from semverdiff.config import Options, SemverToml, Vocabulary, combine
from semverdiff.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from semverdiff.config import Settings

__all__ = ["load_settings", "project_settings"]

_FILE = "Semver.toml"


def load_settings(path: Path | None, flags: Options, environment: Mapping[str, str]) -> Settings:
    """Return the settings for the package at a path, with the Semver.toml of the package or its workspace.

    Without a path no file is read.

    Raises:
        UsageError: every mistake of flags, environment and file at once.

    """
    file = None if path is None else _semver_toml(path)
    return combine(Path() if path is None else path, flags, environment, file, _vocabulary())


def project_settings(semver_toml: bytes | None) -> Settings:
    """Return the rules, policies and suppressions of a Semver.toml that is not on disk; None is no file.

    Raises:
        UsageError: every mistake in it at once.

    """
    file = None if semver_toml is None else SemverToml(semver_toml)
    return combine(Path(), Options(), {}, file, _vocabulary())


def _semver_toml(path: Path) -> SemverToml | None:
    """Return the file beside a package's Ballerina.toml, or else the one beside that of its workspace."""
    root = packages.sources_root(path)
    if root is None:
        return None
    if os.path.lexists(root / _FILE):
        return _read(root)
    # Most packages are in no workspace, and a workspace is looked for only where it would have such a file.
    if not any(os.path.lexists(parent / _FILE) for parent in root.parents):
        return None
    workspace = packages.workspace_of(root)
    return _read(workspace) if workspace is not None and os.path.lexists(workspace / _FILE) else None


def _read(directory: Path) -> SemverToml:
    try:
        content = packages.read_inside(directory, _FILE, packages.bounds_of(directory))
    except OSError as error:
        raise UsageError(f"'{_FILE}' cannot be read: {error.strerror}") from error
    return SemverToml(content, _from_here(directory))


def _from_here(directory: Path) -> Path:
    """Return a directory as messages should name it."""
    try:
        return Path(os.path.relpath(directory))
    except ValueError:  # another drive
        return directory


def _vocabulary() -> Vocabulary:
    return Vocabulary(reports.FORMATS, _rule_ids, lambda: __version__)


def _rule_ids() -> Collection[str]:
    return tuple(rule.id for rule in rules.all_rules())
