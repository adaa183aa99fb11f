"""The client of a difference: its line that breaks, and the whole program."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from semverdiff import clients

if TYPE_CHECKING:
    from semverdiff.api import Surface
    from semverdiff.clients.members import Members
    from semverdiff.clients.uses import Use
    from semverdiff.compare import Difference

__all__ = ["Client", "Writer"]


class Client(msgspec.Struct, frozen=True):
    """The code that breaks: its line, and the whole program. Without a program, `missing` says why."""

    line: str | None = None
    program: str | None = None
    missing: str | None = None


class Writer:
    """Writes clients of differences between two surfaces, and loads what that takes with the first."""

    def __init__(self, old: Surface, new: Surface) -> None:
        self._sides = old, new

    @cached_property
    def _members(self) -> Members:
        return clients.Members()

    def client(self, difference: Difference, use: Use) -> Client:
        """Return the client that uses the old version in this way."""
        return clients.client_of(difference, use, self._sides, self._members)
