"""Nodes of the tree of a program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.syntax.spelling import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

__all__ = [
    "LITERALS",
    "child",
    "is_in_type",
    "is_negative",
    "is_statement",
    "is_var",
    "is_written",
    "key",
    "text",
    "walk",
]

LITERALS = frozenset({"integer_literal", "float_literal", "string_literal", "boolean_literal", "nil_literal"})


def text(node: Node) -> str:
    """Return the source of a node."""
    return node.text.decode() if node.text is not None else ""


def child(node: Node, field: str) -> Node:
    """Return the child of a field that every node of the kind has."""
    found = node.child_by_field_name(field)
    assert found is not None, (field, text(node))
    return found


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all nodes below it."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += one.children


def key(field: Node) -> str:
    """Return the key of a field of a mapping constructor."""
    name = child(field, "name")
    return text(name)[1:-1] if name.type == "string_literal" else name_of(text(name))


def is_in_type(node: Node) -> bool:
    """Return whether a name stands for a type."""
    return node.parent is not None and node.parent.type in {"type_reference", "array_type", "array_dimension"}


def is_statement(node: Node) -> bool:
    """Return whether a call is a statement of its own."""
    return node.parent is not None and node.parent.type == "expression_statement"


def is_var(node: Node) -> bool:
    """Return whether a call initializes a variable without a type."""
    return node.parent is not None and text(node.parent).startswith("var ")


def is_written(node: Node) -> bool:
    """Return whether an access leads to what an assignment writes."""
    above = node.parent
    while above is not None and above.type in {"field_access_expression", "member_access_expression"}:
        if above.child_by_field_name("object") != node:
            return False
        node, above = above, above.parent
    return above is not None and above.child_by_field_name("left") == node


def is_negative(node: Node) -> bool:
    """Return whether an expression is a number below zero."""
    return node.type == "unary_expression" and child(node, "operand").type in LITERALS
