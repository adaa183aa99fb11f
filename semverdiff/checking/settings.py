"""From what was typed and what lies beside Ballerina.toml to the values that the rooms are given."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from semverdiff.config import Options, SemverToml, Vocabulary, settle
from semverdiff.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from semverdiff.baselines import Surroundings
    from semverdiff.config import Settings

__all__ = ["decisions_in", "settings_of", "surroundings_of"]


_FILE = "Semver.toml"


def settings_of(path: Path | None, flags: Options, environment: Mapping[str, str]) -> Settings:
    """Settle a run on the package that a path lies in, with the Semver.toml of the package or its workspace.

    Without a path no file is read.

    Raises:
        UsageError: every mistake of flags, environment and file at once.

    """
    file = _semver_toml(path) if path is not None else None
    return settle(path if path is not None else Path(), flags, environment, file, _vocabulary())


def decisions_in(semver_toml: bytes | None) -> Settings:
    """Read the rules, policies and suppressions of a Semver.toml that is not on disk; `None` is no file.

    Raises:
        UsageError: every mistake in it at once.

    """
    file = None if semver_toml is None else SemverToml(semver_toml)
    return settle(Path(), Options(), {}, file, _vocabulary())


def surroundings_of(settings: Settings, place: Path) -> Surroundings:
    """Return what the search for a baseline has to know; `place` lies in the git repository that is meant."""
    from semverdiff import __version__  # noqa: PLC0415 (the root hands out names of this room)
    from semverdiff.baselines import surroundings_from  # noqa: PLC0415 (slow: not for settings alone)

    return surroundings_from(
        settings.environment,
        user_directory=Path.home(),
        place=place,
        agent=f"semverdiff/{__version__}",
        offline=settings.offline,
        refresh=settings.refresh,
    )


def _semver_toml(path: Path) -> SemverToml | None:
    """Find the file beside a package's Ballerina.toml, or else beside that of its workspace."""
    from semverdiff.packages import sources_root, workspace_of  # noqa: PLC0415 (slow: not for what is no path)

    root = sources_root(path)
    if root is None:
        return None
    if os.path.lexists(root / _FILE):
        return _read(root)
    # Most packages are in no workspace, and a workspace is looked for only where it would have such a file.
    if not any(os.path.lexists(parent / _FILE) for parent in root.parents):
        return None
    workspace = workspace_of(root)
    return _read(workspace) if workspace is not None and os.path.lexists(workspace / _FILE) else None


def _read(directory: Path) -> SemverToml:
    try:
        return SemverToml((directory / _FILE).read_bytes(), _seen_from_here(directory))
    except OSError as error:
        raise UsageError(f"'{_FILE}' cannot be read: {error.strerror}") from error


def _seen_from_here(directory: Path) -> Path:
    """Return a directory as messages should name it."""
    try:
        return Path(os.path.relpath(directory))
    except ValueError:  # another drive
        return directory


def _vocabulary() -> Vocabulary:
    from semverdiff.reports import FORMATS  # noqa: PLC0415 (slow: as above)

    return Vocabulary(FORMATS, _rule_ids, _tool_version)


def _rule_ids() -> Collection[str]:
    from semverdiff.rules import all_rules  # noqa: PLC0415 (slow: only where rules are named)

    return tuple(rule.id for rule in all_rules())


def _tool_version() -> str:
    from semverdiff import __version__  # noqa: PLC0415 (as above)

    return __version__
