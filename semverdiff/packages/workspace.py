"""The packages of a workspace: a Ballerina.toml that names directories instead of a package."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semverdiff.errors import ManifestError, Mistake
from semverdiff.packages.documents import parse_toml
from semverdiff.packages.names import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.packages.documents import Table

__all__ = ["members_of", "workspace_members"]

_DRIVE = re.compile(r"[A-Za-z]:")


def workspace_members(root: Path) -> tuple[str, ...]:
    """Give the directories of a workspace's packages, in its order; empty if the root is no workspace's.

    Raises:
        ManifestError: the list is empty, or names what is no directory inside the workspace.

    """
    mistakes: list[Mistake] = []
    manifest = parse_toml((root / "Ballerina.toml").read_bytes(), "Ballerina.toml", mistakes)
    if mistakes:
        raise ManifestError(mistakes=tuple(mistakes))
    if "workspace" not in manifest.entries:
        return ()
    members = members_of(manifest)
    table = manifest.table("workspace")
    for member in members:
        if not (root / member).exists():
            table.complain("packages", f"could not locate the package path {quoted(member)}")
        elif not (root / member).is_dir():
            table.complain("packages", f"invalid package path {quoted(member)}. Expected a directory")
    if mistakes:
        raise ManifestError(mistakes=tuple(mistakes))
    return members


def members_of(root: Table) -> tuple[str, ...]:
    """Give the member directories as they are written.

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
                f"invalid package path {quoted(member)}. Expected a directory inside the workspace",
            )
    if root.document.mistakes:
        raise ManifestError(mistakes=tuple(root.document.mistakes))
    return members


def _leads_out(member: str) -> bool:
    return (
        not member
        or member.startswith(("/", "\\"))
        or _DRIVE.match(member) is not None
        or ".." in re.split(r"[/\\]", member)
    )
