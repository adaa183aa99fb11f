"""The subtype relation under its former names."""

from semverdiff.types.subtyping import Operand as Side
from semverdiff.types.subtyping import Subtyping as Relations

__all__ = ["Relations", "Side"]
