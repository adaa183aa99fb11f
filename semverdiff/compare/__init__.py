"""What is different? Two surfaces in, differences out; no opinion about versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.lazy import attach

if TYPE_CHECKING:
    from semverdiff.compare import details
    from semverdiff.compare.comparison import compare
    from semverdiff.compare.details import Detail
    from semverdiff.compare.difference import Difference
    from semverdiff.compare.facts import Condition, Direction, Fact, Kind, Subject
    from semverdiff.compare.package import raises_distribution

__all__ = [
    "Condition",
    "Detail",
    "Difference",
    "Direction",
    "Fact",
    "Kind",
    "Subject",
    "compare",
    "details",
    "raises_distribution",
]

__getattr__, __dir__ = attach(
    __name__,
    {
        "compare": "comparison",
        "details": "",
        "raises_distribution": "package",
        "Detail": "details",
        "Difference": "difference",
        **dict.fromkeys(("Condition", "Direction", "Fact", "Kind", "Subject"), "facts"),
    },
)
