"""The parser, and the few questions that every reader of a tree asks: names, tokens, places."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import takewhile
from typing import TYPE_CHECKING

import msgspec
import tree_sitter

from semverdiff.syntax import _ballerina
from semverdiff.syntax.nodes import Expression, Location, Reference
from semverdiff.syntax.spelling import name_of, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node, TreeCursor

__all__ = [
    "LANGUAGE",
    "Characters",
    "Slice",
    "broken",
    "expression",
    "identifier",
    "listeners",
    "location",
    "module_of",
    "parse",
    "reference",
    "spaced",
    "text",
    "tokens",
    "walk",
]

LANGUAGE = tree_sitter.Language(_ballerina.language())
_PARSER = tree_sitter.Parser(LANGUAGE)

# SPEC, Module-level declarations: prefixes that need no import; `object` and the like are keywords.
_PREDECLARED = frozenset(
    [
        "boolean",
        "decimal",
        "error",
        "float",
        "function",
        "future",
        "int",
        "map",
        "natural",
        "object",
        "stream",
        "string",
        "table",
        "transaction",
        "typedesc",
        "xml",
    ]
)
_CONTINUATION = rb"[\x80-\xbf]"
_BODIES = frozenset({"function_body_block", "expression_function_body"})
_WORD_BEGINNINGS = frozenset("_'\\")
_SKIPPED = frozenset({"comment", "documentation"})
# What is not taken apart into tokens.
_LITERALS = frozenset({"string_literal", "integer_literal", "float_literal"})
_WHOLE = _SKIPPED | _LITERALS | {"identifier"}
_WHOLE_IN_PIECES = _WHOLE | {"qualified_identifier"}


class Characters:
    """The characters of a text in UTF-8 by the bytes that they begin at."""

    def __init__(self, content: bytes) -> None:
        self.ascii_only = content.isascii()
        self._continuations = (
            [] if self.ascii_only else [found.start() for found in re.finditer(_CONTINUATION, content)]
        )

    def between(self, start: int, end: int) -> int:
        """Count the characters from one byte up to another."""
        if not self._continuations:
            return end - start
        continuing = bisect_left(self._continuations, end) - bisect_left(self._continuations, start)
        return end - start - continuing


class Slice(msgspec.Struct, frozen=True):
    """A piece of a file that is parsed on its own, and what its names and places mean.

    `content` is what was parsed, with a character for each byte, as nodes count: a node knows its part of it
    as well, but takes longer to return it. `imports` maps a prefix to its module. The slice starts on `line`
    of the file, counted from 1, behind `column` characters.
    """

    content: str
    characters: Characters
    imports: Mapping[str, str]
    line: int = 1
    column: int = 0

    def text(self, node: Node) -> str:
        """Return the source of a node of this piece."""
        return decoded(self.content[node.start_byte : node.end_byte])

    def name(self, node: Node) -> str:
        """Return the name that an identifier of this piece means."""
        return name_of(self.text(node))


def parse(content: bytes) -> Node:
    """Parse a whole file, or a declaration cut out of one; errors are nodes of the tree."""
    return _PARSER.parse(content).root_node


def decoded(piece: str) -> str:
    """Return the text of a piece of a source that has a character for each byte."""
    return piece if piece.isascii() else piece.encode("latin-1").decode()


def text(node: Node) -> str:
    """Return a node's source. Sources are UTF-8: the packages room refuses others."""
    return (node.text or b"").decode()


def identifier(node: Node) -> str:
    """Return the name that an identifier means."""
    return name_of(text(node))


def listeners(service: Node) -> list[Node]:
    """Return the listeners that a service declaration is attached to."""
    children = iter(service.children)
    any(child.type == "on" for child in children)
    attached = takewhile(lambda child: child.type != "{", children)
    return [child for child in attached if child.is_named and child.type not in _SKIPPED]


def reference(node: Node, piece: Slice) -> Reference:
    """Read an identifier or qualified identifier; its prefix becomes the imported module."""
    if node.type != "qualified_identifier":
        return Reference(None, piece.name(node))
    prefix_node, name_node = node.child_by_field_name("prefix"), node.child_by_field_name("name")
    prefix = piece.name(prefix_node) if prefix_node else ""
    name = piece.name(name_node) if name_node else ""
    return Reference(module_of(prefix, piece.imports), name)


def module_of(prefix: str, imports: Mapping[str, str]) -> str:
    """Return the module that a prefix means in a file with these imports."""
    module = imports.get(prefix)
    if module is None:
        # An unknown prefix is an error of the package; its name stands for an unknown module.
        module = f"ballerina/lang.{prefix}" if prefix in _PREDECLARED else f"?/{prefix}"
    return module


def location(node: Node, piece: Slice) -> Location:
    """Return a node's place in its file."""
    row, column = node.start_point
    if not piece.characters.ascii_only:
        column = piece.characters.between(node.start_byte - column, node.start_byte)
    return Location(piece.line + row, column + 1 + (piece.column if row == 0 else 0))


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, in the order of the source."""
    cursor = node.walk()
    part: Node | None = node
    while part is not None:
        yield part
        part = cursor.node if cursor.goto_first_child() else _next(cursor)


def broken(node: Node) -> Iterator[tuple[Node, bool]]:
    """Yield the syntax errors in a node, and whether each lies in the body of a function."""
    waiting = [(node, False)]
    while waiting:
        node, in_body = waiting.pop()
        if node.is_error or node.is_missing:
            yield node, in_body
            continue
        in_body = in_body or node.type in _BODIES
        waiting += [(child, in_body) for child in reversed(node.children) if child.has_error]


def tokens(node: Node, piece: Slice | None = None) -> list[str]:
    """Return the tokens below a node, without comments and documentation; a name as it is always written.

    With the `piece` that it stands in, a name of another module is one token: `ballerina/http:STATUS_OK`.
    """
    first = node.start_byte
    source = (node.text or b"").decode("latin-1") if piece is None else piece.content[first : node.end_byte]
    whole = _WHOLE if piece is None else _WHOLE_IN_PIECES
    found: list[str] = []
    end = first
    cursor = node.walk()
    part: Node | None = node
    while part is not None:
        kind = part.type
        if kind not in whole and cursor.goto_first_child():
            part = cursor.node
            continue
        start, stop = part.start_byte, part.end_byte
        if start > end and (gap := decoded(source[end - first : start - first]).strip()):
            found.append(gap)  # text of a template, which has no node of its own
        end = stop
        if kind == "qualified_identifier" and piece is not None:
            named = reference(part, piece)
            found.append(f"{named.module}:{named.name}")
        elif kind not in _SKIPPED:
            written = decoded(source[start - first : stop - first])
            found.append(spelled(name_of(written)) if kind == "identifier" else written)
        part = _next(cursor)
    return found


def _next(cursor: TreeCursor) -> Node | None:
    """Return the node behind the one at the cursor, whatever its level; `None` at the end."""
    while not cursor.goto_next_sibling():
        if not cursor.goto_parent():
            return None
    return cursor.node


def expression(node: Node, piece: Slice) -> Expression:
    """Read an expression as its tokens, and as a text on one line that has no comments."""
    written = piece.text(node)
    one_line = " ".join(written.split())
    if node.type in _LITERALS:
        return Expression((written,), one_line)
    has_spellings = "//" in written or "'" in written or "\\" in written
    return Expression(tuple(tokens(node, piece)), _as_always_written(node) if has_spellings else one_line)


def _as_always_written(node: Node) -> str:
    """Return a node's source on one line, without comments, and with each name as it is always written."""
    source = node.text or b""
    parts, at = [], node.start_byte
    for part in walk(node):
        if part.type in {"comment", "identifier"}:
            written = b"" if part.type == "comment" else spelled(identifier(part)).encode()
            parts += [source[at - node.start_byte : part.start_byte - node.start_byte], written]
            at = part.end_byte
    parts.append(source[at - node.start_byte :])
    return " ".join(b"".join(parts).decode().split())


def spaced(node: Node) -> str:
    """Return a node's tokens in one line, whatever their layout: `new L(1, "x")`."""
    words: list[str] = []
    before = ""
    for token in filter(None, tokens(node)):  # what is missing in a broken tree is an empty one
        is_word = token[0].isalnum() or token[0] in _WORD_BEGINNINGS
        ends_in_word = before[-1:].isalnum() or before[-1:] == "_"
        words.append(f" {token}" if before == "," or (is_word and ends_in_word) else token)
        before = token
    return "".join(words)
