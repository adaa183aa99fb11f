"""How do versions order and step? Semantic Versioning 2.0 behind a small `VersionScheme`."""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING, Protocol, Self, TypeAlias, TypeVar, cast

import msgspec

from semverdiff import limits

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = [
    "SEMANTIC",
    "AnyScheme",
    "Level",
    "Ordered",
    "V",
    "Version",
    "VersionScheme",
    "any_scheme",
    "parse_version",
]


class Level(enum.IntEnum):
    """The size of a change or of a version step; larger is more.

    `word` is the lower-case word of reports: `none`, `patch`, `minor`, `major`.
    """

    word: str

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __init__(self, _: int) -> None:
        # To ask for its name takes ten times as long, and reports say the level of each finding.
        self.word = self.name.lower()


# SemVer 2.0, items 2, 9 and 10: numbers without leading zeros, dot separated identifiers. Most versions are
# three numbers, which are read without the pattern, so that most runs do not compile it.
_VERSION = (
    r"(?P<major>0|[1-9][0-9]*)\.(?P<minor>0|[1-9][0-9]*)\.(?P<patch>0|[1-9][0-9]*)"
    r"(?:-(?P<pre>(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*))?"
    r"(?:\+(?P<build>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?"
)
_NUMBERS = 3


class Version(msgspec.Struct, frozen=True):
    """A version by Semantic Versioning 2.0.

    >>> parse_version("1.4.0-rc.1") < parse_version("1.4.0")
    True

    Build metadata does not count, neither for order nor for equality (item 10).
    """

    major: int
    minor: int
    patch: int
    pre_release: tuple[str, ...] = ()
    build: str = ""

    def __str__(self) -> str:
        pre_release = f"-{'.'.join(self.pre_release)}" if self.pre_release else ""
        build = f"+{self.build}" if self.build else ""
        return f"{self.major}.{self.minor}.{self.patch}{pre_release}{build}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __lt__(self, other: Version) -> bool:
        return self._key() < other._key()

    def __le__(self, other: Version) -> bool:
        return self._key() <= other._key()

    def __gt__(self, other: Version) -> bool:
        return self._key() > other._key()

    def __ge__(self, other: Version) -> bool:
        return self._key() >= other._key()

    def _key(self) -> tuple[object, ...]:
        """Return what orders versions: item 11, a release comes after all of its pre-releases."""
        return (
            self.major,
            self.minor,
            self.patch,
            not self.pre_release,
            tuple(map(_precedence, self.pre_release)),
        )

    @property
    def is_pre_release(self) -> bool:
        """Return whether this is a version on the way to a release."""
        return bool(self.pre_release)

    @property
    def release(self) -> Version:
        """The release that this version is or leads to."""
        return Version(self.major, self.minor, self.patch)

    def next(self, level: Level) -> Version:
        """Return the lowest release that is a step of that size after this version's release."""
        match level:
            case Level.MAJOR:
                return Version(self.major + 1, 0, 0)
            case Level.MINOR:
                return Version(self.major, self.minor + 1, 0)
            case Level.PATCH:
                return Version(self.major, self.minor, self.patch + 1)
        return self.release


def _precedence(identifier: str) -> tuple[bool, int, str]:
    """Return what orders identifiers: item 11.4, numbers by value and before words, words as text."""
    return (False, int(identifier), "") if identifier.isdigit() else (True, 0, identifier)


def parse_version(text: str) -> Version:
    """Return the version of that text. Raises `ValueError` with what was expected and what was found."""
    within_limits = len(text) <= limits.VERSION_CHARACTERS
    numbers = text.split(".") if within_limits else []
    if len(numbers) == _NUMBERS and all(map(_is_number, numbers)):
        major, minor, patch = map(int, numbers)
        return Version(major, minor, patch)
    match = re.fullmatch(_VERSION, text) if within_limits else None
    if match is None:
        shown = text if len(text) <= limits.VERSION_CHARACTERS else f"{text[:40]}..."
        message = f"expected a version as in 1.2.3 or 1.2.3-rc.1, found '{shown}'{_remedy(text)}"
        raise ValueError(message)
    pre_release = match["pre"]
    return Version(
        int(match["major"]),
        int(match["minor"]),
        int(match["patch"]),
        tuple(pre_release.split(".")) if pre_release else (),
        match["build"] or "",
    )


def _is_number(text: str) -> bool:
    """Return whether a text is a number of a version: decimal digits, and no zero before others."""
    return text.isascii() and text.isdigit() and (text[0] != "0" or text == "0")


def _remedy(text: str) -> str:
    """Return a suggestion, after a blank, of the version that was probably meant."""
    guess = re.sub(r"(?<![0-9A-Za-z])0+(?=[0-9])", "", text.strip().removeprefix("v").removeprefix("V"))
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?", guess):
        guess += ".0" * (2 - guess.count("."))
    return f" (did you mean {guess}?)" if guess != text and re.fullmatch(_VERSION, guess) else ""


class Ordered(Protocol):
    """A value that has an order."""

    def __lt__(self, other: Self, /) -> bool:
        """Return whether this value comes before another."""


V = TypeVar("V", bound=Ordered)


class VersionScheme(Protocol[V]):
    """What the version policy asks of an ecosystem's versions. Values of `V` are ordered by `<`."""

    def parse(self, text: str) -> V:
        """Return the version of that text. Raises `ValueError` if it is none."""

    def next(self, version: V, level: Level) -> V:
        """Return the lowest release that is a step of that size after a version."""

    def release(self, version: V) -> V:
        """Return the release that a version is or leads to."""

    def is_pre_release(self, version: V) -> bool:
        """Return whether a version is on the way to a release."""

    def pre_release(self, release: V, like: V, taken: Collection[V]) -> V:
        """Return a version on the way to a release, named like `like` and after those that are taken."""

    def is_initial_development(self, version: V) -> bool:
        """Return whether a version promises nothing yet (SemVer item 4: 0.y.z)."""

    def step(self, old: V, new: V) -> Level:
        """Return the size of the step from a release to a later one."""


AnyScheme: TypeAlias = "VersionScheme[Ordered]"
"""The scheme of some ecosystem: whoever has it knows of its versions only that they are ordered."""


def any_scheme(scheme: VersionScheme[V]) -> AnyScheme:
    """Return a scheme for whoever need not know which one it is.

    No checker can tell that the versions it is given are its own: they come from its own `parse`.
    """
    return cast("AnyScheme", scheme)


class _Semantic:
    """Semantic Versioning 2.0."""

    def parse(self, text: str) -> Version:
        return parse_version(text)

    def next(self, version: Version, level: Level) -> Version:
        return version.next(level)

    def release(self, version: Version) -> Version:
        return version.release

    def is_pre_release(self, version: Version) -> bool:
        return version.is_pre_release

    def pre_release(self, release: Version, like: Version, taken: Collection[Version]) -> Version:
        names = ["1" if name.isdigit() else name for name in like.pre_release]
        # After `rc.1` comes `rc.2`, and after `rc` comes `rc.1`.
        numbered = names if "1" in names else [*names, "1"]
        at = max(place for place, name in enumerate(numbered) if name == "1")
        numbers = [
            int(one.pre_release[at])
            for one in taken
            if one.release == release
            and [*one.pre_release[:at], *one.pre_release[at + 1 :]] == [*numbered[:at], *numbered[at + 1 :]]
            and one.pre_release[at : at + 1] != ()
            and one.pre_release[at].isdigit()
        ]
        first = Version(release.major, release.minor, release.patch, tuple(names))
        if not numbers and first not in taken:
            return first
        numbered[at] = str(max(numbers, default=0) + 1)
        return Version(release.major, release.minor, release.patch, tuple(numbered))

    def is_initial_development(self, version: Version) -> bool:
        return version.major == 0

    def step(self, old: Version, new: Version) -> Level:
        if new.major != old.major:
            return Level.MAJOR
        if new.minor != old.minor:
            return Level.MINOR
        return Level.PATCH if new.patch != old.patch else Level.NONE


SEMANTIC: VersionScheme[Version] = _Semantic()
"""The versions of Ballerina packages."""
