"""Type descriptors to semantic types: names resolved, inclusions expanded, recursion tied.

The atom of a list, mapping, function or object gets its number before its members are translated if
they lead back to it; so `type F int|function (int) returns F` needs no unrolling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from semverdiff.api.constants import array_length, literal, member_value, named_value
from semverdiff.api.folding import NotConstantError
from semverdiff.api.members import object_members, record_members
from semverdiff.api.printing import type_text
from semverdiff.api.surface import Type
from semverdiff.syntax import nodes
from semverdiff.types.names import Meanings, Reading, spelt
from semverdiff.types.semantic import basic, errors, lists, mappings, predefined, signatures, structures
from semverdiff.types.semantic.context import Context, is_foreign
from semverdiff.types.semantic.library import BYTE, library_type
from semverdiff.types.semantic.literals import string_set
from semverdiff.types.semantic.parts import SemType
from semverdiff.types.semantic.singletons import singleton
from semverdiff.types.semantic.type_ids import Owner, TypeIds
from semverdiff.types.walk import gather, run

if TYPE_CHECKING:
    from collections.abc import Collection, Generator

    from semverdiff.api.members import ObjectMembers
    from semverdiff.api.surface import Surface
    from semverdiff.types.semantic.algebra import Universe
    from semverdiff.types.semantic.atoms import Atom
    from semverdiff.types.walk import Walk

__all__ = ["Lowering"]

_Name = tuple[int, str, str | int]


class _Node:
    """The descriptor of an atom while it is translated; `number` is given away at the first recursion."""

    __slots__ = ("code", "factor", "number")

    def __init__(self, code: int, factor: SemType) -> None:
        self.code = code
        self.factor = factor
        self.number: int | None = None


class Lowering(Context):
    """Translates the descriptors of one package.

    `missing` are the names that could not be followed; `stopped` tells whether an anchor was one that could.
    What is remembered is remembered with whether all names in it were followed.
    """

    def __init__(
        self, universe: Universe, readonly: SemType, meanings: Meanings, reading: Reading = Reading.PLAIN
    ) -> None:
        super().__init__(universe, readonly, reading)
        # Lowers parameters, where narrower and wider change places.
        self.opposite = self
        self.stopped = False
        self.meanings = meanings
        self._keywords: dict[str, SemType] = {}
        self._literals: dict[str, SemType] = {}
        self._done: dict[_Name, SemType] = {}
        self._nodes: dict[_Name, _Node | SemType] = {}
        # Of both, those with names that were not followed.
        self._not_followed: set[_Name] = set()
        # Keys hold identities, so that what they identify must not be freed.
        self._kept: list[nodes.TypeDescriptor | Surface] = []
        # The names on the way here, each with the number of structures that it lies in.
        self._aliases: dict[_Name, int] = {}
        self._nesting = 0
        self._type_ids = TypeIds(universe)

    def begin(self) -> None:
        """Begin to translate the types that `followed_all` tells about."""
        self.all_followed = True

    @property
    def followed_all(self) -> bool:
        """Return whether all names in what was translated were followed; no if that is not known."""
        return self.all_followed or not (self.stopped or self.missing)

    def type_of(self, type_: Type) -> SemType:
        """Translate a descriptor."""
        return run(self._whole(type_))

    def type_at(self, type_: Type, key: Type) -> SemType:
        """Return what lists and mappings of a type hold at a key, which is a type as well."""
        universe, whole, held = self.universe, self.type_of(type_), self.type_of(key)
        return universe.union(
            lists.projected(universe, whole, held), mappings.projected(universe, whole, held)
        )

    def _whole(self, type_: Type) -> Walk[SemType]:
        return (yield self.lower(type_))

    def lower(self, type_: Type) -> SemType | Walk[SemType]:
        """Return the translation of a descriptor, or the walk to it."""
        lowered = self._lower(type_)
        if self.reading is not Reading.MOST:
            return lowered
        if isinstance(lowered, SemType):
            return self._or_wild(lowered)
        return self._walk_or_wild(lowered)

    def _walk_or_wild(self, lowered: Walk[SemType]) -> Walk[SemType]:
        return self._or_wild((yield lowered))

    def _or_wild(self, type_: SemType) -> SemType:
        return self.universe.union(type_, self.universe.type(1 << basic.WILD))

    def _lower(self, type_: Type) -> SemType | Walk[SemType]:  # noqa: C901, PLR0912 (one case a form)
        universe = self.universe
        match type_.descriptor:
            # Most are names: to find that a node is of another form takes long.
            case nodes.Reference():
                return self._reference(type_, type_.descriptor)
            case nodes.RecordType() as record:
                expanded = record_members(type_)
                if self._is_opaque(expanded.opaque):
                    return self.foreign(type_text(record))
                return self._node(type_, basic.MAPPING, structures.record_atom(self, expanded))
            case nodes.BuiltinType(name=name):
                return self._keyword(name)
            case nodes.UnionType(members=members):
                return self._union(type_, members)
            case nodes.NilType():
                return universe.type(1 << basic.NIL)
            case nodes.SingletonType(text=text):
                return self._literal(text)
            case nodes.OptionalType(member=member):
                return self._union(type_, (member, nodes.NIL))
            case nodes.IntersectionType(members=members):
                known = self._known(_identity(type_))
                return self._intersection(type_, members) if known is None else known
            case nodes.DistinctType(member=member):
                return self.distinct(type_, member)
            case nodes.ArrayType() as array:
                return self._array(type_, array)
            case nodes.TupleType() as written:
                return self._node(type_, basic.LIST, structures.tuple_atom(self, type_, written))
            case nodes.ParameterizedType(name=name, parameter=parameter):
                return self._parameterized(type_, name, parameter)
            case nodes.StreamType() as stream:
                return self._node(type_, basic.STREAM, structures.stream_atom(self, type_, stream))
            case nodes.TableType() as table:
                return self._node(type_, basic.TABLE, structures.table_atom(self, type_, table))
            case nodes.FunctionType() as function:
                return self._node(type_, basic.FUNCTION, signatures.function_atom(self, type_, function))
            case nodes.ObjectType() as object_type:
                return self.object_type(type_, object_type)

    def _union(self, type_: Type, members: tuple[nodes.TypeDescriptor, ...]) -> SemType | Walk[SemType]:
        known = self._known(_identity(type_))
        if known is not None:
            return known
        self.universe.step(len(members))
        outer = self._open()
        types: list[SemType] = []
        # Most members are names and the like, of types that are translated already.
        for member in members:
            lowered = self._inner(type_, member) if type(member) in nodes.LEAVES else None
            if not isinstance(lowered, SemType):
                return self._united(type_, types, members[len(types) :], outer=outer)
            types.append(lowered)
        return self._remembered(type_, self.universe.union_of(types), outer=outer)

    def _united(
        self, type_: Type, types: list[SemType], others: tuple[nodes.TypeDescriptor, ...], *, outer: bool
    ) -> Walk[SemType]:
        types += yield from gather(self._inner(type_, member) for member in others)
        return self._remembered(type_, self.universe.union_of(types), outer=outer)

    def _remembered(self, type_: Type, lowered: SemType, *, outer: bool) -> SemType:
        """Return the translation of a descriptor, which is not translated again."""
        key = _identity(type_)
        self._kept.append(type_.descriptor)
        self._done[key] = lowered
        self._close(key, outer=outer)
        return lowered

    def _known(self, key: _Name) -> SemType | None:
        """Return what a key was translated to, if it was."""
        known = self._done.get(key)
        if known is not None:
            self._meet(key)
        return known

    def _open(self) -> bool:
        """Begin a part that is remembered; return whether all names around it were followed so far."""
        outer, self.all_followed = self.all_followed, True
        return outer

    def _close(self, key: _Name, *, outer: bool) -> None:
        """Note whether all names in a part were followed, and go on with what is around it."""
        if not self.all_followed:
            self._not_followed.add(key)
        self.all_followed = self.all_followed and outer

    def _meet(self, key: _Name) -> None:
        """Note that what is being translated has a part that is remembered."""
        if key in self._not_followed:
            self.all_followed = False

    def _inner(self, type_: Type, descriptor: nodes.TypeDescriptor) -> SemType | Walk[SemType]:
        return self.lower(type_.with_descriptor(descriptor))

    def lower_parameter(self, type_: Type) -> SemType | Walk[SemType]:
        """Return the translation of the type of a parameter, or the walk to it."""
        return self.opposite.lower(type_)

    def _intersection(self, type_: Type, members: tuple[nodes.TypeDescriptor, ...]) -> Walk[SemType]:
        outer = self._open()
        lowered = yield from gather(self._inner(type_, member) for member in members)
        both = self.universe.intersection_of(lowered)
        others = [member_type for member_type in lowered if member_type is not self.readonly]
        if len(others) > 1 and any(map(is_foreign, others)):
            # What a foreign type has in common with another one is as unknown as the type itself.
            both = self.foreign(type_text(type_.descriptor))
        return self._remembered(type_, both, outer=outer)

    def _keyword(self, name: str) -> SemType:
        known = self._keywords.get(name)
        if known is None:
            known = self._keywords[name] = self._built_in(name)
        return known

    def _built_in(self, name: str) -> SemType:
        universe = self.universe
        match name:
            case "byte":
                return universe.part(basic.INT, (BYTE,))
            case "readonly":
                return self.readonly
            case "json" | "anydata" | "Cloneable":
                return self._plain_data(name)
            case "service":
                return self._of_qualifiers(frozenset({"service"}))
        return universe.type(basic.KEYWORDS[name])

    def _plain_data(self, name: str) -> SemType:
        """Return `anydata`, `json` or `Cloneable`."""
        also = basic.bits(basic.WILD) if self.reading is Reading.MOST else 0
        return predefined.plain_data(self.universe, name, self.readonly, also)

    def _literal(self, text: str) -> SemType:
        known = self._literals.get(text)
        if known is None:
            try:
                known = self._literals[text] = singleton(self.universe, literal(text))
            except NotConstantError:
                return self.foreign(text)
        return known

    def _is_opaque(self, inclusions: Collection[nodes.Reference]) -> bool:
        """Note inclusions of foreign types; return whether they leave nothing to be said."""
        if not inclusions:
            return False
        self.missing |= dict.fromkeys(sorted(map(spelt, inclusions)))
        self.all_followed = False
        return self.reading is not Reading.PLAIN

    # Names

    def _reference(self, type_: Type, reference: nodes.Reference) -> SemType | Walk[SemType]:
        found_at = self.meanings.found(type_, reference)
        if found_at is None:
            module = reference.module or ""
            if (module, reference.name) == ("ballerina/lang.value", "Cloneable"):
                return self._keyword("Cloneable")
            known = library_type(self.universe, module, reference.name)
            return known if known is not None else self.foreign(spelt(reference))
        surface, owner = found_at.surface, found_at.module
        if surface is None:
            self.stopped = True
            return self.named(f"{found_at.qualified}:{reference.name}")
        if surface is not type_.surface:
            type_ = Type(reference, owner, surface)
        key = (id(surface), owner, reference.name)
        known = self._known(key)
        if known is not None:
            return known
        if self._aliases.get(key) == self._nesting:
            # SPEC, Type definitions: a definition that only leads back to itself is an error.
            return self.foreign(reference.name)
        return self._named(key, type_, reference, found_at.qualified)

    def _named(self, key: _Name, type_: Type, reference: nodes.Reference, qualified: str) -> Walk[SemType]:
        before, outer = self._type_ids.owner, self._open()
        nesting = self._open_alias(key)
        self._type_ids.owner = self._owner(key, type_.surface, qualified)
        self._kept.append(type_.surface)
        found = yield self._declared(type_, str(key[1]), reference)
        self._close_alias(key, nesting)
        self._type_ids.owner = before
        self._done[key] = found
        self._close(key, outer=outer)
        return found

    def _owner(self, key: _Name, surface: Surface, qualified: str) -> Owner:
        """Return the definition whose occurrences of `distinct` come next, by the name of both versions."""
        _, module, name = key
        if qualified == module:
            qualified, name = self.meanings.identify(surface, (qualified, str(name)))
        return Owner(qualified, str(name), id(surface))

    def _open_alias(self, key: _Name) -> int | None:
        """Note that a name is being followed; return at which nesting it was before."""
        outer = self._aliases.get(key)
        self._aliases[key] = self._nesting
        return outer

    def _close_alias(self, key: _Name, outer: int | None) -> None:
        if outer is None:
            del self._aliases[key]
        else:
            self._aliases[key] = outer

    def _declared(self, type_: Type, owner: str, reference: nodes.Reference) -> SemType | Walk[SemType]:
        surface = type_.surface
        declaration = surface.declaration(owner, reference.name)
        match declaration:
            case nodes.TypeDefinition(type=descriptor):
                return self.lower(Type(descriptor, owner, surface))
            case nodes.Class(type=descriptor, qualifiers=qualifiers):
                return self.object_type(Type(descriptor, owner, surface), descriptor, qualifiers)
            case nodes.Enum():
                return self._enum(declaration, type_, owner)
            case nodes.Constant() | None:
                try:
                    value = named_value(type_.surface, owner, reference.name)
                except NotConstantError:
                    return self.foreign(reference.name)
                return singleton(self.universe, value)
        return self.foreign(reference.name)

    def _enum(self, declared: nodes.Enum, type_: Type, owner: str) -> SemType:
        try:
            values = (member_value(one, owner, type_.surface) for one in declared.members)
            return self.universe.part(basic.STRING, string_set(frozenset(map(str, values))))
        except NotConstantError:
            return self.foreign(declared.name)

    def distinct(self, type_: Type, member: nodes.TypeDescriptor) -> Walk[SemType]:
        """Translate `distinct T`."""
        if isinstance(member, nodes.Reference):
            # In a chain the type-id comes first: what is met later is then a step deeper in the diagram, and
            # not below all of it.
            self._type_ids.of(type_.descriptor)
        held = yield self._inner(type_, member)
        if is_foreign(held):
            # Nothing is known of what it is made of, but whose it is: two that are made of the same are two.
            text, owner = type_text(type_.descriptor), self._type_ids.owner
            self.missing[text] = None
            return self.named(f"{text} of {owner.module}:{owner.name}")
        return self.universe.intersection(held, self._type_ids.of(type_.descriptor))

    # Structures

    def _node(
        self,
        type_: Type,
        code: int,
        build: Generator[SemType | Walk[SemType], SemType, Atom | None],
        factor: SemType | None = None,
    ) -> SemType | Walk[SemType]:
        """Translate a descriptor whose members may lead back to it; `None` is the whole basic type."""
        universe = self.universe
        key = _identity(type_)
        node = self._nodes.get(key)
        if isinstance(node, SemType):
            self._meet(key)
            return node
        if isinstance(node, _Node):
            # Its other members may have names that are not followed: nobody knows yet.
            self.all_followed = False
            if node.number is None:
                node.number = universe.reserve()
            return universe.intersection(universe.atomic(code, node.number), node.factor)
        universe.step()
        self._kept.append(type_.descriptor)
        return self._built(key, _Node(code, factor or universe.type(1 << code)), build)

    def _built(
        self, key: _Name, node: _Node, build: Generator[SemType | Walk[SemType], SemType, Atom | None]
    ) -> Walk[SemType]:
        universe, outer = self.universe, self._open()
        self._nodes[key] = node
        self._nesting += 1
        atom = yield from build
        self._nesting -= 1
        if atom is None:
            whole = universe.type(1 << node.code)
        elif node.number is None:
            whole = universe.atomic(node.code, universe.number(atom))
        else:
            universe.define(node.number, atom)
            whole = universe.atomic(node.code, node.number)
        made = self._nodes[key] = universe.intersection(whole, node.factor)
        self._close(key, outer=outer)
        return made

    def _array(self, type_: Type, array: nodes.ArrayType) -> SemType | Walk[SemType]:
        try:
            length = array_length(array, type_.module, type_.surface)
        except NotConstantError:
            return self.foreign(type_text(array))
        return self._node(type_, basic.LIST, structures.array_atom(self, type_, array, length))

    def _parameterized(
        self, type_: Type, name: str, parameter: nodes.TypeDescriptor
    ) -> SemType | Walk[SemType]:
        match name:
            case "map":
                return self._node(type_, basic.MAPPING, structures.map_atom(self, type_, parameter))
            case "xml":
                return self._xml(type_, parameter)
            case "error":
                return self._error(type_, parameter)
            case "future":
                return self._node(
                    type_, basic.FUTURE, structures.wrapper_atom(self, type_, parameter, readonly=False)
                )
        return self._node(
            type_, basic.TYPEDESC, structures.wrapper_atom(self, type_, parameter, readonly=True)
        )

    def _xml(self, type_: Type, parameter: nodes.TypeDescriptor) -> Walk[SemType]:
        items = yield self._inner(type_, parameter)
        return structures.of_unknown(self, basic.XML, items) or structures.xml_sequences(self.universe, items)

    def _error(self, type_: Type, parameter: nodes.TypeDescriptor) -> Walk[SemType]:
        detail = yield self._inner(type_, parameter)
        return structures.of_unknown(self, basic.ERROR, detail) or errors.error(self.universe, detail)

    # Objects

    def _of_qualifiers(self, qualifiers: frozenset[str]) -> SemType:
        atom = signatures.qualified_object(self.universe, qualifiers)
        return self.universe.atomic(basic.OBJECT, self.universe.number(atom))

    def object_type(
        self, type_: Type, object_type: nodes.ObjectType, qualifiers: frozenset[str] = frozenset()
    ) -> SemType | Walk[SemType]:
        """Translate an object type, or a class with its further qualifiers."""
        members = object_members(type_.with_descriptor(object_type))
        if self._is_opaque(members.opaque):
            return self.foreign(type_text(object_type))
        return self._object(type_, object_type, qualifiers, members)

    def _object(
        self, type_: Type, object_type: nodes.ObjectType, qualifiers: frozenset[str], members: ObjectMembers
    ) -> Walk[SemType]:
        universe = self.universe
        factor = universe.type(1 << basic.OBJECT)
        if "readonly" in qualifiers:
            factor = universe.intersection(factor, self.readonly)
        if "distinct" in qualifiers:
            factor = universe.intersection(factor, self._type_ids.of(object_type))
        for inclusion in object_type.inclusions:
            factor = universe.intersection(factor, (yield self._included_ids(type_, inclusion)))
        return (yield self._node(type_, basic.OBJECT, signatures.object_atom(self, members), factor))

    def _included_ids(self, type_: Type, inclusion: nodes.Reference) -> Walk[SemType]:
        """Return the type-ids that an included object type brings: SPEC, Object type inclusion."""
        universe = self.universe
        ids = universe.type(1 << basic.OBJECT)
        included = yield self._inner(type_, inclusion)
        for number in signatures.type_ids(universe, included):
            ids = universe.intersection(ids, universe.atomic(basic.OBJECT, number))
        return ids


def _identity(type_: Type) -> _Name:
    """Return what a descriptor is remembered by: whoever does that keeps it, so that no other one has it."""
    return id(type_.surface), type_.module, id(type_.descriptor)
