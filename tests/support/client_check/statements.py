"""Functions, classes and statements of a client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.client_check.expressions import Expressions
from support.client_check.forms import object_members_of, within
from support.client_check.program import OWN_MODULE
from support.client_check.trees import child, text, walk

from semverdiff import api
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import name_of
from semverdiff.types.forms import shape, union_members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.client_check.program import Program, Scope
    from tree_sitter import Node

    from semverdiff.api import Type

__all__ = ["Statements"]


class Statements:
    """The declarations and statements of one client, asked one by one."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._expressions = Expressions(program)

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with the program, each problem once."""
        for node in self._program.tree.children:
            if node.type == "import_declaration":
                self._program.add_import(node)
        for node in walk(self._program.tree):
            if node.type == "qualified_identifier":
                self._program.check_name(node)
        for node in self._program.tree.children:
            match node.type:
                case "function_definition":
                    self._function(node)
                case "class_definition":
                    self._class(node)
                case "module_variable_declaration":
                    self._declaration(node, {})
                case _:
                    pass
        yield from dict.fromkeys(self._program.found)

    def _function(self, node: Node) -> None:
        scope: Scope = {}
        declared = self._program.surface.declaration(OWN_MODULE, name_of(text(child(node, "name"))))
        if not isinstance(declared, nodes.Function):
            return
        for one in declared.signature.parameters:
            scope[one.name] = self._program.made(one.type)
        self._program.isolated = "isolated" in declared.qualifiers
        body = node.child_by_field_name("body")
        for statement in body.named_children if body is not None else []:
            self._statement(statement, scope)
        self._program.isolated = False
        matches = [one for one in body.named_children if one.type == "match_statement"] if body else []
        if matches and declared.signature.result != nodes.NIL:
            self._exhaustive(matches[0], scope)

    def _exhaustive(self, node: Node, scope: Scope) -> None:
        patterns = [one.named_children[0] for one in walk(node) if one.type == "constant_pattern"]
        handled = [self._expressions.infer(one, scope) for one in patterns]
        value = self._expressions.infer(child(node, "value"), scope)
        if value is not None and handled and all(handled):
            known = [one for one in handled if one is not None]
            union = known[0].with_descriptor(nodes.UnionType(tuple(one.descriptor for one in known)))
            if within(value, union) is False:
                self._program.says("a return is missing: a value of the match is not handled")

    def _class(self, node: Node) -> None:
        own = self._program.made(nodes.Reference(None, name_of(text(child(node, "name")))))
        for inclusion in node.children:
            if inclusion.type != "type_inclusion":
                continue
            included = self._program.type(child(inclusion, "type"))
            if not self._written_members(own, included) or within(own, included) is False:
                self._program.says(f"the class does not implement {text(inclusion)}")

    def _written_members(self, own: Type, included: Type) -> bool:
        """Return whether a class defines what it includes: a member that it only inherits is missing."""
        target = api.object_type_of(included)
        mine = self._program.surface.declaration(OWN_MODULE, getattr(own.descriptor, "name", ""))
        written = None if target is None else api.declared_object_type(target.declaration)
        if target is None or written is None or not isinstance(mine, nodes.Class):
            return True
        members = api.object_members(target.type_of(written))
        bare = nodes.ObjectType(mine.type.qualifiers, mine.type.fields, mine.type.methods, ())
        defined = api.object_members(self._program.made(bare))
        lacks = (members.methods.keys() - {"init"} - defined.methods.keys()) | (
            members.fields.keys() - defined.fields.keys()
        )
        mismatched = any(
            within(self._method(mine_), self._method(theirs)) is False
            for key, theirs in members.methods.items()
            if (mine_ := defined.methods.get(key)) is not None
        )
        return (
            not lacks
            and not mismatched
            and members.qualifiers & {"client", "service", "isolated"} <= (mine.type.qualifiers)
        )

    @staticmethod
    def _method(member: api.Member[nodes.Method]) -> Type:
        qualifiers = member.declared.qualifiers & {"isolated", "transactional"}
        return member.type_of(nodes.FunctionType(qualifiers, member.declared.signature))

    def _statement(self, node: Node, scope: Scope) -> None:
        match node.type:
            case "local_variable_declaration":
                self._declaration(node, scope)
            case "assignment_statement":
                self._assignment(node, scope)
            case "expression_statement":
                self._call_statement(node.named_children[0], scope)
            case "if_statement":
                self._if(node, scope)
            case _:
                pass

    def _if(self, node: Node, scope: Scope) -> None:
        """Look into the body, where what a type test is about has the tested type."""
        condition = child(node, "condition")
        self._expressions.infer(condition, scope)
        inside = dict(scope)
        if condition.type == "type_test_expression":
            name = name_of(text(child(condition, "value")))
            inside[name] = self._narrowed(scope.get(name), self._program.type(child(condition, "type")))
        for statement in child(node, "consequence").named_children:
            self._statement(statement, inside)

    def _narrowed(self, type_: Type | None, tested: Type) -> Type:
        """Return the tested type, or as what runs has it the one structure that a value can be."""
        if type_ is None or not self._program.runs:
            return tested
        alike = [one for one in union_members(type_) if shape(one).form == shape(tested).form]
        return alike[0] if len(alike) == 1 else tested

    def _declaration(self, node: Node, scope: Scope) -> None:
        written, value = node.child_by_field_name("type"), node.child_by_field_name("value")
        type_ = self._program.type(written) if written is not None and text(written) != "var" else None
        if value is not None and type_ is not None and self._program.runs:
            type_ = self._expressions.infer(value, scope) or type_
        elif value is not None and type_ is not None:
            self._expressions.fits(value, type_, scope)
        elif value is not None:
            type_ = self._expressions.infer(value, scope)
        binding = node.child_by_field_name("binding") or node.child_by_field_name("name")
        if binding is not None:
            scope[name_of(text(binding))] = type_

    def _assignment(self, node: Node, scope: Scope) -> None:
        left = child(node, "left")
        if left.type == "identifier" and name_of(text(left)) not in scope:
            self._program.says(f"{text(left)} is not declared")
        if left.type == "qualified_identifier":
            declared = self._program.declared(left)
            if isinstance(declared, nodes.Variable) and "final" in declared.qualifiers:
                self._program.says(f"{declared.name} is final")
        elif left.type in {"field_access_expression", "member_access_expression"}:
            self._written_to(left, scope)
        type_ = self._expressions.infer(left, scope)
        if type_ is not None:
            self._expressions.fits(child(node, "right"), type_, scope)

    def _written_to(self, left: Node, scope: Scope) -> None:
        """Notice a field that is readonly or final, or of a value that is."""
        type_ = self._expressions.infer(child(left, "object"), scope)
        field = left.child_by_field_name("field")
        if type_ is None:
            return
        shown = api.record_shape(type_)
        if shape(type_).readonly:
            self._program.says(f"{text(child(left, 'object'))} is readonly")
        if field is None:
            return
        name = name_of(text(field))
        if shown is not None:
            member = api.record_members(shown.type).fields.get(name)
            if member is not None and member.declared.readonly:
                self._program.says(f"{name} is readonly")
            return
        own = object_members_of(type_)
        written = None if own is None else own.fields.get(name)
        if written is not None and written.declared.final:
            self._program.says(f"{name} is final")

    def _call_statement(self, node: Node, scope: Scope) -> None:
        result = self._expressions.infer(node, scope)
        if result is not None and within(result, self._program.made(nodes.NIL)) is False:
            self._program.says("the result of a call is not used")
