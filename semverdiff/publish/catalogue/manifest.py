"""Rules about what Ballerina.toml says: names, licence, keywords, repository, visibility, icon."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from semverdiff.errors import ArchiveError, SourceError
from semverdiff.packages import organization_faults, package_name_faults
from semverdiff.publish.answers import Problem, Unknown
from semverdiff.publish.model import PublishRule, Severity
from semverdiff.publish.publication import absent
from semverdiff.registry import parse_package_name
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.publish.publication import Publication

__all__ = ["RULES"]

_RESERVED = "ballerina"
_PNG = b"\x89PNG\r\n\x1a\n"
_NOT_PNG = "invalid 'icon' under [package]: 'icon' can only have 'png' images"


def _missing_keys(publication: Publication) -> Iterator[Problem]:
    if publication.is_archive:
        return
    package = publication.manifest.table("package")
    missing = [key for key in ("org", "name", "version") if not package.text(key)]
    if not missing:
        return
    *first, last = [f"'{key}'" for key in missing]
    named = f"{', '.join(first)} and {last}" if first else last
    words = "field of the package is" if len(missing) == 1 else "fields of the package are"
    for key in missing:
        yield Problem(
            f"'{key}' under [package] is missing, and nothing is assumed when a package is packed",
            publication.place(key),
            f"to build a package {named} {words} required in Ballerina.toml",
        )


def _wrong_names(publication: Publication) -> Iterator[Problem]:
    package = publication.package
    for key, name, faults in (
        ("org", package.organization, organization_faults),
        ("name", package.name, package_name_faults),
    ):
        for fault in faults(name):
            yield Problem(
                f"'{key}' {fault}, found {quote(name)}",
                publication.place(key),
                f"invalid '{key}' under [package]: '{key}' {fault}",
            )


def _reserved(publication: Publication) -> Iterator[Problem | Unknown]:
    organization, name = publication.package.organization, publication.package.name
    if not organization.lower().startswith(_RESERVED):
        return
    package = parse_package_name(f"{organization}/{name}")
    versions = () if package is None else publication.published.versions(package)
    if isinstance(versions, Unknown):
        yield versions
    elif not versions:
        # Whoever published it before belongs to the organization.
        yield Problem(
            f"organizations that begin with '{_RESERVED}' are reserved, and nothing of this package is "
            f"published as {quote(organization)} yet",
            publication.place("org"),
            f"unauthorized access token for organization: '{organization}'. check access token set in "
            "'Settings.toml' file.",
        )


def _no_licence(publication: Publication) -> Iterator[Problem]:
    if "licenses" not in publication.metadata:
        yield Problem("no license is named", publication.place("license"))


def _no_keywords(publication: Publication) -> Iterator[Problem]:
    if "keywords" not in publication.metadata:
        yield Problem("no keywords are given", publication.place("keywords"))


def _no_repository(publication: Publication) -> Iterator[Problem]:
    if "source_repository" not in publication.metadata:
        yield Problem("no source repository is named", publication.place("repository"))


def _wrong_repository(publication: Publication) -> Iterator[Problem]:
    address = publication.metadata.get("source_repository", "")
    if address and not _is_address(address):
        yield Problem(
            f"the source repository {quote(address)} is no address that a browser opens",
            publication.place("repository"),
        )


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _unknown_visibility(publication: Publication) -> Iterator[Problem]:
    visibility = publication.manifest.table("package").text("visibility")
    if visibility not in {None, "private"}:
        yield Problem(
            f"'visibility' is {quote(visibility or '')}, and there is no other value than 'private': without "
            "the key the package is public",
            publication.place("visibility"),
            "invalid 'visibility' under [package]: 'visibility' can only have value 'private'",
        )


def _icon(publication: Publication) -> str | None:
    """Return the path of the icon in the sources; an archive has one that was checked when it was packed."""
    return None if publication.is_archive else publication.manifest.table("package").text("icon")


def _no_icon(publication: Publication) -> Iterator[Problem | Unknown]:
    path = _icon(publication)
    if path:
        problem = Problem(
            f"the icon {quote(path)} does not exist",
            publication.place("icon"),
            f"could not locate icon path '{path}'",
        )
        yield from absent(publication, "the icon", path, problem)


def _other_icon(publication: Publication) -> Iterator[Problem | Unknown]:
    path = _icon(publication)
    if not path:
        return
    if not path.endswith(".png"):
        place = publication.place("icon")
        yield Problem(f"the icon {quote(path)} is no '.png' file", place, _NOT_PNG)
        return
    header = _icon_header(publication, path)
    if isinstance(header, Unknown):
        yield header
    elif header not in {None, _PNG}:
        place = publication.place("icon")
        yield Problem(
            f"the icon {quote(path)} is called a PNG image and holds something else", place, _NOT_PNG
        )


def _icon_header(publication: Publication, path: str) -> bytes | Unknown | None:
    """Return the first bytes of the icon, None where there is none."""
    location = publication.locate(path)
    if location is None or not location.exists():
        return None
    try:
        return location.start(len(_PNG))
    except (SourceError, ArchiveError) as error:
        return Unknown(f"the icon cannot be read: {error}")


RULES = (
    PublishRule(
        id="manifest-key-missing",
        severity=Severity.ERROR,
        title="Ballerina.toml does not say organization, name or version",
        why="`bal build` assumes what is missing, from the name of the user and of the directory; `bal pack` "
        "does not.",
        prints="to build a package '...' field of the package is required in Ballerina.toml",
        remedy="Write `org`, `name` and `version` under `[package]`.",
        find=_missing_keys,
    ),
    PublishRule(
        id="name-invalid",
        severity=Severity.ERROR,
        title="organization or name of the package is not allowed",
        why="Names become parts of addresses and of imports. In sources they end the check before this rule "
        "is asked; an archive that another program made may have any.",
        prints="invalid '...' under [package]: '...' can only contain alphanumerics, underscores and periods",
        remedy="Use letters, digits and single underscores, in a package's name also periods; begin with a "
        "letter, and take at most 256 characters.",
        find=_wrong_names,
    ),
    PublishRule(
        id="organization-reserved",
        severity=Severity.ERROR,
        title="the organization is reserved",
        why="Central keeps organizations whose names begin with `ballerina` to the Ballerina team.",
        prints="unauthorized access token for organization: '...'. check access token set in 'Settings.toml' "
        "file.",
        remedy="Choose an organization of your own, which Central shows on its dashboard.",
        find=_reserved,
    ),
    PublishRule(
        id="license-missing",
        severity=Severity.WARNING,
        title="no license is named",
        why="Without a license nobody may use the package, and many companies refuse it.",
        remedy='Write `license = ["Apache-2.0"]` under `[package]`, with the SPDX identifier of yours.',
        find=_no_licence,
    ),
    PublishRule(
        id="keywords-missing",
        severity=Severity.WARNING,
        title="no keywords are given",
        why="Central finds packages by their keywords, also by those in its categories.",
        remedy='Write `keywords = ["..."]` under `[package]`.',
        find=_no_keywords,
    ),
    PublishRule(
        id="repository-missing",
        severity=Severity.WARNING,
        title="no source repository is named",
        why="Central links to it: that is where users look for the sources, and report what is wrong.",
        remedy='Write `repository = "https://..."` under `[package]`.',
        find=_no_repository,
    ),
    PublishRule(
        id="repository-invalid",
        severity=Severity.WARNING,
        title="the source repository is no address",
        why="Central makes a link of it, which leads nowhere.",
        remedy="Write the address of the repository's page, with `https://` in front.",
        find=_wrong_repository,
    ),
    PublishRule(
        id="visibility-invalid",
        severity=Severity.ERROR,
        title="'visibility' has another value than 'private'",
        why="There is no word for a public package: it has no such key.",
        prints="invalid 'visibility' under [package]: 'visibility' can only have value 'private'",
        remedy="Remove the key, or write `private`.",
        find=_unknown_visibility,
    ),
    PublishRule(
        id="icon-not-found",
        severity=Severity.ERROR,
        title="the icon does not exist",
        why="`bal pack` copies it into the archive.",
        prints="could not locate icon path '...'",
        remedy="Correct the path, which starts at Ballerina.toml, or remove `icon`.",
        find=_no_icon,
    ),
    PublishRule(
        id="icon-not-png",
        severity=Severity.ERROR,
        title="the icon is no PNG image",
        why="`bal pack` takes PNG images only, and looks into the file.",
        prints=_NOT_PNG,
        remedy="Convert the image; another name is not enough.",
        find=_other_icon,
    ),
)
