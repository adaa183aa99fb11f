"""What every report shows of a change, in whatever language: what happened, where, to what, how it is met."""

from __future__ import annotations

import msgspec

from semverdiff.enums import StrEnum

__all__ = ["Change", "DependencyVersions", "Excerpt", "Position", "Step"]


class Change(StrEnum):
    """What happened to the last step of a difference's trail."""

    ADDED = "added"
    REMOVED = "removed"
    MODIFIED = "modified"


class Position(StrEnum):
    """How values of a public type cross the package boundary, seen from the package."""

    IN = "in"
    OUT = "out"
    BOTH = "both"


class Excerpt(msgspec.Struct, frozen=True):
    """A piece of source: its text (one line, canonical white space) and where it stands.

    `file` is relative to the package; `line` and `column` count from 1, the column in characters. Both are
    `None` where what was compiled is all there is: its file has no lines.
    """

    text: str
    file: str
    line: int | None
    column: int | None


class DependencyVersions(msgspec.Struct, frozen=True):
    """Another package that something comes from, with its versions in the old and the new build.

    A side that was not built with the package has no version of it, nor one that nobody knows. `met_in` is
    the first declaration through which clients meet a type of the package that changed.
    """

    package: str
    old: str | None
    new: str | None
    met_in: str | None = None

    @property
    def is_raised(self) -> bool:
        """Return whether the sides were built with different versions."""
        return self.old != self.new

    def __str__(self) -> str:
        """Return package and versions as sentences name them: `acme/money, 1.0.0 -> 1.1.0`."""
        if self.old is None or self.new is None or self.old == self.new:
            version = self.new or self.old
            return self.package if version is None else f"{self.package} {version}"
        return f"{self.package}, {self.old} -> {self.new}"


class Step(msgspec.Struct, frozen=True):
    """One level of nesting on the way to a changed thing: `record 'Order'`, `field 'id'`.

    `kind` is a word for people (`function`, `parameter`, `enum member`): reports only print it, whatever
    words a language has for its declarations.
    """

    kind: str
    name: str
