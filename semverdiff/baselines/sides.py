"""Any two packages that texts can name, for comparing them: paths, git revisions, versions in registries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from semverdiff.baselines.finding import find_baseline
from semverdiff.baselines.model import wanted_version
from semverdiff.baselines.specs import LATEST_TAG, parse_revision, parse_spec
from semverdiff.errors import BaselineError, UsageError
from semverdiff.packages import read_package

if TYPE_CHECKING:
    from semverdiff.baselines.surroundings import Surroundings
    from semverdiff.packages import Package

__all__ = ["Side", "read_side", "read_sides"]


class Side(msgspec.Struct, frozen=True):
    """One of two packages, why it is this one, and what was noted on the way."""

    package: Package
    reason: str
    notes: tuple[str, ...] = ()


def read_sides(old: str, new: str, surroundings: Surroundings) -> tuple[Side, Side]:
    """Read two packages; one of them may be named by where it is published alone (`local`, `central:1.2.3`).

    Such a side is the other one's package there: without a version the closest, as a baseline is chosen.
    """
    if not _depends_on_other(old):
        before = read_side(old, surroundings)
        return before, _side(new, before.package, surroundings)
    if _depends_on_other(new):
        raise UsageError(
            f"neither '{old}' nor '{new}' names a package: expected a path, git:REVISION or "
            "central:ORG/NAME for at least one of them"
        )
    after = read_side(new, surroundings)
    return _side(old, after.package, surroundings), after


def read_side(text: str, surroundings: Surroundings) -> Side:
    """Read `git:REVISION[:DIRECTORY]`, `central:ORG/NAME[:VERSION]`, `file:PATH` or a path.

    Revisions are those of the repository that `surroundings.place` lies in; without a version, Central's
    latest release is meant. Raises what `find_baseline` raises.
    """
    kind, _, value = text.partition(":")
    match kind:
        case "git":
            from semverdiff.baselines.from_git import revision_package  # noqa: PLC0415 (slow: starts git)

            return Side(revision_package(parse_revision(value), surroundings), f"the git revision {value}")
        case "central":
            return _on_central(value, text, surroundings)
        case "file":
            return _at(value)
    return _at(text)


def _at(path: str) -> Side:
    return Side(read_package(Path(path)), "the package that was given")


def _side(text: str, other: Package, surroundings: Surroundings) -> Side:
    """Read a side that the other one may have to complete."""
    if not _depends_on_other(text):
        return read_side(text, surroundings)
    found = find_baseline(parse_spec(text), other, surroundings)
    if found.package is None:
        raise BaselineError(
            f"'{text}' names nothing: no version of {other.organization}/{other.name} is published there"
        )
    return Side(found.package, found.reason, found.notes)


def _depends_on_other(text: str) -> bool:
    """Return whether a text says where to look, but not for which package."""
    kind, colon, value = text.partition(":")
    match kind:
        case "local" | "repository":
            return bool(colon) or not Path(text).exists()
        case "git":
            return value.partition(":")[0] == LATEST_TAG
        case "central":
            return "/" not in value and (bool(colon) or not Path(text).exists())
    return False


def _on_central(value: str, text: str, surroundings: Surroundings) -> Side:
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
        wanted = wanted_version(identity, version if colon else None)
    except ValueError as error:
        raise UsageError(f"'{text}' names no version: {error}") from None
    found = baseline_on_central(wanted, surroundings)
    if found.package is None:
        raise BaselineError(
            f"{surroundings.registry} shows no package {identity}: check its name and your token"
        )
    reason = found.reason if colon else f"the latest release in {surroundings.registry}"
    return Side(found.package, reason, found.notes)
