"""Rooms that load their parts when a name is asked for (PEP 562): what is not used costs nothing."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["attach"]


def attach(room: str, homes: Mapping[str, str]) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` for the package `room`, whose public names live in other modules.

    `homes` maps each name to the module that defines it, relative to the room: `{"check": "pipeline"}`; an
    empty home stands for a part of the room that is handed out as a whole. A name is loaded once.

    `dir` lists the public names, loaded or not. `from room import name` loads the name at once, so other
    rooms import the room and write `room.name`.
    """

    def load(name: str) -> object:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module '{room}' has no attribute '{name}'")
        if not home:
            return import_module(f"{room}.{name}")
        value: object = getattr(import_module(f"{room}.{home}"), name)
        setattr(sys.modules[room], name, value)
        return value

    def names() -> list[str]:
        return sorted({*homes, *sys.modules[room].__all__})

    return load, names
