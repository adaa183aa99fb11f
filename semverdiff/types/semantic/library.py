"""Types of the language library whose values no declaration could describe (`int:Signed32`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.types.semantic.basic import INT, REGEXP, STRING, XML
from semverdiff.types.semantic.literals import LiteralSet, StringSet
from semverdiff.types.semantic.xml import COMMENT, ELEMENT, EMPTY, INSTRUCTION, TEXT, XmlSet

if TYPE_CHECKING:
    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.integers import Range
    from semverdiff.types.semantic.parts import SemType

__all__ = ["BYTE", "library_type"]

BYTE: Final[Range] = (0, 255)
_INTEGERS: Final[dict[str, Range]] = {
    "Signed8": (-(2**7), 2**7 - 1),
    "Signed16": (-(2**15), 2**15 - 1),
    "Signed32": (-(2**31), 2**31 - 1),
    "Unsigned8": BYTE,
    "Unsigned16": (0, 2**16 - 1),
    "Unsigned32": (0, 2**32 - 1),
}
_XML_ITEMS: Final[dict[str, int]] = {
    "Element": ELEMENT,
    "ProcessingInstruction": INSTRUCTION,
    "Comment": COMMENT,
    # SPEC, XML: a text may be empty, which is the empty sequence.
    "Text": TEXT | EMPTY,
}
_CHARACTERS: Final = StringSet(LiteralSet(frozenset(), excluded=True), LiteralSet(frozenset()))


def library_type(universe: Universe, module: str, name: str) -> SemType | None:
    """Return a type of a language library module (`ballerina/lang.int`); `None` if it is not known."""
    match module.removeprefix("ballerina/"), name:
        case "lang.int", _ if name in _INTEGERS:
            return universe.part(INT, (_INTEGERS[name],))
        case "lang.string", "Char":
            return universe.part(STRING, _CHARACTERS)
        case "lang.xml", _ if name in _XML_ITEMS:
            return universe.part(XML, XmlSet(_XML_ITEMS[name], False))
        case (("lang.string" | "lang.regexp"), "RegExp"):
            return universe.type(1 << REGEXP)
    return None
