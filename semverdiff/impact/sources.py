"""Where dependents come from: packages below a directory, archives, git revisions, Central.

Each package is read by the readers of the room `packages`, with their limits. What cannot be read is kept
with its reason.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import baselines, limits, packages, registry
from semverdiff.baselines.operands import read_operand
from semverdiff.errors import ManifestError, SemverdiffError, UsageError
from semverdiff.packages import Package, as_package
from semverdiff.text import plural, quote
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from semverdiff.registry import Environment, PackageName

__all__ = ["Dependent", "Unread", "dependents_of"]

_MANIFEST: Final = "Ballerina.toml"
_BALA: Final = ".bala"
# What builds and tools leave there is nobody's source.
_LEFT_OUT: Final = frozenset({"target", "node_modules"})


class Dependent(msgspec.Struct, frozen=True):
    """A package that may use the one that changed, and where it was found, as it was asked for."""

    package: Package
    source: str


class Unread(msgspec.Struct, frozen=True):
    """What was found and could not be read, and why."""

    source: str
    why: str


def dependents_of(
    texts: Iterable[str], package: PackageName, environment: Environment
) -> Iterator[Dependent | Unread]:
    """Yield the packages that some sources name, and what of them cannot be read.

    A source is the path of a package, an archive or a directory around such, `git:REV[:DIR]`, `central` for
    what Central says depends on the `package`, or `central:ORG/NAME[:VERSION]`.

    Raises:
        UsageError: a source names nothing.
        SemverdiffError: Central cannot be asked.

    """
    for text in texts:
        kind, colon, value = text.partition(":")
        if kind == "git" and colon:
            yield from _in_revision(value, text, environment)
        elif text == "central":
            yield from _on_central(package, environment)
        elif kind == "central" and colon:
            yield _operand(text, environment)
        else:
            yield from _at_path(Path(text), text)


def _operand(text: str, environment: Environment) -> Dependent | Unread:
    try:
        return Dependent(as_package(read_operand(text, environment).package), text)
    except UsageError:
        raise
    except SemverdiffError as error:
        return Unread(text, _why(error))


def _why(error: SemverdiffError) -> str:
    first = error.mistakes[0]
    place = "" if first.file is None else f"{first.file}{'' if first.line is None else f':{first.line}'}: "
    others = len(error.mistakes) - 1
    more = f" (and {plural(others, 'more mistake')})" if others else ""
    return f"{place}{first.message}{more}"


# Directories.


def _at_path(path: Path, text: str) -> Iterator[Dependent | Unread]:
    if path.is_file():
        yield _read(path, path.name)
        return
    if not path.is_dir():
        raise UsageError(
            f"{quote(text)} names no dependents: expected a directory, a .bala file, git:REV[:DIR], central "
            "or central:ORG/NAME"
        )
    found = 0
    extracted: dict[tuple[str, str], tuple[Dependent, int]] = {}
    for one in _packages_below(path):
        found += 1
        if isinstance(one, Unread):
            yield one
            continue
        label = _label(path, one)
        read = _read(one, label)
        if isinstance(read, Dependent) and read.package.provenance.source == "bala":
            _keep_newest(extracted, read)
        else:
            yield read
    for newest, older in extracted.values():
        yield newest
        if older:
            name = f"{newest.package.organization}/{newest.package.name}"
            yield Unread(newest.source, f"{plural(older, 'older version')} of {name} beside it not looked at")
    if not found:
        raise UsageError(f"{quote(text)} holds no package: expected a {_MANIFEST} or a .bala somewhere in it")


def _keep_newest(found: dict[tuple[str, str], tuple[Dependent, int]], one: Dependent) -> None:
    """Keep the newest version of each published package: who updates has that one."""
    names = one.package.organization, one.package.name
    known = found.get(names)
    if known is None:
        found[names] = one, 0
        return
    newest = max(known[0], one, key=lambda dependent: parse_version(dependent.package.version))
    found[names] = newest, known[1] + 1


def _label(root: Path, path: Path) -> str:
    """Return where a package lies from the directory that was asked for: no report says where that is."""
    inside = path.relative_to(root).as_posix()
    name = root.resolve().name
    return name if inside == "." else f"{name}/{inside}"


def _packages_below(root: Path) -> Iterator[Path | Unread]:
    """Yield the directories and archives of packages at or below a directory, in order; no link is followed.

    A directory that cannot be listed is one that cannot be read.
    """
    waiting = [root]
    visited = 0
    while waiting:
        folder = waiting.pop()
        visited += 1
        if visited > limits.DEPENDENT_FOLDERS:
            raise UsageError(
                f"{quote(root.name)} has more than {limits.DEPENDENT_FOLDERS:,} directories: name those that "
                "hold the dependents"
            )
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Unread(_label(root, folder), error.strerror or "it cannot be listed")
            continue
        names = {entry.name for entry in listed if entry.is_file(follow_symlinks=False)}
        if _is_extracted(listed, names):
            yield folder
            continue
        if _MANIFEST in names and not _is_workspace(folder):
            yield folder
        for entry in listed:
            if entry.name.endswith(_BALA) and entry.is_file(follow_symlinks=False):
                yield folder / entry.name
        waiting += [
            folder / entry.name
            for entry in reversed(listed)
            if entry.is_dir(follow_symlinks=False) and not _is_left_out(entry.name)
        ]


def _is_left_out(name: str) -> bool:
    return name in _LEFT_OUT or name.startswith(".")


def _is_extracted(listed: Iterable[os.DirEntry[str]], names: set[str]) -> bool:
    if "Bala.toml" in names:
        return True
    folders = {entry.name for entry in listed if entry.is_dir(follow_symlinks=False)}
    return _MANIFEST not in names and (
        "bala.json" in names or ("package.json" in names and "modules" in folders)
    )


def _is_workspace(folder: Path) -> bool:
    """Return whether a manifest lists packages instead of being one's; those are met further down."""
    try:
        return bool(packages.workspace_members(folder))
    except ManifestError:
        return False


def _read(path: Path, label: str) -> Dependent | Unread:
    try:
        return Dependent(packages.read_package(path), label)
    except SemverdiffError as error:
        return Unread(label, _why(error))
    except OSError as error:
        return Unread(label, error.strerror or "it cannot be read")


# Revisions.


def _in_revision(value: str, text: str, environment: Environment) -> Iterator[Dependent | Unread]:
    spec = baselines.parse_revision(value)
    repository = packages.open_repository(environment.place)
    revision = packages.find_revision(repository, spec.revision)
    folder = spec.directory or ""
    entries = packages.entries_below(repository, f"{revision.commit}:{folder}")
    manifests = sorted(
        path
        for path, entry in (entries or {}).items()
        if entry.is_file and path.rpartition("/")[2] == _MANIFEST
    )
    if len(manifests) > limits.GIT_MANIFESTS:
        raise UsageError(
            f"{quote(text)} has more than {limits.GIT_MANIFESTS:,} packages: name a directory in it"
        )
    found = 0
    for path in manifests:
        inside = path.rpartition("/")[0]
        if any(_is_left_out(part) for part in inside.split("/")):
            continue
        found += 1
        at = "/".join(part for part in (folder, inside) if part)
        label = f"git:{spec.revision}:{at}" if at else text
        try:
            yield Dependent(packages.read_revision(repository, revision, at), label)
        except SemverdiffError as error:
            yield Unread(label, _why(error))
    if not found:
        raise UsageError(f"{quote(text)} holds no package: expected a {_MANIFEST} somewhere in it")


# Central.


def _on_central(package: PackageName, environment: Environment) -> Iterator[Dependent | Unread]:
    if environment.offline:
        raise UsageError("which packages depend on this one is for Central to say: leave out --offline")
    with registry.open_central(environment) as central:
        found = central.dependents(package)
    for one in found:
        yield _operand(f"central:{one}", environment)
