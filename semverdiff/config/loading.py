"""From everything that was said to one `Settings` value: the strongest source prevails."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec

from semverdiff.config.model import Settings
from semverdiff.config.options import Decisions, options_of_environment, prevailing
from semverdiff.errors import Mistake, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from semverdiff.config.options import Options, Vocabulary

__all__ = ["SemverToml", "settle"]


class SemverToml(msgspec.Struct, frozen=True):
    """The project's file as it was read; `directory` is where it lies, as seen by the user."""

    content: bytes
    directory: PurePath = PurePath()


def settle(
    path: Path,
    flags: Options,
    environment: Mapping[str, str],
    file: SemverToml | None,
    vocabulary: Vocabulary,
) -> Settings:
    """Return the settings of a run, or raise a `UsageError` with every mistake of environment and file.

    `environment` is kept in the settings, for the rooms that reach registries.
    """
    mistakes: list[Mistake] = []
    if flags.contradicts_itself:
        mistakes.append(Mistake("--offline and --refresh exclude each other: fetching needs the network"))
    variables = options_of_environment(environment, vocabulary.formats, mistakes)
    decisions = Decisions()
    if file is not None:
        # Slow, and most packages have no such file: tomllib.
        from semverdiff.config.semver_toml import read_semver_toml  # noqa: PLC0415

        in_file: list[Mistake] = []
        decisions = read_semver_toml(file.content, file.directory, vocabulary, in_file)
        mistakes.extend(sorted(in_file, key=lambda one: (one.line or 0, one.column or 0)))
    if mistakes:
        raise UsageError(mistakes=tuple(mistakes))
    options = prevailing((flags, variables, decisions.options))
    said = {name: value for name, value in msgspec.structs.asdict(options).items() if value is not None}
    return msgspec.structs.replace(
        Settings(
            path=path,
            policies=decisions.policies,
            rules=decisions.rules,
            suppressions=decisions.suppressions,
            environment=environment,
        ),
        **said,
    )
