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


def settings_of(path: Path, flags: Options, environment: Mapping[str, str]) -> Settings:
    """Settle a run on the package that a path lies in, with the Semver.toml beside its Ballerina.toml.

    Raises:
        UsageError: every mistake of flags, environment and file at once.

    """
    return settle(path, flags, environment, _semver_toml(path), _vocabulary())


def decisions_in(semver_toml: bytes | None) -> Settings:
    """Read the rules, policies and suppressions of a Semver.toml that is not on disk; `None` is no file.

    Raises:
        UsageError: every mistake in it at once.

    """
    file = None if semver_toml is None else SemverToml(semver_toml)
    return settle(Path(), Options(), {}, file, _vocabulary())


def surroundings_of(settings: Settings, place: Path) -> Surroundings:
    """Give what the search for a baseline has to know; `place` lies in the git repository that is meant."""
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
    from semverdiff.packages import sources_root  # noqa: PLC0415 (slow: not for what is not on disk)

    root = sources_root(path)
    file = root / "Semver.toml" if root is not None else None
    if root is None or file is None or not os.path.lexists(file):
        return None
    try:
        return SemverToml(file.read_bytes(), _seen_from_here(root))
    except OSError as error:
        raise UsageError(f"'Semver.toml' cannot be read: {error.strerror}") from error


def _seen_from_here(directory: Path) -> Path:
    """Give a directory as messages should name it."""
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
