"""Where a difference stands: the owner of a member or parameter, on its way to a `Difference`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from semverdiff.compare.difference import Difference, Excerpt, Step
from semverdiff.compare.facts import Change, Fact, Subject

if TYPE_CHECKING:
    from semverdiff.compare.details import Detail
    from semverdiff.compare.facts import Condition, Position
    from semverdiff.syntax.nodes import Function, Metadata, Method, ObjectField, RecordField

__all__ = ["Place", "Spot"]


class Spot(msgspec.Struct, frozen=True):
    """The files of one declaration on both sides, and the modules in which its names are looked up."""

    module: str
    old_file: str
    new_file: str


class Place(msgspec.Struct, frozen=True):
    """A symbol that both sides have: whose members, parameters or qualifiers are being compared.

    `subject` is the first part of rule ids, `symbol` the name as a client reads it, `trail` the way to
    it. `position` and `conditions` are those of the contract's conditions. `declared` is the old function,
    method or field that stands there, also for what is below it.
    """

    spot: Spot
    subject: str
    symbol: str
    trail: tuple[Step, ...]
    position: Position | None = None
    conditions: frozenset[Condition] = frozenset()
    declared: Function | Method | ObjectField | RecordField | None = None

    @property
    def module(self) -> str:
        """Return the module's full name."""
        return self.spot.module

    def below(self, subject: str, symbol: str, step: Step) -> Place:
        """Return the place of a part: one step further on the same trail."""
        return replace(self, subject=subject, symbol=symbol, trail=(*self.trail, step))

    def in_files(self, old_file: str | None, new_file: str | None) -> Place:
        """Return the place with the files that a part stands in; `None`: the file of the whole."""
        if old_file is None and new_file is None:
            return self
        spot = Spot(self.spot.module, old_file or self.spot.old_file, new_file or self.spot.new_file)
        return replace(self, spot=spot)

    def old_excerpt(self, text: str, metadata: Metadata) -> Excerpt:
        """Quote the old side."""
        return Excerpt(text, self.spot.old_file, metadata.location.line, metadata.location.column)

    def new_excerpt(self, text: str, metadata: Metadata) -> Excerpt:
        """Quote the new side."""
        return Excerpt(text, self.spot.new_file, metadata.location.line, metadata.location.column)

    def differs(
        self,
        fact: str,
        before: Excerpt | None,
        after: Excerpt | None,
        detail: Detail | None = None,
        *,
        undecided: str | None = None,
    ) -> Difference:
        """State a fact about this symbol. An excerpt on one side only means added or removed."""
        change = Change.ADDED if before is None else Change.REMOVED if after is None else Change.MODIFIED
        return Difference(
            subject=Subject(self.subject),
            fact=Fact(fact),
            symbol=self.symbol,
            module=self.module,
            trail=self.trail,
            change=change,
            old=before,
            new=after,
            position=self.position,
            conditions=self.conditions,
            detail=detail,
            declared=self.declared,
            undecided=undecided,
        )
