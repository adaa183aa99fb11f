"""Several packages: each against its baseline, at the same time, told in the order of their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.checking.one_package import check_candidate
from semverdiff.errors import SemverdiffError
from semverdiff.reports import Reports, failed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from semverdiff.config import Settings
    from semverdiff.packages import Package
    from semverdiff.reports import Report

__all__ = ["Member", "check_all"]

# Registries are waited for, which is what threads are good at; more at once would be rude to them.
_AT_ONCE = 8
_IMPORT = re.compile(rb"^[ \t]*import[ \t]+([\w']+)[ \t]*/[ \t]*([\w.']+)", re.MULTILINE)


class Member(msgspec.Struct, frozen=True):
    """A package to check: its settings, or why there are none; its directory, if a workspace names it."""

    settings: Settings | SemverdiffError
    directory: str | None = None


def check_all(members: Sequence[Member]) -> Reports:
    """Check packages, and note which of them depend on each other."""
    read = [_read(member) for member in members]
    packages = [one.package for one in read if isinstance(one, _Candidate)]

    def checked(candidate: _Candidate | Report) -> Report:
        if not isinstance(candidate, _Candidate):
            return candidate
        report = check_candidate(candidate.settings, candidate.package, packages)
        return replace(report, notes=(*report.notes, *_dependencies(candidate.package, packages)))

    reports = _at_once(checked, read)
    return Reports(
        tuple(replace(one, directory=member.directory) for one, member in zip(reports, members, strict=True))
    )


class _Candidate(msgspec.Struct, frozen=True):
    settings: Settings
    package: Package


def _read(member: Member) -> _Candidate | Report:
    if isinstance(member.settings, SemverdiffError):
        return failed(member.settings)
    from semverdiff.packages import read_package  # noqa: PLC0415 (slow, as for one package)

    try:
        return _Candidate(member.settings, read_package(member.settings.path))
    except SemverdiffError as error:
        return failed(error)


def _at_once(
    checked: Callable[[_Candidate | Report], Report], candidates: Sequence[_Candidate | Report]
) -> list[Report]:
    if len(candidates) == 1:
        return [checked(candidates[0])]
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 (slow: only for several packages)

    with ThreadPoolExecutor(min(_AT_ONCE, len(candidates))) as threads:
        return list(threads.map(checked, candidates))


def _dependencies(package: Package, packages: Sequence[Package]) -> list[str]:
    """Say which of the others a package depends on, by its manifest or by an import."""
    named = {(one.organization, one.name) for one in package.manifest.dependencies}
    imported = {
        (organization.decode(), name.decode().replace("'", ""))
        for module in package.modules
        for file in module.files
        for organization, name in _IMPORT.findall(file.content)
    }
    return [
        f"It depends on {other.organization}/{other.name} {other.version}, which is checked as well."
        for other in packages
        if other is not package
        and ((other.organization, other.name) in named or any(_is_of(other, *one) for one in imported))
    ]


def _is_of(package: Package, organization: str, module: str) -> bool:
    """Return whether a module is one of a package: dots alone do not say where a package's name ends."""
    return package.organization == organization and any(one.name == module for one in package.modules)
