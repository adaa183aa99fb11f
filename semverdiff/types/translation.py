"""Type descriptors to semantic types: names resolved, inclusions expanded, recursion tied.

The atom of a list, mapping, function or object gets its number before its members are translated if
they lead back to it; so `type F int|function (int) returns F` needs no unrolling.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

import msgspec

from semverdiff.api.members import object_members, record_members, record_shape
from semverdiff.api.printing import type_text
from semverdiff.syntax.declarations import Class, Constant, Enum, TypeDefinition
from semverdiff.syntax.descriptors import (
    ArrayType,
    BuiltinType,
    DistinctType,
    FunctionType,
    IntersectionType,
    NilType,
    ObjectType,
    OptionalType,
    ParameterizedType,
    RecordType,
    Reference,
    SingletonType,
    StreamType,
    TableType,
    TupleType,
    UnionType,
)
from semverdiff.types import errors, lists, mappings, predefined, signatures
from semverdiff.types.algebra import SemType
from semverdiff.types.atoms import DistinctAtom, ForeignAtom
from semverdiff.types.basic import (
    ANY,
    BOOLEAN,
    DECIMAL,
    ERROR,
    FLOAT,
    FOREIGN_MUTABLE,
    FOREIGN_READONLY,
    FUNCTION,
    FUTURE,
    HANDLE,
    INT,
    LIST,
    MAPPING,
    NIL,
    OBJECT,
    STREAM,
    STRING,
    TABLE,
    TYPEDESC,
    UNDEFINED,
    WILD,
    XML,
    bits,
)
from semverdiff.types.equality import Anchor, Term
from semverdiff.types.library import BYTE, library_type
from semverdiff.types.literal_sets import string_set
from semverdiff.types.literals import NotConstantError, fold, singleton
from semverdiff.types.xml_sets import XmlSet, sequences_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from semverdiff.api.members import RecordMembers
    from semverdiff.api.surface import Surface
    from semverdiff.syntax.descriptors import TypeDescriptor
    from semverdiff.types.algebra import Universe
    from semverdiff.types.atoms import Atom
    from semverdiff.types.literals import Value

__all__ = ["Meanings", "Reading", "Translator"]

_KEYWORDS = {
    "any": ANY,
    "boolean": bits(BOOLEAN),
    "decimal": bits(DECIMAL),
    "error": bits(ERROR),
    "float": bits(FLOAT),
    "function": bits(FUNCTION),
    "future": bits(FUTURE),
    "handle": bits(HANDLE),
    "int": bits(INT),
    "map": bits(MAPPING),
    "never": 0,
    "stream": bits(STREAM),
    "string": bits(STRING),
    "table": bits(TABLE),
    "typedesc": bits(TYPEDESC),
    "xml": bits(XML),
}
_LONGEST_CHAIN = 32
_Name = tuple[int, str, str | int]
_LONGEST_LENGTH = 2**63 - 1


class _Node:
    """The descriptor of an atom while it is translated; `number` is given away at the first recursion."""

    __slots__ = ("code", "factor", "number")

    def __init__(self, code: int, factor: SemType) -> None:
        self.code = code
        self.factor = factor
        self.number: int | None = None


class Reading(enum.Enum):
    """What a name stands for that cannot be followed (`relating`)."""

    PLAIN = "a set of its own"
    LEAST = "one value that fits everywhere"
    MOST = "every value"


class Meanings(msgspec.Struct, frozen=True):
    """What anchored names stand for: sets of their own, or if `home` is given, what it declares."""

    anchor: Anchor
    home: Surface | None

    def surface(self, term: Term, owner: str, name: str) -> Surface | None:
        """Give the surface that declares a name; `None` if the name is to stand for itself."""
        return self.home if self.anchor(owner, name) else term.surface


class _Owner(msgspec.Struct, frozen=True):
    """The definition that is being translated: SPEC, Distinct types: what gives type-ids their names."""

    module: str
    name: str


class Translator:
    """Translates the descriptors of one package.

    `missing` are the names that could not be followed; `stopped` tells whether an anchor was one that could.
    """

    def __init__(
        self, universe: Universe, readonly: SemType, meanings: Meanings, reading: Reading = Reading.PLAIN
    ) -> None:
        self.universe = universe
        self.readonly = readonly
        self.reading = reading
        # Translates parameters, where narrower and wider change places.
        self.opposite = self
        self.missing: dict[str, None] = {}
        self.stopped = False
        self._meanings = meanings
        self._plain_data: dict[str, SemType] = {}
        self._keywords: dict[str, SemType] = {}
        self._done: dict[_Name, SemType] = {}
        self._nodes: dict[_Name, _Node | SemType] = {}
        # Keys hold identities, so that what they identify must not be freed.
        self._kept: list[TypeDescriptor | Surface] = []
        self._aliases: tuple[_Name, ...] = ()
        self._owner = _Owner("", "")
        self._ordinals: dict[int, int] = {}
        self._distinct_count: dict[_Owner, int] = {}

    def type_of(self, term: Term) -> SemType:
        """Translate a descriptor."""
        found = self._type_of(term)
        if self.reading is Reading.MOST:
            return self.universe.union(found, self.universe.type(1 << WILD))
        return found

    def _type_of(self, term: Term) -> SemType:  # noqa: C901, PLR0912 (one case a form)
        universe = self.universe
        match term.descriptor:
            case BuiltinType(name=name):
                known = self._keywords.get(name)
                if known is None:
                    known = self._keywords[name] = self._keyword(name)
                return known
            case NilType():
                return universe.type(1 << NIL)
            case SingletonType(text=text):
                return self._literal(text)
            case Reference():
                return self._reference(term, term.descriptor)
            case OptionalType(member=member):
                return universe.union(self._inner(term, member), universe.type(1 << NIL))
            case UnionType(members=members):
                return universe.union_of([self._inner(term, member) for member in members])
            case IntersectionType(members=members):
                return self._intersection(term, members)
            case DistinctType(member=member):
                return self.distinct(term, member)
            case ArrayType() as array:
                return self._array(term, array)
            case TupleType():
                return self._node(term, LIST, lambda: self._tuple(term))
            case RecordType() as record:
                expanded = record_members(record, term.module, term.surface)
                if self._is_opaque(expanded.opaque):
                    return self.foreign(type_text(record))
                return self._node(term, MAPPING, lambda: self._record(term, expanded))
            case ParameterizedType(name=name, parameter=parameter):
                return self._parameterized(term, name, parameter)
            case StreamType():
                return self._node(term, STREAM, lambda: self._stream(term))
            case TableType():
                return self._table(term)
            case FunctionType():
                return self._node(term, FUNCTION, lambda: signatures.function_atom(self, term))
            case ObjectType():
                return self.object_type(term, term.descriptor)

    def _inner(self, term: Term, descriptor: TypeDescriptor) -> SemType:
        return self.type_of(term.with_descriptor(descriptor))

    def parameter_type(self, term: Term) -> SemType:
        """Translate the type of a parameter."""
        return self.opposite.type_of(term)

    def _intersection(self, term: Term, members: tuple[TypeDescriptor, ...]) -> SemType:
        universe = self.universe
        both = universe.top
        types = [self._inner(term, member) for member in members]
        for type_ in types:
            both = universe.intersection(both, type_)
        others = [type_ for type_ in types if type_ is not self.readonly]
        if len(others) > 1 and any(_is_foreign(type_) for type_ in others):
            # What a foreign type has in common with another one is as unknown as the type itself.
            return self.foreign(type_text(term.descriptor))
        return both

    def _keyword(self, name: str) -> SemType:
        universe = self.universe
        match name:
            case "byte":
                return universe.part(INT, (BYTE,))
            case "readonly":
                return self.readonly
            case "json" | "anydata":
                return self.plain_data(name)
            case "service":
                return self._of_qualifiers(frozenset({"service"}))
        return universe.type(_KEYWORDS[name])

    def plain_data(self, name: str) -> SemType:
        """Give `anydata`, `json` or `Cloneable`."""
        known = self._plain_data.get(name)
        if known is None:
            also = bits(WILD) if self.reading is Reading.MOST else 0
            known = predefined.plain_data(self.universe, name, self.readonly, also)
            self._plain_data[name] = known
        return known

    def _literal(self, text: str) -> SemType:
        tokens = (text,) if text[0] not in "+-" else (text[0], text[1:])
        try:
            return singleton(self.universe, fold(tokens, _no_names))
        except NotConstantError:
            return self.foreign(text)

    def foreign(self, name: str) -> SemType:
        """Give the type of a name that cannot be followed."""
        self.missing[name] = None
        return self._named(name)

    def _named(self, name: str) -> SemType:
        universe = self.universe
        match self.reading:
            case Reading.LEAST:
                return universe.type(1 << WILD)
            case Reading.MOST:
                return universe.top
        atom = universe.diagrams.atom(universe.number(ForeignAtom(name)))
        return universe.type(0, ((ERROR, atom), (FOREIGN_READONLY, atom), (FOREIGN_MUTABLE, atom)))

    def _is_opaque(self, inclusions: Collection[Reference]) -> bool:
        """Note inclusions of foreign types; tell whether they leave nothing to be said (`_record`)."""
        for inclusion in inclusions:
            self.missing[_spelt(inclusion)] = None
        return bool(inclusions) and self.reading is not Reading.PLAIN

    # Names

    def _reference(self, term: Term, reference: Reference) -> SemType:
        owner = term.surface.owner(reference, term.module)
        if owner is None:
            module = reference.module or ""
            if (module, reference.name) == ("ballerina/lang.value", "Cloneable"):
                return self.plain_data("Cloneable")
            known = library_type(self.universe, module, reference.name)
            return known if known is not None else self.foreign(_spelt(reference))
        surface = self._meanings.surface(term, owner, reference.name)
        if surface is None:
            self.stopped = True
            return self._named(f"{owner}:{reference.name}")
        if surface is not term.surface:
            term = Term(reference, owner, surface)
        key = (id(term.surface), owner, reference.name)
        known = self._done.get(key)
        if known is not None:
            return known
        if key in self._aliases:
            # SPEC, Type definitions: a definition that only leads back to itself is an error.
            return self.foreign(reference.name)
        before = self._aliases, self._owner
        self._aliases, self._owner = (*self._aliases, key), _Owner(owner, reference.name)
        self._kept.append(surface)
        found = self._declared(term, owner, reference)
        self._aliases, self._owner = before
        self._done[key] = found
        return found

    def opened(self, term: Term) -> Term:
        """Follow names to the descriptor that they stand for, as far as it is written anywhere."""
        for _ in range(_LONGEST_CHAIN):
            reference = term.descriptor
            owner = term.surface.owner(reference, term.module) if isinstance(reference, Reference) else None
            if owner is None or not isinstance(reference, Reference):
                return term
            surface = self._meanings.surface(term, owner, reference.name)
            match None if surface is None else surface.declaration(owner, reference.name):
                case TypeDefinition(type=type_) | Class(type=type_) if surface is not None:
                    term = Term(type_, owner, surface)
                case _:
                    return term
        return term

    def _declared(self, term: Term, owner: str, reference: Reference) -> SemType:
        surface = term.surface
        declaration = surface.declaration(owner, reference.name)
        match declaration:
            case TypeDefinition(type=type_):
                return self.type_of(Term(type_, owner, surface))
            case Class(type=type_, qualifiers=qualifiers):
                return self.object_type(Term(type_, owner, surface), type_, qualifiers)
            case Enum():
                return self._enum(declaration, term, owner)
            case Constant() | None:
                try:
                    value = self.constant(term, owner, reference.name, 0)
                except NotConstantError:
                    return self.foreign(reference.name)
                return singleton(self.universe, value)
        return self.foreign(reference.name)

    def _enum(self, enum: Enum, term: Term, owner: str) -> SemType:
        values: set[str] = set()
        for member in enum.members:
            try:
                value = (
                    self.constant(term, owner, member.name, 0) if member.value is not None else member.name
                )
            except NotConstantError:
                return self.foreign(f"{enum.name}.{member.name}")
            values.add(str(value))
        return self.universe.part(STRING, string_set(frozenset(values)))

    def constant(self, term: Term, module: str, name: str, depth: int) -> Value:
        """Give the value of a constant or enum member; raise `NotConstantError` for other names."""
        if depth > _LONGEST_CHAIN:
            raise NotConstantError
        declaration = term.surface.declaration(module, name)

        def named(other: str) -> Value:
            return self.constant(term, module, other, depth + 1)

        if isinstance(declaration, Constant):
            expected = declaration.type.name if isinstance(declaration.type, BuiltinType) else ""
            return fold(declaration.value.tokens, named, expected)
        enum = term.surface.enum_of_member(module, name) if declaration is None else None
        for member in enum.members if enum is not None else ():
            if member.name == name:
                return name if member.value is None else fold(member.value.tokens, named)
        raise NotConstantError

    def distinct(self, term: Term, member: TypeDescriptor) -> SemType:
        """Translate `distinct T`."""
        held = self._inner(term, member)
        if _is_foreign(held):
            return self.foreign(type_text(term.descriptor))
        return self.universe.intersection(held, self._type_id(term.descriptor))

    def _type_id(self, descriptor: TypeDescriptor) -> SemType:
        ordinal = self._ordinals.get(id(descriptor))
        if ordinal is None:
            ordinal = self._distinct_count.get(self._owner, 0)
            self._distinct_count[self._owner] = ordinal + 1
            self._ordinals[id(descriptor)] = ordinal
            self._kept.append(descriptor)
        universe = self.universe
        number = universe.number(DistinctAtom(self._owner.module, self._owner.name, ordinal))
        atom = universe.diagrams.atom(number)
        return universe.type(0, ((ERROR, atom), (OBJECT, atom)))

    # Structures

    def _node(
        self, term: Term, code: int, build: Callable[[], Atom | None], factor: SemType | None = None
    ) -> SemType:
        """Translate a descriptor whose members may lead back to it; `None` is the whole basic type."""
        universe = self.universe
        key = (id(term.surface), term.module, id(term.descriptor))
        node = self._nodes.get(key)
        if isinstance(node, SemType):
            return node
        if isinstance(node, _Node):
            if node.number is None:
                node.number = universe.reserve()
            return universe.intersection(universe.atomic(code, node.number), node.factor)
        self._kept.append(term.descriptor)
        node = self._nodes[key] = _Node(code, factor or universe.type(1 << code))
        before = self._aliases
        self._aliases = ()
        atom = build()
        self._aliases = before
        if atom is None:
            whole = universe.type(1 << code)
        elif node.number is None:
            whole = universe.atomic(code, universe.number(atom))
        else:
            universe.define(node.number, atom)
            whole = universe.atomic(code, node.number)
        made = self._nodes[key] = universe.intersection(whole, node.factor)
        return made

    def _array(self, term: Term, array: ArrayType) -> SemType:
        length = self._length(term, array)
        if length is not None and not 0 <= length <= _LONGEST_LENGTH:
            return self.foreign(type_text(array))
        return self._node(term, LIST, lambda: self._array_atom(term, array, length))

    def _array_atom(self, term: Term, array: ArrayType, length: int | None) -> Atom:
        member = self.type_of(term.with_descriptor(array.member))
        if length is None:
            return lists.row(self.universe, (), member)
        return lists.array(self.universe, member, length)

    def _length(self, term: Term, array: ArrayType) -> int | None:
        """Give the length of an array, `None` for any, a negative number if it cannot be known."""
        try:
            match array.length:
                case None | "*":
                    # SPEC, Array types: the length of `[*]` follows from a value, which is not looked at.
                    return None
                case Reference() as reference:
                    owner = term.surface.owner(reference, term.module)
                    if owner is None:
                        return -1
                    value = self.constant(term, owner, reference.name, 0)
                case text:
                    value = fold((text,), _no_names)
        except NotConstantError:
            return -1
        return value if isinstance(value, int) and not isinstance(value, bool) else -1

    def _tuple(self, term: Term) -> Atom | None:
        match term.descriptor:
            case TupleType(members=members, rest=rest):
                further = self.universe.never if rest is None else self._inner(term, rest)
                return lists.row(self.universe, [self._inner(term, one) for one in members], further)
        return None

    def _record(self, term: Term, record: RecordMembers) -> Atom:
        universe = self.universe
        cells: dict[str, SemType] = {}
        for name, member in record.fields.items():
            field = member.declared
            type_ = self.type_of(Term(field.type, member.module, term.surface))
            if field.readonly:
                type_ = universe.intersection(type_, self.readonly)
            if field.optional:
                type_ = mappings.absent_or(universe, type_)
            cells[name] = universe.cell(type_, readonly=field.readonly)
        rest = universe.never
        if record.rest is not None:
            rest = self.type_of(Term(record.rest, record.rest_module, term.surface))
        if record.opaque:
            # Two records with the same foreign inclusion share fields that nobody knows. What each
            # declares itself must be declared by the other, or it might be one of those.
            further = "closed" if record.rest is None else type_text(record.rest)
            marks = [*(_spelt(one) for one in record.opaque), *record.fields]
            for mark in marks:
                cells[f"*{mark}"] = universe.cell(singleton(universe, further), readonly=True)
        return mappings.mapping(cells, mappings.rest_cell(universe, rest, readonly=False))

    def _map(self, term: Term, parameter: TypeDescriptor) -> Atom:
        rest = self._inner(term, parameter)
        return mappings.mapping({}, mappings.rest_cell(self.universe, rest, readonly=False))

    def _parameterized(self, term: Term, name: str, parameter: TypeDescriptor) -> SemType:
        universe = self.universe
        match name:
            case "map":
                return self._node(term, MAPPING, lambda: self._map(term, parameter))
            case "xml":
                items = self._inner(term, parameter)
                return self._of_unknown(XML, items) or self._xml(items)
            case "error":
                detail = self._inner(term, parameter)
                return self._of_unknown(ERROR, detail) or errors.error(universe, detail)
            case "future":
                return self._node(term, FUTURE, lambda: self._wrapper(term, parameter, readonly=False))
        return self._node(term, TYPEDESC, lambda: self._wrapper(term, parameter, readonly=True))

    def _of_unknown(self, code: int, parameter: SemType) -> SemType | None:
        """Give `xml<T>` or `error<T>` of a name T that is not looked into; `None` if it is known."""
        universe = self.universe
        if self.reading is Reading.LEAST and parameter.whole >> WILD & 1:
            return universe.type(1 << WILD)
        if not _is_foreign(parameter):
            return None
        # Types that are written alike are one object: what is told apart is told apart by identity.
        name = f"{code}<{id(parameter)}>"
        if code == XML:
            return self._named(name)  # xml is no formula that a name could be a part of
        return universe.atomic(code, universe.number(ForeignAtom(name)))

    def _wrapper(self, term: Term, parameter: TypeDescriptor, *, readonly: bool) -> Atom | None:
        """Translate `future<T>` and `typedesc<T>`, which are covariant like an array of T."""
        held = self._inner(term, parameter)
        if held is self.universe.top:
            return None
        return lists.row(self.universe, (), held, readonly=readonly)

    def _xml(self, constituent: SemType) -> SemType:
        universe = self.universe
        items = 0
        for code, data in constituent.parts:
            if code == XML and isinstance(data, XmlSet):
                items = data.items
        if constituent.whole >> XML & 1:
            return universe.type(1 << XML)
        sequences = sequences_of(universe.diagrams, items)
        return universe.part(XML, True if sequences.sequences is True else sequences)

    def _stream(self, term: Term) -> Atom | None:
        universe = self.universe
        if not isinstance(term.descriptor, StreamType):
            return None
        # A stream of never is a type with values, so that neither part may be a member by itself.
        parts = [
            universe.atomic(LIST, universe.number(lists.row(universe, (), self._inner(term, part))))
            for part in (term.descriptor.value, term.descriptor.completion)
        ]
        return lists.row(universe, parts, universe.never, readonly=True)

    def _table(self, term: Term) -> SemType:
        if not isinstance(term.descriptor, TableType):
            return self.universe.never
        return self._node(term, TABLE, lambda: self._table_atom(term))

    def _table_atom(self, term: Term) -> Atom | None:
        universe = self.universe
        table = term.descriptor
        if not isinstance(table, TableType):
            return None
        rows = self._inner(term, table.row)
        if table.key_names is None and table.key_type is None:
            return None if rows.whole >> MAPPING & 1 else predefined.table_row(universe, rows)
        if table.key_type is not None:
            key = self._inner(term, table.key_type)
            # `key<never>` says that there is no key, which is not to say that there is no table.
            key = universe.type(1 << UNDEFINED) if key is universe.never else key
            return predefined.table_row(universe, rows, key)
        names = table.key_names or ()
        parts = [self._key_field(term, table, rows, name) for name in names]
        # Key names are put in order: the compiler's own tests take key(a, b) and key(b, a) for equal.
        specifier = singleton(universe, tuple(sorted(names)))
        if len(parts) == 1:
            return predefined.table_row(universe, rows, parts[0], specifier)
        key = universe.atomic(LIST, universe.number(lists.row(universe, parts, universe.never)))
        return predefined.table_row(universe, rows, key, specifier)

    def _key_field(self, term: Term, table: TableType, rows: SemType, name: str) -> SemType:
        """Give the type of a key field; from the text, because a row may hold tables of its own kind."""
        shape = record_shape(table.row, term.module, term.surface)
        if shape is None:
            return mappings.projected(self.universe, rows, singleton(self.universe, name))
        member = record_members(shape.type, shape.module, term.surface).fields.get(name)
        if member is None:
            return self.foreign(name)
        type_ = self.type_of(Term(member.declared.type, member.module, term.surface))
        return self.universe.intersection(type_, self.readonly)

    # Objects

    def _of_qualifiers(self, qualifiers: frozenset[str]) -> SemType:
        atom = signatures.qualified_object(self.universe, qualifiers)
        return self.universe.atomic(OBJECT, self.universe.number(atom))

    def object_type(
        self, term: Term, object_type: ObjectType, qualifiers: frozenset[str] = frozenset()
    ) -> SemType:
        """Translate an object type, or a class with its further qualifiers."""
        universe = self.universe
        members = object_members(object_type, term.module, term.surface)
        if self._is_opaque(members.opaque):
            return self.foreign(type_text(object_type))
        factor = universe.type(1 << OBJECT)
        if "readonly" in qualifiers:
            factor = universe.intersection(factor, self.readonly)
        if "distinct" in qualifiers:
            factor = universe.intersection(factor, self._type_id(object_type))
        for inclusion in object_type.inclusions:
            factor = universe.intersection(factor, self._included_ids(term, inclusion))
        return self._node(term, OBJECT, lambda: signatures.object_atom(self, term.surface, members), factor)

    def _included_ids(self, term: Term, inclusion: Reference) -> SemType:
        """Give the type-ids that an included object type brings: SPEC, Object type inclusion."""
        universe = self.universe
        key = (id(term.surface), term.surface.owner(inclusion, term.module) or "", inclusion.name)
        if key in self._aliases:
            return universe.type(1 << OBJECT)
        before = self._aliases
        self._aliases = (*self._aliases, key)
        ids = universe.type(1 << OBJECT)
        for number in signatures.type_ids(universe, self.type_of(term.with_descriptor(inclusion))):
            ids = universe.intersection(ids, universe.atomic(OBJECT, number))
        self._aliases = before
        return ids


def _spelt(reference: Reference) -> str:
    return f"{reference.module}:{reference.name}" if reference.module else reference.name


def _is_foreign(type_: SemType) -> bool:
    return any(code == FOREIGN_MUTABLE for code, _ in type_.parts)


def _no_names(name: str) -> Value:
    raise NotConstantError(name)
