"""The uses in one file: its tree is walked once, and what each value is made of is noted on the way.

The walk has a stack of its own. What a value is expected to be travels down with it (the type of a variable,
the parameter of a call), and how it comes about travels up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff import limits
from semverdiff.impact.entries import BEFORE, ENTER, OTHER, enter_object, flow_of, function_at, narrow
from semverdiff.impact.model import NOTHING, FileUses, Position
from semverdiff.impact.reading import OBJECTS, Frame, Reading
from semverdiff.impact.results import LEAVE, LITERALS
from semverdiff.syntax.outlines import normalized
from semverdiff.syntax.tree import Characters, Slice, parse
from semverdiff.text import count_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from semverdiff.impact.table import Table

__all__ = ["read_uses"]

_TYPES: Final = frozenset(
    {
        "array_type",
        "builtin_type",
        "distinct_type",
        "error_type",
        "function_type",
        "future_type",
        "intersection_type",
        "key_type_constraint",
        "map_type",
        "nil_type",
        "object_type",
        "optional_type",
        "parenthesized_type",
        "record_type",
        "singleton_type",
        "stream_type",
        "table_type",
        "tuple_member",
        "tuple_rest",
        "tuple_type",
        "type_reference",
        "typedesc_type",
        "union_type",
        "xml_type",
    }
)
_SKIPPED: Final = frozenset(
    {
        "attach_point",
        "comment",
        "documentation",
        "error_binding_pattern",
        "import_declaration",
        "inferred_parameter_list",
        "key_specifier",
        "list_binding_pattern",
        "mapping_binding_pattern",
        "rest_match_pattern",
        "xml_name_pattern",
        "xml_namespace_declaration",
    }
)
_SCOPED: Final = frozenset(
    {
        "anonymous_function",
        "block_statement",
        "class_definition",
        "foreach_statement",
        "function_body_block",
        "function_definition",
        "implicit_anonymous_function",
        "let_expression",
        "match_clause",
        "method_definition",
        "object_constructor",
        "on_fail_clause",
        "query_action",
        "query_expression",
        "service_constructor",
        "service_declaration",
    }
)
_FUNCTIONS: Final = frozenset(
    {"anonymous_function", "function_definition", "implicit_anonymous_function", "method_definition"}
)
_SIMPLE_STATEMENTS: Final = frozenset(
    {
        "assignment_statement",
        "compound_assignment_statement",
        "expression_statement",
        "fail_statement",
        "local_variable_declaration",
        "panic_statement",
        "return_statement",
        "rollback_statement",
    }
)
_POSITIONS: Final[Mapping[str, Position]] = {
    "class_definition": Position.CLASS,
    "defaultable_parameter": Position.PARAMETER,
    "error_match_pattern": Position.ERROR,
    "error_binding_pattern": Position.ERROR,
    "included_record_parameter": Position.PARAMETER,
    "local_variable_declaration": Position.VARIABLE,
    "module_variable_declaration": Position.VARIABLE,
    "object_field": Position.FIELD,
    "record_field": Position.FIELD,
    "record_rest": Position.FIELD,
    "required_parameter": Position.PARAMETER,
    "rest_parameter": Position.PARAMETER,
    "return_type_descriptor": Position.RESULT,
    "type_cast_expression": Position.CAST,
    "type_definition": Position.DEFINITION,
    "type_test_expression": Position.TEST,
}


def read_uses(path: str, content: bytes, imports: Mapping[str, str], table: Table) -> FileUses:
    """Return the uses in a file, whose imports are known by their prefixes; never raise for what is in it."""
    content = normalized(content)
    modules = tuple(sorted({one for one in imports.values() if "/" in one}))
    if len(content) > limits.PIECE_WORDS and count_words(content) > limits.PIECE_WORDS:
        return FileUses(path, modules, damaged=None)
    reading = Reading(Slice(content.decode("latin-1"), Characters(content), imports), table)
    _read(reading, parse(content))
    return FileUses(path, modules, tuple(reading.uses), reading.damages())


def _read(reading: Reading, root: Node) -> None:
    """Walk through a whole tree."""
    cursor = root.walk()
    stack = reading.stack
    stack.append(Frame(root, root.type, None, OTHER, Position.ELSEWHERE))
    goes_down = True
    while True:
        if not (goes_down and cursor.goto_first_child()):
            while True:
                _leave(reading, stack.pop())
                if not stack:
                    return
                if cursor.goto_next_sibling():
                    break
                cursor.goto_parent()
        node = cursor.node
        if node is None:  # pragma: no cover (the cursor stands on a node)
            return
        # Of annotations nobody asks: each would look through those before it once more.
        field = None if node.type == "annotation" else cursor.field_name
        frame = _enter(reading, stack[-1], node, field)
        stack.append(frame)
        goes_down = frame.kind not in _SKIPPED


def _enter(reading: Reading, parent: Frame, node: Node, field: str | None) -> Frame:
    kind = node.type
    if not node.is_named:
        return Frame(node, kind, field, OTHER, Position.ELSEWHERE)
    if node.is_error or (node.has_error and kind in _SIMPLE_STATEMENTS):
        reading.note_damage(node)
        return Frame(node, "comment", field, OTHER, Position.ELSEWHERE)
    position = parent.position if parent.kind in _TYPES else Position.ELSEWHERE
    position = _POSITIONS.get(parent.kind) or _POSITIONS.get(kind, position)
    frame = Frame(node, kind, field, flow_of(reading, parent, field), position)
    before = BEFORE.get(field or "")
    if before is not None:
        before(reading, parent)
    if kind in _SCOPED:
        reading.scopes.open()
        frame.is_scoped = True
    if field == "consequence" or (field == "body" and parent.kind == "while_statement"):
        narrow(reading, parent)
    if kind in _FUNCTIONS:
        frame.function = function_at(reading, node, frame.flow.term)
        reading.functions.append(frame.function)
    if kind in OBJECTS:
        enter_object(reading, node)
    enter = ENTER.get(kind)
    if enter is not None:
        enter(reading, frame)
    return frame


def _leave(reading: Reading, frame: Frame) -> None:
    leave = LEAVE.get(frame.kind)
    term = NOTHING if leave is None else leave(reading, frame)
    if frame.kind in LITERALS:
        term = reading.table.builtin(LITERALS[frame.kind])
    if frame.is_scoped:
        reading.scopes.close()
    if frame.function is not None:
        reading.functions.pop()
    if frame.kind in OBJECTS:
        reading.fields.pop()
    if reading.stack and frame.node.is_named:
        around = reading.stack[-1]
        around.comments += frame.kind == "comment"
        around.parts.append((frame.field, frame.node, term))
