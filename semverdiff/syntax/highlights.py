"""What each piece of code is, by the query of the grammar that editors use: a keyword, a type, a comment."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import tree_sitter

from semverdiff.syntax import _ballerina
from semverdiff.syntax.tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["highlights"]

_QUERY = tree_sitter.Query(
    tree_sitter.Language(_ballerina.language()),
    (files("semverdiff.syntax") / "highlights.scm").read_text("utf-8"),
)


def highlights(code: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end (in characters) and name of each capture; of two for one piece the later one wins."""
    content = code.encode()
    matches = tree_sitter.QueryCursor(_QUERY).matches(parse(content))
    for _, captures in sorted(matches, key=lambda match: match[0]):
        for name, nodes in captures.items():
            for node in nodes:
                start, end = (len(content[:at].decode()) for at in (node.start_byte, node.end_byte))
                yield start, end, name
