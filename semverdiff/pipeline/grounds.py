"""The grounds of a check: by which settings a package is judged, and with what it is compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff import __version__, baselines, packages, registry
from semverdiff.config import Options
from semverdiff.errors import SemverdiffError, UsageError
from semverdiff.pipeline.settings import JudgingSettings, judging_settings

if TYPE_CHECKING:
    from semverdiff.baselines import Base, Baseline, Spec
    from semverdiff.config import Settings
    from semverdiff.packages import Dependency, Identity, Package
    from semverdiff.registry import Environment

__all__ = ["Grounds", "environment_of", "grounds_of"]

_DOWNLOADS = ("SEMVERDIFF_CACHE_DIR", "BALLERINA_HOME_DIR")


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
    def start_version(self) -> str | None:
        """Return the version at the base of the change set."""
        package = None if self._origin is None else self._origin.package
        return None if package is None else package.version

    @property
    def start_dependencies(self) -> tuple[Dependency, ...]:
        """Return the direct dependencies that a lock gave a version at the base of the change set."""
        package = None if self._origin is None else self._origin.package
        if package is None or not package.manifest.dependencies_resolved:
            return ()
        return package.manifest.dependencies

    @property
    def notes(self) -> tuple[str, ...]:
        """Return sentences about the base, where it is not the baseline, and about the baseline."""
        origin = self._origin
        notes = () if origin is None or origin is self.baseline else origin.notes
        return (*notes, *self.baseline.notes, *self.start_notes)

    @property
    def _origin(self) -> Baseline | None:
        return None if self.base is None else self.base.baseline


def grounds_of(settings: Settings, candidate: Identity) -> Grounds:
    """Return the grounds of a check of a package; its own Semver.toml may have made the settings.

    Raises:
        SemverdiffError: the base or the baseline cannot be had; each kind of error says why.

    """
    # First, because it is quick: a branch that does not exist should be reported before a download.
    base = _base(settings, candidate)
    judging = judging_settings(settings, base)
    environment = environment_of(judging.settings, settings.path)
    origin = None if base is None else base.baseline
    spec = baselines.parse_spec(judging.settings.baseline)
    if base is not None and base.asked == spec:
        baseline = base.baseline
    else:
        if origin is not None and _is_private(origin.package):
            # Whoever makes a package public in the same change set must not make its releases disappear.
            candidate = replace(candidate, is_private=True)
        baseline = baselines.resolve(spec, candidate, environment, origin)
    start = _start(judging.settings, base, candidate, environment)
    notes: tuple[str, ...] = ()
    if start is None:
        start, notes = _pre_release(spec, baseline, candidate, environment)
    is_altered = (
        base is not None
        and isinstance(spec, baselines.AtPath)
        and baselines.is_altered(spec.path, base, environment)
    )
    return Grounds(judging, environment, baseline, base, start, notes, is_altered)


def _start(
    settings: Settings, base: Base | None, candidate: Identity, environment: Environment
) -> Baseline | None:
    """Return the package where the history parted, if the settings ask for what changed since."""
    if settings.merge_base is None:
        return None
    if base is None or base.asked != settings.merge_base:
        base = baselines.merge_base(settings.merge_base, candidate, environment)
    return base.baseline


def _pre_release(
    spec: Spec, baseline: Baseline, candidate: Identity, environment: Environment
) -> tuple[Baseline | None, tuple[str, ...]]:
    """Return the pre-release before the candidate, if both lead to one release, and what to say of it.

    The gate compares with the last release. What changed since is of use only, so that a check does not
    fail where the pre-release cannot be had.
    """
    try:
        return baselines.resolve_pre_release(spec, baseline, candidate, environment), ()
    except SemverdiffError as error:
        return None, (f"what changed since the pre-release before is not shown: {error}",)


def environment_of(settings: Settings, place: Path) -> Environment:
    """Return how registries are reached; `place` lies in the git repository whose revisions are meant.

    Raises:
        UsageError: what was downloaded lies in a directory that came with a repository.

    """
    for variable in _DOWNLOADS:
        named = settings.environment.get(variable)
        if named and packages.is_committed(Path(named)):
            raise UsageError(
                f"the directory that {variable} names holds files of a git repository, so that a change of "
                "it could bring another published version: choose a directory that is not committed"
            )
    return replace(
        registry.environment_from(settings.environment, Path.home()),
        place=place,
        agent=f"semverdiff/{__version__}",
        offline=settings.offline,
        refresh=settings.refresh,
    )


def _base(settings: Settings, candidate: Identity) -> Base | None:
    """Return the package at the revision whose settings judge: the merge base, else a baseline from git.

    What was typed goes before what the candidate's own Semver.toml names.
    """
    typed = settings.typed or Options()
    environment = environment_of(settings, settings.path)
    for merge_base, baseline in (
        (typed.merge_base, typed.baseline),
        (settings.merge_base, settings.baseline),
    ):
        if merge_base is not None:
            return baselines.merge_base(merge_base, candidate, environment)
        if baseline is not None and baseline.startswith("git:"):
            spec = baselines.parse_revision(baseline.removeprefix("git:"))
            return baselines.revision_base(spec, candidate, environment)
    return None


def _is_private(package: Package | None) -> bool:
    return package is not None and package.manifest.visibility == "private"
