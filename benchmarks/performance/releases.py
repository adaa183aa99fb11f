"""Pairs of releases of public packages, written out of their repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from sources import find_repository, folder_at

from performance.packages import Sides

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["GITHUB", "HTTP", "KAFKA", "ReleasePair"]


class ReleasePair(msgspec.Struct, frozen=True):
    """Two releases of a package, which lies in the folder `ballerina` of a repository."""

    repository: str
    package: str
    old: str
    new: str

    @property
    def name(self) -> str:
        """Name the pair."""
        return f"{self.package} {self.old} -> {self.new}"

    def is_in(self, repositories: Path | None) -> bool:
        """Return whether the repository of the pair is among these."""
        return repositories is not None and find_repository(repositories, self.repository) is not None

    def write(self, repositories: Path, folder: Path) -> Sides:
        """Write both releases below a folder, unless they are there, and return where."""
        place = find_repository(repositories, self.repository)
        if place is None:
            raise FileNotFoundError(repositories / self.repository)
        sides = Sides(folder / self.package / self.old, folder / self.package / self.new)
        for side, version in ((sides.old, self.old), (sides.new, self.new)):
            if side.exists():
                continue
            for source in folder_at(place, f"v{version}", "ballerina"):
                file = side / source.place
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(source.content)
        return sides


KAFKA = ReleasePair("module-ballerinax-kafka", "kafka", "4.5.0", "4.6.0")
HTTP = ReleasePair("module-ballerina-http", "http", "2.8.9", "2.9.0")
GITHUB = ReleasePair("module-ballerinax-github", "github", "5.1.0", "6.0.0")
