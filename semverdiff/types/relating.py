"""The subtype relation under its former module name."""

from semverdiff.types.subtyping import Relations, Side

__all__ = ["Relations", "Side"]
