"""What the gallery asks of a shard that is to be published, as far as its files say.

A published version is permanent: there is no route that deletes one, or says that it is deprecated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from semverdiff import limits
from semverdiff.publish import PublishFinding, Readiness, Severity
from semverdiff.text import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


class VeinPublishRule(msgspec.Struct, frozen=True):
    """One condition of publishing; `find` returns what is wrong, or an empty text."""

    id: str
    severity: Severity
    title: str
    remedy: str
    find: Callable[[_Said], str]


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
    fits = least <= len(said.name) <= most
    shown = quote(said.name[: limits.NAME_CHARACTERS])
    return (
        "" if fits else f"the name {shown} has {len(said.name)} characters, and {least} to {most} are taken"
    )


def _reserved(said: _Said) -> str:
    is_reserved = said.name.lower().startswith(_RESERVED)
    return f"the name {quote(said.name)} begins with '{_RESERVED}', which is reserved" if is_reserved else ""


def _long_description(said: _Said) -> str:
    length = len(said.description)
    return f"the description has {length} characters, and {_DESCRIPTION_LENGTH} are taken" * (
        length > _DESCRIPTION_LENGTH
    )


def _absent(what: str, is_there: Callable[[_Said], bool]) -> Callable[[_Said], str]:
    return lambda said: "" if is_there(said) else f"the shard has no {what}"


def _rules() -> Iterator[VeinPublishRule]:
    error, warning = Severity.ERROR, Severity.WARNING
    yield VeinPublishRule(
        "vein-icon-missing",
        error,
        "A shard has no icon.",
        f"Put a picture of at most 1 MB beside the project file, as `{_ICON}`.",
        _absent("icon", lambda said: said.has_icon),
    )
    yield VeinPublishRule(
        "vein-name-length",
        error,
        "The name is too short or too long.",
        "Choose a name of 2 to 30 characters: it belongs to whoever publishes it first.",
        _wrong_name,
    )
    yield VeinPublishRule(
        "vein-name-reserved",
        error,
        "The name is reserved for the Vein project.",
        "Choose another name, or turn the rule off if the gallery knows you as an owner.",
        _reserved,
    )
    yield VeinPublishRule(
        "vein-description-long",
        error,
        "The description is too long.",
        f"Shorten `description` to {_DESCRIPTION_LENGTH} characters.",
        _long_description,
    )
    yield VeinPublishRule(
        "vein-version-published",
        error,
        "The version is published already.",
        "Raise `version`: nobody can replace a published version.",
        lambda said: f"version {said.version} is in the gallery" if said.is_published else "",
    )
    yield VeinPublishRule(
        "vein-not-packable",
        error,
        "A build of the project makes no shard.",
        "Write `packable: true` into the project file.",
        lambda said: "" if said.is_packable else "the project file does not say `packable: true`",
    )
    for key, is_there in (
        ("description", lambda said: bool(said.description)),
        ("license", lambda said: said.license.lower() not in {"", _UNLICENSED}),
        ("authors", lambda said: said.has_authors),
        ("repository", lambda said: said.has_repository),
    ):
        yield VeinPublishRule(
            f"vein-{key}-missing",
            warning,
            f"The gallery shows no {key}.",
            f"Write `{key}` into the project file: what is published stays as it is.",
            _absent(key, is_there),
        )


PUBLISH_RULES: Final = tuple(_rules())
"""The conditions of publishing a shard."""
