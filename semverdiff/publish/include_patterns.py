"""Which files does `include` pack? Patterns as `bal pack` reads them, compared in time that stays linear.

A pattern matches at any depth, one with `/` in front at the root alone; with `/` at the end folders only. `*`
and `?` stay within a name, `**` does not, `[a-z]` is one sign, `{a,b}` one of several texts. A folder is
packed with all that is in it; `!pattern` takes away what patterns before it had matched. The folder `target`
is never packed. (`ProjectUtils.getPathsMatchingIncludePatterns` of ballerina-lang.)
"""

from __future__ import annotations

import re
from fnmatch import translate
from typing import TYPE_CHECKING

import msgspec

from semverdiff import limits
from semverdiff.publish.answers import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Included", "Path", "included_paths"]

_ANY_DEPTH = None
_TARGET = "target"
_ESCAPED = r"\\(.)"
_CLASS = r"\[!?\]?[^\]]*\]"


class Path(msgspec.Struct, frozen=True):
    """A file or a folder of a package, by its path from the root; links are not followed."""

    path: str
    is_folder: bool = False

    @property
    def name(self) -> str:
        """Return the last part of the path."""
        return self.path.rpartition("/")[2]


class Included(msgspec.Struct, frozen=True):
    """The files that are packed, sorted, and what is to be said about patterns, by their number.

    `idle` patterns match nothing, `broken` ones are none, `unknown` ones are too much to compare.
    """

    files: tuple[str, ...]
    idle: tuple[int, ...] = ()
    broken: tuple[int, ...] = ()
    unknown: tuple[tuple[int, Unknown], ...] = ()


class _Pattern(msgspec.Struct, frozen=True):
    """A pattern without braces: an expression for each name of a path, None for any number of names."""

    names: tuple[re.Pattern[str] | None, ...]
    at_root: bool
    folders_only: bool

    def matched(self, paths: Iterable[Path]) -> Iterator[Path]:
        """Yield those of the paths that match."""
        last = self.names[-1]
        # Few names are what the last part says: most paths are compared once.
        likely = paths if last is None else (one for one in paths if last.match(one.name))
        for one in likely:
            if self.folders_only and not one.is_folder:
                continue
            if self.at_root and "/" in one.path:
                continue
            if len(self.names) == 1 or _matches(one.path.split("/"), (_ANY_DEPTH, *self.names)):
                yield one


def included_paths(patterns: Sequence[str], paths: Sequence[Path]) -> Included:
    """Return what patterns make of the paths of a package."""
    candidates = [one for one in paths if one.path.partition("/")[0] != _TARGET]
    # Each name of a path is compared with each of a pattern at most.
    size = sum(one.path.count("/") + 1 for one in candidates)
    room = limits.INCLUDE_COST
    matched: dict[str, bool] = {}
    idle, broken, unknown = [], [], []
    for number, text in enumerate(patterns):
        if number >= limits.INCLUDE_PATTERNS:
            unknown.append((number, Unknown(f"there are more than {limits.INCLUDE_PATTERNS} patterns")))
            break
        read = _read(text.removeprefix("!"))
        if read is None:
            broken.append(number)
        elif isinstance(read, Unknown):
            unknown.append((number, read))
        elif (room := room - size * sum(len(one.names) for one in read)) < 0:
            unknown.append((number, Unknown("there are too many files to compare them with all patterns")))
        else:
            pool = [one for one in candidates if one.path in matched] if text.startswith("!") else candidates
            found = {one.path: one.is_folder for pattern in read for one in pattern.matched(pool)}
            if not found:
                idle.append(number)
            if text.startswith("!"):
                matched = {path: is_folder for path, is_folder in matched.items() if path not in found}
            else:
                matched |= found
    return Included(tuple(_files_of(matched, candidates)), tuple(idle), tuple(broken), tuple(unknown))


def _files_of(matched: dict[str, bool], paths: Iterable[Path]) -> Iterator[str]:
    """Yield the files that were matched, and those in folders that were."""
    folders = {path for path, is_folder in matched.items() if is_folder}
    for one in sorted(paths, key=lambda path: path.path):
        if not one.is_folder and (one.path in matched or any(_above(one.path, folders))):
            yield one.path


def _above(path: str, folders: set[str]) -> Iterator[bool]:
    """Yield, for each folder around a path, whether it is one of those."""
    while path:
        path = path.rpartition("/")[0]
        yield path in folders


def _read(text: str) -> tuple[_Pattern, ...] | Unknown | None:
    """Return the patterns that one stands for, None for a text that is no pattern."""
    if len(text) > limits.INCLUDE_CHARACTERS:
        return Unknown(f"a pattern has more than {limits.INCLUDE_CHARACTERS} characters")
    plain = _without_braces(text.strip("/"))
    if plain is None or isinstance(plain, Unknown):
        return plain
    alternatives: list[str] = []
    for one in plain:
        alternatives += _without_crossing(one)
        if len(alternatives) > limits.INCLUDE_ALTERNATIVES:
            return Unknown(f"a pattern stands for more than {limits.INCLUDE_ALTERNATIVES} others")
    patterns: list[_Pattern] = []
    for one in alternatives:
        names = _names(one)
        if names is None:
            return None
        patterns.append(_Pattern(names, text.startswith("/"), text.endswith("/")))
    return tuple(patterns)


def _without_braces(text: str) -> list[str] | Unknown | None:
    """Return the patterns that one with braces stands for; braces in braces are none."""
    found = [""]
    rest = text
    while rest:
        before, brace, rest = rest.partition("{")
        if "}" in before:
            return None
        choices = [""]
        if brace:
            inside, end, rest = rest.partition("}")
            if not end or "{" in inside:
                return None
            choices = inside.split(",")
        if len(found) * len(choices) > limits.INCLUDE_ALTERNATIVES:
            return Unknown(f"a pattern stands for more than {limits.INCLUDE_ALTERNATIVES} others")
        found = [f"{start}{before}{choice}" for start in found for choice in choices]
    return found


def _without_crossing(text: str) -> list[str]:
    """Return the patterns that one stands for in which `**` is a part of a name (`**.md`)."""
    found = [""]
    for name in text.split("/"):
        choices = [name] if name == "**" else _crossings(name)
        found = [f"{start}/{choice}" if start else choice for start in found for choice in choices]
        if len(found) > limits.INCLUDE_ALTERNATIVES:
            break
    return found


def _crossings(name: str) -> list[str]:
    """Return what a name stands for each `**` of which stays inside of it, or leads into other folders."""
    first, *rest = re.split(r"\*{2,}", name)
    found = [first]
    for part in rest:
        found = [f"{start}{stars}{part}" for start in found for stars in ("*", "*/**/*")]
        if len(found) > limits.INCLUDE_ALTERNATIVES:
            break
    return found


def _names(pattern: str) -> tuple[re.Pattern[str] | None, ...] | None:
    """Return the expressions for the names of a pattern, None where a class of signs has no end."""
    names: list[re.Pattern[str] | None] = []
    for name in pattern.split("/"):
        if name == "**":
            names.append(_ANY_DEPTH)
            continue
        text = re.sub(_ESCAPED, lambda found: f"[{found[1]}]", name)
        if "[" in re.sub(_CLASS, "", text):
            return None
        # The expressions of the standard library look back at nothing: stars take no more than linear time.
        names.append(re.compile(translate(text)))
    return tuple(names)


def _matches(names: Sequence[str], pattern: Sequence[re.Pattern[str] | None]) -> bool:
    """Return whether a path matches a pattern that begins with `**`.

    The last `**` takes one name more whenever what follows fails.
    """
    at, part = 0, 1
    retry = at, part
    while at < len(names):
        if part < len(pattern) and pattern[part] is None:
            part += 1
            retry = at, part
            continue
        expression = pattern[part] if part < len(pattern) else None
        if expression is not None and expression.match(names[at]) is not None:
            at, part = at + 1, part + 1
        else:
            at, part = retry = retry[0] + 1, retry[1]
    return all(one is None for one in pattern[part:])
