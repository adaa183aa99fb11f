"""Why there is no client of a difference: the message is what the report says."""

from __future__ import annotations

__all__ = ["NotWritableError", "OpaqueError", "TooDeepError", "TooLargeError", "TooLongError"]


class NotWritableError(Exception):
    """No client can be written, or none that anybody would read; the message says why, as a clause."""


class TooLongError(NotWritableError):
    """Nobody would read the client to its end, whichever of its values are left out."""

    def __init__(self) -> None:
        super().__init__("the client would be too long to be read")


class TooDeepError(NotWritableError):
    """Too much is begun in the client, each for the sake of what was begun before; elsewhere it may do."""

    def __init__(self, reason: str = "its values are nested too deeply to be written out") -> None:
        super().__init__(reason)


class TooLargeError(NotWritableError):
    """Nobody would read a type that is spelled out."""

    def __init__(self) -> None:
        super().__init__("the type is too large to be written out")


class OpaqueError(NotWritableError):
    """A type has members that are not known."""

    def __init__(self) -> None:
        super().__init__("a type of another package is included that was not read")
