"""Which version must this be? Findings and versions in; outcome, gates and the required version out."""

from semverdiff.verdict.model import Counts, Declared, Evidence, Gate, Outcome, Tone, Verdict
from semverdiff.verdict.policy import decide, is_high_enough

__all__ = ["Counts", "Declared", "Evidence", "Gate", "Outcome", "Tone", "Verdict", "decide", "is_high_enough"]
