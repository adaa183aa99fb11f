"""What a rule about publishing answers about one place of a package: a problem, or that it is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from semverdiff.artifact import ManifestPlace

__all__ = ["Problem", "Unknown"]


class Problem(msgspec.Struct, frozen=True):
    """One place where a rule does not hold; `prints` is what `bal` says there, empty for nothing."""

    message: str
    place: ManifestPlace | None = None
    prints: str = ""


class Unknown(msgspec.Struct, frozen=True):
    """Why a question about a package has no answer: half a sentence."""

    why: str
