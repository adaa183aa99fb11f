"""The names of shards, which become parts of paths and addresses."""

from __future__ import annotations

import re

from semverdiff import limits

__all__ = ["NAME_FORM", "is_shard_name"]

_NAME = r"[A-Za-z][A-Za-z0-9_.-]*"

NAME_FORM = "a letter, then letters, digits, '_', '.' and '-'"
"""What a name has to be, for messages."""


def is_shard_name(text: str) -> bool:
    """Return whether a shard may be called that."""
    return len(text) <= limits.NAME_CHARACTERS and re.fullmatch(_NAME, text) is not None
