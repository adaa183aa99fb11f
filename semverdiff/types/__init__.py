"""Is every old value still a new value? Two resolved type descriptors in, a relation out."""

from semverdiff.types.equality import Anchor, Term, equal, exchanged

__all__ = ["Anchor", "Term", "equal", "exchanged"]
