"""The corpus of type relations, and a reader for the complement `!T`, which the language does not have."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from semverdiff.types.module_types import Questions
from semverdiff.types.semantic.lowering import Lowering

if TYPE_CHECKING:
    from pathlib import Path

    from semverdiff.syntax.nodes import TypeDescriptor
    from semverdiff.types.equality import Type
    from semverdiff.types.semantic.parts import SemType
    from semverdiff.types.walk import Walk

__all__ = ["Case", "ComplementLowering", "cases", "questions"]


class Case(msgspec.Struct, frozen=True):
    """What two types of a module are known to be to each other."""

    source: str
    declarations: str
    left: str
    right: str
    symbol: str

    @property
    def has_complement(self) -> bool:
        return "!" in self.declarations


def cases(shared: Path) -> list[Case]:
    """Read the corpus."""
    entries = json.loads((shared / "cases/types/relations.json").read_text())
    return [
        Case(entry["source"], entry["decls"], entry["left"], entry["right"], entry["relation"])
        for entry in entries
    ]


class ComplementLowering(Lowering):
    """Takes `distinct T` for "everything but T"."""

    def distinct(self, term: Type, member: TypeDescriptor) -> Walk[SemType]:
        held = yield self.lower(term.with_descriptor(member))
        return self.universe.difference(self.universe.top, held)


def questions(declarations: str) -> Questions:
    """Return the questions of a module, with `!T` where there is one."""
    if "!" not in declarations:
        return Questions(declarations)
    assert "distinct" not in declarations
    return Questions(declarations.replace("!", " distinct "), ComplementLowering)
