"""The versions of shards: up to four numbers and a label, by the rules of NuGet.

They differ from Semantic Versioning in what may be left out, in the fourth number, and in labels, whose case
does not count. Normalised, a version has three numbers, and the fourth only if it is not 0.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.text import quote
from semverdiff.versions import Level, VersionScheme

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["NUGET", "NugetVersion", "parse_nuget_version"]

_NUMBERS = 4
_VERSION = (
    r"(?P<numbers>[0-9]+(?:\.[0-9]+){0,3})"
    r"(?:-(?P<label>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?"
    r"(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)


class NugetVersion(msgspec.Struct, frozen=True):
    """A version of a shard. Its text is the normalised one; metadata after `+` is forgotten.

    >>> parse_nuget_version("0.30") == parse_nuget_version("0.30.0.0+build.5")
    True
    >>> str(parse_nuget_version("1.02-Beta"))
    '1.2.0-Beta'
    """

    major: int
    minor: int
    patch: int
    revision: int = 0
    label: tuple[str, ...] = ()

    def __str__(self) -> str:
        revision = f".{self.revision}" if self.revision else ""
        label = f"-{'.'.join(self.label)}" if self.label else ""
        return f"{self.major}.{self.minor}.{self.patch}{revision}{label}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NugetVersion) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __lt__(self, other: NugetVersion) -> bool:
        return self._key() < other._key()

    def __le__(self, other: NugetVersion) -> bool:
        return self._key() <= other._key()

    def __gt__(self, other: NugetVersion) -> bool:
        return self._key() > other._key()

    def __ge__(self, other: NugetVersion) -> bool:
        return self._key() >= other._key()

    def _key(self) -> tuple[object, ...]:
        """Return what orders versions: a release comes after its pre-releases."""
        return (*self.numbers, not self.label, tuple(map(_precedence, self.label)))

    @property
    def numbers(self) -> tuple[int, int, int, int]:
        """The four numbers."""
        return self.major, self.minor, self.patch, self.revision


def _precedence(label: str) -> tuple[bool, int, str]:
    """Return what orders parts of a label: numbers by value and before words, words without case."""
    return (False, int(label), "") if label.isdigit() else (True, 0, label.lower())


def parse_nuget_version(text: str) -> NugetVersion:
    """Return the version of that text. Raises `ValueError` with what was expected and what was found."""
    match = re.fullmatch(_VERSION, text) if len(text) <= limits.VERSION_CHARACTERS else None
    if match is None:
        message = f"expected a version as in 1.2.3, 1.2.3.4 or 1.2.3-beta.1, found {quote(text)}"
        raise ValueError(message)
    numbers = [int(number) for number in match["numbers"].split(".")]
    major, minor, patch, revision = numbers + [0] * (_NUMBERS - len(numbers))
    label = match["label"]
    return NugetVersion(major, minor, patch, revision, tuple(label.split(".")) if label else ())


class _Nuget:
    """The versions of shards as the version policy asks for them."""

    def parse(self, text: str) -> NugetVersion:
        return parse_nuget_version(text)

    def next(self, version: NugetVersion, level: Level) -> NugetVersion:
        match level:
            case Level.MAJOR:
                return NugetVersion(version.major + 1, 0, 0)
            case Level.MINOR:
                return NugetVersion(version.major, version.minor + 1, 0)
            case Level.PATCH:
                return NugetVersion(version.major, version.minor, version.patch + 1)
        return self.release(version)

    def release(self, version: NugetVersion) -> NugetVersion:
        return NugetVersion(*version.numbers)

    def is_pre_release(self, version: NugetVersion) -> bool:
        return bool(version.label)

    def pre_release(
        self, release: NugetVersion, like: NugetVersion, taken: Collection[NugetVersion]
    ) -> NugetVersion:
        """Return a pre-release with the label of `like`, its last number counted up where it is taken."""
        *start, end = like.label
        words, number = ([*start], 1) if end.isdigit() else ([*like.label], 0)
        version = _labelled(release, words, number)
        numbers = [
            int(one.label[-1])
            for one in taken
            if _is_numbered(one, release, words) and one.label[-1].isdigit()
        ]
        if numbers or version in taken:
            return _labelled(release, words, max(numbers, default=0) + 1)
        return version

    def is_initial_development(self, version: NugetVersion) -> bool:
        return version.major == 0

    def step(self, old: NugetVersion, new: NugetVersion) -> Level:
        """Return the size of a step; one of the fourth number alone is smaller than a patch."""
        if new.major != old.major:
            return Level.MAJOR
        if new.minor != old.minor:
            return Level.MINOR
        return Level.PATCH if new.patch != old.patch else Level.NONE


def _labelled(release: NugetVersion, words: list[str], number: int) -> NugetVersion:
    """Return a pre-release with words and a number behind them; 0 is none."""
    label = (*words, str(number)) if number else tuple(words)
    return NugetVersion(*release.numbers, label)


def _is_numbered(version: NugetVersion, release: NugetVersion, words: list[str]) -> bool:
    """Return whether a version leads to a release under the same words and one more part."""
    own = [word.lower() for word in version.label[:-1]]
    return version.numbers == release.numbers and bool(version.label) and own == [*map(str.lower, words)]


NUGET: VersionScheme[NugetVersion] = _Nuget()
"""The versions of shards."""
