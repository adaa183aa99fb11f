"""Compared with what? The user's wish and the candidate in, one published `Package` and the reason out.

Two parts have doors of their own, so that who does not need them does not load them:
`semverdiff.baselines.cache` (what is kept of downloads) and `semverdiff.baselines.sides` (any package by a
text, for comparing two).
"""

from semverdiff.baselines.finding import find_baseline
from semverdiff.baselines.model import Baseline
from semverdiff.baselines.specs import (
    LATEST_TAG,
    AtPath,
    AtRevision,
    Auto,
    Central,
    InRepository,
    Local,
    NoBaseline,
    Spec,
    parse_spec,
)
from semverdiff.baselines.surroundings import (
    Clock,
    Limits,
    Proxy,
    Surroundings,
    Timeouts,
    surroundings_from,
)

__all__ = [
    "LATEST_TAG",
    "AtPath",
    "AtRevision",
    "Auto",
    "Baseline",
    "Central",
    "Clock",
    "InRepository",
    "Limits",
    "Local",
    "NoBaseline",
    "Proxy",
    "Spec",
    "Surroundings",
    "Timeouts",
    "find_baseline",
    "parse_spec",
    "surroundings_from",
]
