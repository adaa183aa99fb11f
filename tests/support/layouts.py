"""The same Ballerina source in other layouts: line ends, white space and comments between the same tokens."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from semverdiff.syntax.tree import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tree_sitter import Node

__all__ = ["LAYOUTS"]

# Documentation ends with its line, and what stands in templates is text.
_WHOLE = frozenset({"comment", "documentation", "string_literal"})


def _leaves(content: bytes) -> Iterator[Node]:
    waiting = [parse(content)]
    while waiting:
        node = waiting.pop()
        if node.type in _WHOLE or "template" in node.type or not node.children:
            yield node
        else:
            waiting += reversed(node.children)


def _gaps(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield the white space between two tokens that may be any white space, or a comment."""
    leaves = list(_leaves(content))
    for before, after in pairwise(leaves):
        gap = content[before.end_byte : after.start_byte]
        free = not {before.type, after.type} & {"comment", "documentation"}
        if gap and not gap.strip() and free:
            yield before.end_byte, after.start_byte


def _with_gaps(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Return a layout that changes all white space between tokens."""

    def layout(content: bytes) -> bytes:
        parts, at = [], 0
        for start, end in _gaps(content):
            parts += [content[at:start], change(content[start:end])]
            at = end
        return b"".join([*parts, content[at:]])

    return layout


LAYOUTS: Mapping[str, Callable[[bytes], bytes]] = {
    "CR LF": lambda content: content.replace(b"\n", b"\r\n"),
    "CR": lambda content: content.replace(b"\n", b"\r"),
    "blanks": _with_gaps(lambda _: b"   "),
    "tabs": _with_gaps(lambda _: b"\t"),
    "line breaks": _with_gaps(lambda _: b"\n"),
    "comments": _with_gaps(lambda gap: gap + b'// a comment { ( " `\n'),
    "empty lines": lambda content: b"\n\n" + content + b"\n\n",
}
"""What may be done to the text of a file without a difference to anybody."""
