"""The value that `compare` gives: one difference between two surfaces, without an opinion.

A `Difference` names a fact and its subject as the compatibility contract does; together they are
the id of the rule that judges it (`record-field` + `removed`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from semverdiff.changes import Change, DependencyVersions, Excerpt, Position, Step
    from semverdiff.compare.details import Detail
    from semverdiff.compare.facts import Condition, Fact, Subject
    from semverdiff.syntax.nodes import Function, Method, ObjectField, RecordField

    Used = Function | Method | ObjectField | RecordField

__all__ = ["Difference", "UnreadInclusions"]


class UnreadInclusions(msgspec.Struct, frozen=True):
    """What is not known of included types that were not read: `why`, and what makes them available.

    `dependency` is the package that they come from, if it is one.
    """

    why: str
    dependency: DependencyVersions | None


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
        return _rule_id(self.subject, self.fact)


@cache  # a few hundred, which thousands of differences have between them
def _rule_id(subject: Subject, fact: Fact) -> str:
    return f"{subject.value}-{fact.value}"
