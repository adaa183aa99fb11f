"""The key of a judgement: equal keys have equal results, whenever and wherever they were computed."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from semverdiff.audit.codec import encode
from semverdiff.audit.model import Task  # noqa: TC001 (type of a parameter)

if TYPE_CHECKING:
    from semverdiff.releases import Release

__all__ = ["key_of"]

_FORMAT: Final = 1
"""Counts up when what is stored with a key changes."""


def key_of(task: Task) -> bytes:
    """Return the key of a task: of what both releases hold and are called, the program and the settings.

    Where a release lies does not count, only of which kind the place is: dependencies are looked for where
    the release before is from. The limits do not count either: what exceeded them is tried again with others.
    """
    transition = task.transition
    parts: list[object] = [
        _FORMAT,
        task.tool,
        task.dependencies,
        task.offline,
        transition.organization,
        transition.name,
        _identity(transition.before),
        _identity(transition.release),
    ]
    return sha256(encode(parts)).digest()


def _identity(release: Release | None) -> tuple[str, str, str] | None:
    if release is None:
        return None
    return type(release.source).__name__, release.version, release.digest
