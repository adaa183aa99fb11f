"""The grounds of a check: by which settings a package is judged, and with what it is compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import __version__, packages, registry
from semverdiff.config import Options
from semverdiff.errors import SemverdiffError, UsageError
from semverdiff.pipeline.model import Grounds
from semverdiff.pipeline.settings import judging_settings

if TYPE_CHECKING:
    from semverdiff.artifact import Artifact, Identity
    from semverdiff.baselines import Base, Baseline, Spec
    from semverdiff.config import Settings
    from semverdiff.pipeline.front_end import Baselines, FrontEnd
    from semverdiff.registry import Environment

__all__ = ["environment_of", "grounds_of"]

_DOWNLOADS = ("SEMVERDIFF_CACHE_DIR", "BALLERINA_HOME_DIR")


def grounds_of(front_end: FrontEnd, settings: Settings, candidate: Identity) -> Grounds:
    """Return the grounds of a check of a package; its own Semver.toml may have made the settings.

    Raises:
        SemverdiffError: the base or the baseline cannot be had; each kind of error says why.

    """
    # First, because it is quick: a branch that does not exist should be reported before a download.
    base = _base(front_end, settings, candidate)
    judging = judging_settings(front_end, settings, base)
    environment = environment_of(judging.settings, settings.path)
    origin = None if base is None else base.baseline
    baselines = front_end.baselines
    spec = baselines.parse_spec(judging.settings.baseline)
    if base is not None and base.asked == spec:
        baseline = base.baseline
    else:
        if origin is not None and _is_private(origin.package):
            # Whoever makes a package public in the same change set must not make its releases disappear.
            candidate = replace(candidate, is_private=True)
        baseline = baselines.resolve(spec, candidate, environment, origin)
    start = _start(baselines, judging.settings, base, candidate, environment)
    notes: tuple[str, ...] = ()
    if start is None:
        start, notes = _pre_release(baselines, spec, baseline, candidate, environment)
    is_altered = base is not None and baselines.is_altered(spec, base, environment)
    return Grounds(judging, environment, baseline, base, start, notes, is_altered)


def _start(
    baselines: Baselines, settings: Settings, base: Base | None, candidate: Identity, environment: Environment
) -> Baseline | None:
    """Return the package where the history parted, if the settings ask for what changed since."""
    if settings.merge_base is None:
        return None
    if base is None or base.asked != settings.merge_base:
        base = baselines.merge_base(settings.merge_base, candidate, environment)
    return base.baseline


def _pre_release(
    baselines: Baselines, spec: Spec, baseline: Baseline, candidate: Identity, environment: Environment
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


def _base(front_end: FrontEnd, settings: Settings, candidate: Identity) -> Base | None:
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
            return front_end.baselines.merge_base(merge_base, candidate, environment)
        if baseline is not None and baseline.startswith("git:"):
            spec = front_end.baselines.parse_revision(baseline.removeprefix("git:"))
            return front_end.baselines.revision_base(spec, candidate, environment)
    return None


def _is_private(package: Artifact | None) -> bool:
    return package is not None and package.identity.is_private
