"""The package as a git revision has it: a baseline, and the base that a change set is judged by."""

from __future__ import annotations

import os
from pathlib import Path
from posixpath import join
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff import limits, packages
from semverdiff.baselines.history import closest_tag, tagged_versions
from semverdiff.baselines.layout import BALLERINA_LAYOUT, is_any_manifest
from semverdiff.baselines.model import Baseline
from semverdiff.baselines.spec import LATEST_TAG, AtPath
from semverdiff.config import SEMVER_TOML, SemverToml
from semverdiff.errors import BaselineError, UsageError
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from semverdiff.artifact import Artifact, Identity
    from semverdiff.baselines.layout import Layout
    from semverdiff.baselines.spec import AtRevision, Spec
    from semverdiff.packages import GitRepository, Revision
    from semverdiff.registry import Environment

__all__ = [
    "Base",
    "is_altered",
    "lost_members",
    "merge_base",
    "revision_base",
    "revision_package",
]

# Only Ballerina has workspaces: a manifest that names directories instead of a package.
_WORKSPACE = "Ballerina.toml"


class Base(msgspec.Struct, frozen=True):
    """The candidate's package as a revision has it, and the Semver.toml that decided about it there.

    `asked` is the revision that was asked for, or the name of what the history parted from there. The package
    is None where the revision has none of its directory or name. `newest` is the Semver.toml, maybe empty, of
    the revision itself, if that is another commit than where the history parted. `unreadable` says why a
    Semver.toml, which is there, was not read.
    """

    asked: AtRevision | str
    revision: Revision
    baseline: Baseline
    semver_toml: SemverToml | None = None
    newest: SemverToml | None = None
    unreadable: str | None = None


def revision_base(
    spec: AtRevision, candidate: Identity, environment: Environment, layout: Layout = BALLERINA_LAYOUT
) -> Base:
    """Return the candidate's package in a revision; `latest-tag` is the tag of the closest version.

    Where no directory was named, a package that lay in another one then is found by its name, and one that no
    directory holds is new since that revision.

    Raises:
        BaselineError: which package it is cannot be told, it cannot be read, or it may be one that is gone.

    """
    repository = packages.open_repository(layout.directory_of(environment.place))

    def find(repository: GitRepository) -> tuple[Revision, str]:
        if spec.revision != LATEST_TAG:
            return packages.find_revision(repository, spec.revision), f"the git revision {spec.revision}"
        tag, reason = closest_tag(repository, candidate)
        return packages.find_revision(repository, f"refs/tags/{tag}"), reason

    revision, reason = find(repository)
    _require_old_submodule(repository, lambda around: find(around)[0], layout)
    folder = spec.directory
    if folder is None:
        folder, untold = _folder_at(revision, candidate, repository, layout)
        if untold is not None:
            raise BaselineError(f"{untold}: name it as git:{revision.name}:DIRECTORY")
    reason = f"{reason} (commit {revision.short}{_submodule(repository)})"
    tagged = tagged_versions(repository, candidate) if spec.revision == LATEST_TAG else ()
    if folder is None:
        _require_nothing_lost(revision, candidate, repository, layout)
        base = Base(spec, revision, Baseline(None, f"{reason} has no {candidate.package}", tagged=tagged))
        return _with_decisions(base, repository, revision, repository.folder)
    package = layout.read_revision(repository, revision, folder)
    is_moved = spec.directory is None and folder != repository.folder
    notes = (f"The package lay in '{folder or '.'}' at {reason}.",) if is_moved else ()
    baseline = Baseline(package, reason, tagged=tagged, notes=notes)
    former = package.identity.package
    if former != candidate.package:
        note = f"the baseline is another package: {former} instead of {candidate.package}"
        baseline = replace(baseline, former_name=former, notes=(*notes, note))
    return _with_decisions(Base(spec, revision, baseline), repository, revision, folder)


def _require_nothing_lost(
    revision: Revision, candidate: Identity, repository: GitRepository, layout: Layout
) -> None:
    """Raise `BaselineError` if a package of a revision is gone: a new one may be that under another name."""
    other = _other_manifest(revision, repository, layout)
    if other is not None:
        raise BaselineError(
            f"the git revision {quote(revision.name)} lacks {candidate.package}, and its directory had "
            f"{quote(other)} then, a package of another ecosystem, with which it cannot be compared. If it "
            "is new beside that, say --baseline none"
        )
    gone = _first_gone(revision, repository, layout)
    if gone is not None:
        old, where = gone
        raise BaselineError(
            f"the git revision {quote(revision.name)} lacks {candidate.package}, and {old}, which it "
            f"has in {quote(where)}, is there no longer. If that was renamed, compare with it: "
            f"git:{revision.name}:{where}; if not, say --baseline none"
        )


def _first_gone(revision: Revision, repository: GitRepository, layout: Layout) -> tuple[str, str] | None:
    """Return a package of a revision that the commit checked out lacks, by its name and folder, if any."""
    before = _names_at(revision, repository, layout)
    now = _names_at(packages.find_revision(repository, "HEAD"), repository, layout)
    names = set(now.values())
    # What has no name is told apart by its place: a workspace, or a template.
    gone = sorted(
        path for path, name in before.items() if (path not in now if name is None else name not in names)
    )
    if not gone:
        return None
    return before[gone[0]] or "a manifest", gone[0].rpartition("/")[0] or "."


def _names_at(revision: Revision, repository: GitRepository, layout: Layout) -> dict[str, str | None]:
    """Return the names of all packages of a revision by the paths of their manifests.

    Those of other ecosystems have none.
    """
    paths = packages.files_named(repository, revision, is_any_manifest)
    objects = [f"{revision.commit}:{path}" for path in paths or ()]
    contents = packages.read_objects(repository, objects) if paths is not None else None
    if paths is None or contents is None:
        raise BaselineError(
            f"which packages there are at {revision.short} cannot be told, so that one may be gone: name the "
            "directory that the package lay in, as git:REVISION:DIRECTORY"
        )
    names = {}
    for path, content in zip(paths, contents, strict=True):
        is_own = layout.is_manifest(path.rpartition("/")[2])
        identity = layout.named_by(content or b"", path) if is_own else None
        names[path] = None if identity is None else identity.package
    return names


def merge_base(
    name: str, candidate: Identity, environment: Environment, layout: Layout = BALLERINA_LAYOUT
) -> Base:
    """Return the candidate's package as it was where the history parted from a revision.

    A package that lay in another directory then is found by its name. One that has another name now is the
    one that its directory held then, and `former_name` says so; of another ecosystem it can only be named.
    """
    repository = packages.open_repository(layout.directory_of(environment.place))
    revision = packages.find_merge_base(repository, name)
    _require_old_submodule(repository, lambda around: packages.find_merge_base(around, name), layout)
    reason = f"the merge base with {name} (commit {revision.short}{_submodule(repository)})"
    folder, unreadable = _folder_at(revision, candidate, repository, layout)
    if folder is None:
        former = _former_of_new(revision, repository, layout)
        baseline = Baseline(None, reason, former_name=former)
        base = Base(name, revision, baseline, unreadable=unreadable)
        base = _with_decisions(base, repository, revision, repository.folder)
        return _with_newest(base, candidate, repository, name, layout)
    is_moved = folder != repository.folder
    notes = (f"The package lay in '{folder or '.'}' at {reason}.",) if is_moved else ()
    package = layout.read_revision(repository, revision, folder)
    baseline = Baseline(package, reason, notes=notes)
    former = package.identity.package
    if former != candidate.package:
        note = (
            f"The package was {former} at {reason} and is {candidate.package} now: clients of {former} get "
            "no update."
        )
        baseline = replace(baseline, former_name=former, notes=(*notes, note))
    base = _with_decisions(Base(name, revision, baseline), repository, revision, folder)
    return _with_newest(base, candidate, repository, name, layout)


def _former_of_new(revision: Revision, repository: GitRepository, layout: Layout) -> str | None:
    """Return what a package that a revision lacks may have been there, or `None`.

    Whoever moves a package and renames it in one change set could take it for new otherwise.
    """
    other = _other_manifest(revision, repository, layout)
    if other is not None:
        return f"that of {quote(other)}"
    gone = _first_gone(revision, repository, layout)
    return None if gone is None else f"perhaps {gone[0]}"


def is_altered(spec: Spec, base: Base, environment: Environment, layout: Layout = BALLERINA_LAYOUT) -> bool:
    """Return whether a baseline is a path in the repository that is something else in its checked out commit.

    What a CI system puts beside the sources is in neither, and counts as it is. Links are followed in both,
    as they are on disk; one may also lead from somewhere else on the machine into the repository.
    """
    if not isinstance(spec, AtPath):
        return False
    repository = packages.open_repository(layout.directory_of(environment.place))
    root = repository.directory.parent.resolve()
    head = packages.find_revision(repository, "HEAD")
    for inside in _places_in(root, spec.path):
        before, now = (packages.object_at(repository, one, inside) for one in (base.revision, head))
        if before != now:
            return True
    return False


def _places_in(root: Path, path: Path) -> set[str]:
    """Return where a path is below a directory: as it is written, and with all links followed."""
    written = Path(os.path.abspath(path))  # noqa: PTH100 (links are kept)
    # The way to the directory itself may have links.
    above = next((one for one in (written, *written.parents) if one.resolve() == root), None)
    places = set() if above is None else {written.relative_to(above).as_posix()}
    if path.resolve().is_relative_to(root):
        places.add(path.resolve().relative_to(root).as_posix())
    return places


def lost_members(name: str, root: Path, members: Collection[str]) -> dict[str, str]:
    """Return the packages that a workspace lost since the history parted from a revision, by their directory.

    `members` are the directories that the workspace at `root` lists now. A package that one of them holds is
    not lost, wherever it lay.
    """
    repository = packages.open_repository(root)
    revision = packages.find_merge_base(repository, name)
    manifest = packages.file_at(repository, revision, join(repository.folder, _WORKSPACE))
    before = packages.listed_members(manifest) if manifest is not None else ()
    present = {os.path.normpath(one) for one in members}
    # A link in its place may lead to another member.
    gone = [
        one
        for one in map(os.path.normpath, before)
        if one not in present or (root / one).resolve() != root.resolve() / one
    ]
    if not gone:
        return {}
    paths = [f"{revision.commit}:{join(repository.folder, one, _WORKSPACE)}" for one in gone]
    contents = packages.read_objects(repository, paths) or (None,) * len(gone)
    names = {
        one: BALLERINA_LAYOUT.named_by(content or b"", one)
        for one, content in zip(gone, contents, strict=True)
    }
    kept = {packages.read_directory(root / one).identity.package for one in present}
    return {
        one: identity.package if identity is not None else one
        for one, identity in names.items()
        if identity is None or identity.package not in kept
    }


def _folder_at(
    revision: Revision, candidate: Identity, repository: GitRepository, layout: Layout
) -> tuple[str | None, str | None]:
    """Return where the candidate's package lies in a revision, or None, and why that cannot be told.

    It is the folder that it lies in now, or else the only one that holds it by its name.
    """
    if layout.manifest_at(repository, revision, repository.folder) is not None:
        return repository.folder, None
    untold = f"which folder had {candidate.package} at {revision.short} cannot be told"
    paths = packages.files_named(repository, revision, layout.is_manifest)
    if paths is None or len(paths) > limits.GIT_MANIFESTS:
        return None, f"{untold}: there are more than {limits.GIT_MANIFESTS:,} with a manifest"
    manifests = packages.read_objects(repository, [f"{revision.commit}:{path}" for path in paths])
    if manifests is None or None in manifests:
        return None, f"{untold}: their manifests cannot be read"
    found = [
        path.rpartition("/")[0]
        for path, content in zip(paths, manifests, strict=True)
        if content is not None
        and (named := layout.named_by(content, path))
        and named.package == candidate.package
    ]
    if len(found) > 1:
        return None, f"{untold}: {len(found)} have a package of that name"
    return (found[0] if found else None), None


def _other_manifest(revision: Revision, repository: GitRepository, layout: Layout) -> str | None:
    """Return the manifest of another ecosystem that the candidate's folder had in a revision, or None."""
    paths = packages.files_named(repository, revision, is_any_manifest) or ()
    names = (
        name for folder, _, name in (path.rpartition("/") for path in paths) if folder == repository.folder
    )
    return next((name for name in names if not layout.is_manifest(name)), None)


def _with_decisions(base: Base, repository: GitRepository, revision: Revision, folder: str) -> Base:
    """Return the base with the Semver.toml of the package in a revision, or that of its workspace there."""
    try:
        for directory in _deciding(repository, revision, folder):
            content = packages.file_at(repository, revision, join(directory, SEMVER_TOML))
            if content is not None:
                return replace(base, semver_toml=SemverToml(content, _on_disk(repository, directory)))
    except BaselineError as error:
        return replace(base, unreadable=str(error))
    return base


def _with_newest(
    base: Base, candidate: Identity, repository: GitRepository, name: str, layout: Layout
) -> Base:
    """Return the base with the Semver.toml of the revision that was named, besides that of where it parted.

    Whoever sends a change set chooses the commit that it starts from: one from before a rule was made, say.
    """
    newest = packages.find_revision(repository, name)
    if newest.commit == base.revision.commit:
        return base
    folder, unreadable = _folder_at(newest, candidate, repository, layout)
    where = repository.folder if folder is None else folder
    found = _with_decisions(Base(name, newest, base.baseline), repository, newest, where)
    return replace(
        base,
        newest=SemverToml(b"") if found.semver_toml is None else found.semver_toml,
        unreadable=base.unreadable or unreadable or found.unreadable,
    )


def _deciding(repository: GitRepository, revision: Revision, folder: str) -> Iterator[str]:
    """Yield a package's folder, then that of its workspace, the nearest one above with a manifest."""
    yield folder
    parts = folder.split("/") if folder else []
    for length in reversed(range(len(parts))):
        above, member = "/".join(parts[:length]), "/".join(parts[length:])
        manifest = packages.file_at(repository, revision, join(above, _WORKSPACE))
        if manifest is not None:
            if any(os.path.normpath(one) == member for one in packages.listed_members(manifest)):
                yield above
            return


def _on_disk(repository: GitRepository, folder: str) -> Path:
    """Return a folder of the repository as it is seen from here."""
    return packages.from_here(repository.directory.parent / folder)


def revision_package(
    spec: AtRevision, environment: Environment, layout: Layout = BALLERINA_LAYOUT
) -> Artifact:
    """Return the package in a revision, where there is no candidate to compare tags with."""
    if spec.revision == LATEST_TAG:
        raise UsageError(
            f"'git:{LATEST_TAG}' is the tag closest to a candidate's version, and there is no candidate: "
            "name the tag, as in git:v1.2.3"
        )
    repository = packages.open_repository(layout.directory_of(environment.place))
    revision = packages.find_revision(repository, spec.revision)
    folder = repository.folder if spec.directory is None else spec.directory
    return layout.read_revision(repository, revision, folder)


def _require_old_submodule(
    repository: GitRepository, find: Callable[[GitRepository], Revision], layout: Layout
) -> None:
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
    inside = join(folder, repository.folder) if repository.folder else folder
    if layout.manifest_at(around, revision, inside) is not None:
        raise BaselineError(
            f"the package became the submodule {quote(folder)} after the git revision {quote(revision.name)} "
            f"of {quote(around.name)}: the history of that submodule is another than the package's. Compare "
            "with a published version instead"
        )


def _submodule(repository: GitRepository) -> str:
    if repository.superproject is None:
        return ""
    return f" in the submodule {quote(repository.name)} of {quote(repository.superproject.name)}"
