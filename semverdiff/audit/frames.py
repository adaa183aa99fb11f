"""How two processes talk over a pipe: each message is its length and its bytes."""

from __future__ import annotations

from typing import IO, Final

__all__ = ["read_frame", "write_frame"]

_LENGTH_BYTES: Final = 8


def write_frame(pipe: IO[bytes], message: bytes) -> None:
    """Write a message. Raise `OSError` where nobody reads it any more."""
    pipe.write(len(message).to_bytes(_LENGTH_BYTES))
    pipe.write(message)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """Return the next message, None where the other process ended or writes no more, also within one."""
    head = pipe.read(_LENGTH_BYTES)
    if len(head) < _LENGTH_BYTES:
        return None
    size = int.from_bytes(head)
    message = pipe.read(size)
    return message if len(message) == size else None
