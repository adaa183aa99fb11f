"""The settings of a run: from what was typed, and Semver.toml of base and head, to the ones that judge."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff import __version__, config, packages, publish, reports, rules
from semverdiff.config import Options, SemverToml, Vocabulary, combine
from semverdiff.errors import UsageError
from semverdiff.reports import DecidedSettings
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from semverdiff.baselines import Base
    from semverdiff.config import PublishWord, Relaxation, Settings

__all__ = ["JudgingSettings", "judging_settings", "load_settings", "project_settings", "settings_directory"]

_FILE = "Semver.toml"


class JudgingSettings(msgspec.Struct, frozen=True):
    """The settings that judge a run, and what became of those of the candidate's own Semver.toml.

    `base` names the revision whose settings judge, or is None where none is known: then the candidate's own
    do, and `weaker` says what of them lets more pass than the defaults. `relaxations` are those against the
    base. `unreadable` says why the Semver.toml of the base did not count.
    """

    settings: Settings
    base: str | None = None
    relaxations: tuple[Relaxation, ...] = ()
    weaker: tuple[str, ...] = ()
    unreadable: str | None = None

    @property
    def reported(self) -> DecidedSettings:
        """Return what the report says about the settings that judged, and those that did not count."""
        accepted = [one for one in self.relaxations if one.is_accepted]
        return DecidedSettings(
            base=self.base,
            accepted_suppressions=tuple(one.sentence for one in accepted if one.is_suppression),
            accepted_settings=tuple(one.sentence for one in accepted if not one.is_suppression),
            refused=tuple(one.sentence for one in self.relaxations if not one.is_accepted),
            weaker=self.weaker,
        )


def load_settings(
    path: Path | None, flags: Options, environment: Mapping[str, str], workspace: Path | None = None
) -> Settings:
    """Return the settings for the package at a path, with the Semver.toml of the package or its workspace.

    Without a path no file is read. `workspace` is the directory of the package's workspace, where that is
    known: else each of its packages would look through the list of all of them.

    Raises:
        UsageError: every mistake of flags, environment and file at once.

    """
    file = None if path is None else _semver_toml(path, workspace)
    return combine(Path() if path is None else path, flags, environment, file, _vocabulary())


def project_settings(semver_toml: bytes | None) -> Settings:
    """Return the rules, policies and suppressions of a Semver.toml that is not on disk; None is no file.

    Raises:
        UsageError: every mistake in it at once.

    """
    file = None if semver_toml is None else SemverToml(semver_toml)
    return combine(Path(), Options(), {}, file, _vocabulary())


def judging_settings(head: Settings, base: Base | None) -> JudgingSettings:
    """Return the settings that judge a run: those at its base, or stricter ones of the head, key by key.

    A base that only the head's own Semver.toml names may be any commit of the head's choice: it confirms
    nothing, so that what is weaker than the defaults is named as well. Settings that a program made are its
    own: no file decided them. What the target decided since the history parted counts where it is stricter.
    """
    if head.typed is None:
        return JudgingSettings(head)
    default = _decided_by(head, None)
    if base is None:
        return JudgingSettings(head, weaker=_weaker(default, head))
    unreadable = base.unreadable
    before = default
    if unreadable is None:
        try:
            before = _decided_by(head, base.semver_toml)
            if base.newest is not None:
                before = config.stricter(before, _decided_by(head, base.newest), _highest_level)
        except UsageError as error:
            unreadable = error.mistakes[0].message
    is_named_by_head = not _names_base(head.typed)
    if is_named_by_head:
        before = replace(before, baseline=head.baseline, merge_base=head.merge_base)
    merged = config.merge_settings(before, head, _highest_level)
    return JudgingSettings(
        merged.settings,
        base=base.baseline.reason,
        relaxations=merged.relaxations,
        weaker=_weaker(default, merged.settings) if is_named_by_head else (),
        unreadable=unreadable,
    )


def _names_base(typed: Options) -> bool:
    return typed.merge_base is not None or (typed.baseline or "").startswith("git:")


def _decided_by(settings: Settings, file: SemverToml | None) -> Settings:
    """Return the settings as they would be had a file been the project's."""
    typed = settings.typed or Options()
    return replace(combine(settings.path, typed, {}, file, _vocabulary()), environment=settings.environment)


def _weaker(default: Settings, settings: Settings) -> tuple[str, ...]:
    return config.relaxations(default, settings, _highest_level, before="default")


def _highest_level(rule_id: str) -> Level:
    """Return the highest level that the catalogue gives a rule; one that it does not have counts as major."""
    rule = rules.rule(rule_id)
    return Level.MAJOR if rule is None else rule.highest_level


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


def _semver_toml(path: Path, workspace: Path | None) -> SemverToml | None:
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


def _vocabulary() -> Vocabulary:
    return Vocabulary(reports.FORMATS, _rule_ids, lambda: __version__, _publish_rules)


def _publish_rules() -> Mapping[str, PublishWord]:
    return {rule.id: rule.severity.value for rule in publish.publish_rules()}


def _rule_ids() -> Collection[str]:
    return tuple(rule.id for rule in rules.all_rules())
