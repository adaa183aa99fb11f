"""What happens when a node is met: what is expected of its parts, and the names that it brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff import limits
from semverdiff.impact.model import NOTHING, Flow, Op, Sink, Term, Use, UseKind
from semverdiff.impact.reading import OBJECTS, PATTERNS, FunctionAround, key_of, path_of
from semverdiff.syntax.descriptors import child, members, read
from semverdiff.syntax.nodes import ArrayType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tree_sitter import Node

    from semverdiff.impact.reading import Frame, Reading

__all__ = [
    "BEFORE",
    "DECLARED",
    "ENTER",
    "OTHER",
    "enter_object",
    "flow_of",
    "function_at",
    "is_member_assignment",
    "narrow",
]

DECLARED: Final = frozenset(
    {
        "constant_declaration",
        "let_variable",
        "listener_declaration",
        "local_variable_declaration",
        "module_variable_declaration",
        "object_field",
    }
)
_THROUGH: Final = frozenset({"check_expression", "parenthesized_expression", "trap_expression"})
OTHER: Final = Flow()
# SPEC, Annotations: the attach points that take what stands there. Which of them a method is depends on more.
_METHOD: Final = ("function", "object function", "service remote function", "service function")
_ATTACHED: Final[Mapping[str, tuple[str, ...]]] = {
    "class_definition": ("class", "type"),
    "defaultable_parameter": ("parameter",),
    "function_definition": ("function",),
    "included_record_parameter": ("parameter",),
    "method_declaration": _METHOD,
    "method_definition": (*_METHOD, "resource function", "remote function"),
    "object_field": ("field", "object field"),
    "record_field": ("field", "record field"),
    "required_parameter": ("parameter",),
    "resource_path_parameter": ("parameter",),
    "rest_parameter": ("parameter",),
    "return_type_descriptor": ("return",),
    "service_declaration": ("service",),
    "type_definition": ("type",),
}


def flow_of(reading: Reading, parent: Frame, field: str | None) -> Flow:  # noqa: C901, PLR0912 (a case a form)
    """Return what becomes of the value of a part of a node."""
    kind = parent.kind
    if kind in _THROUGH:
        flow = parent.flow
        is_checked = flow.checked or kind == "check_expression"
        return Flow(flow.sink, flow.term, is_checked)
    match kind, field:
        case ("conditional_expression", "consequence" | "alternative") | ("elvis_expression", "alternative"):
            return parent.flow
        case "let_expression", "value":
            return parent.flow
        case (kind, "value") if kind in DECLARED:
            sink = Sink.INFERRED if parent.declared == NOTHING else Sink.TYPED
            return Flow(sink, parent.declared)
        case (("defaultable_parameter" | "record_field"), "default"):
            return Flow(Sink.TYPED, parent.declared)
        case "assignment_statement", "right":
            if parent.parts[-1][1].type in PATTERNS:
                return Flow(Sink.INFERRED)
            return Flow(Sink.ASSIGNED, parent.part("left"))
        case (("return_statement" | "expression_function_body"), "value"):
            result = reading.functions[-1].result if reading.functions else NOTHING
            return Flow(Sink.RETURNED, result)
        case "expression_statement", _:
            return Flow(Sink.DISCARDED)
        case "named_argument", "value":
            return Flow(Sink.ARGUMENT, parent.declared)
        case "argument_list", None:
            return Flow(Sink.ARGUMENT, reading.parameter(parent))
        case "rest_argument", "value":
            callee = reading.stack[-2].declared
            return Flow(Sink.SPREAD, reading.table.made(Op.PARAMETER, callee, "..."))
        case "spread", "value":
            return Flow(Sink.SPREAD, reading.stack[-2].flow.term)
        case "computed_field", "value":
            return Flow(Sink.FIELD)
        case "select_clause", "value":
            query = reading.stack[-2].flow
            return Flow(Sink.FIELD, reading.table.made(Op.ELEMENT, query.term))
        case "specific_field", "value":
            return Flow(Sink.FIELD, parent.declared)
        case "list_constructor", None:
            return Flow(Sink.FIELD, reading.table.made(Op.ELEMENT, parent.flow.term))
        case "type_cast_expression", "value":
            return Flow(Sink.CAST, parent.declared)
        case "type_test_expression", "value":
            return Flow(Sink.TESTED)
        case "binary_expression", _:
            return Flow(Sink.COMPARED)
        case ("foreach_statement", "iterable") | ("from_clause" | "join_clause", "source"):
            return Flow(Sink.ITERATED)
        case "annotation", "value":
            return Flow(Sink.FIELD, parent.declared)
        case _, "object":
            return Flow(Sink.RECEIVER)
    return OTHER


def function_at(reading: Reading, node: Node, place: int) -> FunctionAround:
    """Return the function that a node is; parameters without types are bound by the `place` for it."""
    qualifiers = tuple(
        reading.piece.text(one) for one in node.children if one.type in {"isolated", "transactional"}
    )
    signature = node.child_by_field_name("signature")
    returns = None if signature is None else signature.child_by_field_name("returns")
    written = None if returns is None else returns.child_by_field_name("type")
    result = reading.table.builtin("()") if signature is not None and returns is None else NOTHING
    found = reading.type(written) if written is not None else result
    if node.type == "implicit_anonymous_function":
        for number, one in enumerate(_parameters_of(node)):
            given = reading.table.made(Op.GIVEN, place, str(number))
            reading.scopes.bind(reading.piece.name(one), given)
    return FunctionAround(found, qualifiers)


def enter_object(reading: Reading, node: Node) -> None:
    """Note the members of a class or object, and what it implements."""
    fields: dict[str, int] = {}
    names: list[str] = []
    included: list[Node | None] = []
    for part in node.children:
        name = part.child_by_field_name("name")
        if part.type == "object_field" and name is not None:
            fields[reading.piece.name(name)] = reading.type(part.child_by_field_name("type"))
            names.append(reading.piece.name(name))
        elif part.type == "method_definition" and name is not None:
            path = part.child_by_field_name("path")
            method = reading.piece.name(name)
            names.append(method if path is None else f"[{method} {path_of(path, reading.piece)}]")
        elif part.type == "type_inclusion":
            included.append(part.child_by_field_name("type"))
    if node.type in {"object_constructor", "service_declaration"}:
        included.append(node.child_by_field_name("type"))
    reading.fields.append(fields)
    written = [
        one for one in included if one is not None and one.type == "type_reference" and not one.has_error
    ]
    name = node.child_by_field_name("name") if node.type == "class_definition" else None
    own = NOTHING if name is None else reading.own_class(name)
    reading.scopes.bind("self", own)
    if written and name is None:
        own = _own_members(reading, node)
    for one in written:
        reading.include(UseKind.IMPLEMENT, one.children[0], reading.type(one), tuple(names), own)


def _own_members(reading: Reading, node: Node) -> int:
    """Return a value of the type that an object or service has by its own members."""
    if node.has_error or node.end_byte - node.start_byte > limits.USED_TYPE_BYTES:
        return NOTHING
    return reading.table.type(read(members(node, reading.piece), reading.piece))


def narrow(reading: Reading, parent: Frame) -> None:
    """Let names that a condition has tested stand for what they were tested for."""
    waiting = [child(parent.node, "condition")]
    while waiting:
        node = waiting.pop()
        if node.type == "parenthesized_expression":
            waiting.append(child(node, "value"))
        elif node.type == "binary_expression":
            if child(node, "operator").type == "&&":
                waiting += [child(node, "left"), child(node, "right")]
        elif node.type == "type_test_expression":
            value = child(node, "value")
            if value.type != "identifier":
                continue
            name = reading.piece.name(value)
            tested = reading.type(node.child_by_field_name("type"))
            if child(node, "operator").type == "is" and reading.scopes.has(name) and tested != NOTHING:
                reading.scopes.bind(name, tested)


def is_member_assignment(node: Node) -> bool:
    """Return whether a declaration is an assignment: `orders[key] = value;` declares nothing.

    As the compiler takes it: what could be a type with a list binding pattern of one name is a member access.
    """
    written, binding = node.child_by_field_name("type"), node.child_by_field_name("binding")
    return (
        node.type == "local_variable_declaration"
        and written is not None
        and written.type == "type_reference"
        and binding is not None
        and binding.type == "list_binding_pattern"
        and [one.type for one in binding.named_children] == ["identifier"]
    )


def _enter_declared(reading: Reading, frame: Frame) -> None:
    written = frame.node.child_by_field_name("type")
    if written is None or not is_member_assignment(frame.node):
        frame.declared = reading.type(written)
        return
    module, name = reading.named(written.children[0])
    if module is None and reading.scopes.has(name):
        owner = reading.scopes.value(name)
    else:
        owner = reading.table.add(Term(Op.VALUE, name=name, module=module))
    frame.declared = reading.table.made(Op.ELEMENT, owner)


def _enter_parameter(reading: Reading, frame: Frame) -> None:
    name, written = (frame.node.child_by_field_name(one) for one in ("name", "type"))
    frame.declared = term = reading.type(written)
    if name is None or _is_in_type(reading):
        return
    if frame.kind == "rest_parameter":
        # `T... values` is a list of T.
        term = NOTHING if term == NOTHING else _list_of(reading, term)
    reading.scopes.bind(reading.piece.name(name), term)


def _is_in_type(reading: Reading) -> bool:
    """Return whether a parameter is that of a function type, and not of a function."""
    return any(one.kind == "function_type" for one in reading.stack[-3:])


def _list_of(reading: Reading, term: int) -> int:
    number = reading.table.terms[term].of
    return reading.table.type(ArrayType(reading.table.descriptors[number], None))


def _enter_arguments(reading: Reading, frame: Frame) -> None:
    """Note whose arguments these are."""
    parent = reading.stack[-1]
    frame.declared = reading.callee(parent)


def _enter_named_argument(reading: Reading, frame: Frame) -> None:
    name = reading.piece.name(child(frame.node, "name"))
    frame.declared = reading.parameter(reading.stack[-1], name)


def _enter_field(reading: Reading, frame: Frame) -> None:
    name = key_of(frame.node, reading.piece)
    mapping = reading.stack[-1]
    frame.declared = reading.table.made(Op.FIELD, mapping.flow.term, name)


def _enter_annotation(reading: Reading, frame: Frame) -> None:
    node = child(frame.node, "name")
    module, name = reading.named(node)
    frame.declared = reading.table.add(Term(Op.ANNOTATION, name=name, module=module))
    if module is not None:
        points = _ATTACHED.get(reading.stack[-1].kind, ())
        reading.add(Use(UseKind.ANNOTATE, name, reading.place(node), module=module, members=points))


def _enter_type_reference(reading: Reading, frame: Frame) -> None:
    parent = reading.stack[-1]
    if parent.kind == "type_inclusion" or (frame.field == "type" and parent.kind in OBJECTS):
        return  # noted as an implementer or an inclusion
    reading.name(frame.node, frame.position)


def _enter_inclusion(reading: Reading, frame: Frame) -> None:
    parent = reading.stack[-1]
    written = frame.node.child_by_field_name("type")
    if parent.kind in {"object_type", "record_type"} and written is not None and not written.has_error:
        reading.include(UseKind.INCLUDE, written.children[0], reading.type(written))


def _enter_import(reading: Reading, frame: Frame) -> None:
    organization, module = (frame.node.child_by_field_name(one) for one in ("organization", "module"))
    if organization is None or module is None:
        return
    parts = [reading.piece.name(one) for one in module.named_children if one.type == "identifier"]
    name = f"{reading.piece.name(organization)}/{'.'.join(parts)}"
    reading.add(Use(UseKind.IMPORT, name, reading.place(module), module=name))


def _before_body(reading: Reading, parent: Frame) -> None:
    if parent.kind == "foreach_statement":
        written = reading.type(parent.node.child_by_field_name("type"))
        term = reading.table.made(Op.ELEMENT, parent.part("iterable")) if written == NOTHING else written
        reading.bind(parent.node.child_by_field_name("binding"), term)
    elif parent.kind == "on_fail_clause":
        written = reading.type(parent.node.child_by_field_name("type"))
        reading.bind(parent.node.child_by_field_name("binding"), written)


def _parameters_of(node: Node) -> Iterator[Node]:
    """Yield the names of the parameters of a function without types."""
    parameters = child(node, "parameters")
    yield from [parameters] if parameters.type == "identifier" else parameters.named_children


ENTER: Final[Mapping[str, Callable[[Reading, Frame], None]]] = {
    **dict.fromkeys([*DECLARED, "record_field", "type_cast_expression"], _enter_declared),
    **dict.fromkeys(
        ["defaultable_parameter", "included_record_parameter", "required_parameter", "rest_parameter"],
        _enter_parameter,
    ),
    "annotation": _enter_annotation,
    "argument_list": _enter_arguments,
    "import_declaration": _enter_import,
    "named_argument": _enter_named_argument,
    "specific_field": _enter_field,
    "type_inclusion": _enter_inclusion,
    "type_reference": _enter_type_reference,
}
BEFORE: Final[Mapping[str, Callable[[Reading, Frame], None]]] = {"body": _before_body}
"""What is bound before the part of that name, by what stands before it."""
