"""The operands of `diff`: packages that texts name by a path, a git revision or a version in a registry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from semverdiff import baselines, packages, registry
from semverdiff.errors import BaselineError, UsageError

if TYPE_CHECKING:
    from semverdiff.artifact import Artifact
    from semverdiff.registry import Environment

__all__ = ["Operand", "read_operand", "read_operands"]


class Operand(msgspec.Struct, frozen=True):
    """One of two packages, why it is this one, and what was noted on the way.

    `folder` is where its sources lie in their repository, `None` where they lie in none.
    """

    package: Artifact
    reason: str
    notes: tuple[str, ...] = ()
    folder: str | None = None


def read_operands(old: str, new: str, environment: Environment) -> tuple[Operand, Operand]:
    """Return two packages; one of them may be named only by where it is published (`local`, `central:1.2.3`).

    Such an operand is the other's package there: without a version the closest, as a baseline is selected.
    """
    if not _lacks_package(old):
        before = read_operand(old, environment)
        return before, _completed(new, before.package, environment)
    if _lacks_package(new):
        raise UsageError(
            f"neither '{old}' nor '{new}' names a package: expected a path, git:REVISION or "
            "central:ORG/NAME for at least one of them"
        )
    after = read_operand(new, environment)
    return _completed(old, after.package, environment), after


def read_operand(text: str, environment: Environment) -> Operand:
    """Return the package that a text names: a path, or one of the kinds below.

    These are `git:REVISION[:DIRECTORY]`, `central:ORG/NAME[:VERSION]`, `file:PATH` and `api:FILE`.

    Revisions are those of the repository that `environment.place` lies in; without a version, Central's
    latest release is meant. Raise what `resolve` raises.
    """
    kind, colon, value = text.partition(":")
    match kind:
        case "git":
            package = baselines.revision_package(baselines.parse_revision(value), environment)
            return Operand(package, f"the git revision {value}")
        case "central" if colon or not Path(text).exists():
            return _from_central(value, text, environment)
        case "file":
            return _at_path(value)
        case "api" if colon:
            return Operand(packages.read_api_file(Path(value)), "the API file that was given")
    return _at_path(text)


def _at_path(path: str) -> Operand:
    package = packages.read_package(Path(path))
    return Operand(package, "the package that was given", folder=packages.repository_folder(Path(path)))


def _completed(text: str, other: Artifact, environment: Environment) -> Operand:
    """Return the package of a text that may leave it to the other operand which package is meant."""
    if not _lacks_package(text):
        return read_operand(text, environment)
    found = baselines.resolve(baselines.parse_spec(text), other.identity, environment)
    if found.package is None:
        raise BaselineError(
            f"'{text}' names nothing: no version of {other.identity.package} is published there"
        )
    return Operand(found.package, found.reason, found.notes)


def _lacks_package(text: str) -> bool:
    """Return whether a text says where to look, but not for which package."""
    kind, colon, value = text.partition(":")
    match kind:
        case "local" | "repository":
            return bool(colon) or not Path(text).exists()
        case "git":
            return value.partition(":")[0] == baselines.LATEST_TAG
        case "central":
            return "/" not in value and (bool(colon) or not Path(text).exists())
    return False


def _from_central(value: str, text: str, environment: Environment) -> Operand:
    name, colon, version = value.partition(":")
    package = registry.parse_package_name(name)
    if package is None:
        raise UsageError(
            f"'{text}' names no package: expected central:ORG/NAME or central:ORG/NAME:VERSION, as in "
            "central:ballerina/http:2.14.0"
        )
    try:
        wanted = baselines.wanted_version(package, version if colon else None)
    except ValueError as error:
        raise UsageError(f"'{text}' names no version: {error}") from None
    found = baselines.from_central(wanted, environment)
    if found.package is None:
        raise BaselineError(
            f"{environment.registry} shows no package {package}: check its name and your token"
        )
    reason = found.reason if colon else f"the latest release in {environment.registry}"
    return Operand(found.package, reason, found.notes)
