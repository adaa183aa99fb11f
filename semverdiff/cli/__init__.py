"""What did the user type? Arguments and environment in, an exit code out. The only room with effects."""

import gc
import sys

__all__ = ["main"]

_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000
_INTERRUPTED = 130  # 128 + SIGINT, as shells report it


def main() -> None:
    """Run the program with the arguments of this process, and leave with its exit code.

    For processes that are this program: it changes which modules of Python and msgspec are loaded, and when.
    """
    # Loading and comparing make many objects and next to no garbage: looking for it costs a sixteenth of a
    # short run, a tenth of a long one, and frees nothing.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        # Inside, so that an interrupt is met: loading takes longest, and so is interrupted most often.
        from semverdiff.cli import libraries  # noqa: PLC0415 (as said)

        exit_code = libraries.run_program(sys.argv[1:])
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        exit_code = _INTERRUPTED
    # As it ends, the interpreter looks for garbage among all that was loaded, and finds next to none: a tenth
    # of a short run, unless what is there is declared to stay.
    gc.freeze()
    sys.exit(exit_code)
