"""Bumps as values: what somebody wants, and what becomes of versions and files."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 (the types of fields)
from typing import TYPE_CHECKING

import msgspec

from semverdiff.errors import SemverdiffError
from semverdiff.packages import EditedFile  # noqa: TC001 (the type of a field)
from semverdiff.reports import Outcome
from semverdiff.text import plural
from semverdiff.versions import Level

if TYPE_CHECKING:
    from semverdiff.reports import Report

__all__ = ["Bump", "Bumps", "DependencyBump", "Wish", "require_clean"]


class Wish(msgspec.Struct, frozen=True):
    """What somebody wants beside a version that is high enough.

    `level` is the least step from the baseline, `pre_release` the name of pre-releases on the way (`rc`), and
    `is_final` asks for the release that a pre-release leads to. `of_workspace` means every package of the
    workspace, and with `dependents` what packages of it ask of each other follows.
    """

    level: Level | None = None
    pre_release: str | None = None
    is_final: bool = False
    of_workspace: bool = False
    dependents: bool = True


class Bump(msgspec.Struct, frozen=True):
    """The version of a package before and after, which are the same where it stays, and why.

    `file` is the manifest in the directory that says it.
    """

    directory: Path
    file: str
    name: str
    old: str
    new: str
    why: str


class DependencyBump(msgspec.Struct, frozen=True):
    """The version that a package of the workspace asks of another one, in its manifest, before and after."""

    directory: Path
    file: str
    name: str
    old: str
    new: str


class Bumps(msgspec.Struct, frozen=True):
    """What becomes of some packages, of those that depend on them, and of the files of both."""

    bumps: tuple[Bump, ...]
    dependencies: tuple[DependencyBump, ...]
    edits: tuple[tuple[EditedFile, bytes], ...]


def require_clean(report: Report, wish: Wish) -> None:
    """Raise `SemverdiffError` unless the report says for certain which version is high enough."""
    for gate in report.gates_against_bump:
        raise SemverdiffError(f"no version is written: the gate '{gate.name}' fails: {gate.why}")
    # A major version is enough for whatever it may be.
    if report.doubts and wish.level is not Level.MAJOR:
        raise SemverdiffError(
            f"no version is written: {plural(report.doubts, 'change')} could not be decided, and `semver "
            "check` says which. Read them, and suppress those that break nobody, or ask for --level major"
        )
    if report.outcome is Outcome.UNDECIDED and report.baseline is None:
        raise SemverdiffError(f"no version is written: {report.summary}")
