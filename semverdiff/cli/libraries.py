"""The libraries of the program, loaded without what next to no run uses of them: a fifth of a start.

All of this is for programs only: the process as a whole sees it. `import semverdiff` does none of it. Where
another program calls `semverdiff.cli.main` and has not loaded msgspec before, msgspec takes no values of
`decimal.Decimal` and `uuid.UUID` from then on: it looks their classes up only once, when it is loaded.
"""

from __future__ import annotations

import _thread
import sys
import typing
import urllib  # so that it has `parse`, whoever asks for that
from importlib import import_module
from typing import TYPE_CHECKING

from semverdiff import lazy, module_finder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["run_program"]

# Packages of which a run loads many modules, next to all of them written in Python.
_OF_MANY_MODULES = ("click", "semverdiff")

# What click, msgspec, `pathlib` and `zipfile` import, and next to no run uses.
_SELDOM_USED = (
    "bz2",
    "fnmatch",
    "importlib.util",
    "inspect",
    "ipaddress",
    "lzma",
    "msgspec.inspect",
    "msgspec.toml",
    "msgspec.yaml",
    "ntpath",
    "shutil",
    "textwrap",
)

# Msgspec and click ask them for classes as they are loaded, to know values of these classes. No report, no
# cache and no parameter has such a value.
_OF_CLASSES = ("decimal", "uuid")


def run_program(arguments: Sequence[str]) -> int:
    """Load the program with what every run needs and little of the rest, run it, and return its exit code."""
    vars(typing)["compile"] = _text_of
    try:
        return _load_program()(arguments)
    finally:
        # Whoever called the program reads annotations as ever: a text that is no expression is refused at
        # once.
        vars(typing).pop("compile", None)


def _load_program() -> Callable[[Sequence[str]], int]:
    """Return what runs the program."""
    module_finder.install(_OF_MANY_MODULES)
    lazy.defer(_SELDOM_USED)
    lazy.defer(("gettext",), functions=("gettext", "ngettext"))  # of click, for messages
    lazy.defer((f"{urllib.__name__}.parse",), functions=("quote_from_bytes",))  # of `pathlib`, for addresses
    lazy.defer(("threading",), _without_threads())
    lazy.defer(("datetime",), _dates())
    lazy.defer(_OF_CLASSES, {"Decimal": _Absent, "UUID": _Absent, "SafeUUID": _Absent})
    _load_msgspec()
    import_module("click")
    lazy.recall(_OF_CLASSES)  # from now on whoever asks for these classes gets them
    run: Callable[[Sequence[str]], int] = import_module("semverdiff.cli.program").run
    return run


def _without_threads() -> dict[str, object]:
    """Return what a process of one thread needs of `threading`, without loading it.

    That is what click and `zipfile` ask for, and what the interpreter calls as it ends.
    """
    return {
        "Lock": _thread.allocate_lock,
        "RLock": _thread.RLock,
        "local": _thread._local,  # noqa: SLF001 (as `threading` has it)
        "_shutdown": lambda: None,  # waits for threads
    }


def _dates() -> dict[str, object]:
    """Return all of `datetime` as it is written in C.

    Python 3.11 loads the same in Python first, and then replaces it.
    """
    return {
        name: value for name, value in vars(import_module("_datetime")).items() if not name.startswith("__")
    }


def _text_of(text: str, *_: object) -> str:
    """Return the text of an annotation in quotes, for `typing`, which would compile it.

    `eval` takes text as well, so that its meaning stays the same. The first text that is compiled makes
    Python define the classes of syntax trees, two hundred of them: that takes as long as all of msgspec.
    Click, httpx and rich have such annotations, and next to no run asks for their meaning.
    """
    return text


def _load_msgspec() -> None:
    """Load msgspec without `typing_extensions`, which it prefers where another package brought it.

    That takes longer to load than msgspec, and what msgspec uses of it is in `typing` since Python 3.11.
    """
    name = "typing_extensions"
    if name not in sys.modules:
        sys.modules.update({name: None})  # type: ignore[dict-item]  # so that to import it fails
        try:
            import_module("msgspec")
        finally:
            del sys.modules[name]


class _Absent:
    """Stands for a class of which the program has no value."""

    unknown = None  # as `uuid.SafeUUID` has it
