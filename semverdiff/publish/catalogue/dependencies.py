"""Rules about the packages that a package depends on: clients get them from Central, in the same versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.publish.answers import Problem, Unknown
from semverdiff.publish.model import PublishRule, Severity
from semverdiff.publish.publication import place_in
from semverdiff.registry import parse_package_name
from semverdiff.text import quote, quote_line
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.artifact import ManifestPlace
    from semverdiff.publish.publication import Publication
    from semverdiff.registry import PackageName
    from semverdiff.versions import Version

__all__ = ["RULES"]

_LOCAL = "local"
# The language library comes with the distribution, and has no versions on Central.
_UNVERSIONED = "0.0.0"


class _Missing(msgspec.Struct, frozen=True):
    """A dependency that is not published in its version; `place` is where the manifest asks for it."""

    name: PackageName
    version: Version
    message: str
    place: ManifestPlace | None


def _local(publication: Publication) -> Iterator[Problem]:
    for entry in publication.manifest.tables(_key(publication)):
        if entry.text("repository") == _LOCAL:
            name = f"{entry.text('org') or ''}/{entry.text('name') or ''}"
            yield Problem(
                f"{name} comes from the local repository, which nobody else has",
                place_in(entry, ("repository",)),
            )


def _key(publication: Publication) -> str:
    """Return where the manifest names dependencies of other repositories."""
    return "localDependencies" if publication.manifest.document.file == "package.json" else "dependency"


def _unpublished(publication: Publication) -> Iterator[Problem | Unknown]:
    for found in _missing(publication):
        if isinstance(found, Unknown):
            yield found
        elif not _is_member(publication, found):
            yield Problem(found.message, found.place)


def _unpublished_members(publication: Publication) -> Iterator[Problem]:
    for found in _missing(publication):
        if not isinstance(found, Unknown) and _is_member(publication, found):
            yield Problem(found.message, found.place)


def _is_member(publication: Publication, missing: _Missing) -> bool:
    """Return whether the workspace has the missing version: then both are on their way."""
    found = publication.version_of_member((missing.name.organization, missing.name.name))
    return found == str(missing.version)


def _missing(publication: Publication) -> Iterator[_Missing | Unknown]:
    """Yield the direct dependencies that are not published, and those that it is not known of."""
    for one in _asked(publication):
        if isinstance(one, Unknown):
            yield one
            continue
        is_private = _may_be_private(publication, one.name)
        versions = publication.published.versions(one.name, is_private=is_private)
        if isinstance(versions, Unknown):
            yield versions
        elif one.version not in versions:
            what = "is not published" if versions else "is a package that is not published"
            message = f"{one.name} {one.version} {what}"
            yield _Missing(one.name, one.version, message, _place(publication, one.name))


def _may_be_private(publication: Publication, dependency: PackageName) -> bool:
    """Return whether a dependency may be shown to members of the organization only, as the package itself."""
    package = publication.package
    return package.manifest.visibility == "private" and dependency.organization == package.organization


def _deprecated(publication: Publication) -> Iterator[Problem | Unknown]:
    for one in _asked(publication):
        if isinstance(one, Unknown):
            yield one
            continue
        versions = publication.published.versions(one.name)
        if isinstance(versions, Unknown) or one.version not in versions:
            continue  # That is told by the rule before.
        message = publication.published.deprecation(one.name, one.version)
        if isinstance(message, Unknown):
            yield message
        elif message is not None:
            said = f": {quote_line(message)}" if message.strip() else ""
            yield Problem(f"{one.name} {one.version} is deprecated{said}", _place(publication, one.name))


class _Asked(msgspec.Struct, frozen=True):
    """A direct dependency that clients get from Central, in the version that they get."""

    name: PackageName
    version: Version


def _asked(publication: Publication) -> Iterator[_Asked | Unknown]:
    """Yield the direct dependencies that clients get from Central, and what is not known of them."""
    elsewhere = {
        (entry.text("org"), entry.text("name"))
        for entry in publication.manifest.tables(_key(publication))
        if entry.text("repository")
    }
    asked = 0
    for one in publication.package.manifest.dependencies:
        if one.version == _UNVERSIONED or (one.organization, one.name) in elsewhere:
            continue
        if asked == limits.ASKED_DEPENDENCIES:
            yield Unknown(f"there are more than {limits.ASKED_DEPENDENCIES} dependencies")
            return
        asked += 1
        name = parse_package_name(f"{one.organization}/{one.name}")
        try:
            version = parse_version(one.version or "")
        except ValueError:
            version = None
        if name is None or version is None:
            shown = quote(f"{one.organization}/{one.name} {one.version or ''}".rstrip())
            yield Unknown(f"the dependency {shown} has no name or version that can be published")
        else:
            yield _Asked(name, version)


def _place(publication: Publication, name: PackageName) -> ManifestPlace | None:
    return publication.places.of_dependency(f"{name.organization}/{name.name}")


RULES = (
    PublishRule(
        id="dependency-from-local-repository",
        severity=Severity.ERROR,
        title="a dependency comes from the local repository",
        why="The package was built with what lies on this machine. Clients get what Central has, if it has "
        "anything.",
        remedy='Publish the dependency, take `repository = "local"` out of its `[[dependency]]`, and pack '
        "again.",
        find=_local,
    ),
    PublishRule(
        id="dependency-unpublished",
        severity=Severity.ERROR,
        title="a dependency is not published in the version that is locked",
        why="No client can build with the package.",
        remedy="Publish the dependency first, or build with a version that is published.",
        find=_unpublished,
    ),
    PublishRule(
        id="dependency-unpublished-member",
        severity=Severity.WARNING,
        title="a dependency is a member of the workspace, and not published yet",
        why="Both may be on their way in one pull request; published in the wrong order, no client can build "
        "with the package until the other one follows.",
        remedy="Publish that member of the workspace first.",
        find=_unpublished_members,
    ),
    PublishRule(
        id="dependency-deprecated",
        severity=Severity.WARNING,
        title="a dependency is deprecated in the version that is locked",
        why="Every client of the package gets the warning, and what was deprecated.",
        remedy="Build with a version that is not deprecated.",
        find=_deprecated,
    ),
)
