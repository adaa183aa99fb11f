"""What does this file declare? Bytes in, declarations and type descriptors out; nothing is resolved."""

from typing import TYPE_CHECKING

from semverdiff import lazy

if TYPE_CHECKING:
    from semverdiff.syntax.bodies import native_bindings, same_body
    from semverdiff.syntax.declarations import read_declaration
    from semverdiff.syntax.descriptors import BrokenSyntaxError
    from semverdiff.syntax.heads import Head, head
    from semverdiff.syntax.outlines import Damage, Item, Outline, outline
    from semverdiff.syntax.queries import Highlight, highlights
    from semverdiff.syntax.spelling import spelled

__all__ = [
    "BrokenSyntaxError",
    "Damage",
    "Head",
    "Highlight",
    "Item",
    "Outline",
    "head",
    "highlights",
    "native_bindings",
    "outline",
    "read_declaration",
    "same_body",
    "spelled",
]

_HOMES = {
    "BrokenSyntaxError": "descriptors",
    "Damage": "outlines",
    "Head": "heads",
    "Highlight": "queries",
    "Item": "outlines",
    "Outline": "outlines",
    "head": "heads",
    "highlights": "queries",
    "native_bindings": "bodies",
    "outline": "outlines",
    "read_declaration": "declarations",
    "same_body": "bodies",
    "spelled": "spelling",
}

if not TYPE_CHECKING:  # a checker would take every misspelt name for one that is loaded here
    __getattr__, __dir__ = lazy.attach(__name__, _HOMES)
