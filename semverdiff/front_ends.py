"""The front ends, and which of them is meant: the one whose files lie at a path, or nearest above it."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from semverdiff.artifact import MANIFESTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.pipeline import FrontEnd

__all__ = ["front_end_at", "front_end_of", "front_ends", "is_first_at"]


# By how a file ends a front end is recognised before it is loaded: archives, and what people take for them.
_ENDINGS = {".bala": "ballerina", ".shard": "vein", ".vproj": "vein", ".wll": "vein"}
_FIRST = next(iter(MANIFESTS))
"""The room of the front end that is meant where nothing is recognised."""


def front_end_at(path: Path) -> FrontEnd:
    """Return the front end of the package at a path, or of the nearest one above it."""
    return _loaded(_recognised(path) or _FIRST)


def is_first_at(path: Path) -> bool:
    """Return whether the first front end, that of Ballerina, is meant at a path; none is loaded."""
    return _recognised(path) in {None, _FIRST}


def front_end_of(*operands: str | os.PathLike[str]) -> FrontEnd:
    """Return the front end of what `diff` is to compare, of which some may be names of published packages."""
    found = (_recognised(Path(os.fspath(one).removeprefix("file:"))) for one in reversed(operands))
    return _loaded(next((one for one in found if one is not None), _FIRST))


def front_ends() -> Iterator[FrontEnd]:
    """Yield all front ends, each of which is loaded when it is asked for."""
    yield from map(_loaded, MANIFESTS)


def _recognised(path: Path) -> str | None:
    """Return the room of the front end whose file a path is, or whose manifest lies nearest above it."""
    if path.suffix in _ENDINGS:
        return _ENDINGS[path.suffix]
    try:
        start = path.absolute()
        for directory in (start, *start.parents):
            for room, manifest in MANIFESTS.items():
                if _holds(directory, manifest):
                    return room
    except (OSError, ValueError):  # whoever reads the path says what is wrong with it
        pass
    return None


def _holds(directory: Path, manifest: str) -> bool:
    if "*" not in manifest:
        return (directory / manifest).is_file()
    return next(directory.glob(manifest), None) is not None


def _loaded(room: str) -> FrontEnd:
    front_end: FrontEnd = import_module(f"semverdiff.{room}").FRONT_END
    return front_end
