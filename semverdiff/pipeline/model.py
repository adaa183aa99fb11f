"""The values of a run on their way through the composer: what was found, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 (the type of a field)
from pathlib import Path  # noqa: TC003 (as above)
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.reports import DecidedSettings
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.artifact import Artifact
    from semverdiff.baselines import Base, Baseline
    from semverdiff.config import Relaxation, Settings
    from semverdiff.registry import Environment
    from semverdiff.reports import Skipped, StaleSuppression
    from semverdiff.rules import Finding
    from semverdiff.symbols import ModuleApi

__all__ = [
    "ALONE",
    "Assessment",
    "Comparison",
    "Grounds",
    "JudgingSettings",
    "Listing",
    "Neighbour",
    "Workspace",
]


class Neighbour(msgspec.Struct, frozen=True):
    """A package of the workspace, and where it lies."""

    package: Artifact
    path: Path


class Workspace(msgspec.Struct, frozen=True):
    """What a package is checked beside: the packages of its workspace, by organization and name.

    It is one value for all of them, so each of many is among its own neighbours: a package never asks for
    itself. `root` is the directory of the workspace, where there is one.
    """

    root: Path | None = None
    neighbours: Mapping[tuple[str | None, str], Neighbour] = {}


ALONE: Final = Workspace()


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


class Grounds(msgspec.Struct, frozen=True):
    """Everything that decides about a check beside the package itself.

    `base` is the revision whose settings judge. `start` is what the change set is compared with, if its
    changes are asked for, or the pre-release before the candidate. `is_altered` says that the baseline lies
    in the repository, and that the change set put something else there. `environment` says how registries are
    reached.
    """

    judging: JudgingSettings
    environment: Environment
    baseline: Baseline
    base: Base | None = None
    start: Baseline | None = None
    start_notes: tuple[str, ...] = ()
    is_altered: bool = False

    @property
    def settings(self) -> Settings:
        """Return the settings that judge."""
        return self.judging.settings

    @property
    def former_name(self) -> str | None:
        """Return the name of the package that the candidate's directory held before, if it was another."""
        return (self._origin.former_name if self._origin is not None else None) or self.baseline.former_name

    @property
    def start_package(self) -> Artifact | None:
        """Return the package at the base of the change set."""
        return None if self._origin is None else self._origin.package

    @property
    def start_version(self) -> str | None:
        """Return the version at the base of the change set."""
        return None if self.start_package is None else self.start_package.version

    @property
    def notes(self) -> tuple[str, ...]:
        """Return sentences about the base, where it is not the baseline, and about the baseline."""
        origin = self._origin
        notes = () if origin is None or origin is self.baseline else origin.notes
        return (*notes, *self.baseline.notes, *self.start_notes)

    @property
    def _origin(self) -> Baseline | None:
        return None if self.base is None else self.base.baseline


class Listing(msgspec.Struct, frozen=True):
    """What clients see of a package, by module; `hidden` are the names of modules that they do not see."""

    package: Artifact
    modules: tuple[ModuleApi, ...]
    hidden: tuple[str, ...] = ()


class Comparison(msgspec.Struct, frozen=True):
    """What differs between two packages by the catalogue alone, and what was not compared.

    `same_sources` says that both packages hold the same source files; `breaking_step` is the step of a
    version that a breaking change needs from 1.0.0 on.
    """

    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    same_sources: bool = False
    breaking_step: Level = Level.MAJOR


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """What is decided about a run before any version is looked at; findings are in the order of reports.

    `skipped` names declarations of the old package that could not be compared. `same_sources` says that
    both packages hold the same source files; `breaking_step` is the step of a version that a breaking
    change needs from 1.0.0 on. The other fields are those of `Report`.
    """

    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    same_sources: bool = False
    breaking_step: Level = Level.MAJOR
    unused_suppressions: tuple[StaleSuppression, ...] = ()
    expired_suppressions: tuple[StaleSuppression, ...] = ()
    notes: tuple[str, ...] = ()
