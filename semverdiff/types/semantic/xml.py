"""Sets of xml values: which single items, and which sequences of two items or more.

SPEC, XML type: `xml<T>` holds the concatenations of items of T. Two adjacent texts are one text, so
`xml:Text` is closed under concatenation and holds the empty sequence; a single element is a value of
`xml:Element`, two are a value of `xml<xml:Element>` only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from semverdiff.types.semantic.diagrams import Diagram, Diagrams

__all__ = [
    "COMMENT",
    "ELEMENT",
    "EMPTY",
    "EVERY_ITEM",
    "INSTRUCTION",
    "READONLY_ITEMS",
    "TEXT",
    "XmlSet",
    "holds_sequences",
    "sequences_of",
]

EMPTY: Final = 1
TEXT: Final = 2
# Items that can be changed come in two sorts, of which the first is read-only.
ELEMENT: Final = 4 | 8
INSTRUCTION: Final = 16 | 32
COMMENT: Final = 64 | 128
EVERY_ITEM: Final = 255
READONLY_ITEMS: Final = EMPTY | TEXT | 4 | 16 | 64


class XmlSet(msgspec.Struct, frozen=True, gc=False):
    """The items as bits, and a formula over atoms that are bits, too.

    The atom `b` holds the sequences of two or more items all of which are in `b`.
    """

    items: int
    sequences: Diagram


def sequences_of(diagrams: Diagrams, items: int) -> XmlSet:
    """Return `xml<T>`, where T has these items."""
    items |= EMPTY
    solid = items & ~EMPTY
    if solid & ~TEXT == 0:
        return XmlSet(items, False)
    return XmlSet(items, True if items == EVERY_ITEM else diagrams.atom(solid))


def holds_sequences(diagrams: Diagrams, sequences: Diagram) -> bool:
    """Return whether there is a sequence of two or more items in a set of them."""
    for positive, negative in diagrams.clauses(sequences):
        items = EVERY_ITEM & ~EMPTY
        for atom in positive:
            items &= atom
        # Texts alone never make a sequence, and one item outside of `no` is enough to avoid it.
        if items & ~TEXT and all(items & ~no for no in negative):
            return True
    return False
