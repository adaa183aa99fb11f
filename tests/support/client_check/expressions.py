"""The types of expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support.client_check.calls import Calls
from support.client_check.constructors import Constructors
from support.client_check.forms import detail_of, map_parameter, object_members_of, part, within
from support.client_check.program import OWN_MODULE
from support.client_check.trees import LITERALS, child, is_negative, is_written, text
from support.sources import descriptor

from semverdiff import api
from semverdiff.syntax import nodes
from semverdiff.syntax.spelling import name_of
from semverdiff.types.forms import Shape, list_members, shape, union_members

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from support.client_check.program import Program, Scope
    from tree_sitter import Node

    from semverdiff.api import Type

__all__ = ["Expressions"]


class Expressions:
    """The expressions of one client; what is wrong with them is said to its program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        constructors = Constructors(program, self.infer)
        self._fits = constructors.fits
        calls = Calls(program, self.infer, constructors.fits)
        self._by_form: Mapping[str, Callable[[Node, Scope], Type | None]] = {
            "identifier": self._identifier,
            "qualified_identifier": self._qualified,
            "new_expression": calls.new,
            "call_expression": calls.call,
            "method_call_expression": calls.method_call,
            "remote_method_call_action": calls.remote_call,
            "resource_access_action": calls.resource_call,
            "error_constructor": self._error,
            "check_expression": self._check,
            "field_access_expression": self._access,
            "optional_field_access_expression": self._access,
            "member_access_expression": self._key_access,
            "parenthesized_expression": self._inner,
            "binary_expression": self._compare,
            "type_test_expression": self._type_test,
            "typedesc_expression": self._described,
            "xml_template": self._xml,
            "query_expression": self._query,
        }

    def fits(self, node: Node, expected: Type, scope: Scope) -> None:
        """Notice an expression that gives no value of a type."""
        self._fits(node, expected, scope)

    def infer(self, node: Node, scope: Scope) -> Type | None:
        """Return the type of an expression; `None` if it is not known."""
        if node.type in LITERALS or is_negative(node):
            return self._program.made(descriptor(text(node)))
        found = self._by_form.get(node.type)
        return None if found is None else found(node, scope)

    def _identifier(self, node: Node, scope: Scope) -> Type | None:
        name = name_of(text(node))
        if name in scope:
            return scope[name]
        declared = self._program.declared(node)
        if declared is None:
            self._program.says(f"{name} is not declared")
        return self._program.value_of(declared, OWN_MODULE, name)

    def _qualified(self, node: Node, _: Scope) -> Type | None:
        name, module = name_of(text(child(node, "name"))), self._program.home(node)
        if self._program.surface.enum_member(module, name) is not None:
            return self._program.made(nodes.Reference(None, name), module)
        return self._program.value_of(self._program.declared(node), module, name)

    def _error(self, node: Node, scope: Scope) -> Type | None:
        written = node.child_by_field_name("type")
        if written is None:
            return None
        type_ = self._program.type(written)
        detail = detail_of(type_)
        shown = None if detail is None else api.record_shape(detail)
        arguments = child(node, "arguments").named_children
        given = {name_of(text(child(one, "name"))): one for one in arguments if one.type == "named_argument"}
        if shown is None:
            return type_
        members = api.record_members(shown.type)
        for name, member in members.fields.items():
            if name in given:
                self._fits(child(given[name], "value"), api.field_type(member), scope)
            elif not member.declared.optional and member.declared.default is None:
                self._program.says(f"the detail lacks {name}")
        if members.rest is None and given.keys() - members.fields.keys():
            self._program.says("the detail has no such field")
        return type_

    def _check(self, node: Node, scope: Scope) -> Type | None:
        type_ = self.infer(child(node, "value"), scope)
        if type_ is None:
            return None
        members = [one for one in union_members(type_) if not api.is_error(one)]
        if not members:
            self._program.says("only errors are left")
            return type_.with_descriptor(nodes.BuiltinType("never"))
        if len({one.module for one in members}) > 1:
            return None
        written = tuple(one.descriptor for one in members)
        return members[0].with_descriptor(written[0] if len(written) == 1 else nodes.UnionType(written))

    def _access(self, node: Node, scope: Scope) -> Type | None:
        type_ = self.infer(child(node, "object"), scope)
        if type_ is None:
            return None
        name = name_of(text(child(node, "field")))
        shown = api.record_shape(type_)
        if shown is not None:
            type_of_field = self._field(api.record_members(shown.type), name, node)
            return None if type_of_field is None else part(shape(type_), type_of_field)
        if self._is_mixed(node, type_):
            return None
        members = object_members_of(type_)
        if members is not None:
            field = members.fields.get(name)
            if field is None:
                self._program.says(f"the object has no field {name}")
                return None
            if field.declared.visibility != "public" and field.module != OWN_MODULE:
                self._program.says(f"the field {name} is not public")
            return api.field_type(field)
        if shape(type_).form == "map" and node.type == "field_access_expression":
            self._program.says("a map declares no fields")
        return None

    def _is_mixed(self, node: Node, type_: Type) -> bool:
        """Notice an access to a part of a union of which not every member is a structure."""
        forms = {shape(one).form for one in union_members(type_)}
        if len(forms) < 2 or "other" not in forms:
            return False
        self._program.says(f"{text(child(node, 'object'))} may be no structure")
        return True

    def _field(self, members: api.RecordMembers, name: str, node: Node) -> Type | None:
        field = members.fields.get(name)
        if field is None:
            self._program.says(f"the record declares no field {name}")
            return None
        type_ = api.field_type(field)
        if field.declared.readonly:
            type_ = part(Shape("record", type_, readonly=True), type_)
        if not field.declared.optional:
            return type_
        direct = node.parent is not None and node.parent.child_by_field_name("left") == node
        if node.type == "field_access_expression" and not direct:
            self._program.says(f"the field {name} is optional")
        return type_.with_descriptor(nodes.OptionalType(type_.descriptor))

    def _key_access(self, node: Node, scope: Scope) -> Type | None:
        type_ = self.infer(child(node, "object"), scope)
        found = None if type_ is None or self._is_mixed(node, type_) else shape(type_)
        match found.form if found is not None else None:
            case "list" if found is not None:
                return self._member(node, found)
            case "map" if found is not None:
                inner = part(found, found.type.with_descriptor(map_parameter(found.type)))
                return (
                    inner if is_written(node) else inner.with_descriptor(nodes.OptionalType(inner.descriptor))
                )
            case "record" if found is not None:
                members = api.record_members(found.type)
                field = members.fields.get(text(child(node, "key"))[1:-1])
                rest = members.rest if field is None else api.field_type(field)
                if rest is None:
                    self._program.says("the record takes no further keys")
                    return None
                return rest.with_descriptor(nodes.OptionalType(part(found, rest).descriptor))
        return None

    def _member(self, node: Node, found: Shape) -> Type | None:
        """Return the type of a member of a list, of which the index is a literal."""
        listed = list_members(found.type)
        if listed is None and isinstance(found.type.descriptor, nodes.ArrayType):
            listed = (), found.type.descriptor.member
        if listed is None:
            return None
        index = int(text(child(node, "key")))
        first, rest = listed
        member = first[index] if index < len(first) else rest
        if member is None:
            self._program.says(f"the list has no member {index}")
            return None
        return part(found, found.type.with_descriptor(member))

    def _inner(self, node: Node, scope: Scope) -> Type | None:
        return self.infer(child(node, "value"), scope)

    def _compare(self, node: Node, scope: Scope) -> Type | None:
        left, right = (self.infer(child(node, side), scope) for side in ("left", "right"))
        if left is not None and right is not None:
            never = left.with_descriptor(nodes.BuiltinType("never"))
            both = left.with_descriptor(nodes.IntersectionType((left.descriptor, right.descriptor)))
            if within(both, never):
                self._program.says("values that are never equal are compared")
        return self._program.made(nodes.BuiltinType("boolean"))

    def _type_test(self, node: Node, scope: Scope) -> Type | None:
        value, tested = self.infer(child(node, "value"), scope), self._program.type(child(node, "type"))
        if value is not None and value.module == tested.module:
            never = value.with_descriptor(nodes.BuiltinType("never"))
            both = value.with_descriptor(nodes.IntersectionType((value.descriptor, tested.descriptor)))
            if within(both, never):
                self._program.says("the type test is never true")
        elif value is not None and tested.descriptor == nodes.BuiltinType("error"):
            error = value.with_descriptor(nodes.BuiltinType("error"))
            may_be = any(map(api.is_error, union_members(value))) or within(error, value) is not False
            if not may_be:
                self._program.says("the type test is never true")
        return None

    def _described(self, node: Node, _: Scope) -> Type | None:
        return self._program.made(nodes.ParameterizedType("typedesc", descriptor(text(node))))

    def _xml(self, node: Node, _: Scope) -> Type | None:
        return (
            self._program.made(descriptor("readonly & xml:Element"))
            if re.search(r"<\w", text(node))
            else None
        )

    def _query(self, node: Node, _: Scope) -> Type | None:
        item = re.match(r"stream from (.+) \w+ in \w+ select", text(node))
        return None if item is None else self._program.type_of(f"stream<{item[1]}>")
