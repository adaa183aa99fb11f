"""What did the user type? Arguments and environment in, an exit code out. The only room with effects."""

import gc
import os
import sys

from semverdiff import lazy

TYPE_CHECKING = False  # as `typing` has it, which the program loads later
if TYPE_CHECKING:
    from typing import NoReturn

__all__ = ["main", "script"]

_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000
_INTERRUPTED = 130  # 128 + SIGINT, as shells report it


def main() -> "NoReturn":
    """Run the program with the arguments of this process, and leave with its exit code.

    For processes that are this program: it changes which modules of Python and msgspec are loaded, and when.
    """
    _leave(_exit_code())


def script() -> "NoReturn":
    """Be the process that a console script has started: as `main`, but that nothing runs after it.

    To take the interpreter down in good order is a thirtieth of a short run, and the system takes back all
    that a process has.
    """
    exit_code = _exit_code()
    if _is_flushed() and not _is_awaited():
        os._exit(exit_code)  # pragma: no cover (what measures coverage waits for the end)
    _leave(exit_code)


def _exit_code() -> int:
    # Loading and comparing make many objects and next to no garbage: looking for it costs a sixteenth of a
    # short run, a tenth of a long one, and frees nothing.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        # Inside, so that an interrupt is met: loading takes longest, and so is interrupted most often.
        from semverdiff.cli import libraries  # noqa: PLC0415 (as said)

        return libraries.run_program(sys.argv[1:])
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return _INTERRUPTED


def _is_awaited() -> bool:
    """Return whether anything waits for the interpreter to end: a function, a thread, or a tool.

    Functions are registered with `atexit`; a debugger or a profiler that runs a script has called it.
    """
    caller = sys._getframe(2)  # noqa: SLF001 (documented; of CPython alone, as is the extension)
    return "atexit" in sys.modules or lazy.is_loaded("threading") or caller.f_back is not None


def _is_flushed() -> bool:
    """Write what the standard streams still hold, and return whether all of it is written."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # the user may have closed it (`>&-`)
                stream.flush()
    except (OSError, ValueError):
        return False  # the interpreter has a word and an exit code of its own for that
    return True


def _leave(exit_code: int) -> "NoReturn":
    # As it ends, the interpreter looks for garbage among all that was loaded, and finds next to none: a tenth
    # of a short run, unless what is there is declared to stay.
    gc.freeze()
    sys.exit(exit_code)
