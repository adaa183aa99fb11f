"""What is different? Two surfaces in, differences out; no opinion about versions."""

from semverdiff.compare.model import Change, Difference, Excerpt, Position, Step

__all__ = ["Change", "Difference", "Excerpt", "Position", "Step"]
