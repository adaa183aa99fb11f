"""Any two packages that texts can name, for comparing them: paths, git revisions, versions in registries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from semverdiff.baselines.model import wanted_version
from semverdiff.baselines.resolver import resolve
from semverdiff.baselines.spec import LATEST_TAG, parse_revision, parse_spec
from semverdiff.errors import BaselineError, UsageError
from semverdiff.packages import read_package

if TYPE_CHECKING:
    from semverdiff.packages import Package
    from semverdiff.registry.environment import Environment

__all__ = ["Operand", "read_operand", "read_operands"]


class Operand(msgspec.Struct, frozen=True):
    """One of two packages, why it is this one, and what was noted on the way."""

    package: Package
    reason: str
    notes: tuple[str, ...] = ()


def read_operands(old: str, new: str, environment: Environment) -> tuple[Operand, Operand]:
    """Read two packages; one of them may be named by where it is published alone (`local`, `central:1.2.3`).

    Such a side is the other one's package there: without a version the closest, as a baseline is chosen.
    """
    if not _depends_on_other(old):
        before = read_operand(old, environment)
        return before, _side(new, before.package, environment)
    if _depends_on_other(new):
        raise UsageError(
            f"neither '{old}' nor '{new}' names a package: expected a path, git:REVISION or "
            "central:ORG/NAME for at least one of them"
        )
    after = read_operand(new, environment)
    return _side(old, after.package, environment), after


def read_operand(text: str, environment: Environment) -> Operand:
    """Read `git:REVISION[:DIRECTORY]`, `central:ORG/NAME[:VERSION]`, `file:PATH` or a path.

    Revisions are those of the repository that `environment.place` lies in; without a version, Central's
    latest release is meant. Raises what `resolve` raises.
    """
    kind, _, value = text.partition(":")
    match kind:
        case "git":
            from semverdiff.baselines.git import revision_package  # noqa: PLC0415 (slow: starts git)

            return Operand(revision_package(parse_revision(value), environment), f"the git revision {value}")
        case "central":
            return _on_central(value, text, environment)
        case "file":
            return _at(value)
    return _at(text)


def _at(path: str) -> Operand:
    return Operand(read_package(Path(path)), "the package that was given")


def _side(text: str, other: Package, environment: Environment) -> Operand:
    """Read a side that the other one may have to complete."""
    if not _depends_on_other(text):
        return read_operand(text, environment)
    found = resolve(parse_spec(text), other, environment)
    if found.package is None:
        raise BaselineError(
            f"'{text}' names nothing: no version of {other.organization}/{other.name} is published there"
        )
    return Operand(found.package, found.reason, found.notes)


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


def _on_central(value: str, text: str, environment: Environment) -> Operand:
    from semverdiff.baselines.resolver import baseline_on_central  # noqa: PLC0415 (slow: not for paths)
    from semverdiff.registry.identity import identity_from  # noqa: PLC0415 (as above)

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
    found = baseline_on_central(wanted, environment)
    if found.package is None:
        raise BaselineError(
            f"{environment.registry} shows no package {identity}: check its name and your token"
        )
    reason = found.reason if colon else f"the latest release in {environment.registry}"
    return Operand(found.package, reason, found.notes)
