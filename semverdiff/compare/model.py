"""The value that `compare` gives: one difference between two surfaces, without an opinion.

A `Difference` names a fact and its subject as the compatibility contract does; together they are
the id of the rule that judges it (`record-field` + `removed`).
"""

from __future__ import annotations

import msgspec

from semverdiff.compare.facts import Change, Position  # noqa: TC001 (msgspec and hypothesis read the types)

__all__ = ["Difference", "Excerpt", "Step"]


class Excerpt(msgspec.Struct, frozen=True):
    """A piece of source: its text (one line, canonical white space) and where it stands.

    `file` is relative to the package; `line` and `column` count from 1, the column in characters.
    """

    text: str
    file: str
    line: int
    column: int


class Step(msgspec.Struct, frozen=True):
    """One level of nesting on the way to a changed thing: `record 'Order'`, `field 'id'`.

    `kind` is a word for people (`function`, `remote function`, `parameter`, `field`, `enum member`).
    """

    kind: str
    name: str


class Difference(msgspec.Struct, frozen=True):
    """One fact about one symbol.

    `symbol` and `module` are written as the architecture's section on names says; `trail` leads from
    the declaration to the thing that changed. `conditions` are the contexts that hold, in the words
    of the contract's conditions (`sealed`, `open class`, `open object type`, plain sentences).
    `details` feeds the placeholders of messages and client code: `name`, `owner`, `old`, `new`, ...
    `undecidable` says what could not be told apart (two types that differ, say), `None` if the fact
    is certain.
    """

    subject: str
    fact: str
    symbol: str
    module: str
    trail: tuple[Step, ...]
    change: Change
    old: Excerpt | None = None
    new: Excerpt | None = None
    position: Position | None = None
    conditions: frozenset[str] = frozenset()
    details: tuple[tuple[str, str], ...] = ()
    undecidable: str | None = None

    @property
    def rule(self) -> str:
        """The id of the rule that judges this difference."""
        return f"{self.subject}-{self.fact}"
