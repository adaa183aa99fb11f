"""The libraries of the program, loaded without what next to no run uses of them: a fifth of a start.

All of this is for programs only: the process as a whole sees it.
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

__all__ = ["load_program"]

# Packages of nothing but Python, of which a run loads many modules.
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

# Their classes are what msgspec and click know types by that no report, cache or parameter has.
_OF_TYPES = ("decimal", "uuid")


def load_program() -> Callable[[Sequence[str]], int]:
    """Return what runs the program. It is loaded with what every run needs, and little of the rest."""
    module_finder.install(_OF_MANY_MODULES)
    lazy.defer(_SELDOM_USED)
    lazy.defer(("gettext",), functions=("gettext", "ngettext"))  # of click, for messages
    lazy.defer((f"{urllib.__name__}.parse",), functions=("quote_from_bytes",))  # of `pathlib`, for addresses
    lazy.defer(("threading",), _without_threads())
    lazy.defer(("datetime",), _dates())
    lazy.defer(_OF_TYPES, {"Decimal": _Absent, "UUID": _Absent, "SafeUUID": _Absent})
    _take_annotations_as_text()
    _load_msgspec()
    import_module("click")
    lazy.recall(_OF_TYPES)
    run: Callable[[Sequence[str]], int] = import_module("semverdiff.cli.program").run
    return run


def _without_threads() -> dict[str, object]:
    """Return all that click and `zipfile` ask `threading` for, and what the interpreter does as it ends."""
    return {
        "Lock": _thread.allocate_lock,
        "RLock": _thread.RLock,
        "local": _thread._local,  # noqa: SLF001 (as `threading` has it)
        "_shutdown": lambda: None,  # waits for threads
    }


def _dates() -> dict[str, object]:
    """Return all of `datetime`, which is written twice until Python 3.11: in Python first, and then in C."""
    return {
        name: value for name, value in vars(import_module("_datetime")).items() if not name.startswith("__")
    }


def _take_annotations_as_text() -> None:
    """Let `typing` keep the text of an annotation in quotes, and compile it when it is asked for its meaning.

    The first text that is compiled makes Python define the classes of syntax trees, two hundred of them:
    that takes as long as all of msgspec. Click has such annotations, and no run asks for their meaning.
    """
    vars(typing)["compile"] = lambda text, *_: text


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
    """Stands for a class of which there is no value."""

    unknown = None  # as `uuid.SafeUUID` has it
