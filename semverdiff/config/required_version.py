"""May this version of the program read the file? The version specifiers of Python packaging, in small.

`>=1.2,<2` as in PEP 440, whose grammar pip and others use too: a list of `>=`, `<=`, `>`, `<`, `==`, `!=`
and `~=`, all of which must hold; `==1.2.*` takes every 1.2. Left out is what this program has no use for:
epochs, post-releases and `===`. Whoever runs a pre-release chose to, so that pre-releases count.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["satisfies"]

_VERSION = re.compile(
    r"(?P<release>[0-9]{1,9}(?:\.[0-9]{1,9})*)(?:(?P<stage>a|b|rc)(?P<number>[0-9]{1,9}))?"
    r"(?:\.dev(?P<dev>[0-9]{1,9}))?(?:\+[0-9A-Za-z.]+)?\Z"
)
_SPECIFIER = re.compile(r"\s*(?P<operator>>=|<=|==|!=|~=|<|>)\s*(?P<version>[^\s,*]+?)(?P<any>\.\*)?\s*\Z")
_STAGES = {"a": 0, "b": 1, "rc": 2}
_RELEASED = (len(_STAGES), 0)
_NO_DEV = 10**9


class _Version(NamedTuple):
    """A version of a Python program; the order of the fields is that of PEP 440."""

    release: tuple[int, ...]
    stage: tuple[int, int]
    dev: int

    @property
    def is_pre_release(self) -> bool:
        return self.stage != _RELEASED or self.dev != _NO_DEV


def satisfies(specifiers: str, version: str) -> bool:
    """Return whether a version meets all specifiers; `ValueError` says what was expected and found."""
    mine = _parse(version)
    return all([_holds(one, mine) for one in specifiers.split(",")])  # noqa: C419 (each is to be read)


def _parse(text: str) -> _Version:
    found = _VERSION.match(text)
    if found is None:
        raise ValueError(f"expected a version as in 1.2 or 1.2.0rc1, found '{text}'")
    release = tuple(int(part) for part in found["release"].split("."))
    while release and release[-1] == 0:  # 1.2 and 1.2.0 are the same
        release = release[:-1]
    dev = int(found["dev"]) if found["dev"] else _NO_DEV
    if found["stage"]:
        return _Version(release, (_STAGES[found["stage"]], int(found["number"])), dev)
    # A development version of a release comes before all of its stages.
    return _Version(release, _RELEASED if dev == _NO_DEV else (-1, 0), dev)


def _holds(specifier: str, mine: _Version) -> bool:
    found = _SPECIFIER.match(specifier)
    if found is None:
        raise ValueError(f"expected specifiers as in '>=1.2,<2', found '{specifier.strip()}'")
    operator, text = found["operator"], found["version"]
    wanted = _parse(text)
    prefix = text.split(".")
    if found["any"]:
        if operator not in {"==", "!="}:
            raise ValueError(f"expected '.*' after == or != only, found '{specifier.strip()}'")
        return _begins_with(mine, prefix) is (operator == "==")
    if operator == "~=" and len(prefix) == 1:
        raise ValueError(f"expected two numbers or more after ~=, found '{specifier.strip()}'")
    match operator:
        case ">=":
            return mine >= wanted
        case "<=":
            return mine <= wanted
        case ">":
            return mine > wanted
        case "==":
            return mine == wanted
        case "!=":
            return mine != wanted
        case "~=":
            return mine >= wanted and _begins_with(mine, prefix[:-1])
    # PEP 440, exclusive ordered comparison: `<2` means no pre-release of 2 either.
    leads_there = mine.release == wanted.release and mine.is_pre_release and not wanted.is_pre_release
    return mine < wanted and not leads_there


def _begins_with(mine: _Version, prefix: list[str]) -> bool:
    """Return whether the release begins with these numbers; what it does not write is 0."""
    numbers = tuple(int(part) for part in prefix if part.isdigit())
    padded = mine.release + (0,) * (len(numbers) - len(mine.release))
    return padded[: len(numbers)] == numbers
