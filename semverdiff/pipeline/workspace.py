"""The packages of a workspace, or those that were named: each checked by itself, several at the same time."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.config import Options
from semverdiff.errors import SemverdiffError
from semverdiff.pipeline.model import Neighbour, Workspace
from semverdiff.pipeline.runs import check_package, failed_check
from semverdiff.reports import Gate, Outcome, Report, Reports, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from semverdiff.artifact import Artifact
    from semverdiff.config import Settings
    from semverdiff.pipeline.front_end import FrontEnd

__all__ = ["Member", "check_all", "lost_members"]

# Registries are waited for, which is what threads are good at; more at once would be rude to them.
_AT_ONCE = 8


class Member(msgspec.Struct, frozen=True):
    """A package to check: its settings, or why there are none; its directory, if a workspace names it.

    `path` is that of a package without settings, `workspace` the directory of the workspace that names it.
    """

    front_end: FrontEnd
    settings: Settings | SemverdiffError
    directory: str | None = None
    path: Path | None = None
    workspace: Path | None = None


class _Candidate(msgspec.Struct, frozen=True):
    front_end: FrontEnd
    settings: Settings
    package: Artifact
    workspace: Path | None


def lost_members(
    front_end: FrontEnd, settings: Settings, root: Path, directories: Collection[str]
) -> tuple[Report, ...]:
    """Return a report, of outcome `gate-failed`, on each package that a workspace lost in a change set.

    Whoever takes a package off the list would otherwise decide that nobody looks at it. That a merge base
    cannot be had is told by the reports of those that are left.
    """
    typed = settings.typed or Options()
    if settings.merge_base is None or typed.accept_settings == "head":
        return ()
    try:
        lost = front_end.baselines.lost_members(settings.merge_base, root, directories)
    except SemverdiffError:
        return ()
    return tuple(
        replace(_lost(directory, name, settings.merge_base), ecosystem=front_end.ecosystem)
        for directory, name in lost.items()
    )


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
    groups = _groups(one for one in candidates if isinstance(one, _Candidate))
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        reports = threads.map(lambda one: _report(one, groups), candidates)
        checked: list[Report] = []
        for directory in _directories(members, candidates):
            announce(f"checking {len(members)} packages, {len(checked)} of them are done")
            checked.append(replace(next(reports), directory=directory))
        return Reports((*checked, *lost))


def _read(member: Member) -> _Candidate | Report:
    """Return a package with its settings, or the report of the error that keeps it from being read."""
    front_end, settings, workspace = member.front_end, member.settings, member.workspace
    if isinstance(settings, SemverdiffError):
        return failed_check(front_end, settings, member.path or Path(), workspace=workspace)
    try:
        package = front_end.read_candidate(settings.path, workspace)
    except SemverdiffError as error:
        return failed_check(front_end, error, settings.path, workspace=workspace)
    return _Candidate(front_end, settings, package, workspace)


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


class _Group(msgspec.Struct, frozen=True):
    """The packages of one ecosystem that are checked, and what tells which of them one depends on."""

    neighbours: Mapping[tuple[str | None, str], Neighbour]
    notes_on: Callable[[Artifact], Iterable[str]]


def _groups(candidates: Iterable[_Candidate]) -> Mapping[FrontEnd, _Group]:
    """Return the packages by their front end."""
    several: dict[FrontEnd, list[_Candidate]] = {}
    for one in candidates:
        several.setdefault(one.front_end, []).append(one)
    return {key: _group(members) for key, members in several.items()}


def _group(members: Sequence[_Candidate]) -> _Group:
    front_end = members[0].front_end
    neighbours = {
        (one.package.organization, one.package.name): Neighbour(one.package, one.settings.path)
        for one in members
    }
    # A package alone has no neighbours: it is not among them, as it would be among those of others.
    return _Group(
        neighbours if len(members) > 1 else {},
        front_end.notes_on_neighbours([one.package for one in members]),
    )


def _report(candidate: _Candidate | Report, groups: Mapping[FrontEnd, _Group]) -> Report:
    if isinstance(candidate, Report):
        return candidate
    front_end, package, settings = candidate.front_end, candidate.package, candidate.settings
    group = groups[front_end]
    workspace = Workspace(candidate.workspace, group.neighbours)
    try:
        report = check_package(front_end, package, settings, workspace)
    except SemverdiffError as error:
        report = failed_check(front_end, error, settings.path, package, candidate.workspace)
    return replace(report, notes=(*report.notes, *group.notes_on(package)))
