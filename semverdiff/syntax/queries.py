"""The parts of a source that an editor highlights: keywords, names of types, strings, comments."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec
import tree_sitter

from semverdiff.syntax.tree import LANGUAGE, Characters, parse

if TYPE_CHECKING:
    from tree_sitter import Node

__all__ = ["Highlight", "highlights"]

# A copy of the grammar's file, which editors read (grammars/ballerina/queries/highlights.scm), by
# scripts/grammar.sh.
_QUERY = tree_sitter.Query(LANGUAGE, (files("semverdiff.syntax") / "highlights.scm").read_text("utf-8"))


class Highlight(msgspec.Struct, frozen=True, gc=False):
    """A part of a source, as characters counted from 0, and its capture: `keyword`, `type.builtin`, ...

    `end` is the first character behind it.
    """

    start: int
    end: int
    capture: str


def highlights(source: str) -> tuple[Highlight, ...]:
    """Return what is highlighted in a source, whole or in part; an outer part stands before those in it.

    A part has one capture: as the query says, that of the last pattern that matches.
    """
    content = source.encode()
    captures: dict[tuple[int, int], tuple[int, str]] = {}
    for pattern, matched in tree_sitter.QueryCursor(_QUERY).matches(parse(content)):
        for name, nodes in matched.items():
            for node in nodes:
                captures[_extent(node)] = max(captures.get(_extent(node), (-1, "")), (pattern, name))
    characters = Characters(content)
    ordered = sorted(captures.items(), key=lambda one: (one[0][0], -one[0][1]))
    return tuple(
        Highlight(characters.between(0, start), characters.between(0, end), name)
        for (start, end), (_, name) in ordered
    )


def _extent(node: Node) -> tuple[int, int]:
    return node.start_byte, node.end_byte
