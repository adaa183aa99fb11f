"""What did the user type? Arguments and environment in, an exit code out. The only room with effects."""

import gc
import os
import sys
from importlib import import_module

from semverdiff import lazy, module_finder

__all__ = ["main"]

_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000
_INTERRUPTED = 130  # 128 + SIGINT, as shells report it
# What click, msgspec, `pathlib` and `zipfile` import, and next to no run uses: a seventh of a start.
_SELDOM_USED = (
    "bz2",
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

# Packages of nothing but Python, of which a run loads many modules.
_OF_MANY_MODULES = ("click", "semverdiff")


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


def main() -> None:
    """Run the program with the arguments of this process, and leave with its exit code."""
    # Loading and comparing make many objects and next to no garbage: looking for it costs a sixteenth of a
    # short run, a tenth of a long one, and frees nothing.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        module_finder.install(_OF_MANY_MODULES)
        lazy.defer(_SELDOM_USED)
        if hasattr(os, "uname"):  # pragma: no branch (another system)
            # All that `uuid` asks for, which msgspec loads.
            lazy.defer(("platform",), {"system": lambda: os.uname().sysname})
        _load_msgspec()
        # Loading takes longest, and so is interrupted most often.
        from semverdiff.cli.program import run  # noqa: PLC0415 (inside, so that an interrupt is met)

        exit_code = run(sys.argv[1:])
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        exit_code = _INTERRUPTED
    # As it ends, the interpreter looks for garbage among all that was loaded, and finds next to none: a tenth
    # of a short run, unless what is there is declared to stay.
    gc.freeze()
    sys.exit(exit_code)
