"""Does an expression give a value of the type that is expected where it stands?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs
from support.client_check.forms import is_distinct, is_plain, members_of, part, within
from support.client_check.trees import LITERALS, child, is_negative, key, text
from support.sources import descriptor

from semverdiff import api
from semverdiff.syntax import nodes
from semverdiff.types.forms import list_members, shape, union_members

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.client_check.program import Program, Scope
    from tree_sitter import Node

    from semverdiff.api import Type
    from semverdiff.types.forms import Shape

__all__ = ["Constructors"]

_MAPPINGS = {"record", "map"}


class Constructors:
    """Literals and constructors take their type from where they stand; `infer` knows that of all others."""

    def __init__(self, program: Program, infer: Callable[[Node, Scope], Type | None]) -> None:
        self._program = program
        self._infer = infer

    def fits(self, node: Node, expected: Type, scope: Scope) -> None:
        """Notice an expression that gives no value of a type."""
        if node.type in {"list_constructor", "mapping_constructor"}:
            self._constructor(node, expected, scope)
            return
        if node.type in LITERALS or is_negative(node):
            self._literal(node, expected)
            return
        if node.type == "error_constructor" and node.child_by_field_name("type") is None:
            errors = [one for one in union_members(expected) if api.is_error(one)]
            if errors and all(map(is_distinct, errors)):
                self._program.says("an error constructor gives no error of a distinct type")
            return
        type_ = self._infer(node, scope)
        if type_ is not None and within(type_, expected) is False:
            self._program.says(f"{text(node)} is no {api.type_text(expected.descriptor)}")

    def _literal(self, node: Node, expected: Type) -> None:
        type_ = self._program.made(descriptor(text(node)))
        if within(type_, expected) is not False:
            return
        numbers = {"float", "decimal"} if node.type == "integer_literal" else {"decimal", "float"}
        names = {getattr(one.descriptor, "name", "") for one in union_members(expected)}
        if node.type == "string_literal" or not names & numbers:
            self._program.says(f"{text(node)} is no {api.type_text(expected.descriptor)}")

    def _constructor(self, node: Node, expected: Type, scope: Scope) -> None:
        is_list = node.type == "list_constructor"
        forms = {"list"} if is_list else _MAPPINGS
        members = members_of(expected)
        names = {getattr(one.descriptor, "name", "") for one in members}
        broad = bool(names & {"any", "anydata", "json", "readonly"})
        candidates = [one for one in map(shape, members) if one.form in forms]
        if not is_list:
            candidates = [one for one in candidates if self._takes(node, one.type)] or candidates
        if len(candidates) > 1 or (candidates and broad and len(members) > 1):
            self._program.says(f"{text(node)} is ambiguous")
        elif (
            not candidates
            and not broad
            and all(one.form != "other" or is_plain(one.type) for one in map(shape, members))
        ):
            self._program.says(f"{text(node)} is no {api.type_text(expected.descriptor)}")
        elif len(candidates) == 1 and not is_list:
            self._mapping(node, candidates[0], scope)
        elif len(candidates) == 1:
            self._list(node, candidates[0], scope)

    def _list(self, node: Node, found: Shape, scope: Scope) -> None:
        listed = list_members(found.type)
        if listed is None:
            return
        first, rest = listed
        given = node.named_children
        if isinstance(found.type.descriptor, nodes.TupleType) and len(given) < len(first):
            self._program.says(f"{text(node)} lacks members")
        for index, one in enumerate(given):
            member = first[index] if index < len(first) else rest
            if member is None:
                self._program.says(f"{text(node)} has a member too much")
                return
            self.fits(one, part(found, found.type.with_descriptor(member)), scope)

    @staticmethod
    def _takes(node: Node, type_: Type) -> bool:
        """Return whether a constructor gives the fields that a record demands, and no others."""
        if not isinstance(type_.descriptor, nodes.RecordType):
            return True
        members = api.record_members(type_)
        given = {key(one) for one in node.named_children if one.type == "specific_field"}
        demanded = {
            name
            for name, one in members.fields.items()
            if not one.declared.optional and one.declared.default is None
        }
        return demanded <= given and (members.rest is not None or given <= members.fields.keys())

    def _mapping(self, node: Node, found: Shape, scope: Scope) -> None:
        type_ = found.type
        fields = {key(one): one for one in node.named_children if one.type == "specific_field"}
        match type_.descriptor:
            case nodes.ParameterizedType(parameter=parameter):
                for one in fields.values():
                    self.fits(child(one, "value"), part(found, type_.with_descriptor(parameter)), scope)
                return
        members = api.record_members(type_)
        for name, member in members.fields.items():
            declared = member.declared
            if name in fields:
                whole = structs.replace(found, readonly=found.readonly or declared.readonly)
                self.fits(child(fields[name], "value"), part(whole, api.field_type(member)), scope)
            elif not declared.optional and declared.default is None:
                self._program.says(f"{text(node)} lacks the field {name}")
        for name, one in fields.items():
            if name in members.fields:
                continue
            quoted = child(one, "name").type == "string_literal"
            if members.rest is None or (members.fields and not quoted):
                self._program.says(f"{text(node)} has a key {name} that no field declares")
            elif members.rest is not None:
                self.fits(child(one, "value"), part(found, members.rest), scope)
