"""The value that this room gives: what one difference means for clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from semverdiff.enums import StrEnum

if TYPE_CHECKING:
    from semverdiff.changes import Change, DependencyVersions, Excerpt, Position, Step
    from semverdiff.versions import Level

__all__ = ["Certainty", "Finding", "Suppression"]


class Certainty(StrEnum):
    """How sure a finding's level is.

    `ASSUMED`: the safe reading of something that this version cannot decide exactly.
    `UNDECIDED`: the meaning lies outside of what could be read.
    """

    PROVED = "proved"
    ASSUMED = "assumed"
    UNDECIDED = "undecided"


class Suppression(msgspec.Struct, frozen=True):
    """Why a finding does not count, and until when (a date or a version).

    `is_new` says that the change set under review brings it: somebody has to agree to it there.
    """

    reason: str
    until: str | None = None
    is_new: bool = False


class Finding(msgspec.Struct, frozen=True):
    """What one difference means for clients.

    The JSON report has every field but `trail`, `replacement`, `announced` and `title`, which is that of the
    rule.

    `dependency` is the package that brings what changed, where that is another one: if it was raised, the
    raise is the cause. `client` is the line of the client that breaks, `client_program` the whole client.
    `replacement` is the name that has taken the place of the symbol's, or for what moved the module that has
    it now. `announced` says whether a name that clients lose was deprecated before, `None` where none is.
    """

    rule: str
    level: Level
    certainty: Certainty
    symbol: str
    module: str
    position: Position | None
    message: str
    explanation: str | None
    client: str | None
    client_program: str | None
    old: Excerpt | None
    new: Excerpt | None
    fingerprint: str
    trail: tuple[Step, ...]
    change: Change
    dependency: DependencyVersions | None = None
    replacement: str | None = None
    announced: bool | None = None
    suppressed: Suppression | None = None
    title: str = ""
