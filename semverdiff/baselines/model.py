"""What was found to compare with: the baseline with its reason, and what is known about releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from semverdiff.artifact import Artifact

__all__ = ["Baseline"]


class Baseline(msgspec.Struct, frozen=True):
    """What the candidate is compared with.

    `package` is None for a first release, and where none was wanted; `reason` is half a sentence for the
    report (`highest published version not above 1.4.0`). `published` holds the versions that are
    known to be published, lowest first, `tagged` those that tags name where the closest of them was wanted.
    `candidate_is_published` says that the candidate's own version is
    among them. `former_name` is that of the package that the candidate's directory held before, where it
    was another. `doubt` says why something may be published although none was found. `notes` are sentences
    about what was skipped, refused or not verified on the way.
    """

    package: Artifact | None
    reason: str
    published: tuple[str, ...] = ()
    tagged: tuple[str, ...] = ()
    candidate_is_published: bool = False
    is_wanted: bool = True
    former_name: str | None = None
    doubt: str | None = None
    notes: tuple[str, ...] = ()
