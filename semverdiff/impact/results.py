"""What a node gives when it was read whole: the term of its value, and the use that it is."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from semverdiff.impact.arguments import argument
from semverdiff.impact.assignments import (
    is_number,
    is_written,
    leave_assignment,
    leave_member_assignment,
    literal_key,
)
from semverdiff.impact.entries import DECLARED, is_member_assignment
from semverdiff.impact.model import NOTHING, Argument, Op, Sink, Term, Use, UseKind
from semverdiff.impact.reading import ASSIGNMENTS, key_of
from semverdiff.syntax.descriptors import child
from semverdiff.syntax.tree import reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tree_sitter import Node

    from semverdiff.impact.reading import Frame, Reading

__all__ = ["LEAVE", "LITERALS"]

LITERALS: Final = {
    "boolean_literal": "boolean",
    "byte_array_literal": "byte[]",
    "float_literal": "float",
    "integer_literal": "int",
    "raw_template": "object",
    "string_literal": "string",
    "string_template": "string",
    "transactional_expression": "boolean",
    "type_test_expression": "boolean",
    "xml_template": "xml",
}
_COMPARISONS: Final = frozenset({"==", "!=", "===", "!==", "<", ">", "<=", ">=", "&&", "||"})
# Where a value is put that no type is known for, it may be one of any.
_UNKNOWN_PLACES: Final = frozenset({Sink.ARGUMENT, Sink.ASSIGNED, Sink.RETURNED})
# Identifiers in these places name no value.
_NAMES: Final = frozenset(
    {
        "annotation",
        "attach_point",
        "binding",
        "field",
        "method",
        "module",
        "name",
        "organization",
        "parameters",
        "peer",
        "prefix",
    }
)
_NAME_HOLDERS: Final = frozenset(
    {
        "annotation",
        "error_constructor",
        "flush_action",
        "qualified_identifier",
        "receive_action",
        "receive_field",
        "resource_access_path",
        "type_reference",
    }
)


def _leave_name(reading: Reading, frame: Frame) -> int:
    """Return the value of a name, which is a use if it is one of another module."""
    parent = reading.stack[-1]
    if parent.kind in _NAME_HOLDERS or (frame.field in _NAMES and parent.kind != "grouping_key"):
        return NOTHING
    if parent.kind == "call_expression" and frame.field == "function":
        return NOTHING
    module, name = reading.named(frame.node)
    if parent.kind == "constant_pattern":
        if module is not None:
            reading.add(Use(UseKind.PATTERN, name, reading.place(frame.node), module=module))
        return NOTHING
    if parent.kind == "array_type" and module is None:
        return NOTHING
    if module is None and reading.scopes.has(name):
        reading.put(frame, reading.scopes.value(name))
        return reading.scopes.value(name)
    term = reading.table.add(Term(Op.VALUE, name=name, module=module))
    if module is not None and not is_written(reading, frame):
        place = reading.place(frame.node)
        reading.add(
            Use(
                UseKind.VALUE,
                name,
                place,
                term,
                module,
                flow=frame.flow,
                function=reading.qualifiers(),
                value=term,
            )
        )
    elif module is None:
        reading.put(frame, term)
    return term


def _leave_field_access(reading: Reading, frame: Frame) -> int:
    owner, name = child(frame.node, "object"), child(frame.node, "field")
    if name.type != "identifier":
        return NOTHING
    field = reading.piece.name(name)
    if owner.type == "identifier" and reading.piece.name(owner) == "self" and reading.fields:
        own = reading.fields[-1].get(field)
        if own is not None:
            return own
    term = frame.part("object")
    read = reading.table.made(Op.FIELD, term, field)
    if is_written(reading, frame):
        return read  # noted when what is written is known
    reading.add(
        Use(
            UseKind.READ,
            field,
            reading.place(name),
            term,
            flow=frame.flow,
            is_optional=frame.kind == "optional_field_access_expression",
            function=reading.qualifiers(),
            value=reading.checked(frame.flow, read),
        )
    )
    return read


def _leave_member_access(reading: Reading, frame: Frame) -> int:
    term = frame.part("object")
    key = child(frame.node, "key")
    name = literal_key(reading, key)
    made = reading.table.made(Op.FIELD, term, name) if name else reading.table.made(Op.ELEMENT, term)
    if is_written(reading, frame):
        return made  # noted when what is written is known
    if name or not is_number(reading, key):
        value = reading.checked(frame.flow, made)
        reading.add(Use(UseKind.READ_KEY, name, reading.place(key), term, flow=frame.flow, value=value))
    else:
        reading.put(frame, made)
    return made


def _leave_call(reading: Reading, frame: Frame) -> int:
    callee = reading.callee(frame)
    node = frame.node
    arguments = _arguments(reading, node.child_by_field_name("arguments"))
    match frame.kind:
        case "call_expression":
            name = child(node, "function")
            module, _ = reading.named(name)
            if module is not None:
                _call(reading, UseKind.CALL, name, frame, callee, arguments, module)
        case "new_expression":
            _call(reading, UseKind.NEW, node, frame, callee, arguments, None)
            reading.put(frame, _created(reading, frame))
            return _created(reading, frame)
        case "error_constructor":
            written = node.child_by_field_name("type")
            if written is None or written.has_error:
                return reading.table.builtin("error")
            module, _ = reading.named(written.children[0])
            _call(
                reading, UseKind.ERROR, written.children[0], frame, reading.type(written), arguments, module
            )
            return reading.type(written)
        case _:
            name = node.child_by_field_name("method") or child(node, "path")
            _call(reading, UseKind.CALL, name, frame, callee, arguments, None)
    return reading.table.made(Op.RESULT, callee)


def _leave_arguments(reading: Reading, frame: Frame) -> int:
    found: list[Argument] = []
    for _, node, term in frame.parts:
        match node.type:
            case "named_argument":
                name = reading.piece.name(child(node, "name"))
                found.append(argument(reading, name, child(node, "value"), term))
            case "rest_argument":
                found.append(Argument(term=term, spread=True))
            case "comment":
                pass
            case _:
                found.append(argument(reading, "", node, term))
    reading.arguments[frame.node.id] = tuple(found)
    return NOTHING


def _leave_mapping(reading: Reading, frame: Frame) -> int:
    expected = frame.flow.term
    found: list[Argument] = []
    for _, node, term in frame.parts:
        match node.type:
            case "specific_field":
                value = node.child_by_field_name("value")
                is_quoted = child(node, "name").type == "string_literal"
                key = key_of(node, reading.piece)
                found.append(argument(reading, key, value, term, is_quoted=is_quoted))
            case "computed_field" | "spread":
                found.append(Argument(term=term, spread=True))
    if expected != NOTHING or frame.flow.sink in _UNKNOWN_PLACES:
        place = reading.place(frame.node)
        reading.add(Use(UseKind.CONSTRUCT, "", place, expected, arguments=tuple(found), flow=frame.flow))
    return expected


def _leave_specific_field(reading: Reading, frame: Frame) -> int:
    if frame.node.child_by_field_name("value") is not None:
        return frame.part("value")
    name = key_of(frame.node, reading.piece)
    if reading.scopes.has(name):
        return reading.scopes.value(name)
    return reading.table.add(Term(Op.VALUE, name=name))


def _leave_value(_reading: Reading, frame: Frame) -> int:
    return frame.part("value")


def _leave_check(reading: Reading, frame: Frame) -> int:
    return reading.table.made(Op.CHECKED, frame.part("value"))


def _leave_expected(_reading: Reading, frame: Frame) -> int:
    return frame.flow.term


def _leave_cast(reading: Reading, frame: Frame) -> int:
    written = frame.node.child_by_field_name("type")
    if written is None:
        return frame.part("value")
    reading.put(frame, reading.type(written))
    return reading.type(written)


def _leave_elvis(reading: Reading, frame: Frame) -> int:
    left = reading.table.made(Op.NOT_NIL, frame.part("value"))
    return reading.table.union(left, frame.part("alternative"))


def _leave_conditional(reading: Reading, frame: Frame) -> int:
    return reading.table.union(frame.part("consequence"), frame.part("alternative"))


def _leave_binary(reading: Reading, frame: Frame) -> int:
    """Return what an operation gives: a text with a text is one, and a comparison a truth value."""
    if child(frame.node, "operator").type in _COMPARISONS:
        return reading.table.builtin("boolean")
    left, right = frame.part("left"), frame.part("right")
    string = reading.table.builtin("string")
    return string if string in {left, right} else (left if left == right else NOTHING)


def _leave_wait(reading: Reading, frame: Frame) -> int:
    return reading.table.made(Op.ELEMENT, frame.part("value"))


def _leave_nil(reading: Reading, _frame: Frame) -> int:
    return reading.table.builtin("()")


def _leave_declaration(reading: Reading, frame: Frame) -> int:
    """Bind what a local declaration declares, a module-level one has nothing to bind."""
    if is_member_assignment(frame.node):
        return leave_member_assignment(reading, frame)
    if frame.kind in {"local_variable_declaration", "let_variable"}:
        term = frame.declared if frame.declared != NOTHING else frame.part("value")
        reading.bind(frame.node.child_by_field_name("binding"), term)
    return NOTHING


def _leave_clause(reading: Reading, frame: Frame) -> int:
    """Bind the variable of a clause of a query."""
    written = reading.type(frame.node.child_by_field_name("type"))
    term = reading.table.made(Op.ELEMENT, frame.part("source")) if written == NOTHING else written
    reading.bind(frame.node.child_by_field_name("binding"), term)
    return NOTHING


def _leave_variable_pattern(reading: Reading, frame: Frame) -> int:
    reading.bind(frame.node.child_by_field_name("binding"), NOTHING)
    return NOTHING


def _patterns(clause: Node) -> Iterator[Node]:
    """Yield the patterns of a clause, which stand before its guard or its arrow."""
    for part in takewhile(lambda part: part.type not in {"match_guard", "=>"}, clause.children):
        if part.type != "|" and not part.is_extra:
            yield part


def _leave_match(reading: Reading, frame: Frame) -> int:
    patterns: list[str] = []
    is_open = False
    for clause in frame.node.named_children:
        if clause.type != "match_clause":
            continue
        is_guarded = any(one.type == "match_guard" for one in clause.named_children)
        for pattern in _patterns(clause):
            written = reading.piece.text(pattern)
            is_open = is_open or (not is_guarded and (written == "_" or _binds_all(pattern)))
            first = pattern.named_children[0] if pattern.named_children else None
            if first is not None and first.type in {"identifier", "qualified_identifier"}:
                patterns.append(reference(first, reading.piece).name)
            else:
                patterns.append(written)
    place = reading.place(child(frame.node, "value"))
    members = tuple(patterns)
    reading.add(Use(UseKind.MATCH, "", place, frame.part("value"), members=members, is_open=is_open))
    return NOTHING


def _leave_service(reading: Reading, frame: Frame) -> int:
    for field, node, term in frame.parts:
        if field == "listener":
            reading.add(Use(UseKind.LISTEN, "", reading.place(node), term))
    return NOTHING


def _leave_annotation_access(reading: Reading, frame: Frame) -> int:
    node = child(frame.node, "annotation")
    module, name = reading.named(node)
    if module is not None:
        reading.add(Use(UseKind.ANNOTATE, name, reading.place(node), module=module))
    return reading.table.add(Term(Op.ANNOTATION, name=name, module=module))


def _created(reading: Reading, frame: Frame) -> int:
    written = frame.node.child_by_field_name("type")
    return frame.flow.term if written is None else reading.type(written)


def _call(  # noqa: PLR0913, PLR0917 (what a call is)
    reading: Reading,
    kind: UseKind,
    name: Node,
    frame: Frame,
    callee: int,
    arguments: tuple[Argument, ...],
    module: str | None,
) -> None:
    text = "init"
    if kind is not UseKind.NEW:
        text = reading.named(name)[1] if name.type != "resource_access_path" else "get"
    place = reading.place(name)
    reading.add(
        Use(
            kind,
            text,
            place,
            callee,
            module,
            arguments,
            frame.flow,
            function=reading.qualifiers(),
            value=_result(reading, kind, frame, callee),
        )
    )


def _result(reading: Reading, kind: UseKind, frame: Frame, callee: int) -> int:
    if kind is UseKind.NEW:
        return _created(reading, frame)
    if kind is not UseKind.CALL:
        return NOTHING
    return reading.checked(frame.flow, reading.table.made(Op.RESULT, callee))


def _arguments(reading: Reading, node: Node | None) -> tuple[Argument, ...]:
    """Return the arguments of a list that was read: their terms are kept by their places."""
    if node is None:
        return ()
    return reading.arguments.pop(node.id, ())


def _binds_all(pattern: Node) -> bool:
    return pattern.type == "variable_pattern" and pattern.named_children[0].type == "identifier"


LEAVE: Final[Mapping[str, Callable[[Reading, Frame], int]]] = {
    **dict.fromkeys(DECLARED, _leave_declaration),
    **dict.fromkeys(
        [
            "call_expression",
            "error_constructor",
            "method_call_expression",
            "new_expression",
            "remote_method_call_action",
            "resource_access_action",
        ],
        _leave_call,
    ),
    **dict.fromkeys(["from_clause", "join_clause"], _leave_clause),
    **dict.fromkeys(["field_access_expression", "optional_field_access_expression"], _leave_field_access),
    **dict.fromkeys(["identifier", "qualified_identifier"], _leave_name),
    **dict.fromkeys(
        [
            "computed_field",
            "let_expression",
            "named_argument",
            "parenthesized_expression",
            "rest_argument",
            "spread",
            "trap_expression",
        ],
        _leave_value,
    ),
    "annotation_access_expression": _leave_annotation_access,
    "argument_list": _leave_arguments,
    **dict.fromkeys(ASSIGNMENTS, leave_assignment),
    "binary_expression": _leave_binary,
    "check_expression": _leave_check,
    "conditional_expression": _leave_conditional,
    "elvis_expression": _leave_elvis,
    "list_constructor": _leave_expected,
    "mapping_constructor": _leave_mapping,
    "match_statement": _leave_match,
    "member_access_expression": _leave_member_access,
    "nil_literal": _leave_nil,
    "service_declaration": _leave_service,
    "specific_field": _leave_specific_field,
    "type_cast_expression": _leave_cast,
    "variable_pattern": _leave_variable_pattern,
    "wait_action": _leave_wait,
}
