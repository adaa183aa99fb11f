"""The packages of a workspace: a Ballerina.toml that names directories instead of a package."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from semverdiff.config import parse_toml
from semverdiff.errors import ManifestError, Mistake, UsageError
from semverdiff.packages.disk import read_inside
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from semverdiff.config import Table

__all__ = [
    "bounds_of",
    "find_workspace",
    "listed_members",
    "members_of",
    "workspace_members",
    "workspace_of",
    "workspaces_of",
]

_DRIVE = r"[A-Za-z]:"


def find_workspace(path: Path) -> Path:
    """Return the nearest directory with a workspace's Ballerina.toml, from a directory upward.

    Raises:
        UsageError: there is none.
        ManifestError: a Ballerina.toml on the way is broken.

    """
    start = path.resolve()
    for directory in (start, *start.parents):
        if (directory / "Ballerina.toml").is_file() and workspace_members(directory):
            return directory
    raise UsageError(
        f"{quote(start.name)} is in no workspace: expected a Ballerina.toml with a table [workspace] there "
        "or above, found none. Give the directories of the packages instead."
    )


def workspace_of(package: Path) -> Path | None:
    """Return the directory of the workspace that a package's directory belongs to, if any.

    A workspace whose manifest is broken has no packages that anyone could know of.
    """
    return workspaces_of((package,)).get(package)


def workspaces_of(directories: Iterable[Path]) -> Mapping[Path, Path]:
    """Return the directory of the workspace of each package that belongs to one, by the package's directory.

    The list of a workspace is read once for all of them.
    """
    found: dict[Path, Path] = {}
    members: dict[Path, frozenset[Path]] = {}
    for directory in directories:
        root = directory.resolve()
        nearest = next((one for one in root.parents if (one / "Ballerina.toml").is_file()), None)
        if nearest is None:
            continue
        if nearest not in members:
            members[nearest] = _resolved_members(nearest)
        if root in members[nearest]:
            found[directory] = nearest
    return found


def _resolved_members(root: Path) -> frozenset[Path]:
    try:
        return frozenset((root / one).resolve() for one in workspace_members(root))
    except ManifestError:
        return frozenset()


def bounds_of(root: Path, workspace: Path | None = None) -> Path:
    """Return the directory within which links of a package may lead: what its authors keep together.

    That is the working tree of its repository, or else its workspace, or else the package alone. `root` is
    its resolved directory. `workspace` is that of its workspace, where it is known to be a member: else each
    of the packages would look through the list of all of them.
    """
    return _working_tree(root) or (workspace_of(root) if workspace is None else workspace.resolve()) or root


def _working_tree(root: Path) -> Path | None:
    parents = (root, *root.parents)
    return next((directory for directory in parents if os.path.lexists(directory / ".git")), None)


def workspace_members(root: Path) -> tuple[str, ...]:
    """Return the directories of a workspace's packages, in its order; empty if the root is no workspace's.

    Raises:
        ManifestError: the list is empty, or names what is no directory inside the workspace.

    """
    mistakes: list[Mistake] = []
    root = root.resolve()
    manifest = parse_toml(_manifest(root), "Ballerina.toml", mistakes)
    if mistakes:
        raise ManifestError(mistakes=tuple(mistakes))
    if "workspace" not in manifest.entries:
        return ()
    members = members_of(manifest)
    table = manifest.table("workspace")
    for member in members:
        if not (root / member).exists():
            table.complain("packages", f"could not locate the package path {quote(member)}")
        elif not (root / member).is_dir():
            table.complain("packages", f"invalid package path {quote(member)}. Expected a directory")
        elif not (root / member).resolve().is_relative_to(root):
            table.complain(
                "packages", f"invalid package path {quote(member)}. It is a link out of the workspace"
            )
    if mistakes:
        raise ManifestError(mistakes=tuple(mistakes))
    return members


def _manifest(root: Path) -> bytes:
    try:
        return read_inside(root, "Ballerina.toml", _working_tree(root) or root)
    except OSError as error:
        raise ManifestError(
            f"Ballerina.toml of {quote(root.name)} cannot be read: {error.strerror}"
        ) from error


def listed_members(ballerina_toml: bytes) -> tuple[str, ...]:
    """Return the member directories that a workspace's manifest lists; none where it is no such manifest."""
    mistakes: list[Mistake] = []
    manifest = parse_toml(ballerina_toml, "Ballerina.toml", mistakes)
    try:
        return () if mistakes or "workspace" not in manifest.entries else members_of(manifest)
    except ManifestError:
        return ()


def members_of(root: Table) -> tuple[str, ...]:
    """Return the member directories as they are written.

    Raises:
        ManifestError: there is none, or one lies outside of the workspace.

    """
    table = root.table("workspace")
    members = table.texts("packages") or ()
    if not table.entries.get("packages"):
        table.complain("packages", "no packages found in the workspace Ballerina.toml file")
    for member in members:
        if _leads_out(member):
            table.complain(
                "packages",
                f"invalid package path {quote(member)}. Expected a directory inside the workspace",
            )
    if root.document.mistakes:
        raise ManifestError(mistakes=tuple(root.document.mistakes))
    return members


def _leads_out(member: str) -> bool:
    return (
        not member
        or member.startswith(("/", "\\"))
        or re.match(_DRIVE, member) is not None
        or ".." in re.split(r"[/\\]", member)
    )
