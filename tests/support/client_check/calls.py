"""Calls of functions, methods and `new`, and their arguments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support.client_check.forms import (
    detail_of,
    is_typedesc,
    map_parameter,
    object_members_of,
    part,
    within,
)
from support.client_check.program import OWN_MODULE
from support.client_check.trees import child, is_statement, is_var, text
from support.sources import descriptor

from semverdiff import api
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import name_of
from semverdiff.types.forms import list_members, shape, union_members

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from support.client_check.program import Program, Scope
    from tree_sitter import Node

    from semverdiff.api import Type
    from semverdiff.types.forms import Shape

__all__ = ["Calls"]


class Calls:
    """`infer` returns the type of an expression, `fits` notices one that gives no value of a type."""

    def __init__(
        self,
        program: Program,
        infer: Callable[[Node, Scope], Type | None],
        fits: Callable[[Node, Type, Scope], None],
    ) -> None:
        self._program = program
        self._infer = infer
        self._fits = fits

    def new(self, node: Node, scope: Scope) -> Type | None:
        """Return the type of a `new` expression: the class, and the errors of its init."""
        written = node.child_by_field_name("type")
        if written is None:
            return None
        type_ = self._program.type(written)
        members, target = object_members_of(type_), type_.target()
        if members is None or target is None or not isinstance(target.declaration, nodes.Class):
            if target is not None:
                self._program.says(f"{target.key} is no class")
            return type_
        init = members.methods.get("init")
        if init is None:
            if node.child_by_field_name("arguments") and child(node, "arguments").named_children:
                self._program.says(f"{target.key} is created without arguments")
            return type_
        if init.declared.visibility != "public" and target.module != OWN_MODULE:
            self._program.says(f"the init of {target.key} is not public")
        if self._program.isolated and "isolated" not in init.declared.qualifiers:
            self._program.says(f"an isolated function creates {target.key}")
        self._arguments(node, init.declared.signature, init.type_of(nodes.NIL), scope)
        result = init.declared.signature.result
        if result == nodes.NIL:
            return type_
        failing = (
            one.descriptor for one in union_members(init.type_of(result)) if one.descriptor != nodes.NIL
        )
        return self._program.made(
            nodes.UnionType((nodes.Reference(None, target.key), *failing)), target.module
        )

    def call(self, node: Node, scope: Scope) -> Type | None:
        """Return the result of a call of a function."""
        name = child(node, "function")
        declared, home = self._program.declared(name), self._program.home(name)
        if not isinstance(declared, nodes.Function):
            if declared is not None:
                self._program.says(f"{text(name)} is no function")
            return None
        return self._called(node, declared, self._program.made(nodes.NIL, home), scope)

    def _called(
        self, node: Node, declared: nodes.Function | nodes.Method, home: Type, scope: Scope
    ) -> Type | None:
        if self._program.isolated and "isolated" not in declared.qualifiers:
            self._program.says(f"an isolated function calls {declared.name}")
        if "transactional" in declared.qualifiers:
            self._program.says(f"{declared.name} is called outside of a transaction")
        self._arguments(node, declared.signature, home, scope)
        result = declared.signature.result
        if result == nodes.BuiltinType("never") and not is_statement(node):
            self._program.says("a value is expected of a call that never returns")
        words = set(re.findall(r"\w+", api.type_text(result)))
        named = [one for one in declared.signature.parameters if one.name in words and is_typedesc(one.type)]
        dependent = bool(named)
        if dependent and any(one.inferred for one in declared.signature.parameters) and is_var(node):
            self._program.says("nothing says which type the result has")
        return (
            self._dependent(node, declared.signature, named, home, scope)
            if named
            else home.with_descriptor(result)
        )

    def _dependent(
        self, node: Node, signature: nodes.Signature, named: list[nodes.Parameter], home: Type, scope: Scope
    ) -> Type | None:
        """Return a result that names typedesc parameters; `None` if no argument says what they are."""
        listed = node.child_by_field_name("arguments")
        given = listed.named_children if listed is not None else []
        places = [one for one in signature.parameters if one.kind in {"required", "defaultable"}]
        by_place = zip(places, [one for one in given if one.type != "named_argument"], strict=False)
        passed = {one.name: argument for one, argument in by_place} | {
            name_of(text(child(one, "name"))): child(one, "value")
            for one in given
            if one.type == "named_argument"
        }
        stands: dict[str, nodes.TypeDescriptor] = {}
        for one in named:
            meant = self._described(one, passed.get(one.name), scope)
            if meant is None:
                return None
            stands[one.name] = meant
        return home.with_descriptor(
            descriptor(
                re.sub(
                    r"\w+",
                    lambda word: f"({api.type_text(stands[word[0]])})" if word[0] in stands else word[0],
                    api.type_text(signature.result),
                )
            )
        )

    def _described(
        self, parameter: nodes.Parameter, argument: Node | None, scope: Scope
    ) -> nodes.TypeDescriptor | None:
        """Return the builtin type that an argument, or the default, for a typedesc parameter is."""
        if argument is None:
            default = parameter.default
            written = None if default is None or parameter.inferred else descriptor(default.text)
        elif argument.type == "typedesc_expression":
            written = descriptor(text(argument))
        else:
            variable = scope.get(name_of(text(argument)))
            match variable.descriptor if variable is not None else None:
                case nodes.BuiltinType(name="typedesc"):
                    return descriptor("any|error")
                case nodes.ParameterizedType(name="typedesc", parameter=bound):
                    written = bound
                case _:
                    return None
        return written if isinstance(written, nodes.BuiltinType) else None

    def method_call(self, node: Node, scope: Scope) -> Type | None:
        """Return the result of a call of a method."""
        type_ = self._infer(child(node, "object"), scope)
        name = name_of(text(child(node, "method")))
        if type_ is not None and name == "detail" and api.is_error(type_):
            return detail_of(type_)
        found = None if type_ is None else shape(type_)
        if found is not None and found.form == "map" and name == "get":
            return part(found, found.type.with_descriptor(map_parameter(found.type)))
        if found is not None and found.form == "list" and name == "push":
            return self._push(node, found, scope)
        return self._member_call(node, type_, name, "normal", scope)

    def _push(self, node: Node, found: Shape, scope: Scope) -> Type:
        """Notice what cannot be added to a list."""
        listed = list_members(found.type)
        if found.readonly or (listed is not None and listed[1] is None):
            self._program.says(f"nothing can be added to {text(child(node, 'object'))}")
        elif listed is not None and listed[1] is not None:
            for one in child(node, "arguments").named_children:
                self._fits(one, found.type.with_descriptor(listed[1]), scope)
        return found.type.with_descriptor(nodes.NIL)

    def remote_call(self, node: Node, scope: Scope) -> Type | None:
        """Return the result of a call of a remote method."""
        type_ = self._infer(child(node, "object"), scope)
        return self._member_call(node, type_, name_of(text(child(node, "method"))), "remote", scope)

    def _member_call(self, node: Node, type_: Type | None, name: str, kind: str, scope: Scope) -> Type | None:
        members = None if type_ is None else object_members_of(type_)
        if members is None:
            return None
        member = members.methods.get(name)
        if member is None or member.declared.kind != kind:
            self._program.says(f"the object has no {kind} method {name}")
            return None
        if member.declared.visibility != "public" and kind == "normal" and member.module != OWN_MODULE:
            self._program.says(f"the method {name} is not public")
        return self._called(node, member.declared, member.type_of(nodes.NIL), scope)

    def resource_call(self, node: Node, scope: Scope) -> Type | None:
        """Return the result of a call of a resource method."""
        type_ = self._infer(child(node, "object"), scope)
        members = None if type_ is None else object_members_of(type_)
        if members is None:
            return None
        method = node.child_by_field_name("method")
        accessor = "get" if method is None else name_of(text(method))
        steps = child(node, "path").named_children
        for member in members.methods.values():
            if member.declared.kind == "resource" and member.declared.name == accessor:
                answer = self._path_fits(steps, member, scope)
                if answer:
                    return self._called(node, member.declared, member.type_of(nodes.NIL), scope)
        self._program.says("no resource method takes the call")
        return None

    def _path_fits(self, steps: list[Node], member: api.Member[nodes.Method], scope: Scope) -> bool:
        path = list(member.declared.path)
        rest = path.pop() if path and path[-1].kind == "rest" else None
        if len(steps) < len(path) or (rest is None and len(steps) > len(path)):
            return False
        segments = [*path, *([rest] * (len(steps) - len(path)))]
        for step, segment in zip(steps, segments, strict=True):
            if segment is None:
                return False
            if step.type == "identifier" and segment.kind == "name":
                if name_of(text(step)) != segment.name:
                    return False
            elif segment.kind == "name":
                return False
            elif step.type == "computed_resource_segment" and segment.type is not None:
                value = self._infer(child(step, "value"), scope)
                if value is not None and within(value, member.type_of(segment.type)) is False:
                    return False
        return True

    def _arguments(self, node: Node, signature: nodes.Signature, home: Type, scope: Scope) -> None:
        listed = node.child_by_field_name("arguments")
        given = listed.named_children if listed is not None else []
        positional = [one for one in signature.parameters if one.kind in {"required", "defaultable"}]
        rest = next((one for one in signature.parameters if one.kind == "rest"), None)
        included = [one for one in signature.parameters if one.kind == "included"]
        fields = self._included_fields(included, home)
        passed: set[str] = set()
        index = 0
        for argument in given:
            if argument.type == "named_argument":
                self._named_argument(argument, signature, fields, home, scope, passed)
            elif argument.type == "rest_argument":
                return
            elif index < len(positional):
                one = positional[index]
                index += 1
                passed.add(one.name)
                self._passed(argument, one, home, scope)
            elif rest is not None:
                self._fits(argument, home.with_descriptor(rest.type), scope)
            elif len(included) > index - len(positional):
                one = included[index - len(positional)]
                index += 1
                passed.add(one.name)
                self._fits(argument, home.with_descriptor(one.type), scope)
            else:
                self._program.says("an argument is too much")
        for one in positional:
            if one.kind == "required" and one.name not in passed and not one.inferred:
                self._program.says(f"the argument for {one.name} is missing")
        for one in included:
            if one.name not in passed:
                self._demanded(one, home, passed)

    def _passed(self, argument: Node, parameter: nodes.Parameter, home: Type, scope: Scope) -> None:
        """Notice an argument that is no value of the parameter's type; a name may be that of a type."""
        if not is_typedesc(parameter.type) or name_of(text(argument)) in scope:
            self._fits(argument, home.with_descriptor(parameter.type), scope)

    def _included_fields(
        self, included: list[nodes.Parameter], home: Type
    ) -> dict[str, api.Member[nodes.RecordField]]:
        found: dict[str, api.Member[nodes.RecordField]] = {}
        for one in included:
            shown = api.record_shape(home.with_descriptor(one.type))
            if shown is not None:
                found |= api.record_members(shown.type).fields
        return found

    def _named_argument(  # noqa: PLR0913, PLR0917 (what a named argument may name)
        self,
        argument: Node,
        signature: nodes.Signature,
        fields: Mapping[str, api.Member[nodes.RecordField]],
        home: Type,
        scope: Scope,
        passed: set[str],
    ) -> None:
        name = name_of(text(child(argument, "name")))
        value = child(argument, "value")
        parameter = next((one for one in signature.parameters if one.name == name), None)
        passed.add(name)
        if parameter is not None:
            self._passed(value, parameter, home, scope)
        elif name in fields:
            self._fits(value, api.field_type(fields[name]), scope)
        else:
            self._program.says(f"no parameter is called {name}")

    def _demanded(self, included: nodes.Parameter, home: Type, passed: set[str]) -> None:
        for name, member in self._included_fields([included], home).items():
            field = member.declared
            if name not in passed and not field.optional and field.default is None:
                self._program.says(f"the argument for {name} is missing")
