"""What the gallery asks of a shard that is to be published, as far as its files say.

A published version is permanent: there is no route that deletes one, or says that it is deprecated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff.publish import PublishFinding, Readiness, Severity
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.pipeline import Grounds
    from semverdiff.vein.package import ShardPackage

__all__ = ["PUBLISH_RULES", "VeinPublishRule", "readiness_for"]

_NAME_LENGTHS: Final = (2, 30)
_DESCRIPTION_LENGTH: Final = 70
_RESERVED: Final = "vein"
_UNLICENSED: Final = "unlicensed"
_ICON: Final = "icon.png"


class _Said(msgspec.Struct, frozen=True):
    """What a shard says of itself, in its project file or in its manifest."""

    name: str
    version: str
    description: str
    license: str
    has_authors: bool
    has_repository: bool
    is_packable: bool
    has_icon: bool
    is_published: bool


class VeinPublishRule(msgspec.Struct, frozen=True, kw_only=True):
    """One condition of publishing; `find` returns what is wrong, or an empty text.

    `title` says in one line what is wrong, and `why` whom it harms.
    """

    id: str
    severity: Severity
    title: str
    why: str
    remedy: str
    find: Callable[[_Said], str]
    prints: str = ""


def readiness_for(package: ShardPackage, grounds: Grounds) -> Readiness:
    """Return whether a shard can be published; what the project decided about the rules counts."""
    said, decided = _said(package, grounds), grounds.settings.publish_rules
    findings = []
    for rule in PUBLISH_RULES:
        choice = decided.get(rule.id)
        message = rule.find(said)
        if message and (choice is None or choice.word != "off"):
            severity = rule.severity if choice is None else Severity(choice.word)
            place = None if package.project is None else package.project.version_place
            findings.append(PublishFinding(rule.id, severity, message, None, rule.remedy, place))
    findings.sort(key=lambda one: not one.is_error)
    return Readiness(tuple(findings))


def _said(package: ShardPackage, grounds: Grounds) -> _Said:
    """Return what the project file or the manifest of the archive says."""
    source = package.project or package.manifest
    is_archive = package.project is None
    return _Said(
        name=package.name,
        version=package.version,
        description="" if source is None else source.description,
        license="" if source is None else source.license,
        has_authors=source is not None and any(one.name for one in source.authors),
        has_repository=source is not None and bool(source.urls.repository),
        is_packable=is_archive or (package.project is not None and package.project.is_packable),
        has_icon=_ICON in package.files,
        is_published=grounds.baseline.candidate_is_published,
    )


def _wrong_name(said: _Said) -> str:
    least, most = _NAME_LENGTHS
    if least <= len(said.name) <= most:
        return ""
    return f"the name {quote(said.name)} has {len(said.name)} characters, and {least} to {most} are taken"


def _reserved(said: _Said) -> str:
    if not said.name.lower().startswith(_RESERVED):
        return ""
    return f"the name {quote(said.name)} begins with '{_RESERVED}', which is reserved"


def _long_description(said: _Said) -> str:
    length = len(said.description)
    if length <= _DESCRIPTION_LENGTH:
        return ""
    return f"the description has {length} characters, and {_DESCRIPTION_LENGTH} are taken"


def _missing(key: str, why: str, find: Callable[[_Said], bool]) -> VeinPublishRule:
    """Return the rule about a key that the project file should have."""
    return VeinPublishRule(
        id=f"vein-{key}-missing",
        severity=Severity.WARNING,
        title=f"the project file has no `{key}`",
        why=f"{why} A published version stays as it is.",
        remedy=f"Write `{key}` into the project file.",
        find=lambda said: "" if find(said) else f"the shard has no {key}",
    )


PUBLISH_RULES: Final = (
    VeinPublishRule(
        id="vein-icon-missing",
        severity=Severity.ERROR,
        title="the shard has no icon",
        why="The gallery refuses a shard without one.",
        remedy=f"Put a picture of at most 1 MB beside the project file, as `{_ICON}`.",
        find=lambda said: "" if said.has_icon else "the shard has no icon",
    ),
    VeinPublishRule(
        id="vein-name-length",
        severity=Severity.ERROR,
        title="the name is too short or too long",
        why="The gallery takes names of 2 to 30 characters.",
        remedy="Choose a name of 2 to 30 characters: it belongs to whoever publishes it first.",
        find=_wrong_name,
    ),
    VeinPublishRule(
        id="vein-name-reserved",
        severity=Severity.ERROR,
        title="the name is reserved for the Vein project",
        why="The gallery takes names that begin like that from owners whom it knows only.",
        remedy="Choose another name, or turn the rule off if the gallery knows you as an owner.",
        find=_reserved,
    ),
    VeinPublishRule(
        id="vein-description-long",
        severity=Severity.ERROR,
        title="the description is too long",
        why=f"The gallery takes descriptions of at most {_DESCRIPTION_LENGTH} characters.",
        remedy=f"Shorten `description` to {_DESCRIPTION_LENGTH} characters.",
        find=_long_description,
    ),
    VeinPublishRule(
        id="vein-version-published",
        severity=Severity.ERROR,
        title="the version is published already",
        why="Versions are permanent: the gallery refuses a second one of the same number.",
        remedy="Raise `version`: nobody can replace a published version.",
        find=lambda said: f"version {said.version} is in the gallery" if said.is_published else "",
    ),
    VeinPublishRule(
        id="vein-not-packable",
        severity=Severity.ERROR,
        title="a build of the project makes no shard",
        why="Only a project that is packable leaves a shard in `bin/`, and there is nothing to publish else.",
        remedy="Write `packable: true` into the project file.",
        find=lambda said: "" if said.is_packable else "the project file does not say `packable: true`",
    ),
    _missing("description", "The gallery shows it in its lists.", lambda said: bool(said.description)),
    _missing(
        "license",
        "Without one nobody may use the shard, and the gallery shows `unlicensed`.",
        lambda said: said.license.lower() not in {"", _UNLICENSED},
    ),
    _missing("authors", "The gallery shows who made a shard.", lambda said: said.has_authors),
    _missing(
        "repository", "Clients look there for the sources and for help.", lambda said: said.has_repository
    ),
)
"""The conditions of publishing a shard, in the order of reports."""
