"""The baseline from a git revision of the repository that the candidate lies in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from semverdiff import packages
from semverdiff.baselines.model import Baseline, own_version
from semverdiff.baselines.selection import choose
from semverdiff.baselines.spec import LATEST_TAG
from semverdiff.errors import BaselineError, UsageError
from semverdiff.registry import sorted_versions
from semverdiff.text import quote
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from semverdiff.baselines.spec import AtRevision
    from semverdiff.packages import GitRepository, Package, Revision
    from semverdiff.registry import Environment

__all__ = ["merge_base", "revision_baseline", "revision_package"]


def revision_baseline(spec: AtRevision, candidate: Package, environment: Environment) -> Baseline:
    """Return the candidate's package as a revision has it; `latest-tag` is the tag of the closest version."""
    repository = packages.open_repository(_directory(environment.place))

    def find(repository: GitRepository) -> tuple[Revision, str, tuple[str, ...]]:
        if spec.revision != LATEST_TAG:
            return packages.find_revision(repository, spec.revision), f"the git revision {spec.revision}", ()
        tag, reason, notes = _closest_tag(repository, candidate)
        return packages.find_revision(repository, f"refs/tags/{tag}"), reason, notes

    revision, reason, notes = find(repository)
    _require_old_submodule(repository, lambda around: find(around)[0])
    package = _read(repository, revision, spec.directory)
    old, new = (f"{one.organization}/{one.name}" for one in (package, candidate))
    if old != new:
        notes = (*notes, f"the baseline is another package: {old} instead of {new}")
    reason = f"{reason} (commit {revision.short}{_submodule(repository)})"
    return Baseline(package, reason, notes=notes)


def merge_base(name: str, environment: Environment) -> Baseline:
    """Return the package at a place as it was where the history parted from a revision.

    The package is None where the directory held none then.
    """
    repository = packages.open_repository(_directory(environment.place))
    revision = packages.find_merge_base(repository, name)
    _require_old_submodule(repository, lambda around: packages.find_merge_base(around, name))
    reason = f"the merge base with {name} (commit {revision.short}{_submodule(repository)})"
    manifest = f"{repository.folder}/Ballerina.toml".lstrip("/")
    if not packages.has_file(repository, revision, manifest):
        return Baseline(None, reason)
    return Baseline(packages.read_revision(repository, revision, repository.folder), reason)


def revision_package(spec: AtRevision, environment: Environment) -> Package:
    """Return the package in a revision, where there is no candidate to compare tags with."""
    if spec.revision == LATEST_TAG:
        raise UsageError(
            f"'git:{LATEST_TAG}' is the tag closest to a candidate's version, and there is no candidate: "
            "name the tag, as in git:v1.2.3"
        )
    repository = packages.open_repository(_directory(environment.place))
    return _read(repository, packages.find_revision(repository, spec.revision), spec.directory)


def _require_old_submodule(repository: GitRepository, find: Callable[[GitRepository], Revision]) -> None:
    """Refuse the history of a submodule that the package was moved into since a revision.

    Whoever may send a pull request may also put a repository of his own in the place of the package. A
    submodule that was one then already is asked; so is one whose superproject does not have the revision.
    """
    if repository.superproject is None:
        return
    around = packages.open_repository(repository.superproject)
    try:
        revision = find(around)
    except (BaselineError, UsageError):
        return
    folder = repository.directory.parent.relative_to(repository.superproject).as_posix()
    manifest = f"{folder}/{repository.folder}/Ballerina.toml".replace("//", "/")
    if packages.has_file(around, revision, manifest):
        raise BaselineError(
            f"the package became the submodule {quote(folder)} after the git revision {quote(revision.name)} "
            f"of {quote(around.name)}: the history of that submodule is another than the package's. Compare "
            "with a published version instead"
        )


def _submodule(repository: GitRepository) -> str:
    if repository.superproject is None:
        return ""
    return f" in the submodule {quote(repository.name)} of {quote(repository.superproject.name)}"


def _read(repository: GitRepository, revision: Revision, directory: str | None) -> Package:
    return packages.read_revision(repository, revision, repository.folder if directory is None else directory)


def _directory(place: Path) -> Path:
    """Return the directory of the package at a place, or the one that an archive lies in."""
    directory = place if place.is_dir() else place.parent
    try:
        return packages.find_root(directory)
    except UsageError:
        return directory


def _closest_tag(repository: GitRepository, candidate: Package) -> tuple[str, str, tuple[str, ...]]:
    """Return the tag whose version is the closest to the candidate's, why, and what to say about others."""
    tags = _version_tags(packages.tags_of(repository), candidate.name)
    versions, _ = sorted_versions(tags)
    choice = choose(own_version(candidate), versions, "tagged")
    if choice is None:
        fetch = "git fetch --depth=1 --tags origin" if repository.is_shallow else "git fetch --tags origin"
        raise BaselineError(
            f"no tag of this git repository names a version: expected one such as 'v1.2.3' or "
            f"'{candidate.name}-v1.2.3'; fetch those of the remote repository with '{fetch}', or choose "
            "another --baseline"
        )
    tag = tags[str(choice.versions[0])]
    return tag, f"{choice.reason}, the tag {tag}", choice.notes


def _version_tags(tags: tuple[str, ...], name: str) -> dict[str, str]:
    """Return the tags of a package, by version: `shop-v1.2.3`, `shop/1.2.3`, else `v1.2.3`, `1.2.3`.

    Where there are tags with the package's name, those without belong to something else in the repository.
    """
    for pattern in (rf"{re.escape(name)}[-/@_]v?([0-9].*)", r"v?([0-9].*)"):
        matches = ((re.fullmatch(pattern, tag), tag) for tag in tags)
        found = {match[1]: tag for match, tag in matches if match is not None and _is_version(match[1])}
        if found:
            return found
    return {}


def _is_version(text: str) -> bool:
    try:
        parse_version(text)
    except ValueError:
        return False
    return True
