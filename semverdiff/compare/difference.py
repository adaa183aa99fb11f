"""The value that `compare` gives: one difference between two surfaces, without an opinion.

A `Difference` names a fact and its subject as the compatibility contract does; together they are
the id of the rule that judges it (`record-field` + `removed`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from semverdiff.compare.changes import Change, Position
    from semverdiff.compare.details import Detail
    from semverdiff.compare.facts import Condition, Fact, Subject
    from semverdiff.syntax.nodes import Function, Method, ObjectField, RecordField

    Used = Function | Method | ObjectField | RecordField

__all__ = ["DependencyVersions", "Difference", "Excerpt", "Step", "UnreadInclusions"]


class Excerpt(msgspec.Struct, frozen=True):
    """A piece of source: its text (one line, canonical white space) and where it stands.

    `file` is relative to the package; `line` and `column` count from 1, the column in characters.
    """

    text: str
    file: str
    line: int
    column: int


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


class UnreadInclusions(msgspec.Struct, frozen=True):
    """What is not known of included types that were not read: `why`, and what makes them available.

    `dependency` is the package that they come from, if it is one.
    """

    why: str
    dependency: DependencyVersions | None


class Step(msgspec.Struct, frozen=True):
    """One level of nesting on the way to a changed thing: `record 'Order'`, `field 'id'`.

    `kind` is a word for people (`function`, `parameter`, `enum member`), of `facts.Kind` where Ballerina is
    compared: reports only print it, whatever words another language has for its declarations.
    """

    kind: str
    name: str


class Difference(msgspec.Struct, frozen=True):
    """One fact about one symbol.

    `symbol` is the name as a client reads it in `module`, which has its full name: `Order.id`,
    `createOrder(items)`, `Client[get orders]`, `(module)`, `(package)`. `trail` leads from the declaration to
    the thing that changed. `old` and `new` quote what changed, where a side has it.
    `position` and `conditions` are the circumstances on which the level may depend. `declared` is the old
    member or function that the fact is about, or whose parameter or result it is about: what client code
    is written from. `dependency` is the package that brings what changed, where that is another one; if it
    was raised, that is the cause. `undecided` says what could not be told apart (two types that differ, say),
    `None` if the fact is certain; with `is_unread` nothing is known but that something may have changed.
    `announced` says whether a name that clients lose was deprecated in the old version, `None` where none is.
    """

    subject: Subject
    fact: Fact
    symbol: str
    module: str
    trail: tuple[Step, ...]
    change: Change
    old: Excerpt | None = None
    new: Excerpt | None = None
    position: Position | None = None
    conditions: frozenset[Condition] = frozenset()
    detail: Detail | None = None
    declared: Used | None = None
    dependency: DependencyVersions | None = None
    undecided: str | None = None
    is_unread: bool = False
    announced: bool | None = None

    @property
    def rule(self) -> str:
        """Return the id of the rule that judges this difference."""
        return f"{self.subject}-{self.fact}"
