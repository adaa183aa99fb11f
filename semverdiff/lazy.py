"""Rooms that load their parts when a name is asked for (PEP 562): what is not used costs nothing."""

from __future__ import annotations

import sys
from _thread import allocate_lock  # `threading` loads more, and has the same
from importlib import import_module
from types import ModuleType

TYPE_CHECKING = False  # as `typing` has it, which the program loads later
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["attach", "defer", "is_loaded", "recall"]

_HANDING_OVER = allocate_lock()


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


def defer(
    names: Iterable[str], known: Mapping[str, object] | None = None, *, functions: Iterable[str] = ()
) -> None:
    """Let modules that others import be loaded when something of them is asked for.

    To be called before libraries are loaded that import at their start what they seldom use; for programs
    only, as the whole process sees it. A module that is loaded already stays as it is. The values that are
    `known`, by their names, are handed out without loading a module, and so are its `functions`: to call one
    loads the module. Packages cannot be deferred: their parts would not be found.
    """
    for name in names:
        if name not in sys.modules:
            sys.modules[name] = module = _Deferred(name)
            vars(module).update(known or {})
            vars(module).update({function: _called_later(module, function) for function in functions})
            parent, _, part = name.rpartition(".")
            if parent in sys.modules:  # as if it were loaded: `import a.b` leaves `b` in `a`
                setattr(sys.modules[parent], part, module)


def recall(names: Iterable[str]) -> None:
    """Forget what is known of deferred modules: whoever asks for any of it from now on loads the module."""
    for name in names:
        module = sys.modules.get(name)
        if isinstance(module, _Deferred):
            for known in [one for one in vars(module) if not one.startswith("__")]:
                delattr(module, known)


def is_loaded(name: str) -> bool:
    """Return whether a module is loaded, and not only deferred."""
    return name in sys.modules and not isinstance(sys.modules[name], _Deferred)


class _Deferred(ModuleType):
    """Stands for a module until something of it is asked for."""

    def __getattr__(self, attribute: str) -> object:
        if attribute == "__path__":  # which every import asks for: it is no package
            raise AttributeError(attribute)
        return getattr(_loaded(self), attribute)


def _called_later(module: ModuleType, function: str) -> Callable[..., object]:
    """Return what loads a module when it is called, and calls its function."""

    def call(*arguments: object, **options: object) -> object:
        value: object = getattr(_loaded(module), function)(*arguments, **options)
        return value

    return call


def _loaded(stand_in: ModuleType) -> ModuleType:
    """Load and return the module that `stand_in` stands for, and give `stand_in` all of its values.

    Who imported it before keeps `stand_in`, and need not come here again.
    """
    name = stand_in.__name__
    with _HANDING_OVER:  # of two threads that ask at once, one would take away what the other has loaded
        if sys.modules.get(name) is stand_in:  # else it is loaded, or a thread loads it and imports wait
            del sys.modules[name]
    module = import_module(name)
    vars(stand_in).update(vars(module))
    return module
