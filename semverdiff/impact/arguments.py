"""What a call or constructor gives: a value by its term, and how it is written where it has no type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.impact.model import Argument

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from semverdiff.impact.reading import Reading

__all__ = ["argument"]

_SCALARS: Final = frozenset(
    {"boolean_literal", "float_literal", "integer_literal", "nil_literal", "string_literal"}
)
# What is written of a value that has no type of its own: it takes the one that is expected.
_CONSTRUCTORS: Final[Mapping[str, str]] = {
    "anonymous_function": "function",
    "implicit_anonymous_function": "function",
    "list_constructor": "[...]",
    "mapping_constructor": "{...}",
    "new_expression": "new",
    "object_constructor": "object",
    "table_constructor": "table",
}


def argument(
    reading: Reading, name: str, value: Node | None, term: int, *, is_quoted: bool = False
) -> Argument:
    """Return what is given under a name, or by its place where that is empty."""
    literal = made = ""
    if value is not None:
        literal = reading.piece.text(value) if value.type in _SCALARS else ""
        made = _CONSTRUCTORS.get(value.type, "")
        if value.type == "new_expression" and value.child_by_field_name("type") is not None:
            made = ""
    return Argument(name, term, is_quoted, literal=literal, made=made)
