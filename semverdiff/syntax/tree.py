"""The parser, and the few questions that every reader of a tree asks: names, tokens, places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
import tree_sitter

from semverdiff.syntax import _ballerina
from semverdiff.syntax.nodes import Expression, Location, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

__all__ = [
    "Slice",
    "broken",
    "characters_before",
    "expression",
    "identifier",
    "location",
    "one_line",
    "parse",
    "reference",
    "same_body",
    "text",
    "tokens",
]

_PARSER = tree_sitter.Parser(tree_sitter.Language(_ballerina.language()))

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
_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|(.))", re.DOTALL)
_BLANKS = re.compile(r"\s+")
_BODIES = frozenset({"function_body_block", "expression_function_body"})
_ATOMIC = frozenset({"string_literal", "identifier", "integer_literal", "float_literal"})


class Slice(msgspec.Struct, frozen=True):
    """A piece of a file that is parsed on its own, and what its names and places mean.

    `imports` maps a prefix to its module. The slice starts on `line` of the file, counted from 1, behind
    `column` characters.
    """

    content: bytes
    imports: Mapping[str, str]
    line: int = 1
    column: int = 0


def parse(content: bytes) -> Node:
    """Parse a whole file, or a declaration cut out of one; errors are nodes of the tree."""
    return _PARSER.parse(content).root_node


def text(node: Node) -> str:
    """Return a node's source. Sources are UTF-8: the packages room refuses others."""
    return (node.text or b"").decode()


def one_line(node: Node) -> str:
    """Return a node's source with every run of white space as one blank."""
    return _BLANKS.sub(" ", text(node)).strip()


def identifier(node: Node) -> str:
    r"""Return the name that an identifier means: `'limit` is `limit`, `a\-b` is `a-b`."""
    return plain_name(text(node))


def plain_name(spelling: str) -> str:
    """Take quotes and escapes off an identifier; SPEC, Lexical structure: they do not count."""
    spelling = spelling.removeprefix("'")
    return _ESCAPE.sub(_unescaped, spelling) if "\\" in spelling else spelling


def _unescaped(match: re.Match[str]) -> str:
    code, character = match.groups()
    if code is None:
        return str(character)
    point = int(code, 16)
    return chr(point) if point <= 0x10FFFF else match.group()  # noqa: PLR2004 (the last code point)


def reference(node: Node, piece: Slice) -> Reference:
    """Read an identifier or qualified identifier; its prefix becomes the imported module."""
    if node.type != "qualified_identifier":
        return Reference(None, identifier(node))
    prefix_node, name_node = node.child_by_field_name("prefix"), node.child_by_field_name("name")
    prefix = identifier(prefix_node) if prefix_node else ""
    name = identifier(name_node) if name_node else ""
    module = piece.imports.get(prefix)
    if module is None:
        # An unknown prefix is an error of the package; its name stands for an unknown module.
        module = f"ballerina/lang.{prefix}" if prefix in _PREDECLARED else f"?/{prefix}"
    return Reference(module, name)


def location(node: Node, piece: Slice) -> Location:
    """Return a node's place in its file."""
    row, column = node.start_point
    if not piece.content.isascii():
        column = characters_before(piece.content, node.start_byte, column)
    return Location(piece.line + row, column + 1 + (piece.column if row == 0 else 0))


def characters_before(content: bytes, start: int, offset: int) -> int:
    """Count the characters in the `offset` bytes that stand before `start` on its line."""
    return len(content[start - offset : start].decode(errors="replace"))


def broken(node: Node, *, in_body: bool = False) -> Iterator[tuple[Node, bool]]:
    """Yield the syntax errors in a node, and whether each lies in the body of a function."""
    if node.is_error or node.is_missing:
        yield node, in_body
        return
    in_body = in_body or node.type in _BODIES
    for child in node.children:
        if child.has_error:
            yield from broken(child, in_body=in_body)


def tokens(node: Node, piece: Slice | None = None) -> list[str]:
    """Return the tokens below a node, without comments and documentation.

    With the `piece` that it stands in, a name of another module is one token: `ballerina/http:STATUS_OK`.
    """
    found: list[str] = []
    _collect(node, piece, found)
    return found


def _collect(node: Node, piece: Slice | None, found: list[str]) -> None:
    kind = node.type
    if kind in {"comment", "documentation"}:
        return
    if piece is not None and kind == "qualified_identifier":
        named = reference(node, piece)
        found.append(f"{named.module}:{named.name}")
        return
    if kind in _ATOMIC or not node.child_count:
        found.append(text(node))
        return
    end = node.start_byte
    for child in node.children:
        if child.start_byte > end and (gap := _gap(node, end, child.start_byte)):
            found.append(gap)  # text of a template, which has no node of its own
        _collect(child, piece, found)
        end = child.end_byte
    if end < node.end_byte and (gap := _gap(node, end, node.end_byte)):
        found.append(gap)


def _gap(node: Node, start: int, end: int) -> str:
    """Return what stands between two children, if it is more than white space."""
    source = node.text or b""
    return source[start - node.start_byte : end - node.start_byte].decode().strip()


def expression(node: Node, piece: Slice) -> Expression:
    """Read an expression as its tokens."""
    return Expression(tuple(tokens(node, piece)), one_line(node))


def same_body(old: bytes, new: bytes) -> bool:
    """Return whether two function bodies hold the same tokens, whatever their layout and comments."""
    return old == new or _body_tokens(old) == _body_tokens(new)


def _body_tokens(body: bytes) -> list[str]:
    return tokens(parse(b"function f() " + body))
