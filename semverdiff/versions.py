"""How versions order and step: Semantic Versioning 2.0 behind a small `VersionScheme`."""

from __future__ import annotations

import enum

__all__ = ["Level"]


class Level(enum.IntEnum):
    """The size of a change or of a version step; larger is more."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def word(self) -> str:
        """The lower-case word of reports: `none`, `patch`, `minor`, `major`."""
        return self.name.lower()
