"""Is something deprecated? By its annotation, or by the section of its documentation that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.syntax.nodes import Reference

if TYPE_CHECKING:
    from semverdiff.syntax.nodes import Metadata

__all__ = ["DEPRECATED", "is_deprecated", "opens_deprecation"]

DEPRECATED = frozenset({Reference(None, "deprecated"), Reference("ballerina/lang.annotations", "deprecated")})
"""The tags of the annotation."""


def is_deprecated(metadata: Metadata) -> bool:
    """Return whether what stands before a symbol deprecates it."""
    documentation = metadata.documentation
    if "#" in documentation and any(map(opens_deprecation, documentation.split("\n"))):
        return True
    annotations = metadata.annotations
    return bool(annotations) and any(one.tag in DEPRECATED for one in annotations)


def opens_deprecation(line: str) -> bool:
    """Return whether a line of a documentation is the heading of the section about deprecation."""
    return line.startswith("#") and line.strip("# ").lower() == "deprecated"
