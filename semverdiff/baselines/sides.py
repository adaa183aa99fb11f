"""Any package that a text can name, for comparing two: a path, a git revision, a version on Central."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from semverdiff.baselines.model import Wanted
from semverdiff.baselines.specs import parse_revision
from semverdiff.errors import BaselineError, UsageError
from semverdiff.packages import read_package
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from semverdiff.baselines.surroundings import Surroundings
    from semverdiff.packages import Package

__all__ = ["read_side"]


def read_side(text: str, surroundings: Surroundings) -> tuple[Package, tuple[str, ...]]:
    """Read `git:REVISION[:DIRECTORY]`, `central:ORG/NAME[:VERSION]`, `file:PATH` or a path, and give notes.

    Revisions are those of the repository that `surroundings.place` lies in; without a version, Central's
    latest release is meant. Raises what `find_baseline` raises.
    """
    kind, _, value = text.partition(":")
    match kind:
        case "git":
            from semverdiff.baselines.from_git import revision_package  # noqa: PLC0415 (slow: starts git)

            return revision_package(parse_revision(value), surroundings), ()
        case "central":
            return _on_central(value, text, surroundings)
        case "file":
            return read_package(Path(value)), ()
    return read_package(Path(text)), ()


def _on_central(value: str, text: str, surroundings: Surroundings) -> tuple[Package, tuple[str, ...]]:
    from semverdiff.baselines.finding import baseline_on_central  # noqa: PLC0415 (slow: not for paths)
    from semverdiff.baselines.identity import identity_from  # noqa: PLC0415 (as above)

    named, colon, version = value.partition(":")
    identity = identity_from(named)
    if identity is None:
        raise UsageError(
            f"'{text}' names no package: expected central:ORG/NAME or central:ORG/NAME:VERSION, as in "
            "central:ballerina/http:2.14.0"
        )
    try:
        asked = parse_version(version) if colon else None
    except ValueError as error:
        raise UsageError(f"'{text}' names no version: {error}") from None
    # Above every other: the closest to it is the latest release.
    latest = parse_version(f"{10**9}.0.0")
    found = baseline_on_central(Wanted(identity, asked or latest, asked), surroundings)
    if found.package is None:
        raise BaselineError(
            f"{surroundings.registry} shows no package {identity}: check its name and your token"
        )
    return found.package, found.notes
