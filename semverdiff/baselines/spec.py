"""The words of `--baseline`: a text in, one small frozen wish out."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.errors import UsageError
from semverdiff.text import nearest
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.versions import Ordered, Version

__all__ = [
    "LATEST_TAG",
    "AtApiFile",
    "AtPath",
    "AtRevision",
    "Auto",
    "Central",
    "InRegistry",
    "InRepository",
    "Local",
    "NoBaseline",
    "Published",
    "Spec",
    "parse_revision",
    "parse_spec",
]

LATEST_TAG = "latest-tag"
"""The word for the tag whose version is the closest, where a revision is expected."""


class Auto(msgspec.Struct, frozen=True):
    """The closest version that Ballerina Central has."""

    version: Version | None = None


class NoBaseline(msgspec.Struct, frozen=True):
    """Nothing: treat the candidate as a first release."""


class Central(msgspec.Struct, frozen=True):
    """A version on Ballerina Central; without one, the closest."""

    version: Version | None = None


class Local(msgspec.Struct, frozen=True):
    """A version in the local repository (`bal push --repository local`); without one, the closest."""

    version: Version | None = None


class InRepository(msgspec.Struct, frozen=True):
    """A version in a custom repository of Settings.toml; without one, the closest."""

    identifier: str
    version: Version | None = None


class InRegistry(msgspec.Struct, frozen=True):
    """A version in the one registry of an ecosystem that is not Ballerina; without one, the closest."""

    version: Ordered | None = None


class AtPath(msgspec.Struct, frozen=True):
    """A `.bala`, an extracted bala or a package directory."""

    path: Path


class AtApiFile(msgspec.Struct, frozen=True):
    """A file that `semver api --write` has written."""

    path: Path


class AtRevision(msgspec.Struct, frozen=True):
    """The sources in a git revision, or in the tag of the closest version where it is `LATEST_TAG`.

    `directory` is the package's, from the root of the repository; `None` is that of the candidate.
    """

    revision: str
    directory: str | None = None


Published = Auto | Central | Local | InRepository
Spec = NoBaseline | Published | InRegistry | AtPath | AtApiFile | AtRevision

_WORDS = ("auto", "none", "central", "local")
_WITH_VALUE = ("central", "local", "file", "api", "git", "repository")
_KNOWN = (
    "auto, none, a version such as 1.2.3, central[:VERSION], local[:VERSION], git:REVISION[:DIRECTORY], "
    "git:latest-tag, repository:ID[:VERSION], file:PATH, api:FILE, or the path of a .bala or a directory"
)

# A word that begins like this was meant as a version, rightly written or not.
_VERSION_LIKE = r"[vV]?[0-9]+(\.[0-9]+)*([-+].*)?"
# An identifier becomes the name of a folder under `<home>/repositories`.
_IDENTIFIER = rf"(?!\.+\Z)[A-Za-z0-9_.-]{{1,{limits.NAME_CHARACTERS}}}"


def parse_spec(text: str, exists: Callable[[str], bool] = os.path.exists) -> Spec:
    """Return a baseline as users write it. Raise a `UsageError` that says what was probably meant.

    `exists` says whether a bare word such as `old` is the name of a file or a directory.
    """
    kind, colon, value = text.partition(":")
    match kind, value if colon else None:
        case "auto", None:
            return Auto()
        case "none", None:
            return NoBaseline()
        case "central", version:
            return Central(_version(version, text) if version is not None else None)
        case "local", version:
            return Local(_version(version, text) if version is not None else None)
        case ("file", _) | ("api", str()):
            return _file(kind, value)
        case "git", str():
            return parse_revision(value)
        case "repository", str():
            return _in_repository(value, text)
    if re.fullmatch(_VERSION_LIKE, text):
        return Central(_version(text, text))
    if _is_path(text) or exists(text):
        return AtPath(Path(text))
    raise _unknown(text)


def _file(kind: str, path: str) -> AtPath | AtApiFile:
    if not path:
        expected = "an API file" if kind == "api" else "a .bala or a directory"
        raise UsageError(f"the baseline '{kind}:' needs the path of {expected}, behind the colon")
    return AtApiFile(Path(path)) if kind == "api" else AtPath(Path(path))


def parse_revision(text: str) -> AtRevision:
    """Return what `REVISION[:DIRECTORY]` names, the text after `git:`.

    A revision that begins with `-` would be an option of git, and one that begins with `:` or holds one
    (`HEAD:path`) is no commit.
    """
    revision, colon, directory = text.partition(":")
    if not revision or revision.startswith("-") or not text.isprintable():
        raise UsageError(
            f"'git:{text}' names no revision: expected git:REVISION[:DIRECTORY], such as git:main, "
            "git:v1.2.3:ballerina or git:latest-tag"
        )
    parts = [part for part in directory.split("/") if part not in {"", "."}]
    if directory.startswith("/") or ".." in parts:
        raise UsageError(
            f"'git:{text}' leads out of the repository: expected git:REVISION:DIRECTORY, the directory being "
            "one inside, as seen from the root"
        )
    return AtRevision(revision, "/".join(parts) if colon else None)


def _in_repository(value: str, spec: str) -> InRepository:
    identifier, colon, version = value.partition(":")
    if not re.fullmatch(_IDENTIFIER, identifier):
        raise UsageError(
            f"'{spec}' names no repository: expected repository:ID[:VERSION], ID being that of a "
            "[[repository.maven]] in Settings.toml"
        )
    return InRepository(identifier, _version(version, spec) if colon else None)


def _version(text: str, spec: str) -> Version:
    try:
        return parse_version(text)
    except ValueError as error:
        directory = f"; a directory of that name is written './{text}'" if text == spec else ""
        raise UsageError(f"the baseline '{spec}' names no version: {error}{directory}") from None


def _is_path(text: str) -> bool:
    separators = (os.sep, "/")
    return (
        text.startswith(".")
        or text.endswith((".bala", ".balo", ".api"))
        or any(s in text for s in separators)
    )


def _unknown(text: str) -> UsageError:
    kind, colon, value = text.partition(":")
    known = _WITH_VALUE if colon else _WORDS
    close = nearest(kind, known)
    suggestion = f"; did you mean '{close[0]}{colon}{value}'?" if close else ""
    return UsageError(
        f"there is no baseline '{text}', and no file or directory of that name{suggestion} "
        f"(a baseline is {_KNOWN})"
    )
