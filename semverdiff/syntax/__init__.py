"""What does this file declare? Bytes in, declarations and type descriptors out; nothing is resolved."""

from semverdiff.syntax.declarations import read_declaration
from semverdiff.syntax.descriptors import BrokenSyntaxError
from semverdiff.syntax.outline import Damage, Item, Outline, outline
from semverdiff.syntax.tree import same_body

__all__ = ["BrokenSyntaxError", "Damage", "Item", "Outline", "outline", "read_declaration", "same_body"]
