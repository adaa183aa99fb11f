"""Values as JSON, also where a path holds bytes that are no text.

Python keeps such a byte as half of a character, which no encoding has: JSON has a way to write it, that the
standard library knows and a faster one does not.
"""

from __future__ import annotations

import json
from typing import TypeVar

import msgspec

__all__ = ["decode", "encode", "storable"]

_Value = TypeVar("_Value")


def encode(value: msgspec.Struct | list[object]) -> bytes:
    """Return a value as JSON."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value)).encode()


def decode(content: bytes | str, kind: type[_Value]) -> _Value:
    """Return the value of a kind that JSON stands for."""
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.DecodeError:
        return msgspec.convert(json.loads(content), kind)


def storable(text: str) -> str:
    """Return a text that a database and a table can hold: what is no character is shown by its number."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
