"""The words of `--baseline`: a text in, one small frozen wish out."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from semverdiff.errors import UsageError
from semverdiff.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from semverdiff.versions import Version

__all__ = ["AtPath", "Auto", "Central", "Local", "NoBaseline", "Spec", "parse_spec"]


@dataclass(frozen=True, slots=True)
class Auto:
    """The closest version that Ballerina Central has."""


@dataclass(frozen=True, slots=True)
class NoBaseline:
    """Nothing: treat the candidate as a first release."""


@dataclass(frozen=True, slots=True)
class Central:
    """A version on Ballerina Central; without one, the closest."""

    version: Version | None = None


@dataclass(frozen=True, slots=True)
class Local:
    """A version in the local repository (`bal push --repository local`); without one, the closest."""

    version: Version | None = None


@dataclass(frozen=True, slots=True)
class AtPath:
    """A `.bala`, an extracted bala or a package directory."""

    path: Path


Spec = Auto | NoBaseline | Central | Local | AtPath

_WORDS = ("auto", "none", "central", "local")
_WITH_VALUE = ("central", "local", "file")
_LATER = ("api", "git", "repository")

# A word that begins like this was meant as a version, rightly written or not.
_VERSION_LIKE = re.compile(r"[vV]?[0-9]+(\.[0-9]+)*([-+].*)?")


def parse_spec(text: str, exists: Callable[[str], bool] = os.path.exists) -> Spec:
    """Read a baseline as users write it, or raise a `UsageError` that says what was probably meant.

    `exists` tells whether a bare word such as `old` is the name of a file or a directory.
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
        case "file", str() if value:
            return AtPath(Path(value))
        case "file", _:
            raise UsageError("the baseline 'file:' needs the path of a .bala or a directory: 'file:PATH'")
        case _ if kind in _LATER:
            raise UsageError(
                f"a baseline of the kind '{kind}' is not available in this version of semverdiff; "
                "available are: auto, none, a version, central[:VERSION], local[:VERSION], file:PATH"
            )
    if _VERSION_LIKE.fullmatch(text):
        return Central(_version(text, text))
    if _is_path(text) or exists(text):
        return AtPath(Path(text))
    raise _unknown(text)


def _version(text: str, spec: str) -> Version:
    try:
        return parse_version(text)
    except ValueError as error:
        directory = f"; a directory of that name is written './{text}'" if text == spec else ""
        raise UsageError(f"the baseline '{spec}' names no version: {error}{directory}") from None


def _is_path(text: str) -> bool:
    separators = tuple(separator for separator in (os.sep, os.altsep, "/") if separator)
    return text.startswith(".") or text.endswith((".bala", ".balo")) or any(s in text for s in separators)


def _unknown(text: str) -> UsageError:
    from difflib import get_close_matches  # noqa: PLC0415 (slow: only for a mistake)

    kind, colon, value = text.partition(":")
    known = (*_WITH_VALUE, *_LATER) if colon else _WORDS
    close = get_close_matches(kind.lower(), known, n=1)
    suggestion = f"; did you mean '{close[0]}{colon}{value}'?" if close else ""
    return UsageError(
        f"there is no baseline '{text}', and no file or directory of that name{suggestion} "
        "(a baseline is auto, none, a version such as 1.2.3, central[:VERSION], local[:VERSION], "
        "file:PATH, or the path of a .bala or a directory)"
    )
