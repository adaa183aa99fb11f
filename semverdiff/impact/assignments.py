"""What is assigned to: variables, fields, and members by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff.impact.arguments import argument
from semverdiff.impact.model import NOTHING, Argument, Op, Use, UseKind
from semverdiff.impact.reading import ASSIGNMENTS, PATTERNS, unquoted
from semverdiff.syntax.descriptors import child
from semverdiff.syntax.nodes import BuiltinType

if TYPE_CHECKING:
    from tree_sitter import Node

    from semverdiff.impact.reading import Frame, Reading

__all__ = ["is_number", "is_written", "leave_assignment", "leave_member_assignment", "literal_key"]

_INT: Final = BuiltinType("int")


def is_written(reading: Reading, frame: Frame) -> bool:
    """Return whether a node is what is assigned to."""
    return frame.field == "left" and reading.stack[-1].kind in ASSIGNMENTS


def leave_assignment(reading: Reading, frame: Frame) -> int:
    """Note what is written, now that both sides are known."""
    left, right = child(frame.node, "left"), child(frame.node, "right")
    while left.type == "parenthesized_expression":
        left = child(left, "value")
    operator = frame.node.child_by_field_name("operator")
    if operator is None:
        given = (argument(reading, "", right, frame.part("right")),)
    else:
        given = (Argument(made=operator.type),)
    if left.type == "qualified_identifier":
        module, name = reading.named(left)
        reading.add(Use(UseKind.WRITE, name, reading.place(left), module=module, arguments=given))
    elif left.type == "field_access_expression":
        written, name_node = frame.part("left"), child(left, "field")
        if name_node.type != "identifier":
            return NOTHING
        term = reading.table.terms[written] if written != NOTHING else None
        owner = term.of if term is not None and term.op is Op.FIELD else NOTHING
        if term is None or term.op is Op.FIELD:
            name, place = reading.piece.name(name_node), reading.place(name_node)
            reading.add(
                Use(UseKind.WRITE, name, place, owner, arguments=given, function=reading.qualifiers())
            )
    elif left.type == "member_access_expression":
        _write_key(reading, child(left, "key"), frame.part("left"), given)
    elif left.type in PATTERNS:
        reading.read_pattern(left, frame.part("right"))
    return NOTHING


def leave_member_assignment(reading: Reading, frame: Frame) -> int:
    """Note what `orders[key] = value;` writes, which is read as the declaration of a variable."""
    pattern, value = child(frame.node, "binding"), child(frame.node, "value")
    given = (argument(reading, "", value, frame.part("value")),)
    _write_key(reading, pattern.named_children[0], frame.declared, given)
    return NOTHING


def _write_key(reading: Reading, key: Node, written: int, given: tuple[Argument, ...]) -> None:
    """Note what is written by a key: to a field, to a member of a map or list, or to a row of a table."""
    name = literal_key(reading, key)
    if name or not is_number(reading, key):
        owner = NOTHING if written == NOTHING else reading.table.terms[written].of
        reading.add(
            Use(
                UseKind.WRITE_KEY,
                name,
                reading.place(key),
                owner,
                arguments=given,
                function=reading.qualifiers(),
            )
        )


def literal_key(reading: Reading, key: Node) -> str:
    """Return the text of a key that is written as a string, nothing for any other."""
    return unquoted(reading.piece.text(key)) if key.type == "string_literal" else ""


def is_number(reading: Reading, key: Node) -> bool:
    """Return whether a key is surely a number, so that it is none of a field."""
    if key.type != "identifier":
        return key.type == "integer_literal"
    table = reading.table
    term = reading.scopes.value(reading.piece.name(key))
    made = table.terms[term] if term != NOTHING else None
    if made is not None and made.op is Op.ELEMENT:  # of a range
        made = table.terms[made.of]
    return made is not None and made.op is Op.TYPE and table.descriptors[made.of] == _INT
