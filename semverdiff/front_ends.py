"""The front ends, and which of them is meant: the one whose files lie at a path, or nearest above it."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.pipeline import FrontEnd

__all__ = ["front_end_at", "front_end_of", "front_ends", "is_first_at"]


class _Signs(NamedTuple):
    """By what a front end is recognised before it is loaded: its manifest, as a pattern, and its files.

    The files have those endings: archives, and what people take for them.
    """

    room: str
    manifest: str
    endings: tuple[str, ...]


# In the order in which they are looked for. The first is meant where nothing is recognised.
_FRONT_ENDS = (
    _Signs("ballerina", "Ballerina.toml", (".bala",)),
    _Signs("vein", "*.vproj", (".shard", ".vproj", ".wll")),
)


def front_end_at(path: Path) -> FrontEnd:
    """Return the front end of the package at a path, or of the nearest one above it."""
    return _loaded(_recognised(path) or _FRONT_ENDS[0])


def is_first_at(path: Path) -> bool:
    """Return whether the first front end, that of Ballerina, is meant at a path; none is loaded."""
    return (_recognised(path) or _FRONT_ENDS[0]) is _FRONT_ENDS[0]


def front_end_of(*operands: str | os.PathLike[str]) -> FrontEnd:
    """Return the front end of what `diff` is to compare, of which some may be names of published packages."""
    found = (_recognised(Path(os.fspath(one).removeprefix("file:"))) for one in reversed(operands))
    return _loaded(next((one for one in found if one is not None), _FRONT_ENDS[0]))


def front_ends() -> Iterator[FrontEnd]:
    """Yield all front ends, each of which is loaded when it is asked for."""
    yield from map(_loaded, _FRONT_ENDS)


def _recognised(path: Path) -> _Signs | None:
    """Return the signs of the front end whose file a path is, or whose manifest lies nearest above it."""
    for signs in _FRONT_ENDS:
        if path.suffix in signs.endings:
            return signs
    try:
        start = path.absolute()
        for directory in (start, *start.parents):
            for signs in _FRONT_ENDS:
                if _holds(directory, signs.manifest):
                    return signs
    except (OSError, ValueError):  # whoever reads the path says what is wrong with it
        pass
    return None


def _holds(directory: Path, manifest: str) -> bool:
    if "*" not in manifest:
        return (directory / manifest).is_file()
    return next(directory.glob(manifest), None) is not None


def _loaded(signs: _Signs) -> FrontEnd:
    front_end: FrontEnd = import_module(f"semverdiff.{signs.room}").FRONT_END
    return front_end
