"""Compared with what? The user's wish and the candidate in, one published `Package` and the reason out."""

from semverdiff.baselines.finding import find_baseline
from semverdiff.baselines.model import Baseline
from semverdiff.baselines.specs import AtPath, Auto, Central, Local, NoBaseline, Spec, parse_spec
from semverdiff.baselines.surroundings import (
    Clock,
    Limits,
    Proxy,
    Surroundings,
    Timeouts,
    surroundings_from,
)

__all__ = [
    "AtPath",
    "Auto",
    "Baseline",
    "Central",
    "Clock",
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
