"""What terms stand for, with the packages that their names lead to.

An evaluation is one module of a dependent in one world: with the old version of the package, or the new one.
What a name leads to that was not read is unknown, and so is what is made of it. Nothing here is certain by
accident: a value is what it says, `is_unknown` or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from semverdiff import api, limits
from semverdiff.api import Type
from semverdiff.impact.model import NOTHING, Op
from semverdiff.impact.signatures import may_reach, member_symbol, parameter_of, rest_of, typedesc
from semverdiff.impact.typed import (
    NONE,
    UNKNOWN,
    Alternative,
    Callee,
    Members,
    Value,
    details,
    merged,
    without,
)
from semverdiff.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from semverdiff.api import Member, Origin, Surface
    from semverdiff.impact.model import ModuleUses, Term
    from semverdiff.impact.typed import Names, World

__all__ = ["Evaluation"]

_READONLY: Final = nodes.BuiltinType("readonly")
# Methods of the language library by what they give of the value that they are called on.
_ITSELF: Final = frozenset({"clone", "cloneReadOnly", "filter", "reverse", "slice", "sort", "toArray"})
_ADDING: Final = frozenset({"add", "push", "put", "unshift"})
_ITERATING: Final = frozenset({"every", "filter", "forEach", "map", "some"})
_TEXTS: Final = frozenset({"toBalString", "toJsonString", "toString"})
_ONE_OF_ITS: Final = frozenset({"get", "pop", "remove", "removeIfHasKey", "shift"})


class Evaluation:
    """The terms of one module of a dependent, each evaluated once, in the order in which they were made."""

    def __init__(self, uses: ModuleUses, world: World, members: Members | None = None) -> None:
        self._uses = uses
        self._world = world
        self._members = members or Members()
        self.values: list[Value] = []
        self.callees: list[tuple[Callee, ...]] = []
        self._results: dict[int, Value] = {}
        for term in uses.terms:
            self.callees.append(tuple(self._callees(term)))
            self.values.append(self._value(term))

    def value(self, term: int) -> Value:
        """Return what a term stands for."""
        return UNKNOWN if term == NOTHING else self.values[term]

    def callee(self, term: int) -> tuple[Callee, ...]:
        """Return what a term calls."""
        return () if term == NOTHING else self.callees[term]

    def result(self, term: int) -> Value:
        """Return what a call gives."""
        if term == NOTHING:
            return UNKNOWN
        known = self._results.get(term)
        if known is None:
            known = self._results[term] = self._result(term)
        return known

    def is_ours(self, surface: Surface) -> bool:
        """Return whether a surface is that of the package that was asked about."""
        return surface.package is self._world.package.package

    def home(self, module: str | None) -> str | None:
        """Return the module of the package that a dependent names, by its own name; None for all others."""
        if module is None:
            return None
        found = self._world.dependent.home(nodes.Reference(module, ""), self._uses.name)
        return found[1] if found is not None and self.is_ours(found[0]) else None

    # Terms.

    def _value(self, term: Term) -> Value:  # noqa: C901 (a case an operation)
        match term.op:
            case Op.TYPE:
                descriptor = self._uses.descriptors[term.of]
                return self.expand(Type(descriptor, self._uses.name, self._world.dependent))
            case Op.FUNCTION | Op.METHOD | Op.REMOTE | Op.RESOURCE | Op.INIT:
                return NONE
            case Op.RESULT:
                return self.result(term.of)
            case Op.PARAMETER:
                return self._taken(term)
            case Op.FIELD:
                return self._field(self.values[term.of], term.name)
            case Op.ELEMENT:
                return self._element(self.values[term.of])
            case Op.CHECKED:
                return without(self.values[term.of], api.is_error)
            case Op.NOT_NIL:
                return without(
                    self.values[term.of], lambda type_: isinstance(type_.descriptor, nodes.NilType)
                )
            case Op.UNION:
                return merged((self.values[term.of], self.values[term.other]))
            case Op.GIVEN:
                return self._given(term)
            case Op.VALUE:
                return self._named(term)
            case Op.ANNOTATION:
                return self._annotation(term)

    def _named(self, term: Term) -> Value:
        """Return what a name of a module stands for as a value."""
        home = self._world.dependent.home(nodes.Reference(term.module, term.name), self._uses.name)
        if home is None:
            return UNKNOWN if term.module is None or self._world.may_lead(term.module) else NONE
        surface, module = home
        declaration = surface.declaration(module, term.name)
        match declaration:
            case nodes.Variable(type=written) | nodes.Constant(type=written) | nodes.Listener(type=written):
                if written is not None:
                    return self.expand(Type(written, module, surface))
                return NONE if isinstance(declaration, nodes.Constant) else UNKNOWN
            case None:
                enum = surface.enum_of_member(module, term.name)
                if enum is None:
                    return UNKNOWN
                return self.expand(Type(nodes.Reference(None, enum.name), module, surface))
            case nodes.TypeDefinition() | nodes.Class() | nodes.Enum():
                named = nodes.ParameterizedType("typedesc", nodes.Reference(None, term.name))
                return self.expand(Type(named, module, surface))
        return NONE

    def _given(self, term: Term) -> Value:
        """Return what a function is called with whose parameters have no types of their own."""
        number = int(term.name)
        found: list[Value] = []
        for one in self.values[term.of].alternatives:
            match one.type.descriptor:
                case nodes.FunctionType(signature=signature) if signature is not None:
                    parameters = signature.parameters
                    if number < len(parameters):
                        found.append(self.expand(one.type.with_descriptor(parameters[number].type)))
                        continue
            found.append(UNKNOWN)
        place = self._uses.terms[term.of]
        if not found and place.op is Op.PARAMETER and not self.callees[place.of]:
            found.append(self._iterated(self._uses.terms[place.of]))
        return merged(found) if found else UNKNOWN

    def _iterated(self, method: Term) -> Value:
        """Return what a method of the language library calls a function with: members of a value."""
        if method.op is Op.METHOD and method.name in _ITERATING:
            return self._element(self.values[method.of])
        return UNKNOWN

    def _annotation(self, term: Term) -> Value:
        home = self._world.dependent.home(nodes.Reference(term.module, term.name), self._uses.name)
        if home is None:
            return UNKNOWN if term.module is None or self._world.may_lead(term.module) else NONE
        surface, module = home
        declaration = surface.declaration(module, f"@{term.name}")
        if not isinstance(declaration, nodes.AnnotationDeclaration) or declaration.type is None:
            return NONE
        written = declaration.type
        if isinstance(written, nodes.ArrayType):  # one of the values that the annotation may be attached with
            written = written.member
        return self.expand(Type(written, module, surface))

    def _field(self, value: Value, name: str) -> Value:
        found: list[Value] = []
        for one in value.alternatives:
            field = self._members.field(one.type, name)
            if field is not None:
                found.append(self.expand(field.type_of(field.declared.type)))
                if isinstance(field.declared, nodes.RecordField) and field.declared.optional:
                    found.append(self.expand(one.type.with_descriptor(nodes.NIL)))
                continue
            match one.type.descriptor:
                case nodes.TableType(row=row):
                    found.append(self.expand(one.type.with_descriptor(row)))
                case nodes.ParameterizedType(name="map", parameter=parameter):
                    found.append(self.expand(one.type.with_descriptor(parameter)))
                case nodes.RecordType():
                    members = self._members.record(one.type)
                    if members is None or members.opaque:
                        found.append(UNKNOWN)
                    elif members.rest is not None:
                        found.append(self.expand(members.rest))
                case nodes.ObjectType():
                    object_members = self._members.object(one.type)
                    if object_members is None or object_members.opaque:
                        found.append(UNKNOWN)
        return merged([*found, UNKNOWN] if value.is_unknown else found)

    def _element(self, value: Value) -> Value:
        found: list[Value] = []
        for one in value.alternatives:
            match one.type.descriptor:
                case (
                    nodes.ArrayType(member=member)
                    | nodes.StreamType(value=member)
                    | nodes.TableType(row=member)
                ):
                    found.append(self.expand(one.type.with_descriptor(member)))
                case nodes.ParameterizedType(name="map" | "future" | "xml", parameter=member):
                    found.append(self.expand(one.type.with_descriptor(member)))
                case nodes.TupleType(members=members, rest=rest):
                    found += [self.expand(one.type.with_descriptor(part)) for part in members]
                    found += [] if rest is None else [self.expand(one.type.with_descriptor(rest))]
                case nodes.RecordType() | nodes.ObjectType():
                    found.append(UNKNOWN)  # a field whose name nobody sees, or what an iterator gives
        return merged([*found, UNKNOWN] if value.is_unknown else found)

    # Calls.

    def _callees(self, term: Term) -> Iterator[Callee]:
        match term.op:
            case Op.FUNCTION:
                yield from self._function(term)
            case Op.METHOD | Op.REMOTE | Op.RESOURCE:
                key = f"[{term.name} {term.module}]" if term.op is Op.RESOURCE else term.name
                for one in self.values[term.of].alternatives:
                    yield from self._method(one, key)
            case Op.INIT:
                for one in self.values[term.of].alternatives:
                    yield from self._constructor(one)

    def _function(self, term: Term) -> Iterator[Callee]:
        target = self._world.dependent.resolve(nodes.Reference(term.module, term.name), self._uses.name)
        if target is None or not isinstance(target.declaration, nodes.Function):
            return
        symbols = ((target.module, target.key),) if self.is_ours(target.surface) else ()
        signature = target.declaration.signature
        yield Callee(symbols, signature, target.type_of(signature.result))

    def _method(self, one: Alternative, key: str) -> Iterator[Callee]:
        members = self._members.object(one.type)
        if members is None:
            return
        found = members.methods.get(key)
        keys = [key] if found is not None else []
        if found is None and key.startswith("["):
            keys = [written for written in members.methods if may_reach(written, key)]
        for written in keys:
            method = members.methods[written]
            symbols = tuple(member_symbol(owner, written) for owner in self.owners(one, method))
            signature = method.declared.signature
            yield Callee(symbols, signature, method.type_of(signature.result), one)

    def _constructor(self, one: Alternative) -> Iterator[Callee]:
        members = self._members.object(one.type)
        if members is not None:
            method = members.methods.get("init")
            symbols = tuple(member_symbol(owner, "init") for owner in one.names)
            signature = None if method is None else method.declared.signature
            yield Callee(symbols, signature, one.type, one)
        elif api.is_error(one.type):
            yield Callee(one.names, None, one.type, one)

    def owners(
        self,
        one: Alternative,
        member: Member[nodes.RecordField] | Member[nodes.ObjectField] | Member[nodes.Method],
    ) -> tuple[Origin, ...]:
        """Return the names of the package's types that have a member, those that include it among them."""
        origins = (own for origin in member.origins if (own := self.own_name(origin)) is not None)
        return tuple(dict.fromkeys((*one.names, *origins)))

    def own_name(self, origin: Origin) -> Origin | None:
        """Return module and name of an included type in the package that was asked about, if it has it."""
        module, name = origin
        package = self._world.package
        organization, _, own = module.partition("/")
        is_ours = own and organization == package.package.organization and own in package.modules
        return (own, name) if is_ours else None

    def _result(self, term: int) -> Value:
        callees = self.callees[term]
        made = self._uses.terms[term]
        found = [self.expand(one.result, one.signature) for one in callees]
        if not callees:
            found.append(self._library_result(made))
        elif made.op in {Op.METHOD, Op.REMOTE, Op.RESOURCE} and self.values[made.of].is_unknown:
            found.append(UNKNOWN)
        return merged(found)

    def _library_result(self, term: Term) -> Value:
        """Return what a method of the language library gives, or what is not known."""
        if term.op is not Op.METHOD:
            if term.op is Op.FUNCTION and term.module is not None and not self._world.may_lead(term.module):
                return NONE
            if term.op in {Op.REMOTE, Op.RESOURCE} and not self.values[term.of].is_unknown:
                return UNKNOWN if self.values[term.of].alternatives else NONE
            return UNKNOWN
        value = self.values[term.of]
        if term.name in _TEXTS:
            return self.expand(Type(nodes.BuiltinType("string"), self._uses.name, self._world.dependent))
        if value.is_unknown:
            return UNKNOWN
        if term.name in _ITSELF:
            return value
        if term.name in _ONE_OF_ITS:
            return self._element(value)
        if term.name == "detail" and any(api.is_error(one.type) for one in value.alternatives):
            return self._detail(value)
        # What is left is made of a value whose types are known: a text, a number, a copy.
        is_plain = all(isinstance(one.type.descriptor, nodes.BuiltinType) for one in value.alternatives)
        return NONE if is_plain else UNKNOWN

    def _detail(self, value: Value) -> Value:
        return merged(self.expand(one) for one in details(value))

    def parameter(self, callee: Callee, name: str) -> Value:
        """Return what a callee takes by a name, or at a place among the positional arguments (`#2`)."""
        if callee.signature is None:
            return self._error_argument(callee, name)
        if name == "...":
            rest = rest_of(callee.signature)
            return NONE if rest is None else self.expand(callee.type_of(rest), callee.signature)
        parameter = parameter_of(callee.signature, name)
        if parameter is not None:
            return self.expand(callee.type_of(parameter.type), callee.signature)
        if name.startswith("#"):
            return NONE
        for one in callee.signature.parameters:
            if one.kind == "included":
                return self._field(self.expand(callee.type_of(one.type)), name)
        return NONE

    def _error_argument(self, callee: Callee, name: str) -> Value:
        if name.startswith("#") or name == "...":
            return NONE
        return self._field(self._detail(Value((Alternative(callee.result),))), name)

    def _taken(self, term: Term) -> Value:
        """Return what a callee takes."""
        callees = self.callees[term.of]
        if not callees:
            return self._taken_by_unread(self._uses.terms[term.of])
        return merged(self.parameter(one, term.name) for one in callees)

    def _taken_by_unread(self, callee: Term) -> Value:
        """Return what is taken by what is not declared in any package that was read."""
        if callee.op is Op.FUNCTION:
            is_read = callee.module is None or not self._world.may_lead(callee.module)
            return NONE if is_read else UNKNOWN
        receiver = self.values[callee.of]
        if callee.op is Op.METHOD and callee.name in _ADDING:
            return self._element(receiver)
        return UNKNOWN if receiver.is_unknown else NONE

    # Types.

    def expand(self, type_: Type, signature: nodes.Signature | None = None) -> Value:
        """Return the types that a type is one of: names and unions are followed, as far as they lead.

        A name of the `signature` stands for the type that the typedesc parameter is constrained by.
        """
        found: list[Alternative] = []
        is_unknown = False
        waiting: list[tuple[Type, Names]] = [(type_, ())]
        steps = 0
        while waiting:
            steps += 1
            if steps > limits.USED_ALTERNATIVES:
                return Value(tuple(found), is_unknown=True, type=type_)
            one, names = waiting.pop()
            match one.descriptor:
                case nodes.OptionalType(member=member):
                    waiting += [(one.with_descriptor(nodes.NIL), ()), (one.with_descriptor(member), names)]
                case nodes.UnionType(members=members):
                    waiting += [(one.with_descriptor(part), names) for part in reversed(members)]
                case nodes.IntersectionType(members=members):
                    others = [part for part in members if part != _READONLY]
                    waiting += [(one.with_descriptor(part), names) for part in reversed(others)]
                case nodes.DistinctType(member=member) if not isinstance(member, nodes.BuiltinType):
                    waiting.append((one.with_descriptor(member), names))
                case nodes.Reference() as reference:
                    parameter = typedesc(signature, reference)
                    if parameter is not None:
                        waiting.append((one.with_descriptor(parameter), ()))
                        continue
                    followed = self._followed(one, names)
                    if followed is not None:
                        waiting.append(followed)
                    elif self._leads_nowhere(one, reference):
                        is_unknown = True
                    else:
                        found += self._declared(one, names)
                case _:
                    found.append(Alternative(one, names))
        return Value(tuple(found), is_unknown, type_)

    def _followed(self, type_: Type, names: Names) -> tuple[Type, Names] | None:
        """Return the type that a definition gives a name, and the names with this one among them."""
        target = type_.target()
        if target is None or not isinstance(target.declaration, nodes.TypeDefinition):
            return None
        name = (target.module, target.key)
        if self.is_ours(target.surface) and name not in names:
            names = (*names, name)
        return target.type_of(target.declaration.type), names

    def _leads_nowhere(self, type_: Type, reference: nodes.Reference) -> bool:
        """Return whether nothing is known of a name, so that it may lead to the package after all."""
        if type_.target() is not None:
            return False
        home = type_.surface.home(reference, type_.module)
        if home is not None:
            return home[0].enum_of_member(home[1], reference.name) is None
        return reference.module is not None and self._world.may_lead(reference.module)

    def _declared(self, type_: Type, names: Names) -> Iterator[Alternative]:
        """Yield the class or enum that a name stands for."""
        target = type_.target()
        if target is None:
            return
        if self.is_ours(target.surface):
            names = (*names, (target.module, target.key))
        match target.declaration:
            case nodes.Class(type=written):
                yield Alternative(target.type_of(written), names)
            case nodes.Enum() | nodes.Constant():
                yield Alternative(type_, names)
