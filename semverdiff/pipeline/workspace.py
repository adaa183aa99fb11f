"""The packages of a workspace, or those that were named: each checked by itself, several at the same time."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff import baselines
from semverdiff.config import Options
from semverdiff.errors import SemverdiffError
from semverdiff.packages import imported_modules, read_candidate
from semverdiff.pipeline.dependencies import Neighbour, Workspace
from semverdiff.pipeline.runs import check_package, failed_check
from semverdiff.reports import Gate, Outcome, Report, Reports, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from semverdiff.config import Settings
    from semverdiff.packages import Package

__all__ = ["Member", "check_all", "lost_members"]

# Registries are waited for, which is what threads are good at; more at once would be rude to them.
_AT_ONCE = 8


class Member(msgspec.Struct, frozen=True):
    """A package to check: its settings, or why there are none; its directory, if a workspace names it.

    `path` is that of a package without settings, `workspace` the directory of the workspace that names it.
    """

    settings: Settings | SemverdiffError
    directory: str | None = None
    path: Path | None = None
    workspace: Path | None = None


class _Candidate(msgspec.Struct, frozen=True):
    settings: Settings
    package: Package
    workspace: Path | None


def lost_members(settings: Settings, root: Path, directories: Collection[str]) -> tuple[Report, ...]:
    """Return a report, of outcome `gate-failed`, on each package that a workspace lost in a change set.

    Whoever takes a package off the list would otherwise decide that nobody looks at it. That a merge base
    cannot be had is told by the reports of those that are left.
    """
    typed = settings.typed or Options()
    if settings.merge_base is None or typed.accept_settings == "head":
        return ()
    try:
        lost = baselines.lost_members(settings.merge_base, root, directories)
    except SemverdiffError:
        return ()
    return tuple(_lost(directory, name, settings.merge_base) for directory, name in lost.items())


def _lost(directory: str, name: str, merge_base: str) -> Report:
    why = f"the workspace lists {name} no longer, which it did at the merge base with {merge_base}"
    gate = Gate("workspace", passed=False, why=why)
    return Report(Outcome.GATE_FAILED, None, gates=(gate,), summary=why, tone=Tone.BAD, directory=directory)


def check_all(
    members: Sequence[Member],
    lost: tuple[Report, ...] = (),
    announce: Callable[[str], None] = lambda _: None,
) -> Reports:
    """Check packages, and note which of them depend on each other; `lost` are reports on others.

    `announce` is told how many are checked by now.

    An error of one package is its report, of outcome `error`: it does not keep the others from being checked.
    """
    announce("reading the packages")
    candidates = [_read(member) for member in members]
    packages = [one for one in candidates if isinstance(one, _Candidate)]
    owners = _owners(one.package for one in packages)
    # A package alone has no neighbours: it is not among them, as it would be among those of others.
    neighbours = _neighbours(packages) if len(packages) > 1 else {}
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        reports = threads.map(lambda one: _report(one, neighbours, owners), candidates)
        checked: list[Report] = []
        for directory in _directories(members, candidates):
            announce(f"checking {len(members)} packages, {len(checked)} of them are done")
            checked.append(replace(next(reports), directory=directory))
        return Reports((*checked, *lost))


def _read(member: Member) -> _Candidate | Report:
    """Return a package with its settings, or the report of the error that keeps it from being read."""
    if isinstance(member.settings, SemverdiffError):
        return failed_check(member.settings, member.path or Path(), workspace=member.workspace)
    settings, workspace = member.settings, member.workspace
    try:
        return _Candidate(settings, read_candidate(settings.path, workspace), workspace)
    except SemverdiffError as error:
        return failed_check(error, settings.path, workspace=workspace)


def _directories(members: Sequence[Member], candidates: Sequence[_Candidate | Report]) -> list[str | None]:
    """Return the directory of each package as reports name it: within the workspace, where one names it.

    Of others those have one that share their name, or cannot be read and so have none. It is given from the
    directory that holds all of these, because no report says where that lies.
    """
    names = [one.package.identity.package if isinstance(one, _Candidate) else None for one in candidates]
    counts = Counter(name for name, member in zip(names, members, strict=True) if member.directory is None)
    twins = {
        at: _path(member).resolve()
        for at, (name, member) in enumerate(zip(names, members, strict=True))
        if member.directory is None and counts[name] > 1
    }
    try:
        around = os.path.commonpath(twins.values()) if len(set(twins.values())) > 1 else None
    except ValueError:  # on several drives of Windows
        around = None
    return [
        one.directory if around is None or at not in twins else twins[at].relative_to(around).as_posix()
        for at, one in enumerate(members)
    ]


def _path(member: Member) -> Path:
    if isinstance(member.settings, SemverdiffError):
        return member.path or Path()
    return member.settings.path


def _neighbours(candidates: Iterable[_Candidate]) -> Mapping[tuple[str, str], Neighbour]:
    return {
        (one.package.organization, one.package.name): Neighbour(one.package, one.settings.path)
        for one in candidates
    }


def _report(
    candidate: _Candidate | Report, neighbours: Mapping[tuple[str, str], Neighbour], owners: _Owners
) -> Report:
    if isinstance(candidate, Report):
        return candidate
    workspace = Workspace(candidate.workspace, neighbours)
    try:
        report = check_package(candidate.package, candidate.settings, workspace)
    except SemverdiffError as error:
        report = failed_check(error, candidate.settings.path, candidate.package, candidate.workspace)
    return replace(report, notes=(*report.notes, *_dependencies(candidate.package, owners)))


class _Owners(msgspec.Struct, frozen=True):
    """The packages that are checked by organization and name, and by organization and module.

    Dots alone do not say where in the name of a module that of its package ends.
    """

    by_name: Mapping[tuple[str, str], Package]
    by_module: Mapping[tuple[str, str], Package]


def _owners(packages: Iterable[Package]) -> _Owners:
    several = tuple(packages)
    return _Owners(
        {(one.organization, one.name): one for one in several},
        {(one.organization, module.name): one for one in several for module in one.modules},
    )


def _dependencies(package: Package, owners: _Owners) -> Iterator[str]:
    """Yield a sentence for each of the packages that one depends on, by its manifest or by an import."""
    declared = ((one.organization, one.name) for one in package.manifest.dependencies)
    found = (
        *map(owners.by_name.get, declared),
        *map(owners.by_module.get, imported_modules(package.modules)),
    )
    others = (one for one in found if one is not None and one.identity.package != package.identity.package)
    for name in sorted({f"{one.identity.package} {one.version}" for one in others}):
        yield f"It depends on {name}, which is checked as well."
