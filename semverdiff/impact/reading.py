"""A file while it is read: its names and scopes, the uses found so far, and what all nodes ask."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from semverdiff import limits
from semverdiff.impact.model import NOTHING, PLACES, Flow, Op, Place, Position, Sink, Term, Use, UseKind
from semverdiff.impact.scopes import Scopes
from semverdiff.syntax.descriptors import child, descriptor
from semverdiff.syntax.spelling import name_of
from semverdiff.syntax.tree import Slice, location, reference, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from semverdiff.impact.model import Argument
    from semverdiff.impact.table import Table

__all__ = [
    "ASSIGNMENTS",
    "OBJECTS",
    "PATTERNS",
    "Frame",
    "FunctionAround",
    "Reading",
    "key_of",
    "path_of",
    "unquoted",
]

OBJECTS: Final = frozenset(
    {"class_definition", "object_constructor", "service_constructor", "service_declaration"}
)
PATTERNS: Final = frozenset({"error_binding_pattern", "list_binding_pattern", "mapping_binding_pattern"})
ASSIGNMENTS: Final = frozenset({"assignment_statement", "compound_assignment_statement"})
_PUT: Final = PLACES | {Sink.CAST}
_WORD: Final = re.compile(r"[^\W\d]\w*")


class Frame:
    """A node that is being read: what is expected of its value, and what its parts gave."""

    __slots__ = (
        "comments",
        "declared",
        "field",
        "flow",
        "function",
        "is_scoped",
        "kind",
        "node",
        "parts",
        "position",
    )

    def __init__(self, node: Node, kind: str, field: str | None, flow: Flow, position: Position) -> None:
        self.node = node
        self.kind = kind
        self.field = field
        self.flow = flow
        self.position = position
        self.declared = NOTHING
        self.comments = 0
        self.parts: list[tuple[str | None, Node, int]] = []
        self.is_scoped = False
        self.function: FunctionAround | None = None

    def part(self, field: str) -> int:
        """Return the term of the part with that name."""
        return next((term for name, _, term in self.parts if name == field), NOTHING)


class FunctionAround:
    """A function around what is read: what it returns, and its qualifiers."""

    __slots__ = ("qualifiers", "result")

    def __init__(self, result: int, qualifiers: tuple[str, ...]) -> None:
        self.result = result
        self.qualifiers = qualifiers


class Reading:
    """What is known of a file at the node that is read; terms and descriptors are those of its module.

    `stack` holds the nodes around it, `fields` those of the objects around it, and `arguments` the arguments
    of calls whose lists were read, by the identity of these.
    """

    def __init__(self, piece: Slice, table: Table) -> None:
        self.uses: list[Use] = []
        self.damaged: frozenset[str] | None = frozenset()
        self.piece = piece
        self.table = table
        self.scopes = Scopes()
        self.functions: list[FunctionAround] = []
        self.fields: list[Mapping[str, int]] = []
        self.stack: list[Frame] = []
        self.arguments: dict[int, tuple[Argument, ...]] = {}
        self._types: dict[str, int] = {}
        self._words: set[str] = set()

    def damages(self) -> frozenset[str] | None:
        """Return the words of what does not parse, None if they are too many."""
        return None if self.damaged is None else frozenset(self._words)

    def type(self, node: Node | None) -> int:
        """Return the term of a value of the type that is written; nothing for `var` and for half a type."""
        if node is None or not node.is_named or node.has_error:
            return NOTHING
        if node.end_byte - node.start_byte > limits.USED_TYPE_BYTES:
            return NOTHING
        written = self.piece.text(node)
        known = self._types.get(written)
        if known is None:
            known = self._types[written] = self.table.type(descriptor(node, self.piece))
        return known

    def place(self, node: Node) -> Place:
        """Return where a name stands."""
        if node.type == "qualified_identifier":
            node = node.child_by_field_name("name") or node
        found = location(node, self.piece)
        return Place(found.line, found.column)

    def named(self, node: Node) -> tuple[str | None, str]:
        """Return the module and the name that a name means."""
        named = reference(node, self.piece)
        return named.module, named.name

    def add(self, use: Use) -> None:
        """Add a use."""
        self.uses.append(use)

    def qualifiers(self) -> tuple[str, ...]:
        """Return the qualifiers of the function around what is read."""
        return self.functions[-1].qualifiers if self.functions else ()

    def note_damage(self, node: Node) -> None:
        """Note the words of what does not parse."""
        if self.damaged is None:
            return
        self._words.update(words_in(node, self.piece))
        if len(self._words) > limits.HIDDEN_WORDS:
            self.damaged = None

    def own_class(self, name: Node) -> int:
        """Return the term of a value of the class that is declared under a name."""
        written = self.piece.text(name)
        if written not in self._types:
            self._types[written] = self.table.type(reference(name, self.piece))
        return self._types[written]

    def include(
        self, kind: UseKind, name: Node, term: int, members: tuple[str, ...] = (), own: int = NOTHING
    ) -> None:
        """Add the inclusion of a type; `own` is a value of what implements it."""
        module, text = self.named(name)
        self.add(Use(kind, text, self.place(name), term, module, members=members, value=own))

    def read_pattern(self, pattern: Node, term: int) -> None:
        """Note what an assignment to several places reads; these keep what they stand for."""
        self.scopes.open()
        self.bind(pattern, term)
        self.scopes.close()

    def bind(self, pattern: Node | None, term: int) -> None:
        """Bind the names of a binding pattern to the parts of a value, which it reads."""
        waiting = [] if pattern is None else [(pattern, term)]
        while waiting:
            node, term = waiting.pop()
            match node.type:
                case "identifier":
                    self.scopes.bind(self.piece.name(node), term)
                case "list_binding_pattern":
                    part = self.table.made(Op.ELEMENT, term)
                    waiting += [(one, part) for one in reversed(node.named_children)]
                case "mapping_binding_pattern":
                    waiting += [(one, term) for one in reversed(node.named_children)]
                case "field_binding_pattern":
                    name = child(node, "name")
                    field = self.piece.name(name)
                    flow = Flow(Sink.INFERRED)
                    self.add(Use(UseKind.READ, field, self.place(name), term, flow=flow))
                    bound = node.child_by_field_name("pattern") or name
                    waiting.append((bound, self.table.made(Op.FIELD, term, field)))
                case "error_binding_pattern":
                    written = node.child_by_field_name("type")
                    if written is not None:
                        self.name(written, Position.ERROR)
                    waiting += [(one, NOTHING) for one in node.named_children if one != written]
                case "named_argument_binding_pattern":
                    waiting.append((child(node, "pattern"), NOTHING))
                case "rest_binding_pattern":
                    waiting.append((child(node, "name"), NOTHING))

    def name(self, node: Node, position: Position) -> None:
        """Add the use of a type that is named, if it is one of another module."""
        if node.has_error:
            self.note_damage(node)
            return
        name = node.children[0]
        module, text = self.named(name)
        if module is not None:
            self.add(Use(UseKind.NAME, text, self.place(name), module=module, position=position))

    def put(self, frame: Frame, term: int) -> None:
        """Note that a value is put where another type may be expected."""
        flow = frame.flow
        if flow.sink is Sink.CAST and flow.term == NOTHING:
            return  # nothing but an annotation
        if flow.sink in _PUT and flow.term != term:
            self.add(Use(UseKind.PUT, "", self.place(frame.node), term, flow=flow, value=term))

    def checked(self, flow: Flow, term: int) -> int:
        """Return what `check` leaves of a value, where it is checked."""
        return self.table.made(Op.CHECKED, term) if flow.checked else term

    def parameter(self, arguments: Frame, name: str | None = None) -> int:
        """Return the parameter that the next argument is for."""
        if name is None:
            name = f"#{len(arguments.parts) - arguments.comments}"
        return self.table.made(Op.PARAMETER, arguments.declared, name)

    def callee(self, call: Frame) -> int:
        """Return what a node calls."""
        made = self.table.made
        match call.kind:
            case "call_expression":
                module, name = self.named(child(call.node, "function"))
                if module is None and self.scopes.has(name):
                    return NOTHING
                return self.table.add(Term(Op.FUNCTION, name=name, module=module))
            case "method_call_expression":
                return made(Op.METHOD, call.part("object"), self.method(call.node))
            case "remote_method_call_action":
                return made(Op.REMOTE, call.part("object"), self.method(call.node))
            case "resource_access_action":
                written = path_of(child(call.node, "path"), self.piece)
                return made(Op.RESOURCE, call.part("object"), self.method(call.node) or "get", written)
            case "new_expression":
                written_type = call.node.child_by_field_name("type")
                created = call.flow.term if written_type is None else self.type(written_type)
                return made(Op.INIT, created)
        return made(Op.INIT, self.type(call.node.child_by_field_name("type")))  # an error

    def method(self, node: Node) -> str:
        """Return the name of the method that a node calls."""
        name = node.child_by_field_name("method")
        return "" if name is None else self.piece.name(name)


def words_in(node: Node, piece: Slice) -> Iterator[str]:
    """Yield all that may be a name in a node."""
    yield from _WORD.findall(piece.text(node))
    for part in walk(node):
        if part.type == "identifier":
            yield name_of(piece.text(part))


def key_of(field: Node, piece: Slice) -> str:
    """Return the name of a field of a mapping constructor."""
    name = child(field, "name")
    return unquoted(piece.text(name)) if name.type == "string_literal" else piece.name(name)


def unquoted(literal: str) -> str:
    """Return what stands between the quotes of a literal."""
    return literal[1:-1]


def path_of(node: Node, piece: Slice) -> str:
    """Write a resource path as symbols have it: `{}` for a parameter or a computed segment, root as `.`."""
    segments: list[str] = []
    for part in node.named_children:
        match part.type:
            case "identifier" | "resource_path_segment":
                segments.append(piece.name(part))
            case "resource_path_parameter" | "computed_resource_segment":
                segments.append("{}")
            case "resource_path_rest_parameter" | "resource_rest_segment":
                segments.append("{...}")
    return "/".join(segments) or "."
