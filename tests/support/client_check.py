"""Is a client a program that its package's types allow? Parsed, every name resolved, and types checked.

An answer of its own, beside what writes clients: the text is parsed again, and the engine of types decides
what fits. What is no mistake for sure is none, so that a client without problems may still have some.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support.packages import package
from support.sources import descriptor

from semverdiff import api
from semverdiff.api import Surface, Type
from semverdiff.syntax import nodes, outline
from semverdiff.syntax.spelling import name_of
from semverdiff.syntax.tree import parse
from semverdiff.types.forms import shape, union_members
from semverdiff.types.subtyping import relate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tree_sitter import Node

__all__ = ["problems"]

_MODULE = "shop.own"
_FILE = "modules/own/own.bal"
_NOTHING = nodes.NIL
_LITERALS = {"integer_literal", "floating_point_literal", "string_literal", "boolean_literal", "nil_literal"}
_MAPPINGS = {"record", "map"}

Scope = dict[str, Type | None]


def problems(files: Mapping[str, str], manifest: str | None, program: str) -> list[str]:
    """Return what is wrong with a client of a package, as far as it can be told for sure."""
    found = outline(program.encode())
    if found.damages:
        return [f"does not parse: {one.message}" for one in found.damages]
    surface = Surface(package({**files, _FILE: program}, manifest))
    return list(_Check(surface, program).problems())


class _Check:
    """One client on its way through the questions."""

    def __init__(self, surface: Surface, program: str) -> None:
        self._surface = surface
        self._tree = parse(program.encode())
        self._found: list[str] = []
        self._modules: dict[str, str] = {}
        self._isolated = False
        self._imports = "\n".join(
            _text(node) for node in self._tree.children if node.type == "import_declaration"
        )

    def problems(self) -> Iterator[str]:
        for node in self._tree.children:
            if node.type == "import_declaration":
                self._import(node)
        for node in _walk(self._tree):
            if node.type == "qualified_identifier":
                self._name(node)
        for node in self._tree.children:
            match node.type:
                case "function_definition":
                    self._function(node)
                case "class_definition":
                    self._class(node)
                case "module_variable_declaration":
                    self._declaration(node, {})
                case _:
                    pass
        yield from dict.fromkeys(self._found)

    def _says(self, problem: str) -> None:
        self._found.append(problem)

    # Names

    def _import(self, node: Node) -> None:
        names = [_text(one) for one in _child(node, "module").named_children]
        module = ".".join(map(name_of, names))
        prefix = node.child_by_field_name("prefix")
        self._modules[name_of(_text(prefix)) if prefix else name_of(names[-1])] = module
        if not self._surface.exported(module):
            self._says(f"no module {module} is exported")

    def _name(self, node: Node) -> None:
        prefix, name = (name_of(_text(_child(node, field))) for field in ("prefix", "name"))
        module = self._modules.get(prefix)
        if module is None:
            return  # of the language library
        tags = {"annotation", "annotation_access_expression"}
        key = f"@{name}" if node.parent is not None and node.parent.type in tags else name
        declared = self._surface.declaration(module, key)
        if declared is None:
            member = self._surface.enum_member(module, name)
            if member is None or not member[0].public:
                self._says(f"{module} declares no {name}")
        elif not declared.public:
            self._says(f"{name} is not public")
        elif isinstance(declared, nodes.Variable) and _is_in_type(node):
            self._says(f"{name} is no type")

    def _declared(self, node: Node) -> nodes.Declaration | None:
        """Return what a name of the package or of the client declares."""
        if node.type == "identifier":
            return self._surface.declaration(_MODULE, name_of(_text(node)))
        if node.type != "qualified_identifier":
            return None
        module = self._modules.get(name_of(_text(_child(node, "prefix"))))
        return (
            None
            if module is None
            else self._surface.declaration(module, name_of(_text(_child(node, "name"))))
        )

    def _home(self, node: Node) -> str:
        if node.type == "qualified_identifier":
            return self._modules.get(name_of(_text(_child(node, "prefix"))), _MODULE)
        return _MODULE

    def _type(self, node: Node) -> Type:
        return Type(descriptor(_text(node), self._imports), _MODULE, self._surface)

    def _made(self, written: nodes.TypeDescriptor, module: str = _MODULE) -> Type:
        return Type(written, module, self._surface)

    # Declarations

    def _function(self, node: Node) -> None:
        scope: Scope = {}
        declared = self._surface.declaration(_MODULE, name_of(_text(_child(node, "name"))))
        if not isinstance(declared, nodes.Function):
            return
        for one in declared.signature.parameters:
            scope[one.name] = self._made(one.type)
        self._isolated = "isolated" in declared.qualifiers
        body = node.child_by_field_name("body")
        for statement in body.named_children if body is not None else []:
            self._statement(statement, scope)
        self._isolated = False
        matches = [one for one in body.named_children if one.type == "match_statement"] if body else []
        if matches and declared.signature.result != _NOTHING:
            self._exhaustive(matches[0], scope)

    def _exhaustive(self, node: Node, scope: Scope) -> None:
        patterns = [one.named_children[0] for one in _walk(node) if one.type == "constant_pattern"]
        handled = [self.infer(one, scope) for one in patterns]
        value = self.infer(_child(node, "value"), scope)
        if value is not None and handled and all(handled):
            known = [one for one in handled if one is not None]
            union = known[0].with_descriptor(nodes.UnionType(tuple(one.descriptor for one in known)))
            if _within(value, union) is False:
                self._says("a return is missing: a value of the match is not handled")

    def _class(self, node: Node) -> None:
        own = self._made(nodes.Reference(None, name_of(_text(_child(node, "name")))))
        for inclusion in node.children:
            if inclusion.type != "type_inclusion":
                continue
            included = self._type(_child(inclusion, "type"))
            if not self._written_members(own, included) or _within(own, included) is False:
                self._says(f"the class does not implement {_text(inclusion)}")

    def _written_members(self, own: Type, included: Type) -> bool:
        """Return whether a class defines what it includes: a member that it only inherits is missing."""
        target = api.object_type_of(included)
        mine = self._surface.declaration(_MODULE, getattr(own.descriptor, "name", ""))
        written = None if target is None else api.declared_object_type(target.declaration)
        if target is None or written is None or not isinstance(mine, nodes.Class):
            return True
        members = api.object_members(target.type_of(written))
        bare = nodes.ObjectType(mine.type.qualifiers, mine.type.fields, mine.type.methods, ())
        defined = api.object_members(self._made(bare))
        lacks = (members.methods.keys() - {"init"} - defined.methods.keys()) | (
            members.fields.keys() - defined.fields.keys()
        )
        mismatched = any(
            _within(self._method(mine_), self._method(theirs)) is False
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

    # Statements

    def _statement(self, node: Node, scope: Scope) -> None:
        match node.type:
            case "local_variable_declaration":
                self._declaration(node, scope)
            case "assignment_statement":
                self._assignment(node, scope)
            case "expression_statement":
                self._call_statement(node.named_children[0], scope)
            case "if_statement":
                self.infer(_child(node, "condition"), scope)
            case _:
                pass

    def _declaration(self, node: Node, scope: Scope) -> None:
        written, value = node.child_by_field_name("type"), node.child_by_field_name("value")
        type_ = self._type(written) if written is not None and _text(written) != "var" else None
        if value is not None and type_ is not None:
            self.fits(value, type_, scope)
        elif value is not None:
            type_ = self.infer(value, scope)
        binding = node.child_by_field_name("binding") or node.child_by_field_name("name")
        if binding is not None:
            scope[name_of(_text(binding))] = type_

    def _assignment(self, node: Node, scope: Scope) -> None:
        left = _child(node, "left")
        if left.type == "qualified_identifier":
            declared = self._declared(left)
            if isinstance(declared, nodes.Variable) and "final" in declared.qualifiers:
                self._says(f"{declared.name} is final")
        elif left.type in {"field_access_expression", "member_access_expression"}:
            self._written_to(left, scope)
        type_ = self.infer(left, scope)
        if type_ is not None:
            self.fits(_child(node, "right"), type_, scope)

    def _written_to(self, left: Node, scope: Scope) -> None:
        """Notice a field that is readonly or final, or of a value that is."""
        type_ = self.infer(_child(left, "object"), scope)
        field = left.child_by_field_name("field")
        if type_ is None:
            return
        shown = api.record_shape(type_)
        if shown is not None and shown.readonly:
            self._says("the record is readonly")
        if field is None:
            return
        name = name_of(_text(field))
        if shown is not None:
            member = api.record_members(shown.type).fields.get(name)
            if member is not None and member.declared.readonly:
                self._says(f"{name} is readonly")
            return
        own = _objects(type_)
        written = None if own is None else own.fields.get(name)
        if written is not None and written.declared.final:
            self._says(f"{name} is final")

    def _call_statement(self, node: Node, scope: Scope) -> None:
        result = self.infer(node, scope)
        if result is not None and _within(result, self._made(_NOTHING)) is False:
            self._says("the result of a call is not used")

    # Expressions

    def fits(self, node: Node, expected: Type, scope: Scope) -> None:
        """Notice an expression that gives no value of a type."""
        if node.type in {"list_constructor", "mapping_constructor"}:
            self._constructor(node, expected, scope)
            return
        if node.type in _LITERALS:
            self._literal(node, expected)
            return
        if node.type == "error_constructor" and node.child_by_field_name("type") is None:
            if _within(expected, self._made(nodes.BuiltinType("error"))) is False:
                return
            errors = [one for one in union_members(expected) if api.is_error(one)]
            if any(_is_distinct(one) for one in errors):
                self._says("an error constructor gives no error of a distinct type")
            return
        type_ = self.infer(node, scope)
        if type_ is not None and _within(type_, expected) is False:
            self._says(f"{_text(node)} is no {api.type_text(expected.descriptor)}")

    def _literal(self, node: Node, expected: Type) -> None:
        type_ = self._made(descriptor(_text(node)))
        if _within(type_, expected) is not False:
            return
        numbers = {"float", "decimal", "byte"} if node.type == "integer_literal" else {"decimal", "float"}
        names = {getattr(one.descriptor, "name", "") for one in union_members(expected)}
        if node.type == "string_literal" or not names & numbers:
            self._says(f"{_text(node)} is no {api.type_text(expected.descriptor)}")

    def _constructor(self, node: Node, expected: Type, scope: Scope) -> None:
        is_list = node.type == "list_constructor"
        forms = {"list"} if is_list else _MAPPINGS
        members = union_members(expected)
        names = {getattr(one.descriptor, "name", "") for one in members}
        broad = bool(names & {"any", "anydata", "json", "readonly"})
        candidates = [one for one in map(shape, members) if one.form in forms]
        if not is_list:
            candidates = [one for one in candidates if self._takes(node, one.type)] or candidates
        if len(candidates) > 1 or (candidates and broad and len(members) > 1):
            self._says(f"{_text(node)} is ambiguous")
        elif (
            not candidates
            and not broad
            and all(one.form != "other" or _is_plain(one.type) for one in map(shape, members))
        ):
            self._says(f"{_text(node)} is no {api.type_text(expected.descriptor)}")
        elif len(candidates) == 1 and not is_list:
            self._mapping(node, candidates[0].type, scope)
        elif len(candidates) == 1:
            match candidates[0].type.descriptor:
                case nodes.ArrayType(member=member):
                    for one in node.named_children:
                        self.fits(one, candidates[0].type.with_descriptor(member), scope)

    @staticmethod
    def _takes(node: Node, type_: Type) -> bool:
        """Return whether a constructor gives the fields that a record demands, and no others."""
        if not isinstance(type_.descriptor, nodes.RecordType):
            return True
        members = api.record_members(type_)
        given = {_key(one) for one in node.named_children if one.type == "specific_field"}
        demanded = {
            name
            for name, one in members.fields.items()
            if not one.declared.optional and one.declared.default is None
        }
        return demanded <= given and (members.rest is not None or given <= members.fields.keys())

    def _mapping(self, node: Node, type_: Type, scope: Scope) -> None:
        fields = {_key(one): one for one in node.named_children if one.type == "specific_field"}
        match type_.descriptor:
            case nodes.ParameterizedType(parameter=parameter):
                for one in fields.values():
                    self.fits(_child(one, "value"), type_.with_descriptor(parameter), scope)
                return
        members = api.record_members(type_)
        for name, member in members.fields.items():
            declared = member.declared
            if name in fields:
                self.fits(_child(fields[name], "value"), api.field_type(member), scope)
            elif not declared.optional and declared.default is None:
                self._says(f"{_text(node)} lacks the field {name}")
        for name, one in fields.items():
            if name in members.fields:
                continue
            quoted = _child(one, "name").type == "string_literal"
            if members.rest is None or (members.fields and not quoted):
                self._says(f"{_text(node)} has a key {name} that no field declares")
            elif members.rest is not None:
                self.fits(_child(one, "value"), members.rest, scope)

    def infer(self, node: Node, scope: Scope) -> Type | None:
        """Return the type of an expression; `None` if it is not known."""
        if node.type in _LITERALS:
            return self._made(descriptor(_text(node)))
        found = _INFER.get(node.type)
        return None if found is None else found(self, node, scope)

    def identifier(self, node: Node, scope: Scope) -> Type | None:
        name = name_of(_text(node))
        if name in scope:
            return scope[name]
        return self._value(self._declared(node), _MODULE, name)

    def qualified(self, node: Node, _: Scope) -> Type | None:
        name, module = name_of(_text(_child(node, "name"))), self._home(node)
        if self._surface.enum_member(module, name) is not None:
            return self._made(nodes.Reference(None, name), module)
        return self._value(self._declared(node), module, name)

    def _value(self, declared: nodes.Declaration | None, module: str, name: str) -> Type | None:
        match declared:
            case nodes.Function(qualifiers=qualifiers, signature=signature):
                return self._made(
                    nodes.FunctionType(qualifiers & {"isolated", "transactional"}, signature), module
                )
            case nodes.Constant():
                return self._made(nodes.Reference(None, name), module)
            case nodes.Variable(type=type_) | nodes.Listener(type=type_) if type_ is not None:
                if (
                    self._isolated
                    and isinstance(declared, nodes.Variable)
                    and not self._shared(declared, module)
                ):
                    self._says(f"an isolated function reads {name}")
                return self._made(type_, module)
        return None

    def _shared(self, variable: nodes.Variable, module: str) -> bool:
        """Return whether an isolated function may read a variable: final, and immutable or isolated."""
        if variable.type is None or "final" not in variable.qualifiers:
            return False
        type_ = self._made(variable.type, module)
        target = api.object_type_of(type_)
        written = None if target is None else api.declared_object_type(target.declaration)
        if written is not None:
            return "isolated" in written.qualifiers
        return _within(type_, self._made(nodes.BuiltinType("readonly"))) is not False

    def new(self, node: Node, scope: Scope) -> Type | None:
        written = node.child_by_field_name("type")
        if written is None:
            return None
        type_ = self._type(written)
        members, target = _objects(type_), type_.target()
        if members is None or target is None or not isinstance(target.declaration, nodes.Class):
            if target is not None:
                self._says(f"{target.key} is no class")
            return type_
        init = members.methods.get("init")
        if init is None:
            if node.child_by_field_name("arguments") and _child(node, "arguments").named_children:
                self._says(f"{target.key} is created without arguments")
            return type_
        if init.declared.visibility != "public" and target.module != _MODULE:
            self._says(f"the init of {target.key} is not public")
        if self._isolated and "isolated" not in init.declared.qualifiers:
            self._says(f"an isolated function creates {target.key}")
        self._arguments(node, init.declared.signature, init.type_of(_NOTHING), scope)
        result = init.declared.signature.result
        if result == _NOTHING:
            return type_
        failing = (
            one.descriptor for one in union_members(init.type_of(result)) if one.descriptor != _NOTHING
        )
        return self._made(nodes.UnionType((nodes.Reference(None, target.key), *failing)), target.module)

    def call(self, node: Node, scope: Scope) -> Type | None:
        name = _child(node, "function")
        declared, home = self._declared(name), self._home(name)
        if not isinstance(declared, nodes.Function):
            if declared is not None:
                self._says(f"{_text(name)} is no function")
            return None
        return self._called(node, declared, self._made(_NOTHING, home), scope)

    def _called(
        self, node: Node, declared: nodes.Function | nodes.Method, home: Type, scope: Scope
    ) -> Type | None:
        if self._isolated and "isolated" not in declared.qualifiers:
            self._says(f"an isolated function calls {declared.name}")
        if "transactional" in declared.qualifiers:
            self._says(f"{declared.name} is called outside of a transaction")
        self._arguments(node, declared.signature, home, scope)
        result = declared.signature.result
        if result == nodes.BuiltinType("never") and not _is_statement(node):
            self._says("a value is expected of a call that never returns")
        words = set(re.findall(r"\w+", api.type_text(result)))
        dependent = any(one.name in words for one in declared.signature.parameters)
        if dependent and any(one.inferred for one in declared.signature.parameters) and _is_var(node):
            self._says("nothing says which type the result has")
        return None if dependent else home.with_descriptor(result)

    def method_call(self, node: Node, scope: Scope) -> Type | None:
        type_ = self.infer(_child(node, "object"), scope)
        name = name_of(_text(_child(node, "method")))
        if type_ is not None and name == "detail" and api.is_error(type_):
            return self._detail(type_)
        return self._member_call(node, type_, name, "normal", scope)

    def remote_call(self, node: Node, scope: Scope) -> Type | None:
        type_ = self.infer(_child(node, "object"), scope)
        return self._member_call(node, type_, name_of(_text(_child(node, "method"))), "remote", scope)

    def _member_call(self, node: Node, type_: Type | None, name: str, kind: str, scope: Scope) -> Type | None:
        members = None if type_ is None else _objects(type_)
        if members is None:
            return None
        member = members.methods.get(name)
        if member is None or member.declared.kind != kind:
            self._says(f"the object has no {kind} method {name}")
            return None
        if member.declared.visibility != "public" and kind == "normal" and member.module != _MODULE:
            self._says(f"the method {name} is not public")
        return self._called(node, member.declared, member.type_of(_NOTHING), scope)

    def resource_call(self, node: Node, scope: Scope) -> Type | None:
        type_ = self.infer(_child(node, "object"), scope)
        members = None if type_ is None else _objects(type_)
        if members is None:
            return None
        method = node.child_by_field_name("method")
        accessor = "get" if method is None else name_of(_text(method))
        steps = _child(node, "path").named_children
        for member in members.methods.values():
            if member.declared.kind == "resource" and member.declared.name == accessor:
                answer = self._path_fits(steps, member, scope)
                if answer:
                    return self._called(node, member.declared, member.type_of(_NOTHING), scope)
        self._says("no resource method takes the call")
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
                if name_of(_text(step)) != segment.name:
                    return False
            elif segment.kind == "name":
                return False
            elif step.type == "computed_resource_segment" and segment.type is not None:
                value = self.infer(_child(step, "value"), scope)
                if value is not None and _within(value, member.type_of(segment.type)) is False:
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
                if not _is_typedesc(one.type):
                    self.fits(argument, home.with_descriptor(one.type), scope)
            elif rest is not None:
                self.fits(argument, home.with_descriptor(rest.type), scope)
            elif len(included) > index - len(positional):
                one = included[index - len(positional)]
                index += 1
                passed.add(one.name)
                self.fits(argument, home.with_descriptor(one.type), scope)
            else:
                self._says("an argument is too much")
        for one in positional:
            if one.kind == "required" and one.name not in passed and not one.inferred:
                self._says(f"the argument for {one.name} is missing")
        for one in included:
            if one.name not in passed:
                self._demanded(one, home, passed)

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
        name = name_of(_text(_child(argument, "name")))
        value = _child(argument, "value")
        parameter = next((one for one in signature.parameters if one.name == name), None)
        passed.add(name)
        if parameter is not None:
            if not _is_typedesc(parameter.type):
                self.fits(value, home.with_descriptor(parameter.type), scope)
        elif name in fields:
            self.fits(value, api.field_type(fields[name]), scope)
        else:
            self._says(f"no parameter is called {name}")

    def _demanded(self, included: nodes.Parameter, home: Type, passed: set[str]) -> None:
        for name, member in self._included_fields([included], home).items():
            field = member.declared
            if name not in passed and not field.optional and field.default is None:
                self._says(f"the argument for {name} is missing")

    def error(self, node: Node, scope: Scope) -> Type | None:
        written = node.child_by_field_name("type")
        if written is None:
            return None
        type_ = self._type(written)
        detail = self._detail(type_)
        shown = None if detail is None else api.record_shape(detail)
        arguments = _child(node, "arguments").named_children
        given = {
            name_of(_text(_child(one, "name"))): one for one in arguments if one.type == "named_argument"
        }
        if shown is None:
            return type_
        members = api.record_members(shown.type)
        for name, member in members.fields.items():
            if name in given:
                self.fits(_child(given[name], "value"), api.field_type(member), scope)
            elif not member.declared.optional and member.declared.default is None:
                self._says(f"the detail lacks {name}")
        if members.rest is None and given.keys() - members.fields.keys():
            self._says("the detail has no such field")
        return type_

    @staticmethod
    def _detail(type_: Type) -> Type | None:
        waiting = [type_]
        while waiting:
            one = waiting.pop()
            match one.descriptor:
                case nodes.ParameterizedType(name="error", parameter=parameter):
                    return one.with_descriptor(parameter)
                case nodes.DistinctType(member=member):
                    waiting.append(one.with_descriptor(member))
                case nodes.Reference():
                    target = one.target()
                    if target is not None and isinstance(target.declaration, nodes.TypeDefinition):
                        waiting.append(target.type_of(target.declaration.type))
        return None

    def check(self, node: Node, scope: Scope) -> Type | None:
        type_ = self.infer(_child(node, "value"), scope)
        if type_ is None:
            return None
        members = [one for one in union_members(type_) if not api.is_error(one)]
        if not members:
            self._says("only errors are left")
            return type_.with_descriptor(nodes.BuiltinType("never"))
        if len({one.module for one in members}) > 1:
            return None
        written = tuple(one.descriptor for one in members)
        return members[0].with_descriptor(written[0] if len(written) == 1 else nodes.UnionType(written))

    def access(self, node: Node, scope: Scope) -> Type | None:
        type_ = self.infer(_child(node, "object"), scope)
        if type_ is None:
            return None
        name = name_of(_text(_child(node, "field")))
        shown = api.record_shape(type_)
        if shown is not None:
            return self._field(api.record_members(shown.type), name, node)
        members = _objects(type_)
        if members is not None:
            field = members.fields.get(name)
            if field is None:
                self._says(f"the object has no field {name}")
                return None
            if field.declared.visibility != "public" and field.module != _MODULE:
                self._says(f"the field {name} is not public")
            return api.field_type(field)
        if shape(type_).form == "map" and node.type == "field_access_expression":
            self._says("a map declares no fields")
        return None

    def _field(self, members: api.RecordMembers, name: str, node: Node) -> Type | None:
        field = members.fields.get(name)
        if field is None:
            self._says(f"the record declares no field {name}")
            return None
        type_ = api.field_type(field)
        written = node.parent is not None and node.parent.child_by_field_name("left") == node
        if not field.declared.optional:
            return type_
        if node.type == "field_access_expression" and not written:
            self._says(f"the field {name} is optional")
        return type_.with_descriptor(nodes.OptionalType(type_.descriptor))

    def key_access(self, node: Node, scope: Scope) -> Type | None:
        type_ = self.infer(_child(node, "object"), scope)
        shown = None if type_ is None else api.record_shape(type_)
        if shown is None:
            return None
        rest = api.record_members(shown.type).rest
        if rest is None:
            self._says("the record takes no further keys")
            return None
        return rest.with_descriptor(nodes.OptionalType(rest.descriptor))

    def inner(self, node: Node, scope: Scope) -> Type | None:
        return self.infer(_child(node, "value"), scope)

    def compare(self, node: Node, scope: Scope) -> Type | None:
        left, right = (self.infer(_child(node, side), scope) for side in ("left", "right"))
        if left is not None and right is not None:
            never = left.with_descriptor(nodes.BuiltinType("never"))
            both = left.with_descriptor(nodes.IntersectionType((left.descriptor, right.descriptor)))
            if _within(both, never):
                self._says("values that are never equal are compared")
        return self._made(nodes.BuiltinType("boolean"))

    def type_test(self, node: Node, scope: Scope) -> Type | None:
        value, tested = self.infer(_child(node, "value"), scope), self._type(_child(node, "type"))
        if value is not None and value.module == tested.module:
            never = value.with_descriptor(nodes.BuiltinType("never"))
            both = value.with_descriptor(nodes.IntersectionType((value.descriptor, tested.descriptor)))
            if _within(both, never):
                self._says("the type test is never true")
        elif value is not None and tested.descriptor == nodes.BuiltinType("error"):
            error = value.with_descriptor(nodes.BuiltinType("error"))
            may_be = any(map(api.is_error, union_members(value))) or _within(error, value) is not False
            if not may_be:
                self._says("the type test is never true")
        return None


_INFER: Mapping[str, Callable[[_Check, Node, Scope], Type | None]] = {
    "identifier": _Check.identifier,
    "qualified_identifier": _Check.qualified,
    "new_expression": _Check.new,
    "call_expression": _Check.call,
    "method_call_expression": _Check.method_call,
    "remote_method_call_action": _Check.remote_call,
    "resource_access_action": _Check.resource_call,
    "error_constructor": _Check.error,
    "check_expression": _Check.check,
    "field_access_expression": _Check.access,
    "optional_field_access_expression": _Check.access,
    "member_access_expression": _Check.key_access,
    "parenthesized_expression": _Check.inner,
    "binary_expression": _Check.compare,
    "type_test_expression": _Check.type_test,
}


def _text(node: Node) -> str:
    return node.text.decode() if node.text is not None else ""


def _child(node: Node, field: str) -> Node:
    found = node.child_by_field_name(field)
    assert found is not None, (field, _text(node))
    return found


def _walk(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += one.children


def _key(field: Node) -> str:
    name = _child(field, "name")
    return _text(name)[1:-1] if name.type == "string_literal" else name_of(_text(name))


def _objects(type_: Type) -> api.ObjectMembers | None:
    target = api.object_type_of(type_)
    written = None if target is None else api.declared_object_type(target.declaration)
    return None if target is None or written is None else api.object_members(target.type_of(written))


def _is_distinct(type_: Type) -> bool:
    target = type_.target()
    while target is not None and isinstance(target.declaration, nodes.TypeDefinition):
        if isinstance(target.declaration.type, nodes.DistinctType):
            return True
        target = target.type_of(target.declaration.type).target()
    return False


def _is_typedesc(written: nodes.TypeDescriptor) -> bool:
    return getattr(written, "name", "") == "typedesc"


def _is_plain(type_: Type) -> bool:
    return isinstance(type_.descriptor, nodes.BuiltinType | nodes.SingletonType | nodes.NilType)


def _is_in_type(node: Node) -> bool:
    return node.parent is not None and node.parent.type in {"type_reference", "array_type", "array_dimension"}


def _is_statement(node: Node) -> bool:
    return node.parent is not None and node.parent.type == "expression_statement"


def _is_var(node: Node) -> bool:
    return node.parent is not None and _text(node.parent).startswith("var ")


def _within(one: Type, other: Type) -> bool | None:
    return relate(one, other, lambda _module, _name: False).within
