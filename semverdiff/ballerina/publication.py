"""A candidate on its way to be published: what the rules about publishing are asked about."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from semverdiff import config, packages, publish
from semverdiff.errors import SemverdiffError, UsageError
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from semverdiff.packages import Package
    from semverdiff.pipeline import Grounds, Neighbour, Workspace
    from semverdiff.publish import Publication, PublishedPackages, Readiness, Unknown

__all__ = ["publication_of", "readiness_for"]


def readiness_for(candidate: Package, grounds: Grounds, workspace: Workspace) -> Readiness:
    """Return whether a candidate can be published.

    Raises:
        SemverdiffError: its files cannot be read any more.

    """
    with (
        publish.open_published(grounds.environment, parse_version(candidate.version)) as published,
        publication_of(candidate, grounds, workspace, published) as publication,
    ):
        return publish.readiness_of(publication, grounds.settings.publish_rules)


@contextmanager
def publication_of(
    candidate: Package, grounds: Grounds, workspace: Workspace, published: PublishedPackages
) -> Iterator[Publication]:
    """Return a candidate with what the rules ask about; its files are open until the end. Raises as above."""
    path = grounds.settings.path
    root = packages.sources_root(path)
    manifest = publish.manifest_table(candidate)
    resolved = None if root is None else root.resolve()
    patterns = () if root is None else manifest.table("package").texts("include") or ()
    baseline = grounds.baseline.package
    bounds = None if resolved is None else packages.bounds_of(resolved, workspace.root)
    with packages.open_tree(path, workspace.root) as tree:
        yield publish.Publication(
            package=candidate,
            manifest=manifest,
            listings=publish.Listings(tree),
            files=publish.PackedFiles(tree, resolved, patterns),
            published=published,
            places=packages.ManifestPlaces(candidate),
            baseline=None if baseline is None else packages.as_package(baseline),
            root=resolved,
            bounds=bounds,
            surroundings=None if bounds is None else publish.Listings(packages.disk_tree(bounds)),
            sources=None if root is not None else _sources_beside(path, candidate),
            version_of_member=lambda names: _version_of(workspace.neighbours.get(names)),
        )


def _version_of(neighbour: Neighbour | None) -> str | None:
    return None if neighbour is None else neighbour.package.version


def _sources_beside(path: Path, candidate: Package) -> Package | Unknown | None:
    """Return the sources that an archive was built from, if the directories around it hold them."""
    try:
        root = packages.find_root(path.parent)
        found = packages.read_candidate(root)
    except UsageError:  # There are none, or a workspace lies around it.
        return None
    except SemverdiffError as error:
        if _is_of_other_package(root, candidate):
            return None
        return publish.Unknown(f"the sources around the archive cannot be read: {error}".rstrip("."))
    return found if found.identity.package == candidate.identity.package else None


def _is_of_other_package(root: Path, candidate: Package) -> bool:
    """Return whether a Ballerina.toml names another package, as far as it can be read."""
    try:
        content = packages.read_file(root / "Ballerina.toml")
    except OSError:
        return False
    table = config.parse_toml(content, "Ballerina.toml", []).table("package")
    own = {"org": candidate.organization, "name": candidate.name}
    return any(table.text(key) not in {None, name} for key, name in own.items())
