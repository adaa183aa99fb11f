"""The version of a project, written where it stands in its file; nothing else of the file changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from semverdiff import packages
from semverdiff.errors import ManifestError, UsageError, in_package
from semverdiff.pipeline import Bump, Bumps, check_on_grounds
from semverdiff.pipeline.bumps import require_clean
from semverdiff.reports import Outcome
from semverdiff.text import quote
from semverdiff.vein.front_end import FRONT_END
from semverdiff.vein.package import project_directory, read_directory
from semverdiff.vein.project import read_project
from semverdiff.vein.versions import NUGET, NugetVersion, parse_nuget_version

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.artifact import ManifestPlace
    from semverdiff.config import Settings
    from semverdiff.pipeline import Announce, Grounds, Wish
    from semverdiff.reports import Report
    from semverdiff.vein.project import Project

__all__ = ["bumps_at", "with_version"]


def bumps_at(path: Path, settings: Settings, wish: Wish, announce: Announce) -> Bumps:
    """Return what becomes of the version of the project at a path.

    Raises:
        SemverdiffError: the project could not be checked, or the answer is not clean.
        UsageError: the wish is lower than what is required, or cannot be met.

    """
    if wish.pre_release is not None:
        raise UsageError("pre-releases of shards are not written: set one by hand, then `semver check` it")
    if not path.is_dir():
        raise UsageError(f"{quote(path.name)} is no directory of a project: a shard keeps its version")
    directory = project_directory(path)
    with in_package(directory):
        package = read_directory(directory)
        asked = replace(settings, fail_on="under-bumped", formats=("json",))
        report, grounds = check_on_grounds(FRONT_END, package, asked, announce=announce)
        require_clean(report, wish)
        project = package.project
        if project is None or project.version_place is None:
            raise TypeError("a project that is read says its version")
        new = _version(report, grounds, parse_nuget_version(package.version), wish)
        is_same = new == parse_nuget_version(package.version)
        text = package.version if is_same else str(new)
        file = packages.open_edited(directory, project.file)
        before = file.content or b""
        after = before if is_same else with_version(before, project, text)
    bump = Bump(directory, project.file, package.name, package.version, text, report.summary)
    return Bumps((bump,), (), () if after == before else ((file, after),))


def _version(report: Report, grounds: Grounds, current: NugetVersion, wish: Wish) -> NugetVersion:
    """Return the version to be written, which is the current one where that may stay."""
    published = {parse_nuget_version(text) for text in grounds.baseline.published}
    stays = report.outcome is Outcome.PASSED
    goal = NUGET.release(current) if wish.is_final else current
    if report.baseline is None or report.required_version is None:
        if wish.level is not None:
            raise UsageError(f"there is nothing to step from with --level: {report.baseline_reason}")
        return goal
    required = parse_nuget_version(report.suggested_version or report.required_version)
    if wish.level is None:
        return goal if stays else required
    wanted = NUGET.next(parse_nuget_version(report.baseline.version), wish.level)
    while wanted in published:
        wanted = NUGET.next(wanted, wish.level)
    if not stays and wanted < required:
        raise UsageError(f"--level {wish.level.word} gives {wanted}, and that is too low: {report.summary}")
    return wanted if current < wanted else goal


def with_version(content: bytes, project: Project, version: str) -> bytes:
    """Return a project file with another version, and every other byte as it was.

    Raises:
        UsageError: the version stands there in a way that cannot be changed alone.

    """
    place = project.version_place
    after = None if place is None or project.version is None else _replaced(content, place, project, version)
    if after is None or not _is_read_as(after, replace(project, version=version)):
        raise UsageError(
            f"the version in {project.file} cannot be changed alone: write 'version: \"{version}\"'"
        )
    return after


def _is_read_as(content: bytes, project: Project) -> bool:
    try:
        return read_project(content, project.file) == project
    except ManifestError:
        return False


def _replaced(content: bytes, place: ManifestPlace, project: Project, version: str) -> bytes | None:
    """Return the file with the text of the version replaced on its line, `None` if it is not found there."""
    lines = content.split(b"\n")
    line = lines[place.line - 1].decode("utf-8-sig" if place.line == 1 else "utf-8", "surrogateescape")
    before, rest = line[: place.column - 1], line[place.column - 1 :]
    old = project.version or ""
    quotes = rest[:1] if rest[:1] in {'"', "'"} else ""
    written = f"{quotes}{old}{quotes}"
    if not rest.startswith(written):
        return None
    mark = b"\xef\xbb\xbf" if place.line == 1 and content.startswith(b"\xef\xbb\xbf") else b""
    # Without quotes YAML reads `0.30` as a number, and so does whoever reads the file.
    text = f"{before}{quotes or chr(34)}{version}{quotes or chr(34)}{rest[len(written) :]}"
    lines[place.line - 1] = mark + text.encode("utf-8", "surrogateescape")
    return b"\n".join(lines)
