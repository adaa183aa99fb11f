"""What does a difference mean for clients? Differences in, findings out; the catalogue is data."""

from semverdiff.rules.model import Certainty, Finding, Suppression

__all__ = ["Certainty", "Finding", "Suppression"]
