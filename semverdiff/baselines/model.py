"""The answer of this room: the published side, and why it was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from semverdiff.packages import Package

__all__ = ["Baseline"]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the candidate is compared with.

    `package` is `None` for a first release and where no baseline was wanted; `reason` is half a sentence
    for the report (`highest published version not above 1.4.0`). `published` holds the versions that are
    known to be published, lowest first. `candidate_is_published` says that the candidate's own version is
    among them. `notes` are sentences about what was skipped, refused or not verified on the way.
    """

    package: Package | None
    reason: str
    published: tuple[str, ...] = ()
    candidate_is_published: bool = False
    notes: tuple[str, ...] = ()
