"""What a run is at: on a terminal shown where that takes longer than a second, and gone in the end.

With -vv the phases stay, with the time that each took, and so do the addresses that were asked.
"""

from __future__ import annotations

import sys
import threading
from contextlib import ExitStack, contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Final

from semverdiff.text import escape

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

    from rich.status import Status

    from semverdiff.cli.output import Console

__all__ = ["Progress"]

_PATIENCE: Final = 1.0
"""Seconds before anything is shown: most waits end sooner, and nobody reads a line that flashes by."""


_SECONDS_BETWEEN_COUNTS: Final = 30.0
"""Between two lines in a log that say how far a phase is."""

_MOST: Final = 2
"""The verbosity of -vv."""


class Progress:
    """The line on standard error that says what is waited for, unless that is no terminal, or with -q."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._phases: list[tuple[str, float]] = []
        self._open = ExitStack()
        self._is_shown = console.verbosity >= 0 and sys.stderr is not None and sys.stderr.isatty()
        self._has_color = console.error_color
        self._lock = threading.Lock()
        self._text = ""
        self._counted = monotonic()
        self._timer: threading.Timer | None = None
        self._status: Status | None = None

    def __enter__(self) -> Self:
        if self._console.verbosity >= _MOST:
            self._open.enter_context(_requests_shown(self._console))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, place: TracebackType | None
    ) -> None:
        with self._lock:
            self._is_shown = False
            if self._timer is not None:
                self._timer.cancel()
            if self._status is not None:
                self._status.stop()
        self._open.close()
        ends = [start for _, start in self._phases[1:]] + [monotonic()]
        for (text, start), end in zip(self._phases, ends, strict=False):  # of no phase there is no end
            self._console.mention(f"{end - start:7.3f} s  {text}", verbosity=_MOST)

    def tell(self, text: str) -> None:
        """Show what is waited for from now on."""
        with self._lock:
            self._phases.append((text, monotonic()))
            self._text = escape(text)
            if self._status is not None:
                self._status.update(self._text)
            elif self._is_shown and self._timer is None:
                self._timer = threading.Timer(_PATIENCE, self._show)
                self._timer.daemon = True
                self._timer.start()

    def count(self, text: str) -> None:
        """Show how far the phase is. Where that is no terminal, a line is written now and then."""
        with self._lock:
            self._text = escape(text)
            if self._status is not None:
                self._status.update(self._text)
            elif not self._is_shown and monotonic() - self._counted >= _SECONDS_BETWEEN_COUNTS:
                self._counted = monotonic()
                self._console.mention(text)

    def _show(self) -> None:
        from rich.console import Console as Screen  # noqa: PLC0415 (slow: only for who waits)
        from rich.status import Status  # noqa: PLC0415 (as above)

        with self._lock:
            if self._is_shown:
                screen = Screen(stderr=True, markup=False, no_color=not self._has_color)
                self._status = Status(self._text, console=screen)
                self._status.start()


@contextmanager
def _requests_shown(console: Console) -> Iterator[None]:
    """Let the client of HTTP say which addresses it asks, and how these answer."""
    import logging  # noqa: PLC0415 (slow: only for -vv)

    class Requests(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            console.mention(record.getMessage(), verbosity=_MOST)

    requests, handler = logging.getLogger("httpx"), Requests()
    level = requests.level
    requests.setLevel(logging.INFO)
    requests.addHandler(handler)
    try:
        yield
    finally:
        requests.removeHandler(handler)
        requests.setLevel(level)
