"""The settings of a run: from what was typed, and Semver.toml of base and head, to the ones that judge."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import __version__, config, packages, reports
from semverdiff.config import SEMVER_TOML, Options, SemverToml, Vocabulary, combine
from semverdiff.errors import UsageError
from semverdiff.pipeline.model import JudgingSettings
from semverdiff.versions import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from semverdiff.baselines import Base
    from semverdiff.config import Settings
    from semverdiff.pipeline.front_end import FrontEnd

__all__ = ["judging_settings", "load_settings", "project_settings", "semver_toml_in"]


def load_settings(
    front_end: FrontEnd,
    path: Path | None,
    flags: Options,
    environment: Mapping[str, str],
    workspace: Path | None = None,
) -> Settings:
    """Return the settings for the package at a path, with the Semver.toml of the package or its workspace.

    Without a path no file is read. `workspace` is the directory of the package's workspace, where that is
    known: else each of its packages would look through the list of all of them.

    Raises:
        UsageError: every mistake of flags, environment and file at once.

    """
    file = None if path is None else front_end.semver_toml(path, workspace)
    vocabulary = _vocabulary(front_end)
    settings = combine(Path() if path is None else path, flags, environment, file, vocabulary)
    withheld = front_end.ecosystem.withheld
    for destination in settings.formats if withheld else ():
        why = withheld.get(destination.partition("=")[0])
        if why is not None:
            raise UsageError(why)
    return settings


def project_settings(front_end: FrontEnd, semver_toml: bytes | None) -> Settings:
    """Return the rules, policies and suppressions of a Semver.toml that is not on disk; None is no file.

    Raises:
        UsageError: every mistake in it at once.

    """
    file = None if semver_toml is None else SemverToml(semver_toml)
    return combine(Path(), Options(), {}, file, _vocabulary(front_end))


def judging_settings(front_end: FrontEnd, head: Settings, base: Base | None) -> JudgingSettings:
    """Return the settings that judge a run: those at its base, or stricter ones of the head, key by key.

    A base that only the head's own Semver.toml names may be any commit of the head's choice: it confirms
    nothing, so that what is weaker than the defaults is named as well. Settings that a program made are its
    own: no file decided them. What the target decided since the history parted counts where it is stricter.
    """
    if head.typed is None:
        return JudgingSettings(head)
    vocabulary = _vocabulary(front_end)
    highest = partial(_highest_level, front_end)
    default = _decided_by(head, None, vocabulary)
    if base is None:
        return JudgingSettings(head, weaker=_weaker(default, head, highest))
    unreadable = base.unreadable
    before = default
    if unreadable is None:
        try:
            before = _decided_by(head, base.semver_toml, vocabulary)
            if base.newest is not None:
                newest = _decided_by(head, base.newest, vocabulary)
                before = config.stricter(before, newest, highest)
        except UsageError as error:
            unreadable = error.mistakes[0].message
    is_named_by_head = not _names_base(head.typed)
    if is_named_by_head:
        before = replace(before, baseline=head.baseline, merge_base=head.merge_base)
    merged = config.merge_settings(before, head, highest)
    return JudgingSettings(
        merged.settings,
        base=base.baseline.reason,
        relaxations=merged.relaxations,
        weaker=_weaker(default, merged.settings, highest) if is_named_by_head else (),
        unreadable=unreadable,
    )


def _names_base(typed: Options) -> bool:
    return typed.merge_base is not None or (typed.baseline or "").startswith("git:")


def _decided_by(settings: Settings, file: SemverToml | None, vocabulary: Vocabulary) -> Settings:
    """Return the settings as they would be had a file been the project's."""
    typed = settings.typed or Options()
    return replace(combine(settings.path, typed, {}, file, vocabulary), environment=settings.environment)


def _weaker(default: Settings, settings: Settings, highest_level: Callable[[str], Level]) -> tuple[str, ...]:
    if settings == default:
        return ()  # as most are: what compares them is not loaded
    return config.relaxations(default, settings, highest_level, before="default")


def _highest_level(front_end: FrontEnd, rule_id: str) -> Level:
    """Return the highest level that the catalogue gives a rule; one that it does not have counts as major."""
    rule = front_end.ecosystem.catalogue.rule(rule_id)
    return Level.MAJOR if rule is None else rule.highest_level


def semver_toml_in(directory: Path, bounds: Path) -> SemverToml | None:
    """Return the Semver.toml in a directory, out of whose `bounds` no link may lead; None if it has none.

    Raises:
        UsageError: it cannot be read.

    """
    if not os.path.lexists(directory / SEMVER_TOML):
        return None
    try:
        content = packages.read_inside(directory, SEMVER_TOML, bounds)
    except OSError as error:
        raise UsageError(f"'{SEMVER_TOML}' cannot be read: {error.strerror}") from error
    return SemverToml(content, packages.from_here(directory))


def _vocabulary(front_end: FrontEnd) -> Vocabulary:
    ecosystem = front_end.ecosystem
    return Vocabulary(
        reports.FORMATS,
        lambda: tuple(rule.id for rule in ecosystem.catalogue.all_rules()),
        lambda: __version__,
        ecosystem.scheme,
        lambda: {rule.id: rule.severity.value for rule in front_end.publish_rules()},
    )
