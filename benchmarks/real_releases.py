"""Real releases against labels made by reading: two commits of a repository, compared as git has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from accuracy_scoring import Counts, Told, found_between, scored
from sources import find_repository
from support.cases import Label

from semverdiff import __version__
from semverdiff.errors import UsageError
from semverdiff.packages import find_revision, read_revision
from semverdiff.packages.git_repository import open_directory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from semverdiff.packages import Package

__all__ = ["Measured", "Release", "Results", "measure_releases", "read_releases"]


class ReleaseLabel(Label, frozen=True):
    """A change as a reader listed it; `implied_by` names the entry that says it already."""

    implied_by: str | None = None


class Release(msgspec.Struct, frozen=True):
    """Two consecutive releases of a package, with the bump that the second should have had."""

    repo: str
    package: str
    old_commit: str
    new_commit: str
    old_dir: str
    new_dir: str
    old_version: str
    new_version: str
    declared_bump: str
    required_level: str
    complete: bool
    changes: tuple[ReleaseLabel, ...]


class Measured(msgspec.Struct, frozen=True):
    """What was measured of a pair. `complete`: every change is labelled, so that changes are scored."""

    repository: str
    package: str
    old_version: str
    new_version: str
    old_commit: str
    new_commit: str
    declared: str
    required: str
    found: str
    complete: bool
    hits: int
    missed: tuple[Told, ...]
    extra: tuple[Told, ...]

    @property
    def name(self) -> str:
        """Name the pair."""
        return f"{self.package} {self.old_version} -> {self.new_version}"

    @property
    def counts(self) -> Counts:
        """How many changes agree and disagree."""
        return Counts(self.hits, len(self.missed), len(self.extra))


class Results(msgspec.Struct, frozen=True):
    """A whole run: which version of the tool measured, and what it found."""

    tool_version: str
    releases: tuple[Measured, ...]


def read_releases(file: Path) -> list[Release]:
    """Read the labelled pairs."""
    return msgspec.json.decode(file.read_bytes(), type=list[Release])


def measure_releases(releases: list[Release], corpora: Path, names: Mapping[str, str]) -> Results:
    """Compare every pair. `names` maps a repository to its folder in `corpora`, where that differs."""
    return Results(
        tool_version=__version__,
        releases=tuple(_measured(one, _repository(corpora, one.repo, names)) for one in releases),
    )


def _repository(corpora: Path, name: str, names: Mapping[str, str]) -> Path:
    if name in names:
        return corpora / names[name]
    place = find_repository(corpora, name)
    if place is not None:
        return place
    raise UsageError(
        f"there is no repository '{name}' among the corpora: expected a folder of that name, found none. "
        f"Clone it there, or tell where it is: --map {name}=FOLDER."
    )


def _measured(release: Release, place: Path) -> Measured:
    old = _package(place, release.old_commit, release.old_dir)
    new = _package(place, release.new_commit, release.new_dir)
    outcome = scored("", release.required_level, release.changes, found_between(old, new))
    optional = {
        Told(one.symbol, one.module, one.level) for one in release.changes if one.implied_by is not None
    }
    return Measured(
        repository=release.repo,
        package=release.package,
        old_version=release.old_version,
        new_version=release.new_version,
        old_commit=release.old_commit,
        new_commit=release.new_commit,
        declared=release.declared_bump,
        required=outcome.expected,
        found=outcome.found,
        complete=release.complete,
        hits=outcome.hits,
        # What another entry says already may be told as well, or not.
        missed=tuple(one for one in outcome.missed if one not in optional),
        extra=outcome.extra,
    )


def _package(place: Path, commit: str, folder: str) -> Package:
    inside = place / ".git"
    repository = open_directory(inside if inside.exists() else place)
    return read_revision(repository, find_revision(repository, commit), folder)
